/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements on two candidates as wholes: "ebm over gbdt-v7", "ebm as good as gbdt-v7". */
#include "terms/wholes.h"
#include "scenario/statement.h"

#include <assert.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Behind a name between backticks that starts there; NULL: it does not end. */
static const char *behind_quoted(const char *at)
{
    do {
        at = strchr(at + 1, '`');
        if (at && at[1] == '`')
            at++;
        else
            return at ? at + 1 : NULL;
    } while (at);
    return NULL;
}

/* The next of the words, by itself and not between backticks, with something before it; which: its
 * place among them. NULL: there is none. */
static const char *find_word(const char *text, size_t *which)
{
    const char *at = text + strspn(text, " \t");
    for (const char *start = at; *at != '\0'; at++) {
        const char *end = *at == '`' ? behind_quoted(at) : NULL;
        if (end)
            at = end;
        for (size_t w = 0; w < TERMS_WHOLES && at > start; w++) {
            const size_t length = strlen(terms_whole_table[w].word);
            if ((is_blank(at[-1]) || at[-1] == '`') &&
                strncmp(at, terms_whole_table[w].word, length) == 0 &&
                (is_blank(at[length]) || at[length] == '`' || at[length] == '\0')) {
                *which = w;
                return at;
            }
        }
        if (end)
            at--;
    }
    return NULL;
}

/* Signs of comparisons of weights, not between backticks. */
static bool has_sign(const char *at)
{
    for (; *at != '\0'; at++) {
        const char *end = *at == '`' ? behind_quoted(at) : NULL;
        if (end)
            at = end - 1;
        else if (strchr("<>=", *at))
            return true;
    }
    return false;
}

bool scenario_is_on_wholes(const char *text, const scenario_subject *about)
{
    size_t which = 0;
    if (!find_word(text, &which))
        return false;
    if (has_sign(text)) /* the id of a criterion may hold the word */
        for (size_t c = 0; c < about->n; c++)
            if (strstr(about->name[c], terms_whole_table[which].word) &&
                strstr(text, about->name[c]))
                return false;
    return true;
}

/* The name from there to end, without blanks around it and backticks. */
static const char *take_name(scenario_reader *r, const char *at, const char *end)
{
    while (at < end && is_blank(*at))
        at++;
    while (at < end && is_blank(end[-1]))
        end--;
    if (at < end && *at == '`' && behind_quoted(at) == end) {
        at++;
        end--;
    } else {
        const char *plain = tdo_copy(r->a, at, (size_t)(end - at));
        r->no_memory |= !plain;
        return plain;
    }
    char *name = tdo_copy(r->a, at, (size_t)(end - at));
    r->no_memory |= !name;
    for (char *to = name; name && at < end; at++, to++) {
        *to = *at;
        to[1] = '\0';
        at += *at == '`'; /* `` is one */
    }
    return name;
}

bool scenario_read_wholes(scenario_reader *r, const tdo_node *n, scenario_wholes *out)
{
    size_t which = 0, again = 0;
    const char *at = find_word(n->text, &which);
    assert(at); /* that is how it is told */
    const char *second = at + strlen(terms_whole_table[which].word);
    *out = (scenario_wholes){.within = terms_whole_table[which].within};
    out->better = take_name(r, n->text, at);
    out->other = take_name(r, second, n->text + strlen(n->text));
    if (!out->better || !out->other)
        return false;
    if (find_word(second, &again)) {
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s has \"%s\" and \"%s\": a statement compares two candidates, and a "
                          "name that holds such a word stands between backticks",
                          scenario_say_path(r, n), terms_whole_table[which].word,
                          terms_whole_table[again].word);
        return false;
    }
    if (*out->better == '\0' || *out->other == '\0') {
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must have a candidate on both sides of "
                          "\"%s\"",
                          scenario_say_path(r, n), terms_whole_table[which].word);
        return false;
    }
    if (strcmp(out->better, out->other) == 0) {
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s compares %s with itself",
                          scenario_say_path(r, n), scenario_say_name(r, n, out->other));
        return false;
    }
    return true;
}
