/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans against one LP over all segments, written here from the definition and solved whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/arena.h"

#include "../unit/near.h"
#include "../unit/random.h"

#include "tradeoff/lp.h"
#include "tradeoff/plan.h"

#include <stdlib.h>

#define INF ((double)INFINITY)

enum { MOST_LIMITS = 5, CASES = 400 };

/* ---- random problems ---- */

typedef struct world {
    tdo_plan_problem p;
    double *size, *value[3], *column[2];
    uint32_t *group;
    bool *barred;
    tdo_plan_limit limit[MOST_LIMITS];
} world;

static double *random_cells(tdo_arena *a, rng *r, size_t n, bool coarse, double times)
{
    double *x = tdo_alloc(a, n, sizeof *x);
    assert_non_null(x);
    for (size_t i = 0; i < n; i++)
        x[i] = times * (coarse ? (double)rng_below(r, 11) / 10 : rng_unit(r));
    return x;
}

static void add_limit(world *w, rng *r, size_t k)
{
    tdo_plan_limit *l = &w->limit[k];
    const size_t c = rng_below(r, 2);
    const double times = c == 1 ? 1000 : 1;
    *l = (tdo_plan_limit){.bind = (tdo_plan_bind)rng_below(r, 3), .min = -INF, .max = INF};
    if (l->bind == TDO_PLAN_SHARE)
        l->candidate = rng_below(r, w->p.candidates);
    else
        l->of = w->column[c];
    if (l->bind == TDO_PLAN_GAP)
        l->max = times * 0.2 * rng_unit(r);
    else if (l->bind == TDO_PLAN_SHARE)
        l->max = 0.1 + 0.8 * rng_unit(r);
    else if (rng_below(r, 2))
        l->max = times * (0.15 + 0.5 * rng_unit(r));
    else
        l->min = times * (0.3 + 0.5 * rng_unit(r));
}

static void make_world(world *w, tdo_arena *a, rng *r, size_t segments, size_t limits)
{
    *w = (world){.p = {.segments = segments,
                       .candidates = 1 + rng_below(r, 5),
                       .groups = 1 + rng_below(r, 3),
                       .n_values = 1 + 2 * rng_below(r, 2),
                       .n_limits = limits,
                       .limit = w->limit}};
    const size_t cells = segments * w->p.candidates;
    const bool coarse = rng_below(r, 2), barring = rng_below(r, 3) == 0;
    w->size = random_cells(a, r, segments, coarse, 10);
    w->group = tdo_alloc(a, segments, sizeof *w->group);
    w->barred = tdo_alloc(a, cells, sizeof *w->barred);
    assert_true(w->group && w->barred);
    if (w->p.groups > segments)
        w->p.groups = segments;
    for (size_t s = 0; s < segments; s++) {
        w->size[s] += 1;
        w->group[s] = (uint32_t)(s < w->p.groups ? s : rng_below(r, w->p.groups));
    }
    for (size_t i = 0; i < cells; i++)
        w->barred[i] = barring && i % w->p.candidates > 0 && rng_below(r, 4) == 0;
    for (size_t v = 0; v < w->p.n_values; v++)
        w->value[v] = random_cells(a, r, cells, coarse, 1);
    w->column[0] = random_cells(a, r, cells, coarse, 1);
    w->column[1] = random_cells(a, r, cells, coarse, 1000);
    for (size_t k = 0; k < limits; k++)
        add_limit(w, r, k);
    w->p.size = w->size;
    w->p.group = w->group;
    w->p.barred = w->barred;
    w->p.value = (const double *const *)w->value;
}

/* ---- the LP ---- */

/* One row of the LP: entries in the columns x[s][j] and perhaps in one or two others. */
typedef struct dense {
    tdo_lp *lp;
    uint32_t *column; /* [cells + 2] */
    double *value;
    size_t n;
} dense;

static void put(dense *d, size_t column, double value)
{
    d->column[d->n] = (uint32_t)column;
    d->value[d->n++] = value;
}

static void end_row(dense *d, double lower, double upper)
{
    tdo_error err = {0};
    assert_int_equal(tdo_lp_add_row(d->lp,
                                    &(tdo_lp_row){.lower = lower,
                                                  .upper = upper,
                                                  .count = d->n,
                                                  .column = d->column,
                                                  .value = d->value},
                                    &err),
                     TDO_OK);
    d->n = 0;
}

static size_t add_free(dense *d, double cost)
{
    tdo_error err = {0};
    assert_int_equal(
        tdo_lp_add_column(d->lp, &(tdo_lp_column){.cost = cost, .lower = -INF, .upper = INF}, &err),
        TDO_OK);
    return tdo_lp_columns(d->lp) - 1;
}

/* The average of `of` in a group (SIZE_MAX: all), as entries. */
static void put_average(dense *d, const world *w, const double *of, size_t group)
{
    const size_t m = w->p.candidates;
    double size = 0;
    for (size_t s = 0; s < w->p.segments; s++)
        size += group == SIZE_MAX || w->group[s] == group ? w->size[s] : 0;
    for (size_t i = 0; i < w->p.segments * m; i++)
        if ((group == SIZE_MAX || w->group[i / m] == group) && of[i] > 0)
            put(d, i, of[i] * w->size[i / m] / size);
}

static void put_limit(dense *d, const world *w, const tdo_plan_limit *l)
{
    const size_t m = w->p.candidates;
    if (l->bind == TDO_PLAN_AVERAGE) {
        put_average(d, w, l->of, SIZE_MAX);
        end_row(d, l->min, l->max);
    } else if (l->bind == TDO_PLAN_SHARE) {
        double size = 0;
        for (size_t s = 0; s < w->p.segments; s++)
            size += w->size[s];
        for (size_t s = 0; s < w->p.segments; s++)
            put(d, s * m + l->candidate, w->size[s] / size);
        end_row(d, l->min, l->max);
    } else {
        const size_t low = add_free(d, 0), high = add_free(d, 0);
        for (size_t g = 0; g < w->p.groups; g++) {
            put_average(d, w, l->of, g);
            put(d, low, -1);
            end_row(d, 0, INF);
            put_average(d, w, l->of, g);
            put(d, high, -1);
            end_row(d, -INF, 0);
        }
        put(d, high, 1);
        put(d, low, -1);
        end_row(d, -INF, l->max);
    }
}

static void solve_whole(const world *w, tdo_arena *a, tdo_lp_solution *out)
{
    const size_t m = w->p.candidates, cells = w->p.segments * m;
    tdo_error err = {0};
    double size = 0;
    dense d = {.lp = tdo_lp_new(a, true),
               .column = tdo_alloc(a, cells + 2, sizeof *d.column),
               .value = tdo_alloc(a, cells + 2, sizeof *d.value)};
    assert_true(d.lp && d.column && d.value);
    for (size_t s = 0; s < w->p.segments; s++)
        size += w->size[s];
    for (size_t i = 0; i < cells; i++) {
        const tdo_lp_column x = {.cost = w->p.n_values == 1 ? w->value[0][i] * w->size[i / m] / size
                                                            : 0,
                                 .upper = w->barred[i] ? 0 : INF};
        assert_int_equal(tdo_lp_add_column(d.lp, &x, &err), TDO_OK);
    }
    for (size_t s = 0; s < w->p.segments; s++) {
        for (size_t j = 0; j < m; j++)
            put(&d, s * m + j, 1);
        end_row(&d, 1, 1);
    }
    const size_t least = w->p.n_values > 1 ? add_free(&d, 1) : 0;
    for (size_t v = 0; w->p.n_values > 1 && v < w->p.n_values; v++) {
        put_average(&d, w, w->value[v], SIZE_MAX);
        put(&d, least, -1);
        end_row(&d, 0, INF);
    }
    for (size_t k = 0; k < w->p.n_limits; k++)
        put_limit(&d, w, &w->limit[k]);
    assert_int_equal(tdo_lp_solve(d.lp, NULL, a, out, &err), TDO_OK);
}

/* ---- the comparison ---- */

static size_t coupling_rows(const world *w)
{
    size_t n = w->p.n_values - 1;
    for (size_t k = 0; k < w->p.n_limits; k++)
        n += w->limit[k].bind == TDO_PLAN_GAP ? w->p.groups : 1;
    return n;
}

static void check_plan(const world *w, const tdo_plan_solution *s, tdo_arena *a)
{
    tdo_plan_totals t;
    assert_int_equal(tdo_plan_total(&w->p, s->choice, s->part, s->n_parts, a, &t), TDO_OK);
    near(t.least, s->value, 1e-15, 0);
    for (size_t k = 0; k < w->p.n_limits; k++)
        assert_true(tdo_plan_holds(&w->p, k, &t));
    assert_true(s->split_segments <= coupling_rows(w));
    size_t at = 0;
    for (size_t q = 0; q < w->p.segments; q++) {
        double sum = 0;
        if (s->choice[q] != TDO_PLAN_SPLIT)
            assert_false(w->barred[q * w->p.candidates + s->choice[q]]);
        for (; at < s->n_parts && s->part[at].segment == q; at++) {
            assert_true(s->part[at].share > 0);
            assert_false(w->barred[q * w->p.candidates + s->part[at].candidate]);
            sum += s->part[at].share;
        }
        near(sum, s->choice[q] == TDO_PLAN_SPLIT ? 1 : 0, 1e-12, 0);
    }
    assert_int_equal(at, s->n_parts);
}

/* Those that clash cannot hold together, and could without any one of them (k). */
static void check_clash(const world *w, const bool *clashes, tdo_arena *a)
{
    for (size_t k = 0; k <= w->p.n_limits; k++) {
        world some = *w;
        tdo_lp_solution whole;
        some.p.n_limits = 0;
        if (k < w->p.n_limits && !clashes[k])
            continue;
        for (size_t q = 0; q < w->p.n_limits; q++)
            if (clashes[q] && q != k)
                some.limit[some.p.n_limits++] = w->limit[q];
        some.p.limit = some.limit;
        solve_whole(&some, a, &whole);
        assert_int_equal(whole.outcome, k < w->p.n_limits ? TDO_LP_OPTIMAL : TDO_LP_INFEASIBLE);
    }
}

static void compare(rng *r, size_t segments, size_t limits, size_t count[2])
{
    tdo_arena *a = tdo_arena_new();
    tdo_error err = {0};
    world w;
    tdo_plan_solution s, again;
    tdo_lp_solution whole;
    assert_non_null(a);
    make_world(&w, a, r, segments, limits);
    assert_int_equal(tdo_plan_solve(&w.p, 1, NULL, a, &s, &err), TDO_OK);
    assert_int_equal(tdo_plan_solve(&w.p, 2, NULL, a, &again, &err), TDO_OK);
    solve_whole(&w, a, &whole);
    if (whole.outcome == TDO_LP_INFEASIBLE) {
        assert_int_equal(s.status, TDO_PLAN_INFEASIBLE);
        assert_non_null(s.clashes);
        check_clash(&w, s.clashes, a);
        count[0]++;
    } else {
        assert_int_equal(whole.outcome, TDO_LP_OPTIMAL);
        assert_int_equal(s.status, TDO_PLAN_OPTIMAL);
        near(s.value, whole.objective, 2e-9, 0);
        assert_true(s.gap <= 1e-9);
        check_plan(&w, &s, a);
        assert_memory_equal(s.choice, again.choice, segments * sizeof *s.choice);
        assert_memory_equal(&s.value, &again.value, sizeof s.value);
        assert_int_equal(s.n_parts, again.n_parts);
        count[1]++;
    }
    tdo_arena_free(a);
}

static void test_whole(void **state)
{
    rng r = {15};
    size_t count[2] = {0, 0};
    (void)state;
    for (size_t k = 0; k < CASES; k++)
        compare(&r, 1 + rng_below(&r, k % 10 == 0 ? 200 : 40), rng_below(&r, MOST_LIMITS + 1),
                count);
    assert_true(count[0] > CASES / 20 && count[1] > CASES / 4);
}

/* Four equal candidates and noise of sd 1: the plan seems to gain the mean of the largest of four
 * normals, and on other figures gains nothing. */
static void test_flattered(void **state)
{
    enum { SEGMENTS = 40000, MODELS = 4 };
    tdo_arena *a = *state;
    rng r = {4};
    tdo_error err = {0};
    double *size = tdo_alloc(a, SEGMENTS, sizeof *size), *noise[2];
    assert_non_null(size);
    for (size_t k = 0; k < 2; k++) {
        noise[k] = tdo_alloc(a, SEGMENTS * MODELS, sizeof *noise[k]);
        assert_non_null(noise[k]);
        for (size_t i = 0; i < SEGMENTS * MODELS; i++)
            noise[k][i] = sqrt(-2 * log(1 - rng_unit(&r))) * cos(2 * acos(-1) * rng_unit(&r));
    }
    for (size_t s = 0; s < SEGMENTS; s++)
        size[s] = 1;
    const double *const value[] = {noise[0]}, *const held[] = {noise[1]};
    tdo_plan_problem p = {.segments = SEGMENTS,
                          .candidates = MODELS,
                          .groups = 1,
                          .size = size,
                          .value = value,
                          .n_values = 1};
    tdo_plan_solution s;
    tdo_plan_totals t;
    assert_int_equal(tdo_plan_solve(&p, 0, NULL, a, &s, &err), TDO_OK);
    assert_int_equal(s.status, TDO_PLAN_OPTIMAL);
    near(s.value, 1.02938, 0.015, 0);
    p.value = held;
    assert_int_equal(tdo_plan_total(&p, s.choice, s.part, s.n_parts, a, &t), TDO_OK);
    near(t.least, 0, 0.02, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test_setup_teardown(test_flattered, make_arena, free_arena)};
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
