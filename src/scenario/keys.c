/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objects by a table of their keys: the one place where unknown, wrongly typed, missing and not yet
 * supported keys are refused. */
#include <string.h>

#include "scenario/reader.h"

enum {
    MOST_KEYS = 24,   /* of one object */
    MOST_UNKNOWN = 20 /* unknown keys of one object that are compared with a missing one */
};

static const tdo_key *find_key(const tdo_key *keys, size_t n_keys, const char *name)
{
    for (size_t i = 0; i < n_keys; i++)
        if (strcmp(keys[i].name, name) == 0)
            return &keys[i];
    return NULL;
}

/* The names that may stand in the file. */
static size_t list_allowed(const tdo_key *keys, size_t n_keys, const char *allowed[MOST_KEYS])
{
    size_t n = 0;

    for (size_t i = 0; i < n_keys && n < MOST_KEYS; i++)
        if (keys[i].use != TDO_LATER)
            allowed[n++] = keys[i].name;
    return n;
}

static void complain_unknown(tdo_reader *r, const tdo_node *n, const tdo_key *keys, size_t n_keys)
{
    const char *allowed[MOST_KEYS];
    size_t n_allowed = list_allowed(keys, n_keys, allowed);

    tdo_complain(r, n, TDO_AT_KEY, "unknown key %s in %s%s", tdo_say_name(r, n, n->key),
                 tdo_say_path(r, n->parent),
                 tdo_say_nearest(r, n, n->key, "allowed", allowed, n_allowed));
}

bool tdo_is_missing(const tdo_node *object, const tdo_key *keys, size_t n_keys, const char *name)
{
    const char *allowed[MOST_KEYS];
    size_t n_allowed = list_allowed(keys, n_keys, allowed), looked_at = 0;

    for (const tdo_node *n = object->first; n != NULL; n = n->next) {
        const tdo_key *k = find_key(keys, n_keys, n->key);
        if (strcmp(n->key, name) == 0 || (k != NULL && k->use == TDO_LATER))
            return false;
        if (k != NULL || looked_at++ >= MOST_UNKNOWN)
            continue;
        const char *near = tdo_nearest_word(n->key, allowed, n_allowed);
        if (near != NULL && strcmp(near, name) == 0)
            return false;
    }
    return true;
}

void tdo_read_keys(tdo_reader *r, const tdo_node *object, const tdo_key *keys, size_t n_keys,
                   void *record)
{
    for (const tdo_node *n = object->first; n != NULL; n = n->next) {
        const tdo_key *k = find_key(keys, n_keys, n->key);
        if (k == NULL)
            complain_unknown(r, n, keys, n_keys);
        else if (k->use == TDO_LATER)
            tdo_complain(r, n, TDO_AT_KEY, "%s is not supported yet", tdo_say_name(r, n, n->key));
        else if ((k->types & TDO_IS_ANY) != 0 || tdo_expect(r, n, k->types))
            memcpy((char *)record + k->offset, &n, sizeof n);
    }
    for (size_t i = 0; i < n_keys; i++)
        if (keys[i].use == TDO_REQUIRED && tdo_is_missing(object, keys, n_keys, keys[i].name))
            tdo_complain(r, object, TDO_AT_VALUE, "\"%s\" is missing in %s", keys[i].name,
                         tdo_say_path(r, object));
}
