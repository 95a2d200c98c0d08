/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a candidate lacks to be first under `weighted`: the gap of its score, made up by one
 * criterion alone. */
#include "weights/choice.h"

#include <math.h>

/* One candidate and one criterion. */
typedef struct lack {
    const tdo_criterion *of;
    double worst, best;
    double y;      /* the measurement now */
    double value;  /* what it must be worth */
    double within; /* so much less counts as a tie */
} lack;

static bool suffices(const lack *x, double measurement)
{
    return tdo_value_of(x->of, x->worst, x->best, measurement) >= x->value - x->within;
}

/* The nearest whole level that suffices; NaN: none. */
static double level_for(const lack *x)
{
    double step = x->best > x->worst ? 1 : -1;
    for (double y = x->y + step; y >= 0 && y < (double)x->of->n_levels; y += step)
        if (suffices(x, y))
            return y;
    return NAN;
}

/* The nearest measurement that suffices; NaN: none. */
static double measurement_for(const lack *x)
{
    double top = tdo_value_of(x->of, x->worst, x->best, x->best);
    if (x->of->levels)
        return level_for(x);
    if (x->value > top + x->within)
        return NAN;
    return tdo_measurement_of(x->of, x->worst, x->best, x->value < top ? x->value : top);
}

/* A target is approached from the side on which the reading is. */
static double reading_for(const lack *x, double reading, double measurement)
{
    if (x->of->goal != TDO_GOAL_TARGET)
        return measurement;
    return reading < x->of->target ? x->of->target - measurement : x->of->target + measurement;
}

static bool is_allowed(const tdo_scenario *s, size_t c, double reading)
{
    for (size_t j = 0; j < s->n_constraints; j++) {
        const tdo_condition *is = &s->constraints[j].is;
        if (is->criterion == c &&
            ((is->has_min && reading < is->min) || (is->has_max && reading > is->max)))
            return false;
    }
    return true;
}

tdo_improvement tdo_find_improvement(const tdo_case *k, uint32_t slot)
{
    const double *score = k->r->by_rule[TDO_RULE_WEIGHTED].score;
    size_t f = k->v->f;
    tdo_improvement found = {.criterion = TDO_NONE, .from = NAN, .to = NAN, .share = NAN};
    double gap = score[k->r->winner[TDO_RULE_WEIGHTED]] - score[slot];
    for (size_t c = 0; gap > TDO_TIE && c < k->u->d; c++) {
        double weight = k->u->group_weight[c];
        double reading = k->x->reading[c * k->x->n + k->f->feasible[slot]];
        lack x = {.of = &k->s->criteria[c], .worst = k->v->worst[c], .best = k->v->best[c]};
        if (!(weight > 0) || k->v->worst[c] == k->v->best[c]) /* NOLINT: exact */
            continue;
        x.y = tdo_measurement(x.of, reading);
        x.value = k->v->value[c * f + slot] + gap / weight;
        x.within = TDO_TIE / weight;
        double y = measurement_for(&x), to = reading_for(&x, reading, y);
        double share = fabs(y - x.y) / fabs(x.best - x.worst);
        if (!isnan(y) && is_allowed(k->s, c, to) &&
            (found.criterion == TDO_NONE || share < found.share))
            found = (tdo_improvement){c, reading, to, share};
    }
    return found;
}
