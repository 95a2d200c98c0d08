/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "candidates": which file they are in, which of its rows they are, what to do about gaps. */
#include <string.h>

#include "scenario/reader.h"

static const char *const missing_name[] = {
    [TDO_MISSING_ERROR] = "error", [TDO_MISSING_DROP] = "drop", [TDO_MISSING_WORST] = "worst"};

typedef struct candidates_keys {
    const tdo_node *file, *id, *join, *where, *average, *draw, *missing, *incumbent, *delimiter;
} candidates_keys;

static const scenario_key candidates_key[] = {
    SCENARIO_KEY(candidates_keys, file, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(candidates_keys, id, SCENARIO_IS_STRING | SCENARIO_IS_LIST, SCENARIO_REQUIRED),
    SCENARIO_KEY(candidates_keys, join, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(candidates_keys, where, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(candidates_keys, average, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(candidates_keys, draw, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(candidates_keys, missing, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(candidates_keys, incumbent, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(candidates_keys, delimiter, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};

typedef struct average_keys {
    const tdo_node *by, *se;
} average_keys;

static const scenario_key average_key[] = {
    SCENARIO_KEY(average_keys, by, SCENARIO_IS_STRING | SCENARIO_IS_LIST, SCENARIO_REQUIRED),
    SCENARIO_KEY(average_keys, se, SCENARIO_IS_BOOL, SCENARIO_OPTIONAL),
};

/* ---- pieces that others need too ---- */

void scenario_read_file(scenario_reader *r, const tdo_node *n, const char **file, const char **path)
{
    const char *scenario = r->s->file, *slash = strrchr(scenario, '/'), *name = NULL;
    scenario_read_name(r, n, &name);
    if (!name)
        return;
    bool as_it_is = strcmp(name, "-") == 0 || name[0] == '/' || !slash;
    *path = as_it_is ? name : tdo_text(r->a, "%.*s%s", (int)(slash + 1 - scenario), scenario, name);
    if (!*path)
        r->no_memory = true;
    *file = name;
}

void scenario_read_columns(scenario_reader *r, const tdo_node *n, const char ***out, size_t *n_out)
{
    const bool list = n && n->type == JSON_NODE_LIST;
    if (!n)
        return;
    if (list && (n->n == 0 || n->n > SCENARIO_MAX_PARTS)) {
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must have 1 to %d columns, found %zu",
                          scenario_say_path(r, n), SCENARIO_MAX_PARTS, n->n);
        return;
    }
    *out = scenario_reader_alloc(r, list ? n->n : 1, sizeof **out);
    if (!*out)
        return;
    for (const tdo_node *item = list ? n->first : n; item; item = list ? item->next : NULL) {
        const char *column = NULL;
        scenario_read_name(r, item, &column);
        for (size_t i = 0; i < *n_out && column; i++) {
            if (strcmp((*out)[i], column) == 0) {
                scenario_complain(r, item, SCENARIO_AT_VALUE,
                                  "%s is %s, which is in the list already",
                                  scenario_say_path(r, item), scenario_say_name(r, item, column));
                column = NULL;
            }
        }
        if (column)
            (*out)[(*n_out)++] = column;
    }
}

void scenario_read_delimiter(scenario_reader *r, const tdo_node *n, char *out)
{
    if (!n)
        return;
    if (strlen(n->text) == 1 && strchr(",;\t|", n->text[0]))
        *out = n->text[0];
    else
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must be \",\", \";\", \"\\t\" or \"|\", found %s",
                          scenario_say_path(r, n), scenario_say_value(r, n));
}

bool scenario_read_missing(scenario_reader *r, const tdo_node *n, tdo_missing *out)
{
    size_t which = TDO_MISSING_ERROR;
    if (!scenario_read_choice(r, n, missing_name, 3, &which))
        return false;
    *out = (tdo_missing)which;
    return true;
}

/* ---- candidates ---- */

static void read_average(scenario_reader *r, const tdo_node *n, tdo_average *out)
{
    average_keys k = {.by = NULL};
    scenario_read_keys(r, n, average_key, sizeof average_key / sizeof *average_key, &k);
    scenario_read_columns(r, k.by, &out->by, &out->n_by);
    if (k.by)
        out->by_place = scenario_place_of(r, k.by, SCENARIO_AT_VALUE);
    out->se = k.se && k.se->yes;
}

/* The rows of a candidate are its draws: it is their mean. */
static void read_draw(scenario_reader *r, const tdo_node *n, const tdo_node *average)
{
    tdo_scenario *s = r->s;
    if (average)
        scenario_complain(r, average, SCENARIO_AT_KEY,
                          "%s does not go with \"draw\", which takes the mean of the draws",
                          scenario_say_path(r, average));
    scenario_read_name(r, n, &s->draw);
    s->draw_place = scenario_place_of(r, n, SCENARIO_AT_VALUE);
    s->average =
        (tdo_average){.by = s->id_columns, .n_by = s->n_id_columns, .by_place = s->id_place};
}

void scenario_read_candidates(scenario_reader *r, const tdo_node *n)
{
    tdo_scenario *s = r->s;
    candidates_keys k = {.file = NULL};
    scenario_read_keys(r, n, candidates_key, sizeof candidates_key / sizeof *candidates_key, &k);
    scenario_read_file(r, k.file, &s->candidates_file, &s->candidates_path);
    if (s->candidates_file) {
        s->candidates_place = scenario_place_of(r, k.file, SCENARIO_AT_VALUE);
        if (strcmp(s->candidates_file, "-") == 0 && strcmp(s->file, "-") == 0)
            scenario_complain(r, k.file, SCENARIO_AT_VALUE,
                              "%s is standard input, which is the scenario already",
                              scenario_say_path(r, k.file));
    }
    if (k.id)
        s->id_place = scenario_place_of(r, k.id, SCENARIO_AT_VALUE);
    scenario_read_columns(r, k.id, &s->id_columns, &s->n_id_columns);
    if (k.join)
        scenario_read_joins(r, k.join);
    if (k.where)
        scenario_read_where(r, k.where);
    if (k.average)
        read_average(r, k.average, &s->average);
    if (k.draw)
        read_draw(r, k.draw, k.average);
    (void)scenario_read_missing(r, k.missing, &s->missing);
    scenario_read_name(r, k.incumbent, &s->incumbent);
    if (k.incumbent)
        s->incumbent_place = scenario_place_of(r, k.incumbent, SCENARIO_AT_VALUE);
    scenario_read_delimiter(r, k.delimiter, &s->delimiter);
}
