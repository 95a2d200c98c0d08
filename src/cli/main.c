/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command that is asked for. */
#include "cli/cli.h"
#include "cli/fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int unknown_command(const char *name)
{
    const char *names[64];
    size_t n = 0;
    for (; n < cli_n_commands && n < sizeof names / sizeof *names; n++)
        names[n] = cli_commands[n].name;
    const char *near = tdo_nearest_word(name, names, n);
    if (near)
        return cli_usage_error("unknown command \"%s\" (did you mean \"%s\"?)", name, near);
    switch (cli_kind_of(name)) {
    case CLI_CSV:
    case CLI_SCENARIO:
        return cli_usage_error("\"%s\" is a file and no command: did you mean \"tradeoff run %s\"?",
                               name, name);
    case CLI_RESULT:
        return cli_usage_error(
            "\"%s\" is a file and no command: did you mean \"tradeoff view %s -o "
            "report.html\"?",
            name, name);
    default:
        return cli_usage_error("unknown command \"%s\"; \"tradeoff help\" lists them", name);
    }
}

/* One process of several: what is not divided process 0 does, and the others wait for its end. */
static int run_together(const cli_command *command, cli_args *args, const tdo_fleet *fleet)
{
    const bool divides = command->options & CLI_DIVIDES;
    if (!divides)
        return cli_leads(fleet) ? command->run(args) : 0;
    if (strcmp(args->operand[0], "-") == 0)
        return cli_usage_error("standard input reaches one process alone: where several run "
                               "together, name a file that all of them can read");
    args->fleet = fleet;
    return command->run(args);
}

static int answer(int argc, char **argv, const tdo_fleet *fleet)
{
    const cli_program program = {cli_commands, cli_n_commands, cli_options, cli_n_options};
    const char *name = argc > 1 ? argv[1] : NULL;
    if (!name)
        return cli_usage_error("no command; start with \"tradeoff run candidates.csv\", or see "
                               "\"tradeoff help\"");
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    if (strcmp(name, "--version") == 0)
        name = "version";
    const cli_command *command = cli_find_command(&program, name);
    if (!command)
        return unknown_command(name);
    cli_args args;
    int failed =
        cli_parse(&program, command, argc > 2 ? argc - 2 : 0, argv + (argc > 2 ? 2 : argc), &args);
    if (failed)
        return failed;
    if (args.help) {
        args.operand[0] = command->name;
        args.n_operands = 1;
        return cli_help(&args);
    }
    failed = cli_check_kinds(command, &args);
    if (!failed)
        failed = cli_check_outputs(command, &args);
    if (failed)
        return failed;
    return fleet ? run_together(command, &args, fleet) : command->run(&args);
}

static bool answered;

/* A library may end the program (libgomp does where a team of threads finds no memory, with status
 * 1, which is an answer of ours). What it wrote stands before this. */
static void end_unanswered(void)
{
    if (!answered)
        _exit(cli_complain_all(TDO_E_MEMORY, &(tdo_report){0}));
}

int main(int argc, char **argv)
{
    const tdo_fleet *fleet = NULL;
    (void)atexit(end_unanswered);
    cli_prepare_process();
    int status = cli_fleet_start(&fleet);
    status = cli_fleet_end(status ? status : answer(argc, argv, fleet));
    answered = true;
    return status;
}
