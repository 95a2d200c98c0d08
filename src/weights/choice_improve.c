/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a candidate lacks to be first: one cell, edited. Whatever moves with the cell moves here
 * too: every reading that is taken from it, and an observed range that it stretches, or that it
 * alone held open. Up to where a reading turns (a target, the other end of a gap) the candidate
 * improves. Between two numbers at which the rule may change its mind, what suffices is all from
 * one number on: it is found by halving, and given in nine digits, the first that suffice. Beyond,
 * and where a limit is broken, it ends again: likewise. */
#include "weights/choice.h"
#include "weights/choice_lack.h"

#include <math.h>
#include <string.h>

/* ---- from where on ---- */

/* A number that suffices; NaN: none. */
static double far_enough(const choice_lack *x)
{
    const choice_edit *c = &x->cell;
    const double limit =
        choice_clip(x, x->start, isnan(c->turn) ? choice_end_of(x, c->from) : c->turn);
    const double end = choice_cut_off(x, x->start, limit);
    if (!(c->up * end > c->up * x->start) || !choice_suffices(x, end))
        return NAN;
    for (double step = c->span; c->up * (x->start + c->up * step) < c->up * end && *x->steps > 0;
         step *= 2)
        if (choice_suffices(x, x->start + c->up * step))
            return x->start + c->up * step;
    return end;
}

/* Do its limits let it in only where it gets worse again? */
static bool is_past(const choice_lack *x)
{
    return x->cell.up * x->start > x->cell.up * x->cell.turn;
}

/* A stretch of numbers that suffice: the nearest to now. */
typedef struct stretch {
    double to, until; /* NaN: none; for good */
    bool unknown;     /* too much work */
} stretch;

static stretch levels_for(const choice_lack *x)
{
    const choice_edit *c = &x->cell;
    stretch y = {NAN, NAN, false};
    double last = NAN;
    for (double at = c->from + c->up; at >= 0 && at < (double)c->reader[0].criterion->n_levels;
         at += c->up) {
        const bool good = choice_is_good(x, at);
        if (good && isnan(y.to))
            y.to = at;
        if (!good && !isnan(y.to)) {
            y.until = last;
            break;
        }
        last = at;
    }
    return y;
}

/* The nearest number that suffices; NaN: none, or the steps are used up. */
static double number_for(const choice_lack *x)
{
    const choice_edit *c = &x->cell;
    if (x->start != c->from && choice_is_surely_good(x, x->start)) /* NOLINT: exact */
        return x->start;
    double far = is_past(x) ? NAN : far_enough(x);
    if (isnan(far))
        return far;
    double near = choice_halve(x, far, x->start, choice_suffices);
    return *x->steps > 0 ? choice_in_digits(x, near, c->up, choice_is_sure) : NAN;
}

/* Up to where it stays so; NaN: for good, or not known. */
static double until(const choice_lack *x, double to)
{
    const choice_edit *c = &x->cell;
    double base = !isnan(c->turn) && c->up * c->turn > c->up * to ? c->turn : to, step = c->span;
    if (isnan(c->turn) && !choice_is_limited(&x->cell))
        return NAN;
    if (!choice_is_good(x, base)) /* a limit ends it before it turns */
        return choice_in_digits(x, choice_halve(x, to, base, choice_is_good), -c->up,
                                choice_is_surely_good);
    for (int k = 0; k<CHOICE_DOUBLINGS && * x->steps> 0; k++, step *= 2) {
        const bool least = c->signless && base + c->up * step <= 0;
        const double end = least ? choice_least_of(x) : base + c->up * step;
        if (!isfinite(end))
            return NAN;
        if (!choice_is_good(x, end))
            return choice_in_digits(x, choice_halve(x, base, end, choice_is_good), -c->up,
                                    choice_is_surely_good);
        if (least)
            return NAN;
    }
    return NAN;
}

/* ---- where a better cell may be a loss ---- */

/* One piece after another: between two points the answer changes at most once. */
typedef struct pieces {
    double from, end;    /* of all of them */
    const double *point; /* [n] between them */
    size_t n;
} pieces;

static bool cut(const choice_lack *x, double from, double end, pieces *out)
{
    *out = (pieces){.from = from, .end = end};
    out->n = x->probe->changes(x->probe->user, &x->cell, from, end, &out->point);
    return out->n != TDO_NONE;
}

static double just_inside(const choice_lack *x, double of, double other)
{
    double by = fmin(CHOICE_NARROW * fmax(fabs(of), x->cell.span), fabs(other - of) / 4);
    return other > of ? of + by : of - by;
}

/* Just inside of piece q, on the near side and on the far one. */
static void ends_of(const choice_lack *x, const pieces *p, size_t q, double *near, double *far)
{
    const double a = q ? p->point[q - 1] : p->from, b = q < p->n ? p->point[q] : p->end;
    *near = just_inside(x, a, b);
    *far = just_inside(x, b, a);
}

/* The last number that is surely good, where good turns bad between the two. A quick look that
 * rounding misleads says that on the wrong side of the last one; then whole runs are asked. NaN:
 * none. */
static double last_good(const choice_lack *x, double good, double bad)
{
    const double up = x->cell.up, last = choice_halve(x, good, bad, choice_is_good);
    const double until = choice_in_digits(x, last, -up, choice_is_surely_good);
    if (up * until <= up * last)
        return until;
    return choice_is_surely_good(x, good)
               ? choice_in_digits(x, choice_halve(x, good, bad, choice_is_surely_good), -up,
                                  choice_is_surely_good)
               : NAN;
}

/* Where it ends to be good; NaN: it is good up to the end of all. False: rounding hides where. */
static bool end_in(const choice_lack *x, const pieces *p, double *until)
{
    double end[2] = {NAN, NAN}, good = p->from;
    *until = NAN;
    for (size_t q = 0; q <= 2 * p->n + 1; q++) {
        ends_of(x, p, q / 2, &end[0], &end[1]);
        if (!choice_is_good(x, end[q % 2]) && !choice_is_surely_good(x, end[q % 2])) {
            *until = last_good(x, good, end[q % 2]);
            return !isnan(*until);
        }
        good = end[q % 2];
    }
    return true;
}

/* The first good number of all pieces; *q: the piece after that. */
static double start_in(const choice_lack *x, const pieces *p, size_t *q)
{
    for (double near = NAN, far = NAN, to = NAN; *q <= p->n && *x->steps > 0;) {
        ends_of(x, p, (*q)++, &near, &far);
        if (!choice_is_good(x, far))
            continue;
        near = choice_is_good(x, near) ? near : choice_halve(x, far, near, choice_is_good);
        to = choice_in_digits(x, near, x->cell.up, choice_is_surely_good);
        if (!isnan(to))
            return to;
    }
    return NAN;
}

/* Where it ends again behind `from`, which is good, before end; a limit may be what ends it. */
static void look_behind(const choice_lack *x, double from, double end, double last, stretch *y)
{
    const double up = x->cell.up;
    pieces p;
    y->unknown = !cut(x, from, end, &p) || !end_in(x, &p, &y->until);
    if (!y->unknown && isnan(y->until) && up * end < up * last)
        y->until = choice_in_digits(x, end, -up, choice_is_surely_good);
}

static void find_until(const choice_lack *x, double end, double last, stretch *y)
{
    const double turn = x->cell.turn;
    look_behind(x, y->to, end, last, y);
    if (y->unknown || !isnan(y->until))
        return;
    if (isnan(turn))
        y->until = choice_limit_behind(x, end);
    if (isnan(turn) || is_past(x))
        return;
    last = choice_end_of(x, turn);
    look_behind(x, turn, choice_clip(x, turn, last), last, y);
}

static stretch find_in_pieces(const choice_lack *x)
{
    const choice_edit *c = &x->cell;
    const double last = isnan(c->turn) || is_past(x) ? choice_end_of(x, x->start) : c->turn;
    const double end = choice_clip(x, x->start, last), wanted = choice_cut_off(x, x->start, end);
    stretch y = {NAN, NAN, false};
    pieces p;
    size_t q = 0;
    if (x->start != c->from && choice_is_surely_good(x, x->start)) /* NOLINT: exact */
        y.to = x->start;
    if (isnan(y.to) && (is_past(x) || !(c->up * wanted > c->up * x->start)))
        return y;
    if (isnan(y.to)) {
        y.unknown = !cut(x, x->start, wanted, &p);
        y.to = y.unknown ? NAN : start_in(x, &p, &q);
        if (isnan(y.to) && !y.unknown && choice_is_surely_good(x, wanted))
            y.to = wanted; /* a tie at the very end */
    }
    if (!isnan(y.to))
        find_until(x, end, last, &y);
    return y;
}

static stretch find_stretch(const choice_lack *x)
{
    stretch y = {NAN, NAN, false};
    if (x->cell.reader[0].criterion->levels)
        return levels_for(x);
    if (x->probe->changes)
        return find_in_pieces(x);
    y.to = number_for(x);
    if (!isnan(y.to) && choice_allows(x, y.to))
        y.until = until(x, y.to);
    else
        y.to = NAN;
    return y;
}

/* How far a reading may improve that has a target: as far beyond it as it is on this side now. */
static double farthest(const choice_lack *x)
{
    const choice_edit *c = &x->cell;
    const choice_reader *r = &c->reader[c->first];
    if (isnan(c->turn))
        return c->from + c->up * TDO_IMPROVE_RANGES * c->span;
    return r->weighed && r->criterion->goal == TDO_GOAL_TARGET ? 2 * c->turn - c->from : c->turn;
}

/* Sets where it may begin to be good. False: limits are broken that this cell does not restore. */
static bool enter(choice_lack *x)
{
    const choice_edit *c = &x->cell;
    const double far = farthest(x);
    x->start = c->from;
    if (!choice_broken(c->k, c->slot))
        return true;
    if (!choice_reads_broken(c))
        return false;
    if (c->reader[0].criterion->levels) /* all are tried */
        return true;
    x->start = choice_find_entry(c, c->signless && far < 0 ? choice_least_of(x) : far, x->steps);
    if (isnan(x->start) && !isnan(c->turn)) /* where the last limit allows, this side of it */
        x->start = choice_find_entry(c, c->turn, x->steps);
    if (!isnan(x->start))
        x->start = choice_in_digits(x, x->start, c->up, choice_allows);
    return !isnan(x->start);
}

/* Nothing that was tried suffices: is that all that can be said of a better cell? */
static bool is_all(const choice_lack *x, bool entered)
{
    const choice_edit *c = &x->cell;
    bool needs_first = x->probe->rule == TDO_RULE_NEEDS_FIRST;
    if (!entered) /* it is kept out by others all the same, or a worse cell would let it in */
        return !choice_reads_broken(c);
    if (is_past(x))
        return !x->probe->changes;
    return isnan(c->turn) || !needs_first; /* beyond a target a need may be met */
}

/* ---- the smallest ---- */

tdo_status choice_improve(const tdo_case *k, const choice_probe *probe, uint32_t slot,
                          tdo_arena *scratch, double *steps, tdo_improvement *out)
{
    choice_lack x = {.probe = probe, .steps = steps, .most = TDO_IMPROVE_RANGES};
    choice_walk walk = {
        .k = k, .rule = probe->rule, .slot = slot, .steps = steps, .scratch = scratch};
    const bool behind = choice_is_behind(k->r, probe->rule, slot) || choice_broken(k, slot) != 0;
    const stretch none = {NAN, NAN, false};
    bool more = behind, unknown = false, above_zero = false;
    tdo_status status = TDO_OK;
    *out = (tdo_improvement){.criterion = TDO_NONE, .from = NAN, .to = NAN, .until = NAN};
    if (more && tdo_compares_wholes(k->s)) { /* an edit moves the weights, too */
        out->left_out = true;
        return TDO_OK;
    }
    while (more && *steps > 0 && !unknown) {
        status = choice_next_edit(&walk, &x.cell, &more);
        if (status != TDO_OK || !more)
            break;
        const bool entered = enter(&x);
        const stretch y = entered ? find_stretch(&x) : none;
        unknown |= y.unknown;
        above_zero |= x.cell.signless && x.cell.up < 0;
        walk.passed_over |= isnan(y.to) && !is_all(&x, entered);
        if (isnan(y.to))
            continue;
        double share = choice_share_of(&x.cell, y.to);
        if (share > TDO_IMPROVE_RANGES)
            continue;
        if (out->criterion != TDO_NONE && share >= out->share)
            continue;
        *out = (tdo_improvement){.criterion = x.cell.reader[x.cell.first].c,
                                 .column = x.cell.column,
                                 .group = x.cell.group,
                                 .from = x.cell.from,
                                 .to = y.to,
                                 .until = y.until,
                                 .share = share,
                                 .tied = probe->is_tied(probe->user, &x.cell, y.to)};
        x.most = share;
    }
    if (unknown || !(*steps > 0)) /* a smaller one may not have been looked at */
        *out = (tdo_improvement){.criterion = TDO_NONE, .left_out = true};
    out->none = behind && out->criterion == TDO_NONE && !out->left_out && !walk.passed_over &&
                !choice_columns_keep_out(k, slot);
    out->above_zero = out->none && above_zero;
    return status;
}
