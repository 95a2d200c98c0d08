/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans: which candidate serves which segment. The file of segments once more, and what a plan
 * comes to.
 *
 *   plan_read          segments, candidates, groups, utilities, limits
 *   plan_served        what a plan, or one candidate for all, comes to
 *   check_plan_proof   who serves whom, and that nothing is better, by the multipliers
 *   check_plan_none    that there is no plan
 *   check_plan         all claims, in order: start reading here */
#ifndef TRADEOFF_REPLAN_PLAN_H
#define TRADEOFF_REPLAN_PLAN_H

#include "recount/standing.h"
#include "reread/readings.h"
#include "tradeoff/verify.h"

typedef enum verify_bind { VERIFY_AVERAGE, VERIFY_SHARE, VERIFY_GAP } verify_bind;

typedef struct verify_plan_limit {
    const verify_node *node;
    verify_bind bind;
    size_t candidate;     /* of a share */
    int criterion;        /* VERIFY_NONE: a column */
    double *x, *held;     /* [rows] readings; those held out in their places */
    double min, max;      /* infinite: none */
    double *least, *most; /* [groups] what "not_below" asks of each average; NULL: nothing */
} verify_plan_limit;

typedef struct verify_floor {
    int criterion; /* VERIFY_NONE: a column */
    double *x;     /* [rows] of a column */
    double min, max;
} verify_floor;

typedef struct verify_plan {
    verify_job *j;
    verify_world *w, held;   /* whose candidates are rows */
    const verify_node *from; /* "segments" of the scenario */
    verify_node *node;       /* "plan" of the result */
    size_t segments, candidates, groups;
    const char **segment, **candidate, **group; /* by bytes; group NULL: the scenario has none */
    uint32_t *row;                              /* [segments x candidates] */
    uint32_t *group_of;                         /* [segments] */
    double *size, *group_size, whole;           /* [segments], [groups], all */
    double *utility, *held_utility;             /* [rows x people]; held NULL: nothing is */
    bool *barred;                               /* [rows] */
    verify_plan_limit *limit;                   /* [n] */
    verify_floor *floor;                        /* [floors] */
    size_t n, floors;
    bool least_counts; /* maximin */
} verify_plan;

/* Who serves: of segment s the parts first[s] to first[s + 1] - 1. */
typedef struct verify_part {
    uint32_t candidate;
    double share;
} verify_part;

typedef struct verify_service {
    size_t *first; /* [segments + 1] */
    verify_part *part;
} verify_service;

/* Averages by size. */
typedef struct verify_served {
    double value;    /* of the objective */
    double *utility; /* [people] */
    double *of;      /* [groups x people] */
    double *traffic; /* [candidates] */
    double *average; /* [limits x groups] */
    double *at;      /* [limits] what each binds */
} verify_served;

static inline uint32_t verify_plan_row(const verify_plan *p, size_t segment, size_t candidate)
{
    return p->row[segment * p->candidates + candidate];
}

/* w->job, w->scenario and the setting are there. */
bool verify_plan_read(verify_plan *p, verify_world *w);

/* The place of a name among n in the order of their bytes, or VERIFY_NONE. */
int verify_plan_find(const char *const *names, size_t n, const char *name);

/* Does a row miss a floor? */
bool verify_plan_misses(const verify_plan *p, const verify_floor *f, size_t row, bool held);

/* held: on what did not choose. */
bool verify_plan_serve(const verify_plan *p, const verify_service *s, bool held,
                       verify_served *out);

/* Does limit k hold there, within the rounding of sums? */
bool verify_plan_keeps(const verify_plan *p, size_t k, const verify_served *s);

/* "proof": the shares of all, and what no plan exceeds: *most, known to *off. choice NULL: there is
 * no plan. */
bool verify_plan_proof(verify_plan *p, verify_service *choice, double *most, double *off);

/* There is none: proven, or not found. */
bool verify_plan_none(verify_plan *p);

/* The multiplier of limit k, whichever way it allows more; of the proof. */
double verify_plan_price(const verify_plan *p, size_t k);

/* The whole of a plan. */
bool verify_check_plan(verify_world *w, const tdo_inputs *files, tdo_verification *out);

#endif
