/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "scenario/reader.h"

bool tdo_expect(tdo_reader *r, const tdo_node *n, unsigned types)
{
    static const struct {
        unsigned type;
        const char *name;
    } kind[] = {{TDO_IS_STRING, "a string"},
                {TDO_IS_NUMBER, "a number"},
                {TDO_IS_BOOL, "true or false"},
                {TDO_IS_LIST, "a list"},
                {TDO_IS_OBJECT, "an object"}};
    const char *wanted[2] = {NULL, NULL};
    size_t n_wanted = 0;

    if ((types & 1u << n->type) != 0)
        return true;
    for (size_t i = 0; i < sizeof kind / sizeof *kind && n_wanted < 2; i++)
        if ((types & kind[i].type) != 0)
            wanted[n_wanted++] = kind[i].name;
    tdo_complain(r, n, TDO_AT_VALUE, "%s must be %s%s%s, found %s", tdo_say_path(r, n), wanted[0],
                 wanted[1] != NULL ? " or " : "", wanted[1] != NULL ? wanted[1] : "",
                 tdo_say_value(r, n));
    return false;
}

void tdo_read_text(const tdo_node *n, const char **out)
{
    if (n != NULL)
        *out = n->text;
}

void tdo_read_name(tdo_reader *r, const tdo_node *n, const char **out)
{
    if (n == NULL || !tdo_expect(r, n, TDO_IS_STRING))
        return;
    if (n->text[0] == '\0')
        tdo_complain(r, n, TDO_AT_VALUE, "%s must not be empty", tdo_say_path(r, n));
    else
        *out = n->text;
}

bool tdo_read_amount(tdo_reader *r, const tdo_node *n, double *out)
{
    if (n == NULL)
        return false;
    if (n->number < 0) {
        tdo_complain(r, n, TDO_AT_VALUE, "%s must be at least 0, found %s", tdo_say_path(r, n),
                     tdo_say_value(r, n));
        return false;
    }
    *out = n->number;
    return true;
}

static size_t index_of(const char *name, const char *const *words, size_t n_words)
{
    for (size_t i = 0; i < n_words; i++)
        if (strcmp(words[i], name) == 0)
            return i;
    return TDO_NONE;
}

bool tdo_read_choice(tdo_reader *r, const tdo_node *n, const char *const *words, size_t n_words,
                     size_t *out)
{
    if (n == NULL)
        return false;
    size_t i = index_of(n->text, words, n_words);
    if (i == TDO_NONE) {
        tdo_complain(r, n, TDO_AT_VALUE, "unknown %s %s%s", tdo_say_path(r, n),
                     tdo_say_name(r, n, n->text),
                     tdo_say_nearest(r, n, n->text, "allowed", words, n_words));
        return false;
    }
    *out = i;
    return true;
}

bool tdo_read_bound(tdo_reader *r, const tdo_node *n, size_t criterion, double *out)
{
    const tdo_criterion *c = criterion != TDO_NONE ? &r->s->criteria[criterion] : NULL;

    if (n->type == TDO_NODE_NUMBER) {
        *out = n->number;
        return true;
    }
    if (c == NULL || c->levels == NULL || n->type != TDO_NODE_STRING) {
        /* The levels that the word is one of may be among what was complained about. */
        if (c == NULL || r->levels_known[criterion] || n->type != TDO_NODE_STRING)
            tdo_complain(r, n, TDO_AT_VALUE, "%s must be a number%s, found %s", tdo_say_path(r, n),
                         c != NULL && c->levels != NULL ? " or a level" : "", tdo_say_value(r, n));
        return false;
    }
    size_t level = index_of(n->text, c->levels, c->n_levels);
    if (level == TDO_NONE) {
        tdo_complain(r, n, TDO_AT_VALUE, "unknown level %s in %s%s", tdo_say_name(r, n, n->text),
                     tdo_say_path(r, n),
                     tdo_say_nearest(r, n, n->text, "levels", c->levels, c->n_levels));
        return false;
    }
    *out = (double)level;
    return true;
}

size_t tdo_find_criterion(const tdo_reader *r, const char *id)
{
    return index_of(id, r->criterion_id, r->s->n_criteria);
}

bool tdo_read_criterion_id(tdo_reader *r, const tdo_node *n, size_t *out)
{
    size_t i = tdo_find_criterion(r, n->text);

    if (i == TDO_NONE) {
        tdo_complain(r, n, TDO_AT_VALUE, "unknown criterion %s in %s%s",
                     tdo_say_name(r, n, n->text), tdo_say_path(r, n),
                     tdo_say_nearest(r, n, n->text, "criteria", r->criterion_id, r->s->n_criteria));
        return false;
    }
    *out = i;
    return true;
}

/* C0, DEL and C1 (in UTF-8, C2 80 to C2 9F). */
static bool has_control(const char *s)
{
    for (const unsigned char *p = (const unsigned char *)s; *p != '\0'; p++)
        if (*p < 0x20 || *p == 0x7F || (*p == 0xC2 && p[1] < 0xA0))
            return true;
    return false;
}

void tdo_check_id(tdo_reader *r, const tdo_node *n, const char *what)
{
    size_t length = strlen(n->key);

    if (length == 0)
        tdo_complain(r, n, TDO_AT_KEY, "the id of a %s must not be empty", what);
    else if (length > TDO_MAX_NAME_BYTES)
        tdo_complain(r, n, TDO_AT_KEY, "the id of a %s has %zu bytes, at most %d are allowed", what,
                     length, TDO_MAX_NAME_BYTES);
    else if (has_control(n->key))
        tdo_complain(r, n, TDO_AT_KEY, "the id %s of a %s has a control character",
                     tdo_say_name(r, n, n->key), what);
}
