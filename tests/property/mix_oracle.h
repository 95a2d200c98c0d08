/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What mixes must give, by trying every vertex: slow, plain, and without any LP code.
 * n candidates, `levels` linear functions of the shares, `limits` bounds on averages. */
#ifndef TRADEOFF_TESTS_MIX_ORACLE_H
#define TRADEOFF_TESTS_MIX_ORACLE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { ORACLE_N = 8, ORACLE_ROWS = 8, ORACLE_VARS = ORACLE_N + 1 };

/* Maximise cost . (x, t), where sum x = 1, x >= low, row[r] . (x, t) <= right[r]. */
typedef struct oracle {
    size_t n, rows;
    bool has_t;
    double cost[ORACLE_VARS];
    double low[ORACLE_N];
    double row[2 * ORACLE_ROWS][ORACLE_VARS];
    double right[2 * ORACLE_ROWS];
    double best; /* -INFINITY: infeasible */
    double at[ORACLE_VARS];
    void (*each)(void *user, const double *x); /* every feasible vertex; NULL: none */
    void *user;
} oracle;

static inline bool oracle_solve(double m[ORACLE_VARS][ORACLE_VARS + 1], size_t n, double *x)
{
    for (size_t k = 0; k < n; k++) {
        size_t best = k;
        for (size_t i = k + 1; i < n; i++)
            if (fabs(m[i][k]) > fabs(m[best][k]))
                best = i;
        if (fabs(m[best][k]) < 1e-11)
            return false;
        for (size_t j = 0; j <= n && best != k; j++) {
            double t = m[k][j];
            m[k][j] = m[best][j];
            m[best][j] = t;
        }
        for (size_t i = 0; i < n; i++) {
            double f = i == k ? 0 : m[i][k] / m[k][k];
            for (size_t j = k; j <= n && i != k; j++)
                m[i][j] -= f * m[k][j];
        }
    }
    for (size_t k = 0; k < n; k++)
        x[k] = m[k][n] / m[k][k];
    return true;
}

/* The vertex where these constraints (bits: shares at their low, then rows) are tight. */
static inline void oracle_vertex(oracle *o, unsigned tight)
{
    size_t vars = o->n + o->has_t, at = 1;
    double m[ORACLE_VARS][ORACLE_VARS + 1] = {{0}}, x[ORACLE_VARS] = {0}, value = 0;
    for (size_t i = 0; i < o->n; i++)
        m[0][i] = 1;
    m[0][vars] = 1;
    for (size_t k = 0; k < o->n + o->rows; k++) {
        if (!(tight >> k & 1))
            continue;
        if (k < o->n) {
            m[at][k] = 1;
            m[at][vars] = o->low[k];
        } else {
            memcpy(m[at], o->row[k - o->n], vars * sizeof **m);
            m[at][vars] = o->right[k - o->n];
        }
        at++;
    }
    if (!oracle_solve(m, vars, x))
        return;
    for (size_t i = 0; i < o->n; i++)
        if (x[i] < o->low[i] - 1e-10)
            return;
    for (size_t r = 0; r < o->rows; r++) {
        double sum = 0;
        for (size_t v = 0; v < vars; v++)
            sum += o->row[r][v] * x[v];
        if (sum > o->right[r] + 1e-10)
            return;
    }
    if (o->each)
        o->each(o->user, x);
    for (size_t v = 0; v < vars; v++)
        value += o->cost[v] * x[v];
    if (value > o->best) {
        o->best = value;
        memcpy(o->at, x, sizeof o->at);
    }
}

static inline int oracle_bits(unsigned x)
{
    int n = 0;
    for (; x != 0; x &= x - 1)
        n++;
    return n;
}

static inline double oracle_run(oracle *o)
{
    size_t vars = o->n + o->has_t, all = o->n + o->rows;
    o->best = -INFINITY;
    for (unsigned tight = 0; tight < 1u << all; tight++)
        if ((size_t)oracle_bits(tight) == vars - 1)
            oracle_vertex(o, tight);
    return o->best;
}

/* ---- a mix ---- */

typedef struct oracle_mix {
    size_t n, levels, limits;
    double level[ORACLE_ROWS][ORACLE_N];
    double limit[ORACLE_ROWS][ORACLE_N], bound[ORACLE_ROWS]; /* average <= bound */
    double low;                                              /* of every share */
} oracle_mix;

static inline void oracle_start(const oracle_mix *m, bool has_t, oracle *o)
{
    *o = (oracle){.n = m->n, .rows = m->limits, .has_t = has_t};
    for (size_t i = 0; i < m->n; i++)
        o->low[i] = m->low;
    for (size_t k = 0; k < m->limits; k++) {
        memcpy(o->row[k], m->limit[k], m->n * sizeof **m->limit);
        o->right[k] = m->bound[k];
    }
}

/* level[l] - (t or nothing) >= least */
static inline void oracle_at_least(const oracle_mix *m, oracle *o, size_t l, bool t, double least)
{
    double *row = o->row[o->rows];
    for (size_t i = 0; i < m->n; i++)
        row[i] = -m->level[l][i];
    row[m->n] = t;
    o->right[o->rows++] = -least;
}

static inline double oracle_sum(const oracle_mix *m, const double *weight)
{
    oracle o;
    oracle_start(m, false, &o);
    for (size_t l = 0; l < m->levels; l++)
        for (size_t i = 0; i < m->n; i++)
            o.cost[i] += weight[l] * m->level[l][i];
    return oracle_run(&o);
}

/* theta x the least + rho x the sum */
static inline double oracle_least(const oracle_mix *m, double rho)
{
    oracle o;
    oracle_start(m, true, &o);
    o.cost[m->n] = 1;
    for (size_t l = 0; l < m->levels; l++) {
        oracle_at_least(m, &o, l, true, 0);
        for (size_t i = 0; i < m->n; i++)
            o.cost[i] += rho * m->level[l][i];
    }
    return oracle_run(&o);
}

/* The leximin levels by definition: raise the least of the open ones; one is settled when no split
 * that keeps all the others where they are could give it more. */
static inline bool oracle_leximin(const oracle_mix *m, double *out)
{
    bool open[ORACLE_ROWS];
    size_t left = m->levels;
    for (size_t l = 0; l < m->levels; l++)
        open[l] = true;
    while (left > 0) {
        oracle o;
        oracle_start(m, true, &o);
        o.cost[m->n] = 1;
        for (size_t l = 0; l < m->levels; l++)
            oracle_at_least(m, &o, l, open[l], open[l] ? 0 : out[l] - 1e-11);
        double t = oracle_run(&o);
        size_t before = left;
        if (isinf(t))
            return false;
        bool was[ORACLE_ROWS];
        memcpy(was, open, sizeof was);
        for (size_t l = 0; l < m->levels; l++) {
            if (!was[l])
                continue;
            oracle_start(m, false, &o);
            for (size_t k = 0; k < m->levels; k++)
                if (k != l)
                    oracle_at_least(m, &o, k, false, (was[k] ? t : out[k]) - 1e-11);
            memcpy(o.cost, m->level[l], m->n * sizeof *o.cost);
            if (oracle_run(&o) > t + 1e-7)
                continue;
            open[l] = false;
            out[l] = t;
            left--;
        }
        if (left == before)
            return false;
    }
    return true;
}

#endif
