/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aligned columns that fit a width: texts are shortened in the middle or go on below, numbers
 * never; columns that still do not fit follow in blocks of their own, beside the key again. */
#ifndef TRADEOFF_TABLE_GRID_H
#define TRADEOFF_TABLE_GRID_H

#include "tradeoff/text.h"

typedef enum grid_align {
    GRID_ALIGN_LEFT,
    GRID_ALIGN_RIGHT,
    GRID_ALIGN_POINT /* numbers, with their decimal points below each other */
} grid_align;

enum { GRID_HEADS = 3, GRID_NEVER = 0 };

typedef struct grid_column {
    const char *head[GRID_HEADS]; /* lines of the heading; "" for none */
    grid_align align;
    size_t gap;        /* blanks before it */
    size_t least;      /* columns to which its cells may be shortened; 0: they may not */
    unsigned drop;     /* the smaller, the sooner it goes to a later block; GRID_NEVER: never */
    bool key;          /* stands in every block; the first column, where nothing else is said */
    bool wraps;        /* cells that are too wide go on below, and are not shortened */
    bool ornament;     /* left out before a text is shortened by much */
    bool names;        /* cells that look the same when shortened are listed in full */
    const char **cell; /* [n_rows] NULL: empty */
    /* found by grid_fit: */
    size_t width;        /* in columns */
    size_t point, after; /* of them before the decimal point, and from it on */
    bool hidden;         /* not in this block, */
    bool told;           /*   but in one before it */
} grid_column;

typedef struct grid_table {
    tdo_arena *a;
    grid_column *column; /* [n_columns] */
    size_t n_columns, n_rows;
    size_t indent;      /* blanks before each line */
    const char **style; /* [n_rows] ANSI sequence of a row; NULL: none */
    bool failed;        /* out of memory */
} grid_table;

static inline size_t grid_larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static inline size_t grid_smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

grid_table grid_new(tdo_arena *a, size_t n_rows, size_t indent);

/* Adds a column (gap 2, never shortened or moved) and returns its place. The heading is not
 * copied; its other lines are empty. */
size_t grid_add(grid_table *g, const char *head, grid_align align);

/* NULL text: out of memory when it was made; the grid then fails. */
void grid_set(grid_table *g, size_t column, size_t row, const char *text);

/* Leaves a column out where none of its cells says anything. */
void grid_leave_out_empty(grid_table *g, size_t column);

/* The columns of a number before its decimal point. */
size_t grid_point_of(const char *number);

/* The width that all columns need, but for the ornaments. */
size_t grid_width(grid_table *g);

/* Fits the grid, or what grid_next left of it, into so many columns; 0: as wide as it needs. */
void grid_fit(grid_table *g, size_t width);

/* Writes heading and rows, then in full the names that shortening made the same. */
void grid_put(grid_table *g, tdo_sink *o, bool colour);

/* Leaves what did not fit, ornaments but, for another block; false: nothing is left. */
bool grid_next(grid_table *g);

#endif
