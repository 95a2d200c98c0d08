/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the words after the command, by the tables of commands and options. */
#include "cli/cli.h"
#include "terms/rules.h"

#include <stdio.h>
#include <string.h>

static bool among(const char *choices, const char *word)
{
    size_t length = strlen(word);
    for (const char *p = choices; p; p = strchr(p, '|') ? strchr(p, '|') + 1 : NULL)
        if (strncmp(p, word, length) == 0 && (p[length] == '|' || p[length] == '\0') && length)
            return true;
    return false;
}

/* Complains about a word that is none of the choices, "a|b|c". what: the option, or the command. */
static int wrong_word(const char *what, const char *choices, const char *word, const char *more)
{
    enum { MOST = 32, ROOM = 512 };
    char text[ROOM];
    const char *of[MOST];
    size_t n = 0;
    (void)snprintf(text, sizeof text, "%s", choices);
    for (char *p = text; p && n < MOST; n++) {
        char *bar = strchr(p, '|');
        of[n] = p;
        p = bar ? bar + 1 : NULL;
        if (bar)
            *bar = '\0';
    }
    const char *near = tdo_nearest_word(word, of, n);
    if (near)
        return cli_typed_error(what, word, "there is no \"%s\" (did you mean \"%s\"?)%s", word,
                               near, more);
    return cli_typed_error(what, word, "it must be one of %s%s", choices, more);
}

const cli_command *cli_find_command(const cli_program *p, const char *name)
{
    for (size_t k = 0; k < p->n_commands; k++)
        if (strcmp(p->command[k].name, name) == 0)
            return &p->command[k];
    return NULL;
}

static int unknown_option(const cli_program *p, const cli_command *command, const char *word)
{
    const char *names[32];
    size_t n = 0, length = strcspn(word, "=");
    for (size_t k = 0; k < p->n_options && n < sizeof names / sizeof *names; k++)
        if (command->options & p->option[k].id)
            names[n++] = p->option[k].name;
    char typed[64] = "";
    if (length < sizeof typed)
        memcpy(typed, word, length);
    typed[length < sizeof typed ? length : 0] = '\0';
    const size_t dashes = strspn(typed, "-");
    const char *near = dashes == 2 || strlen(typed) > 2 ? tdo_nearest_word(typed + dashes, names, n)
                                                        : NULL;
    if (near)
        return cli_usage_error("%s has no option %s (did you mean --%s?)", command->name, typed,
                               near);
    return cli_usage_error("%s has no option %s; see \"tradeoff help %s\"", command->name, word,
                           command->name);
}

/* Opening these by name would write over what standard output, where it is a file, got so far. */
static bool is_standard_output(const char *path)
{
    return strcmp(path, "/dev/stdout") == 0 || strcmp(path, "/dev/fd/1") == 0 ||
           strcmp(path, "/proc/self/fd/1") == 0;
}

/* Puts the value where the option's entry says. */
static int store(const cli_option *o, const char *value, cli_args *out)
{
    if (o->choices && !among(o->choices, value)) {
        char named[64];
        (void)snprintf(named, sizeof named, "--%s", o->name);
        const char *other = o->id & (CLI_OPT_RULE | CLI_OPT_MIX_RULE)
                                ? terms_rule_of_other_kind(value, o->id == CLI_OPT_MIX_RULE)
                                : NULL;
        if (other)
            return cli_typed_error(named, value, "%s; it must be one of %s", other, o->choices);
        return wrong_word(named, o->choices, value,
                          o->id & (CLI_OPT_RULE | CLI_OPT_MIX_RULE)
                              ? "; all of them, and when to take which: \"tradeoff help rules\""
                              : "");
    }
    char *args = (char *)out;
    void *at = args + o->offset, *count = args + o->count;
    if (!o->argument) {
        *(bool *)at = true;
        return 0;
    }
    size_t *n = o->count ? count : NULL;
    if (n && *n == CLI_MANY)
        return cli_usage_error("--%s may stand %d times", o->name, CLI_MANY);
    if (o->is == CLI_FILE_WRITTEN && is_standard_output(value))
        value = "-";
    ((const char **)at)[n ? (*n)++ : 0] = value;
    return 0;
}

/* The option that word names, and the value glued to it (NULL: none). */
static const cli_option *find_option(const cli_program *p, const cli_command *command,
                                     const char *word, const char **glued)
{
    bool is_long = strncmp(word, "--", 2) == 0;
    size_t length = strcspn(word, "=");
    *glued = NULL;
    for (size_t k = 0; k < p->n_options; k++) {
        const cli_option *o = &p->option[k];
        if (!(command->options & o->id))
            continue;
        if (is_long && strlen(o->name) == length - 2 && !strncmp(o->name, word + 2, length - 2)) {
            *glued = word[length] == '=' ? word + length + 1 : NULL;
            return o;
        }
        if (!is_long && o->letter && word[1] == o->letter && (o->argument || !word[2])) {
            *glued = word[2] ? word + 2 : NULL;
            return o;
        }
    }
    return NULL;
}

static int parse_option(const cli_program *p, const cli_command *command, int argc, char **argv,
                        int *k, cli_args *out)
{
    const char *value = NULL;
    const cli_option *o = find_option(p, command, argv[*k], &value);
    if (!o)
        return unknown_option(p, command, argv[*k]);
    if (!o->argument && value)
        return cli_usage_error("--%s takes no value", o->name);
    if (o->argument && !value) {
        if (*k + 1 >= argc)
            return cli_usage_error("--%s needs a value: %s", o->name, o->argument);
        value = argv[++*k];
    }
    return store(o, value, out);
}

int cli_parse(const cli_program *p, const cli_command *command, int argc, char **argv,
              cli_args *out)
{
    *out = (cli_args){.program = p, .command = command->name};
    bool only_operands = false;
    for (int k = 0; k < argc; k++) {
        const char *word = argv[k];
        if (!only_operands && strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (!only_operands && word[0] == '-' && word[1]) {
            int failed = parse_option(p, command, argc, argv, &k, out);
            if (failed)
                return failed;
        } else if (out->n_operands == command->n_allowed) {
            return cli_usage_error("%s: one word too many: \"%s\" (usage: tradeoff %s %s)",
                                   command->name, word, command->name, command->operands);
        } else {
            out->operand[out->n_operands++] = word;
        }
    }
    if (out->help)
        return 0;
    if (out->n_operands < command->n_required)
        return cli_usage_error("%s needs %s; see \"tradeoff help %s\"", command->name,
                               command->operands, command->name);
    if (command->choices && !among(command->choices, out->operand[0]))
        return wrong_word(command->name, command->choices, out->operand[0], "");
    return 0;
}
