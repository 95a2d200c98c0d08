/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a candidate would stand if the limits went that it breaks. Who breaks the same ones is
 * answered by the same run. */
#include "tradeoff/whatif.h"
#include "whatif/whatif.h"

#include <math.h>
#include <string.h>

/* Looks at candidates for all sets of limits together. */
#define LIFTS_ANEW 2e7

typedef struct lifter {
    tdo_scenario scenario; /* with constraints of its own */
    tdo_measured measured; /* with nothing looked at where a limit went */
    tdo_constraint *limit; /* [m] */
    const double **limited;
    const bool **matches;
} lifter;

static tdo_status make(lifter *y, const tdo_case *k, tdo_arena *a)
{
    const size_t m = k->x->m;
    y->scenario = *k->s;
    y->measured = *k->x;
    y->limit = tdo_alloc(a, m, sizeof *y->limit);
    y->limited = tdo_alloc(a, m, sizeof *y->limited);
    y->matches = tdo_alloc(a, m, sizeof *y->matches);
    if (!y->limit || !y->limited || !y->matches)
        return TDO_E_MEMORY;
    y->scenario.constraints = y->limit;
    y->measured.limited = y->limited;
    y->measured.matches = y->matches;
    return TDO_OK;
}

/* The scenario without these limits: they look at nothing, and ask for nothing. */
static void lift(lifter *y, const tdo_case *k, uint64_t which)
{
    for (size_t j = 0; j < k->x->m; j++) {
        const bool gone = which >> j & 1;
        y->limit[j] = k->s->constraints[j];
        y->limited[j] = gone ? NULL : k->x->limited[j];
        y->matches[j] = gone ? NULL : k->x->matches[j];
        if (gone)
            y->limit[j].condition =
                (tdo_condition){.criterion = TDO_NONE, .column = y->limit[j].condition.column};
        if (gone)
            y->limit[j].shown = 0;
    }
}

/* Is somebody dropped who might not be without one of these limits? */
static bool brings_dropped(const tdo_case *k, uint64_t which)
{
    bool on_column = false;
    for (size_t j = 0; j < k->x->m; j++)
        on_column |= (which >> j & 1) && k->s->constraints[j].condition.criterion == TDO_NONE;
    return on_column && k->f->dropped_n > 0;
}

/* Who is feasible without them. */
static size_t count_left(const tdo_screened *f, size_t n, uint64_t which)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += !(f->broken[i] & ~which);
    return count;
}

/* The ranks of all who break these limits; now: [n] of everybody without them. */
static void take_ranks(const tdo_case *k, uint64_t which, const uint32_t *now, uint32_t *rank,
                       bool *level)
{
    size_t first = 0;
    for (size_t i = 0; i < k->x->n; i++)
        first += now[i] == 1;
    for (size_t i = 0; i < k->x->n; i++)
        if (k->f->broken[i] == which) {
            rank[i] = now[i];
            level[i] = now[i] == 1 && first > 1;
        }
}

tdo_status tdo_find_lifts(const tdo_case *k, tdo_arena *a, tdo_lifts *out)
{
    const size_t n = k->x->n;
    double left = LIFTS_ANEW;
    *out = (tdo_lifts){0};
    if (k->f->feasible_n + k->f->dropped_n == n)
        return TDO_OK;
    tdo_arena *scratch = tdo_arena_new();
    lifter y = {.limit = NULL};
    uint32_t *rank = tdo_alloc(a, n, sizeof *rank);
    bool *level = tdo_alloc(a, n, sizeof *level);
    uint32_t *now = scratch ? tdo_alloc(scratch, n, sizeof *now) : NULL;
    tdo_status status = rank && level && now ? make(&y, k, scratch) : TDO_E_MEMORY;
    for (size_t i = 0; i < n && status == TDO_OK; i++) {
        const uint64_t which = k->f->broken[i];
        if (!which || rank[i])
            continue;
        const double cost = whatif_cost(k->s, n, count_left(k->f, n, which));
        const bool left_out = cost > left || brings_dropped(k, which);
        out->left_out |= left_out;
        if (left_out)
            continue;
        left -= cost;
        lift(&y, k, which);
        status = whatif_ranks(&y.scenario, &y.measured, k->f->doubts, now);
        if (status == TDO_OK)
            take_ranks(k, which, now, rank, level);
    }
    tdo_arena_free(scratch);
    if (status == TDO_OK) {
        out->rank = rank;
        out->level = level;
    }
    return status;
}
