/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would turn the answer. */
#ifndef TRADEOFF_VERDICT_ANSWER_TURN_H
#define TRADEOFF_VERDICT_ANSWER_TURN_H

#include "verdict/answer.h"

/* Where a weight or a power puts another one ahead. */
typedef struct answer_turn {
    const tdo_hold *hold; /* NULL: nowhere */
    bool up;              /* above its end, else below it */
    double by;            /* how far that is from now */
} answer_turn;

/* Of all of them the one with the least way. *known false: not all were looked at. */
answer_turn answer_nearest_turn(const tdo_holds *x, bool *known);

/* "would turn if LABEL put 40.5% on CRITERION", and in another sink " (now 40%)". False: no number
 * of few digits is known to turn it, and nothing is put. */
bool answer_put_turn(answer_writer *w, tdo_sink *o, tdo_sink *now, const answer_turn *t);

#endif
