/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run of all its files: every writer writes, the result is one and does not differ from itself,
 * another run gives the same bytes, and verify accepts it. */
#include "fuzz.h"

static tdo_status table(const tdo_run *run, tdo_sink *o)
{
    const tdo_table_style style = {.width = 60, .full = true, .colour = true};
    return tdo_write_table(run, &style, o);
}

static tdo_status csv(const tdo_run *run, tdo_sink *o)
{
    return tdo_write_csv(run, true, o);
}

static tdo_status mix_table(const tdo_run *run, tdo_sink *o)
{
    const tdo_table_style style = {.width = 60, .ascii = true};
    tdo_status status = run->mixed ? tdo_write_mix_table(run, &style, o) : TDO_OK;
    if (status == TDO_OK && run->mixed)
        status = tdo_write_mix_csv(run, o);
    return status == TDO_OK && run->sampled ? tdo_write_robust_table(run, &style, o) : status;
}

static void write_all(const tdo_run *run)
{
    static tdo_status (*const writers[])(const tdo_run *run, tdo_sink *o) = {
        table, csv, mix_table, tdo_write_markdown, tdo_write_frontier_csv, tdo_write_frontier_json};
    for (size_t k = 0; k < sizeof writers / sizeof *writers; k++) {
        tdo_arena *a = tdo_arena_new();
        tdo_sink o = tdo_sink_memory(a);
        FUZZ_MUST(a && writers[k](run, &o) == TDO_OK);
        FUZZ_MUST(!o.text || k == 0 || tdo_utf8_valid(o.text, o.length) == o.length);
        tdo_arena_free(a);
    }
}

void fuzz_run(const uint8_t *bytes, size_t length)
{
    tdo_arena *a = tdo_arena_new();
    fuzz_blob b;
    tdo_run run, again;
    FUZZ_MUST(a);
    fuzz_part_blob(bytes, length, a, &b);
    fuzz_put_files(&b);
    if (fuzz_run_files(&b.overrides, &run) == TDO_OK) {
        tdo_bytes json = fuzz_result_of(&run, a);
        fuzz_judge_result(json);
        fuzz_judge_verified(json);
        write_all(&run);
        FUZZ_MUST(fuzz_run_files(&b.overrides, &again) == TDO_OK &&
                  fuzz_same(json, fuzz_result_of(&again, a)));
        tdo_run_free(&again);
    }
    tdo_run_free(&run);
    tdo_arena_free(a);
}
