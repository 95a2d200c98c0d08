/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checker: any text as a result, with its inputs; and what a run wrote is accepted. */
#include "fuzz.h"

typedef struct verify_files {
    const fuzz_blob *blob; /* NULL: those of the current folder */
    tdo_arena *a;
} verify_files;

static tdo_status fetch(void *user, const char *file, const char **bytes, size_t *length,
                        tdo_error *err)
{
    const verify_files *f = user;
    for (size_t k = 0; k < FUZZ_FILES; k++)
        if (strcmp(file, fuzz_file_names[k]) == 0 && f->blob->file[k].s) {
            char *copy = tdo_copy(f->a, f->blob->file[k].s, f->blob->file[k].length);
            FUZZ_MUST(copy);
            *bytes = copy;
            *length = f->blob->file[k].length;
            return TDO_OK;
        }
    return tdo_fail(err, TDO_E_IO, "there is no such file");
}

static tdo_status fetch_open(void *user, const char *file, const char **bytes, size_t *length,
                             tdo_error *err)
{
    const verify_files *f = user;
    FILE *in = fopen(file, "rb");
    char *text = tdo_alloc(f->a, 1 << 20, 1);
    FUZZ_MUST(text);
    if (!in)
        return tdo_fail(err, TDO_E_IO, "there is no such file");
    *length = fread(text, 1, (1 << 20) - 1, in);
    *bytes = text;
    FUZZ_MUST(fclose(in) == 0);
    return TDO_OK;
}

void fuzz_judge_verified(tdo_bytes json)
{
    tdo_arena *a = tdo_arena_new();
    verify_files files = {.a = a};
    const tdo_inputs in = {fetch_open, &files};
    tdo_verification v = {0};
    tdo_error err = {0};
    FUZZ_MUST(a);
    tdo_status status = tdo_verify(json.s, json.length, &in, a, &v, &err);
    if (status != TDO_OK || !v.holds)
        (void)fprintf(stderr, "%s: %s %s\n", v.path ? v.path : "", v.why ? v.why : "", err.text);
    FUZZ_MUST(status == TDO_OK && v.holds);
    tdo_arena_free(a);
}

void fuzz_verify(const uint8_t *bytes, size_t length)
{
    tdo_arena *a = tdo_arena_new();
    fuzz_blob b;
    verify_files files = {&b, a};
    const tdo_inputs in = {fetch, &files};
    tdo_verification v = {0};
    tdo_error err = {0};
    FUZZ_MUST(a);
    fuzz_part_blob(bytes, length, a, &b);
    tdo_bytes r = fuzz_file(&b, "r.json");
    tdo_status status = tdo_verify(r.s ? r.s : "", r.length, &in, a, &v, &err);
    FUZZ_MUST(status == TDO_OK || status == TDO_E_INPUT || status == TDO_E_IO);
    FUZZ_MUST(status == TDO_OK ? v.holds || (v.path && v.why) : err.text[0]);
    tdo_arena_free(a);
}
