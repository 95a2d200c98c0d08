/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Integer programs: the LP without the whole numbers first (it may be whole already, be infeasible,
 * or bound the rest), then GLPK's search, then the LP again with the whole numbers fixed, so that
 * the answer obeys the rows to the last bit. Last, a search of our own proves it, or betters it. */
#include "lp/prove.h"

#include "lp/guard.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const double EQUAL = 1e-9; /* of the size of the terms; within it optimal means optimal */

/* The form with the bounds of integer columns moved inwards to whole numbers. False: some cross. */
static bool whole_bounds(const lp_form *f, const bool *integer, double *lower, double *upper,
                         lp_form *out)
{
    bool ok = true;
    memcpy(lower, f->lower, (f->n + f->m) * sizeof *lower);
    memcpy(upper, f->upper, (f->n + f->m) * sizeof *upper);
    for (size_t j = 0; j < f->n; j++) {
        if (!integer[j])
            continue;
        lower[j] = ceil(f->lower[j]);
        upper[j] = floor(f->upper[j]);
        ok = ok && lower[j] <= upper[j];
    }
    *out = *f;
    out->lower = lower;
    out->upper = upper;
    return ok;
}

static bool is_whole(const lp_form *f, const bool *integer, const double *x)
{
    for (size_t j = 0; j < f->n; j++) {
        if (integer[j] && x[j] != floor(x[j]))
            return false;
    }
    return true;
}

/* How far the answer is above a bound, relative to the size of its terms. */
static double apart_by(const lp_form *f, const lp_answer *x, double bound)
{
    lp_sum s = {0};
    for (size_t j = 0; j < f->n; j++)
        lp_sum_add(&s, f->cost[j], x->x[j]);
    const double apart = x->objective - bound;
    return s.size > 0 ? apart / s.size : apart;
}

/* What the answer is worth against its bound. */
static void certify(const lp_form *f, lp_answer *x, bool proven)
{
    const double apart = apart_by(f, x, x->bound);
    x->certificate.gap = apart > 0 ? apart : 0;
    x->certificate.dual = x->certificate.slackness = (double)NAN;
    x->certificate.exact = x->certificate.exact && proven;
    x->y = x->reduced = NULL;
}

static void add_counts(lp_answer *x, const lp_answer *y)
{
    x->iterations += y->iterations;
    x->pivots += y->pivots;
    x->attempts += y->attempts;
    x->seconds += y->seconds;
}

/* GLPK's search, and its answer made exact. best->x NULL: it found nothing. */
static tdo_status run_glpk(const lp_task *t, const bool *integer, tdo_arena *a, lp_answer *best,
                           lp_search_result *r, tdo_error *err)
{
    char text[LP_GUARD_TEXT] = "";
    lp_answer fixed = {0};
    r->x = tdo_alloc(a, t->form->n, sizeof *r->x);
    if (!r->x)
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    tdo_status s = lp_search(t->form, integer, t->options, t->place, r, text);
    if (s == TDO_E_MEMORY)
        return tdo_fail(err, s, "out of memory");
    if (s == TDO_OK && r->has_x) {
        s = lp_fix_whole(t, integer, r->x, a, &fixed, err);
        if (s != TDO_OK)
            return s;
        add_counts(&fixed, best);
        *best = fixed;
    }
    best->attempts++;
    best->iterations += r->iterations;
    best->seconds += r->seconds;
    return TDO_OK; /* if GLPK complained, our own search may still end */
}

/* Both searches. best comes with the counts and the bound so far and no x. */
static tdo_status search(const lp_task *t, const bool *integer, tdo_arena *a, lp_answer *best,
                         tdo_error *err)
{
    lp_search_result r = {0};
    lp_proof p = {0};
    double bound = best->bound;
    tdo_status s = run_glpk(t, integer, a, best, &r, err);
    if (s != TDO_OK)
        return s;
    const lp_answer glpk = *best;
    s = lp_prove(t, integer, a, best, &p, err);
    if (s != TDO_OK)
        return s;
    if (best->x != glpk.x)
        add_counts(best, &glpk);
    if (p.complete) {
        best->outcome = best->x ? TDO_LP_OPTIMAL : TDO_LP_INFEASIBLE;
        best->certificate.exact = !best->x ? p.exact : best->certificate.exact;
        bound = best->x ? best->objective : (double)NAN;
    } else {
        bound = fmax(bound, p.bound); /* the first LP's may be the best: it is exact */
        bound = fmax(bound, r.bound);
        /* GLPK says that it is done, but its answer did not stand or ours is better than its
         * bound. Both are rounded: what counts as equal is what certifies counts as equal. */
        const bool stands = best->x && apart_by(t->form, best, bound) >= -EQUAL;
        best->outcome = r.verdict == LP_S_FOUND && stands    ? TDO_LP_OPTIMAL
                        : r.verdict == LP_S_NONE && !best->x ? TDO_LP_INFEASIBLE
                        : r.verdict == LP_S_LIMIT            ? TDO_LP_LIMIT
                                                             : TDO_LP_NUMERICAL;
    }
    best->bound = bound;
    best->nodes = r.nodes + p.nodes;
    if (best->x)
        certify(t->form, best, p.complete && p.exact);
    return TDO_OK;
}

tdo_status lp_solve_integer(const lp_task *t, const bool *integer, tdo_arena *a, lp_answer *x,
                            tdo_error *err)
{
    assert(integer);
    const lp_form *f = t->form;
    lp_form whole = {0};
    lp_task task = *t;
    double *lower = tdo_alloc(a, f->n + f->m, sizeof *lower);
    double *upper = tdo_alloc(a, f->n + f->m, sizeof *upper);
    const double none = (double)NAN;
    *x = (lp_answer){.outcome = TDO_LP_INFEASIBLE,
                     .objective = none,
                     .bound = none,
                     .certificate = {none, none, none, none, true}};
    if (!lower || !upper)
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    if (!whole_bounds(f, integer, lower, upper, &whole))
        return TDO_OK; /* no whole number between the bounds of a column */
    task.form = &whole;
    tdo_status s = lp_relax(&task, a, x, err);
    lp_answer_free(x);
    x->bound = none;
    if (s != TDO_OK || x->outcome != TDO_LP_OPTIMAL) {
        if (x->outcome == TDO_LP_LIMIT || x->outcome == TDO_LP_NUMERICAL)
            x->x = NULL; /* not whole */
        return s;
    }
    x->bound = x->objective;
    if (is_whole(f, integer, x->x)) {
        certify(f, x, true);
        return TDO_OK;
    }
    lp_answer best = {.outcome = TDO_LP_NUMERICAL,
                      .objective = none,
                      .bound = x->bound,
                      .scales = x->scales,
                      .certificate = {none, none, none, none, false}};
    add_counts(&best, x);
    *x = best;
    return search(&task, integer, a, x, err);
}
