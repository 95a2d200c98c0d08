/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pieces of the answer in a few labelled lines. */
#ifndef TRADEOFF_VERDICT_ANSWER_H
#define TRADEOFF_VERDICT_ANSWER_H

#include "explain/amount.h"
#include "explain/facts.h"
#include "tradeoff/explain.h"

/* The answer while it is made. */
typedef struct answer_writer {
    const tdo_run *run;
    tdo_arena *a;
    const amount_scale *scale; /* [d] */
    tdo_answer *out;
    bool limits_open; /* a limit decides within noise who is first */
    bool failed;      /* out of memory */
} answer_writer;

/* Adds a line with what a sink collected; NULL: all lines are taken, or out of memory. */
tdo_answer_line *answer_add(answer_writer *w, const char *label, const tdo_sink *text);

/* The same, with an end that is left out where lines are short. */
void answer_add_with(answer_writer *w, const char *label, const tdo_sink *text,
                     const tdo_sink *end);

/* What a sink collected; "" and failed when memory is out. */
const char *answer_taken(answer_writer *w, const tdo_sink *o);
/* Adds a piece to a line. */
void answer_add_piece(answer_writer *w, tdo_answer_line *l, const tdo_sink *text);

/* What the rule seeks, in short; of nash, where nobody lets everybody gain, what it then goes by.
 */
const char *answer_gloss(const tdo_run *run);

/* A name that can be told from the words around it: in quotes where it has a blank or a mark. */
void answer_put_name(tdo_sink *o, const char *name);
void answer_put_slot(tdo_sink *o, const tdo_run *run, uint32_t slot);

/* How candidate i stands against j in criterion c: better or worse only where that matters, neither
 * equal in practice nor within noise. */
typedef enum answer_standing {
    ANSWER_UNKNOWN, /* one of the two was not measured */
    ANSWER_EQUAL,
    ANSWER_ALIKE, /* in practice: within the indifference */
    ANSWER_NOISE,
    ANSWER_BETTER,
    ANSWER_WORSE
} answer_standing;

answer_standing answer_stand(const tdo_run *run, size_t c, size_t i, size_t j);

/* The criterion in which the favourite of a stakeholder is worth most more to it than slot k, of
 * those in which that matters, where there are some; TDO_NONE: nowhere. */
size_t answer_loss(const tdo_run *run, size_t stakeholder, uint32_t k);
/* ", as good in practice", ", within noise"; nothing where the difference of the slots matters. */
void answer_put_doubt(tdo_sink *o, const tdo_run *run, size_t c, uint32_t a, uint32_t b);

/* The criteria in which candidate i is better (and worse) than j, those that matter; the largest
 * part of the range first. */
typedef struct answer_contrast {
    size_t better[TDO_MAX_CRITERIA], worse[TDO_MAX_CRITERIA];
    size_t n_better, n_worse, n_noise, n_equal;
} answer_contrast;

void answer_compare(const tdo_run *run, size_t i, size_t j, answer_contrast *out);

/* The line on limits that decide within noise, before that on how sure it is. */
void answer_say_limits(answer_writer *w);
/* The lines on how sure it is, and on what to do where nobody is feasible. */
void answer_say_sure(answer_writer *w, bool draft);
void answer_say_none(answer_writer *w);
/* The whole of it where a set is wanted. */
void answer_say_set(answer_writer *w);

/* ---- answer_in_set.c: the set of a portfolio ---- */

/* Are the first parts of ids of several columns ("P08" of "P08 / Hearing aids") enough to tell the
 * set's candidates from all others? */
bool answer_set_names_are_short(const tdo_run *run, const tdo_portfolio_set *set);
void answer_set_put_short_name(tdo_sink *o, const tdo_run *run, uint32_t candidate);
/* "a, b and c". */
void answer_set_put_names(tdo_sink *o, const tdo_run *run, const tdo_portfolio_set *set);
/* ", without a and b": who is in one set and not in another, but for one candidate (TDO_NONE:
 * none); nothing where nobody is. */
void answer_set_put_beyond(tdo_sink *o, const tdo_run *run, const char *word,
                           const tdo_portfolio_set *in, const tdo_portfolio_set *out, size_t but);
/* What a set is worth: of a sum of utilities so many points, as one candidate has up to 100; less
 * than doing nothing: below 0. */
void answer_set_put_points(tdo_sink *o, double value);
/* Why there is none. */
void answer_set_put_none(tdo_sink *o, const tdo_run *run);
/* "581 points in all, proven; Cost 5 of 6 MUSD". */
void answer_set_put_worth(tdo_sink *o, const tdo_run *run);
/* "in 43% of the sets that none beats at every allowed weight", where there is a core. */
void answer_set_put_core(tdo_sink *o, const tdo_portfolio *p, size_t i);

/* "; Cost 5 of 6 MUSD" for each limit of the portfolio. */
void answer_put_set_sums(tdo_sink *o, const tdo_run *run, const tdo_portfolio_set *set,
                         bool bounds);

/* ---- answer_without.c ---- */

/* What a draft does without: candidates that lack a measurement, rows that are no candidates. */
void answer_say_without(answer_writer *w);

#endif
