/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many rivals count at all weights of a cell, at least, although none does alone. */
#ifndef TRADEOFF_WEIGHTS_CHOICE_PAIRS_H
#define TRADEOFF_WEIGHTS_CHOICE_PAIRS_H

#include "weights/choice.h"

#include <stdint.h>

enum { CHOICE_PAIR_RIVALS = 512, CHOICE_PAIR_LEADS = 1 << 18 }; /* at most */

typedef struct choice_pairs {
    double *lead;     /* [rivals x corners] > 0: the rival counts at that corner */
    uint64_t *behind; /* [rivals x corners / 64] bit q: it does not at corner q */
} choice_pairs;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_pairs_make(choice_pairs *x, tdo_arena *a);

/* Is there room for so many? */
bool choice_pairs_fit(size_t rivals, size_t corners);

/* Disjoint pairs of which one counts everywhere in the cell, as many as come one after the other;
 * looked for until there are enough. x->lead is set. */
size_t choice_count_pairs(choice_pairs *x, size_t rivals, size_t corners, size_t enough);

#endif
