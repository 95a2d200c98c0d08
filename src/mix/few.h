/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits of a few models: may these do better than what is known? Asked of every set of models, so
 * it must be quick: the splits of k models are a triangle or the like, from which what misses a
 * bound or the goal is cut off (Sutherland and Hodgman 1974), until nothing is left. */
#ifndef TRADEOFF_MIX_FEW_H
#define TRADEOFF_MIX_FEW_H

#include "mix/mix.h"

enum { FEW_MOST = 4 };

/* The models of a split and its corners, at which every share but one is min_share; criteria that
 * mix "worst" count as if all were used. */
typedef struct few_models {
    size_t k;
    uint32_t model[FEW_MOST]; /* participants */
    double *level[FEW_MOST];  /* [levels] at each corner */
    double *over[FEW_MOST];   /* [bounds] h - beta */
} few_models;

/* What is to be exceeded: the sums of the 1, 2, ... least levels of the best split so far, which is
 * what leximin compares (Ogryczak 1997); of other rules the value alone, of nash its logarithm. */
typedef struct few_goal {
    size_t sums;     /* 0: nothing is known yet, any split that meets the bounds will do */
    double *reached; /* [sums] */
} few_goal;

/* The goal that a split with these levels reaches. out->reached: room for [levels + 1]. */
void few_set_goal(const mix_problem *m, const double *level, few_goal *out);

/* False: no split of these models exceeds the goal by more than half a tie (a later sum: by 1e-9),
 * to rounding. True: look. */
bool few_may_exceed(const mix_problem *m, const few_models *s, const few_goal *goal);

#endif
