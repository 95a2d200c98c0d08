/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result that is checked: what it says, and what was counted again. */
#ifndef TRADEOFF_RECOUNT_CASE_H
#define TRADEOFF_RECOUNT_CASE_H

#include "recount/rules.h"

typedef struct verify_case {
    verify_job *j;
    verify_world *w;
    verify_standing s;
    verify_node **listed; /* [n] a candidate's entry; NULL: it has none */
    verify_scores by[VERIFY_RULES];
    uint32_t *rank[VERIFY_RULES]; /* [f] as the result has them, where it does */
    uint32_t *own_rank;           /* [people x f] the same for each stakeholder */
    bool *front;                  /* [f] */
    uint32_t *order;              /* [f] slots, the best first */
    size_t recommended;           /* slot */
    bool *open;   /* [f] the lead over it is not shown, as the result says; NULL: "simpler" does not
                     ask */
    int headline; /* rule */
    size_t work;  /* of evaluating again */
} verify_case;

/* ---- what several of them ask ---- */

static inline const char *verify_slot_id(const verify_case *k, size_t slot)
{
    return k->w->id[k->s.feasible[slot]];
}

/* Does feasible candidate a dominate b (slots)? */
bool verify_dominates(const verify_case *k, size_t a, size_t b);

/* The slots by rank, frontier first, then by the bytes of the ids. */
bool verify_order(verify_case *k, const uint32_t *rank, uint32_t *order);

/* The first of such an order. */
size_t verify_first(const verify_case *k, const uint32_t *rank);

#endif
