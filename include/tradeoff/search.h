/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search over candidates: dominance, group rules, ranks. Arrays only, no files. */
#ifndef TRADEOFF_SEARCH_H
#define TRADEOFF_SEARCH_H

#include "tradeoff/decision.h"
#include "tradeoff/fleet.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- frontier ---- */

typedef struct tdo_front {
    const bool *member;   /* [n] nobody dominates it */
    const uint32_t *list; /* [count] the members, ascending */
    size_t count;
} tdo_front;

/* Marks the candidates that no other one dominates (no worse in every column, better in one).
 * x: [n x d] row-major, finite, larger is better, d >= 1. Equal rows do not dominate each other.
 * No tolerance: 1 ulp decides. -0 equals 0.
 * O(n log n) for d <= 3; else sorted filtering, worst case O(n^2 d).
 * Errors: TDO_E_MEMORY; out is then untouched. Source:
 * Bentley et al. 1993; Chomicki et al. 2003. */
TDO_API TDO_MUST_USE tdo_status tdo_frontier(const double *x, size_t n, size_t d, tdo_arena *a,
                                             tdo_front *out);

/* The same on so many threads (0: as many as there are cores); its result is the same. */
TDO_API TDO_MUST_USE tdo_status tdo_frontier_threads(const double *x, size_t n, size_t d,
                                                     int threads, tdo_arena *a, tdo_front *out);

/* The feasible candidates (one at least) that no other one dominates by its gains; on so many
 * threads. s to f of the case. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_frontier(const tdo_case *k, int threads, tdo_arena *a,
                                                  tdo_front *out);
/* The same, by processes that divide the candidates, and all make this call (NULL: none). Errors:
 * TDO_E_MEMORY, those of tradeoff/fleet.h. */
TDO_API TDO_MUST_USE tdo_status tdo_find_frontier_among(const tdo_case *k, int threads,
                                                        const tdo_fleet *fleet, tdo_arena *a,
                                                        tdo_front *out);

/* The same of n slots alone: member and list are places in `slot`. NULL: of the first n. */
TDO_API TDO_MUST_USE tdo_status tdo_frontier_of(const tdo_case *k, const uint32_t *slot, size_t n,
                                                int threads, tdo_arena *a, tdo_front *out);

/* Behind the frontier: layer 2 is the frontier of whoever is not on it, layer 3 that of whoever is
 * in neither, and so on. */
typedef struct tdo_layers {
    const uint32_t *slot;  /* [n] by layer, then by the bytes of the id */
    const uint32_t *layer; /* [n] */
    size_t n;
    size_t beyond; /* so many feasible candidates are in later layers than were asked for */
} tdo_layers;

/* The layers from 2 to last. s to f and the front of the case. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_layers(const tdo_case *k, size_t last, int threads,
                                                tdo_arena *a, tdo_layers *out);

/* The share of the unit box that each row alone reaches: it is at least as good as the points of
 * that share in every column, and no other row is (the exclusive hypervolume, from 0). Exact but
 * for rounding, without cancellation; NaN of those for whom TDO_VOLUME_STEPS steps for all do not
 * suffice, and of all where d is larger than TDO_VOLUME_AXES. x: [n x d] in [0, 1]. out: [n].
 * Errors: TDO_E_MEMORY. Source: While et al. 2006. */
enum { TDO_VOLUME_AXES = 8 };
#define TDO_VOLUME_STEPS 4e9
TDO_API TDO_MUST_USE tdo_status tdo_volumes_alone(const double *x, size_t n, size_t d, tdo_arena *a,
                                                  double *out);

/* The same of the frontier's values, in the criteria that can decide. out: [front count] s to v and
 * the front of the case. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_volumes(const tdo_case *k, tdo_arena *a, double **out);

/* Does row a dominate row b? */
TDO_API bool tdo_dominates(const double *a, const double *b, size_t d);

/* ---- group rules ---- */

typedef struct tdo_rule_result {
    bool computed;
    const double *score; /* [F] larger is better; in the unit of the rule: tdo_rule_about. NULL: not
                            kept (few_scores of tdo_rank_options) */
    const uint32_t *rank; /* [F] 1 + number of candidates that are better by more than TDO_TIE.
                             NULL: not kept of all (best_ranks of tdo_rank_options) */
    uint64_t leads; /* bit k: an order that is as good begins with slot k (kemeny, whose ranks are
                       those of one order; other rules: 0) */
} tdo_rule_result;

/* Scores and ranks all feasible candidates (one at least) under one rule: s to u of the case. F
 * above what tdo_rule_about says: computed = false, TDO_OK. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_apply_rule(tdo_rule rule, const tdo_case *in, tdo_arena *a,
                                               tdo_rule_result *out);

/* rank[k] = 1 + number of j with score[j] - score[k] > TDO_TIE. O(n log n). score: [n], rank: [n].
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_rank(const double *score, size_t n, tdo_arena *a,
                                         uint32_t *rank);

/* ---- the ranking ---- */

/* How sure it is that the best score is above that of a simpler one within reach. */
typedef struct tdo_lead {
    uint32_t slot;
    double holds; /* the probability; NaN: not known */
} tdo_lead;

/* The ranks of some. */
typedef struct tdo_places {
    const uint32_t *slot; /* [n] ascending */
    size_t n;
    const uint32_t *rank[TDO_RULES]; /* [n] each; NULL: not computed */
    const uint32_t *own;             /* [S x n] by each stakeholder's own utility */
} tdo_places;

typedef struct tdo_ranking {
    tdo_rule rule; /* the headline */
    tdo_rule_result by_rule[TDO_RULES];
    const tdo_places *places;         /* where the ranks of all are not kept; NULL: they are */
    const uint32_t *first[TDO_RULES]; /* [n_first] of each computed rule: all of rank 1, as in
                                         order */
    size_t n_first[TDO_RULES];
    uint32_t recommended_rank[TDO_RULES]; /* of each computed rule */
    const uint32_t *stakeholder_rank;     /* [S x F] rank of k by stakeholder s's own utility; NULL:
                                             `places` has those that are kept (tdo_own_rank) */
    const uint32_t *order;          /* [F] slots, best first: by rank, then frontier first, then
                                       the bytes of the id */
    const uint32_t *front;          /* [frontier] its members, in order */
    const uint32_t *favourite;      /* [S] the slot each stakeholder would choose alone (its rank
                                       1; ties: best in order) */
    const uint32_t *winner;         /* [TDO_RULES] first of each computed rule; ties as in order
                                     */
    double winner_score[TDO_RULES]; /* of each computed rule: the score of its first one, and */
    double recommended_score[TDO_RULES]; /* of the recommended */
    uint32_t recommended;                /* slot */
    uint32_t top;                        /* slot: first in order; differs from recommended when
                                            "simpler" preferred another */
    uint32_t runner_up;                  /* slot: best in order that is not recommended; UINT32_MAX
                                            where F = 1 */
    double margin;        /* headline score of the recommended less the runner-up's; NaN
                             where the rule goes by stages */
    const uint32_t *tied; /* [n_tied] slots of the practical ties of the recommended: no
                             criterion differs by more than its indifference */
    size_t n_tied;
    const tdo_lead *lead; /* [n_leads] of the top over each that "simpler" would prefer if the lead
                             is not shown, in order; none where it does not ask */
    size_t n_leads;
} tdo_ranking;

/* What a result lists, and whose ranks are kept for it. */
enum {
    TDO_LISTED_MAX = 10000, /* above so many loaded candidates only the frontier and ... */
    TDO_LISTED_BEST = 1000  /* ... so many of the best are listed */
};

/* Which rules a ranking computes, where not all. */
typedef struct tdo_rank_options {
    bool only_headline;  /* the other rules count as not computed */
    bool few_scores;     /* scores are kept of the headline rule and of `weighted` alone */
    size_t best_ranks;   /* ranks by other rules than the headline are kept of so many that it puts
                            first, of the frontier, favourites and the incumbent, and no more scores
                            than few_scores keeps; 0: of all */
    const double *score; /* [F] of the headline rule, which ranks by score alone, where they are
                            known already; NULL: computed */
    /* How sure it is that slot top has a better score than each of n others, where that has no
     * closed form; holds: [n]. NULL, and where it says NaN: not known, and nobody is preferred. */
    tdo_status (*leads)(void *user, const tdo_case *k, uint32_t top, const uint32_t *slot, size_t n,
                        double *holds);
    void *user;
} tdo_rank_options;

/* Can the scenario have its headline rule, whatever the data are? Errors: TDO_E_INPUT. */
TDO_API TDO_MUST_USE tdo_status tdo_check_rule(const tdo_scenario *s, tdo_error *err);

/* s to front of the case. options: NULL computes all rules. Errors: TDO_E_INPUT (the headline rule
 * cannot be computed for the scenario, or for so many candidates; located at the scenario's
 * "rule"), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_rank_all(const tdo_case *k, const tdo_rank_options *options,
                                             tdo_arena *a, tdo_ranking *out, tdo_error *err);

/* The ranks of n slots (ascending) under every rule that the case's ranking has computed. s to r of
 * the case. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_places(const tdo_case *k, const uint32_t *slot, size_t n,
                                                tdo_arena *a, tdo_places *out);

/* The place of a slot among them; n: it is none of them. */
TDO_API size_t tdo_place_of(const tdo_places *p, uint32_t slot);

/* The rank of a slot by stakeholder s's own utility; of one that is not kept O(F). s to r of the
 * case. */
TDO_API uint32_t tdo_own_rank(const tdo_case *k, size_t s, uint32_t slot);

/* The best-ranked frontier candidate that dominates a slot, or UINT32_MAX: it is on the frontier.
 * s to r of the case. */
TDO_API uint32_t tdo_dominator(const tdo_case *k, uint32_t slot);

#ifdef __cplusplus
}
#endif

#endif
