/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The group rule that picks the headline: its name, or an object with its options. */
#include <string.h>

#include "scenario/reader.h"
#include "terms/rules.h"

typedef struct rule_keys {
    const tdo_node *name, *weights, *order, *slack;
} rule_keys;

static const scenario_key rule_key[] = {
    SCENARIO_KEY(rule_keys, name, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(rule_keys, weights, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(rule_keys, order, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(rule_keys, slack, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
};

static void read_weights(scenario_reader *r, const tdo_node *list)
{
    size_t n = 0;
    double last = 0;
    double *weight = scenario_reader_alloc(r, list->n, sizeof *weight);
    if (!list->n || list->n > TDO_MAX_STAKEHOLDERS)
        scenario_complain(r, list, SCENARIO_AT_VALUE, "%s must have 1 to %d numbers",
                          scenario_say_path(r, list), TDO_MAX_STAKEHOLDERS);
    for (const tdo_node *x = list->first; x && weight; x = x->next) {
        if (!scenario_expect(r, x, SCENARIO_IS_NUMBER) || !scenario_read_amount(r, x, &weight[n]))
            return;
        if (n && weight[n] > last)
            scenario_complain(r, x, SCENARIO_AT_VALUE,
                              "%s must not be larger than the weight before it: the worst-off "
                              "counts most",
                              scenario_say_path(r, x));
        last = weight[n++];
    }
    if (weight && n && !(weight[0] > 0))
        scenario_complain(r, list, SCENARIO_AT_VALUE, "%s must have a number above 0",
                          scenario_say_path(r, list));
    r->s->rule_options.owa_weights = weight;
    r->s->rule_options.n_owa_weights = n;
}

/* One stakeholder of a stage. */
static void read_member(scenario_reader *r, const tdo_node *n, size_t *stage, size_t at)
{
    const char *ids[TDO_MAX_STAKEHOLDERS];
    size_t h = 0;
    if (!scenario_expect(r, n, SCENARIO_IS_STRING))
        return;
    for (size_t k = 0; k < r->s->n_stakeholders; k++)
        ids[k] = r->s->stakeholders[k].id;
    while (h < r->s->n_stakeholders && (!ids[h] || strcmp(ids[h], n->text) != 0))
        h++;
    if (h == r->s->n_stakeholders)
        scenario_complain(
            r, n, SCENARIO_AT_VALUE, "unknown stakeholder %s in %s%s",
            scenario_say_name(r, n, n->text), scenario_say_path(r, n->parent),
            scenario_say_nearest(r, n, n->text, "stakeholders", ids, r->s->n_stakeholders));
    else if (stage[h] != TDO_NONE)
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s is in the order already",
                          scenario_say_name(r, n, n->text));
    else
        stage[h] = at;
}

static void read_order(scenario_reader *r, const tdo_node *list)
{
    size_t *stage = scenario_reader_alloc(r, r->s->n_stakeholders, sizeof *stage), n = 0;
    for (size_t h = 0; stage && h < r->s->n_stakeholders; h++)
        stage[h] = TDO_NONE;
    if (!list->n)
        scenario_complain(r, list, SCENARIO_AT_VALUE, "%s must not be empty",
                          scenario_say_path(r, list));
    for (const tdo_node *group = list->first; group && stage; group = group->next, n++) {
        if (!scenario_expect(r, group, SCENARIO_IS_LIST))
            continue;
        if (!group->n)
            scenario_complain(r, group, SCENARIO_AT_VALUE, "%s must not be empty",
                              scenario_say_path(r, group));
        for (const tdo_node *one = group->first; one; one = one->next)
            read_member(r, one, stage, n);
    }
    r->s->rule_options.stage = stage;
    r->s->rule_options.n_stages = n;
}

static void refuse(scenario_reader *r, const tdo_node *n, const char *rule)
{
    if (n)
        scenario_complain(r, n, SCENARIO_AT_KEY, "%s goes only with the rule \"%s\"",
                          scenario_say_name(r, n, n->key), rule);
}

void scenario_read_rule(scenario_reader *r, const tdo_node *n)
{
    tdo_scenario *s = r->s;
    rule_keys k = {.name = n};
    size_t rule = TDO_RULE_WEIGHTED;
    s->rule_place = n ? scenario_place_of(r, n, SCENARIO_AT_VALUE)
                      : (tdo_place){.file = s->file, .path = "rule"};
    if (n && n->type == JSON_NODE_OBJECT) {
        k.name = NULL;
        scenario_read_keys(r, n, rule_key, sizeof rule_key / sizeof *rule_key, &k);
    }
    const char *other = k.name ? terms_rule_of_other_kind(k.name->text, false) : NULL;
    if (other) {
        scenario_complain(r, k.name, SCENARIO_AT_VALUE, "rule %s: %s",
                          scenario_say_name(r, k.name, k.name->text), other);
        return;
    }
    if (k.name && !scenario_read_choice(r, k.name, tdo_rule_name, TDO_RULES, &rule))
        return;
    s->rule = (tdo_rule)rule;
    if (s->rule != TDO_RULE_OWA)
        refuse(r, k.weights, "owa");
    else if (k.weights)
        read_weights(r, k.weights);
    if (s->rule != TDO_RULE_PRIORITIES) {
        refuse(r, k.order, "priorities");
        refuse(r, k.slack, "priorities");
    } else {
        if (k.order)
            read_order(r, k.order);
        (void)scenario_read_amount(r, k.slack, &s->rule_options.slack);
    }
}
