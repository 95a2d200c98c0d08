/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff completion: a script for the shell, made from the tables beside, and the ids that it
 * asks for. */
#include "cli/cli.h"

#include <string.h>

static void put_words(tdo_sink *o, const char *choices)
{
    for (const char *p = choices; *p; p++)
        tdo_put(o, *p == '|' ? " " : p, 1);
}

/* What a scenario has, a line each, for the script below. */
static tdo_status write_candidates(const void *what, tdo_sink *o)
{
    const tdo_run *run = what;
    for (size_t i = 0; i < run->measured.n; i++)
        tdo_putf(o, "%s\n", run->measured.id[i]);
    return o->failed ? TDO_E_IO : TDO_OK;
}

static tdo_status write_criteria(const void *what, tdo_sink *o)
{
    const tdo_run *run = what;
    for (size_t c = 0; c < run->scenario->n_criteria; c++)
        tdo_putf(o, "%s\n", run->scenario->criteria[c].id);
    return o->failed ? TDO_E_IO : TDO_OK;
}

static int complete_from(const cli_args *args)
{
    const bool criteria = strcmp(args->operand[0], "criteria") == 0;
    cli_args quiet = *args;
    tdo_run run;
    quiet.quiet = true;
    quiet.operand[0] = args->operand[1];
    quiet.n_operands = 1;
    int failed = cli_load(&quiet, CLI_READ_ONLY, &run);
    if (!failed)
        failed = cli_write("-", criteria ? write_criteria : write_candidates, &run);
    tdo_run_free(&run);
    return failed;
}

/* Ids of the scenario on the line. */
static const char ids_of_scenario[] =
    "    local scenario= list= w id\n"
    "    for w in \"${COMP_WORDS[@]:2}\"; do\n"
    "        case $w in *.json) scenario=$w; break ;; esac\n"
    "    done\n"
    "    case $before in\n"
    "    --against|--choose|--expect) list=candidates ;;\n"
    "    --limit) list=criteria ;;\n"
    "    *) case ${COMP_WORDS[1]}$word in explain-*) ;; explain*) list=candidates ;; esac ;;\n"
    "    esac\n"
    "    if [ \"$list\" ] && [ \"$scenario\" ] && [ \"$scenario\" != \"$word\" ]; then\n"
    "        while IFS= read -r id; do\n"
    "            [[ $id == \"$word\"* ]] && COMPREPLY+=(\"$(printf %q \"$id\")\")\n"
    "        done < <(\"${COMP_WORDS[0]}\" completion $list \"$scenario\" 2>/dev/null)\n"
    "        return\n"
    "    fi\n";

static tdo_status write_completion(const void *what, tdo_sink *o)
{
    const cli_program *p = what;
    tdo_puts(o, "# bash completion for tradeoff, made by \"tradeoff completion bash\"\n"
                "_tradeoff() {\n"
                "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                "    local words=\n"
                "    COMPREPLY=()\n");
    tdo_puts(o, ids_of_scenario);
    tdo_puts(o, "    case ${COMP_WORDS[1]}$before in\n");
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
    if (strcmp(args->operand[0], "bash") != 0)
        return args->n_operands == 2
                   ? complete_from(args)
                   : cli_usage_error("completion %s needs a SCENARIO", args->operand[0]);
    if (args->n_operands > 1)
        return cli_usage_error("completion bash takes no SCENARIO");
    return cli_write("-", write_completion, args->program);
}
