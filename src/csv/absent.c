/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns that are asked for and not there: what is meant instead. */
#include <string.h>

#include "base/list.h"
#include "base/plain.h"
#include "csv/join.h"

enum { LISTED = 12 }; /* columns named in a message */

typedef struct names {
    const char **name; /* [n] */
    size_t n;
} names;

/* All column names within the scope. */
static bool list_names(const csv_reading *t, csv_scope in, names *out)
{
    size_t n = in.own ? t->columns : 0;
    for (size_t k = in.first; k < in.last; k++)
        n += t->join[k].from.columns;
    *out = (names){.name = tdo_alloc(t->arena, n, sizeof *out->name)};
    if (!out->name)
        return false;
    for (size_t i = 0; in.own && i < t->columns; i++)
        out->name[out->n++] = t->name[i];
    for (size_t k = in.first; k < in.last; k++)
        for (size_t i = 0; i < t->join[k].from.columns; i++)
            out->name[out->n++] = t->join[k].from.name[i];
    return true;
}

/* A column whose name differs from s by blanks at its ends only, which quotes keep. */
static const char *same_but_blanks(const names *all, const char *s)
{
    size_t length = strlen(s);
    for (size_t i = 0; i < all->n; i++) {
        const char *name = all->name[i] + strspn(all->name[i], " \t");
        if (strncmp(name, s, length) == 0 && plain_is_blank(name + length, strlen(name + length)))
            return all->name[i];
    }
    return NULL;
}

static bool is_all_numbers(const names *all)
{
    double x = 0;
    for (size_t i = 0; i < all->n; i++)
        if (tdo_number_read(all->name[i], strlen(all->name[i]), &x) != TDO_NUMBER_OK)
            return false;
    return true;
}

/* *whole: the header as a whole is not what it should be. */
static void put_hint(tdo_sink *o, const names *all, const char *column, const char *criterion,
                     bool *whole)
{
    const char *padded = same_but_blanks(all, column);
    const char *near = padded ? padded : tdo_nearest_word(column, all->name, all->n);
    size_t listed = 0, named = 0;
    *whole = false;
    if (near && !plain_is_blank(near, strlen(near))) {
        tdo_puts(o, " (did you mean ");
        tdo_put_quoted(o, near);
        tdo_puts(o, padded ? ", which has blanks inside its quotes?)" : "?)");
    } else if (criterion) {
        tdo_puts(o, " (did you mean the criterion ");
        tdo_put_quoted(o, criterion);
        tdo_puts(o, "?)");
    } else if (all->name[0][0] == '#') {
        tdo_puts(o, ": its first line looks like a comment, but must be the header");
        *whole = true;
    } else if (is_all_numbers(all)) {
        tdo_puts(o, ": its first line holds numbers, but must be the header");
        *whole = true;
    } else if (all->n == 1) {
        tdo_puts(o, ": its header has one column only, ");
        tdo_put_quoted(o, all->name[0]);
        tdo_puts(o, " (is it a title above the header, or is there another \"delimiter\"?)");
        *whole = true;
    } else {
        tdo_puts(o, "; it has ");
        for (size_t i = 0; i < all->n; i++) {
            if (plain_is_blank(all->name[i], strlen(all->name[i])) || named++ >= LISTED)
                continue;
            tdo_puts(o, listed++ == 0 ? "" : ", ");
            tdo_put_quoted(o, all->name[i]);
        }
        list_rest(o, listed, named);
    }
}

/* A criterion that a limit on this column may mean; NULL: none. */
static const char *criterion_near(const csv_reading *t, const char *column)
{
    for (size_t k = 0; k < t->request->n_wanted; k++)
        if (t->request->wanted[k].criterion && !strcmp(t->request->wanted[k].column, column))
            return t->request->wanted[k].criterion;
    return NULL;
}

tdo_status csv_report_absent(csv_reading *t, const char *column, csv_scope in,
                             const tdo_place *place)
{
    tdo_sink text = tdo_sink_memory(t->arena);
    names all = {.n = 0};
    if (!list_names(t, in, &all))
        return csv_report_memory(t);
    tdo_puts(&text, "no column ");
    tdo_put_quoted(&text, column);
    tdo_putf(&text, " in %s", in.own ? t->request->file : t->join[in.first].request.file);
    for (size_t k = in.own ? in.first : in.first + 1; k < in.last; k++)
        tdo_putf(&text, k + 1 < in.last ? ", %s" : " or %s", t->join[k].request.file);
    bool whole = false;
    put_hint(&text, &all, column, criterion_near(t, column), &whole);
    if (text.failed)
        return csv_report_memory(t);
    if (!whole || !t->header_told) /* one cause, one message */
        csv_report_place(t, place, text.text);
    t->header_told = t->header_told || whole;
    return TDO_OK;
}
