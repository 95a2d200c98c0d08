/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "candidates": which file they are in, which of its rows they are, what to do about gaps. */
#include <string.h>

#include "scenario/reader.h"

static const char *const missing_name[] = {
    [TDO_MISSING_ERROR] = "error", [TDO_MISSING_DROP] = "drop", [TDO_MISSING_WORST] = "worst"};

typedef struct candidates_keys {
    const tdo_node *file, *id, *join, *where, *average, *missing, *incumbent, *delimiter;
} candidates_keys;

static const tdo_key candidates_key[] = {
    TDO_KEY(candidates_keys, file, TDO_IS_STRING, TDO_REQUIRED),
    TDO_KEY(candidates_keys, id, TDO_IS_STRING | TDO_IS_LIST, TDO_REQUIRED),
    TDO_KEY(candidates_keys, join, TDO_IS_LIST, TDO_OPTIONAL),
    TDO_KEY(candidates_keys, where, TDO_IS_LIST, TDO_OPTIONAL),
    TDO_KEY(candidates_keys, average, TDO_IS_OBJECT, TDO_OPTIONAL),
    TDO_KEY(candidates_keys, missing, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(candidates_keys, incumbent, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(candidates_keys, delimiter, TDO_IS_STRING, TDO_OPTIONAL),
};

typedef struct average_keys {
    const tdo_node *by, *se;
} average_keys;

static const tdo_key average_key[] = {
    TDO_KEY(average_keys, by, TDO_IS_STRING | TDO_IS_LIST, TDO_REQUIRED),
    TDO_KEY(average_keys, se, TDO_IS_BOOL, TDO_OPTIONAL),
};

/* ---- pieces that others need too ---- */

void tdo_read_file(tdo_reader *r, const tdo_node *n, const char **file, const char **path)
{
    const char *scenario = r->s->file, *slash = strrchr(scenario, '/'), *name = NULL;

    tdo_read_name(r, n, &name);
    if (name == NULL)
        return;
    bool as_it_is = strcmp(name, "-") == 0 || name[0] == '/' || slash == NULL;
    *path = as_it_is
                ? name
                : tdo_text(r->a, "%.*s%s", (int)(slash + 1 - scenario), scenario, name);
    if (*path == NULL)
        r->no_memory = true;
    *file = name;
}

void tdo_read_columns(tdo_reader *r, const tdo_node *n, const char ***out, size_t *n_out)
{
    const bool list = n != NULL && n->type == TDO_NODE_LIST;

    if (n == NULL)
        return;
    if (list && (n->n == 0 || n->n > TDO_MAX_PARTS)) {
        tdo_complain(r, n, TDO_AT_VALUE, "%s must have 1 to %d columns, found %zu",
                     tdo_say_path(r, n), TDO_MAX_PARTS, n->n);
        return;
    }
    *out = tdo_reader_alloc(r, list ? n->n : 1, sizeof **out);
    if (*out == NULL)
        return;
    for (const tdo_node *item = list ? n->first : n; item != NULL;
         item = list ? item->next : NULL) {
        const char *column = NULL;
        tdo_read_name(r, item, &column);
        for (size_t i = 0; i < *n_out && column != NULL; i++) {
            if (strcmp((*out)[i], column) == 0) {
                tdo_complain(r, item, TDO_AT_VALUE, "%s is %s, which is in the list already",
                             tdo_say_path(r, item), tdo_say_name(r, item, column));
                column = NULL;
            }
        }
        if (column != NULL)
            (*out)[(*n_out)++] = column;
    }
}

void tdo_read_delimiter(tdo_reader *r, const tdo_node *n, char *out)
{
    if (n == NULL)
        return;
    if (strlen(n->text) == 1 && strchr(",;\t|", n->text[0]) != NULL)
        *out = n->text[0];
    else
        tdo_complain(r, n, TDO_AT_VALUE, "%s must be \",\", \";\", \"\\t\" or \"|\", found %s",
                     tdo_say_path(r, n), tdo_say_value(r, n));
}

bool tdo_read_missing(tdo_reader *r, const tdo_node *n, tdo_missing *out)
{
    size_t which = TDO_MISSING_ERROR;

    if (!tdo_read_choice(r, n, missing_name, 3, &which))
        return false;
    *out = (tdo_missing)which;
    return true;
}

/* ---- candidates ---- */

static void read_average(tdo_reader *r, const tdo_node *n, tdo_average *out)
{
    average_keys k = {.by = NULL};

    tdo_read_keys(r, n, average_key, sizeof average_key / sizeof *average_key, &k);
    tdo_read_columns(r, k.by, &out->by, &out->n_by);
    if (k.by != NULL)
        out->by_place = tdo_place_of(r, k.by, TDO_AT_VALUE);
    out->se = k.se != NULL && k.se->yes;
}

void tdo_read_candidates(tdo_reader *r, const tdo_node *n)
{
    tdo_scenario *s = r->s;
    candidates_keys k = {.file = NULL};

    tdo_read_keys(r, n, candidates_key, sizeof candidates_key / sizeof *candidates_key, &k);
    tdo_read_file(r, k.file, &s->candidates_file, &s->candidates_path);
    if (s->candidates_file != NULL) {
        s->candidates_place = tdo_place_of(r, k.file, TDO_AT_VALUE);
        if (strcmp(s->candidates_file, "-") == 0 && strcmp(s->file, "-") == 0)
            tdo_complain(r, k.file, TDO_AT_VALUE,
                         "%s is standard input, which is the scenario already",
                         tdo_say_path(r, k.file));
    }
    if (k.id != NULL)
        s->id_place = tdo_place_of(r, k.id, TDO_AT_VALUE);
    tdo_read_columns(r, k.id, &s->id_columns, &s->n_id_columns);
    if (k.join != NULL)
        tdo_read_joins(r, k.join);
    if (k.where != NULL)
        tdo_read_where(r, k.where);
    if (k.average != NULL)
        read_average(r, k.average, &s->average);
    (void)tdo_read_missing(r, k.missing, &s->missing);
    tdo_read_name(r, k.incumbent, &s->incumbent);
    if (k.incumbent != NULL)
        s->incumbent_place = tdo_place_of(r, k.incumbent, TDO_AT_VALUE);
    tdo_read_delimiter(r, k.delimiter, &s->delimiter);
}
