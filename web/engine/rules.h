/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rules the page's engine computes at a call: not all of them while a slider moves. */
#ifndef TRADEOFF_WEB_ENGINE_RULES_H
#define TRADEOFF_WEB_ENGINE_RULES_H

#include "tradeoff/search.h"

typedef struct web_rules {
    tdo_rule headline;
    bool only_headline; /* the other rules count as not computed */
    const double
        *given; /* [F] the headline's scores, found by another engine; NULL: compute them */
} web_rules;

/* What the call at hand wants. */
extern web_rules web_rules_asked;

#endif
