/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of candidates: read, joined, kept, and whose they are. */
#ifndef TRADEOFF_REREAD_TABLE_H
#define TRADEOFF_REREAD_TABLE_H

#include "reread/world.h"

/* A file whose columns are added to the rows. */
typedef struct verify_join {
    verify_sheet sheet;
    int *match; /* [rows of the table's own sheet] the row there, or VERIFY_NONE */
} verify_join;

/* Rows of candidates: those of a sheet that are any, and whose they are. */
typedef struct verify_table {
    const verify_node *node; /* the input */
    verify_sheet sheet;
    verify_join *join;
    size_t n_join;
    size_t n;        /* rows kept */
    uint32_t *row;   /* [n] in the sheet */
    uint32_t *owner; /* [n] candidate */
    uint32_t *order; /* [n] rows kept, by owner */
    size_t *start;   /* [candidates + 1] in order */
} verify_table;

/* A column of the table, or of what is joined. */
typedef struct verify_place {
    int of; /* join, or VERIFY_NONE: its own */
    int column;
} verify_place;

/* False, and the check ends, where there is no such column. */
bool verify_find_place(verify_job *j, const verify_table *t, const char *column, verify_place *out);

/* The cell of a kept row; empty where nothing was joined. */
verify_cell verify_table_cell(const verify_table *t, verify_place at, size_t kept);

/* The candidates: their rows, ids and lines go into the world. */
bool verify_read_candidates(verify_world *w, verify_table *out);

/* A file each of whose rows stands for itself: they take the place of the candidates, called as
 * whose row each is. names: its object in the scenario (file, id). */
bool verify_read_rows(verify_world *w, const char *role, const verify_node *names,
                      verify_table *out);

/* A second file with rows of the candidates. names: its object in the scenario (file, id); rows of
 * others are left out. */
bool verify_read_beside(verify_world *w, const char *role, const verify_node *names,
                        verify_table *out);

#endif
