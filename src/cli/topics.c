/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of the manual that are no commands: Markdown in src/cli/help, which the program prints
 * folded to the terminal. A new one is a file there and its name here. */
#include "cli/cli.h"

#include <string.h>

#include "base/plain.h"

#define EACH_TOPIC(X)                                                                              \
    X(scenario, "the scenario, key by key")                                                        \
    X(rules, "which rule when")                                                                    \
    X(weights, "what a weight is")                                                                 \
    X(words, "what the table, the page and the record call things")                                \
    X(errors, "where to look, exit statuses")                                                      \
    X(limits, "how large things may be, and what is left out at size")                             \
    X(numbers, "what values, points and scores are")                                               \
    X(csv, "how the CSV is read, limits, warnings, exports of other tools")                        \
    X(sure, "how sure, where measurements have errors")                                            \
    X(portfolio, "sets of candidates under one budget")                                            \
    X(split, "splits of traffic, and how far the choice carries")                                  \
    X(plan, "segments of users: who gets which candidate")                                         \
    X(large, "a run in parts, on several machines")                                                \
    X(people, "where an agreement is near; ballots")                                               \
    X(page, "the page for the meeting")                                                            \
    X(library, "from C and Python")                                                                \
    X(jobs, "in continuous integration")

#define DECLARE(name, about) extern const char cli_topic_##name[];
EACH_TOPIC(DECLARE)
#undef DECLARE

static const struct {
    const char *name, *about, *text;
} topics[] = {
#define ENTRY(name, about) {#name, about, cli_topic_##name},
    EACH_TOPIC(ENTRY)
#undef ENTRY
};

const char *cli_topic_name(size_t k, const char **about)
{
    if (k >= sizeof topics / sizeof *topics)
        return NULL;
    *about = topics[k].about;
    return topics[k].name;
}

const char *cli_topic_text(const char *name)
{
    for (size_t k = 0; k < sizeof topics / sizeof *topics; k++)
        if (strcmp(topics[k].name, name) == 0)
            return topics[k].text;
    return NULL;
}

/* ---- printing ---- */

/* The end of a table's cell: a bar that no backslash stands before. */
static size_t cell_length(const char *s)
{
    size_t n = 0;
    while (s[n] && s[n] != '\n' && !(s[n] == '|' && (n == 0 || s[n - 1] != '\\')))
        n++;
    return n;
}

/* A cell without its blanks at the ends, the backslashes before bars, and the marks of code. */
static const char *cell_text(const char *s, size_t n, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    while (n && s[0] == ' ') {
        s++;
        n--;
    }
    while (n && s[n - 1] == ' ')
        n--;
    for (size_t k = 0; k < n; k++)
        if (s[k] != '`' && !(s[k] == '\\' && k + 1 < n && s[k + 1] == '|'))
            tdo_put(&o, s + k, 1);
    return o.text ? o.text : "";
}

/* The first cell, and below it, or beside it where it is short, the others. */
static void put_row(tdo_sink *o, const char *line, size_t width, tdo_arena *a)
{
    enum { BESIDE = 22 };
    size_t cell = 0, at = 0;
    for (const char *s = line + 1; *s && *s != '\n'; cell++) {
        const size_t n = cell_length(s);
        const char *text = cell_text(s, n, a);
        if (cell == 0) {
            tdo_putf(o, "  %s", text);
            at = 2 + tdo_utf8_width(text, strlen(text));
        } else if (*text) {
            if (cell > 1 || at + 2 > BESIDE) {
                tdo_puts(o, "\n");
                at = 0;
            }
            plain_put_blanks(o, BESIDE - at);
            plain_put_folded(o, text, width, BESIDE, BESIDE);
            at = width;
        }
        s += n;
        s += *s == '|';
    }
    tdo_puts(o, "\n");
}

/* Lines up to an empty one, or one of another kind, as one text. */
static const char *put_paragraph(tdo_sink *o, const char *s, size_t width, tdo_arena *a)
{
    tdo_sink all = tdo_sink_memory(a);
    const bool item = strncmp(s, "- ", 2) == 0;
    do {
        const size_t n = strcspn(s, "\n");
        tdo_puts(&all, cell_text(s, n, a));
        tdo_puts(&all, " ");
        s += n + (s[n] == '\n');
    } while (*s && *s != '\n' && *s != '|' && *s != '#' && strncmp(s, "- ", 2) != 0 &&
             strncmp(s, "    ", 4) != 0);
    plain_put_folded(o, all.text ? all.text : "", width, 0, item ? 2 : 0);
    tdo_puts(o, "\n");
    return s;
}

void cli_put_topic(tdo_sink *o, const char *text, size_t width, tdo_arena *a)
{
    for (const char *s = text; *s;) {
        const size_t n = strcspn(s, "\n");
        const char *next = s + n + (s[n] == '\n');
        if (*s == '|') {
            if (strncmp(s, "|--", 3) != 0 && strncmp(s, "|:-", 3) != 0 && strncmp(s, "| |", 3) != 0)
                put_row(o, s, width, a);
            s = next;
        } else if (*s == '#') {
            const size_t marks = strspn(s, "# ");
            tdo_put(o, s + marks, n - marks);
            tdo_puts(o, "\n");
            s = next;
        } else if (n == 0 || strncmp(s, "    ", 4) == 0) {
            tdo_put(o, s, (size_t)(next - s));
            s = next;
        } else {
            s = put_paragraph(o, s, width, a);
        }
    }
}
