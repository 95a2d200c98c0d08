/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands and the options, as tables; help, completion and the manual are made from them. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

enum {
    WISHES = CLI_OPT_RULE | CLI_OPT_SET | CLI_OPT_LIMIT | CLI_OPT_OUTSIDE,
    COMMON = CLI_OPT_QUIET | CLI_OPT_HELP,
    SAMPLING = CLI_OPT_SAMPLING
};

#define OR_RULE(NAME, function, name) "|" name
static const char EVERY_RULE[] = TDO_EACH_RULE(OR_RULE);
static const char EVERY_MIX_RULE[] = TDO_EACH_MIX_RULE(OR_RULE);
#undef OR_RULE

#define GATES "|github|junit|sarif|prometheus"

/* Where a value goes. */
#define ONE(field)  offsetof(cli_args, field), 0, CLI_WORD
#define IN(field)   offsetof(cli_args, field), 0, CLI_FILE_READ
#define OUT(field)  offsetof(cli_args, field), 0, CLI_FILE_WRITTEN
#define MANY(field) offsetof(cli_args, field), offsetof(cli_args, n_##field), CLI_WORD

static const cli_option options[] = {
    {CLI_OPT_OUTPUT, 'o', "output", "FILE", NULL,
     "write the result (JSON; of view the report, of init the scenario, of record the record) to "
     "FILE, whole or not at all; - is standard output",
     OUT(output)},
    {CLI_OPT_HTML, 0, "html", "FILE", NULL, "write the report, one HTML file, to FILE", OUT(html)},
    {CLI_OPT_FORMAT, 0, "format", "FORMAT", "table|json|csv|md" GATES,
     "what goes to standard output: table (default), json, csv, md; for jobs: github, junit, "
     "sarif, prometheus",
     ONE(format)},
    {CLI_OPT_GATE_FORMAT, 0, "format", "FORMAT", "text" GATES,
     "what goes to standard output: text (default); for jobs: github, junit, sarif, prometheus",
     ONE(format)},
    {CLI_OPT_FRONTIER_FORMAT, 0, "format", "FORMAT", "csv|json",
     "what goes to standard output: csv (default), json", ONE(format)},
    {CLI_OPT_FULL, 0, "full", NULL, NULL, "all candidates, all columns, every reason", ONE(full)},
    {CLI_OPT_EXPECT, 0, "expect", "ID", NULL, "exit status 1 unless this candidate is recommended",
     ONE(expect)},
    {CLI_OPT_DIFF_FORMAT, 0, "format", "FORMAT", "text|md|json" GATES,
     "what goes to standard output: text (default), md, json; for jobs: github, junit, sarif, "
     "prometheus",
     ONE(format)},
    {CLI_OPT_INSPECT_FORMAT, 0, "format", "FORMAT", "text|json",
     "what goes to standard output: text (default), json", ONE(format)},
    {CLI_OPT_RULE, 0, "rule", "RULE", EVERY_RULE + 1, "the group rule that picks the headline",
     ONE(rule)},
    {CLI_OPT_MIX_FORMAT, 0, "format", "FORMAT", "table|json|csv",
     "what goes to standard output: table (default), json (the whole result), csv (the shares)",
     ONE(format)},
    {CLI_OPT_MIX_RULE, 0, "rule", "RULE", EVERY_MIX_RULE + 1,
     "the rule of the split; default: that of the scenario's mix, or of the scenario",
     ONE(mix_rule)},
    {CLI_OPT_WRITE_LP, 0, "write-lp", "FILE", NULL,
     "write the linear (or integer) program that is solved, in CPLEX LP format", OUT(write_lp)},
    {CLI_OPT_ROBUST_FORMAT, 0, "format", "FORMAT", "table|json",
     "what goes to standard output: table (default), json (the whole result)", ONE(format)},
    {CLI_OPT_SAMPLING, 0, "samples", "N", NULL,
     "sample what is uncertain so many times; 0: not at all", ONE(samples)},
    {CLI_OPT_SAMPLING, 0, "seed", "S", NULL, "of the samples; default: the scenario's, or 1",
     ONE(seed)},
    {CLI_OPT_SAMPLING, 0, "threads", "T", NULL,
     "for the samples; default: all cores. The result does not depend on it", ONE(threads)},
    {CLI_OPT_ASK, 0, "who", "ID", NULL, "the stakeholder who answers", ONE(who)},
    {CLI_OPT_ASK, 0, "until", "REGRET", NULL,
     "ask until the favourite is at most so much utility below the best (default 0.02)",
     ONE(until)},
    {CLI_OPT_ASK, 0, "answers", "FILE", NULL,
     "take answers from FILE, one on each line: a, b, same, skip, undo, stop", IN(answers)},
    {CLI_OPT_ASK, 0, "transcript", "FILE", NULL, "write every question and answer to FILE",
     OUT(transcript)},
    {CLI_OPT_ASK, 0, "format", "FORMAT", "text|jsonl",
     "how it is asked: text (default), jsonl (a line of JSON for each question, for scripts)",
     ONE(format)},
    {CLI_OPT_SET, 0, "set", "PATH=VALUE", NULL,
     "change the scenario, for example stakeholders.ml.power=2 (may be repeated)", MANY(set)},
    {CLI_OPT_LIMIT, 0, "limit", "LIMIT", NULL,
     "set a limit, for example \"latency<=80\" (may be repeated)", MANY(limit)},
    {CLI_OPT_AGAINST, 0, "against", "ID", NULL, "compare with this candidate", ONE(against)},
    {CLI_OPT_CANDIDATES, 0, "candidates", "WHICH", "all|best",
     "best: of over 10000 candidates, list the frontier and the best 1000 (default); all",
     ONE(candidates)},
    {CLI_OPT_NEW_CANDIDATES, 0, "candidates", "FILE", NULL,
     "read this CSV instead of the one that the scenario names", IN(new_candidates)},
    {CLI_OPT_CHOOSE, 0, "choose", "ID", NULL, "the candidate that was chosen", ONE(choose)},
    {CLI_OPT_BECAUSE, 0, "because", "TEXT", NULL, "why it was chosen", ONE(because)},
    {CLI_OPT_DECIDED_BY, 0, "decided-by", "NAME", NULL, "who decided (may be repeated)",
     MANY(decided_by)},
    {CLI_OPT_DISSENT, 0, "dissent", "TEXT", NULL, "who was against it, and why (may be repeated)",
     MANY(dissent)},
    {CLI_OPT_ACCEPT, 0, "accept", "LIMIT: TEXT", NULL,
     "what its owner said of a limit that the choice breaks (may be repeated)", MANY(accept)},
    {CLI_OPT_DATE, 0, "date", "DAY", NULL, "when it was decided, YYYY-MM-DD", ONE(date)},
    {CLI_OPT_FORCE, 0, "force", NULL, NULL, "write over files that are there already", ONE(force)},
    {CLI_OPT_DATA, 0, "data", "FOLDER", NULL,
     "read the inputs in this folder; default: that of the result", ONE(data)},
    {CLI_OPT_OUTSIDE, 0, "allow-outside", NULL, NULL,
     "read files outside the scenario's folder, too: the scenario is trusted", ONE(allow_outside)},
    {CLI_OPT_AGREE, 0, "accept", "X", NULL,
     "nobody may lose more than so much utility, from 0 to below 1, against its own favourite; "
     "default 0.1 (10 points of 100)",
     ONE(accepted)},
    {CLI_OPT_AGREE, 0, "accept-share", "X", NULL,
     "the same as a share of what lies between its best and its worst", ONE(accepted_share)},
    {CLI_OPT_AGREE, 0, "in", "CRITERION", NULL,
     "in which it could be made up for; default: that with the most weight in the group",
     ONE(unit)},
    {CLI_OPT_GATHER, 0, "merge", "HOW", "mean|common|each",
     "of several ballots for one stakeholder: mean (of their weights; default), common (what all "
     "their statements leave open), each (kept, and the power shared)",
     ONE(merge)},
    {CLI_OPT_GATHER, 0, "blank", "STAKEHOLDER", NULL,
     "write a ballot for this stakeholder, with the scenario's wishes in it, to be changed",
     ONE(blank)},
    {CLI_OPT_COLOUR, 0, "color", "WHEN", "auto|always|never",
     "colours: auto (a terminal without NO_COLOR; default), always, never", ONE(colour)},
    {CLI_OPT_QUIET, 'q', "quiet", NULL, NULL, "no warnings and no progress on standard error",
     ONE(quiet)},
    {CLI_OPT_HELP, 'h', "help", NULL, NULL, "show this help", ONE(help)},
};

static const cli_command commands[] = {
    {"run",
     "SCENARIO|CSV",
     1,
     1,
     WISHES | COMMON | CLI_OPT_OUTPUT | CLI_OPT_HTML | CLI_OPT_FORMAT | CLI_OPT_CANDIDATES |
         CLI_OPT_COLOUR | CLI_OPT_EXPECT | CLI_OPT_FULL | SAMPLING,
     NULL,
     "rank the candidates and recommend one",
     "Standard output gets the table (or what --format asks for); -o writes the result for other "
     "programs, --html the report for the meeting. A CSV file gets a draft: what init would guess, "
     "said so on top.",
     cli_run,
     {CLI_SCENARIO, CLI_CSV}},
    {"check",
     "SCENARIO",
     1,
     1,
     WISHES | COMMON | CLI_OPT_GATE_FORMAT,
     NULL,
     "read and validate the scenario and its data, solve nothing",
     NULL,
     cli_check,
     {CLI_SCENARIO}},
    {"frontier",
     "SCENARIO",
     1,
     1,
     WISHES | COMMON | CLI_OPT_FRONTIER_FORMAT,
     NULL,
     "the candidates that no other one beats outright",
     NULL,
     cli_frontier,
     {CLI_SCENARIO}},
    {"mix",
     "SCENARIO",
     1,
     1,
     CLI_OPT_SET | CLI_OPT_LIMIT | CLI_OPT_OUTSIDE | COMMON | CLI_OPT_OUTPUT | CLI_OPT_MIX_FORMAT |
         CLI_OPT_MIX_RULE | CLI_OPT_WRITE_LP | CLI_OPT_CANDIDATES | CLI_OPT_COLOUR,
     NULL,
     "the best split of traffic between candidates, and what each limit costs",
     "The scenario's \"mix\" says under which rule and limits; without one, any split will do. "
     "Exit status 1: no split meets the limits; 5: the search was cut, or nothing was proven.",
     cli_mix,
     {CLI_SCENARIO}},
    {"robust",
     "SCENARIO",
     1,
     1,
     WISHES | COMMON | SAMPLING | CLI_OPT_OUTPUT | CLI_OPT_ROBUST_FORMAT | CLI_OPT_CANDIDATES |
         CLI_OPT_COLOUR,
     NULL,
     "how sure the choice is, given the errors of the readings and what weights are open",
     "Draws readings and weights many times and counts who is first. The scenario's \"errors\", "
     "\"se\", \"correlation\" and \"prefers\" say what is uncertain, \"robustness\" how it is "
     "sampled. Ctrl-C ends it early with what was counted (exit status 5).",
     cli_robust,
     {CLI_SCENARIO}},
    {"ask",
     "SCENARIO",
     1,
     1,
     CLI_OPT_ASK | CLI_OPT_OUTSIDE | COMMON | CLI_OPT_OUTPUT | CLI_OPT_FORCE | CLI_REWRITES,
     NULL,
     "find out what a stakeholder wants: which of two candidates would you rather have?",
     "At a terminal the answers go into the scenario, as \"prefers\" in the place of weights, with "
     "a "
     "copy of before beside it; -o writes another file. Ctrl-C keeps what was answered (exit "
     "status "
     "5). Answers may come from standard input or --answers, too: then -o says where they go.",
     cli_ask,
     {CLI_SCENARIO}},
    {"explain",
     "SCENARIO ID",
     2,
     2,
     WISHES | COMMON | CLI_OPT_AGAINST,
     NULL,
     "why a candidate stands where it stands, in plain words",
     NULL,
     cli_explain,
     {CLI_SCENARIO}},
    {"view",
     "RESULT",
     1,
     1,
     COMMON | CLI_OPT_OUTPUT,
     NULL,
     "make the report, one HTML file, from a result",
     NULL,
     cli_view,
     {CLI_RESULT}},
    {"diff",
     "OLD NEW",
     2,
     2,
     COMMON | CLI_OPT_DIFF_FORMAT | CLI_OPT_COLOUR,
     NULL,
     "what changed between two results, and why",
     "Exit status 0: the same recommendation; 1: another one, or nothing is feasible in one of "
     "them.",
     cli_diff,
     {CLI_RESULT, CLI_RESULT}},
    {"verify",
     "RESULT",
     1,
     1,
     COMMON | CLI_OPT_DATA | CLI_OPT_OUTSIDE,
     NULL,
     "check every claim of a result against its inputs",
     "A second program inside this one, which shares no code with what it checks: it reads the "
     "inputs again (in the folder of the result, or --data) and computes in integers and rationals "
     "what follows from them. It says what it does not check.",
     cli_verify,
     {CLI_RESULT}},
    {"inspect",
     "CSV",
     1,
     1,
     COMMON | CLI_OPT_INSPECT_FORMAT | CLI_OPT_COLOUR,
     NULL,
     "what a CSV file holds, column by column, and what is wrong with it",
     "It profiles files that a run would refuse, too, and says what would be refused.",
     cli_inspect,
     {CLI_CSV}},
    {"init",
     "CSV",
     1,
     1,
     COMMON | CLI_OPT_OUTPUT | CLI_OPT_FORCE | CLI_OPT_COLOUR,
     NULL,
     "write a starter scenario for a CSV file, and list what was guessed in it",
     "The list goes to standard output, or to standard error where that gets the scenario.",
     cli_init,
     {CLI_CSV}},
    {"record",
     "SCENARIO",
     1,
     1,
     WISHES | COMMON | CLI_OPT_OUTPUT | CLI_OPT_CHOOSE | CLI_OPT_BECAUSE | CLI_OPT_DECIDED_BY |
         CLI_OPT_DISSENT | CLI_OPT_ACCEPT | CLI_OPT_DATE | CLI_OPT_FORCE,
     NULL,
     "write down what was decided, and what it was decided on",
     "Writes -o FILE.md for people, and FILE.json beside it for recheck. A choice that breaks a "
     "limit needs a word about each: --accept \"latency: 40 ms over is fine until May\".",
     cli_record,
     {CLI_SCENARIO}},
    {"recheck",
     "DECISION.json",
     1,
     1,
     COMMON | CLI_OPT_GATE_FORMAT | CLI_OPT_NEW_CANDIDATES | CLI_OPT_OUTSIDE | CLI_OPT_COLOUR,
     NULL,
     "does a recorded decision still stand?",
     "Exit status 0: it stands; 1: it is open again.",
     cli_recheck,
     {CLI_DECISION}},
    {"log",
     "FOLDER",
     1,
     1,
     COMMON | CLI_OPT_GATE_FORMAT | CLI_OPT_OUTSIDE,
     NULL,
     "the decision records of a folder, and whether each still stands",
     "Every *.json there that is a decision record, the oldest first.",
     cli_log,
     {CLI_ANY}},
    {"agree",
     "SCENARIO",
     1,
     1,
     WISHES | COMMON | CLI_OPT_OUTPUT | CLI_OPT_AGREE | CLI_OPT_ROBUST_FORMAT | CLI_OPT_CANDIDATES |
         CLI_OPT_COLOUR,
     NULL,
     "where an agreement is near",
     "For each candidate the least weight that everybody would have to move so that nobody loses "
     "more than is accepted, whom no move can satisfy, and what would make up for it; who meets "
     "all needs, or which split does. Nobody is asked to move.",
     cli_agree,
     {CLI_SCENARIO}},
    {"gather",
     "SCENARIO BALLOT...",
     1,
     CLI_OPERANDS,
     COMMON | CLI_OPT_OUTPUT | CLI_OPT_GATHER | CLI_OPT_FORCE | CLI_OPT_OUTSIDE,
     NULL,
     "collect what people wrote into the scenario",
     "Reads ballots (made by the page, by ask --ballot or by --blank), writes the scenario with "
     "their wishes in it to -o, and says how far people are apart. A ballot that was made for "
     "other data is refused; of one for another version of the scenario, what does not fit is "
     "listed.",
     cli_gather,
     {CLI_SCENARIO, CLI_BALLOT}},
    {"schema",
     "FORMAT",
     1,
     1,
     COMMON,
     "scenario|result|diff|decision|ballot",
     "the JSON Schema of a format: scenario, result, diff, decision or ballot",
     NULL,
     cli_schema,
     {CLI_ANY}},
    {"help",
     "[COMMAND]",
     0,
     1,
     COMMON,
     NULL,
     "what a command does and its options; of rules: the group rules",
     NULL,
     cli_help,
     {CLI_ANY}},
    {"version", "", 0, 0, COMMON, NULL, "the version", NULL, cli_version, {CLI_ANY}},
    {"completion",
     "bash|candidates|criteria [SCENARIO]",
     1,
     2,
     COMMON | CLI_OPT_OUTSIDE,
     "bash|candidates|criteria",
     "a completion script for the shell; the ids of a scenario, which it asks for",
     NULL,
     cli_completion,
     {CLI_ANY}},
    {"manual",
     "",
     0,
     0,
     COMMON,
     NULL,
     "the manual page, for man -l -",
     NULL,
     cli_manual,
     {CLI_ANY}},
};

static const cli_program program = {commands, sizeof commands / sizeof *commands, options,
                                    sizeof options / sizeof *options};

static int unknown_command(const char *name)
{
    const char *names[64];
    size_t n = 0;
    for (; n < program.n_commands && n < sizeof names / sizeof *names; n++)
        names[n] = commands[n].name;
    const char *near = tdo_nearest_word(name, names, n);
    if (near)
        return cli_usage_error("unknown command \"%s\" (did you mean \"%s\"?)", name, near);
    return cli_usage_error("unknown command \"%s\"", name);
}

int main(int argc, char **argv)
{
    cli_prepare_process();
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
    return failed ? failed : command->run(&args);
}
