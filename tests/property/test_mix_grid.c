/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits on a grid of tenths, where ties are the rule, against every set of models and every vertex
 * of each: no split is missed, none is beaten for the next-worst-off either. TDO_SOAK=1 in the
 * environment: all 5,000 cases, else a tenth of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/mix_world.h"
#include "../unit/random.h"
#include "mix_oracle.h"

enum { MOST_N = 6 };

typedef struct pair {
    mix_world m;
    oracle_mix o;
} pair;

static double tenth(rng *r)
{
    return (double)rng_below(r, 11) / 10;
}

/* A limit on a column of tenths; of every third both sides, at the average of two candidates, so
 * that it can often just be met. */
static void add_limit(rng *r, pair *p)
{
    double column[ORACLE_N];
    size_t k = p->o.limits++, n = p->o.n;
    for (size_t i = 0; i < n; i++)
        column[i] = p->o.limit[k][i] = tenth(r);
    size_t a = rng_below(r, (uint32_t)n), b = rng_below(r, (uint32_t)n);
    double bound = (round(10 * column[a]) + round(10 * column[b])) / 20;
    p->o.bound[k] = bound;
    tdo_constraint *limit = mix_limit_column(&p->m, column, bound);
    if (rng_below(r, 3) > 0)
        return;
    limit->condition.has_min = true;
    limit->condition.min = bound;
    k = p->o.limits++;
    for (size_t i = 0; i < n; i++)
        p->o.limit[k][i] = -column[i];
    p->o.bound[k] = -bound;
}

static void make(rng *r, pair *p)
{
    double utility[ORACLE_N * ORACLE_ROWS];
    size_t n = 2 + rng_below(r, MOST_N - 1), s = 1 + rng_below(r, 3);
    p->o = (oracle_mix){.n = n, .levels = s};
    for (size_t i = 0; i < n; i++)
        for (size_t h = 0; h < s; h++)
            utility[i * s + h] = p->o.level[h][i] = tenth(r);
    mix_start(&p->m, utility, n, s, 1);
    for (size_t k = rng_below(r, 3); k > 0; k--)
        add_limit(r, p);
}

/* worst: level 0 counts the worst of the set. */
static void part_of(const oracle_mix *o, unsigned set, double low, bool worst, oracle_mix *part)
{
    *part = *o;
    part->n = 0;
    part->low = low;
    for (size_t i = 0; i < o->n; i++) {
        if (!(set >> i & 1))
            continue;
        for (size_t l = 0; l < o->levels; l++)
            part->level[l][part->n] = o->level[l][i];
        for (size_t k = 0; k < o->limits; k++)
            part->limit[k][part->n] = o->limit[k][i];
        part->n++;
    }
    double least = 1;
    for (size_t i = 0; i < part->n; i++)
        least = fmin(least, part->level[0][i]);
    for (size_t i = 0; i < part->n && worst; i++)
        part->level[0][i] = least;
}

static void sort(double *x, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && x[k - 1] > x[k]; k--) {
            double t = x[k];
            x[k] = x[k - 1];
            x[k - 1] = t;
        }
}

/* The sorted levels of the best of one set under the rule; false: it has no split. */
static bool best_of(const oracle_mix *o, tdo_mix_rule rule, double *out)
{
    static const double one[ORACLE_ROWS] = {1, 1, 1, 1, 1, 1, 1, 1};
    if (rule == TDO_MIX_WEIGHTED) {
        out[0] = oracle_sum(o, one) / (double)o->levels;
        return !isinf(out[0]);
    }
    if (isinf(oracle_least(o, 0)) || !oracle_leximin(o, out))
        return false;
    sort(out, o->levels);
    return true;
}

/* The best over all sets. rows: how many of the numbers count. */
static bool best_of_all(const pair *p, size_t most, double low, size_t rows, double *out)
{
    bool some = false;
    for (unsigned set = 1; set < 1u << p->o.n; set++) {
        oracle_mix part;
        double now[ORACLE_ROWS];
        bool better = !some, worse = false;
        if ((size_t)oracle_bits(set) > most || low * oracle_bits(set) > 1 + 1e-9)
            continue;
        part_of(&p->o, set, low, p->m.w.criteria[0].mixes_worst, &part);
        if (!best_of(&part, p->m.w.s.mix.rule, now))
            continue;
        for (size_t k = 0; k < rows && some && !better && !worse; k++) {
            better = now[k] > out[k] + 1e-8;
            worse = now[k] < out[k] - 1e-8;
        }
        if (better)
            memcpy(out, now, rows * sizeof *out);
        some = true;
    }
    return some;
}

static void check(pair *p, size_t most, double low)
{
    double best[ORACLE_ROWS], is[ORACLE_ROWS];
    size_t rows = p->m.w.s.mix.rule == TDO_MIX_WEIGHTED ? 1 : p->o.levels;
    bool some = best_of_all(p, most, low, rows, best);
    assert_int_equal(mix_run(&p->m), TDO_OK);
    assert_int_equal(p->m.mix.status, some ? TDO_MIX_OPTIMAL : TDO_MIX_INFEASIBLE);
    if (!some)
        return;
    is[0] = p->m.mix.value;
    for (size_t h = 0; h < rows && rows > 1; h++)
        is[h] = p->m.mix.utility[h];
    sort(is, rows);
    for (size_t k = 0; k < rows; k++)
        near(is[k], best[k], 1e-8, 0);
    near(p->m.mix.value, best[0], 1e-9, 0);
    assert_true(p->m.mix.n_shares <= most);
    assert_true(p->m.mix.n_shares == 1 || p->m.mix.better);
    assert_true(p->m.mix.certificate.gap <= 1e-9);
    for (size_t k = 0; k < p->m.mix.n_shares; k++)
        assert_true(p->m.mix.shares[k].share >= low - 1e-12);
}

static void every_set(void **state)
{
    const int trials = getenv("TDO_SOAK") ? 5000 : 500;
    rng r = {41};
    (void)state;
    for (int trial = 0; trial < trials; trial++) {
        pair p;
        make(&r, &p);
        tdo_mix_options *o = &p.m.w.s.mix;
        o->rule = trial % 3 == 0 ? TDO_MIX_WEIGHTED : TDO_MIX_LEXIMIN;
        o->max_models = rng_below(&r, 6);
        o->min_share = (double)rng_below(&r, 4) / 10;
        p.m.w.criteria[0].mixes_worst = rng_below(&r, 6) == 0;
        check(&p, o->max_models > 0 ? o->max_models : p.o.n, o->min_share);
        mix_end(&p.m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
