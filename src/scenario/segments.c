/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "segments": which file holds the candidates in each segment, and what a plan must keep. */
#include <stdint.h>
#include <string.h>

#include "scenario/reader.h"
#include "terms/condition.h"

typedef struct segments_keys {
    const tdo_node *file, *id, *segment, *size, *group, *limits, *floor, *holdout, *incumbent,
        *delimiter;
} segments_keys;

static const scenario_key segments_key[] = {
    SCENARIO_KEY(segments_keys, file, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(segments_keys, id, SCENARIO_IS_STRING | SCENARIO_IS_LIST, SCENARIO_REQUIRED),
    SCENARIO_KEY(segments_keys, segment, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(segments_keys, size, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segments_keys, group, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segments_keys, limits, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segments_keys, floor, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segments_keys, holdout, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segments_keys, incumbent, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segments_keys, delimiter, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};

typedef struct segment_limit_keys {
    const tdo_node *criterion, *column, *candidate, *min, *max, *share_min, *share_max, *gap_max,
        *not_below, *owner, *why;
} segment_limit_keys;

static const scenario_key limit_key[] = {
    SCENARIO_KEY(segment_limit_keys, criterion, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, column, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, candidate, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, min, SCENARIO_IS_ANY, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, max, SCENARIO_IS_ANY, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, share_min, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, share_max, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, gap_max, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, not_below, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, owner, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, why, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};

static const scenario_key floor_key[] = {
    SCENARIO_KEY(segment_limit_keys, criterion, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, column, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, min, SCENARIO_IS_ANY, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, max, SCENARIO_IS_ANY, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, owner, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(segment_limit_keys, why, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};

#define COUNT(keys) (sizeof(keys) / sizeof *(keys))

/* ---- limits ---- */

/* Which of the three kinds of keys a limit has. */
static bool check_kind(scenario_reader *r, const tdo_node *n, const segment_limit_keys *k)
{
    const tdo_node *average = k->min ? k->min : k->max;
    const tdo_node *share = k->share_min ? k->share_min : k->share_max;
    const tdo_node *subject = k->candidate && (k->criterion || k->column) ? k->candidate : NULL;
    if (subject || (k->criterion && k->column)) {
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must have one of \"criterion\", \"column\" and \"candidate\"",
                          scenario_say_path(r, n));
        return false;
    }
    if (k->candidate && (average || k->gap_max)) {
        const tdo_node *at = average ? average : k->gap_max;
        scenario_complain(r, at, SCENARIO_AT_KEY,
                          "%s does not go with \"candidate\", which has \"share_min\" and "
                          "\"share_max\"",
                          scenario_say_path(r, at));
        return false;
    }
    if (!k->candidate && share) {
        scenario_complain(r, share, SCENARIO_AT_KEY, "%s goes only with \"candidate\"",
                          scenario_say_path(r, share));
        return false;
    }
    if (average && k->gap_max) {
        scenario_complain(r, k->gap_max, SCENARIO_AT_KEY,
                          "%s does not go with \"min\" and \"max\": a gap is a limit of its own",
                          scenario_say_path(r, k->gap_max));
        return false;
    }
    return true;
}

static void check_some(scenario_reader *r, const tdo_node *n, const segment_limit_keys *k,
                       bool is_floor)
{
    const scenario_key *keys = is_floor ? floor_key : limit_key;
    const size_t n_keys = is_floor ? COUNT(floor_key) : COUNT(limit_key);
    static const char *const any[] = {"min", "max", "share_min", "share_max", "gap_max"};
    if (!k->candidate && scenario_lacks_subject(n, keys, n_keys) &&
        (is_floor || scenario_is_missing(n, keys, n_keys, "candidate")))
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          is_floor ? "%s must have a \"criterion\" or a \"column\""
                                   : "%s must have a \"criterion\", a \"column\" or a "
                                     "\"candidate\"",
                          scenario_say_path(r, n));
    for (size_t i = 0; i < (is_floor ? 2 : COUNT(any)); i++)
        if (!scenario_is_missing(n, keys, n_keys, any[i]))
            return;
    scenario_complain(r, n, SCENARIO_AT_VALUE,
                      is_floor       ? "%s must have a \"min\" or a \"max\""
                      : k->candidate ? "%s must have a \"share_max\" or a \"share_min\""
                                     : "%s must have a \"min\", a \"max\" or a \"gap_max\"",
                      scenario_say_path(r, n));
}

static bool read_share(scenario_reader *r, const tdo_node *n, double *out)
{
    if (!n)
        return false;
    if (!(n->number >= 0 && n->number <= 1))
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must be from 0 to 1, found %s",
                          scenario_say_path(r, n), scenario_say_value(r, n));
    *out = n->number;
    return true;
}

static void read_gap(scenario_reader *r, const segment_limit_keys *k, tdo_segment_limit *out)
{
    const tdo_segments *s = r->s->segments;
    size_t which = 0;
    if (k->not_below && !k->gap_max)
        scenario_complain(r, k->not_below, SCENARIO_AT_KEY, "%s goes only with \"gap_max\"",
                          scenario_say_path(r, k->not_below));
    if (!k->gap_max)
        return;
    out->is_gap = true;
    out->has_max = scenario_read_amount(r, k->gap_max, &out->max);
    if (!s->group)
        scenario_complain(r, k->gap_max, SCENARIO_AT_KEY,
                          "%s is a gap between groups: \"segments\" must have a \"group\"",
                          scenario_say_path(r, k->gap_max));
    if (scenario_read_choice(r, k->not_below, tdo_not_below_name + 1, TDO_BELOWS - 1, &which))
        out->not_below = (tdo_not_below)(which + 1);
    if (k->not_below && out->on.criterion != SIZE_MAX &&
        r->s->criteria[out->on.criterion].goal == TDO_GOAL_TARGET)
        scenario_complain(r, k->not_below, SCENARIO_AT_KEY,
                          "%s needs a criterion of which more, or less, is better",
                          scenario_say_path(r, k->not_below));
    if (k->not_below && k->column)
        scenario_complain(
            r, k->not_below, SCENARIO_AT_KEY,
            "%s goes only with \"criterion\": nobody knows what is better of a column",
            scenario_say_path(r, k->not_below));
    if (out->not_below == TDO_BELOW_TODAY && !s->incumbent && !r->s->incumbent)
        scenario_complain(r, k->not_below, SCENARIO_AT_VALUE,
                          "%s needs an \"incumbent\" in \"segments\" or in \"candidates\"",
                          scenario_say_path(r, k->not_below));
}

static const char *say_limit(scenario_reader *r, const tdo_segment_limit *l,
                             const tdo_condition *is)
{
    const tdo_criterion *c =
        is->criterion != TDO_NONE && r->complaints == 0 ? &r->s->criteria[is->criterion] : NULL;
    tdo_sink o = tdo_sink_memory(r->a);
    if (r->complaints > 0)
        return "";
    if (!l->is_gap && !l->on.candidate)
        return scenario_say_condition(r, is);
    tdo_puts(&o, l->is_gap ? "gap of " : "share of ");
    tdo_puts(&o, l->on.candidate ? l->on.candidate : c ? c->id : l->on.column);
    if (l->has_min) {
        tdo_puts(&o, " >= ");
        tdo_put_number(&o, l->min);
    }
    if (l->has_max) {
        tdo_puts(&o, l->has_min ? " and <= " : " <= ");
        tdo_put_number(&o, l->max);
    }
    if (c && c->unit[0]) {
        tdo_puts(&o, " ");
        tdo_puts(&o, c->unit);
    }
    if (l->not_below != TDO_BELOW_ANYTHING)
        tdo_putf(&o, ", not below %s", tdo_not_below_name[l->not_below]);
    r->no_memory = r->no_memory || o.failed;
    return o.failed ? "" : o.text;
}

static void read_limit(scenario_reader *r, const tdo_node *n, bool is_floor, tdo_segment_limit *out)
{
    segment_limit_keys k = {.column = NULL};
    tdo_condition is = {.criterion = TDO_NONE};
    *out = (tdo_segment_limit){.on = {.criterion = SIZE_MAX}, .owner = "", .why = "", .text = ""};
    if (!scenario_expect(r, n, SCENARIO_IS_OBJECT))
        return;
    scenario_read_keys(r, n, is_floor ? floor_key : limit_key,
                       is_floor ? COUNT(floor_key) : COUNT(limit_key), &k);
    check_some(r, n, &k, is_floor);
    if (!check_kind(r, n, &k))
        return;
    if (k.criterion || k.column) {
        if (scenario_read_subject(r, n, false, k.criterion, k.column, &is))
            scenario_read_bounds(r, k.min, k.max, is.criterion, &is);
        out->on = (tdo_segment_subject){is.criterion, is.column, NULL};
        out->has_min = is.has_min;
        out->has_max = is.has_max;
        out->min = is.min;
        out->max = is.max;
        out->place = is.place;
    } else if (k.candidate) {
        scenario_read_name(r, k.candidate, &out->on.candidate);
        out->place = scenario_place_of(r, k.candidate, SCENARIO_AT_VALUE);
        out->has_min = read_share(r, k.share_min, &out->min);
        out->has_max = read_share(r, k.share_max, &out->max);
        if (out->has_min && out->has_max && out->min > out->max)
            scenario_complain(r, k.share_max, SCENARIO_AT_VALUE,
                              "%s has a \"share_min\" above its \"share_max\"",
                              scenario_say_path(r, n));
    }
    read_gap(r, &k, out);
    scenario_read_text(k.owner, &out->owner);
    scenario_read_text(k.why, &out->why);
    out->text = say_limit(r, out, &is);
}

static tdo_segment_limit *read_limits(scenario_reader *r, const tdo_node *list, bool is_floor,
                                      size_t *n_out)
{
    const size_t room = scenario_limits_room(list);
    tdo_segment_limit *out = scenario_reader_alloc(r, room, sizeof *out);
    for (const tdo_node *n = list->first; n && out; n = n->next) {
        if (scenario_is_beyond(r, list, n, *n_out, "limits"))
            break;
        read_limit(r, n, is_floor, &out[(*n_out)++]);
    }
    return out;
}

/* ---- the rest ---- */

/* {"quality": "quality_holdout"}: criteria that are read of one column. */
static void read_holdout(scenario_reader *r, const tdo_node *n, tdo_segments *out)
{
    out->holdout = scenario_reader_alloc(r, n->n, sizeof *out->holdout);
    for (const tdo_node *item = n->first; item && out->holdout; item = item->next) {
        tdo_holdout *h = &out->holdout[out->n_holdout];
        *h = (tdo_holdout){.criterion = TDO_NONE};
        if (scenario_expect(r, item, SCENARIO_IS_STRING))
            h->criterion = scenario_key_criterion(r, item);
        if (h->criterion == TDO_NONE)
            continue;
        const tdo_criterion *c = &r->s->criteria[h->criterion];
        if (c->n_terms != 1 || c->linear)
            scenario_complain(r, item, SCENARIO_AT_KEY,
                              "%s must be a criterion that is read from one column",
                              scenario_say_path(r, item));
        scenario_read_column(r, item, &h->column, &h->place);
        out->n_holdout += h->column != NULL;
    }
}

/* Standard input may hold the segments where it does not hold the scenario. */
static void refuse_input_twice(scenario_reader *r, const tdo_node *n, const char *file)
{
    if (file && strcmp(file, "-") == 0 && strcmp(r->s->file, "-") == 0)
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s is standard input, which is the scenario already",
                          scenario_say_path(r, n));
}

void scenario_read_segments(scenario_reader *r, const tdo_node *n)
{
    segments_keys k = {.file = NULL};
    tdo_segments *s = scenario_reader_alloc(r, 1, sizeof *s);
    if (!s)
        return;
    r->s->segments = s;
    s->place = scenario_place_of(r, n, SCENARIO_AT_KEY);
    scenario_read_keys(r, n, segments_key, COUNT(segments_key), &k);
    scenario_read_beside(r, k.file, k.id, k.delimiter, &s->from);
    refuse_input_twice(r, k.file, s->from.file);
    scenario_read_column(r, k.segment, &s->segment, &s->segment_place);
    scenario_read_column(r, k.size, &s->size, &s->size_place);
    scenario_read_column(r, k.group, &s->group, &s->group_place);
    scenario_read_column(r, k.incumbent, &s->incumbent, &s->incumbent_place);
    if (k.limits)
        s->limits = read_limits(r, k.limits, false, &s->n_limits);
    if (k.floor)
        s->floors = read_limits(r, k.floor, true, &s->n_floors);
    if (k.holdout)
        read_holdout(r, k.holdout, s);
}
