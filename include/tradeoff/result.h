/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result as it was written, read back from its JSON, so that two can be compared. What it says is
 * what somebody's file says: checked for its shape, not for its truth. */
#ifndef TRADEOFF_RESULT_H
#define TRADEOFF_RESULT_H

#include "tradeoff/scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { TDO_MAX_RESULT_BYTES = 1 << 30, TDO_MAX_RESULT_DEPTH = 64 };

struct tdo_node; /* of the JSON tree (json/json.h) */

/* A file that the result was made from. */
typedef struct tdo_result_file {
    const char *role; /* "scenario", "candidates", ... */
    const char *file; /* as the user named it then */
    const char *sha256;
} tdo_result_file;

typedef struct tdo_result_limit {
    const char *text; /* "latency <= 150 ms", or "latency <= 150 ms, shown at the level 0.95" */
    const char *owner, *why;
    const char *on; /* a criterion's id or a column */
    bool on_column;
    bool has_min, has_max;
    double min, max;
    const char *words;   /* equals, in and not_in as compact JSON; "" where there are none */
    double shown;        /* the level at which it must be shown to hold; 0: the reading decides */
    bool shown_over_all; /* that level is for all candidates together */
    const char *veto;    /* id of the stakeholder whose veto it is; NULL: none */
    size_t excludes;
} tdo_result_limit;

typedef struct tdo_result_person {
    const char *id, *label;
    double power;         /* of all, which sum to 1 */
    const double *weight; /* [n_criteria] they sum to 1 */
    const char *choice;   /* its own favourite; NULL where nothing is feasible */
} tdo_result_person;

/* What a candidate has in a column that constraints look at. */
typedef struct tdo_result_cell {
    const char *column;
    const char *word; /* NULL: a number */
    double number;    /* NaN: not measured */
} tdo_result_cell;

typedef enum tdo_standing { TDO_IS_FEASIBLE, TDO_IS_INFEASIBLE, TDO_IS_DROPPED } tdo_standing;

/* "feasible", "infeasible", "dropped"; in the order of the enum. */
TDO_API extern const char *const tdo_standing_name[3];

typedef struct tdo_result_candidate {
    const char *id;
    tdo_standing status;
    const double *reading;       /* [n_criteria] NaN: not measured */
    const double *se;            /* [n_criteria] standard errors, NaN: not known */
    const bool *imputed;         /* [n_criteria] not measured, and counts as the worst measured */
    const tdo_result_cell *cell; /* [n_cells] */
    size_t n_cells;
    const char *const *reason; /* [n_reasons] why it is out, what was done to its data */
    size_t n_reasons;
    size_t rank;  /* from 1; 0: none */
    double score; /* NaN: none */
    bool frontier;
    const char *dominated_by; /* NULL: nobody */
} tdo_result_candidate;

typedef struct tdo_result_winner {
    const char *rule, *winner;
    const char *const *tied; /* [n_tied] the others of rank 1 */
    size_t n_tied;
} tdo_result_winner;

typedef struct tdo_result {
    const char *file;             /* as the user named it */
    const char *version;          /* of the program that made it */
    const tdo_result_file *input; /* [n_inputs] */
    size_t n_inputs;
    const struct tdo_node *scenario; /* the scenario that was in effect */
    const char *title;
    const tdo_criterion *criteria; /* [n_criteria] id, label, unit, goal, target, levels, and worst
                                      and best (has_range: given; else observed, or NaN) */
    size_t n_criteria;
    const tdo_result_person *person; /* [n_people] */
    size_t n_people;
    const tdo_result_limit *limit; /* [n_limits] */
    size_t n_limits;
    const tdo_result_candidate *candidate; /* [n] those that are listed, in the order of the file */
    size_t n;
    const uint32_t *by_id; /* [n] their places, in the order of the bytes of their ids */
    bool complete;         /* all that were loaded are listed */
    size_t feasible_n, frontier_n;
    const tdo_result_winner *winner; /* [n_winners] of each rule that was computed */
    size_t n_winners;

    const tdo_result_candidate *recommended; /* NULL: nothing is feasible, and what follows is not
                                                set */
    const char *rule;
    double score;
    const char *runner_up;    /* NULL: nobody else is feasible */
    double margin;            /* NaN without a runner-up */
    const char *simpler_than; /* the one with the best score, where a simpler one was preferred */
    const char *const *tie;   /* [n_ties] as good in practice as the recommended one */
    size_t n_ties;
    bool wants_set;         /* a set was asked for */
    const char *const *set; /* [n_set] who is in it; none: there is no set */
    size_t n_set;
} tdo_result;

/* Reads a result. file: a path, or "-" for standard input. *out is made in the arena.
 * Errors: TDO_E_INPUT (located; a file of another format by its name), TDO_E_IO, TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_result_read(const char *file, tdo_arena *a, tdo_result **out,
                                                tdo_error *err);

/* The same from its text. file: for messages. The result does not point into the text. */
TDO_API TDO_MUST_USE tdo_status tdo_result_parse(const char *json, size_t length, const char *file,
                                                 tdo_arena *a, tdo_result **out, tdo_error *err);

/* The candidate with this id, or NULL (also for NULL). O(log n). */
TDO_API const tdo_result_candidate *tdo_result_find(const tdo_result *r, const char *id);

#ifdef __cplusplus
}
#endif

#endif
