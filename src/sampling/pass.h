/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over all samples, for several questions at once: counts that are whole numbers, and sums
 * that are added block by block in the order of the samples, so that the number of threads, and of
 * processes, changes no bit. */
#ifndef TRADEOFF_SAMPLING_PASS_H
#define TRADEOFF_SAMPLING_PASS_H

#include "sampling/sample.h"

#include <math.h>

/* What one sample counts for: divisible by 1 to 20, so that ties share it exactly. */
#define PASS_UNIT UINT64_C(232792560)

/* What a pass counts; added. */
enum {
    PASS_FIRST = 1,       /* who is first */
    PASS_RANKS = 2,       /* all places */
    PASS_LIMITS = 4,      /* do all limits hold? */
    PASS_FRONTIER = 8,    /* who is on the frontier */
    PASS_MEANS = 16,      /* scores and regrets */
    PASS_CENTRAL = 32,    /* weights where first */
    PASS_SPREAD = 64,     /* moments of the moved scores, and what the winner is flattered by */
    PASS_TIE = 128,       /* how often the largest lead over each is below what the readings show */
    PASS_CONFIDENT = 256, /* who is first at its own weights */
    PASS_MISSED = 512     /* how far some are below the best */
};

typedef struct pass_request {
    unsigned want;
    size_t ranks; /* how many places are told apart, and one for the others where these are not
                     all */
    const sampling_rivals *rivals; /* FRONTIER */
    const uint32_t *among;         /* [m] SPREAD, TIE: slots that are compared */
    size_t m;
    const double *mean;    /* TIE: [m] of the moved scores, */
    const double *per_sd;  /*   [m x m] 1 by the standard deviation of the difference; 0: none, */
    const double *lead;    /*   [m] the largest lead at the readings in such deviations */
    const uint32_t *asked; /* CONFIDENT: [n_asked] slots, */
    size_t n_asked;
    const double *weight; /*   [n_asked x s x d] and their weights */
    uint32_t missed[2];   /* MISSED: slots */
    double until;         /* FIRST, of the first request: > 0: until its standard error is below */
} pass_request;

/* Counts are in PASS_UNIT where ties share, else in samples. */
typedef struct pass_result {
    uint64_t done;         /* samples */
    bool cut;              /* told to stop before all were taken */
    uint64_t *first;       /* [f] shared */
    uint64_t *led;         /* [f] samples in which it is first, or tied for it */
    uint64_t *rank;        /* [f x ranks] shared */
    uint64_t *holds;       /* [f] */
    uint64_t *first_holds; /* [f] shared */
    uint64_t *frontier;    /* [f] */
    uint64_t *below;       /* [m] of TIE */
    uint64_t *confident;   /* [n_asked] shared */
    double *score;         /* [f] sums */
    double *regret;        /* [s x f] */
    double *central;       /* [f x s x d] */
    double *moved;         /* [m] of the moved scores, and */
    double *product;       /* [m x m] of their products: j <= i */
    double *flattered;     /* [1] */
    double *missed;        /* [2] MISSED: sums of how far, and */
    double *missed_square; /* [2] of its squares */
} pass_result;

/* The standard error of a share that n samples gave, from the mean of its uniform prior. */
static inline double pass_share_error(uint64_t count, uint64_t n)
{
    double q = ((double)count / (double)PASS_UNIT + 0.5) / ((double)n + 1);
    return sqrt(q * (1 - q) / (double)n);
}

/* Asked together: what several settings draw is drawn once. */
typedef struct pass_questions {
    const sampling_setting *set; /* [n] of one seed */
    const pass_request *want;    /* [n] */
    size_t n;
} pass_questions;

/* out: [q->n]. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_pass(const sampling_case *c, const pass_questions *q,
                                      const tdo_robust_options *o, tdo_arena *a, pass_result *out);

#endif
