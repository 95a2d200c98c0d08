/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decision record as JSON, format "tradeoff-decision/1". Its shape is held by
 * decision.schema.json; a change here is a change there. */
#include <math.h>
#include <string.h>

#include "record/parts.h"
#include "json/writer.h"

static void write_accepted(json_writer *j, const tdo_decision *d)
{
    json_put_array(j, "accepted", JSON_LINES);
    for (size_t k = 0; k < d->n_accepted; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_count(j, "constraint", d->accepted[k].constraint);
        json_put_text(j, "owner", d->accepted[k].owner);
        json_put_text(j, "words", d->accepted[k].words);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_decision(json_writer *j, const tdo_decision *d)
{
    json_put_text(j, "date", d->date);
    json_put_text(j, "chosen", d->chosen);
    json_put_text(j, "because", d->because);
    json_put_texts(j, "decided_by", d->decided_by, d->n_decided_by);
    json_put_texts(j, "dissent", d->dissent, d->n_dissent);
    write_accepted(j, d);
    json_put_object(j, "scenario", JSON_LINES);
    json_put_text(j, "file", d->scenario);
    json_put_texts(j, "set", d->overrides.set, d->overrides.n_set);
    json_put_texts(j, "limit", d->overrides.limit, d->overrides.n_limit);
    json_put_text(j, "rule", d->overrides.rule);
    json_put_end(j);
}

/* ---- how the chosen one stands ---- */

static void write_place(json_writer *j, const record_stand *s)
{
    const tdo_rule_result *headline = facts_headline(s->run);
    json_put_text(j, "status", facts_candidate_status(s->run, s->i));
    json_put_bool(j, "recommended", s->recommended);
    if (s->slot == UINT32_MAX) {
        json_put_null(j, "rank");
        json_put_null(j, "score");
        json_put_null(j, "behind");
    } else {
        double score = headline->score[s->slot];
        json_put_count(j, "rank", headline->rank[s->slot]);
        json_put_number(j, "score", score);
        json_put_number(j, "behind", facts_behind(s->run, s->slot));
    }
}

static void write_breaks(json_writer *j, const record_stand *s)
{
    const tdo_scenario *scenario = s->run->scenario;
    json_put_array(j, "breaks", JSON_LINES);
    for (size_t k = 0; k < scenario->n_constraints; k++) {
        if (!record_breaks(s, k))
            continue;
        json_put_object(j, NULL, JSON_FLOW);
        json_put_count(j, "constraint", k);
        json_put_text(j, "text", scenario->constraints[k].text);
        json_put_number(j, "by",
                        tdo_shortfall(scenario, &s->run->measured, &s->run->screened, k, s->i));
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_rooms(json_writer *j, const record_stand *s)
{
    json_put_array(j, "room", JSON_LINES);
    for (size_t k = 0; k < s->n_rooms; k++) {
        const record_room *r = &s->room[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_count(j, "constraint", r->constraint);
        json_put_text(j, "side", r->is_max ? "max" : "min");
        json_put_number(j, "bound", r->bound);
        json_put_number(j, "reading", r->reading);
        json_put_number(j, "room", r->room);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_needs(json_writer *j, const record_stand *s)
{
    const tdo_scenario *scenario = s->run->scenario;
    json_put_array(j, "needs", JSON_LINES);
    for (size_t k = 0; k < s->n_needs; k++) {
        const record_met_need *n = &s->need[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "stakeholder", scenario->stakeholders[n->stakeholder].id);
        json_put_text(j, "criterion", scenario->criteria[n->need->criterion].id);
        if (n->need->has_min)
            json_put_number(j, "min", n->need->min);
        if (n->need->has_max)
            json_put_number(j, "max", n->need->max);
        json_put_number(j, "reading", n->reading);
        json_put_bool(j, "met", n->by <= 0);
        json_put_number(j, "by", n->by);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_stakeholders(json_writer *j, const record_stand *s)
{
    const tdo_run *run = s->run;
    if (s->slot == UINT32_MAX) {
        json_put_null(j, "stakeholders");
        return;
    }
    json_put_object(j, "stakeholders", JSON_LINES);
    for (size_t h = 0; h < run->utility.s; h++) {
        json_put_object(j, run->scenario->stakeholders[h].id, JSON_FLOW);
        json_put_number(j, "utility", facts_utility_at(run, h, s->slot));
        json_put_count(j, "rank", facts_own_rank(run, h, s->slot));
        json_put_number(j, "regret", facts_regret_at(run, h, s->slot));
        json_put_end(j);
    }
    json_put_end(j);
}

/* ---- the result, inside ---- */

/* The text of a result, moved in by one level. Line ends stand between values only: JSON has none
 * in its strings. */
static void write_result(json_writer *j, const char *text, size_t length)
{
    json_put_raw(j, "result", "");
    for (const char *p = text, *end = p + length - 1; p < end;) {
        size_t line = strcspn(p, "\n");
        tdo_put(j->o, p, line);
        p += line;
        if (p < end)
            tdo_puts(j->o, "\n  ");
        p++;
    }
}

static void write_record(json_writer *j, const tdo_decision *d, const record_stand *s,
                         const char *result, size_t length)
{
    json_put_object(j, NULL, JSON_LINES);
    json_put_format(j, "tradeoff-decision/1");
    write_decision(j, d);
    json_put_object(j, "state", JSON_LINES);
    write_place(j, s);
    write_breaks(j, s);
    write_rooms(j, s);
    write_needs(j, s);
    write_stakeholders(j, s);
    json_put_end(j);
    write_result(j, result, length);
    json_put_end(j);
}

tdo_status record_write_json(const tdo_run *run, const tdo_decision *d, const char *result,
                             size_t length, tdo_sink *o)
{
    tdo_arena *a = tdo_arena_new();
    record_stand s = {0};
    json_writer j = {.o = o};
    tdo_status status = a ? record_find_stand(run, d->chosen, a, &s) : TDO_E_MEMORY;
    if (status == TDO_OK)
        write_record(&j, d, &s, result, length);
    if (status == TDO_OK)
        status = tdo_sink_status(o);
    tdo_arena_free(a);
    return status;
}

tdo_status tdo_write_record_json(const tdo_run *run, const tdo_decision *d, tdo_sink *o)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sink result = tdo_sink_memory(a);
    tdo_status status = a ? tdo_write_result(run, false, &result) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = record_write_json(run, d, result.text, result.length, o);
    tdo_arena_free(a);
    return status;
}
