/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a candidate lacks to be first under `weighted`: one cell, edited. Whatever moves with the
 * cell moves here too: an observed range that it stretches, or that it alone held open. A better
 * reading never lowers the candidate's own score and never raises another's, so that what suffices
 * is all from one reading on: it is found by halving, and given in nine digits, the first that
 * suffice. */
#include "base/decimal.h"
#include "weights/choice.h"

#include <math.h>
#include <string.h>

enum { HALVINGS = 60, DIGITS = 9 };

/* One candidate and one criterion. */
typedef struct lack {
    const tdo_case *k;
    const tdo_criterion *of;
    size_t c;
    uint32_t slot;
    double reading;   /* now */
    double others[2]; /* the worst and best reading of all others who are measured; NaN: none */
    double rival;     /* the best score of another one, while the range stays */
    double up;        /* 1: readings improve upwards; -1 */
    double *steps;    /* looks at rivals that are left */
} lack;

/* ---- what may be asked ---- */

static bool reads(const tdo_criterion *c, const char *column)
{
    for (size_t t = 0; t < c->n_terms; t++)
        if (strcmp(c->terms[t].column, column) == 0)
            return true;
    return false;
}

/* Is the reading one cell, which nothing else is taken from and nobody else's reading hangs on? */
static bool is_own_cell(const tdo_case *k, size_t c)
{
    const tdo_criterion *of = &k->s->criteria[c];
    const size_t n = k->x->n;
    if (of->groups || of->linear || of->n_terms > 1 || k->x->averaged > 0)
        return false;
    for (size_t i = 0; k->x->imputed && i < n; i++)
        if (k->x->imputed[c * n + i])
            return false;
    for (size_t q = 0; of->n_terms == 1 && q < k->s->n_criteria; q++)
        if (q != c && reads(&k->s->criteria[q], of->terms[0].column))
            return false;
    return true;
}

/* Would the reading be within all limits on it? */
static bool is_allowed(const tdo_case *k, size_t c, double reading)
{
    const tdo_criterion *of = &k->s->criteria[c];
    for (size_t j = 0; j < k->s->n_constraints; j++) {
        const tdo_condition *is = &k->s->constraints[j].is;
        bool on = is->criterion == c || (is->criterion == TDO_NONE && of->n_terms == 1 &&
                                         strcmp(is->column, of->terms[0].column) == 0);
        if (on && ((is->has_min && reading < is->min) || (is->has_max && reading > is->max)))
            return false;
    }
    return true;
}

/* ---- the lead ---- */

static void find_others(lack *x)
{
    const tdo_measured *m = x->k->x;
    const tdo_valued *v = x->k->v;
    const uint32_t own = x->k->f->feasible[x->slot];
    x->others[0] = v->worst[x->c];
    x->others[1] = v->best[x->c];
    if (!v->observed[x->c] ||
        (x->of->goal != TDO_GOAL_TARGET && tdo_better(x->of, x->reading, x->others[0]) > 0 &&
         tdo_better(x->of, x->others[1], x->reading) > 0))
        return; /* it holds no end of the range */
    x->others[0] = x->others[1] = NAN;
    for (size_t i = 0; i < m->n; i++) {
        double r = m->reading[x->c * m->n + i];
        if (i == own || m->dropped[i])
            continue;
        if (isnan(x->others[0]) || tdo_better(x->of, x->others[0], r) > 0)
            x->others[0] = r;
        if (isnan(x->others[1]) || tdo_better(x->of, r, x->others[1]) > 0)
            x->others[1] = r;
    }
    *x->steps -= (double)m->n;
}

/* The score of slot j with the criterion's value at a reading. */
static double score_with(const lack *x, uint32_t j, double reading, double worst, double best)
{
    const tdo_case *k = x->k;
    double value = tdo_value_of(x->of, worst, best, tdo_measurement(x->of, reading));
    return k->r->by_rule[TDO_RULE_WEIGHTED].score[j] +
           k->u->group_weight[x->c] * (value - k->v->value[x->c * k->v->f + j]);
}

/* The candidate's score less the best of another's, were its reading this one. Only rivals on the
 * frontier can be best: no other one overtakes whoever dominates it. */
static double lead(const lack *x, double reading)
{
    const tdo_case *k = x->k;
    double worst = k->v->worst[x->c], best = k->v->best[x->c], rival = -INFINITY;
    if (k->v->observed[x->c]) {
        double low = x->others[0], high = x->others[1];
        low = isnan(low) || tdo_better(x->of, low, reading) > 0 ? reading : low;
        high = isnan(high) || tdo_better(x->of, reading, high) > 0 ? reading : high;
        worst = tdo_measurement(x->of, low);
        best = tdo_measurement(x->of, high);
    }
    double own = score_with(x, x->slot, reading, worst, best);
    if (worst == k->v->worst[x->c] && best == k->v->best[x->c]) /* NOLINT: exact */
        return own - x->rival;
    *x->steps -= (double)k->v->f;
    for (uint32_t j = 0; j < k->v->f; j++) {
        if (j == x->slot || !k->front->member[j])
            continue;
        double r = k->x->reading[x->c * k->x->n + k->f->feasible[j]];
        rival = fmax(rival, score_with(x, j, r, worst, best));
    }
    return own - rival;
}

/* Half of a tie: sums in another order differ by less. */
static bool suffices(const lack *x, double reading)
{
    return lead(x, reading) >= -TDO_TIE / 2;
}

/* ---- the reading ---- */

/* A reading that suffices; NaN: none. Where the range is observed there is no end to it but 0,
 * which no reading passes where none does. */
static double far_enough(const lack *x)
{
    const tdo_valued *v = x->k->v;
    const double worst = v->worst[x->c], best = v->best[x->c];
    double end = x->of->goal == TDO_GOAL_TARGET ? x->of->target - x->up * best : best;
    if (x->of->goal == TDO_GOAL_TARGET && v->observed[x->c])
        end = x->of->target;
    if (!v->observed[x->c] || x->of->goal == TDO_GOAL_TARGET)
        return tdo_better(x->of, end, x->reading) > 0 && suffices(x, end) ? end : NAN;
    bool signless = x->reading >= 0 && x->others[0] >= 0 && x->others[1] >= 0;
    double step = fabs(best - worst);
    for (int k = 0; k<HALVINGS && * x->steps> 0; k++, step *= 2) {
        end = x->reading + x->up * step;
        if (signless && end <= 0)
            return suffices(x, 0) ? 0 : NAN;
        if (!isfinite(end))
            return NAN;
        if (suffices(x, end))
            return end;
    }
    return NAN;
}

/* The decimal with DIGITS digits that is the least improvement and suffices. Digits are counted
 * from the size of the reading or of the range, whichever is larger; from is where they begin to
 * suffice, but for rounding. */
static double in_digits(const lack *x, double from)
{
    double span = fabs(x->k->v->best[x->c] - x->k->v->worst[x->c]);
    decimal size = decimal_of(fmax(fabs(from), span));
    int exponent = size.exponent - DIGITS;
    for (int64_t m = size.mantissa; m > 0; m /= 10)
        exponent++;
    int64_t q = (int64_t)floor(from / decimal_number((decimal){1, exponent}));
    for (int k = -1; k <= 2; k++) {
        double y = decimal_number((decimal){x->up > 0 ? q + k : q + 1 - k, exponent});
        if (suffices(x, y))
            return y;
    }
    return NAN;
}

static double level_for(const lack *x)
{
    for (double y = x->reading + x->up; y >= 0 && y < (double)x->of->n_levels; y += x->up)
        if (suffices(x, y))
            return y;
    return NAN;
}

/* The nearest reading that suffices; NaN: none, or the steps are used up. */
static double reading_for(const lack *x)
{
    double fails = x->reading, holds = x->of->levels ? level_for(x) : far_enough(x);
    if (x->of->levels || isnan(holds))
        return holds;
    for (int k = 0; k<HALVINGS && * x->steps> 0; k++) {
        double middle = fails / 2 + holds / 2;
        if (suffices(x, middle))
            holds = middle;
        else
            fails = middle;
    }
    return *x->steps > 0 ? in_digits(x, holds) : NAN;
}

/* Does a limit move with this cell, because it is relative to the incumbent's? */
static bool moves_limit(const tdo_case *k, size_t c, uint32_t slot)
{
    for (size_t j = 0; j < k->s->n_constraints; j++)
        if (k->s->constraints[j].relative && k->s->constraints[j].is.criterion == c &&
            k->f->feasible[slot] == k->x->incumbent)
            return true;
    return false;
}

tdo_improvement tdo_find_improvement(const tdo_case *k, uint32_t slot, double *steps)
{
    const double *score = k->r->by_rule[TDO_RULE_WEIGHTED].score;
    tdo_improvement found = {.criterion = TDO_NONE, .from = NAN, .to = NAN, .share = NAN};
    double gap = score[k->r->winner[TDO_RULE_WEIGHTED]] - score[slot];
    for (size_t c = 0; gap > TDO_TIE && c<k->u->d && * steps> 0; c++) {
        const tdo_criterion *of = &k->s->criteria[c];
        double span = fabs(k->v->best[c] - k->v->worst[c]);
        if (!(k->u->group_weight[c] > 0) || !(span > 0) || !isfinite(span) || !is_own_cell(k, c) ||
            moves_limit(k, c, slot))
            continue;
        lack x = {.k = k, .of = of, .c = c, .slot = slot, .steps = steps};
        x.reading = k->x->reading[c * k->x->n + k->f->feasible[slot]];
        x.up = of->goal == TDO_GOAL_TARGET ? (x.reading < of->target ? 1 : -1)
               : tdo_better(of, 1, 0) > 0  ? 1
                                           : -1;
        x.rival = score[k->r->winner[TDO_RULE_WEIGHTED]];
        find_others(&x);
        double to = reading_for(&x);
        double share = fabs(tdo_measurement(of, to) - tdo_measurement(of, x.reading)) / span;
        if (!isnan(to) && is_allowed(k, c, to) &&
            (found.criterion == TDO_NONE || share < found.share))
            found = (tdo_improvement){c, x.reading, to, share};
    }
    return found;
}
