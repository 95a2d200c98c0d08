/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a ballot for these facts, and has the scenario a place for all that it says? */
#include "meeting/ballot.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "explain/facts.h"

tdo_status gather_complain(gather *g, size_t b, const tdo_node *at, const char *fmt, ...)
{
    char text[TDO_ERROR_TEXT];
    tdo_error err = {.status = TDO_OK};
    va_list args;
    va_start(args, fmt);
    int length = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    tdo_status status = tdo_fail_at(&err, TDO_E_INPUT, g->ballot[b].file, at->start.line,
                                    at->start.column, "%s", length < 0 ? "is wrong" : text);
    tdo_report_add(g->report, &err);
    g->complaints++;
    return status;
}

/* Something has no place: listed, or wrong where the scenario is the one it was made for. */
static tdo_status misfit(gather *g, size_t b, const tdo_node *at, const char *what)
{
    const char *path = json_node_path(at, g->a);
    if (!path)
        return TDO_E_MEMORY;
    if (!g->ballot[b].other_version) {
        (void)gather_complain(g, b, at, "%s: %s", path, what);
        return TDO_OK; /* the others are looked at, too */
    }
    tdo_misfit *more = tdo_grow(g->a, g->misfit, g->n_misfits, g->n_misfits + 1, sizeof *more);
    const char *text = tdo_text(g->a, "%s: %s", path, what);
    if (!more || !text)
        return TDO_E_MEMORY;
    g->misfit = more;
    more[g->n_misfits++] = (tdo_misfit){.ballot = b, .text = text};
    return TDO_OK;
}

/* ---- facts ---- */

static const tdo_node *part(const gather *g, size_t b, const char *key)
{
    return json_node_find(g->ballot[b].top, key);
}

/* Which of its files is this one? By its name, else by its bytes. SIZE_MAX: none. */
static size_t find_input(const tdo_ballot *b, const facts_input *x)
{
    size_t same = SIZE_MAX;
    for (size_t k = 0; k < b->n_inputs; k++) {
        if (strcmp(b->input[k].role, x->role) != 0)
            continue;
        if (strcmp(b->input[k].file, x->file) == 0)
            return k;
        if (strcmp(b->input[k].sha256, x->sha256) == 0)
            same = k;
    }
    return same;
}

static tdo_status check_input(gather *g, size_t b, const facts_input *x, bool *seen)
{
    enum { SHOWN = 8 }; /* digits of a hash */
    ballot_read *read = &g->ballot[b];
    const bool scenario = strcmp(x->role, "scenario") == 0;
    size_t k = find_input(&read->ballot, x);
    for (size_t q = 0; scenario && q < read->ballot.n_inputs; q++)
        k = strcmp(read->ballot.input[q].role, "scenario") == 0 ? q : k; /* by whatever name */
    const tdo_node *list = part(g, b, "inputs");
    if (k == SIZE_MAX) {
        if (strcmp(x->role, "candidates") == 0)
            return gather_complain(
                g, b, list,
                "this ballot was made for other facts: %s is not among them; \"tradeoff gather "
                "SCENARIO --blank STAKEHOLDER\" makes a new one",
                x->file);
        read->other_version = true;
        const char *text = tdo_text(g->a, "%s was not read when it was made", x->file);
        return text ? misfit(g, b, list, text) : TDO_E_MEMORY;
    }
    seen[k] = true;
    const bool same = strcmp(read->ballot.input[k].sha256, x->sha256) == 0;
    if (scenario)
        read->other_version = !same;
    else if (!same)
        return gather_complain(g, b, json_node_item(list, k),
                               "this ballot was made for other facts: %s had the hash %.*s... "
                               "then, and has %.*s... now; ask for a new one",
                               x->file, SHOWN, read->ballot.input[k].sha256, SHOWN, x->sha256);
    return TDO_OK;
}

static tdo_status check_facts(gather *g, size_t b)
{
    const tdo_ballot *is = &g->ballot[b].ballot;
    bool *seen = tdo_alloc(g->a, is->n_inputs, sizeof *seen);
    facts_input x;
    tdo_status status = seen ? TDO_OK : TDO_E_MEMORY;
    for (size_t at = 0; status == TDO_OK && facts_next_input(g->request->run, &at, &x);)
        status = check_input(g, b, &x, seen);
    for (size_t k = 0; k < is->n_inputs && status == TDO_OK; k++)
        if (!seen[k] && g->ballot[b].other_version)
            status = misfit(g, b, json_node_item(part(g, b, "inputs"), k), "is not read any more");
    return status;
}

/* ---- ids ---- */

static const char *unknown(gather *g, const char *what, const char *id, const char *const *ids,
                           size_t n)
{
    tdo_sink o = tdo_sink_memory(g->a);
    const char *near = tdo_nearest_word(id, ids, n);
    tdo_putf(&o, "unknown %s ", what);
    tdo_put_quoted(&o, id);
    if (near) {
        tdo_puts(&o, " (did you mean ");
        tdo_put_quoted(&o, near);
        tdo_puts(&o, "?)");
    }
    return o.failed ? NULL : o.text;
}

/* The criteria's ids. NULL: out of memory. */
static const char **criterion_ids(const gather *g)
{
    const char **id = tdo_alloc(g->a, g->s->n_criteria, sizeof *id);
    for (size_t c = 0; id && c < g->s->n_criteria; c++)
        id[c] = g->s->criteria[c].id;
    return id;
}

static bool among(const char *id, const char *const *ids, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (strcmp(id, ids[k]) == 0)
            return true;
    return false;
}

/* A criterion that is named: is there one? */
static tdo_status check_criterion(gather *g, size_t b, const tdo_node *at, const char *const *id,
                                  bool *known)
{
    *known = among(at->key, id, g->s->n_criteria);
    if (*known)
        return TDO_OK;
    const char *text = unknown(g, "criterion", at->key, id, g->s->n_criteria);
    return text ? misfit(g, b, at, text) : TDO_E_MEMORY;
}

static tdo_status fit_weights(gather *g, size_t b, const char *const *id)
{
    tdo_ballot *is = &g->ballot[b].ballot;
    tdo_ballot_weight *kept = tdo_alloc(g->a, is->n_weights, sizeof *kept);
    const tdo_node *object = part(g, b, "weights");
    tdo_status status = kept ? TDO_OK : TDO_E_MEMORY;
    double sum = 0;
    size_t n = 0;
    for (size_t k = 0; k < is->n_weights && status == TDO_OK; k++) {
        bool known = false;
        status = check_criterion(g, b, json_node_find(object, is->weight[k].criterion), id, &known);
        if (known)
            sum += (kept[n++] = is->weight[k]).weight;
    }
    if (status == TDO_OK && is->n_weights && !(sum > 0)) {
        status = misfit(g, b, object, "nothing is left of these weights");
        n = 0;
        is->vague = NAN;
    }
    is->weight = kept;
    is->n_weights = n;
    return status;
}

static tdo_status fit_needs(gather *g, size_t b, const char *const *id)
{
    tdo_ballot *is = &g->ballot[b].ballot;
    tdo_ballot_need *kept = tdo_alloc(g->a, is->n_needs, sizeof *kept);
    const tdo_node *object = part(g, b, "needs");
    tdo_status status = kept ? TDO_OK : TDO_E_MEMORY;
    size_t n = 0;
    for (size_t k = 0; k < is->n_needs && status == TDO_OK; k++) {
        bool known = false;
        status = check_criterion(g, b, json_node_find(object, is->need[k].criterion), id, &known);
        if (known)
            kept[n++] = is->need[k];
    }
    is->need = kept;
    is->n_needs = n;
    return status;
}

/* An objection is somebody's words: it is kept, even where it names nobody who is there. */
static tdo_status fit_objections(gather *g, size_t b)
{
    const tdo_measured *x = &g->request->run->measured;
    ballot_read *read = &g->ballot[b];
    tdo_objection *said = tdo_alloc(g->a, read->ballot.n_objections, sizeof *said);
    const tdo_node *list = part(g, b, "objections");
    tdo_status status = said ? TDO_OK : TDO_E_MEMORY;
    for (size_t k = 0; k < read->ballot.n_objections && status == TDO_OK; k++) {
        said[k] = read->ballot.objection[k];
        said[k].by = read->ballot.by;
        if (!said[k].candidate || read->other_version || among(said[k].candidate, x->id, x->n))
            continue;
        const char *text = unknown(g, "candidate", said[k].candidate, x->id, x->n);
        const tdo_node *at = json_node_find(json_node_item(list, k), "candidate");
        status = text ? misfit(g, b, at, text) : TDO_E_MEMORY;
    }
    read->ballot.objection = said;
    return status;
}

/* ---- what the reader of scenarios says ---- */

/* Of a list of statements those that can be read, each by itself. */
static tdo_status fit_statements(gather *g, size_t b, size_t h, bool rates)
{
    tdo_ballot *is = &g->ballot[b].ballot;
    const char *const *text = rates ? is->rates : is->prefers;
    const size_t n = rates ? is->n_rates : is->n_prefers;
    const char **kept = tdo_alloc(g->a, n, sizeof *kept);
    const tdo_node *list = part(g, b, rates ? "rates" : "prefers");
    size_t left = 0;
    if (!kept)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++) {
        tdo_report report = {0};
        const tdo_scenario *s = NULL;
        tdo_ballot one = {.power = NAN, .vague = NAN};
        if (rates)
            one.rates = &text[k], one.n_rates = 1;
        else
            one.prefers = &text[k], one.n_prefers = 1;
        tdo_status status = gather_try_ballot(g, h, &one, &s, &report);
        if (status == TDO_OK)
            kept[left++] = text[k];
        else if (status == TDO_E_INPUT)
            status = misfit(g, b, json_node_item(list, k), report.item[0].text);
        if (status != TDO_OK)
            return status;
    }
    if (rates)
        is->rates = kept, is->n_rates = left;
    else
        is->prefers = kept, is->n_prefers = left;
    return TDO_OK;
}

static tdo_status fit_bounds(gather *g, size_t b, size_t h)
{
    tdo_ballot *is = &g->ballot[b].ballot;
    tdo_ballot_need *kept = tdo_alloc(g->a, is->n_needs, sizeof *kept);
    const tdo_ballot_weight any = {g->s->criteria[0].id, 1};
    size_t n = 0;
    if (!kept)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < is->n_needs; k++) {
        tdo_report report = {0};
        const tdo_scenario *s = NULL;
        const tdo_ballot one = {.power = NAN,
                                .vague = NAN,
                                .weight = &any,
                                .n_weights = 1,
                                .need = &is->need[k],
                                .n_needs = 1};
        tdo_status status = gather_try_ballot(g, h, &one, &s, &report);
        if (status == TDO_OK)
            kept[n++] = is->need[k];
        else if (status == TDO_E_INPUT)
            status = misfit(g, b, json_node_find(part(g, b, "needs"), is->need[k].criterion),
                            report.item[0].text);
        if (status != TDO_OK)
            return status;
    }
    is->need = kept;
    is->n_needs = n;
    return TDO_OK;
}

/* All of it at once, and only where that is refused piece by piece. */
static tdo_status fit_values(gather *g, size_t b, size_t h)
{
    tdo_report report = {0};
    const tdo_scenario *s = NULL;
    const tdo_ballot *is = &g->ballot[b].ballot;
    const bool says = is->n_weights || is->n_prefers || is->n_rates;
    if (!says && !is->n_needs)
        return TDO_OK;
    tdo_status status = says ? gather_try_ballot(g, h, is, &s, &report) : TDO_E_INPUT;
    if (status != TDO_E_INPUT)
        return status;
    const size_t before = g->n_misfits, complaints = g->complaints;
    status = fit_statements(g, b, h, false);
    if (status == TDO_OK)
        status = fit_statements(g, b, h, true);
    if (status == TDO_OK)
        status = fit_bounds(g, b, h);
    if (status != TDO_OK || !says || g->complaints > complaints)
        return status;
    if (before == g->n_misfits) /* each piece is right, and all together are not */
        return gather_complain(g, b, g->ballot[b].top, "%s", report.item[0].text);
    report = (tdo_report){0};
    if (!is->n_weights && !is->n_prefers && !is->n_rates)
        return TDO_OK;
    status = gather_try_ballot(g, h, is, &s, &report);
    return status == TDO_E_INPUT
               ? gather_complain(g, b, g->ballot[b].top, "%s", report.item[0].text)
               : status;
}

tdo_status gather_fit(gather *g, size_t b, size_t *stakeholder)
{
    const tdo_scenario *s = g->s;
    const char **person = tdo_alloc(g->a, s->n_stakeholders, sizeof *person);
    const char **criterion = criterion_ids(g);
    const char *who = g->ballot[b].ballot.stakeholder;
    tdo_status status = person && criterion ? check_facts(g, b) : TDO_E_MEMORY;
    *stakeholder = TDO_NONE;
    if (status != TDO_OK)
        return status;
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        person[h] = s->stakeholders[h].id;
        if (strcmp(person[h], who) == 0)
            *stakeholder = h;
    }
    if (*stakeholder == TDO_NONE) {
        const char *text = unknown(g, "stakeholder", who, person, s->n_stakeholders);
        return text ? misfit(g, b, part(g, b, "stakeholder"), text) : TDO_E_MEMORY;
    }
    status = fit_weights(g, b, criterion);
    if (status == TDO_OK)
        status = fit_needs(g, b, criterion);
    if (status == TDO_OK)
        status = fit_values(g, b, *stakeholder);
    return status == TDO_OK ? fit_objections(g, b) : status;
}
