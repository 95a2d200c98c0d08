/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops over rows, for one set of instructions and each number of axes from two to eight. The
 * file that includes this has said before, with KERNEL_TARGET the attribute of functions that may
 * use the instructions:
 *   kernel_asked                   a row: its numbers x, its codes code, and those in all lanes
 *   kernel_all(code)               one code in all lanes
 *   kernel_hits(block, asked, d)   bit k: no code of the block's row k is below the one asked about
 *   kernel_above(a, b, d)          is a number of row a above that of row b?
 *   kernel_buckets(codes, x, d, bucket)   the bucket of each axis
 * Where d is known to the compiler, its loops are no loops. */
#ifndef TRADEOFF_FRONTIER_KERNEL_BODY_H
#define TRADEOFF_FRONTIER_KERNEL_BODY_H

#include "frontier/kernel.h"

enum { AHEAD = 8 }; /* rows that are fetched while others are compared */

/* ---- one row against others ---- */

KERNEL_INLINE void spread(const double *x, const uint8_t *code, kernel_asked *q, const size_t d)
{
    q->x = x;
    q->code = code;
    if (d <= FRONT_KERNEL_AXES) {
        KERNEL_UNROLL
        for (size_t c = 0; c < d; c++)
            q->lane[c] = kernel_all(code[c]);
    }
}

typedef struct front_hits {
    size_t next; /* the first row not asked yet */
    uint64_t hits;
} front_hits;

/* The next of the rows [done, n) that stand in the blocks which hits the row asked about; n: none.
 * hits: those left of the block that holds the last one found; 0 at first. */
KERNEL_INLINE size_t next_hit(const uint8_t *block, size_t n, const kernel_asked *q, const size_t d,
                              front_hits *h)
{
    while (h->hits == 0) {
        if (h->next >= n)
            return n;
        h->hits = kernel_hits(block + h->next * d, q, d);
        h->next += FRONT_BLOCK;
    }
    const size_t at = h->next - FRONT_BLOCK + (size_t)__builtin_ctzll(h->hits);
    h->hits &= h->hits - 1;
    return at < n ? at : n;
}

/* Is the row asked about dominated by one of those that stand in the blocks? */
KERNEL_INLINE bool struck(const front_rows *r, const uint8_t *block, const uint32_t *row, size_t n,
                          const kernel_asked *q, const size_t d)
{
    front_hits h = {0, 0};
    for (size_t at; (at = next_hit(block, n, q, d, &h)) < n;) {
        const double *theirs = r->x + row[at] * d;
        if (!kernel_above(q->x, theirs, d) && kernel_above(theirs, q->x, d))
            return true;
    }
    return false;
}

/* ---- screen ---- */

/* First two pivots, without a branch; then the others, about the rows left. */
KERNEL_INLINE size_t strike(const front_rows *r, const size_t range[2], const front_judges *j,
                            uint32_t *left, const size_t d)
{
    const double *pivot = j->pivot;
    size_t some = 0, n = 0;
    for (size_t i = range[0]; i < range[1]; i++) {
        const double *x = r->x + i * d;
        left[some] = (uint32_t)i;
        some += (size_t)kernel_above(x, pivot, d) & (size_t)kernel_above(x, pivot + d, d);
    }
    for (size_t k = 0; k < some; k++) {
        const double *x = r->x + left[k] * d;
        bool out = true;
        KERNEL_UNROLL
        for (size_t p = 2; p < FRONT_PIVOTS; p++)
            out &= kernel_above(x, pivot + p * d, d);
        left[n] = left[k];
        n += out;
    }
    return n;
}

/* How many thresholds are <= x, a value of this bucket. */
static inline uint8_t search(const front_axis *axis, int32_t bucket, double x)
{
    size_t low = bucket > 0 ? axis->guide[bucket - 1] : 0, high = axis->guide[bucket];
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (axis->threshold[middle] <= x)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint8_t)low;
}

KERNEL_INLINE void encode(const front_rows *r, const front_codes *codes, const front_alive *some,
                          const size_t d)
{
    int32_t bucket[FRONT_KERNEL_AXES];
    for (size_t k = 0; k < some->n; k++) {
        const double *x = r->x + some->row[k] * d;
        uint8_t *code = some->code + k * d;
        for (size_t from = 0; from < d; from += FRONT_KERNEL_AXES) {
            const size_t to = d - from < FRONT_KERNEL_AXES ? d : from + FRONT_KERNEL_AXES;
            kernel_buckets(codes, x, (const size_t[2]){from, to}, bucket);
            for (size_t c = from; c < to; c++)
                code[c] = !codes->searched ? codes->axis[c].guide[bucket[c - from]]
                                           : search(&codes->axis[c], bucket[c - from], x[c]);
        }
    }
}

KERNEL_INLINE void judge(const front_rows *r, const front_judges *j, front_alive *some,
                         const size_t d)
{
    size_t n = 0;
    kernel_asked q;
    for (size_t k = 0; k < some->n; k++) {
        const uint8_t *code = some->code + k * d;
        spread(r->x + some->row[k] * d, code, &q, d);
        if (struck(r, j->block, j->row, j->n, &q, d))
            continue;
        some->row[n] = some->row[k];
        memmove(some->code + n * d, code, d);
        n++;
    }
    some->n = n;
}

/* ---- window ---- */

KERNEL_INLINE size_t cell_of(const front_window *w, const uint8_t *code, const size_t d)
{
    size_t at = 0;
    for (size_t c = 0; c < d && c < FRONT_CELL_AXES; c++)
        at |= (size_t)(code[c] >= w->split[c]) << c;
    return at;
}

typedef enum front_verdict { OPEN, PLACED, CLOSED } front_verdict;

/* What row k has to do with the kept row at a place, whose codes are nowhere below its own. */
KERNEL_INLINE front_verdict settle(front_window *w, size_t place, size_t k, const kernel_asked *q,
                                   const size_t d)
{
    const uint32_t other = w->kept[place];
    const double *theirs = w->r->x + other * d;
    const bool more = kernel_above(theirs, q->x, d), less = kernel_above(q->x, theirs, d);
    if (more && less)
        return OPEN;
    if (more) {
        w->member[w->row[k]] = false;
        return CLOSED;
    }
    if (!less) {
        w->twin[k] = other;
        return CLOSED;
    }
    w->member[other] = false; /* then the codes are equal, and k can stand in its place */
    w->kept[place] = w->row[k];
    return PLACED;
}

/* Asks one cell about row k. */
KERNEL_INLINE front_verdict ask_cell(front_window *w, const front_cell *c, size_t k,
                                     const kernel_asked *q, const size_t d)
{
    front_verdict so_far = OPEN;
    front_hits h = {0, 0};
    const size_t n = c->count;
    const uint8_t *block = w->block + c->first * d;
    for (size_t at; (at = next_hit(block, n, q, d, &h)) < n;) {
        const front_verdict v = settle(w, c->first + at, k, q, d);
        if (v == CLOSED)
            return CLOSED;
        so_far = v == PLACED ? PLACED : so_far;
    }
    return so_far;
}

KERNEL_INLINE uint32_t strength_of(const uint8_t *code, const size_t d)
{
    uint32_t sum = 0;
    for (size_t c = 0; c < d; c++)
        sum += code[c];
    return sum;
}

KERNEL_INLINE void take_one(front_window *w, size_t k, const size_t d)
{
    const uint8_t *code = w->code + k * d;
    const size_t own = cell_of(w, code, d), open = w->cells - 1 - own;
    front_verdict so_far = OPEN;
    kernel_asked q;
    spread(w->r->x + w->row[k] * d, code, &q, d);
    w->member[w->row[k]] = true;
    for (size_t more = open;; more = (more - 1) & open) { /* all cells nowhere on the worse side */
        const front_verdict v = ask_cell(w, &w->cell[own | more], k, &q, d);
        if (v == CLOSED)
            return;
        so_far = v == PLACED ? PLACED : so_far;
        if (more == 0)
            break;
    }
    if (so_far == PLACED)
        return;
    const size_t place = w->cell[own].first + w->cell[own].count++, in = place % FRONT_BLOCK;
    front_block_put(w->block + (place - in) * d, in, code, d);
    w->kept[place] = w->row[k];
    if (in == 0)
        w->strength[place / FRONT_BLOCK] = strength_of(code, d);
}

KERNEL_INLINE void take(front_window *w, const size_t d)
{
    for (size_t k = 0; k < w->n; k++) {
        if (k + AHEAD < w->n)
            __builtin_prefetch(w->r->x + w->row[k + AHEAD] * d);
        take_one(w, k, d);
    }
}

/* How many rows of the cell, in whole blocks, may be as strong; at least from. */
static inline size_t reach(const front_window *w, const front_cell *c, size_t from, uint32_t sum)
{
    while (from < c->count && w->strength[(c->first + from) / FRONT_BLOCK] >= sum)
        from += FRONT_BLOCK;
    return from;
}

/* Rows come from the strongest to the weakest: each cell's reach only grows. */
KERNEL_INLINE void cross(front_window *w, const front_window *other, const size_t d)
{
    size_t reached[1 << FRONT_CELL_AXES] = {0};
    kernel_asked q;
    for (size_t k = 0; k < w->n; k++) {
        if (!w->member[w->row[k]] || w->twin[k] != FRONT_NOBODY)
            continue;
        const uint8_t *code = w->code + k * d;
        const size_t own = cell_of(other, code, d), open = other->cells - 1 - own;
        const uint32_t sum = strength_of(code, d);
        bool out = false;
        spread(w->r->x + w->row[k] * d, code, &q, d);
        for (size_t more = open; !out; more = (more - 1) & open) {
            const front_cell *c = &other->cell[own | more];
            size_t *n = &reached[own | more];
            *n = reach(other, c, *n, sum);
            out = struck(w->r, other->block + c->first * d, other->kept + c->first,
                         *n < c->count ? *n : c->count, &q, d);
            if (more == 0)
                break;
        }
        w->member[w->row[k]] = !out;
    }
}

/* ---- one function each, for a number of axes ---- */

/* d: a number, or r->d, for which each of them has an r. */

#define KERNEL_FUNCTIONS(id, d)                                                                    \
    KERNEL_TARGET static size_t strike_##id(const front_rows *r, const size_t range[2],            \
                                            const front_judges *j, uint32_t *left)                 \
    {                                                                                              \
        return strike(r, range, j, left, d);                                                       \
    }                                                                                              \
    KERNEL_TARGET static void encode_##id(const front_rows *r, const front_codes *codes,           \
                                          front_alive *some)                                       \
    {                                                                                              \
        encode(r, codes, some, d);                                                                 \
    }                                                                                              \
    KERNEL_TARGET static void judge_##id(const front_rows *r, const front_judges *j,               \
                                         front_alive *some)                                        \
    {                                                                                              \
        judge(r, j, some, d);                                                                      \
    }                                                                                              \
    KERNEL_TARGET static void take_##id(front_window *w)                                           \
    {                                                                                              \
        const front_rows *r = w->r;                                                                \
        (void)r;                                                                                   \
        take(w, d);                                                                                \
    }                                                                                              \
    KERNEL_TARGET static void cross_##id(front_window *w, const front_window *other)               \
    {                                                                                              \
        const front_rows *r = w->r;                                                                \
        (void)r;                                                                                   \
        cross(w, other, d);                                                                        \
    }

#define KERNEL_ENTRY(id, text)                                                                     \
    {                                                                                              \
        text, strike_##id, encode_##id, judge_##id, take_##id, cross_##id                          \
    }

KERNEL_FUNCTIONS(any, r->d)

#ifdef FRONT_SMALL

#define KERNEL_TABLE(text)                                                                         \
    {                                                                                              \
        KERNEL_ENTRY(any, text)                                                                    \
    }

#else

KERNEL_FUNCTIONS(2, 2)
KERNEL_FUNCTIONS(3, 3)
KERNEL_FUNCTIONS(4, 4)
KERNEL_FUNCTIONS(5, 5)
KERNEL_FUNCTIONS(6, 6)
KERNEL_FUNCTIONS(7, 7)
KERNEL_FUNCTIONS(8, 8)

#define KERNEL_TABLE(text)                                                                         \
    {                                                                                              \
        KERNEL_ENTRY(any, text), {0}, KERNEL_ENTRY(2, text), KERNEL_ENTRY(3, text),                \
            KERNEL_ENTRY(4, text), KERNEL_ENTRY(5, text), KERNEL_ENTRY(6, text),                   \
            KERNEL_ENTRY(7, text), KERNEL_ENTRY(8, text)                                           \
    }

#endif

#endif
