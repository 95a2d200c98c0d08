/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans: every claim, in order. */
#include "replan/plan.h"

#include "reread/inputs.h"

#include <math.h>
#include <string.h>

/* ---- numbers of some size ---- */

/* Sums of readings of that size are off by a part of it. */
static bool claim_sized(verify_job *j, const verify_node *parent, const char *key, double is,
                        double size)
{
    verify_node *x = claim_child(j, parent, key);
    if (x && x->kind == VERIFY_NUMBER && fabs(x->number - is) <= VERIFY_TIE * fmax(1, size))
        return claim_holds(j, x);
    return claim_number(j, x, is);
}

static double size_of_averages(const verify_plan *p, size_t k, const verify_served *s)
{
    double most = 0;
    for (size_t g = 0; g < p->groups; g++)
        most = fmax(most, fabs(s->average[k * p->groups + g]));
    return most;
}

/* u: [people]; less: [people] to be taken away, or NULL. */
static bool check_people(verify_plan *p, const verify_node *parent, const char *key,
                         const double *u, const double *less)
{
    verify_node *x = claim_child(p->j, parent, key);
    if (!u)
        return claim_null(p->j, x);
    if (!x || !claim_length(p->j, x, p->w->people))
        return false;
    for (size_t h = 0; h < p->w->people; h++)
        if (!claim_number_at(p->j, x, p->w->person[h].id, u[h] - (less ? less[h] : 0)))
            return false;
    return true;
}

/* ---- one candidate for all ---- */

static bool may_serve_all(const verify_plan *p, size_t j)
{
    for (size_t s = 0; s < p->segments; s++)
        if (p->barred[verify_plan_row(p, s, j)])
            return false;
    return true;
}

static bool serve_all(const verify_plan *p, size_t j, verify_service *room, bool held,
                      verify_served *out)
{
    for (size_t s = 0; s < p->segments; s++)
        room->part[s] = (verify_part){(uint32_t)j, 1};
    return verify_plan_serve(p, room, held, out);
}

static bool make_single(const verify_plan *p, verify_service *out)
{
    if (!VERIFY_ROOM(p->j, out->first, p->segments + 1) ||
        !VERIFY_ROOM(p->j, out->part, p->segments))
        return false;
    for (size_t s = 0; s <= p->segments; s++)
        out->first[s] = s;
    return true;
}

/* What somebody would have to be better than to take the place of the best so far. */
static bool is_better(const verify_served *s, const verify_served *best)
{
    return !best->utility || s->value > best->value + VERIFY_TIE;
}

/* The best of those that keep all limits, and of those that keep all but gaps. */
static bool find_single(const verify_plan *p, verify_service *room, int best[2],
                        verify_served single[2])
{
    best[0] = best[1] = VERIFY_NONE;
    for (size_t j = 0; j < p->candidates; j++) {
        verify_served s;
        bool keeps[2] = {true, true};
        if (!may_serve_all(p, j))
            continue;
        if (!serve_all(p, j, room, false, &s))
            return false;
        for (size_t k = 0; k < p->n; k++) {
            const bool here = verify_plan_keeps(p, k, &s);
            keeps[0] = keeps[0] && here;
            keeps[1] = keeps[1] && (here || p->limit[k].bind == VERIFY_GAP);
        }
        for (size_t q = 0; q < 2; q++)
            if (keeps[q] && is_better(&s, &single[q])) {
                best[q] = (int)j;
                single[q] = s;
            }
    }
    return true;
}

static int find_today(const verify_plan *p)
{
    const char *id = verify_text(p->from, "incumbent", NULL);
    if (!id)
        id = verify_text(verify_get(p->w->scenario, "candidates"), "incumbent", NULL);
    return verify_plan_find(p->candidate, p->candidates, id);
}

/* Where "not_below" is that word: what the groups have when who serves all. */
static bool bound_groups(verify_plan *p, verify_service *room, const char *word, int who)
{
    for (size_t k = 0; k < p->n; k++) {
        verify_plan_limit *l = &p->limit[k];
        verify_served s;
        if (strcmp(verify_text(l->node, "not_below", ""), word) != 0 || who == VERIFY_NONE ||
            l->criterion == VERIFY_NONE)
            continue;
        if (!serve_all(p, (size_t)who, room, false, &s))
            return false;
        *(p->w->criterion[l->criterion].goal == VERIFY_MORE ? &l->least : &l->most) = s.average +
                                                                                      k * p->groups;
    }
    return true;
}

/* ---- parts of the plan ---- */

static bool check_shares(verify_plan *p, const double *traffic)
{
    verify_node *list = claim_child(p->j, p->node, "candidates");
    size_t some = 0;
    double before = INFINITY;
    int last = VERIFY_NONE;
    for (size_t k = 0; k < p->candidates && traffic; k++)
        some += traffic[k] > 0;
    if (!list || !claim_length(p->j, list, some))
        return false;
    for (verify_node *x = list->first; x; x = x->next) {
        const int k = verify_plan_find(p->candidate, p->candidates, verify_text(x, "id", NULL));
        const double share = verify_double(x, "share", -1);
        if (k == VERIFY_NONE || share > before || (!(share < before) && k <= last))
            return claim_fails(p->j, x, "it does not stand here, by its share and id");
        if (!claim_number_at(p->j, x, "share", traffic[k]))
            return false;
        (void)claim_holds(p->j, verify_get(x, "id"));
        before = share;
        last = k;
    }
    return true;
}

static bool check_limits(verify_plan *p, const verify_served *s)
{
    const verify_node *list = claim_child(p->j, p->node, "limits");
    size_t k = 0;
    if (!list || !claim_length(p->j, list, p->n))
        return false;
    for (const verify_node *x = list->first; x; x = x->next, k++) {
        const verify_plan_limit *l = &p->limit[k];
        const double size = s ? size_of_averages(p, k, s) : 1;
        if (!claim_text_at(p->j, x, "owner", verify_text(l->node, "owner", "")) ||
            !claim_text_at(p->j, x, "why", verify_text(l->node, "why", "")) ||
            !claim_number_at(p->j, x, "price", s ? verify_plan_price(p, k) : NAN) ||
            !claim_sized(p->j, x, "at", s ? s->at[k] : NAN, size))
            return false;
        if (s && !verify_plan_keeps(p, k, s))
            return claim_fails(p->j, x, "the plan breaks this limit");
    }
    return true;
}

static bool check_single(verify_plan *p, int best, const verify_served *single)
{
    verify_node *x = claim_child(p->j, p->node, "best_single");
    if (best == VERIFY_NONE)
        return claim_null(p->j, x);
    return x && claim_text_at(p->j, x, "id", p->candidate[best]) &&
           claim_number_at(p->j, x, "value", single->value);
}

static bool check_groups(verify_plan *p, const verify_served *s, const verify_served *single)
{
    const verify_node *list = claim_child(p->j, p->node, "groups");
    size_t g = 0;
    if (!list || !claim_length(p->j, list, p->group ? p->groups : 0))
        return false;
    for (const verify_node *x = list->first; x; x = x->next, g++) {
        const double *now = s ? s->of + g * p->w->people : NULL;
        const double *then = single ? single->of + g * p->w->people : NULL;
        if (!claim_text_at(p->j, x, "id", p->group[g]) ||
            !claim_number_at(p->j, x, "size", p->group_size[g]) ||
            !check_people(p, x, "utility", now, NULL) ||
            !check_people(p, x, "change", then ? now : NULL, then))
            return false;
    }
    return true;
}

/* ---- on figures that did not choose ---- */

static size_t count_below(const verify_plan *p, const verify_service *plan)
{
    size_t n = 0;
    for (size_t s = 0; s < p->segments; s++) {
        bool below = false;
        for (size_t q = plan->first[s]; q < plan->first[s + 1]; q++)
            for (size_t k = 0; k < p->floors; k++)
                below = below ||
                        verify_plan_misses(p, &p->floor[k],
                                           verify_plan_row(p, s, plan->part[q].candidate), true);
        n += below;
    }
    return n;
}

static bool check_held_limits(verify_plan *p, const verify_node *list, const verify_served *s)
{
    const verify_node *as = verify_get(p->node, "limits")->first;
    size_t k = 0;
    if (!list || !claim_length(p->j, list, p->n))
        return false;
    for (const verify_node *x = list->first; x; x = x->next, as = as->next, k++)
        if (!claim_text_at(p->j, x, "text", verify_text(as, "text", "")) ||
            !claim_sized(p->j, x, "at", s->at[k], size_of_averages(p, k, s)) ||
            !claim_bool_at(p->j, x, "holds", verify_plan_keeps(p, k, s)))
            return false;
    return true;
}

static bool check_holdout(verify_plan *p, const verify_service *plan, const verify_served *s,
                          int best, const verify_served *single)
{
    verify_node *x = claim_child(p->j, p->node, "holdout");
    verify_service room;
    verify_served held, alone = {.value = NAN};
    if (!plan || !p->held.x)
        return claim_null(p->j, x);
    return x && verify_plan_serve(p, plan, true, &held) && make_single(p, &room) &&
           (best == VERIFY_NONE || serve_all(p, (size_t)best, &room, true, &alone)) &&
           claim_number_at(p->j, x, "value", held.value) &&
           claim_number_at(p->j, x, "best_single", alone.value) &&
           claim_number_at(p->j, x, "gain_chosen_on",
                           best == VERIFY_NONE ? NAN : s->value - single->value) &&
           check_held_limits(p, claim_child(p->j, x, "limits"), &held) &&
           claim_count_at(p->j, x, "below_floor", count_below(p, plan));
}

/* ---- all of it ---- */

/* The value, and that nothing is better by more than the gap. */
static bool check_value(verify_plan *p, const verify_served *s, double most, double off)
{
    verify_node *gap = claim_child(p->j, p->node, "gap");
    const double is = fmax(0, most - s->value);
    if (!gap || !claim_number_at(p->j, p->node, "value", s->value))
        return false;
    if (gap->kind != VERIFY_NUMBER || !(fabs(gap->number - is) <= off))
        return claim_number(p->j, gap, is);
    const bool proven = gap->number <= 1e-9 * fmax(1, fabs(s->value));
    return claim_holds(p->j, gap) &&
           claim_text_at(p->j, p->node, "status", proven ? "optimal" : "limit");
}

static size_t count_split(const verify_plan *p, const verify_service *plan)
{
    size_t n = 0;
    for (size_t s = 0; s < p->segments; s++)
        n += plan->first[s + 1] - plan->first[s] > 1;
    return n;
}

static bool check_counts(verify_plan *p)
{
    return claim_text_at(p->j, p->node, "rule", p->w->rule) &&
           claim_count_at(p->j, p->node, "rows", p->w->n) &&
           claim_count_at(p->j, p->node, "segments", p->segments);
}

static bool check_plan(verify_plan *p)
{
    verify_service room, plan = {0};
    verify_served single[2] = {{.utility = NULL}, {.utility = NULL}}, s = {0};
    int best[2];
    double most = 0, off = 0;
    const verify_node *value = claim_child(p->j, p->node, "value");
    const bool some = value && value->kind != VERIFY_NULL;
    if (!value || !check_counts(p) || !make_single(p, &room) ||
        !bound_groups(p, &room, "today", find_today(p)) || !find_single(p, &room, best, single) ||
        !bound_groups(p, &room, "single", best[best[0] == VERIFY_NONE]))
        return false;
    if (some ? !verify_plan_proof(p, &plan, &most, &off) ||
                   !verify_plan_serve(p, &plan, false, &s) || !check_value(p, &s, most, off) ||
                   !claim_count_at(p->j, p->node, "split_segments", count_split(p, &plan)) ||
                   !claim_absent(p->j, p->node, "infeasible")
             : !verify_plan_none(p))
        return false;
    const verify_served *alone = best[0] == VERIFY_NONE ? NULL : &single[0];
    return check_people(p, p->node, "utility", some ? s.utility : NULL, NULL) &&
           check_shares(p, some ? s.traffic : NULL) && check_limits(p, some ? &s : NULL) &&
           check_single(p, best[0], alone) && check_groups(p, some ? &s : NULL, alone) &&
           check_holdout(p, some ? &plan : NULL, &s, best[0], alone);
}

/* Powers and weights; those that follow from statements are taken as they are. */
static bool check_stakeholders(verify_plan *p)
{
    const verify_node *list = claim_child(p->j, p->j->root, "stakeholders");
    const bool powers = !verify_get(p->w->scenario, "powers");
    size_t h = 0;
    for (const verify_node *x = list ? list->first : NULL; x; x = x->next, h++) {
        const verify_person *of = &p->w->person[h];
        verify_node *weights = claim_child(p->j, x, "weights");
        if (!weights || !claim_text_at(p->j, x, "id", of->id) ||
            !claim_length(p->j, weights, p->w->d) || !claim_child(p->j, x, "power") ||
            (powers && !claim_number_at(p->j, x, "power", of->power)))
            return false;
        for (size_t c = 0; c < p->w->d && verify_get(of->node, "weights"); c++)
            if (!claim_number_at(p->j, weights, p->w->criterion[c].id, of->weight[c]))
                return false;
    }
    return list != NULL;
}

bool verify_check_plan(verify_world *w, const tdo_inputs *files, tdo_verification *out)
{
    verify_job *j = w->job;
    verify_plan p;
    verify_node *node = claim_child(j, j->root, "plan");
    w->scenario = claim_child(j, j->root, "scenario");
    if (!node || !w->scenario || !verify_check_inputs(w, files, out) || !verify_read_setting(w) ||
        !verify_plan_read(&p, w))
        return false;
    p.node = node;
    return check_stakeholders(&p) && check_plan(&p);
}
