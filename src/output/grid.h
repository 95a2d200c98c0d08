/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aligned columns that fit a width: texts are shortened in the middle, numbers never; what still
 * does not fit is left out. */
#ifndef TRADEOFF_OUTPUT_GRID_H
#define TRADEOFF_OUTPUT_GRID_H

#include "tradeoff/text.h"

typedef enum tdo_align {
    TDO_ALIGN_LEFT,
    TDO_ALIGN_RIGHT,
    TDO_ALIGN_POINT /* numbers, with their decimal points below each other */
} tdo_align;

enum { TDO_GRID_HEADS = 3, TDO_GRID_NEVER = 0 };

typedef struct tdo_grid_column {
    const char *head[TDO_GRID_HEADS]; /* lines of the heading; "" for none */
    tdo_align align;
    size_t gap;        /* blanks before it */
    size_t least;      /* columns to which its cells may be shortened; 0: they may not */
    unsigned drop;     /* the smaller, the sooner it is left out; TDO_GRID_NEVER: never */
    bool ornament;     /* left out before a text is shortened by much */
    bool names;        /* cells that look the same when shortened are listed in full */
    const char **cell; /* [n_rows] NULL: empty */
    /* found by tdo_grid_fit: */
    size_t width;        /* in columns */
    size_t point, after; /* of them before the decimal point, and from it on */
    bool hidden;         /* left out */
} tdo_grid_column;

typedef struct tdo_grid {
    tdo_arena *a;
    tdo_grid_column *column; /* [n_columns] */
    size_t n_columns, room, n_rows;
    size_t indent;           /* blanks before each line */
    const char **style;      /* [n_rows] ANSI sequence of a row; NULL: none */
    bool failed;             /* out of memory */
} tdo_grid;

tdo_grid tdo_grid_new(tdo_arena *a, size_t n_rows, size_t indent);

/* Adds a column (gap 2, never shortened or left out) and returns its place. The heading is not
 * copied; its other lines are empty. */
size_t tdo_grid_add(tdo_grid *g, const char *head, tdo_align align);

/* NULL text: out of memory when it was made; the grid then fails. */
void tdo_grid_set(tdo_grid *g, size_t column, size_t row, const char *text);

/* The width that all columns need, but for the ornaments. */
size_t tdo_grid_width(tdo_grid *g);

/* Fits the grid into so many columns; 0: as wide as it needs. */
void tdo_grid_fit(tdo_grid *g, size_t width);

/* Writes heading and rows, then in full the names that shortening made the same. */
void tdo_grid_put(tdo_grid *g, tdo_sink *o, bool colour);

#endif
