/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits in words: by the label of what they look at, with their bound as it was written. */
#ifndef TRADEOFF_EXPLAIN_LIMIT_WORDS_H
#define TRADEOFF_EXPLAIN_LIMIT_WORDS_H

#include "tradeoff/run.h"

/* The label of the criterion, or the column. */
const char *speech_name_of(const tdo_run *run, const tdo_condition *is);

/* The unit of a difference: " percentage points" of percentages, " levels" of words. */
void speech_put_unit_apart(tdo_sink *o, const tdo_criterion *c, double by);

/* A bound on what a condition looks at, as it was written, with its unit. */
void speech_put_bound(tdo_sink *o, const tdo_run *run, const tdo_condition *is, double bound);

/* "Latency, p95 at most 320 ms", "needs_new_cluster is no" */
void speech_put_limit_of(tdo_sink *o, const tdo_run *run, const tdo_constraint *k);

/* What a limit relative to today's allows: "0.05 NDCG", "3 levels", "5%". */
void speech_put_worse_by(tdo_sink *o, const tdo_run *run, const tdo_constraint *k, double by);

/* How much worse than today's a reading is, as the limit counts it: in its unit, or in percent of
 * today's. Not rounded to what people can read. */
double speech_worse_by(const tdo_run *run, const tdo_constraint *k, double reading);

/* One side of it: "Latency, p95 at most 320 ms"; of a limit relative to today's that has two, which
 * is one on the distance from a target: "Fit at most 9 (worse than today's by at most 2)". */
void speech_put_side(tdo_sink *o, const tdo_run *run, const tdo_constraint *k, bool is_max);

/* The bound that a limit would be moved to, rounded so that it still lets the same ones in. */
void speech_put_moved_bound(tdo_sink *o, const tdo_run *run, const tdo_constraint *k, double to);

/* "Latency, p95 at most 162 ms (now 150)", "Accuracy worse than today's by at most 0.13 (now
 * 0.05)", "region may be eu": a limit moved so that it lets somebody in. */
void speech_put_way(tdo_sink *o, const tdo_run *run, const tdo_relaxation *x);

/* " (Product)": whose it is, where that is said. */
void speech_put_owner(tdo_sink *o, const tdo_run *run, const tdo_constraint *k);

/* " (Product: checkout budget)": whose it is and why, as far as that is said. */
void speech_put_whose(tdo_sink *o, const tdo_run *run, const tdo_constraint *k);

/* The label of a stakeholder, where the owner is the id of one. */
const char *speech_owner_of(const tdo_scenario *s, const char *owner);

/* What candidate i has where constraint j looks, with all its digits. */
void speech_put_found_in_full(tdo_sink *o, const tdo_run *run, size_t j, size_t i);

#endif
