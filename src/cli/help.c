/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff help, version, schema, manual: made from the tables beside. */
#include "cli/cli.h"

#include <string.h>

#include "base/plain.h"

enum { OPTION = 26 }; /* columns of an option, with its argument */

static void pad(tdo_sink *o, size_t from, size_t to)
{
    for (size_t k = from; k < to; k++)
        tdo_puts(o, " ");
}

/* ---- a command ---- */

/* What -o writes is each command's own. */
static void put_meaning(tdo_sink *o, const cli_option *k, const cli_command *c, size_t width)
{
    const char *writes = cli_help_page_of(c->name)->writes;
    const char *about = writes && k->id == CLI_OPT_OUTPUT ? writes : "";
    tdo_puts(o, about);
    tdo_puts(o, *about ? ": " : "");
    plain_put_folded(o, k->help, width, OPTION + strlen(about) + (*about ? 2 : 0), OPTION);
    tdo_puts(o, "\n");
}

static void put_option(tdo_sink *o, const cli_option *k, const cli_command *c, size_t width)
{
    const size_t before = o->length;
    if (k->letter)
        tdo_putf(o, "    -%c, ", k->letter);
    else
        tdo_puts(o, "        ");
    tdo_putf(o, "--%s%s%s", k->name, k->argument ? " " : "", k->argument ? k->argument : "");
    if (o->length - before + 2 > OPTION) {
        tdo_puts(o, "\n");
        pad(o, 0, OPTION);
    } else {
        pad(o, o->length - before, OPTION);
    }
    put_meaning(o, k, c, width);
}

/* The headings of options, and what stands below each. */
static const struct {
    const char *name;
    uint64_t options;
} kinds[] = {
    {"What if", CLI_OPT_RULE | CLI_OPT_SET | CLI_OPT_LIMIT | CLI_OPT_MIX_RULE},
    {"How", CLI_OPT_SAMPLING | CLI_OPT_COLOUR | CLI_OPT_QUIET | CLI_OPT_HELP | CLI_OPT_OUTSIDE |
                CLI_OPT_FORCE | CLI_OPT_MEMORY | CLI_OPT_WORK},
};

static void put_options(tdo_sink *o, const cli_program *p, const cli_command *c, const char *name,
                        uint64_t options, size_t width)
{
    size_t n = 0;
    for (size_t k = 0; k < p->n_options; k++)
        if (c->options & p->option[k].id & options) {
            if (n++ == 0)
                tdo_putf(o, "\n  %s\n", name);
            put_option(o, &p->option[k], c, width);
        }
}

static void put_paragraph(tdo_sink *o, const char *before, const char *text, size_t width)
{
    tdo_puts(o, before);
    plain_put_folded(o, text, width, strlen(before), 2);
    tdo_puts(o, "\n");
}

static void put_command_help(tdo_sink *o, const cli_program *p, const cli_command *c, size_t width)
{
    const cli_help_page *page = cli_help_page_of(c->name);
    uint64_t rest = ~UINT64_C(0);
    tdo_putf(o, "tradeoff %s %s\n", c->name, c->operands);
    put_paragraph(o, "  ", c->help, width);
    if (c->more)
        put_paragraph(o, "  ", c->more, width);
    if (page->example)
        tdo_putf(o, "\n  Example\n    %s\n", page->example);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        rest &= ~kinds[k].options;
    put_options(o, p, c, "What comes out", rest, width);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        put_options(o, p, c, kinds[k].name, kinds[k].options, width);
    if (page->exits) {
        tdo_puts(o, "\n");
        put_paragraph(o, "  Exit ", page->exits, width);
    }
}

/* ---- all of them ---- */

static void put_overview(tdo_sink *o, const cli_program *p, size_t width)
{
    const char *about = NULL;
    tdo_puts(o, "tradeoff: which candidate to ship when everybody wants something else\n");
    for (size_t g = 0; g < CLI_GROUPS; g++) {
        size_t n = 0; /* commands below this heading */
        for (size_t k = 0; k < p->n_commands; k++) {
            const cli_command *c = &p->command[k];
            if ((size_t)cli_help_page_of(c->name)->group != g)
                continue;
            if (n++ == 0)
                tdo_putf(o, "\n  %s\n", cli_group_name[g]);
            tdo_putf(o, "    %s", c->name);
            pad(o, 4 + strlen(c->name), 16);
            plain_put_folded(o, c->help, width, 16, 16);
            tdo_puts(o, "\n");
        }
    }
    tdo_puts(o, "\n  Learn: tradeoff help COMMAND, or of a topic:\n");
    for (size_t k = 0; cli_topic_name(k, &about); k++) {
        const char *name = cli_topic_name(k, &about);
        tdo_putf(o, "    %s", name);
        pad(o, 4 + strlen(name), 16);
        tdo_putf(o, "%s\n", about);
    }
    tdo_puts(o, "\n  Try:   tradeoff run scenarios/food-delivery/scenario.json\n");
}

/* Every group rule: what it seeks, what its score is, what it obeys. */
static void put_rules(tdo_sink *o, size_t width)
{
    for (size_t q = 0; q < TDO_RULES; q++) {
        const tdo_rule_terms *about = tdo_rule_about[q];
        tdo_putf(o, "\n%s seeks ", tdo_rule_name[q]);
        plain_put_folded(o, about->seeks, width, 7 + strlen(tdo_rule_name[q]), 2);
        tdo_putf(o, "\n  score: %s%s\n", about->avoids ? "minus the " : "", about->counts);
        put_paragraph(o, "  use it when ", about->when, width);
        put_paragraph(o, "  ", about->obeys, width);
        tdo_putf(o, "  %s%s%s", about->counts_places ? "counts places; " : "",
                 about->split != TDO_MIX_AS_HEADLINE ? "also for splits" : "not for splits",
                 about->only_asked ? "; only where it is asked for" : "");
        if (about->most)
            tdo_putf(o, "; up to %zu candidates that meet every limit", about->most);
        tdo_puts(o, "\n");
    }
}

/* What help is asked for; a name may be that of both. */
typedef struct help_wanted {
    const cli_program *program;
    const cli_command *command; /* NULL: none */
    const char *topic;          /* its name; NULL: none */
    const char *name;           /* as it was typed; NULL: none was */
    size_t width, height;       /* height 0: no terminal */
} help_wanted;

static void put_wanted(const help_wanted *t, tdo_sink *o, tdo_arena *a)
{
    if (t->command)
        put_command_help(o, t->program, t->command, t->width);
    if (t->command && t->topic)
        tdo_puts(o, "\n");
    if (t->topic)
        cli_put_topic(o, cli_topic_text(t->topic), t->width, a);
    if (!t->command && !t->topic)
        put_overview(o, t->program, t->width);
    if (t->topic && strcmp(t->topic, "rules") == 0)
        put_rules(o, t->width);
}

/* A page that is longer than the window ends with how to read it from its start. */
static tdo_status write_help(const void *what, tdo_sink *o)
{
    const help_wanted *t = what;
    tdo_arena *a = tdo_arena_new();
    tdo_sink page = tdo_sink_memory(a);
    size_t lines = 0;
    if (!a)
        return TDO_E_MEMORY;
    put_wanted(t, &page, a);
    for (size_t k = 0; k < page.length; k++)
        lines += page.text[k] == '\n';
    tdo_put(o, page.text ? page.text : "", page.length);
    if (t->height && lines >= t->height)
        tdo_putf(o, "\n%zu lines: tradeoff help%s%s | less\n", lines, t->name ? " " : "",
                 t->name ? t->name : "");
    tdo_arena_free(a);
    return page.failed ? TDO_E_MEMORY : o->failed ? TDO_E_IO : TDO_OK;
}

/* No command and no topic of this name: the nearest of both. */
static int unknown_help(const cli_program *p, const char *name)
{
    enum { MOST = 64 };
    const char *names[MOST], *about = NULL;
    size_t n = 0;
    for (size_t k = 0; k < p->n_commands && n < MOST; k++)
        names[n++] = p->command[k].name;
    for (size_t k = 0; n < MOST && cli_topic_name(k, &about); k++)
        names[n++] = cli_topic_name(k, &about);
    const char *near = tdo_nearest_word(name, names, n);
    if (near)
        return cli_usage_error("help has no \"%s\" (did you mean \"%s\"?)", name, near);
    return cli_usage_error("help has no \"%s\"; \"tradeoff help\" lists commands and topics", name);
}

int cli_help(const cli_args *args)
{
    const cli_program *p = args->program;
    const char *name = args->n_operands ? args->operand[0] : NULL;
    const help_wanted wanted = {.program = p,
                                .command = name ? cli_find_command(p, name) : NULL,
                                .topic = name && cli_topic_text(name) ? name : NULL,
                                .name = name,
                                .width = cli_style(args).width,
                                .height = cli_style(args).height};
    if (name && !wanted.command && !wanted.topic)
        return unknown_help(p, name);
    return cli_write("-", write_help, &wanted);
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
    } schema[] = {{"scenario", tdo_scenario_schema}, {"result", tdo_result_schema},
                  {"diff", tdo_diff_schema},         {"decision", tdo_decision_schema},
                  {"ballot", tdo_ballot_schema},     {"plan", tdo_plan_schema},
                  {"part", tdo_part_schema}};
    for (size_t k = 0; k < sizeof schema / sizeof *schema; k++)
        if (strcmp(args->operand[0], schema[k].name) == 0)
            return cli_write("-", write_text, schema[k].text());
    return cli_usage_error("there is no schema \"%s\"", args->operand[0]);
}

/* ---- the manual page ---- */

static void put_roff(tdo_sink *o, const char *s)
{
    bool fresh = true; /* at the start of a line, where a point or an apostrophe is an order */
    for (; *s; s++) {
        if (fresh && (*s == '.' || *s == '\''))
            tdo_puts(o, "\\&");
        if (*s == '-' || *s == '\\')
            tdo_puts(o, "\\");
        tdo_put(o, s, 1);
        fresh = *s == '\n';
    }
}

/* A text as it is laid out for a terminal. */
static tdo_status put_verbatim(tdo_sink *o, const tdo_sink *text)
{
    tdo_puts(o, ".nf\n");
    put_roff(o, text->text ? text->text : "");
    tdo_puts(o, ".fi\n");
    return text->failed ? TDO_E_MEMORY : TDO_OK;
}

static tdo_status write_manual(const void *what, tdo_sink *o)
{
    enum { COLUMNS = 72 };
    const cli_program *p = what;
    const char *about = NULL;
    tdo_status status = TDO_OK;
    tdo_arena *a = tdo_arena_new();
    if (!a)
        return TDO_E_MEMORY;
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
    for (size_t k = 0; k < p->n_commands && status == TDO_OK; k++) {
        tdo_sink page = tdo_sink_memory(a);
        put_command_help(&page, p, &p->command[k], COLUMNS);
        tdo_putf(o, ".SS %s\n", p->command[k].name);
        status = put_verbatim(o, &page);
    }
    for (size_t k = 0; cli_topic_name(k, &about) && status == TDO_OK; k++) {
        const char *name = cli_topic_name(k, &about);
        tdo_sink page = tdo_sink_memory(a);
        cli_put_topic(&page, cli_topic_text(name), COLUMNS, a);
        tdo_putf(o, ".SH \"%s: %s\"\n", name, about);
        status = put_verbatim(o, &page);
    }
    tdo_arena_free(a);
    return status == TDO_OK && o->failed ? TDO_E_IO : status;
}

int cli_manual(const cli_args *args)
{
    return cli_write("-", write_manual, args->program);
}
