/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the questions to the samples share. */
#ifndef TRADEOFF_SAMPLING_INQUIRY_H
#define TRADEOFF_SAMPLING_INQUIRY_H

#include "sampling/pass.h"

/* A question at work. */
typedef struct sampling_inquiry {
    const sampling_case *c;
    const tdo_robust_options *o;
    tdo_robust_options settled; /* o, with the number of samples that the first pass came to */
    tdo_arena *a;
    tdo_robust *out;
    bool *noise;   /* [noise] all that is uncertain */
    bool *weights; /* [s] */
    bool powers;
    bool any_noise, any_wishes;
} sampling_inquiry;

static inline sampling_setting sampling_all_uncertain(const sampling_inquiry *q)
{
    return (sampling_setting){
        .seed = q->out->seed, .noise = q->noise, .weights = q->weights, .powers = q->powers};
}

static inline double sampling_share(uint64_t count, uint64_t samples)
{
    return (double)count / ((double)PASS_UNIT * (double)samples);
}

/* Another question went to all samples. False: it was interrupted, which is noted. */
static inline bool sampling_goes_on(const sampling_inquiry *q, const pass_result *p)
{
    if (p->done < q->o->samples)
        q->out->interrupted = true;
    return !q->out->interrupted;
}

/* doubt.c: the leaders where nobody said how the errors are shared, and the doubt by source. Errors
 * of all: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_find_correlated(sampling_inquiry *q);
TDO_MUST_USE tdo_status sampling_find_doubt(sampling_inquiry *q);

/* tie.c: what noise alone does at nominal wishes: tie, optimism, confidence. */
TDO_MUST_USE tdo_status sampling_find_by_noise(sampling_inquiry *q);

/* information.c: what knowing everything is worth. */
TDO_MUST_USE tdo_status sampling_find_information(sampling_inquiry *q);

#endif
