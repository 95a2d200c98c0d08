/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allowed weights and powers: what a stakeholder's "prefers" and "vague" leave open of its weights,
 * and "powers" of the powers.
 *
 * The region of a stakeholder is the set of weights that are at least 0, sum to 1, obey every
 * statement (a strict one holds inside; its border belongs to the region here), and are no further
 * off than they are vague. Criteria that neither a statement names nor the scenario's weights count
 * have weight 0 (a statement on candidates as wholes names all); so have those of weight 0 where
 * weights are vague. A stakeholder without either has no region: its weights are what they are.
 * Powers are as weights on the stakeholders; where none is given, everybody may have some.
 *
 * Everything that decides (is the region empty, which are its extreme points) is computed in whole
 * numbers. */
#ifndef TRADEOFF_REGION_H
#define TRADEOFF_REGION_H

#include "tradeoff/scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    TDO_REGION_VERTICES = 1024, /* extreme weights that are listed, at most */
    TDO_REGION_PIECES = 200000  /* simplices that a region is cut into for its centroid, at most */
};

typedef struct tdo_region {
    bool open;                 /* false: nothing is; then the rest is 0 */
    size_t n;                  /* criteria (stakeholders) that may have weight */
    const uint32_t *criterion; /* [n] ascending */
    size_t m;                  /* comparisons: the parts of the statements, then of vague */
    const double *row;         /* [m x n] whole numbers up to 2^53: row . weights >= 0 */
    size_t vertices;
    const double *vertex; /* [vertices x n] the extreme weights, in descending lexicographic
                             order; each sums to 1. NULL: too many, or numbers too long, to be
                             listed; then the next one is */
    const double *inside; /* [n] a point in the relative interior; NULL: not needed */
    size_t axes;
    const double *axis;   /* [axes x n] orthonormal, where the region is flatter than the simplex;
                             NULL: it is not */
    size_t stated;        /* of the comparisons: those of statements */
    const double *slack;  /* [n] how far each may be from its centre; NULL: not vague */
    const double *centre; /* [n] */
} tdo_region;

typedef struct tdo_regions {
    size_t s;
    const tdo_region *region; /* [S] */
    tdo_region powers;        /* of the stakeholders */
    bool any;                 /* somebody has one, or the powers do */
} tdo_regions;

/* Finds every stakeholder's region and that of the powers (statements on candidates are weighed
 * already: tdo_weigh_statements), checks that the nominal weights lie in
 * it (a statement counts as broken when it is missed by more than 1e-12), and gives those who have
 * only statements the centroid of their region as nominal weights: of a simplex the mean of its
 * corners, so that a full ranking gives rank-order-centroid weights (Barron and Barrett 1996); else
 * the centre of its volume. Where there is a region, *s becomes a copy with those weights and
 * powers. Errors: TDO_E_INPUT (statements that cannot all hold, with the smallest
 * such set; weights outside; a centroid that is asked for but too intricate; all located, in the
 * report), TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_API TDO_MUST_USE tdo_status tdo_find_regions(const tdo_scenario **s, tdo_arena *a,
                                                 tdo_regions *out, tdo_report *report);

#ifdef __cplusplus
}
#endif

#endif
