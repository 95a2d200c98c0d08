/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What targets share that run scenarios: the run, its result, and the judge of results. */
#include "fuzz.h"

enum { MOST_SAMPLES = 64 };

const tdo_bytes fuzz_scenario_text = FUZZ_TEXT(
    "{\"tradeoff\": 1, \"title\": \"t\", \"candidates\": {\"file\": \"c.csv\", \"id\": \"id\", "
    "\"incumbent\": \"a\"},\n"
    " \"criteria\": {\"x\": {\"column\": \"x\", \"goal\": \"max\", \"unit\": \"u\", \"range\": [0, "
    "1], "
    "\"se\": 0.05},\n"
    "  \"y\": {\"column\": \"y\", \"goal\": \"min\", \"range\": [10, 0]},\n"
    "  \"z\": {\"column\": \"z\", \"goal\": \"max\", \"levels\": [\"no\", \"some\", \"yes\"]}},\n"
    " \"stakeholders\": {\"p\": {\"weights\": {\"x\": 2, \"z\": 1}, \"needs\": {\"y\": {\"max\": "
    "6}}},\n"
    "  \"q\": {\"prefers\": [\"y >= x\"], \"power\": 2}},\n"
    " \"constraints\": [{\"criterion\": \"y\", \"max\": 9, \"owner\": \"p\", \"why\": \"w\"}],\n"
    " \"robustness\": {\"samples\": 20}}\n");

const tdo_bytes fuzz_table_text = FUZZ_TEXT("id,x,y,z\na,0.5,5,no\nb,0.75,2,yes\nc,0.9,7,some\n"
                                            "d,0.2,1,no\ne,0.95,9.5,yes\n");

typedef struct run_stop {
    int stop;
} run_stop;

static void enough(void *user, uint64_t done, uint64_t samples)
{
    run_stop *s = user;
    (void)samples;
    s->stop = s->stop || done >= MOST_SAMPLES;
}

tdo_status fuzz_run_files(const tdo_overrides *over, tdo_run *run)
{
    static tdo_report report;
    run_stop stop = {0};
    tdo_run_options o = {
        .sampling = enough, .user = &stop, .stop = &stop.stop, .threads = 1, .overrides = *over};
    o.overrides.samples = NULL;
    memset(&report, 0, sizeof report);
    tdo_status status = tdo_run_scenario("scenario.json", &o, run, &report);
    FUZZ_MUST(status != TDO_E_INTERNAL && status != TDO_E_MEMORY);
    FUZZ_MUST((status == TDO_OK || status == TDO_E_INTERRUPT) == (report.count == 0));
    return status;
}

tdo_bytes fuzz_result_of(const tdo_run *run, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    FUZZ_MUST(tdo_write_result(run, false, &o) == TDO_OK);
    FUZZ_MUST(tdo_utf8_valid(o.text, o.length) == o.length);
    return (tdo_bytes){o.text, o.length};
}

bool fuzz_same(tdo_bytes a, tdo_bytes b)
{
    return a.length == b.length && memcmp(a.s, b.s, a.length) == 0;
}

void fuzz_judge_result(tdo_bytes json)
{
    tdo_arena *a = tdo_arena_new();
    tdo_result *r = NULL;
    tdo_diff d;
    tdo_error err = {0};
    FUZZ_MUST(a && tdo_result_parse(json.s, json.length, "r.json", a, &r, &err) == TDO_OK);
    FUZZ_MUST(tdo_compare(r, r, a, &d) == TDO_OK);
    FUZZ_MUST(d.same && d.areas == 0 && d.n == 0 && d.n_settings + d.n_limits + d.n_people == 0 &&
              d.n_criteria + d.n_winners + d.added + d.removed + d.n_in + d.n_out == 0);
    tdo_arena_free(a);
}

const tdo_run *fuzz_fixed_run(void)
{
    static const tdo_overrides none;
    static tdo_run run;
    fuzz_put_file("scenario.json", fuzz_scenario_text);
    fuzz_put_file("c.csv", fuzz_table_text);
    if (!run.arena)
        FUZZ_MUST(fuzz_run_files(&none, &run) == TDO_OK && run.feasible);
    return &run;
}
