/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over the segments at given prices. Blocks are fixed, so that sums do not depend on how
 * many threads share them. */
#include "plan/plan.h"

#include "base/real.h"
#include "fleet/fleet.h"

#include <math.h>
#include <string.h>

/* Inside of the loops by vectors: a call of code without them costs more than what is added. */
REAL_INLINE void add(const plan_frame *f, size_t segment, size_t candidate, double share,
                     double *sums)
{
    const tdo_plan_problem *p = f->p;
    const size_t cell = segment * p->candidates + candidate;
    const double w = p->size[segment] * f->per_size * share;
    for (size_t v = 0; v < p->n_values; v++)
        sums[v] += w * p->value[v][cell];
    sums[plan_at_traffic(f, candidate)] += w;
    double *column = sums + plan_at_column(f, 0, plan_group_of(f, segment));
    for (size_t c = 0; c < f->columns; c++)
        column[c * p->groups] += w * f->column[c][cell];
}

void plan_add(const plan_frame *f, size_t segment, size_t candidate, double share, double *sums)
{
    add(f, segment, candidate, share, sums);
}

/* What the segments of a block are priced by: the arrays that count, each with its coefficient. */
typedef struct plan_pricing {
    const plan_frame *f;
    const double *traffic;                                           /* [candidates] */
    const double *array[TDO_MAX_STAKEHOLDERS + TDO_MAX_CONSTRAINTS]; /* [n] each a cell a place */
    double by[TDO_MAX_STAKEHOLDERS + TDO_MAX_CONSTRAINTS];           /* [n] of the group at hand */
    size_t column[TDO_MAX_STAKEHOLDERS + TDO_MAX_CONSTRAINTS];       /* [n] TDO_NONE: a value */
    size_t n;
} plan_pricing;

static bool is_priced(const plan_frame *f, const plan_prices *at, size_t c)
{
    for (size_t g = 0; g < f->p->groups; g++)
        if (at->column[g * f->columns + c] < 0 || at->column[g * f->columns + c] > 0)
            return true;
    return false;
}

static void add_array(plan_pricing *x, const double *array, double by, size_t column)
{
    x->array[x->n] = array;
    x->by[x->n] = by;
    x->column[x->n++] = column;
}

static void make_pricing(const plan_frame *f, const plan_prices *at, plan_pricing *x)
{
    x->f = f;
    x->traffic = at->traffic;
    x->n = 0;
    for (size_t v = 0; v < f->p->n_values; v++)
        if (at->value[v] < 0 || at->value[v] > 0)
            add_array(x, f->p->value[v], at->value[v], TDO_NONE);
    for (size_t c = 0; c < f->columns; c++)
        if (is_priced(f, at, c))
            add_array(x, f->column[c], 0, c);
}

static void enter_group(plan_pricing *x, const plan_prices *at, size_t group)
{
    for (size_t k = 0; k < x->n; k++)
        if (x->column[k] != TDO_NONE)
            x->by[k] = -at->column[group * x->f->columns + x->column[k]];
}

enum { FOUR = 4 }; /* candidates at once: what their worth adds up stays in registers */

typedef double four __attribute__((vector_size(8 * FOUR)));

/* The worth of n candidates from one on, FOUR at most; -INFINITY: barred, or none there. */
REAL_INLINE void worth_of(const plan_pricing *x, size_t cell, size_t candidate, size_t n,
                          double z[FOUR])
{
    const bool *barred = x->f->p->barred;
    if (n == FOUR) {
        four sum, y;
        memcpy(&sum, x->traffic + candidate, sizeof sum);
        sum = -sum;
        for (size_t k = 0; k < x->n; k++) {
            memcpy(&y, x->array[k] + cell, sizeof y);
            sum += x->by[k] * y;
        }
        memcpy(z, &sum, sizeof sum);
    } else {
        for (size_t q = 0; q < FOUR; q++)
            z[q] = q < n ? -x->traffic[candidate + q] : -INFINITY;
        for (size_t k = 0; k < x->n; k++)
            for (size_t q = 0; q < n; q++)
                z[q] += x->by[k] * x->array[k][cell + q];
    }
    for (size_t q = 0; barred && q < n; q++)
        z[q] = barred[cell + q] ? -INFINITY : z[q];
}

REAL_INLINE double larger(double a, double b)
{
    return a > b ? a : b;
}

/* The best candidate of a segment, the first among equals, and what it is worth there. */
REAL_INLINE size_t best_of(const plan_pricing *x, size_t segment, double *worth)
{
    const size_t m = x->f->p->candidates, cell = segment * m;
    size_t best = 0;
    double most = -INFINITY, z[FOUR];
    for (size_t j = 0; j < m; j += FOUR) {
        worth_of(x, cell + j, j, m - j < FOUR ? m - j : FOUR, z);
        const double here = larger(larger(z[0], z[1]), larger(z[2], z[3]));
        if (here > most) {
            most = here;
            best = j + (z[0] >= here ? 0U : z[1] >= here ? 1U : z[2] >= here ? 2U : 3U);
        }
    }
    *worth = most;
    return best;
}

REAL_CLONES
double plan_price_block(const plan_frame *f, const plan_prices *at, size_t block, double *sums,
                        uint32_t *choice)
{
    const size_t from = plan_block_start(f, block), to = plan_block_start(f, block + 1);
    plan_pricing x;
    double total = 0, worth = 0;
    size_t group = TDO_NONE;
    make_pricing(f, at, &x);
    if (sums)
        memset(sums, 0, f->sums * sizeof *sums);
    for (size_t s = from; s < to; s++) {
        const size_t g = plan_group_of(f, s);
        if (g != group)
            enter_group(&x, at, g);
        group = g;
        const size_t best = best_of(&x, s, &worth);
        total += f->p->size[s] * f->per_size * worth;
        if (sums)
            add(f, s, best, 1, sums);
        if (choice)
            choice[s - from] = (uint32_t)best;
    }
    return total;
}

/* All get what was found of the blocks. */
static tdo_status share(const plan_frame *f, double *sums, double *worth)
{
    const tdo_status status = fleet_share(f->fleet, TDO_OK, worth, f->blocks, sizeof *worth);
    return fleet_share(f->fleet, status, sums, f->blocks, f->sums * sizeof *sums);
}

tdo_status plan_price(const plan_frame *f, const plan_prices *at, double *sums, double *worth)
{
    const fleet_part mine = fleet_part_of(f->fleet, f->blocks);
    const int threads = f->threads;
    (void)threads;
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
#endif
    for (size_t b = mine.from; b < mine.to; b++)
        worth[b] = plan_price_block(f, at, b, sums + b * f->sums, NULL);
    return share(f, sums, worth);
}

/* False: it may not serve all segments of the block. */
static bool price_single(const plan_frame *f, size_t candidate, size_t block, double *sums)
{
    const size_t from = plan_block_start(f, block), to = plan_block_start(f, block + 1);
    memset(sums, 0, f->sums * sizeof *sums);
    for (size_t s = from; s < to; s++) {
        if (f->p->barred && f->p->barred[s * f->p->candidates + candidate])
            return false;
        plan_add(f, s, candidate, 1, sums);
    }
    return true;
}

tdo_status plan_price_single(const plan_frame *f, size_t candidate, double *sums, double *may)
{
    const fleet_part mine = fleet_part_of(f->fleet, f->blocks);
    const int threads = f->threads;
    (void)threads;
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
#endif
    for (size_t b = mine.from; b < mine.to; b++)
        may[b] = price_single(f, candidate, b, sums + b * f->sums) ? 1 : 0;
    return share(f, sums, may);
}
