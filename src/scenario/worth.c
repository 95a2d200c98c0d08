/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it costs to know more ("measure"), and what that is paid in ("worth_in"). */
#include <math.h>

#include "scenario/reader.h"

typedef struct measure_keys {
    const tdo_node *criterion, *sd, *cost, *per;
} measure_keys;

static const scenario_key measure_key[] = {
    SCENARIO_KEY(measure_keys, criterion, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(measure_keys, sd, SCENARIO_IS_NUMBER, SCENARIO_REQUIRED),
    SCENARIO_KEY(measure_keys, cost, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(measure_keys, per, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
};

typedef struct worth_keys {
    const tdo_node *criterion, *periods;
} worth_keys;

static const scenario_key worth_key[] = {
    SCENARIO_KEY(worth_keys, criterion, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(worth_keys, periods, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
};

/* A number above 0. */
static void read_positive(scenario_reader *r, const tdo_node *n, double *out)
{
    if (scenario_read_amount(r, n, out) && !(*out > 0))
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must be above 0", scenario_say_path(r, n));
}

static void read_measure(scenario_reader *r, const tdo_node *n, bool worth, tdo_measure_more *out)
{
    measure_keys k = {.criterion = NULL};
    *out = (tdo_measure_more){.criterion = TDO_NONE,
                              .cost = NAN,
                              .per = 1,
                              .place = scenario_place_of(r, n, SCENARIO_AT_VALUE)};
    if (!scenario_expect(r, n, SCENARIO_IS_OBJECT))
        return;
    scenario_read_keys(r, n, measure_key, sizeof measure_key / sizeof *measure_key, &k);
    if (k.criterion)
        (void)scenario_read_criterion_id(r, k.criterion, &out->criterion);
    read_positive(r, k.sd, &out->sd);
    read_positive(r, k.cost, &out->cost);
    if (k.per && !(k.per->number >= 1))
        scenario_complain(r, k.per, SCENARIO_AT_VALUE, "%s must be at least 1, found %s",
                          scenario_say_path(r, k.per), scenario_say_value(r, k.per));
    else if (k.per)
        out->per = k.per->number;
    if (k.cost && !worth)
        scenario_complain(r, k.cost, SCENARIO_AT_KEY,
                          "%s needs \"worth_in\", the criterion in whose unit it is paid",
                          scenario_say_path(r, k.cost));
    for (size_t m = 0; m < r->s->n_measure; m++)
        if (k.criterion && r->s->measure[m].criterion == out->criterion &&
            out->criterion != TDO_NONE)
            scenario_complain(r, k.criterion, SCENARIO_AT_VALUE, "%s is in \"measure\" already",
                              scenario_say_value(r, k.criterion));
}

void scenario_read_worth(scenario_reader *r, const tdo_node *measure, const tdo_node *worth_in)
{
    worth_keys k = {.criterion = NULL};
    r->s->periods = 1;
    if (worth_in) {
        scenario_read_keys(r, worth_in, worth_key, sizeof worth_key / sizeof *worth_key, &k);
        if (k.criterion)
            (void)scenario_read_criterion_id(r, k.criterion, &r->s->worth_in);
        read_positive(r, k.periods, &r->s->periods);
    }
    if (!measure || !measure->n)
        return;
    r->s->measure = scenario_reader_alloc(r, measure->n, sizeof *r->s->measure);
    for (const tdo_node *n = measure->first; n && r->s->measure; n = n->next) {
        tdo_measure_more next;
        read_measure(r, n, worth_in != NULL, &next);
        r->s->measure[r->s->n_measure++] = next;
    }
}
