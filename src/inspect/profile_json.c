/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile for other programs, format "tradeoff-profile/1". */
#include "tradeoff/output.h"
#include "json/writer.h"

#include <math.h>

static void put_tallies(json_writer *j, const char *key, const tdo_tally *t, size_t n)
{
    json_put_array(j, key, JSON_FLOW);
    for (size_t k = 0; k < n; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "text", t[k].text);
        json_put_count(j, "count", t[k].n);
        json_put_end(j);
    }
    json_put_end(j);
}

static void put_numbers(json_writer *j, const tdo_profiled *c)
{
    if (!c->numeric) {
        json_put_null(j, "numbers");
        return;
    }
    json_put_object(j, "numbers", JSON_FLOW);
    json_put_count(j, "count", c->numbers);
    json_put_number(j, "min", c->min);
    json_put_number(j, "median", c->median);
    json_put_number(j, "max", c->max);
    json_put_bool(j, "median_estimated", c->median_estimated);
    json_put_count(j, "zeros", c->zeros);
    json_put_count(j, "negatives", c->negatives);
    json_put_bool(j, "whole", c->numbers > 0 && c->integers == c->numbers);
    json_put_end(j);
}

static void put_goal(json_writer *j, const tdo_goal_guess *g)
{
    json_put_object(j, "goal", JSON_FLOW);
    const bool target = g->known && g->goal == TDO_GOAL_TARGET;
    json_put_text(j, "guess",
                  !g->known                 ? NULL
                  : target                  ? "target"
                  : g->goal == TDO_GOAL_MAX ? "max"
                                            : "min");
    json_put_number(j, "target", target ? g->target : (double)NAN);
    json_put_text(j, "because", g->because);
    json_put_text(j, "about", tdo_topic_name[g->topic]);
    json_put_end(j);
}

static void put_partner(json_writer *j, const tdo_profile *p, const tdo_profiled *c)
{
    if (c->partner == TDO_PARTNER_NONE) {
        json_put_null(j, "partner");
        return;
    }
    json_put_object(j, "partner", JSON_FLOW);
    json_put_text(j, "is", tdo_partner_name[c->partner]);
    json_put_text(j, "of", p->column[c->partner_of].name);
    json_put_count(j, "of_column", c->partner_of + 1);
    json_put_end(j);
}

static void put_note(json_writer *j, const tdo_note *n)
{
    json_put_object(j, NULL, JSON_FLOW);
    json_put_text(j, "code", n->code);
    json_put_text(j, "message", n->message);
    json_put_count(j, "count", n->count);
    if (n->line > 0)
        json_put_count(j, "line", n->line);
    else
        json_put_null(j, "line");
    if (n->at > 0)
        json_put_count(j, "column", n->at);
    else
        json_put_null(j, "column");
    json_put_bool(j, "refused", n->refused);
    json_put_end(j);
}

static void put_notes(json_writer *j, const tdo_profile *p, size_t column)
{
    json_put_array(j, "notes", JSON_LINES);
    for (size_t k = 0; k < p->n_notes; k++)
        if (p->note[k].column == column)
            put_note(j, &p->note[k]);
    json_put_end(j);
}

static void put_column(json_writer *j, const tdo_profile *p, size_t i)
{
    const tdo_profiled *c = &p->column[i];
    json_put_object(j, NULL, JSON_LINES);
    json_put_text(j, "name", c->name);
    json_put_text(j, "type", tdo_kind_name[c->kind]);
    json_put_count(j, "missing", c->cells[TDO_CELL_MISSING].n);
    json_put_count(j, "near_missing", c->numeric ? c->cells[TDO_CELL_NEAR].n : 0);
    put_tallies(j, "marks", c->mark, c->n_marks);
    json_put_count(j, "distinct", c->distinct);
    json_put_bool(j, "distinct_more", c->distinct_more);
    put_numbers(j, c);
    if (c->numeric || !c->word)
        json_put_null(j, "words");
    else
        put_tallies(j, "words", c->word, c->n_words);
    if (c->level) {
        json_put_array(j, "levels", JSON_FLOW);
        for (size_t k = 0; k < c->n_levels; k++)
            json_put_text(j, NULL, c->level[k]);
        json_put_end(j);
    } else {
        json_put_null(j, "levels");
    }
    put_partner(j, p, c);
    put_goal(j, &c->guess);
    put_notes(j, p, i);
    json_put_text(j, "as", c->style.as == TDO_CELLS_PLAIN ? NULL : tdo_cell_form_name[c->style.as]);
    json_put_text(j, "unit", c->style.unit);
    json_put_end(j);
}

tdo_status tdo_write_profile_json(const tdo_profile *p, tdo_sink *o)
{
    json_writer j = {.o = o};
    json_put_object(&j, NULL, JSON_LINES);
    json_put_format(&j, "tradeoff-profile/1");
    json_put_text(&j, "file", p->file);
    json_put_text(&j, "sha256", p->sha256);
    json_put_text(&j, "delimiter", (char[]){p->delimiter, '\0'});
    json_put_text(&j, "shape", tdo_shape_name[p->shape]);
    json_put_count(&j, "rows", p->rows);
    json_put_count(&j, "ragged_rows", p->ragged);
    put_notes(&j, p, TDO_NONE);
    json_put_array(&j, "columns", JSON_LINES);
    for (size_t i = 0; i < p->n_columns; i++)
        put_column(&j, p, i);
    json_put_end(&j);
    json_put_end(&j);
    return o->failed ? TDO_E_IO : TDO_OK;
}
