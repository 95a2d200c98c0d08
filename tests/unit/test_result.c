/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON result, read back by a parser that is not ours. (tests/schema holds its shape.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <locale.h>
#include <stdio.h>

#include "made_run.h"
#include "tradeoff/output.h"

typedef struct result {
    tdo_arena *a;
    const char *text;
    json_t *json;
} result;

static result written(const tdo_run *run, bool all)
{
    result r = {.a = tdo_arena_new()};
    json_error_t error;
    tdo_sink o = tdo_sink_memory(r.a);
    assert_int_equal(tdo_write_result(run, all, &o), TDO_OK);
    r.text = o.text;
    r.json = json_loads(r.text, JSON_REJECT_DUPLICATES, &error);
    if (!r.json)
        fail_msg("line %d: %s", error.line, error.text);
    return r;
}

static void done(result *r)
{
    json_decref(r->json);
    tdo_arena_free(r->a);
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    assert_non_null(text);
    return text;
}

static json_t *candidate(const result *r, const char *id)
{
    size_t k;
    json_t *c;
    json_array_foreach(json_object_get(r->json, "candidates"), k,
                       c) if (strcmp(text_of(c, "id"), id) == 0) return c;
    fail_msg("no candidate %s", id);
    return NULL;
}

static void make(made *m, const made_row *rows, size_t n)
{
    assert_int_equal(made_finish(m, rows, n), TDO_OK);
}

static void assert_keys(const json_t *object, const char *const *keys, size_t n)
{
    size_t k = 0;
    for (void *i = json_object_iter((json_t *)(uintptr_t)object); i;
         i = json_object_iter_next((json_t *)(uintptr_t)object, i), k++) {
        assert_true(k < n);
        assert_string_equal(json_object_iter_key(i), keys[k]);
    }
    assert_int_equal(k, n);
}

static void keys_stand_in_the_order_of_the_format(void **state)
{
    static const char *const top[] = {"format",       "generator",   "inputs",         "scenario",
                                      "title",        "outcome",     "warnings",       "criteria",
                                      "stakeholders", "constraints", "counts",         "candidates",
                                      "frontier",     "ranking",     "recommendation", "rules"};
    static const char *const each[] = {
        "id",    "line", "status",   "reasons",      "measured",   "values", "utility", "ranks",
        "score", "rank", "frontier", "dominated_by", "rule_ranks", "se",     "columns"};
    static const char *const chosen[] = {
        "id",           "rule",         "score",     "runner_up",      "margin",
        "simpler_than", "stakeholders", "sentences", "practical_ties", "without"};
    (void)state;
    made m;
    made_start(&m);
    make(&m, made_rows, MADE_ROWS);
    result r = written(&m.run, false);
    assert_keys(r.json, top, sizeof top / sizeof *top);
    assert_keys(candidate(&r, "rules"), each, sizeof each / sizeof *each);
    assert_keys(json_object_get(r.json, "recommendation"), chosen, sizeof chosen / sizeof *chosen);
    done(&r);
    made_free(&m);
}

static void each_candidate_has_a_line_of_its_own(void **state)
{
    (void)state;
    made m;
    made_start(&m);
    make(&m, made_rows, MADE_ROWS);
    result r = written(&m.run, false);
    size_t lines = 0, length = strlen(r.text);
    for (const char *p = r.text; (p = strstr(p, "\n    {\"id\": \"")); p++) {
        const char *end = strchr(p + 1, '\n');
        lines += strstr(p, "\"status\": ") < end;
        assert_true(end[-1] == '}' || (end[-2] == '}' && end[-1] == ','));
    }
    assert_int_equal(lines, MADE_ROWS);
    assert_true(length > 2 && r.text[length - 1] == '\n' && r.text[length - 2] == '}');
    assert_null(strstr(r.text, " \n"));
    assert_null(strchr(r.text, '\t'));
    done(&r);
    made_free(&m);
}

static void numbers_read_back_as_they_were(void **state)
{
    (void)state;
    made m;
    made_start(&m);
    make(&m, made_rows, MADE_ROWS);
    result r = written(&m.run, false);
    const tdo_run *run = &m.run;
    for (size_t k = 0; k < run->valued.f; k++) {
        const json_t *c = candidate(&r, run->measured.id[run->screened.feasible[k]]);
        for (size_t h = 0; h < run->utility.s; h++) {
            double u = json_number_value(
                json_object_get(json_object_get(c, "utility"), m.stakeholder[h].id));
            assert_true(u == run->utility.utility[h * run->utility.f + k]);
        }
        double score = json_number_value(json_object_get(c, "score"));
        assert_true(score == run->ranking.by_rule[run->ranking.rule].score[k]);
    }
    done(&r);
    made_free(&m);
}

static void who_is_out_has_no_values(void **state)
{
    static const char *const none[] = {"values", "utility",    "ranks",       "score",
                                       "rank",   "rule_ranks", "dominated_by"};
    (void)state;
    made m;
    made_row rows[MADE_ROWS];
    memcpy(rows, made_rows, sizeof rows);
    rows[4].quality = NAN; /* "rules" is dropped */
    made_start(&m);
    make(&m, rows, MADE_ROWS);
    result r = written(&m.run, false);
    const json_t *dropped = candidate(&r, "rules"), *broken = candidate(&r, "ensemble");
    assert_string_equal(text_of(dropped, "status"), "dropped");
    assert_string_equal(text_of(broken, "status"), "infeasible");
    assert_true(json_is_null(json_object_get(json_object_get(dropped, "measured"), "quality")));
    assert_true(json_object_get(json_object_get(dropped, "se"), "quality") != NULL);
    for (size_t k = 0; k < sizeof none / sizeof *none; k++) {
        assert_true(json_is_null(json_object_get(dropped, none[k])));
        assert_true(json_is_null(json_object_get(broken, none[k])));
    }
    assert_true(json_is_false(json_object_get(broken, "frontier")));
    assert_int_equal(json_array_size(json_object_get(broken, "reasons")), 1);
    assert_string_equal(text_of(json_object_get(broken, "columns"), "needs_new_cluster"), "yes");
    const json_t *counts = json_object_get(r.json, "counts");
    assert_int_equal(json_integer_value(json_object_get(counts, "rows")), MADE_ROWS + 1);
    assert_int_equal(json_integer_value(json_object_get(counts, "dropped")), 2);
    assert_int_equal(json_integer_value(json_object_get(counts, "where")), 1);
    assert_int_equal(json_integer_value(json_object_get(counts, "feasible")), MADE_ROWS - 3);
    done(&r);
    made_free(&m);
}

static void readings_are_as_read(void **state)
{
    (void)state;
    made m;
    made_start(&m);
    make(&m, made_rows, MADE_ROWS);
    result r = written(&m.run, false);
    const json_t *y = json_object_get(candidate(&r, "dnn-medium"), "measured");
    assert_true(json_number_value(json_object_get(y, "parity")) == 1.08); /* not its distance */
    assert_true(json_number_value(json_object_get(y, "latency")) == 140); /* not its negative */
    assert_int_equal(json_integer_value(json_object_get(y, "clarity")), 0);
    const json_t *criteria = json_object_get(r.json, "criteria");
    assert_true(json_number_value(json_object_get(
                    json_object_get(json_array_get(criteria, 2), "goal"), "target")) == 1);
    assert_string_equal(text_of(json_array_get(criteria, 1), "range"), "given");
    assert_int_equal(json_array_size(json_object_get(json_array_get(criteria, 3), "levels")), 3);
    done(&r);
    made_free(&m);
}

static void needs_say_how_far_they_are_from_met(void **state)
{
    (void)state;
    made m;
    made_start(&m);
    m.scenario.rule = TDO_RULE_WEIGHTED;
    make(&m, made_rows, MADE_ROWS);
    result r = written(&m.run, false);
    const json_t *chosen = json_object_get(r.json, "recommendation");
    const json_t *needs =
        json_object_get(json_object_get(json_object_get(chosen, "stakeholders"), "ml"), "needs");
    const json_t *y = json_object_get(candidate(&r, text_of(chosen, "id")), "measured");
    double reading[2] = {json_number_value(json_object_get(y, "quality")),
                         json_number_value(json_object_get(y, "latency"))};
    double by[2] = {reading[0] < 0.4 ? tdo_beyond(0.4, 0, reading[0]) : 0,
                    reading[1] > 80 ? reading[1] - 80 : 0};
    assert_int_equal(json_array_size(needs), 2);
    for (size_t k = 0; k < 2; k++) {
        const json_t *need = json_array_get(needs, k);
        assert_true(json_number_value(json_object_get(need, "reading")) == reading[k]);
        assert_true(json_number_value(json_object_get(need, "by")) == by[k]);
        assert_int_equal(json_is_true(json_object_get(need, "met")), !(by[k] > 0));
    }
    assert_true(by[0] > 0 || by[1] > 0); /* else this test says little */
    done(&r);
    made_free(&m);
}

static void nothing_feasible_is_a_result_too(void **state)
{
    (void)state;
    made m;
    made_start(&m);
    m.constraint[0].condition.max = 22;
    m.constraint[2].condition.has_min = false;
    m.constraint[2].condition.has_max = true;
    m.constraint[2].condition.max = 0.9;
    make(&m, made_rows, MADE_ROWS);
    result r = written(&m.run, false);
    const json_t *no = json_object_get(r.json, "infeasible");
    assert_string_equal(text_of(r.json, "outcome"), "infeasible");
    assert_true(json_is_null(json_object_get(r.json, "recommendation")));
    assert_int_equal(json_object_size(json_object_get(r.json, "rules")), 0);
    assert_int_equal(json_array_size(json_object_get(r.json, "frontier")), 0);
    assert_int_equal(json_array_size(json_object_get(r.json, "ranking")), 0);
    assert_int_equal(json_array_size(json_object_get(no, "conflict")), 2);
    assert_true(json_array_size(json_object_get(no, "sentences")) > 1);
    const json_t *miss =
        json_array_get(json_object_get(json_object_get(no, "nearest"), "misses"), 0);
    assert_true(json_number_value(json_object_get(miss, "by")) > 0);
    const json_t *relax = json_array_get(json_object_get(no, "relax"), 0);
    assert_non_null(candidate(&r, text_of(relax, "admits")));
    assert_true(
        json_is_number(/* the scale is that of all who are measured */
                       json_object_get(json_array_get(json_object_get(r.json, "criteria"), 0),
                                       "worst")));
    assert_true(json_number_value(json_object_get(
                    json_array_get(json_object_get(r.json, "stakeholders"), 0), "power")) == 0.5);
    done(&r);
    made_free(&m);
}

static void hostile_names_come_back_as_they_were(void **state)
{
    static const char *const names[] = {
        "</script><script>alert(1)</script>",
        "=1+1|cmd",
        "line\xE2\x80\xA8separator",
        "\xE2\x80\xAEright to left",
        "quote\" back\\slash",
        "tab\tline\nend\x01",
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
        "null",
    };
    (void)state;
    made m;
    made_row rows[8];
    for (size_t k = 0; k < 8; k++) {
        rows[k] = made_rows[k];
        rows[k].id = names[k];
    }
    made_start(&m);
    m.scenario.incumbent = NULL;
    make(&m, rows, 8);
    result r = written(&m.run, false);
    for (size_t k = 0; k < 8; k++)
        assert_string_equal(text_of(json_array_get(json_object_get(r.json, "candidates"), k), "id"),
                            names[k]);
    done(&r);
    made_free(&m);
}

/* ---- many candidates ---- */

enum { MANY = TDO_LISTED_MAX + 5 };

static void make_many(made *m, made_row *rows, char (*ids)[16])
{
    for (size_t k = 0; k < MANY; k++) {
        (void)snprintf(ids[k], sizeof ids[k], "c%zu", k);
        rows[k] = made_rows[1];
        rows[k].id = ids[k];
        rows[k].quality = 0.3 + 1e-6 * (double)(k * 7919 % MANY);
        rows[k].latency = 40 + 0.01 * (double)(k * 104729 % MANY);
    }
    rows[MANY - 1].parity = 0.5; /* infeasible */
    made_start(m);
    m->scenario.incumbent = ids[17];
    make(m, rows, MANY);
}

static void assert_listed(const json_t *listed, const json_t *id)
{
    assert_true(json_is_null(id) || json_object_get(listed, json_string_value(id)));
}

static void of_many_only_those_that_matter_are_listed(void **state)
{
    (void)state;
    made m;
    made_row *rows = calloc(MANY, sizeof *rows);
    char(*ids)[16] = calloc(MANY, sizeof *ids);
    assert_true(rows && ids);
    make_many(&m, rows, ids);
    result r = written(&m.run, false);
    json_t *listed = json_object(), *c;
    size_t k, places = json_array_size(json_object_get(r.json, "ranking"));
    const json_t *candidates = json_object_get(r.json, "candidates");
    json_array_foreach(candidates, k, c) json_object_set(listed, text_of(c, "id"), json_true());
    assert_int_equal(places, TDO_LISTED_BEST);
    assert_true(json_array_size(candidates) < TDO_LISTED_BEST + m.run.front.count + 20);
    assert_int_equal(
        json_array_size(candidates),
        json_integer_value(json_object_get(json_object_get(r.json, "counts"), "listed")));
    assert_int_equal(json_array_size(json_object_get(r.json, "frontier")), m.run.front.count);
    json_array_foreach(json_object_get(r.json, "ranking"), k, c) assert_listed(listed, c);
    json_array_foreach(json_object_get(r.json, "frontier"), k, c) assert_listed(listed, c);
    json_array_foreach(candidates, k, c) assert_listed(listed, json_object_get(c, "dominated_by"));
    json_array_foreach(json_object_get(r.json, "stakeholders"), k, c)
        assert_listed(listed, json_object_get(c, "choice"));
    assert_non_null(json_object_get(listed, ids[17])); /* the incumbent */
    json_decref(listed);
    done(&r);
    r = written(&m.run, true);
    assert_int_equal(json_array_size(json_object_get(r.json, "candidates")), MANY);
    assert_int_equal(json_array_size(json_object_get(r.json, "ranking")), MANY - 1);
    done(&r);
    made_free(&m);
    free(rows);
    free(ids);
}

/* ---- the same bytes, and no bytes ---- */

static void the_same_bytes_in_every_locale(void **state)
{
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8", "C"};
    (void)state;
    made m;
    made_start(&m);
    make(&m, made_rows, MADE_ROWS);
    result r = written(&m.run, false);
    for (size_t k = 0; k < sizeof locales / sizeof *locales; k++) {
        (void)setlocale(LC_ALL, locales[k]);
        result again = written(&m.run, false);
        assert_string_equal(again.text, r.text);
        done(&again);
    }
    done(&r);
    made_free(&m);
}

static bool take_some(void *user, const char *bytes, size_t length)
{
    size_t *left = user;
    (void)bytes;
    if (length > *left)
        return false;
    *left -= length;
    return true;
}

static void a_sink_that_fails_is_an_error(void **state)
{
    (void)state;
    made m;
    made_start(&m);
    make(&m, made_rows, MADE_ROWS);
    result r = written(&m.run, false);
    for (size_t room = 0, all = strlen(r.text); room <= all; room += room == all ? 1 : 97) {
        size_t left = room = room > all - 97 ? all : room;
        tdo_sink o = {.write = take_some, .user = &left};
        assert_int_equal(tdo_write_result(&m.run, false, &o), room < all ? TDO_E_IO : TDO_OK);
    }
    done(&r);
    made_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_stand_in_the_order_of_the_format),
        cmocka_unit_test(each_candidate_has_a_line_of_its_own),
        cmocka_unit_test(numbers_read_back_as_they_were),
        cmocka_unit_test(who_is_out_has_no_values),
        cmocka_unit_test(readings_are_as_read),
        cmocka_unit_test(needs_say_how_far_they_are_from_met),
        cmocka_unit_test(nothing_feasible_is_a_result_too),
        cmocka_unit_test(hostile_names_come_back_as_they_were),
        cmocka_unit_test(of_many_only_those_that_matter_are_listed),
        cmocka_unit_test(the_same_bytes_in_every_locale),
        cmocka_unit_test(a_sink_that_fails_is_an_error),
    };
    return cmocka_run_group_tests_name("result", tests, NULL, NULL);
}
