/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the tables to every candidate's readings. */
#ifndef TRADEOFF_REREAD_READINGS_H
#define TRADEOFF_REREAD_READINGS_H

#include "reread/table.h"

/* What the inputs measure: readings, who is left out, what is taken at its worst, columns of
 * limits, bounds that are relative to the incumbent. */
bool verify_read_world(verify_world *w);

/* The same of a file of segments, each of whose rows counts as a candidate. */
bool verify_read_segments(verify_world *w, verify_table *out);

/* Once more, with the columns that criteria have now. */
bool verify_read_again(verify_world *w, const verify_table *t);

/* A column as numbers, by candidate: means of their rows. */
bool verify_read_numbers(verify_world *w, const verify_table *t, const char *column,
                         verify_number *out);

/* One criterion out of a second file, by candidate. out: [n] */
bool verify_read_groups(verify_world *w, size_t c, verify_number *out);
bool verify_read_items(verify_world *w, size_t c, verify_number *out);

/* Whoever is kept has the worst reading of the others where it is not measured. */
bool verify_take_worst(verify_world *w, size_t c);

/* The bounds of a limit that is relative: no worse than the incumbent by more than so much; of a
 * target, the distance to it. */
bool verify_set_relative(verify_world *w, verify_limit *k);

/* What is taken of n values (sizes may be NULL). y NaN: there is nothing to take. */
verify_number verify_take(verify_world *w, const verify_criterion *c, const double *value,
                          const double *size, size_t n);

#endif
