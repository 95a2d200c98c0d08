/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all writers agree on: which candidates are listed, what one is called, what a need lacks. */
#ifndef TRADEOFF_EXPLAIN_FACTS_H
#define TRADEOFF_EXPLAIN_FACTS_H

#include "tradeoff/run.h"

/* "feasible", "infeasible" or "dropped". */
const char *facts_candidate_status(const tdo_run *run, size_t i);
bool facts_is_feasible(const tdo_run *run, size_t i);
/* Is candidate i what is recommended; where a set is wanted, in it? */
bool facts_is_answer(const tdo_run *run, size_t i);

/* The id of the feasible candidate in slot k; NULL for UINT32_MAX. */
const char *facts_slot_id(const tdo_run *run, uint32_t k);

/* The scores of the headline rule. */
const tdo_rule_result *facts_headline(const tdo_run *run);

/* Does a stakeholder count in the rules? run: with utilities. */
bool facts_has_power(const tdo_run *run, size_t h);
/* "Ops"; "Ops (no power)" of who is left out of every rule. */
void facts_put_person(tdo_sink *o, const tdo_run *run, size_t h);

/* Another one that is first under the headline rule as well; UINT32_MAX: none. */
uint32_t facts_another_first(const tdo_run *run);
/* Is the recommended one the first by name of those who are first under the headline rule? */
bool facts_first_by_name(const tdo_run *run);
/* Are all others that noise ties with the recommended one as good as it in practice? */
bool facts_ties_are_as_good(const tdo_run *run);

/* How far slot k is behind the recommended one in score; NaN where scores are not compared. */
double facts_behind(const tdo_run *run, uint32_t k);

/* A stakeholder's utility of slot k, and what it loses there against its own favourite (>= 0). */
double facts_utility_at(const tdo_run *run, size_t stakeholder, uint32_t k);
double facts_regret_at(const tdo_run *run, size_t stakeholder, uint32_t k);
/* Slot k's rank on their own list. */
uint32_t facts_own_rank(const tdo_run *run, size_t stakeholder, uint32_t k);

/* Does today's stand under a bargaining rule because no other one makes everybody better off? Then
 * its score, the gain over itself, means nothing. */
bool facts_keeps_today(const tdo_run *run, tdo_rule rule);

/* The reading of criterion c in slot k. */
double facts_reading_at(const tdo_run *run, size_t c, uint32_t k);

/* Was the reading not measured, and taken as the worst measured by the others? */
bool facts_is_assumed(const tdo_run *run, size_t c, size_t i);

/* How far candidate i is from meeting a need, in its unit; 0: met. */
double facts_need_gap(const tdo_run *run, const tdo_need *need, size_t i);

/* Are weights or powers of anybody a region? */
bool facts_has_open_weights(const tdo_run *run);
/* Does anything differ between the samples of a run that has them? */
bool facts_is_uncertain(const tdo_run *run);

/* The frontier, best rank first; by the bytes of the id where nobody has wishes. Then the layers
 * behind it, where they were looked for: [n]. NULL: out of memory. */
const uint32_t *facts_frontier(const tdo_run *run, tdo_arena *a, size_t *n);

/* The layer of the one at that place of the list. */
size_t facts_layer(const tdo_run *run, size_t at);

/* The share of the box of values that slot k, on the frontier, alone reaches: where it was looked
 * for (volume of the run); NaN: not found. */
double facts_volume(const tdo_run *run, uint32_t k);

/* How many infeasible ones there are: loaded, not dropped, not feasible. */
size_t facts_infeasible_n(const tdo_run *run);

/* A file that the run read. */
typedef struct facts_input {
    const char *role, *file, *sha256;
} facts_input;

/* The file at *at (0 at first), each once, and *at for the next; false: there is none. */
bool facts_next_input(const tdo_run *run, size_t *at, facts_input *out);

/* Which candidates a result lists. Whatever `listed` leaves out is named nowhere in the result. */
typedef struct facts_listing {
    const bool *listed; /* [n]; NULL: all of them */
    size_t count;       /* how many are */
    size_t ranked;      /* how many places of the ranking are */
} facts_listing;

/* Everyone; or, above TDO_LISTED_MAX loaded ones and unless all is set, the frontier, the best
 * TDO_LISTED_BEST and whoever else the result names: the incumbent, the recommended one, the winner
 * of a rule, a stakeholder's favourite, and when nothing is feasible the nearest one and those whom
 * a relaxation lets in. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status facts_list_candidates(const tdo_run *run, bool all, tdo_arena *a,
                                              facts_listing *out);

bool facts_is_listed(const facts_listing *l, size_t i);

/* Where those listed stand, NULL: the ranking has that of all. Whose place it has not kept is
 * ranked with all others now. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status facts_find_places(const tdo_run *run, const facts_listing *list,
                                          tdo_arena *a, const tdo_places **out);

/* There: the rank of slot k, under a rule and on a stakeholder's own list. */
uint32_t facts_rank_in(const tdo_run *run, const tdo_places *places, tdo_rule rule, uint32_t k);
uint32_t facts_own_rank_in(const tdo_run *run, const tdo_places *places, size_t stakeholder,
                           uint32_t k);

#endif
