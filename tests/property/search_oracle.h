/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules once more: slow, plain, straight from the definitions, no code of the library.
 * Everything counts pairs; nothing is sorted but the utilities of one candidate. */
#ifndef TRADEOFF_TESTS_SEARCH_ORACLE_H
#define TRADEOFF_TESTS_SEARCH_ORACLE_H

#include "tradeoff/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ORACLE_F = 96, ORACLE_S = 12, ORACLE_BRUTE = 7 };

typedef struct oracle {
    size_t f, s, d;
    const double *utility;      /* [s x f] */
    const double *value;        /* [d x f] */
    const double *weight;       /* [s x d] */
    const double *power;        /* [s] */
    const double *disagreement; /* [s] */
    const char *const *id;      /* [f] */
    double score[ORACLE_F];
    size_t rank[ORACLE_F];
} oracle;

static inline double o_u(const oracle *o, size_t s, size_t i)
{
    return o->utility[s * o->f + i];
}

static inline double o_best(const oracle *o, size_t s)
{
    double best = o_u(o, s, 0);
    for (size_t i = 0; i < o->f; i++)
        best = fmax(best, o_u(o, s, i));
    return best;
}

/* -1: s puts i below j, 1: above, 0: tied. */
static inline int o_prefers(const oracle *o, size_t s, size_t i, size_t j)
{
    double d = o_u(o, s, i) - o_u(o, s, j);
    return d > 1e-12 ? 1 : d < -1e-12 ? -1 : 0;
}

static inline bool o_dominates(const double *a, const double *b, size_t d)
{
    bool some = false;
    for (size_t c = 0; c < d; c++) {
        if (a[c] < b[c])
            return false;
        if (a[c] > b[c])
            some = true;
    }
    return some;
}

static inline void o_rank_by_score(oracle *o)
{
    for (size_t i = 0; i < o->f; i++) {
        o->rank[i] = 1;
        for (size_t j = 0; j < o->f; j++)
            o->rank[i] += o->score[j] - o->score[i] > 1e-12;
    }
}

static int o_ascending(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* What leximin compares for candidate i: utilities, or shares of the ideal gain. */
static inline size_t o_vector(const oracle *o, bool shares, size_t i, double *to)
{
    size_t n = 0;
    for (size_t s = 0; s < o->s; s++) {
        double ideal = o_best(o, s) - o->disagreement[s];
        if (!(o->power[s] > 0))
            continue;
        if (!shares)
            to[n++] = o_u(o, s, i);
        else if (ideal > 1e-12)
            to[n++] = (o_u(o, s, i) - o->disagreement[s]) / ideal;
    }
    qsort(to, n, sizeof *to, o_ascending);
    return n;
}

static inline void o_leximin(oracle *o, bool shares)
{
    for (size_t i = 0; i < o->f; i++) {
        double mine[ORACLE_S], theirs[ORACLE_S];
        size_t n = o_vector(o, shares, i, mine);
        o->score[i] = n == 0 ? 0 : mine[0];
        o->rank[i] = 1;
        for (size_t j = 0; j < o->f; j++) {
            size_t t = 0;
            (void)o_vector(o, shares, j, theirs);
            while (t < n && fabs(theirs[t] - mine[t]) <= 1e-12)
                t++;
            o->rank[i] += t < n && theirs[t] > mine[t];
        }
    }
}

static inline double o_nash(const oracle *o, size_t i)
{
    double least = 1e9, product = 1;
    for (size_t s = 0; s < o->s; s++) {
        double gain = o_u(o, s, i) - o->disagreement[s];
        if (o->power[s] > 0)
            least = fmin(least, fabs(gain) <= TDO_TIE ? 0 : gain);
    }
    for (size_t s = 0; s < o->s && least > 0; s++)
        product *= o->power[s] > 0 ? pow(o_u(o, s, i) - o->disagreement[s], o->power[s]) : 1;
    return least > 0 ? product : least;
}

static inline double o_chebyshev(const oracle *o, size_t i)
{
    double most = 0, sum = 0;
    for (size_t c = 0; c < o->d; c++) {
        double w = 0;
        for (size_t s = 0; s < o->s; s++)
            w += o->power[s] * o->weight[s * o->d + c];
        most = fmax(most, w * (1 - o->value[c * o->f + i]));
        sum += w * (1 - o->value[c * o->f + i]);
    }
    return -(most + 0.001 * sum);
}

/* Power of those who put i above j. */
static inline double o_support(const oracle *o, size_t i, size_t j)
{
    double sum = 0;
    for (size_t s = 0; s < o->s; s++)
        sum += o_prefers(o, s, i, j) > 0 ? o->power[s] : 0;
    return sum;
}

/* Everybody's place from the worst-off, ties by number; S, S - 1, ..., 1 over their sum. */
static inline double o_owa(const oracle *o, size_t i)
{
    double x = 0, sum = 0;
    for (size_t s = 0; s < o->s; s++) {
        size_t weight = 0;
        for (size_t q = 0; q < o->s && o->power[s] > 0; q++)
            weight += o->power[q] > 0 &&
                      (o_u(o, q, i) > o_u(o, s, i) || (!(o_u(o, q, i) < o_u(o, s, i)) && q >= s));
        x += (double)weight * o_u(o, s, i);
        sum += (double)weight;
    }
    return x / sum;
}

/* One candidate's score, for the rules that have one of their own. */
static inline double o_score(const oracle *o, tdo_rule rule, size_t i)
{
    double x = 0;
    switch (rule) {
    case TDO_RULE_WEIGHTED:
        for (size_t s = 0; s < o->s; s++)
            x += o->power[s] * o_u(o, s, i);
        return x;
    case TDO_RULE_NASH:
        return o_nash(o, i);
    case TDO_RULE_MINIMAX_REGRET:
        for (size_t s = 0; s < o->s; s++)
            x = o->power[s] > 0 ? fmax(x, o_best(o, s) - o_u(o, s, i)) : x;
        return -x;
    case TDO_RULE_CHEBYSHEV:
        return o_chebyshev(o, i);
    case TDO_RULE_BORDA:
        for (size_t s = 0; s < o->s; s++)
            for (size_t j = 0; j < o->f; j++)
                x += i == j ? 0 : o->power[s] * (o_prefers(o, s, i, j) + 1) / 2.0;
        return x;
    case TDO_RULE_PLURALITY:
        for (size_t s = 0; s < o->s; s++) {
            size_t n = 0;
            for (size_t j = 0; j < o->f; j++)
                n += o_best(o, s) - o_u(o, s, j) <= 1e-12;
            x += o_best(o, s) - o_u(o, s, i) <= 1e-12 ? o->power[s] / (double)n : 0;
        }
        return x;
    case TDO_RULE_OWA:
        return o_owa(o, i);
    case TDO_RULE_COPELAND:
        for (size_t j = 0; j < o->f; j++) {
            double more = o_support(o, i, j) - o_support(o, j, i);
            x += i == j ? 0 : more > 1e-12 ? 1 : more < -1e-12 ? 0 : 0.5;
        }
        return x;
    case TDO_RULE_MAXIMIN:
    case TDO_RULE_KALAI_SMORODINSKY:
    case TDO_RULE_KEMENY:
    case TDO_RULE_NEEDS_FIRST: /* needs and stages: oracle.py */
    case TDO_RULE_PRIORITIES:
    case TDO_RULES:
        break;
    }
    return NAN;
}

/* ---- kemeny: every order there is ---- */

static inline double o_kemeny_cost(const oracle *o, const size_t *order)
{
    double cost = 0;
    for (size_t a = 0; a < o->f; a++)
        for (size_t b = a + 1; b < o->f; b++)
            for (size_t s = 0; s < o->s; s++) /* 0 agrees, 1 disagrees, a half where tied */
                cost += o->power[s] * (1 - o_prefers(o, s, order[a], order[b])) / 2.0;
    return cost;
}

/* The next order by id bytes; order starts ascending. False after the last. */
static inline bool o_next_order(const oracle *o, size_t *order)
{
    size_t i = o->f - 1, j = o->f - 1;
    while (i > 0 && strcmp(o->id[order[i - 1]], o->id[order[i]]) > 0)
        i--;
    if (i == 0)
        return false;
    while (strcmp(o->id[order[j]], o->id[order[i - 1]]) < 0)
        j--;
    size_t swap = order[i - 1];
    order[i - 1] = order[j];
    order[j] = swap;
    for (size_t a = i, b = o->f - 1; a < b; a++, b--) {
        swap = order[a];
        order[a] = order[b];
        order[b] = swap;
    }
    return true;
}

static inline void o_first_order(const oracle *o, size_t *order)
{
    for (size_t i = 0; i < o->f; i++) {
        size_t place = 0;
        for (size_t j = 0; j < o->f; j++)
            place += strcmp(o->id[j], o->id[i]) < 0;
        order[place] = i;
    }
}

/* f <= ORACLE_BRUTE. */
static inline void o_kemeny(oracle *o)
{
    size_t order[ORACLE_BRUTE];
    double least = INFINITY;
    o_first_order(o, order);
    do {
        least = fmin(least, o_kemeny_cost(o, order));
    } while (o_next_order(o, order));
    o_first_order(o, order);
    while (o_kemeny_cost(o, order) - least > 1e-12)
        (void)o_next_order(o, order);
    for (size_t place = 0; place < o->f; place++) {
        o->rank[order[place]] = place + 1;
        o->score[order[place]] = (double)(o->f - place - 1);
    }
}

/* Scores and ranks under a rule. (Scores that the library computes in another order may differ in
 * the last bits; see the test for how their ranks are judged.) */
static inline void oracle_apply(oracle *o, tdo_rule rule)
{
    if (rule == TDO_RULE_MAXIMIN || rule == TDO_RULE_KALAI_SMORODINSKY) {
        o_leximin(o, rule != TDO_RULE_MAXIMIN);
    } else if (rule == TDO_RULE_KEMENY) {
        o_kemeny(o);
    } else {
        for (size_t i = 0; i < o->f; i++)
            o->score[i] = o_score(o, rule, i);
        o_rank_by_score(o);
    }
}

#endif
