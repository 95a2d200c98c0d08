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

static inline void check(const char *text, const tdo_report *report, const place *at, size_t marks,
                         const expected *error)
{
    size_t n = 0;

    while (n < MOST && error[n].text != NULL)
        n++;
    for (size_t i = 0; i < report->count && i < TDO_REPORT_SHOWN; i++) {
        const tdo_error *e = &report->item[i];
        /* Errors with one mark all stand there. */
        const place *p = marks == 1 ? at : i < marks ? &at[i] : NULL;
        bool same =
            i < n && strcmp(e->text, error[i].text) == 0 && strcmp(e->path, error[i].path) == 0;
        if (!same || (p != NULL && (e->line != p->line || e->column != p->column)))
            fail_msg("%s\nerror %zu is at %u:%u [%s] %s\n  not at %u:%u [%s] %s", text, i, e->line,
                     e->column, e->path, e->text, p ? p->line : 0, p ? p->column : 0,
                     i < n ? error[i].path : "", i < n ? error[i].text : "(no error)");
        assert_string_equal(e->file, "scenario.json");
        assert_int_equal(e->status, TDO_E_INPUT);
    }
    if (report->count != n)
        fail_msg("%s\n%zu errors, not %zu", text, report->count, n);
}

#endif
