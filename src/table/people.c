/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who gets how many points from whom, in blocks as wide as the page. */
#include <math.h>
#include <string.h>

#include "explain/firsts.h"
#include "table/page.h"
#include "verdict/answer.h"

enum {
    COLUMN = 5,  /* columns of a number, its mark and the gap */
    NAME_AT = 7, /* where names begin at least: after the sign, the place and two blanks */
    LEAST_NAME = 21,
    LEGENDS = 4,
    LABEL_LINES = 2 /* over which a label is parted where all fit beside the names */
};

/* ---- layout ---- */

/* The table of so many stakeholders from one on. */
typedef struct people_table {
    const page_rows *rows;
    size_t first, n; /* stakeholders */
    bool repeats;    /* a column of how often each is first, where this differs: */
    enum { PEOPLE_MEASURED, PEOPLE_WEIGHED, PEOPLE_BOTH } differs;
    const char **name;           /* [rows] */
    const speech_firsts *in_100; /* how often first; NULL: not sampled */
    size_t name_at, name_width;
} people_table;

static const char *name_of(page_writer *p, size_t i)
{
    const char *id = page_name(p, p->run->measured.id[i]);
    const char *text = i == p->run->measured.incumbent && !strstr(id, "(today)")
                           ? tdo_text(p->a, "%s (today)", id)
                           : id;
    p->failed = p->failed || !text;
    return text ? text : "";
}

/* A line being written: blanks at its end are left out. */
typedef struct people_line {
    tdo_sink *o;
    size_t at, blanks;
} people_line;

static void put_at(people_line *l, size_t column, const char *text)
{
    if (column > l->at)
        l->blanks += column - l->at;
    if (*text) {
        plain_put_blanks(l->o, l->blanks);
        tdo_puts(l->o, text);
        l->blanks = 0;
    }
    l->at = (column > l->at ? column : l->at) + plain_width(text);
}

static const char *label_of(page_writer *p, const people_table *t, size_t k)
{
    return k < t->n ? page_person(p, t->first + k) : "First in 100";
}

static size_t columns_of(const people_table *t)
{
    return t->n + t->repeats;
}

static const char *legend_of(const people_table *t, size_t k)
{
    static const char *const first[] = {"Points out of 100 for each", "> chosen, * own favourite"};
    static const char *const again[][2] = {
        [PEOPLE_MEASURED] = {"First in 100: if all were", "measured again 100 times"},
        [PEOPLE_WEIGHED] = {"First in 100: with other", "weights, as far as open"},
        [PEOPLE_BOTH] = {"First in 100: measured anew", "and with weights as open"}};
    if (k < LEGENDS - 2)
        return first[k];
    return t->repeats && k < LEGENDS ? again[t->differs][k - 2] : "";
}

static size_t legends(const people_table *t)
{
    return t->repeats ? LEGENDS : LEGENDS - 2;
}

/* A label for each column on a rung of its own, with lines down to its column. */
static void put_ladder(page_writer *p, const people_table *t, size_t start)
{
    const size_t n = columns_of(t), lines = n > legends(t) ? n : legends(t);
    for (size_t r = 0; r < lines; r++) {
        people_line l = {.o = p->o};
        put_at(&l, 0, legend_of(t, r));
        const size_t last = lines - n; /* labels stand at the bottom */
        for (size_t k = 0; k < n && k + last < r; k++)
            put_at(&l, start + COLUMN * k + 1, "|");
        if (r >= last)
            put_at(&l, start + COLUMN * (r - last) + 1, label_of(p, t, r - last));
        tdo_puts(p->o, "\n");
    }
}

/* Where a label is parted in two, so that the wider part is as narrow as can be; its length where
 * it is not. */
static size_t parted_at(const char *label)
{
    size_t best = strlen(label), least = plain_width(label);
    for (const char *blank = strchr(label, ' '); blank; blank = strchr(blank + 1, ' ')) {
        const size_t left = tdo_utf8_width(label, (size_t)(blank - label));
        const size_t right = plain_width(blank + 1), wide = left > right ? left : right;
        if (wide < least) {
            least = wide;
            best = (size_t)(blank - label);
        }
    }
    return best;
}

static size_t parted_width(const char *label)
{
    const size_t at = parted_at(label), left = tdo_utf8_width(label, at);
    const size_t right = label[at] ? plain_width(label + at + 1) : 0;
    return left > right ? left : right;
}

/* The columns that a column has where labels stand beside the names. */
static size_t wide_column(page_writer *p, const people_table *t, size_t k)
{
    const size_t label = parted_width(label_of(p, t, k));
    return 2 + (label > 4 ? label : 4);
}

static void put_heading(page_writer *p, const people_table *t, size_t start)
{
    const size_t lines = legends(t);
    for (size_t r = 0; r < lines; r++) {
        people_line l = {.o = p->o};
        size_t end = start;
        put_at(&l, 0, legend_of(t, r));
        for (size_t k = 0; k < columns_of(t) && r + LABEL_LINES >= lines; k++) {
            const char *label = label_of(p, t, k);
            const size_t at = parted_at(label);
            const bool lower = r + 1 == lines;
            const char *upper = tdo_copy(p->a, label, label[at] ? at : 0);
            const char *part = lower ? label + (label[at] ? at + 1 : 0) : upper;
            p->failed = p->failed || !part;
            end += wide_column(p, t, k);
            if (part)
                put_at(&l, end - 1 - plain_width(part), part);
        }
        tdo_puts(p->o, "\n");
    }
}

/* "73*", "<1": what a row has in a column; four columns, the last one for the mark. */
static const char *cell_of(page_writer *p, const people_table *t, size_t row, size_t k)
{
    const tdo_run *run = p->run;
    const size_t i = t->rows->candidate[row];
    const uint32_t slot = run->screened.slot[i];
    tdo_sink o = tdo_sink_memory(p->a);
    if (slot == UINT32_MAX)
        return k < t->n ? "out " : "";
    if (k == t->n) {
        speech_put_first(&o, t->in_100, slot, ">99");
        tdo_puts(&o, " ");
        return page_collected(p, &o);
    }
    const size_t h = t->first + k;
    tdo_putf(&o, "%d", (int)(100 * facts_utility_at(run, h, slot) + 0.5));
    tdo_puts(&o, run->ranking.favourite[h] == slot ? "*" : " ");
    return page_collected(p, &o);
}

static void put_row(page_writer *p, const people_table *t, size_t row, size_t start, bool wide)
{
    const size_t i = t->rows->candidate[row];
    const bool chosen = page_is_chosen(p->run, i);
    const char *place = page_place(p, i);
    people_line l = {.o = p->o};
    size_t end = start;
    tdo_puts(p->o, chosen && p->style->colour ? PAGE_STYLE_BOLD : "");
    put_at(&l, 0, chosen ? ">" : " ");
    put_at(&l, t->name_at - 2 - strlen(place), place);
    put_at(&l, t->name_at, t->name[row]);
    for (size_t k = 0; k < columns_of(t); k++) {
        const char *cell = cell_of(p, t, row, k);
        const size_t length = strlen(cell);
        end += wide ? wide_column(p, t, k) : COLUMN;
        char text[8] = "";
        if (length < sizeof text) {
            memcpy(text, cell, length);
            text[length && text[length - 1] == ' ' ? length - 1 : length] = '\0';
        }
        put_at(&l, end - (wide ? 0U : 1U) - length, text);
    }
    tdo_puts(p->o, chosen && p->style->colour ? TDO_STYLE "0m\n" : "\n");
}

/* ---- the whole ---- */

/* The block of so many stakeholders from one on; how often each is first stands in the last one. */
static void set_block(const page_writer *p, people_table *t, size_t first, size_t columns)
{
    const size_t s = p->run->utility.s;
    t->first = first;
    t->n = s - first < columns ? s - first : columns;
    t->repeats = t->in_100 && first + t->n == s;
}

/* The columns that the numbers take with the labels beside each other, in the widest block. */
static size_t room_beside(page_writer *p, people_table *t, size_t columns)
{
    size_t room = 0;
    for (size_t first = 0; first < p->run->utility.s; first += columns) {
        size_t wide = 0;
        set_block(p, t, first, columns);
        for (size_t k = 0; k < columns_of(t); k++)
            wide += wide_column(p, t, k);
        room = wide > room ? wide : room;
    }
    return room;
}

/* The columns that the numbers and the ladder above them take, in any of the blocks. */
static size_t room_of_labels(page_writer *p, people_table *t, size_t columns)
{
    size_t room = 0;
    for (size_t first = 0; first < p->run->utility.s; first += columns) {
        set_block(p, t, first, columns);
        room = COLUMN * columns_of(t) > room ? COLUMN * columns_of(t) : room;
        for (size_t k = 0; k < columns_of(t); k++) {
            const size_t end = COLUMN * k + 1 + plain_width(label_of(p, t, k));
            room = end > room ? end : room;
        }
    }
    return room;
}

/* How often those are first who have no row of their own, of 100. */
static size_t others_of(const tdo_run *run, const page_rows *r, const speech_firsts *x)
{
    double shown = 0;
    size_t sum = 0;
    for (size_t k = 0; k < r->ranked; k++) {
        const uint32_t slot = run->screened.slot[r->candidate[k]];
        shown += run->robust.candidate[slot].first;
        sum += x->parts[slot];
    }
    return shown < 1 - TDO_TIE ? 100 - sum : 0;
}

static void put_block(page_writer *p, people_table *t)
{
    const page_rows *r = t->rows;
    size_t wide = t->name_at + t->name_width, start = t->name_at + t->name_width + 2;
    const size_t legend = strlen("Points out of 100 for each");
    for (size_t k = 0; k < columns_of(t); k++)
        wide += wide_column(p, t, k);
    const bool beside = !p->style->width || wide <= p->style->width;
    if (start < legend + 2)
        start = legend + 2;
    tdo_puts(p->o, "\n");
    if (beside)
        put_heading(p, t, t->name_at + t->name_width);
    else
        put_ladder(p, t, start);
    for (size_t k = 0; k < r->n && !p->failed; k++)
        put_row(p, t, k, beside ? t->name_at + t->name_width : start, beside);
}

/* How many stakeholders a block has: names are not cut for labels, the others follow in a block of
 * their own. Labels stand beside each other where that takes no more blocks than a ladder. *least:
 * the columns that are taken beside the names. */
static size_t find_columns(page_writer *p, people_table *t, size_t *least)
{
    const size_t s = p->run->utility.s, width = p->style->width;
    size_t ladder = s, beside = s;
    while (ladder > 1 && t->name_at + 2 + room_of_labels(p, t, ladder) + LEAST_NAME > width)
        ladder--;
    while (beside > 1 && t->name_at + room_beside(p, t, beside) + LEAST_NAME > width)
        beside--;
    const bool fits = t->name_at + room_beside(p, t, beside) + LEAST_NAME <= width;
    if (fits && (s + beside - 1) / beside <= (s + ladder - 1) / ladder) {
        *least = t->name_at + room_beside(p, t, beside);
        return beside;
    }
    *least = t->name_at + 2 + room_of_labels(p, t, ladder);
    return ladder;
}

void page_people(page_writer *p, const page_rows *r)
{
    const tdo_run *run = p->run;
    const size_t s = run->utility.s, width = p->style->width;
    people_table t = {.rows = r, .name_at = NAME_AT};
    const bool repeats = run->sampled && run->robust.samples > 0 && run->valued.f > 1;
    size_t most = LEAST_NAME, others = 0;
    speech_firsts firsts;
    t.differs = !facts_has_open_weights(run) ? PEOPLE_MEASURED
                : run->robust.n_noise > 0    ? PEOPLE_BOTH
                                             : PEOPLE_WEIGHED;
    t.name = tdo_alloc(p->a, r->n, sizeof *t.name);
    p->failed = p->failed || !t.name;
    if (repeats && !p->failed) {
        p->failed = !speech_find_firsts(run, 1, p->a, &firsts);
        t.in_100 = &firsts;
        others = p->failed ? 0 : others_of(run, r, &firsts);
    }
    for (size_t k = 0; k < r->n && !p->failed; k++) {
        t.name[k] = name_of(p, r->candidate[k]);
        most = plain_width(t.name[k]) > most ? plain_width(t.name[k]) : most;
        const size_t place = strlen(page_place(p, r->candidate[k]));
        t.name_at = place + 2 > t.name_at ? place + 2 : t.name_at;
    }
    size_t least = 0;
    const size_t columns = width ? find_columns(p, &t, &least) : s;
    t.name_width = width && most + least > width ? (width > least ? width - least : LEAST_NAME)
                                                 : most;
    for (size_t k = 0; k < r->n && !p->failed; k++) {
        t.name[k] = plain_shorten(p->a, t.name[k], t.name_width);
        p->failed = p->failed || !t.name[k];
    }
    for (size_t first = 0; first < s && !p->failed; first += columns) {
        set_block(p, &t, first, columns);
        put_block(p, &t);
    }
    if (t.in_100 && others)
        tdo_putf(p->o, "%*sothers are first in %zu of 100\n", (int)t.name_at, "", others);
}
