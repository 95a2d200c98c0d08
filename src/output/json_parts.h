/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the result, each written by one function, in the order in which they stand. */
#ifndef TRADEOFF_OUTPUT_JSON_PARTS_H
#define TRADEOFF_OUTPUT_JSON_PARTS_H

#include "explain/facts.h"
#include "json/writer.h"
#include "tradeoff/explain.h"

/* json_setting.c: what was asked */
void tdo_json_criteria(tdo_json *j, const tdo_run *run);
void tdo_json_stakeholders(tdo_json *j, const tdo_run *run);
void tdo_json_constraints(tdo_json *j, const tdo_run *run);

/* json_candidates.c: what was found about each listed candidate. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_json_candidates(tdo_json *j, const tdo_run *run,
                                            const tdo_listing *list);

/* json_verdict.c: what follows */
void tdo_json_recommendation(tdo_json *j, const tdo_run *run, const tdo_listing *list,
                             const tdo_sentences *why);
void tdo_json_rules(tdo_json *j, const tdo_run *run);
void tdo_json_infeasible(tdo_json *j, const tdo_run *run, const tdo_sentences *why);
void tdo_json_sentences(tdo_json *j, const tdo_sentences *s);

/* json_choice.c: the weights behind each choice. a: for its sentences. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_json_choice(tdo_json *j, const tdo_run *run, tdo_arena *a);

/* json_mix.c: the split, if one was asked for. a: for its sentences. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_json_mix(tdo_json *j, const tdo_run *run, tdo_arena *a);

#endif
