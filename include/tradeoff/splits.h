/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits: all averages that no other split beats, by their corners and faces.
 *
 * Axes are criteria (averages of readings, of distances to a target) or stakeholders (utilities of
 * splits). Limits of the mix bind; how many models a split may have does not. A point is a split
 * that is the best one under some weights that are all above 0, and the only place on the axes that
 * is; whatever else is not beaten lies on a face between points. Everything is exact: readings are
 * the decimals that they were written as, utilities the doubles that they are. */
#ifndef TRADEOFF_SPLITS_H
#define TRADEOFF_SPLITS_H

#include "tradeoff/mix.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { TDO_SPLITS_SHOWN = 12 };

typedef struct tdo_split_point {
    const tdo_mix_share *shares; /* [n_shares] the largest first, then by id; no ranges */
    size_t n_shares;
    const double *at;      /* [axes] average reading or distance, or utility */
    const double *weights; /* [axes] under which it is the best; sum 1, inside of all such */
    double weight_share;   /* of all weights, those that choose it; not complete: among those
                              found */
    bool many_models;      /* more than max_models have a share */
    bool small_share;      /* somebody has less than min_share */
} tdo_split_point;

/* Under `weights` its points are equally good, and nothing is better. The proof, in whole numbers
 * in decimal digits: with gain g (a reading that is to be small counts negative, as does a
 * distance), for everybody who takes part
 *     sum weight g  -  sum limit x (excess over that limit's bound)  <=  most. */
typedef struct tdo_split_face {
    const double *weights; /* [axes] on values in [0,1], sum 1 */
    const uint32_t *point; /* [n] ascending */
    size_t n;
    bool strict;               /* all weights are above 0 */
    const char *const *weight; /* [axes] */
    const char *const *limit;  /* [limits of the mix] */
    const char *most;
    double beyond; /* of an open one: its points have so much less than `most` at its weights, in
                      values */
} tdo_split_face;

typedef struct tdo_splits {
    tdo_split_space space; /* TDO_SPLITS_UNASKED: nothing else is set */
    size_t axes;
    const size_t *axis; /* [axes] criteria or stakeholders */
    bool complete;      /* false: a limit was hit, or the search was ended */
    double gap;         /* at any weights, no split is better than those of the points by more.
                           Infinite: not known, and there are no open faces */
    const tdo_split_point *point; /* [points] best on the first axis first, then the second ...;
                                     none: no split meets the limits */
    size_t points;
    const tdo_split_face *face; /* [faces] by their points; not complete: those proven */
    size_t faces;
    const tdo_split_face *open; /* [opens] not complete: what is equally good there may be beaten,
                                   by `beyond` at most. The gap is the largest of those; at weights
                                   between those of faces and open ones it is no larger, for what
                                   the best of all splits has is convex in the weights */
    size_t opens;
    size_t limits;
    const uint32_t *shown; /* [n_shown] points that stand for all: each stakeholder's best, then
                              whichever is farthest from those */
    size_t n_shown;
    double shown_error; /* each point is within this of one of them on every axis, in values */
    uint64_t steps;
    size_t lps;
} tdo_splits;

/* Was it asked for, and is it not complete? */
static inline bool tdo_splits_cut(const tdo_splits *x)
{
    return x->space != TDO_SPLITS_UNASKED && !x->complete;
}

/* Finds s->mix.frontier. stop: not 0 ends it early; NULL: nobody asks.
 * V points and F faces take V + F LPs of as many rows as there are limits, and one.
 * Errors: TDO_E_INPUT (as tdo_mix_rule_of), TDO_E_MEMORY. Source: Benson 1998; Ehrgott, Loehne and
 * Shao 2012. */
TDO_API TDO_MUST_USE tdo_status tdo_find_splits(const tdo_case *k, const volatile int *stop,
                                                tdo_arena *a, tdo_splits *out, tdo_error *err);

#ifdef __cplusplus
}
#endif

#endif
