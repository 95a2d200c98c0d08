/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What learning one thing is worth: by how much the best of the means that are left is above the
 * one that is best now, on average over what might be learned (Raiffa and Schlaifer 1961). No
 * sample is nested in another: the mean of each score, given what was learned, is known. */
#ifndef TRADEOFF_SAMPLING_LEARN_H
#define TRADEOFF_SAMPLING_LEARN_H

#include "sampling/inquiry.h"

typedef struct learn_case {
    const sampling_inquiry *q;
    uint64_t samples;
    double *power;  /* [s] means over all that is uncertain: of powers, */
    double *wish;   /* [s x d] of everybody's weights, */
    double *weight; /* [d] of the group's, */
    double *value;  /* [d x f] of values, */
    double *score;  /* [f] and of scores */
    uint32_t best;  /* the slot with the best of these */
    bool *known;    /* [d] scratch: what a criterion tells of itself and others */
    double *at;     /* [f] scratch */
} learn_case;

/* How what a criterion reads is bound to what another one reads. */
typedef enum learn_bond {
    LEARN_APART, /* not at all, or nobody weighs the other one */
    LEARN_SAME,  /* one error moves both: who knows the one knows the other */
    LEARN_JOINT, /* all errors are normal */
    LEARN_UNKNOWN
} learn_bond;

static inline bool learn_is_bent(const tdo_criterion *c)
{
    return c->n_value > 0 || c->goal == TDO_GOAL_TARGET;
}

static inline const noise_reader *learn_reader(const learn_case *l, size_t c)
{
    return &l->q->c->noise->criterion[c];
}

static inline bool learn_stopped(const learn_case *l)
{
    return l->q->o->stop && *l->q->o->stop;
}

/* learn.c: what it is all for. Errors of all: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_learn(sampling_inquiry *q);

/* learn_means.c */
TDO_MUST_USE tdo_status sampling_make_learning(const sampling_inquiry *q, learn_case *out);

/* learn_bond.c */
learn_bond sampling_bond(const learn_case *l, size_t c, size_t other);
/* Is its error normal, and its value straight? So for all that it tells something of. */
bool sampling_tells_straight(const learn_case *l, size_t c);
/* How much the best of at is above l->best. */
double sampling_gain(const learn_case *l, const double *at);

/* From samples of something learned. */
typedef struct learn_sum {
    double sum, square;
} learn_sum;
static inline void learn_add(learn_sum *s, double x)
{
    s->sum += x;
    s->square += x * x;
}
void sampling_learned(const learn_case *l, const learn_sum *s, double *value, double *se);

/* learn_joint.c: the readings of one criterion, whose errors are normal, and what they tell of the
 * scores. */
typedef struct learn_joint {
    const learn_case *l;
    double *variance; /* [f x f] of the readings */
    double *shared;   /* [f x f] of score j (row) and reading i */
    double *factor;   /* [f x f] scratch */
    double *by;       /* [kept x f] the scores move by it times f normal variates */
    uint32_t *kept;   /* [n] slots that might become the best; the best first */
    size_t n;
} learn_joint;
TDO_MUST_USE tdo_status sampling_join(const learn_case *l, size_t c, learn_joint *out);
/* Of all readings, exactly (items 0), or of so many items of that standard deviation. */
void sampling_learn_all(learn_joint *x, double items, double sd, double *value, double *se);
/* Of the reading of slot i. room: [2f]. */
double sampling_learn_reading(const learn_joint *x, uint32_t i, uint32_t *order, uint64_t *room);

/* learn_bent.c: the mean value of a criterion for a reading that is normal: moved by shift, with
 * that standard deviation. */
double sampling_mean_value(const sampling_case *k, size_t c, size_t slot, double shift, double sd);
/* As sampling_learn_reading, where values bend. */
double sampling_learn_bent(const learn_case *l, size_t c, uint32_t i);

/* learn_items.c: how many more items of a criterion pay, as its "measure" asks. */
TDO_MUST_USE tdo_status sampling_learn_items(learn_joint *x, const tdo_measure_more *ask,
                                             tdo_measure_next *out);
/* What a unit of utility is in the unit of "worth_in"; NaN. */
double sampling_per_utility(const sampling_case *c);

#endif
