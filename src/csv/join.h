/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files whose columns are looked up for each row of a table. Each is read before the table's first
 * row; its cells wait as texts, so that they are judged as the table's own are, with their own
 * places, and only where a row uses them. */
#ifndef TRADEOFF_CSV_JOIN_H
#define TRADEOFF_CSV_JOIN_H

#include "csv/table.h"

typedef struct csv_joined_cell {
    const char *s;
    size_t length;
    unsigned line, column; /* where it starts in its file */
    bool told;             /* an error about it is in the report */
} csv_joined_cell;

struct csv_joined {
    const tdo_join *join;
    tdo_table_request request;
    csv_reading from;
    size_t first;     /* number of its first column among the columns of the table */
    size_t *left_at;  /* [n_on] key columns of the table */
    size_t *right_at; /* [n_on] key columns of this file */
    size_t *slot;     /* [columns] place among the cells that wait, from 1; 0: not looked at */
    size_t n_slots;

    const char **key;      /* [n] of the rows; different */
    uint32_t *line;        /* [n] */
    uint32_t *again;       /* [n] line of the next row with that key; 0: none */
    bool *matched;         /* [n] a row of the table has that key */
    bool shared;           /* several rows have the same */
    csv_joined_cell *cell; /* [n * n_slots] */
    size_t n;
    index_table keys;
    csv_bytes key_text;

    uint32_t match; /* the row that the table's row in hand matches, or INDEX_ABSENT */
    csv_key_text now_key;
    size_t asked;      /* rows of the table that were looked up, but for those left out */
    csv_few unmatched; /* of them, those that match nothing */
};

/* Opens the joined files and reads their headers. Errors: TDO_E_INPUT, TDO_E_IO, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_joins_open(csv_reading *t, const csv_limits *limits);

/* Reads their rows, when all columns are bound. Errors: the same. */
TDO_MUST_USE tdo_status csv_joins_read(csv_reading *t);

/* Finds what the row in hand matches. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_joins_match(csv_reading *t);

/* The row in hand is not left out by its own columns: reports where it matches two rows, counts
 * where it matches none. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_joins_count(csv_reading *t);

/* Warns of what found no match; where nothing did, that is an error in the report.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_joins_warn(csv_reading *t);

void csv_joins_close(csv_reading *t);

/* ---- column.c ---- */

/* The join that a column belongs to, and its number there; NULL: it is one of the table's own. */
csv_joined *csv_joined_of(const csv_reading *t, size_t column, size_t *own);

/* The joined cell of the row in hand; NULL: it matches none. */
csv_joined_cell *csv_joined_cell_of(const csv_reading *t, size_t column);

/* The name of a column, joined or not. */
const char *csv_column_name(const csv_reading *t, size_t column);

/* A cell of the row in hand. */
typedef struct csv_cell {
    const char *s; /* not NUL-terminated */
    size_t length;
} csv_cell;

static inline csv_cell csv_cell_of(const csv_reading *t, size_t column)
{
    if (column < t->columns) {
        const csv_field *f = &t->rows.field[column];
        return (csv_cell){t->rows.base + f->start, f->length};
    }
    const csv_joined_cell *c = csv_joined_cell_of(t, column);
    return !c ? (csv_cell){"", 0} : (csv_cell){c->s, c->length};
}

#endif
