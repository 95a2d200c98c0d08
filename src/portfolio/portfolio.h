/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the portfolio. All of them look at one problem in whole numbers: which of n blocks
 * (candidates that only come together) to take, x in {0,1},
 *
 *     rows      lo[r] <= sum over i of a[r][i] x[i] <= hi[r]
 *     worth     of each level: the sum, or the largest, of u[l][i] over those taken;
 *               of a set: the sum, or the least, over the levels
 *
 *   data.c     the problem of a scenario: blocks and levels; rows.c: rows in exact decimals
 *   bound.c    what no set is worth more than: multipliers from an LP, then whole numbers
 *   demands.c  what the rows ask, taken together
 *   search.c   depth first over all sets, cut by rows and bounds
 *   best.c     the best set, the first of equally good ones
 *   solve.c    the whole. Read that first; report.c: sets as the result has them
 *   frontier.c all sets that are not worse in worth and in every sum
 *   core.c     all sets that some allowed weights leave (extremes.c: the extreme ones); which
 *              statement settles most
 *   clash.c    why there is none
 *   links.c    who belongs to whom: what is wrong with it */
#ifndef TRADEOFF_PORTFOLIO_PORTFOLIO_H
#define TRADEOFF_PORTFOLIO_PORTFOLIO_H

#include "tradeoff/lp.h"
#include "tradeoff/portfolio.h"

__extension__ typedef __int128 pick_whole;

/* No bound. What is summed stays far below. */
#define PICK_FAR ((pick_whole)1 << 124)

/* Utilities are whole in units of 1e-15: what is written with so many digits is exact. */
#define PICK_UNITS 1e15
/* Values closer than TDO_TIE are the same. */
enum { PICK_TIE = 1000 };

typedef struct pick_row {
    const pick_whole *a; /* [n] */
    pick_whole lo, hi;   /* -PICK_FAR, PICK_FAR: none */
} pick_row;

typedef struct pick_worth {
    size_t levels;
    const pick_whole *u; /* [levels x n] */
    bool best;           /* a level is the largest of those taken (>= 0; none taken: 0), else the
                            sum */
    bool least;          /* a set is worth its least level, else the sum of them */
} pick_worth;

typedef struct pick_problem {
    size_t n; /* blocks, in the order of their first id */
    size_t rows;
    const pick_row *row; /* [rows] */
    pick_worth worth;
} pick_problem;

pick_whole pick_worth_of(const pick_worth *w, size_t n, const uint8_t *x);

/* ---- bounds (bound.c) ---- */

/* worth x 2^scale <= base + sum of gain[i] over those taken, for every set that the rows allow. */
typedef struct pick_bound {
    pick_whole base;
    const pick_whole *gain; /* [n] */
    int scale;
    bool proof; /* it bounds nothing: where base + gains are below 0, the rows cannot hold */
} pick_bound;

/* The bound of the LP without whole numbers; where the rows cannot hold there, one that shows it.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pick_find_bound(const pick_problem *p, tdo_arena *a, pick_bound *out,
                                        tdo_error *err);
/* The largest worth that the bound leaves. */
pick_whole pick_bound_at_most(const pick_bound *b, size_t n);
/* What base + gains have to reach for a worth of floor. */
pick_whole pick_bound_needs(const pick_bound *b, pick_whole floor);

/* ---- demands (demands.c) ---- */

/* The base + gains of those taken come to `need` at least, of every set that is sought. */
typedef struct pick_demand {
    pick_bound bound;
    pick_whole need;
} pick_demand;

/* A search that takes long looks for what its rows demand; what is found once holds for all
 * searches that ask for more rows. Starts as all zeros. */
typedef struct pick_demands {
    pick_demand *demand; /* [n] */
    size_t n, room;
    bool sought; /* those of the rows are among them */
} pick_demands;

/* One more: a worth is at least so much. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pick_add_demand(pick_demands *d, const pick_bound *bound, pick_whole floor,
                                        tdo_arena *a);
/* Those of the rows, if they have not been sought. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pick_seek_demands(const pick_problem *p, pick_demands *d, tdo_arena *a,
                                          tdo_error *err);

/* ---- search (search.c) ---- */

typedef enum pick_aim {
    PICK_LARGEST, /* the largest worth that is at least `floor` */
    PICK_FIRST,   /* the first set of such a worth, by its blocks */
    PICK_EVERY    /* all of them, each once */
} pick_aim;

typedef struct pick_query {
    const pick_problem *p;
    pick_aim aim;
    const pick_bound *bound; /* of the worth */
    pick_whole floor;        /* -PICK_FAR: none */
    const pick_worth *also;  /* must be at least also_floor; NULL: nothing */
    pick_whole also_floor;
    pick_demands *demands;                             /* holds for all that is sought; may grow */
    tdo_status (*visit)(void *user, const uint8_t *x); /* PICK_EVERY */
    void *user;
    uint64_t *steps; /* left; counted down */
    tdo_arena *a;    /* for room */
} pick_query;

typedef struct pick_found {
    bool some;
    bool complete; /* false: steps ran out */
    pick_whole worth;
    uint8_t *x; /* [n] the caller's */
} pick_found;

/* Errors: TDO_E_MEMORY, those of visit. */
TDO_MUST_USE tdo_status pick_search(const pick_query *q, pick_found *out, tdo_error *err);

/* ---- the problem of a scenario (data.c, report.c) ---- */

/* What a row comes from, for clashes: a side of a limit or of the count, or a link. */
typedef struct pick_data {
    const tdo_case *k;
    const tdo_portfolio_options *o;
    tdo_arena *a;
    const uint32_t *const *linked; /* [links] the candidates of each */
    size_t n;
    const uint32_t *const *member; /* [n] slots of each block */
    const size_t *members;         /* [n] */
    size_t unmeasured;
    size_t linked_out; /* others, who come only with somebody who cannot be taken */
    pick_problem p;
    const char *const *text; /* [p.rows] what each row says */
    size_t n_axes;           /* limits on criteria that have a direction */
    const tdo_constraint **axis_of;
    const pick_worth *axis; /* [n_axes] the sum, larger is better */
    const double *utility;  /* [S x F] less doing nothing */
    const double *none;     /* [d] its values */
} pick_data;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pick_make(const tdo_case *k, tdo_arena *a, pick_data *out, tdo_warnings *w);

/* The set of some blocks as the result has it. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pick_report_set(const pick_data *d, const uint8_t *x,
                                        tdo_portfolio_set *out);
/* [S] Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pick_report_utility(const pick_data *d, const uint8_t *x,
                                            const double **out);

/* ---- what solve.c asks (best.c, frontier.c, core.c, clash.c) ---- */

/* The set of the largest worth, then the largest of each `then`, then the first; rows may be more
 * than the data's. Errors: TDO_E_MEMORY. */
typedef struct pick_sums {
    const pick_worth *sum; /* [n] each of one level */
    size_t n;
} pick_sums;

TDO_MUST_USE tdo_status pick_best(const pick_problem *p, const pick_sums *then, uint64_t *steps,
                                  pick_found *out, pick_whole *at_most, tdo_error *err);

/* One more list of rows; NULL: no memory. */
pick_row *pick_more_rows(const pick_problem *p, size_t more, tdo_arena *a);

TDO_MUST_USE tdo_status pick_find_frontier(const pick_data *d, tdo_portfolio *out, tdo_error *err);
TDO_MUST_USE tdo_status pick_find_core(const pick_data *d, tdo_portfolio *out, tdo_error *err);
TDO_MUST_USE tdo_status pick_find_clash(const pick_data *d, tdo_portfolio *out, tdo_error *err);

/* Sets that are not worse than any other in all of several worths, each the sum of one level.
 * Every such point is given to visit once, by one set of it. *complete false: steps or sets ran
 * out. Errors: TDO_E_MEMORY, those of visit. */
typedef struct pick_zones {
    const pick_problem *p; /* its worth is the first of them */
    const pick_worth *axis;
    const pick_whole *step; /* [n_axes] what differs by less is the same */
    size_t n_axes;
    size_t most; /* points */
    uint64_t *steps;
    tdo_arena *a;
} pick_zones;

typedef struct pick_point {
    const uint8_t *x;
    pick_whole worth;
    const pick_whole *at; /* [n_axes] */
} pick_point;

TDO_MUST_USE tdo_status pick_list_points(const pick_zones *z, pick_point **out, size_t *n,
                                         bool *complete, tdo_error *err);

#endif
