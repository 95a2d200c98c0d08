/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits: "mix.frontier". */
#include <math.h>

#include "scenario/reader.h"

enum { POINTS = 5000, STEPS = 1000000, MOST_POINTS = 1000000 };
static const double MOST_STEPS = 1e15;

typedef struct split_keys {
    const tdo_node *space, *criteria, *points, *steps;
} split_keys;

static const scenario_key split_key[] = {
    SCENARIO_KEY(split_keys, space, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(split_keys, criteria, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(split_keys, points, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(split_keys, steps, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
};

static const char *const space_name[] = {"criteria", "stakeholders"};
enum { SPACES = sizeof space_name / sizeof *space_name };

/* Too many are counted, not kept. */
static void add_axis(tdo_split_options *o, size_t which)
{
    if (o->axes < TDO_SPLIT_AXES)
        o->axis[o->axes] = which;
    o->axes++;
}

static bool has_axis(const tdo_split_options *o, size_t which)
{
    for (size_t k = 0; k < o->axes && k < TDO_SPLIT_AXES; k++)
        if (o->axis[k] == which)
            return true;
    return false;
}

static void read_axis(scenario_reader *r, const tdo_node *n, tdo_split_options *o)
{
    size_t c = TDO_NONE;
    if (!scenario_expect(r, n, SCENARIO_IS_STRING) || !scenario_read_criterion_id(r, n, &c))
        return;
    if (r->s->criteria[c].mixes_worst)
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must average, but %s mixes \"worst\": it is no axis of the frontier",
                          scenario_say_path(r, n), scenario_say_name(r, n, n->text));
    else if (has_axis(o, c))
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s is in the list twice",
                          scenario_say_name(r, n, n->text));
    else
        add_axis(o, c);
}

static void take_criteria(scenario_reader *r, const tdo_node *list, tdo_split_options *o)
{
    for (const tdo_node *n = list ? list->first : NULL; n; n = n->next)
        read_axis(r, n, o);
    for (size_t c = 0; c < r->s->n_criteria && !list; c++)
        if (!r->s->criteria[c].mixes_worst)
            add_axis(o, c);
}

/* Does anybody with power give weight to a criterion that does not average? */
static size_t worst_weighed(const tdo_scenario *s)
{
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t c = 0; c < s->n_criteria; c++)
            if (s->criteria[c].mixes_worst && s->stakeholders[h].power > 0 &&
                (s->stakeholders[h].only_prefers ||
                 (s->stakeholders[h].weights && s->stakeholders[h].weights[c] > 0)))
                return c;
    return TDO_NONE;
}

static void take_stakeholders(scenario_reader *r, const tdo_node *n, tdo_split_options *o)
{
    const size_t worst = worst_weighed(r->s);
    for (size_t h = 0; h < r->s->n_stakeholders; h++)
        if (r->s->stakeholders[h].power > 0)
            add_axis(o, h);
    if (worst != TDO_NONE)
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "utilities of splits do not average where %s, which mixes \"worst\", has "
                          "weight: %s cannot be \"stakeholders\"",
                          scenario_say_name(r, n, r->s->criteria[worst].id),
                          scenario_say_path(r, n));
}

static void check_axes(scenario_reader *r, const tdo_node *at, const tdo_split_options *o)
{
    const bool criteria = o->space == TDO_SPLITS_OF_CRITERIA;
    if (o->axes >= 2 && o->axes <= TDO_SPLIT_AXES)
        return;
    if (criteria && o->axes > TDO_SPLIT_AXES)
        scenario_complain(
            r, at, SCENARIO_AT_VALUE,
            "a frontier of splits has from 2 to %d axes, this one has %zu criteria that "
            "average; name those that count: \"mix\": {\"frontier\": {\"space\": "
            "\"criteria\", \"criteria\": [%s, %s]}}",
            TDO_SPLIT_AXES, o->axes, scenario_say_name(r, at, r->s->criteria[o->axis[0]].id),
            scenario_say_name(r, at, r->s->criteria[o->axis[1]].id));
    else
        scenario_complain(r, at, SCENARIO_AT_VALUE,
                          "a frontier of splits has from 2 to %d axes, this one has %zu %s",
                          TDO_SPLIT_AXES, o->axes,
                          criteria ? "criteria that average" : "stakeholders with power");
}

static bool read_count(scenario_reader *r, const tdo_node *n, double most, double *out)
{
    if (!n)
        return false;
    if (!(n->number >= 1) || n->number > most || floor(n->number) < n->number) {
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must be a whole number from 1 to %.0f",
                          scenario_say_path(r, n), most);
        return false;
    }
    *out = n->number;
    return true;
}

void scenario_read_splits(scenario_reader *r, const tdo_node *n)
{
    tdo_split_options *o = &r->s->mix.frontier;
    split_keys k = {.space = NULL};
    size_t space = 0;
    double points = POINTS;
    *o = (tdo_split_options){.steps = STEPS};
    scenario_read_keys(r, n, split_key, sizeof split_key / sizeof *split_key, &k);
    (void)read_count(r, k.points, MOST_POINTS, &points);
    (void)read_count(r, k.steps, MOST_STEPS, &o->steps);
    o->points = (size_t)points;
    if (!scenario_read_choice(r, k.space, space_name, SPACES, &space))
        return;
    o->space = space == 0 ? TDO_SPLITS_OF_CRITERIA : TDO_SPLITS_OF_STAKEHOLDERS;
    if (k.criteria && o->space == TDO_SPLITS_OF_STAKEHOLDERS)
        scenario_complain(r, k.criteria, SCENARIO_AT_KEY,
                          "%s are the axes of the space \"criteria\" only",
                          scenario_say_path(r, k.criteria));
    if (r->facts_only && o->space == TDO_SPLITS_OF_STAKEHOLDERS)
        return; /* nobody need be there */
    const size_t before = r->complaints;
    if (o->space == TDO_SPLITS_OF_CRITERIA)
        take_criteria(r, k.criteria, o);
    else
        take_stakeholders(r, k.space, o);
    if (r->complaints == before)
        check_axes(r, k.criteria ? k.criteria : k.space, o);
}
