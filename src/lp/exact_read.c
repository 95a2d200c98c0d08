/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads values, reduced costs, rays and Farkas multipliers off an exact basis. */
#include "lp/exact.h"

#include <math.h>

int lp_exact_sign(lp_exact *e, bool farkas, double cost, double (*entry)(const void *, size_t),
                  const void *user)
{
    exact_num *sum = &e->spare[1];
    exact_mul_double(&e->A, sum, e->denominator, farkas ? 0 : cost);
    for (size_t i = 0; i < e->f->m; i++) {
        const int32_t r = e->position[e->f->n + i];
        if (farkas)
            exact_sub_mul(&e->A, sum, &e->farkas[i], entry(user, i));
        else if (r != LP_NOWHERE)
            exact_sub_mul(&e->A, sum, &e->y[r], entry(user, i));
    }
    return exact_sign(sum);
}

static double exact_objective(lp_exact *e)
{
    const lp_form *f = e->f;
    exact_num *sum = &e->spare[1], *term = &e->spare[2];
    exact_set_double(&e->A, sum, 0);
    for (size_t j = 0; j < f->n; j++) {
        if (e->place[j] == TDO_LP_BASIC)
            exact_set(&e->A, term, &e->x[e->position[j]]);
        else
            exact_mul_double(&e->A, term, e->denominator, lp_exact_at(e, j));
        exact_add_mul(&e->A, sum, term, f->cost[j]);
    }
    return exact_ratio(&e->A, sum, e->denominator);
}

bool lp_exact_read(lp_exact *e, lp_exact_values *v)
{
    const lp_form *f = e->f;
    v->ties = v->degenerate = 0;
    for (size_t k = 0; k < f->n + f->m && !exact_arith_stopped(&e->A); k++) {
        double near = 0;
        if (e->place[k] == TDO_LP_BASIC) {
            v->degenerate += (isfinite(f->lower[k]) && lp_exact_versus(e, k, f->lower[k]) == 0) ||
                             (isfinite(f->upper[k]) && lp_exact_versus(e, k, f->upper[k]) == 0);
        } else {
            const int sign = lp_exact_reduced_sign(e, k, &near);
            v->ties += sign == 0 && e->place[k] != TDO_LP_FIXED;
            if (sign == 0)
                near = 0;
        }
        if (k < f->n)
            v->reduced[k] = near;
    }
    v->objective = exact_objective(e);
    return !exact_arith_stopped(&e->A);
}

void lp_exact_farkas(lp_exact *e, double *y)
{
    const exact_num *most = e->denominator;
    exact_num *size = &e->spare[1];
    for (size_t i = 0; i < e->f->m; i++) {
        exact_set(&e->A, size, &e->farkas[i]);
        size->negative = false;
        if (i == 0 || exact_cmp(size, &e->spare[2]) > 0)
            exact_set(&e->A, &e->spare[2], size);
    }
    if (e->f->m > 0 && e->spare[2].size > 0)
        most = &e->spare[2];
    for (size_t i = 0; i < e->f->m; i++)
        y[i] = exact_ratio(&e->A, &e->farkas[i], most);
}

void lp_exact_ray(lp_exact *e, double *ray)
{
    const lp_form *f = e->f;
    for (size_t j = 0; j < f->n; j++) {
        ray[j] = 0;
        if (e->place[j] == TDO_LP_BASIC)
            ray[j] = e->ray_direction * exact_ratio(&e->A, &e->w[e->position[j]], e->denominator);
        else if (j == e->ray_of)
            ray[j] = e->ray_direction;
    }
}
