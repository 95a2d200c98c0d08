/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result that anybody may have written: it does not differ from itself; two are compared, in all
 * formats, and the page of their comparison is written. */
#include "fuzz.h"

static tdo_result *read_result(tdo_bytes text, tdo_arena *a)
{
    tdo_result *r = NULL;
    tdo_error err = {0};
    tdo_status status = text.s ? tdo_result_parse(text.s, text.length, "r.json", a, &r, &err)
                               : TDO_E_INPUT;
    FUZZ_MUST(status == TDO_OK || status == TDO_E_INPUT);
    FUZZ_MUST((status == TDO_OK) == (r != NULL) && (r || !text.s || err.text[0]));
    return r;
}

static void compare(const tdo_result *was, const tdo_result *is, tdo_arena *a)
{
    const tdo_table_style style = {.width = 70};
    tdo_diff d;
    tdo_sink o[] = {tdo_sink_memory(a), tdo_sink_memory(a), tdo_sink_memory(a)};
    FUZZ_MUST(tdo_compare(was, is, a, &d) == TDO_OK);
    FUZZ_MUST(d.added <= is->n && d.removed <= was->n && d.n <= was->n + is->n);
    FUZZ_MUST(was != is || (d.same && d.areas == 0 && d.n == 0 && d.n_settings == 0));
    FUZZ_MUST(tdo_write_diff_text(&d, &style, &o[0]) == TDO_OK &&
              tdo_write_diff_markdown(&d, &o[1]) == TDO_OK &&
              tdo_write_diff_json(&d, &o[2]) == TDO_OK);
}

void fuzz_result(const uint8_t *bytes, size_t length)
{
    tdo_arena *a = tdo_arena_new();
    fuzz_blob b;
    FUZZ_MUST(a);
    fuzz_part_blob(bytes, length, a, &b);
    const tdo_result *was = read_result(fuzz_file(&b, "r.json"), a);
    const tdo_result *is = read_result(fuzz_file(&b, "s.json"), a);
    if (was)
        compare(was, was, a);
    if (was && is)
        compare(was, is, a);
    tdo_arena_free(a);
}
