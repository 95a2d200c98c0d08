/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell: a number in any of the ways that a scenario allows, a word, or nothing. */
#ifndef TRADEOFF_REREAD_CELL_H
#define TRADEOFF_REREAD_CELL_H

#include "reread/world.h"

/* A cell as a number, with what stands beside it (NaN: nothing does). */
typedef struct verify_reading_of_cell {
    verify_number x; /* y NaN: not measured */
    double error, low, high;
} verify_reading_of_cell;

/* False: it is no number of that style, nor a mark for "not measured". */
bool verify_read_cell(verify_cell c, const verify_style *style, mpq_t room[2],
                      verify_reading_of_cell *out);

bool verify_is_missing(verify_cell c, const verify_node *marks);

/* The condition's equals, in and not_in. */
bool verify_words_hold(verify_cell c, const verify_node *equals, const verify_node *in,
                       const verify_node *not_in);

/* How a column is read: in a form where some criterion reads it so; else as `by` says, or (by NULL)
 * as the first criterion does that measures it. */
verify_style verify_style_of(const verify_world *w, const char *column, const verify_style *by);

#endif
