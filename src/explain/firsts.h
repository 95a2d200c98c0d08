/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often each candidate is first over the repeats, in numbers that add to 100. */
#ifndef TRADEOFF_EXPLAIN_FIRSTS_H
#define TRADEOFF_EXPLAIN_FIRSTS_H

#include "tradeoff/run.h"

/* Shares in whole parts of which `per` make one percent: those of all candidates and of the others
 * add to 100 per (largest remainders; of equal ones who stands first in the ranking). Others are
 * those below half a part, who have 0 here. */
typedef struct speech_firsts {
    const uint32_t *parts; /* [F] */
    uint32_t per;          /* 1, 10, .. 10,000 */
} speech_firsts;

/* In so many parts per percent. run: sampled, with candidates. false: out of memory. */
bool speech_find_firsts(const tdo_run *run, uint32_t per, tdo_arena *a, speech_firsts *out);
/* The same, of as many parts as the largest error of the shares leaves. */
bool speech_find_firsts_by_error(const tdo_run *run, tdo_arena *a, speech_firsts *out);

/* "<1", "54", "53.5"; all: what is written of who was always first, "100" or ">99". */
void speech_put_first(tdo_sink *o, const speech_firsts *x, uint32_t slot, const char *all);

#endif
