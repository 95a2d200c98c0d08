/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A starter while it is made. */
#ifndef TRADEOFF_STARTER_PARTS_H
#define TRADEOFF_STARTER_PARTS_H

#include "inspect/guess.h"
#include "tradeoff/starter.h"

/* A column over the rows that are candidates. */
typedef struct tdo_column_facts {
    size_t numbers, missing, zeros, negatives;
    double min, max;       /* NaN: no numbers */
    double least_positive; /* INFINITY: none */
    bool constant;         /* at most one text */
} tdo_column_facts;

/* Why a column is no criterion. */
typedef enum tdo_left_out {
    TDO_LEFT_NOT,        /* it is one, or nobody would expect it to be one */
    TDO_LEFT_SPREAD,
    TDO_LEFT_UNREADABLE,
    TDO_LEFT_MIXED,      /* fractions beside percentages */
    TDO_LEFT_CONSTANT,
    TDO_LEFT_SPARSE,     /* missing, or 0 where that means missing, in half of the rows */
    TDO_LEFT_DUPLICATE,
    TDO_LEFT_UNKNOWN,    /* nothing says which way is better */
    TDO_LEFT_ENOUGH,
    TDO_LEFT_REASONS
} tdo_left_out;

enum { TDO_COMPARED_ROWS = 5000 }; /* at most, when two columns are compared */

/* Room for a comparison; each array [TDO_COMPARED_ROWS]. */
typedef struct tdo_scratch {
    double *x, *y, *rank;
    uint32_t *order;
    uint64_t *room; /* twice as many */
} tdo_scratch;

typedef struct tdo_starting {
    const tdo_profile *p;
    tdo_arena *a;
    tdo_starter *out;
    bool *kept;               /* [sampled] rows that are candidates */
    tdo_column_facts *facts;  /* [n_columns] */
    tdo_left_out *left;       /* [n_columns] */
    size_t *like;             /* [n_columns] for duplicates: of which column */
    tdo_scratch scratch;
    tdo_guess *guess;         /* in out */
    size_t room;
    bool failed;              /* out of memory */
} tdo_starting;

/* ---- starter.c ---- */

/* Adds a guess; what the text collected. path NULL: about what was left out. */
void tdo_add_guess(tdo_starting *t, const char *path, const tdo_sink *text);
void tdo_say_guess(tdo_starting *t, const char *path, const char *text);

/* Puts the name of a column, quoted. */
void tdo_put_column(tdo_sink *o, const tdo_profile *p, size_t column);

/* Counts again what the columns hold in the rows that are kept. */
void tdo_count_facts(tdo_starting *t);

/* ---- starter_rows.c ---- */

/* Which rows are candidates: finished runs, children of other runs. */
void tdo_choose_rows(tdo_starting *t);

/* Leaves out rows where a column is below 0. */
void tdo_require_positive(tdo_starting *t, size_t column);

/* ---- starter_id.c ---- */

/* What names a candidate. Errors: TDO_E_INPUT (nothing does), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_choose_id(tdo_starting *t, tdo_error *err);

/* ---- starter_columns.c ---- */

/* How much a column deserves to be a criterion; below 0: not at all, for the reason in left. */
double tdo_column_score(tdo_starting *t, size_t column);

/* Does the column say the same as this criterion, so far as orders are concerned? */
bool tdo_says_the_same(const tdo_starting *t, size_t column, size_t as);

/* Zeros in this column hardly mean 0. */
bool tdo_zero_means_missing(const tdo_starting *t, size_t column);

/* Which way is better: the guess of the name, or of the order of words. */
tdo_goal_guess tdo_goal_of(const tdo_starting *t, size_t column);

/* ---- starter_criteria.c ---- */

/* Errors: TDO_E_INPUT (none can be found), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_choose_criteria(tdo_starting *t, tdo_error *err);

/* ---- starter_groups.c ---- */

/* The same for a file with a row for each candidate and subgroup. */
TDO_MUST_USE tdo_status tdo_choose_grouped(tdo_starting *t, tdo_error *err);

/* ---- starter_details.c ---- */

/* Id, label, unit, range, standard error, missing policy of what was chosen, and what is to be
 * checked about it. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_fill_details(tdo_starting *t);

/* A number's unit by the name of its column; "": none. NULL: out of memory. */
const char *tdo_unit_of(const tdo_starting *t, size_t column);

/* Rounds outwards to two digits of the distance between them; false: cannot. */
bool tdo_round_outwards(double *low, double *high);

/* ---- starter_guesses.c ---- */

/* Lists what was guessed about the criteria, and what was left out. */
void tdo_list_guesses(tdo_starting *t);

/* ---- starter_people.c ---- */

void tdo_invent_people(tdo_starting *t);

#endif
