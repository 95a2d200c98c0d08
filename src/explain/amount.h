/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers for people: rounded to what their error or their spread leaves, digits grouped. The JSON
 * result and CSV hold them in full. */
#ifndef TRADEOFF_EXPLAIN_AMOUNT_H
#define TRADEOFF_EXPLAIN_AMOUNT_H

#include "tradeoff/run.h"

/* How the readings of one criterion are rounded: to the largest power of ten that is at most half
 * of their median standard error; without errors, of the indifference; without one, at most a
 * hundredth of what the candidates span. */
typedef struct amount_scale {
    int tens;     /* that power */
    bool whole;   /* all readings are whole numbers: none gets decimals */
    int decimals; /* the most that a reading is written with */
    bool plain;   /* nothing says what is too fine: short readings stay as they are */
} amount_scale;

/* One for each criterion of a run whose readings are there. NULL: out of memory.
 * O(d n), and a sort of at most 10,000 errors each. */
const amount_scale *amount_scales(const tdo_run *run, tdo_arena *a);

/* x in full, digits grouped by commas from 1,000 up. */
void amount_put_grouped(tdo_sink *o, double x);

/* x rounded to so many significant digits, likewise grouped: the one writer of rounded numbers in
 * sentences and tables. */
void amount_put_rounded(tdo_sink *o, double x, int digits);

/* So many digits, or as many more as tell x from the other one, beside which it stands. */
int amount_digits_beside(double x, double other, int digits);

/* x at the scale of a criterion, but with two digits at least and never 0 for what is not 0. */
void amount_put(tdo_sink *o, const amount_scale *scale, double x);

/* A reading of criterion c likewise, or its word of the levels, and never rounded onto or across a
 * bound of the scenario that it is compared with. With its unit, or without. */
void amount_put_reading(tdo_sink *o, const tdo_run *run, const amount_scale *scales, size_t c,
                        double reading);
void amount_put_bare(tdo_sink *o, const tdo_run *run, const amount_scale *scales, size_t c,
                     double reading);

/* "+2,100 USD/week": how far a reading is from another one; "inherent, not post-hoc" of levels;
 * "+18.0 percentage points" of percentages; "+0.25 (nearer to 1)" of targets, and
 * "+0.25 (0.05 nearer to 1)" where the target lies between the two. */
void amount_put_change(tdo_sink *o, const tdo_run *run, const amount_scale *scales, size_t c,
                       double to, double from);

/* "+2,100": the same without its unit; "" of levels. */
void amount_put_bare_change(tdo_sink *o, const tdo_run *run, const amount_scale *scales, size_t c,
                            double to, double from);

/* " ms"; "%" of percentages; "" where the criterion has no unit. */
void amount_put_unit(tdo_sink *o, const tdo_criterion *c);
/* The same of a difference: " percentage points" of percentages, " percentage point" where by is 1.
 */
void amount_put_unit_apart(tdo_sink *o, const tdo_criterion *c, double by);

/* A bound as it was written: "6,000"; with its unit: "6,000 USD/week". */
void amount_put_bare_bound(tdo_sink *o, const tdo_criterion *c, double bound);
void amount_put_bound(tdo_sink *o, const tdo_criterion *c, double bound);

/* A share in percent beyond an end of an interval, in [0, 100], to the first decimal that is beyond
 * it: there it holds that the interval has ended. */
void amount_put_beyond(tdo_sink *o, double end, bool up);

/* Of a score of 100: "7 points", "0.04 points" below one. */
void amount_put_points(tdo_sink *o, double points);

/* Points of 100 beside others, as a number: with so many decimals that the two differ where they
 * did before rounding. */
void amount_put_points_beside(tdo_sink *o, double points, double other);
/* " point" after a 1, else " points": of what the one before writes, and of a number of so many
 * digits. */
const char *amount_point_beside(double points, double other);
const char *amount_point(double x, int digits);
/* "67 points instead of 63" */
void amount_put_points_apart(tdo_sink *o, double points, const char *between, double other);

/* A probability: "<1", "95", ">99"; at_least: with a plus, "95+". */
void amount_put_in_100(tdo_sink *o, double share, bool at_least);

/* "3 candidates"; "1 candidate". */
void amount_put_count(tdo_sink *o, size_t n, const char *one, const char *many);

#endif
