/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random tables, with everything that real exports hold and then some bytes changed: a profile
 * counts every cell once, and a scenario that init would write runs as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "../unit/profile_case.h"
#include "../unit/random.h"
#include "tradeoff/output.h"

enum { TABLES = 600, MOST_BYTES = 1 << 16 };

static const char *const names[] = {"model",
                                    "id",
                                    "Name",
                                    "run_id",
                                    "accuracy",
                                    "auc_se",
                                    "auc",
                                    "latency_ms",
                                    "Total Cost ($)",
                                    "params_b",
                                    "seed",
                                    "fold",
                                    "sex",
                                    "group",
                                    "selection_rate",
                                    "count",
                                    "\"acc,none\"",
                                    "status",
                                    "State",
                                    "state",
                                    "values_0",
                                    "number",
                                    "metrics.f1",
                                    "params.depth",
                                    "dp_ratio",
                                    "tpr_gap",
                                    "grade",
                                    "note",
                                    "x",
                                    "\xC3\xA9",
                                    "Rank",
                                    "co2_kg",
                                    "std_test_f1",
                                    "mean_test_f1",
                                    "params",
                                    "",
                                    "\" auc \"",
                                    "1st score",
                                    "accuracy",
                                    "tags.mlflow.parentRunId",
                                    "metric",
                                    "value",
                                    "trial_status",
                                    "task"};

/* A cell of one of the ways in which a column may be filled. */
static void put_cell(char *to, size_t way, size_t row, rng *r)
{
    static const char *const marks[] = {"", "NA", "N/A", "-", "n/a", "nan", "inf", "1e400", "?"};
    static const char *const states[] = {"FINISHED", "FAILED", "finished", "Running"};
    static const char *const grades[] = {"low", "medium", "high"};
    double x = rng_unit(r);
    if (rng_below(r, 40) == 0)
        way = 8;
    switch (way) {
    case 0:
        sprintf(to, "row-%zu", row);
        break;
    case 1:
        sprintf(to, "m%zu", row / 2);
        break;
    case 2:
        sprintf(to, "%.4f", x);
        break;
    case 3:
        sprintf(to, "%.1f%%", 100 * x);
        break;
    case 4:
        sprintf(to, "\"%d,%03d.5\"", (int)(9 * x), (int)rng_below(r, 1000));
        break;
    case 5:
        sprintf(to, "%zu", row);
        break;
    case 6:
        sprintf(to, "%d", (int)(20 * x) - 3);
        break;
    case 7:
        sprintf(to, "2026-01-%02d", 1 + (int)(27 * x));
        break;
    case 8:
        strcpy(to, marks[rng_below(r, sizeof marks / sizeof marks[0])]);
        break;
    case 9:
        strcpy(to, states[rng_below(r, 2) ? 0 : rng_below(r, 4)]);
        break;
    case 10:
        strcpy(to, grades[rng_below(r, 3)]);
        break;
    case 11:
        strcpy(to, rng_below(r, 2) ? "f" : "m");
        break;
    case 12:
        sprintf(to, "%.3e", (x - 0.5) * pow(10, (double)rng_below(r, 600) - 300));
        break;
    case 13:
        sprintf(to, "%.3f \xC2\xB1 0.02", x);
        break;
    case 14:
        sprintf(to, rng_below(r, 2) ? "%.1f ms" : "%.4f s", 100 * x);
        break;
    case 15:
        sprintf(to, "%.2f (%.2f-%.2f)", x, x / 2, 2 * x);
        break;
    case 16:
        sprintf(to, rng_below(r, 3) ? "$%.2f" : "%.2f", x);
        break;
    case 17:
        sprintf(to, rng_below(r, 4) ? "%.0f" : "<%.0f", 100 * x);
        break;
    default:
        strcpy(to, rng_below(r, 2) ? "0" : "12.5");
        break;
    }
}

static size_t make_table(char *text, rng *r)
{
    enum { MOST = 10 };
    const char separator = ",,,;\t|"[rng_below(r, 6)];
    const size_t n_names = sizeof names / sizeof *names;
    size_t columns = 1 + rng_below(r, MOST), rows = rng_below(r, 30), way[MOST];
    size_t name = rng_below(r, n_names), step = 1 + rng_below(r, 12);
    char *to = text;

    for (size_t i = 0; i < columns; i++) {
        way[i] = i == 0 && rng_below(r, 4) ? 0 : rng_below(r, 19);
        name = i == 0 && way[0] == 0 ? rng_below(r, 4) : (name + step) % n_names;
        to += sprintf(to, "%s%s", i > 0 ? (char[]){separator, '\0'} : "", names[name]);
    }
    to += sprintf(to, "\n");
    for (size_t k = 0; k < rows; k++) {
        size_t here = rng_below(r, 600) == 0 ? columns - 1 : columns;
        for (size_t i = 0; i < here; i++) {
            char cell[64];
            put_cell(cell, way[i], k, r);
            to += sprintf(to, "%s%s", i > 0 ? (char[]){separator, '\0'} : "", cell);
        }
        to += sprintf(to, "\n");
    }
    size_t length = (size_t)(to - text);
    for (size_t n = rng_below(r, 3) == 0 ? rng_below(r, 4) : 0; n > 0; n--)
        text[rng_below(r, length)] = (char)rng_next(r);
    return length;
}

/* ---- what holds for every profile ---- */

static void check_profile(const tdo_profile *p)
{
    for (size_t i = 0; i < p->n_columns; i++) {
        const tdo_profiled *c = &p->column[i];
        size_t cells = 0, marks = 0, words = 0;
        for (int k = 0; k < TDO_CELL_CLASSES; k++) {
            cells += c->cells[k].n;
            assert_int_equal(c->cells[k].n == 0, !c->cells[k].text);
        }
        assert_int_equal(cells, p->rows);
        for (size_t k = 0; k < c->n_marks; k++)
            marks += c->mark[k].n;
        assert_int_equal(marks, c->cells[TDO_CELL_MISSING].n + c->cells[TDO_CELL_NEAR].n);
        for (size_t k = 0; k < c->n_words; k++)
            words += c->word[k].n;
        if (c->word) {
            assert_int_equal(words, p->rows - c->cells[TDO_CELL_MISSING].n);
            assert_int_equal(c->n_words, c->distinct);
        }
        const size_t formed = c->style.as != TDO_CELLS_PLAIN ? c->cells[TDO_CELL_FORMED].n : 0;
        if (c->numeric) /* names such as 7B are no numbers */
            assert_int_equal(c->numbers, c->cells[TDO_CELL_PLAIN].n + c->cells[TDO_CELL_PERCENT].n +
                                             c->cells[TDO_CELL_GROUPED].n + formed);
        if (c->numbers > 0)
            assert_true(c->min <= c->median && c->median <= c->max);
        assert_true(c->zeros + c->negatives <= c->numbers);
        assert_int_equal(c->partner == TDO_PARTNER_NONE, c->partner_of == TDO_NONE);
    }
    for (size_t k = 0; k < p->n_notes; k++) {
        assert_true(p->note[k].message[0] != '\0');
        assert_true(p->note[k].column == TDO_NONE || p->note[k].column < p->n_columns);
    }
}

static void write_all(const profile_case *c)
{
    const tdo_table_style style = {.width = 60};
    tdo_sink o = tdo_sink_memory(c->arena);
    assert_int_equal(tdo_write_profile(&c->profile, &style, &o), TDO_OK);
    assert_int_equal(tdo_write_profile_json(&c->profile, &o), TDO_OK);
}

/* ---- what holds for every starter ---- */

/* Runs the scenario that is written. */
static void run_starter(const profile_case *c, const char *text)
{
    static tdo_report report;
    const tdo_run_options options = {.overrides = {.allow_outside = true}, /* an absolute path */
                                     .unsampled = true};
    tdo_run run;
    tdo_sink o = tdo_sink_memory(c->arena);
    profile_case scenario;
    assert_int_equal(tdo_write_starter(&c->starter, &o), TDO_OK);
    profile_case_write(&scenario, o.text, o.length);
    report.count = 0;
    tdo_status status = tdo_run_scenario(scenario.path, &options, &run, &report);
    const bool nobody = !run.feasible && c->starter.group == TDO_NONE; /* groups may have holes */
    if (status != TDO_OK || nobody)
        fail_msg("%s\n%s\n%s", report.item[0].text, o.text, text);
    assert_int_equal(run.scenario->n_criteria, c->starter.n_criteria);
    tdo_run_free(&run);
    assert_int_equal(unlink(scenario.path), 0);
    assert_int_equal(tdo_write_guesses(&c->starter, "s.json", &(tdo_table_style){0}, &o), TDO_OK);
}

static bool try_starter(profile_case *c, const char *text)
{
    static tdo_report report;
    c->status = tdo_starter_make(&c->profile, c->path, c->arena, &c->starter, &c->err);
    if (c->status != TDO_OK) {
        assert_int_equal(c->status, TDO_E_INPUT);
        assert_true(c->err.text[0] != '\0');
        return false;
    }
    report.count = 0;
    if (tdo_starter_check(&c->starter, c->path, c->arena, &report) != TDO_OK) {
        assert_true(report.count > 0 && report.item[0].line > 0);
        return false;
    }
    run_starter(c, text);
    return true;
}

static void random_tables(void **state)
{
    (void)state;
    char *text = malloc(MOST_BYTES);
    size_t profiled = 0, started = 0;

    assert_non_null(text);
    for (size_t seed = 0; seed < TABLES; seed++) {
        rng r = {seed};
        profile_case c;
        size_t length = make_table(text, &r);
        assert_true(length < MOST_BYTES);
        text[length] = '\0';
        profile_case_make(&c, text, length);
        if (c.status == TDO_OK) {
            profiled++;
            check_profile(&c.profile);
            write_all(&c);
            started += try_starter(&c, text);
        } else {
            assert_int_equal(c.status, TDO_E_INPUT);
        }
        profile_case_free(&c);
    }
    print_message("# of %d tables %zu profiled, %zu started\n", TABLES, profiled, started);
    assert_true(profiled > TABLES / 2);
    assert_true(started > TABLES / 5);
    free(text);
}

/* Every start of a file, cut anywhere. */
static void cut_files(void **state)
{
    (void)state;
    static const char whole[] =
        "Rank,Model,Acc,\"Cost ($)\",note\n1,\"a, \xC3\xA9\",77.5%,\"1,013.0\",\"x\"\"y\"\n"
        "2,b,N/A,0,\"two\nlines\"\n3,c,60%,5,\n";

    for (size_t length = 0; length < sizeof whole; length++) {
        profile_case c;
        profile_case_make(&c, whole, length);
        if (c.status == TDO_OK) {
            check_profile(&c.profile);
            write_all(&c);
            (void)try_starter(&c, whole);
        } else {
            assert_int_equal(c.status, TDO_E_INPUT);
        }
        profile_case_free(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_tables),
        cmocka_unit_test(cut_files),
    };
    return cmocka_run_group_tests_name("starter", tests, NULL, NULL);
}
