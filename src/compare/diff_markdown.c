/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison for a ticket or a merge request. */
#include <math.h>

#include "compare/diff_parts.h"
#include "explain/amount.h"
#include "explain/words.h"
#include "output/markup.h"

enum { BEFORE_READINGS = 6 }; /* columns of the candidates' table */

static void put_why(markup_writer *m, const tdo_diff *d, const tdo_sentences *why)
{
    tdo_puts(m->o, "# ");
    markup_put(m, d->is->title[0] ? d->is->title : "What changed");
    tdo_puts(m->o, "\n\n**");
    markup_put(m, why->item[0]);
    tdo_puts(m->o, "**\n\n");
    for (size_t k = 1; k < why->n; k++) {
        tdo_puts(m->o, "- ");
        markup_put(m, why->item[k]);
        tdo_puts(m->o, "\n");
    }
}

/* ---- candidates ---- */

static void put_rank(markup_writer *m, const tdo_result_candidate *c)
{
    markup_cell(m);
    if (c && c->rank)
        tdo_putf(m->o, "%zu", c->rank);
}

static void put_score(markup_writer *m, const tdo_result_candidate *c)
{
    markup_cell(m);
    if (c && !isnan(c->score))
        amount_put_rounded(m->o, c->score, SPEECH_SCORE_DIGITS);
}

static void put_candidate(markup_writer *m, const tdo_diff *d, const tdo_diff_candidate *c)
{
    tdo_sink fate = tdo_sink_memory(m->a);
    diff_put_fate(&fate, d, c);
    put_rank(m, c->is);
    put_rank(m, c->was);
    markup_text(m, c->is ? c->is->id : c->was->id);
    put_score(m, c->is);
    put_score(m, c->was);
    markup_collected(m, &fate);
    for (size_t k = 0; k < d->is->n_criteria; k++) {
        const tdo_criterion *of = &d->is->criteria[k];
        const tdo_diff_reading *r = diff_reading_of(c, of);
        if (!diff_shows_criterion(d, of))
            continue;
        tdo_sink text = tdo_sink_memory(m->a);
        if (r)
            diff_put_change(&text, r);
        else
            tdo_puts(&text, c->was && c->is ? "=" : "");
        markup_collected(m, &text);
    }
    markup_end(m);
}

static void put_candidates(markup_writer *m, const tdo_diff *d)
{
    size_t shown = 0;
    if (!d->n)
        return;
    tdo_puts(m->o, "\n## Candidates that changed\n\n");
    markup_head(m, "Rank", true);
    markup_head(m, "was", true);
    markup_head(m, "Candidate", false);
    markup_head(m, "Score", true);
    markup_head(m, "was", true);
    markup_head(m, "", false);
    for (size_t k = 0; k < d->is->n_criteria; k++)
        if (diff_shows_criterion(d, &d->is->criteria[k]))
            markup_head(m, d->is->criteria[k].label, false);
    bool readings = m->column > BEFORE_READINGS;
    markup_head_end(m);
    for (size_t k = 0; k < d->n; k++)
        if (diff_shows(d, k)) {
            put_candidate(m, d, &d->candidate[k]);
            shown++;
        }
    tdo_puts(m->o, "\n");
    if (readings)
        tdo_puts(m->o, d->with_noise
                           ? "In brackets: the change; `!` beyond two standard errors of it, "
                             "`~` within; `=` measured the same.\n"
                           : "In brackets: the change; `=` measured the same.\n");
    if (d->n > shown)
        tdo_putf(m->o, "Not shown: %zu more that changed.\n", d->n - shown);
    if (d->unchanged)
        tdo_putf(m->o, "%zu did not change.\n", d->unchanged);
}

/* ---- what was asked ---- */

static void put_settings(markup_writer *m, const tdo_diff *d)
{
    if (!d->n_settings)
        return;
    tdo_puts(m->o, "\n## Settings of the scenario\n\n");
    markup_head(m, "Setting", false);
    markup_head(m, "was", false);
    markup_head(m, "is", false);
    markup_head_end(m);
    for (size_t k = 0; k < d->n_settings; k++) {
        tdo_sink was = tdo_sink_memory(m->a), is = tdo_sink_memory(m->a);
        diff_put_setting(&was, m->a, d->setting[k].was);
        diff_put_setting(&is, m->a, d->setting[k].is);
        markup_text(m, d->setting[k].path);
        markup_collected(m, &was);
        markup_collected(m, &is);
        markup_end(m);
    }
}

static void put_limit(markup_writer *m, const tdo_result *r, const tdo_result_limit *l)
{
    tdo_sink text = tdo_sink_memory(m->a);
    if (l)
        diff_put_limit(&text, r, l);
    markup_collected(m, &text);
    markup_cell(m);
    if (l)
        tdo_putf(m->o, "%zu", l->excludes);
}

static void put_limits(markup_writer *m, const tdo_diff *d)
{
    if (!d->n_limits)
        return;
    tdo_puts(m->o, "\n## Limits\n\n");
    markup_head(m, "was", false);
    markup_head(m, "Excluded", true);
    markup_head(m, "is", false);
    markup_head(m, "Excludes", true);
    markup_head(m, "Owner", false);
    markup_head_end(m);
    for (size_t k = 0; k < d->n_limits; k++) {
        const tdo_diff_limit *l = &d->limit[k];
        put_limit(m, d->was, l->was);
        put_limit(m, d->is, l->is);
        markup_text(m, l->is ? diff_owner_of(d->is, l->is) : diff_owner_of(d->was, l->was));
        markup_end(m);
    }
}

static void put_item(markup_writer *m, const tdo_sink *text)
{
    m->failed = m->failed || text->failed;
    tdo_puts(m->o, "- ");
    markup_put(m, text->failed ? "" : text->text);
    tdo_puts(m->o, "\n");
}

static void put_people(markup_writer *m, const tdo_diff *d)
{
    tdo_puts(m->o, d->n_people ? "\n## Stakeholders\n\n" : "");
    for (size_t k = 0; k < d->n_people; k++) {
        tdo_sink text = tdo_sink_memory(m->a);
        diff_put_person_change(&text, d, &d->person[k]);
        put_item(m, &text);
    }
}

static void put_criteria(markup_writer *m, const tdo_diff *d)
{
    tdo_puts(m->o, d->n_criteria ? "\n## Criteria, and the measurements with the values 0 and 1\n\n"
                                 : "");
    for (size_t k = 0; k < d->n_criteria; k++) {
        tdo_sink text = tdo_sink_memory(m->a);
        diff_put_criterion_change(&text, &d->criterion[k]);
        put_item(m, &text);
    }
}

static void put_winners(markup_writer *m, const tdo_diff *d)
{
    if (!d->n_winners)
        return;
    tdo_puts(m->o, "\n## Who wins under which rule\n\n");
    markup_head(m, "Rule", false);
    markup_head(m, "was", false);
    markup_head(m, "is", false);
    markup_head_end(m);
    for (size_t k = 0; k < d->n_winners; k++) {
        tdo_sink was = tdo_sink_memory(m->a), is = tdo_sink_memory(m->a);
        diff_put_winner(&was, d->was, d->winner[k].rule, "");
        diff_put_winner(&is, d->is, d->winner[k].rule, "");
        markup_text(m, d->winner[k].rule);
        markup_collected(m, &was);
        markup_collected(m, &is);
        markup_end(m);
    }
}

static void put_file(markup_writer *m, const char *which, const tdo_result_file *f)
{
    if (!f)
        return;
    markup_text(m, which);
    markup_text(m, f->role);
    markup_text(m, f->file);
    markup_text(m, f->sha256);
    markup_end(m);
}

static void put_files(markup_writer *m, const tdo_diff *d)
{
    tdo_puts(m->o, "\n## Inputs\n\n");
    markup_head(m, "", false);
    markup_head(m, "Role", false);
    markup_head(m, "File", false);
    markup_head(m, "SHA-256", false);
    markup_head_end(m);
    for (size_t k = 0; k < d->n_files; k++) {
        const tdo_diff_file *f = &d->file[k];
        if (!f->same)
            put_file(m, "was", f->was);
        put_file(m, f->same ? "same" : "is", f->is);
    }
    tdo_putf(m->o, "\nMade by tradeoff %s.\n", TDO_VERSION);
}

tdo_status tdo_write_diff_markdown(const tdo_diff *d, tdo_sink *o)
{
    markup_writer m = {.o = o, .a = tdo_arena_new()};
    tdo_sentences why = {0};
    tdo_status status = m.a ? tdo_explain_diff(d, m.a, &why) : TDO_E_MEMORY;
    if (status == TDO_OK) {
        put_why(&m, d, &why);
        put_candidates(&m, d);
        put_settings(&m, d);
        put_limits(&m, d);
        put_people(&m, d);
        put_criteria(&m, d);
        put_winners(&m, d);
        put_files(&m, d);
        status = m.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    }
    tdo_arena_free(m.a);
    return status;
}
