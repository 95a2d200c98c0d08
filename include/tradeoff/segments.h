/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario's segments, from the file to the plan: who serves whom, what the limits cost, who
 * gains and loses against the best single candidate, and what is left of it on figures that did not
 * choose. Segments, candidates and groups are in the order of the bytes of their names, so that no
 * order of rows decides. */
#ifndef TRADEOFF_SEGMENTS_H
#define TRADEOFF_SEGMENTS_H

#include "tradeoff/fleet.h"
#include "tradeoff/output.h"
#include "tradeoff/plan.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tdo_segments_options {
    tdo_overrides overrides; /* segments_only is set by the call */
    void (*progress)(void *user, uint64_t bytes, uint64_t total); /* while reading; NULL: none */
    void *user;
    int threads;            /* 0: as many as there are cores */
    const tdo_fleet *fleet; /* processes that plan together, and all read the same files; process 0
                               has all that is found; NULL: none */
    bool read_only;         /* solve nothing */
} tdo_segments_options;

/* A plan, or one candidate for all, by stakeholder and group. */
typedef struct tdo_served {
    double value;          /* of the objective; NaN: there is no such plan */
    const double *utility; /* [stakeholders] averages over all; NULL as above */
    const double *group;   /* [groups x stakeholders] averages within; NULL as above */
} tdo_served;

/* A limit on figures that did not choose. */
typedef struct tdo_rechecked {
    double at;
    bool holds;
} tdo_rechecked;

typedef struct tdo_held_out {
    tdo_served plan, single;
    const tdo_rechecked *limit; /* [limits] */
    size_t below_floor;         /* segments that somebody serves below a floor there */
} tdo_held_out;

/* A segment that nobody may serve. */
typedef struct tdo_unserved {
    uint32_t segment, nearest; /* nearest: the candidate that misses its floors least */
    size_t floor;              /* the one that it misses most, in units of what the file spans */
    double by;                 /* in the unit of that floor */
} tdo_unserved;

enum { TDO_UNSERVED_LISTED = 20 };

typedef struct tdo_planned {
    tdo_arena *arena;
    const tdo_scenario *scenario;
    tdo_warnings warnings;
    char sha256[65]; /* of the file of segments */
    size_t rows;
    const char *const *segment;   /* [problem.segments] */
    const char *const *candidate; /* [problem.candidates] */
    const char *const *group;     /* [problem.groups]; NULL: the scenario has none */
    const double *group_size;     /* [problem.groups] sums of sizes */
    const double *power;          /* [stakeholders] sums to 1 */
    const double *weight;         /* [stakeholders x criteria] of each sums to 1 */
    tdo_plan_problem problem;     /* its limits are those of the scenario, in its order */
    tdo_plan_solution solution;
    tdo_plan_totals totals; /* of the plan, where there is one */
    tdo_served plan;
    size_t single;    /* the best candidate that may serve all within the limits; TDO_NONE: none */
    size_t reference; /* whom "not_below": "single" asks for: single, or where that is none, the
                         best that keeps all limits but gaps; TDO_NONE: none */
    tdo_served single_served;
    size_t today; /* the incumbent; TDO_NONE */
    bool has_holdout;
    tdo_held_out holdout;         /* where there is a plan, too */
    const tdo_unserved *unserved; /* [n_listed] the first ones */
    size_t n_unserved, n_listed;
} tdo_planned;

/* Reads a scenario with its segments and plans. *out is made by the call and freed with
 * tdo_planned_free, also on error. Errors: TDO_E_INPUT (all in the report, located), TDO_E_IO,
 * TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_API TDO_MUST_USE tdo_status tdo_plan_scenario(const char *file, const tdo_segments_options *o,
                                                  tdo_planned *out, tdo_report *report);
TDO_API void tdo_planned_free(tdo_planned *x);

/* The candidate of a part of a segment and its share, in the order of candidates; *at from 0 on.
 * False: there is no more. */
TDO_API bool tdo_planned_next(const tdo_planned *x, size_t segment, size_t *at, size_t *candidate,
                              double *share);

/* JSON, format "tradeoff-plan/1": the same bytes for the same input. Errors: TDO_E_IO (the sink
 * failed), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_write_plan(const tdo_planned *x, tdo_sink *o);

/* CSV: segment, candidate, share. Errors: the same. */
TDO_API TDO_MUST_USE tdo_status tdo_write_plan_csv(const tdo_planned *x, tdo_sink *o);

/* ---- what routers read ---- */

typedef enum tdo_router {
    TDO_ROUTER_LITELLM,
    TDO_ROUTER_NGINX,
    TDO_ROUTER_ENVOY,
    TDO_ROUTERS
} tdo_router;

/* "litellm", "nginx", "envoy"; in the order of the enum. */
TDO_API extern const char *const tdo_router_name[TDO_ROUTERS];

/* A name that this router's configuration cannot hold; NULL: there is none. */
TDO_API const char *tdo_unroutable(const tdo_planned *x, tdo_router router);

/* Who serves each segment, as a configuration of that router; nothing where there is no plan.
 * Errors: as tdo_write_plan. */
TDO_API TDO_MUST_USE tdo_status tdo_write_routes(const tdo_planned *x, tdo_router router,
                                                 tdo_sink *o);

/* For people: shares, gain, limits, whom it serves. style: NULL is 100 columns, no colours.
 * Errors: the same. */
TDO_API TDO_MUST_USE tdo_status tdo_write_plan_table(const tdo_planned *x,
                                                     const tdo_table_style *style, tdo_sink *o);

/* The JSON Schema of tradeoff-plan/1. */
TDO_API const char *tdo_plan_schema(void);

#ifdef __cplusplus
}
#endif

#endif
