/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenario in effect, as the result holds it. */
#include "reread/world.h"

#include <math.h>
#include <string.h>

static bool refuse(verify_world *w, const verify_node *node, const char *why)
{
    return claim_fails(w->job, node, "the scenario in effect is none: %s", why);
}

int verify_find_criterion(const verify_world *w, const char *id)
{
    for (size_t c = 0; id && c < w->d; c++)
        if (strcmp(w->criterion[c].id, id) == 0)
            return (int)c;
    return VERIFY_NONE;
}

int verify_find_person(const verify_world *w, const char *id)
{
    for (size_t h = 0; id && h < w->people; h++)
        if (strcmp(w->person[h].id, id) == 0)
            return (int)h;
    return VERIFY_NONE;
}

bool verify_bound(verify_job *j, const verify_criterion *c, const verify_node *node, double *out)
{
    if (node->kind == VERIFY_NUMBER) {
        *out = node->number;
        return true;
    }
    double k = 0;
    for (const verify_node *l = c && c->levels ? c->levels->first : NULL; l; l = l->next, k++)
        if (l->kind == VERIFY_TEXT && node->kind == VERIFY_TEXT &&
            strcmp(l->text, node->text) == 0) {
            *out = k;
            return true;
        }
    return claim_fails(j, node, "it is no bound");
}

/* ---- criteria ---- */

static verify_policy policy_of(const char *name)
{
    return strcmp(name, "drop") == 0    ? VERIFY_MISSING_DROP
           : strcmp(name, "worst") == 0 ? VERIFY_MISSING_WORST
                                        : VERIFY_MISSING_ERROR;
}

static bool read_goal(verify_world *w, verify_criterion *c)
{
    const verify_node *goal = verify_get(c->node, "goal");
    const char *word = goal && goal->kind == VERIFY_TEXT ? goal->text : NULL;
    const verify_node *target = verify_get(goal, "target");
    c->goal = word && strcmp(word, "min") == 0 ? VERIFY_LESS : VERIFY_MORE;
    if (target) {
        c->goal = VERIFY_NEARER;
        return verify_bound(w->job, c, target, &c->target);
    }
    return word || c->levels || refuse(w, c->node, "no goal");
}

static bool read_scale(verify_world *w, verify_criterion *c)
{
    const verify_node *range = verify_get(c->node, "range"), *value = verify_get(c->node, "value");
    if (range && range->kind == VERIFY_ARRAY) {
        if (range->n != 2)
            return refuse(w, range, "no range");
        c->has_range = true;
        return verify_bound(w->job, c, range->first, &c->worst) &&
               verify_bound(w->job, c, range->first->next, &c->best);
    }
    if (!value)
        return true;
    c->value_x = verify_room(w->job, value->n, sizeof *c->value_x);
    c->value_v = verify_room(w->job, value->n, sizeof *c->value_v);
    if (!c->value_x || !c->value_v)
        return false;
    for (const verify_node *p = value->first; p; p = p->next) {
        if (p->n != 2 || !verify_bound(w->job, c, p->first, &c->value_x[c->n_value]))
            return refuse(w, p, "no point");
        c->value_v[c->n_value++] = p->first->next->number;
    }
    return c->n_value >= 2 || refuse(w, value, "no value function");
}

static bool read_criterion(verify_world *w, const verify_node *node, verify_criterion *c)
{
    const verify_node *candidates = verify_get(w->scenario, "candidates");
    const char *thousands = verify_text(node, "thousands", "");
    *c = (verify_criterion){.node = node,
                            .id = node->key,
                            .label = verify_text(node, "label", node->key),
                            .unit = verify_text(node, "unit", ""),
                            .column = verify_text(node, "column", NULL),
                            .linear = verify_get(node, "linear"),
                            .groups = verify_get(node, "groups"),
                            .items = verify_get(node, "items"),
                            .levels = verify_get(node, "levels"),
                            .zero_is_missing = verify_is_true(node, "zero_is_missing"),
                            .indifference = verify_double(node, "indifference", -1)};
    c->worst_counts = strcmp(verify_text(node, "mixes", "mean"), "worst") == 0;
    c->missing =
        policy_of(verify_text(node, "missing", verify_text(candidates, "missing", "error")));
    c->style = (verify_style){.as = verify_text(node, "as", NULL),
                              .unit = c->unit,
                              .percent = verify_is_true(node, "percent"),
                              .thousands = thousands[0],
                              .comma = strcmp(verify_text(node, "decimal", "."), ",") == 0,
                              .marks = verify_get(node, "missing_marks")};
    return read_goal(w, c) && read_scale(w, c);
}

/* ---- stakeholders ---- */

static bool read_need(verify_world *w, const verify_node *node, verify_need *need)
{
    const int c = verify_find_criterion(w, node->key);
    const verify_node *min = verify_get(node, "min"), *max = verify_get(node, "max");
    if (c == VERIFY_NONE)
        return refuse(w, node, "no such criterion");
    *need = (verify_need){.node = node, .criterion = (size_t)c, .has_min = min, .has_max = max};
    return (!min || verify_bound(w->job, &w->criterion[c], min, &need->min)) &&
           (!max || verify_bound(w->job, &w->criterion[c], max, &need->max));
}

/* Numbers by criterion, made to add to 1. */
static bool read_weights(verify_world *w, const verify_node *node, double *weight)
{
    double sum = 0;
    for (const verify_node *x = node->first; x; x = x->next) {
        const int c = verify_find_criterion(w, x->key);
        if (c == VERIFY_NONE || x->kind != VERIFY_NUMBER || !(x->number >= 0))
            return refuse(w, x, "no weight");
        weight[c] = x->number;
    }
    for (size_t c = 0; c < w->d; c++)
        sum += weight[c];
    for (size_t c = 0; c < w->d && sum > 0; c++)
        weight[c] /= sum;
    return sum > 0 || refuse(w, node, "no weight above 0");
}

static bool read_person(verify_world *w, const verify_node *node, const verify_node *as,
                        verify_person *h)
{
    const verify_node *weights = verify_get(node, "weights"), *needs = verify_get(node, "needs");
    *h = (verify_person){.node = node,
                         .id = node->key,
                         .label = verify_text(node, "label", node->key),
                         .power = verify_double(node, "power", 1)};
    if (!VERIFY_ROOM(w->job, h->weight, w->d) ||
        !VERIFY_ROOM(w->job, h->need, needs ? needs->n : 1))
        return false;
    for (const verify_node *x = needs ? needs->first : NULL; x; x = x->next)
        if (!read_need(w, x, &h->need[h->n_needs++]))
            return refuse(w, x, "no need");
    if (!(h->power >= 0))
        return refuse(w, node, "a negative power");
    /* where nobody gives numbers, those of the result are taken, and checked against the statements
     */
    weights = weights ? weights : verify_get(as, "weights");
    return weights ? read_weights(w, weights, h->weight) : refuse(w, node, "no weights");
}

/* Powers add to 1; where only statements tell them, those of the result are taken. */
static bool set_powers(verify_world *w, const verify_node *list)
{
    double sum = 0;
    bool given = !verify_get(w->scenario, "powers");
    size_t h = 0;
    for (h = 0; h < w->people; h++)
        given = given || verify_get(w->person[h].node, "power");
    const verify_node *as = list->first;
    for (h = 0; h < w->people && as; h++, as = as->next) {
        if (!given)
            w->person[h].power = verify_double(as, "power", 0);
        sum += w->person[h].power;
    }
    for (h = 0; h < w->people && sum > 0; h++)
        w->person[h].power /= sum;
    return sum > 0 || refuse(w, list, "nobody has power");
}

static bool read_people(verify_world *w)
{
    const verify_node *all = verify_get(w->scenario, "stakeholders");
    const verify_node *list = verify_get(w->job->root, "stakeholders");
    if (!all || all->n == 0 || all->kind != VERIFY_OBJECT)
        return refuse(w, all ? all : w->scenario, "no stakeholders");
    if (!list || list->n != all->n)
        return claim_fails(w->job, list ? list : w->job->root, "the stakeholders are others");
    w->person = verify_room(w->job, all->n, sizeof *w->person);
    if (!w->person)
        return false;
    const verify_node *as = list->first;
    for (const verify_node *x = all->first; x; x = x->next, as = as->next)
        if (!read_person(w, x, as, &w->person[w->people++]))
            return false;
    return set_powers(w, list);
}

/* ---- limits ---- */

static bool read_limit(verify_world *w, const verify_node *node, verify_limit *k)
{
    const char *criterion = verify_text(node, "criterion", NULL);
    const verify_node *min = verify_get(node, "min"), *max = verify_get(node, "max");
    const verify_node *shown = verify_get(node, "shown");
    min = min ? min : verify_get(node, "sum_min"); /* of a portfolio */
    max = max ? max : verify_get(node, "sum_max");
    *k = (verify_limit){.node = node,
                        .criterion = verify_find_criterion(w, criterion),
                        .column = verify_text(node, "column", NULL),
                        .has_min = min,
                        .has_max = max,
                        .equals = verify_get(node, "equals"),
                        .in = verify_get(node, "in"),
                        .not_in = verify_get(node, "not_in"),
                        .relative = verify_get(node, "than"),
                        .shown = shown && shown->kind == VERIFY_NUMBER
                                     ? shown->number
                                     : verify_double(shown, "level", 0),
                        .veto = VERIFY_NONE};
    if ((criterion ? k->criterion == VERIFY_NONE : !k->column))
        return refuse(w, node, "it limits nothing that there is");
    const verify_criterion *c = criterion ? &w->criterion[k->criterion] : NULL;
    return (!min || verify_bound(w->job, c, min, &k->min)) &&
           (!max || verify_bound(w->job, c, max, &k->max));
}

/* more: room for so many beyond them */
static bool read_limits(verify_world *w, const verify_node *list, size_t more, verify_limit **limit,
                        size_t *n)
{
    if (!VERIFY_ROOM(w->job, *limit, (list ? list->n : 0) + more + 1))
        return false;
    for (const verify_node *x = list ? list->first : NULL; x; x = x->next)
        if (!read_limit(w, x, &(*limit)[(*n)++]))
            return refuse(w, x, "no limit");
    return true;
}

static void add_vetoes(verify_world *w)
{
    for (size_t h = 0; h < w->people; h++)
        for (size_t q = 0; q < w->person[h].n_needs; q++) {
            const verify_need *need = &w->person[h].need[q];
            if (!verify_is_true(need->node, "veto"))
                continue;
            w->limit[w->m++] = (verify_limit){.node = need->node,
                                              .criterion = (int)need->criterion,
                                              .has_min = need->has_min,
                                              .has_max = need->has_max,
                                              .min = need->min,
                                              .max = need->max,
                                              .veto = (int)h};
        }
}

bool verify_read_setting(verify_world *w)
{
    const verify_node *rule = verify_get(w->scenario, "rule");
    const verify_node *criteria = verify_get(w->scenario, "criteria");
    const verify_node *mix = verify_get(w->scenario, "mix");
    const verify_node *portfolio = verify_get(w->scenario, "portfolio");
    size_t needs = 0;
    if (!criteria || criteria->kind != VERIFY_OBJECT || criteria->n == 0)
        return refuse(w, criteria ? criteria : w->scenario, "no criteria");
    if (!VERIFY_ROOM(w->job, w->criterion, criteria->n) ||
        !VERIFY_ROOM(w->job, w->parts, criteria->n) || !VERIFY_ROOM(w->job, w->term, criteria->n) ||
        !VERIFY_ROOM(w->job, w->row, criteria->n))
        return false;
    for (const verify_node *c = criteria->first; c; c = c->next)
        if (!read_criterion(w, c, &w->criterion[w->d++]))
            return false;
    w->rule = rule && rule->kind == VERIFY_TEXT ? rule->text
                                                : verify_text(rule, "name", "weighted");
    w->rule_options = rule && rule->kind == VERIFY_OBJECT ? rule : NULL;
    if (!read_people(w))
        return false;
    for (size_t h = 0; h < w->people; h++)
        needs += w->person[h].n_needs;
    if (!read_limits(w, verify_get(w->scenario, "constraints"), needs, &w->limit, &w->m) ||
        !read_limits(w, verify_get(mix, "limits"), 0, &w->mix_limit, &w->mix_m) ||
        !read_limits(w, verify_get(portfolio, "limits"), 0, &w->sum_limit, &w->sum_m))
        return false;
    add_vetoes(w);
    return true;
}
