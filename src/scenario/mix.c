/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a split between candidates: "mix". */
#include <math.h>

#include "scenario/reader.h"

enum { MOST_MODELS = 1000000 };

typedef struct mix_keys {
    const tdo_node *rule, *max_models, *min_share, *limits, *infeasible_may_mix, *frontier;
} mix_keys;

static const scenario_key mix_key[] = {
    SCENARIO_KEY(mix_keys, rule, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(mix_keys, max_models, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(mix_keys, min_share, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(mix_keys, limits, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(mix_keys, infeasible_may_mix, SCENARIO_IS_BOOL, SCENARIO_OPTIONAL),
    SCENARIO_KEY(mix_keys, frontier, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
};

typedef struct limit_keys {
    const tdo_node *criterion, *column, *min, *max, *owner, *why;
} limit_keys;

static const scenario_key limit_key[] = {
    SCENARIO_KEY(limit_keys, criterion, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(limit_keys, column, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(limit_keys, min, SCENARIO_IS_ANY, SCENARIO_OPTIONAL),
    SCENARIO_KEY(limit_keys, max, SCENARIO_IS_ANY, SCENARIO_OPTIONAL),
    SCENARIO_KEY(limit_keys, owner, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(limit_keys, why, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};
enum { LIMIT_KEYS = sizeof limit_key / sizeof *limit_key };

static void read_limit(scenario_reader *r, const tdo_node *n, tdo_constraint *out)
{
    limit_keys k = {.column = NULL};
    *out = (tdo_constraint){
        .condition = {.criterion = TDO_NONE}, .owner = "", .why = "", .stakeholder = TDO_NONE};
    if (!scenario_expect(r, n, SCENARIO_IS_OBJECT))
        return;
    scenario_read_keys(r, n, limit_key, LIMIT_KEYS, &k);
    if (scenario_is_missing(n, limit_key, LIMIT_KEYS, "min") &&
        scenario_is_missing(n, limit_key, LIMIT_KEYS, "max"))
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must have a \"min\" or a \"max\"",
                          scenario_say_path(r, n));
    const bool lacking = scenario_lacks_subject(n, limit_key, LIMIT_KEYS);
    if (scenario_read_subject(r, n, lacking, k.criterion, k.column, &out->condition))
        scenario_read_bounds(r, k.min, k.max, out->condition.criterion, &out->condition);
    scenario_read_text(k.owner, &out->owner);
    scenario_read_text(k.why, &out->why);
    out->text = scenario_say_condition(r, &out->condition);
}

static void read_limits(scenario_reader *r, const tdo_node *list, tdo_mix_options *out)
{
    const size_t room = scenario_limits_room(list);
    out->limits = scenario_reader_alloc(r, room, sizeof *out->limits);
    for (const tdo_node *n = list->first; n && out->limits; n = n->next) {
        if (scenario_is_beyond(r, list, n, out->n_limits, "limits"))
            break;
        read_limit(r, n, &out->limits[out->n_limits++]);
    }
}

void scenario_read_mix(scenario_reader *r, const tdo_node *n)
{
    tdo_mix_options *out = &r->s->mix;
    mix_keys k = {.rule = NULL};
    size_t rule = 0;
    out->asked = true;
    out->place = scenario_place_of(r, n, SCENARIO_AT_KEY);
    scenario_read_keys(r, n, mix_key, sizeof mix_key / sizeof *mix_key, &k);
    if (scenario_read_choice(r, k.rule, tdo_mix_rule_name + 1, TDO_MIX_RULES - 1, &rule)) {
        out->rule = (tdo_mix_rule)(rule + 1);
        out->rule_place = scenario_place_of(r, k.rule, SCENARIO_AT_VALUE);
    }
    if (k.max_models) {
        double most = k.max_models->number;
        if (!(most >= 1) || most > MOST_MODELS || floor(most) < most)
            scenario_complain(r, k.max_models, SCENARIO_AT_VALUE,
                              "%s must be a whole number from 1 to %d, found %s",
                              scenario_say_path(r, k.max_models), MOST_MODELS,
                              scenario_say_value(r, k.max_models));
        else
            out->max_models = (size_t)most;
    }
    if (k.min_share) {
        out->min_share = k.min_share->number;
        if (!(out->min_share >= 0 && out->min_share <= 1))
            scenario_complain(r, k.min_share, SCENARIO_AT_VALUE, "%s must be from 0 to 1, found %s",
                              scenario_say_path(r, k.min_share),
                              scenario_say_value(r, k.min_share));
    }
    if (k.limits)
        read_limits(r, k.limits, out);
    out->infeasible_may_mix = k.infeasible_may_mix && k.infeasible_may_mix->yes;
    if (k.frontier)
        scenario_read_splits(r, k.frontier);
}
