/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of runs made by hand, as text and read back; include after cmocka.h. */
#ifndef TRADEOFF_TESTS_MADE_RESULT_H
#define TRADEOFF_TESTS_MADE_RESULT_H

#include "made_run.h"
#include "tradeoff/diff.h"

/* A scenario in effect for made runs, with what the comparison of settings looks at. */
#define MADE_SCENARIO(rule, range)                                                                 \
    "{\"tradeoff\":1,\"candidates\":{\"file\":\"c.csv\"},\"criteria\":{\"latency\":{"              \
    "\"range\":" range "}},\"stakeholders\":{\"ml\":{\"power\":2}},\"rule\":\"" rule "\"}"

/* The result of a made run that is ready to finish, as JSON in the arena. */
static inline const char *made_text(made *m, const made_row *rows, size_t n, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    assert_int_equal(made_finish(m, rows, n), TDO_OK);
    assert_int_equal(tdo_write_result(&m->run, true, &o), TDO_OK);
    assert_non_null(o.text);
    return o.text;
}

static inline const tdo_result *read_back(const char *json, const char *file, tdo_arena *a)
{
    tdo_result *r = NULL;
    tdo_error err = {0};
    if (tdo_result_parse(json, strlen(json), file, a, &r, &err) != TDO_OK)
        fail_msg("%s:%u:%u: %s", err.file, err.line, err.column, err.text);
    return r;
}

/* s with every `from` replaced by `to`; `from` must be there. */
static inline const char *replaced(tdo_arena *a, const char *s, const char *from, const char *to)
{
    tdo_sink o = tdo_sink_memory(a);
    const char *at = strstr(s, from);
    if (!at)
        fail_msg("not there: %s", from);
    for (; at; s = at + strlen(from), at = strstr(s, from)) {
        tdo_put(&o, s, (size_t)(at - s));
        tdo_puts(&o, to);
    }
    tdo_puts(&o, s);
    assert_false(o.failed);
    return o.text;
}

#endif
