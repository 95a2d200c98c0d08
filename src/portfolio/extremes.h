/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Extreme weights of the group over all that is left open. */
#ifndef TRADEOFF_PORTFOLIO_EXTREMES_H
#define TRADEOFF_PORTFOLIO_EXTREMES_H

#include "portfolio/portfolio.h"

/* Group weights: [n x d]. */
typedef struct pick_weights {
    double *w;
    size_t n, d, room;
    tdo_arena *a;
} pick_weights;

/* What is left open: each subject's extreme weights over the criteria, the last those of powers
 * over the stakeholders. */
typedef struct pick_extremes {
    double **vertex; /* [S + 1] each [n x d], or [n x S] */
    size_t *n;
    size_t s, d;
    bool group; /* nobody has a region: one subject, the group, any weights */
} pick_extremes;

/* "more >= less" of a subject's weights. */
typedef struct pick_statement {
    size_t subject, more, less;
} pick_statement;

/* listed false: somebody's region has too many extreme weights. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pick_list_extremes(const tdo_case *k, tdo_arena *a, pick_extremes *out,
                                           bool *listed);
/* Group weights of every combination; complete false: there are too many. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pick_combine(const pick_extremes *e, pick_weights *out, bool *complete);
/* The extreme weights under a statement, and where edges cross it: points inside do no harm.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status pick_cut(const pick_extremes *e, pick_statement t, tdo_arena *arena,
                                 pick_extremes *out);

#endif
