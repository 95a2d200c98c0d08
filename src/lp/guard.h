/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLPK ends the process on what it takes for misuse and when memory is out. The guard turns that
 * into a status. */
#ifndef TRADEOFF_LP_GUARD_H
#define TRADEOFF_LP_GUARD_H

#include "tradeoff/status.h"

enum { LP_GUARD_TEXT = 200 };

/* Calls work(arg) in a silent GLPK environment of this thread, made for it unless there is one.
 * work deletes the GLPK objects it makes, and keeps nothing but its arg; when GLPK ends it early,
 * they are freed with the whole environment, and what is on work's stack is lost. TDO_E_MEMORY:
 * GLPK ran out of memory. TDO_E_INTERNAL: it complained; text holds what it said. */
TDO_MUST_USE tdo_status lp_guarded(void (*work)(void *arg), void *arg, char text[LP_GUARD_TEXT]);

#endif
