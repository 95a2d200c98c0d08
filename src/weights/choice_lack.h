/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cell while it is edited, and where it turns the answer. */
#ifndef TRADEOFF_WEIGHTS_CHOICE_LACK_H
#define TRADEOFF_WEIGHTS_CHOICE_LACK_H

#include "weights/choice_edits.h"

/* Of a number's size, or of the range's: what is narrower is not halved. */
#define CHOICE_NARROW 1e-11

typedef struct choice_lack {
    choice_edit cell;
    double start; /* from here on it may be good: what the cell reads now, or where the limits that
                     it breaks now begin to hold */
    double most;  /* a larger part of a range is not wanted */
    const choice_probe *probe;
    double *steps; /* looks at candidates that are left */
} choice_lack;

/* A yes or no about the cell at some number. Those that are sure ask whole runs; the others are
 * right but for what is within rounding of a tie. */
typedef bool (*choice_question)(const choice_lack *x, double cell);

/* Do all limits on it hold? */
bool choice_allows(const choice_lack *x, double cell);
/* Does the rule put the candidate first? */
bool choice_suffices(const choice_lack *x, double cell);
bool choice_is_sure(const choice_lack *x, double cell);
/* Both. */
bool choice_is_good(const choice_lack *x, double cell);
bool choice_is_surely_good(const choice_lack *x, double cell);

/* Is somebody better under the rule, as things are? */
bool choice_is_behind(const tdo_ranking *r, tdo_rule rule, uint32_t slot);

/* The place where good turns bad between the two, on the good side. */
double choice_halve(const choice_lack *x, double good, double bad, choice_question is);

/* ---- how far to look (choice_ends.c) ---- */

enum { CHOICE_DOUBLINGS = 60 }; /* of a range, at most */

/* What a column without numbers below 0 can go down to: 0, or just above where 0 is no number. */
double choice_least_of(const choice_lack *x);
/* The last number between from, which is allowed, and end that is: the bound itself, where nine
 * digits write it. */
double choice_clip(const choice_lack *x, double from, double end);
/* The last number between from, which moves nothing, and end that is wanted. */
double choice_cut_off(const choice_lack *x, double from, double end);
/* How far it is worth looking from base on: where nothing turns there is no end to it but a limit,
 * 0, which no number passes where none does, and the best of given ranges. */
double choice_end_of(const choice_lack *x, double base);
/* Where a limit ends what is good at from, beyond which no value changes; NaN: nowhere. */
double choice_limit_behind(const choice_lack *x, double from);

/* ---- in digits ---- */

/* The decimal with nine digits next to `from`, which is good but for rounding, on the good side:
 * ahead in the direction `way`. Digits are counted from the size of the number or of the range,
 * whichever is larger; where the number is less than a hundredth of the range, of that. NaN: none
 * of the next four is good. */
double choice_in_digits(const choice_lack *x, double from, double way, choice_question is);

#endif
