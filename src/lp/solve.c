/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An LP as it was built to a solution in the caller's arena. Start here. */
#include "lp/relax.h"

#include <math.h>
#include <string.h>

const char *tdo_lp_outcome_word(tdo_lp_outcome o)
{
    static const char *const word[] = {[TDO_LP_OPTIMAL] = "optimal",
                                       [TDO_LP_INFEASIBLE] = "infeasible",
                                       [TDO_LP_UNBOUNDED] = "unbounded",
                                       [TDO_LP_LIMIT] = "limit",
                                       [TDO_LP_NUMERICAL] = "numerical"};
    return word[o];
}

tdo_status lp_take_options(const tdo_lp_options *given, tdo_lp_options *out, tdo_error *err)
{
    *out = !given ? (tdo_lp_options){0} : *given;
    if (!(out->seconds >= 0) || !(out->gap >= 0) || isinf(out->gap))
        return tdo_fail(err, TDO_E_INPUT, "the options of an LP are out of range");
    if (out->seconds == 0)
        out->seconds = 3600;
    if (out->iterations == 0)
        out->iterations = 1000000;
    if (out->nodes == 0)
        out->nodes = 1000000;
    if (out->exact_nodes == 0)
        out->exact_nodes = 2000;
    if (out->exact_work == 0)
        out->exact_work = 400000000;
    return TDO_OK;
}

uint8_t *lp_last_places(const tdo_lp *lp, tdo_arena *a)
{
    uint8_t *place = tdo_alloc(a, lp->columns + lp->rows, 1);
    if (!place)
        return NULL;
    if (lp->columns > 0)
        memcpy(place, lp->column_place, lp->columns);
    if (lp->rows > 0)
        memcpy(place + lp->columns, lp->row_place, lp->rows);
    return place;
}

void lp_keep_places(tdo_lp *lp, const uint8_t *place)
{
    if (lp->columns > 0)
        memcpy(lp->column_place, place, lp->columns);
    if (lp->rows > 0)
        memcpy(lp->row_place, place + lp->columns, lp->rows);
    lp->solved = true;
    lp->cost_changed = false;
}

tdo_status tdo_lp_start_at(tdo_lp *lp, const uint8_t *column_place, const uint8_t *row_place,
                           tdo_error *err)
{
    size_t basic = 0;
    for (size_t v = 0; v < lp->columns + lp->rows; v++) {
        const uint8_t place = v < lp->columns ? column_place[v] : row_place[v - lp->columns];
        if (place > TDO_LP_FIXED)
            return tdo_fail(err, TDO_E_INPUT, "no such place in a basis: %u", (unsigned)place);
        basic += place == TDO_LP_BASIC;
    }
    if (basic != lp->rows)
        return tdo_fail(err, TDO_E_INPUT, "a basis of %zu for %zu rows", basic, lp->rows);
    if (lp->columns > 0)
        memcpy(lp->column_place, column_place, lp->columns);
    if (lp->rows > 0)
        memcpy(lp->row_place, row_place, lp->rows);
    lp->solved = true;
    lp->cost_changed = true; /* nobody said that it is dual feasible */
    return TDO_OK;
}

/* ---- publishing ---- */

/* *ok is cleared when memory is out. */
static const double *copy_doubles(tdo_arena *a, const double *x, size_t count, double sign,
                                  bool *ok)
{
    double *y = !x ? NULL : tdo_alloc(a, count, sizeof *y);
    *ok = *ok && (!x || y);
    for (size_t i = 0; y && i < count; i++)
        y[i] = x[i] == 0 ? 0 : sign * x[i]; /* no -0 */
    return y;
}

static const uint8_t *copy_places(tdo_arena *a, const uint8_t *place, size_t count, bool *ok)
{
    uint8_t *copy = tdo_alloc(a, count, 1);
    *ok = *ok && copy;
    if (copy && count > 0)
        memcpy(copy, place, count);
    return copy;
}

tdo_status lp_publish(const lp_form *f, const lp_answer *x, const uint8_t *place, tdo_arena *a,
                      tdo_lp_solution *out, tdo_error *err)
{
    const bool optimal = x->outcome == TDO_LP_OPTIMAL;
    const bool has_duals = optimal && x->y;
    bool ok = true;
    *out = (tdo_lp_solution){.outcome = x->outcome,
                             .objective = !x->x ? (double)NAN : f->sense * x->objective,
                             .bound = optimal ? f->sense * x->objective : (double)NAN,
                             .ties = x->ties,
                             .degenerate = x->degenerate,
                             .certificate = x->certificate,
                             .iterations = x->iterations,
                             .pivots = x->pivots,
                             .attempts = x->attempts,
                             .seconds = x->seconds};
    out->objective += 0.0; /* no -0 */
    out->primal = copy_doubles(a, x->x, f->n, 1, &ok);
    out->activity = copy_doubles(a, !x->x ? NULL : x->activity, f->m, 1, &ok);
    out->dual = copy_doubles(a, has_duals ? x->y : NULL, f->m, f->sense, &ok);
    out->reduced = copy_doubles(a, has_duals ? x->reduced : NULL, f->n, f->sense, &ok);
    out->farkas = copy_doubles(a, x->outcome == TDO_LP_INFEASIBLE ? x->farkas : NULL, f->m, 1, &ok);
    out->ray = copy_doubles(a, x->outcome == TDO_LP_UNBOUNDED ? x->ray : NULL, f->n, 1, &ok);
    if (has_duals) {
        out->column_place = copy_places(a, place, f->n, &ok);
        out->row_place = copy_places(a, place + f->n, f->m, &ok);
    }
    return ok ? TDO_OK : tdo_fail(err, TDO_E_MEMORY, "out of memory");
}

/* ---- solving ---- */

static tdo_status solve_in(tdo_lp *lp, const tdo_lp_options *options, tdo_arena *scratch,
                           tdo_arena *a, tdo_lp_solution *out, tdo_error *err)
{
    lp_form f = {0};
    lp_answer x = {0};
    tdo_status s = lp_compile(lp, scratch, &f, err);
    uint8_t *place = s == TDO_OK ? lp_last_places(lp, scratch) : NULL;
    if (s == TDO_OK && !place)
        s = tdo_fail(err, TDO_E_MEMORY, "out of memory");
    if (s != TDO_OK)
        return s;
    const lp_task t = {.form = &f,
                       .options = options,
                       .place = place,
                       .warm = lp->solved,
                       .dual_first = lp->solved && !lp->cost_changed};
    if (lp->integers > 0)
        s = lp_solve_integer(&t, lp->integer, scratch, &x, err);
    else
        s = lp_relax(&t, scratch, &x, err);
    lp_answer_free(&x);
    if (s == TDO_OK)
        s = lp_publish(&f, &x, place, a, out, err);
    if (s != TDO_OK)
        return s;
    out->nodes = x.nodes;
    if (lp->integers > 0)
        out->bound = f.sense * x.bound + 0.0;
    if (x.outcome == TDO_LP_OPTIMAL || x.outcome == TDO_LP_INFEASIBLE)
        lp_keep_places(lp, place);
    return TDO_OK;
}

tdo_status tdo_lp_solve(tdo_lp *lp, const tdo_lp_options *options, tdo_arena *a,
                        tdo_lp_solution *out, tdo_error *err)
{
    tdo_lp_options all = {0};
    tdo_status s = lp_take_options(options, &all, err);
    tdo_arena *scratch = NULL;
    if (s != TDO_OK)
        return s;
    scratch = tdo_arena_new();
    if (!scratch)
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    s = solve_in(lp, &all, scratch, a, out, err);
    tdo_arena_free(scratch);
    return s;
}
