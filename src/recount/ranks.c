/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks from scores: 1 + how many are above by more than 1e-12. */
#include "recount/rules.h"

#include "base/sort.h"

#include <math.h>

/* What two ways of adding the same doubles may differ by; far below a tie. */
static const double slack = 1e-13;

enum { MOST_PAIRS = 100000000 };

static double at(const verify_scores *y, size_t f, size_t t, size_t k)
{
    return y->level[t * f + k];
}

int verify_above(const verify_scores *y, size_t f, size_t a, size_t b)
{
    for (size_t t = 0; t < y->levels; t++) {
        const double by = at(y, f, t, a) - at(y, f, t, b);
        if (by > VERIFY_TIE || by < -VERIFY_TIE)
            return by > 0 ? 1 : -1;
    }
    return 0;
}

void verify_relate(const verify_scores *y, size_t f, size_t a, size_t b, bool *certain,
                   bool *perhaps)
{
    bool tied = true; /* for certain, on the levels so far */
    *certain = *perhaps = false;
    for (size_t t = 0; t < y->levels; t++) {
        const double by = at(y, f, t, a) - at(y, f, t, b), off = fabs(by) - VERIFY_TIE;
        if (off > slack) {
            *certain = tied && by > 0;
            *perhaps = *perhaps || by > 0;
            return;
        }
        if (off > -slack) {
            *perhaps = *perhaps || by > 0;
            tied = false;
        }
    }
}

typedef struct ranking {
    const verify_scores *y;
    size_t f;
    const uint32_t *order; /* ascending by the first level */
} ranking;

/* How many have a first level above x by more than that. */
static size_t count_above(const ranking *r, double x, double by)
{
    size_t low = 0, high = r->f;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (r->y->level[r->order[middle]] - x > by)
            high = middle;
        else
            low = middle + 1;
    }
    return r->f - low;
}

bool verify_rank_bounds(verify_job *j, const verify_scores *y, size_t f, uint32_t *low,
                        uint32_t *high, bool *done)
{
    uint32_t *order = NULL;
    uint64_t *room = NULL;
    size_t pairs = 0;
    *done = true;
    if (!VERIFY_ROOM(j, order, f) || !VERIFY_ROOM(j, room, 2 * f))
        return false;
    for (uint32_t k = 0; k < f; k++)
        order[k] = k;
    sort_by_key(y->level, order, f, room);
    const ranking r = {y, f, order};
    const double loose = y->exact ? 0 : slack;
    for (size_t k = 0; k < f && *done; k++) {
        const double mine = y->level[k];
        if (y->levels == 1) {
            high[k] = (uint32_t)(1 + count_above(&r, mine, VERIFY_TIE - loose));
            low[k] = (uint32_t)(1 + count_above(&r, mine, VERIFY_TIE + loose));
            continue;
        }
        const size_t above = count_above(&r, mine, 2 * VERIFY_TIE);
        const size_t near = count_above(&r, mine, -2 * VERIFY_TIE);
        low[k] = high[k] = (uint32_t)(1 + above);
        pairs += near - above;
        *done = pairs <= MOST_PAIRS;
        for (size_t q = f - near; q < f - above && *done; q++) {
            bool certain = false, perhaps = false;
            verify_relate(y, f, order[q], k, &certain, &perhaps);
            low[k] += certain;
            high[k] += perhaps;
        }
    }
    return true;
}
