/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a comparison, and what its writers share. */
#ifndef TRADEOFF_COMPARE_DIFF_PARTS_H
#define TRADEOFF_COMPARE_DIFF_PARTS_H

#include "explain/words.h"

#include "tradeoff/diff.h"

/* ---- comparing; each fills its part of d. Errors: TDO_E_MEMORY ---- */

/* diff_scenario.c: settings, one by one. */
TDO_MUST_USE tdo_status diff_settings(tdo_diff *d, tdo_arena *a);
/* diff_setting.c: files, limits, people, criteria, winners. */
TDO_MUST_USE tdo_status diff_asked(tdo_diff *d, tdo_arena *a);
/* diff_candidates.c: candidates and frontier. */
TDO_MUST_USE tdo_status diff_found(tdo_diff *d, tdo_arena *a);

/* diff_set.c */
bool diff_same_answer(const tdo_diff *d);
/* What became of the set, where one is wanted. */
void diff_say_set(speech *t, const tdo_diff *d);

/* diff_setting.c: the criterion of r with this id, or NULL. */
const tdo_criterion *diff_result_criterion_of(const tdo_result *r, const char *id);

/* diff_candidates.c: the word of a reading of a criterion with levels; NULL: it is a number, or not
 * measured. */
const char *diff_level_word(const tdo_criterion *c, double reading);

/* ---- what the writers share (diff_cells.c, diff_setting.c) ---- */

enum { DIFF_SHOWN = 20 }; /* candidates that text and Markdown show; JSON has all */

/* A reading without its unit: "0.832", "post-hoc", "not measured"; with as many digits as tell it
 * from the one beside which it stands. Likewise with its unit. */
void diff_put_bare_reading(tdo_sink *o, const tdo_criterion *c, double reading, double beside);
void diff_put_reading(tdo_sink *o, const tdo_criterion *c, double reading, double beside);

/* A value of the scenario as JSON, cut after 80 columns; "not set" for NULL. */
void diff_put_setting(tdo_sink *o, tdo_arena *a, const struct tdo_node *n);

/* "Latency at most 150 ms": a limit of a result, and whose it is (diff_setting.c). */
void diff_put_limit(tdo_sink *o, const tdo_result *r, const tdo_result_limit *l);
const char *diff_owner_of(const tdo_result *r, const tdo_result_limit *l);

/* What a cell shows of a reading that changed: "0.7685 (-0.0161 ~)". */
void diff_put_change(tdo_sink *o, const tdo_diff_reading *r);

/* What became of a candidate: "recommended", "added", "feasible now; region "eu" (was "us")"; or
 * nothing. */
void diff_put_fate(tdo_sink *o, const tdo_diff *d, const tdo_diff_candidate *c);

/* What changed about a candidate; NULL: nothing. */
const tdo_diff_candidate *diff_find_changed(const tdo_diff *d, const char *id);

/* ---- diff_ties.c ---- */

/* Who is first under a rule; NULL: it was not computed. rule: NULL: none. */
const tdo_result_winner *diff_winner_of(const tdo_result *r, const char *rule);
/* ", tied with "c" and 2 more": who is first under the rule beside id; nothing where id is not
 * first, or alone. */
void diff_put_tied(tdo_sink *o, const tdo_result *r, const char *rule, const char *id, bool quoted);
/* "a, tied with c"; nobody: what is put where the rule was not computed. */
void diff_put_winner(tdo_sink *o, const tdo_result *r, const char *rule, const char *nobody);

/* ---- diff_scale.c ---- */

/* Did an observed range move? */
bool diff_scale_moved(const tdo_diff_criterion *c);

/* Each that did, and because of whom. */
void diff_say_scales(speech *t, const tdo_diff *d);

/* Is it proven that they changed the recommendation? Yes where the scenario asks the same, the old
 * one and the new one measure the same and were feasible both times, and the rule's score rests on
 * nothing else. */
bool diff_scale_decided(const tdo_diff *d);

/* ---- diff_cells.c ---- */

/* "ML: added"; "ML: weight on quality 0.5 (was 0.25), power 0.2 (was 0.5), would choose "a" (was
 * "b")" */
void diff_put_person_change(tdo_sink *o, const tdo_diff *d, const tdo_diff_person *p);

/* "latency: added"; "latency: 0 for 300 ms (was 250 ms), 1 for 20 ms (was 30 ms)" */
void diff_put_criterion_change(tdo_sink *o, const tdo_diff_criterion *c);

/* "added", "removed", "moved" or, where only its effect or its words changed, "same". */
const char *diff_limit_change(const tdo_diff_limit *l);

/* Whether candidate k of the diff is among those that text and Markdown show: the first ones, and
 * those that are or were recommended. */
bool diff_shows(const tdo_diff *d, size_t k);

/* Did a reading of this criterion (of the new result) change for anybody shown? */
bool diff_shows_criterion(const tdo_diff *d, const tdo_criterion *c);

/* The reading of a criterion that changed, or NULL. */
const tdo_diff_reading *diff_reading_of(const tdo_diff_candidate *k, const tdo_criterion *c);

#endif
