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
    X(sure, "how sure: measurements with errors, and how far the choice carries")                  \
    X(portfolio, "sets of candidates under one budget")                                            \
    X(split, "splits of traffic")                                                                  \
    X(plan, "segments of users: who gets which candidate")                                         \
    X(large, "a run in parts, on several machines; processes under mpirun")                        \
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

/* The end of a link's words at s, where "[words](where)" stands; NULL: it is none. */
static const char *link_words(const char *s, const char *end)
{
    const char *words = s < end && *s == '[' ? memchr(s, ']', (size_t)(end - s)) : NULL;
    return words && words + 1 < end && words[1] == '(' ? words : NULL;
}

/* A text without its blanks at the ends, the backslashes before bars, and the marks of Markdown: of
 * code, of what is bold, of links, which leave the place that they lead to in the checkout. NULL:
 * out of memory. */
static const char *plain_words(const char *s, size_t n, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    bool code = false;
    while (n && s[0] == ' ') {
        s++;
        n--;
    }
    while (n && s[n - 1] == ' ')
        n--;
    for (const char *end = s + n; s < end; s++) {
        const char *words = code ? NULL : link_words(s, end);
        if (words) {
            const char *to = words + 2;
            while (strncmp(to, "../", 3) == 0)
                to += 3;
            tdo_put(&o, s + 1, (size_t)(words - s) - 1);
            tdo_putf(&o, " (%.*s)", (int)strcspn(to, ")"), to);
            s = to + strcspn(to, ")");
        } else if (*s == '`') {
            code = !code;
        } else if (!code && strncmp(s, "**", 2) == 0) {
            s++;
        } else if (!(*s == '\\' && s + 1 < end && s[1] == '|')) {
            tdo_put(&o, s, 1);
        }
    }
    return o.failed ? NULL : o.text ? o.text : "";
}

static void put_words(tdo_sink *o, const char *words)
{
    o->failed |= !words;
    tdo_puts(o, words ? words : "");
}

enum { CELLS = 8, BESIDE = 22 };

/* The heading of a table, whose words stand before the cells of rows that have more than two. */
typedef struct table_head {
    const char *word[CELLS];
    size_t n; /* 0: no table, or one of two columns */
} table_head;

/* *failed: a cell is "", for memory is out. */
static size_t split_row(const char *line, const char *cell[CELLS], tdo_arena *a, bool *failed)
{
    size_t n = 0;
    for (const char *s = line + 1; *s && *s != '\n' && n < CELLS; n++) {
        const size_t length = cell_length(s);
        const char *words = plain_words(s, length, a);
        *failed |= !words;
        cell[n] = words ? words : "";
        s += length;
        s += *s == '|';
    }
    return n;
}

/* The first cell, and below it, or beside it where it is short, the others. */
static void put_row(tdo_sink *o, const char *const *cell, size_t n, const table_head *head,
                    size_t width, tdo_arena *a)
{
    size_t at = 2 + plain_width(cell[0]);
    tdo_putf(o, "  %s", cell[0]);
    for (size_t k = 1; k < n; k++) {
        const char *called = head->n > 2 && k > 1 ? head->word[k] : "";
        if (!*cell[k])
            continue;
        if (k > 1 || at + 2 > BESIDE) {
            tdo_puts(o, "\n");
            at = 0;
        }
        tdo_sink text = tdo_sink_memory(a);
        tdo_putf(&text, "%s%s%s", called, *called ? ": " : "", cell[k]);
        plain_put_blanks(o, BESIDE - at);
        plain_put_folded(o, text.text ? text.text : "", width, BESIDE, BESIDE);
        o->failed |= text.failed;
        at = width;
    }
    tdo_puts(o, "\n");
}

/* A line of a table; *head: of the rows below. */
static void put_table_line(tdo_sink *o, const char *line, const char *next, table_head *head,
                           size_t width, tdo_arena *a)
{
    const bool is_head = strncmp(next, "|--", 3) == 0 || strncmp(next, "|:-", 3) == 0;
    if (strncmp(line, "|--", 3) == 0 || strncmp(line, "|:-", 3) == 0)
        return;
    if (is_head)
        head->n = split_row(line, head->word, a, &o->failed);
    const char *cell[CELLS];
    const size_t n = split_row(line, cell, a, &o->failed);
    if (!is_head)
        put_row(o, cell, n, head, width, a);
    else if (strncmp(line, "| |", 3) != 0) /* the words of more columns stand in the rows */
        put_row(o, cell, n < 2 ? n : 2, &(table_head){.n = 0}, width, a);
}

/* Lines up to an empty one, or one of another kind, as one text. */
static const char *put_paragraph(tdo_sink *o, const char *s, size_t width, tdo_arena *a)
{
    tdo_sink all = tdo_sink_memory(a);
    const bool item = strncmp(s, "- ", 2) == 0;
    do {
        const size_t n = strcspn(s, "\n");
        tdo_put(&all, s, n);
        tdo_puts(&all, " ");
        s += n + (s[n] == '\n');
    } while (*s && *s != '\n' && *s != '|' && *s != '#' && strncmp(s, "- ", 2) != 0 &&
             strncmp(s, "    ", 4) != 0);
    const char *words = plain_words(all.text ? all.text : "", all.length, a);
    o->failed |= all.failed || !words;
    plain_put_folded(o, words ? words : "", width, 0, item ? 2 : 0);
    tdo_puts(o, "\n");
    return s;
}

void cli_put_topic(tdo_sink *o, const char *text, size_t width, tdo_arena *a)
{
    table_head head = {.n = 0};
    for (const char *s = text; *s;) {
        const size_t n = strcspn(s, "\n");
        const char *next = s + n + (s[n] == '\n');
        if (*s == '|') {
            put_table_line(o, s, next, &head, width, a);
            s = next;
        } else if (*s == '#') {
            const size_t marks = strspn(s, "# ");
            put_words(o, plain_words(s + marks, n - marks, a));
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
