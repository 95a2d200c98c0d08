/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values and utilities of some candidates at a time, and those of one that are not kept. */
#include "model/block.h"

#include "base/real.h"

#include <string.h>

/* ---- of one ---- */

double tdo_utility_made(const tdo_utility *u, size_t s, size_t k)
{
    double sum = 0;
    for (size_t c = 0; c < u->d; c++)
        if (u->weight[s * u->d + c] > 0)
            sum += u->weight[s * u->d + c] * tdo_value_at(&u->values, c, k);
    return sum;
}

/* ---- of some ---- */

REAL_CLONES
void model_add_scaled(const double *x, double by, size_t n, double *sum)
{
    for (size_t k = 0; k < n; k++)
        sum[k] += by * x[k];
}

void model_block_fill(const tdo_valued *v, const tdo_utility *u, double *room, model_block *b)
{
    if (u->utility && !b->slot) {
        b->value = v->value ? v->value + b->from : NULL;
        b->utility = u->utility + b->from;
        b->value_row = b->utility_row = u->f;
        return;
    }
    double *utility = room + v->d * b->n;
    for (size_t c = 0; c < v->d; c++)
        model_values(v, c, b->slot, b->from, b->n, room + c * b->n);
    memset(utility, 0, u->s * b->n * sizeof *utility);
    for (size_t s = 0; s < u->s; s++)
        for (size_t c = 0; c < u->d; c++)
            if (u->weight[s * u->d + c] > 0)
                model_add_scaled(room + c * b->n, u->weight[s * u->d + c], b->n,
                                 utility + s * b->n);
    b->value = room;
    b->utility = utility;
    b->value_row = b->utility_row = b->n;
}

void model_utility_row(const tdo_utility *u, size_t s, size_t from, size_t n, double *to)
{
    double value[MODEL_BLOCK];
    if (u->utility) {
        memcpy(to, u->utility + s * u->f + from, n * sizeof *to);
        return;
    }
    memset(to, 0, n * sizeof *to);
    for (size_t at = 0, some = 0; at < n; at += some) {
        some = n - at < MODEL_BLOCK ? n - at : MODEL_BLOCK;
        for (size_t c = 0; c < u->d; c++)
            if (u->weight[s * u->d + c] > 0) {
                model_values(&u->values, c, NULL, from + at, some, value);
                model_add_scaled(value, u->weight[s * u->d + c], some, to + at);
            }
    }
}

/* ---- of all ---- */

void tdo_copy_values(const tdo_valued *v, double *to)
{
    for (size_t c = 0; c < v->d; c++)
        model_values(v, c, NULL, 0, v->f, to + c * v->f);
}

void tdo_copy_utilities(const tdo_utility *u, double *to)
{
    for (size_t s = 0; s < u->s; s++)
        model_utility_row(u, s, 0, u->f, to + s * u->f);
}
