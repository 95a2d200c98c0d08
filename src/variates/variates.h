/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What samples are made of. Every number is a function of the seed, the number of the sample, and a
 * place (a stream and an index in it), so that sample k is the same in any order and with any
 * number of threads. Only + - * /, sqrt and whole numbers are used, never the exp and log of a
 * libm, whose last bit differs: the same bits on every machine. */
#ifndef TRADEOFF_VARIATES_VARIATES_H
#define TRADEOFF_VARIATES_VARIATES_H

#include "base/real.h"
#include "tradeoff/region.h"

/* ---- the generator (counter.c, normal.c) ---- */

/* Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011): 128 bits from a counter and a key. */
void variate_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* One stream of draws of one sample. */
typedef struct variate_draw {
    uint64_t seed;
    uint64_t sample;
    uint32_t stream; /* what is drawn; no two things share one */
} variate_draw;

/* n words of the stream, from number first (a multiple of 4) on. */
void variate_words(const variate_draw *d, uint32_t first, size_t n, uint32_t *out);

/* n <= 128 numbers in (0, 1), multiples of 2^-53 plus 2^-54: of two words each. */
void variate_uniforms(const variate_draw *d, size_t n, double *out);

/* n standard normal variates, from number first (a multiple of 4) on, by the inverse of the
 * distribution function at a multiple of 2^-32 plus 2^-33: of one word each, and so within 6.3
 * of 0. */
void variate_normals(const variate_draw *d, uint32_t first, size_t n, double *out);

/* ---- functions (normal.c, beta.c) ---- */

/* The probability that a standard normal variate is at most x; relative error below 1e-13 for
 * x > -37. */
double variate_normal_below(double x);
/* What undoes it; p in (0, 1). Wichura 1988, algorithm AS 241: relative error about 1e-15. */
double variate_normal_quantile(double p);

/* E max(0, z - u) of a standard normal variate z: the unit normal loss. */
double variate_unit_loss(double u);

/* I_x(a, b), the probability that a Beta variate is at most x; a, b > 0. Relative error about
 * 1e-13, and growing with the root of a + b. 0 for x below 2.2e-308. */
double variate_beta_below(double x, double a, double b);
/* The Beta variate at the normal variate z: what is below it is as probable. */
double variate_beta_at_normal(double z, double a, double b);
/* The same for many: cubic pieces through exact points and slopes. Within 1e-5
 * standard deviations of it. */
#define VARIATE_BETA_REACH 6.4
enum { VARIATE_BETA_KNOTS = 129 };
typedef struct variate_beta_table {
    double a, b;
    bool direct; /* too sharp for pieces: each is found anew */
    double x[VARIATE_BETA_KNOTS], slope[VARIATE_BETA_KNOTS];
} variate_beta_table;
void variate_beta_tabulate(double a, double b, variate_beta_table *out);
double variate_beta_look(const variate_beta_table *t, double z);

/* The probability that a Student t of so many degrees of freedom is at most t. */
double variate_student_below(double t, double freedom);

/* ---- weights (simplex.c, polytope.c) ---- */

/* Uniform on the simplex: n numbers >= 0 with sum 1, the spacings of n - 1 sorted uniforms. */
void variate_simplex(const variate_draw *d, size_t n, double *out);

enum {
    VARIATE_MOST_CORNERS = 128, /* of a simplex: more than criteria */
    VARIATE_WALK_STEPS = 40,    /* of hit-and-run before a point is taken, and so many more */
    VARIATE_WALK_PER_AXIS = 20, /*   for each dimension */
};

/* Weights or powers, to be drawn uniformly over the region that is left open. */
typedef struct variate_region {
    enum {
        VARIATE_FIXED,
        VARIATE_CORNERS,
        VARIATE_BOX,
        VARIATE_WALK_CORNERS,
        VARIATE_WALK_PAIRS,
        VARIATE_WALK_AXES
    } way;
    const tdo_region *r;
    const double *start; /* [r->n] of a walk */
    size_t steps;        /* of a walk */
    size_t loosest;      /* of a box: the one that makes up the sum */
} variate_region;

/* FIXED: no region. CORNERS: as many corners as a simplex has, so that a mixture of them with
 * uniform shares is uniform: exact. BOX: nothing but vague: all numbers but the loosest are drawn
 * from their intervals until the sum leaves that one in its own: exact. Else hit-and-run (Smith
 * 1984); each sample is a walk of its own, so that samples are independent. Its lines are those
 * through two corners (the same for all affine images of the region), or, where corners are not
 * listed, those along which two numbers exchange, or where the region is flatter than the simplex,
 * any in its flat. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status variate_region_make(const tdo_region *r, tdo_arena *a, variate_region *out);

/* weight: [n] of all criteria (stakeholders); as it was where FIXED. */
void variate_region_draw(const variate_region *r, const variate_draw *d, size_t n, double *weight);

#endif
