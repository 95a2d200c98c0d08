/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values and utilities: what follows from readings, weights and powers. */
#ifndef TRADEOFF_REREAD_VALUE_H
#define TRADEOFF_REREAD_VALUE_H

#include "reread/world.h"

/* The reading; of a target, the exact distance to it, rounded once. */
double verify_measurement(const verify_criterion *c, double reading);

/* The measurement so that larger is better. */
double verify_gain(const verify_criterion *c, double reading);

/* Where a measurement stands from worst (0) to best (1), clamped; exact, rounded once. */
double verify_value(const verify_criterion *c, double worst, double best, double measurement);

/* By how much the value grows with each unit by which a measurement gets better; 0 beyond the ends.
 */
double verify_value_slope(const verify_criterion *c, double worst, double best, double measurement);

/* Does candidate i keep limit k, at the readings? *by: how far it misses it (NaN: not known). */
bool verify_keeps(const verify_world *w, const verify_limit *k, size_t i, double *by);

#endif
