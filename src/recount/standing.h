/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where everybody stands: what follows from a world, or from one with an edit. */
#ifndef TRADEOFF_RECOUNT_STANDING_H
#define TRADEOFF_RECOUNT_STANDING_H

#include "reread/value.h"

typedef struct verify_standing {
    size_t f;                    /* feasible candidates */
    uint32_t *feasible;          /* [f] */
    int *slot;                   /* [n] place in feasible, or VERIFY_NONE */
    size_t words;                /* of 64 bits in a set of limits */
    uint64_t *broken;            /* [n x words] the limits that it breaks */
    double *worst, *best;        /* [d] */
    double *gain;                /* [f x d] measurements, larger is better */
    double *value;               /* [d x f] */
    double *utility;             /* [people x f] */
    double *power, *group;       /* [people]; [d] weights of the group */
    double *most, *disagreement; /* [people] */
} verify_standing;

/* Does candidate i break limit k: at the readings, or where that is to be shown as the result says
 * how sure it is? */
static inline bool verify_breaks(const verify_standing *s, size_t i, size_t k)
{
    return s->broken[i * s->words + k / 64] >> k % 64 & 1;
}

size_t verify_count_broken(const verify_standing *s, size_t i);

/* The ends of the scale: given, or observed over everybody who is measured, feasible or not. */
void verify_find_range(const verify_world *w, size_t c, double *worst, double *best);

/* Everything below; d criteria and limits of w. */
bool verify_stand(verify_job *j, const verify_world *w, verify_standing *out);

/* Room for what verify_settle finds. */
bool verify_make_ends(verify_job *j, const verify_world *w, verify_standing *s);

/* Bests, disagreements and weights of the group, after utilities were replaced. */
void verify_settle(const verify_world *w, verify_standing *s);

#endif
