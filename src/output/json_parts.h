/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the result, each written by one function, in the order in which they stand. */
#ifndef TRADEOFF_OUTPUT_JSON_PARTS_H
#define TRADEOFF_OUTPUT_JSON_PARTS_H

#include "explain/facts.h"
#include "tradeoff/explain.h"
#include "json/writer.h"

/* json_setting.c, json_robust.c: what was asked */
void out_criteria(json_writer *j, const tdo_run *run, const facts_listing *list);
void out_stakeholders(json_writer *j, const tdo_run *run);
/* Those who are listed and not dropped: the feasible ones in the order of the ranking, the others
 * by id. *out: [*n_out], from a. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status out_list_ranked(const tdo_run *run, const facts_listing *list, tdo_arena *a,
                                        uint32_t **out, size_t *n_out);
TDO_MUST_USE tdo_status out_constraints(json_writer *j, const tdo_run *run,
                                        const facts_listing *list, tdo_arena *a);

/* json.c: the files that were read */
void out_inputs(json_writer *j, const tdo_run *run);

/* json_candidates.c: what was found about each listed candidate. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status out_candidates(json_writer *j, const tdo_run *run,
                                       const facts_listing *list);

/* json_verdict.c: what follows */
void out_recommendation(json_writer *j, const tdo_run *run, const facts_listing *list,
                        const tdo_sentences *why);
void out_rules(json_writer *j, const tdo_run *run, const facts_listing *list);
void out_infeasible(json_writer *j, const tdo_run *run, const tdo_sentences *why);
void out_sentences(json_writer *j, const tdo_sentences *s);

/* json_choice.c: the weights behind each choice. a: for its sentences. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status out_choice(json_writer *j, const tdo_run *run, tdo_arena *a);

/* json_portfolio.c, json_mix.c: the set and the split, if they were asked for. a: for their
 * sentences. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status out_portfolio(json_writer *j, const tdo_run *run, tdo_arena *a);
TDO_MUST_USE tdo_status out_mix(json_writer *j, const tdo_run *run, tdo_arena *a);
/* json_splits.c: the frontier of splits, likewise */
void out_splits(json_writer *j, const tdo_run *run);

/* json_robust.c: how sure, if samples were drawn. a: for its texts. Errors: TDO_E_MEMORY. */
void out_information(json_writer *j, const tdo_run *run);
TDO_MUST_USE tdo_status out_robust(json_writer *j, const tdo_run *run, const facts_listing *list,
                                   tdo_arena *a);

/* json_agree.c: where an agreement is near, if that was asked for. */
void out_agreement(json_writer *j, const tdo_run *run, tdo_arena *a);

#endif
