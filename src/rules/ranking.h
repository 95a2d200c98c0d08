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

/* Who is first under a rule that has scores; where it has no ranks they follow from these. What the
 * headline recommends is known. room: [F]. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_set_first(rule_makings *m, tdo_rule rule, const tdo_rule_result *of,
                                       uint32_t *room, tdo_arena *a);

/* All rules but the headline, whose order and favourites are known. spare: [F] for scores that are
 * not kept; NULL: all are. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_add_others(rule_makings *m, const rule_bench *bench, double *spare,
                                        tdo_arena *a);

/* ---- ranks of some among all ---- */

/* Some slots, and room to rank them in. */
typedef struct rule_some {
    const uint32_t *slot; /* [n] ascending */
    size_t n;
    double *key, *sorted; /* [n] */
    uint32_t *index;      /* [n] */
    uint32_t *count;      /* [n + 1] */
    uint64_t *word;       /* [2n] */
    uint32_t *rank;       /* [F] for rules that do not rank by scores alone */
} rule_some;

/* f candidates. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_some_make(const uint32_t *slot, size_t n, size_t f, tdo_arena *a,
                                       rule_some *out);

/* Their ranks as rule_rank_in has them, without an order of all. rank: [n]. O(f log n). */
void rule_rank_some(const rule_some *some, const double *score, size_t f, uint32_t *rank);

/* Scores of all under a rule that takes so many, and the ranks of some. RULE_RANK: the ranks
 * of all are in some->rank. score: [F], rank: [n]. */
rule_set rule_place_on(const rule_bench *bench, tdo_rule rule, const tdo_case *in, double *score,
                       const rule_some *some, uint32_t *rank);

#endif
