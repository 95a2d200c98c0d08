/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one sample counts for. */
#ifndef TRADEOFF_SAMPLING_COUNTING_H
#define TRADEOFF_SAMPLING_COUNTING_H

#include "sampling/pass.h"

/* Counts and sums of one pass, or one block: two arrays with names, the sums behind the counts. */
typedef struct pass_tally {
    uint64_t *count;
    double *sum;
    size_t counts, sums;
    pass_result result; /* into both */
} pass_tally;

/* at: [counts + sums] words; NULL: it only says how many these are. */
void pass_tally_lay(const sampling_case *c, const pass_request *w, uint64_t *at, pass_tally *t);
/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pass_tally_make(const sampling_case *c, const pass_request *w, tdo_arena *a,
                                        pass_tally *t);

/* One question at work, in one thread. */
typedef struct pass_worker {
    const sampling_case *c;
    const pass_request *w;
    sampling_room room;
    pass_tally mine; /* where the block at hand is counted; its arrays are of whoever counts */
    uint32_t *first; /* [f] */
    size_t firsts;
    bool *holds;  /* [f] do all limits hold? */
    double *gain; /* [noisy x f] FRONTIER */
    size_t noisy;
    uint32_t *tied; /* [f + 1] how many have each rank */
    double *moved;  /* [m] */
} pass_worker;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pass_worker_make(const sampling_drawn *drawn, const sampling_setting *set,
                                         const pass_request *w, tdo_arena *a, pass_worker *out);

/* Counts the sample that was drawn into k->mine. */
void pass_take_sample(pass_worker *k);

#endif
