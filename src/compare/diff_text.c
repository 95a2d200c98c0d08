/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison for the terminal. */
#include <math.h>
#include <string.h>

#include "compare/diff_parts.h"
#include "table/page.h"

enum { BEFORE_READINGS = 6, NAME_LEAST = 12, FATE_LEAST = 19, HASH_SHOWN = 12 };

/* ---- candidates ---- */

static const char *rank_of(page_writer *p, const tdo_result_candidate *c)
{
    return c && c->rank ? page_count(p, c->rank) : "";
}

static const char *score_of(page_writer *p, const tdo_result_candidate *c)
{
    return c && !isnan(c->score) ? page_number(p, c->score, 4) : "";
}

/* What a cell says of a criterion: the reading and its change, or "=". */
static const char *reading_of(page_writer *p, const tdo_diff_candidate *c, const tdo_criterion *of)
{
    const tdo_diff_reading *r = diff_reading_of(c, of);
    tdo_sink text = tdo_sink_memory(p->a);
    if (!c->was || !c->is)
        return "";
    if (!r)
        return "=";
    diff_put_change(&text, r);
    return page_name(p, page_collected(p, &text));
}

static const char *fate_of(page_writer *p, const tdo_diff *d, const tdo_diff_candidate *c)
{
    tdo_sink text = tdo_sink_memory(p->a);
    diff_put_fate(&text, d, c);
    return page_name(p, page_collected(p, &text));
}

static void fill_row(page_writer *p, grid_table *g, const tdo_diff *d, size_t k, size_t row)
{
    const tdo_diff_candidate *c = &d->candidate[k];
    size_t column = 0;
    grid_set(g, column++, row, rank_of(p, c->is));
    grid_set(g, column++, row, rank_of(p, c->was));
    grid_set(g, column++, row, page_name(p, c->is ? c->is->id : c->was->id));
    grid_set(g, column++, row, score_of(p, c->is));
    grid_set(g, column++, row, score_of(p, c->was));
    grid_set(g, column++, row, fate_of(p, d, c));
    for (size_t q = 0; q < d->is->n_criteria; q++)
        if (diff_shows_criterion(d, &d->is->criteria[q]))
            grid_set(g, column++, row, reading_of(p, c, &d->is->criteria[q]));
    if (c->is && c->is == d->is->recommended)
        g->style[row] = PAGE_STYLE_BOLD;
}

static void put_note(page_writer *p, const char *text)
{
    p->failed = p->failed || !text;
    tdo_puts(p->o, "  ");
    plain_put_folded(p->o, text ? text : "", p->style->width, 2, 2);
    tdo_puts(p->o, "\n");
}

static grid_table new_grid(page_writer *p, const tdo_diff *d, size_t rows)
{
    grid_table g = grid_new(p->a, rows, 2);
    grid_add(&g, "now", GRID_ALIGN_RIGHT);
    grid_add(&g, "was", GRID_ALIGN_RIGHT);
    size_t name = grid_add(&g, "candidate", GRID_ALIGN_LEFT);
    size_t score = grid_add(&g, "score", GRID_ALIGN_POINT);
    size_t before = grid_add(&g, "score was", GRID_ALIGN_POINT);
    size_t fate = grid_add(&g, "", GRID_ALIGN_LEFT);
    if (!g.failed) {
        g.column[0].key = false;
        g.column[name].key = true;
        g.column[name].names = true;
        g.column[name].least = NAME_LEAST;
        g.column[fate].least = FATE_LEAST;
        g.column[before].drop = TDO_MAX_CRITERIA + 1; /* a score that was, alone, says nothing */
        g.column[score].drop = TDO_MAX_CRITERIA + 2;
    }
    for (size_t q = 0; q < d->is->n_criteria; q++)
        if (diff_shows_criterion(d, &d->is->criteria[q])) {
            const char *label = page_name(p, d->is->criteria[q].label);
            size_t at = grid_add(&g, label, GRID_ALIGN_LEFT);
            if (!g.failed)
                g.column[at].drop = (unsigned)(d->is->n_criteria - q);
        }
    return g;
}

static void put_candidates(page_writer *p, const tdo_diff *d)
{
    size_t shown = 0, row = 0;
    for (size_t k = 0; k < d->n; k++)
        shown += diff_shows(d, k);
    if (!shown)
        return;
    page_heading(p, "Candidates that changed");
    grid_table g = new_grid(p, d, shown);
    for (size_t k = 0; k < d->n && !g.failed; k++)
        if (diff_shows(d, k))
            fill_row(p, &g, d, k, row++);
    page_grid(p, &g);
    if (g.n_columns > BEFORE_READINGS)
        put_note(p, d->with_noise ? "in brackets: the change; ! beyond two standard errors of it, "
                                    "~ within; = measured the same"
                                  : "in brackets: the change; = measured the same");
    if (d->n > shown)
        put_note(p, tdo_text(p->a, "not shown: %zu more that changed (--format json has them)",
                             d->n - shown));
    if (d->unchanged)
        put_note(p, tdo_text(p->a, "%zu did not change", d->unchanged));
}

/* ---- what was asked ---- */

static void put_settings(page_writer *p, const tdo_diff *d)
{
    if (d->n_settings)
        page_heading(p, "Settings of the scenario");
    for (size_t k = 0; k < d->n_settings; k++) {
        const tdo_diff_setting *s = &d->setting[k];
        tdo_sink text = tdo_sink_memory(p->a);
        tdo_putf(&text, "%s: ", s->path);
        diff_put_setting(&text, p->a, s->is);
        tdo_puts(&text, "; it was ");
        diff_put_setting(&text, p->a, s->was);
        page_item(p, page_collected(p, &text));
    }
}

static void put_limits(page_writer *p, const tdo_diff *d)
{
    if (d->n_limits)
        page_heading(p, "Limits");
    for (size_t k = 0; k < d->n_limits; k++) {
        const tdo_diff_limit *l = &d->limit[k];
        const tdo_result_limit *shown = l->is ? l->is : l->was;
        tdo_sink text = tdo_sink_memory(p->a);
        const tdo_result *of = l->is ? d->is : d->was;
        diff_put_limit(&text, of, shown);
        if (shown->owner[0])
            tdo_putf(&text, " (%s)", diff_owner_of(of, shown));
        if (l->moved) {
            tdo_puts(&text, ": it was ");
            diff_put_limit(&text, d->was, l->was);
        } else if (!l->was || !l->is) {
            tdo_putf(&text, ": %s", diff_limit_change(l));
        }
        tdo_putf(&text, "%s shuts out %zu", l->moved || !l->was || !l->is ? ";" : ":",
                 shown->excludes);
        if (l->was && l->is)
            tdo_putf(&text, ", it was %zu", l->was->excludes);
        page_item(p, page_collected(p, &text));
    }
}

static void put_people(page_writer *p, const tdo_diff *d)
{
    if (d->n_people)
        page_heading(p, "Stakeholders");
    for (size_t k = 0; k < d->n_people; k++) {
        tdo_sink text = tdo_sink_memory(p->a);
        diff_put_person_change(&text, d, &d->person[k]);
        page_item(p, page_collected(p, &text));
    }
}

static void put_criteria(page_writer *p, const tdo_diff *d)
{
    if (d->n_criteria)
        page_heading(p, "Criteria, and the measurements with the values 0 and 1");
    for (size_t k = 0; k < d->n_criteria; k++) {
        tdo_sink text = tdo_sink_memory(p->a);
        diff_put_criterion_change(&text, &d->criterion[k]);
        page_item(p, page_collected(p, &text));
    }
}

/* Where other rules have one, this rule was not computed: some are for few candidates, or for equal
 * powers only. */
static const char *no_winner(const tdo_result *r)
{
    return r->n_winners ? "left out" : "nobody";
}

static void put_winners(page_writer *p, const tdo_diff *d)
{
    if (d->n_winners)
        page_heading(p, "Who wins under which rule");
    for (size_t k = 0; k < d->n_winners; k++) {
        const tdo_diff_winner *w = &d->winner[k];
        tdo_sink text = tdo_sink_memory(p->a);
        tdo_putf(&text, "%s: ", w->rule);
        diff_put_winner(&text, d->is, w->rule, no_winner(d->is));
        tdo_puts(&text, "; it was ");
        diff_put_winner(&text, d->was, w->rule, no_winner(d->was));
        page_item(p, page_collected(p, &text));
    }
}

static void put_files(page_writer *p, const tdo_diff *d)
{
    page_heading(p, "Inputs");
    for (size_t k = 0; k < d->n_files; k++) {
        const tdo_diff_file *f = &d->file[k];
        const tdo_result_file *shown = f->is ? f->is : f->was;
        tdo_sink text = tdo_sink_memory(p->a);
        tdo_putf(&text, "%s: %s (%.*s)", shown->role, shown->file, HASH_SHOWN, shown->sha256);
        if (f->same && strcmp(f->was->file, f->is->file) == 0)
            tdo_puts(&text, ", the same");
        else if (f->same)
            tdo_putf(&text, ", the same bytes as %s", f->was->file);
        else if (f->was && f->is)
            tdo_putf(&text, "; it was %s (%.*s)", f->was->file, HASH_SHOWN, f->was->sha256);
        else
            tdo_puts(&text, f->is ? ", added" : ", removed");
        page_item(p, page_collected(p, &text));
    }
}

tdo_status tdo_write_diff_text(const tdo_diff *d, const tdo_table_style *style, tdo_sink *o)
{
    page_writer p = {.style = style, .o = o, .a = tdo_arena_new()};
    tdo_sentences why = {0};
    tdo_status status = p.a ? tdo_explain_diff(d, p.a, &why) : TDO_E_MEMORY;
    if (status == TDO_OK) {
        page_line(&p, PAGE_STYLE_BOLD, why.item[0]);
        for (size_t k = 1; k < why.n; k++)
            page_item(&p, why.item[k]);
        put_candidates(&p, d);
        put_settings(&p, d);
        put_limits(&p, d);
        put_people(&p, d);
        put_criteria(&p, d);
        put_winners(&p, d);
        put_files(&p, d);
        status = p.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    }
    tdo_arena_free(p.a);
    return status;
}
