/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objects by a table of their keys: the one place where unknown, wrongly typed, missing and not yet
 * supported keys are refused. */
#include <string.h>

#include "scenario/reader.h"

enum {
    MOST_KEYS = 24,   /* of one object */
    MOST_UNKNOWN = 20 /* unknown keys of one object that are compared with a missing one */
};

static const scenario_key *find_key(const scenario_key *keys, size_t n_keys, const char *name)
{
    for (size_t i = 0; i < n_keys; i++)
        if (strcmp(keys[i].name, name) == 0)
            return &keys[i];
    return NULL;
}

static size_t list_allowed(const scenario_key *keys, size_t n_keys, const char *allowed[MOST_KEYS])
{
    size_t n = 0;
    for (; n < n_keys && n < MOST_KEYS; n++)
        allowed[n] = keys[n].name;
    return n;
}

static void complain_unknown(scenario_reader *r, const tdo_node *n, const scenario_key *keys,
                             size_t n_keys)
{
    static const char *const option[] = {"samples", "seed", "threads", "limit", "expect"};
    const char *allowed[MOST_KEYS];
    size_t n_allowed = list_allowed(keys, n_keys, allowed);
    for (size_t k = 0; n->parent == r->root && k < sizeof option / sizeof *option; k++)
        if (strcmp(n->key, option[k]) == 0) {
            scenario_complain(r, n, SCENARIO_AT_KEY,
                              "unknown key %s in the scenario: it is an option, --%s",
                              scenario_say_name(r, n, n->key), option[k]);
            return;
        }
    scenario_complain(r, n, SCENARIO_AT_KEY, "unknown key %s in %s%s",
                      scenario_say_name(r, n, n->key), scenario_say_path(r, n->parent),
                      scenario_say_nearest(r, n, n->key, "allowed", allowed, n_allowed));
}

bool scenario_is_missing(const tdo_node *object, const scenario_key *keys, size_t n_keys,
                         const char *name)
{
    const char *allowed[MOST_KEYS];
    size_t n_allowed = list_allowed(keys, n_keys, allowed), looked_at = 0;
    for (const tdo_node *n = object->first; n; n = n->next) {
        const scenario_key *k = find_key(keys, n_keys, n->key);
        if (strcmp(n->key, name) == 0)
            return false;
        if (k || looked_at++ >= MOST_UNKNOWN)
            continue;
        const char *near = tdo_nearest_word(n->key, allowed, n_allowed);
        if (near && strcmp(near, name) == 0)
            return false;
    }
    return true;
}

/* Where only facts are asked for, nobody need have wishes. */
static bool is_excused(const scenario_reader *r, const tdo_node *object, const char *name)
{
    return r->facts_only && object == r->root && strcmp(name, "stakeholders") == 0;
}

void scenario_read_keys(scenario_reader *r, const tdo_node *object, const scenario_key *keys,
                        size_t n_keys, void *record)
{
    for (const tdo_node *n = object->first; n; n = n->next) {
        const scenario_key *k = find_key(keys, n_keys, n->key);
        if (!k)
            complain_unknown(r, n, keys, n_keys);
        else if ((k->types & SCENARIO_IS_ANY) != 0 || scenario_expect(r, n, k->types))
            memcpy((char *)record + k->offset, &n, sizeof n);
    }
    for (size_t i = 0; i < n_keys; i++)
        if (keys[i].use == SCENARIO_REQUIRED && !is_excused(r, object, keys[i].name) &&
            scenario_is_missing(object, keys, n_keys, keys[i].name))
            scenario_complain(r, object, SCENARIO_AT_VALUE, "\"%s\" is missing in %s", keys[i].name,
                              scenario_say_path(r, object));
}
