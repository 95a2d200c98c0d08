/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several ballots for one stakeholder become one, or stay side by side. */
#include "base/decimal.h"
#include "meeting/ballot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const tdo_merge_name[TDO_MERGES] = {
    [TDO_MERGE_MEAN] = "mean", [TDO_MERGE_COMMON] = "common", [TDO_MERGE_EACH] = "each"};

/* ---- needs: all of them hold ---- */

/* A bound as a number: a level by its place. NaN: none. */
static double bound_value(const tdo_criterion *c, const char *text)
{
    double x = (double)NAN;
    if (text && text[0] != '"')
        (void)tdo_number_read(text, strlen(text), &x);
    for (size_t k = 0; text && text[0] == '"' && k < c->n_levels; k++) {
        size_t length = strlen(c->levels[k]);
        if (strlen(text) == length + 2 && strncmp(text + 1, c->levels[k], length) == 0)
            x = (double)k;
    }
    return x;
}

static const tdo_criterion *criterion_of(const gather *g, const char *id)
{
    for (size_t c = 0; c < g->s->n_criteria; c++)
        if (strcmp(g->s->criteria[c].id, id) == 0)
            return &g->s->criteria[c];
    return NULL;
}

/* Makes *into as strict as both. False: nothing could meet it. */
static bool tighten(const tdo_criterion *c, tdo_ballot_need *into, const tdo_ballot_need *need)
{
    if (need->min && !(bound_value(c, into->min) >= bound_value(c, need->min)))
        into->min = need->min;
    if (need->max && !(bound_value(c, into->max) <= bound_value(c, need->max)))
        into->max = need->max;
    into->veto |= need->veto;
    return !(bound_value(c, into->min) > bound_value(c, into->max));
}

static tdo_status merge_needs(gather *g, const tdo_gathered_for *of, const uint32_t *voice,
                              tdo_ballot *out)
{
    tdo_ballot_need *kept = tdo_alloc(g->a, g->s->n_criteria, sizeof *kept);
    size_t n = 0;
    if (!kept)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < of->voices; k++) {
        const ballot_read *b = &g->ballot[voice[k]];
        for (size_t q = 0; q < b->ballot.n_needs; q++) {
            const tdo_ballot_need *need = &b->ballot.need[q];
            size_t at = 0;
            while (at < n && strcmp(kept[at].criterion, need->criterion) != 0)
                at++;
            if (at == n)
                kept[n++] = *need;
            else if (!tighten(criterion_of(g, need->criterion), &kept[at], need))
                return gather_complain(
                    g, voice[k], json_node_find(json_node_find(b->top, "needs"), need->criterion),
                    "needs.%s cannot hold together with those of the ballots before it; keep each "
                    "with --merge each",
                    need->criterion);
        }
    }
    out->need = kept;
    out->n_needs = n;
    return TDO_OK;
}

static tdo_status merge_objections(gather *g, const tdo_gathered_for *of, const uint32_t *voice,
                                   tdo_ballot *out)
{
    size_t n = 0;
    for (size_t k = 0; k < of->voices; k++)
        n += g->ballot[voice[k]].ballot.n_objections;
    tdo_objection *said = tdo_alloc(g->a, n, sizeof *said);
    if (!said)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < of->voices; k++)
        for (size_t q = 0; q < g->ballot[voice[k]].ballot.n_objections; q++)
            said[out->n_objections++] = g->ballot[voice[k]].ballot.objection[q];
    out->objection = said;
    return TDO_OK;
}

/* The mean of the powers, where somebody says one. */
static double mean_power(const gather *g, const tdo_gathered_for *of, const uint32_t *voice)
{
    double sum = 0;
    bool said = false;
    for (size_t k = 0; k < of->voices; k++) {
        said |= isfinite(g->ballot[voice[k]].ballot.power);
        sum += gather_power(g, of, voice[k]);
    }
    return said ? sum / (double)of->voices : (double)NAN;
}

/* ---- by mean ---- */

enum { VAGUE_DIGITS = 6 };

/* How far the mean may be off, rounded up: the mean of how far they may, none where nobody says so.
 */
static double mean_vague(const gather *g, const tdo_gathered_for *of)
{
    double sum = 0, counted = 0, plain = 0;
    for (size_t k = 0; k < of->n; k++) {
        const double vague = g->ballot[of->ballot[k]].ballot.vague;
        const double power = gather_power(g, of, of->ballot[k]);
        sum += isfinite(vague) ? power * vague : 0;
        plain += isfinite(vague) ? vague : 0;
        counted += power;
    }
    const double mean = counted > 0 ? sum / counted : plain / (double)of->n;
    return mean > 0 ? fmin(decimal_beyond(mean, VAGUE_DIGITS, true), 1) : (double)NAN;
}

static tdo_status merge_mean(const gather *g, const tdo_gathered_for *of, tdo_ballot *out)
{
    tdo_ballot_weight *w = tdo_alloc(g->a, g->s->n_criteria, sizeof *w);
    if (!w)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < g->s->n_criteria && of->n; c++)
        if (of->mean[c] > 0)
            w[out->n_weights++] = (tdo_ballot_weight){g->s->criteria[c].id, of->mean[c]};
    out->weight = w;
    out->vague = out->n_weights ? mean_vague(g, of) : (double)NAN;
    return TDO_OK;
}

/* ---- by what is common ---- */

/* A name as statements have it. */
static void put_name(tdo_sink *o, const char *id)
{
    tdo_putf(o, "`%s`", id);
}

/* What "vague" leaves open, as statements: digits that statements can hold, away from the
 * middle. */
static tdo_status add_vague(gather *g, const tdo_gathered_for *of, size_t voice, const char **text,
                            size_t *n)
{
    const double step = 1e-12, *w = &of->weight[voice * g->s->n_criteria];
    const double vague = g->ballot[of->ballot[voice]].ballot.vague;
    for (size_t c = 0; c < g->s->n_criteria; c++) {
        double off = fmin(vague, fmin(w[c], 1 - w[c]));
        tdo_sink o = tdo_sink_memory(g->a);
        if (!(w[c] > 0))
            continue;
        tdo_put_rounded(&o, fmax(floor((w[c] - off) / step) * step, 0), 12);
        tdo_puts(&o, " <= ");
        put_name(&o, g->s->criteria[c].id);
        tdo_puts(&o, " <= ");
        tdo_put_rounded(&o, fmin(ceil((w[c] + off) / step) * step, 1), 12);
        if (o.failed)
            return TDO_E_MEMORY;
        text[(*n)++] = o.text;
    }
    return TDO_OK;
}

/* What counts for nothing in one ballot counts for nothing in common, though others name it. */
static tdo_status add_zeros(gather *g, const tdo_gathered_for *of, const char **text, size_t *n)
{
    const size_t d = g->s->n_criteria;
    for (size_t c = 0; c < d; c++) {
        bool without = false, with = false;
        tdo_sink o = tdo_sink_memory(g->a);
        for (size_t k = 0; k < of->n; k++) {
            without |= !(of->weight[k * d + c] > 0);
            with |= of->weight[k * d + c] > 0;
        }
        if (!without || !with)
            continue;
        put_name(&o, g->s->criteria[c].id);
        tdo_puts(&o, " <= 0");
        if (o.failed)
            return TDO_E_MEMORY;
        text[(*n)++] = o.text;
    }
    return TDO_OK;
}

static void add_texts(const char **text, size_t *n, const char *const *more, size_t n_more)
{
    for (size_t k = 0; k < n_more; k++) {
        size_t at = 0;
        while (at < *n && strcmp(text[at], more[k]) != 0)
            at++;
        if (at == *n)
            text[(*n)++] = more[k];
    }
}

static tdo_status merge_common(gather *g, const tdo_gathered_for *of, tdo_ballot *out)
{
    size_t most = g->s->n_criteria;
    for (size_t k = 0; k < of->n; k++)
        most += g->ballot[of->ballot[k]].ballot.n_prefers +
                g->ballot[of->ballot[k]].ballot.n_rates + g->s->n_criteria;
    const char **prefers = tdo_alloc(g->a, most, sizeof *prefers);
    const char **rates = tdo_alloc(g->a, most, sizeof *rates);
    tdo_status status = prefers && rates ? TDO_OK : TDO_E_MEMORY;
    for (size_t k = 0; k < of->n && status == TDO_OK; k++) {
        const ballot_read *b = &g->ballot[of->ballot[k]];
        if (b->ballot.n_weights && !b->ballot.n_prefers && !b->ballot.n_rates &&
            !isfinite(b->ballot.vague))
            return gather_complain(g, of->ballot[k], json_node_find(b->top, "weights"),
                                   "weights alone leave nothing open that could be common: "
                                   "\"vague\" says how far they may be off, or take --merge mean");
        add_texts(prefers, &out->n_prefers, b->ballot.prefers, b->ballot.n_prefers);
        add_texts(rates, &out->n_rates, b->ballot.rates, b->ballot.n_rates);
        if (isfinite(b->ballot.vague))
            status = add_vague(g, of, k, prefers, &out->n_prefers);
    }
    if (status == TDO_OK)
        status = add_zeros(g, of, prefers, &out->n_prefers);
    out->prefers = prefers;
    out->rates = rates;
    return status;
}

/* Nothing is common to all: said with the statements that clash. */
static tdo_status check_common(gather *g, const tdo_gathered_for *of, const tdo_node *value)
{
    tdo_report report = {0};
    const tdo_scenario *s = NULL;
    tdo_status status = gather_try(g, of->stakeholder, value, &s, &report);
    if (status != TDO_E_INPUT)
        return status;
    const uint32_t last = of->ballot[of->n - 1];
    return gather_complain(g, last, g->ballot[last].top,
                           "the ballots for %s have no weights in common: %s; take --merge mean, "
                           "or --merge each",
                           g->s->stakeholders[of->stakeholder].id, report.item[0].text);
}

/* ---- each kept ---- */

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
    for (size_t k = 2; id && json_node_find(people, id); k++)
        id = o.length > start ? tdo_text(g->a, "%s-%zu", o.text, k)
                              : tdo_text(g->a, "%s-%zu", who, k);
    return id;
}

static tdo_status put_each(gather *g, const tdo_gathered_for *of, const uint32_t *voice,
                           const tdo_node *now, tdo_node *people)
{
    const tdo_stakeholder *who = &g->s->stakeholders[of->stakeholder];
    for (size_t k = 0; k < of->voices; k++) {
        tdo_ballot b = g->ballot[voice[k]].ballot;
        b.power = gather_power(g, of, voice[k]) / (double)of->voices;
        const char *id = each_id(g, who->id, b.by, people);
        const char *label = b.by ? tdo_text(g->a, "%s (%s)", who->label, b.by)
                                 : tdo_text(g->a, "%s (%zu)", who->label, k + 1);
        tdo_node *value = gather_stakeholder(g, now, &b);
        tdo_node *name = json_node_new(g->a, JSON_NODE_STRING, "a ballot", label);
        if (!id || !label || !value || !name)
            return TDO_E_MEMORY;
        gather_put(value, "label", name);
        json_node_append(people, id, value);
    }
    return TDO_OK;
}

/* ---- all of them ---- */

tdo_status gather_merge(gather *g, const tdo_gathered_for *of, const uint32_t *voice,
                        const tdo_node *now, tdo_node *people)
{
    const tdo_merge merge = g->request->merge;
    tdo_ballot b = g->ballot[voice[0]].ballot;
    if (of->voices > 1 && merge == TDO_MERGE_EACH)
        return put_each(g, of, voice, now, people);
    if (of->voices > 1) {
        b = (tdo_ballot){.power = mean_power(g, of, voice), .vague = (double)NAN};
        tdo_status status = merge == TDO_MERGE_COMMON ? merge_common(g, of, &b)
                                                      : merge_mean(g, of, &b);
        if (status == TDO_OK)
            status = merge_needs(g, of, voice, &b);
        if (status == TDO_OK)
            status = merge_objections(g, of, voice, &b);
        if (status != TDO_OK)
            return status;
    }
    tdo_node *value = gather_stakeholder(g, now, &b);
    if (!value)
        return TDO_E_MEMORY;
    if (of->n > 1 && merge == TDO_MERGE_COMMON) {
        tdo_status status = check_common(g, of, gather_copy(g->a, value));
        if (status != TDO_OK)
            return status;
    }
    json_node_append(people, now->key, value);
    return TDO_OK;
}
