/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "scenario/reader.h"

typedef struct stakeholder_keys {
    const tdo_node *label, *power, *weights, *prefers, *needs;
} stakeholder_keys;

static const tdo_key stakeholder_key[] = {
    TDO_KEY(stakeholder_keys, label, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(stakeholder_keys, power, TDO_IS_NUMBER, TDO_OPTIONAL),
    TDO_KEY(stakeholder_keys, weights, TDO_IS_OBJECT, TDO_OPTIONAL),
    TDO_KEY(stakeholder_keys, prefers, TDO_IS_LIST, TDO_OPTIONAL),
    TDO_KEY(stakeholder_keys, needs, TDO_IS_OBJECT, TDO_OPTIONAL),
};
enum { STAKEHOLDER_KEYS = sizeof stakeholder_key / sizeof *stakeholder_key };

typedef struct need_keys {
    const tdo_node *min, *max, *veto;
} need_keys;

static const tdo_key need_key[] = {
    TDO_KEY(need_keys, min, TDO_IS_ANY, TDO_OPTIONAL),
    TDO_KEY(need_keys, max, TDO_IS_ANY, TDO_OPTIONAL),
    TDO_KEY(need_keys, veto, TDO_IS_BOOL, TDO_OPTIONAL),
};
enum { NEED_KEYS = sizeof need_key / sizeof *need_key };

/* The criterion that a key of weights or needs names, or TDO_NONE. */
static size_t named_criterion(tdo_reader *r, const tdo_node *n)
{
    size_t i = tdo_find_criterion(r, n->key);

    if (i == TDO_NONE)
        tdo_complain(r, n, TDO_AT_KEY, "unknown criterion %s in %s%s", tdo_say_name(r, n, n->key),
                     tdo_say_path(r, n->parent),
                     tdo_say_nearest(r, n, n->key, "criteria", r->criterion_id, r->s->n_criteria));
    return i;
}

static void read_weights(tdo_reader *r, const tdo_node *weights, tdo_stakeholder *s)
{
    size_t before = r->complaints;
    double sum = 0;

    if (weights == NULL)
        return;
    for (const tdo_node *n = weights->first; n != NULL; n = n->next) {
        size_t i = named_criterion(r, n);
        double weight = 0;
        if (!tdo_expect(r, n, TDO_IS_NUMBER) || !tdo_read_amount(r, n, &weight) || i == TDO_NONE)
            continue;
        s->weights[i] = weight;
        sum += weight;
    }
    if (!isfinite(sum))
        tdo_complain(r, weights, TDO_AT_VALUE, "the sum of %s is more than a double can hold",
                     tdo_say_path(r, weights));
    else if (sum == 0 && r->complaints == before)
        tdo_complain(r, weights, TDO_AT_VALUE, "%s must have a weight that is more than 0",
                     tdo_say_path(r, weights));
}

static void read_need(tdo_reader *r, const tdo_node *n, tdo_stakeholder *s)
{
    size_t criterion = named_criterion(r, n);
    need_keys k = {.min = NULL};
    tdo_condition is = {.criterion = criterion};

    if (!tdo_expect(r, n, TDO_IS_OBJECT))
        return;
    tdo_read_keys(r, n, need_key, NEED_KEYS, &k);
    if (tdo_is_missing(n, need_key, NEED_KEYS, "min") &&
        tdo_is_missing(n, need_key, NEED_KEYS, "max"))
        tdo_complain(r, n, TDO_AT_VALUE, "%s must have a \"min\" or a \"max\"", tdo_say_path(r, n));
    if (criterion == TDO_NONE)
        return; /* whether its bounds may be levels is not known */
    tdo_read_bounds(r, k.min, k.max, criterion, &is);
    s->needs[s->n_needs++] = (tdo_need){.criterion = criterion,
                                        .has_min = is.has_min,
                                        .has_max = is.has_max,
                                        .min = is.min,
                                        .max = is.max,
                                        .veto = k.veto != NULL && k.veto->yes,
                                        .place = tdo_place_of(r, n, TDO_AT_VALUE)};
}

static void read_stakeholder(tdo_reader *r, const tdo_node *n, tdo_stakeholder *s)
{
    stakeholder_keys k = {.label = NULL};

    tdo_check_id(r, n, "stakeholder");
    *s = (tdo_stakeholder){.id = n->key, .label = n->key, .power = 1};
    s->place = tdo_place_of(r, n, TDO_AT_VALUE);
    s->weights = tdo_reader_alloc(r, r->s->n_criteria, sizeof *s->weights);
    s->needs = tdo_reader_alloc(r, r->s->n_criteria, sizeof *s->needs);
    if (r->no_memory || !tdo_expect(r, n, TDO_IS_OBJECT))
        return;
    tdo_read_keys(r, n, stakeholder_key, STAKEHOLDER_KEYS, &k);
    if (tdo_is_missing(n, stakeholder_key, STAKEHOLDER_KEYS, "weights") &&
        tdo_is_missing(n, stakeholder_key, STAKEHOLDER_KEYS, "prefers"))
        tdo_complain(r, n, TDO_AT_VALUE, "%s must have \"weights\" or \"prefers\"",
                     tdo_say_path(r, n));
    tdo_read_name(r, k.label, &s->label);
    (void)tdo_read_amount(r, k.power, &s->power);
    read_weights(r, k.weights, s);
    s->only_prefers = k.weights == NULL;
    if (k.prefers != NULL)
        tdo_read_prefers(r, k.prefers, s);
    if (k.needs != NULL)
        for (const tdo_node *need = k.needs->first; need != NULL; need = need->next)
            read_need(r, need, s);
}

static void check_powers(tdo_reader *r, const tdo_node *n)
{
    double sum = 0;

    for (size_t i = 0; i < r->s->n_stakeholders; i++)
        sum += r->s->stakeholders[i].power;
    if (!isfinite(sum))
        tdo_complain(r, n, TDO_AT_VALUE, "the sum of the powers is more than a double can hold");
    else if (sum == 0)
        tdo_complain(r, n, TDO_AT_VALUE, "every power is 0: at least one must be more");
}

void tdo_read_stakeholders(tdo_reader *r, const tdo_node *people)
{
    tdo_scenario *s = r->s;
    size_t n = people->n < TDO_MAX_STAKEHOLDERS ? people->n : TDO_MAX_STAKEHOLDERS, i = 0;

    s->stakeholders = tdo_reader_alloc(r, n, sizeof *s->stakeholders);
    if (r->no_memory)
        return;
    if (people->n == 0) {
        tdo_complain(r, people, TDO_AT_VALUE, "there must be at least one stakeholder");
        return;
    }
    s->n_stakeholders = n;
    for (const tdo_node *p = people->first; p != NULL; p = p->next, i++) {
        if (i == n) {
            tdo_complain(r, p, TDO_AT_KEY, "%zu stakeholders, at most %d are allowed", people->n,
                         TDO_MAX_STAKEHOLDERS);
            break;
        }
        read_stakeholder(r, p, &s->stakeholders[i]);
    }
    check_powers(r, people);
}
