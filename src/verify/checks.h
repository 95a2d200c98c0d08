/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks, one for each part of a result, in the order in which they are made: later ones take
 * what earlier ones found to hold. */
#ifndef TRADEOFF_VERIFY_CHECKS_H
#define TRADEOFF_VERIFY_CHECKS_H

#include "recount/case.h"
#include "tradeoff/verify.h"

/* criteria, stakeholders, constraints, title, outcome, counts */
bool verify_check_setting(verify_case *k);

/* candidates: ids, status, readings, values, utilities; those of the result take the places of ours
 */
bool verify_check_candidates(verify_case *k);

/* ranks, rule_ranks, scores of everybody listed */
bool verify_check_ranks(verify_case *k);

/* frontier, dominated_by, ranking */
bool verify_check_frontier(verify_case *k);

/* recommendation.leads: how sure the best score is above those of simpler ones. Closed forms are
 * computed again from the errors that the result names; what was sampled is taken as it is. Sets
 * open. */
bool verify_judge_leads(verify_case *k, const verify_node *recommendation);

/* Is the slot within reach of the best score, and better on the criterion of "simpler"? */
bool verify_is_simpler(const verify_case *k, size_t slot);

/* recommendation, rules, favourites */
bool verify_check_verdict(verify_case *k);

/* infeasible: the conflict is smallest, who is nearest, what would let somebody in */
bool verify_check_infeasible(verify_case *k);

/* choice: who can be first at which weights, ranges of ranks, the flip, intervals, improvements */
bool verify_check_choice(verify_case *k);
bool verify_check_whatifs(verify_case *k, const verify_node *choice, size_t first);

/* constraints[].steps, candidates[].without_limits */
bool verify_check_limits(verify_case *k);

/* recommendation.without */
bool verify_check_without(verify_case *k);

/* portfolio: its set, that nothing is worth more, the frontier, the core */
bool verify_check_portfolio(verify_case *k);

/* agree: everybody's moves, what would make up for them, needs */
bool verify_check_agree(verify_case *k);

#endif
