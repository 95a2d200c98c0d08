/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects what people wrote: reads ballots, puts their wishes into a scenario, says how far they
 * are apart. */
#include "meeting/ballot.h"

#include <string.h>

#include "files/source.h"

/* ---- the scenario as it was written ---- */

static tdo_status read_scenario(gather *g, tdo_error *err)
{
    const tdo_scenario *s = g->s;
    source_text all = {.bytes = NULL};
    json_text text = {.bytes = s->json, .length = strlen(s->json), .file = s->file};
    if (strcmp(s->file, "-") != 0) { /* standard input gave its bytes once */
        tdo_status status = source_slurp(s->file, s->file, TDO_MAX_SCENARIO_BYTES, g->a, &all, err);
        if (status != TDO_OK)
            return status;
        text.bytes = all.bytes;
        text.length = all.length;
        if (strcmp(all.sha256, s->sha256) != 0)
            return tdo_fail_at(err, TDO_E_INPUT, s->file, 0, 0, "changed while it was read");
    }
    g->text = text;
    tdo_status status = json_parse(text, TDO_MAX_SCENARIO_DEPTH, g->a, &g->root, err);
    g->people = status == TDO_OK ? json_node_find(g->root, "stakeholders") : NULL;
    return status == TDO_OK && !g->people ? tdo_fail(err, TDO_E_INTERNAL, "no stakeholders")
                                          : status;
}

/* ---- the ballots ---- */

static tdo_status read_ballots(gather *g, size_t *stakeholder)
{
    const tdo_gather_request *q = g->request;
    tdo_status status = TDO_OK;
    bool failed = false;
    for (size_t b = 0; b < q->n_files && status == TDO_OK; b++) {
        tdo_error err = {.status = TDO_OK};
        g->n = b + 1;
        g->ballot[b].file = q->file[b];
        status = ballot_read_file(q->file[b], g->a, &g->ballot[b], &err);
        if (status == TDO_OK)
            status = gather_fit(g, b, &stakeholder[b]);
        else
            tdo_report_add(g->report, &err);
        if (status == TDO_OK && stakeholder[b] != TDO_NONE)
            status = gather_complete(g, b, stakeholder[b]);
        if (status == TDO_E_INPUT) { /* the others are looked at, too */
            failed = true;
            status = TDO_OK;
        }
    }
    return status == TDO_OK && (failed || g->complaints) ? TDO_E_INPUT : status;
}

/* The ballots for stakeholder h, in the order in which they were named. */
static size_t list_voices(const gather *g, const size_t *stakeholder, size_t h, uint32_t *voice)
{
    size_t n = 0;
    for (size_t b = 0; b < g->n; b++)
        if (stakeholder[b] == h)
            voice[n++] = (uint32_t)b;
    return n;
}

/* ---- the scenario as it will be: all but the stakeholders with ballots byte for byte ---- */

/* Puts what stands in people, from the first one made on, where the stakeholder stood. */
static tdo_status put_made(gather *g, const tdo_node *now, const tdo_node *first, size_t *done,
                           tdo_sink *o)
{
    json_span span;
    if (!json_entry_span(g->text, now, &span))
        return TDO_E_INTERNAL;
    tdo_put(o, g->text.bytes + *done, span.start - *done);
    for (const tdo_node *made = first; made; made = made->next) {
        json_node_write_entry(made, made->key, span.indent, o);
        if (!made->next)
            continue;
        tdo_puts(o, ",\n");
        for (size_t k = 0; k < span.indent; k++)
            tdo_puts(o, " ");
    }
    *done = span.end;
    return TDO_OK;
}

/* Everybody anew, in the scenario's order. */
static tdo_status merge_all(gather *g, const size_t *stakeholder, tdo_gathered *out)
{
    tdo_gathered_for *of = tdo_alloc(g->a, g->s->n_stakeholders, sizeof *of);
    tdo_sink o = tdo_sink_memory(g->a);
    tdo_status status = of ? TDO_OK : TDO_E_MEMORY;
    const tdo_node *now = g->people->first;
    size_t done = 0;
    for (size_t h = 0; h < g->s->n_stakeholders && status == TDO_OK; h++, now = now->next) {
        uint32_t *voice = tdo_alloc(g->a, g->n, sizeof *voice);
        tdo_node *people = json_node_new(g->a, JSON_NODE_OBJECT, "ballots", NULL);
        tdo_gathered_for *x = &of[out->n_who];
        if (!voice || !people)
            return TDO_E_MEMORY;
        *x = (tdo_gathered_for){.stakeholder = h, .voices = list_voices(g, stakeholder, h, voice)};
        if (!x->voices)
            continue;
        status = gather_find_spread(g, x, voice);
        if (status == TDO_OK)
            status = gather_merge(g, x, voice, now, people);
        if (status == TDO_OK)
            status = put_made(g, now, people->first, &done, &o);
        out->n_who++;
    }
    tdo_put(&o, g->text.bytes + done, g->text.length - done);
    out->who = of;
    out->scenario = o.text;
    out->length = o.length;
    return status == TDO_OK && o.failed ? TDO_E_MEMORY : status;
}

/* What is written must be read. */
static tdo_status check_written(gather *g, const tdo_gathered *out)
{
    tdo_error err = {.status = TDO_OK};
    tdo_report report = {0};
    const tdo_scenario *s = NULL;
    tdo_status status = gather_read(g, out->scenario, out->length, &s, &report);
    if (status == TDO_E_INPUT) {
        status = tdo_fail_at(&err, TDO_E_INPUT, g->s->file, 0, 0,
                             "with these ballots in it the scenario could not be read: %s",
                             report.item[0].text);
        tdo_report_add(g->report, &err);
    }
    return status;
}

tdo_status tdo_gather(const tdo_gather_request *request, tdo_arena *a, tdo_gathered *out,
                      tdo_report *report)
{
    tdo_error err = {.status = TDO_OK};
    const size_t n = request->n_files;
    gather g = {.request = request, .s = request->run->scenario, .a = a, .report = report};
    size_t *stakeholder = tdo_alloc(a, n, sizeof *stakeholder);
    tdo_ballot *ballot = tdo_alloc(a, n, sizeof *ballot);
    g.ballot = tdo_alloc(a, n, sizeof *g.ballot);
    *out = (tdo_gathered){.file = request->file, .merge = request->merge};
    if (!stakeholder || !ballot || !g.ballot)
        return TDO_E_MEMORY;
    tdo_status status = read_scenario(&g, &err);
    if (status != TDO_OK) {
        tdo_report_add(report, &err);
        return status;
    }
    status = read_ballots(&g, stakeholder);
    if (status == TDO_OK)
        status = merge_all(&g, stakeholder, out);
    if (status == TDO_OK)
        status = check_written(&g, out);
    for (size_t b = 0; b < n; b++)
        ballot[b] = g.ballot[b].ballot;
    out->ballot = ballot;
    out->n_ballots = n;
    out->misfit = g.misfit;
    out->n_misfits = g.n_misfits;
    return status;
}
