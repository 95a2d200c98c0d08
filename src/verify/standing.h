/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where everybody stands: what follows from a world, or from one with an edit. */
#ifndef TRADEOFF_VERIFY_STANDING_H
#define TRADEOFF_VERIFY_STANDING_H

#include "verify/value.h"

typedef struct verify_standing {
    size_t f;           /* feasible candidates */
    uint32_t *feasible; /* [f] */
    int *slot;          /* [n] place in feasible, or VERIFY_NONE */
    uint64_t *broken;   /* [n] limits */
    double worst[VERIFY_MOST], best[VERIFY_MOST];
    double *gain;                                  /* [f x d] measurements, larger is better */
    double *value;                                 /* [d x f] */
    double *utility;                               /* [people x f] */
    double power[VERIFY_MOST], group[VERIFY_MOST]; /* of stakeholders; weights of the group */
    double most[VERIFY_MOST], disagreement[VERIFY_MOST];
} verify_standing;

/* A bit for each limit that candidate i breaks: at the readings, or where a limit is to be shown as
 * the result says how sure it is. */
uint64_t verify_broken(const verify_world *w, size_t i);

/* Everything below; d criteria and limits of w. */
bool verify_stand(verify_job *j, const verify_world *w, verify_standing *out);

/* Bests, disagreements and weights of the group, after utilities were replaced. */
void verify_settle(const verify_world *w, verify_standing *s);

#endif
