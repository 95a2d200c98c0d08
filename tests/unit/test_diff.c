/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results read back and compared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"

#include "made_result.h"
#include "near.h"

/* The result of the made rows, changed by the caller before. */
static const tdo_result *result_of(const made_row *rows, size_t n, const char *json, double limit,
                                   char data, tdo_arena *a)
{
    made m;
    made_start(&m);
    m.scenario.json = json;
    m.constraint[0].condition.max = limit;
    m.constraint[0].text = tdo_text(a, "latency <= %d ms", (int)limit);
    made_table(&m, rows, n);
    memset(m.run.table.sha256, data, 64);
    assert_int_equal(made_stages(&m), TDO_OK);
    tdo_sink o = tdo_sink_memory(a);
    assert_int_equal(tdo_write_result(&m.run, true, &o), TDO_OK);
    const tdo_result *r = read_back(o.text, "result.json", a);
    made_free(&m);
    return r;
}

static const char usual[] = MADE_SCENARIO("nash", "[150,30]");

static const tdo_result *usual_result(tdo_arena *a)
{
    return result_of(made_rows, MADE_ROWS, usual, 150, 'b', a);
}

static tdo_diff compare(const tdo_result *was, const tdo_result *is, tdo_arena *a)
{
    tdo_diff d = {0};
    assert_int_equal(tdo_compare(was, is, a, &d), TDO_OK);
    return d;
}

static const tdo_diff_candidate *changed(const tdo_diff *d, const char *id)
{
    for (size_t k = 0; k < d->n; k++) {
        const tdo_diff_candidate *c = &d->candidate[k];
        if (strcmp(c->is ? c->is->id : c->was->id, id) == 0)
            return c;
    }
    return NULL;
}

static bool says(const tdo_diff *d, tdo_arena *a, const char *what)
{
    tdo_sentences s = {0};
    assert_int_equal(tdo_explain_diff(d, a, &s), TDO_OK);
    for (size_t k = 0; k < s.n; k++)
        if (strstr(s.item[k], what))
            return true;
    return false;
}

/* ---- reading back ---- */

static void reads_what_was_written(void **state)
{
    tdo_arena *a = *state;
    const tdo_result *r = usual_result(a);
    assert_int_equal(r->n_criteria, 4);
    assert_int_equal(r->n_people, 3);
    assert_int_equal(r->n_limits, 3);
    assert_int_equal(r->n, MADE_ROWS);
    assert_true(r->complete);
    assert_string_equal(r->version, TDO_VERSION);
    assert_string_equal(r->input[1].role, "candidates");
    assert_string_equal(r->criteria[0].label, "Ranking quality");
    assert_true(r->criteria[1].has_range && !r->criteria[2].has_range);
    assert_int_equal(r->criteria[2].goal, TDO_GOAL_TARGET);
    near(r->criteria[2].target, 1, 0, 0);
    assert_string_equal(r->criteria[3].levels[1], "post-hoc");
    near(r->person[0].power, 0.5, 0, 0);
    near(r->person[0].weight[0], 0.75, 0, 0);
    assert_true(r->limit[1].on_column && strcmp(r->limit[1].words, "\"in\":[\"no\"]") == 0);
    assert_string_equal(r->limit[2].veto, "legal");
    const tdo_result_candidate *c = tdo_result_find(r, "ensemble");
    assert_int_equal(c->status, TDO_IS_INFEASIBLE);
    assert_int_equal(c->rank, 0);
    assert_true(isnan(c->score));
    near(c->reading[1], 149, 0, 0);
    near(c->se[0], 0.004, 0, 0);
    assert_true(isnan(c->se[1]));
    assert_string_equal(c->cell[0].word, "yes");
    assert_null(tdo_result_find(r, "no such"));
    assert_null(tdo_result_find(r, NULL));
    for (size_t k = 0; k < MADE_ROWS; k++)
        assert_ptr_equal(tdo_result_find(r, made_rows[k].id), &r->candidate[k]);
}

typedef struct bad {
    const char *from, *to; /* the change to a good result */
    const char *text;      /* of the error */
    unsigned line;         /* 0: not checked */
} bad;

static const bad bads[] = {
    {"tradeoff-result/1", "tradeoff-diff/1",
     "this is no result of tradeoff: its format is \"tradeoff-diff/1\", not \"tradeoff-result/1\"; "
     "make one with \"tradeoff run SCENARIO -o FILE\"",
     2},
    {"\"format\": \"tradeoff-result/1\",", "",
     "this is no result of tradeoff: it does not say that its \"format\" is \"tradeoff-result/1\"",
     1},
    {"\"format\": \"tradeoff-result/1\",", "\"format\": 3,",
     "it does not say that its \"format\" is", 2},
    {"\"title\": \"Made by hand\"", "\"title\": null", "title must be a string", 0},
    {"\"outcome\": \"recommended\"", "\"outcome\": \"perhaps\"",
     "outcome must be one of \"infeasible\", \"recommended\"", 0},
    {"\"outcome\": \"recommended\"", "\"outcome\": \"infeasible\"", "recommendation must be null",
     0},
    {"\"id\": \"latency\", \"label\"", "\"id\": \"quality\", \"label\"",
     "criteria.1 has an id that another criterion has", 0},
    {"\"weights\": {\"quality\":", "\"weights\": {\"quantity\":",
     "stakeholders.0.weights.quantity is of no criterion of this result", 0},
    {"\"excludes\": ", "\"excludes\": -", "must be a whole number from 0 on", 0},
    {"\"id\": \"linear-copy\", \"line\"", "\"id\": \"rules\", \"line\"",
     "candidates.8 has an id that another one has", 0},
    {"\"id\": \"rules\", \"line\"", "\"id\": 3, \"line\"", "candidates.4.id must be a string", 0},
    {"\"status\": \"infeasible\"", "\"status\": \"gone\"", "status must be one of \"feasible\"", 0},
    {"\"measured\": {\"quality\": 0.4,", "\"measured\": {\"quality\": \"0.4\",",
     "candidates.0.measured.quality must be a number or null", 0},
    {"\"recommendation\": {", "\"recommendation\": {\"id\": \"ensemble\", \"was\": {", "is wrong",
     0},
    {"\"candidates\": [", "\"candidates\": {}, \"was\": [", "candidates must be a list", 0},
};

static void refuses_what_is_no_result(void **state)
{
    tdo_arena *a = *state;
    made m;
    made_start(&m);
    const char *good = made_text(&m, made_rows, MADE_ROWS, a);
    for (size_t k = 0; k < sizeof bads / sizeof *bads; k++) {
        const char *json = replaced(a, good, bads[k].from, bads[k].to);
        tdo_result *r = NULL;
        tdo_error err = {0};
        tdo_status status = tdo_result_parse(json, strlen(json), "r.json", a, &r, &err);
        if (status != TDO_E_INPUT || r)
            fail_msg("%s: status %d", bads[k].text, status);
        assert_string_equal(err.file, "r.json");
        assert_true(err.line > 0 && err.column > 0);
        if (!strstr(err.text, bads[k].text) && strcmp(bads[k].text, "is wrong") != 0)
            fail_msg("\"%s\" is not in \"%s\"", bads[k].text, err.text);
        if (bads[k].line)
            assert_int_equal(err.line, bads[k].line);
    }
    made_free(&m);
}

static void every_cut_is_refused(void **state)
{
    tdo_arena *a = *state;
    made m;
    made_start(&m);
    const char *good = made_text(&m, made_rows, MADE_ROWS, a);
    size_t length = strlen(good) - 1; /* without the line end */
    for (size_t k = 0; k < length; k += 7) {
        tdo_result *r = NULL;
        tdo_error err = {0};
        assert_int_equal(tdo_result_parse(good, k, "r.json", a, &r, &err), TDO_E_INPUT);
    }
    made_free(&m);
}

/* The recommended one must be a candidate that is feasible. */
static void recommended_must_be_feasible(void **state)
{
    tdo_arena *a = *state;
    made m;
    made_start(&m);
    const char *good = made_text(&m, made_rows, MADE_ROWS, a);
    const char *best =
        tdo_text(a, "\"recommendation\": {\n    \"id\": \"%s\"",
                 m.run.measured.id[m.run.screened.feasible[m.run.ranking.recommended]]);
    static const char *const others[] = {"ensemble", "nobody"};
    for (size_t k = 0; k < 2; k++) {
        const char *to = tdo_text(a, "\"recommendation\": {\n    \"id\": \"%s\"", others[k]);
        const char *json = replaced(a, good, best, to);
        tdo_result *r = NULL;
        tdo_error err = {0};
        assert_int_equal(tdo_result_parse(json, strlen(json), "r.json", a, &r, &err), TDO_E_INPUT);
        assert_string_equal(err.text, "recommendation.id is no feasible candidate of this result");
    }
    made_free(&m);
}

/* ---- comparing ---- */

static void the_same_is_the_same(void **state)
{
    tdo_arena *a = *state;
    const tdo_result *was = usual_result(a), *is = usual_result(a);
    tdo_diff d = compare(was, is, a);
    assert_true(d.same);
    assert_int_equal(d.areas, 0);
    assert_int_equal(d.n, 0);
    assert_int_equal(d.unchanged, MADE_ROWS);
    assert_int_equal(d.n_settings + d.n_limits + d.n_people + d.n_criteria + d.n_winners, 0);
    assert_int_equal(d.n_files, 2);
    assert_true(d.file[0].same && d.file[1].same);
    assert_true(says(&d, a, "Nothing differs that a recommendation rests on."));
}

/* quality has the standard error 0.004: two of the difference are 2 sqrt(2) 0.004 = 0.0113137... */
static void tells_noise_from_change(void **state)
{
    tdo_arena *a = *state;
    made_row rows[MADE_ROWS];
    memcpy(rows, made_rows, sizeof rows);
    rows[0].quality += 0.0113;
    rows[3].quality -= 0.0114;
    rows[3].parity = 1.02;
    rows[4].latency = 21;
    rows[5].clarity = "opaque";
    tdo_diff d = compare(usual_result(a), result_of(rows, MADE_ROWS, usual, 150, 'c', a), a);
    assert_int_equal(d.areas, 1u << TDO_AREA_DATA);
    assert_int_equal(d.measured_anew, 4);
    assert_int_equal(d.beyond, 1);
    const tdo_diff_candidate *c = changed(&d, "gbdt-v7");
    assert_int_equal(c->n_readings, 1);
    assert_int_equal(c->reading[0].noise, TDO_WITHIN_NOISE);
    assert_int_equal(c->reading[0].better, 0);
    near(c->reading[0].by, 0.0113, 1e-15, 0);
    c = changed(&d, "dnn-medium");
    assert_int_equal(c->n_readings, 2);
    assert_int_equal(c->reading[0].noise, TDO_BEYOND_NOISE);
    assert_int_equal(c->reading[0].better, -1);
    assert_int_equal(c->reading[1].noise, TDO_NOISE_UNKNOWN);
    assert_int_equal(c->reading[1].better, 1); /* nearer to the target, though less */
    assert_int_equal(changed(&d, "rules")->reading[0].better, -1);
    c = changed(&d, "linear");
    assert_true(isnan(c->reading[0].by));
    near(c->reading[0].was, 2, 0, 0);
    near(c->reading[0].is, 0, 0, 0);
    assert_int_equal(c->reading[0].better, -1);
}

/* The same bytes cannot have been measured anew: then it is the scenario that reads them otherwise.
 */
static void data_are_blamed_only_where_they_differ(void **state)
{
    tdo_arena *a = *state;
    made_row rows[MADE_ROWS];
    memcpy(rows, made_rows, sizeof rows);
    rows[0].quality = 0.5;
    tdo_diff d = compare(usual_result(a), result_of(rows, MADE_ROWS, usual, 150, 'b', a), a);
    assert_int_equal(d.measured_anew, 1);
    assert_int_equal(d.areas, 0);
    d = compare(usual_result(a), result_of(made_rows, MADE_ROWS, usual, 150, 'c', a), a);
    assert_false(d.file[1].same);
    assert_int_equal(d.areas, 0);
}

static void who_comes_and_goes(void **state)
{
    tdo_arena *a = *state;
    made_row rows[MADE_ROWS];
    memcpy(rows, made_rows, sizeof rows);
    rows[8].id = "a newcomer";
    tdo_diff d = compare(usual_result(a), result_of(rows, MADE_ROWS, usual, 150, 'c', a), a);
    assert_int_equal(d.areas, 1u << TDO_AREA_CANDIDATES);
    assert_int_equal(d.added, 1);
    assert_int_equal(d.removed, 1);
    assert_null(changed(&d, "a newcomer")->was);
    assert_null(changed(&d, "linear-copy")->is);
    assert_string_equal(d.frontier_in[0], "a newcomer");
    assert_string_equal(d.frontier_out[0], "linear-copy");
    for (size_t k = 1; k < d.n; k++) { /* by rank, those without one last */
        size_t before = d.candidate[k - 1].is ? d.candidate[k - 1].is->rank : 0;
        size_t here = d.candidate[k].is ? d.candidate[k].is->rank : 0;
        assert_true(!here || (before && before <= here));
    }
}

/* Where a result leaves candidates out, nobody knows who came or went. */
static void unlisted_is_not_removed(void **state)
{
    tdo_arena *a = *state;
    made m;
    made_start(&m);
    m.scenario.json = usual;
    const char *text = made_text(&m, made_rows, 8, a);
    text = replaced(a, text, "\"rows\": 9,", "\"rows\": 20000,");
    const tdo_result *is = read_back(text, "is.json", a), *was = usual_result(a);
    assert_false(is->complete);
    tdo_diff d = compare(was, is, a);
    assert_int_equal(d.removed, 0);
    assert_true(changed(&d, "linear-copy")->unlisted);
    tdo_result tighter = *is;
    tdo_result_limit limit = is->limit[0];
    limit.max = 149;
    tighter.limit = &limit;
    tighter.n_limits = 1;
    d = compare(was, &tighter, a);
    assert_true(says(&d, a, "Not everybody is listed, so that nobody knows who came or went"));
    assert_false(says(&d, a, "who is a candidate"));
    d = compare(is, was, a);
    assert_int_equal(d.added, 0);
    assert_true(changed(&d, "linear-copy")->unlisted && changed(&d, "linear-copy")->is);
    made_free(&m);
}

static void settings_have_areas(void **state)
{
    static const struct {
        const char *from, *to, *path;
        tdo_area area;
    } cases[] = {
        {"\"nash\"", "\"borda\"", "rule", TDO_AREA_RULE},
        {"[150,30]", "[150,20]", "criteria.latency.range", TDO_AREA_CRITERIA},
        {"\"range\"", "\"label\"", "criteria.latency.label", TDO_AREA_OTHER},
        {"\"c.csv\"", "\"d.csv\"", "candidates.file", TDO_AREA_DATA},
        {"\"file\":\"c.csv\"", "\"file\":\"c.csv\",\"missing\":\"drop\"", "candidates.missing",
         TDO_AREA_CANDIDATES},
        {"\"power\":2", "\"power\":3", "stakeholders.ml.power", TDO_AREA_POWERS},
        {"\"power\":2", "\"power\":2,\"weights\":{\"a\":1}", "stakeholders.ml.weights",
         TDO_AREA_WEIGHTS},
        {"{\"ml\":", "{\"x.y\":{},\"ml\":", "stakeholders.x\\.y", TDO_AREA_STAKEHOLDERS},
        {"\"power\":2", "\"power\":2,\"needs\":{\"a\":{\"min\":1}}", "stakeholders.ml.needs",
         TDO_AREA_OTHER},
        {"\"tradeoff\":1", "\"tradeoff\":1,\"simpler\":{\"within\":1}", "simpler", TDO_AREA_RULE},
        {"\"tradeoff\":1", "\"tradeoff\":1,\"mix\":{}", "mix", TDO_AREA_OTHER},
    };
    tdo_arena *a = *state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const char *json = replaced(a, usual, cases[k].from, cases[k].to);
        tdo_diff d =
            compare(usual_result(a), result_of(made_rows, MADE_ROWS, json, 150, 'b', a), a);
        bool found = false;
        for (size_t q = 0; q < d.n_settings; q++)
            if (strcmp(d.setting[q].path, cases[k].path) == 0) {
                found = true;
                assert_int_equal(d.setting[q].area, cases[k].area);
            }
        if (!found)
            fail_msg("%s is not listed", cases[k].path);
    }
}

/* The default rule, written or not, and the order of keys are no changes. */
static void what_means_the_same_is_no_change(void **state)
{
    tdo_arena *a = *state;
    const char *was = replaced(a, usual, "\"nash\"", "\"weighted\"");
    const char *is =
        "{\"stakeholders\":{\"ml\":{\"power\":2}},\"criteria\":{\"latency\":{\"range\":"
        "[150,30]}},\"candidates\":{\"file\":\"c.csv\"},\"tradeoff\":1}";
    tdo_diff d = compare(result_of(made_rows, MADE_ROWS, was, 150, 'b', a),
                         result_of(made_rows, MADE_ROWS, is, 150, 'b', a), a);
    assert_int_equal(d.n_settings, 0);
}

static void limits_are_paired(void **state)
{
    tdo_arena *a = *state;
    tdo_diff d = compare(usual_result(a), result_of(made_rows, MADE_ROWS, usual, 100, 'b', a), a);
    assert_int_equal(d.areas, 1u << TDO_AREA_LIMITS);
    assert_int_equal(d.n_limits, 1);
    assert_true(d.limit[0].moved);
    assert_string_equal(d.limit[0].was->text, "latency <= 150 ms");
    assert_string_equal(d.limit[0].is->text, "latency <= 100 ms");
    assert_int_equal(d.limit[0].was->excludes, 1);
    assert_int_equal(d.limit[0].is->excludes, 5);
}

/* A limit in front of others of the same criterion is a new one, not all of them moved. */
static void limits_are_paired_by_what_they_say(void **state)
{
    tdo_arena *a = *state;
    tdo_result was = *usual_result(a), is = was;
    tdo_result_limit then[2] = {was.limit[0], was.limit[0]}, now[3];
    then[1].has_max = false;
    then[1].max = NAN;
    then[1].has_min = true;
    then[1].min = 10;
    now[0] = then[0];
    now[0].max = 90;
    now[1] = then[1];
    now[2] = then[0];
    was.limit = then;
    was.n_limits = 2;
    is.limit = now;
    is.n_limits = 3;
    tdo_diff d = compare(&was, &is, a);
    assert_int_equal(d.n_limits, 1);
    assert_null(d.limit[0].was);
    assert_ptr_equal(d.limit[0].is, &now[0]);
    now[2].max = 140; /* now[0] stands first, and is the one that moved */
    d = compare(&was, &is, a);
    assert_int_equal(d.n_limits, 2);
    assert_true(d.limit[0].moved && !d.limit[1].was);
    is.n_limits = 0;
    d = compare(&was, &is, a);
    assert_int_equal(d.n_limits, 2);
    assert_null(d.limit[0].is);
    was.n_limits = 1; /* a maximum is paired with a maximum, rather than with what has a minimum */
    now[0].has_min = true;
    now[0].min = 5;
    now[1] = now[2];
    is.n_limits = 2;
    d = compare(&was, &is, a);
    assert_int_equal(d.n_limits, 2);
    assert_null(d.limit[0].was);
    assert_ptr_equal(d.limit[1].was, &then[0]);
}

/* ---- saying it ---- */

static void a_single_cause_is_named(void **state)
{
    tdo_arena *a = *state;
    tdo_diff d = compare(usual_result(a), result_of(made_rows, MADE_ROWS, usual, 10, 'b', a), a);
    assert_false(d.same);
    assert_true(says(&d, a, "Nothing is feasible any more; recommended was "));
    assert_true(says(&d, a, "So what changed the recommendation is the limits."));
    d = compare(d.is, d.was, a);
    assert_true(says(&d, a, "; before, nothing was feasible."));
    d = compare(d.was, d.was, a);
    assert_true(d.same);
    assert_true(says(&d, a, "Nothing is feasible, as before."));
}

static void several_causes_are_not_shared_out(void **state)
{
    tdo_arena *a = *state;
    made_row rows[MADE_ROWS];
    memcpy(rows, made_rows, sizeof rows);
    rows[0].latency = 150;
    tdo_diff d = compare(usual_result(a), result_of(rows, MADE_ROWS, usual, 10, 'c', a), a);
    assert_true(says(&d, a, "Several things differ at once"));
    assert_false(says(&d, a, "So what changed"));
}

static void a_forged_result_is_noticed(void **state)
{
    tdo_arena *a = *state;
    tdo_result was = *usual_result(a), is = was;
    is.recommended = tdo_result_find(&is, "rules");
    tdo_diff d = compare(&was, &is, a);
    assert_true(says(&d, a, "at least one of the two files is not as the program wrote it"));
    is.version = "9.9.9";
    d = compare(&was, &is, a);
    assert_true(says(&d, a, "but the version of the program"));
    assert_true(
        says(&d, a, "different versions of the program: \"" TDO_VERSION "\" and \"9.9.9\""));
}

#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(reads_what_was_written),
        WITH_ARENA(refuses_what_is_no_result),
        WITH_ARENA(every_cut_is_refused),
        WITH_ARENA(recommended_must_be_feasible),
        WITH_ARENA(the_same_is_the_same),
        WITH_ARENA(tells_noise_from_change),
        WITH_ARENA(data_are_blamed_only_where_they_differ),
        WITH_ARENA(who_comes_and_goes),
        WITH_ARENA(unlisted_is_not_removed),
        WITH_ARENA(settings_have_areas),
        WITH_ARENA(what_means_the_same_is_no_change),
        WITH_ARENA(limits_are_paired),
        WITH_ARENA(limits_are_paired_by_what_they_say),
        WITH_ARENA(a_single_cause_is_named),
        WITH_ARENA(several_causes_are_not_shared_out),
        WITH_ARENA(a_forged_result_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
