/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits that have to be shown. */
#ifndef TRADEOFF_RECOUNT_JUDGED_H
#define TRADEOFF_RECOUNT_JUDGED_H

#include "reread/world.h"

/* Who is shown to keep which limit, as the result says how sure that is. */
bool verify_judge_limits(verify_world *w);

/* The same for a limit that has another bound now. */
bool verify_judge_again(verify_world *w, verify_limit *l);

#endif
