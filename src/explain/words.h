/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building blocks of the sentences. All write to a sink; a failed sink shows when the text is
 * taken. */
#ifndef TRADEOFF_EXPLAIN_WORDS_H
#define TRADEOFF_EXPLAIN_WORDS_H

#include "tradeoff/explain.h"

/* Digits that numbers in words are rounded to; the result holds them in full. */
enum { SPEECH_WORD_DIGITS = 6, SPEECH_SCORE_DIGITS = 4 };

/* The sentences while they are made. */
typedef struct speech {
    const tdo_run *run;
    tdo_arena *a;
    tdo_sentences out;
    tdo_sink o; /* the sentence being made */
    bool failed;
} speech;

speech speech_start(const tdo_run *run, tdo_arena *a);
/* Ends the sentence (a full stop is added) and keeps it. */
void speech_end(speech *t);
/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status speech_finish(speech *t, tdo_sentences *out);

/* Candidate index of a slot, and its quoted id. */
size_t speech_candidate_of(const tdo_run *run, uint32_t slot);
void speech_put_candidate(tdo_sink *o, const tdo_run *run, size_t i);

/* "it gains in latency (118 instead of 130 ms, 12 less) and gives up quality (...)" of i
 * over j. */
void speech_put_comparison(tdo_sink *o, const tdo_run *run, size_t i, size_t j,
                           const double *weight);

/* How sure the lead over it is, where "simpler" asks; NULL: it does not, or not for this one. */
const tdo_lead *speech_lead_over(const tdo_run *run, uint32_t slot);
/* Why a simpler one is recommended, or, though one is within reach, is not. */
void speech_say_simpler(speech *t);

/* Is the difference of two readings within two standard errors of it? False where none are known.
 */
bool speech_within_noise(const tdo_run *run, size_t c, size_t i, size_t j);

/* "Latency at most 80 ms" */
void speech_put_need(tdo_sink *o, const tdo_scenario *s, const tdo_need *need);

/* "Ranking quality: 0.75; Parity: 0.25": the weights that are not 0. */
void speech_put_weights(tdo_sink *o, const tdo_run *run, size_t stakeholder);

/* A score under a rule in words: what it avoids without its sign, and where it counts points, those
 * of 100, with as many decimals as tell it from the other one. */
void speech_put_score(tdo_sink *o, tdo_rule rule, double score, double other);
/* And what it counts: "79 points of 100", "0.0746 (bargaining score)". */
void speech_put_score_of(tdo_sink *o, tdo_rule rule, double score, double other);

/* "Latency 118 ms instead of 130 ms"; "fee 26000 instead of 17047 (Margin)": a column of a sum;
 * "recall of women 0.7 instead of 0.6, up to 0.8": a subgroup, and it is lost again beyond. */
void speech_put_improvement(tdo_sink *o, const tdo_run *run, const tdo_improvement *y);

/* "quality by 0.01 NDCG@10, latency by 12 ms": where i beats j, for dominance. */
void speech_put_lead(tdo_sink *o, const tdo_run *run, size_t i, size_t j);
/* Where i is better (sign 1), or worse (-1), than j, without what is within two standard errors. */
void speech_put_surely(tdo_sink *o, const tdo_run *run, size_t i, int sign, size_t j);

/* "by nobody outright: ...", "outright by X, which is ...": by whom slot is dominated. */
void speech_put_beaten(tdo_sink *o, const tdo_run *run, uint32_t slot);

/* "first in 5 of 100 repeats, and behind the best on this evidence"; false: nothing was sampled
 * that differs. */
bool speech_put_repeats(tdo_sink *o, const tdo_run *run, uint32_t slot, tdo_arena *a);

/* The candidate to compare i with: the one asked for, or the recommended one, or (for the
 * recommended one itself) the runner-up. TDO_NONE: there is none. */
size_t speech_opponent(const tdo_run *run, size_t i, size_t asked);

/* A sentence for each criterion that was not measured for candidate i, and is assumed. */
void speech_say_assumed(speech *t, size_t i);

/* A sentence for each criterion that is taken from subgroups: who is worst off with candidate i. */
void speech_say_subgroups(speech *t, size_t i);

/* "latency <= 150 ms is missed by 12 ms (162 ms; product: checkout budget)" */
void speech_put_broken(tdo_sink *o, const tdo_run *run, size_t constraint, size_t i);

/* robust_next.c: what to measure and to discuss next, where that was found out. */
void speech_say_next(speech *t);

#endif
