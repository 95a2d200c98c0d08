/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the scenario's own reader says to a stakeholder with other wishes: so a ballot may say what
 * a scenario may, and nothing else. */
#include "meeting/ballot.h"

#include "tradeoff/region.h"

/* The stakeholder of that place. */
static tdo_node *gather_person(const tdo_node *people, size_t h)
{
    tdo_node *n = people->first;
    while (n && n->index != h)
        n = n->next;
    return n;
}

/* Statements on whole candidates are weighed by the values of the facts. */
static tdo_status weigh(const gather *g, const tdo_scenario **s, tdo_report *report)
{
    const tdo_run *run = g->request->run;
    tdo_warnings unsaid = {0};
    tdo_valued valued;
    if (!tdo_compares_wholes(*s))
        return TDO_OK;
    tdo_status status =
        tdo_value(run->scenario, &run->measured, &run->screened, g->a, &valued, &unsaid);
    return status == TDO_OK ? tdo_weigh_statements(s, &run->measured, &valued, g->a, report)
                            : status;
}

tdo_status gather_read(const gather *g, const char *text, size_t length, const tdo_scenario **out,
                       tdo_report *report)
{
    const tdo_overrides over = {.text = {text, length}, .allow_outside = g->request->allow_outside};
    tdo_regions regions;
    tdo_status status = tdo_scenario_read(g->s->file, &over, g->a, out, report);
    if (status == TDO_OK)
        status = weigh(g, out, report);
    if (status == TDO_OK)
        status = tdo_find_regions(out, g->a, &regions, report);
    return status;
}

tdo_status gather_try(const gather *g, size_t h, const tdo_node *value, const tdo_scenario **out,
                      tdo_report *report)
{
    tdo_sink o = tdo_sink_memory(g->a);
    tdo_node *who = gather_person(g->people, h);
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
