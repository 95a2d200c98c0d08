/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is feasible. */
#include "model/model.h"

#include <math.h>

double tdo_miss(const tdo_scenario *s, const tdo_measured *x, size_t j, size_t i)
{
    const tdo_condition *is = &s->constraints[j].is;
    double reading = is->criterion != TDO_NONE ? x->reading[is->criterion * x->n + i]
                     : x->limited[j]           ? x->limited[j][i]
                                               : 0;
    if (isnan(reading) || (x->matches[j] && !x->matches[j][i]))
        return NAN;
    if (is->has_min && reading < is->min)
        return is->min - reading;
    return is->has_max && reading > is->max ? reading - is->max : 0;
}

tdo_status tdo_screen(const tdo_scenario *s, const tdo_measured *x, tdo_arena *a, tdo_screened *out)
{
    uint32_t *feasible = tdo_alloc(a, x->n, sizeof *feasible);
    uint32_t *slot = tdo_alloc(a, x->n, sizeof *slot);
    uint64_t *broken = tdo_alloc(a, x->n, sizeof *broken);
    size_t *excludes = tdo_alloc(a, x->m, sizeof *excludes);
    size_t *alone = tdo_alloc(a, x->m, sizeof *alone);
    if (!feasible || !slot || !broken || !excludes || !alone)
        return TDO_E_MEMORY;
    for (size_t j = 0; j < x->m; j++)
        for (size_t i = 0; i < x->n; i++)
            if (!x->dropped[i] && !(tdo_miss(s, x, j, i) <= 0)) { /* NaN misses too */
                broken[i] |= UINT64_C(1) << j;
                excludes[j]++;
            }
    size_t f = 0, dropped = 0;
    for (size_t i = 0; i < x->n; i++) {
        slot[i] = UINT32_MAX;
        if (x->dropped[i]) {
            dropped++;
        } else if (!broken[i]) {
            slot[i] = (uint32_t)f;
            feasible[f++] = (uint32_t)i;
        }
        for (size_t j = 0; j < x->m; j++)
            alone[j] += broken[i] == UINT64_C(1) << j;
    }
    *out = (tdo_screened){f, feasible, slot, broken, dropped, excludes, alone};
    return TDO_OK;
}
