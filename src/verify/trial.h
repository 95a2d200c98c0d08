/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluating again after an edit: what-ifs are re-runs. Each trial has an arena of its own. */
#ifndef TRADEOFF_VERIFY_TRIAL_H
#define TRADEOFF_VERIFY_TRIAL_H

#include "verify/checks.h"

typedef struct verify_trial {
    verify_job job;  /* the case's, with an arena of its own */
    verify_world *w; /* a copy that may be edited; arrays are shared until they are copied */
    verify_standing s;
    verify_scores y; /* of the rule that was asked for */
} verify_trial;

/* Counts the work; false: there was enough of it, and nothing more is tried. */
bool verify_may_try(verify_case *k);

/* A trial without edits so far. Ended by verify_trial_end, also where it fails. */
bool verify_trial_start(verify_case *k, verify_trial *t);
void verify_trial_end(verify_case *k, verify_trial *t);

/* People of the trial's own, whose powers, and the weights of h, may be edited. NULL: no memory */
verify_person *verify_own_people(verify_trial *t, size_t h);

/* Candidate i has another cell in that column (of the candidates' file; or, group not NULL, in the
 * subgroups of a criterion). *known false: it is not told what would follow. */
bool verify_edit_cell(verify_trial *t, size_t i, const char *column, const char *group, double cell,
                      bool *known);

/* Candidate i has another reading of criterion c, and of nothing else. */
bool verify_edit_reading(verify_trial *t, size_t i, size_t c, double reading, bool *known);

/* Whoever was not measured has the worst of those who are there now. */
bool verify_assume_again(verify_trial *t);

/* Stands and scores anew, whatever was edited. */
bool verify_trial_run(verify_trial *t, int rule);

/* The same where only weights and powers were: values are those of the case. */
bool verify_trial_reweigh(verify_case *k, verify_trial *t, int rule);

/* Is candidate i of rank 1: for certain, and perhaps? Nobody feasible, or i is not: neither. */
void verify_trial_first(const verify_trial *t, size_t i, bool *certain, bool *perhaps);

/* Is it above every other one for certain? */
bool verify_trial_ahead(const verify_trial *t, size_t i);

/* Is another one level with it for certain? */
bool verify_trial_level(const verify_trial *t, size_t i);

/* The first in the order that is printed; VERIFY_NONE: nobody is feasible. */
int verify_trial_leader(const verify_trial *t);

#endif
