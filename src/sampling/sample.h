/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sample: its readings, values, utilities and scores. */
#ifndef TRADEOFF_SAMPLING_SAMPLE_H
#define TRADEOFF_SAMPLING_SAMPLE_H

#include "noise/noise.h"
#include "rules/rules.h"
#include "variates/variates.h"

/* What all samples share. f feasible candidates, d criteria, s stakeholders. */
typedef struct sampling_case {
    const tdo_case *k;
    const noise_plan *noise;
    const variate_region *region; /* [s] */
    variate_region powers;
    const double *slope;      /* [d] value per measurement on a straight scale */
    const noise_slots *slots; /* [f + 1] the last: the incumbent's, feasible or not */
    size_t incumbent;         /* its place in these; where there is none, that last one */
    bool each_draw;           /* sample k is joint draw k */
    size_t f, d, s;
} sampling_case;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_case_make(const tdo_case *k, const noise_plan *noise, tdo_arena *a,
                                           sampling_case *out);

/* What is uncertain; the rest is as it is now. */
typedef struct sampling_setting {
    uint64_t seed;
    const bool *noise;   /* [noise] */
    const bool *weights; /* [s] */
    bool powers;
    double correlation; /* where it is not stated */
} sampling_setting;

/* What is drawn for all settings with one correlation. */
typedef struct sampling_noise {
    double correlation;
    bool *drawn; /* [noise] by one of them at least */
    bool any;
    noise_room noise;
} sampling_noise;

/* What is drawn of one sample, once for all settings: what is uncertain in several of them is the
 * same in these. */
typedef struct sampling_drawn {
    const sampling_case *c;
    uint64_t seed;
    sampling_noise *noise; /* [n] */
    size_t n;
    bool *weights;  /* [s] drawn */
    double *weight; /* [s x d] */
    bool powers;
    double *power; /* [s] */
} sampling_drawn;

/* For n settings of one seed. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_drawn_make(const sampling_case *c, const sampling_setting *set,
                                            size_t n, tdo_arena *a, sampling_drawn *out);

/* Draws sample number k. */
void sampling_draw_all(sampling_drawn *y, uint64_t k);

/* Where a sample is made of what was drawn, in one setting. All arrays are its own. */
typedef struct sampling_room {
    const sampling_case *c;
    const sampling_setting *set;
    const sampling_drawn *drawn;
    const noise_room *noise; /* in it */
    bool moves;              /* some readings do */
    bool changes;            /* something does */
    bool made;               /* utilities that nothing moves are there, */
    bool scored;             /*   and scores */
    double *shift;           /* [f] of the reading of one criterion */
    double *value;           /* [d x f] */
    double *weight;          /* [s x d] */
    double *power;           /* [s] */
    double *group;           /* [d] where the rule is asked */
    bool ends;               /* best and low are wanted */
    double *utility;         /* [s x f] */
    double *best;            /* [s] */
    double *low;             /* [s] */
    double *score;           /* [f] of the headline rule */
    uint32_t *rank;          /* [f] under it */
    double **reading;        /* [d] each [n]; NULL: the rule does not look at readings */
    bool by_rank;            /* rank holds, */
    bool tied;               /*   and some may share one; false: nobody does */
    tdo_valued v;            /* value, */
    tdo_utility u;           /*   utility, */
    tdo_measured x;          /*   reading, for the rules */
    tdo_case k;
    rule_bench bench;
    uint32_t *bucket; /* [3f] room to rank in, */
    double *sorted;   /*   [f] and scores */
} sampling_room;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_room_make(const sampling_drawn *drawn, const sampling_setting *set,
                                           tdo_arena *a, sampling_room *out);

/* The sample that was drawn, up to utilities. */
void sampling_make(sampling_room *r);

/* The same readings at other weights: [s x d], until sampling_restore. */
void sampling_reweigh(sampling_room *r, const double *weight);

/* The weights of the case again, for the samples that follow. */
void sampling_restore(sampling_room *r);

/* ---- scores and ranks (score.c, sample.c) ---- */

/* Scores under the headline rule, and (by_rank) ranks where it finds these. */
void sampling_score(sampling_room *r);

/* Ranks of all, where they are not there already. */
void sampling_rank(sampling_room *r);

/* Those that are first: list: [f], ascending. Returns how many, at least 1. */
size_t sampling_first(const sampling_room *r, uint32_t *list);

/* out: [n] the sum of by x row, in the order of the rows. by >= 0; x: [rows x n], finite. */
void sampling_blend(const double *x, const double *by, size_t rows, size_t n, double *out);

/* The least and the largest of n >= 1. */
void sampling_ends(const double *x, size_t n, double *least, double *most);

/* How far the error moves what a reader reads of slot k. */
double sampling_shift_of(const sampling_room *r, const noise_reader *reader, size_t k);

/* ---- the frontier of a sample (dominance.c) ---- */

typedef struct sampling_rival {
    uint32_t slot;
    bool better; /* already, in a criterion without an error */
} sampling_rival;

/* Who is not worse than each in what has no error. */
typedef struct sampling_rivals {
    const uint32_t *start; /* [f + 1] those of slot i are at start[i] .. start[i + 1] - 1 */
    const sampling_rival *rival;
} sampling_rivals;

/* O(f^2 d). Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_find_rivals(const sampling_case *c, tdo_arena *a,
                                             sampling_rivals *out);

/* Criteria that read something with an error. */
size_t sampling_noisy_criteria(const sampling_case *c);
/* The gains of the sample in these: gain: [noisy x f]. */
void sampling_set_gains(const sampling_room *r, double *gain);
/* Does another one dominate slot i in the sample? */
bool sampling_is_dominated(const sampling_case *c, const sampling_rivals *r, const double *gain,
                           size_t noisy, size_t i);

#endif
