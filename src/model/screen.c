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
    const tdo_condition *is = &s->constraints[j].condition;
    size_t c = is->criterion;
    double reading = 0, rest = 0;
    if (s->constraints[j].relative && i == x->incumbent)
        return 0; /* no worse than itself, however the bound was rounded */
    if (c != TDO_NONE) {
        reading = x->reading[c][i];
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

double tdo_need_miss(const tdo_need *need, const tdo_measured *x, size_t i)
{
    const double reading = x->reading[need->criterion][i];
    const double rest = tdo_rest(x, need->criterion, i);
    if (isnan(reading))
        return NAN;
    if (need->has_min && (reading < need->min || (reading <= need->min && rest < 0)))
        return tdo_beyond(reading, rest, need->min);
    if (need->has_max && (reading > need->max || (reading >= need->max && rest > 0)))
        return tdo_beyond(reading, rest, need->max);
    return 0;
}

const tdo_limit_doubt *tdo_doubt_of(const tdo_limit_doubts *d, size_t j)
{
    for (size_t k = 0; d && k < d->n; k++)
        if (d->limit[k].constraint == j)
            return &d->limit[k];
    return NULL;
}

const tdo_limit_doubt *tdo_judge_of(const tdo_scenario *s, const tdo_limit_doubts *d, size_t j)
{
    return s->constraints[j].shown > 0 ? tdo_doubt_of(d, j) : NULL;
}

bool tdo_is_shown(const tdo_scenario *s, const tdo_measured *x, const tdo_limit_doubt *d, size_t i)
{
    const size_t j = d->constraint;
    const tdo_condition *is = &s->constraints[j].condition;
    const double low = d->shown_min[i], high = d->shown_max[i];
    if ((is->has_min && isnan(low)) || (is->has_max && isnan(high)) ||
        (s->constraints[j].relative && i == x->incumbent))
        return d->status[i] == TDO_SHOWN;
    return !(is->has_min && is->min > low) && !(is->has_max && is->max < high) &&
           !(x->matches[j] && !x->matches[j][i]);
}

bool tdo_is_judged(const tdo_scenario *s, const tdo_measured *x, const tdo_limit_doubt *d, size_t i)
{
    const size_t c = s->constraints[d->constraint].condition.criterion;
    return !isnan(d->holds[i]) ||
           (!x->dropped[i] &&
            !isnan(c != TDO_NONE ? x->reading[c][i] : x->limited[d->constraint][i]));
}

double tdo_shortfall(const tdo_scenario *s, const tdo_measured *x, const tdo_screened *f, size_t j,
                     size_t i)
{
    const tdo_limit_doubt *judge = tdo_judge_of(s, f->doubts, j);
    const tdo_condition *is = &s->constraints[j].condition;
    if (!judge || (x->matches[j] && !x->matches[j][i]))
        return tdo_miss(s, x, j, i);
    if (isnan(judge->holds[i])) /* not measured, or not shown by any bound */
        return NAN;
    if (tdo_is_shown(s, x, judge, i))
        return 0;
    const bool low = is->has_min && !(is->min <= judge->shown_min[i]);
    const bool high = is->has_max && !(is->max >= judge->shown_max[i]);
    if (low == high) /* both would have to move, or it is not known which */
        return NAN;
    return low ? -tdo_beyond(judge->shown_min[i], 0, is->min)
               : tdo_beyond(judge->shown_max[i], 0, is->max);
}

tdo_status tdo_screen(const tdo_scenario *s, const tdo_measured *x, const tdo_limit_doubts *d,
                      tdo_arena *a, tdo_screened *out)
{
    uint32_t *feasible = tdo_alloc(a, x->n, sizeof *feasible);
    uint32_t *slot = tdo_alloc(a, x->n, sizeof *slot);
    uint64_t *broken = tdo_alloc(a, x->n, sizeof *broken);
    size_t *excludes = tdo_alloc(a, x->m, sizeof *excludes);
    size_t *alone = tdo_alloc(a, x->m, sizeof *alone);
    if (!feasible || !slot || !broken || !excludes || !alone)
        return TDO_E_MEMORY;
    for (size_t j = 0; j < x->m; j++) {
        const tdo_limit_doubt *judge = tdo_judge_of(s, d, j);
        for (size_t i = 0; i < x->n; i++) {
            bool holds = judge ? tdo_is_shown(s, x, judge, i)
                               : tdo_miss(s, x, j, i) <= 0; /* NaN misses, too */
            if (x->dropped[i] || holds)
                continue;
            broken[i] |= UINT64_C(1) << j;
            excludes[j]++;
        }
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
    *out = (tdo_screened){f, feasible, slot, broken, dropped, excludes, alone, d};
    return TDO_OK;
}
