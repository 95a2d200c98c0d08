/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a split between candidates: "mix". */
#include <math.h>

#include "scenario/reader.h"

const char *const tdo_mix_rule_name[TDO_MIX_RULES] = {
    [TDO_MIX_AS_HEADLINE] = "headline",
    [TDO_MIX_WEIGHTED] = "weighted",
    [TDO_MIX_MAXIMIN] = "maximin",
    [TDO_MIX_LEXIMIN] = "leximin",
    [TDO_MIX_NASH] = "nash",
    [TDO_MIX_KALAI_SMORODINSKY] = "kalai-smorodinsky",
    [TDO_MIX_MINIMAX_REGRET] = "minimax-regret",
    [TDO_MIX_CHEBYSHEV] = "chebyshev",
};

enum { MOST_MODELS = 1000000 };

typedef struct mix_keys {
    const tdo_node *rule, *max_models, *min_share, *limits, *infeasible_may_mix;
} mix_keys;

static const tdo_key mix_key[] = {
    TDO_KEY(mix_keys, rule, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(mix_keys, max_models, TDO_IS_NUMBER, TDO_OPTIONAL),
    TDO_KEY(mix_keys, min_share, TDO_IS_NUMBER, TDO_OPTIONAL),
    TDO_KEY(mix_keys, limits, TDO_IS_LIST, TDO_OPTIONAL),
    TDO_KEY(mix_keys, infeasible_may_mix, TDO_IS_BOOL, TDO_OPTIONAL),
};

typedef struct limit_keys {
    const tdo_node *criterion, *column, *min, *max, *owner, *why;
} limit_keys;

static const tdo_key limit_key[] = {
    TDO_KEY(limit_keys, criterion, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(limit_keys, column, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(limit_keys, min, TDO_IS_ANY, TDO_OPTIONAL),
    TDO_KEY(limit_keys, max, TDO_IS_ANY, TDO_OPTIONAL),
    TDO_KEY(limit_keys, owner, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(limit_keys, why, TDO_IS_STRING, TDO_OPTIONAL),
};
enum { LIMIT_KEYS = sizeof limit_key / sizeof *limit_key };

static void read_limit(tdo_reader *r, const tdo_node *n, tdo_constraint *out)
{
    limit_keys k = {.column = NULL};

    *out = (tdo_constraint){
        .is = {.criterion = TDO_NONE}, .owner = "", .why = "", .stakeholder = TDO_NONE};
    if (!tdo_expect(r, n, TDO_IS_OBJECT))
        return;
    tdo_read_keys(r, n, limit_key, LIMIT_KEYS, &k);
    if (tdo_is_missing(n, limit_key, LIMIT_KEYS, "min") &&
        tdo_is_missing(n, limit_key, LIMIT_KEYS, "max"))
        tdo_complain(r, n, TDO_AT_VALUE, "%s must have a \"min\" or a \"max\"",
                     tdo_say_path(r, n));
    if (tdo_read_subject(r, n, limit_key, LIMIT_KEYS, k.criterion, k.column, &out->is))
        tdo_read_bounds(r, k.min, k.max, out->is.criterion, &out->is);
    tdo_read_text(k.owner, &out->owner);
    tdo_read_text(k.why, &out->why);
    if (r->complaints == 0)
        out->text = tdo_condition_text(r, &out->is);
}

static void read_limits(tdo_reader *r, const tdo_node *list, tdo_mix_options *out)
{
    size_t room = list->n < TDO_MAX_CONSTRAINTS ? list->n : TDO_MAX_CONSTRAINTS;

    out->limits = tdo_reader_alloc(r, room, sizeof *out->limits);
    for (const tdo_node *n = list->first; n != NULL && out->limits != NULL; n = n->next) {
        if (out->n_limits == room) {
            tdo_complain(r, n, TDO_AT_VALUE, "%s has %zu limits, at most %d are allowed",
                         tdo_say_path(r, list), list->n, TDO_MAX_CONSTRAINTS);
            break;
        }
        read_limit(r, n, &out->limits[out->n_limits++]);
    }
}

void tdo_read_mix(tdo_reader *r, const tdo_node *n)
{
    tdo_mix_options *out = &r->s->mix;
    mix_keys k = {.rule = NULL};
    size_t rule = 0;

    out->asked = true;
    out->place = tdo_place_of(r, n, TDO_AT_KEY);
    tdo_read_keys(r, n, mix_key, sizeof mix_key / sizeof *mix_key, &k);
    if (tdo_read_choice(r, k.rule, tdo_mix_rule_name + 1, TDO_MIX_RULES - 1, &rule)) {
        out->rule = (tdo_mix_rule)(rule + 1);
        out->rule_place = tdo_place_of(r, k.rule, TDO_AT_VALUE);
    }
    if (k.max_models != NULL) {
        double most = k.max_models->number;
        if (!(most >= 1) || most > MOST_MODELS || floor(most) < most)
            tdo_complain(r, k.max_models, TDO_AT_VALUE,
                         "%s must be a whole number from 1 to %d, found %s",
                         tdo_say_path(r, k.max_models), MOST_MODELS,
                         tdo_say_value(r, k.max_models));
        else
            out->max_models = (size_t)most;
    }
    if (k.min_share != NULL) {
        out->min_share = k.min_share->number;
        if (!(out->min_share >= 0 && out->min_share <= 1))
            tdo_complain(r, k.min_share, TDO_AT_VALUE, "%s must be from 0 to 1, found %s",
                         tdo_say_path(r, k.min_share), tdo_say_value(r, k.min_share));
    }
    if (k.limits != NULL)
        read_limits(r, k.limits, out);
    out->infeasible_may_mix = k.infeasible_may_mix != NULL && k.infeasible_may_mix->yes;
}
