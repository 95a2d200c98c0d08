/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "candidates": which file they are in, which of its rows they are, what to do about gaps. */
#include <string.h>

#include "scenario/reader.h"

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
