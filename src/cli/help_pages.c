/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What help shows of each command beside its options: under which heading it stands, an example
 * that works on a shipped scenario, how its exit status is meant. A command without an entry stands
 * under the last heading, without an example. */
#include "cli/cli.h"

#include <string.h>

const char *const cli_group_name[CLI_GROUPS] = {
    [CLI_GROUP_ANSWER] = "From a file to an answer",
    [CLI_GROUP_ASK] = "Ask about the answer",
    [CLI_GROUP_BEFORE] = "Before",
    [CLI_GROUP_AFTER] = "After",
    [CLI_GROUP_PEOPLE] = "With people",
    [CLI_GROUP_FILES] = "Files",
    [CLI_GROUP_OTHER] = "Also",
};

#define FOOD "scenarios/food-delivery/"

#define WHOLE "the whole result, as JSON"

static const cli_help_page pages[] = {
    {"run", CLI_GROUP_ANSWER,
     "tradeoff run " FOOD "scenario.json --limit \"latency<=60\" -o result.json",
     "0: a candidate is recommended. 1: none meets every limit, or --expect is not met.", WHOLE},
    {"init", CLI_GROUP_ANSWER, "tradeoff init " FOOD "candidates.csv", NULL, "the scenario"},
    {"explain", CLI_GROUP_ASK, "tradeoff explain " FOOD "scenario.json ensemble-of-9", NULL, NULL},
    {"robust", CLI_GROUP_ASK, "tradeoff robust " FOOD "scenario.json --samples 2000", NULL, WHOLE},
    {"mix", CLI_GROUP_ASK, "tradeoff mix " FOOD "scenario.json --rule weighted",
     "0: a split. 1: none meets the limits. 5: the search was cut, or nothing was proven.", WHOLE},
    {"plan", CLI_GROUP_ASK, "tradeoff plan scenarios/segment-plan/scenario.json --csv plan.csv",
     "0: a plan. 1: none keeps all limits. 5: it was not proven to be the best.",
     "the plan, as JSON"},
    {"inspect", CLI_GROUP_BEFORE, "tradeoff inspect " FOOD "candidates.csv", NULL, NULL},
    {"check", CLI_GROUP_BEFORE, "tradeoff check " FOOD "scenario.json", NULL, NULL},
    {"frontier", CLI_GROUP_BEFORE, "tradeoff frontier " FOOD "scenario.json --format json", NULL,
     NULL},
    {"record", CLI_GROUP_AFTER,
     "tradeoff record " FOOD "scenario.json -o decision.md --choose gbdt-v7 --because \"it runs\"",
     NULL, "FILE.md and FILE.json"},
    {"recheck", CLI_GROUP_AFTER, "tradeoff recheck decision.json",
     "0: it stands. 1: it is open again.", NULL},
    {"log", CLI_GROUP_AFTER, "tradeoff log .",
     "0: all stand. 1: one is open again. 3, 4: one could not be asked.", NULL},
    {"ask", CLI_GROUP_PEOPLE, "tradeoff ask " FOOD "scenario.json --who sales",
     "5: Ctrl-C came; what was answered was kept.", "the scenario with the answers"},
    {"agree", CLI_GROUP_PEOPLE, "tradeoff agree " FOOD "scenario.json --accept 0.1", NULL, WHOLE},
    {"gather", CLI_GROUP_PEOPLE, "tradeoff gather " FOOD "scenario.json --blank ml", NULL,
     "the scenario with the wishes"},
    {"diff", CLI_GROUP_FILES,
     "tradeoff run -q " FOOD "scenario.json -o new.json; tradeoff diff result.json new.json",
     "0: the same recommendation, or nothing is feasible in both. 1: another recommendation, or "
     "nothing is feasible in only one of them.",
     NULL},
    {"verify", CLI_GROUP_FILES, "tradeoff verify result.json --data scenarios/food-delivery",
     "0: every claim that was checked holds. 1: one does not. 3: it is no result. 4: an input is "
     "missing.",
     NULL},
    {"view", CLI_GROUP_FILES, "tradeoff view result.json -o report.html", NULL,
     "the page, one HTML file"},
    {"part", CLI_GROUP_FILES, "tradeoff part " FOOD "scenario.json --shard 0/1 -o first.part", NULL,
     "the part"},
    {"merge", CLI_GROUP_FILES, "tradeoff merge first.part -o first.json",
     "0: joined; of the last merge: a candidate is recommended. 1: nobody meets every limit.",
     "what the parts make together"},
    {"schema", CLI_GROUP_OTHER, "tradeoff schema scenario", NULL, NULL},
    {"help", CLI_GROUP_OTHER, "tradeoff help weights", NULL, NULL},
    {"version", CLI_GROUP_OTHER, "tradeoff version", NULL, NULL},
    {"completion", CLI_GROUP_OTHER, "tradeoff completion bash", NULL, NULL},
    {"manual", CLI_GROUP_OTHER, "tradeoff manual", NULL, NULL},
};

const cli_help_page *cli_help_page_of(const char *command)
{
    static const cli_help_page none = {"", CLI_GROUP_OTHER, NULL, NULL, NULL};
    for (size_t k = 0; k < sizeof pages / sizeof *pages; k++)
        if (strcmp(pages[k].command, command) == 0)
            return &pages[k];
    return &none;
}
