/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The border of an LP, families of LPs, and what is written of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"

#include "lp_verify.h"

#include <glpk.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define INF  ((double)INFINITY)
#define NONE ((double)NAN)

/* ---- the border ---- */

static tdo_lp *two_rows(tdo_arena *a)
{
    tdo_error err = {0};
    tdo_lp *lp = tdo_lp_new(a, true);
    assert_non_null(lp);
    const tdo_lp_row shares = {.name = "shares", .lower = 1, .upper = 1};
    const tdo_lp_row limit = {.lower = -INF, .upper = 2};
    assert_int_equal(tdo_lp_add_row(lp, &shares, &err), TDO_OK);
    assert_int_equal(tdo_lp_add_row(lp, &limit, &err), TDO_OK);
    return lp;
}

static void refuse_column(tdo_lp *lp, tdo_lp_column c, const char *why)
{
    tdo_error err = {0};
    const size_t before = tdo_lp_columns(lp);
    assert_int_equal(tdo_lp_add_column(lp, &c, &err), TDO_E_INPUT);
    assert_string_equal(err.text, why);
    assert_int_equal(tdo_lp_columns(lp), before);
}

static void refuse_row(tdo_lp *lp, tdo_lp_row r, const char *why)
{
    tdo_error err = {0};
    const size_t before = tdo_lp_rows(lp);
    assert_int_equal(tdo_lp_add_row(lp, &r, &err), TDO_E_INPUT);
    assert_string_equal(err.text, why);
    assert_int_equal(tdo_lp_rows(lp), before);
}

static void test_refused(void **state)
{
    tdo_lp *lp = two_rows(*state);
    const uint32_t third[] = {2};
    const double one[] = {1}, nan[] = {NONE}, inf[] = {INF};
    refuse_column(lp, (tdo_lp_column){.cost = NONE}, "the cost of column 1 is not a finite number");
    refuse_column(lp, (tdo_lp_column){.cost = -INF, .name = "gbdt"},
                  "the cost of column \"gbdt\" is not a finite number");
    refuse_column(lp, (tdo_lp_column){.lower = 2, .upper = 1}, "the bounds of column 1 cross");
    refuse_column(lp, (tdo_lp_column){.lower = NONE}, "the bounds of column 1 are not numbers");
    refuse_column(lp, (tdo_lp_column){.lower = INF, .upper = INF},
                  "the bounds of column 1 are not numbers");
    refuse_column(lp, (tdo_lp_column){.lower = -INF, .upper = -INF},
                  "the bounds of column 1 are not numbers");
    refuse_column(lp, (tdo_lp_column){.count = 1, .row = third, .value = one},
                  "an entry of column 1 has index 2 of 2");
    refuse_column(lp, (tdo_lp_column){.count = 1, .row = (uint32_t[]){0}, .value = nan},
                  "an entry of column 1 is not a finite number");
    refuse_column(lp, (tdo_lp_column){.count = 1, .row = (uint32_t[]){0}, .value = inf},
                  "an entry of column 1 is not a finite number");
    refuse_row(lp, (tdo_lp_row){.lower = NONE, .upper = 1}, "the bounds of row 3 are not numbers");
    refuse_row(lp, (tdo_lp_row){.lower = 1, .upper = 0.5}, "the bounds of row 3 cross");
    refuse_row(lp, (tdo_lp_row){.count = 1, .column = third, .value = one},
               "an entry of row 3 has index 2 of 0");
}

static void test_changes_refused(void **state)
{
    tdo_lp *lp = two_rows(*state);
    tdo_error err = {0};
    assert_int_equal(tdo_lp_set_row_bounds(lp, 2, 0, 1, &err), TDO_E_INPUT);
    assert_int_equal(tdo_lp_set_row_bounds(lp, 0, 1, 0, &err), TDO_E_INPUT);
    assert_int_equal(tdo_lp_set_row_bounds(lp, 0, NONE, 0, &err), TDO_E_INPUT);
    assert_int_equal(tdo_lp_set_cost(lp, 0, 1, &err), TDO_E_INPUT);
    assert_int_equal(tdo_lp_set_bounds(lp, 0, 0, 1, &err), TDO_E_INPUT);
    assert_string_equal(err.text, "row 2 of an LP with 2"); /* the first error wins */
}

static void test_twice(void **state)
{
    tdo_lp *lp = two_rows(*state);
    tdo_error err = {0};
    tdo_lp_solution s = {0};
    const uint32_t row[] = {1, 0, 1};
    const double value[] = {1, 1, 2};
    tdo_sink sink = tdo_sink_memory(*state);
    assert_int_equal(
        tdo_lp_add_column(lp, &(tdo_lp_column){.upper = 1, .count = 3, .row = row, .value = value},
                          &err),
        TDO_OK);
    assert_int_equal(tdo_lp_solve(lp, NULL, *state, &s, &err), TDO_E_INPUT);
    assert_string_equal(err.text, "column 1 has two entries in row 2");
    assert_int_equal(tdo_lp_write(lp, &sink, &err), TDO_E_INPUT);
}

static void test_options(void **state)
{
    tdo_lp *lp = two_rows(*state);
    tdo_lp_solution s = {0};
    const tdo_lp_options wrong[] = {{.seconds = -1}, {.seconds = NONE}, {.gap = -1}, {.gap = INF}};
    for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
        tdo_error err = {0};
        assert_int_equal(tdo_lp_solve(lp, &wrong[k], *state, &s, &err), TDO_E_INPUT);
    }
}

static void test_arrays_refused(void **state)
{
    const double x[] = {1, NONE}, up[] = {0, 1}, good[] = {1, 1};
    const uint32_t zero[] = {0, 0}, one[] = {0, 1};
    const struct {
        tdo_lp_arrays p;
        const char *why;
    } bad[] = {
        {{.columns = 2, .cost = x}, "the cost of column 2 is not a finite number"},
        {{.columns = 2, .lower = good, .upper = up}, "the bounds of column 1 cross"},
        {{.rows = 2, .row_lower = x}, "the bounds of row 2 are not numbers"},
        {{.rows = 1, .columns = 2, .entries = 2, .row = zero, .column = one, .value = x},
         "an entry of column 2 is not a finite number"},
        {{.rows = 1, .columns = 1, .entries = 2, .row = zero, .column = one, .value = good},
         "entry 1 is in column 1 of 1"},
        {{.rows = 1, .columns = 1, .entries = 2, .row = one, .column = zero, .value = good},
         "an entry of column 1 has index 1 of 1"},
    };

    for (size_t k = 0; k < sizeof bad / sizeof bad[0]; k++) {
        tdo_lp *lp = tdo_lp_new(*state, false);
        tdo_error err = {0};
        assert_int_equal(tdo_lp_add_arrays(lp, &bad[k].p, &err), TDO_E_INPUT);
        assert_string_equal(err.text, bad[k].why);
        assert_int_equal(tdo_lp_rows(lp) + tdo_lp_columns(lp), 0);
    }
}

/* ---- families ---- */

enum { M = 6, N = 15 };

typedef struct family {
    tdo_lp_arrays p;
    double A[M * N], cost[N], lower[M], upper[M], column_lower[N], column_upper[N];
} family;

static void make_family(family *f, tdo_arena *a)
{
    for (size_t k = 0; k < M * N; k++)
        f->A[k] = (double)(k * k % 23) / 23;
    for (size_t j = 0; j < N; j++) {
        f->cost[j] = (double)(j * 5 % 7) / 7;
        f->column_upper[j] = INF;
        f->A[j] = 1;
    }
    for (size_t i = 0; i < M; i++) {
        f->lower[i] = i == 0 ? 1 : -INF;
        f->upper[i] = i == 0 ? 1 : 0.5;
    }
    f->p = lp_dense(a, M, N, f->A);
    f->p.cost = f->cost;
    f->p.row_lower = f->lower;
    f->p.row_upper = f->upper;
    f->p.lower = f->column_lower;
    f->p.upper = f->column_upper;
}

/* Warm or cold, the same optimum; and warm costs fewer iterations over the family. */
static void test_family(void **state)
{
    family f = {.p.rows = 0};
    tdo_error err = {0};
    tdo_lp *lp = tdo_lp_new(*state, true);
    uint32_t warm = 0, cold = 0;
    make_family(&f, *state);
    assert_int_equal(tdo_lp_add_arrays(lp, &f.p, &err), TDO_OK);
    for (size_t turn = 0; turn < 60; turn++) {
        tdo_lp_solution s = {0};
        const size_t i = 1 + turn % (M - 1), j = turn % N;
        if (turn % 3 == 0) {
            f.cost[j] = (double)(turn * 7 % 11) / 11;
            assert_int_equal(tdo_lp_set_cost(lp, j, f.cost[j], &err), TDO_OK);
        } else if (turn % 3 == 1) {
            f.upper[i] = 0.3 + (double)(turn % 5) / 10;
            assert_int_equal(tdo_lp_set_row_bounds(lp, i, -INF, f.upper[i], &err), TDO_OK);
        } else {
            f.column_upper[j] = turn % 2 == 0 ? 0.25 : INF;
            assert_int_equal(tdo_lp_set_bounds(lp, j, 0, f.column_upper[j], &err), TDO_OK);
        }
        assert_int_equal(tdo_lp_solve(lp, NULL, *state, &s, &err), TDO_OK);
        lp_verify(&f.p, true, &s);
        const tdo_lp_solution c = lp_solved(&f.p, true, NULL, *state);
        assert_int_equal(s.outcome, c.outcome);
        if (s.outcome == TDO_LP_OPTIMAL)
            near(s.objective, c.objective, 0, 0);
        warm += s.iterations;
        cold += c.iterations;
    }
    assert_true(warm * 2 < cold);
}

/* Columns and rows one by one, in any order: the same LP as from arrays. */
static void test_one_by_one(void **state)
{
    family f = {.p.rows = 0};
    tdo_error err = {0};
    tdo_lp *lp = tdo_lp_new(*state, true);
    tdo_lp_solution s = {0};
    make_family(&f, *state);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(
            tdo_lp_add_row(lp, &(tdo_lp_row){.lower = f.lower[i], .upper = f.upper[i]}, &err),
            TDO_OK);
    for (size_t j = 0; j < N; j++) {
        const uint32_t row[] = {2, 0, 1};
        const double value[] = {f.A[2 * N + j], f.A[j], f.A[N + j]};
        assert_int_equal(
            tdo_lp_add_column(
                lp,
                &(tdo_lp_column){
                    .cost = f.cost[j], .upper = INF, .count = 3, .row = row, .value = value},
                &err),
            TDO_OK);
        if (j == 7) /* solved on the way: rows and columns join a warm LP */
            assert_int_equal(tdo_lp_solve(lp, NULL, *state, &s, &err), TDO_OK);
    }
    for (size_t i = 3; i < M; i++) {
        uint32_t column[N];
        for (uint32_t j = 0; j < N; j++)
            column[j] = j;
        assert_int_equal(tdo_lp_add_row(lp,
                                        &(tdo_lp_row){.lower = f.lower[i],
                                                      .upper = f.upper[i],
                                                      .count = N,
                                                      .column = column,
                                                      .value = &f.A[i * N]},
                                        &err),
                         TDO_OK);
    }
    assert_int_equal(tdo_lp_solve(lp, NULL, *state, &s, &err), TDO_OK);
    lp_verify(&f.p, true, &s);
    near(s.objective, lp_solved(&f.p, true, NULL, *state).objective, 0, 0);
    tdo_lp_forget(lp);
    assert_int_equal(tdo_lp_solve(lp, NULL, *state, &s, &err), TDO_OK);
    near(s.objective, lp_solved(&f.p, true, NULL, *state).objective, 0, 0);
}

/* ---- writing ---- */

static void test_text(void **state)
{
    tdo_lp *lp = tdo_lp_new(*state, true);
    tdo_error err = {0};
    tdo_sink sink = tdo_sink_memory(*state);
    const double A[] = {1, 1, 1, 0, 0, 118, -80.5, 0, 0, 0, 0, 1, -1, 0.1, 0, 0, 0, 0, 0, 0};
    const double cost[] = {0.1, -2, 0, 1e-7, 0}, row_lower[] = {1, -INF, 0.5, -INF};
    const double row_upper[] = {1, 150, 3, INF}, lower[] = {0, -INF, -INF, -1, 2};
    const double upper[] = {INF, INF, 4, 2, 2};
    const bool integer[] = {false, false, false, true, false};
    const char *const column[] = {"gbdt v7", "gbdt:v7", NULL, "e5", "free"};
    const char *const row[] = {"shares", "p95 latency <= 150 ms", "1st", "obj"};
    tdo_lp_arrays p = lp_dense(*state, 4, 5, A);
    p.cost = cost;
    p.row_lower = row_lower;
    p.row_upper = row_upper;
    p.lower = lower;
    p.upper = upper;
    p.integer = integer;
    p.column_name = column;
    p.row_name = row;
    assert_int_equal(tdo_lp_add_arrays(lp, &p, &err), TDO_OK);
    assert_int_equal(tdo_lp_write(lp, &sink, &err), TDO_OK);
    assert_string_equal(sink.text, "Maximize\n"
                                   " obj: 0.1 gbdt_v7 - 2 gbdt_v7(2) + 1e-07 _e5 + 0 _free\n"
                                   "Subject To\n"
                                   " shares: gbdt_v7 + gbdt_v7(2) + x3 = 1\n"
                                   " p95_latency____150_ms: 118 gbdt_v7 - 80.5 gbdt_v7(2) <= 150\n"
                                   " _1st: gbdt_v7(2) - x3 + 0.1 _e5 >= 0.5\n"
                                   " _1st(upper): gbdt_v7(2) - x3 + 0.1 _e5 <= 3\n"
                                   "\\ _obj has no bounds\n"
                                   "Bounds\n"
                                   " gbdt_v7(2) free\n"
                                   " -inf <= x3 <= 4\n"
                                   " -1 <= _e5 <= 2\n"
                                   " _free = 2\n"
                                   "General\n"
                                   " _e5\n"
                                   "End\n");
}

/* What is written reads back, in GLPK, as an LP with the same optimum. */
static double optimum_of_text(const tdo_sink *sink)
{
    char file[] = "/tmp/tdo-test-XXXXXX";
    const int fd = mkstemp(file);
    glp_prob *p = glp_create_prob();
    glp_smcp how;
    assert_true(fd >= 0);
    assert_true(write(fd, sink->text, sink->length) == (ssize_t)sink->length);
    assert_int_equal(close(fd), 0);
    (void)glp_term_out(GLP_OFF);
    assert_int_equal(glp_read_lp(p, NULL, file), 0);
    assert_int_equal(unlink(file), 0);
    glp_init_smcp(&how);
    assert_int_equal(glp_simplex(p, &how), 0);
    assert_int_equal(glp_get_status(p), GLP_OPT);
    const double objective = glp_get_obj_val(p);
    glp_delete_prob(p);
    (void)glp_free_env();
    return objective;
}

static void test_read_back(void **state)
{
    family f = {.p.rows = 0};
    tdo_error err = {0};
    const tdo_lp_arrays nothing = {.rows = 0};
    make_family(&f, *state);
    for (int maximise = 0; maximise < 2; maximise++) {
        tdo_lp *lp = tdo_lp_new(*state, maximise != 0);
        tdo_sink sink = tdo_sink_memory(*state);
        assert_int_equal(tdo_lp_add_arrays(lp, &f.p, &err), TDO_OK);
        assert_int_equal(tdo_lp_write(lp, &sink, &err), TDO_OK);
        for (const char *line = sink.text, *end = NULL; *line != '\0'; line = end + 1) {
            end = strchr(line, '\n');
            assert_true(end && end - line < 100); /* readers take 255 or more */
        }
        near(optimum_of_text(&sink), lp_solved(&f.p, maximise != 0, NULL, *state).objective, 1e-9,
             1e-9);
    }
    tdo_lp *lp = tdo_lp_new(*state, false);
    tdo_sink sink = tdo_sink_memory(*state);
    assert_int_equal(tdo_lp_add_arrays(lp, &nothing, &err), TDO_OK);
    assert_int_equal(tdo_lp_write(lp, &sink, &err), TDO_OK);
    assert_non_null(strstr(sink.text, "nothing = 0"));
}

static bool refuse_bytes(void *user, const char *bytes, size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return false;
}

static void test_broken_sink(void **state)
{
    tdo_lp *lp = two_rows(*state);
    tdo_error err = {0};
    tdo_sink sink = {.write = refuse_bytes};
    assert_int_equal(tdo_lp_write(lp, &sink, &err), TDO_E_IO);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_refused),        TEST(test_changes_refused),
        TEST(test_twice),          TEST(test_options),
        TEST(test_arrays_refused), TEST(test_family),
        TEST(test_one_by_one),     TEST(test_text),
        TEST(test_read_back),      TEST(test_broken_sink),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
