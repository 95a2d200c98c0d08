/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays out aligned columns: widths, what is shortened, what goes to a later block. */
#include "table/grid.h"
#include "base/array.h"

#include <assert.h>
#include <string.h>

#include "base/plain.h"

enum {
    EASY_HEAD = 10,    /* columns to which a heading is folded, */
    EASY_TEXT = 20,    /*   and a text is shortened, without a second thought */
    MOST_HEAD = 16,    /* of a word of a heading, before it is shortened */
    LEAST_WRAPPED = 12 /* to which a text that goes on below gives way, where nothing else helps */
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
    g->column[g->n_columns] = (grid_column){
        .head = {head, "", ""}, .align = align, .gap = 2, .key = g->n_columns == 0, .cell = cell};
    return g->n_columns++;
}

void grid_set(grid_table *g, size_t column, size_t row, const char *text)
{
    assert(g->failed || (column < g->n_columns && row < g->n_rows));
    g->failed = g->failed || !text;
    if (!g->failed)
        g->column[column].cell[row] = text;
}

void grid_leave_out_empty(grid_table *g, size_t column)
{
    bool some = g->failed;
    for (size_t r = 0; r < g->n_rows && !some; r++)
        some = g->column[column].cell[r] && *g->column[column].cell[r];
    if (!some)
        g->column[column].hidden = g->column[column].told = true;
}

/* ---- widths ---- */

static size_t head_width(const grid_column *c)
{
    size_t width = 0;
    for (size_t k = 0; k < GRID_HEADS; k++)
        width = grid_larger(width, plain_width(c->head[k]));
    return width;
}

/* The widest word of the heading: it goes on below, and words stay whole. */
static size_t head_word(const grid_column *c)
{
    size_t width = 0;
    for (size_t k = 0; k < GRID_HEADS; k++)
        for (const char *s = c->head[k]; *s; s += strspn(s, " ")) {
            const size_t n = strcspn(s, " ");
            width = grid_larger(width, tdo_utf8_width(s, n));
            s += n;
        }
    return grid_smaller(width, MOST_HEAD);
}

size_t grid_point_of(const char *number)
{
    return strcspn(number, ".e");
}

static size_t cells_width(const grid_table *g, grid_column *c)
{
    size_t width = 0;
    c->point = c->after = 0;
    for (size_t r = 0; r < g->n_rows; r++) {
        const char *text = c->cell[r] ? c->cell[r] : "";
        size_t all = plain_width(text), before = grid_point_of(text);
        width = grid_larger(width, all);
        c->point = grid_larger(c->point, before);
        c->after = grid_larger(c->after, all - grid_smaller(all, before));
    }
    return c->align == GRID_ALIGN_POINT ? c->point + c->after : width;
}

/* What a column needs as it is, shortened a little, and shortened as far as it goes. */
typedef struct need {
    size_t full, easy, least;
} need;

static need need_of(const grid_table *g, grid_column *c)
{
    size_t head = head_width(c), word = head_word(c), cells = cells_width(g, c);
    size_t easy = c->least ? grid_larger(c->least, EASY_TEXT) : cells;
    return (need){.full = grid_larger(head, cells),
                  .easy = grid_larger(grid_larger(grid_smaller(head, EASY_HEAD), word),
                                      grid_smaller(cells, easy)),
                  .least = grid_larger(word, c->least ? grid_smaller(cells, c->least) : cells)};
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

/* Leaves out the next column to go; false: none may go, as every block has one beside its key. */
static bool drop_one(grid_table *g, bool ornaments)
{
    size_t next = SIZE_MAX, stay = 0;
    for (size_t c = 0; c < g->n_columns; c++)
        stay += !g->column[c].hidden && !g->column[c].key && !g->column[c].ornament;
    for (size_t c = 0; c < g->n_columns && (ornaments || stay > 1); c++) {
        const grid_column *k = &g->column[c];
        if (!k->hidden && (ornaments || k->drop != GRID_NEVER) && k->ornament == ornaments &&
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
        easy[c] = grid_smaller(n.full, n.easy);
        least[c] = grid_smaller(easy[c], n.least);
    }
    while (width && sum_of(g, easy) > width && drop_one(g, true))
        ;
    while (width && sum_of(g, least) > width && drop_one(g, false))
        ;
    if (width)
        squeeze(g, sum_of(g, easy) > width ? least : easy, full, width);
    for (size_t c = 0; c < g->n_columns; c++)
        least[c] = g->column[c].wraps ? grid_smaller(least[c], LEAST_WRAPPED) : full[c];
    if (width) /* what wraps is whole all the same */
        squeeze(g, least, full, width);
    for (size_t c = 0; c < g->n_columns; c++)
        g->column[c].width = full[c];
}

bool grid_next(grid_table *g)
{
    bool more = false;
    for (size_t c = 0; c < g->n_columns; c++) {
        grid_column *k = &g->column[c];
        k->told = k->told || !k->hidden || k->ornament;
        k->hidden = k->told && !k->key;
        more = more || !k->told;
    }
    return more && !g->failed;
}
