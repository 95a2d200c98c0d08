/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One weight or one power moves, the others keep their proportions. */
#include "weights/choice.h"

#include <assert.h>

void choice_path_make(const tdo_utility *u, size_t stakeholder, size_t criterion, double *rest,
                      choice_path *out)
{
    assert(stakeholder < u->s && (criterion == TDO_NONE || criterion < u->d));
    bool power = criterion == TDO_NONE;
    size_t n = power ? u->s : u->d, moved = power ? stakeholder : criterion;
    const double *now = power ? u->power : u->weight + stakeholder * u->d;
    double sum = 0;
    for (size_t q = 0; q < n; q++)
        sum += q == moved ? 0 : now[q];
    for (size_t q = 0; q < n; q++)
        rest[q] = q == moved ? 0 : sum > 0 ? now[q] / sum : 1 / (double)(n - 1);
    *out = (choice_path){stakeholder, criterion, now[moved], rest};
}

choice_line choice_path_utility(const choice_path *p, const tdo_valued *v, uint32_t k)
{
    double rest = 0;
    for (size_t c = 0; c < v->d; c++)
        rest += p->rest[c] * tdo_value_at(v, c, k);
    return (choice_line){rest, tdo_value_at(v, p->criterion, k) - rest};
}
