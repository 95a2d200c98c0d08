/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best blend of a few points under a product of powers. */
#ifndef TRADEOFF_MIX_LOG_H
#define TRADEOFF_MIX_LOG_H

#include "tradeoff/memory.h"

/* Maximises sum over s of power[s] log(sum over v of blend[v] at[v][s]) over blends: >= 0, sum 1.
 * power: [d] > 0, sum 1. at: [n x d], of either sign. blend: [n] in: a start with every sum > 0;
 * out: the best, to rounding. Newton's method on the points that count; where it does not help, the
 * multiplicative step of Cover (1984), or straight towards the point with the steepest slope. O(n^3
 * + n^2 d) a step, a few dozen steps. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status mix_best_blend(const double *power, size_t d, const double *at, size_t n,
                                       tdo_arena *a, double *blend);

#endif
