/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits: the dozen points that stand for all. */
#include "resplit/hull.h"

#include <math.h>

enum { MOST_SHOWN = 12 };

static const double slack = 1e-13; /* what two ways to the same value may differ by */

typedef struct shown_cover {
    verify_hull *h;
    double *has;  /* [points] at some weights */
    double *away; /* [points] from the nearest one picked */
} shown_cover;

static void pick(shown_cover *c, size_t p)
{
    for (size_t q = 0; q < c->h->points; q++) {
        double far = 0;
        for (size_t k = 0; k < c->h->axes; k++)
            far = fmax(far, fabs(verify_hull_value(c->h, p, k) - verify_hull_value(c->h, q, k)));
        c->away[q] = fmin(c->away[q], far);
    }
}

/* What a stakeholder's weights are on the axes; false: they look at none. */
static bool weights_of(const verify_hull *h, size_t who, double *weight)
{
    double sum = 0;
    for (size_t k = 0; k < h->axes; k++) {
        weight[k] = h->people ? h->axis[k] == who : h->m->k->w->person[who].weight[h->axis[k]];
        sum += weight[k];
    }
    return sum > 0;
}

static double largest(const shown_cover *c, const double *of)
{
    double most = -INFINITY;
    for (size_t p = 0; p < c->h->points; p++)
        most = fmax(most, of[p]);
    return most;
}

/* Is p the first of those that tie with the largest? What rounding leaves open may be. */
static bool is_first_largest(const shown_cover *c, const double *of, size_t p)
{
    const double least = largest(c, of) - VERIFY_TIE;
    for (size_t q = 0; q < p; q++)
        if (of[q] > least + slack)
            return false;
    return of[p] >= least - slack;
}

/* The point that is best for these weights, is it shown: here, or before? */
static bool is_shown(const shown_cover *c, const double *weight, verify_node **at)
{
    const verify_hull *h = c->h;
    for (size_t p = 0; p < h->points; p++)
        c->has[p] = verify_hull_lead(h, weight, p, 0);
    if (*at && c->away[(size_t)(*at)->number] > 0 &&
        is_first_largest(c, c->has, (size_t)(*at)->number)) {
        *at = (*at)->next;
        return true;
    }
    for (size_t p = 0; p < h->points; p++)
        if (!(c->away[p] > 0) && is_first_largest(c, c->has, p))
            return true;
    return false;
}

/* First the best of each stakeholder, then whoever is farthest from those. */
bool verify_check_shown(verify_hull *h, const verify_node *node)
{
    verify_job *j = h->m->k->j;
    verify_node *list = claim_child(j, node, "shown"), *at = list ? list->first : NULL;
    shown_cover c = {.h = h};
    double weight[VERIFY_MOST_AXES];
    if (!list || !VERIFY_ROOM(j, c.has, h->points) || !VERIFY_ROOM(j, c.away, h->points))
        return false;
    for (size_t p = 0; p < h->points; p++)
        c.away[p] = INFINITY;
    for (const verify_node *x = at; x; x = x->next)
        if (x->kind != VERIFY_NUMBER || !(x->number >= 0) || !(x->number < (double)h->points) ||
            floor(x->number) < x->number)
            return claim_fails(j, x, "there is no such point");
    for (size_t who = 0; who < h->m->k->w->people && h->points > 0; who++) {
        const verify_node *before = at;
        if (!weights_of(h, who, weight) || (!at && list->n == MOST_SHOWN))
            continue;
        if (!is_shown(&c, weight, &at))
            return claim_fails(j, list, "the best of \"%s\" is not there",
                               h->m->k->w->person[who].id);
        if (before != at)
            pick(&c, (size_t)before->number);
    }
    for (; at; at = at->next) {
        if (!(c.away[(size_t)at->number] > VERIFY_TIE - slack) ||
            !is_first_largest(&c, c.away, (size_t)at->number))
            return claim_fails(j, at,
                               "another one is farther from those before, or stands before it");
        pick(&c, (size_t)at->number);
    }
    const double error = h->points > 0 ? largest(&c, c.away) : 0;
    if (list->n > MOST_SHOWN || (list->n < MOST_SHOWN && error > VERIFY_TIE + slack))
        return claim_fails(j, list, "these are too many, or too few");
    return claim_holds_all(j, list) && claim_number_at(j, node, "shown_error", error);
}
