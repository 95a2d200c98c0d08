/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How measurements of a criterion become values: "range" or "value". */
#include <math.h>
#include <string.h>

#include "scenario/reader.h"

/* Which way along the measurement (the distance, where the goal is a target) the value grows. */
static const double toward_better[] = {
    [TDO_GOAL_MAX] = 1, [TDO_GOAL_MIN] = -1, [TDO_GOAL_TARGET] = -1};

/* What is measured: a distance is a number >= 0, anything else a reading. */
static bool read_measurement(scenario_reader *r, const tdo_node *n, size_t criterion, bool distance,
                             double *out)
{
    if (!distance)
        return scenario_read_bound(r, n, criterion, out);
    return scenario_expect(r, n, SCENARIO_IS_NUMBER) && scenario_read_amount(r, n, out);
}

static void read_range(scenario_reader *r, const tdo_node *n, const char *goal, size_t criterion)
{
    tdo_criterion *c = &r->s->criteria[criterion];
    bool distance = goal && c->goal == TDO_GOAL_TARGET;
    double worst = 0, best = 0;
    if (n->type == JSON_NODE_STRING) {
        if (strcmp(n->text, "observed") != 0)
            scenario_complain(r, n, SCENARIO_AT_VALUE,
                              "%s must be [worst, best] or \"observed\", found %s",
                              scenario_say_path(r, n), scenario_say_value(r, n));
        return;
    }
    if (n->n != 2) {
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must be [worst, best], found a list of %zu",
                          scenario_say_path(r, n), n->n);
        return;
    }
    bool good = read_measurement(r, n->first, criterion, distance, &worst);
    if (!read_measurement(r, n->last, criterion, distance, &best) || !good || !goal)
        return;
    double gain = (best - worst) * toward_better[c->goal];
    if (best == worst)
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must have two different ends, found %s twice",
                          scenario_say_path(r, n), scenario_say_value(r, n->first));
    else if (!(gain > 0))
        scenario_complain(
            r, n, SCENARIO_AT_VALUE,
            "%s is [worst, best], and with the goal \"%s\" worst must be %s than best%s",
            scenario_say_path(r, n), goal, toward_better[c->goal] > 0 ? "less" : "more",
            distance ? " (they are distances to the target)" : "");
    else if (!isfinite(gain))
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s is wider than a double can hold",
                          scenario_say_path(r, n));
    c->has_range = true;
    c->worst = worst;
    c->best = best;
}

/* One [x, v]. */
static bool read_point(scenario_reader *r, const tdo_node *n, size_t criterion, bool distance,
                       double *x, double *v)
{
    if (!scenario_expect(r, n, SCENARIO_IS_LIST))
        return false;
    if (n->n != 2) {
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must be [measurement, value], found a list of %zu",
                          scenario_say_path(r, n), n->n);
        return false;
    }
    bool good = read_measurement(r, n->first, criterion, distance, x);
    if (!scenario_expect(r, n->last, SCENARIO_IS_NUMBER))
        return false;
    *v = n->last->number;
    if (*v < 0 || *v > 1) {
        scenario_complain(r, n->last, SCENARIO_AT_VALUE,
                          "%s is a value, and must be from 0 to 1, found %s",
                          scenario_say_path(r, n->last), scenario_say_value(r, n->last));
        return false;
    }
    return good;
}

/* Is point i in order with the one before it? */
static void check_step(scenario_reader *r, const tdo_node *n, const char *goal,
                       const tdo_criterion *c, size_t i)
{
    double dx = c->value_x[i] - c->value_x[i - 1];
    if (!(dx > 0))
        scenario_complain(r, n->first, SCENARIO_AT_VALUE,
                          "%s must be more than the measurement of the point before, found %s",
                          scenario_say_path(r, n->first), scenario_say_value(r, n->first));
    else if (!isfinite(dx))
        scenario_complain(r, n->first, SCENARIO_AT_VALUE,
                          "%s is further from the point before than a double can hold",
                          scenario_say_path(r, n->first));
    if (goal && (c->value_v[i] - c->value_v[i - 1]) * toward_better[c->goal] < 0)
        scenario_complain(
            r, n->last, SCENARIO_AT_VALUE,
            "%s: with the goal \"%s\" values must not %s from point to point, found %s",
            scenario_say_path(r, n->last), goal, toward_better[c->goal] > 0 ? "fall" : "rise",
            scenario_say_value(r, n->last));
}

static void read_value(scenario_reader *r, const tdo_node *list, const char *goal, size_t criterion)
{
    tdo_criterion *c = &r->s->criteria[criterion];
    bool distance = goal && c->goal == TDO_GOAL_TARGET;
    bool was_good = false; /* the point before */
    size_t i = 0;
    if (list->n < 2) {
        scenario_complain(r, list, SCENARIO_AT_VALUE, "%s must have at least 2 points, found %zu",
                          scenario_say_path(r, list), list->n);
        return;
    }
    c->value_x = scenario_reader_alloc(r, list->n, sizeof *c->value_x);
    c->value_v = scenario_reader_alloc(r, list->n, sizeof *c->value_v);
    if (r->no_memory)
        return;
    c->n_value = list->n;
    for (const tdo_node *n = list->first; n; n = n->next, i++) {
        bool good = read_point(r, n, criterion, distance, &c->value_x[i], &c->value_v[i]);
        if (good && was_good)
            check_step(r, n, goal, c, i);
        was_good = good;
    }
}

void scenario_read_criterion_shape(scenario_reader *r, const tdo_node *range, const tdo_node *value,
                                   const char *goal, size_t criterion)
{
    if (range && value)
        scenario_complain(r, value, SCENARIO_AT_KEY,
                          "%s replaces \"range\", and cannot stand beside it",
                          scenario_say_path(r, value));
    if (range)
        read_range(r, range, goal, criterion);
    if (value)
        read_value(r, value, goal, criterion);
}
