/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the sentences about a split. */
#ifndef TRADEOFF_EXPLAIN_MIX_H
#define TRADEOFF_EXPLAIN_MIX_H

#include "explain/words.h"

/* What a rule's value is in words: "the worst-off stakeholder gets 0.61 of ...". */
typedef struct speech_value_words {
    const char *before, *after; /* the number between them, with "points" where it is in points */
    const char *worth;          /* likewise after a price in it */
    double scale; /* 100: in points of 100; below 0: it counts what is to be avoided */
} speech_value_words;

const speech_value_words *speech_words_of(const tdo_mix *m);
/* An amount of a rule's value, rounded: "0.2 points"; "0.2" of what is not in points. */
void speech_put_worth(tdo_sink *o, const tdo_mix *m, double value);

/* The share at k in percent, rounded so that those of all parts add to 100. To be printed with
 * SPEECH_PERCENT_DIGITS. */
enum { SPEECH_PERCENT_DIGITS = 9 };
double speech_share_percent(const tdo_mix *m, size_t k);

/* A reading or an average of one: levels as numbers. criterion: TDO_NONE: of a column. */
void speech_put_amount(tdo_sink *o, const tdo_run *run, size_t criterion, double x);

/* "Latency, p95 at most 150 ms (Product)" */
void speech_put_limit(tdo_sink *o, const tdo_run *run, const tdo_mix_limit *l);

/* Is it told by how much worse than today's it allows to be? Then its bounds are told so, too, and
 * more is looser; else they are told as readings. (Of a target it is one of two sides, told as
 * readings.) */
bool speech_tells_worse_by(const tdo_mix_limit *l);
/* A bound of the limit as it is told, and how many units of the reading are one of these. */
double speech_told(const tdo_run *run, const tdo_mix_limit *l, double bound);
double speech_told_unit(const tdo_run *run, const tdo_mix_limit *l);
/* A bound as it is told, in full: "8,475.75 USD/week". */
void speech_put_told(tdo_sink *o, const tdo_run *run, const tdo_mix_limit *l, double told);
/* The same of a difference: "10 USD/week", "1%". */
void speech_put_told_apart(tdo_sink *o, const tdo_run *run, const tdo_mix_limit *l, double by);

/* An interval rounded inwards, to as few digits as leave some of it, what lies beyond the 12th
 * aside: what holds between its ends holds between those. False: it has no inside. */
bool speech_round_inwards(double *from, double *to, int digits);

/* splits.c: which weights choose candidate i among splits, alone or with a share. Nothing where
 * their frontier is not known. */
void speech_say_reached(speech *t, size_t i);

/* prices.c: a sentence for each limit. */
void speech_say_prices(speech *t);

#endif
