/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is feasible. */
#include "base/decimal.h"
#include "model/model.h"

#include <assert.h>
#include <math.h>

double tdo_beyond(double reading, double rest, double bound)
{
    decimal_sum y;
    decimal_clear(&y);
    decimal_add(&y, reading);
    decimal_add(&y, rest);
    decimal_add_product(&y, -1, bound);
    return decimal_rounded(&y, NULL);
}

double tdo_rest(const tdo_measured *x, size_t c, size_t i)
{
    return x->rest && x->rest[c] ? x->rest[c][i] : 0;
}

double tdo_miss(const tdo_scenario *s, const tdo_measured *x, size_t j, size_t i)
{
    assert(j < s->n_constraints && i < x->n);
    const tdo_condition *is = &s->constraints[j].is;
    size_t c = is->criterion;
    double reading = 0, rest = 0;
    if (s->constraints[j].relative && i == x->incumbent)
        return 0; /* no worse than itself, however the bound was rounded */
    if (c != TDO_NONE) {
        reading = x->reading[c * x->n + i];
        rest = tdo_rest(x, c, i);
    } else if (x->limited[j]) {
        reading = x->limited[j][i];
        rest = x->limited_rest && x->limited_rest[j] ? x->limited_rest[j][i] : 0;
    }
    if (isnan(reading) || (x->matches[j] && !x->matches[j][i]))
        return NAN;
    /* rounding never turns an order round: only what is equal as doubles needs the rest */
    if (is->has_min && (reading < is->min || (reading <= is->min && rest < 0)))
        return -tdo_beyond(reading, rest, is->min);
    if (is->has_max && (reading > is->max || (reading >= is->max && rest > 0)))
        return tdo_beyond(reading, rest, is->max);
    return 0;
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
