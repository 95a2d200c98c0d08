/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes that share the work: who makes which part, failures, and that the frontier, samples and
 * plans come out as they do of one. */
#include "forked.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../bench/data.h"
#include "fleet/fleet.h"
#include "tradeoff/tradeoff.h"

static const size_t sizes[] = {1, 2, 3, 7};
enum { SIZES = sizeof sizes / sizeof *sizes };

/* ---- parts, and what is shared ---- */

static void parts_are_all_and_process_0_has_some(void **state)
{
    (void)state;
    const fleet_part all = fleet_part_of(NULL, 9);
    assert_true(all.from == 0 && all.to == 9 && fleet_leads(NULL) && fleet_size(NULL) == 1);
    for (size_t size = 1; size < 70; size++)
        for (size_t n = 0; n < 200; n += n < 20 ? 1 : 13) {
            size_t at = 0;
            for (size_t p = 0; p < size; p++) {
                const tdo_fleet f = {.size = size, .place = p};
                const fleet_part part = fleet_part_of(&f, n);
                assert_int_equal(part.from, at);
                assert_true(part.to - part.from <= n / size + 1);
                assert_true(p > 0 || n == 0 || part.to > 0);
                at = part.to;
            }
            assert_int_equal(at, n);
        }
}

static bool share(const tdo_fleet *f, void *user)
{
    enum { N = 10, BLOCKS = 4 };
    static const size_t start[BLOCKS + 1] = {0, 1, 1, 6, N};
    uint32_t x[N] = {0}, y[N] = {0}, told = f->place == 0 ? 17 : 0;
    const fleet_part mine = fleet_part_of(f, N), blocks = fleet_part_of(f, BLOCKS);
    bool good = fleet_leads(f) == (f->place == 0) && fleet_size(f) == f->size;
    (void)user;
    for (size_t k = mine.from; k < mine.to; k++)
        x[k] = (uint32_t)(k * k + 1);
    for (size_t k = start[blocks.from]; k < start[blocks.to]; k++)
        y[k] = (uint32_t)(k * k + 1);
    good = fleet_share(f, TDO_OK, x, N, sizeof *x) == TDO_OK && good;
    good = fleet_share_blocks(f, TDO_OK, y, start, BLOCKS, sizeof *y) == TDO_OK && good;
    good = fleet_tell(f, TDO_OK, &told, sizeof told) == TDO_OK && told == 17 && good;
    for (size_t k = 0; k < N; k++)
        good = x[k] == k * k + 1 && y[k] == x[k] && good;
    return fleet_agree(f, TDO_OK, NULL, 0) == TDO_OK && good;
}

static void all_have_what_each_made(void **state)
{
    (void)state;
    for (size_t k = 0; k < SIZES; k++)
        assert_true(forked_do(sizes[k], share, NULL));
}

/* The last process fails between two calls; the others are on their way. */
static bool fail_alone(const tdo_fleet *f, void *user)
{
    const bool fails = f->place == f->size - 1;
    char said[8] = "";
    int x[8] = {0};
    tdo_status status = fleet_share(f, TDO_OK, x, 8, sizeof *x);
    (void)user;
    if (status == TDO_OK && fails) {
        memcpy(said, "no file", sizeof said);
        status = TDO_E_IO;
    }
    for (size_t k = 0; k < 3 && !fails; k++)
        status = fleet_share(f, status, x, 8, sizeof *x);
    return fleet_agree(f, status, said, sizeof said) == TDO_E_IO && strcmp(said, "no file") == 0;
}

static void a_failure_of_one_is_known_to_all(void **state)
{
    (void)state;
    for (size_t k = 0; k < SIZES; k++)
        assert_true(forked_do(sizes[k], fail_alone, NULL));
}

/* ---- the frontier ---- */

enum { ROWS = 20000, MOST_AXES = 9 };

typedef struct many {
    tdo_criterion criteria[MOST_AXES];
    const double *reading[MOST_AXES];
    uint32_t feasible[ROWS];
    tdo_scenario s;
    tdo_measured x;
    tdo_screened f;
    tdo_front front; /* of one process */
} many;

static bool find_frontier(const tdo_fleet *f, void *user)
{
    many *m = user;
    const tdo_case k = {.s = &m->s, .x = &m->x, .f = &m->f};
    tdo_arena *a = tdo_arena_new();
    tdo_front front = {.count = 0};
    const bool good = a && tdo_find_frontier_among(&k, 1, f, a, &front) == TDO_OK &&
                      front.count == m->front.count &&
                      memcmp(front.list, m->front.list, front.count * sizeof *front.list) == 0 &&
                      memcmp(front.member, m->front.member, ROWS) == 0;
    tdo_arena_free(a);
    return good;
}

static void check_frontier(data_kind kind, size_t d)
{
    many *m = calloc(1, sizeof *m);
    tdo_arena *a = tdo_arena_new();
    rng r = {d};
    double row[MOST_AXES];
    assert_true(m && a);
    for (size_t c = 0; c < d; c++) {
        double *of = tdo_alloc(a, ROWS, sizeof *of);
        assert_non_null(of);
        m->reading[c] = of;
        m->criteria[c].goal = c % 2 ? TDO_GOAL_MIN : TDO_GOAL_MAX;
    }
    for (uint32_t i = 0; i < ROWS; i++) {
        data_row(&r, kind, row, d);
        m->feasible[i] = i;
        for (size_t c = 0; c < d; c++) /* some are equal */
            ((double *)(uintptr_t)m->reading[c])[i] = i % 50 == 49 ? m->reading[c][i / 2]
                                                      : c % 2      ? -row[c]
                                                                   : row[c];
    }
    m->s = (tdo_scenario){.criteria = m->criteria, .n_criteria = d};
    m->x = (tdo_measured){.n = ROWS, .d = d, .reading = m->reading};
    m->f = (tdo_screened){.feasible = m->feasible, .feasible_n = ROWS};
    const tdo_case k = {.s = &m->s, .x = &m->x, .f = &m->f};
    assert_int_equal(tdo_find_frontier(&k, 1, a, &m->front), TDO_OK);
    for (size_t q = 0; q < SIZES; q++)
        assert_true(forked_do(sizes[q], find_frontier, m));
    tdo_arena_free(a);
    free(m);
}

static void the_frontier_is_that_of_one(void **state)
{
    (void)state;
    for (size_t d = 1; d <= MOST_AXES; d += d < 5 ? 1 : 4)
        for (int kind = 0; kind < DATA_KINDS; kind++)
            if (kind != DATA_SPHERE || d < 5) /* all are on it: long */
                check_frontier((data_kind)kind, d);
}

/* ---- whole runs ---- */

static const char scenario[] =
    "{\"tradeoff\": 1, \"candidates\": {\"file\": \"c.csv\", \"id\": \"id\"}, \"criteria\": {"
    "\"x\": {\"column\": \"x\", \"goal\": \"max\", \"se\": 0.4},"
    "\"y\": {\"column\": \"y\", \"goal\": \"max\", \"se\": 0.3}}, \"stakeholders\": {"
    "\"p\": {\"weights\": {\"x\": 1}}, \"q\": {\"prefers\": [\"y >= x\"]}}, \"robustness\": {%s}}";
static const char csv[] = "id,x,y\na,1,3\nb,2,2\nc,3,1\nd,2.5,1.75\ne,1.5,2.625\n";

typedef struct asked {
    char text[1000];
    char *result; /* of one process */
    size_t length;
    const volatile int *stop;
} asked;

/* The result in a malloc'ed block; NULL: it failed. */
static char *run_it(const asked *q, const tdo_fleet *f, size_t *length, bool *cut)
{
    static tdo_report report;
    tdo_run run;
    const tdo_run_options o = {.threads = 1, .fleet = f, .stop = q->stop, .overrides.robust = true};
    const tdo_status status = tdo_run_text((tdo_bytes){q->text, strlen(q->text)},
                                           (tdo_bytes){csv, sizeof csv - 1}, &o, &run, &report);
    tdo_sink sink = tdo_sink_memory(run.arena);
    char *out = NULL;
    *cut = run.robust.interrupted;
    if (status != TDO_OK)
        fprintf(stderr, "# %s\n", report.item[0].text);
    if (status == TDO_OK && (!f || f->place == 0) && tdo_write_result(&run, true, &sink) == TDO_OK)
        out = strdup(sink.text);
    else if (status == TDO_OK && f && f->place > 0)
        out = strdup("");
    *length = out ? strlen(out) : 0;
    tdo_run_free(&run);
    return out;
}

static bool run_among(const tdo_fleet *f, void *user)
{
    const asked *q = user;
    size_t length = 0;
    bool cut = false;
    char *mine = run_it(q, f, &length, &cut);
    const bool good = mine && !cut && (f->place > 0 || strcmp(mine, q->result) == 0);
    free(mine);
    return good;
}

static void samples_are_those_of_one(void **state)
{
    (void)state;
    static const char *const how[] = {"\"samples\": 30000", "\"until\": 0.004", "\"samples\": 300"};
    for (size_t k = 0; k < sizeof how / sizeof *how; k++) {
        asked q = {.length = 0};
        bool cut = false;
        (void)snprintf(q.text, sizeof q.text, scenario, how[k]);
        q.result = run_it(&q, NULL, &q.length, &cut);
        assert_non_null(q.result);
        for (size_t p = 0; p < SIZES; p++)
            assert_true(forked_do(sizes[p], run_among, &q));
        free(q.result);
    }
}

/* Process 0 is told to stop, and all come to the same end; told to another one it means nothing. */
static bool stop_one(const tdo_fleet *f, void *user)
{
    asked q = *(const asked *)user;
    static const volatile int told = 1, untold = 0;
    size_t length = 0;
    bool cut = false;
    q.stop = f->place == 0 ? &told : &untold;
    char *mine = run_it(&q, f, &length, &cut);
    free(mine);
    return mine && cut;
}

static void process_0_decides_when_to_stop(void **state)
{
    (void)state;
    asked q = {.length = 0};
    (void)snprintf(q.text, sizeof q.text, scenario, "\"samples\": 100000");
    for (size_t p = 0; p < SIZES; p++)
        assert_true(forked_do(sizes[p], stop_one, &q));
}

/* One process has other bytes than process 0. */
static bool read_other(const tdo_fleet *f, void *user)
{
    static tdo_report report;
    asked q = *(const asked *)user;
    tdo_run run;
    const tdo_run_options o = {.threads = 1, .fleet = f};
    q.text[strlen(q.text) - 1] = f->place == f->size - 1 ? ' ' : '}';
    if (f->place == f->size - 1)
        strcat(q.text, "}");
    const tdo_status status = tdo_run_text((tdo_bytes){q.text, strlen(q.text)},
                                           (tdo_bytes){csv, sizeof csv - 1}, &o, &run, &report);
    tdo_run_free(&run);
    return status == TDO_E_INPUT && report.count == 1 &&
           strstr(report.item[0].text, "reads other bytes in it than process 0") &&
           strcmp(report.item[0].file, "scenario.json") == 0;
}

static void all_read_the_same(void **state)
{
    (void)state;
    asked q = {.length = 0};
    (void)snprintf(q.text, sizeof q.text, scenario, "\"samples\": 100");
    assert_true(forked_do(3, read_other, &q));
}

/* ---- plans ---- */

enum { SEGMENTS = 500, CANDIDATES = 4, CELLS = SEGMENTS * CANDIDATES };

typedef struct planning {
    double size[SEGMENTS], worth[CELLS], cost[CELLS];
    bool barred[CELLS];
    tdo_plan_limit limit[2];
    tdo_plan_problem p;
    tdo_plan_solution s; /* of one process */
} planning;

static bool plan_among(const tdo_fleet *f, void *user)
{
    planning *w = user;
    tdo_arena *a = tdo_arena_new();
    tdo_plan_solution s;
    tdo_error err = {0};
    const bool good = a && tdo_plan_solve(&w->p, 1, f, a, &s, &err) == TDO_OK &&
                      s.rounds == w->s.rounds &&
                      memcmp(&s.value, &w->s.value, sizeof s.value) == 0 &&
                      memcmp(&s.gap, &w->s.gap, sizeof s.gap) == 0 && s.n_parts == w->s.n_parts &&
                      memcmp(s.choice, w->s.choice, SEGMENTS * sizeof *s.choice) == 0 &&
                      memcmp(s.part, w->s.part, s.n_parts * sizeof *s.part) == 0 &&
                      memcmp(s.proof->listed, w->s.proof->listed, SEGMENTS) == 0 &&
                      memcmp(&s.proof->most, &w->s.proof->most, sizeof s.proof->most) == 0;
    tdo_arena_free(a);
    return good;
}

static void plans_are_those_of_one(void **state)
{
    (void)state;
    planning *w = calloc(1, sizeof *w);
    tdo_arena *a = tdo_arena_new();
    tdo_error err = {0};
    rng r = {5};
    assert_true(w && a);
    const double *value[] = {w->worth};
    for (size_t s = 0; s < SEGMENTS; s++)
        w->size[s] = 0.1 + rng_unit(&r);
    for (size_t i = 0; i < CELLS; i++) {
        const double able = (double)(i % CANDIDATES) / CANDIDATES;
        w->worth[i] = able * rng_unit(&r);
        w->cost[i] = able * (0.7 + 0.6 * rng_unit(&r));
        w->barred[i] = i % CANDIDATES == 3 && rng_below(&r, 9) == 0;
    }
    w->limit[0] = (tdo_plan_limit){
        .bind = TDO_PLAN_AVERAGE, .of = w->cost, .min = -(double)INFINITY, .max = 0.3};
    w->limit[1] = (tdo_plan_limit){.bind = TDO_PLAN_SHARE, .candidate = 2, .min = 0.1, .max = 0.4};
    w->p = (tdo_plan_problem){.segments = SEGMENTS,
                              .candidates = CANDIDATES,
                              .groups = 1,
                              .size = w->size,
                              .value = value,
                              .n_values = 1,
                              .barred = w->barred,
                              .limit = w->limit,
                              .n_limits = 2};
    assert_int_equal(tdo_plan_solve(&w->p, 1, NULL, a, &w->s, &err), TDO_OK);
    assert_int_equal(w->s.status, TDO_PLAN_OPTIMAL);
    for (size_t p = 0; p < SIZES; p++)
        assert_true(forked_do(sizes[p], plan_among, w));
    tdo_arena_free(a);
    free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_all_and_process_0_has_some),
        cmocka_unit_test(all_have_what_each_made),
        cmocka_unit_test(a_failure_of_one_is_known_to_all),
        cmocka_unit_test(the_frontier_is_that_of_one),
        cmocka_unit_test(samples_are_those_of_one),
        cmocka_unit_test(process_0_decides_when_to_stop),
        cmocka_unit_test(all_read_the_same),
        cmocka_unit_test(plans_are_those_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
