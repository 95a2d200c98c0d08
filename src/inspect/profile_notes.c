/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What should be known about a file before anybody decides with it. */
#include <math.h>
#include <string.h>

#include "base/plain.h"
#include "csv/cell.h"
#include "inspect/profile_noting.h"
#include "model/scales.h"

/* A note about cells of one class, which the program would refuse. */
static void refuse_cells(profile_noting *t, const char *code, size_t column, tdo_cell_class is,
                         const char *message)
{
    const tdo_cells *c = &t->p->column[column].cells[is];
    tdo_note *note = c->n > 0 ? profile_note_say(t, code, column, c->n, message) : NULL;
    if (note) {
        note->line = c->line;
        note->at = c->at;
        note->refused = true;
    }
}

/* ---- names ---- */

static void note_no_name(profile_noting *t, const profile_header_facts *h, size_t i)
{
    const size_t stray = h->stray[i];
    const bool indexes = i == 0 && t->p->column[0].kind != TDO_KIND_EMPTY;
    tdo_note *note = profile_note_add(t, "no_name", i, stray);
    tdo_sink o = tdo_sink_memory(t->a);
    tdo_putf(&o, "column %zu has no name in the header%s", i + 1,
             stray > 0 ? ", but is not empty"
             : indexes ? ": it is passed over (give it one where it names the candidates)"
                       : ", and is empty");
    if (!note)
        return;
    note->refused = stray > 0;
    note->line = stray > 0 ? h->stray_line[i] : h->field[i].line;
    profile_note_take(t, note, &o);
}

static void note_name(profile_noting *t, const profile_header_facts *h, size_t i)
{
    const char *name = t->p->column[i].name;
    const size_t length = strlen(name);
    tdo_note *note = NULL;
    if (plain_is_blank(name, strlen(name))) {
        note_no_name(t, h, i);
        return;
    }
    if (h->same[i] != TDO_NONE) {
        tdo_sink o = tdo_sink_memory(t->a);
        tdo_putf(&o, "columns %zu and %zu have the same name", h->same[i] + 1, i + 1);
        note = profile_note_add(t, "same_name", i, 1);
        if (note) {
            note->refused = true;
            profile_note_take(t, note, &o);
        }
    } else if (plain_has_control(name, strlen(name), "")) {
        note = profile_note_say(t, "bad_name", i, 1,
                                "its name holds a line break or a control character");
        if (note)
            note->refused = true;
    } else if (name[0] == ' ' || name[length - 1] == ' ') {
        note = profile_note_say(
            t, "padded_name", i, 1,
            "its name starts or ends with a blank, inside quotes: it is part of the name");
    }
    if (note) {
        note->line = h->field[i].line;
        note->at = h->byte_column[i];
    }
}

/* ---- cells ---- */

static void note_words(profile_noting *t, size_t i)
{
    static const tdo_cell_class none[] = {TDO_CELL_WORD, TDO_CELL_DATE, TDO_CELL_DECORATED,
                                          TDO_CELL_FORMED};
    const tdo_profiled *c = &t->p->column[i];
    const tdo_cells *first = NULL;
    size_t n = 0;
    for (size_t k = 0; k < sizeof none / sizeof none[0]; k++) {
        const tdo_cells *x = &c->cells[none[k]];
        if (x->n == 0 || (none[k] == TDO_CELL_FORMED && c->style.as != TDO_CELLS_PLAIN))
            continue;
        n += x->n;
        first = !first || x->line < first->line ? x : first;
    }
    tdo_sink o = tdo_sink_memory(t->a);
    if (!first)
        return;
    tdo_note *note = profile_note_add(t, "not_numbers", i, n);
    tdo_putf(&o, "%zu cell%s no number: the first, ", n, n == 1 ? " is" : "s are");
    csv_cell_explain(&o, first->text, strlen(first->text), &c->style);
    if (!note)
        return;
    note->line = first->line;
    note->at = first->at;
    note->refused = true;
    profile_note_take(t, note, &o);
}

/* The keys that the criterion needs, all of them: one alone would be refused. */
static void put_keys(tdo_sink *o, const tdo_reading_style *style)
{
    const char *between = "";
    if (style->as != TDO_CELLS_PLAIN) {
        tdo_putf(o, "\"as\": \"%s\"", tdo_cell_form_name[style->as]);
        between = ", ";
    }
    if (style->unit && style->unit[0])
        tdo_putf(o, "%s\"unit\": \"%s\"", between, style->unit);
    if (style->percent) {
        tdo_putf(o, "%s\"percent\": true", between);
        between = ", ";
    }
    if (style->thousands) {
        tdo_putf(o, "%s\"thousands\": \"%c\"", between, style->thousands);
        between = ", ";
    }
    if (style->decimal)
        tdo_putf(o, "%s\"decimal\": \"%c\"", between, style->decimal);
}

/* Cells that "as" reads, percent signs, separators of thousands, decimal commas. */
static void note_style(profile_noting *t, size_t i)
{
    static const struct {
        const char *code, *what;
        tdo_cell_class shown;
    } is[] = {{"as", "has cells such as ", TDO_CELL_FORMED},
              {"decimal_comma", "has decimal commas, as in ", TDO_CELL_COMMA},
              {"percent", "has percent signs", TDO_CELL_PERCENT},
              {"thousands", "has separators of thousands, as in ", TDO_CELL_GROUPED}};
    const tdo_profiled *c = &t->p->column[i];
    const size_t k = c->style.as != TDO_CELLS_PLAIN ? 0
                     : c->style.decimal             ? 1
                     : c->style.percent             ? 2
                     : c->style.thousands           ? 3
                                                    : 4;
    if (k == 4)
        return;
    const tdo_cells *cells = &c->cells[is[k].shown];
    tdo_sink o = tdo_sink_memory(t->a);
    tdo_note *note = profile_note_add(t, is[k].code, i, cells->n);
    tdo_puts(&o, is[k].what);
    if (k != 2 && cells->text)
        tdo_put_quoted(&o, cells->text);
    tdo_puts(&o, ": the criterion needs ");
    put_keys(&o, &c->style);
    if (note)
        profile_note_take(t, note, &o);
}

/* 0.827 beside 81.2% */
static void note_percent(profile_noting *t, size_t i)
{
    const tdo_profiled *c = &t->p->column[i];
    const tdo_cells *plain = &c->cells[TDO_CELL_PLAIN];
    tdo_sink o = tdo_sink_memory(t->a);
    if (!c->style.percent || plain->n == 0 || c->style.as != TDO_CELLS_PLAIN)
        return;
    tdo_note *note = profile_note_add(t, "mixed_percent", i, plain->n);
    tdo_puts(&o, "cells without a percent sign stand beside cells with one, and would be read as "
                 "percentages: ");
    tdo_put_quoted(&o, plain->text);
    tdo_putf(&o, " as %s %%", plain->text);
    if (!note)
        return;
    note->line = plain->line;
    note->at = plain->at;
    profile_note_take(t, note, &o);
}

/* 950, 1.200, 2.100 */
static void note_points(profile_noting *t, size_t i)
{
    const tdo_cells *parted = &t->p->column[i].parted;
    tdo_note *note = parted->n == 0
                         ? NULL
                         : profile_note_say(t, "thousands_points", i, parted->n,
                                            "its points seem to part thousands, and would be read "
                                            "as decimal points: the criterion needs \"thousands\": "
                                            "\".\"");
    if (note) {
        note->line = parted->line;
        note->at = parted->at;
    }
}

/* Fractions and percentages in one column. Only where the name says that more is better: a share of
 * something, and no time or price. */
static bool note_scales(profile_noting *t, size_t i)
{
    const tdo_profile *p = t->p;
    const tdo_profiled *c = &p->column[i];
    scales_mixed mixed;
    if (c->style.percent || c->numbers == 0 || c->min < 0 || c->max > 1000 || !c->guess.known ||
        c->guess.goal == TDO_GOAL_MIN ||
        (c->guess.topic != TDO_TOPIC_QUALITY && c->guess.topic != TDO_TOPIC_FAIRNESS) ||
        !scales_find_mixed(p->number + i, p->sampled, p->n_columns, &mixed))
        return false;
    tdo_sink o = tdo_sink_memory(t->a);
    tdo_note *note = profile_note_add(t, "mixed_scales", i, mixed.n);
    tdo_putf(&o,
             mixed.percent ? "%zu fraction%s, it seems, beside percentages: at most "
                           : "%zu large number%s beside fractions (a lost point?): these at "
                             "most ",
             mixed.n, mixed.n == 1 ? "" : "s");
    tdo_put_rounded(&o, mixed.most, 4);
    tdo_puts(&o, mixed.percent ? ", and at least " : ", those at least ");
    tdo_put_rounded(&o, mixed.least, 4);
    if (!note)
        return false;
    note->line = p->line[mixed.first];
    profile_note_take(t, note, &o);
    return true;
}

/* One number far from all others. */
static void note_far(profile_noting *t, size_t i)
{
    const tdo_profile *p = t->p;
    scales_far far;
    if (p->sampled < p->rows || !scales_find_far(p->number + i, p->sampled, p->n_columns, &far))
        return;
    tdo_sink o = tdo_sink_memory(t->a);
    tdo_note *note = profile_note_add(t, "far_value", i, 1);
    tdo_put_number(&o, p->number[far.index * p->n_columns + i]);
    tdo_puts(&o, " is far from all others, ");
    tdo_put_number(&o, far.low);
    tdo_puts(&o, " to ");
    tdo_put_number(&o, far.high);
    if (!note)
        return;
    note->line = p->line[far.index];
    profile_note_take(t, note, &o);
}

/* Zeros and negatives where they are hardly measurements. */
static void note_values(profile_noting *t, size_t i)
{
    const tdo_profiled *c = &t->p->column[i];
    const tdo_topic about = c->guess.topic;
    const bool amount = about == TDO_TOPIC_COST || about == TDO_TOPIC_TIME ||
                        about == TDO_TOPIC_SIZE || about == TDO_TOPIC_ENERGY;
    tdo_sink zero = tdo_sink_memory(t->a), negative = tdo_sink_memory(t->a);
    if (!amount || !c->guess.known || c->guess.goal != TDO_GOAL_MIN || c->max <= 0)
        return;
    if (c->zeros > 0 && c->zeros < c->numbers) {
        tdo_note *note = profile_note_add(t, "zeros", i, c->zeros);
        tdo_putf(&zero,
                 "%zu of %zu %s 0, which often means \"not reported\": \"zero_is_missing\": true "
                 "treats %s so",
                 c->zeros, c->numbers, c->zeros == 1 ? "is" : "are", c->zeros == 1 ? "it" : "them");
        if (note)
            profile_note_take(t, note, &zero);
    }
    if (c->negatives > 0 && about != TDO_TOPIC_COST) {
        tdo_note *note = profile_note_add(t, "negatives", i, c->negatives);
        tdo_putf(&negative, "%zu %s below 0, which a %s cannot be", c->negatives,
                 c->negatives == 1 ? "is" : "are", tdo_topic_name[about]);
        if (note)
            profile_note_take(t, note, &negative);
    }
}

static void note_partner(profile_noting *t, size_t i)
{
    static const char *const what[TDO_PARTNERS] = {
        [TDO_PARTNER_DEVIATION] = "\"se\" wants a standard error of the mean: over k runs or "
                                  "folds, divide the deviation by the square root of k",
        [TDO_PARTNER_VARIANCE] = "\"se\" wants a standard error: the square root of the variance "
                                 "of the mean",
        [TDO_PARTNER_HALF_WIDTH] = "\"se\" wants a standard error: a half-width of 95 % is 1.96 of "
                                   "them",
        [TDO_PARTNER_BOUND] = "\"se\" wants a standard error: an interval of 95 % is 3.92 of them "
                              "wide"};
    const tdo_partner is = t->p->column[i].partner;
    if (what[is])
        (void)profile_note_say(t, "not_a_standard_error", i, 1, what[is]);
}

static void note_column(profile_noting *t, size_t i)
{
    const tdo_profiled *c = &t->p->column[i];
    const size_t almost = c->cells[TDO_CELL_DECORATED].n + c->cells[TDO_CELL_FORMED].n;
    const size_t known = t->p->rows - c->cells[TDO_CELL_MISSING].n;
    const bool names = c->kind == TDO_KIND_ID && c->cells[TDO_CELL_DECORATED].n == 0;
    if (!c->numeric) {
        if (almost > 0 && 2 * almost >= known && !names)
            note_words(t, i);
        return;
    }
    refuse_cells(t, "no_missing_mark", i, TDO_CELL_NEAR,
                 "cells seem to say \"missing\", but not with a mark that is read as that: write "
                 "NA, leave them empty, or name them in \"missing_marks\" of the criterion");
    note_words(t, i);
    if (!c->style.decimal)
        refuse_cells(t, "mixed_commas", i, TDO_CELL_COMMA,
                     "has decimal commas beside numbers with decimal points, or with commas that "
                     "part thousands: write all of them in one way");
    refuse_cells(t, "apostrophe", i, TDO_CELL_APOSTROPHE,
                 "an apostrophe stands before numbers, as spreadsheets need it to keep them from "
                 "being formulas: remove it");
    refuse_cells(t, "infinite", i, TDO_CELL_INFINITE,
                 "infinite numbers: a measurement must be finite");
    refuse_cells(t, "out_of_range", i, TDO_CELL_RANGE,
                 "numbers that are too large (beyond 1e300) or too small");
    note_style(t, i);
    note_percent(t, i);
    note_points(t, i);
    if (!note_scales(t, i) && c->guess.known)
        note_far(t, i);
    note_values(t, i);
    note_partner(t, i);
}

tdo_status profile_find_notes(tdo_profile *p, const profile_header_facts *h, tdo_arena *a)
{
    profile_noting t = {.p = p, .a = a};
    profile_note_file(&t, h);
    for (size_t i = 0; i < p->n_columns; i++) {
        note_name(&t, h, i);
        note_column(&t, i);
    }
    return t.failed ? TDO_E_MEMORY : TDO_OK;
}
