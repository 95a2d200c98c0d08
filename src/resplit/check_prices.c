/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a limit costs: the curve of the best value while it moves, corner by corner and edge by
 * edge; then what is read off it at the limit; and what that is worth in other criteria. */
#include "resplit/prices.h"

#include "reread/value.h"

#include <math.h>
#include <string.h>

static const double near_enough = 1e-10; /* on values in [0, 1], and on readings by their size */
static const double work_for_all = 2e8;

/* As it is written, in the order in which more is allowed. */
typedef struct curve {
    size_t n;
    double *bound, *h, *value;
} curve;

static double slope_of(const curve *c, size_t p)
{
    return (c->value[p + 1] - c->value[p]) / (c->h[p + 1] - c->h[p]);
}

static bool read_curve(const verify_moving *y, const verify_node *list, curve *out)
{
    const verify_side *of = &y->m->bound[y->bound];
    verify_job *j = y->m->k->j;
    size_t p = 0;
    for (const verify_node *x = list->first; x; x = x->next)
        out->n++;
    if (!VERIFY_ROOM(j, out->bound, out->n) || !VERIFY_ROOM(j, out->h, out->n) ||
        !VERIFY_ROOM(j, out->value, out->n))
        return false;
    for (const verify_node *x = list->first; x; x = x->next, p++) {
        const size_t at = of->sign > 0 ? p : out->n - 1 - p;
        const verify_node *bound = x->first, *value = bound ? bound->next : NULL;
        if (!value || value->next || bound->kind != VERIFY_NUMBER || value->kind != VERIFY_NUMBER)
            return claim_fails(j, x, "it is no bound with a value");
        out->bound[at] = bound->number;
        out->value[at] = value->number;
        out->h[at] = of->sign * (bound->number - of->is) / (y->spread > 0 ? y->spread : 1);
    }
    for (p = 0; p + 1 < out->n; p++)
        if (!(out->h[p] < out->h[p + 1]) || !(out->value[p] < out->value[p + 1]) ||
            (p > 0 && !(slope_of(out, p) < slope_of(out, p - 1))))
            return claim_fails(j, list, "its corners do not rise less and less");
    return true;
}

/* ---- the curve ---- */

/* The slopes on either side of a corner; what is beyond the ends of the curve is steep, or level.
 */
static double steeper(const curve *c, size_t p)
{
    return p > 0 ? slope_of(c, p - 1) : c->n > 1 ? slope_of(c, 0) + 1 : 1;
}

static double flatter(const curve *c, size_t p)
{
    return p + 1 < c->n ? slope_of(c, p) : 0;
}

/* At a slope between those of its edges it is the best of all. *open: it hardly stands out. */
static bool check_corner(verify_moving *y, const curve *c, size_t p, double size, verify_node *node,
                         bool *open)
{
    const double slope = (steeper(c, p) + flatter(c, p)) / 2;
    const double lead = (steeper(c, p) - flatter(c, p)) / 2;
    double reach = 1;
    verify_best is;
    reach = p > 0 ? fmin(reach, c->h[p] - c->h[p - 1]) : reach;
    reach = p + 1 < c->n ? fmin(reach, c->h[p + 1] - c->h[p]) : reach;
    if (!verify_best_at(y, 1, slope, &is))
        return false;
    *open |= !is.known || lead * reach < 10 * near_enough;
    if (*open)
        return true;
    if (fabs(is.h - c->h[p]) * y->spread > near_enough * fmax(1, size))
        return claim_fails(y->m->k->j, node->first, "the best value bends at another bound");
    if (fabs(is.value - c->value[p]) > near_enough)
        return claim_fails(y->m->k->j, node->first->next, "another value is best there");
    if (is.most - (c->value[p] - slope * c->h[p]) > near_enough * (1 + slope))
        return claim_fails(y->m->k->j, node, "it is not known to be best there");
    return true;
}

/* Nothing lies above the edge from corner p on; of the last one, above its value. */
static bool check_edge(verify_moving *y, const curve *c, size_t p, verify_node *node, bool *open)
{
    const double slope = flatter(c, p);
    verify_best is;
    if (!verify_best_at(y, 1, slope, &is))
        return false;
    *open |= !is.known;
    if (!*open && is.most - (c->value[p] - slope * c->h[p]) > near_enough * (1 + slope))
        return claim_fails(y->m->k->j, node, "behind it the best value is larger");
    return true;
}

/* No split keeps less than the first bound. */
static bool check_first(verify_moving *y, const curve *c, verify_node *node, bool *open)
{
    verify_best is;
    if (!verify_best_at(y, 0, 1, &is))
        return false;
    *open |= !is.known;
    if (!*open && is.most + c->h[0] > near_enough)
        return claim_fails(y->m->k->j, node, "some split keeps a tighter bound");
    return true;
}

static bool check_curve(verify_moving *y, const curve *c, const verify_node *list, bool *open)
{
    const verify_side *of = &y->m->bound[y->bound];
    double size = fabs(of->is);
    for (size_t q = 0; q < y->m->n; q++)
        size = fmax(size, fabs(verify_bound_reading(y->m, of, q)));
    size_t k = 0;
    for (verify_node *x = list->first; x && !*open; x = x->next, k++) {
        const size_t p = of->sign > 0 ? k : c->n - 1 - k;
        if ((p == 0 && !check_first(y, c, x, open)) || !check_corner(y, c, p, size, x, open) ||
            !check_edge(y, c, p, x, open))
            return false;
    }
    return true;
}

/* ---- what is read off ---- */

/* Values a unit of the bound, where more is allowed and where less is; and how far these go. */
typedef struct read_off {
    double tight, relax, start, end, off;
} read_off;

static read_off sides_of(const verify_moving *y, const curve *c)
{
    const double is = y->m->bound[y->bound].is, unit = y->spread > 0 ? y->spread : 1;
    size_t p = 0;
    read_off s = {INFINITY, 0, c->bound[0], INFINITY, 0};
    while (p + 1 < c->n && (c->h[p + 1] < 0 || c->bound[p + 1] == is)) /* NOLINT: exact */
        p++;
    const bool corner = c->bound[p] == is; /* NOLINT: exact */
    const bool behind = p + 1 == c->n && !corner && c->h[p] < 0;
    s.relax = behind ? 0 : flatter(c, p) / unit;
    s.end = p + 1 < c->n ? c->bound[p + 1] : INFINITY;
    if (behind)
        s.tight = 0;
    else if (c->h[p] < 0 || (corner && p > 0))
        s.tight = slope_of(c, corner ? p - 1 : p) / unit;
    s.start = c->bound[corner && p > 0 ? p - 1 : p];
    for (size_t q = 0; q + 1 < c->n; q++)
        if (q <= p && q + 1 >= p) /* rounding of what was written, over a short edge */
            s.off = fmax(s.off, (1 + slope_of(c, q)) / (c->h[q + 1] - c->h[q]) / unit);
    s.off *= 1e-14 * (1 + fabs(is) / unit);
    return s;
}

static bool check_price(verify_job *j, const verify_node *of, const char *key, double is,
                        double off)
{
    verify_node *x = claim_child(j, of, key);
    if (!x || isinf(is))
        return x && claim_null(j, x);
    if (x->kind != VERIFY_NUMBER || fabs(x->number - is) > fmax(off, VERIFY_TIE * fmax(1, is)))
        return claim_fails(j, x, "its curve says otherwise");
    return claim_holds(j, x);
}

/* A range of bounds, in whose unit the one that allows more may be the lower one. */
static bool check_range(verify_job *j, const verify_node *of, const char *key, double from,
                        double to)
{
    const verify_node *x = claim_child(j, of, key);
    if (!x || !claim_length(j, x, 2))
        return false;
    return (isfinite(from) ? claim_number(j, x->first, from) : claim_null(j, x->first)) &&
           (isfinite(to) ? claim_number(j, x->first->next, to) : claim_null(j, x->first->next));
}

static bool check_sides(verify_moving *y, const curve *c, const verify_node *node)
{
    const verify_side *of = &y->m->bound[y->bound];
    const read_off s = sides_of(y, c);
    verify_job *j = y->m->k->j;
    const bool max = of->sign > 0;
    const double from = max ? s.start : s.end, to = max ? s.end : s.start;
    const verify_node *left = verify_get(node, "holds_left");
    const verify_node *right = verify_get(node, "holds_right");
    const bool kink = left || right; /* rounding may make two prices of one */
    if (!check_price(j, node, "price", s.relax, s.off) ||
        !check_price(j, node, "price_left", max ? s.tight : s.relax, s.off) ||
        !check_price(j, node, "price_right", max ? s.relax : s.tight, s.off))
        return false;
    if (kink != (s.tight > s.relax) && !(s.tight - s.relax <= 2 * s.off))
        return claim_fails(j, node, "it is %s where its price changes", kink ? "not" : "just");
    return check_range(j, node, "holds", kink && max ? of->is : from, kink && !max ? of->is : to) &&
           (!kink || (check_range(j, node, "holds_left", from, of->is) &&
                      check_range(j, node, "holds_right", of->is, to)));
}

/* Of a product, or of a curve that was cut: the multiplier alone. */
static bool check_multiplier(verify_moving *y, const verify_node *node)
{
    verify_job *j = y->m->k->j;
    const double is = verify_double(node, "multiplier", NAN);
    verify_node *price = claim_child(j, node, "price");
    if (isnan(is) || !price)
        return price != NULL;
    const bool none = price->kind == VERIFY_NUMBER && !(price->number > 0) && !(price->number < 0);
    const double expected = none && is * y->spread <= 10 * VERIFY_TIE ? 0 : is;
    return check_price(j, node, "price", expected, 0) &&
           check_price(j, node, "price_left", expected, 0) &&
           check_price(j, node, "price_right", expected, 0) &&
           check_range(j, node, "holds", NAN, NAN);
}

/* ---- in other criteria ---- */

/* What one more of a criterion's value adds, and what one more unit of its reading does to that. */
static double worth_of_unit(const verify_split *m, const verify_node *mix, size_t c)
{
    const verify_world *w = m->k->w;
    const verify_node *list = verify_get(mix, "levels");
    double value = m->weighted ? m->k->s.group[c] : 0, slope = 0;
    size_t l = 0;
    for (const verify_node *x = list && !m->weighted ? list->first : NULL; x; x = x->next, l++)
        value +=
            verify_double(x, "weight", 0) * m->factor[l] *
            (m->of_criteria ? (double)(m->subject[l] == c) : w->person[m->subject[l]].weight[c]);
    for (size_t q = 0; q < m->n; q++)
        if (m->share[q] > 0)
            slope += m->share[q] * verify_value_slope(&w->criterion[c], m->k->s.worst[c],
                                                      m->k->s.best[c],
                                                      verify_measured(w, c, m->candidate[q]));
    return value * slope;
}

static bool check_worth(verify_split *m, const verify_node *mix, const verify_side *of,
                        const verify_node *node)
{
    verify_job *j = m->k->j;
    const double price = verify_double(node, "price", NAN);
    const verify_node *worth = claim_child(j, node, "worth");
    size_t count = 0;
    if (!worth)
        return false;
    for (size_t c = 0; c < m->k->w->d; c++) {
        const double unit = worth_of_unit(m, mix, c);
        verify_node *x = verify_get(worth, m->k->w->criterion[c].id);
        if (!(unit > 0) || !(price > 0) || of->of->criterion == (int)c) {
            if (x)
                return claim_fails(j, x, "the limit is worth nothing there");
            continue;
        }
        if (!x || x->kind != VERIFY_NUMBER ||
            fabs(x->number - price / unit) > near_enough * fmax(1, price / unit))
            return claim_fails(j, x ? x : worth, "it is worth %.9g of %s", price / unit,
                               m->k->w->criterion[c].id);
        (void)claim_holds(j, x);
        count++;
    }
    return claim_length(j, worth, count);
}

/* ---- one limit ---- */

/* Somebody's criterion of which a split has the worst: no program of shares. */
static bool is_linear(const verify_split *m)
{
    const verify_world *w = m->k->w;
    for (size_t c = 0; c < w->d; c++)
        for (size_t h = 0; h < w->people; h++)
            if (w->criterion[c].worst_counts && (m->of_criteria || w->person[h].weight[c] > 0))
                return false;
    return true;
}

static bool check_limit(verify_split *m, const verify_node *mix, size_t b, double *work,
                        verify_node *node)
{
    const bool linear = is_linear(m);
    verify_job *j = m->k->j;
    verify_node *price = claim_child(j, node, "price"), *list = verify_get(node, "curve");
    verify_moving y;
    curve c = {0};
    bool open = false;
    if (!price)
        return false;
    if (m->n_shares == 0 || m->bound[b].each || verify_is_true(mix, "whole")) /* none is said */
        return claim_null(j, price);
    if (price->kind == VERIFY_NULL || !list ||
        !linear) /* it was not found; or not by shares alone */
        return true;
    if (!verify_moving_start(m, b, *work, &y))
        return false;
    const bool none = !list->first, cut = verify_is_true(node, "curve_cut");
    if (none != (strcmp(m->rule, "nash") == 0 && !verify_is_true(mix, "no_gain")))
        return claim_fails(j, list, "there is %s curve of this rule", none ? "a" : "no");
    if (none || cut)
        return check_multiplier(&y, node) && check_worth(m, mix, &m->bound[b], node);
    if (!read_curve(&y, list, &c) || !check_curve(&y, &c, list, &open))
        return false;
    *work = y.left;
    if (open)
        return true;
    return claim_holds_all(j, list) && check_sides(&y, &c, node) &&
           check_worth(m, mix, &m->bound[b], node);
}

bool verify_check_prices(verify_split *m, const verify_node *mix)
{
    double work = work_for_all;
    size_t b = 0;
    for (verify_node *x = verify_get(mix, "limits")->first; x; x = x->next)
        if (!check_limit(m, mix, b++, &work, x))
            return false;
    return true;
}
