/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run answers when its scenario or its measurements are edited. */
#ifndef TRADEOFF_WHATIF_WHATIF_H
#define TRADEOFF_WHATIF_WHATIF_H

#include "tradeoff/search.h"

/* All of it as indices of candidates; TDO_NONE: nobody is feasible. */
typedef struct whatif_answer {
    size_t top, recommended; /* "simpler" may prefer another one to the top */
    double score;            /* of the top */
} whatif_answer;

/* Runs the stages from screening to ranking, under the headline rule alone.
 * Errors: TDO_E_INPUT (the rule is not computed for so many), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status whatif_run(const tdo_scenario *s, const tdo_measured *x,
                                   whatif_answer *out);

/* Looks at candidates that this costs with n of them measured and at most f feasible, about;
 * INFINITY: the rule is not computed for so many. */
double whatif_cost(const tdo_scenario *s, size_t n, size_t f);

#endif
