/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells what a file is, so that one given to the wrong command is met by the name of the right
 * one and not by a list of what it lacks. */
#include "cli/ask.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { LOOKED_AT = 4096 }; /* bytes */

static const char *const kind_name[CLI_KINDS] = {
    [CLI_ANY] = "file",      [CLI_SCENARIO] = "scenario",        [CLI_CSV] = "CSV file",
    [CLI_RESULT] = "result", [CLI_DECISION] = "decision record", [CLI_BALLOT] = "ballot",
    [CLI_PART] = "part",     [CLI_RECORD] = "record for people", [CLI_PLAN] = "plan",
    [CLI_PAGE] = "page",
};

/* What to do with a file of the first kind where one of the second is needed. */
static const char *const way[CLI_KINDS][CLI_KINDS] = {
    [CLI_CSV] = {[CLI_SCENARIO] = "write one with \"tradeoff init %s -o scenario.json\"",
                 [CLI_RESULT] = "make one: \"tradeoff init %s -o scenario.json\", then \"tradeoff "
                                "run scenario.json -o result.json\"",
                 [CLI_DECISION] = "write down a decision with \"tradeoff record SCENARIO\"",
                 [CLI_BALLOT] =
                     "one for somebody: \"tradeoff gather SCENARIO --blank STAKEHOLDER\"",
                 [CLI_PART] = "make one with \"tradeoff part SCENARIO --shard 0/2\""},
    [CLI_PAGE] = {[CLI_SCENARIO] = "it is for people; the scenario is a file that it was made from",
                  [CLI_RESULT] = "it is for people; make one with \"tradeoff run SCENARIO -o "
                                 "result.json\"",
                  [CLI_DECISION] = "it is for people; write down a decision with \"tradeoff record "
                                   "SCENARIO\""},
    [CLI_RESULT] = {[CLI_SCENARIO] = "\"tradeoff view %s -o report.html\" makes its page; the "
                                     "scenario is the file that it was made from",
                    [CLI_DECISION] = "write down a decision with \"tradeoff record SCENARIO\"",
                    [CLI_CSV] = "\"tradeoff view %s -o report.html\" makes its page",
                    [CLI_PART] = "it is whole: there is nothing left to merge"},
    [CLI_SCENARIO] = {[CLI_BALLOT] = "one for somebody: \"tradeoff gather %s --blank STAKEHOLDER\"",
                      [CLI_RESULT] = "make one with \"tradeoff run %s -o result.json\"",
                      [CLI_PART] = "make one with \"tradeoff part %s --shard 0/2\"",
                      [CLI_DECISION] = "write one down with \"tradeoff record %s\"",
                      [CLI_CSV] = "\"tradeoff check %s\" reads a scenario"},
    [CLI_DECISION] = {[CLI_SCENARIO] = "\"tradeoff recheck %s\" asks whether it still stands",
                      [CLI_RESULT] = "\"tradeoff recheck %s\" asks whether it still stands",
                      [CLI_CSV] = "\"tradeoff recheck %s\" asks whether it still stands"},
    [CLI_PART] = {[CLI_SCENARIO] = "\"tradeoff merge %s\", with the other parts, joins them",
                  [CLI_RESULT] = "\"tradeoff merge %s\", with the other parts, makes the result",
                  [CLI_DECISION] = "\"tradeoff merge %s\", with the other parts, makes the result",
                  [CLI_CSV] = "\"tradeoff merge %s\", with the other parts, joins them"},
    [CLI_PLAN] = {[CLI_RESULT] =
                      "\"tradeoff verify %s\" checks it; results of \"tradeoff run\" are what is "
                      "viewed and compared",
                  [CLI_SCENARIO] = "the scenario is the file that it was made from"},
    [CLI_RECORD] = {[CLI_SCENARIO] = "the scenario is a file that it was made from",
                    [CLI_DECISION] = "the JSON file that was written with it is for the program"},
    [CLI_BALLOT] = {[CLI_SCENARIO] = "\"tradeoff gather SCENARIO %s -o NEW.json\" puts its wishes "
                                     "into a scenario"},
};

/* The start of a regular file; "" where it is none: a pipe gives its bytes once only. */
static void start_of(const char *path, char to[LOOKED_AT + 1])
{
    struct stat is;
    size_t n = 0;
    FILE *f = stat(path, &is) == 0 && S_ISREG(is.st_mode) ? fopen(path, "rb") : NULL;
    if (f) {
        n = fread(to, 1, LOOKED_AT, f);
        (void)fclose(f);
    }
    to[n] = '\0';
}

static bool is_table_by_name(const char *path)
{
    static const char *const ends[] = {".csv", ".tsv", ".xlsx", ".xls", ".ods", ".parquet"};
    const char *dot = strrchr(path, '.');
    for (size_t k = 0; k < sizeof ends / sizeof *ends && dot; k++)
        if (cli_same_word(dot, ends[k]))
            return true;
    return false;
}

/* "-" is not looked at. Only what is sure: all else is left to the reader, who says where it is
 * wrong. */
cli_kind cli_kind_of(const char *path)
{
    char text[LOOKED_AT + 1];
    start_of(path, text);
    const char *s = strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text;
    s += strspn(s, " \t\r\n");
    if (*s == '{') {
        if (strstr(s, "\"tradeoff-result/1\"") && !strstr(s, "\"tradeoff-decision/1\""))
            return CLI_RESULT;
        if (strstr(s, "\"tradeoff-decision/1\""))
            return CLI_DECISION;
        if (strstr(s, "\"tradeoff-ballot/1\""))
            return CLI_BALLOT;
        if (strstr(s, "\"tradeoff-part/1\""))
            return CLI_PART;
        if (strstr(s, "\"tradeoff-plan/1\""))
            return CLI_PLAN;
        bool named = strstr(s, "\"candidates\"") || strstr(s, "\"criteria\"");
        return named && !strstr(s, "\"tradeoff-") ? CLI_SCENARIO : CLI_ANY; /* not of a diff */
    }
    if (strncmp(s, "---\nstatus: accepted\n", 21) == 0) /* as record writes it */
        return CLI_RECORD;
    if (cli_starts_alike(s, "<!doctype html") || cli_starts_alike(s, "<html"))
        return is_table_by_name(path) ? CLI_CSV : CLI_PAGE;
    const char *line = strpbrk(s, "\r\n"), *comma = strpbrk(s, ",;\t");
    if (is_table_by_name(path)) /* whatever is wrong with it: its reader says so */
        return CLI_CSV;
    return *s != '[' && line && comma && comma < line ? CLI_CSV : CLI_ANY;
}

static bool is_absent(const char *path)
{
    struct stat is;
    return strcmp(path, "-") != 0 && stat(path, &is) != 0 && errno == ENOENT;
}

/* A scenario that is not there: is one of the usual name in the same folder? */
static int no_such_file(const char *path)
{
    static const char usual[] = "scenario.json";
    const char *slash = strrchr(path, '/');
    const size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    char near[TDO_ERROR_FILE] = "";
    tdo_error e = {0};
    if (folder + sizeof usual <= sizeof near) {
        memcpy(near, path, folder);
        memcpy(near + folder, usual, sizeof usual);
    }
    const bool there = near[0] && !is_absent(near);
    (void)tdo_fail_at(&e, TDO_E_IO, path, 0, 0,
                      there ? "no such file; \"%s\" is there" : "no such file%s",
                      there ? near : "");
    return cli_complain(&e);
}

/* The twin of a record for people, where it is beside it. "": it is not. */
static void find_twin(const char *path, char to[TDO_ERROR_FILE])
{
    const char *dot = strrchr(path, '.');
    const size_t stem = dot ? (size_t)(dot - path) : strlen(path);
    to[0] = '\0';
    if (stem + sizeof ".json" <= TDO_ERROR_FILE) {
        memcpy(to, path, stem);
        memcpy(to + stem, ".json", sizeof ".json");
        to[0] = cli_kind_of(to) == CLI_DECISION ? to[0] : '\0';
    }
}

/* What to do, with the name of the file in its place. */
static void put_way(char *hint, size_t room, const char *path, cli_kind is, cli_kind wanted)
{
    char twin[TDO_ERROR_FILE] = "";
    const char *text = way[is][wanted], *here = strstr(text, "%s");
    if (is == CLI_RECORD && wanted == CLI_DECISION)
        find_twin(path, twin);
    if (twin[0])
        (void)snprintf(hint, room, "\"tradeoff recheck %s\" is for the program", twin);
    else
        (void)snprintf(hint, room, "%.*s%s%s", /* the part before the name, the name, ... */
                       here ? (int)(here - text) : (int)strlen(text), text, here ? path : "",
                       here ? here + 2 : "");
}

int cli_check_kinds(const cli_command *command, const cli_args *args)
{
    for (size_t k = 0; k < args->n_operands; k++) {
        const cli_kind wanted = command->kind[k == 0 ? 0 : 1];
        const char *path = args->operand[k];
        if (wanted == CLI_SCENARIO && is_absent(path))
            return no_such_file(path);
        const cli_kind is = wanted == CLI_ANY || strcmp(path, "-") == 0 ? CLI_ANY
                                                                        : cli_kind_of(path);
        if (is != CLI_ANY && command->n_allowed == 1 && is == command->kind[1])
            continue; /* the one operand may be of two kinds */
        if (is == CLI_ANY || is == wanted || !way[is][wanted])
            continue;
        tdo_error e = {0};
        char hint[TDO_ERROR_FILE + 128] = "";
        put_way(hint, sizeof hint, path, is, wanted);
        (void)tdo_fail_at(&e, TDO_E_INPUT, path, 0, 0, "%s needs a %s, and this is a %s: %s",
                          command->name, kind_name[wanted], kind_name[is], hint);
        return cli_complain(&e);
    }
    return 0;
}
