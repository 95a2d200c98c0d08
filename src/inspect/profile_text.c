/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile for the terminal. */
#include "base/list.h"
#include "table/page.h"

#include <string.h>

enum { DIGITS = 6, NAME_LEAST = 36, MEANING_LEAST = 24, WORDS_SHOWN = 4, NAMES_SHOWN = 6 };

static void put_head(page_writer *p, const tdo_profile *f)
{
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_putf(&o, "%s: %zu row%s, %zu column%s", f->file, f->rows, f->rows == 1 ? "" : "s",
             f->n_columns, f->n_columns == 1 ? "" : "s");
    if (f->ragged)
        tdo_putf(&o, ", %zu ragged row%s left out", f->ragged, f->ragged == 1 ? "" : "s");
    if (f->shape != TDO_SHAPE_PLAIN)
        tdo_putf(&o, "; looks like %s", tdo_shape_words[f->shape]);
    page_line(p, PAGE_STYLE_BOLD, page_collected(p, &o));
    tdo_puts(p->o, "\n");
}

static void put_words(tdo_sink *o, const tdo_profiled *c)
{
    for (size_t k = 0; k < c->n_words && k < WORDS_SHOWN; k++)
        tdo_putf(o, "%s%s", k ? ", " : "", c->word[k].text);
    if (c->n_words > WORDS_SHOWN)
        tdo_puts(o, ", ...");
}

static void put_levels(tdo_sink *o, const tdo_profiled *c)
{
    for (size_t k = 0; k < c->n_levels; k++)
        tdo_putf(o, "%s%s", k ? " < " : "", c->level[k]);
}

/* What a column seems to be for: its goal, whose error it is, its words. */
static const char *meaning_of(page_writer *p, const tdo_profile *f, const tdo_profiled *c)
{
    const tdo_goal_guess *g = &c->guess;
    tdo_sink o = tdo_sink_memory(p->a);
    if (c->partner != TDO_PARTNER_NONE) {
        tdo_putf(&o, "%s of %s", tdo_partner_name[c->partner], f->column[c->partner_of].name);
    } else if (c->kind == TDO_KIND_CONSTANT) {
        put_words(&o, c);
    } else if (c->level) {
        put_levels(&o, c);
    } else if (!c->numeric) {
        if (c->kind == TDO_KIND_TEXT && c->word)
            put_words(&o, c);
    } else if (g->known) {
        tdo_puts(&o, g->goal == TDO_GOAL_MAX ? "max" : g->goal == TDO_GOAL_MIN ? "min" : "target ");
        if (g->goal == TDO_GOAL_TARGET)
            tdo_put_rounded(&o, g->target, DIGITS);
        tdo_putf(&o, " (%s)", g->because);
    } else if (g->topic == TDO_TOPIC_SETTING || g->topic == TDO_TOPIC_RANK ||
               g->topic == TDO_TOPIC_SPREAD) {
        tdo_puts(&o, tdo_topic_name[g->topic]);
    }
    return page_name(p, page_collected(p, &o));
}

static const char *distinct_of(page_writer *p, const tdo_profiled *c)
{
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_putf(&o, "%s%zu", c->distinct_more ? ">" : "", c->distinct);
    return page_collected(p, &o);
}

static const char *count_or_blank(page_writer *p, size_t n)
{
    return n ? page_count(p, n) : "";
}

static const char *median_of(page_writer *p, const tdo_profiled *c)
{
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_puts(&o, c->median_estimated ? "~" : "");
    tdo_put_rounded(&o, c->median, DIGITS);
    return page_collected(p, &o);
}

static size_t add_column(grid_table *g, const char *head, grid_align align, unsigned drop)
{
    size_t c = grid_add(g, head, align);
    if (!g->failed)
        g->column[c].drop = drop;
    return c;
}

static void put_columns(page_writer *p, const tdo_profile *f)
{
    grid_table g = grid_new(p->a, f->n_columns, 0);
    const size_t name = grid_add(&g, "column", GRID_ALIGN_LEFT),
                 type = grid_add(&g, "type", GRID_ALIGN_LEFT),
                 missing = add_column(&g, "missing", GRID_ALIGN_RIGHT, 6),
                 distinct = add_column(&g, "distinct", GRID_ALIGN_RIGHT, 3),
                 zero = add_column(&g, "zeros", GRID_ALIGN_RIGHT, 2),
                 negative = add_column(&g, "below 0", GRID_ALIGN_RIGHT, 1),
                 min = add_column(&g, "min", GRID_ALIGN_RIGHT, 5),
                 median = add_column(&g, "median", GRID_ALIGN_RIGHT, 4),
                 max = add_column(&g, "max", GRID_ALIGN_RIGHT, 5),
                 meaning = grid_add(&g, "goal or meaning", GRID_ALIGN_LEFT);
    if (!g.failed) {
        g.column[name].least = NAME_LEAST;
        g.column[name].wraps = g.column[meaning].wraps = true; /* names are there to be copied */
        g.column[meaning].least = MEANING_LEAST;
    }
    for (size_t i = 0; i < f->n_columns && !g.failed; i++) {
        const tdo_profiled *c = &f->column[i];
        grid_set(&g, name, i, c->name[0] ? page_name(p, c->name) : "(no name)");
        grid_set(&g, type, i, tdo_kind_name[c->kind]);
        grid_set(&g, missing, i, count_or_blank(p, c->cells[TDO_CELL_MISSING].n));
        grid_set(&g, distinct, i, distinct_of(p, c));
        grid_set(&g, meaning, i, meaning_of(p, f, c));
        if (!c->numeric || c->numbers == 0)
            continue;
        grid_set(&g, zero, i, count_or_blank(p, c->zeros));
        grid_set(&g, negative, i, count_or_blank(p, c->negatives));
        grid_set(&g, min, i, page_number(p, c->min, DIGITS));
        grid_set(&g, median, i, median_of(p, c));
        grid_set(&g, max, i, page_number(p, c->max, DIGITS));
    }
    const size_t mostly_empty[] = {missing, zero, negative};
    for (size_t k = 0; k < sizeof mostly_empty / sizeof *mostly_empty; k++)
        grid_leave_out_empty(&g, mostly_empty[k]);
    p->failed = p->failed || g.failed;
    if (!g.failed)
        page_grid(p, &g);
}

static bool same_note(const tdo_note *a, const tdo_note *b)
{
    return a->column != TDO_NONE && b->column != TDO_NONE && !a->line && !b->line &&
           strcmp(a->message, b->message) == 0;
}

/* The names of the columns that have the same note, from the first of them on. */
static void put_names(tdo_sink *o, const tdo_profile *f, size_t first)
{
    size_t n = 0;
    for (size_t k = first; k < f->n_notes; k++) {
        if (k != first && !same_note(&f->note[first], &f->note[k]))
            continue;
        if (n < NAMES_SHOWN) {
            tdo_puts(o, n ? ", " : "");
            tdo_put_quoted(o, f->column[f->note[k].column].name);
        }
        n++;
    }
    list_rest(o, n < NAMES_SHOWN ? n : NAMES_SHOWN, n);
    tdo_puts(o, ": ");
}

static void put_note(page_writer *p, const tdo_profile *f, size_t k)
{
    const tdo_note *n = &f->note[k];
    tdo_sink o = tdo_sink_memory(p->a);
    for (size_t i = 0; i < k; i++)
        if (same_note(&f->note[i], n))
            return;
    if (n->line) {
        tdo_putf(&o, "line %u", n->line);
        if (n->at)
            tdo_putf(&o, ":%u", n->at);
        tdo_puts(&o, ": ");
    }
    if (n->column != TDO_NONE && f->column[n->column].name[0])
        put_names(&o, f, k);
    tdo_puts(&o, n->message);
    bool counted = n->message[0] >= '0' && n->message[0] <= '9';
    if (n->column != TDO_NONE && n->count > 1 && n->line && !counted)
        tdo_putf(&o, " (%zu cells)", n->count);
    page_item(p, page_collected(p, &o));
}

static void put_notes(page_writer *p, const tdo_profile *f, bool refused, const char *heading)
{
    bool some = false;
    for (size_t k = 0; k < f->n_notes; k++) {
        if (f->note[k].refused != refused)
            continue;
        if (!some)
            page_heading(p, heading);
        some = true;
        put_note(p, f, k);
    }
}

tdo_status tdo_write_profile(const tdo_profile *f, const tdo_table_style *style, tdo_sink *o)
{
    page_writer p = {.style = style, .o = o, .a = tdo_arena_new()};
    if (!p.a)
        return TDO_E_MEMORY;
    put_head(&p, f);
    put_columns(&p, f);
    put_notes(&p, f, true, "\"tradeoff run\" would refuse, where it is measured");
    put_notes(&p, f, false, "To know");
    tdo_status status = p.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    tdo_arena_free(p.a);
    return status;
}
