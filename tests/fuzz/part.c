/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of a run that anybody may have written: merged, alone and in twos; what a partial merge of
 * one writes is that again. */
#include "fuzz.h"

static tdo_status merge(const char *const *file, size_t n, bool partial, tdo_run_part *out,
                        tdo_bytes *text)
{
    static tdo_report report;
    memset(&report, 0, sizeof report);
    *text = (tdo_bytes){0};
    tdo_status status = tdo_merge_parts(file, n, partial, out, &report);
    FUZZ_MUST(status != TDO_E_INTERNAL && status != TDO_E_MEMORY && status != TDO_E_USAGE);
    FUZZ_MUST((status == TDO_OK) == (report.count == 0));
    if (status == TDO_OK) {
        tdo_sink o = tdo_sink_memory(out->arena);
        FUZZ_MUST(tdo_write_run_part(out, &o) == TDO_OK);
        *text = (tdo_bytes){o.text, o.length};
    }
    return status;
}

void fuzz_part(const uint8_t *bytes, size_t length)
{
    static const char *const both[] = {"r.json", "s.json"};
    tdo_arena *a = tdo_arena_new();
    fuzz_blob b;
    tdo_run_part one, again;
    tdo_bytes text, text_again;
    FUZZ_MUST(a);
    fuzz_part_blob(bytes, length, a, &b);
    fuzz_put_files(&b);
    if (merge(both, 1, true, &one, &text) == TDO_OK) {
        fuzz_put_file("b.json", text);
        static const char *const written[] = {"b.json"};
        FUZZ_MUST(merge(written, 1, true, &again, &text_again) == TDO_OK);
        FUZZ_MUST(fuzz_same(text, text_again));
        tdo_run_part_free(&again);
    }
    tdo_run_part_free(&one);
    (void)merge(both, fuzz_file(&b, "s.json").s ? 2 : 1, false, &one, &text);
    tdo_run_part_free(&one);
    tdo_arena_free(a);
}
