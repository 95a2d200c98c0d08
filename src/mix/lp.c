/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The LP of a mix. Bounds and levels are columns of their own (h, y), tied to the shares by
 * equations: so every question about a mix is another cost or another bound on a few columns, and
 * the basis of the last answer is where the next one starts. */
#include "mix/mix.h"

#include <assert.h>
#include <math.h>

size_t mix_col_h(const mix_lp *q, size_t k)
{
    (void)q;
    return k;
}

size_t mix_col_y(const mix_lp *q, size_t l)
{
    return q->m->bounds + l;
}

static size_t mix_col_t(const mix_lp *q)
{
    return q->m->bounds + q->m->levels;
}

size_t mix_col_v(const mix_lp *q)
{
    return mix_col_t(q) + 1;
}

static size_t row_h(size_t k)
{
    return 1 + k;
}

static size_t row_y(const mix_problem *m, size_t l)
{
    return 1 + m->bounds + l;
}

static size_t row_v(const mix_problem *m)
{
    return 1 + m->bounds + m->levels;
}

size_t mix_row_t(const mix_lp *q, size_t l)
{
    return row_v(q->m) + 1 + l;
}

double mix_reached(double x, bool exact)
{
    return exact ? nextafter(x, -INFINITY) : x - MIX_PROVEN * (1 + fabs(x));
}

/* ---- making it ---- */

/* What the shares that are held at the floor, and fixed values, add to a sum. */
static double held(const mix_lp *q, const double *of_participant)
{
    double sum = 0;
    for (size_t k = 0; q->floor > 0 && k < q->n; k++)
        sum += q->floor * of_participant[q->who[k]];
    return sum;
}

static tdo_status add_columns(const mix_lp *q, tdo_error *err)
{
    const mix_problem *m = q->m;
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < m->bounds && status == TDO_OK; k++)
        status = tdo_lp_add_column(
            q->lp, &(tdo_lp_column){.lower = -INFINITY, .upper = m->bound[k].beta}, err);
    for (size_t l = 0; l < m->levels + 2 && status == TDO_OK; l++) /* y, t, v */
        status = tdo_lp_add_column(
            q->lp,
            &(tdo_lp_column){.cost = l == m->levels + 1, .lower = -INFINITY, .upper = INFINITY},
            err);
    return status;
}

static tdo_status add_equation(const mix_lp *q, double right, uint32_t column, tdo_error *err)
{
    return tdo_lp_add_row(
        q->lp,
        &(tdo_lp_row){
            .lower = right, .upper = right, .count = 1, .column = &column, .value = (double[]){-1}},
        err);
}

/* The rows that hold candidates. */
static tdo_status add_rows(const mix_lp *q, tdo_error *err)
{
    const mix_problem *m = q->m;
    double left = 1 - q->floor * (double)q->n;
    tdo_status status = tdo_lp_add_row(q->lp, &(tdo_lp_row){.lower = left, .upper = left}, err);
    for (size_t k = 0; k < m->bounds && status == TDO_OK; k++)
        status = add_equation(q, -held(q, m->bound[k].h), (uint32_t)mix_col_h(q, k), err);
    for (size_t l = 0; l < m->levels && status == TDO_OK; l++) {
        double sum = held(q, m->level + l * m->n);
        for (size_t k = 0; q->worst && k < m->worst_n; k++)
            sum += m->add[l * m->worst_n + k] * q->worst[k];
        status = add_equation(q, -sum, (uint32_t)mix_col_y(q, l), err);
    }
    return status;
}

/* v = theta t + rho (sum of y), and t <= y. */
static tdo_status add_rule(const mix_lp *q, tdo_error *err)
{
    const mix_problem *m = q->m;
    uint32_t *column = tdo_alloc(q->a, m->levels + 2, sizeof *column);
    double *value = tdo_alloc(q->a, m->levels + 2, sizeof *value);
    size_t count = 0;
    if (!column || !value)
        return TDO_E_MEMORY;
    for (size_t l = 0; m->rho > 0 && l < m->levels; l++) {
        column[count] = (uint32_t)mix_col_y(q, l);
        value[count++] = m->rho;
    }
    if (m->theta > 0) {
        column[count] = (uint32_t)mix_col_t(q);
        value[count++] = m->theta;
    }
    column[count] = (uint32_t)mix_col_v(q);
    value[count++] = -1;
    tdo_status status =
        tdo_lp_add_row(q->lp, &(tdo_lp_row){.count = count, .column = column, .value = value}, err);
    for (size_t l = 0; m->theta > 0 && l < m->levels && status == TDO_OK; l++) {
        const uint32_t pair[] = {(uint32_t)mix_col_y(q, l), (uint32_t)mix_col_t(q)};
        status = tdo_lp_add_row(
            q->lp,
            &(tdo_lp_row){
                .upper = INFINITY, .count = 2, .column = pair, .value = (double[]){1, -1}},
            err);
    }
    return status;
}

static bool is_everybody(const mix_lp *q)
{
    return q->n == q->m->n; /* both ascending */
}

/* Of the candidates in the LP: the array itself where these are all participants, else a copy. */
static const double *gather(const mix_lp *q, const double *of_participant)
{
    if (is_everybody(q))
        return of_participant;
    double *y = tdo_alloc(q->a, q->n, sizeof *y);
    for (size_t k = 0; k < q->n && y; k++)
        y[k] = of_participant[q->who[k]];
    return y;
}

static tdo_status add_candidates(mix_lp *q, tdo_error *err)
{
    const mix_problem *m = q->m;
    size_t rows = 1 + m->bounds + m->levels;
    const double **entry = tdo_alloc(q->a, rows, sizeof *entry);
    double *same = tdo_alloc(q->a, rows, sizeof *same);
    bool full = true;
    q->cost = tdo_alloc(q->a, q->n, sizeof *q->cost);
    if (!entry || !same || !q->cost)
        return TDO_E_MEMORY;
    same[0] = 1;
    for (size_t k = 0; k < m->bounds; k++)
        full &= (entry[row_h(k)] = gather(q, m->bound[k].h)) != NULL;
    for (size_t l = 0; l < m->levels; l++)
        full &= (entry[row_y(m, l)] = gather(q, m->level + l * m->n)) != NULL;
    if (!full)
        return TDO_E_MEMORY;
    tdo_lp_candidates *all = tdo_alloc(q->a, 1, sizeof *all);
    if (!all)
        return TDO_E_MEMORY;
    *all = (tdo_lp_candidates){.n = q->n, .cost = q->cost, .entry = entry, .same = same};
    return tdo_lp_pool_new(q->lp, all, q->a, &q->pool, err);
}

tdo_status mix_lp_make(mix_lp *q, tdo_error *err)
{
    assert(q->m && q->a && q->floor >= 0);
    q->lp = tdo_lp_new(q->a, true);
    if (!q->lp)
        return TDO_E_MEMORY;
    tdo_status status = add_columns(q, err);
    if (status == TDO_OK)
        status = add_rows(q, err);
    if (status == TDO_OK)
        status = add_candidates(q, err);
    if (status == TDO_OK)
        status = add_rule(q, err);
    return status;
}

/* ---- solving it ---- */

static tdo_status read_split(const mix_lp *q, const tdo_lp_pool_solution *s, tdo_arena *a,
                             mix_split *out)
{
    size_t room = q->floor > 0 ? q->n : s->count;
    *out = (mix_split){.index = tdo_alloc(a, room, sizeof *out->index),
                       .share = tdo_alloc(a, room, sizeof *out->share)};
    if (!out->index || !out->share)
        return TDO_E_MEMORY;
    for (size_t k = 0, at = 0; k < room; k++) {
        uint32_t j = q->floor > 0 ? (uint32_t)k : s->index[k];
        bool some = at < s->count && s->index[at] == j;
        out->index[out->n] = q->who[j];
        out->share[out->n++] = q->floor + (some ? s->share[at++] : 0);
    }
    return TDO_OK;
}

static tdo_status read_point(const mix_lp *q, const tdo_lp_pool_solution *s, tdo_arena *a,
                             mix_point *out)
{
    const mix_problem *m = q->m;
    double *h = tdo_alloc(a, m->bounds, sizeof *h), *y = tdo_alloc(a, m->levels, sizeof *y);
    double *lambda = tdo_alloc(a, m->bounds, sizeof *lambda);
    double *omega = tdo_alloc(a, m->levels, sizeof *omega);
    double *pi = tdo_alloc(a, m->levels, sizeof *pi);
    if (!h || !y || !lambda || !omega || !pi)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < m->bounds; k++) {
        h[k] = s->lp.primal[mix_col_h(q, k)];
        lambda[k] = s->lp.reduced[mix_col_h(q, k)] + 0.0;
    }
    for (size_t l = 0; l < m->levels; l++) {
        y[l] = s->lp.primal[mix_col_y(q, l)];
        omega[l] = m->theta > 0 ? 0 - s->lp.dual[mix_row_t(q, l)] : 0;
        pi[l] = 0 - s->lp.dual[row_y(m, l)];
    }
    out->h = h;
    out->y = y;
    out->lambda = lambda;
    out->omega = omega;
    out->pi = pi;
    out->v = s->lp.primal[mix_col_v(q)];
    out->objective = s->lp.objective;
    out->exact = s->lp.certificate.exact;
    out->ties = s->lp.ties;
    return read_split(q, s, a, &out->split);
}

tdo_status mix_lp_solve(mix_lp *q, tdo_arena *a, mix_point *out, tdo_error *err)
{
    tdo_lp_pool_solution s = {0};
    tdo_arena *scratch = tdo_arena_new(); /* [n] reduced costs a solve: not to be kept */
    tdo_status status = TDO_E_MEMORY;
    *out = (mix_point){.outcome = TDO_LP_NUMERICAL};
    if (!scratch)
        goto out;
    status = tdo_lp_pool_solve(q->pool, NULL, scratch, &s, err);
    if (status != TDO_OK)
        goto out;
    q->m->effort.lps++;
    q->m->effort.rounds += s.rounds;
    q->m->effort.seconds += s.lp.seconds;
    out->outcome = s.lp.outcome;
    if (s.lp.outcome == TDO_LP_OPTIMAL)
        status = read_point(q, &s, a, out);
out:
    tdo_arena_free(scratch);
    return status;
}
