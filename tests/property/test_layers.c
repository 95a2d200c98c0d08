/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers of domination, and what each on the frontier alone reaches, against their definitions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "../unit/near.h"
#include "decisions.h"

enum { DECISIONS = 400, BOXES = 1500, N = 12, D = 6, FINE = 4, MANY = 700 };

/* ---- layers ---- */

/* 1, or one more than the deepest of those who dominate it. layer: [n] */
static void find_layers(const world *w, size_t *layer)
{
    const double *gain = world_gains(w);
    bool changed = true;
    for (size_t i = 0; i < w->n; i++)
        layer[i] = 1;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < w->n; i++)
            for (size_t j = 0; j < w->n; j++)
                if (layer[i] <= layer[j] && tdo_dominates(gain + j * w->d, gain + i * w->d, w->d)) {
                    layer[i] = layer[j] + 1;
                    changed = true;
                }
    }
}

static void check_layers(const world *w, size_t last, int threads)
{
    const tdo_case k = world_case(w);
    tdo_layers y = {0};
    size_t listed = 0, beyond = 0, layer[WORLD_N];
    find_layers(w, layer);
    assert_int_equal(tdo_find_layers(&k, last, threads, w->a, &y), TDO_OK);
    for (size_t q = 0; q < y.n; q++) {
        assert_int_equal(y.layer[q], layer[y.slot[q]]);
        if (q == 0 || y.layer[q] != y.layer[q - 1])
            assert_true(q == 0 || y.layer[q] > y.layer[q - 1]);
        else
            assert_true(strcmp(w->id[y.slot[q - 1]], w->id[y.slot[q]]) < 0);
    }
    for (size_t i = 0; i < w->n; i++) {
        listed += layer[i] > 1 && layer[i] <= last;
        beyond += layer[i] > 1 && layer[i] > last;
    }
    assert_int_equal(y.n, listed);
    assert_int_equal(y.beyond, beyond);
}

/* ---- volumes ---- */

/* By inclusion and exclusion: what row `who` reaches together with each set of others. */
static double alone_by_sets(const double *x, size_t n, size_t d, size_t who)
{
    double volume = 0;
    for (size_t set = 0; set < (size_t)1 << n; set++) {
        double box = 1;
        if (set >> who & 1)
            continue;
        for (size_t c = 0; c < d; c++) {
            double end = x[who * d + c];
            for (size_t i = 0; i < n; i++)
                end = set >> i & 1 ? fmin(end, x[i * d + c]) : end;
            box *= end;
        }
        volume += __builtin_popcountll(set) % 2 ? -box : box;
    }
    return volume;
}

/* Of the cells of a grid those that it covers and nobody else. */
static double alone_by_cells(const double *x, size_t n, size_t d, size_t who)
{
    size_t cells = 1, mine = 0;
    for (size_t c = 0; c < d; c++)
        cells *= FINE;
    for (size_t cell = 0; cell < cells; cell++) {
        bool in = false, others = false;
        for (size_t i = 0; i < n; i++) {
            bool covers = true;
            for (size_t c = 0, rest = cell; c < d; c++, rest /= FINE)
                covers = covers && x[i * d + c] * FINE >= (double)(rest % FINE + 1);
            in = i == who ? covers : in;
            others = others || (i != who && covers);
        }
        mine += in && !others;
    }
    return (double)mine / (double)cells;
}

static void check_decision(const world *w)
{
    const tdo_case k = world_case(w);
    const size_t n = w->front.count;
    double *volume = NULL, x[N * WORLD_D];
    size_t d = 0;
    assert_int_equal(tdo_find_volumes(&k, w->a, &volume), TDO_OK);
    for (size_t c = 0; c < w->d; c++)
        d += !w->v.constant[c];
    if (n > N)
        return;
    for (size_t q = 0; q < n; q++)
        for (size_t c = 0, axis = 0; c < w->d; c++)
            if (!w->v.constant[c])
                x[q * d + axis++] = w->v.value[c * w->n + w->front.list[q]];
    for (size_t q = 0; q < n; q++)
        near(volume[q], alone_by_sets(x, n, d, q), 1e-12, 1e-12);
}

static void decisions_match_the_definition(void **state)
{
    static world w;
    (void)state;
    for (size_t number = 0; number < DECISIONS; number++) {
        rng r = start_case(number);
        random_world(&w, &r);
        decide(&w);
        check_layers(&w, 1 + rng_below(&r, 6), 1);
        check_layers(&w, w.n, 2);
        check_decision(&w);
        world_end(&w);
    }
}

/* All are multiples of a quarter: nothing is rounded. */
static void boxes_match_a_grid(void **state)
{
    (void)state;
    for (size_t number = 0; number < BOXES; number++) {
        rng r = start_case(number);
        const size_t n = 1 + rng_below(&r, N), d = 1 + rng_below(&r, D);
        double x[N * D], volume[N];
        tdo_arena *a = tdo_arena_new();
        assert_non_null(a);
        for (size_t k = 0; k < n * d; k++)
            x[k] = (double)rng_below(&r, FINE + 1) / FINE;
        assert_int_equal(tdo_volumes_alone(x, n, d, a, volume), TDO_OK);
        for (size_t i = 0; i < n; i++)
            near(volume[i], alone_by_cells(x, n, d, i), 0, 0);
        tdo_arena_free(a);
    }
}

/* On a staircase the share of each is the rectangle between its neighbours. */
static void many_on_a_staircase(void **state)
{
    static double x[2 * MANY], volume[MANY];
    tdo_arena *a = tdo_arena_new();
    (void)state;
    assert_non_null(a);
    for (size_t i = 0; i < MANY; i++) {
        x[2 * i] = (double)(i + 1) / 1024;
        x[2 * i + 1] = (double)(MANY - i) / 1024;
    }
    assert_int_equal(tdo_volumes_alone(x, MANY, 2, a, volume), TDO_OK);
    for (size_t i = 0; i < MANY; i++)
        near(volume[i], 0x1p-20, 0, 0);
    tdo_arena_free(a);
}

static void too_many_axes_are_not_known(void **state)
{
    double x[2 * (TDO_VOLUME_AXES + 1)] = {1}, volume[2] = {0, 0};
    tdo_arena *a = tdo_arena_new();
    (void)state;
    assert_non_null(a);
    assert_int_equal(tdo_volumes_alone(x, 2, TDO_VOLUME_AXES + 1, a, volume), TDO_OK);
    assert_true(isnan(volume[0]) && isnan(volume[1]));
    tdo_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(decisions_match_the_definition, say_case),
        cmocka_unit_test_teardown(boxes_match_a_grid, say_case),
        cmocka_unit_test(many_on_a_staircase),
        cmocka_unit_test(too_many_axes_are_not_known),
    };
    return cmocka_run_group_tests_name("layers", tests, NULL, NULL);
}
