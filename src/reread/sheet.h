/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CSV file in memory. */
#ifndef TRADEOFF_REREAD_SHEET_H
#define TRADEOFF_REREAD_SHEET_H

#include "reread/claim.h"

enum { VERIFY_NONE = -1 };

typedef struct verify_cell {
    const char *s;
    size_t length;
} verify_cell;

typedef struct verify_sheet {
    size_t columns, rows;
    const char **name;       /* [columns] */
    const verify_cell *cell; /* [rows x columns] row-major */
    const uint32_t *line;    /* [rows] the physical line, from 1 */
} verify_sheet;

/* Rows in which every cell is empty are passed over. delimiter '\0': found from the header.
 * node: the input, for what is wrong with it. False: it cannot be read as a table. */
bool verify_sheet_read(verify_job *j, const verify_node *node, char delimiter, verify_cell file,
                       verify_sheet *out);

/* The number of a column, or VERIFY_NONE. */
int verify_column(const verify_sheet *s, const char *name);

static inline verify_cell verify_cell_at(const verify_sheet *s, size_t row, int column)
{
    return s->cell[row * s->columns + (size_t)column];
}

bool verify_cell_is(verify_cell c, const char *text);

#endif
