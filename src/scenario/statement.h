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
    bool wholes;           /* candidates may be compared as wholes, too */
    bool rates;            /* amounts are in units, not weights */
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
    const char *next;  /* what is read next */
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

/* ---- on candidates as wholes (wholes.c) ---- */

/* "x over y", "x as good as y"; names that hold these words stand between backticks, in which ``
 * is a backtick. */
typedef struct scenario_wholes {
    const char *better, *other; /* ids */
    double within;              /* 0: over */
} scenario_wholes;

bool scenario_is_on_wholes(const char *text, const scenario_subject *about);
/* False: complained. */
bool scenario_read_wholes(scenario_reader *r, const tdo_node *n, scenario_wholes *out);

/* ---- rates (rates.c) ---- */

/* What t says of two amounts that are worth the same, as a comparison of weights that is 0: whole,
 * [about->n + 1]. False: complained. */
bool scenario_weigh_rate(scenario_statement *t, int64_t *whole);

#endif
