/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff help, version, schema, completion, manual: made from the tables of main.c. */
#include "cli/cli.h"

#include <string.h>

static const char *const exit_statuses[][2] = {
    {"0", "a candidate is recommended (diff: the same one; recheck: the decision stands)"},
    {"1", "nothing is feasible (diff: another one is recommended; recheck: it does not stand)"},
    {"2", "the command line is wrong"},
    {"3", "the scenario or the data are wrong"},
    {"4", "a file cannot be read or written"},
    {"5", "a limit was hit; the best so far is written"},
    {"70", "an error inside the program"},
    {"130", "interrupted"},
};

static void pad(tdo_sink *o, size_t from, size_t to)
{
    for (size_t k = from; k < to; k++)
        tdo_puts(o, " ");
}

static void put_option(tdo_sink *o, const cli_option *k)
{
    size_t before = o->length;
    tdo_puts(o, "  ");
    if (k->letter)
        tdo_putf(o, "-%c, ", k->letter);
    tdo_putf(o, "--%s%s%s", k->name, k->argument ? " " : "", k->argument ? k->argument : "");
    pad(o, o->length - before, 24);
    tdo_putf(o, " %s\n", k->help);
}

static void put_command_help(tdo_sink *o, const cli_program *p, const cli_command *c)
{
    tdo_putf(o, "tradeoff %s %s\n  %s\n", c->name, c->operands, c->help);
    if (c->more)
        tdo_putf(o, "  %s\n", c->more);
    tdo_puts(o, "\nOptions:\n");
    for (size_t k = 0; k < p->n_options; k++)
        if (c->options & p->option[k].id)
            put_option(o, &p->option[k]);
}

static void put_overview(tdo_sink *o, const cli_program *p)
{
    tdo_puts(o, "tradeoff: which candidate to ship when everybody wants something else\n\n"
                "Commands:\n");
    for (size_t k = 0; k < p->n_commands; k++) {
        size_t before = o->length;
        tdo_putf(o, "  tradeoff %s %s", p->command[k].name, p->command[k].operands);
        pad(o, o->length - before, 34);
        tdo_putf(o, " %s\n", p->command[k].help);
    }
    tdo_puts(o, "\nExit status:\n");
    for (size_t k = 0; k < sizeof exit_statuses / sizeof *exit_statuses; k++)
        tdo_putf(o, "  %-3s  %s\n", exit_statuses[k][0], exit_statuses[k][1]);
    tdo_puts(o, "\nThe README and \"tradeoff schema scenario\" describe the scenario, \"tradeoff "
                "help rules\" "
                "the group rules.\n");
}

/* Every group rule: what it seeks, what its score is, when to use it, what it obeys. */
static tdo_status write_rules(const void *what, tdo_sink *o)
{
    (void)what;
    tdo_puts(o, "The group rules. The scenario's \"rule\", or --rule, picks the headline.\n");
    for (size_t q = 0; q < TDO_RULES; q++) {
        const tdo_rule_terms *about = tdo_rule_about[q];
        bool splits = about->split != TDO_MIX_AS_HEADLINE;
        tdo_putf(o, "\n%s seeks %s\n", tdo_rule_name[q], about->seeks);
        tdo_putf(o, "  score: %s%s\n", about->avoids ? "minus the " : "", about->counts);
        tdo_putf(o, "  use it when %s\n", about->when);
        tdo_putf(o, "  %s\n", about->obeys);
        tdo_putf(o, "  %s%s%s", about->counts_places ? "counts places; " : "",
                 splits ? "also for splits" : "not for splits",
                 about->only_asked ? "; only where it is asked for" : "");
        if (about->most)
            tdo_putf(o, "; up to %zu feasible candidates", about->most);
        tdo_puts(o, "\n");
    }
    return o->failed ? TDO_E_IO : TDO_OK;
}

/* What help is asked for. */
typedef struct topic {
    const cli_program *program;
    const cli_command *command; /* NULL: all */
} topic;

static tdo_status write_help(const void *what, tdo_sink *o)
{
    const topic *t = what;
    if (t->command)
        put_command_help(o, t->program, t->command);
    else
        put_overview(o, t->program);
    return o->failed ? TDO_E_IO : TDO_OK;
}

int cli_help(const cli_args *args)
{
    const cli_program *p = args->program;
    const cli_command *c = args->n_operands ? cli_find_command(p, args->operand[0]) : NULL;
    if (args->n_operands && strcmp(args->operand[0], "rules") == 0)
        return cli_write("-", write_rules, NULL);
    if (args->n_operands && !c)
        return cli_usage_error("no command \"%s\"", args->operand[0]);
    return cli_write("-", write_help, &(topic){p, c});
}

static tdo_status write_text(const void *what, tdo_sink *o)
{
    tdo_puts(o, what);
    return o->failed ? TDO_E_IO : TDO_OK;
}

int cli_version(const cli_args *args)
{
    (void)args;
    return cli_write("-", write_text, "tradeoff " TDO_VERSION "\n");
}

int cli_schema(const cli_args *args)
{
    static const struct {
        const char *name;
        const char *(*text)(void);
    } schema[] = {{"scenario", tdo_scenario_schema},
                  {"result", tdo_result_schema},
                  {"diff", tdo_diff_schema},
                  {"decision", tdo_decision_schema}};
    for (size_t k = 0; k < sizeof schema / sizeof *schema; k++)
        if (strcmp(args->operand[0], schema[k].name) == 0)
            return cli_write("-", write_text, schema[k].text());
    return cli_usage_error("there is no schema \"%s\"", args->operand[0]);
}

/* ---- completion ---- */

static void put_words(tdo_sink *o, const char *choices)
{
    for (const char *p = choices; *p; p++)
        tdo_put(o, *p == '|' ? " " : p, 1);
}

static tdo_status write_completion(const void *what, tdo_sink *o)
{
    const cli_program *p = what;
    tdo_puts(o, "# bash completion for tradeoff, made by \"tradeoff completion bash\"\n"
                "_tradeoff() {\n"
                "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                "    local words=\n"
                "    COMPREPLY=()\n"
                "    case ${COMP_WORDS[1]}$before in\n");
    for (size_t k = 0; k < p->n_commands; k++)
        for (size_t q = 0; q < p->n_options; q++) {
            if (!(p->command[k].options & p->option[q].id) || !p->option[q].choices)
                continue;
            tdo_putf(o, "    %s--%s) COMPREPLY=($(compgen -W '", p->command[k].name,
                     p->option[q].name);
            put_words(o, p->option[q].choices);
            tdo_puts(o, "' -- \"$word\")); return ;;\n");
        }
    tdo_puts(o, "    esac\n"
                "    if [ \"$COMP_CWORD\" = 1 ]; then words='");
    for (size_t k = 0; k < p->n_commands; k++)
        tdo_putf(o, "%s%s", k ? " " : "", p->command[k].name);
    tdo_puts(o, "'; else\n    case ${COMP_WORDS[1]} in\n");
    for (size_t k = 0; k < p->n_commands; k++) {
        const cli_command *c = &p->command[k];
        tdo_putf(o, "    %s) words='", c->name);
        for (size_t q = 0; q < p->n_options; q++)
            if (c->options & p->option[q].id)
                tdo_putf(o, "--%s ", p->option[q].name);
        put_words(o, c->choices ? c->choices : "");
        tdo_puts(o, "' ;;\n");
    }
    tdo_puts(o, "    esac; fi\n"
                "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                "    case $word in -*) ;; *) COMPREPLY+=($(compgen -f -- \"$word\")) ;; esac\n"
                "}\n"
                "complete -o filenames -F _tradeoff tradeoff\n");
    return o->failed ? TDO_E_IO : TDO_OK;
}

int cli_completion(const cli_args *args)
{
    return cli_write("-", write_completion, args->program);
}

/* ---- the manual page ---- */

static void put_roff(tdo_sink *o, const char *s)
{
    for (; *s; s++) {
        if (*s == '-' || *s == '\\')
            tdo_puts(o, "\\");
        tdo_put(o, s, 1);
    }
}

static tdo_status write_manual(const void *what, tdo_sink *o)
{
    const cli_program *p = what;
    tdo_puts(o, ".TH TRADEOFF 1 \"\" \"tradeoff " TDO_VERSION "\"\n.SH NAME\n"
                "tradeoff \\- choose among measured candidates when stakeholders disagree\n"
                ".SH SYNOPSIS\n");
    for (size_t k = 0; k < p->n_commands; k++) {
        tdo_putf(o, "%s.B tradeoff %s\n.I ", k ? ".br\n" : "", p->command[k].name);
        put_roff(o, p->command[k].operands[0] ? p->command[k].operands : "\\&");
        tdo_puts(o, "\n");
    }
    tdo_puts(o, ".SH DESCRIPTION\nReads measured candidates (CSV) and what people want "
                "(a scenario, JSON), and recommends one, with the reasons and the Pareto "
                "frontier.\n"
                ".SH COMMANDS\n");
    for (size_t k = 0; k < p->n_commands; k++) {
        tdo_putf(o, ".TP\n.B %s\n", p->command[k].name);
        put_roff(o, p->command[k].help);
        tdo_puts(o, ".\n");
    }
    tdo_puts(o, ".SH OPTIONS\n");
    for (size_t k = 0; k < p->n_options; k++) {
        const cli_option *q = &p->option[k];
        tdo_puts(o, ".TP\n.B ");
        if (q->letter)
            tdo_putf(o, "\\-%c, ", q->letter);
        tdo_puts(o, "\\-\\-");
        put_roff(o, q->name);
        tdo_putf(o, " %s\n", q->argument ? q->argument : "");
        put_roff(o, q->help);
        tdo_puts(o, ".\n");
    }
    tdo_puts(o, ".SH EXIT STATUS\n");
    for (size_t k = 0; k < sizeof exit_statuses / sizeof *exit_statuses; k++)
        tdo_putf(o, ".TP\n.B %s\n%s.\n", exit_statuses[k][0], exit_statuses[k][1]);
    return o->failed ? TDO_E_IO : TDO_OK;
}

int cli_manual(const cli_args *args)
{
    return cli_write("-", write_manual, args->program);
}
