/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page may look at of a result. */
#ifndef TRADEOFF_WEB_ENGINE_ARRAYS_H
#define TRADEOFF_WEB_ENGINE_ARRAYS_H

#include <stddef.h>

/* Where the page finds a result. The order is that of ARRAYS in engine.mjs. */
typedef enum web_array {
    FEASIBLE,
    SLOT,
    BROKEN,
    EXCLUDES,
    ALONE,
    VALUE,
    WORST,
    BEST,
    OBSERVED,
    CONSTANT,
    CLAMPED,
    MEMBER,
    HOLDS,
    WEIGHT,
    POWER,
    GROUP_WEIGHT,
    UTILITY,
    FAVOURED,
    DISAGREEMENT,
    REGRET,
    STAKEHOLDER_RANK,
    ORDER,
    FAVOURITE,
    WINNER,
    COMPUTED,
    TIED,
    SCORE,
    RANK,
    RULE_SCORES,
    RULE_RANKS,
    CONFLICT,
    RELAX,
    NEED_GAP,
    FACTS,
    ARRAYS
} web_array;

typedef struct web_slice {
    const void *at;
    size_t count; /* of its items */
} web_slice;

/* One relaxation as numbers: constraint, bound, movement, candidate. */
typedef struct web_relax {
    double constraint, to, by, admits;
} web_relax;

#endif
