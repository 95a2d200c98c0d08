/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff record: writes down what was decided, for people (Markdown) and for recheck (JSON). */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "base/list.h"

enum { NOTHING_FEASIBLE = 1 };

typedef struct record_job {
    const tdo_run *run;
    const tdo_decision *decision;
    const char *path[2]; /* Markdown, JSON */
} record_job;

static tdo_status write_json(const void *what, tdo_sink *o)
{
    const record_job *j = what;
    return tdo_write_record_json(j->run, j->decision, o);
}

static tdo_status write_markdown(const void *what, tdo_sink *o)
{
    const record_job *j = what;
    const char *slash = strrchr(j->path[1], '/');
    return tdo_write_record(j->run, j->decision, slash ? slash + 1 : j->path[1], o);
}

/* ---- what was typed ---- */

static bool is_text(const char *s)
{
    return tdo_utf8_valid(s, strlen(s)) == strlen(s) && s[strspn(s, " \t\r\n")];
}

static int check_texts(const char *option, const char *const *text, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (!is_text(text[k]))
            return cli_usage_error("%s must be a text in UTF-8, and not empty", option);
    return 0;
}

/* Those that it cannot do without. */
static int check_named(const cli_args *args)
{
    const struct {
        const char *value, *name;
    } need[] = {{args->output, "-o FILE"},
                {args->choose, "--choose ID"},
                {args->because, "--because TEXT"}};
    char lacks[64] = "";
    size_t n = 0, used = 0;
    for (size_t k = 0; k < sizeof need / sizeof *need; k++)
        n += !need[k].value;
    for (size_t k = 0, said = 0; k < sizeof need / sizeof *need; k++)
        if (!need[k].value) {
            used += (size_t)snprintf(lacks + used, sizeof lacks - used, "%s%s", list_joint(said, n),
                                     need[k].name);
            said++;
        }
    return n ? cli_usage_error("record needs %s; see \"tradeoff help record\"", lacks) : 0;
}

static int check_typed(const cli_args *args)
{
    int failed = check_named(args);
    if (failed)
        return failed;
    if (strcmp(args->output, "-") == 0)
        return cli_usage_error("record writes two files, so that -o must name one");
    if (strcmp(args->operand[0], "-") == 0)
        return cli_usage_error("record needs the scenario as a file, so that recheck finds it");
    if (args->date && !tdo_is_date(args->date))
        return cli_usage_error("--date must be a day, YYYY-MM-DD, not \"%s\"", args->date);
    failed = check_texts("--because", &args->because, 1);
    if (!failed)
        failed = check_texts("--decided-by", args->decided_by, args->n_decided_by);
    if (!failed)
        failed = check_texts("--dissent", args->dissent, args->n_dissent);
    return failed ? failed : check_texts("--accept", args->accept, args->n_accept);
}

/* ---- where it goes ---- */

/* How long the name is without this ending; 0: it has it not. */
static size_t stem_of(const char *path, const char *ending)
{
    size_t length = strlen(path), n = strlen(ending);
    bool has = length > n && strcmp(path + length - n, ending) == 0 && path[length - n - 1] != '/';
    return has ? length - n : 0;
}

/* decision.md has its twin in decision.json; whichever of the two is named. */
static bool name_both(const char *path, tdo_arena *a, const char *out[2])
{
    const size_t json = stem_of(path, ".json"), markdown = stem_of(path, ".md");
    const char *stem = tdo_copy(a, path, json ? json : markdown ? markdown : strlen(path));
    out[0] = json ? (stem ? tdo_text(a, "%s.md", stem) : NULL) : path;
    out[1] = json ? path : stem ? tdo_text(a, "%s.json", stem) : NULL;
    return out[0] && out[1];
}

static int check_new(const record_job *j, const cli_args *args)
{
    int failed = cli_check_new(j->path[0], args->force);
    return failed ? failed : cli_check_new(j->path[1], args->force);
}

static tdo_status write_told(const void *what, tdo_sink *o)
{
    const record_job *j = what;
    tdo_putf(o,
             "%s: the decision, for people\n"
             "%s: the same for \"tradeoff recheck %s\", which asks whether it still stands\n",
             j->path[0], j->path[1], j->path[1]);
    if (!j->decision->date)
        tdo_puts(o, "It has no date: --date YYYY-MM-DD puts one in, and \"tradeoff log\" sorts by "
                    "it\n");
    return tdo_sink_status(o);
}

static int write_both(const record_job *j, const cli_args *args, tdo_arena *a)
{
    tdo_decision d = {.chosen = args->choose,
                      .because = args->because,
                      .decided_by = args->decided_by,
                      .n_decided_by = args->n_decided_by,
                      .dissent = args->dissent,
                      .n_dissent = args->n_dissent,
                      .date = args->date,
                      .overrides = {.set = args->set,
                                    .n_set = args->n_set,
                                    .limit = args->limit,
                                    .n_limit = args->n_limit,
                                    .rule = args->rule}};
    record_job with = *j;
    tdo_error err = {0};
    if (cli_relative_path(args->output, args->operand[0], a, &d.scenario, &err) != TDO_OK)
        return cli_complain(&err);
    if (!is_text(d.scenario))
        return cli_usage_error("the path from %s to the scenario is not in UTF-8", args->output);
    if (tdo_read_acceptances(j->run, args->accept, args->n_accept, a, &d, &err) != TDO_OK)
        return cli_complain(&err);
    with.decision = &d;
    const cli_out out[] = {{.path = with.path[1], .write = write_json, .what = &with},
                           {.path = with.path[0], .write = write_markdown, .what = &with}};
    const int failed = cli_write_all(out, sizeof out / sizeof *out);
    return failed || args->quiet ? failed : cli_write("-", write_told, &with);
}

int cli_record(const cli_args *args)
{
    tdo_run run;
    record_job j = {.run = &run};
    size_t chosen = 0;
    int failed = check_typed(args);
    if (failed)
        return failed;
    failed = cli_load(args, CLI_SAMPLED, &run);
    if (!failed && !name_both(args->output, run.arena, j.path))
        failed = cli_complain(&(tdo_error){.status = TDO_E_MEMORY, .text = "out of memory"});
    if (!failed)
        failed = cli_find_candidate(&run, "--choose", args->choose, &chosen);
    if (!failed)
        failed = check_new(&j, args);
    if (!failed)
        failed = write_both(&j, args, run.arena);
    if (!failed && !run.feasible)
        failed = NOTHING_FEASIBLE;
    tdo_run_free(&run);
    return failed;
}
