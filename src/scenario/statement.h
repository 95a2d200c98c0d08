/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A statement on weights or powers, read as sums and the signs between them. */
#ifndef TRADEOFF_SCENARIO_STATEMENT_H
#define TRADEOFF_SCENARIO_STATEMENT_H

#include "scenario/reader.h"

enum {
    SCENARIO_STATEMENT_BYTES = 4096, /* of a statement, at most */
    SCENARIO_STATEMENT_DIGITS = 15   /* of a number */
};

/* What statements are about, by name. */
typedef struct scenario_subject {
    const char *const *name; /* [n] */
    size_t n;
    const char *one, *all; /* "criterion", "criteria" */
    const char *amount;    /* of each: "a weight" */
    const char *expected;  /* "a criterion or a number" */
} scenario_subject;

/* digits x 10^exponent, of a name or (TDO_NONE) by itself. */
typedef struct scenario_summand {
    size_t name;
    int64_t digits;
    int exponent;
} scenario_summand;

/* The terms of sum k are in term[from[k], from[k + 1]). The arrays are lent, long enough for a
 * statement of SCENARIO_STATEMENT_BYTES: a byte is at most one term and one sign. */
typedef struct scenario_statement {
    scenario_reader *r;
    const scenario_subject *about;
    const tdo_node *n; /* the string */
    const char *at;    /* what is read next */
    scenario_summand *term;
    size_t n_terms;
    size_t *from;
    size_t n_sums;
    char *sign;  /* [n_sums - 1] between sums: '>', '<', '=', 'g' (>=), 'l' (<=) */
    bool failed; /* complained about */
} scenario_statement;

/* Reads n (not NULL, a string that is not too long). */
void scenario_read_statement(scenario_statement *t, const tdo_node *n);

/* Does the sign say that what comes after it is the larger? */
bool scenario_goes_up(char sign);

/* Complains that numbers cannot be exact. */
void scenario_complain_digits(scenario_statement *t);

#endif
