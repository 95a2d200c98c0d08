/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the frontier. Rows are those of tdo_frontier: [n x d], finite, larger is better.
 *
 *   codes   every axis becomes an 8-bit quantile code that keeps the order
 *   screen  the strongest rows met so far strike out most others in one pass
 *   sweep   what is left, for two and three axes: sort once, sweep
 *   window  what is left, for more axes: sort by strength, compare each with those kept before
 *   kernel  the loops over rows of screen and window, for each set of instructions
 *
 * A code only ever proves that one row does not dominate another. Whatever the codes leave open is
 * decided by the doubles, so the result is exact however coarse they are. Rows are divided between
 * threads; each finds the frontier of its share, and asks the others'. Nobody's verdict hangs on
 * how they were divided, or on which instructions compared them. */
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

/* ---- codes ---- */

enum {
    FRONT_CODE_GUIDE = 1024, /* buckets of equal width between an axis's ends */
    FRONT_CODE_STEPS = 255   /* thresholds of an axis at most */
};

typedef struct front_axis {
    double threshold[FRONT_CODE_STEPS]; /* ascending */
    uint8_t guide[FRONT_CODE_GUIDE];    /* thresholds in this bucket and lower ones */
} front_axis;

/* A sample of the rows and the quantiles of its axes. bucket = (x / 2 - half_low) * scale, clamped:
 * each step is monotone in floating point, hence so is the code. */
typedef struct front_codes {
    front_axis *axis;         /* [d] */
    double *half_low, *scale; /* [d] */
    uint32_t *sample;         /* [n_sample] rows, ascending */
    size_t n_sample;
    size_t finest; /* the axis with most thresholds */
    bool searched; /* buckets of some axis hold many: the code is how many thresholds are <= x.
                      Else it is what the guide says. */
} front_codes;

/* Errors: TDO_E_MEMORY. n >= 1. */
TDO_MUST_USE tdo_status front_codes_make(const front_rows *r, tdo_arena *a, front_codes *out);

/* ---- blocks: 64 rows of codes, column by column ---- */

enum { FRONT_BLOCK = 64 };

/* Writes a row's codes into its place in a block. block: [d x 64]. */
static inline void front_block_put(uint8_t *block, size_t place, const uint8_t *code, size_t d)
{
    for (size_t c = 0; c < d; c++)
        block[c * FRONT_BLOCK + place] = code[c];
}

/* ---- judges: the rows that dominate the largest boxes ---- */

enum { FRONT_JUDGES = 128, FRONT_PIVOTS = 8 };

typedef struct front_judges {
    uint32_t row[FRONT_JUDGES];
    double volume[FRONT_JUDGES]; /* of its box, the span of the sample being 1 */
    size_t n, weakest;
    uint8_t *block;  /* [2 x d x 64] codes, in the order of row */
    double *pivot;   /* [FRONT_PIVOTS x d] some of them, the largest first. The finest axis is one
                        ulp lower: what is nowhere above a pivot is dominated. */
    double admitted; /* volume of the smallest pivot */
    size_t lowered;  /* the finest axis */
} front_judges;

/* ---- screen ---- */

/* Rows that may be on the frontier, ascending. */
typedef struct front_alive {
    uint32_t *row; /* [n] */
    uint8_t *code; /* [n x d] */
    size_t n;
} front_alive;

/* ---- window ---- */

enum { FRONT_CELL_AXES = 8 };

#define FRONT_NOBODY UINT32_MAX

typedef struct front_cell {
    size_t first; /* its first place in the window; a multiple of FRONT_BLOCK */
    size_t count;
} front_cell;

/* The rows of one share that may be on the frontier, strongest first, and those kept of them. */
typedef struct front_window {
    const front_rows *r;
    const uint32_t *row; /* [n] */
    const uint8_t *code; /* [n x d] */
    size_t n;
    size_t cells;                   /* 2^min(d, FRONT_CELL_AXES) */
    uint8_t split[FRONT_CELL_AXES]; /* bit c of a cell: code c is at least this */
    front_cell *cell;               /* [cells] */
    uint8_t *block;                 /* all cells' blocks, each [d x 64] */
    uint32_t *kept;                 /* the row at each place of the window */
    uint32_t *strength;             /* sum of codes of each block's first row, its strongest */
    uint32_t *twin;                 /* [n] an equal row, kept, that shares its fate; or NOBODY */
    bool *member;                   /* of all rows */
} front_window;

/* ---- the loops over rows, for one set of instructions ---- */

enum { FRONT_KERNEL_AXES = 8 }; /* up to so many have code of their own */

typedef struct front_kernel {
    const char *name;
    /* Of the rows [range[0], range[1]) those that no pivot strikes out, into left; returns how
       many. */
    size_t (*strike)(const front_rows *r, const size_t range[2], const front_judges *j,
                     uint32_t *left);
    /* Sets the codes of some. */
    void (*encode)(const front_rows *r, const front_codes *codes, front_alive *some);
    /* Leaves those that no judge dominates. */
    void (*judge)(const front_rows *r, const front_judges *j, front_alive *some);
    /* Takes all rows of the window, in their order: keeps it or strikes it out. */
    void (*take)(front_window *w);
    /* Strikes out the rows that the first keeps and a row of the second dominates. */
    void (*cross)(front_window *w, const front_window *other);
} front_kernel;

enum { FRONT_KERNELS = 3 };

/* The kernels for d axes that this processor can run, the fastest last. Returns how many. */
size_t front_kernels(size_t d, const front_kernel *to[FRONT_KERNELS]);

/* ---- the steps ---- */

#ifdef _OPENMP
#define FRONT_PARALLEL(pragma) _Pragma(#pragma)
#else
#define FRONT_PARALLEL(pragma)
#endif

typedef struct front_way {
    const front_kernel *kernel;
    size_t shares; /* of the rows, each for a thread; 1 to FRONT_SHARES, and to n */
} front_way;

enum { FRONT_SHARES = 64 };

/* Into how many n rows are worth dividing; threads 0: as many as there are cores. */
size_t front_shares(size_t n, int threads);

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status front_judges_appoint(const front_rows *r, const front_codes *codes,
                                             const front_kernel *kernel, tdo_arena *a,
                                             front_judges *out);
/* Those of some that dominate larger boxes than a judge take its place. */
void front_judges_promote(const front_rows *r, const front_alive *some, front_judges *j);

/* Screens the rows [from, to). Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status front_screen_rows(const front_rows *r, const front_codes *codes,
                                          const front_kernel *kernel, const size_t range[2],
                                          tdo_arena *a, front_alive *out);

/* The two ends: mark the members among those alive. member: [n], all false. */

/* d = 2 or 3; in so many slabs at a time. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status front_sweep(const front_rows *r, const front_alive *alive, size_t slabs,
                                    tdo_arena *a, bool *member);
/* Any d: the frontier of those alive alone. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status front_window_fill(const front_rows *r, const front_alive *alive,
                                          const front_kernel *kernel, tdo_arena *a, front_window *w,
                                          bool *member);
/* Of rows of which none dominates another one: all are kept. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status front_window_keep(const front_rows *r, const front_alive *some,
                                          tdo_arena *a, front_window *w, bool *member);
/* Equal rows share a fate. Last of all. */
void front_window_settle(const front_window *w);

/* All of it. member: [n], all false; n >= 1, d >= 2. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status front_find(const front_rows *r, const front_way *way, bool *member);

#endif
