/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a first answer does without: columns that seem measured and do not read, and those that are
 * read and not used. */
#include <string.h>

#include "base/list.h"
#include "starter/parts.h"

enum { UNREAD = 3, UNUSED = 5 }; /* named, at most */

static bool has_digit(const char *s)
{
    return s && strpbrk(s, "0123456789");
}

/* The first cell that stands where a number does and is none. */
static const char *first_odd_cell(const tdo_profiled *c)
{
    static const tdo_cell_class odd[] = {TDO_CELL_WORD,       TDO_CELL_DECORATED, TDO_CELL_COMMA,
                                         TDO_CELL_APOSTROPHE, TDO_CELL_FORMED,    TDO_CELL_GROUPED,
                                         TDO_CELL_INFINITE,   TDO_CELL_RANGE,     TDO_CELL_NEAR};
    const tdo_cells *first = NULL;
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++) {
        const tdo_cells *x = &c->cells[odd[k]];
        if (x->n && x->text && (!first || x->line < first->line))
            first = x;
    }
    return first ? first->text : NULL;
}

/* Would it be a criterion, could it be read? */
static bool seems_measured(const starter_work *t, size_t column)
{
    const tdo_profiled *c = &t->p->column[column];
    switch (t->left[column]) {
    case STARTER_LEFT_MIXED:
    case STARTER_LEFT_UNREADABLE:
        return true;
    case STARTER_LEFT_SPARSE:
        return c->numeric && starter_goal_of(t, column).known;
    case STARTER_LEFT_TEXT:
        return c->kind != TDO_KIND_DATE && c->kind != TDO_KIND_ID &&
               (c->numbers > 0 || c->guess.known) && has_digit(first_odd_cell(c));
    default:
        return false;
    }
}

static void put_why(tdo_sink *o, const starter_work *t, size_t column)
{
    const tdo_profiled *c = &t->p->column[column];
    const starter_facts *f = &t->facts[column];
    const char *odd = first_odd_cell(c);
    if (t->left[column] == STARTER_LEFT_MIXED) {
        tdo_puts(o, "mixed scales");
    } else if (t->left[column] == STARTER_LEFT_SPARSE) {
        const size_t rows = f->missing + f->numbers;
        const bool zeros = starter_zero_means_missing(t, column) && f->zeros > 0;
        if (zeros)
            tdo_putf(o, "0 in %zu of %zu, taken as not reported", f->zeros, rows);
        if (f->missing > 0 || !zeros)
            tdo_putf(o, "%smissing in %zu of %zu", zeros ? "; " : "", f->missing, rows);
    } else if (c->parted.n > 0) {
        tdo_put_quoted(o, c->parted.text);
        tdo_puts(o, " may have thousands");
    } else if (odd) {
        tdo_put_quoted(o, odd);
    } else {
        tdo_puts(o, "values below 0");
    }
}

typedef struct naming {
    bool unread; /* those that seem measured, with what is wrong with them */
    size_t most, n;
} naming;

static bool is_listed(const starter_work *t, size_t column, const naming *how)
{
    return t->p->column[column].name[0] && !starter_is_used(t->out, column) &&
           seems_measured(t, column) == how->unread;
}

static void put_column(tdo_sink *o, const starter_work *t, size_t column, naming *how)
{
    if (how->n++ >= how->most)
        return;
    tdo_puts(o, how->n > 1 ? ", " : "");
    tdo_puts(o, t->p->column[column].name);
    if (how->unread) {
        tdo_puts(o, " (");
        put_why(o, t, column);
        tdo_puts(o, ")");
    }
}

/* Names the columns of one sort: first numbers, which might have been criteria, then the others. */
static const char *list_columns(starter_work *t, bool unread, size_t most)
{
    tdo_sink o = tdo_sink_memory(t->a);
    naming how = {.unread = unread, .most = most};
    for (int numeric = 1; numeric >= 0; numeric--)
        for (size_t i = 0; i < t->p->n_columns; i++)
            if (is_listed(t, i, &how) && t->p->column[i].numeric == (numeric == 1))
                put_column(&o, t, i, &how);
    if (how.n > most)
        tdo_putf(&o, ", %zu more", how.n - most);
    t->failed = t->failed || o.failed;
    return o.failed || !o.text ? "" : o.text;
}

void starter_list_unread(starter_work *t)
{
    t->out->unread = list_columns(t, true, UNREAD);
    t->out->unused = list_columns(t, false, UNUSED);
}
