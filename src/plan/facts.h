/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was read of the segments, on its way to a problem.
 *
 *   read     the file, as rows
 *   place    which row is which segment and candidate
 *   value    what each cell is worth
 *   problem  limits and floors as arrays
 *   served   what plans and single candidates come to for whom
 *   level    whom a limit on a gap only takes from
 *   json     the result; json_proof what lets a reader see that it holds
 *   run      all of it, once, in order: start reading here */
#ifndef TRADEOFF_PLAN_FACTS_H
#define TRADEOFF_PLAN_FACTS_H

#include "plan/plan.h"
#include "tradeoff/segments.h"
#include "json/writer.h"

/* Wanted columns that are not of criteria; TDO_NONE: no such column. */
typedef struct plan_columns {
    size_t segment, size, group;
    size_t limit[TDO_MAX_CONSTRAINTS], floor[TDO_MAX_CONSTRAINTS], constraint[TDO_MAX_CONSTRAINTS];
} plan_columns;

/* Readings of some criteria, by row. */
typedef struct plan_readings {
    tdo_scenario s; /* the criteria alone: no limits, no errors */
    size_t first;   /* of its columns among those wanted */
    tdo_measured x;
} plan_readings;

typedef struct plan_facts {
    const tdo_fleet *fleet;
    tdo_planned *out;
    tdo_report *report;
    const tdo_scenario *s;
    const tdo_segments *seg;
    tdo_arena *a;
    plan_columns at;
    plan_readings chosen; /* all criteria */
    plan_readings held;   /* those of the holdout, in its order */
    tdo_table table;
    const char **row_id;        /* [rows] of its candidate */
    uint32_t *cell;             /* [segments x candidates] its row */
    const double *worst, *best; /* [criteria] */
    const double *weight;       /* [stakeholders x criteria] */
    const double *power;        /* [stakeholders] */
} plan_facts;

/* ---- read.c ---- */

/* The criteria as they are read of segments: what is not of this file is left out or refused.
 * Errors: TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_read(plan_facts *f, const tdo_segments_options *o);

/* Adds an error at a line of the file of segments. Errors: none; TDO_E_MEMORY where text is NULL.
 */
TDO_MUST_USE tdo_status plan_complain(plan_facts *f, unsigned line, const char *text);
/* The same at a place of the scenario. */
TDO_MUST_USE tdo_status plan_complain_at(plan_facts *f, const tdo_place *at, const char *text);

/* ---- place.c ---- */

/* Segments, candidates, groups, sizes, cells. Errors: TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_place(plan_facts *f);

/* The candidate of this id; TDO_NONE: there is none, and an error at the place says so. */
TDO_MUST_USE tdo_status plan_find_candidate(plan_facts *f, const char *id, const tdo_place *at,
                                            size_t *out);

/* ---- value.c ---- */

/* Weights, powers and the scale. Errors: TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_scale(plan_facts *f);

/* The reading of criterion c in a cell: the one that chose, or the one held out. */
double plan_reading_of(const plan_facts *f, size_t c, size_t cell, bool held);

/* What criterion c is worth in a cell: at the readings that chose, or on those held out. */
double plan_value_of(const plan_facts *f, size_t c, size_t cell, bool held);

/* The values that are maximised. Errors: TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_find_values(plan_facts *f);

/* ---- problem.c ---- */

/* Limits, and who is barred where. Errors: TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_find_limits(plan_facts *f);

/* The readings of a limit, by cell, with those held out in their places where asked.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_cells_of(plan_facts *f, const tdo_segment_limit *l, size_t column,
                                      bool held, const double **out);

/* By how much a cell misses a floor, in its unit; 0: it does not. Constraints of the scenario are
 * floors, too, behind those of the segments. */
double plan_miss(const plan_facts *f, size_t floor, size_t cell, bool held);
const char *plan_floor_text(const tdo_scenario *s, size_t floor);

/* Segments that nobody may serve. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_find_unserved(plan_facts *f);

/* ---- served.c ---- */

/* Whom a plan serves how well. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_serve(plan_facts *f, const tdo_plan_solution *plan, bool held,
                                   tdo_served *out);
/* One candidate for all. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_serve_all(plan_facts *f, size_t candidate, bool held, tdo_served *out);

/* The best single candidate within the limits; *reference: where a gap alone stands against all,
 * the best without those. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_find_single(plan_facts *f, size_t *best, size_t *reference);

/* Bounds of the groups where "not_below" asks for that: what they have when candidate who serves
 * all. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_bound_groups(plan_facts *f, tdo_not_below what, size_t who);

/* The plan again on what was held out. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status plan_hold_out(plan_facts *f);

/* ---- level.c ---- */

/* W_LEVELLED. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status plan_find_levelled(plan_facts *f, int threads);

/* ---- json_proof.c ---- */

/* "proof": multipliers, and who serves the segments that they do not tell. */
void plan_write_proof(json_writer *j, const tdo_planned *x);

/* ---- shares.c ---- */

/* Candidates by share, the largest first. NULL: out of memory. */
uint32_t *plan_by_share(const tdo_planned *x);

#endif
