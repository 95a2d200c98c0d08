/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From scores to ranks: "1, 2, 2, 4", with TDO_TIE. */
#include "rules/rules.h"

#include "base/sort.h"

#include <math.h>
#include <string.h>

tdo_status rule_room_make(tdo_arena *a, size_t n, rule_room *out)
{
    out->order = tdo_alloc(a, n, sizeof *out->order);
    out->word = tdo_alloc(a, n, 2 * sizeof *out->word);
    return out->order && out->word ? TDO_OK : TDO_E_MEMORY;
}

rule_sorted rule_sort(const rule_room *room, const double *score, size_t n)
{
    return (rule_sorted){score, sort_places(score, n, room->word)};
}

void rule_rank_in(const rule_room *room, const double *score, size_t n, uint32_t *rank)
{
    const rule_sorted x = rule_sort(room, score, n);
    size_t high = n; /* from there on they are better than the one looked at */
    for (size_t i = n; i-- > 0;) {
        while (high - 1 > i && rule_is_above(&x, high - 1, i))
            high--;
        rank[sort_place(x.by.word[i])] = (uint32_t)(1 + n - high);
    }
}

tdo_status tdo_rank(const double *score, size_t n, tdo_arena *a, uint32_t *rank)
{
    rule_room room = {0};
    tdo_status status = rule_room_make(a, n, &room);
    if (status == TDO_OK)
        rule_rank_in(&room, score, n, rank);
    return status;
}

/* ---- leximin ---- */

typedef struct leximin {
    const rule_levels *by;
    size_t n; /* candidates */
    uint64_t *word;
    uint32_t *rank;
} leximin;

static double at(const leximin *l, size_t t, uint32_t k)
{
    if (t == 0)
        return l->by->first[k];
    return l->by->whole ? l->by->whole[t * l->n + k]
                        : l->by->at(l->by->user, t, l->by->slot ? l->by->slot[k] : k);
}

/* Level t, of index[0, m) at least. */
static const double *level_of(const leximin *l, size_t t, const uint32_t *index, size_t m)
{
    if (t == 0)
        return l->by->first;
    if (l->by->whole)
        return l->by->whole + t * l->n;
    for (size_t i = 0; i < m; i++)
        l->by->key[index[i]] = at(l, t, index[i]);
    return l->by->key;
}

static bool better_from(const leximin *l, size_t t, uint32_t a, uint32_t b)
{
    for (; t < l->by->n; t++) {
        const double x = at(l, t, a), y = at(l, t, b);
        if (rule_above(x, y))
            return true;
        if (rule_above(y, x))
            return false;
    }
    return false;
}

/* A chain: neighbours are tied on level t, the ends are not. Tied pairs are asked one by one about
 * the levels after t. index: [m] ascending by level t. */
static void rank_chain(const leximin *l, const uint32_t *index, size_t m, size_t t, size_t ahead)
{
    size_t high = m, low = m; /* index[low, high) are tied with the one looked at */
    for (size_t i = m; i-- > 0;) {
        double mine = at(l, t, index[i]);
        while (rule_above(at(l, t, index[high - 1]), mine))
            high--;
        while (low > 0 && !rule_above(mine, at(l, t, index[low - 1])))
            low--;
        size_t better = m - high;
        for (size_t j = low; j < high; j++)
            better += better_from(l, t + 1, index[j], index[i]);
        l->rank[index[i]] = (uint32_t)(1 + ahead + better);
    }
}

static void rank_from(const leximin *l, uint32_t *index, size_t m, size_t t, size_t ahead);

/* Ranks index[0, m), ascending by level t, all pairwise tied on the levels before it; ahead others
 * are better than all of them. They fall into clusters with gaps of more than TDO_TIE between them.
 * A cluster narrower than that is all tied, and the next level decides (which takes the place of
 * theirs in `level`, where levels are asked for one by one). */
static void rank_sorted(const leximin *l, const double *level, uint32_t *index, size_t m, size_t t,
                        size_t ahead)
{
    for (size_t end = m, start = m; end > 0; end = start) {
        start = end - 1;
        while (start > 0 && !rule_above(level[index[start]], level[index[start - 1]]))
            start--;
        if (rule_above(level[index[end - 1]], level[index[start]]))
            rank_chain(l, index + start, end - start, t, ahead);
        else
            rank_from(l, index + start, end - start, t + 1, ahead);
        ahead += end - start;
    }
}

static void rank_from(const leximin *l, uint32_t *index, size_t m, size_t t, size_t ahead)
{
    if (m == 1 || t == l->by->n) {
        for (size_t i = 0; i < m; i++)
            l->rank[index[i]] = (uint32_t)(1 + ahead);
        return;
    }
    const double *level = level_of(l, t, index, m);
    sort_by_key(level, index, m, l->word);
    rank_sorted(l, level, index, m, t, ahead);
}

/* By the first level alone, where it tells a candidate from both its neighbours; then the rest. */
static void rank_all(const leximin *l, uint32_t *index)
{
    const size_t n = l->n;
    const double *first = l->by->first;
    const rule_sorted x = {first, sort_places(first, n, l->word)};
    bool below = true;
    for (size_t i = 0; i < n; i++) {
        const bool above = i + 1 == n || rule_is_above(&x, i + 1, i);
        index[i] = sort_place(x.by.word[i]);
        l->rank[index[i]] = below && above ? (uint32_t)(n - i) : 0;
        below = above;
    }
    for (size_t end = n, start = n; end > 0; end = start) {
        start = end - 1;
        if (l->rank[index[start]])
            continue;
        while (start > 0 && !l->rank[index[start - 1]])
            start--;
        rank_sorted(l, first, index + start, end - start, 0, n - end);
    }
}

enum { LANES = 8 };

/* So many numbers at once. */
typedef double lane_numbers __attribute__((vector_size(LANES * sizeof(double))));
typedef int64_t lane_counts __attribute__((vector_size(LANES * sizeof(int64_t))));

/* Whoever is above is counted for some at once, whose scores stay in a register. Of two that are
 * not tied one is above the other, so that all pairs are counted where nobody is. */
REAL_CLONES
bool rule_rank_pairs(const double *score, size_t n, uint32_t *rank)
{
    lane_counts pairs = {0};
    lane_numbers last;
    for (size_t l = 0; l < LANES; l++)
        last[l] = l < n % LANES ? score[n - n % LANES + l] : INFINITY; /* whom nobody is above */
    for (size_t at = 0; at < n; at += LANES) {
        const size_t here = n - at < LANES ? n - at : LANES;
        lane_numbers mine = last;
        lane_counts above = {0};
        if (here == LANES)
            memcpy(&mine, score + at, sizeof mine);
        for (size_t j = 0; j < n; j++)
            above -= score[j] - mine > TDO_TIE; /* true is -1 */
        pairs += above;
        for (size_t l = 0; l < here; l++)
            rank[at + l] = (uint32_t)above[l] + 1;
    }
    int64_t all = 0;
    for (size_t l = 0; l < LANES; l++)
        all += pairs[l];
    return (uint64_t)all == (uint64_t)n * (n - 1) / 2;
}

void rule_rank_leximin(const rule_room *room, const rule_levels *by, size_t f, uint32_t *rank)
{
    const leximin l = {by, f, room->word, rank};
    if (by->n > 0 && f <= RULE_FEW && rule_rank_pairs(by->first, f, rank))
        return;
    if (by->n > 0) {
        rank_all(&l, room->order);
        return;
    }
    for (size_t k = 0; k < f; k++)
        rank[k] = 1;
}
