/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shared verifier: every LP that a test solves goes through lp_verify. It recomputes
 * everything from the arrays in rational arithmetic and shares no code with src/lp. Include after
 * cmocka.h. */
#ifndef TRADEOFF_TESTS_LP_VERIFY_H
#define TRADEOFF_TESTS_LP_VERIFY_H

#include "near.h"
#include "tradeoff/lp.h"

#include <gmp.h>
#include <stdlib.h>

/* Relative to the size of the terms. What is proven in rationals is rounded once for each number.
 */
#define LP_TIGHT 1e-13

typedef struct lp_term {
    mpq_t sum, size, x;
} lp_term;

static inline void lp_term_init(lp_term *t)
{
    mpq_inits(t->sum, t->size, t->x, NULL);
}

static inline void lp_term_clear(lp_term *t)
{
    mpq_clears(t->sum, t->size, t->x, NULL);
}

/* sum += a b, size += |a b|, exactly */
static inline void lp_term_add(lp_term *t, double a, double b)
{
    mpq_t factor;
    mpq_init(factor);
    mpq_set_d(t->x, a);
    mpq_set_d(factor, b);
    mpq_mul(t->x, t->x, factor);
    mpq_add(t->sum, t->sum, t->x);
    mpq_abs(t->x, t->x);
    mpq_add(t->size, t->size, t->x);
    mpq_clear(factor);
}

static inline double lp_term_value(const lp_term *t)
{
    return mpq_get_d(t->sum);
}

static inline double lp_term_size(const lp_term *t)
{
    return mpq_get_d(t->size);
}

static inline double lp_given(const double *x, size_t i, double otherwise)
{
    return !x ? otherwise : x[i];
}

/* A x (rows), or A' y (columns), each [rows] or [columns] values and sizes. Freed by the caller.
 * level: sizes are raised to that of the largest (for what is not proven exactly, residuals are
 * measured against the LP and not each row; its tests keep rows alike). */
static inline void lp_product(const tdo_lp_arrays *p, bool rows, const double *x, bool level,
                              double **value, double **size)
{
    const size_t count = rows ? p->rows : p->columns;
    lp_term *t = calloc(count + 1, sizeof *t);
    double most = 0;
    *value = calloc(count + 1, sizeof **value);
    *size = calloc(count + 1, sizeof **size);
    assert_true(t && *value && *size);
    for (size_t i = 0; i < count; i++)
        lp_term_init(&t[i]);
    for (size_t e = 0; e < p->entries; e++)
        lp_term_add(&t[rows ? p->row[e] : p->column[e]], p->value[e],
                    x[rows ? p->column[e] : p->row[e]]);
    for (size_t i = 0; i < count; i++) {
        (*value)[i] = lp_term_value(&t[i]);
        (*size)[i] = lp_term_size(&t[i]);
        lp_term_clear(&t[i]);
        most = fmax(most, (*size)[i]);
    }
    for (size_t i = 0; i < count && level; i++)
        (*size)[i] = most;
    free(t);
}

#define lp_fail(...) (print_error(__VA_ARGS__), _fail(file, line))

static inline void lp_within(double x, double lower, double upper, double slack, const char *what,
                             size_t index, const char *file, int line)
{
    if (!(x >= lower - slack && x <= upper + slack))
        lp_fail("%s %zu: %.17g is not in [%.17g, %.17g]\n", what, index, x, lower, upper);
}

static inline void lp_verify_primal(const tdo_lp_arrays *p, const tdo_lp_solution *s, double tol,
                                    const char *file, int line)
{
    double *at = NULL, *size = NULL;
    lp_term cost;
    lp_product(p, true, s->primal, !s->certificate.exact, &at, &size);
    for (size_t i = 0; i < p->rows; i++) {
        const double lo = lp_given(p->row_lower, i, -(double)INFINITY);
        const double up = lp_given(p->row_upper, i, (double)INFINITY);
        lp_within(at[i], lo, up, tol * size[i], "row", i, file, line);
        near_at(s->activity[i], at[i], 1e-15 * size[i], 1e-15, file, line);
    }
    lp_term_init(&cost);
    for (size_t j = 0; j < p->columns; j++) {
        lp_within(s->primal[j], lp_given(p->lower, j, 0), lp_given(p->upper, j, (double)INFINITY),
                  0, "column", j, file, line);
        if (p->integer && p->integer[j] && s->primal[j] != floor(s->primal[j]))
            lp_fail("column %zu: %.17g is not whole\n", j, s->primal[j]);
        lp_term_add(&cost, lp_given(p->cost, j, 0), s->primal[j]);
    }
    near_at(s->objective, lp_term_value(&cost), tol * lp_term_size(&cost), 0, file, line);
    lp_term_clear(&cost);
    free(at);
    free(size);
}

/* One row or column: its multiplier prices a bound that it has, and it stands there. Adds to
 * dual. */
static inline void lp_verify_place(double d, double d_size, double x, double x_size, double lower,
                                   double upper, int place, lp_term *dual, double tol, size_t index,
                                   const char *what, const char *file, int line)
{
    const double bound = d > 0 ? lower : upper; /* of the minimisation */
    if (fabs(d) > tol * d_size && isinf(bound))
        lp_fail("%s %zu: multiplier %.17g at a bound that is not there\n", what, index, d);
    if (fabs(d) > tol * d_size && !(fabs(x - bound) <= tol * (x_size + fabs(bound))))
        lp_fail("%s %zu: multiplier %.17g, but %.17g is not at %.17g\n", what, index, d, x, bound);
    if (d != 0 && isfinite(bound))
        lp_term_add(dual, d, bound);
    if (place == TDO_LP_BASIC && fabs(d) > tol * d_size)
        lp_fail("%s %zu: basic, with multiplier %.17g\n", what, index, d);
    const double at = place == TDO_LP_AT_LOWER || place == TDO_LP_FIXED ? lower
                      : place == TDO_LP_AT_UPPER                        ? upper
                                                                        : 0;
    if (place != TDO_LP_BASIC && !(fabs(x - at) <= tol * (x_size + fabs(at))))
        lp_fail("%s %zu: %.17g is not where its place says (%.17g)\n", what, index, x, at);
}

static inline void lp_verify_dual(const tdo_lp_arrays *p, bool maximise, const tdo_lp_solution *s,
                                  double tol, const char *file, int line)
{
    const double sense = maximise ? -1 : 1;
    double *at = NULL, *size = NULL, *worth = NULL, *worth_size = NULL, most = 0, most_cost = 0;
    size_t basic = 0;
    lp_term dual;
    lp_term_init(&dual);
    lp_product(p, true, s->primal, !s->certificate.exact, &at, &size);
    lp_product(p, false, s->dual, !s->certificate.exact, &worth, &worth_size);
    for (size_t i = 0; i < p->rows; i++)
        most = fmax(most, fabs(s->dual[i]));
    for (size_t j = 0; j < p->columns && !s->certificate.exact; j++)
        most_cost = fmax(most_cost, fabs(lp_given(p->cost, j, 0)));
    for (size_t i = 0; i < p->rows; i++) {
        basic += s->row_place[i] == TDO_LP_BASIC;
        lp_verify_place(sense * s->dual[i], most, at[i], size[i],
                        lp_given(p->row_lower, i, -(double)INFINITY),
                        lp_given(p->row_upper, i, (double)INFINITY), s->row_place[i], &dual, tol, i,
                        "row", file, line);
    }
    for (size_t j = 0; j < p->columns; j++) {
        const double cost = lp_given(p->cost, j, 0), scale = fabs(cost) + most_cost + worth_size[j];
        basic += s->column_place[j] == TDO_LP_BASIC;
        near_at(s->reduced[j], cost - worth[j], tol * scale, 0, file, line);
        lp_verify_place(sense * s->reduced[j], scale, s->primal[j], fabs(s->primal[j]),
                        lp_given(p->lower, j, 0), lp_given(p->upper, j, (double)INFINITY),
                        s->column_place[j], &dual, tol, j, "column", file, line);
    }
    if (basic != p->rows)
        lp_fail("a basis of %zu for %zu rows\n", basic, p->rows);
    lp_term cost;
    lp_term_init(&cost);
    for (size_t j = 0; j < p->columns; j++)
        lp_term_add(&cost, lp_given(p->cost, j, 0), s->primal[j]);
    near_at(sense * s->objective, lp_term_value(&dual),
            10 * tol * (lp_term_size(&dual) + lp_term_size(&cost)), 0, file, line);
    lp_term_clear(&cost);
    lp_term_clear(&dual);
    free(at);
    free(size);
    free(worth);
    free(worth_size);
}

static inline void lp_verify_farkas(const tdo_lp_arrays *p, const double *y, const char *file,
                                    int line)
{
    double *g = NULL, *size = NULL;
    lp_term apart;
    lp_term_init(&apart);
    lp_product(p, false, y, true, &g, &size);
    for (size_t i = 0; i < p->rows; i++) {
        const double bound = y[i] > 0 ? lp_given(p->row_lower, i, -(double)INFINITY)
                                      : lp_given(p->row_upper, i, (double)INFINITY);
        if (y[i] != 0 && isinf(bound))
            lp_fail("row %zu: multiplier %.17g at a bound that is not there\n", i, y[i]);
        if (y[i] != 0)
            lp_term_add(&apart, y[i], bound);
    }
    for (size_t j = 0; j < p->columns; j++) {
        double lower = lp_given(p->lower, j, 0), upper = lp_given(p->upper, j, (double)INFINITY);
        if (p->integer && p->integer[j]) {
            lower = ceil(lower);
            upper = floor(upper);
        }
        const double bound = g[j] > 0 ? upper : lower;
        if (isinf(bound) && fabs(g[j]) > 1e-9 * size[j])
            lp_fail("column %zu can give %.17g for ever\n", j, g[j]);
        if (isfinite(bound))
            lp_term_add(&apart, -g[j], bound);
    }
    if (!(lp_term_value(&apart) > 1e-12 * lp_term_size(&apart)))
        lp_fail("no proof: the sides are %.17g apart\n", lp_term_value(&apart));
    lp_term_clear(&apart);
    free(g);
    free(size);
}

static inline void lp_verify_ray(const tdo_lp_arrays *p, bool maximise, const double *ray,
                                 const char *file, int line)
{
    double *g = NULL, *size = NULL;
    lp_term gain;
    lp_term_init(&gain);
    lp_product(p, true, ray, true, &g, &size);
    for (size_t i = 0; i < p->rows; i++) {
        const double bound = g[i] > 0 ? lp_given(p->row_upper, i, (double)INFINITY)
                                      : lp_given(p->row_lower, i, -(double)INFINITY);
        if (isfinite(bound) && fabs(g[i]) > 1e-9 * size[i])
            lp_fail("the ray leaves row %zu by %.17g\n", i, g[i]);
    }
    for (size_t j = 0; j < p->columns; j++) {
        const double bound = ray[j] > 0 ? lp_given(p->upper, j, (double)INFINITY)
                                        : lp_given(p->lower, j, 0);
        if (ray[j] != 0 && isfinite(bound))
            lp_fail("the ray leaves column %zu\n", j);
        lp_term_add(&gain, maximise ? lp_given(p->cost, j, 0) : -lp_given(p->cost, j, 0), ray[j]);
    }
    if (!(lp_term_value(&gain) > 1e-12 * lp_term_size(&gain)))
        lp_fail("the ray gains %.17g\n", lp_term_value(&gain));
    lp_term_clear(&gain);
    free(g);
    free(size);
}

static inline void lp_verify_at(const tdo_lp_arrays *p, bool maximise, const tdo_lp_solution *s,
                                const char *file, int line)
{
    const double tol = s->certificate.exact ? LP_TIGHT : TDO_LP_TOLERANCE;
    const tdo_lp_certificate *c = &s->certificate;
    bool integer = false;
    for (size_t j = 0; p->integer && j < p->columns; j++)
        integer = integer || p->integer[j];
    if ((!s->primal) != isnan(s->objective) || (!s->primal) != (!s->activity))
        lp_fail("primal, activity and objective do not go together\n");
    switch (s->outcome) {
    case TDO_LP_OPTIMAL:
        lp_verify_primal(p, s, tol, file, line);
        if (!integer)
            lp_verify_dual(p, maximise, s, tol, file, line);
        if (!(c->primal <= tol && (integer || (c->dual <= tol && c->slackness <= tol))))
            lp_fail("certificate: %g %g %g %g\n", c->primal, c->dual, c->slackness, c->gap);
        if (!(c->gap <= (integer ? 1e-6 : tol)))
            lp_fail("gap: %g\n", c->gap);
        break;
    case TDO_LP_INFEASIBLE:
        if (s->farkas)
            lp_verify_farkas(p, s->farkas, file, line);
        else if (!integer)
            lp_fail("infeasible, and no proof\n");
        break;
    case TDO_LP_UNBOUNDED:
        lp_verify_ray(p, maximise, s->ray, file, line);
        break;
    case TDO_LP_LIMIT:
        if (s->primal)
            lp_verify_primal(p, s, tol, file, line);
        break;
    case TDO_LP_NUMERICAL:
        lp_fail("numerical\n");
        break;
    }
}

/* Fails unless the solution is what it says it is. */
#define lp_verify(p, maximise, s) lp_verify_at((p), (maximise), (s), __FILE__, __LINE__)

/* Builds, solves and verifies. */
#define lp_solved(p, maximise, options, a)                                                         \
    lp_solved_at((p), (maximise), (options), (a), __FILE__, __LINE__)

static inline tdo_lp_solution lp_solved_at(const tdo_lp_arrays *p, bool maximise,
                                           const tdo_lp_options *options, tdo_arena *a,
                                           const char *file, int line)
{
    tdo_lp_solution s = {0};
    tdo_error err = {0};
    tdo_lp *lp = tdo_lp_new(a, maximise);
    if (!lp || tdo_lp_add_arrays(lp, p, &err) != TDO_OK ||
        tdo_lp_solve(lp, options, a, &s, &err) != TDO_OK)
        lp_fail("%s\n", err.text);
    lp_verify_at(p, maximise, &s, file, line);
    return s;
}

/* Arrays in the arena with the non-zero entries of a dense matrix: [rows x columns] row-major. */
static inline tdo_lp_arrays lp_dense(tdo_arena *a, size_t rows, size_t columns, const double *dense)
{
    uint32_t *row = tdo_alloc(a, rows * columns, sizeof *row);
    uint32_t *column = tdo_alloc(a, rows * columns, sizeof *column);
    double *value = tdo_alloc(a, rows * columns, sizeof *value);
    tdo_lp_arrays p = {
        .rows = rows, .columns = columns, .row = row, .column = column, .value = value};
    assert_true(row && column && value);
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) {
            if (dense[i * columns + j] == 0)
                continue;
            row[p.entries] = (uint32_t)i;
            column[p.entries] = (uint32_t)j;
            value[p.entries++] = dense[i * columns + j];
        }
    }
    return p;
}

#endif
