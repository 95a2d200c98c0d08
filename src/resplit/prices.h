/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is best under the limits of a split while one of them moves. */
#ifndef TRADEOFF_RESPLIT_PRICES_H
#define TRADEOFF_RESPLIT_PRICES_H

#include "resplit/split.h"

/* The limit that moves, and all else; or none moves, and somebody has a least share. h: how far a
 * split's average is beyond it, in units of the spread of readings. */
typedef struct verify_moving {
    verify_split *m;
    size_t bound;     /* m->bounds: none moves */
    size_t forced;    /* a participant; m->n: nobody is */
    double least;     /* its share */
    double *h;        /* [n] of each participant; NaN: it is barred */
    double spread;    /* 0: all have the same */
    double left;      /* work */
    double *scale;    /* [bounds] spreads, for the others */
    double low, high; /* of levels, over everybody */
    double *a, *cost, *limit;
} verify_moving;

/* A split at which of_v x value - slope x h is largest, and by its multipliers no split has more
 * than `most`. */
typedef struct verify_best {
    bool known; /* false: too much work, or rounding hides it */
    double h, value, most;
} verify_best;

/* Work is what it may take in all, in numbers looked at. false: memory is out. */
bool verify_moving_start(verify_split *m, size_t bound, double work, verify_moving *out);
bool verify_best_at(verify_moving *y, double of_v, double slope, verify_best *out);

/* mix.next. lacks: [n] as verify_prove finds it */
bool verify_check_next(verify_split *m, const verify_node *mix, const double *lacks);

/* mix.clash.relax, where no split meets the limits */
bool verify_check_relax(verify_split *m, const verify_node *clash);

/* mix.limits[].price and what belongs to it */
bool verify_check_prices(verify_split *m, const verify_node *mix);

#endif
