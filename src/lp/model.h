/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an LP is inside the room: the one under construction, and its compiled form. */
#ifndef TRADEOFF_LP_MODEL_H
#define TRADEOFF_LP_MODEL_H

#include "tradeoff/lp.h"

struct tdo_lp {
    tdo_arena *arena;
    bool maximise;
    size_t rows, columns, entries, integers;
    size_t row_room, column_room, entry_room;
    double *cost, *lower, *upper;       /* [columns] */
    bool *integer;                      /* [columns] */
    const char **column_name;           /* [columns] NULL: none */
    double *row_lower, *row_upper;      /* [rows] */
    const char **row_name;              /* [rows] */
    uint32_t *entry_row, *entry_column; /* [entries] as they came */
    double *entry_value;
    uint8_t *column_place, *row_place; /* of the last basis, where there is one */
    bool solved;                       /* there is a last basis */
    bool cost_changed;                 /* since then: it may not be dual feasible any more */
};

/* Sorted both ways, always to be minimised; zeros are left out. Rows as variables z[i] = row i of
 * A x come after the columns where both are numbered together: x[0..n-1], then z[0..m-1]. */
typedef struct lp_form {
    size_t m, n;
    double sense;                /* -1: cost is the negative of what is to be maximised; 1 */
    const double *cost;          /* [n] */
    const double *lower, *upper; /* [n + m] of columns, then of rows */
    const size_t *start;         /* [n + 1] column j: entries start[j] to start[j + 1] - 1 */
    const uint32_t *row;         /* [entries] ascending within a column */
    const double *value;         /* [entries] */
    const size_t *row_start;     /* [m + 1] the same by rows */
    const uint32_t *column;      /* [entries] ascending within a row */
    const double *row_value;     /* [entries] */
} lp_form;

/* Errors: TDO_E_INPUT (an entry given twice), TDO_E_MEMORY. */
tdo_status lp_compile(const tdo_lp *lp, tdo_arena *a, lp_form *out, tdo_error *err);

/* The place nearest to p that a nonbasic variable with these bounds can be at. */
tdo_lp_place lp_settle(tdo_lp_place p, double lower, double upper);

/* Where a nonbasic variable is. */
static inline double lp_at(tdo_lp_place p, double lower, double upper)
{
    return p == TDO_LP_AT_LOWER || p == TDO_LP_FIXED ? lower : p == TDO_LP_AT_UPPER ? upper : 0;
}

/* Shows column j or row i in a message: its name quoted, or its number. */
enum { LP_LABEL = 96 };
void lp_label(const char *name, const char *what, size_t index, char out[LP_LABEL]);

#endif
