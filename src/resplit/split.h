/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The problem of a split: who may take part, which bounds there are, what the rule looks at. */
#ifndef TRADEOFF_RESPLIT_SPLIT_H
#define TRADEOFF_RESPLIT_SPLIT_H

#include "recount/case.h"

/* One side of a limit. */
typedef struct verify_side {
    const verify_limit *of;
    bool constraint, each; /* a constraint that averages here; it binds each part */
    int sign;              /* 1: max, -1: min */
    double is;
} verify_side;

typedef struct verify_split {
    verify_case *k;
    size_t n;            /* participants */
    uint32_t *candidate; /* [n] */
    int *place;          /* [loaded] among the participants, or VERIFY_NONE */
    size_t unmeasured;
    double *value;               /* [d x n] */
    double *utility;             /* [people x n] */
    double *most, *disagreement; /* [people] of those who count as feasible */
    size_t bounds;
    verify_side *bound; /* [bounds] */
    /* the rule: level l is factor x (utility, or value, of its subject - less) */
    const char *rule;
    bool weighted, of_criteria, product;
    size_t levels, *subject;
    double *factor, *less;
    /* the split */
    double *share; /* [n] */
    size_t n_shares;
    double *gets, *has;         /* utilities; values */
    double *one_gets, *one_has; /* room for those of one participant */
} verify_split;

/* Does participant q break a bound that binds each? */
bool verify_is_barred(const verify_split *m, size_t q);

/* mix.frontier */
bool verify_check_splits(verify_split *m, const verify_node *mix);

/* Everything above but the split. */
bool verify_split_start(verify_split *m, const verify_node *mix);

verify_number verify_bound_number(const verify_split *m, const verify_side *b, size_t q);
double verify_bound_reading(const verify_split *m, const verify_side *b, size_t q);

/* room[0] += multiplier x how far q is beyond the bound; of one that binds each, 1 for breaking it.
 */
void verify_add_excess(const verify_split *m, const verify_side *b, size_t q, double multiplier);

/* Level l of something with these utilities and values. */
double verify_level(const verify_split *m, size_t l, const double *utility, const double *value);
double verify_split_value(const verify_split *m, const double *utility, const double *value);
double verify_single_value(const verify_split *m, size_t q);
bool verify_meets_alone(const verify_split *m, size_t q);

/* How large the readings of a criterion are: what an average of them is rounded to. */
double verify_size(const verify_split *m, size_t c);

/* What the multipliers prove, over everybody who may take part. */
typedef struct verify_proof {
    double gap;
    double *lacks; /* [n] what each share of a participant costs; NaN: it may have none */
} verify_proof;

bool verify_prove(verify_split *m, const verify_node *mix, verify_proof *out);

/* mix: shares, what they give, limits, the proven gap; or the proof that limits clash */
bool verify_check_mix(verify_case *k);

#endif
