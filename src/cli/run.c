/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff run, check, frontier, explain: the commands that read a scenario. */
#include "cli/fleet.h"
#include "cli/format.h"

#include "base/plain.h"
#include "explain/facts.h"

#include <stdio.h>
#include <string.h>

enum { NOT_EXPECTED = 1 };

static tdo_status write_csv(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    return tdo_write_csv(j->run, cli_wants_all(j->args), o);
}

static tdo_status write_markdown(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    return tdo_write_markdown(j->run, o);
}

static tdo_status write_table(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    return tdo_write_table(j->run, &j->style, o);
}

static const cli_format run_format[] = {
    {"table", write_table}, {"json", cli_write_result}, {"csv", write_csv}, {"md", write_markdown}};

static tdo_status write_report(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    tdo_sink json = tdo_sink_memory(j->run->arena);
    const tdo_status status = tdo_write_result(j->run, cli_wants_all(j->args), &json);
    if (status != TDO_OK || !json.text)
        return TDO_E_MEMORY;
    return tdo_write_html(json.text, json.length, o);
}

/* One thing at most goes to standard output. */
static int check_outputs(const cli_args *args)
{
    bool json = args->output && strcmp(args->output, "-") == 0;
    bool html = args->html && strcmp(args->html, "-") == 0;
    const int failed = cli_check_result(args);
    if (failed)
        return failed;
    if (html && (json || args->format))
        return cli_usage_error("--html - writes the report to standard output, %s would too",
                               json ? "-o -" : "--format");
    return args->html && tdo_no_page() ? cli_usage_error("%s", tdo_no_page()) : 0;
}

/* The line of the candidate on which what was expected turns; 0: it is none. */
static unsigned line_of(const tdo_run *run, const char *id)
{
    size_t i = id ? tdo_find_candidate(&run->measured, id) : TDO_NONE;
    return i == TDO_NONE ? 0 : run->measured.line[i];
}

/* Where a set is wanted: is the expected one in it? */
static int write_set_gate(const tdo_run *run, const cli_args *args, bool expected)
{
    tdo_sentences set = {0};
    if (tdo_explain_set(run, run->arena, &set) != TDO_OK)
        return cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    const char *text = tdo_text(run->arena, "%s%s%s%s", set.item[0],
                                expected ? "" : " Expected in it was \"",
                                expected ? "" : args->expect, expected ? "" : "\".");
    const tdo_finding f = {.state = run->portfolio.found && expected ? TDO_FINDING_HOLDS
                                                                     : TDO_FINDING_FAILS,
                           .rule = "recommended",
                           .file = run->scenario->file,
                           .line = 1,
                           .text = text};
    return text ? cli_write_findings(args, &f, 1, run)
                : cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
}

/* Is it the expected one? For a job: as what it reads. */
static int write_gate(const tdo_run *run, const cli_args *args, bool expected)
{
    if (run->picked)
        return write_set_gate(run, args, expected);
    const char *is = tdo_recommended_id(run);
    const unsigned line = line_of(run, args->expect ? args->expect : is);
    const char *text = is ? tdo_text(run->arena, "\"%s\" is recommended%s%s%s", is,
                                     expected ? "" : ", and not \"", expected ? "" : args->expect,
                                     expected ? "" : "\"")
                          : "nobody meets every limit";
    const tdo_finding f = {.state = is && expected ? TDO_FINDING_HOLDS : TDO_FINDING_FAILS,
                           .rule = "recommended",
                           .file = line ? run->table.file : run->scenario->file,
                           .line = line ? line : 1,
                           .text = text};
    return text ? cli_write_findings(args, &f, 1, run)
                : cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
}

static bool is_table(const cli_args *args)
{
    return !args->format || strcmp(args->format, "table") == 0;
}

static int run_scenario(const cli_args *args)
{
    tdo_run run;
    size_t expected = 0;
    bool to_stdout = (args->output && strcmp(args->output, "-") == 0) ||
                     (args->html && strcmp(args->html, "-") == 0);
    int failed = check_outputs(args);
    if (failed)
        return failed;
    cli_args later = *args;
    later.warns_later = true;
    failed = cli_load(&later, CLI_SAMPLED, &run);
    if (!cli_leads(args->fleet)) {
        tdo_run_free(&run);
        return failed;
    }
    const bool ran = !failed;
    if (!failed && args->expect)
        failed = cli_find_candidate(&run, "--expect", args->expect, &expected);
    bool met = failed || !args->expect || facts_is_answer(&run, expected);
    cli_job j = {&run, args, cli_style(args), NULL};
    const bool gate = cli_is_gate(args);
    const cli_out out[] = {{.path = args->output, .write = cli_write_result, .what = &j},
                           {.path = args->html, .write = write_report, .what = &j},
                           {.path = gate || to_stdout ? NULL : "-",
                            .write = CLI_FORMAT_OF(args, run_format),
                            .what = &j}};
    if (ran && cli_warns_first())
        cli_show_warnings(&run.warnings, args);
    if (!failed)
        failed = cli_write_all(out, sizeof out / sizeof *out);
    if (!failed && !to_stdout && gate)
        failed = write_gate(&run, args, met);
    if (!failed && !to_stdout && args->draft.s && !args->quiet && is_table(args))
        failed = cli_write_doubts(args, &run);
    if (ran && !cli_warns_first())
        cli_show_warnings(&run.warnings, args);
    if (!failed && !met && run.picked && !args->quiet)
        cli_say(stderr, "tradeoff: \"%s\" is not in the set that is recommended\n", args->expect);
    else if (!failed && !met && run.feasible && !args->quiet)
        cli_say(stderr, "tradeoff: \"%s\" is recommended, and not \"%s\"\n",
                tdo_recommended_id(&run), args->expect);
    failed = cli_outcome(&run, failed);
    failed = failed || met ? failed : NOT_EXPECTED;
    tdo_run_free(&run);
    return failed;
}

int cli_run(const cli_args *args)
{
    cli_args draft;
    const bool of_csv = strcmp(args->operand[0], "-") != 0 &&
                        cli_kind_of(args->operand[0]) == CLI_CSV;
    tdo_arena *a = of_csv ? tdo_arena_new() : NULL;
    int failed = of_csv ? cli_draft(args, a, &draft) : 0;
    if (!failed)
        failed = run_scenario(of_csv ? &draft : args);
    tdo_arena_free(a);
    return failed;
}

static void put_count(tdo_sink *o, size_t n, const char *one, const char *many)
{
    tdo_putf(o, "%zu %s", n, n == 1 ? one : many);
}

static void put_folded(tdo_sink *o, const tdo_sink *line, size_t width)
{
    plain_put_folded(o, line->text ? line->text : "", width, 0, 2);
    tdo_puts(o, "\n");
}

/* How sure it is of each limit that is on what has an error. */
static tdo_status write_doubt(const tdo_run *run, size_t width, tdo_sink *o)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sentences doubt = {0};
    tdo_status status = a ? tdo_explain_robust(run, a, &doubt) : TDO_E_MEMORY;
    for (size_t k = 0; k < doubt.n && status == TDO_OK; k++) {
        tdo_sink line = tdo_sink_memory(a);
        tdo_puts(&line, doubt.item[k]);
        put_folded(o, &line, width);
    }
    tdo_arena_free(a);
    return status == TDO_OK && o->failed ? TDO_E_IO : status;
}

/* "  criteria      quality (Order quality), ...": what --set, --who and --limit call them. */
static void put_ids(tdo_sink *o, const tdo_run *run, bool criteria, size_t width)
{
    enum { AT = 16 };
    const tdo_scenario *s = run->scenario;
    const size_t n = criteria ? s->n_criteria : s->n_stakeholders;
    tdo_sink all = tdo_sink_memory(run->arena);
    for (size_t k = 0; k < n; k++) {
        const char *id = criteria ? s->criteria[k].id : s->stakeholders[k].id;
        const char *label = criteria ? s->criteria[k].label : s->stakeholders[k].label;
        tdo_putf(&all, "%s%s", k ? ", " : "", id);
        if (strcmp(id, label) != 0)
            tdo_putf(&all, " (%s)", label);
    }
    if (!n)
        return;
    tdo_puts(o, criteria ? "  criteria      " : "  stakeholders  ");
    plain_put_folded(o, all.text ? all.text : "", width, AT, AT);
    tdo_puts(o, "\n");
}

/* What check says. */
typedef struct check_job {
    const tdo_run *run;
    size_t width;
} check_job;

static tdo_status write_check(const void *what, tdo_sink *o)
{
    const check_job *j = what;
    const tdo_run *run = j->run;
    const tdo_scenario *s = run->scenario;
    tdo_sink line = tdo_sink_memory(run->arena);
    tdo_putf(&line, "%s: good: ", s->file);
    put_count(&line, s->n_criteria, "criterion", "criteria");
    tdo_puts(&line, ", ");
    put_count(&line, s->n_stakeholders, "stakeholder", "stakeholders");
    tdo_puts(&line, ", ");
    put_count(&line, s->n_constraints, "limit", "limits");
    put_folded(o, &line, j->width);
    put_ids(o, run, true, j->width);
    put_ids(o, run, false, j->width);
    line = tdo_sink_memory(run->arena);
    tdo_putf(&line, "%s: ", s->candidates_path);
    put_count(&line, run->measured.rows, "row", "rows");
    if (run->measured.averaged) {
        tdo_puts(&line, ", averaged to ");
        put_count(&line, run->measured.n, "candidate", "candidates");
    }
    tdo_putf(&line, ", %zu left out, %zu meet every limit",
             run->measured.where_dropped + run->screened.dropped_n, run->screened.feasible_n);
    put_folded(o, &line, j->width);
    return write_doubt(run, j->width, o);
}

int cli_check(const cli_args *args)
{
    tdo_run run;
    int failed = cli_load(args, CLI_READ_ONLY, &run);
    const tdo_finding good = {.rule = "readable",
                              .file = args->operand[0],
                              .line = 1,
                              .text = "the scenario and its data read"};
    if (!failed)
        failed = cli_is_gate(args)
                     ? cli_write_findings(args, &good, 1, &run)
                     : cli_write("-", write_check, &(check_job){&run, cli_style(args).width});
    tdo_run_free(&run);
    return failed;
}

static tdo_status write_frontier_csv(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    return tdo_write_frontier_csv(j->run, o);
}

static tdo_status write_frontier_json(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    return tdo_write_frontier_json(j->run, o);
}

static tdo_status write_frontier_table(const void *what, tdo_sink *o)
{
    const cli_job *j = what;
    return tdo_write_frontier_table(j->run, &j->style, o);
}

static const cli_format frontier_format[] = {
    {"csv", write_frontier_csv}, {"json", write_frontier_json}, {"table", write_frontier_table}};

int cli_frontier(const cli_args *args)
{
    tdo_run run;
    cli_args facts = *args;
    facts.facts_only = true;
    int failed = cli_load(&facts, CLI_UNSAMPLED, &run);
    const cli_job j = {&run, args, cli_style(args), NULL};
    const bool table = !args->format && j.style.height > 0; /* at a terminal */
    if (!failed)
        failed =
            cli_write("-", table ? write_frontier_table : CLI_FORMAT_OF(args, frontier_format), &j);
    failed = cli_outcome(&run, failed);
    tdo_run_free(&run);
    return failed;
}

/* Why a candidate stands where it stands. */
typedef struct explanation {
    const tdo_run *run;
    tdo_why why;
    tdo_table_style style;
} explanation;

static tdo_status write_explanation(const void *what, tdo_sink *o)
{
    const explanation *x = what;
    return tdo_write_why_table(x->run, &x->why, &x->style, o);
}

static int find_deciding(const tdo_run *run, tdo_deciding *out)
{
    if (!run->feasible)
        return 0;
    const tdo_case k = tdo_case_of(run);
    return tdo_find_deciding(&k, run->arena, out) == TDO_OK
               ? 0
               : cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
}

static int turn_set(const tdo_run *run, size_t i, tdo_portfolio_turned *out)
{
    tdo_report report = {0};
    tdo_error err = {0};
    if (!run->picked)
        return 0;
    const tdo_case k = tdo_case_of(run);
    tdo_status status = tdo_portfolio_turn(&k, &run->portfolio, i, run->arena, out, &err);
    if (err.status != TDO_OK)
        tdo_report_add(&report, &err);
    return status == TDO_OK ? 0 : cli_complain_all(status, &report);
}

int cli_explain(const cli_args *args)
{
    tdo_run run;
    explanation x = {.run = &run, .style = cli_style(args), .why = {.against = TDO_NONE}};
    int failed = cli_load(args, CLI_SAMPLED, &run);
    if (!failed)
        failed = cli_find_candidate(&run, "explain", args->operand[1], &x.why.candidate);
    if (!failed && args->against)
        failed = cli_find_candidate(&run, "--against", args->against, &x.why.against);
    if (!failed && x.why.against == x.why.candidate)
        failed = cli_usage_error("--against names \"%s\" itself: name another candidate, or leave "
                                 "--against out to compare with the recommended one",
                                 args->against);
    if (!failed)
        failed = find_deciding(&run, &x.why.deciding);
    if (!failed)
        failed = turn_set(&run, x.why.candidate, &x.why.turned);
    if (!failed)
        failed = cli_write("-", write_explanation, &x);
    failed = cli_outcome(&run, failed);
    tdo_run_free(&run);
    return failed;
}
