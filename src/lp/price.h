/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a pool's candidates would better an LP, or make it feasible. */
#ifndef TRADEOFF_LP_PRICE_H
#define TRADEOFF_LP_PRICE_H

#include "lp/relax.h"

#define LP_NOT_ADDED UINT32_MAX

struct tdo_lp_pool {
    tdo_lp *lp;
    size_t n;
    size_t rows;                /* of the LP when the pool was made; later ones are empty here */
    const double *cost;         /* [n] the caller's */
    const double *const *entry; /* [rows] each [n], the caller's; NULL: same */
    const double *same;         /* [rows] */
    double largest_cost;        /* of all candidates, by magnitude */
    const double *largest;      /* [rows] the same of their entries */
    uint32_t *column;           /* [n] of the candidate in the LP; LP_NOT_ADDED */
    size_t added;
};

static inline double lp_pool_entry(const tdo_lp_pool *p, size_t row, size_t candidate)
{
    return !p->entry[row] ? p->same[row] : p->entry[row][candidate];
}

typedef struct lp_priced {
    size_t ties; /* candidates outside the LP with a reduced cost of 0 */
} lp_priced;

/* Lists up to most candidates outside the LP whose reduced cost is negative (of an infeasible LP:
 * that refute its Farkas vector), the most negative first. None: x is proven for the whole pool;
 * its certificate then takes in the candidates. */
size_t lp_price(tdo_lp_pool *p, const lp_form *f, lp_answer *x, size_t *out, size_t most,
                lp_priced *priced);

/* The same from duals of the minimisation that nothing proves, y: [rows]; only those whose reduced
 * cost is clearly negative. */
size_t lp_price_near(const tdo_lp_pool *p, const lp_form *f, const double *y, size_t *out,
                     size_t most);

/* The reduced costs of all candidates, in the caller's sense. reduced: [n]. */
void lp_price_all(const tdo_lp_pool *p, const lp_form *f, const lp_answer *x, double *reduced);

#endif
