/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the questions to the samples share. */
#ifndef TRADEOFF_SAMPLING_INQUIRY_H
#define TRADEOFF_SAMPLING_INQUIRY_H

#include "sampling/pass.h"

/* What is asked of the same samples. */
typedef struct sampling_questions {
    sampling_setting *set;
    pass_request *want;
    pass_result *found; /* done 0: not answered */
    size_t n, room;
} sampling_questions;

/* All that is asked, and what for. */
typedef struct sampling_inquiry {
    const sampling_case *c;
    const tdo_robust_options *o;
    tdo_robust_options settled; /* o, with the number of samples that the first answers came to */
    tdo_arena *a;
    tdo_robust *out;
    bool *noise;   /* [noise] all that is uncertain */
    bool *weights; /* [s] */
    bool powers;
    bool any_noise, any_wishes;
    const bool *no_weights;      /* [s] none */
    sampling_questions together; /* those that go over the samples together */
    size_t all, correlated;      /* which of them */
    size_t *without, *alone;     /* [n_doubt] likewise */
    size_t by_noise;             /* SPREAD, then TIE and CONFIDENT: */
    pass_request tie;
    size_t missed;
} sampling_inquiry;

static inline sampling_setting sampling_all_uncertain(const sampling_inquiry *q)
{
    return (sampling_setting){
        .seed = q->out->seed, .noise = q->noise, .weights = q->weights, .powers = q->powers};
}

static inline sampling_setting sampling_noise_alone(const sampling_inquiry *q)
{
    return (sampling_setting){.seed = q->out->seed, .noise = q->noise, .weights = q->no_weights};
}

static inline double sampling_share(uint64_t count, uint64_t samples)
{
    return (double)count / ((double)PASS_UNIT * (double)samples);
}

/* questions.c: adds a question to q->now, or to the one that has the same setting; at: which.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_pose(sampling_inquiry *q, const sampling_setting *set,
                                      const pass_request *want, size_t *at);

/* Asks all that was posed, some at a time. How many samples it takes (until) is settled by the
 * first. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_ask(sampling_inquiry *q);

/* What all samples say; NULL: not asked (TDO_NONE), or interrupted before. */
static inline const pass_result *sampling_answer(const sampling_inquiry *q, size_t at)
{
    const pass_result *p = at == TDO_NONE ? NULL : &q->together.found[at];
    return p && p->done > 0 && p->done == q->out->samples ? p : NULL;
}

/* doubt.c: the leaders where nobody said how the errors are shared, and the doubt by source. Errors
 * of all: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_pose_correlated(sampling_inquiry *q);
TDO_MUST_USE tdo_status sampling_set_correlated(sampling_inquiry *q);
TDO_MUST_USE tdo_status sampling_pose_doubt(sampling_inquiry *q);
void sampling_set_doubt(sampling_inquiry *q);

/* tie.c: what noise alone does at nominal wishes: optimism, then tie and confidence. */
TDO_MUST_USE tdo_status sampling_pose_spread(sampling_inquiry *q);
/* From what the spread was, the next question. */
TDO_MUST_USE tdo_status sampling_pose_tie(sampling_inquiry *q, const pass_result *spread);
TDO_MUST_USE tdo_status sampling_set_tie(sampling_inquiry *q);

/* information.c: what knowing everything is worth. */
TDO_MUST_USE tdo_status sampling_pose_information(sampling_inquiry *q);
void sampling_set_information(sampling_inquiry *q);

#endif
