/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions in words. */
#ifndef TRADEOFF_TERMS_CONDITION_H
#define TRADEOFF_TERMS_CONDITION_H

#include "tradeoff/scenario.h"

/* "latency <= 150 ms"; criteria: those that is->criterion counts. NULL: no memory. */
const char *terms_condition_text(const tdo_condition *is, const tdo_criterion *criteria,
                                 tdo_arena *a);

/* "latency at most 5 ms worse than gbdt-v7", the incumbent. NULL: no memory. */
const char *terms_relative_text(const tdo_constraint *c, const tdo_scenario *s, tdo_arena *a);

#endif
