/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must not change a mix: the order of the candidates, their units, doubles of them, leaving
 * out those that cannot matter. And no small mix, however odd, may fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/mix_world.h"
#include "../unit/random.h"
#include "mix/mix.h"

enum { TRIALS = 60, N = 20 };

static const tdo_mix_rule rules[] = {
    TDO_MIX_WEIGHTED,          TDO_MIX_MAXIMIN,        TDO_MIX_LEXIMIN,  TDO_MIX_NASH,
    TDO_MIX_KALAI_SMORODINSKY, TDO_MIX_MINIMAX_REGRET, TDO_MIX_CHEBYSHEV};
enum { RULES = sizeof rules / sizeof *rules };

typedef struct data {
    size_t n, d, s, limits;
    double reading[N * 2][4], weight[4][4], column[2][N * 2], bound[2];
    tdo_mix_rule rule;
} data;

/* Readings of unequal size; who is good at one thing is not at others. */
static data make(rng *r, size_t trial)
{
    data x = {.n = 2 + rng_below(r, N - 1), .d = 2 + rng_below(r, 3), .s = 1 + rng_below(r, 4)};
    x.limits = rng_below(r, 3);
    x.rule = rules[trial % RULES];
    for (size_t i = 0; i < x.n; i++)
        for (size_t c = 0; c < x.d; c++)
            x.reading[i][c] = pow(10, (double)c) * (i % x.d == c ? 1 + rng_unit(r) : rng_unit(r));
    for (size_t h = 0; h < x.s; h++)
        for (size_t c = 0; c < x.d; c++)
            x.weight[h][c] = h % x.d == c ? 3 : rng_unit(r);
    for (size_t k = 0; k < x.limits; k++) {
        double low = INFINITY, high = -INFINITY;
        for (size_t i = 0; i < x.n; i++) {
            x.column[k][i] = 1000 * rng_unit(r);
            low = fmin(low, x.column[k][i]);
            high = fmax(high, x.column[k][i]);
        }
        x.bound[k] = low + (high - low) * (0.3 + 0.5 * rng_unit(r));
    }
    return x;
}

static void load(mix_world *m, const data *x)
{
    *m = (mix_world){.err = {.status = TDO_OK}};
    world_start(&m->w, x->n, x->d, x->s);
    for (size_t i = 0; i < x->n; i++)
        for (size_t c = 0; c < x->d; c++)
            m->w.reading[i * x->d + c] = x->reading[i][c];
    for (size_t h = 0; h < x->s; h++)
        for (size_t c = 0; c < x->d; c++)
            m->w.weight[h * x->d + c] = x->weight[h][c];
    m->w.s.mix.limits = m->limits;
    m->w.s.mix.rule = x->rule;
    for (size_t k = 0; k < x->limits; k++)
        mix_limit_column(m, x->column[k], x->bound[k]);
}

/* Value and prices of the same decision in another shape. by: what the columns were multiplied by.
 */
static void same(const data *before, const data *after, double by)
{
    mix_world a, b;
    load(&a, before);
    load(&b, after);
    assert_int_equal(mix_run(&a), TDO_OK);
    assert_int_equal(mix_run(&b), TDO_OK);
    assert_int_equal(a.mix.status, b.mix.status);
    if (a.mix.status == TDO_MIX_OPTIMAL) {
        near(b.mix.value, a.mix.value, 1e-12, 1e-12);
        assert_int_equal(a.mix.single == TDO_NONE, b.mix.single == TDO_NONE);
        if (a.mix.single != TDO_NONE)
            near(b.mix.single_value, a.mix.single_value, 1e-12, 1e-12);
        assert_int_equal(a.mix.better, b.mix.better);
        /* The product is flat at its top: what its last digit decides is the root of that. */
        double even = before->rule == TDO_MIX_NASH ? 1e-8 : 1e-9;
        for (size_t h = 0; h < before->s; h++)
            if (a.mix.unique_known && a.mix.unique)
                near(b.mix.utility[h], a.mix.utility[h], even, 0);
        for (size_t k = 0; k < before->limits; k++) {
            const tdo_price *p = &a.mix.limit[k].price, *q = &b.mix.limit[k].price;
            assert_true(p->known && q->known);
            if (before->rule == TDO_MIX_NASH && !a.mix.no_gain)
                continue; /* where the multipliers are not unique, any of them is right */
            near(q->price * by, p->price, 1e-12, 1e-9);
            near(q->from / by, p->from, 1e-9, 1e-9);
        }
    }
    mix_end(&a);
    mix_end(&b);
}

static void the_order_of_candidates(void **state)
{
    rng r = {31};
    (void)state;
    for (size_t trial = 0; trial < TRIALS * RULES; trial++) {
        data x = make(&r, trial), y = x;
        for (size_t i = 0; i < x.n; i++) {
            memcpy(y.reading[i], x.reading[x.n - 1 - i], sizeof y.reading[i]);
            for (size_t k = 0; k < x.limits; k++)
                y.column[k][i] = x.column[k][x.n - 1 - i];
        }
        same(&x, &y, 1);
    }
}

static void the_units(void **state)
{
    static const double factor[] = {1e-6, 1e6};
    rng r = {32};
    (void)state;
    for (size_t trial = 0; trial < TRIALS * RULES; trial++) {
        double by = factor[trial % 2];
        data x = make(&r, trial), y = x;
        for (size_t i = 0; i < x.n; i++) {
            for (size_t c = 0; c < x.d; c++)
                y.reading[i][c] *= by;
            for (size_t k = 0; k < x.limits; k++)
                y.column[k][i] *= by;
        }
        for (size_t k = 0; k < x.limits; k++)
            y.bound[k] *= by;
        same(&x, &y, by);
    }
}

static void doubles(void **state)
{
    rng r = {33};
    (void)state;
    for (size_t trial = 0; trial < TRIALS * RULES; trial++) {
        data x = make(&r, trial), y = x;
        y.n = 2 * x.n;
        for (size_t i = x.n; i < y.n; i++) {
            memcpy(y.reading[i], x.reading[i - x.n], sizeof y.reading[i]);
            for (size_t k = 0; k < x.limits; k++)
                y.column[k][i] = x.column[k][i - x.n];
        }
        same(&x, &y, 1);
    }
}

/* ---- who cannot matter ---- */

static double solve_with(mix_world *m, bool all, size_t *entered)
{
    tdo_arena *a = tdo_arena_new();
    mix_problem x = {0};
    mix_lp q = {0};
    mix_answer y = {0};
    double level[TDO_MAX_STAKEHOLDERS], value = NAN;
    assert_non_null(a);
    const tdo_case k = world_case(&m->w);
    assert_int_equal(mix_problem_start(&k, a, &x), TDO_OK);
    assert_int_equal(mix_scale_bounds(&x), TDO_OK);
    assert_int_equal(mix_set_levels(&x), TDO_OK);
    assert_int_equal(mix_filter(&x, all), TDO_OK);
    *entered = x.entered;
    q = (mix_lp){.m = &x, .a = a, .who = x.enter, .n = x.entered};
    assert_int_equal(mix_lp_make(&q, NULL), TDO_OK);
    assert_int_equal(mix_solve_rule(&q, a, &y, NULL), TDO_OK);
    if (y.status == TDO_MIX_OPTIMAL) {
        mix_split_clean(&y.split);
        mix_split_levels(&x, &y.split, level);
        value = mix_levels_value(&x, level);
    }
    tdo_arena_free(a);
    return value;
}

static void leaving_out_who_cannot_matter(void **state)
{
    rng r = {34};
    size_t left_out = 0;
    (void)state;
    for (size_t trial = 0; trial < TRIALS * RULES; trial++) {
        data x = make(&r, trial);
        mix_world m;
        size_t some = 0, all = 0;
        load(&m, &x);
        if (trial % 3 == 0 && x.limits > 0) { /* both sides of one limit */
            m.limits[0].condition.has_min = true;
            m.limits[0].condition.min = x.bound[0] * 0.9;
        }
        assert_int_equal(world_run(&m.w, &m.err), TDO_OK);
        m.w.x.mix_limited = m.limited;
        double few = solve_with(&m, false, &some), full = solve_with(&m, true, &all);
        assert_int_equal(isnan(few), isnan(full));
        if (!isnan(few))
            near(few, full, 1e-13, 0);
        assert_int_equal(all, x.n);
        left_out += all - some;
        mix_end(&m);
    }
    assert_true(left_out > TRIALS);
}

/* ---- anything goes ---- */

static void odd_data(rng *r, data *x)
{
    static const double odd[] = {0, 1, -1, 1e300, -1e300, 1e-300, 5e-324, 0.1, 1 / 3.0, 1e9 + 0.1};
    for (size_t i = 0; i < x->n; i++) {
        for (size_t c = 0; c < x->d; c++)
            if (rng_below(r, 3) == 0)
                x->reading[i][c] = odd[rng_below(r, sizeof odd / sizeof *odd)];
        for (size_t k = 0; k < x->limits; k++)
            if (rng_below(r, 3) == 0)
                x->column[k][i] = odd[rng_below(r, sizeof odd / sizeof *odd)];
    }
    for (size_t k = 0; k < x->limits; k++)
        if (rng_below(r, 3) == 0)
            x->bound[k] = odd[rng_below(r, sizeof odd / sizeof *odd)];
}

/* MIX_TRIALS in the environment: more of them. */
static void no_mix_fails(void **state)
{
    rng r = {35};
    const char *more = getenv("MIX_TRIALS");
    size_t trials = more ? strtoul(more, NULL, 10) : 700;
    (void)state;
    for (size_t trial = 0; trial < trials; trial++) {
        data x = make(&r, trial);
        mix_world m;
        if (trial % 2 == 0)
            odd_data(&r, &x);
        load(&m, &x);
        if (rng_below(&r, 4) == 0)
            m.w.s.mix.max_models = 1 + rng_below(&r, 3);
        if (rng_below(&r, 4) == 0)
            m.w.s.mix.min_share = rng_unit(&r) / 2;
        if (rng_below(&r, 6) == 0)
            m.w.criteria[0].mixes_worst = true;
        if (rng_below(&r, 6) == 0)
            m.w.stakeholders[0].power = x.s > 1 ? 0 : 1;
        if (rng_below(&r, 4) == 0)
            m.w.incumbent = rng_below(&r, x.n);
        assert_int_equal(mix_run(&m), TDO_OK);
        assert_int_not_equal(m.mix.status, TDO_MIX_NUMERICAL);
        assert_true(m.mix.whole || m.mix.status != TDO_MIX_LIMIT);
        if (m.mix.status == TDO_MIX_OPTIMAL) {
            assert_true(m.mix.certificate.primal <= 1e-9);
            assert_true(m.mix.certificate.gap <= (m.mix.whole ? 1e-6 : 1e-9));
            assert_true(m.mix.whole || m.mix.certificate.dual <= 1e-9);
            if (m.mix.single != TDO_NONE)
                assert_true(m.mix.value >= m.mix.single_value - 1e-9);
        }
        mix_end(&m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_candidates),
        cmocka_unit_test(the_units),
        cmocka_unit_test(doubles),
        cmocka_unit_test(leaving_out_who_cannot_matter),
        cmocka_unit_test(no_mix_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
