/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A starter while it is made. */
#ifndef TRADEOFF_STARTER_PARTS_H
#define TRADEOFF_STARTER_PARTS_H

#include "inspect/guess.h"
#include "tradeoff/starter.h"

/* A column over the rows that are candidates. */
typedef struct starter_facts {
    size_t numbers, missing, zeros, negatives;
    double min, max;       /* NaN: no numbers */
    double least_positive; /* INFINITY: none */
    bool constant;         /* at most one text */
} starter_facts;

/* Why a column is no criterion. */
typedef enum starter_left_out {
    STARTER_LEFT_NOT, /* it is one, or nobody would expect it to be one */
    STARTER_LEFT_SPREAD,
    STARTER_LEFT_UNREADABLE,
    STARTER_LEFT_MIXED, /* fractions beside percentages */
    STARTER_LEFT_CONSTANT,
    STARTER_LEFT_SPARSE, /* missing, or 0 where that means missing, in half of the rows */
    STARTER_LEFT_DUPLICATE,
    STARTER_LEFT_EMPTY,
    STARTER_LEFT_TEXT,    /* words, or numbers that are dressed up */
    STARTER_LEFT_SETTING, /* chosen, not measured; or a rank */
    STARTER_LEFT_UNKNOWN, /* nothing says which way is better */
    STARTER_LEFT_ENOUGH,
    STARTER_LEFT_REASONS
} starter_left_out;

enum { STARTER_COMPARED_ROWS = 5000 }; /* at most, when two columns are compared */

/* Room for a comparison; each array [STARTER_COMPARED_ROWS]. */
typedef struct starter_scratch {
    double *x, *y, *rank;
    uint32_t *order;
    uint64_t *room; /* twice as many */
} starter_scratch;

typedef struct starter_work {
    const tdo_profile *p;
    tdo_arena *a;
    tdo_starter *out;
    bool *kept;             /* [sampled] rows that are candidates */
    starter_facts *facts;   /* [n_columns] */
    starter_left_out *left; /* [n_columns] */
    size_t *like;           /* [n_columns] for duplicates: of which column */
    starter_scratch scratch;
    tdo_guess *guess;  /* in out */
    bool lacks_groups; /* not every candidate has every subgroup */
    bool failed;       /* out of memory */
} starter_work;

/* ---- note.c ---- */

/* Adds a guess; what the text collected. path NULL: about what was left out. */
void starter_add_guess(starter_work *t, const char *path, const tdo_sink *text);
void starter_say_guess(starter_work *t, const char *path, const char *text);

/* Puts the name of a column, quoted. */
void starter_put_column(tdo_sink *o, const tdo_profile *p, size_t column);

/* Counts again what the columns hold in the rows that are kept. */
void starter_count_facts(starter_work *t);

/* ---- rows.c ---- */

/* Which rows are candidates: finished runs, children of other runs. */
void starter_choose_rows(starter_work *t);

/* Leaves out rows where a column is below 0. */
void starter_require_positive(starter_work *t, size_t column);

/* Leaves out rows where a column is infinite. */
void starter_require_finite(starter_work *t, size_t column);

/* ---- id.c ---- */

/* What names a candidate. Errors: TDO_E_INPUT (nothing does), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status starter_choose_id(starter_work *t, tdo_error *err);

/* ---- columns.c ---- */

/* How much a column deserves to be a criterion; below 0: not at all, for the reason in left. */
double starter_column_score(starter_work *t, size_t column);

/* Does the column say the same as this criterion, so far as orders are concerned? */
bool starter_says_the_same(const starter_work *t, size_t column, size_t as);

/* Zeros in this column hardly mean 0. */
bool starter_zero_means_missing(const starter_work *t, size_t column);

/* Does it read but for infinite cells? */
bool starter_is_infinite_only(const starter_work *t, size_t column);

/* Is it what a study was told to optimise? */
bool starter_is_objective(const starter_work *t, size_t column);

/* Which way is better: the guess of the name, or of the order of words. */
tdo_goal_guess starter_goal_of(const starter_work *t, size_t column);

/* ---- criteria.c ---- */

/* Errors: TDO_E_INPUT (none can be found), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status starter_choose_criteria(starter_work *t, tdo_error *err);

/* ---- groups.c ---- */

/* The same for a file with a row for each candidate and subgroup. */
TDO_MUST_USE tdo_status starter_choose_grouped(starter_work *t, tdo_error *err);

/* ---- details.c ---- */

/* Id, label, unit, range, standard error, missing policy of what was chosen, and what is to be
 * checked about it. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status starter_fill_details(starter_work *t);

/* Rounds outwards to two digits of the distance between them; false: cannot. */
bool starter_round_outwards(double *low, double *high);

/* ---- guesses.c ---- */

/* Lists what was guessed about the criteria, and what was left out. */
void starter_list_guesses(starter_work *t);

/* Is the column in the scenario: a criterion or what belongs to one, what names or picks rows? */
bool starter_is_used(const tdo_starter *s, size_t column);

/* ---- unread.c ---- */

/* What a first answer does without: columns that seem measured and do not read, and the others. */
void starter_list_unread(starter_work *t);

/* ---- people.c ---- */

void starter_invent_people(starter_work *t);

#endif
