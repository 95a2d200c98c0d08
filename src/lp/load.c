/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hands a form to GLPK, scaled, runs its simplex and takes its basis. */
#include "lp/load.h"

#include <limits.h>
#include <math.h>

/* GLPK's tolerances are absolute (relative to 1 + |bound|): on data of 1e-6 they are larger than
 * the data. So the matrix is scaled first, and then, by powers of two, the right-hand sides to a
 * mean of about 1 and the costs to at most 1, as GLPK sees them after scaling. */

/* log2 of a positive number, rounded down. */
static int exponent(double x)
{
    int e = 0;
    (void)frexp(x, &e);
    return e - 1;
}

static int choose_x_shift(const lp_form *f, glp_prob *p)
{
    double sum = 0;
    size_t count = 0;
    for (size_t v = 0; v < f->n + f->m; v++) {
        const double by = v < f->n ? 1 / glp_get_sjj(p, (int)v + 1)
                                   : glp_get_rii(p, (int)(v - f->n) + 1);
        const double bound[2] = {fabs(f->lower[v] * by), fabs(f->upper[v] * by)};
        for (int side = 0; side < 2; side++) {
            if (isnormal(bound[side])) {
                sum += exponent(bound[side]);
                count++;
            }
        }
    }
    return count == 0 ? 0 : (int)floor(sum / (double)count + 0.5);
}

static int choose_cost_shift(const lp_form *f, glp_prob *p)
{
    double most = 0;
    for (size_t j = 0; j < f->n; j++)
        most = fmax(most, fabs(f->cost[j]) * glp_get_sjj(p, (int)j + 1));
    return isnormal(most) ? exponent(most) + 1 : 0;
}

typedef void (*set_bounds)(glp_prob *p, int index, int type, double lower, double upper);

static void put_bounds(glp_prob *p, set_bounds set, size_t index, double lower, double upper,
                       int x_shift)
{
    const double lo = ldexp(lower, -x_shift), up = ldexp(upper, -x_shift);
    const bool has_lo = isfinite(lo), has_up = isfinite(up);
    const int type = has_lo && has_up ? (lo == up ? GLP_FX : GLP_DB)
                     : has_lo         ? GLP_LO
                     : has_up         ? GLP_UP
                                      : GLP_FR;
    set(p, (int)index + 1, type, has_lo ? lo : 0, has_up ? up : 0);
}

static void put_matrix(glp_prob *p, const lp_form *f)
{
    int *index = glp_alloc((int)f->m + 1, sizeof *index);
    double *value = glp_alloc((int)f->m + 1, sizeof *value);
    for (size_t j = 0; j < f->n; j++) {
        int count = 0;
        for (size_t e = f->start[j]; e < f->start[j + 1]; e++) {
            count++;
            index[count] = (int)f->row[e] + 1;
            value[count] = f->value[e];
        }
        glp_set_mat_col(p, (int)j + 1, count, index, value);
    }
    glp_free(index);
    glp_free(value);
}

/* ---- the scale of the matrix ---- */

/* What GLPK's glp_scale_prob finds (geometric means, then a largest entry of 1, in powers of two),
 * from arrays instead of lists: on dense LPs that took longer than solving them. */
typedef struct extent {
    double least, most;
} extent;

typedef struct scaling {
    const lp_form *f;
    double *by_row, *by_column; /* [m], [n] */
    extent *row;                /* [m] room */
} scaling;

static inline void widen(extent *x, double size)
{
    x->least = size < x->least ? size : x->least;
    x->most = size > x->most ? size : x->most;
}

/* Without entries: {1, 1}. */
static extent settled(extent x)
{
    return x.most > 0 ? x : (extent){1, 1};
}

/* Of the entries of each row, as they are scaled. */
static void find_rows(const scaling *s)
{
    const lp_form *f = s->f;
    for (size_t i = 0; i < f->m; i++)
        s->row[i] = (extent){INFINITY, 0};
    for (size_t j = 0; j < f->n; j++)
        for (size_t e = f->start[j]; e < f->start[j + 1]; e++) {
            const uint32_t i = f->row[e];
            widen(&s->row[i], fabs(f->value[e]) * (s->by_row[i] * s->by_column[j]));
        }
    for (size_t i = 0; i < f->m; i++)
        s->row[i] = settled(s->row[i]);
}

static extent column_extent(const scaling *s, size_t j)
{
    const lp_form *f = s->f;
    extent x = {INFINITY, 0};
    for (size_t e = f->start[j]; e < f->start[j + 1]; e++)
        widen(&x, fabs(f->value[e]) * (s->by_row[f->row[e]] * s->by_column[j]));
    return settled(x);
}

/* Do rows differ more than columns? *ratio: of the largest to the least entry of all. */
static bool rows_differ_more(const scaling *s, double *ratio)
{
    extent all = {INFINITY, 0};
    double rows = 1, columns = 1;
    find_rows(s);
    for (size_t i = 0; i < s->f->m; i++) {
        rows = fmax(rows, s->row[i].most / s->row[i].least);
        widen(&all, s->row[i].least);
        widen(&all, s->row[i].most);
    }
    for (size_t j = 0; j < s->f->n; j++) {
        const extent x = column_extent(s, j);
        columns = fmax(columns, x.most / x.least);
    }
    *ratio = all.most / all.least;
    return rows > columns;
}

/* One pass over rows and one over columns, which one first as told. */
static void scale_both(const scaling *s, bool rows_last, bool means)
{
    for (int pass = 0; pass < 2; pass++) {
        if ((pass == 1) == rows_last) {
            find_rows(s);
            for (size_t i = 0; i < s->f->m; i++)
                s->by_row[i] /= means ? sqrt(s->row[i].least * s->row[i].most) : s->row[i].most;
            continue;
        }
        for (size_t j = 0; j < s->f->n; j++) {
            const extent x = column_extent(s, j);
            s->by_column[j] /= means ? sqrt(x.least * x.most) : x.most;
        }
    }
}

/* The nearest power of two. */
static double power_near(double x)
{
    int e = 0;
    const double part = frexp(x, &e);
    return ldexp(1, part <= 0.75 ? e - 1 : e);
}

static void put_scale(glp_prob *p, const lp_form *f, bool means)
{
    enum { ROUNDS = 15 };
    const double enough = 0.9;
    const int m = (int)f->m, n = (int)f->n;
    scaling s = {f, glp_alloc(m + 1, sizeof(double)), glp_alloc(n + 1, sizeof(double)),
                 glp_alloc(m + 1, sizeof(extent))};
    double ratio = 0;
    for (int i = 0; i < m; i++)
        s.by_row[i] = 1;
    for (int j = 0; j < n; j++)
        s.by_column[j] = 1;
    const bool rows_last = rows_differ_more(&s, &ratio);
    for (int round = 1; round <= ROUNDS && means; round++) {
        const double before = ratio;
        (void)rows_differ_more(&s, &ratio);
        if (round > 1 && ratio > enough * before)
            break;
        scale_both(&s, rows_last, true);
    }
    scale_both(&s, rows_differ_more(&s, &ratio), false);
    for (int i = 0; i < m; i++)
        glp_set_rii(p, i + 1, power_near(s.by_row[i]));
    for (int j = 0; j < n; j++)
        glp_set_sjj(p, j + 1, power_near(s.by_column[j]));
    glp_free(s.by_row);
    glp_free(s.by_column);
    glp_free(s.row);
}

lp_loaded lp_load(const lp_form *f, int scale, bool shift_x)
{
    lp_loaded l = {.p = glp_create_prob()};
    (void)glp_add_rows(l.p, (int)f->m);
    (void)glp_add_cols(l.p, (int)f->n);
    put_matrix(l.p, f);
    if (scale != LP_SCALE_NONE)
        put_scale(l.p, f, scale == LP_SCALE_FULL);
    l.x_shift = shift_x ? choose_x_shift(f, l.p) : 0;
    l.cost_shift = choose_cost_shift(f, l.p);
    for (size_t j = 0; j < f->n; j++) {
        put_bounds(l.p, glp_set_col_bnds, j, f->lower[j], f->upper[j], l.x_shift);
        glp_set_obj_coef(l.p, (int)j + 1, ldexp(f->cost[j], -l.cost_shift));
    }
    for (size_t i = 0; i < f->m; i++)
        put_bounds(l.p, glp_set_row_bnds, i, f->lower[f->n + i], f->upper[f->n + i], l.x_shift);
    return l;
}

void lp_load_column(const lp_loaded *l, int count, const int *index, const double *value,
                    double cost)
{
    const int j = glp_add_cols(l->p, 1);
    double most = 0;
    for (int e = 1; e <= count; e++)
        most = fmax(most, fabs(value[e]) * glp_get_rii(l->p, index[e]));
    glp_set_mat_col(l->p, j, count, index, value);
    if (isnormal(most))
        glp_set_sjj(l->p, j, power_near(1 / most));
    glp_set_col_bnds(l->p, j, GLP_LO, 0, 0);
    glp_set_col_stat(l->p, j, GLP_NL);
    glp_set_obj_coef(l->p, j, ldexp(cost, -l->cost_shift));
}

static int status_of(tdo_lp_place place, double lower, double upper)
{
    static const int status[] = {[TDO_LP_BASIC] = GLP_BS,
                                 [TDO_LP_AT_LOWER] = GLP_NL,
                                 [TDO_LP_AT_UPPER] = GLP_NU,
                                 [TDO_LP_FREE] = GLP_NF,
                                 [TDO_LP_FIXED] = GLP_NS};
    return status[place == TDO_LP_BASIC ? place : lp_settle(place, lower, upper)];
}

void lp_put_places(glp_prob *p, const lp_form *f, const uint8_t *place)
{
    for (size_t j = 0; j < f->n; j++)
        glp_set_col_stat(p, (int)j + 1, status_of(place[j], f->lower[j], f->upper[j]));
    for (size_t i = 0; i < f->m; i++)
        glp_set_row_stat(p, (int)i + 1,
                         status_of(place[f->n + i], f->lower[f->n + i], f->upper[f->n + i]));
}

void lp_put_basis(glp_prob *p, const lp_form *f, lp_way way, const uint8_t *place)
{
    if (way.warm)
        lp_put_places(p, f, place);
    else if (way.slack)
        glp_std_basis(p);
    else
        glp_adv_basis(p, 0);
}

/* ---- the simplex ---- */

static int run(glp_prob *p, bool dual, const tdo_lp_options *options)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = dual ? GLP_DUALP : GLP_PRIMAL;
    how.tol_bnd = TDO_LP_TOLERANCE;
    how.tol_dj = TDO_LP_TOLERANCE;
    how.it_lim = options->iterations < INT_MAX ? (int)options->iterations : INT_MAX - 1;
    how.tm_lim = lp_milliseconds(options->seconds);
    return glp_simplex(p, &how);
}

static lp_verdict verdict_of(glp_prob *p, int rc)
{
    if (rc == GLP_EITLIM || rc == GLP_ETMLIM)
        return LP_V_LIMIT;
    if (rc != 0)
        return LP_V_FAILED;
    switch (glp_get_status(p)) {
    case GLP_OPT:
        return LP_V_OPTIMAL;
    case GLP_NOFEAS:
        return LP_V_INFEASIBLE;
    case GLP_UNBND:
        return LP_V_UNBOUNDED;
    default:
        return LP_V_FAILED;
    }
}

lp_verdict lp_run_simplex(glp_prob *p, bool dual, const tdo_lp_options *options)
{
    int rc = run(p, dual, options);
    if (rc == GLP_EBADB || rc == GLP_ESING || rc == GLP_ECOND) {
        glp_std_basis(p);
        rc = run(p, dual, options);
    }
    return verdict_of(p, rc);
}

static tdo_lp_place place_of(int status)
{
    switch (status) {
    case GLP_BS:
        return TDO_LP_BASIC;
    case GLP_NU:
        return TDO_LP_AT_UPPER;
    case GLP_NF:
        return TDO_LP_FREE;
    case GLP_NS:
        return TDO_LP_FIXED;
    default:
        return TDO_LP_AT_LOWER;
    }
}

void lp_read_places(glp_prob *p, uint8_t *place)
{
    const int m = glp_get_num_rows(p), n = glp_get_num_cols(p);
    for (int j = 1; j <= n; j++)
        *place++ = (uint8_t)place_of(glp_get_col_stat(p, j));
    for (int i = 1; i <= m; i++)
        *place++ = (uint8_t)place_of(glp_get_row_stat(p, i));
}

void lp_read_duals(const lp_loaded *l, double *y)
{
    const int m = glp_get_num_rows(l->p);
    for (int i = 1; i <= m; i++)
        y[i - 1] = ldexp(glp_get_row_dual(l->p, i), l->cost_shift);
}

int lp_milliseconds(double seconds)
{
    const double ms = ceil(seconds * 1000);
    return ms >= INT_MAX ? INT_MAX - 1 : ms < 1 ? 1 : (int)ms;
}
