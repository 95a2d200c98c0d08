/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of finding allowed weights.
 *
 *   region_centroid  the centre of volume of a polytope from its corners
 *   region_clash     which statements cannot all hold
 *   region_vague     how far vague weights may be off, in whole numbers
 *   region_inside    a point inside, and the flat around it, where corners are not listed
 *   region           one region of weights and its centroid
 *   regions          the stage: everybody's, and that of the powers */
#ifndef TRADEOFF_REGION_REGION_H
#define TRADEOFF_REGION_REGION_H

#include "exact/cone.h"
#include "tradeoff/region.h"

enum { REGION_MOST_ROWS = TDO_MAX_PREFERS + 2 * TDO_MAX_CRITERIA }; /* of statements, of vague */

/* ---- centroid ---- */

typedef struct region_corners {
    size_t n, count;           /* count >= 1 */
    const double *corner;      /* [count x n] each sums to 1 */
    const exact_facets *tight; /* [count] the facets it lies on, by number */
    size_t facets;             /* numbers in use: every facet is among them, others do no harm */
} region_corners;

/* The centre of volume (within the flat the corners span), by cutting it into simplices: from its
 * first corner to those of each facet that the corner is not on, and so on (a pulling
 * triangulation). *done false: more than TDO_REGION_PIECES simplices. centroid: [n]. Errors:
 * TDO_E_MEMORY. */
TDO_MUST_USE tdo_status region_find_centroid(const region_corners *x, tdo_arena *a,
                                             double *centroid, bool *done);

/* ---- clash ---- */

/* Statements that cannot all hold: none of them can be left out. */
typedef struct region_clash {
    size_t statement[TDO_MAX_PREFERS]; /* [n] ascending */
    size_t n;
    bool smallest; /* no set is smaller, nor as small and earlier; false: there were too many sets
                      to try */
} region_clash;

/* Which statements, of the parts that are the rows of r, cannot all hold, given that all of them
 * cannot. Errors: TDO_E_MEMORY, TDO_E_INTERNAL (they can, or no proof was found). */
TDO_MUST_USE tdo_status region_find_clash(const tdo_preference *part, const tdo_region *r,
                                          tdo_arena *a, region_clash *out, tdo_error *err);

/* ---- vague ---- */

/* Each of the n weights (> 0, as written) may be off by up to min(vague, w, 1 - w), w its share of
 * the sum. Appends to row: [at most 2n x n] whole numbers up to 2^53, those of the decimals that
 * were written where they fit, else within 2^-50; centre, slack: [n]. Returns how many rows. */
size_t region_add_vague(const double *weight, size_t n, double vague, int64_t *row, double *centre,
                        double *slack);

/* ---- inside ---- */

/* A point in the relative interior, and axes of the flat that the region fills: r->inside,
 * r->axis. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status region_find_inside(tdo_region *r, tdo_arena *a, tdo_error *err);

/* ---- region ---- */

/* One stakeholder, or the powers, while the region is found. */
typedef struct region_finding {
    const char *what;           /* "weights", "powers" */
    const tdo_stakeholder *who; /* NULL: the powers */
    const tdo_place *place;
    const tdo_preference *part; /* [n_parts] */
    size_t n_parts;
    double vague;
    bool given;      /* nominal ones are; else the centroid is wanted */
    bool every;      /* all may have some */
    double *nominal; /* [all] */
    size_t all;
    tdo_region *r;
    tdo_arena *a; /* for what stays */
    tdo_arena *scratch;
    tdo_report *report;
} region_finding;

/* Finds the region, and the nominal weights where none are given. *complained turns true where the
 * report got an error: what others prefer is looked at all the same. Errors: TDO_E_MEMORY,
 * TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status region_find(region_finding *k, bool *complained);

#endif
