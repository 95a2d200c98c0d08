/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scenario asks of a set of candidates: its "portfolio". */
#ifndef TRADEOFF_SET_H
#define TRADEOFF_SET_H

#include "tradeoff/beside.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tdo_constraint;

/* Candidates that belong to each other in a portfolio. All of them or none; one of them at most;
 * the first only with all the others. */
typedef enum tdo_link_kind { TDO_LINK_TOGETHER, TDO_LINK_APART, TDO_LINK_REQUIRES } tdo_link_kind;

typedef struct tdo_link {
    tdo_link_kind kind;
    const char **id;  /* [n] different ones */
    tdo_place *place; /* [n] */
    size_t n;
    const char *text;
} tdo_link;

typedef enum tdo_portfolio_rule {
    TDO_PORTFOLIO_WEIGHTED,
    TDO_PORTFOLIO_MAXIMIN,
    TDO_PORTFOLIO_RULES
} tdo_portfolio_rule;
TDO_API extern const char *const tdo_portfolio_rule_name[]; /* [TDO_PORTFOLIO_RULES] */

/* What is asked of a set of candidates. */
typedef struct tdo_portfolio_options {
    bool asked; /* the scenario has a "portfolio" */
    struct tdo_constraint
        *limits; /* [n_limits] min and max only: bounds on the sum of the readings */
    size_t n_limits;
    bool has_count; /* so many candidates; else any number */
    size_t count_min, count_max;
    const double *none; /* [n_criteria] readings of doing nothing, NaN: not given; or NULL */
    bool best;          /* each stakeholder is served by the best one taken; else values add */
    tdo_portfolio_rule rule;
    tdo_link *links; /* [n_links] */
    size_t n_links;
} tdo_portfolio_options;

#ifdef __cplusplus
}
#endif

#endif
