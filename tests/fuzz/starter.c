/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table's profile, and what init makes of it: where that is checked and found good, it runs. */
#include "fuzz.h"

static void make(const tdo_profile *p, tdo_arena *a)
{
    static tdo_report report;
    const tdo_table_style style = {.width = 70};
    const tdo_overrides none = {0};
    tdo_starter s;
    tdo_error err = {0};
    tdo_run run;
    tdo_sink o = tdo_sink_memory(a), words = tdo_sink_memory(a);
    tdo_status status = tdo_starter_make(p, "c.csv", a, &s, &err);
    FUZZ_MUST(status == TDO_OK || (status == TDO_E_INPUT && err.text[0]));
    if (status != TDO_OK)
        return;
    memset(&report, 0, sizeof report);
    status = tdo_starter_check(&s, "c.csv", a, &report);
    FUZZ_MUST(status == TDO_OK || (status == TDO_E_INPUT && report.count > 0));
    FUZZ_MUST(tdo_write_starter(&s, &o) == TDO_OK);
    FUZZ_MUST(tdo_write_guesses(&s, "scenario.json", &style, &words) == TDO_OK);
    if (status != TDO_OK)
        return;
    fuzz_put_file("scenario.json", (tdo_bytes){o.text, o.length});
    FUZZ_MUST(fuzz_run_files(&none, &run) == TDO_OK);
    fuzz_judge_result(fuzz_result_of(&run, a));
    tdo_run_free(&run);
}

void fuzz_starter(const uint8_t *bytes, size_t length)
{
    const tdo_profile_request request = {.file = "c.csv", .path = "c.csv"};
    const tdo_table_style style = {.width = 70};
    tdo_arena *a = tdo_arena_new();
    tdo_profile p;
    tdo_error err = {0};
    FUZZ_MUST(a);
    fuzz_put_file("c.csv", (tdo_bytes){(const char *)bytes, length});
    tdo_status status = tdo_profile_read(&request, a, &p, &err);
    FUZZ_MUST(status == TDO_OK || (status == TDO_E_INPUT && err.text[0]));
    if (status == TDO_OK) {
        tdo_sink o = tdo_sink_memory(a), json = tdo_sink_memory(a);
        FUZZ_MUST(tdo_write_profile(&p, &style, &o) == TDO_OK);
        FUZZ_MUST(tdo_write_profile_json(&p, &json) == TDO_OK);
        make(&p, a);
    }
    tdo_arena_free(a);
}
