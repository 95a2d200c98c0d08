/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a candidate lacks to be first under `weighted`: one cell, edited. Whatever moves with the
 * cell moves here too: every reading that is taken from it, and an observed range that it
 * stretches, or that it alone held open. Up to where a reading turns (a target, the other end of a
 * gap), a better cell never lowers the candidate's own score and never raises another's, so that
 * what suffices is all from one number on: it is found by halving, and given in nine digits, the
 * first that suffice. Beyond a turn, and where a limit is broken, it ends again: likewise. */
#include "base/decimal.h"
#include "weights/choice.h"
#include "weights/choice_edits.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { HALVINGS = 60, DIGITS = 9 };

typedef struct lack {
    choice_edit cell;
    double rival;  /* the best score of another one, while no range moves */
    double *steps; /* looks at candidates that are left */
} lack;

/* ---- limits ---- */

static bool is_within(const tdo_condition *is, double reading, double rest)
{
    return !(is->has_min && tdo_beyond(reading, rest, is->min) < 0) &&
           !(is->has_max && tdo_beyond(reading, rest, is->max) > 0);
}

/* Would all limits on what reads the cell, and on its column, hold? */
static bool is_allowed(const lack *x, double cell)
{
    const tdo_scenario *s = x->cell.k->s;
    for (size_t j = 0; j < s->n_constraints; j++) {
        const tdo_condition *is = &s->constraints[j].is;
        if (is->criterion == TDO_NONE && !x->cell.group &&
            strcmp(is->column, x->cell.column) == 0 && !is_within(is, cell, 0))
            return false;
        for (size_t q = 0; q < x->cell.n; q++) {
            const choice_reader *r = &x->cell.reader[q];
            double rest = 0, reading = choice_read_edit(&x->cell, r, cell, &rest);
            if (isnan(reading) || (is->criterion == r->c && !is_within(is, reading, rest)))
                return false;
        }
    }
    return true;
}

static bool is_limited(const lack *x)
{
    const tdo_scenario *s = x->cell.k->s;
    for (size_t j = 0; j < s->n_constraints; j++) {
        const tdo_condition *is = &s->constraints[j].is;
        if (is->criterion == TDO_NONE && !x->cell.group && strcmp(is->column, x->cell.column) == 0)
            return true;
        for (size_t q = 0; q < x->cell.n; q++)
            if (is->criterion == x->cell.reader[q].c)
                return true;
    }
    return false;
}

/* ---- the lead ---- */

/* A reader with the cell at some number: its reading and its range. */
typedef struct view {
    double reading, worst, best;
} view;

static view look(const lack *x, const choice_reader *r, double cell)
{
    const tdo_valued *v = x->cell.k->v;
    double rest = 0;
    view y = {choice_read_edit(&x->cell, r, cell, &rest), v->worst[r->c], v->best[r->c]};
    if (r->moves) {
        double low = r->others[0], high = r->others[1];
        low = isnan(low) || tdo_better(r->of, low, y.reading) > 0 ? y.reading : low;
        high = isnan(high) || tdo_better(r->of, y.reading, high) > 0 ? y.reading : high;
        y.worst = tdo_measurement(r->of, low);
        y.best = tdo_measurement(r->of, high);
    }
    return y;
}

/* The score of slot j with these ranges; own: with the readings seen, too. */
static double score_with(const lack *x, uint32_t j, const view *seen, bool own)
{
    const tdo_case *k = x->cell.k;
    double score = k->r->by_rule[TDO_RULE_WEIGHTED].score[j];
    for (size_t q = 0; q < x->cell.n; q++) {
        const choice_reader *r = &x->cell.reader[q];
        double reading = own ? seen[q].reading : k->x->reading[r->c * k->x->n + k->f->feasible[j]];
        if (!r->weighed)
            continue;
        double value =
            tdo_value_of(r->of, seen[q].worst, seen[q].best, tdo_measurement(r->of, reading));
        score += k->u->group_weight[r->c] * (value - k->v->value[r->c * k->v->f + j]);
    }
    return score;
}

/* The candidate's score less the best of another's, were its cell this one; NaN: nothing would be
 * read. Only rivals on the frontier can be best: no other one overtakes whoever dominates it. */
static double lead(const lack *x, double cell)
{
    const tdo_case *k = x->cell.k;
    view seen[TDO_MAX_CRITERIA] = {{NAN, NAN, NAN}};
    double rival = -INFINITY;
    bool moved = false;
    for (size_t q = 0; q < x->cell.n; q++) {
        const choice_reader *r = &x->cell.reader[q];
        seen[q] = look(x, r, cell);
        if (isnan(seen[q].reading))
            return NAN;
        moved |= r->weighed && (seen[q].worst != k->v->worst[r->c] || /* NOLINT: exact */
                                seen[q].best != k->v->best[r->c]);
    }
    *x->steps -= (double)x->cell.n;
    double own = score_with(x, x->cell.slot, seen, true);
    if (!moved)
        return own - x->rival;
    *x->steps -= (double)k->v->f;
    for (uint32_t j = 0; j < k->v->f; j++)
        if (j != x->cell.slot && k->front->member[j])
            rival = fmax(rival, score_with(x, j, seen, false));
    return own - rival;
}

/* Half of a tie: sums in another order differ by less. */
static bool suffices(const lack *x, double cell)
{
    return lead(x, cell) >= -TDO_TIE / 2;
}

static bool is_good(const lack *x, double cell)
{
    return is_allowed(x, cell) && suffices(x, cell);
}

/* ---- from where on ---- */

/* Has every reader the value 1 there, for good? */
static bool is_at_best(const lack *x, double cell)
{
    for (size_t q = 0; q < x->cell.n; q++) {
        const choice_reader *r = &x->cell.reader[q];
        view y = look(x, r, cell);
        if (r->weighed && (r->moves || tdo_value_of(r->of, y.worst, y.best,
                                                    tdo_measurement(r->of, y.reading)) < 1))
            return false;
    }
    return true;
}

/* What a column without numbers below 0 can go down to: 0, or just above where 0 is no number. */
static double least_of(const lack *x)
{
    bool zero = true;
    for (size_t q = 0; q < x->cell.n; q++)
        zero &= !x->cell.reader[q].of->zero_is_missing;
    return zero ? 0 : x->cell.span * 1e-9;
}

/* A number that suffices; NaN: none. Where nothing turns there is no end to it but 0, which no
 * number passes where none does, and the best of given ranges. */
static double far_enough(const lack *x)
{
    const choice_edit *c = &x->cell;
    double step = c->span;
    if (!isnan(c->turn))
        return c->up * c->turn > c->up * c->from && suffices(x, c->turn) ? c->turn : NAN;
    for (int k = 0; k<HALVINGS && * x->steps> 0; k++, step *= 2) {
        double end = c->from + c->up * step;
        if (c->signless && end <= 0)
            return suffices(x, least_of(x)) ? least_of(x) : NAN;
        if (!isfinite(end))
            return NAN;
        if (suffices(x, end))
            return end;
        if (is_at_best(x, end))
            return NAN;
    }
    return NAN;
}

static double level_for(const lack *x)
{
    const choice_edit *c = &x->cell;
    for (double y = c->from + c->up; y >= 0 && y < (double)c->reader[0].of->n_levels; y += c->up)
        if (suffices(x, y))
            return y;
    return NAN;
}

/* The place where good turns bad between the two, on the good side. */
static double halve(const lack *x, double good, double bad, bool (*is)(const lack *, double))
{
    for (int k = 0; k<HALVINGS && * x->steps> 0; k++) {
        double middle = good / 2 + bad / 2;
        if (is(x, middle))
            good = middle;
        else
            bad = middle;
    }
    return good;
}

/* The decimal with DIGITS digits next to `from`, which is good but for rounding, on the good side:
 * ahead in the direction `way`. Digits are counted from the size of the number or of the range,
 * whichever is larger. */
static double in_digits(const lack *x, double from, double way, bool (*is)(const lack *, double))
{
    decimal size = decimal_of(fmax(fabs(from), x->cell.span));
    int exponent = size.exponent - DIGITS;
    for (int64_t m = size.mantissa; m > 0; m /= 10)
        exponent++;
    int64_t q = (int64_t)floor(from / decimal_number((decimal){1, exponent}));
    for (int k = -1; k <= 2; k++) {
        double y = decimal_number((decimal){way > 0 ? q + k : q + 1 - k, exponent});
        if (is(x, y))
            return y;
    }
    return NAN;
}

/* The nearest number that suffices; NaN: none, or the steps are used up. */
static double number_for(const lack *x)
{
    const choice_edit *c = &x->cell;
    if (c->reader[0].of->levels)
        return level_for(x);
    double far = far_enough(x);
    if (isnan(far))
        return far;
    double near = halve(x, far, c->from, suffices);
    return *x->steps > 0 ? in_digits(x, near, c->up, suffices) : NAN;
}

/* Up to where it stays so; NaN: for good, or not known. */
static double until(const lack *x, double to)
{
    const choice_edit *c = &x->cell;
    double base = !isnan(c->turn) && c->up * c->turn > c->up * to ? c->turn : to, step = c->span;
    if (c->reader[0].of->levels || (isnan(c->turn) && !is_limited(x)))
        return NAN;
    if (!is_good(x, base)) /* a limit ends it before it turns */
        return in_digits(x, halve(x, to, base, is_good), -c->up, is_good);
    for (int k = 0; k<HALVINGS && * x->steps> 0; k++, step *= 2) {
        double end = base + c->up * step;
        if (c->signless && end <= 0)
            end = least_of(x);
        if (!isfinite(end))
            return NAN;
        if (!is_good(x, end))
            return in_digits(x, halve(x, base, end, is_good), -c->up, is_good);
        if (end == least_of(x))
            return NAN;
    }
    return NAN;
}

/* The largest part of a range that one of its readings moves by. */
static double share_of(const lack *x, double to)
{
    const tdo_valued *v = x->cell.k->v;
    double share = 0, rest = 0;
    for (size_t q = 0; q < x->cell.n; q++) {
        const choice_reader *r = &x->cell.reader[q];
        double reading = choice_read_edit(&x->cell, r, to, &rest);
        double by = tdo_measurement(r->of, reading) - tdo_measurement(r->of, r->reading);
        if (r->weighed)
            share = fmax(share, fabs(by) / fabs(v->best[r->c] - v->worst[r->c]));
    }
    return share;
}

tdo_status tdo_find_improvement(const tdo_case *k, uint32_t slot, tdo_arena *scratch, double *steps,
                                tdo_improvement *out)
{
    assert(slot < k->f->feasible_n);
    const double *score = k->r->by_rule[TDO_RULE_WEIGHTED].score;
    const uint32_t winner = k->r->winner[TDO_RULE_WEIGHTED];
    lack x = {.rival = score[winner], .steps = steps};
    choice_walk walk = {.k = k, .slot = slot, .steps = steps, .scratch = scratch};
    bool more = score[winner] - score[slot] > TDO_TIE;
    tdo_status status = TDO_OK;
    *out = (tdo_improvement){.criterion = TDO_NONE, .from = NAN, .to = NAN, .until = NAN};
    while (more && *steps > 0) {
        status = choice_next_edit(&walk, &x.cell, &more);
        if (status != TDO_OK || !more)
            break;
        double to = number_for(&x);
        if (isnan(to) || !is_allowed(&x, to))
            continue;
        double share = share_of(&x, to);
        if (out->criterion != TDO_NONE && share >= out->share)
            continue;
        *out = (tdo_improvement){.criterion = x.cell.reader[x.cell.first].c,
                                 .column = x.cell.column,
                                 .group = x.cell.group,
                                 .from = x.cell.from,
                                 .to = to,
                                 .until = until(&x, to),
                                 .share = share};
    }
    if (!(*steps > 0)) /* a smaller one may not have been looked at */
        out->criterion = TDO_NONE;
    return status;
}
