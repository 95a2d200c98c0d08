/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be checked, in words. */
#include <string.h>

#include "base/list.h"
#include "csv/cell.h"
#include "starter/parts.h"

enum { LISTED = 8, DIGITS = 6 };

static void put_goal(tdo_sink *o, const starter_work *t, const tdo_starter_criterion *c)
{
    const tdo_profiled *column = &t->p->column[c->column];
    const tdo_goal_guess g = starter_goal_of(t, c->column);
    if (column->level) {
        const bool up = c->goal == TDO_GOAL_MAX;
        for (size_t k = 0; k < column->n_levels; k++) {
            tdo_puts(o, k == 0 ? "" : " < ");
            tdo_put_quoted(o, column->level[up ? k : column->n_levels - 1 - k]);
        }
        tdo_puts(o, ", worst first");
        return;
    }
    if (c->goal == TDO_GOAL_TARGET) {
        tdo_puts(o, "best at ");
        tdo_put_rounded(o, c->target, DIGITS);
    } else {
        tdo_puts(o, c->goal == TDO_GOAL_MAX ? "larger is better" : "smaller is better");
    }
    if (c->grouped && (c->take == TDO_TAKE_GAP || c->take == TDO_TAKE_RATIO))
        return;
    if (!g.known)
        tdo_puts(o, ", assumed: its name does not say");
    else if (column->guess.known)
        tdo_putf(o, " (\"%s\" in its name)", g.because);
    else
        tdo_putf(o, " (%s)", g.because);
}

/* Before one more thing that is said. */
static void put_joint(tdo_sink *o)
{
    tdo_puts(o, o->length ? "; " : "");
}

/* How commas and points of plain numbers are read. */
static void put_signs(tdo_sink *o, const tdo_profiled *column)
{
    const tdo_reading_style *style = &column->style;
    const tdo_cells *shown = &column->cells[style->decimal ? TDO_CELL_COMMA : TDO_CELL_GROUPED];
    double x = 0;
    if ((!style->decimal && !style->thousands) || !shown->text ||
        csv_cell_number(shown->text, strlen(shown->text), style, &x) != TDO_NUMBER_OK)
        return;
    put_joint(o);
    tdo_put_quoted(o, shown->text);
    tdo_puts(o, style->decimal ? " is read with a decimal comma, as " : " is read as ");
    tdo_put_number(o, x);
}

/* How the cells of a criterion are read, where not as plain numbers. */
static const char *reading_of(starter_work *t, const tdo_starter_criterion *c)
{
    const tdo_profiled *column = &t->p->column[c->column];
    tdo_sink o = tdo_sink_memory(t->a);
    if (column->style.as != TDO_CELLS_PLAIN) {
        tdo_puts(&o, "cells such as ");
        tdo_put_quoted(&o, column->cells[TDO_CELL_FORMED].text);
        tdo_putf(&o, " are read as \"%s\"", tdo_cell_form_name[column->style.as]);
        if (column->style.unit && column->style.unit[0])
            tdo_putf(&o, " in %s", column->style.unit);
    }
    for (size_t k = 0; k < column->style.n_marks; k++) {
        if (k == 0)
            put_joint(&o);
        tdo_puts(&o, k == 0 ? "not measured: " : ", ");
        tdo_put_quoted(&o, column->style.marks[k]);
    }
    if (column->style.percent) {
        put_joint(&o);
        tdo_puts(&o, "percent signs are read");
    }
    if (column->style.as == TDO_CELLS_PLAIN)
        put_signs(&o, column);
    if (c->zero_is_missing) {
        put_joint(&o);
        tdo_putf(&o, "0 is taken as not measured (in %zu row%s)", t->facts[c->column].zeros,
                 t->facts[c->column].zeros == 1 ? "" : "s");
    }
    t->failed = t->failed || o.failed;
    return o.failed || !o.text ? "" : o.text;
}

static void list_criterion(starter_work *t, tdo_starter_criterion *c)
{
    tdo_sink o = tdo_sink_memory(t->a);
    tdo_put_quoted(&o, c->grouped ? c->label : t->p->column[c->column].name);
    tdo_puts(&o, ": ");
    put_goal(&o, t, c);
    if (c->has_range) {
        tdo_puts(&o, "; range [");
        tdo_put_rounded(&o, c->worst, DIGITS);
        tdo_puts(&o, ", ");
        tdo_put_rounded(&o, c->best, DIGITS);
        tdo_puts(&o, c->goal == TDO_GOAL_TARGET ? "] (distances)" : "]");
    }
    c->reading = reading_of(t, c);
    tdo_putf(&o, "%s%s", c->reading[0] ? "; " : "", c->reading);
    if (c->no_error)
        tdo_putf(&o, "; \"se\" is 0, because %s", c->no_error);
    if (c->se != TDO_NONE) {
        tdo_puts(&o, "; its standard error is in ");
        starter_put_column(&o, t->p, c->se);
    }
    starter_say_guess(t, tdo_text(t->a, "criteria.%s", c->id), o.failed ? NULL : o.text);
}

/* ---- what was left out ---- */

/* Does it say something about a criterion, and is on the list of what does? */
static bool is_spread_of_criterion(const tdo_starter *s, size_t column)
{
    for (size_t k = 0; k < s->n_criteria; k++)
        if (s->profile->column[column].partner_of == s->criterion[k].column &&
            s->criterion[k].se != column)
            return true;
    return false;
}

bool starter_is_used(const tdo_starter *s, size_t column)
{
    bool used = column == s->group || column == s->size || is_spread_of_criterion(s, column);
    for (size_t k = 0; k < s->n_id; k++)
        used = used || s->id[k] == column;
    for (size_t k = 0; k < s->n_where; k++)
        used = used || s->where[k].column == column;
    for (size_t k = 0; k < s->n_criteria; k++)
        used = used || s->criterion[k].column == column || s->criterion[k].se == column;
    return used;
}

/* Everything that is not in the scenario is on one of these lists. */
static void list_left(starter_work *t, starter_left_out reason, const char *why)
{
    tdo_sink o = tdo_sink_memory(t->a);
    size_t n = 0;
    for (size_t i = 0; i < t->p->n_columns; i++) {
        if (t->left[i] != reason || t->p->column[i].name[0] == '\0' || starter_is_used(t->out, i))
            continue;
        if (n < LISTED) {
            tdo_puts(&o, n == 0 ? "" : ", ");
            starter_put_column(&o, t->p, i);
        }
        n++;
    }
    if (n == 0)
        return;
    list_rest(&o, n < LISTED ? n : LISTED, n);
    tdo_putf(&o, ": %s", why);
    starter_add_guess(t, NULL, &o);
}

/* Why the cells of a column do not read; NULL: nothing is known. */
static const tdo_note *refusal_of(const tdo_profile *p, size_t column)
{
    for (size_t k = 0; k < p->n_notes; k++)
        if (p->note[k].column == column &&
            (p->note[k].refused || strcmp(p->note[k].code, "thousands_points") == 0))
            return &p->note[k];
    return NULL;
}

/* Cells that are no numbers, with the first of them, one column by one. */
static void list_unread(starter_work *t)
{
    for (size_t i = 0; i < t->p->n_columns; i++) {
        const tdo_profiled *c = &t->p->column[i];
        const tdo_note *why = refusal_of(t->p, i);
        if ((t->left[i] != STARTER_LEFT_TEXT && t->left[i] != STARTER_LEFT_UNREADABLE) ||
            c->name[0] == '\0' || starter_is_used(t->out, i))
            continue;
        tdo_sink o = tdo_sink_memory(t->a);
        const char *cell = c->cells[TDO_CELL_WORD].text;
        const bool dressed = cell && strpbrk(cell, "0123456789") && c->kind != TDO_KIND_DATE;
        starter_put_column(&o, t->p, i);
        if (why) {
            tdo_putf(&o, ": %s (line %u)", why->message, why->line);
        } else if (c->numeric) {
            tdo_puts(&o, ": not every cell can be meant (see \"tradeoff inspect\")");
        } else if (dressed) {
            tdo_puts(&o, ": its cells are no plain numbers, but as ");
            tdo_put_quoted(&o, cell);
            tdo_putf(&o, " (line %u)", c->cells[TDO_CELL_WORD].line);
        } else {
            tdo_puts(&o, c->kind == TDO_KIND_DATE ? ": dates" : ": words");
        }
        starter_add_guess(t, NULL, &o);
    }
}

static void list_duplicates(starter_work *t)
{
    for (size_t i = 0; i < t->p->n_columns; i++) {
        if (t->left[i] != STARTER_LEFT_DUPLICATE)
            continue;
        tdo_sink o = tdo_sink_memory(t->a);
        starter_put_column(&o, t->p, i);
        tdo_puts(&o, ": orders the candidates almost as ");
        starter_put_column(&o, t->p, t->like[i]);
        tdo_puts(&o, " does");
        starter_add_guess(t, NULL, &o);
    }
}

/* What says how sure a criterion is, and cannot be its "se" as it is. */
static void list_spreads(starter_work *t)
{
    static const char *const why[TDO_PARTNERS] = {
        [TDO_PARTNER_STANDARD_ERROR] = "could not be used as \"se\"",
        [TDO_PARTNER_DEVIATION] = "standard deviations; \"se\" wants standard errors of the mean: "
                                  "over k runs or folds, divide by the square root of k",
        [TDO_PARTNER_VARIANCE] = "variances; \"se\" wants standard errors of the mean",
        [TDO_PARTNER_HALF_WIDTH] = "half-widths of intervals; \"se\" wants standard errors: where "
                                   "they are 95 % intervals, divide by 1.96",
        [TDO_PARTNER_BOUND] = "ends of intervals; \"se\" wants standard errors: where they are "
                              "95 % intervals, divide their width by 3.92",
        [TDO_PARTNER_ABOUT] = "say something about another column (a number of cases, a p-value, "
                              "a target)"};
    for (int is = TDO_PARTNER_STANDARD_ERROR; is < TDO_PARTNERS; is++) {
        tdo_sink o = tdo_sink_memory(t->a);
        for (size_t i = 0; i < t->p->n_columns; i++) {
            if ((int)t->p->column[i].partner != is || !is_spread_of_criterion(t->out, i) ||
                (is == TDO_PARTNER_STANDARD_ERROR && t->out->averaged && t->out->group == TDO_NONE))
                continue;
            tdo_puts(&o, o.length == 0 ? "" : ", ");
            starter_put_column(&o, t->p, i);
        }
        if (o.length == 0)
            continue;
        tdo_putf(&o, ": %s", why[is]);
        starter_add_guess(t, NULL, &o);
    }
}

static void list_delimiter(starter_work *t)
{
    const char sign = t->p->delimiter;
    if (t->p->delimiter_named)
        return;
    starter_say_guess(t, "candidates.delimiter",
                      tdo_text(t->a, "the columns are separated by %s%s",
                               sign == '\t' ? "tabs" : "",
                               sign == '\t' ? "" : (char[]){'"', sign, '"', '\0'}));
}

void starter_list_guesses(starter_work *t)
{
    list_delimiter(t);
    for (size_t k = 0; k < t->out->n_criteria && !t->failed; k++)
        list_criterion(t, &t->out->criterion[k]);
    starter_say_guess(t, "criteria",
                      "each \"range\" is what was seen, rounded outwards: put in what "
                      "would be worth nothing, and what would be as good as it gets");
    starter_say_guess(t, "stakeholders",
                      "two, invented as examples: put in who decides, and what they weigh");
    list_spreads(t);
    list_duplicates(t);
    list_left(t, STARTER_LEFT_MIXED,
              "scales are mixed: fractions beside percentages, or a lost point (see \"tradeoff "
              "inspect\")");
    list_left(t, STARTER_LEFT_SPARSE, "too often missing, or 0 where that means missing");
    list_left(t, STARTER_LEFT_CONSTANT, "the same for all candidates");
    list_left(t, STARTER_LEFT_EMPTY, "nothing in it");
    list_unread(t);
    list_left(t, STARTER_LEFT_SETTING,
              "the name says a setting, a count or a rank, not a measurement");
    list_left(t, STARTER_LEFT_SPREAD, "say something about a column that is no criterion");
    list_left(t, STARTER_LEFT_NOT, "another name of a candidate, a mark (yes or no), or words");
    list_left(t, STARTER_LEFT_UNKNOWN, "nothing in the name says which way is better");
    list_left(t, STARTER_LEFT_ENOUGH, "could be criteria too, but a handful is easier to weigh");
}
