/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files whose columns are looked up for each row of a table. Each is read before the table's first
 * row; its cells wait as texts, so that they are judged as the table's own are, with their own
 * places, and only where a row uses them. */
#ifndef TRADEOFF_CSV_JOIN_H
#define TRADEOFF_CSV_JOIN_H

#include "csv/table.h"

typedef struct tdo_joined_cell {
    const char *s;
    size_t length;
    unsigned line, column; /* where it starts in its file */
    bool told;             /* an error about it is in the report */
} tdo_joined_cell;

struct tdo_joined {
    const tdo_join *is;
    tdo_table_request request;
    tdo_reading from;
    size_t first;          /* number of its first column among the columns of the table */
    size_t *left_at;       /* [n_on] key columns of the table */
    size_t *right_at;      /* [n_on] key columns of this file */
    size_t *slot;          /* [columns] place among the cells that wait, from 1; 0: not looked at */
    size_t n_slots;

    const char **key;      /* [room] of the rows; different */
    uint32_t *line;        /* [room] */
    uint32_t *again;       /* [room] line of the next row with that key; 0: none */
    bool *matched;         /* [room] a row of the table has that key */
    tdo_joined_cell *cell; /* [room * n_slots] */
    size_t n, room;
    tdo_index keys;
    tdo_bytes key_text;

    uint32_t now;          /* the row that the table's row in hand matches, or TDO_INDEX_ABSENT */
    tdo_key_text now_key;
    size_t asked;          /* rows of the table that were looked up, but for those left out */
    tdo_few unmatched;     /* of them, those that match nothing */
};

/* Opens the joined files and reads their headers. Errors: TDO_E_INPUT, TDO_E_IO, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_joins_open(tdo_reading *t, const tdo_limits *limits, bool direct);

/* Reads their rows, when all columns are bound. Errors: the same. */
TDO_MUST_USE tdo_status tdo_joins_read(tdo_reading *t);

/* Finds what the row in hand matches. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_joins_match(tdo_reading *t);

/* The row in hand is not left out by its own columns: reports where it matches two rows, counts
 * where it matches none. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_joins_count(tdo_reading *t);

/* Warns of what found no match; where nothing did, that is an error in the report.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_joins_warn(tdo_reading *t);

/* The join that a column belongs to, and its number there; NULL: it is one of the table's own. */
tdo_joined *tdo_joined_of(const tdo_reading *t, size_t column, size_t *own);

/* The joined cell of the row in hand; NULL: it matches none. */
tdo_joined_cell *tdo_joined_cell_of(const tdo_reading *t, size_t column);

void tdo_joins_close(tdo_reading *t);

/* A cell of the row in hand. */
typedef struct tdo_cell {
    const char *s; /* not NUL-terminated */
    size_t length;
} tdo_cell;

static inline tdo_cell tdo_cell_of(const tdo_reading *t, size_t column)
{
    if (column < t->columns) {
        const tdo_field *f = &t->rows.field[column];
        return (tdo_cell){t->rows.base + f->at, f->length};
    }
    const tdo_joined_cell *c = tdo_joined_cell_of(t, column);
    return c == NULL ? (tdo_cell){"", 0} : (tdo_cell){c->s, c->length};
}

#endif
