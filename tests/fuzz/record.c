/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions: any file as one that is read and checked again; and what is written of any words reads
 * back as it was, and stands. */
#include "fuzz.h"

static void check_again(const tdo_record *r, const tdo_run *now, tdo_arena *a, bool must_stand)
{
    const tdo_table_style style = {.width = 70};
    tdo_recheck check = {0};
    tdo_result *is = NULL;
    tdo_diff d;
    tdo_error err = {0};
    tdo_sink o = tdo_sink_memory(a);
    tdo_bytes json = fuzz_result_of(now, a);
    FUZZ_MUST(tdo_recheck_decision(r, now, a, &check) == TDO_OK);
    FUZZ_MUST(!must_stand || check.stands);
    FUZZ_MUST(tdo_result_parse(json.s, json.length, "now", a, &is, &err) == TDO_OK);
    FUZZ_MUST(tdo_compare(r->result, is, a, &d) == TDO_OK);
    FUZZ_MUST(!must_stand || (d.same && d.areas == 0 && d.n == 0));
    FUZZ_MUST(tdo_write_recheck(r, &check, &d, &style, &o) == TDO_OK);
}

static tdo_record *read_record(tdo_arena *a)
{
    tdo_record *r = NULL;
    tdo_error err = {0};
    tdo_status status = tdo_record_read("r.json", a, &r, &err);
    FUZZ_MUST(status == TDO_OK || status == TDO_E_INPUT || status == TDO_E_IO);
    FUZZ_MUST((status == TDO_OK) == (r != NULL));
    return r;
}

/* The bytes as words of a decision: their valid UTF-8 start, without NUL. */
static char *words_of(tdo_bytes text, tdo_arena *a)
{
    char *s = tdo_copy(a, text.s, text.length);
    FUZZ_MUST(s);
    s[tdo_utf8_valid(s, strlen(s))] = '\0';
    return s;
}

/* What is decided for the recommended one, and for the one that the bytes choose. */
static void write_and_read(const tdo_run *run, tdo_bytes text, tdo_arena *a)
{
    const char *words = words_of(text, a);
    if (!words[strspn(words, " \t\r\n")])
        return;
    tdo_decision d = {.chosen = tdo_recommended_id(run),
                      .because = words,
                      .decided_by = &words,
                      .n_decided_by = 1,
                      .dissent = &words,
                      .n_dissent = 1,
                      .scenario = "scenario.json"};
    tdo_sink json = tdo_sink_memory(a), markdown = tdo_sink_memory(a);
    FUZZ_MUST(tdo_write_record_json(run, &d, &json) == TDO_OK);
    FUZZ_MUST(tdo_write_record(run, &d, "r.json", &markdown) == TDO_OK);
    fuzz_put_file("r.json", (tdo_bytes){json.text, json.length});
    const tdo_record *r = read_record(a);
    FUZZ_MUST(r && strcmp(r->decision.because, words) == 0 && r->recommended);
    FUZZ_MUST(r->decision.n_decided_by == 1 && strcmp(r->decision.decided_by[0], words) == 0);
    FUZZ_MUST(r->decision.n_dissent == 1 && strcmp(r->decision.dissent[0], words) == 0);
    check_again(r, run, a, true);
}

void fuzz_record(const uint8_t *bytes, size_t length)
{
    tdo_arena *a = tdo_arena_new();
    const tdo_run *run = fuzz_fixed_run();
    fuzz_blob b;
    FUZZ_MUST(a);
    fuzz_part_blob(bytes, length, a, &b);
    if (fuzz_file(&b, "r.json").s) {
        fuzz_put_file("r.json", fuzz_file(&b, "r.json"));
        const tdo_record *r = read_record(a);
        if (r)
            check_again(r, run, a, false);
    } else
        write_and_read(run, (tdo_bytes){(const char *)bytes, length}, a);
    tdo_arena_free(a);
}
