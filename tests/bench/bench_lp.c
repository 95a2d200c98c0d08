/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_lp [CANDIDATES ...]: mixes with three limits, as a weighted sum and as the worst of so many
 * utilities: a pool cold, a pool warm (one limit moved), and the same LP with all its columns. */
#include "data.h"
#include "tradeoff/lp.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LIMITS = 3, SIDES_MAX = 20, ROWS = 1 + LIMITS + SIDES_MAX, WARM = 20, WHOLE_MAX = 5000 };

#define INF ((double)INFINITY)

static double now_ms(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

typedef struct mix {
    size_t n, sides, rows;
    double *entry[ROWS], *cost, same[ROWS];
} mix;

/* Candidates that are good at everything cost more: limits bind, and splits pay. */
static bool make_mix(mix *x, tdo_arena *a, size_t n, size_t sides)
{
    rng r = {n};
    *x = (mix){.n = n, .sides = sides, .rows = 1 + LIMITS + sides, .same = {1}};
    x->cost = tdo_alloc(a, n, sizeof *x->cost);
    for (size_t i = 1; i < x->rows; i++) {
        x->entry[i] = tdo_alloc(a, n, sizeof *x->entry[i]);
        if (!x->entry[i])
            return false;
    }
    for (size_t j = 0; x->cost && j < n; j++) {
        const double size = rng_unit(&r);
        for (size_t i = 1; i < x->rows; i++)
            x->entry[i][j] = (size + (i > LIMITS ? 2 : 1) * rng_unit(&r)) / (i > LIMITS ? 3 : 2);
        x->cost[j] = sides > 0 ? 0 : (size + rng_unit(&r) + rng_unit(&r)) / 3;
    }
    return x->cost != NULL;
}

static tdo_status add_rows(const mix *x, tdo_lp *lp, tdo_error *err)
{
    uint32_t row[SIDES_MAX];
    double minus[SIDES_MAX];
    tdo_status s = !lp ? TDO_E_MEMORY : TDO_OK;
    for (size_t i = 0; s == TDO_OK && i < x->rows; i++) {
        const tdo_lp_row r = {.lower = i == 0        ? 1
                                       : i <= LIMITS ? -INF
                                                     : 0,
                              .upper = i == 0        ? 1
                                       : i <= LIMITS ? 0.4
                                                     : INF};
        s = tdo_lp_add_row(lp, &r, err);
    }
    for (size_t k = 0; k < x->sides; k++) {
        row[k] = (uint32_t)(1 + LIMITS + k);
        minus[k] = -1;
    }
    const tdo_lp_column t = {
        .cost = 1, .lower = -INF, .upper = INF, .count = x->sides, .row = row, .value = minus};
    return s == TDO_OK && x->sides > 0 ? tdo_lp_add_column(lp, &t, err) : s;
}

/* All candidates as columns. */
static tdo_status solve_whole(const mix *x, tdo_arena *a, tdo_lp_solution *out, tdo_error *err)
{
    tdo_lp *lp = tdo_lp_new(a, true);
    tdo_status s = add_rows(x, lp, err);
    for (size_t j = 0; s == TDO_OK && j < x->n; j++) {
        uint32_t row[ROWS];
        double value[ROWS];
        for (size_t i = 0; i < x->rows; i++) {
            row[i] = (uint32_t)i;
            value[i] = !x->entry[i] ? x->same[i] : x->entry[i][j];
        }
        const tdo_lp_column c = {
            .cost = x->cost[j], .upper = INF, .count = x->rows, .row = row, .value = value};
        s = tdo_lp_add_column(lp, &c, err);
    }
    return s == TDO_OK ? tdo_lp_solve(lp, NULL, a, out, err) : s;
}

static tdo_status measure(size_t n, size_t sides, tdo_arena *a, tdo_error *err)
{
    mix x = {0};
    tdo_lp *lp = tdo_lp_new(a, true);
    tdo_lp_pool *pool = NULL;
    tdo_lp_pool_solution cold = {0}, warm = {0};
    tdo_lp_solution whole = {0};
    const double *entry[ROWS];
    if (!make_mix(&x, a, n, sides))
        return TDO_E_MEMORY;
    for (size_t i = 0; i < x.rows; i++)
        entry[i] = x.entry[i];
    const tdo_lp_candidates c = {.n = n, .cost = x.cost, .entry = entry, .same = x.same};
    tdo_status s = add_rows(&x, lp, err);
    if (s == TDO_OK)
        s = tdo_lp_pool_new(lp, &c, a, &pool, err);
    const double t0 = now_ms();
    if (s == TDO_OK)
        s = tdo_lp_pool_solve(pool, NULL, a, &cold, err);
    const double t1 = now_ms();
    for (int k = 1; s == TDO_OK && k <= WARM; k++) {
        s = tdo_lp_set_row_bounds(lp, 1, -INF, 0.4 - 0.002 * k, err);
        if (s == TDO_OK)
            s = tdo_lp_pool_solve(pool, NULL, a, &warm, err);
    }
    const double t2 = now_ms();
    if (s == TDO_OK && n <= WHOLE_MAX)
        s = solve_whole(&x, a, &whole, err);
    const double t3 = now_ms();
    if (s != TDO_OK)
        return s;
    printf("%7zu %2zu %9.3f %6u %5.0f %% %9.3f %9.3f  %s, %s, gap %.0e\n", n, sides, t1 - t0,
           cold.rounds, cold.lp.seconds * 1e5 / (t1 - t0), (t2 - t1) / WARM, t3 - t2,
           tdo_lp_outcome_word(cold.lp.outcome), cold.lp.certificate.exact ? "exact" : "rounded",
           cold.lp.certificate.gap);
    fflush(stdout);
    const double apart = fabs(whole.objective - cold.lp.objective);
    return n > WHOLE_MAX || apart <= 0 ? TDO_OK : TDO_E_INTERNAL;
}

int main(int argc, char **argv)
{
    static const char *const usual[] = {"50", "500", "5000", "100000"};
    static const size_t sides[] = {0, 5, SIDES_MAX};
    const int count = argc > 1 ? argc - 1 : 4;
    printf("      n  u   cold ms rounds  glpk   warm ms  whole ms\n");
    for (int k = 0; k < count; k++) {
        const size_t n = strtoul(argc > 1 ? argv[k + 1] : usual[k], NULL, 10);
        for (size_t q = 0; q < sizeof sides / sizeof sides[0]; q++) {
            tdo_error err = {0};
            tdo_arena *a = tdo_arena_new();
            const tdo_status s = !a ? TDO_E_MEMORY : measure(n, sides[q], a, &err);
            tdo_arena_free(a);
            if (s != TDO_OK) {
                fprintf(stderr, "bench_lp: %s\n", err.text);
                return 1;
            }
        }
    }
    return 0;
}
