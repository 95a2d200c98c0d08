/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile for other programs, format "tradeoff-profile/1". */
#include "json/writer.h"
#include "tradeoff/output.h"

#include <math.h>

static void put_tallies(tdo_json *j, const char *key, const tdo_tally *t, size_t n)
{
    tdo_json_array(j, key, TDO_JSON_FLOW);
    for (size_t k = 0; k < n; k++) {
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "text", t[k].text);
        tdo_json_count(j, "count", t[k].n);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void put_numbers(tdo_json *j, const tdo_profiled *c)
{
    if (!c->numeric) {
        tdo_json_null(j, "numbers");
        return;
    }
    tdo_json_object(j, "numbers", TDO_JSON_FLOW);
    tdo_json_count(j, "count", c->numbers);
    tdo_json_number(j, "min", c->min);
    tdo_json_number(j, "median", c->median);
    tdo_json_number(j, "max", c->max);
    tdo_json_bool(j, "median_estimated", c->median_estimated);
    tdo_json_count(j, "zeros", c->zeros);
    tdo_json_count(j, "negatives", c->negatives);
    tdo_json_bool(j, "whole", c->numbers > 0 && c->integers == c->numbers);
    tdo_json_end(j);
}

static void put_goal(tdo_json *j, const tdo_goal_guess *g)
{
    tdo_json_object(j, "goal", TDO_JSON_FLOW);
    const bool target = g->known && g->goal == TDO_GOAL_TARGET;
    tdo_json_text(j, "guess", !g->known                  ? NULL
                              : target                   ? "target"
                              : g->goal == TDO_GOAL_MAX ? "max"
                                                         : "min");
    tdo_json_number(j, "target", target ? g->target : (double)NAN);
    tdo_json_text(j, "because", g->because);
    tdo_json_text(j, "about", tdo_topic_name[g->topic]);
    tdo_json_end(j);
}

static void put_partner(tdo_json *j, const tdo_profile *p, const tdo_profiled *c)
{
    if (c->partner == TDO_PARTNER_NONE) {
        tdo_json_null(j, "partner");
        return;
    }
    tdo_json_object(j, "partner", TDO_JSON_FLOW);
    tdo_json_text(j, "is", tdo_partner_name[c->partner]);
    tdo_json_text(j, "of", p->column[c->partner_of].name);
    tdo_json_count(j, "of_column", c->partner_of + 1);
    tdo_json_end(j);
}

static void put_note(tdo_json *j, const tdo_note *n)
{
    tdo_json_object(j, NULL, TDO_JSON_FLOW);
    tdo_json_text(j, "code", n->code);
    tdo_json_text(j, "message", n->message);
    tdo_json_count(j, "count", n->count);
    if (n->line > 0)
        tdo_json_count(j, "line", n->line);
    else
        tdo_json_null(j, "line");
    if (n->at > 0)
        tdo_json_count(j, "column", n->at);
    else
        tdo_json_null(j, "column");
    tdo_json_bool(j, "refused", n->refused);
    tdo_json_end(j);
}

static void put_notes(tdo_json *j, const tdo_profile *p, size_t column)
{
    tdo_json_array(j, "notes", TDO_JSON_LINES);
    for (size_t k = 0; k < p->n_notes; k++)
        if (p->note[k].column == column)
            put_note(j, &p->note[k]);
    tdo_json_end(j);
}

static void put_column(tdo_json *j, const tdo_profile *p, size_t i)
{
    const tdo_profiled *c = &p->column[i];
    tdo_json_object(j, NULL, TDO_JSON_LINES);
    tdo_json_text(j, "name", c->name);
    tdo_json_text(j, "type", tdo_kind_name[c->kind]);
    tdo_json_count(j, "missing", c->cells[TDO_CELL_MISSING].n);
    tdo_json_count(j, "near_missing", c->numeric ? c->cells[TDO_CELL_NEAR].n : 0);
    put_tallies(j, "marks", c->mark, c->n_marks);
    tdo_json_count(j, "distinct", c->distinct);
    tdo_json_bool(j, "distinct_more", c->distinct_more);
    put_numbers(j, c);
    if (c->numeric || !c->word)
        tdo_json_null(j, "words");
    else
        put_tallies(j, "words", c->word, c->n_words);
    if (c->level) {
        tdo_json_array(j, "levels", TDO_JSON_FLOW);
        for (size_t k = 0; k < c->n_levels; k++)
            tdo_json_text(j, NULL, c->level[k]);
        tdo_json_end(j);
    } else {
        tdo_json_null(j, "levels");
    }
    put_partner(j, p, c);
    put_goal(j, &c->guess);
    put_notes(j, p, i);
    tdo_json_end(j);
}

tdo_status tdo_write_profile_json(const tdo_profile *p, tdo_sink *o)
{
    tdo_json j = {.o = o};
    tdo_json_object(&j, NULL, TDO_JSON_LINES);
    tdo_json_text(&j, "format", "tradeoff-profile/1");
    tdo_json_object(&j, "generator", TDO_JSON_FLOW);
    tdo_json_text(&j, "name", "tradeoff");
    tdo_json_text(&j, "version", TDO_VERSION);
    tdo_json_end(&j);
    tdo_json_text(&j, "file", p->file);
    tdo_json_text(&j, "sha256", p->sha256);
    tdo_json_text(&j, "delimiter", (char[]){p->delimiter, '\0'});
    tdo_json_text(&j, "shape", tdo_shape_name[p->shape]);
    tdo_json_count(&j, "rows", p->rows);
    tdo_json_count(&j, "ragged_rows", p->ragged);
    put_notes(&j, p, TDO_NONE);
    tdo_json_array(&j, "columns", TDO_JSON_LINES);
    for (size_t i = 0; i < p->n_columns; i++)
        put_column(&j, p, i);
    tdo_json_end(&j);
    tdo_json_end(&j);
    return o->failed ? TDO_E_IO : TDO_OK;
}
