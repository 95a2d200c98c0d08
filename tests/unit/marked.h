/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts with errors: each '@' is taken out, and marks where one must be reported, in the order of
 * the file. Include after scenario_file.h. */
#ifndef TRADEOFF_TESTS_MARKED_H
#define TRADEOFF_TESTS_MARKED_H

enum { MOST = 4 };

typedef struct expected {
    const char *path, *text;
} expected;

typedef struct place {
    unsigned line, column;
} place;

/* Takes the marks out and says where they were. */
static inline size_t take_marks(char *text, place out[TDO_REPORT_SHOWN + 4])
{
    size_t n = 0;
    place at = {1, 1};
    char *to = text;
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '@') {
            assert_true(n < TDO_REPORT_SHOWN + 4);
            out[n++] = at;
            continue;
        }
        at.line += *p == '\n';
        at.column = *p == '\n' ? 1 : at.column + 1;
        *to++ = *p;
    }
    *to = '\0';
    return n;
}

/* at: [marks] one for each error, or one for all of them. */
static inline void check(const char *text, const tdo_report *report, const place *at, size_t marks,
                         const expected *error)
{
    size_t n = 0;
    while (n < MOST && error[n].text)
        n++;
    if (report->count != n)
        fail_msg("%s\n%zu errors, not %zu; the first is %s", text, report->count, n,
                 report->item[0].text);
    assert_true(marks == n || marks == 1);
    for (size_t i = 0; i < n; i++) {
        const tdo_error *e = &report->item[i];
        const place *p = marks == 1 ? at : &at[i];
        if (strcmp(e->text, error[i].text) != 0 || strcmp(e->path, error[i].path) != 0 ||
            e->line != p->line || e->column != p->column)
            fail_msg("%s\nerror %zu is at %u:%u [%s] %s\n  not at %u:%u [%s] %s", text, i, e->line,
                     e->column, e->path, e->text, p->line, p->column, error[i].path, error[i].text);
        assert_string_equal(e->file, "scenario.json");
        assert_int_equal(e->status, TDO_E_INPUT);
    }
}

typedef struct variant {
    const char *from, *to;
    expected error[MOST];
} variant;

static inline void run_variants(tdo_arena *a, const variant *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char text[TEXT_ROOM];
        place at[TDO_REPORT_SHOWN + 4];
        tdo_report report = {.count = 0};
        const tdo_scenario *s = NULL;
        change(text, good_scenario, v[i].from, v[i].to);
        size_t marks = take_marks(text, at);
        tdo_status status = read_text(text, NULL, a, &s, &report);
        check(text, &report, at, marks, v[i].error);
        assert_int_equal(status, TDO_E_INPUT);
        assert_null(s);
    }
}

#define RUN(name)                                                                                  \
    static void in_##name(void **state)                                                            \
    {                                                                                              \
        run_variants(*state, name, sizeof name / sizeof *name);                                    \
    }

#endif
