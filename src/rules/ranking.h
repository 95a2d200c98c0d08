/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a ranking: the order under the headline rule, the other rules, ranks of some. */
#ifndef TRADEOFF_RULES_RANKING_H
#define TRADEOFF_RULES_RANKING_H

#include "rules/rules.h"

/* What a ranking is made from. */
typedef struct rule_makings {
    const tdo_scenario *s;
    const tdo_measured *x;
    const tdo_screened *f;
    const tdo_front *front;
    tdo_ranking *r;
    uint32_t *winner; /* [TDO_RULES] of r */
    const tdo_case *k;
    const tdo_rank_options *how;
} rule_makings;

/* Among tied ones: the frontier first, then the bytes of the id. */
bool rule_printed_before(const rule_makings *m, uint32_t a, uint32_t b);

/* By the headline: by rank, then as printed. */
bool rule_stands_before(const rule_makings *m, uint32_t a, uint32_t b);

/* Who is first under a rule that has scores and ranks of all. What the headline recommends is
 * known. room: [F]. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_set_first(rule_makings *m, tdo_rule rule, const tdo_rule_result *of,
                                       uint32_t *room, tdo_arena *a);

/* All rules but the headline, whose order and favourites are known. spare: [F] for scores that are
 * not kept; NULL: all are. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_add_others(rule_makings *m, const rule_bench *bench, double *spare,
                                        tdo_arena *a);

/* ---- where some stand among all, by scores that pass by ---- */

typedef struct rule_scored {
    uint32_t slot;
    double score;
} rule_scored;

/* Of one order. */
typedef struct rule_standing {
    size_t n;
    uint32_t *index; /* [n] their places in the list, ascending by score */
    double *sorted;  /* [n] their scores, in that order */
    uint32_t *count; /* [n + 1] how many of all are above so many of them */
    uint32_t *place; /* by stretches of scores: how many of them are below one, or to be searched */
    double low, scale;
    bool chains;               /* who is tied with one of them is noted */
    double best;               /* the largest score so far */
    rule_scored *first, *tied; /* who is near the best; tied. Ascending by slot */
    size_t n_first, n_tied;
    tdo_arena *a;
    bool failed; /* memory was out */
} rule_standing;

/* key: [n] scores of those listed. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_standing_start(const double *key, size_t n, bool chains, tdo_arena *a,
                                            rule_standing *out);

/* Takes in scores of a block; each slot once, ascending. */
void rule_standing_take(rule_standing *y, const model_block *b, const double *score);

/* Their ranks, and those of rank 1 into first. rank: [n] */
void rule_standing_end(rule_standing *y, uint32_t *rank);

/* Some, and the orders that they are to stand in. */
typedef struct rule_placing {
    const uint32_t *slot; /* [n] ascending */
    size_t n;
    bool asked[TDO_RULES];         /* cleared where an order could not be proven */
    double *weighted;              /* [F] where scores of that rule are put; NULL: nowhere */
    uint32_t *rank[TDO_RULES];     /* [n] found, where asked for */
    uint32_t *own;                 /* [S x n] found, by the stakeholders' own utilities */
    rule_scored *first[TDO_RULES]; /* [n_first] found: all of rank 1 */
    size_t n_first[TDO_RULES];
    size_t watched;                  /* a place among them, whose scores are */
    double watched_score[TDO_RULES]; /* found */
} rule_placing;

/* Finds where they stand, in as many passes over all as the memory for them is worth. spare: [F].
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_place(const rule_bench *bench, const tdo_case *k, double *spare,
                                   tdo_arena *a, rule_placing *p);

#endif
