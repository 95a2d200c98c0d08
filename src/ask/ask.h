/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of asking.
 *
 *   regret    what is left of the weights as corners, and the largest regrets over it
 *   pair      which question to ask next
 *   ask       the answers so far
 *   question  a question in words
 *   rate      trade-off questions
 *   write     statements into a scenario */
#ifndef TRADEOFF_ASK_ASK_H
#define TRADEOFF_ASK_ASK_H

#include "tradeoff/ask.h"

#include "exact/cone.h"

/* Two corners with an edge between them. */
typedef struct ask_edge {
    uint32_t from, to;
} ask_edge;

/* What is left of the weights. */
typedef struct ask_left {
    size_t d, f;
    exact_corners corner;
    const double *utility; /* [corners x F] */
    const double *best;    /* [corners] the largest there */
    const double *regret;  /* [F] the largest of each candidate */
    uint32_t favourite;    /* slot: least regret, ties by id */
    const ask_edge *edge;  /* NULL: not looked for */
    size_t edges;
    const uint32_t *live; /* [n_live] slots of those who may still be best, or least regretted,
                             with whatever more is said */
    size_t n_live;
    size_t n_best; /* of those, the first ones: best at some corner */
} ask_left;

/* Comparisons of weights: row . w >= 0. */
typedef struct ask_rows {
    int64_t *row; /* [m x d] */
    size_t m;
} ask_rows;

/* edges: whether questions are to be chosen. Errors: TDO_E_LIMIT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status ask_find_left(const tdo_case *k, const ask_rows *rows, bool edges,
                                      tdo_arena *a, ask_left *out, tdo_error *err);

/* As fmax, of numbers alone: a compiler may not take its call for an instruction. */
static inline double ask_larger(double x, double y)
{
    return x > y ? x : y;
}

/* Is slot i before j by id? */
bool ask_is_before(const tdo_case *k, uint32_t i, uint32_t j);

/* Do candidates i and j differ in criterion c so that it matters? */
bool ask_differ(const tdo_case *k, size_t c, size_t i, size_t j);

/* The k slots with the least regrets. */
size_t ask_leaders(const tdo_case *k, const ask_left *x, size_t most, uint32_t *slot);

typedef struct ask_pair {
    uint32_t a, b;
} ask_pair;

bool ask_same_pair(ask_pair x, ask_pair y); /* in either order */

/* The pair to ask about: some criterion in which they differ so that it matters, or there would be
 * nothing to choose by. passed: [n] those that are not to be asked. False in *found: none.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status ask_choose_pair(const tdo_case *k, const ask_left *x,
                                        const ask_pair *passed, size_t n, ask_pair *out,
                                        bool *found);

const tdo_case *ask_case_of(const tdo_ask *q);

#endif
