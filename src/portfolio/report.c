/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets as the result has them: sums are exact, rounded once. */
#include "portfolio/data.h"

#include "base/decimal.h"
#include "base/sort.h"

#include <string.h>

static bool rank_before(const void *user, uint32_t a, uint32_t b)
{
    const tdo_case *k = user;
    const tdo_ranking *r = k->r;
    const uint32_t *rank = r->by_rule[r->rule].rank;
    const uint32_t x = rank[k->f->slot[a]], y = rank[k->f->slot[b]];
    return x != y ? x < y : strcmp(k->x->id[a], k->x->id[b]) < 0;
}

tdo_status pick_report_set(const pick_data *d, const uint8_t *x, tdo_portfolio_set *out)
{
    const tdo_case *k = d->k;
    size_t n = 0;
    for (size_t b = 0; b < d->n; b++)
        n += x[b] ? d->members[b] : 0;
    uint32_t *candidate = tdo_alloc(d->a, n, sizeof *candidate);
    uint32_t *room = tdo_alloc(d->a, n, sizeof *room);
    double *sum = tdo_alloc(d->a, d->o->n_limits, sizeof *sum);
    if (!candidate || !room || !sum)
        return TDO_E_MEMORY;
    n = 0;
    for (size_t b = 0; b < d->n; b++)
        for (size_t q = 0; q < (x[b] ? d->members[b] : 0); q++)
            candidate[n++] = k->f->feasible[d->member[b][q]];
    sort_by(candidate, n, rank_before, k, room);
    for (size_t j = 0; j < d->o->n_limits; j++) {
        decimal_sum y;
        decimal_clear(&y);
        for (size_t q = 0; q < n; q++) {
            decimal_add(&y, pick_reading_of(d, j)[candidate[q]]);
            decimal_add(&y, pick_rest_of(d, j, candidate[q]));
        }
        sum[j] = decimal_rounded(&y, NULL);
    }
    *out = (tdo_portfolio_set){.candidate = candidate,
                               .n = n,
                               .value = (double)pick_worth_of(&d->p.worth, d->n, x) / PICK_UNITS,
                               .sum = sum};
    return TDO_OK;
}

tdo_status pick_report_utility(const pick_data *d, const uint8_t *x, const double **out)
{
    const tdo_utility *u = d->k->u;
    double *y = tdo_alloc(d->a, u->s, sizeof *y);
    *out = y;
    for (size_t s = 0; y && s < u->s; s++) {
        pick_whole level = 0;
        for (size_t b = 0; b < d->n; b++)
            for (size_t q = 0; q < (x[b] ? d->members[b] : 0); q++) {
                const pick_whole one = pick_units(d->utility[s * u->f + d->member[b][q]]);
                level = !d->o->best ? level + one : one > level ? one : level;
            }
        y[s] = (double)level / PICK_UNITS;
    }
    return y ? TDO_OK : TDO_E_MEMORY;
}
