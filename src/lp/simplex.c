/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs GLPK's simplex behind the guard and reads what it found. */
#include "lp/simplex.h"

#include "lp/guard.h"
#include "lp/load.h"

#include <limits.h>
#include <math.h>

typedef struct simplex_job {
    const lp_form *f;
    lp_way way;
    const tdo_lp_options *options;
    uint8_t *place;
    lp_simplex_result *r;
} simplex_job;

static int run_simplex(glp_prob *p, const simplex_job *b)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = b->way.dual ? GLP_DUALP : GLP_PRIMAL;
    how.tol_bnd = TDO_LP_TOLERANCE;
    how.tol_dj = TDO_LP_TOLERANCE;
    how.it_lim = b->options->iterations < INT_MAX ? (int)b->options->iterations : INT_MAX - 1;
    how.tm_lim = lp_milliseconds(b->options->seconds);
    return glp_simplex(p, &how);
}

static tdo_lp_place place_of(int status)
{
    switch (status) {
    case GLP_BS:
        return TDO_LP_BASIC;
    case GLP_NU:
        return TDO_LP_AT_UPPER;
    case GLP_NF:
        return TDO_LP_FREE;
    case GLP_NS:
        return TDO_LP_FIXED;
    default:
        return TDO_LP_AT_LOWER;
    }
}

static lp_verdict verdict_of(glp_prob *p, int rc)
{
    if (rc == GLP_EITLIM || rc == GLP_ETMLIM)
        return LP_V_LIMIT;
    if (rc != 0)
        return LP_V_FAILED;
    switch (glp_get_status(p)) {
    case GLP_OPT:
        return LP_V_OPTIMAL;
    case GLP_NOFEAS:
        return LP_V_INFEASIBLE;
    case GLP_UNBND:
        return LP_V_UNBOUNDED;
    default:
        return LP_V_FAILED;
    }
}

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
    const size_t m = b->f->m, n = b->f->n;
    for (size_t j = 0; j < n; j++) {
        b->place[j] = (uint8_t)place_of(glp_get_col_stat(l->p, (int)j + 1));
        b->r->x[j] = ldexp(glp_get_col_prim(l->p, (int)j + 1), l->x_shift);
    }
    for (size_t i = 0; i < m; i++) {
        b->place[n + i] = (uint8_t)place_of(glp_get_row_stat(l->p, (int)i + 1));
        b->r->y[i] = ldexp(glp_get_row_dual(l->p, (int)i + 1), l->cost_shift);
    }
}

static void work(void *arg)
{
    simplex_job *b = arg;
    const double begun = glp_time();
    lp_loaded l = lp_load(b->f, (int)b->way.scale, true);
    if (b->way.warm)
        lp_put_places(l.p, b->f, b->place);
    else if (b->way.slack)
        glp_std_basis(l.p);
    else
        glp_adv_basis(l.p, 0);
    int rc = run_simplex(l.p, b);
    if (rc == GLP_EBADB || rc == GLP_ESING || rc == GLP_ECOND) {
        glp_std_basis(l.p);
        rc = run_simplex(l.p, b);
    }
    b->r->verdict = verdict_of(l.p, rc);
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
