/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes aligned columns: headings and texts that go on below, numbers under their points. */
#include "table/grid.h"

#include <string.h>

#include "base/plain.h"

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

/* What a text has in its line number `part`, from 0, folded to so many columns; NULL: nothing more.
 */
static const char *folded_part(grid_table *g, const char *s, size_t columns, size_t part)
{
    for (size_t k = 0; k < part && *s; k++) {
        s += fitting(s, columns);
        s += strspn(s, " ");
    }
    if (part && !*s)
        return NULL;
    s = tdo_copy(g->a, s, fitting(s, columns));
    g->failed = g->failed || !s;
    return s ? s : "";
}

static const char *part_of(grid_table *g, const grid_column *c, size_t row, size_t part)
{
    const char *s = c->cell[row] ? c->cell[row] : "";
    return c->wraps ? folded_part(g, s, c->width, part) : part ? NULL : s;
}

static void put_cell(grid_table *g, line *l, const grid_column *c, const char *text, bool head)
{
    size_t width = plain_width(text), before = 0;
    if (width > c->width && (head || c->least)) {
        text = plain_shorten(g->a, text, c->width);
        g->failed = g->failed || !text;
        text = text ? text : "";
        width = plain_width(text);
    }
    if (c->align == GRID_ALIGN_POINT && !head && *text) {
        /* the numbers stand as a block at the right end of the column */
        before = c->width - c->after - grid_point_of(text);
    } else if (c->align != GRID_ALIGN_LEFT) {
        before = c->width - grid_smaller(c->width, width);
    }
    l->blanks += before;
    put_text(l, text);
    l->blanks += c->width - grid_smaller(c->width, before + width);
}

/* What a line of the heading has in its line number `part`; NULL: nothing more. */
static const char *head_part(grid_table *g, const grid_column *c, size_t head, size_t part)
{
    const char *s = c->head[head];
    if (tdo_utf8_width(s, strcspn(s, " ")) > c->width) /* a long word is shortened, not broken */
        return part ? NULL : s;
    return folded_part(g, s, c->width, part);
}

static size_t head_lines(grid_table *g, size_t head)
{
    size_t lines = 0;
    for (size_t c = 0; c < g->n_columns; c++) {
        const grid_column *k = &g->column[c];
        size_t part = 0;
        while (!k->hidden && k->head[head][0] && head_part(g, k, head, part))
            part++;
        lines = grid_larger(lines, part);
    }
    return lines;
}

/* A line of the heading, in as many as it takes; what takes fewer stands at the bottom. */
static void put_head(grid_table *g, tdo_sink *o, size_t head)
{
    const size_t lines = head_lines(g, head);
    for (size_t r = 0; r < lines && !g->failed; r++) {
        line l = {.o = o, .blanks = g->indent};
        for (size_t c = 0, shown = 0; c < g->n_columns; c++) {
            const grid_column *k = &g->column[c];
            if (k->hidden)
                continue;
            size_t has = 0;
            while (head_part(g, k, head, has))
                has++;
            const size_t from = lines - grid_smaller(has, lines);
            l.blanks += shown++ ? k->gap : 0;
            put_cell(g, &l, k, r >= from ? head_part(g, k, head, r - from) : "", true);
        }
        tdo_puts(o, "\n");
    }
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

/* Of a later block: it says nothing but its key. */
static bool is_told(const grid_table *g, size_t row)
{
    bool says = false, later = false;
    for (size_t c = 0; c < g->n_columns; c++) {
        const grid_column *k = &g->column[c];
        later = later || (k->key && k->told);
        says = says || (!k->hidden && !k->key && k->cell[row] && *k->cell[row]);
    }
    return later && !says;
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
        if (is_told(g, r))
            continue;
        const char *style = colour ? g->style[r] : NULL;
        tdo_puts(o, style ? style : "");
        put_row(g, o, r);
        tdo_puts(o, style ? TDO_STYLE "0m\n" : "\n");
    }
    for (size_t c = 0; c < g->n_columns && !g->failed; c++)
        if (!g->column[c].hidden && !g->column[c].told && g->column[c].names &&
            !g->column[c].wraps &&
            plain_alike(g->a, g->column[c].cell, g->n_rows, g->column[c].width))
            put_names(g, o, &g->column[c]);
}
