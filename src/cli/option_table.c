/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of all commands, as a table; help, completion and the manual are made from it. */
#include "cli/cli.h"

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

const cli_option cli_options[] = {
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
    {CLI_OPT_SPLITS, 0, "frontier", "SPACE", "criteria|stakeholders",
     "also all splits that no other one beats: on the criteria, or in the stakeholders' utilities",
     ONE(splits)},
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
    {CLI_OPT_PLAN, 0, "csv", "FILE", NULL, "write segment, candidate, share to FILE", OUT(csv)},
    {CLI_OPT_PLAN, 0, "routes", "ROUTER", "litellm|nginx|envoy",
     "write who serves each segment to the second FILE, as litellm, nginx or envoy reads it",
     ONE(routes)},
    {CLI_OPT_PLAN, 0, "threads", "T", NULL,
     "for the pricing of segments; default: all cores. The result does not depend on it",
     ONE(threads)},
    {CLI_OPT_ASK, 0, "who", "ID", NULL, "the stakeholder who answers", ONE(who)},
    {CLI_OPT_ASK, 0, "until", "REGRET", NULL,
     "ask until the favourite is at most so much utility below the best (default 0.02)",
     ONE(until)},
    {CLI_OPT_ASK, 0, "answers", "FILE", NULL,
     "take answers from FILE, one on each line: a, b, same, skip, undo, stop", IN(answers)},
    {CLI_OPT_ASK, 0, "transcript", "FILE", NULL, "write every question and answer to FILE",
     OUT(transcript)},
    {CLI_OPT_ASK, 0, "ballot", "FILE", NULL,
     "write a ballot with what was said to FILE, for gather, and no scenario; - is standard output",
     OUT(ballot)},
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

const size_t cli_n_options = sizeof cli_options / sizeof *cli_options;
