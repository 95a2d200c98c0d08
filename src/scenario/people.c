/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads "stakeholders" (weights, powers, needs) and "powers". */
#include <math.h>

#include "scenario/statement.h"

typedef struct stakeholder_keys {
    const tdo_node *label, *power, *weights, *prefers, *rates, *vague, *needs, *move_cost,
        *objections;
} stakeholder_keys;

static const scenario_key stakeholder_key[] = {
    SCENARIO_KEY(stakeholder_keys, label, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(stakeholder_keys, power, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(stakeholder_keys, weights, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(stakeholder_keys, prefers, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(stakeholder_keys, rates, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(stakeholder_keys, vague, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(stakeholder_keys, needs, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(stakeholder_keys, move_cost, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(stakeholder_keys, objections, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
};
enum { STAKEHOLDER_KEYS = sizeof stakeholder_key / sizeof *stakeholder_key };

typedef struct need_keys {
    const tdo_node *min, *max, *veto;
} need_keys;

static const scenario_key need_key[] = {
    SCENARIO_KEY(need_keys, min, SCENARIO_IS_ANY, SCENARIO_OPTIONAL),
    SCENARIO_KEY(need_keys, max, SCENARIO_IS_ANY, SCENARIO_OPTIONAL),
    SCENARIO_KEY(need_keys, veto, SCENARIO_IS_BOOL, SCENARIO_OPTIONAL),
};
enum { NEED_KEYS = sizeof need_key / sizeof *need_key };

typedef struct objection_keys {
    const tdo_node *candidate, *by, *words;
} objection_keys;

static const scenario_key objection_key[] = {
    SCENARIO_KEY(objection_keys, candidate, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(objection_keys, by, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(objection_keys, words, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
};
enum { OBJECTION_KEYS = sizeof objection_key / sizeof *objection_key };

static void read_weights(scenario_reader *r, const tdo_node *weights, tdo_stakeholder *s)
{
    size_t before = r->complaints;
    double sum = 0;
    if (!weights)
        return;
    for (const tdo_node *n = weights->first; n; n = n->next) {
        size_t i = scenario_key_criterion(r, n);
        double weight = 0;
        if (!scenario_expect(r, n, SCENARIO_IS_NUMBER) || !scenario_read_amount(r, n, &weight) ||
            i == TDO_NONE)
            continue;
        s->weights[i] = weight;
        sum += weight;
    }
    if (!isfinite(sum))
        scenario_complain(r, weights, SCENARIO_AT_VALUE,
                          "the sum of %s is more than a double can hold",
                          scenario_say_path(r, weights));
    else if (sum == 0 && r->complaints == before)
        scenario_complain(r, weights, SCENARIO_AT_VALUE,
                          "%s must have a weight that is more than 0",
                          scenario_say_path(r, weights));
}

static void read_need(scenario_reader *r, const tdo_node *n, tdo_stakeholder *s)
{
    size_t criterion = scenario_key_criterion(r, n);
    need_keys k = {.min = NULL};
    tdo_condition is = {.criterion = criterion};
    if (!scenario_expect(r, n, SCENARIO_IS_OBJECT))
        return;
    scenario_read_keys(r, n, need_key, NEED_KEYS, &k);
    if (scenario_is_missing(n, need_key, NEED_KEYS, "min") &&
        scenario_is_missing(n, need_key, NEED_KEYS, "max"))
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must have a \"min\" or a \"max\"",
                          scenario_say_path(r, n));
    if (criterion == TDO_NONE)
        return; /* whether its bounds may be levels is not known */
    scenario_read_bounds(r, k.min, k.max, criterion, &is);
    s->needs[s->n_needs++] = (tdo_need){.criterion = criterion,
                                        .has_min = is.has_min,
                                        .has_max = is.has_max,
                                        .min = is.min,
                                        .max = is.max,
                                        .veto = k.veto && k.veto->yes,
                                        .place = scenario_place_of(r, n, SCENARIO_AT_VALUE)};
}

/* By how much each weight may be off. */
static void read_vague(scenario_reader *r, const tdo_node *n, bool weights, tdo_stakeholder *s)
{
    if (!n)
        return;
    if (!(n->number > 0 && n->number <= 1))
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must be above 0 and at most 1, found %s",
                          scenario_say_path(r, n), scenario_say_value(r, n));
    else if (!weights)
        scenario_complain(r, n, SCENARIO_AT_KEY,
                          "%s says how far \"weights\" may be off, and there are none",
                          scenario_say_path(r, n));
    else
        s->vague = n->number;
}

static void read_preferences(scenario_reader *r, const stakeholder_keys *k, tdo_stakeholder *s)
{
    const scenario_subject weights = {.name = r->criterion_id,
                                      .n = r->s->n_criteria,
                                      .one = "criterion",
                                      .all = "criteria",
                                      .amount = "a weight",
                                      .expected = "a criterion or a number",
                                      .wholes = true};
    scenario_subject amounts = weights;
    amounts.wholes = false;
    amounts.rates = true;
    if (k->prefers)
        scenario_read_statements(r, k->prefers, &weights, &s->prefers, &s->n_prefers);
    if (k->rates)
        scenario_read_statements(r, k->rates, &amounts, &s->prefers, &s->n_prefers);
}

/* Words that gather took from ballots: kept, and shown where candidates are explained. */
static void read_objections(scenario_reader *r, const tdo_node *list, tdo_stakeholder *s)
{
    if (!list)
        return;
    s->objections = scenario_reader_alloc(r, list->n, sizeof *s->objections);
    for (const tdo_node *n = s->objections ? list->first : NULL; n; n = n->next) {
        objection_keys k = {.words = NULL};
        tdo_objection *said = &s->objections[s->n_objections];
        if (!scenario_expect(r, n, SCENARIO_IS_OBJECT))
            continue;
        scenario_read_keys(r, n, objection_key, OBJECTION_KEYS, &k);
        scenario_read_name(r, k.candidate, &said->candidate);
        scenario_read_name(r, k.by, &said->by);
        scenario_read_name(r, k.words, &said->words);
        s->n_objections += said->words != NULL;
    }
}

static void read_stakeholder(scenario_reader *r, const tdo_node *n, tdo_stakeholder *s)
{
    stakeholder_keys k = {.label = NULL};
    scenario_check_id(r, n, "stakeholder");
    *s = (tdo_stakeholder){.id = n->key, .label = n->key, .power = 1, .move_cost = 1};
    s->place = scenario_place_of(r, n, SCENARIO_AT_VALUE);
    s->weights = scenario_reader_alloc(r, r->s->n_criteria, sizeof *s->weights);
    s->needs = scenario_reader_alloc(r, r->s->n_criteria, sizeof *s->needs);
    if (r->no_memory || !scenario_expect(r, n, SCENARIO_IS_OBJECT))
        return;
    scenario_read_keys(r, n, stakeholder_key, STAKEHOLDER_KEYS, &k);
    if (scenario_is_missing(n, stakeholder_key, STAKEHOLDER_KEYS, "weights") &&
        scenario_is_missing(n, stakeholder_key, STAKEHOLDER_KEYS, "prefers") &&
        scenario_is_missing(n, stakeholder_key, STAKEHOLDER_KEYS, "rates"))
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must have \"weights\", \"prefers\" or \"rates\"",
                          scenario_say_path(r, n));
    scenario_read_name(r, k.label, &s->label);
    s->has_power = scenario_read_amount(r, k.power, &s->power);
    (void)scenario_read_amount(r, k.move_cost, &s->move_cost);
    read_weights(r, k.weights, s);
    s->only_prefers = !k.weights;
    read_preferences(r, &k, s);
    read_vague(r, k.vague, k.weights, s);
    if (k.needs)
        for (const tdo_node *need = k.needs->first; need; need = need->next)
            read_need(r, need, s);
    read_objections(r, k.objections, s);
}

static void check_powers(scenario_reader *r, const tdo_node *n)
{
    double sum = 0;
    for (size_t i = 0; i < r->s->n_stakeholders; i++)
        sum += r->s->stakeholders[i].power;
    if (!isfinite(sum))
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "the sum of the powers is more than a double can hold");
    else if (sum == 0)
        scenario_complain(r, n, SCENARIO_AT_VALUE, "every power is 0: at least one must be more");
}

void scenario_read_powers(scenario_reader *r, const tdo_node *list)
{
    tdo_scenario *s = r->s;
    const char **id = scenario_reader_alloc(r, s->n_stakeholders, sizeof *id);
    if (!id)
        return;
    for (size_t h = 0; h < s->n_stakeholders; h++)
        id[h] = s->stakeholders[h].id;
    const scenario_subject powers = {.name = id,
                                     .n = s->n_stakeholders,
                                     .one = "stakeholder",
                                     .all = "stakeholders",
                                     .amount = "a power",
                                     .expected = "a stakeholder or a number"};
    scenario_read_statements(r, list, &powers, &s->powers, &s->n_powers);
    s->powers_place = scenario_place_of(r, list, SCENARIO_AT_VALUE);
}

void scenario_read_stakeholders(scenario_reader *r, const tdo_node *people)
{
    tdo_scenario *s = r->s;
    size_t n = people->n < TDO_MAX_STAKEHOLDERS ? people->n : TDO_MAX_STAKEHOLDERS, i = 0;
    s->stakeholders = scenario_reader_alloc(r, n, sizeof *s->stakeholders);
    if (r->no_memory)
        return;
    if (people->n == 0) {
        scenario_complain(r, people, SCENARIO_AT_VALUE, "there must be at least one stakeholder");
        return;
    }
    s->n_stakeholders = n;
    for (const tdo_node *p = people->first; p; p = p->next, i++) {
        if (i == n) {
            scenario_complain(r, p, SCENARIO_AT_KEY, "%zu stakeholders, at most %d are allowed",
                              people->n, TDO_MAX_STAKEHOLDERS);
            break;
        }
        read_stakeholder(r, p, &s->stakeholders[i]);
    }
    check_powers(r, people);
}
