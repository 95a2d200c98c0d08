/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ballot, gathered into a scenario in each way: what comes out is a scenario that runs. */
#include "fuzz.h"

static void gather(const tdo_run *run, tdo_merge merge, tdo_arena *a)
{
    static const char *const file[] = {"b.json"};
    static tdo_report report;
    const tdo_table_style style = {.width = 70};
    const tdo_gather_request request = {.run = run, .file = file, .n_files = 1, .merge = merge};
    const tdo_scenario *s = NULL;
    tdo_gathered g;
    memset(&report, 0, sizeof report);
    tdo_status status = tdo_gather(&request, a, &g, &report);
    FUZZ_MUST(status == TDO_OK || status == TDO_E_INPUT);
    FUZZ_MUST((status == TDO_OK) == (report.count == 0));
    if (status != TDO_OK)
        return;
    tdo_sink o = tdo_sink_memory(a);
    FUZZ_MUST(tdo_write_gathered(run, &g, &style, &o) == TDO_OK);
    const tdo_bytes text = {g.scenario, g.length};
    FUZZ_MUST(tdo_read_wishes(run, text, false, a, &s, &report) == TDO_OK);
}

void fuzz_ballot(const uint8_t *bytes, size_t length)
{
    tdo_arena *a = tdo_arena_new();
    const tdo_run *run = fuzz_fixed_run();
    tdo_ballot ballot;
    tdo_error err = {0};
    FUZZ_MUST(a);
    fuzz_put_file("b.json", (tdo_bytes){(const char *)bytes, length});
    tdo_status status = tdo_ballot_read("b.json", a, &ballot, &err);
    FUZZ_MUST(status == TDO_OK || status == TDO_E_INPUT);
    for (size_t k = 0; status == TDO_OK && k < TDO_MERGES; k++)
        gather(run, (tdo_merge)k, a);
    tdo_arena_free(a);
}
