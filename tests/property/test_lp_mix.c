/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random mixes: GLPK's own rational simplex as judge, changes that must change nothing, and ten
 * thousand of all kinds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/lp_verify.h"
#include "../unit/random.h"

#include <glpk.h>
#include <string.h>

#define INF ((double)INFINITY)

enum { CANDIDATES = 80, LIMITS = 4, SIDES = 6 };
enum { ROWS = 1 + LIMITS + SIDES, COLUMNS = CANDIDATES + 1 };

/* Shares that sum to 1, averages below limits, and either a weighted sum or the worst of several
 * utilities (column n, "t") to make as large as can be. */
typedef struct mix {
    tdo_lp_arrays p;
    size_t n, limits, sides;
    double limit[LIMITS][CANDIDATES], utility[SIDES][CANDIDATES];
    double A[ROWS * COLUMNS], cost[COLUMNS], lower[COLUMNS], row_lower[ROWS], row_upper[ROWS];
} mix;

typedef double (*draw)(rng *r);

static double unit(rng *r)
{
    return rng_unit(r);
}

static double thousand(rng *r)
{
    return (double)rng_below(r, 1001);
}

/* Few different values: ties and equal candidates. */
static double coarse(rng *r)
{
    return (double)rng_below(r, 3) / 2;
}

static void draw_mix(mix *x, rng *r, draw number)
{
    x->n = 1 + rng_below(r, CANDIDATES);
    x->limits = rng_below(r, LIMITS + 1);
    x->sides = 1 + rng_below(r, SIDES);
    for (size_t j = 0; j < x->n; j++) {
        for (size_t k = 0; k < LIMITS; k++)
            x->limit[k][j] = number(r);
        for (size_t s = 0; s < SIDES; s++)
            x->utility[s][j] = number(r);
    }
}

/* order: [n] which candidate stands in a column. */
static void lay_out(mix *x, tdo_arena *a, bool worst, double limit, double by, const size_t *order)
{
    const size_t columns = x->n + worst, rows = 1 + x->limits + (worst ? x->sides : 0);
    memset(x->A, 0, sizeof x->A);
    for (size_t j = 0; j < x->n; j++) {
        const size_t c = !order ? j : order[j];
        x->A[j] = 1;
        x->cost[j] = worst ? 0 : by * x->utility[0][c];
        x->lower[j] = 0;
        for (size_t k = 0; k < x->limits; k++)
            x->A[(1 + k) * columns + j] = by * x->limit[k][c];
        for (size_t s = 0; worst && s < x->sides; s++)
            x->A[(1 + x->limits + s) * columns + j] = by * x->utility[s][c];
    }
    for (size_t i = 0; i < rows; i++) {
        x->row_lower[i] = i == 0 ? 1 : i <= x->limits ? -INF : 0;
        x->row_upper[i] = i == 0 ? 1 : i <= x->limits ? by * limit : INF;
        if (worst && i > x->limits)
            x->A[i * columns + x->n] = -1;
    }
    if (worst) {
        x->cost[x->n] = 1;
        x->lower[x->n] = -INF;
    }
    x->p = lp_dense(a, rows, columns, x->A);
    x->p.cost = x->cost;
    x->p.lower = x->lower;
    x->p.row_lower = x->row_lower;
    x->p.row_upper = x->row_upper;
}

/* ---- the judge ---- */

static double judge(const tdo_lp_arrays *p, int *status)
{
    glp_prob *g = glp_create_prob();
    int index[ROWS + 1];
    double value[ROWS + 1];
    glp_smcp how;
    (void)glp_term_out(GLP_OFF);
    glp_set_obj_dir(g, GLP_MAX);
    (void)glp_add_rows(g, (int)p->rows);
    (void)glp_add_cols(g, (int)p->columns);
    for (size_t i = 0; i < p->rows; i++) {
        const double lo = p->row_lower[i], up = p->row_upper[i];
        const int type = lo == up ? GLP_FX : isinf(lo) ? GLP_UP : GLP_LO;
        glp_set_row_bnds(g, (int)i + 1, type, isinf(lo) ? 0 : lo, isinf(up) ? 0 : up);
    }
    for (size_t j = 0; j < p->columns; j++) {
        int count = 0;
        glp_set_obj_coef(g, (int)j + 1, p->cost[j]);
        glp_set_col_bnds(g, (int)j + 1, isinf(p->lower[j]) ? GLP_FR : GLP_LO, 0, 0);
        for (size_t e = 0; e < p->entries; e++) {
            if (p->column[e] != j)
                continue;
            index[++count] = (int)p->row[e] + 1;
            value[count] = p->value[e];
        }
        glp_set_mat_col(g, (int)j + 1, count, index, value);
    }
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    assert_int_equal(glp_exact(g, &how), 0);
    *status = glp_get_status(g);
    const double objective = glp_get_obj_val(g);
    glp_delete_prob(g);
    (void)glp_free_env();
    return objective;
}

/* On whole numbers glp_exact works with the very data (decimals it rounds). */
static void test_judge(void **state)
{
    static mix x;
    rng r = {21};
    size_t optimal = 0;
    (void)state;
    for (int turn = 0; turn < 200; turn++) {
        tdo_arena *a = tdo_arena_new();
        int status = 0;
        draw_mix(&x, &r, thousand);
        lay_out(&x, a, turn % 2 == 0, 300 + (double)rng_below(&r, 300), 1, NULL);
        const tdo_lp_solution s = lp_solved(&x.p, true, NULL, a);
        const double objective = judge(&x.p, &status);
        assert_true(s.certificate.exact);
        assert_int_equal(s.outcome, status == GLP_OPT ? TDO_LP_OPTIMAL : TDO_LP_INFEASIBLE);
        if (status == GLP_OPT) {
            near(s.objective, objective, 0, 1e-14);
            optimal++;
        }
        tdo_arena_free(a);
    }
    assert_in_range(optimal, 120, 199);
}

/* ---- what must change nothing ---- */

static void shuffle(rng *r, size_t *order, size_t n)
{
    for (size_t j = 0; j < n; j++)
        order[j] = j;
    for (size_t j = n; j > 1; j--) {
        const size_t k = rng_below(r, j), swap = order[j - 1];
        order[j - 1] = order[k];
        order[k] = swap;
    }
}

static void test_permuted_and_scaled(void **state)
{
    static mix x;
    size_t order[CANDIDATES];
    rng r = {22};
    (void)state;
    for (int turn = 0; turn < 300; turn++) {
        tdo_arena *a = tdo_arena_new();
        const bool worst = turn % 2 == 0;
        draw_mix(&x, &r, turn % 3 == 0 ? coarse : unit);
        lay_out(&x, a, worst, 0.45, 1, NULL);
        const tdo_lp_solution s = lp_solved(&x.p, true, NULL, a);
        shuffle(&r, order, x.n);
        lay_out(&x, a, worst, 0.45, 1, order);
        const tdo_lp_solution t = lp_solved(&x.p, true, NULL, a);
        assert_int_equal(s.outcome, t.outcome);
        if (s.outcome == TDO_LP_OPTIMAL)
            near(t.objective, s.objective, 0, 0); /* the very same double */
        for (int k = -6; k <= 6; k += 12) {
            lay_out(&x, a, worst, 0.45, pow(10, k), order);
            const tdo_lp_solution u = lp_solved(&x.p, true, NULL, a);
            assert_int_equal(s.outcome, u.outcome);
            if (s.outcome == TDO_LP_OPTIMAL)
                near(u.objective, s.objective * pow(10, k), 0, 1e-13);
        }
        tdo_arena_free(a);
    }
}

/* By tolerance alone, on data of 1e-9: what an unscaled GLPK gets wrong by a sixth, and says
 * optimal. */
static void test_scaled_rough(void **state)
{
    static mix x;
    const tdo_lp_options rough = {.exact_work = 1};
    rng r = {25};
    (void)state;
    for (int turn = 0; turn < 300; turn++) {
        tdo_arena *a = tdo_arena_new();
        draw_mix(&x, &r, unit);
        x.limits = 0;
        for (int k = -9; k <= 9; k += 6) {
            lay_out(&x, a, true, 1, pow(10, k), NULL);
            const tdo_lp_solution s = lp_solved(&x.p, true, NULL, a);
            const tdo_lp_solution t = lp_solved(&x.p, true, &rough, a);
            assert_int_equal(t.outcome, TDO_LP_OPTIMAL);
            near(t.objective, s.objective, 0, 1e-9);
        }
        tdo_arena_free(a);
    }
}

static void test_doubled(void **state)
{
    static mix x;
    size_t order[CANDIDATES];
    rng r = {23};
    (void)state;
    for (int turn = 0; turn < 200; turn++) {
        tdo_arena *a = tdo_arena_new();
        draw_mix(&x, &r, unit);
        x.n = (x.n + 1) / 2;
        lay_out(&x, a, turn % 2 == 0, 0.45, 1, NULL);
        const tdo_lp_solution s = lp_solved(&x.p, true, NULL, a);
        for (size_t j = 0; j < 2 * x.n; j++)
            order[j] = j / 2;
        x.n *= 2;
        lay_out(&x, a, turn % 2 == 0, 0.45, 1, order);
        const tdo_lp_solution t = lp_solved(&x.p, true, NULL, a);
        assert_int_equal(s.outcome, t.outcome);
        if (s.outcome == TDO_LP_OPTIMAL) {
            near(t.objective, s.objective, 0, 0);
            assert_true(t.ties > 0); /* the twins of those with a share */
        }
        tdo_arena_free(a);
    }
}

/* ---- ten thousand ---- */

/* Through a pool, whose answer must be that of all columns at once. */
static void solve_pool(const mix *x, bool worst, tdo_arena *a, tdo_lp_pool_solution *s)
{
    static const double same[ROWS] = {1};
    const double *entry[ROWS] = {NULL};
    double *scratch = tdo_alloc(a, ROWS * CANDIDATES, sizeof *scratch);
    tdo_lp *lp = tdo_lp_new(a, true);
    tdo_lp_pool *pool = NULL;
    tdo_error err = {0};
    const size_t columns = x->n + worst;
    uint32_t row[SIDES];
    double minus[SIDES];
    assert_non_null(scratch);
    for (size_t i = 0; i < x->p.rows; i++) {
        const tdo_lp_row r = {.lower = x->row_lower[i], .upper = x->row_upper[i]};
        assert_int_equal(tdo_lp_add_row(lp, &r, &err), TDO_OK);
        if (i > 0) {
            entry[i] = &scratch[i * CANDIDATES];
            memcpy(&scratch[i * CANDIDATES], &x->A[i * columns], x->n * sizeof *scratch);
        }
    }
    for (size_t k = 0; k < x->sides; k++) {
        row[k] = (uint32_t)(1 + x->limits + k);
        minus[k] = -1;
    }
    const tdo_lp_column t = {
        .cost = 1, .lower = -INF, .upper = INF, .count = x->sides, .row = row, .value = minus};
    if (worst)
        assert_int_equal(tdo_lp_add_column(lp, &t, &err), TDO_OK);
    const tdo_lp_candidates c = {.n = x->n, .cost = x->cost, .entry = entry, .same = same};
    assert_int_equal(tdo_lp_pool_new(lp, &c, a, &pool, &err), TDO_OK);
    assert_int_equal(tdo_lp_pool_solve(pool, NULL, a, s, &err), TDO_OK);
}

static void test_ten_thousand(void **state)
{
    static mix x;
    static const draw kind[] = {unit, thousand, coarse};
    rng r = {24};
    size_t count[5] = {0}, exact = 0;
    (void)state;
    for (int turn = 0; turn < 10000; turn++) {
        tdo_arena *a = tdo_arena_new();
        tdo_lp_pool_solution s = {0};
        const bool worst = rng_below(&r, 2) == 0;
        const size_t k = rng_below(&r, 3);
        const double limit = (k == 1 ? 1000 : 1) * (0.1 + 0.5 * rng_unit(&r));
        draw_mix(&x, &r, kind[k]);
        lay_out(&x, a, worst, limit, pow(10, (double)rng_below(&r, 13) - 6), NULL);
        solve_pool(&x, worst, a, &s);
        count[s.lp.outcome]++;
        exact += s.lp.certificate.exact;
        if (turn % 10 == 0) {
            const tdo_lp_solution whole = lp_solved(&x.p, true, NULL, a);
            assert_int_equal(s.lp.outcome, whole.outcome);
            if (whole.outcome == TDO_LP_OPTIMAL && s.lp.certificate.exact)
                near(s.lp.objective, whole.objective, 0, 0);
        }
        tdo_arena_free(a);
    }
    assert_int_equal(count[TDO_LP_OPTIMAL] + count[TDO_LP_INFEASIBLE], 10000);
    assert_in_range(count[TDO_LP_OPTIMAL], 5000, 9900);
    assert_in_range(exact, 9990, 10000); /* the others are infeasible by a rounding */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_judge),        cmocka_unit_test(test_permuted_and_scaled),
        cmocka_unit_test(test_scaled_rough), cmocka_unit_test(test_doubled),
        cmocka_unit_test(test_ten_thousand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
