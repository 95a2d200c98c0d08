/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One LP through GLPK's simplex: loaded, scaled, solved, read, deleted. No GLPK object outlives
 * the call. (Loading costs a third of a warm solve, measured; in return there is no state between
 * calls, no thread that an LP is tied to, and nothing to lose when GLPK runs out of memory.) */
#ifndef TRADEOFF_LP_SIMPLEX_H
#define TRADEOFF_LP_SIMPLEX_H

#include "lp/model.h"

/* How to go about it. */
typedef struct lp_way {
    bool warm;  /* from the places given; else from a basis of GLPK's choice */
    bool slack; /* cold: from the rows */
    bool dual;  /* dual simplex first */
    enum { LP_SCALE_FULL, LP_SCALE_EQUAL, LP_SCALE_NONE } scale;
} lp_way;

typedef enum lp_verdict {
    LP_V_OPTIMAL,
    LP_V_INFEASIBLE,
    LP_V_UNBOUNDED,
    LP_V_LIMIT,
    LP_V_FAILED
} lp_verdict;

typedef struct lp_simplex_result {
    lp_verdict verdict; /* what GLPK thinks; never to be believed */
    bool feasible;      /* it thinks that x is */
    double *x;          /* [n] */
    double *y;          /* [m] duals of the minimisation */
    double *ray;        /* [n] */
    bool has_ray;
    uint32_t iterations;
    double seconds;
} lp_simplex_result;

/* place: [n + m] in and out (out: untouched where GLPK did not finish). r's arrays are made by
 * the caller. options: without zeros. Errors: TDO_E_MEMORY, TDO_E_INTERNAL (GLPK complained:
 * text). */
TDO_MUST_USE tdo_status lp_simplex(const lp_form *f, lp_way way, const tdo_lp_options *options,
                                   uint8_t *place, lp_simplex_result *r, char *text);

typedef struct lp_search_result {
    enum { LP_S_FOUND, LP_S_NONE, LP_S_LIMIT, LP_S_FAILED } verdict;
    bool has_x;   /* x holds the best so far */
    double *x;    /* [n] */
    double bound; /* of the minimisation; -INFINITY: none known */
    uint32_t nodes, iterations;
    double seconds;
} lp_search_result;

/* The same for an integer program, by branch and bound. place: an optimal basis of the LP without
 * the whole numbers. */
TDO_MUST_USE tdo_status lp_search(const lp_form *f, const bool *integer,
                                  const tdo_lp_options *options, const uint8_t *place,
                                  lp_search_result *r, char *text);

#endif
