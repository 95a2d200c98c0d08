/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The allowed weights of every stakeholder, and the nominal ones of those who only compare. */
#include "base/array.h"
#include "region/region.h"

static tdo_status find_powers(const tdo_scenario *s, region_finding k, tdo_stakeholder *who,
                              bool *complained)
{
    double power[TDO_MAX_STAKEHOLDERS] = {0};
    k.what = "powers";
    k.place = &s->powers_place;
    k.part = s->powers;
    k.n_parts = s->n_powers;
    k.nominal = power;
    k.all = s->n_stakeholders;
    for (size_t h = 0; h < s->n_stakeholders; h++)
        k.given |= s->stakeholders[h].has_power;
    for (size_t h = 0; h < s->n_stakeholders && k.given; h++)
        power[h] = s->stakeholders[h].power;
    k.every = !k.given;
    tdo_status status = region_find(&k, complained);
    for (size_t h = 0; h < s->n_stakeholders && status == TDO_OK; h++)
        who[h].power = power[h];
    return status;
}

/* The nominal weights of those who have only statements: none yet. */
static double *own_weights(const tdo_scenario *s, const tdo_stakeholder *h, tdo_arena *a)
{
    return h->only_prefers ? tdo_alloc(a, s->n_criteria, sizeof *h->weights)
                           : array_copy(a, h->weights, s->n_criteria, sizeof *h->weights);
}

static tdo_status find_weights(const tdo_scenario *s, region_finding k, tdo_stakeholder *h,
                               bool *complained)
{
    double *weights = own_weights(s, h, k.a);
    k.what = "weights";
    k.who = h;
    k.place = &h->place;
    k.part = h->prefers;
    k.n_parts = h->n_prefers;
    k.vague = h->vague;
    k.given = !h->only_prefers;
    k.nominal = weights;
    k.all = s->n_criteria;
    h->weights = weights;
    return weights ? region_find(&k, complained) : TDO_E_MEMORY;
}

tdo_status tdo_find_regions(const tdo_scenario **s, tdo_arena *a, tdo_regions *out,
                            tdo_report *report)
{
    const size_t people = (*s)->n_stakeholders;
    tdo_scenario *settled = array_copy(a, *s, 1, sizeof **s);
    tdo_stakeholder *who = array_copy(a, (*s)->stakeholders, people, sizeof *who);
    tdo_region *of = tdo_alloc(a, people, sizeof *of);
    tdo_regions y = {.s = people, .region = of, .any = (*s)->n_powers > 0};
    tdo_status status = settled && who && of ? TDO_OK : TDO_E_MEMORY;
    bool complained = false;
    for (size_t h = 0; h < people && status == TDO_OK; h++) {
        if (!who[h].n_prefers && !(who[h].vague > 0))
            continue;
        y.any = true;
        status = find_weights(*s, (region_finding){.r = &of[h], .a = a, .report = report}, &who[h],
                              &complained);
    }
    if (status == TDO_OK && (*s)->n_powers > 0)
        status = find_powers(*s, (region_finding){.r = &y.powers, .a = a, .report = report}, who,
                             &complained);
    if (status == TDO_OK && complained)
        status = TDO_E_INPUT;
    if (status != TDO_OK)
        return status;
    *out = y;
    settled->stakeholders = who;
    if (y.any)
        *s = settled;
    return TDO_OK;
}
