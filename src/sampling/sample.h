/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sample: its readings, values, utilities and scores. */
#ifndef TRADEOFF_SAMPLING_SAMPLE_H
#define TRADEOFF_SAMPLING_SAMPLE_H

#include "rules/rules.h"
#include "sampling/draws.h"
#include "sampling/noise.h"

/* What all samples share. f feasible candidates, d criteria, s stakeholders. */
typedef struct sampling_case {
    const tdo_case *k;
    const noise_plan *noise;
    const sampling_region *region; /* [s] */
    sampling_region powers;
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
    double correlation;   /* where it is not stated */
    const double *weight; /* [s x d] instead of the nominal weights; NULL: these */
} sampling_setting;

/* Where a sample is made. All arrays are its own. */
typedef struct sampling_room {
    const sampling_case *c;
    const sampling_setting *set;
    bool moves; /* some readings do */
    bool made;  /* utilities that nothing moves are there */
    noise_room noise;
    double *shift;   /* [f] of the reading of one criterion */
    double *value;   /* [d x f] */
    double *weight;  /* [s x d] */
    double *power;   /* [s] */
    double *group;   /* [d] */
    double *utility; /* [s x f] */
    double *best;    /* [s] */
    double *low;     /* [s] */
    double *score;   /* [f] of the headline rule */
    uint32_t *rank;  /* [f] under it */
    double *reading; /* [d x n]; NULL: the rule does not look at readings */
    bool by_rank;    /* rank holds, by a rule of which the score is not enough */
    tdo_valued v;    /* value, */
    tdo_utility u;   /*   utility, */
    tdo_measured x;  /*   reading, for the rules */
    tdo_case k;
    rule_room sorting;
    uint32_t *bucket; /* [3f + 1] room to rank in */
} sampling_room;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_room_make(const sampling_case *c, const sampling_setting *set,
                                           tdo_arena *a, sampling_room *out);

/* Sample number k up to utilities. */
void sampling_make(sampling_room *r, uint64_t k);

/* Its scores under the headline rule, and (by_rank) its ranks. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_score(sampling_room *r);

/* The same readings at other weights: [s x d], until sampling_restore. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status sampling_rescore(sampling_room *r, const double *weight);

/* The weights of the setting again, for the samples that follow. */
void sampling_restore(sampling_room *r);

/* Ranks of all, where they are not there already. */
void sampling_rank(sampling_room *r);

/* Those that are first: list: [f], ascending. Returns how many, at least 1. */
size_t sampling_first(const sampling_room *r, uint32_t *list);

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
