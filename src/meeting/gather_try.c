/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the scenario's own reader says to a stakeholder with other wishes: so a ballot may say what
 * a scenario may, and nothing else. */
#include "meeting/ballot.h"

#include "tradeoff/region.h"

#include <assert.h>
#include <math.h>

/* The stakeholder of that place. */
static tdo_node *gather_person(const tdo_node *people, size_t h)
{
    tdo_node *n = people->first;
    while (n && n->index != h)
        n = n->next;
    return n;
}

tdo_status tdo_read_wishes(const tdo_run *run, tdo_bytes text, bool allow_outside, tdo_arena *a,
                           const tdo_scenario **out, tdo_report *report)
{
    const tdo_overrides over = {.text = text, .allow_outside = allow_outside};
    tdo_warnings unsaid = {0};
    tdo_valued valued;
    tdo_regions regions;
    tdo_status status = tdo_scenario_read(run->scenario->file, &over, a, out, report);
    if (status == TDO_OK && tdo_compares_wholes(*out)) {
        status = tdo_value(run->scenario, &run->measured, &run->screened, a, &valued, &unsaid);
        if (status == TDO_OK)
            status = tdo_weigh_statements(out, &run->measured, &valued, a, report);
    }
    if (status == TDO_OK)
        status = tdo_find_regions(out, a, &regions, report);
    return status;
}

tdo_status gather_read(const gather *g, const char *text, size_t length, const tdo_scenario **out,
                       tdo_report *report)
{
    return tdo_read_wishes(g->request->run, (tdo_bytes){text, length}, g->request->allow_outside,
                           g->a, out, report);
}

tdo_status gather_try(const gather *g, size_t h, const tdo_node *value, const tdo_scenario **out,
                      tdo_report *report)
{
    tdo_sink o = tdo_sink_memory(g->a);
    tdo_node *who = gather_person(g->people, h);
    assert(who);
    const tdo_node kept = *who;
    if (value)
        json_node_replace(who, value);
    json_node_write(g->root, &o);
    *who = kept;
    for (tdo_node *child = who->first; child; child = child->next)
        child->parent = who;
    if (o.failed)
        return TDO_E_MEMORY;
    return gather_read(g, o.text, o.length, out, report);
}

tdo_status gather_try_ballot(const gather *g, size_t h, const tdo_ballot *b,
                             const tdo_scenario **out, tdo_report *report)
{
    tdo_ballot wishes = *b;
    wishes.power = NAN; /* it counts among ballots only */
    wishes.n_objections = 0;
    const tdo_node *value = gather_stakeholder(g, gather_person(g->people, h), &wishes);
    return value ? gather_try(g, h, value, out, report) : TDO_E_MEMORY;
}
