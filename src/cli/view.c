/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report: tradeoff view, and the --html of tradeoff run. */
#include "cli/cli.h"

#include "input/json.h"
#include "input/source.h"

#include <string.h>

enum { RESULT_BYTES_MOST = 1 << 30, RESULT_DEPTH_MOST = 64 };

typedef struct text {
    const char *bytes;
    size_t length;
} text;

static tdo_status write_page(const void *what, tdo_sink *o)
{
    const text *t = what;
    return tdo_write_html(t->bytes, t->length, o);
}

int cli_write_html(const char *path, const char *result_json, size_t length)
{
    if (tdo_no_page())
        return cli_usage_error("%s", tdo_no_page());
    return cli_write(path, write_page, &(text){result_json, length});
}

/* A result of ours: JSON, and of a format that the page knows. */
static tdo_status check_result(const char *file, const text *t, tdo_arena *a, tdo_error *err)
{
    tdo_node *top = NULL;
    tdo_status status = tdo_json_parse(t->bytes, t->length, file, RESULT_DEPTH_MOST, a, &top, err);
    if (status != TDO_OK)
        return status;
    const tdo_node *format = tdo_node_find(top, "format");
    if (!format || format->type != TDO_NODE_STRING || strcmp(format->text, "tradeoff-result/1"))
        status = tdo_fail_at(err, TDO_E_INPUT, file, top->at.line, top->at.column,
                             "this is no result of tradeoff (\"format\" is not "
                             "\"tradeoff-result/1\"); make one with \"tradeoff run ... -o FILE\"");
    return status;
}

int cli_view(const cli_args *args)
{
    const char *file = args->operand[0], *name = strcmp(file, "-") ? file : "standard input";
    tdo_arena *a = tdo_arena_new();
    tdo_error err = {0};
    char *bytes = NULL, sha256[65];
    text t = {0};
    int failed = 0;
    tdo_status status = a ? TDO_OK : tdo_fail(&err, TDO_E_MEMORY, "out of memory");
    if (status == TDO_OK)
        status = tdo_source_slurp(file, name, RESULT_BYTES_MOST, a, &bytes, &t.length, sha256,
                                  &err);
    t.bytes = bytes;
    if (status == TDO_OK)
        status = check_result(name, &t, a, &err);
    if (status == TDO_OK && t.length >= 3 && memcmp(t.bytes, "\xef\xbb\xbf", 3) == 0)
        t = (text){t.bytes + 3, t.length - 3};
    failed = status == TDO_OK ? cli_write_html(args->output ? args->output : "-", t.bytes, t.length)
                              : cli_complain(&err);
    tdo_arena_free(a);
    return failed;
}
