/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays out aligned columns: widths, what is shortened, what is left out. */
#include "table/grid.h"
#include "base/array.h"

#include <assert.h>
#include <string.h>

#include "base/plain.h"

enum {
    EASY_HEAD = 10, /* columns to which a heading, */
    EASY_TEXT = 20, /*   and a text, is shortened without a second thought */
    LEAST_HEAD = 8
};

grid_table grid_new(tdo_arena *a, size_t n_rows, size_t indent)
{
    grid_table g = {.a = a, .n_rows = n_rows, .indent = indent};
    g.style = tdo_alloc(a, n_rows, sizeof *g.style);
    g.failed = !g.style;
    return g;
}

size_t grid_add(grid_table *g, const char *head, grid_align align)
{
    grid_column *more = array_more(g->a, g->column, g->n_columns, sizeof *more);
    const char **cell = tdo_alloc(g->a, g->n_rows, sizeof *cell);
    g->column = more ? more : g->column;
    g->failed = g->failed || !more || !cell || !head;
    if (g->failed)
        return 0;
    g->column[g->n_columns] =
        (grid_column){.head = {head, "", ""}, .align = align, .gap = 2, .cell = cell};
    return g->n_columns++;
}

void grid_set(grid_table *g, size_t column, size_t row, const char *text)
{
    assert(g->failed || (column < g->n_columns && row < g->n_rows));
    g->failed = g->failed || !text;
    if (!g->failed)
        g->column[column].cell[row] = text;
}

/* ---- widths ---- */

static size_t width_of(const char *s)
{
    return tdo_utf8_width(s, strlen(s));
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t head_width(const grid_column *c)
{
    size_t width = 0;
    for (size_t k = 0; k < GRID_HEADS; k++)
        width = larger(width, width_of(c->head[k]));
    return width;
}

/* Columns before the decimal point. */
static size_t point_of(const char *number)
{
    return strcspn(number, ".e");
}

static size_t cells_width(const grid_table *g, grid_column *c)
{
    size_t width = 0;
    c->point = c->after = 0;
    for (size_t r = 0; r < g->n_rows; r++) {
        const char *text = c->cell[r] ? c->cell[r] : "";
        size_t all = width_of(text), before = point_of(text);
        width = larger(width, all);
        c->point = larger(c->point, before);
        c->after = larger(c->after, all - smaller(all, before));
    }
    return c->align == GRID_ALIGN_POINT ? c->point + c->after : width;
}

/* What a column needs as it is, shortened a little, and shortened as far as it goes. */
typedef struct need {
    size_t full, easy, least;
} need;

static need need_of(const grid_table *g, grid_column *c)
{
    size_t head = head_width(c), cells = cells_width(g, c);
    size_t easy = c->least ? larger(c->least, EASY_TEXT) : cells;
    return (need){
        .full = larger(head, cells),
        .easy = larger(smaller(head, EASY_HEAD), smaller(cells, easy)),
        .least = larger(smaller(head, LEAST_HEAD), c->least ? smaller(cells, c->least) : cells)};
}

static size_t sum_of(const grid_table *g, const size_t *width)
{
    size_t sum = g->indent;
    for (size_t c = 0, shown = 0; c < g->n_columns; c++)
        if (!g->column[c].hidden)
            sum += width[c] + (shown++ ? g->column[c].gap : 0);
    return sum;
}

size_t grid_width(grid_table *g)
{
    size_t sum = g->indent;
    for (size_t c = 0, shown = 0; c < g->n_columns && !g->failed; c++)
        if (!g->column[c].ornament)
            sum += need_of(g, &g->column[c]).full + (shown++ ? g->column[c].gap : 0);
    return sum;
}

/* Takes a column from the widest that has one to give, until all fit. */
static void squeeze(grid_table *g, const size_t *least, size_t *now, size_t width)
{
    while (sum_of(g, now) > width) {
        size_t widest = SIZE_MAX;
        for (size_t c = 0; c < g->n_columns; c++)
            if (!g->column[c].hidden && now[c] > least[c] &&
                (widest == SIZE_MAX || now[c] > now[widest]))
                widest = c;
        if (widest == SIZE_MAX)
            break;
        now[widest]--;
    }
}

/* Leaves out the next column to go; false: none is left to leave out. */
static bool drop_one(grid_table *g, bool ornaments)
{
    size_t next = SIZE_MAX;
    for (size_t c = 0; c < g->n_columns; c++) {
        const grid_column *k = &g->column[c];
        if (!k->hidden && k->drop != GRID_NEVER && k->ornament == ornaments &&
            (next == SIZE_MAX || k->drop < g->column[next].drop))
            next = c;
    }
    if (next != SIZE_MAX)
        g->column[next].hidden = true;
    return next != SIZE_MAX;
}

void grid_fit(grid_table *g, size_t width)
{
    size_t *full = tdo_alloc(g->a, g->n_columns, sizeof *full);
    size_t *easy = tdo_alloc(g->a, g->n_columns, sizeof *easy);
    size_t *least = tdo_alloc(g->a, g->n_columns, sizeof *least);
    g->failed = g->failed || !full || !easy || !least;
    if (g->failed)
        return;
    for (size_t c = 0; c < g->n_columns; c++) {
        need n = need_of(g, &g->column[c]);
        full[c] = n.full;
        easy[c] = smaller(n.full, n.easy);
        least[c] = smaller(easy[c], n.least);
    }
    while (width && sum_of(g, easy) > width && drop_one(g, true))
        ;
    while (width && sum_of(g, least) > width && drop_one(g, false))
        ;
    if (width)
        squeeze(g, sum_of(g, easy) > width ? least : easy, full, width);
    for (size_t c = 0; c < g->n_columns; c++)
        g->column[c].width = full[c];
}

/* ---- writing ---- */

/* A line being written: blanks are held back until something follows them. */
typedef struct line {
    tdo_sink *o;
    size_t blanks;
} line;

static void put_text(line *l, const char *s)
{
    if (!*s)
        return;
    plain_put_blanks(l->o, l->blanks);
    l->blanks = 0;
    tdo_puts(l->o, s);
}

/* The bytes of s that fit into so many columns: whole words, or of one that is too wide a part. */
static size_t fitting(const char *s, size_t columns)
{
    size_t fits = 0, n = 0;
    while (s[n]) {
        n += strspn(s + n, " ");
        n += strcspn(s + n, " ");
        if (tdo_utf8_width(s, n) > columns)
            break;
        fits = n;
    }
    for (n = fits; !fits && s[n];) {
        const size_t before = n++;
        while (((unsigned char)s[n] & 0xC0U) == 0x80)
            n++;
        if (before && tdo_utf8_width(s, n) > columns)
            return before;
    }
    return fits ? fits : n;
}

/* What a cell has in its line number `part`, from 0; NULL: nothing more. */
static const char *part_of(grid_table *g, const grid_column *c, size_t row, size_t part)
{
    const char *s = c->cell[row] ? c->cell[row] : "";
    if (!c->wraps)
        return part ? NULL : s;
    for (size_t k = 0; k < part && *s; k++) {
        s += fitting(s, c->width);
        s += strspn(s, " ");
    }
    if (part && !*s)
        return NULL;
    s = tdo_copy(g->a, s, fitting(s, c->width));
    g->failed = g->failed || !s;
    return s ? s : "";
}

static void put_cell(grid_table *g, line *l, const grid_column *c, const char *text, bool head)
{
    size_t width = width_of(text), before = 0;
    if (width > c->width && (head || c->least)) {
        text = plain_shorten(g->a, text, c->width);
        g->failed = g->failed || !text;
        text = text ? text : "";
        width = width_of(text);
    }
    if (c->align == GRID_ALIGN_POINT && !head && *text) {
        /* the numbers stand as a block at the right end of the column */
        before = c->width - c->after - point_of(text);
    } else if (c->align != GRID_ALIGN_LEFT) {
        before = c->width - smaller(c->width, width);
    }
    l->blanks += before;
    put_text(l, text);
    l->blanks += c->width - smaller(c->width, before + width);
}

static void put_head(grid_table *g, tdo_sink *o, size_t head)
{
    line l = {.o = o, .blanks = g->indent};
    for (size_t c = 0, shown = 0; c < g->n_columns; c++) {
        const grid_column *k = &g->column[c];
        l.blanks += !k->hidden && shown++ ? k->gap : 0;
        if (!k->hidden)
            put_cell(g, &l, k, k->head[head], true);
    }
    tdo_puts(o, "\n");
}

/* A row, in as many lines as its longest cell takes. */
static void put_row(grid_table *g, tdo_sink *o, size_t row)
{
    bool more = true;
    for (size_t part = 0; more && !g->failed; part++) {
        line l = {.o = o, .blanks = g->indent};
        more = false;
        for (size_t c = 0, shown = 0; c < g->n_columns && !g->failed; c++) {
            const grid_column *k = &g->column[c];
            if (k->hidden)
                continue;
            const char *text = part_of(g, k, row, part);
            l.blanks += shown++ ? k->gap : 0;
            put_cell(g, &l, k, text ? text : "", false);
            more = more || part_of(g, k, row, part + 1);
        }
        tdo_puts(o, more ? "\n" : "");
    }
}

static void put_names(grid_table *g, tdo_sink *o, const grid_column *c)
{
    plain_put_blanks(o, g->indent);
    tdo_putf(o, "in full, from top to bottom (%s):\n", c->head[0]);
    for (size_t r = 0; r < g->n_rows; r++) {
        plain_put_blanks(o, g->indent + 2);
        tdo_puts(o, c->cell[r] ? c->cell[r] : "");
        tdo_puts(o, "\n");
    }
}

void grid_put(grid_table *g, tdo_sink *o, bool colour)
{
    for (size_t h = 0; h < GRID_HEADS && !g->failed; h++) {
        bool some = false;
        for (size_t c = 0; c < g->n_columns; c++)
            some = some || (!g->column[c].hidden && g->column[c].head[h][0]);
        if (some)
            put_head(g, o, h);
    }
    for (size_t r = 0; r < g->n_rows && !g->failed; r++) {
        const char *style = colour ? g->style[r] : NULL;
        tdo_puts(o, style ? style : "");
        put_row(g, o, r);
        tdo_puts(o, style ? TDO_STYLE "0m\n" : "\n");
    }
    for (size_t c = 0; c < g->n_columns && !g->failed; c++)
        if (!g->column[c].hidden && g->column[c].names && !g->column[c].wraps &&
            plain_alike(g->a, g->column[c].cell, g->n_rows, g->column[c].width))
            put_names(g, o, &g->column[c]);
}
