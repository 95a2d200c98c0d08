/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What should be known about the file as a whole. */
#include "inspect/profile_noting.h"

#include <string.h>

static void put_delimiter(tdo_sink *o, char delimiter)
{
    if (delimiter == '\t')
        tdo_puts(o, "\"\\t\"");
    else
        tdo_putf(o, "\"%c\"", delimiter);
}

static void note_delimiter(profile_noting *t, const profile_header_facts *h)
{
    tdo_sink o = tdo_sink_memory(t->a);
    const bool found = !t->p->delimiter_named;
    if (!found && !h->sep_line)
        return;
    tdo_note *note = profile_note_add(t, found ? "delimiter" : "sep_line", TDO_NONE, 1);
    tdo_puts(&o, found ? "the columns are separated by "
                       : "a first line \"sep=\" names the separator ");
    put_delimiter(&o, t->p->delimiter);
    if (found) {
        tdo_puts(&o, ": \"delimiter\": ");
        put_delimiter(&o, t->p->delimiter);
        tdo_puts(&o, " in the scenario settles it");
    }
    if (note)
        profile_note_take(t, note, &o);
}

static void note_header(profile_noting *t, const profile_header_facts *h)
{
    const char *code = NULL, *doubt = profile_header_doubt(t->p, h, &code);
    tdo_note *note = doubt ? profile_note_say(t, code, TDO_NONE, 1, doubt) : NULL;
    if (!note)
        return;
    note->line = strcmp(code, "header_rows") == 0 ? h->first_line : 1;
    note->refused = true;
}

/* "AUC", "latency" and 3 more */
static void put_words(tdo_sink *o, const tdo_profiled *c)
{
    enum { SHOWN = 4 };
    for (size_t k = 0; k < c->n_words && k < SHOWN; k++) {
        tdo_puts(o, k == 0 ? "" : ", ");
        tdo_put_quoted(o, c->word[k].text);
    }
    if (c->n_words > SHOWN)
        tdo_putf(o, " and %zu more", c->n_words - SHOWN);
}

/* Rows that are no candidates. */
static void note_layout(profile_noting *t, const profile_header_facts *h)
{
    const tdo_profile *p = t->p;
    const tdo_layout *l = &p->layout;
    tdo_sink o = tdo_sink_memory(t->a);
    tdo_note *note = NULL;
    if (l->metric != TDO_NONE) {
        note = profile_note_add(t, "long_table", TDO_NONE, p->rows);
        tdo_puts(&o, "the rows are measurements, not candidates (");
        put_words(&o, &p->column[l->metric]);
        tdo_puts(&o, " in ");
        tdo_put_quoted(&o, p->column[l->metric].name);
        tdo_puts(&o, "): make one row of each candidate, with a column for each of them");
    } else if (l->transposed != TDO_NONE) {
        note = profile_note_add(t, "transposed", TDO_NONE, p->rows);
        tdo_puts(&o, "the rows are measurements (");
        put_words(&o, &p->column[l->transposed]);
        tdo_puts(&o, "), and the columns seem to be the candidates: transpose the table");
    }
    if (note) {
        note->line = h->first_line;
        profile_note_take(t, note, &o);
    }
    if (l->n_summaries == 0)
        return;
    o = tdo_sink_memory(t->a);
    note = profile_note_add(t, "summary_rows", TDO_NONE, l->n_summaries);
    tdo_putf(&o, "%zu row%s to sum up the others, not to be candidates: ", l->n_summaries,
             l->n_summaries == 1 ? " seems" : "s seem");
    for (size_t k = 0; k < l->n_summaries; k++) {
        tdo_puts(&o, k == 0 ? "" : ", ");
        tdo_put_quoted(&o, l->summary[k]);
    }
    tdo_puts(&o, " in ");
    tdo_put_quoted(&o, p->column[l->summed].name);
    if (note)
        profile_note_take(t, note, &o);
}

static void note_rows(profile_noting *t, const profile_header_facts *h)
{
    const tdo_profile *p = t->p;
    tdo_sink o = tdo_sink_memory(t->a);
    tdo_note *note = NULL;
    if (p->ragged > 0) {
        note = profile_note_add(t, "ragged_rows", TDO_NONE, p->ragged);
        tdo_putf(&o, "%zu row%s another number of fields than the header: here %zu, there %zu",
                 p->ragged, p->ragged == 1 ? " has" : "s have", h->ragged_fields, p->n_columns);
        if (note) {
            note->line = h->ragged_line;
            note->refused = true;
            profile_note_take(t, note, &o);
        }
    }
    if (p->rows == 0 && p->ragged == 0) {
        note =
            profile_note_say(t, "no_rows", TDO_NONE, 0, "there is a header, and no row below it");
        if (note)
            note->refused = true;
    }
}

void profile_note_file(profile_noting *t, const profile_header_facts *h)
{
    note_delimiter(t, h);
    note_header(t, h);
    note_rows(t, h);
    note_layout(t, h);
}
