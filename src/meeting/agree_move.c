/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least move of one person's weights after which it can live with a candidate: a linear program
 *
 *     minimise  sum up[c]                    sum up = sum down, up, down >= 0
 *     where     w = z + up - down >= 0       z: the weights as they are, or any that are allowed
 *               w . (v[x] - v[j]) >= -accept for every rival j
 *
 * Rivals become rows when they are violated: a few of them decide. */
#include "meeting/agree.h"

#include <math.h>
#include <string.h>

#include "tradeoff/lp.h"

/* Among least moves the first one is looked for up to so much more of a move. */
#define LEXICOGRAPHIC_SLACK 1e-12

enum { MOST_ROUNDS = 1000 };

typedef struct agree_step {
    const agree *g;
    const tdo_region *region; /* NULL: the weights are what they are */
    const double *now;        /* [d] the nominal ones */
    uint32_t x;
    double accept;
    size_t d;
    tdo_lp *lp; /* columns: up [d], down [d], z [region->n] */
    tdo_arena *scratch;
    double *weights;  /* [d] of the last solution */
    double *moved;    /* [d] */
    bool *rival;      /* [F] is a row */
    uint32_t *column; /* [3 d] room for a row */
    double *value;
    tdo_lp_outcome outcome;
    bool alone; /* it is the only one */
} agree_step;

/* The most that a rival is above slot x at these weights (0 at least), and which one. */
static double agree_regret(const tdo_case *k, const double *weights, uint32_t x, uint32_t *rival)
{
    const size_t d = k->v->d;
    double most = 0;
    *rival = UINT32_MAX;
    for (size_t j = 0; j < k->front->count; j++) {
        const uint32_t slot = k->front->list[j];
        double ahead = 0;
        for (size_t c = 0; c < d; c++)
            ahead += weights[c] * (tdo_value_at(k->v, c, slot) - tdo_value_at(k->v, c, x));
        if (ahead > most) {
            most = ahead;
            *rival = slot;
        }
    }
    return most;
}

/* ---- the program ---- */

/* Adds coefficients of w[c], for one criterion, to a row that is being made. */
static void add_weight(const agree_step *m, size_t c, double by, size_t *n)
{
    m->column[*n] = (uint32_t)c;
    m->value[(*n)++] = by;
    m->column[*n] = (uint32_t)(m->d + c);
    m->value[(*n)++] = -by;
    for (size_t q = 0; m->region && q < m->region->n; q++)
        if (m->region->criterion[q] == c) {
            m->column[*n] = (uint32_t)(2 * m->d + q);
            m->value[(*n)++] = by;
        }
}

static tdo_status add_row(agree_step *m, size_t n, double lower, double upper)
{
    return tdo_lp_add_row(
        m->lp,
        &(tdo_lp_row){
            .lower = lower, .upper = upper, .count = n, .column = m->column, .value = m->value},
        m->g->err);
}

/* w . (v[x] - v[j]) >= -accept */
static tdo_status add_rival(agree_step *m, uint32_t j)
{
    const tdo_valued *v = m->g->k->v;
    double lower = -m->accept;
    size_t n = 0;
    for (size_t c = 0; c < m->d; c++) {
        const double by = tdo_value_at(v, c, m->x) - tdo_value_at(v, c, j);
        if (by > 0 || by < 0)
            add_weight(m, c, by, &n);
        if (!m->region)
            lower -= m->now[c] * by;
    }
    m->rival[j] = true;
    return add_row(m, n, lower, INFINITY);
}

static tdo_status add_columns(agree_step *m)
{
    const tdo_region *r = m->region;
    tdo_status status = TDO_OK;
    for (size_t c = 0; c < m->d && status == TDO_OK; c++)
        status = tdo_lp_add_column(m->lp, &(tdo_lp_column){.cost = 1, .upper = 1}, m->g->err);
    for (size_t c = 0; c < m->d && status == TDO_OK; c++) {
        const tdo_lp_column down = {.upper = r ? 1 : m->now[c]};
        status = tdo_lp_add_column(m->lp, &down, m->g->err);
    }
    for (size_t q = 0; r && q < r->n && status == TDO_OK; q++)
        status = tdo_lp_add_column(m->lp, &(tdo_lp_column){.upper = 1}, m->g->err);
    return status;
}

/* What is allowed: z on the simplex, under the region's rows, and w >= 0. */
static tdo_status add_region(agree_step *m)
{
    const tdo_region *r = m->region;
    tdo_status status = TDO_OK;
    for (size_t q = 0; q < r->n; q++) {
        m->column[q] = (uint32_t)(2 * m->d + q);
        m->value[q] = 1;
    }
    status = add_row(m, r->n, 1, 1);
    for (size_t i = 0; i < r->m && status == TDO_OK; i++) {
        size_t n = 0;
        int scale = 0; /* by a power of two: nothing is rounded */
        double size = 0;
        for (size_t q = 0; q < r->n; q++)
            size = fmax(size, fabs(r->row[i * r->n + q]));
        (void)frexp(size, &scale);
        for (size_t q = 0; q < r->n; q++) {
            m->column[n] = (uint32_t)(2 * m->d + q);
            m->value[n] = ldexp(r->row[i * r->n + q], -scale);
            n += m->value[n] > 0 || m->value[n] < 0;
        }
        status = add_row(m, n, 0, INFINITY);
    }
    for (size_t c = 0; c < m->d && status == TDO_OK; c++) {
        size_t n = 0;
        add_weight(m, c, 1, &n);
        status = add_row(m, n, 0, INFINITY);
    }
    return status;
}

static tdo_status make(agree_step *m)
{
    const size_t d = m->d, f = m->g->k->v->f;
    m->lp = tdo_lp_new(m->scratch, false);
    m->weights = tdo_alloc(m->scratch, d, sizeof *m->weights);
    m->moved = tdo_alloc(m->scratch, d, sizeof *m->moved);
    m->rival = tdo_alloc(m->scratch, f, sizeof *m->rival);
    m->column = tdo_alloc(m->scratch, 3 * d, sizeof *m->column);
    m->value = tdo_alloc(m->scratch, 3 * d, sizeof *m->value);
    if (!m->lp || !m->weights || !m->moved || !m->rival || !m->column || !m->value)
        return TDO_E_MEMORY;
    tdo_status status = add_columns(m);
    for (size_t c = 0; c < d; c++) {
        m->column[2 * c] = (uint32_t)c;
        m->value[2 * c] = 1;
        m->column[2 * c + 1] = (uint32_t)(d + c);
        m->value[2 * c + 1] = -1;
    }
    if (status == TDO_OK)
        status = add_row(m, 2 * d, 0, 0);
    return status == TDO_OK && m->region ? add_region(m) : status;
}

/* ---- solving ---- */

static void take(agree_step *m, const tdo_lp_solution *s)
{
    double sum = 0;
    for (size_t c = 0; c < m->d; c++) {
        m->moved[c] = s->primal[c] - s->primal[m->d + c];
        m->weights[c] = m->region ? 0 : m->now[c];
    }
    for (size_t q = 0; m->region && q < m->region->n; q++)
        m->weights[m->region->criterion[q]] = s->primal[2 * m->d + q];
    for (size_t c = 0; c < m->d; c++) {
        m->weights[c] = fmax(m->weights[c] + m->moved[c], 0);
        sum += m->weights[c];
    }
    for (size_t c = 0; c < m->d; c++)
        m->weights[c] /= sum;
}

/* Is no other solution as good, or nearly so? Nearly: differences of values are rounded, which
 * breaks ties between criteria that trade alike. */
static bool is_alone(const agree_step *m, const tdo_lp_solution *s)
{
    const double nothing = 1e-9;
    const size_t columns = tdo_lp_columns(m->lp), rows = tdo_lp_rows(m->lp);
    for (size_t q = 0; q < columns; q++)
        if (s->column_place[q] != TDO_LP_BASIC && s->column_place[q] != TDO_LP_FIXED &&
            fabs(s->reduced[q]) <= nothing)
            return false;
    for (size_t i = 0; i < rows; i++)
        if (s->row_place[i] != TDO_LP_BASIC && s->row_place[i] != TDO_LP_FIXED &&
            fabs(s->dual[i]) <= nothing)
            return false;
    return true;
}

/* Solves, and adds rivals until none is violated. */
static tdo_status solve(agree_step *m, double *objective)
{
    for (size_t round = 0; round < MOST_ROUNDS; round++) {
        tdo_lp_solution s = {.objective = NAN};
        uint32_t rival = UINT32_MAX;
        tdo_status status = tdo_lp_solve(m->lp, NULL, m->scratch, &s, m->g->err);
        m->outcome = s.outcome;
        if (status != TDO_OK || s.outcome != TDO_LP_OPTIMAL)
            return status;
        take(m, &s);
        *objective = s.objective;
        m->alone = is_alone(m, &s);
        const double regret = agree_regret(m->g->k, m->weights, m->x, &rival);
        if (regret <= m->accept + TDO_TIE || m->rival[rival])
            return TDO_OK;
        status = add_rival(m, rival);
        if (status != TDO_OK)
            return status;
    }
    m->outcome = TDO_LP_LIMIT;
    return TDO_OK;
}

/* Of all least moves the one with the least weight on the first criterion, then on the second, ...
 * Where a program has no proven answer, the one found before stands. */
static tdo_status choose_first(agree_step *m, double least)
{
    double *kept = tdo_alloc(m->scratch, m->d, sizeof *kept), at = 0;
    size_t n = m->d;
    if (!kept)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < m->d; c++) {
        m->column[c] = (uint32_t)c;
        m->value[c] = 1;
    }
    tdo_status status = add_row(m, n, -INFINITY, least + LEXICOGRAPHIC_SLACK);
    for (size_t c = 0; c < 2 * m->d && status == TDO_OK; c++)
        status = tdo_lp_set_cost(m->lp, c, 0, m->g->err);
    for (size_t c = 0; c < m->d && status == TDO_OK && !m->alone; c++) {
        n = 0;
        add_weight(m, c, 1, &n);
        for (size_t q = 0; q < n && status == TDO_OK; q++)
            status = tdo_lp_set_cost(m->lp, m->column[q], m->value[q], m->g->err);
        memcpy(kept, m->weights, m->d * sizeof *kept);
        if (status == TDO_OK)
            status = solve(m, &at);
        if (status != TDO_OK || m->outcome != TDO_LP_OPTIMAL) {
            memcpy(m->weights, kept, m->d * sizeof *kept);
            break;
        }
        n = 0;
        add_weight(m, c, 1, &n);
        for (size_t q = 0; q < n && status == TDO_OK; q++)
            status = tdo_lp_set_cost(m->lp, m->column[q], 0, m->g->err);
        if (status == TDO_OK)
            status = add_row(m, n, -INFINITY, at + LEXICOGRAPHIC_SLACK);
    }
    return status;
}

/* ---- one person, one candidate ---- */

static double accepted(const agree *g, size_t h)
{
    const tdo_utility *u = g->k->u;
    double least = u->best[h];
    if (!g->o->share)
        return g->o->accept;
    for (size_t j = 0; j < u->f; j++)
        least = fmin(least, tdo_utility_at(u, h, j));
    return g->o->accept * (u->best[h] - least);
}

static tdo_status set_move(const agree *g, const agree_step *m, double change, tdo_agree_move *out)
{
    uint32_t rival = UINT32_MAX;
    double *weights = tdo_alloc(g->a, m->d, sizeof *weights);
    if (!weights)
        return TDO_E_MEMORY;
    memcpy(weights, m->weights, m->d * sizeof *weights);
    *out = (tdo_agree_move){.possible = true,
                            .known = true,
                            .change = change,
                            .weights = weights,
                            .regret = agree_regret(g->k, weights, m->x, &rival)};
    return TDO_OK;
}

tdo_status agree_move(const agree *g, size_t h, uint32_t x, tdo_agree_move *out)
{
    const tdo_case *k = g->k;
    const tdo_region *region = k->regions && k->regions->region[h].open ? &k->regions->region[h]
                                                                        : NULL;
    agree_step m = {.g = g,
                    .region = region,
                    .now = k->u->weight + h * k->v->d,
                    .x = x,
                    .accept = accepted(g, h),
                    .d = k->v->d,
                    .scratch = tdo_arena_new()};
    uint32_t rival = UINT32_MAX;
    double least = 0;
    *out = (tdo_agree_move){.change = NAN, .regret = NAN};
    tdo_status status = m.scratch ? make(&m) : TDO_E_MEMORY;
    if (status != TDO_OK)
        goto out;
    memcpy(m.weights, m.now, m.d * sizeof *m.weights);
    if (agree_regret(k, m.now, x, &rival) <= m.accept + TDO_TIE) {
        status = set_move(g, &m, 0, out);
        goto out;
    }
    status = add_rival(&m, rival);
    if (status == TDO_OK)
        status = solve(&m, &least);
    if (status != TDO_OK || m.outcome != TDO_LP_OPTIMAL) {
        out->known = m.outcome == TDO_LP_INFEASIBLE;
        goto out;
    }
    if (!m.alone)
        status = choose_first(&m, least);
    if (status == TDO_OK)
        status = set_move(g, &m, least > TDO_TIE ? fmin(least, 1) : 0, out);
out:
    tdo_arena_free(m.scratch);
    return status;
}
