/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements on candidates as wholes become comparisons of weights: what their values differ by. */
#include "base/array.h"
#include "model/model.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct weighing {
    const tdo_scenario *s;
    const tdo_measured *x;
    const tdo_valued *v;
    tdo_arena *a;
    tdo_report *report;
} weighing;

bool tdo_compares_wholes(const tdo_scenario *s)
{
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t k = 0; k < s->stakeholders[h].n_prefers; k++)
            if (s->stakeholders[h].prefers[k].better)
                return true;
    return false;
}

static tdo_status complain(const weighing *w, const tdo_preference *p, const tdo_sink *o)
{
    tdo_error e = {.status = TDO_OK};
    if (o->failed)
        return TDO_E_MEMORY;
    (void)tdo_fail_at(&e, TDO_E_INPUT, p->place.file, p->place.line, p->place.column, "%s",
                      o->text);
    (void)snprintf(e.path, sizeof e.path, "%s", !p->place.path ? "" : p->place.path);
    tdo_report_add(w->report, &e);
    return TDO_E_INPUT;
}

static tdo_status complain_unknown(const weighing *w, const tdo_preference *p, const char *id)
{
    tdo_sink o = tdo_sink_memory(w->a);
    const char *near = tdo_nearest_word(id, w->x->id, w->x->n);
    bool criterion = false;
    for (size_t c = 0; c < w->s->n_criteria; c++)
        criterion |= strcmp(w->s->criteria[c].id, id) == 0;
    tdo_puts(&o, "unknown candidate ");
    tdo_put_quoted(&o, id);
    tdo_puts(&o, " in ");
    tdo_put_quoted(&o, p->text);
    if (criterion) {
        tdo_puts(&o, " (a criterion has this name: what it counts is compared by >=)");
    } else if (near) {
        tdo_puts(&o, " (did you mean ");
        tdo_put_quoted(&o, near);
        tdo_puts(&o, "?)");
    }
    return complain(w, p, &o);
}

/* Sets out to the candidate's place. */
static tdo_status find(const weighing *w, const tdo_preference *p, const char *id, size_t *out)
{
    const tdo_measured *x = w->x;
    const size_t i = tdo_find_candidate(x, id);
    *out = i;
    if (i == TDO_NONE)
        return complain_unknown(w, p, id);
    if (!x->dropped[i])
        return TDO_OK;
    tdo_sink o = tdo_sink_memory(w->a);
    tdo_put_quoted(&o, id);
    tdo_puts(&o, " in ");
    tdo_put_quoted(&o, p->text);
    tdo_puts(&o, " was not measured in full, and dropped: it cannot be compared");
    return complain(w, p, &o);
}

static double value_of(const weighing *w, size_t c, size_t i)
{
    const tdo_criterion *of = &w->s->criteria[c];
    return tdo_value_of(of, w->v->worst[c], w->v->best[c],
                        tdo_measurement(of, w->x->reading[c][i]));
}

static tdo_status weigh(const weighing *w, tdo_preference *p)
{
    size_t better = 0, other = 0;
    double *difference = tdo_alloc(w->a, w->s->n_criteria, sizeof *difference);
    tdo_status status = !difference ? TDO_E_MEMORY : find(w, p, p->better, &better);
    if (status == TDO_OK)
        status = find(w, p, p->other, &other);
    for (size_t c = 0; c < w->s->n_criteria && status == TDO_OK; c++)
        difference[c] = nearbyint((value_of(w, c, better) - value_of(w, c, other)) / TDO_WHOLE);
    if (status == TDO_OK) {
        p->coefficient = difference;
        p->bound = nearbyint(-p->within / TDO_WHOLE);
    }
    return status;
}

/* The statements of one stakeholder, in a copy of the list. */
static tdo_status weigh_all(const weighing *w, tdo_stakeholder *who, bool *complained)
{
    tdo_preference *own = array_copy(w->a, who->prefers, who->n_prefers, sizeof *own);
    size_t refused = TDO_NONE; /* the other part of a statement says the same */
    for (size_t k = 0; own && k < who->n_prefers; k++) {
        if (!own[k].better || own[k].statement == refused)
            continue;
        tdo_status status = weigh(w, &own[k]);
        if (status != TDO_OK && status != TDO_E_INPUT)
            return status;
        if (status == TDO_E_INPUT)
            refused = own[k].statement;
        *complained |= status == TDO_E_INPUT;
    }
    who->prefers = own;
    return own ? TDO_OK : TDO_E_MEMORY;
}

tdo_status tdo_weigh_statements(const tdo_scenario **s, const tdo_measured *x, const tdo_valued *v,
                                tdo_arena *a, tdo_report *report)
{
    assert(x->d == (*s)->n_criteria);
    const weighing w = {*s, x, v, a, report};
    const size_t people = (*s)->n_stakeholders;
    tdo_scenario *weighed = array_copy(a, *s, 1, sizeof **s);
    tdo_stakeholder *who = array_copy(a, (*s)->stakeholders, people, sizeof *who);
    tdo_status status = weighed && who ? TDO_OK : TDO_E_MEMORY;
    bool complained = false;
    for (size_t h = 0; h < people && status == TDO_OK; h++)
        if (who[h].n_prefers)
            status = weigh_all(&w, &who[h], &complained);
    if (status != TDO_OK || complained)
        return status == TDO_OK ? TDO_E_INPUT : status;
    weighed->stakeholders = who;
    *s = weighed;
    return TDO_OK;
}
