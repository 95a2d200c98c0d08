/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decision record as JSON, format "tradeoff-decision/1". Its shape is held by
 * decision.schema.json; a change here is a change there. */
#include <math.h>
#include <string.h>

#include "json/writer.h"
#include "record/parts.h"

static void write_texts(tdo_json *j, const char *key, const char *const *text, size_t n)
{
    tdo_json_array(j, key, TDO_JSON_LINES);
    for (size_t k = 0; k < n; k++)
        tdo_json_text(j, NULL, text[k]);
    tdo_json_end(j);
}

static void write_decision(tdo_json *j, const tdo_decision *d)
{
    tdo_json_text(j, "date", d->date);
    tdo_json_text(j, "chosen", d->chosen);
    tdo_json_text(j, "because", d->because);
    write_texts(j, "decided_by", d->decided_by, d->n_decided_by);
    write_texts(j, "dissent", d->dissent, d->n_dissent);
    tdo_json_object(j, "scenario", TDO_JSON_LINES);
    tdo_json_text(j, "file", d->scenario);
    write_texts(j, "set", d->overrides.set, d->overrides.n_set);
    write_texts(j, "limit", d->overrides.limit, d->overrides.n_limit);
    tdo_json_text(j, "rule", d->overrides.rule);
    tdo_json_end(j);
}

/* ---- how the chosen one stands ---- */

static void write_place(tdo_json *j, const tdo_stand *s)
{
    const tdo_rule_result *headline = tdo_headline(s->run);
    tdo_json_text(j, "status", tdo_candidate_status(s->run, s->i));
    tdo_json_bool(j, "recommended", s->recommended);
    if (s->slot == UINT32_MAX) {
        tdo_json_null(j, "rank");
        tdo_json_null(j, "score");
        tdo_json_null(j, "behind");
    } else {
        double score = headline->score[s->slot];
        tdo_json_count(j, "rank", headline->rank[s->slot]);
        tdo_json_number(j, "score", score);
        tdo_json_number(j, "behind", headline->score[s->run->ranking.recommended] - score);
    }
}

static void write_breaks(tdo_json *j, const tdo_stand *s)
{
    const tdo_scenario *scenario = s->run->scenario;
    tdo_json_array(j, "breaks", TDO_JSON_LINES);
    for (size_t k = 0; k < scenario->n_constraints; k++) {
        if (!tdo_breaks(s, k))
            continue;
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_count(j, "constraint", k);
        tdo_json_text(j, "text", scenario->constraints[k].text);
        tdo_json_number(j, "by", tdo_miss(scenario, &s->run->measured, k, s->i));
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void write_rooms(tdo_json *j, const tdo_stand *s)
{
    tdo_json_array(j, "room", TDO_JSON_LINES);
    for (size_t k = 0; k < s->n_rooms; k++) {
        const tdo_room *r = &s->room[k];
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_count(j, "constraint", r->constraint);
        tdo_json_text(j, "side", r->is_max ? "max" : "min");
        tdo_json_number(j, "bound", r->bound);
        tdo_json_number(j, "reading", r->reading);
        tdo_json_number(j, "room", r->room);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void write_needs(tdo_json *j, const tdo_stand *s)
{
    const tdo_scenario *scenario = s->run->scenario;
    tdo_json_array(j, "needs", TDO_JSON_LINES);
    for (size_t k = 0; k < s->n_needs; k++) {
        const tdo_met_need *n = &s->need[k];
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "stakeholder", scenario->stakeholders[n->stakeholder].id);
        tdo_json_text(j, "criterion", scenario->criteria[n->need->criterion].id);
        if (n->need->has_min)
            tdo_json_number(j, "min", n->need->min);
        if (n->need->has_max)
            tdo_json_number(j, "max", n->need->max);
        tdo_json_number(j, "reading", n->reading);
        tdo_json_bool(j, "met", n->by <= 0);
        tdo_json_number(j, "by", n->by);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void write_stakeholders(tdo_json *j, const tdo_stand *s)
{
    const tdo_run *run = s->run;
    if (s->slot == UINT32_MAX) {
        tdo_json_null(j, "stakeholders");
        return;
    }
    tdo_json_object(j, "stakeholders", TDO_JSON_LINES);
    for (size_t h = 0; h < run->utility.s; h++) {
        tdo_json_object(j, run->scenario->stakeholders[h].id, TDO_JSON_FLOW);
        tdo_json_number(j, "utility", tdo_utility_at(run, h, s->slot));
        tdo_json_count(j, "rank", run->ranking.stakeholder_rank[h * run->utility.f + s->slot]);
        tdo_json_number(j, "regret", tdo_regret_at(run, h, s->slot));
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

/* ---- the result, inside ---- */

/* The text of a result, moved in by one level. Line ends stand between values only: JSON has none
 * in its strings. */
static tdo_status write_result(tdo_json *j, const tdo_run *run, tdo_arena *a)
{
    tdo_sink text = tdo_sink_memory(a);
    tdo_status status = tdo_write_result(run, false, &text);
    if (status != TDO_OK)
        return status;
    tdo_json_raw(j, "result", "");
    for (const char *p = text.text, *end = p + text.length - 1; p < end;) {
        size_t length = strcspn(p, "\n");
        tdo_put(j->o, p, length);
        p += length;
        if (p < end)
            tdo_puts(j->o, "\n  ");
        p++;
    }
    return TDO_OK;
}

static tdo_status write_record(tdo_json *j, const tdo_decision *d, const tdo_stand *s, tdo_arena *a)
{
    tdo_json_object(j, NULL, TDO_JSON_LINES);
    tdo_json_text(j, "format", "tradeoff-decision/1");
    tdo_json_object(j, "generator", TDO_JSON_FLOW);
    tdo_json_text(j, "name", "tradeoff");
    tdo_json_text(j, "version", TDO_VERSION);
    tdo_json_end(j);
    write_decision(j, d);
    tdo_json_object(j, "state", TDO_JSON_LINES);
    write_place(j, s);
    write_breaks(j, s);
    write_rooms(j, s);
    write_needs(j, s);
    write_stakeholders(j, s);
    tdo_json_end(j);
    tdo_status status = write_result(j, s->run, a);
    tdo_json_end(j);
    return status;
}

tdo_status tdo_write_record_json(const tdo_run *run, const tdo_decision *d, tdo_sink *o)
{
    tdo_arena *a = tdo_arena_new();
    tdo_stand s = {0};
    tdo_json j = {.o = o};
    tdo_status status = a ? tdo_find_stand(run, d->chosen, a, &s) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = write_record(&j, d, &s, a);
    if (status == TDO_OK)
        status = tdo_sink_status(o);
    tdo_arena_free(a);
    return status;
}
