/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building blocks of the sentences. All write to a sink; a failed sink shows when the text is
 * taken. */
#ifndef TRADEOFF_EXPLAIN_WORDS_H
#define TRADEOFF_EXPLAIN_WORDS_H

#include "tradeoff/explain.h"

/* Digits that numbers in words are rounded to; the result holds them in full. */
enum { TDO_WORD_DIGITS = 6, TDO_SCORE_DIGITS = 4 };

/* The sentences while they are made. */
typedef struct tdo_speech {
    const tdo_run *run;
    tdo_arena *a;
    tdo_sentences out;
    size_t room;
    tdo_sink o; /* the sentence being made */
    bool failed;
} tdo_speech;

tdo_speech tdo_speech_start(const tdo_run *run, tdo_arena *a);
/* Ends the sentence (a full stop is added) and keeps it. */
void tdo_speech_end(tdo_speech *t);
/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_speech_finish(tdo_speech *t, tdo_sentences *out);

/* Candidate index of a slot, and its quoted id. */
size_t tdo_candidate_of(const tdo_run *run, uint32_t slot);
void tdo_put_candidate(tdo_sink *o, const tdo_run *run, size_t i);

/* "a", "a and b", "a, b and c": what stands before item k of n. */
const char *tdo_joint(size_t k, size_t n);

/* "it gains in latency (118 instead of 130 ms, 12 less) and gives up quality (...)" of i
 * over j. */
void tdo_put_comparison(tdo_sink *o, const tdo_run *run, size_t i, size_t j,
                        const double *weight);

/* "quality by 0.01 NDCG@10, latency by 12 ms": where i beats j, for dominance. */
void tdo_put_lead(tdo_sink *o, const tdo_run *run, size_t i, size_t j);

/* A sentence for each criterion that is taken from subgroups: who is worst off with candidate i. */
void tdo_say_subgroups(tdo_speech *t, size_t i);

/* "latency <= 150 ms is missed by 12 ms (162 ms; product: checkout budget)" */
void tdo_put_broken(tdo_sink *o, const tdo_run *run, size_t constraint, size_t i);

#endif
