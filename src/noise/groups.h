/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of files of subgroups, as they are drawn: every cell by itself, and what criteria take
 * of them. */
#ifndef TRADEOFF_NOISE_GROUPS_H
#define TRADEOFF_NOISE_GROUPS_H

#include "noise/noise.h"

/* A value for each candidate and subgroup. n candidates. */
typedef struct noise_cells {
    const tdo_criterion *of; /* the first criterion that is taken of them */
    const char *const *name; /* the subgroups' names, by which the same column is known again */
    size_t first;            /* of the generator: the lane of the first subgroup, in the order of */
    size_t names;            /*   their names; each has one */
    const size_t *start;     /* [n + 1] the cells of candidate i are start[i] .. start[i + 1] - 1 */
    const uint32_t *lane;    /* [cells] ascends for each candidate */
    const double *value, *weight;
    const double *se;    /* [cells] normal; 0: exact, or */
    const double *a, *b; /* [cells] Beta on [0, scale]; 0: not */
    double scale;
} noise_cells;

/* A criterion, and what it is taken of. */
typedef struct noise_taking {
    const tdo_criterion *of;
    size_t criterion;
    size_t cells; /* index */
} noise_taking;

struct noise_groups_file {
    noise_cells *cells; /* [n_cells] */
    size_t n_cells;
    noise_taking *taking; /* [n]: rows 2k (as drawn) and 2k + 1 (centred) of the source are of k */
    size_t n;
    double *se; /* the source's */
};

/* So many cells must be measured for a reading. */
size_t noise_least_cells(const tdo_criterion *of);

/* What the criterion takes of n >= 1 values; weight: of a mean. As tdo_taken, but that a ratio over
 * what fell to 0 or below is the worst there is. */
double noise_taken(const tdo_criterion *of, const double *value, const double *weight, size_t n);

/* For those who are drawn. n slots. */
struct noise_groups_slots {
    size_t **first;            /* [n_cells] each [n + 1]: where the slot's cells are in */
    variate_beta_table **beta; /* [n_cells] each by cell of a slot; NULL: there are too many */
    double **base;             /* [takings] each [n]: what is taken of the readings */
    double **centre[2]; /* [takings] each [n]: the mean of how far that is off as drawn, where
                           correlations that are not stated are 0, and NOISE_CORRELATED */
};

/* A thread's own. */
struct noise_groups_room {
    double *shared; /* [cell_lanes] */
    size_t *next;   /* [n] the next cell of each */
    double *value;  /* [most cells of all slots] what they were drawn as */
};

/* Draws the cells of one set of source q into value: slot k's are first[k] .. first[k + 1] - 1.
 * The shared part of their errors is there (noise_draw_cell_lanes). */
void noise_draw_cells(noise_room *r, size_t q, size_t cells, const noise_setting *set, uint64_t k);
void noise_draw_cell_lanes(noise_room *r, const noise_setting *set, uint64_t k);

/* ---- what is known of one cell, and of two of a candidate (cells.c) ---- */

bool noise_cell_is_beta(const noise_cells *c, size_t at);
bool noise_cell_is_exact(const noise_cells *c, size_t at);

/* The standard deviation of a cell. */
double noise_cell_sd(const noise_cells *c, size_t at);

/* P(cell >= bound) for sign 1, P(cell <= bound) for -1. */
double noise_cell_holds(const noise_cells *c, size_t at, double sign, double bound);

/* by x - y <= bound of two cells of a candidate. */
typedef struct noise_pair {
    size_t x, y;
    double by, bound;
} noise_pair;

/* The probability of it; NaN: no closed form. */
double noise_pair_holds(const noise_cells *c, const noise_pair *p);

#endif
