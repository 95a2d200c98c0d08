/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each ballot for a stakeholder as one of its own, with its share of the power. */
#include "meeting/ballot.h"

#include <math.h>
#include <string.h>

/* An id for the ballot: that of the stakeholder and whoever it is from, in letters and digits. */
static const char *each_id(const gather *g, const char *who, const char *by, const tdo_node *people)
{
    tdo_sink o = tdo_sink_memory(g->a);
    tdo_putf(&o, "%s-", who);
    const size_t start = o.length;
    for (const char *p = by ? by : ""; *p; p++) {
        const char low = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
        if ((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9'))
            tdo_put(&o, &low, 1);
        else if (o.length > start && o.text[o.length - 1] != '-')
            tdo_puts(&o, "-");
    }
    if (o.failed)
        return NULL;
    while (o.length > start && o.text[o.length - 1] == '-')
        o.text[--o.length] = '\0';
    const char *id = o.length > start ? o.text : tdo_text(g->a, "%s-1", who);
    for (size_t k = 2; id && (json_node_find(people, id) || json_node_find(g->people, id)); k++)
        id = o.length > start ? tdo_text(g->a, "%s-%zu", o.text, k)
                              : tdo_text(g->a, "%s-%zu", who, k);
    return id;
}

/* ---- what names the stakeholder, who is none any more ---- */

static tdo_status refuse(gather *g, const tdo_gathered_for *of, const tdo_node *at, const char *why)
{
    tdo_error err = {.status = TDO_OK};
    const char *id = g->s->stakeholders[of->stakeholder].id;
    tdo_status status = tdo_fail_at(&err, TDO_E_INPUT, g->s->file, at->start.line, at->start.column,
                                    "%s, and \"%s\" would be %zu stakeholders with --merge each: "
                                    "take it out, gather, and write "
                                    "it again for those; or take --merge mean",
                                    why, id, of->voices);
    tdo_report_add(g->report, &err);
    g->complaints++;
    return status;
}

/* The order of a rule: stages of ids. */
static tdo_status check_order(gather *g, const tdo_gathered_for *of)
{
    const tdo_node *rule = json_node_find(g->root, "rule");
    const tdo_node *order = rule && rule->type == JSON_NODE_OBJECT ? json_node_find(rule, "order")
                                                                   : NULL;
    const char *id = g->s->stakeholders[of->stakeholder].id;
    for (const tdo_node *stage = order ? order->first : NULL; stage; stage = stage->next)
        for (const tdo_node *n = stage->type == JSON_NODE_LIST ? stage->first : stage; n;
             n = stage->type == JSON_NODE_LIST ? n->next : NULL)
            if (n->type == JSON_NODE_STRING && strcmp(n->text, id) == 0)
                return refuse(g, of, n, "rule.order names who comes first");
    return TDO_OK;
}

/* "powers" with this stakeholder in it; or they alone say what everybody counts. */
static tdo_status check_powers(gather *g, const tdo_gathered_for *of)
{
    const tdo_node *list = json_node_find(g->root, "powers");
    bool names = false, given = false;
    for (size_t k = 0; k < g->s->n_powers; k++)
        names |= fabs(g->s->powers[k].coefficient[of->stakeholder]) > 0;
    for (size_t h = 0; h < g->s->n_stakeholders; h++)
        given |= g->s->stakeholders[h].has_power;
    if (list && names)
        return refuse(g, of, list, "powers names it");
    return list && g->s->n_powers && !given
               ? refuse(g, of, list, "powers alone say what everybody counts")
               : TDO_OK;
}

tdo_status gather_keep_each(gather *g, tdo_gathered_for *of, const uint32_t *voice,
                            const tdo_node *now, tdo_node *people)
{
    const tdo_stakeholder *who = &g->s->stakeholders[of->stakeholder];
    tdo_status status = check_order(g, of);
    if (status == TDO_OK)
        status = check_powers(g, of);
    for (size_t k = 0; k < of->voices && status == TDO_OK; k++) {
        tdo_ballot b = g->ballot[voice[k]].ballot;
        b.power = who->power * gather_share(g, of, voice, of->voices, voice[k]);
        const char *id = each_id(g, who->id, b.by, people);
        const char *label = b.by ? tdo_text(g->a, "%s (%s)", who->label, b.by)
                                 : tdo_text(g->a, "%s (%zu)", who->label, k + 1);
        tdo_node *value = gather_stakeholder(g, now, &b);
        tdo_node *name = json_node_new(g->a, JSON_NODE_STRING, "a ballot", label);
        if (!id || !label || !value || !name)
            return TDO_E_MEMORY;
        gather_put(value, "label", name);
        json_node_append(people, id, value);
        status = gather_list_changes(g, of, id, now, value);
    }
    return status;
}
