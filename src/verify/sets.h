/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of candidates that may be taken together, as rows of whole numbers, and a search that shows
 * that there is none of some kind. */
#ifndef TRADEOFF_VERIFY_SETS_H
#define TRADEOFF_VERIFY_SETS_H

#include "verify/checks.h"

__extension__ typedef __int128 verify_whole;

/* Worths are whole in units of 1e-15; those within VERIFY_SAME of each other are the same. */
#define VERIFY_UNITS 1e15
enum { VERIFY_SAME = 1000 };

/* What a set has to keep: the sum of a[i] over those taken is at least so much. */
typedef struct verify_row {
    const verify_whole *a; /* [n] */
    verify_whole least;
} verify_row;

/* Levels, of each candidate: a set has of each the sum, or (menu) the largest. */
typedef struct verify_worth {
    bool menu, least; /* a set is worth its least level, else the sum of them */
    size_t levels;
    verify_whole *u; /* [levels x n] */
} verify_worth;

typedef struct verify_sets {
    verify_case *k;
    size_t n;       /* who may be taken, by the bytes of the id */
    uint32_t *slot; /* [n] */
    int *place;     /* [f] among them, or VERIFY_NONE */
    size_t unmeasured;
    size_t rows, room;
    verify_row *row;
    size_t axes;               /* limits on criteria that have a direction */
    const verify_whole **axis; /* [axes][n] larger is better */
    verify_worth worth;
    double *utility; /* [people x n] less doing nothing */
    double *none;    /* [d] the values of that */
    bool fits;       /* false: the sums are larger than whole numbers here */
    size_t steps;    /* left */
} verify_sets;

bool verify_sets_start(verify_case *k, verify_sets *out);

/* The worth of a set. taken: [n] */
verify_whole verify_worth_of(const verify_sets *s, const bool *taken);

/* Sum of a over those taken. */
verify_whole verify_sum_of(const verify_sets *s, const verify_whole *a, const bool *taken);

/* The first row that the set does not keep; NULL: it may be taken. */
const verify_row *verify_broken_row(const verify_sets *s, const bool *taken);

/* Is there a set that keeps the rows, and more of them? */
typedef struct verify_question {
    const verify_row *more; /* [n_more] */
    size_t n_more;
    bool worth;         /* and is worth so much: */
    verify_whole floor; /*   */
    const bool *begins; /* whose first candidates are taken, or not, as here: */
    size_t fixed;       /*   so many */
    /* NULL: one set will do. taken: a set, and high what `more` come to: false ends the search;
     * NULL: what is begun comes to high at most: false gives it up. The user keeps what he needs
     * in memory of his own. */
    bool (*visit)(void *user, const bool *taken, const verify_whole *high);
    void *user;
} verify_question;

typedef enum verify_found { VERIFY_NO_SET, VERIFY_A_SET, VERIFY_TOO_LONG } verify_found;

/* False: memory is out. */
bool verify_ask_sets(verify_sets *s, const verify_question *q, verify_found *out);

/* portfolio.frontier, portfolio.core */
bool verify_check_sets(verify_sets *s, const verify_node *node);
bool verify_check_core(verify_sets *s, const verify_node *node);

/* The set that a node names in `ids`, its value and sums; those must be as they are said. */
bool verify_read_set(verify_sets *s, const verify_node *node, bool *taken);

/* ---- what no known set reaches (zones.c) ---- */

#define VERIFY_FAR ((verify_whole)1 << 120)

/* Each zone is what has more than its ends of each of d things. */
typedef struct verify_zones {
    verify_sets *s;
    size_t d, n, room;
    verify_whole *end; /* [n x d] -VERIFY_FAR: any */
    size_t spare_room;
    verify_whole *spare;
} verify_zones;

/* One zone: everything. */
bool verify_start_zones(verify_sets *s, size_t d, verify_zones *out);
/* What a point leaves over: [d] */
bool verify_cut_zones(verify_zones *z, const verify_whole *at);

#endif
