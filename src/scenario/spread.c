/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How wide an error spreads, and how: "se", "interval", "runs", "bounds", "correlation". */
#include "scenario/reader.h"

/* A column that an object names by "column" where it could be a number. */
static void read_column(scenario_reader *r, const tdo_node *n, const char **column)
{
    struct {
        const tdo_node *column;
    } k = {NULL};
    const scenario_key key[] = {{"column", SCENARIO_IS_STRING, SCENARIO_REQUIRED, 0}};
    scenario_read_keys(r, n, key, 1, &k);
    scenario_read_name(r, k.column, column);
}

void scenario_read_se(scenario_reader *r, const tdo_node *se, double *number, const char **column)
{
    if (se && se->type == JSON_NODE_NUMBER)
        (void)scenario_read_amount(r, se, number);
    else if (se)
        read_column(r, se, column);
}

typedef struct interval_keys {
    const tdo_node *low, *high, *level;
} interval_keys;

static const scenario_key interval_key[] = {
    SCENARIO_KEY(interval_keys, low, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(interval_keys, high, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(interval_keys, level, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
};

static void read_interval(scenario_reader *r, const tdo_node *n, tdo_error_shape *out)
{
    const double usual = 0.95, least = 0.01, most = 0.9999;
    interval_keys k = {.low = NULL};
    scenario_read_keys(r, n, interval_key, sizeof interval_key / sizeof *interval_key, &k);
    scenario_read_name(r, k.low, &out->low);
    scenario_read_name(r, k.high, &out->high);
    out->level = k.level ? k.level->number : usual;
    if (k.level && !(out->level >= least && out->level <= most))
        scenario_complain(r, k.level, SCENARIO_AT_VALUE, "%s must be from %g to %g, found %s",
                          scenario_say_path(r, k.level), least, most,
                          scenario_say_value(r, k.level));
}

static void read_runs(scenario_reader *r, const tdo_node *n, tdo_error_shape *out)
{
    if (n->type != JSON_NODE_NUMBER)
        read_column(r, n, &out->runs_column);
    else if (n->number >= 2 && n->number <= 0x1p53 && !(n->number > (double)(uint64_t)n->number))
        out->runs = n->number;
    else
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must be a whole number of at least 2 (one run has no spread), "
                          "found %s",
                          scenario_say_path(r, n), scenario_say_value(r, n));
}

static void read_bounds(scenario_reader *r, const tdo_node *n, tdo_error_shape *out)
{
    if (n->n != 2) {
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must be [lowest, highest], found a list of %zu",
                          scenario_say_path(r, n), n->n);
        return;
    }
    if (!scenario_expect(r, n->first, SCENARIO_IS_NUMBER) ||
        !scenario_expect(r, n->last, SCENARIO_IS_NUMBER))
        return;
    out->has_bounds = n->first->number < n->last->number;
    out->bound_low = n->first->number;
    out->bound_high = n->last->number;
    if (!out->has_bounds)
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must be [lowest, highest], lowest first",
                          scenario_say_path(r, n));
}

/* Two that cannot both say how an error spreads. */
static void refuse_both(scenario_reader *r, const tdo_node *a, const tdo_node *b)
{
    if (a && b)
        scenario_complain(r, b, SCENARIO_AT_KEY,
                          "%s does not go with \"%s\": an error is given once",
                          scenario_say_path(r, b), a->key);
}

void scenario_read_shape(scenario_reader *r, const scenario_error_nodes *given,
                         tdo_error_shape *out)
{
    const tdo_node *n = given->interval ? given->interval
                        : given->runs   ? given->runs
                                        : given->bounds;
    refuse_both(r, given->se, given->interval);
    refuse_both(r, given->interval, given->runs);
    refuse_both(r, given->interval, given->bounds);
    refuse_both(r, given->runs, given->bounds);
    if (given->interval)
        read_interval(r, given->interval, out);
    if (given->runs)
        read_runs(r, given->runs, out);
    if (given->bounds)
        read_bounds(r, given->bounds, out);
    if (n)
        out->place = scenario_place_of(r, n, SCENARIO_AT_VALUE);
}
