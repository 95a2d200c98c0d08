/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRADEOFF_CSV_CELL_H
#define TRADEOFF_CSV_CELL_H

#include "tradeoff/table.h"

/* tdo_number_read in a style: a final %, groups of exactly three digits. */
tdo_number_verdict csv_cell_number(const char *s, size_t length, tdo_reading_style style,
                                   double *out);

/* What is wrong with a cell that is no number in this style, and what would be right:
 * "20ms" has a unit; write the number alone. */
void csv_cell_explain(tdo_sink *o, const char *s, size_t length, tdo_reading_style style);

#endif
