/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the words after the command, by the tables of main.c. */
#include "cli/cli.h"

#include <string.h>

static bool among(const char *choices, const char *word)
{
    size_t length = strlen(word);
    for (const char *p = choices; p; p = strchr(p, '|') ? strchr(p, '|') + 1 : NULL)
        if (strncmp(p, word, length) == 0 && (p[length] == '|' || p[length] == '\0') && length)
            return true;
    return false;
}

static int unknown_option(const cli_command *command, const char *word)
{
    const char *names[32];
    size_t n = 0, length = strcspn(word, "=");
    for (size_t k = 0; k < cli_options_n; k++)
        if (command->options & cli_options[k].id)
            names[n++] = cli_options[k].name;
    char typed[64] = "";
    if (length < sizeof typed)
        memcpy(typed, word, length);
    typed[length < sizeof typed ? length : 0] = '\0';
    const char *near = strncmp(word, "--", 2) == 0 ? tdo_nearest_word(typed + 2, names, n) : NULL;
    if (near)
        return cli_usage_error("%s has no option %s (did you mean --%s?)", command->name, typed,
                               near);
    return cli_usage_error("%s has no option %s; see \"tradeoff help %s\"", command->name, word,
                           command->name);
}

static int store_many(const char **list, size_t *n, const char *name, const char *value)
{
    if (*n == CLI_MANY)
        return cli_usage_error("--%s may stand %d times", name, CLI_MANY);
    list[(*n)++] = value;
    return 0;
}

static int store(const cli_option *o, const char *value, cli_args *out)
{
    if (o->choices && !among(o->choices, value))
        return cli_usage_error("--%s takes one of %s, not \"%s\"", o->name, o->choices, value);
    switch (o->id) {
    case CLI_OPT_OUTPUT:
        out->output = value;
        break;
    case CLI_OPT_HTML:
        out->html = value;
        break;
    case CLI_OPT_FORMAT:
    case CLI_OPT_DIFF_FORMAT:
    case CLI_OPT_INSPECT_FORMAT:
    case CLI_OPT_MIX_FORMAT:
        out->format = value;
        break;
    case CLI_OPT_MIX_RULE:
        out->mix_rule = value;
        break;
    case CLI_OPT_WRITE_LP:
        out->write_lp = value;
        break;
    case CLI_OPT_RULE:
        out->rule = value;
        break;
    case CLI_OPT_AGAINST:
        out->against = value;
        break;
    case CLI_OPT_CANDIDATES:
        out->candidates = value;
        break;
    case CLI_OPT_NEW_CANDIDATES:
        out->new_candidates = value;
        break;
    case CLI_OPT_CHOOSE:
        out->choose = value;
        break;
    case CLI_OPT_BECAUSE:
        out->because = value;
        break;
    case CLI_OPT_DATE:
        out->date = value;
        break;
    case CLI_OPT_DECIDED_BY:
        return store_many(out->decided_by, &out->n_decided_by, o->name, value);
    case CLI_OPT_DISSENT:
        return store_many(out->dissent, &out->n_dissent, o->name, value);
    case CLI_OPT_ACCEPT:
        return store_many(out->accept, &out->n_accept, o->name, value);
    case CLI_OPT_SET:
        return store_many(out->set, &out->n_set, o->name, value);
    case CLI_OPT_LIMIT:
        return store_many(out->limit, &out->n_limit, o->name, value);
    case CLI_OPT_COLOUR:
        out->colour = strcmp(value, "always") == 0  ? CLI_COLOUR_ALWAYS
                      : strcmp(value, "never") == 0 ? CLI_COLOUR_NEVER
                                                    : CLI_COLOUR_AUTO;
        break;
    case CLI_OPT_FORCE:
        out->force = true;
        break;
    case CLI_OPT_QUIET:
        out->quiet = true;
        break;
    case CLI_OPT_HELP:
        out->help = true;
        break;
    }
    return 0;
}

/* The option that word names, and the value glued to it (NULL: none). */
static const cli_option *find_option(const cli_command *command, const char *word,
                                     const char **glued)
{
    bool is_long = strncmp(word, "--", 2) == 0;
    size_t length = strcspn(word, "=");
    *glued = NULL;
    for (size_t k = 0; k < cli_options_n; k++) {
        const cli_option *o = &cli_options[k];
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

static int parse_option(const cli_command *command, int argc, char **argv, int *k, cli_args *out)
{
    const char *value = NULL;
    const cli_option *o = find_option(command, argv[*k], &value);
    if (!o)
        return unknown_option(command, argv[*k]);
    if (!o->argument && value)
        return cli_usage_error("--%s takes no value", o->name);
    if (o->argument && !value) {
        if (*k + 1 >= argc)
            return cli_usage_error("--%s needs a value: %s", o->name, o->argument);
        value = argv[++*k];
    }
    return store(o, value, out);
}

int cli_parse(const cli_command *command, int argc, char **argv, cli_args *out)
{
    *out = (cli_args){0};
    bool only_operands = false;
    for (int k = 0; k < argc; k++) {
        const char *word = argv[k];
        if (!only_operands && strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (!only_operands && word[0] == '-' && word[1]) {
            int failed = parse_option(command, argc, argv, &k, out);
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
        return cli_usage_error("%s takes one of %s, not \"%s\"", command->name, command->choices,
                               out->operand[0]);
    return 0;
}
