/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where some stand among all, without an order of all: everybody's score is looked up among theirs
 * as it passes by. */
#include "rules/ranking.h"

#include "base/array.h"

#include <assert.h>
#include <math.h>

enum { STRETCHES = 16384 }; /* of equal width, between the ends of their scores */

#define SEARCHED (UINT32_C(1) << 31) /* beside the number */

/* More than two ties and their rounding: whoever beats one of the best is within that. */
#define NEAR (3 * TDO_TIE)

/* Monotone, hence what is in a higher stretch is larger. */
REAL_INLINE uint32_t stretch_of(double low, double scale, double score)
{
    const double t = (score - low) * scale;
    return t > 0 ? t < STRETCHES - 1 ? (uint32_t)(int32_t)t : STRETCHES - 1 : 0;
}

REAL_CLONES
static void find_stretches(double low, double scale, const double *score, size_t n, uint32_t *to)
{
    for (size_t k = 0; k < n; k++)
        to[k] = stretch_of(low, scale, score[k]);
}

/* How many of them are in stretches below each; SEARCHED where one of them is in it, or may be tied
 * with what is in it. */
static void set_places(rule_standing *y)
{
    size_t below = 0;
    for (uint32_t t = 0; t < STRETCHES; t++) {
        size_t end = below;
        while (end < y->n && stretch_of(y->low, y->scale, y->sorted[end]) == t)
            end++;
        const bool apart =
            end == below &&
            (end == 0 || stretch_of(y->low, y->scale, y->sorted[end - 1] + NEAR) < t) &&
            (end == y->n || stretch_of(y->low, y->scale, y->sorted[end] - NEAR) > t);
        y->place[t] = (uint32_t)below | (apart ? 0 : SEARCHED);
        below = end;
    }
    y->place[STRETCHES] = (uint32_t)below;
}

tdo_status rule_standing_start(const double *key, size_t n, bool chains, tdo_arena *a,
                               rule_standing *out)
{
    uint64_t *word = tdo_alloc(a, n, 2 * sizeof *word);
    *out = (rule_standing){.n = n, .chains = chains, .best = -INFINITY, .a = a};
    out->index = tdo_alloc(a, n, sizeof *out->index);
    out->sorted = tdo_alloc(a, n, sizeof *out->sorted);
    out->count = tdo_alloc(a, n + 1, sizeof *out->count);
    out->place = tdo_alloc(a, STRETCHES + 1, sizeof *out->place);
    if (!word || !out->index || !out->sorted || !out->count || !out->place)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < n; q++)
        out->index[q] = (uint32_t)q;
    sort_by_key(key, out->index, n, word);
    for (size_t q = 0; q < n; q++)
        out->sorted[q] = key[out->index[q]];
    out->low = n > 0 ? out->sorted[0] : 0;
    out->scale = n > 0 ? STRETCHES / (out->sorted[n - 1] - out->low) : 0;
    if (!isfinite(out->scale)) /* all in the first stretch */
        out->scale = 0;
    set_places(out);
    return TDO_OK;
}

/* Of those listed, how many this score is above: they come first. */
static size_t count_below(const rule_standing *y, uint32_t stretch, double score)
{
    size_t low = y->place[stretch] & ~SEARCHED, n = y->place[stretch + 1] & ~SEARCHED;
    if (low > 0 && !rule_above(score, y->sorted[low - 1])) /* a tie with a lower stretch */
        low = 0;
    n -= low;
    if (n == 0 || !rule_above(score, y->sorted[low])) /* as where very many are equal */
        return low;
    for (size_t half = 0; n > 1; n -= half) {
        half = n / 2;
        low += rule_above(score, y->sorted[low + half - 1]) ? half : 0;
    }
    return low + rule_above(score, y->sorted[low]);
}

static void add(rule_standing *y, rule_scored **to, size_t *n, rule_scored one)
{
    rule_scored *more = y->failed ? NULL : array_more(y->a, *to, *n, sizeof *more);
    y->failed = !more;
    if (!more)
        return;
    *to = more;
    more[(*n)++] = one;
}

/* Some of the block are near the best, or better. */
static void take_first(rule_standing *y, const model_block *b, const double *score)
{
    for (size_t k = 0; k < b->n; k++) {
        if (!(score[k] >= y->best - NEAR))
            continue;
        const rule_scored one = {model_slot_in(b, k), score[k]};
        if (y->n_first > 0 && score[k] > y->best + NEAR) {
            y->first[0] = one;
            y->n_first = 1;
        } else {
            add(y, &y->first, &y->n_first, one);
        }
        y->best = score[k] > y->best ? score[k] : y->best;
    }
}

void rule_standing_take(rule_standing *y, const model_block *b, const double *score)
{
    uint32_t stretch[MODEL_BLOCK];
    if (rule_largest(score, b->n) >= y->best - NEAR)
        take_first(y, b, score);
    find_stretches(y->low, y->scale, score, b->n, stretch);
    for (size_t k = 0; k < b->n; k++) {
        size_t below = y->place[stretch[k]];
        if (below & SEARCHED) {
            below = count_below(y, stretch[k], score[k]);
            if (y->chains && below < y->n && !rule_above(y->sorted[below], score[k]))
                add(y, &y->tied, &y->n_tied, (rule_scored){model_slot_in(b, k), score[k]});
        }
        y->count[below]++;
    }
}

void rule_standing_end(rule_standing *y, uint32_t *rank)
{
    size_t above = 0, n = 0;
    for (size_t q = y->n; q-- > 0;) { /* who is above more than q of them is above the q-th */
        above += y->count[q + 1];
        rank[y->index[q]] = (uint32_t)(1 + above);
    }
    for (size_t q = 0; q < y->n_first; q++)
        if (y->chains || !rule_above(y->best, y->first[q].score))
            y->first[n++] = y->first[q];
    y->n_first = n;
}
