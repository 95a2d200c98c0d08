/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs over small files, compared as text: what the criterion "x" reads for each candidate, its
 * standard errors, the warnings; or the first error and its place. Include after cmocka.h. */
#ifndef TRADEOFF_TESTS_DATA_RUN_H
#define TRADEOFF_TESTS_DATA_RUN_H

#include <math.h>

#include "scenario_file.h"
#include "tradeoff/run.h"

typedef struct data_case {
    const char *main;       /* c.csv */
    const char *other;      /* o.csv; NULL: there is none */
    const char *third;      /* t.csv; NULL: there is none */
    const char *candidates; /* members of "candidates" after the file; "id" is the id, unless it
                               comes first here */
    const char *x;          /* the criterion "x", without its braces */
    const char *gives;      /* "a=1 b=- c=2.5~0.5": reading and standard error of each candidate, -:
                               not measured, ~: not known where others are; NULL: an error */
    const char *says;       /* codes of the warnings with a blank after each; or the start of the
                               error, "c.csv:2:3: the id" */
} data_case;

static inline void put_file(const char *name, const char *text)
{
    (void)remove(name);
    if (text)
        write_file(name, text, strlen(text));
}

static inline void put_case(const data_case *c, const char *more)
{
    char text[TEXT_ROOM];
    const char *id = strncmp(c->candidates, "\"id\":", 5) == 0 ? "" : ", \"id\": \"id\"";
    int length = snprintf(text, sizeof text,
                          "{\"tradeoff\": 1,\n\"candidates\": {\"file\": \"c.csv\"%s%s%s},\n"
                          "\"criteria\": {\"x\": {%s}},\n"
                          "\"stakeholders\": {\"s\": {\"weights\": {\"x\": 1}}}%s}\n",
                          id, c->candidates[0] != '\0' ? ", " : "", c->candidates, c->x, more);
    assert_true(length > 0 && (size_t)length < sizeof text);
    put_file("scenario.json", text);
    put_file("c.csv", c->main);
    put_file("o.csv", c->other);
    put_file("t.csv", c->third);
}

static inline void show_readings(const tdo_measured *m, tdo_sink *o)
{
    for (size_t i = 0; i < m->n; i++) {
        tdo_putf(o, "%s%s=", i > 0 ? " " : "", m->id[i]);
        if (m->dropped[i])
            tdo_puts(o, "dropped");
        else if (isnan(m->reading[0][i]))
            tdo_puts(o, "-");
        else
            tdo_put_rounded(o, m->reading[0][i], 12);
        if (m->imputed && m->imputed[i])
            tdo_puts(o, "!");
        if (m->se[0]) {
            tdo_puts(o, "~");
            if (!isnan(m->se[0][i]))
                tdo_put_rounded(o, m->se[0][i], 9);
        }
    }
}

static inline void expect_error(const data_case *c, size_t k, tdo_status status,
                                const tdo_report *report)
{
    const tdo_error *e = &report->item[0];
    char text[TDO_ERROR_FILE + TDO_ERROR_TEXT + 32] = "";
    if (report->count > 0 && e->column > 0)
        (void)snprintf(text, sizeof text, "%s:%u:%u: %s", e->file, e->line, e->column, e->text);
    else if (report->count > 0)
        (void)snprintf(text, sizeof text, "%s:%u: %s", e->file, e->line, e->text);
    if (status != TDO_E_INPUT || strncmp(text, c->says, strlen(c->says)) != 0)
        fail_msg("case %zu: status %d, %s\nnot: %s", k, (int)status, text, c->says);
}

static inline void expect_run(const data_case *c, size_t k)
{
    tdo_report *report = calloc(1, sizeof *report);
    tdo_run run;
    assert_non_null(report);
    put_case(c, "");
    tdo_status status =
        tdo_run_scenario("scenario.json", &(tdo_run_options){.unsampled = true}, &run, report);
    if (!c->gives) {
        expect_error(c, k, status, report);
    } else {
        tdo_sink got = tdo_sink_memory(run.arena), said = got;
        if (status != TDO_OK)
            fail_msg("case %zu: status %d, %s:%u:%u: %s", k, (int)status, report->item[0].file,
                     report->item[0].line, report->item[0].column, report->item[0].text);
        show_readings(&run.measured, &got);
        for (size_t i = 0; i < run.warnings.n; i++)
            tdo_putf(&said, "%s ", run.warnings.item[i].code);
        if (strcmp(got.text, c->gives) != 0 || strcmp(said.text ? said.text : "", c->says) != 0)
            fail_msg("case %zu: %s [%s]\nnot: %s [%s]", k, got.text, said.text ? said.text : "",
                     c->gives, c->says);
    }
    tdo_run_free(&run);
    free(report);
}

static inline void expect_runs(const data_case *c, size_t n)
{
    for (size_t k = 0; k < n; k++)
        expect_run(&c[k], k);
}
#define EXPECT_RUNS(cases) expect_runs(cases, sizeof(cases) / sizeof *(cases))

/* The text of the warning with that code of one run; the caller frees it. */
static inline char *warning_of(const data_case *c, const char *code)
{
    tdo_report *report = calloc(1, sizeof *report);
    tdo_run run;
    char *text = NULL;
    assert_non_null(report);
    put_case(c, "");
    assert_int_equal(
        tdo_run_scenario("scenario.json", &(tdo_run_options){.unsampled = true}, &run, report),
        TDO_OK);
    for (size_t i = 0; i < run.warnings.n; i++)
        if (strcmp(run.warnings.item[i].code, code) == 0)
            text = strdup(run.warnings.item[i].message);
    tdo_run_free(&run);
    free(report);
    return text;
}

static inline int leave_data(void **state)
{
    (void)remove("c.csv");
    (void)remove("o.csv");
    (void)remove("t.csv");
    return leave_scratch(state);
}

#endif
