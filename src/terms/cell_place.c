/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a cell of a table stands, for messages that come when all is read. */
#include "tradeoff/table.h"

tdo_cell_place tdo_place_of_cell(const tdo_table *t, size_t column, size_t row)
{
    const tdo_column *x = &t->column[column];
    tdo_cell_place y = {.file = x->at_line ? x->at_file : t->file, .line = t->line[row]};
    if (x->at_line)
        y.line = x->at_line[row];
    if (x->at)
        y.column = x->at[row];
    return y;
}
