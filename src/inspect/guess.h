/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What names suggest. Guesses only: every one is shown to the user as such. */
#ifndef TRADEOFF_INSPECT_GUESS_H
#define TRADEOFF_INSPECT_GUESS_H

#include "tradeoff/profile.h"

/* ---- guess_words.c ---- */

/* The words of a name, lower-case, each with one blank before it, and one after the last:
 * "Total Cost ($)" gives " total cost usd ", "valAccuracy" gives " val accuracy ".
 * NULL: out of memory. */
const char *guess_name_words(tdo_arena *a, const char *name);

/* Does the phrase ("per s") stand in the words? */
bool guess_has_words(const char *words, const char *phrase);

/* Does one of n phrases? */
bool guess_has_any(const char *words, const char *const *phrases, size_t n);

/* Is the text one of n words, letter case aside? */
bool guess_is_one_of(const char *s, const char *const *words, size_t n);

/* The words of a name but for those about errors and intervals, with blanks as above: " auc " of
 * "AUC (mean ± std)". NULL: out of memory. */
const char *guess_without_spread(tdo_arena *a, const char *name);

/* ---- guess_unit.c ---- */

/* The unit by the last of a name's words, as scenarios write it ("ms", "USD/month"); "": none.
 * NULL: out of memory. */
const char *guess_unit(const char *words, tdo_arena *a);

/* ---- guess_manner.c ---- */

/* Is the word at s how often or where something was measured, as in "AUC (5-fold)", "f1 (seed
 * avg)", "mAP (epoch 20)", "recall_depth5"? Not one fold or seed of several ("auc_fold3": the mean
 * of them is what counts), nor the epoch at which something was best. words: of the whole name. */
bool guess_is_manner(const char *words, const char *s);

/* ---- guess_goals.c ---- */

/* The guess from one name. trials: of a file in which params_x was chosen, not measured.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status guess_goal(const char *name, bool trials, tdo_arena *a,
                                   tdo_goal_guess *out);

/* Fills the guess of each column. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status guess_goals(tdo_profile *p, tdo_arena *a);

/* ---- guess_partners.c ---- */

/* Finds the columns that are an error or a spread of another one; they have no goal.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status guess_partners(tdo_profile *p, tdo_arena *a);

/* ---- guess_shape.c ---- */

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status guess_shape(tdo_profile *p, tdo_arena *a);

/* The column of that name, case ignored; TDO_NONE. */
size_t guess_column_named(const tdo_profile *p, const char *name);

/* Does the name start so, case ignored? */
bool guess_starts_with(const char *name, const char *with);

/* ---- guess_layout.c, guess_summary.c ---- */

/* Are the rows candidates at all? Fills p->layout but for summaries. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status guess_layout(tdo_profile *p, tdo_arena *a);

/* Which rows sum up the others (Mean, Total)? Fills the rest. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status guess_summaries(tdo_profile *p, tdo_arena *a);

/* ---- guess_keys.c ---- */

enum { TDO_MOST_NAME_PARTS = 2 };

/* A file with a row for each subgroup of each candidate. */
typedef struct guess_groups {
    size_t group;                          /* the column that tells subgroups apart; TDO_NONE: no
                                              such file */
    size_t candidate[TDO_MOST_NAME_PARTS]; /* [n] those that name the candidate */
    size_t n;                              /* 0: it holds the subgroups of one candidate only */
    size_t candidates;                     /* how many there are in the sample */
} guess_groups;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status guess_find_groups(const tdo_profile *p, tdo_arena *a, guess_groups *out);

typedef struct guess_key {
    bool yes;       /* else: */
    unsigned again; /* the line of a row where not, */
    unsigned first; /*   and of the one that it repeats; 0: a cell is missing */
} guess_key;

/* Are these columns together there, and different, in each row of the sample that is kept (NULL:
 * all are)? Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status guess_is_key(const tdo_profile *p, const bool *kept, const size_t *column,
                                     size_t n, guess_key *out);

#endif
