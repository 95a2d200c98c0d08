/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A statement on weights, read as sums and the signs between them. */
#ifndef TRADEOFF_SCENARIO_STATEMENT_H
#define TRADEOFF_SCENARIO_STATEMENT_H

#include "scenario/reader.h"

enum {
    TDO_STATEMENT_BYTES = 4096, /* of a statement, at most */
    TDO_STATEMENT_DIGITS = 15   /* of a number */
};

/* digits x 10^exponent, of a criterion or (TDO_NONE) by itself. */
typedef struct tdo_summand {
    size_t criterion;
    int64_t digits;
    int exponent;
} tdo_summand;

/* The terms of sum k are in term[from[k], from[k + 1]). The arrays are lent, long enough for a
 * statement of TDO_STATEMENT_BYTES: a byte is at most one term and one sign. */
typedef struct tdo_statement {
    tdo_reader *r;
    const tdo_node *n;  /* the string */
    const char *at;     /* what is read next */
    tdo_summand *term;
    size_t n_terms;
    size_t *from;
    size_t n_sums;
    char *sign;         /* [n_sums - 1] between sums: '>', '<', '=', 'g' (>=), 'l' (<=) */
    bool failed;        /* complained about */
} tdo_statement;

/* Reads n (not NULL, a string that is not too long). */
void tdo_read_statement(tdo_statement *t, const tdo_node *n);

/* Does the sign say that what comes after it is the larger? */
bool tdo_goes_up(char sign);

/* Complains that numbers cannot be exact. */
void tdo_complain_digits(tdo_statement *t);

#endif
