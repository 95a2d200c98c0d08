/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits that have to be shown: how sure the result is that each candidate keeps them. Closed forms
 * of normal errors are computed again; what was sampled is taken as it is. */
#include "recount/judged.h"

#include "recount/standing.h"

#include <math.h>
#include <string.h>

enum { LISTED = 10000 }; /* with more candidates, not all that could be found is */

static const double near_enough = 1e-9; /* of a probability that erfc gives */

/* P(a standard normal variate is below z). */
static double below(double z)
{
    return erfc(-z / sqrt(2)) / 2;
}

static verify_number limited(const verify_world *w, const verify_limit *l, size_t i)
{
    return l->criterion != VERIFY_NONE ? verify_reading(w, (size_t)l->criterion, i) : l->x[i];
}

/* The smallest probability of a part, at a normal error. */
static double holds_at(const verify_limit *l, double y, double se)
{
    const double low = l->has_min ? below((y - l->min) / se) : 1;
    const double high = l->has_max ? below((l->max - y) / se) : 1;
    return fmin(low, high);
}

/* The last bounds that would be shown, of min and max: of a normal error by its closed form, of
 * none the reading. Of another error, sampled or not, they are taken as they are, where they must
 * be known. */
static bool check_bounds(verify_world *w, const verify_limit *l, const verify_node *node, size_t i,
                         double level)
{
    const double y = limited(w, l, i).y, se = verify_double(node, "se", NAN);
    const bool of_groups = l->criterion != VERIFY_NONE && w->criterion[l->criterion].groups;
    for (int q = 0; q < 2; q++) {
        verify_node *bound = verify_get(node, q == 0 ? "min" : "max");
        if (!(q == 0 ? l->has_min : l->has_max)) {
            if (bound)
                return claim_fails(w->job, bound, "there is no such bound");
            continue;
        }
        if (!bound || bound->kind != VERIFY_NUMBER) {
            if (bound && isnan(se) &&
                (l->relative || of_groups || w->n > LISTED || !(l->shown > 0)))
                continue;
            return claim_fails(w->job, bound ? bound : node,
                               "some bound is the last that would be shown");
        }
        const double off = q == 0 ? y - bound->number : bound->number - y;
        if (se > 0 ? fabs(below(off / se) - level) > near_enough
                   : se <= 0 && !claim_near(bound->number, y))
            return claim_fails(w->job, bound, "another bound is the last that would be shown");
        if (!isnan(se))
            (void)claim_holds(w->job, bound);
    }
    return true;
}

static bool check_one(verify_world *w, const verify_limit *l, verify_node *node, size_t i,
                      double level)
{
    verify_job *j = w->job;
    verify_node *holds = claim_child(j, node, "holds"), *se = claim_child(j, node, "se");
    if (holds && se && holds->kind == VERIFY_NULL && se->kind == VERIFY_NULL)
        return claim_holds(j, holds) && /* not known: then it is not shown, by any bound */
               (!verify_get(node, "min") || claim_null(j, verify_get(node, "min"))) &&
               (!verify_get(node, "max") || claim_null(j, verify_get(node, "max")));
    if (!holds || !se || holds->kind != VERIFY_NUMBER || holds->number < 0 || holds->number > 1)
        return holds && se && claim_fails(j, holds, "it is no probability");
    if (l->relative && (int)i == w->incumbent)
        return true;
    if (se->kind == VERIFY_NUMBER) {
        double by = 0;
        const double is = se->number > 0 ? holds_at(l, limited(w, l, i).y, se->number)
                                         : verify_keeps(w, l, i, &by);
        if (fabs(holds->number - is) > near_enough)
            return claim_fails(j, holds, "with this standard error it is another one");
        (void)claim_holds(j, holds);
    }
    return check_bounds(w, l, node, i, level);
}

/* Is it shown: as the bounds that would be shown say, else as the probability does? */
static bool is_shown(const verify_world *w, const verify_limit *l, const verify_node *node,
                     size_t i, double level)
{
    const double low = verify_double(node, "min", NAN), high = verify_double(node, "max", NAN);
    if (!node || (l->has_min && isnan(low)) || (l->has_max && isnan(high)) ||
        (l->relative && (int)i == w->incumbent))
        return verify_double(node, "holds", 0) >= level;
    return !(l->has_min && l->min > low) && !(l->has_max && l->max < high) &&
           !(l->word && !l->words_hold[i]);
}

static double distance(double from, double to)
{
    const verify_criterion between = {.goal = VERIFY_NEARER, .target = to};
    return verify_measurement(&between, from);
}

/* How far the bound would have to move, where one of the two would do. */
static void find_shortfall(const verify_world *w, verify_limit *l, const verify_node *node,
                           size_t i)
{
    const double min = verify_double(node, "min", NAN), max = verify_double(node, "max", NAN);
    const bool low = l->has_min && !(l->min <= min), high = l->has_max && !(l->max >= max);
    l->short_by[i] = l->shown_at[i] = NAN;
    if (!node || (l->word && !l->words_hold[i])) {
        (void)verify_keeps(w, l, i, &l->short_by[i]);
    } else if (!l->judged[i] && low != high) {
        l->shown_at[i] = low ? min : max;
        l->short_by[i] = distance(l->shown_at[i], low ? l->min : l->max);
    }
}

/* The level of each candidate: of all together, its root. */
static bool check_level(verify_world *w, const verify_limit *l, verify_node *node, double *level)
{
    const verify_node *robustness = verify_get(w->scenario, "robustness");
    double is = l->shown > 0 ? l->shown : verify_double(robustness, "level", 0.95), measured = 0;
    for (size_t i = 0; i < w->n; i++)
        measured += !w->dropped[i];
    if (verify_get(verify_get(l->node, "shown"), "over"))
        is = pow(is, 1 / measured);
    *level = is;
    return claim_number_at(w->job, node, "level", is);
}

/* Who is shown to keep it. */
static bool decide(verify_world *w, verify_limit *l)
{
    if (!VERIFY_ROOM(w->job, l->judged, w->n) || !VERIFY_ROOM(w->job, l->short_by, w->n) ||
        !VERIFY_ROOM(w->job, l->shown_at, w->n))
        return false;
    for (size_t i = 0; i < w->n; i++) {
        const verify_node *node = l->judgement[i];
        l->judged[i] = is_shown(w, l, node, i, l->level);
        l->partial = l->partial || (w->n > LISTED && isfinite(verify_double(node, "holds", NAN)) &&
                                    ((l->has_min && isnan(verify_double(node, "min", NAN))) ||
                                     (l->has_max && isnan(verify_double(node, "max", NAN)))));
        find_shortfall(w, l, l->judgement[i], i);
    }
    return true;
}

bool verify_judge_again(verify_world *w, verify_limit *l)
{
    return !l->judged || decide(w, l);
}

/* Of everybody who was measured it is said how sure that is. */
static bool check_all_judged(verify_world *w, const verify_limit *l, const verify_node *all,
                             const verify_node **of)
{
    const verify_node *list = claim_child(w->job, w->job->root, "candidates");
    if (!list)
        return false;
    for (size_t i = 0; i < w->n; i++) {
        if (w->dropped[i] || of[i] || isnan(limited(w, l, i).y))
            continue;
        if (list->n >= w->n)
            return claim_fails(w->job, all, "\"%s\" is missing", w->id[i]);
        w->job->status =
            tdo_fail(w->job->err, TDO_E_INPUT,
                     "cannot be checked: a limit asks to be shown, and of \"%s\", which "
                     "is not listed, it is not said how sure that is; make the result "
                     "with \"--candidates all\"",
                     w->id[i]);
        return false;
    }
    return true;
}

static bool judge(verify_world *w, verify_limit *l, verify_node *node)
{
    verify_node *all = claim_child(w->job, node, "candidates");
    const verify_node **of = NULL;
    double level = 0;
    if (!all || !check_level(w, l, node, &level) || !VERIFY_ROOM(w->job, of, w->n))
        return false;
    for (verify_node *x = all->first; x; x = x->next) {
        const int i = verify_find(w, x->key);
        if (i == VERIFY_NONE || (l->criterion == VERIFY_NONE && !l->x))
            return claim_fails(w->job, x, "there is nothing to judge");
        of[i] = x;
        if (!check_one(w, l, x, (size_t)i, level))
            return false;
    }
    if (!(l->shown > 0))
        return true;
    if (!check_all_judged(w, l, all, of))
        return false;
    l->judgement = of;
    l->level = level;
    return decide(w, l);
}

bool verify_judge_limits(verify_world *w)
{
    const verify_node *list = claim_child(w->job, w->job->root, "constraints");
    size_t k = 0;
    if (!list || !claim_length(w->job, list, w->m))
        return false;
    for (const verify_node *x = list->first; x; x = x->next, k++) {
        verify_limit *l = &w->limit[k];
        verify_node *judged = l->shown > 0 ? claim_child(w->job, x, "judged")
                                           : verify_get(x, "judged");
        if (judged ? !judge(w, l, judged) : l->shown > 0)
            return false;
    }
    return true;
}
