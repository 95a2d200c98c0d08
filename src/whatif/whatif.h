/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run answers when its scenario or its measurements are edited. */
#ifndef TRADEOFF_WHATIF_WHATIF_H
#define TRADEOFF_WHATIF_WHATIF_H

#include "tradeoff/search.h"
#include "weights/choice_edits.h"

/* All of it as indices of candidates; TDO_NONE: nobody is feasible. */
typedef struct whatif_answer {
    size_t top, recommended; /* "simpler" may prefer another one to the top */
    double score;            /* of the top */
    bool level;              /* another one is first, too */
    uint32_t rank;           /* of the candidate that is watched; 0: it is not feasible */
    bool shared;             /* another one has that rank, too */
} whatif_answer;

/* Runs the stages from screening to ranking, under the headline rule alone. d: what limits with
 * "shown" are judged by, which no edit may have changed; watched: a candidate; TDO_NONE: none.
 * Errors: TDO_E_INPUT (the rule is not computed for so many), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status whatif_run(const tdo_scenario *s, const tdo_measured *x,
                                   const tdo_limit_doubts *d, size_t watched, whatif_answer *out);

/* The same for everybody's rank: [n], 0 where not feasible. */
TDO_MUST_USE tdo_status whatif_ranks(const tdo_scenario *s, const tdo_measured *x,
                                     const tdo_limit_doubts *d, uint32_t *rank);

/* Would whom an edited case recommends have to be sampled? ("simpler" asks for leads that are not
 * shown, and these have no closed form.) */
bool whatif_needs_samples(const tdo_case *k);

/* Looks at candidates that this costs with n of them measured and at most f feasible, about;
 * INFINITY: the rule is not computed for so many. */
double whatif_cost(const tdo_scenario *s, size_t n, size_t f);

/* ---- what one cell would have to be ---- */

/* Looks at candidates for all improvements together, and those that a run is worth besides. */
#define WHATIF_IMPROVE_ANEW 2e7
#define WHATIF_RUN_ANEW     1000

/* What a slot lacks to be first under the headline rule, which is not `weighted`. a: for work.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status whatif_improve(const tdo_case *k, uint32_t slot, tdo_arena *a,
                                       double *steps, tdo_improvement *out);

/* ---- where a better cell may change the answer more than once ---- */

/* The utilities of all while one cell moves. */
typedef struct whatif_curve {
    const choice_edit *x;
    tdo_arena *a;      /* for points */
    double *steps;     /* looks at candidates that are left */
    double *near;      /* [S x F] utilities at the near end of what is looked at */
    double *far;       /* [S x F] */
    double *added;     /* [F] room */
    double *view_at;   /* cells that were looked at lately, and what was seen there */
    choice_view *view; /* [n of the edit] each */
    double *point;     /* found so far, in the order in which they are found */
    size_t n;
    bool failed;
} whatif_curve;

/* The utility of slot j for stakeholder s. */
void whatif_look(const choice_edit *x, double cell, choice_view *seen);
/* Room for views of up to d readers. False: no memory. */
TDO_MUST_USE bool whatif_make_views(whatif_curve *y, size_t d, tdo_arena *a);
/* Sets a row of utilities. */
void whatif_utilities(whatif_curve *y, double cell, double *utility);
void whatif_add_point(whatif_curve *y, double at);

/* Adds the points between a and b at which the answer may change; utilities go one way in
 * between. False: too much work. */
bool whatif_places(whatif_curve *y, double a, double b);
bool whatif_levels(whatif_curve *y, double a, double b);
bool whatif_needs(whatif_curve *y, double a, double b);
bool whatif_stages(whatif_curve *y, double a, double b);

#endif
