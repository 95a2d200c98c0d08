/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Markdown (CommonMark with tables as on GitHub): texts escaped so that they show as they are and
 * do nothing, tables row by row. */
#ifndef TRADEOFF_OUTPUT_MARKUP_H
#define TRADEOFF_OUTPUT_MARKUP_H

#include "explain/facts.h"

enum { MARKUP_COLUMNS = 160 };

typedef struct markup_writer {
    const tdo_run *run;
    tdo_sink *o;
    tdo_arena *a;
    size_t column;              /* cells on the line so far */
    bool right[MARKUP_COLUMNS]; /* [column] aligned to the right */
    bool failed;                /* out of memory */
} markup_writer;

/* A text as itself: on one line, markup and links undone, hidden characters as \u escapes. */
void markup_put(markup_writer *m, const char *s);

/* A heading's cells, then markup_head_end; a row's cells, then markup_end. */
void markup_head(markup_writer *m, const char *s, bool right);
void markup_head_collected(markup_writer *m, const tdo_sink *s, bool right);
void markup_head_end(markup_writer *m);
void markup_cell(markup_writer *m); /* starts a cell; its content is put as it is */
void markup_text(markup_writer *m, const char *s);
void markup_collected(markup_writer *m, const tdo_sink *s);
void markup_number(markup_writer *m, double x, int digits);
/* A cell of the weights of stakeholder h. */
void markup_weights(markup_writer *m, size_t h);
void markup_end(markup_writer *m);
/* After the table of weights: a list of what they mean. */
void markup_meanings(markup_writer *m);

#endif
