/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure it is that a limit is kept, in words. */
#ifndef TRADEOFF_EXPLAIN_LIMITS_H
#define TRADEOFF_EXPLAIN_LIMITS_H

#include "explain/words.h"

/* The standard error of what limit j compares, of candidate i; NaN: none is known. */
double speech_error_under(const tdo_run *run, size_t j, size_t i);

/* "81% sure, 95% asked": a probability and the level that it is compared with. */
void speech_put_holds(tdo_sink *o, double holds, double level);

/* "2.4 times as much data would show it, if the reading holds" */
void speech_put_items_needed(tdo_sink *o, double needs);

/* "latency <= 80 ms: with noise counted (95%), 2 of 26 are shown to meet it, 6 are shown to break
 * it, 18 are too close to tell"; luck: and how many would be shown to if all lay just on it. False,
 * and nothing written: nothing there has an error. */
bool speech_put_sureness(tdo_sink *o, const tdo_run *run, size_t j, bool luck);

#endif
