/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some candidates at a time, with their values and utilities: they stay in the cache. Where these
 * are kept of all they are looked up, else computed into a room. */
#ifndef TRADEOFF_MODEL_BLOCK_H
#define TRADEOFF_MODEL_BLOCK_H

#include "tradeoff/decision.h"

enum { MODEL_BLOCK = 512 };

typedef struct model_block {
    const uint32_t *slot; /* [n]; NULL: those from `from` on */
    size_t from, n;       /* n: at most MODEL_BLOCK */
    const double *value;  /* [n] of criterion c at c * value_row */
    const double *utility;
    size_t value_row, utility_row;
} model_block;

/* The block of all slots that begins at `from`. */
static inline model_block model_block_at(const tdo_utility *u, size_t from)
{
    return (model_block){.from = from, .n = u->f - from < MODEL_BLOCK ? u->f - from : MODEL_BLOCK};
}

/* The slot at a place of the block. */
static inline uint32_t model_slot_in(const model_block *b, size_t at)
{
    return b->slot ? b->slot[at] : (uint32_t)(b->from + at);
}

static inline const double *model_values_in(const model_block *b, size_t c)
{
    return b->value + c * b->value_row;
}

static inline const double *model_utilities_in(const model_block *b, size_t s)
{
    return b->utility + s * b->utility_row;
}

/* Doubles of the room for a block. */
static inline size_t model_block_room(const tdo_utility *u)
{
    return (u->d + u->s) * MODEL_BLOCK;
}

/* Sets the values and utilities of a block, whose slots are set. v: the values of u. */
void model_block_fill(const tdo_valued *v, const tdo_utility *u, double *room, model_block *b);

/* What one stakeholder gets of n slots from `from` on. to: [n] */
void model_utility_row(const tdo_utility *u, size_t s, size_t from, size_t n, double *to);

/* The values of n slots (slot NULL: from `from` on) in a criterion. to: [n] */
void model_values(const tdo_valued *v, size_t c, const uint32_t *slot, size_t from, size_t n,
                  double *to);

/* Their measurements alone; and of measurements the values, which take their place. */
void model_measure(const tdo_valued *v, size_t c, const uint32_t *slot, size_t from, size_t n,
                   double *to);
void model_put_values(const tdo_valued *v, size_t c, size_t n, double *x);

/* sum[k] += by x[k], as utilities are added up. */
void model_add_scaled(const double *x, double by, size_t n, double *sum);

#endif
