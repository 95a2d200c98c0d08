/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the frontier. Rows are those of tdo_frontier: [n x d], finite, larger is better.
 *
 *   codes   every axis becomes an 8-bit quantile code that keeps the order
 *   screen  the strongest rows of a sample strike out most others in one pass
 *   sweep   what is left, for two and three axes: sort once, sweep
 *   window  what is left, for more axes: sort by strength, compare each with those kept before
 *
 * A code only ever proves that one row does not dominate another. Whatever the codes leave open is
 * decided by the doubles, so the result is exact however coarse they are. */
#ifndef TRADEOFF_FRONTIER_FRONTIER_H
#define TRADEOFF_FRONTIER_FRONTIER_H

#include "tradeoff/search.h"

typedef struct front_rows {
    const double *x; /* [n x d] */
    size_t n, d;
} front_rows;

static inline const double *front_row(const front_rows *r, size_t i)
{
    return r->x + i * r->d;
}

/* ---- how two rows stand to each other (relate.c) ---- */

typedef enum front_relation { FRONT_APART, FRONT_SAME, FRONT_ABOVE, FRONT_BELOW } front_relation;

/* ABOVE: a dominates b. */
front_relation front_relate(const double *a, const double *b, size_t d);

/* ---- codes ---- */

enum {
    FRONT_CODE_GUIDE = 1024, /* buckets that shorten the search for a code */
    FRONT_CODE_STEPS = 255   /* thresholds of an axis at most */
};

typedef struct front_axis {
    double half_low, scale;              /* bucket = (x / 2 - half_low) * scale, clamped */
    double threshold[FRONT_CODE_STEPS];  /* ascending; the code is how many are <= x */
    uint8_t guide[FRONT_CODE_GUIDE + 1]; /* thresholds in lower buckets; all, at the end */
} front_axis;

/* A strided sample of the rows and the quantiles of its axes. */
typedef struct front_codes {
    front_axis *axis; /* [d] */
    uint32_t *sample; /* [n_sample] rows, ascending */
    size_t n_sample;
} front_codes;

/* Errors: TDO_E_MEMORY. n >= 1. */
TDO_MUST_USE tdo_status front_codes_make(const front_rows *r, tdo_arena *a, front_codes *out);

/* x <= y implies front_code(x) <= front_code(y): each step below is monotone in floating point. */
static inline uint8_t front_code(const front_axis *axis, double x)
{
    double t = (x / 2 - axis->half_low) * axis->scale;
    t = t > 0 ? t : 0;
    t = t < FRONT_CODE_GUIDE - 1 ? t : FRONT_CODE_GUIDE - 1;
    unsigned bucket = (unsigned)(int)t;
    unsigned low = axis->guide[bucket], high = axis->guide[bucket + 1];
    while (low < high) {
        unsigned middle = (low + high) / 2;
        if (axis->threshold[middle] <= x)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint8_t)low;
}

/* ---- blocks: 64 rows of codes, column by column ---- */

/* Sixteen codes that one instruction compares, where the machine has such. */
typedef uint8_t front_lanes __attribute__((vector_size(16)));

enum { FRONT_BLOCK = 64, FRONT_BLOCK_LANES = FRONT_BLOCK / 16 };

typedef union front_hits {
    front_lanes lanes[FRONT_BLOCK_LANES];
    uint64_t word[FRONT_BLOCK / 8];
    uint8_t of[FRONT_BLOCK]; /* not 0: no code of that row is smaller */
} front_hits;

/* The codes of one row, each in all sixteen lanes. to: [d]. */
static inline void front_spread(const uint8_t *code, size_t d, front_lanes *to)
{
    for (size_t c = 0; c < d; c++)
        to[c] = (front_lanes){0} + code[c];
}

/* Writes a row's codes into its place in a block. block: [d x 4]. */
static inline void front_block_put(front_lanes *block, size_t place, const uint8_t *code, size_t d)
{
    uint8_t *byte = (uint8_t *)block + place;
    for (size_t c = 0; c < d; c++)
        byte[c * FRONT_BLOCK] = code[c];
}

/* Which rows of the block have no code below the one asked about? False: none has. */
static inline bool front_block_hits(const front_lanes *block, const front_lanes *asked, size_t d,
                                    front_hits *hits)
{
    front_lanes m0 = (front_lanes)(block[0] >= asked[0]), m1 = (front_lanes)(block[1] >= asked[0]);
    front_lanes m2 = (front_lanes)(block[2] >= asked[0]), m3 = (front_lanes)(block[3] >= asked[0]);
    for (size_t c = 1; c < d; c++) {
        block += FRONT_BLOCK_LANES;
        m0 &= (front_lanes)(block[0] >= asked[c]);
        m1 &= (front_lanes)(block[1] >= asked[c]);
        m2 &= (front_lanes)(block[2] >= asked[c]);
        m3 &= (front_lanes)(block[3] >= asked[c]);
    }
    union {
        front_lanes lanes;
        uint64_t word[2];
    } any = {m0 | m1 | m2 | m3};
    if ((any.word[0] | any.word[1]) == 0)
        return false;
    *hits = (front_hits){{m0, m1, m2, m3}};
    return true;
}

/* ---- screen ---- */

/* Rows that may be on the frontier, ascending. */
typedef struct front_alive {
    uint32_t *row; /* [n] */
    uint8_t *code; /* [n x d] */
    size_t n;
} front_alive;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status front_screen_rows(const front_rows *r, const front_codes *codes,
                                          tdo_arena *a, front_alive *out);

/* ---- the two ends: mark the members among those alive. member: [n], all false ---- */

/* d = 2 or 3. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status front_sweep(const front_rows *r, const front_alive *alive, tdo_arena *a,
                                    bool *member);
/* Any d. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status front_window(const front_rows *r, const front_alive *alive, tdo_arena *a,
                                     bool *member);

#endif
