/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff verify: does every claim of a result hold? */
#include "cli/cli.h"

#include "files/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DOES_NOT_HOLD = 1 };

static const size_t most_bytes = (size_t)8 << 30; /* of an input */

typedef struct verify_inputs {
    const char *folder; /* a path in it */
    bool named;         /* by --data */
    bool trusted;
    tdo_arena *a;
} verify_inputs;

/* A result that somebody sent must not have files opened that lie elsewhere. */
static tdo_status fetch(void *user, const char *file, const char **bytes, size_t *length,
                        tdo_error *err)
{
    const verify_inputs *in = user;
    const char *path = cli_path_beside(in->folder, file, in->a);
    source_text all = {.length = 0};
    bool outside = false;
    if (!path || (!in->trusted && source_leads_outside(in->folder, file, path, &outside) != TDO_OK))
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    if (outside)
        return tdo_fail_at(err, TDO_E_INPUT, file, 0, 0,
                           "it lies outside the folder of the inputs and was not opened "
                           "(--allow-outside opens it)");
    if (strcmp(file, "-") == 0)
        return tdo_fail_at(err, TDO_E_IO, file, 0, 0, "it came from standard input, and is gone");
    tdo_status status = source_slurp(path, path, most_bytes, in->a, &all, err);
    if (status == TDO_E_IO && access(path, F_OK) != 0) {
        *err = (tdo_error){0};
        (void)tdo_fail_at(err, TDO_E_IO, path, 0, 0,
                          in->named ? "no such file: --data names the folder of the inputs"
                                    : "no such file: the inputs are looked for beside the result; "
                                      "--data FOLDER names another one");
    }
    *bytes = all.bytes;
    *length = all.length;
    return status;
}

typedef struct verify_answer {
    const char *file;
    const tdo_verification *verdict;
} verify_answer;

static void put_list(tdo_sink *o, const char *about, const char *const *item, size_t n)
{
    if (n == 0)
        return;
    tdo_puts(o, about);
    for (size_t k = 0; k < n; k++) {
        tdo_puts(o, "\n  ");
        tdo_puts(o, item[k]);
    }
    tdo_puts(o, "\n");
}

static tdo_status write_answer(const void *what, tdo_sink *o)
{
    const verify_answer *answer = what;
    const tdo_verification *v = answer->verdict;
    tdo_puts(o, answer->file);
    if (v->holds) {
        tdo_putf(o, ": %zu claims were checked, and hold\n", v->checked);
        put_list(o,
                 "Changed by the command line, so other than in the scenario's file:", v->changed,
                 v->n_changed);
        put_list(o, "Not checked:", v->unchecked, v->n_unchecked);
    } else {
        tdo_puts(o, ": ");
        tdo_puts(o, v->path);
        tdo_puts(o, v->path[0] ? ": " : "");
        tdo_puts(o, v->why);
        tdo_puts(o, "\n");
    }
    return o->failed ? TDO_E_IO : TDO_OK;
}

/* Nothing is open that an end here could tear. */
static void *or_end(void *p)
{
    if (!p)
        _exit(cli_complain_all(TDO_E_MEMORY, &(tdo_report){0}));
    return p;
}

static void *allocate(size_t n)
{
    return or_end(malloc(n));
}

static void *resize(void *p, size_t had, size_t n)
{
    (void)had;
    return or_end(realloc(p, n));
}

int cli_verify(const cli_args *args)
{
    tdo_verify_memory(allocate, resize);
    const char *file = args->operand[0], *name = strcmp(file, "-") ? file : "standard input";
    tdo_arena *a = tdo_arena_new();
    tdo_error err = {0};
    tdo_verification verdict = {0};
    source_text all = {.length = 0};
    verify_inputs in = {
        .folder = file, .named = args->data, .trusted = args->allow_outside, .a = a};
    tdo_status status = a ? TDO_OK : tdo_fail(&err, TDO_E_MEMORY, "out of memory");
    if (a && args->data)
        in.folder = tdo_text(a, "%s/-", args->data);
    if (a && !in.folder)
        status = tdo_fail(&err, TDO_E_MEMORY, "out of memory");
    if (status == TDO_OK)
        status = source_slurp(file, name, TDO_MAX_RESULT_BYTES, a, &all, &err);
    if (status == TDO_OK) {
        status = tdo_verify(all.bytes, all.length, &(tdo_inputs){fetch, &in}, a, &verdict, &err);
        if (status != TDO_OK && err.file[0] == '\0' && status == TDO_E_INPUT)
            (void)snprintf(err.file, sizeof err.file, "%s", name);
    }
    const verify_answer answer = {name, &verdict};
    int failed = status == TDO_OK ? cli_write("-", write_answer, &answer) : cli_complain(&err);
    if (!failed && !verdict.holds)
        failed = DOES_NOT_HOLD;
    tdo_arena_free(a);
    return failed;
}
