/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs GLPK's simplex behind the guard and reads what it found. */
#include "lp/simplex.h"

#include "lp/guard.h"
#include "lp/load.h"

#include <math.h>

typedef struct simplex_job {
    const lp_form *f;
    lp_way way;
    const tdo_lp_options *options;
    uint8_t *place;
    lp_simplex_result *r;
} simplex_job;

/* The direction in which GLPK found no end: one nonbasic variable moves, the basic ones follow. */
static void read_ray(const lp_loaded *l, const simplex_job *b)
{
    const int m = (int)b->f->m, n = (int)b->f->n, k = glp_get_unbnd_ray(l->p);
    for (int j = 0; j < n; j++)
        b->r->ray[j] = 0;
    if (k == 0 || (!glp_bf_exists(l->p) && glp_factorize(l->p) != 0))
        return;
    const int status = k <= m ? glp_get_row_stat(l->p, k) : glp_get_col_stat(l->p, k - m);
    const double d = k <= m ? glp_get_row_dual(l->p, k) : glp_get_col_dual(l->p, k - m);
    if (status == GLP_BS)
        return;
    const double sign = d > 0 ? -1 : 1;
    int *index = glp_alloc(m + 1, sizeof *index);
    double *value = glp_alloc(m + 1, sizeof *value);
    const int count = glp_eval_tab_col(l->p, k, index, value);
    for (int e = 1; e <= count; e++) {
        if (index[e] > m)
            b->r->ray[index[e] - m - 1] = sign * value[e];
    }
    if (k > m)
        b->r->ray[k - m - 1] = sign;
    b->r->has_ray = true;
    glp_free(index);
    glp_free(value);
}

static void read_answer(const lp_loaded *l, const simplex_job *b)
{
    for (size_t j = 0; j < b->f->n; j++)
        b->r->x[j] = ldexp(glp_get_col_prim(l->p, (int)j + 1), l->x_shift);
    lp_read_duals(l, b->r->y);
    lp_read_places(l->p, b->place);
}

static void work(void *arg)
{
    simplex_job *b = arg;
    const double begun = glp_time();
    lp_loaded l = lp_load(b->f, (int)b->way.scale, true);
    lp_put_basis(l.p, b->f, b->way, b->place);
    b->r->verdict = lp_run_simplex(l.p, b->way.dual, b->options);
    b->r->feasible = glp_get_prim_stat(l.p) == GLP_FEAS;
    read_answer(&l, b);
    if (b->r->verdict == LP_V_UNBOUNDED)
        read_ray(&l, b);
    b->r->iterations += (uint32_t)glp_get_it_cnt(l.p);
    glp_delete_prob(l.p);
    b->r->seconds += glp_difftime(glp_time(), begun);
}

tdo_status lp_simplex(const lp_form *f, lp_way way, const tdo_lp_options *options, uint8_t *place,
                      lp_simplex_result *r, char *text)
{
    simplex_job b = {.f = f, .way = way, .options = options, .place = place, .r = r};
    r->verdict = LP_V_FAILED;
    r->feasible = r->has_ray = false;
    return lp_guarded(work, &b, text);
}
