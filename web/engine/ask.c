/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to one stakeholder, as tradeoff ask puts them. They stand on the limits as they are:
 * when those change, what was asked is gone, and the page gives its answers again. */
#include "engine/ask.h"

#include "tradeoff/explain.h"
#include "json/writer.h"

#include <string.h>

static struct {
    tdo_arena *arena;
    tdo_scenario scenario; /* the problem's, with what the stakeholder prefers */
    tdo_ask *ask;
} asked;

void web_stop_asking(void)
{
    tdo_ask_free(asked.ask);
    tdo_arena_free(asked.arena);
    asked.ask = NULL;
    asked.arena = NULL;
}

/* The input holds statements as bounds and d coefficients each. False: memory is out. */
static bool put_statements(size_t who)
{
    const tdo_scenario *s = &web.problem.scenario;
    const size_t parts = s->n_criteria + 1, n = web.input_length / sizeof(double) / parts;
    double *number = tdo_alloc(asked.arena, n * parts, sizeof *number);
    tdo_preference *part = tdo_alloc(asked.arena, n, sizeof *part);
    tdo_stakeholder *people = tdo_alloc(asked.arena, s->n_stakeholders, sizeof *people);
    if (!number || !part || !people)
        return false;
    memcpy(number, web.input, n * parts * sizeof *number);
    memcpy(people, s->stakeholders, s->n_stakeholders * sizeof *people);
    for (size_t k = 0; k < n; k++)
        part[k] = (tdo_preference){
            .bound = number[k * parts], .coefficient = number + k * parts + 1, .text = ""};
    people[who].prefers = part;
    people[who].n_prefers = n;
    asked.scenario = *s;
    asked.scenario.stakeholders = people;
    return true;
}

/* Begins to ask: the input holds what they prefer already. */
EXPORT(ask, int, (size_t who))
{
    web_stop_asking();
    web.error = (tdo_error){0};
    if (!web.limited || !web.run.feasible || who >= web.problem.scenario.n_stakeholders)
        return TDO_E_USAGE;
    asked.arena = tdo_arena_new();
    if (!asked.arena || !put_statements(who))
        return TDO_E_MEMORY;
    tdo_case k = tdo_case_of(&web.run);
    k.s = &asked.scenario;
    const tdo_status status = tdo_ask_start(&k, who, TDO_ASK_UNTIL, &asked.ask, &web.error);
    if (status != TDO_OK)
        web_stop_asking();
    return (int)status;
}

static tdo_status take(int reply)
{
    bool undone;
    if (reply < 0)
        return tdo_ask_undo(asked.ask, &undone, &web.error);
    return tdo_ask_look(asked.ask).end == TDO_ASK_GOES_ON && reply < TDO_REPLIES
               ? tdo_ask_answer(asked.ask, (tdo_ask_reply)reply, &web.error)
               : TDO_E_USAGE;
}

/* A tdo_ask_reply to the question; below 0: the last one is taken back. */
EXPORT(answer, int, (int reply))
{
    web.error = (tdo_error){0};
    const tdo_status status = asked.ask ? take(reply) : TDO_E_USAGE;
    if (status != TDO_OK)
        web_stop_asking();
    return (int)status;
}

static void put_rows(json_writer *j, const tdo_ask_row *row, size_t n)
{
    json_put_array(j, "rows", JSON_FLOW);
    for (size_t k = 0; k < n; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_count(j, "criterion", row[k].criterion);
        json_put_text(j, "label", row[k].label);
        json_put_text(j, "a", row[k].a);
        json_put_text(j, "b", row[k].b);
        json_put_bool(j, "first", row[k].a_is_better);
        json_put_end(j);
    }
    json_put_end(j);
}

static void put_leaders(json_writer *j)
{
    enum { LEADERS = 3 };
    size_t leader[LEADERS];
    const size_t n = tdo_ask_leaders(asked.ask, LEADERS, leader);
    json_put_array(j, "leaders", JSON_FLOW);
    for (size_t k = 0; k < n; k++)
        json_put_count(j, NULL, leader[k]);
    json_put_end(j);
}

/* Makes a text: where the questions stand, as JSON. Returns a status. */
EXPORT(look, int, (void))
{
    if (!asked.ask)
        return TDO_E_USAGE;
    if (!web_renew(&web.words))
        return TDO_E_MEMORY;
    const tdo_ask_view v = tdo_ask_look(asked.ask);
    const tdo_ask_row *row = NULL;
    const char *const *statement = NULL;
    size_t n_rows = 0, n = 0;
    if (tdo_ask_rows(asked.ask, web.words, &row, &n_rows) != TDO_OK ||
        tdo_ask_statements(asked.ask, web.words, &statement, &n) != TDO_OK)
        return TDO_E_MEMORY;
    web.text = tdo_sink_memory(web.words);
    json_writer j = {.o = &web.text};
    json_put_object(&j, NULL, JSON_FLOW);
    json_put_bool(&j, "open", v.end == TDO_ASK_GOES_ON);
    json_put_bool(&j, "sure", v.end == TDO_ASK_SURE);
    json_put_count(&j, "number", v.number);
    json_put_bool(&j, "again", v.again);
    json_put_count(&j, "left", v.left);
    json_put_count(&j, "a", v.a);
    json_put_count(&j, "b", v.b);
    json_put_number(&j, "regret", v.regret);
    put_rows(&j, row, n_rows);
    put_leaders(&j);
    json_put_text(&j, "where", tdo_ask_where(asked.ask, web.words));
    json_put_text(&j, "taken", tdo_ask_taken_back(asked.ask, web.words));
    json_put_text(&j, "claim", tdo_ask_sure(asked.ask, web.words));
    json_put_texts(&j, "statements", statement, n);
    json_put_end(&j);
    return web.text.failed ? TDO_E_MEMORY : TDO_OK;
}
