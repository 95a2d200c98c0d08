/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Markdown (CommonMark with tables as on GitHub): texts escaped so that they show as they are and
 * do nothing, tables row by row. */
#ifndef TRADEOFF_OUTPUT_MARKUP_H
#define TRADEOFF_OUTPUT_MARKUP_H

#include "explain/facts.h"

enum { TDO_MARKUP_COLUMNS = 160 };

typedef struct tdo_markup {
    const tdo_run *run;
    tdo_sink *o;
    tdo_arena *a;
    size_t column;                  /* cells on the line so far */
    bool right[TDO_MARKUP_COLUMNS]; /* [column] aligned to the right */
    bool failed;                    /* out of memory */
} tdo_markup;

/* A text as itself: on one line, markup and links undone, hidden characters as \u escapes. */
void tdo_put_marked(tdo_markup *m, const char *s);

/* A heading's cells, then tdo_markup_head_end; a row's cells, then tdo_markup_end. */
void tdo_markup_head(tdo_markup *m, const char *s, bool right);
void tdo_markup_head_collected(tdo_markup *m, const tdo_sink *s, bool right);
void tdo_markup_head_end(tdo_markup *m);
void tdo_markup_cell(tdo_markup *m); /* starts a cell; its content is put as it is */
void tdo_markup_text(tdo_markup *m, const char *s);
void tdo_markup_collected(tdo_markup *m, const tdo_sink *s);
void tdo_markup_number(tdo_markup *m, double x, int digits);
void tdo_markup_end(tdo_markup *m);

#endif
