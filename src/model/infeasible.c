/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why nobody is feasible: a smallest set of constraints that every candidate breaks one of (a
 * minimum hitting set of the sets of broken constraints), the nearest candidate, the cheapest
 * relaxations. */
#include "model/model.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the conflict ---- */

/* Looks at masks that one answer may cost: about a second. A minimum hitting set is NP-hard. */
static const uint64_t work_most = 400000000;

typedef struct sets {
    uint64_t *mask; /* [n] distinct; while there was work left for it, none contains another */
    size_t n;
    uint64_t work; /* looks at masks so far */
} sets;

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static int bits(uint64_t mask)
{
    int n = 0;
    for (; mask; mask &= mask - 1)
        n++;
    return n;
}

/* Keeps only the minimal masks: who hits them hits the others too. */
static void drop_supersets(sets *s)
{
    size_t n = 0;
    for (int size = 1; size <= TDO_MAX_CONSTRAINTS && s->work < work_most / 2; size++) {
        for (size_t q = n; q < s->n; q++) {
            uint64_t mask = s->mask[q];
            if (bits(mask) != size)
                continue;
            s->mask[q] = s->mask[n];
            s->mask[n++] = mask;
        }
        size_t left = n;
        for (size_t q = n; q < s->n; q++) {
            bool covered = false;
            for (size_t k = 0; k < n && !covered && s->work < work_most / 2; k++, s->work++)
                covered = (s->mask[k] & s->mask[q]) == s->mask[k];
            if (!covered)
                s->mask[left++] = s->mask[q];
        }
        s->n = left;
    }
}

static tdo_status distinct_masks(const tdo_measured *x, const tdo_screened *f, tdo_arena *a,
                                 sets *out)
{
    sets s = {tdo_alloc(a, x->n, sizeof *s.mask), 0, 0};
    size_t n = 0;
    if (!s.mask)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < x->n; i++)
        if (!x->dropped[i] && f->broken[i])
            s.mask[s.n++] = f->broken[i];
    if (s.n)
        qsort(s.mask, s.n, sizeof *s.mask, by_value);
    for (size_t q = 0; q < s.n; q++)
        if (!q || s.mask[q] != s.mask[q - 1])
            s.mask[n++] = s.mask[q];
    s.n = n;
    drop_supersets(&s);
    *out = s;
    return TDO_OK;
}

/* Can at most `budget` of the constraints in `allowed` hit every mask that `chosen` does not?
 * Branches on the unhit mask with the fewest allowed constraints. Depth <= TDO_MAX_CONSTRAINTS.
 * Says no when the work runs out. */
static bool can_hit(sets *s, uint64_t chosen, uint64_t allowed, size_t budget)
{
    uint64_t tightest = 0;
    int fewest = TDO_MAX_CONSTRAINTS + 1;
    if (s->work >= work_most)
        return false;
    s->work += s->n;
    for (size_t q = 0; q < s->n; q++) {
        uint64_t open = s->mask[q] & allowed;
        if (!(s->mask[q] & chosen) && bits(open) < fewest) {
            fewest = bits(open);
            tightest = open;
        }
    }
    if (fewest > TDO_MAX_CONSTRAINTS)
        return true;
    for (uint64_t rest = budget ? tightest : 0; rest; rest &= rest - 1) {
        uint64_t one = rest & (~rest + 1);
        if (can_hit(s, chosen | one, allowed & ~one, budget - 1))
            return true;
        allowed &= ~one; /* sets with this one were all tried */
    }
    return false;
}

/* Some hitting set: always the constraint that hits most of what is left, then what is not needed
 * taken out again. Not always a smallest one (Johnson 1974). */
static uint64_t greedy(const sets *s, size_t m)
{
    uint64_t chosen = 0;
    for (bool more = true; more;) {
        size_t hits[TDO_MAX_CONSTRAINTS] = {0}, best = 0;
        more = false;
        for (size_t q = 0; q < s->n; q++)
            for (uint64_t rest = s->mask[q] & chosen ? 0 : s->mask[q]; rest; rest &= rest - 1)
                hits[bits((rest & (~rest + 1)) - 1)]++;
        for (size_t j = 0; j < m; j++) {
            best = hits[j] > hits[best] ? j : best;
            more = more || hits[j];
        }
        chosen |= more ? UINT64_C(1) << best : 0;
    }
    for (size_t j = m; j-- > 0;) {
        uint64_t without = chosen & ~(UINT64_C(1) << j);
        bool needed = false;
        for (size_t q = 0; q < s->n && !needed; q++)
            needed = !(s->mask[q] & without);
        chosen = needed ? chosen : without;
    }
    return chosen;
}

static tdo_status find_conflict(sets *s, size_t m, tdo_arena *a, tdo_infeasible *out)
{
    size_t size = 0, n = 0, *conflict = tdo_alloc(a, m, sizeof *conflict);
    uint64_t chosen = 0, later = UINT64_MAX;
    if (!conflict)
        return TDO_E_MEMORY;
    while (size < m && !can_hit(s, 0, UINT64_MAX, size))
        size++;
    for (size_t j = 0; j < m && n < size; j++) { /* the first in order that can be completed */
        uint64_t one = UINT64_C(1) << j;
        later &= ~one;
        if (can_hit(s, chosen | one, later, size - n - 1)) {
            chosen |= one;
            conflict[n++] = j;
        }
    }
    out->proven = s->work < work_most;
    if (!out->proven) {
        chosen = greedy(s, m);
        n = 0;
        for (size_t j = 0; j < m; j++)
            if (chosen >> j & 1)
                conflict[n++] = j;
    }
    out->conflict = conflict;
    out->n_conflict = n;
    return TDO_OK;
}

/* ---- the nearest candidate, and what would let somebody in ---- */

/* The spread of what constraint j bounds over the loaded candidates; 1 where there is none. */
static double spread_of(const tdo_scenario *s, const tdo_measured *x, size_t j)
{
    const tdo_condition *is = &s->constraints[j].condition;
    const double *y = is->criterion != TDO_NONE ? x->reading[is->criterion] : x->limited[j];
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; y && i < x->n; i++)
        if (!x->dropped[i] && !isnan(y[i])) {
            low = y[i] < low ? y[i] : low;
            high = y[i] > high ? y[i] : high;
        }
    return high > low ? high - low : 1;
}

static bool id_before(const tdo_measured *x, size_t i, size_t than)
{
    return than == TDO_NONE || strcmp(x->id[i], x->id[than]) < 0;
}

static tdo_status find_nearest(const tdo_scenario *s, const tdo_measured *x, const tdo_screened *f,
                               tdo_arena *a, tdo_infeasible *out)
{
    double *spread = tdo_alloc(a, x->m, sizeof *spread), least = INFINITY;
    if (!spread)
        return TDO_E_MEMORY;
    for (size_t j = 0; j < x->m; j++)
        spread[j] = spread_of(s, x, j);
    out->nearest = TDO_NONE;
    for (size_t i = 0; i < x->n; i++) {
        double total = 0;
        for (size_t j = 0; j < x->m && !x->dropped[i]; j++)
            if (f->broken[i] >> j & 1) {
                double by = tdo_shortfall(s, x, f, j, i);
                total += isnan(by) ? 1 : by / spread[j];
            }
        if (!x->dropped[i] &&
            (total < least || (total <= least && id_before(x, i, out->nearest)))) {
            least = total;
            out->nearest = i;
        }
    }
    return TDO_OK;
}

/* Does candidate i, which breaks only constraint j, improve on the best relaxation so far? */
static void consider(const tdo_scenario *s, const tdo_measured *x, const tdo_screened *f, size_t j,
                     size_t i, tdo_relaxation *r)
{
    const tdo_condition *is = &s->constraints[j].condition;
    const tdo_limit_doubt *judge = tdo_judge_of(s, f->doubts, j);
    double by = tdo_shortfall(s, x, f, j, i);
    if (!isnan(by)) {
        if (r->admits == TDO_NONE || r->word || by < r->by ||
            (by <= r->by && id_before(x, i, r->admits))) {
            bool low = judge && is->has_min && !(is->min <= judge->shown_min[i]);
            double to = judge ? (low ? judge->shown_min[i] : judge->shown_max[i])
                        : is->criterion != TDO_NONE ? x->reading[is->criterion][i]
                                                    : x->limited[j][i];
            *r = (tdo_relaxation){j, to, NULL, by, i};
        }
    } else if (x->matches[j] && !x->matches[j][i]) {
        if (r->admits == TDO_NONE || (r->word && id_before(x, i, r->admits)))
            *r = (tdo_relaxation){j, NAN, x->words[j][x->word[j][i]], NAN, i};
    }
}

/* Is candidate i out by constraint j whatever its bound is, as it was not measured, or nothing is
 * known of its error? */
static bool never_in(const tdo_scenario *s, const tdo_measured *x, const tdo_screened *f, size_t j,
                     size_t i)
{
    const tdo_condition *is = &s->constraints[j].condition;
    const tdo_limit_doubt *judge = tdo_judge_of(s, f->doubts, j);
    const bool word = x->matches[j] && !x->matches[j][i] && x->words[j] && x->word[j];
    if (judge)
        return isnan(judge->holds[i]);
    return !word && isnan(is->criterion != TDO_NONE ? x->reading[is->criterion][i]
                          : x->limited[j]           ? x->limited[j][i]
                                                    : (double)NAN);
}

static tdo_status find_relaxations(const tdo_scenario *s, const tdo_measured *x,
                                   const tdo_screened *f, tdo_arena *a, tdo_infeasible *out)
{
    tdo_relaxation *relax = tdo_alloc(a, x->m, sizeof *relax);
    if (!relax)
        return TDO_E_MEMORY;
    for (size_t j = 0; j < x->m; j++) {
        const tdo_limit_doubt *judge = tdo_judge_of(s, f->doubts, j);
        tdo_relaxation best = {j, NAN, NULL, NAN, TDO_NONE};
        for (size_t i = 0; i < x->n && f->alone[j]; i++) {
            if (f->broken[i] != UINT64_C(1) << j)
                continue;
            out->none_relaxes = out->none_relaxes && never_in(s, x, f, j, i);
            if (!judge || !judge->partial)
                consider(s, x, f, j, i, &best);
        }
        if (best.admits != TDO_NONE)
            relax[out->n_relax++] = best;
    }
    out->relax = relax;
    return TDO_OK;
}

tdo_status tdo_explain_infeasible(const tdo_scenario *s, const tdo_measured *x,
                                  const tdo_screened *f, tdo_arena *a, tdo_infeasible *out)
{
    assert(f->feasible_n == 0);
    sets masks;
    tdo_infeasible y = {.none_relaxes = true};
    tdo_status status = distinct_masks(x, f, a, &masks);
    if (status == TDO_OK)
        status = find_conflict(&masks, x->m, a, &y);
    if (status == TDO_OK)
        status = find_nearest(s, x, f, a, &y);
    if (status == TDO_OK)
        status = find_relaxations(s, x, f, a, &y);
    if (status == TDO_OK)
        *out = y;
    return status;
}
