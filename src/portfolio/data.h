/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several parts ask of a scenario's candidates. */
#ifndef TRADEOFF_PORTFOLIO_DATA_H
#define TRADEOFF_PORTFOLIO_DATA_H

#include "portfolio/portfolio.h"

/* The candidates that each link names: [links] each [its ids]; INDEX_ABSENT: there is none.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pick_find_linked(const tdo_portfolio_options *o, const tdo_measured *x,
                                         tdo_arena *a, const uint32_t *const **out);
/* The slot of the candidate that link l names at place q; UINT32_MAX: it is not feasible. */
uint32_t pick_slot_of(const pick_data *d, size_t l, size_t q);

/* The readings that limit j sums, by candidate; what one has beyond its double. */
const double *pick_reading_of(const pick_data *d, size_t j);
double pick_rest_of(const pick_data *d, size_t j, size_t i);

/* The rows of everything that is asked. block_of: [F] UINT32_MAX: cannot be taken. sum: [limits] of
 * each block. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pick_make_rows(pick_data *d, const uint32_t *block_of,
                                       const pick_whole **sum);

/* A utility in whole numbers. */
pick_whole pick_units(double x);

#endif
