/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of an agreement. */
#ifndef TRADEOFF_MEETING_AGREE_H
#define TRADEOFF_MEETING_AGREE_H

#include "tradeoff/agree.h"

typedef struct agree {
    const tdo_case *k;
    const tdo_agree_options *o;
    tdo_arena *a;
    tdo_error *err;
    tdo_agreement *out;
} agree;

/* agree_move.c: the least move of stakeholder h for slot x. Errors: TDO_E_MEMORY, TDO_E_INTERNAL.
 */
TDO_MUST_USE tdo_status agree_move(const agree *g, size_t h, uint32_t x, tdo_agree_move *out);

/* agree_make_up.c: the compensation of everybody for slot x. out, said: [S]. *looks: work that is
 * left, in readings looked at. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status agree_make_up(const agree *g, uint32_t x, double *looks, double *out,
                                      double *said);

/* agree_needs.c. Errors: TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status agree_find_needs(agree *g);

#endif
