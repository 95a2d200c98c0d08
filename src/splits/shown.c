/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dozen points that stand for all: what each stakeholder would take, then again and again the
 * point that is farthest from those picked (Gonzalez 1985: at most twice the least error). */
#include "splits/splits.h"

#include <math.h>

typedef struct cover {
    const splits_problem *p;
    size_t points;
    double *at;   /* [points x axes] what each lacks of the best, in values */
    double *has;  /* [points] at some weights: less is worse */
    double *away; /* [points] from the nearest one picked */
    uint32_t *shown;
    size_t n;
} cover;

static double distance(const cover *c, size_t x, size_t y)
{
    const size_t d = c->p->o->axes;
    double most = 0;
    for (size_t k = 0; k < d; k++)
        most = fmax(most, fabs(c->at[x * d + k] - c->at[y * d + k]));
    return most;
}

static void pick(cover *c, size_t x)
{
    if (!(c->away[x] > 0) || c->n == TDO_SPLITS_SHOWN)
        return;
    c->shown[c->n++] = (uint32_t)x;
    for (size_t y = 0; y < c->points; y++)
        c->away[y] = fmin(c->away[y], distance(c, x, y));
    c->away[x] = 0;
}

/* The largest of them; of those that tie with it the first. */
static size_t first_largest(const double *of, size_t n)
{
    double most = -INFINITY;
    size_t first = 0;
    for (size_t x = 0; x < n; x++)
        most = fmax(most, of[x]);
    while (first + 1 < n && of[first] < most - TDO_TIE)
        first++;
    return first;
}

/* The point that lacks least of the axes at these weights. */
static size_t best_for(const cover *c, const double *weight)
{
    const size_t d = c->p->o->axes;
    for (size_t x = 0; x < c->points; x++) {
        c->has[x] = 0;
        for (size_t k = 0; k < d; k++)
            c->has[x] -= weight[k] * c->at[x * d + k];
    }
    return first_largest(c->has, c->points);
}

static void pick_for_stakeholders(cover *c)
{
    const splits_problem *p = c->p;
    const tdo_utility *u = p->m->u;
    for (size_t h = 0; h < u->s; h++) {
        double weight[TDO_SPLIT_AXES] = {0}, sum = 0;
        for (size_t k = 0; k < p->o->axes; k++) {
            weight[k] = p->o->space == TDO_SPLITS_OF_CRITERIA ? u->weight[h * u->d + p->o->axis[k]]
                                                              : p->o->axis[k] == h;
            sum += weight[k];
        }
        if (sum > 0)
            pick(c, best_for(c, weight));
    }
}

static void pick_farthest(cover *c)
{
    while (c->n < TDO_SPLITS_SHOWN) {
        const size_t far = first_largest(c->away, c->points);
        if (!(c->away[far] > TDO_TIE))
            return;
        pick(c, far);
    }
}

tdo_status splits_show(splits_problem *p, const hull_result *r, tdo_arena *a, tdo_splits *out)
{
    const size_t d = p->o->axes;
    cover c = {.p = p,
               .points = r->points,
               .at = tdo_alloc(p->a, r->points * d, sizeof *c.at),
               .has = tdo_alloc(p->a, r->points, sizeof *c.has),
               .away = tdo_alloc(p->a, r->points, sizeof *c.away),
               .shown = tdo_alloc(a, TDO_SPLITS_SHOWN, sizeof *c.shown)};
    if (!c.at || !c.has || !c.away || !c.shown)
        return TDO_E_MEMORY;
    for (size_t x = 0; x < c.points; x++) {
        c.away[x] = INFINITY;
        for (size_t k = 0; k < d; k++) {
            exact_mul(&p->A, &p->number[2], &r->point[x].whole, &p->unit[k]);
            c.at[x * d + k] = exact_ratio(&p->A, &r->point[x].at[k], &p->number[2]);
        }
    }
    if (c.points > 0) {
        pick_for_stakeholders(&c);
        pick_farthest(&c);
    }
    for (size_t x = 0; x < c.points; x++)
        out->shown_error = fmax(out->shown_error, c.away[x]);
    out->shown = c.shown;
    out->n_shown = c.n;
    return TDO_OK;
}
