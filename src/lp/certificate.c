/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recomputes residuals of an answer, in more than doubles, and passes or refuses it. */
#include "lp/certificate.h"

#include <assert.h>
#include <math.h>

void lp_sum_add(lp_sum *s, double x, double y)
{
    const double p = x * y, p_error = fma(x, y, -p);
    const double t = s->high + p, back = t - s->high;
    const double t_error = (s->high - (t - back)) + (p - back); /* Knuth's two-sum */
    s->high = t;
    s->low += t_error + p_error;
    s->size += fabs(p);
}

/* x / size, where no size means that x is 0 too, up to underflow. */
static double relative(double x, double size)
{
    return x == 0 ? 0 : size > 0 ? x / size : x;
}

static double larger(double x, double y)
{
    return x > y || isnan(x) ? x : y;
}

/* The geometric mean of the least and the largest |value| / other[index]; 1: there are none. */
static double middle(const double *value, const uint32_t *index, size_t from, size_t to,
                     const double *other)
{
    double least = 0, most = 0;
    for (size_t q = from; q < to; q++) {
        const double x = fabs(value[q]) / other[index[q]];
        least = least == 0 || x < least ? x : least;
        most = x > most ? x : most;
    }
    const double mean = sqrt(least) * sqrt(most);
    return isnormal(mean) ? mean : 1;
}

bool lp_scales_make(const lp_form *f, tdo_arena *a, lp_scales *out)
{
    enum { PASSES = 8 };
    double *row = tdo_alloc(a, f->m, sizeof *row);
    double *column = tdo_alloc(a, f->n, sizeof *column);
    if (!row || !column)
        return false;
    *out = (lp_scales){.row = row, .column = column};
    for (size_t j = 0; j < f->n; j++)
        column[j] = 1;
    for (int pass = 0; pass < PASSES; pass++) {
        for (size_t i = 0; i < f->m; i++)
            row[i] = middle(f->row_value, f->column, f->row_start[i], f->row_start[i + 1], column);
        for (size_t j = 0; j < f->n; j++)
            column[j] = middle(f->value, f->row, f->start[j], f->start[j + 1], row);
    }
    for (size_t j = 0; j < f->n; j++)
        out->cost = larger(fabs(f->cost[j]) / column[j], out->cost);
    return true;
}

/* The largest variable, in scaled columns. */
static double largest_x(const lp_form *f, const lp_scales *z, const double *x)
{
    double most = 0;
    for (size_t j = 0; j < f->n; j++)
        most = larger(fabs(x[j]) * z->column[j], most);
    return most;
}

/* The largest multiplier, in scaled rows. */
static double largest_y(const lp_form *f, const lp_scales *z, const double *y)
{
    double most = 0;
    for (size_t i = 0; i < f->m; i++)
        most = larger(fabs(y[i]) * z->row[i], most);
    return most;
}

/* How far x is outside [lower, upper], relative to the size of what it came from. */
static double outside(double x, double lower, double upper, double size)
{
    if (x < lower)
        return relative(lower - x, larger(size, fabs(lower)));
    if (x > upper)
        return relative(x - upper, larger(size, fabs(upper)));
    return isnan(x) ? (double)NAN : 0;
}

/* The bound that a multiplier of this sign prices. */
static double priced(double multiplier, double lower, double upper)
{
    return multiplier > 0 ? lower : upper;
}

static lp_sum row_sum(const lp_form *f, size_t i, const double *x)
{
    lp_sum s = {0};
    for (size_t q = f->row_start[i]; q < f->row_start[i + 1]; q++)
        lp_sum_add(&s, f->row_value[q], x[f->column[q]]);
    return s;
}

static lp_sum column_sum(const lp_form *f, size_t j, double cost, double sign, const double *y)
{
    lp_sum s = {0};
    lp_sum_add(&s, cost, 1);
    for (size_t q = f->start[j]; q < f->start[j + 1]; q++)
        lp_sum_add(&s, f->value[q], sign * y[f->row[q]]);
    return s;
}

/* What variable v, at x, with multiplier d, adds to the dual side. */
typedef struct dual_side {
    lp_sum objective;
    double slackness; /* not yet relative */
} dual_side;

/* Multipliers below this part of their terms are rounding: they count as 0 with that residual,
 * else they would price a bound that happens to be far away. */
static const double NOISE = 1e-2 * TDO_LP_TOLERANCE;

/* Returns the part of d, relative to size, that its bound does not allow. */
static double add_multiplier(dual_side *s, double d, double size, double x, double lower,
                             double upper)
{
    const double bound = priced(d, lower, upper);
    if (d == 0)
        return 0;
    const bool away = fabs(x - bound) > TDO_LP_TOLERANCE * (fabs(x) + fabs(bound));
    if (isinf(bound) || (away && fabs(d) <= NOISE * size))
        return relative(fabs(d), size);
    lp_sum_add(&s->objective, d, bound);
    s->slackness = larger(s->slackness, fabs(d) * fabs(x - bound));
    return 0;
}

/* The rows: primal residuals, and the part of multipliers that is wrong. */
static double check_rows(const lp_form *f, const lp_scales *z, const lp_claim *of, double *primal,
                         dual_side *dual)
{
    const double *x = of->x, *y = of->y;
    const double most_x = largest_x(f, z, x), most_y = !y ? 0 : largest_y(f, z, y);
    double wrong = 0;
    for (size_t i = 0; i < f->m; i++) {
        const double lower = f->lower[f->n + i], upper = f->upper[f->n + i];
        const lp_sum s = row_sum(f, i, x);
        const double at = lp_sum_value(&s);
        *primal = larger(outside(at, lower, upper, larger(most_x * z->row[i], s.size)), *primal);
        if (of->activity)
            of->activity[i] = at;
        if (y)
            wrong = larger(add_multiplier(dual, y[i], most_y / z->row[i], at, lower, upper), wrong);
    }
    return wrong;
}

tdo_lp_certificate lp_check_optimal(const lp_form *f, const lp_scales *z, const lp_claim *of)
{
    assert(of->x);
    const double *x = of->x, *y = of->y;
    tdo_lp_certificate c = {.dual = (double)NAN, .slackness = (double)NAN, .gap = (double)NAN};
    lp_sum primal = {0};
    dual_side dual = {.slackness = 0};
    double wrong = check_rows(f, z, of, &c.primal, &dual);
    for (size_t j = 0; j < f->n; j++) {
        c.primal = larger(outside(x[j], f->lower[j], f->upper[j], fabs(x[j])), c.primal);
        lp_sum_add(&primal, f->cost[j], x[j]);
        if (!y)
            continue;
        const lp_sum s = column_sum(f, j, f->cost[j], -1, y);
        const double d = lp_sum_value(&s), size = larger(z->cost * z->column[j], s.size);
        wrong = larger(add_multiplier(&dual, d, size, x[j], f->lower[j], f->upper[j]), wrong);
        if (of->reduced && !(of->proven && of->reduced[j] == 0))
            of->reduced[j] = d;
    }
    if (y) {
        const double scale =
            larger(z->cost * largest_x(f, z, x), primal.size + dual.objective.size);
        const double gap = lp_sum_value(&primal) - lp_sum_value(&dual.objective);
        c.dual = wrong;
        c.slackness = relative(dual.slackness, scale);
        c.gap = relative(fabs(gap), scale);
    }
    return c;
}

tdo_lp_certificate lp_check_farkas(const lp_form *f, const lp_scales *z, const double *y)
{
    assert(y);
    tdo_lp_certificate c = {.primal = (double)NAN, .slackness = (double)NAN};
    lp_sum apart = {0}; /* the least that the rows allow, less the most that the columns can give */
    const double most_y = largest_y(f, z, y);
    for (size_t i = 0; i < f->m; i++) {
        const double bound = priced(y[i], f->lower[f->n + i], f->upper[f->n + i]);
        if (y[i] != 0 && isinf(bound))
            c.dual = larger(relative(fabs(y[i]) * z->row[i], most_y), c.dual);
        else if (y[i] != 0)
            lp_sum_add(&apart, y[i], bound);
    }
    for (size_t j = 0; j < f->n; j++) {
        const lp_sum s = column_sum(f, j, 0, 1, y);
        const double g = lp_sum_value(&s), bound = priced(-g, f->lower[j], f->upper[j]);
        if (g != 0 && isinf(bound))
            c.dual = larger(relative(fabs(g), larger(most_y * z->column[j], s.size)), c.dual);
        else if (g != 0)
            lp_sum_add(&apart, -g, bound);
    }
    c.gap = relative(lp_sum_value(&apart), apart.size);
    return c;
}

tdo_lp_certificate lp_check_ray(const lp_form *f, const lp_scales *z, const double *ray)
{
    tdo_lp_certificate c = {.dual = (double)NAN, .slackness = (double)NAN};
    const double most_x = largest_x(f, z, ray);
    lp_sum gain = {0};
    for (size_t i = 0; i < f->m; i++) {
        const lp_sum s = row_sum(f, i, ray);
        const double g = lp_sum_value(&s);
        if (g != 0 && isfinite(priced(-g, f->lower[f->n + i], f->upper[f->n + i])))
            c.primal = larger(relative(fabs(g), larger(most_x * z->row[i], s.size)), c.primal);
    }
    for (size_t j = 0; j < f->n; j++) {
        if (ray[j] != 0 && isfinite(priced(-ray[j], f->lower[j], f->upper[j])))
            c.primal = larger(relative(fabs(ray[j]) * z->column[j], most_x), c.primal);
        lp_sum_add(&gain, -f->cost[j], ray[j]);
    }
    c.gap = relative(lp_sum_value(&gain), gain.size);
    return c;
}

bool lp_passes_optimal(const tdo_lp_certificate *c)
{
    return c->primal <= TDO_LP_TOLERANCE && c->dual <= TDO_LP_TOLERANCE &&
           c->slackness <= TDO_LP_TOLERANCE && c->gap <= TDO_LP_TOLERANCE;
}

bool lp_passes_farkas(const tdo_lp_certificate *c)
{
    return c->dual <= TDO_LP_TOLERANCE && c->gap >= TDO_LP_TOLERANCE;
}

bool lp_passes_ray(const tdo_lp_certificate *c)
{
    return c->primal <= TDO_LP_TOLERANCE && c->gap >= TDO_LP_TOLERANCE;
}
