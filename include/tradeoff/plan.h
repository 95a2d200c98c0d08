/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which candidate serves which segment: at most a few segments are split, all limits hold on
 * averages over the segments, and how far the plan can be from the best one is proven.
 * Arrays only, no files: tradeoff/segments.h makes such a problem of a scenario. */
#ifndef TRADEOFF_PLAN_H
#define TRADEOFF_PLAN_H

#include "tradeoff/fleet.h"
#include "tradeoff/scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a limit binds. */
typedef enum tdo_plan_bind {
    TDO_PLAN_AVERAGE, /* the size-weighted average of `of` over all segments */
    TDO_PLAN_SHARE,   /* the part of all traffic that one candidate gets */
    TDO_PLAN_GAP      /* the largest less the least of the groups' averages of `of` */
} tdo_plan_bind;

typedef struct tdo_plan_limit {
    tdo_plan_bind bind;
    const double *of;        /* [segments x candidates] of an average or a gap */
    size_t candidate;        /* of a share */
    double min, max;         /* infinite: none; a gap has a max only */
    const double *group_min; /* [groups] of a gap: what each group's average must reach, */
    const double *group_max; /*   and may not pass; NULL: nothing */
} tdo_plan_limit;

typedef struct tdo_plan_problem {
    size_t segments, candidates, groups; /* >= 1 each */
    const double *size;                  /* [segments] > 0 */
    const uint32_t *group;               /* [segments] < groups; NULL: all are one */
    const double *const *value; /* [n_values] each [segments x candidates]: what is maximised is the
                                   average of it, of several the least average */
    size_t n_values;
    const bool *barred;          /* [segments x candidates] must not serve there; NULL: all may */
    const tdo_plan_limit *limit; /* [n_limits] */
    size_t n_limits;
} tdo_plan_problem;

typedef enum tdo_plan_status {
    TDO_PLAN_OPTIMAL,    /* the gap is at most 1e-9 (of the value, where that is above 1) */
    TDO_PLAN_INFEASIBLE, /* no plan keeps all limits: proven */
    TDO_PLAN_LIMIT,      /* rounds ran out; a plan is there where value is a number */
    TDO_PLAN_STATUSES
} tdo_plan_status;

/* "optimal", "infeasible", "limit". */
TDO_API extern const char *const tdo_plan_status_word[TDO_PLAN_STATUSES];

/* A part of a split segment. */
typedef struct tdo_plan_part {
    uint32_t segment, candidate;
    double share; /* in (0, 1); those of a segment sum to 1 */
} tdo_plan_part;

#define TDO_PLAN_SPLIT UINT32_MAX

/* Multipliers by which anybody can see what no plan exceeds (weak duality): with
 *     worth[s][j] = sum of value[v] its value - limit[k] its reading or (j being of a share) 1
 *                   - (gap[k][g] + bound[k][g]) its reading / the group's part of all
 * every plan is worth at most the average over the segments of the largest worth
 *     + sum of limit[k] (its max where > 0, its min where < 0)
 *     + sum over gaps of (A, B: the sums of gap[k][g] above and below 0) the lesser of A and -B max
 *       + (A + B) (the largest reading where > 0, the least where < 0)
 *     + sum of bound[k][g] (group_max where > 0, group_min where < 0)
 *     + (n_values > 1) the part of 1 that value[] is short of,
 * where it has a value. Infeasible: all value[] are 0, and that is below 0. */
typedef struct tdo_plan_proof {
    const double *value;       /* [n_values] >= 0 */
    const double *limit;       /* [n_limits] 0 of a gap */
    const double *gap, *bound; /* [n_limits x groups] 0 of others than gaps */
    double most;               /* what all that adds up to */
    const bool *listed;        /* [segments] who serves it is not told by its largest worth: that
                                  leads by little, or is not taken */
} tdo_plan_proof;

typedef struct tdo_plan_solution {
    tdo_plan_status status;
    double value;              /* NaN: there is no plan */
    double gap;                /* no plan is better by more; NaN as above */
    const uint32_t *choice;    /* [segments] who serves it; TDO_PLAN_SPLIT: see part */
    const tdo_plan_part *part; /* [n_parts] by segment, then candidate */
    size_t n_parts, split_segments;
    const double *price; /* [n_limits] value for each unit by which the limit (of a gap: the gap)
                            moves towards allowing more: >= 0 */
    const bool *clashes; /* [n_limits] infeasible: these together cannot hold, and would without any
                            one of them. NULL: all can, or a segment has nobody */
    size_t unserved;     /* infeasible: a segment where all are barred; TDO_NONE: there is none */
    size_t rounds;       /* master programs solved */
    const tdo_plan_proof *proof; /* of the gap, or of there being no plan; NULL: a segment has
                                    nobody, or rounds ran out without a plan */
} tdo_plan_solution;

/* Dantzig-Wolfe: a master program over proposals of blocks of segments, priced by one pass over the
 * segments, in parallel; then a corner of what the master mixes, so that no more segments are split
 * than there are rows that couple them (one for an average or a share, one for each group of a
 * gap, one for each value but the first). The answer does not depend on threads (0: all cores), nor
 * on the processes that divide the pricing (fleet; NULL: none), of which all make this call.
 * Memory beside the problem: about 8 bytes a segment.
 * Errors: TDO_E_MEMORY, TDO_E_INTERNAL. Source: Dantzig and Wolfe 1960. */
TDO_API TDO_MUST_USE tdo_status tdo_plan_solve(const tdo_plan_problem *p, int threads,
                                               const tdo_fleet *fleet, tdo_arena *a,
                                               tdo_plan_solution *out, tdo_error *err);

/* What a plan comes to, in sums over all segments weighted by their sizes (which count as parts of
 * 1), each compensated (Neumaier 1974). */
typedef struct tdo_plan_totals {
    const double *value;   /* [n_values] */
    const double *traffic; /* [candidates] */
    const double *group;   /* [n_limits x groups] the average of a limit's `of` in each group; 0 for
                              a share */
    const double *at;      /* [n_limits] what the limit binds: average, share or gap */
    double least;          /* of value */
} tdo_plan_totals;

/* choice, part: as in tdo_plan_solution. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_plan_total(const tdo_plan_problem *p, const uint32_t *choice,
                                               const tdo_plan_part *part, size_t n_parts,
                                               tdo_arena *a, tdo_plan_totals *out);

/* Does limit k hold there, within the rounding of sums? */
TDO_API bool tdo_plan_holds(const tdo_plan_problem *p, size_t k, const tdo_plan_totals *t);

#ifdef __cplusplus
}
#endif

#endif
