/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decision records: written, read back, and held against later runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "made_result.h"
#include "near.h"
#include "scenario_file.h"
#include "tradeoff/recheck.h"

/* A run of the rows, with a limit on the latency and a rule. */
static void make(made *m, const made_row *rows, size_t n, double limit, tdo_rule rule)
{
    made_start(m);
    m->constraint[0].condition.max = limit;
    m->scenario.rule = rule;
    assert_int_equal(made_finish(m, rows, n), TDO_OK);
}

static tdo_decision decision_for(const char *id)
{
    static const char *const by[] = {"Ann", "B. \"Bob\" O'Hara"}, *const dissent[] = {"legal: no"};
    static const char *const set[] = {"title=x"};
    return (tdo_decision){.chosen = id,
                          .because = "it is <cheap> | & *bold*",
                          .decided_by = by,
                          .n_decided_by = 2,
                          .dissent = dissent,
                          .n_dissent = 1,
                          .date = "2026-10-31",
                          .scenario = "../scenario.json",
                          .overrides = {.set = set, .n_set = 1, .rule = "nash"}};
}

static const char *json_of(const made *m, const tdo_decision *d, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    assert_int_equal(tdo_write_record_json(&m->run, d, &o), TDO_OK);
    return o.text;
}

/* Reads a record from a file of the scratch folder. */
static tdo_status read_record(const char *json, tdo_arena *a, tdo_record **out, tdo_error *err)
{
    write_file("decision.json", json, strlen(json));
    tdo_status status = tdo_record_read("decision.json", a, out, err);
    assert_int_equal(remove("decision.json"), 0);
    return status;
}

static const tdo_record *recorded(const made *m, const char *id, tdo_arena *a)
{
    tdo_decision d = decision_for(id);
    tdo_record *r = NULL;
    tdo_error err = {0};
    if (read_record(json_of(m, &d, a), a, &r, &err) != TDO_OK)
        fail_msg("%u:%u: %s", err.line, err.column, err.text);
    return r;
}

static const char *recommended_id(const made *m)
{
    return m->run.measured.id[m->run.screened.feasible[m->run.ranking.recommended]];
}

/* ---- writing and reading ---- */

static void dates_are_days(void **state)
{
    static const char *const good[] = {"2026-10-31", "2024-02-29", "2000-02-29", "0000-01-01",
                                       "9999-12-31"};
    static const char *const bad[] = {"",           "2026-10-32", "2026-00-10",  "2026-13-01",
                                      "2025-02-29", "1900-02-29", "2026-04-31",  "2026-1-01",
                                      "26-01-01",   "2026-01-00", "2026-01-011", "2026/01/01",
                                      "2026-01-0x", " 026-01-01", "2026-01",     "+026-01-01"};
    (void)state;
    for (size_t k = 0; k < sizeof good / sizeof *good; k++)
        assert_true(tdo_is_date(good[k]));
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
        if (tdo_is_date(bad[k]))
            fail_msg("\"%s\" is no date", bad[k]);
}

static void reads_what_was_written(void **state)
{
    tdo_arena *a = *state;
    made m;
    make(&m, made_rows, MADE_ROWS, 150, TDO_RULE_NASH);
    const tdo_record *r = recorded(&m, "dnn-large", a);
    const tdo_decision *d = &r->decision;
    assert_string_equal(d->chosen, "dnn-large");
    assert_string_equal(d->because, "it is <cheap> | & *bold*");
    assert_int_equal(d->n_decided_by, 2);
    assert_string_equal(d->decided_by[1], "B. \"Bob\" O'Hara");
    assert_string_equal(d->dissent[0], "legal: no");
    assert_string_equal(d->date, "2026-10-31");
    assert_string_equal(d->scenario, "../scenario.json");
    assert_string_equal(d->overrides.set[0], "title=x");
    assert_int_equal(d->overrides.n_limit, 0);
    assert_string_equal(d->overrides.rule, "nash");
    assert_int_equal(r->status, TDO_IS_INFEASIBLE); /* 170 ms of 150 */
    assert_false(r->recommended);
    assert_int_equal(r->rank, 0);
    assert_true(isnan(r->behind));
    assert_int_equal(r->n_broke, 1);
    assert_int_equal(r->broke[0].limit, 0);
    near(r->broke[0].by, 20, 0, 0);
    assert_int_equal(r->n_needs, 2);
    assert_string_equal(r->need[1].stakeholder, "ml");
    assert_string_equal(r->need[1].criterion, "latency");
    near(r->need[0].by, 0, 0, 0);
    near(r->need[1].by, 90, 0, 0);
    assert_int_equal(r->result->n, MADE_ROWS);
    made_free(&m);
}

/* Whatever is written in front of a title, a bullet or a table's bar stays text. */
static void markdown_is_inert(void **state)
{
    tdo_arena *a = *state;
    static const char *const dissent[] = {"\n# Heading\n\n- item \x1b[31m"};
    made m;
    tdo_sink o = tdo_sink_memory(a);
    make(&m, made_rows, MADE_ROWS, 150, TDO_RULE_NASH);
    tdo_decision d = decision_for("rules");
    d.dissent = dissent;
    assert_int_equal(tdo_write_record(&m.run, &d, "x`y`.json", &o), TDO_OK);
    assert_non_null(strstr(o.text, "because it is &lt;cheap&gt; \\| &amp; \\*bold\\*.\n"));
    assert_non_null(strstr(o.text, "- \\\\u000a\\# Heading"));
    assert_non_null(strstr(o.text, "  - \"B. \\\"Bob\\\" O'Hara\"\n---\n"));
    assert_non_null(strstr(o.text, "x\\`y\\`.json"));
    assert_null(strchr(o.text, '\x1b'));
    static const char *const headings[] = {
        "\n# Made by hand: rules\n", "\n## Context and Problem Statement\n",
        "\n## Decision Drivers\n",   "\n## Considered Options\n",
        "\n## Decision Outcome\n",   "\n### Consequences\n",
        "\n### Confirmation\n",      "\n## Pros and Cons of the Options\n",
        "\n## More Information\n"};
    const char *at = o.text;
    for (size_t k = 0; k < sizeof headings / sizeof *headings; k++) {
        at = strstr(at, headings[k]);
        if (!at)
            fail_msg("%s is missing, or out of order", headings[k]);
    }
    made_free(&m);
}

static void nobody_cannot_be_chosen(void **state)
{
    tdo_arena *a = *state;
    made m;
    tdo_sink o = tdo_sink_memory(a);
    make(&m, made_rows, MADE_ROWS, 150, TDO_RULE_NASH);
    tdo_decision d = decision_for("nobody");
    assert_int_equal(tdo_write_record(&m.run, &d, "x.json", &o), TDO_E_USAGE);
    assert_int_equal(tdo_write_record_json(&m.run, &d, &o), TDO_E_USAGE);
    made_free(&m);
}

static void refuses_what_is_no_record(void **state)
{
    static const struct {
        const char *from, *to, *text;
    } bads[] = {
        {"tradeoff-decision/1", "tradeoff-result/2",
         "this is no decision record of tradeoff: its format is \"tradeoff-result/2\""},
        {"\"date\": \"2026-10-31\"", "\"date\": \"2026-02-30\"", "date must be a date"},
        {"\"chosen\": \"dnn-large\"", "\"chosen\": null", "chosen must be a string"},
        {"\"file\": \"../scenario.json\"", "\"file\": \"\"", "scenario.file must not be empty"},
        {"\"set\": [", "\"set\": [7,", "scenario.set.0 must be a string"},
        {"\"recommended\": false", "\"recommended\": 0", "state.recommended must be true or false"},
        {"{\"constraint\": 0, \"text\"", "{\"constraint\": 3, \"text\"",
         "state.breaks.0 names a constraint that the result does not have"},
        {"\"stakeholder\": \"ml\"", "\"stakeholders\": \"ml\"",
         "state.needs.0 has no \"stakeholder\""},
        {"\"format\": \"tradeoff-result/1\",\n    \"generator\"", "\"generator\"",
         "result has no \"format\""},
        {"\"format\": \"tradeoff-result/1\"", "\"format\": \"tradeoff-result/2\"",
         "result.format must be \"tradeoff-result/1\""},
    };
    tdo_arena *a = *state;
    made m;
    make(&m, made_rows, MADE_ROWS, 150, TDO_RULE_NASH);
    tdo_decision d = decision_for("dnn-large");
    const char *good = json_of(&m, &d, a);
    for (size_t k = 0; k < sizeof bads / sizeof *bads; k++) {
        tdo_record *r = NULL;
        tdo_error err = {0};
        tdo_status status = read_record(replaced(a, good, bads[k].from, bads[k].to), a, &r, &err);
        if (status != TDO_E_INPUT || r || !strstr(err.text, bads[k].text) || !err.line)
            fail_msg("%s: status %d, \"%s\"", bads[k].text, status, err.text);
    }
    made_free(&m);
}

/* ---- does it still stand? ---- */

typedef struct later {
    const char *name;
    const char *chosen;  /* NULL: the recommended one */
    double limit, then;  /* on the latency, later and when it was decided */
    tdo_rule rule;       /* later; nash when it was decided */
    const char *changed; /* the row that is measured anew; NULL: none */
    double quality, latency;
    const char *cluster; /* NULL: as it was */
    bool stands;
    const char *says;
} later;

static const later laters[] = {
    {"nothing changed", NULL, 150, 150, TDO_RULE_NASH, NULL, 0, 0, NULL, true,
     "It is still recommended."},
    {"gone", "rules", 150, 150, TDO_RULE_NASH, "rules", -1, 0, NULL, false,
     "\"rules\" is no candidate any more."},
    {"a limit below it", "gbdt-v7", 100, 150, TDO_RULE_NASH, NULL, 0, 0, NULL, false,
     "is missed by 20 ms (it has 120 ms; product: checkout budget)."},
    {"slower than the limit", "gbdt-v7", 150, 150, TDO_RULE_NASH, "gbdt-v7", 0.4, 151, NULL, false,
     "is missed by 1 ms"},
    {"what it broke was accepted", "dnn-large", 150, 150, TDO_RULE_NASH, NULL, 0, 0, NULL, true,
     "(it has 170 ms; product: checkout budget); that was accepted."},
    {"it breaks more than was accepted", "dnn-large", 149, 150, TDO_RULE_NASH, NULL, 0, 0, NULL,
     false, "; accepted was 20."},
    {"it breaks less than was accepted", "dnn-large", 160, 150, TDO_RULE_NASH, NULL, 0, 0, NULL,
     true, "that was accepted."},
    {"a word that was accepted", "ensemble", 150, 150, TDO_RULE_NASH, NULL, 0, 0, NULL, true,
     "needs_new_cluster is no is missed (it has \"yes\"; infra: cluster freeze); that was "
     "accepted."},
    {"a word that was not", "dnn-medium", 150, 150, TDO_RULE_NASH, "dnn-medium", 0.418, 140, "yes",
     false, "needs_new_cluster is no is missed (it has \"yes\"; infra: cluster freeze)."},
    {"a need that was met", "gbdt-v7", 150, 150, TDO_RULE_NASH, "gbdt-v7", 0.37, 120, NULL, false,
     "What ML engineers needs is not met: Ranking quality is 0.37 NDCG@10, should be at least 0.4 "
     "NDCG@10."},
    {"a need that drift misses", "gbdt-v7", 150, 150, TDO_RULE_NASH, "gbdt-v7", 0.39, 120, NULL,
     true, "should be at least 0.4 NDCG@10; it moved within noise since this was decided."},
    {"a need that was missed by less", "linear", 150, 150, TDO_RULE_NASH, "linear", 0.33, 25, NULL,
     false, "; when this was decided it was missed by 0.05."},
    {"a need that was missed by more", "linear", 150, 150, TDO_RULE_NASH, "linear", 0.36, 25, NULL,
     true, "should be at least 0.4 NDCG@10; so it was when this was decided."},
    {"not measured any more", "linear", 150, 150, TDO_RULE_NASH, "linear", 0.35, NAN, NULL, false,
     "Not everything is measured."},
};

static void run_later(const later *l, tdo_arena *a)
{
    made then, now;
    made_row rows[MADE_ROWS];
    size_t n = 0;
    tdo_recheck check = {0};
    bool said = false;
    make(&then, made_rows, MADE_ROWS, l->then, TDO_RULE_NASH);
    for (size_t k = 0; k < MADE_ROWS; k++) {
        rows[n] = made_rows[k];
        if (l->changed && strcmp(rows[n].id, l->changed) == 0) {
            if (l->quality < 0)
                continue;
            rows[n].quality = l->quality;
            rows[n].latency = l->latency;
            rows[n].cluster = l->cluster ? l->cluster : rows[n].cluster;
        }
        n++;
    }
    make(&now, rows, n, l->limit, l->rule);
    const tdo_record *r = recorded(&then, l->chosen ? l->chosen : recommended_id(&then), a);
    assert_int_equal(tdo_recheck_decision(r, &now.run, a, &check), TDO_OK);
    for (size_t k = 0; k < check.n; k++)
        said = said || strstr(check.check[k].text, l->says);
    for (size_t k = 0; !said && k < check.n; k++)
        print_error("%s\n", check.check[k].text);
    if (!said)
        fail_msg("%s: it does not say \"%s\"", l->name, l->says);
    if (check.stands != l->stands)
        fail_msg("%s: %s", l->name, check.stands ? "stands" : "is open again");
    made_free(&then);
    made_free(&now);
}

static void stands_or_is_open_again(void **state)
{
    for (size_t k = 0; k < sizeof laters / sizeof *laters; k++)
        run_later(&laters[k], *state);
}

/* One that was recommended is to be so still; one that was not, no worse than then. */
static void its_place_counts(void **state)
{
    tdo_arena *a = *state;
    made then;
    make(&then, made_rows, MADE_ROWS, 150, TDO_RULE_NASH);
    for (tdo_rule rule = 0; rule < TDO_RULES; rule++) {
        made now;
        if (tdo_rule_about[rule]->lacks && tdo_rule_about[rule]->lacks(then.run.scenario))
            continue;
        make(&now, made_rows, MADE_ROWS, 150, rule);
        const tdo_ranking *before = &then.run.ranking, *after = &now.run.ranking;
        for (size_t i = 0; i < MADE_ROWS; i++) {
            uint32_t slot = then.run.screened.slot[i];
            tdo_recheck check = {0};
            if (slot == UINT32_MAX)
                continue;
            uint32_t was = before->by_rule[TDO_RULE_NASH].rank[slot];
            bool expected = slot == after->recommended ||
                            (slot != before->recommended && after->by_rule[rule].rank[slot] <= was);
            const tdo_record *r = recorded(&then, made_rows[i].id, a);
            assert_int_equal(r->rank, was);
            assert_int_equal(r->recommended, slot == before->recommended);
            assert_int_equal(tdo_recheck_decision(r, &now.run, a, &check), TDO_OK);
            if (check.stands != expected)
                fail_msg("%s under %s: %s", made_rows[i].id, tdo_rule_name[rule],
                         check.check[check.n - 1].text);
        }
        made_free(&now);
    }
    made_free(&then);
}

/* Where nothing is feasible, a choice accepts what it breaks. */
static void nothing_feasible_can_be_decided(void **state)
{
    tdo_arena *a = *state;
    made then, now;
    tdo_recheck check = {0};
    tdo_sink o = tdo_sink_memory(a);
    make(&then, made_rows, MADE_ROWS, 10, TDO_RULE_NASH);
    assert_false(then.run.feasible);
    tdo_decision d = decision_for("rules");
    assert_int_equal(tdo_write_record(&then.run, &d, "x.json", &o), TDO_OK);
    assert_non_null(strstr(o.text, "The analysis finds nothing feasible"));
    const tdo_record *r = recorded(&then, "rules", a);
    assert_null(r->result->recommended);
    assert_int_equal(tdo_recheck_decision(r, &then.run, a, &check), TDO_OK);
    assert_true(check.stands);
    make(&now, made_rows, MADE_ROWS, 5, TDO_RULE_NASH);
    assert_int_equal(tdo_recheck_decision(r, &now.run, a, &check), TDO_OK);
    assert_false(check.stands);
    made_free(&now);
    make(&now, made_rows, MADE_ROWS, 150, TDO_RULE_NASH);
    assert_int_equal(tdo_recheck_decision(r, &now.run, a, &check), TDO_OK);
    assert_true(check.stands);
    made_free(&now);
    made_free(&then);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_days),      WITH_ARENA(reads_what_was_written),
        WITH_ARENA(markdown_is_inert),         WITH_ARENA(nobody_cannot_be_chosen),
        WITH_ARENA(refuses_what_is_no_record), WITH_ARENA(stands_or_is_open_again),
        WITH_ARENA(its_place_counts),          WITH_ARENA(nothing_feasible_can_be_decided),
    };
    return cmocka_run_group_tests(tests, enter_scratch, leave_scratch);
}
