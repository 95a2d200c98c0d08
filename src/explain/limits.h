/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure it is that a limit is kept or broken, as far as standard errors tell. */
#ifndef TRADEOFF_EXPLAIN_LIMITS_H
#define TRADEOFF_EXPLAIN_LIMITS_H

#include "tradeoff/run.h"

/* The standard error of what limit j bounds at candidate i; NaN: not known. */
double speech_error_under(const tdo_run *run, size_t j, size_t i);

/* "quality >= 0.4: 16 break it, 9 by more than two standard errors; of 8 that keep it none by more
 * than two standard errors". False, and nothing: no standard error is known there. */
bool speech_put_sureness(tdo_sink *o, const tdo_run *run, size_t j);

#endif
