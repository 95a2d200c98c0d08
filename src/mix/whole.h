/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole numbers of models: every set of a few, or a search. */
#ifndef TRADEOFF_MIX_WHOLE_H
#define TRADEOFF_MIX_WHOLE_H

#include "mix/program.h"

/* The rule's own split of these models, every share at least min_share, all of them used. who: [n]
 * ascending. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status mix_refine(mix_problem *m, const uint32_t *who, size_t n, tdo_arena *a,
                                   mix_answer *out, tdo_error *err);

/* Are there few enough sets of so many models to look at all? */
bool mix_are_few(const mix_problem *m, size_t most);

/* The best split of at most so many, by looking at all of them. out: in: the relaxed answer, for
 * its multipliers; relaxed: nothing is better than this. Errors: as mix_refine. */
TDO_MUST_USE tdo_status mix_solve_few(mix_problem *m, size_t most, double relaxed, tdo_arena *a,
                                      mix_answer *out, tdo_error *err);

/* ---- the search among many ---- */

/* Solves the program. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status mix_search(mix_program *g, tdo_arena *a, tdo_lp_solution *out,
                                   tdo_error *err);

/* The split of a solution, refined; what the refining cannot do is left as it is. */
TDO_MUST_USE tdo_status mix_read_answer(const mix_program *g, const tdo_lp_solution *s,
                                        tdo_arena *a, mix_answer *out, tdo_error *err);

/* leximin: betters the split that has the largest least level. */
TDO_MUST_USE tdo_status mix_raise_sums(mix_program *g, tdo_arena *a, mix_answer *out,
                                       tdo_error *err);

#endif
