/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hands a form to GLPK, scaled, and takes its basis. */
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

lp_loaded lp_load(const lp_form *f, int scale, bool shift_x)
{
    lp_loaded l = {.p = glp_create_prob()};
    (void)glp_add_rows(l.p, (int)f->m);
    (void)glp_add_cols(l.p, (int)f->n);
    put_matrix(l.p, f);
    if (scale == LP_SCALE_FULL)
        glp_scale_prob(l.p, GLP_SF_GM | GLP_SF_EQ | GLP_SF_2N);
    else if (scale == LP_SCALE_EQUAL)
        glp_scale_prob(l.p, GLP_SF_EQ | GLP_SF_2N);
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

int lp_milliseconds(double seconds)
{
    const double ms = ceil(seconds * 1000);
    return ms >= INT_MAX ? INT_MAX - 1 : ms < 1 ? 1 : (int)ms;
}
