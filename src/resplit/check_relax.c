/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bounds would be enough, where no split meets all of them: each against the least that any
 * split that keeps the others has there. */
#include "resplit/prices.h"

#include <math.h>

static const double near_enough = 1e-9; /* of the spread of readings, or of their size */
static const double work_for_all = 2e8;

static verify_node *entry_of(const verify_node *list, size_t b)
{
    for (verify_node *x = list->first; x; x = x->next)
        if (verify_double(x, "limit", -1) == (double)b)
            return x;
    return NULL;
}

/* The bound is moved to what is enough, and no further. counted: it takes more where models are
 * counted or shares have a least size, so only that it is not less is known. */
static bool check_to(const verify_moving *y, const verify_best *is, verify_node *x, bool counted)
{
    verify_job *j = y->m->k->j;
    const verify_side *of = &y->m->bound[y->bound];
    verify_node *to = claim_child(j, x, "to");
    if (!to || to->kind != VERIFY_NUMBER)
        return to && claim_fails(j, to, "it is no bound");
    const double spread = y->spread > 0 ? y->spread : 1;
    const double by = of->sign * (to->number - of->is) - is->h * spread; /* more than needed */
    const double off = near_enough * fmax(spread, fmax(fabs(to->number), fabs(of->is)));
    if (by < -off)
        return claim_fails(j, to, "relaxing the limit to this is not enough");
    if (!counted && by > off)
        return claim_fails(j, to, "less would be enough");
    return counted || claim_holds_all(j, x);
}

static bool check_bound(verify_split *m, const verify_node *list, size_t b, double *work,
                        bool counted)
{
    verify_job *j = m->k->j;
    verify_node *x = entry_of(list, b);
    verify_moving y;
    verify_best is = {0};
    if (m->bound[b].each)
        return true;
    if (!verify_moving_start(m, b, *work, &y) || !verify_best_at(&y, 0, 1, &is))
        return false;
    *work = y.left;
    if (is.known && x)
        return check_to(&y, &is, x, counted);
    if (is.known && !counted)
        return claim_fails(j, list, "relaxing limit %zu would be enough, too", b);
    return true;
}

bool verify_check_relax(verify_split *m, const verify_node *clash)
{
    verify_job *j = m->k->j;
    const verify_node *options = verify_get(m->k->w->scenario, "mix");
    const bool counted = verify_get(options, "max_models") ||
                         verify_double(options, "min_share", 0) > 0;
    const verify_node *list = claim_child(j, clash, "relax");
    double last = -1, work = work_for_all;
    if (!list)
        return false;
    for (verify_node *x = list->first; x; x = x->next) {
        const double limit = verify_double(x, "limit", -1);
        if (!(limit > last) || limit >= (double)m->bounds)
            return claim_fails(j, x, "there is no such limit, or not in this place");
        last = limit;
    }
    for (size_t b = 0; b < m->bounds; b++)
        if (!check_bound(m, list, b, &work, counted))
            return false;
    return true;
}
