/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several ballots for one stakeholder become one, or stay side by side. */
#include "base/decimal.h"
#include "meeting/ballot.h"

#include <math.h>
#include <string.h>

const char *const tdo_merge_name[TDO_MERGES] = {
    [TDO_MERGE_MEAN] = "mean", [TDO_MERGE_COMMON] = "common", [TDO_MERGE_EACH] = "each"};

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

/* Where one ballot alone speaks of weights, what it says. */
static void take_only(const gather *g, const tdo_gathered_for *of, tdo_ballot *out)
{
    *out = g->ballot[of->ballot[0]].ballot;
    out->n_objections = 0; /* those of all are put in */
}

/* ---- by mean ---- */

enum { VAGUE_DIGITS = 6 };

/* How far the mean may be off, rounded up: the mean of how far they may, none where nobody says so.
 */
static double mean_vague(const gather *g, const tdo_gathered_for *of)
{
    const double first = g->ballot[of->ballot[0]].ballot.vague;
    double mean = 0;
    bool same = true;
    for (size_t k = 0; k < of->n; k++) {
        const double vague = g->ballot[of->ballot[k]].ballot.vague;
        same &= isfinite(vague) && !(fabs(vague - first) > 0);
        mean += isfinite(vague) ? gather_share(g, of, of->ballot, of->n, of->ballot[k]) * vague : 0;
    }
    if (same)
        return first;
    return mean > 0 ? fmin(decimal_beyond(mean, VAGUE_DIGITS, true), 1) : (double)NAN;
}

static bool is_among(const char *text, const char *const *list, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (strcmp(list[k], text) == 0)
            return true;
    return false;
}

/* Weights that all obey a statement obey it in the mean: what all say stays. */
static tdo_status keep_shared(gather *g, const tdo_gathered_for *of, bool rates, tdo_ballot *out)
{
    const tdo_ballot *first = &g->ballot[of->ballot[0]].ballot;
    const char *const *text = rates ? first->rates : first->prefers;
    const size_t n = rates ? first->n_rates : first->n_prefers;
    const char **kept = tdo_alloc(g->a, n, sizeof *kept);
    size_t left = 0;
    if (!kept)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++) {
        bool all = true;
        for (size_t b = 1; b < of->n && all; b++) {
            const tdo_ballot *is = &g->ballot[of->ballot[b]].ballot;
            all = rates ? is_among(text[k], is->rates, is->n_rates)
                        : is_among(text[k], is->prefers, is->n_prefers);
        }
        if (all)
            kept[left++] = text[k];
    }
    if (rates)
        out->rates = kept, out->n_rates = left;
    else
        out->prefers = kept, out->n_prefers = left;
    return TDO_OK;
}

/* Statements of one ballot that the merged one has not. */
static tdo_status leave_statements(gather *g, tdo_gathered_for *of, uint32_t b, bool rates,
                                   const tdo_ballot *out)
{
    const tdo_ballot *is = &g->ballot[b].ballot;
    const size_t n = rates ? is->n_rates : is->n_prefers;
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < n && status == TDO_OK; k++) {
        const char *text = rates ? is->rates[k] : is->prefers[k];
        if (rates ? !is_among(text, out->rates, out->n_rates)
                  : !is_among(text, out->prefers, out->n_prefers))
            status =
                gather_leave(g, of, b, tdo_text(g->a, "%s: %s", rates ? "rates" : "prefers", text));
    }
    return status;
}

static tdo_status merge_mean(gather *g, tdo_gathered_for *of, tdo_ballot *out)
{
    tdo_ballot_weight *w = tdo_alloc(g->a, g->s->n_criteria, sizeof *w);
    tdo_report report = {0};
    const tdo_scenario *s = NULL;
    tdo_status status = w ? TDO_OK : TDO_E_MEMORY;
    for (size_t c = 0; c < g->s->n_criteria && w; c++)
        if (of->mean[c] > 0)
            w[out->n_weights++] = (tdo_ballot_weight){g->s->criteria[c].id, of->mean[c]};
    out->weight = w;
    out->vague = mean_vague(g, of);
    if (status == TDO_OK)
        status = keep_shared(g, of, false, out);
    if (status == TDO_OK)
        status = keep_shared(g, of, true, out);
    if (status == TDO_OK && (out->n_prefers || out->n_rates))
        status = gather_try_ballot(g, of->stakeholder, out, &s, &report);
    if (status == TDO_E_INPUT) { /* by a rounding of the mean */
        out->n_prefers = out->n_rates = 0;
        status = TDO_OK;
    }
    for (size_t k = 0; k < of->n && status == TDO_OK; k++) {
        if (g->ballot[of->ballot[k]].kept_statements)
            continue; /* they are the scenario's: listed as its changes are */
        status = leave_statements(g, of, of->ballot[k], false, out);
        if (status == TDO_OK)
            status = leave_statements(g, of, of->ballot[k], true, out);
    }
    return status;
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

static tdo_status merge_common(gather *g, tdo_gathered_for *of, tdo_ballot *out)
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
        const bool states = (b->ballot.n_prefers || b->ballot.n_rates) &&
                            !(b->ballot.n_weights && b->kept_statements);
        if (!states && !isfinite(b->ballot.vague))
            return gather_complain(g, of->ballot[k], json_node_find(b->top, "weights"),
                                   "weights alone leave nothing open that could be common: "
                                   "\"vague\" says how far they may be off, or take --merge mean");
        add_texts(prefers, &out->n_prefers, b->ballot.prefers, b->ballot.n_prefers);
        add_texts(rates, &out->n_rates, b->ballot.rates, b->ballot.n_rates);
        if (isfinite(b->ballot.vague))
            status = add_vague(g, of, k, prefers, &out->n_prefers);
        else if (b->ballot.n_weights)
            status = gather_leave(g, of, of->ballot[k],
                                  "weights: the centroid of what is common counts instead");
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

/* ---- all of them ---- */

static tdo_status merge_several(gather *g, tdo_gathered_for *of, const uint32_t *voice,
                                tdo_ballot *out)
{
    tdo_status status = TDO_OK;
    *out = (tdo_ballot){.vague = (double)NAN};
    if (of->n == 1)
        take_only(g, of, out);
    else if (of->n > 1)
        status = g->request->merge == TDO_MERGE_COMMON ? merge_common(g, of, out)
                                                       : merge_mean(g, of, out);
    if (status == TDO_OK)
        status = gather_merge_needs(g, of, voice, out);
    return status == TDO_OK ? merge_objections(g, of, voice, out) : status;
}

tdo_status gather_merge(gather *g, tdo_gathered_for *of, const uint32_t *voice, const tdo_node *now,
                        tdo_node *people)
{
    tdo_ballot b = g->ballot[voice[0]].ballot;
    tdo_status status = TDO_OK;
    if (of->voices > 1 && g->request->merge == TDO_MERGE_EACH)
        return gather_keep_each(g, of, voice, now, people);
    if (of->voices > 1)
        status = merge_several(g, of, voice, &b);
    if (status != TDO_OK)
        return status;
    b.power = NAN; /* what the stakeholder counts is not for its ballots to say */
    tdo_node *value = gather_stakeholder(g, now, &b);
    if (!value)
        return TDO_E_MEMORY;
    if (of->n > 1 && g->request->merge == TDO_MERGE_COMMON)
        status = check_common(g, of, gather_copy(g->a, value));
    if (status == TDO_OK)
        status = gather_list_changes(g, of, NULL, now, value);
    if (status == TDO_OK)
        json_node_append(people, now->key, value);
    return status;
}
