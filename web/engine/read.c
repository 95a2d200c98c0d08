/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes that the page wrote, as a decision; a wrong length or count refuses all of it. */
#include "engine/read.h"

#include "engine/bytes.h"

#include <string.h>

enum { FORMAT = 6 };

/* What is read of a criterion beside itself. */
typedef struct web_readings {
    double *reading;         /* [n] */
    const double *rest, *se; /* [n] or NULL */
    bool normal;             /* limits on it are judged by se */
    tdo_shared_error shared;
} web_readings;

static void read_criterion(web_bytes *r, tdo_criterion *c, size_t n, web_readings *out)
{
    c->id = bytes_text(r);
    c->label = bytes_text(r);
    c->unit = bytes_text(r);
    uint32_t goal = bytes_u32(r);
    r->failed = r->failed || goal > TDO_GOAL_TARGET;
    c->goal = (tdo_goal)goal;
    c->target = bytes_f64(r);
    c->has_range = bytes_u32(r) != 0;
    c->worst = bytes_f64(r);
    c->best = bytes_f64(r);
    c->has_indifference = bytes_u32(r) != 0;
    c->indifference = bytes_f64(r);
    c->n_levels = bytes_count(r, 4, UINT32_MAX);
    c->levels = c->n_levels ? bytes_texts(r, c->n_levels) : NULL;
    c->n_value = bytes_count(r, 16, UINT32_MAX);
    c->value_x = c->n_value ? bytes_array(r, c->n_value, sizeof(double)) : NULL;
    c->value_v = c->n_value ? bytes_array(r, c->n_value, sizeof(double)) : NULL;
    const uint8_t *y = bytes_take(r, n, sizeof(double));
    if (y && n)
        memcpy(out->reading, y, n * sizeof(double));
    out->rest = bytes_u32(r) ? bytes_array(r, n, sizeof(double)) : NULL;
    out->se = bytes_u32(r) ? bytes_array(r, n, sizeof(double)) : NULL;
    out->normal = bytes_u32(r) != 0;
    out->shared.correlation = bytes_f64(r);
    bool joint = bytes_u32(r) != 0;
    r->failed = r->failed || (joint && n > TDO_MOST_JOINT);
    if (joint && !r->failed)
        out->shared.covariance = bytes_array(r, n * (n + 1) / 2, sizeof(double));
}

/* The places of n candidates among `count` things, as ascending offsets. */
static const size_t *read_start(web_bytes *r, size_t n, size_t count)
{
    size_t *start = bytes_room(r, n + 1, sizeof *start);
    for (size_t i = 0; start && i <= n; i++) {
        start[i] = bytes_u32(r);
        if (start[i] > count || (i > 0 && start[i] < start[i - 1]))
            r->failed = true;
    }
    r->failed = r->failed || start[0] != 0 || start[n] != count;
    return start;
}

static const tdo_subgroups *read_groups(web_bytes *r, tdo_criterion *c, size_t n)
{
    if (!bytes_u32(r))
        return NULL;
    tdo_groups *is = bytes_room(r, 1, sizeof *is);
    tdo_subgroups *g = bytes_room(r, 1, sizeof *g);
    uint32_t take = bytes_u32(r);
    const char *size = bytes_text(r);
    if (r->failed || take >= TDO_TAKES) {
        r->failed = true;
        return NULL;
    }
    is->take = (tdo_take)take;
    is->size = size;
    c->groups = is;
    g->n_names = bytes_count(r, 4, UINT32_MAX);
    g->name = bytes_texts(r, g->n_names);
    size_t count = bytes_count(r, 12, UINT32_MAX);
    g->start = read_start(r, n, count);
    g->group = bytes_array(r, count, sizeof(uint32_t));
    g->value = bytes_array(r, count, sizeof(double));
    g->size = bytes_u32(r) ? bytes_array(r, count, sizeof(double)) : NULL;
    for (size_t q = 0; g->group && q < count; q++)
        r->failed = r->failed || g->group[q] >= g->n_names;
    return r->failed ? NULL : g;
}

static void read_stakeholder(web_bytes *r, tdo_stakeholder *h, size_t d)
{
    h->id = bytes_text(r);
    h->label = bytes_text(r);
    h->weights = bytes_room(r, d, sizeof *h->weights);
    h->n_needs = bytes_count(r, 28, UINT32_MAX);
    h->needs = bytes_room(r, h->n_needs, sizeof *h->needs);
    for (size_t k = 0; h->needs && k < h->n_needs; k++) {
        tdo_need *need = &h->needs[k];
        need->criterion = bytes_index(r, d, false);
        need->has_min = bytes_u32(r) != 0;
        need->min = bytes_f64(r);
        need->has_max = bytes_u32(r) != 0;
        need->max = bytes_f64(r);
        need->veto = bytes_u32(r) != 0;
    }
}

static void read_column(web_bytes *r, web_column *c, size_t n)
{
    c->name = bytes_text(r);
    c->number = bytes_u32(r) ? bytes_array(r, n, sizeof(double)) : NULL;
    c->rest = bytes_u32(r) ? bytes_array(r, n, sizeof(double)) : NULL;
    c->n_words = bytes_count(r, 4, UINT32_MAX);
    if (!c->n_words)
        return;
    c->words = bytes_texts(r, c->n_words);
    c->word = bytes_array(r, n, sizeof(uint32_t));
    for (size_t i = 0; c->word && i < n; i++)
        r->failed = r->failed || c->word[i] >= c->n_words;
}

static void read_candidates(web_bytes *r, tdo_measured *x)
{
    x->id = bytes_texts(r, x->n);
    x->line = bytes_array(r, x->n, sizeof(uint32_t));
    x->dropped = bytes_array(r, x->n, sizeof(bool));
    x->imputed = bytes_u32(r) ? bytes_array(r, x->d * x->n, sizeof(bool)) : NULL;
    x->rows = bytes_u32(r);
    x->where_dropped = bytes_u32(r);
    x->incumbent = bytes_index(r, x->n, true);
}

static void read_rule_options(web_bytes *r, tdo_scenario *s)
{
    tdo_rule_options *o = &s->rule_options;
    o->n_owa_weights = bytes_count(r, sizeof(double), TDO_MAX_STAKEHOLDERS);
    o->owa_weights = bytes_array(r, o->n_owa_weights, sizeof(double));
    size_t *stage = bytes_u32(r) ? bytes_room(r, s->n_stakeholders, sizeof *stage) : NULL;
    for (size_t h = 0; stage && h < s->n_stakeholders; h++) {
        stage[h] = bytes_index(r, s->n_stakeholders, true);
        if (stage[h] != TDO_NONE && stage[h] >= o->n_stages)
            o->n_stages = stage[h] + 1;
    }
    o->stage = stage;
    o->slack = bytes_f64(r);
}

static void read_leads(web_bytes *r, const web_problem *p, web_leads *out)
{
    const size_t n = p->measured.n, s = p->scenario.n_stakeholders, d = p->measured.d;
    out->top = bytes_index(r, n, true);
    out->rule = bytes_u32(r);
    out->weight = bytes_array(r, s * d, sizeof(double));
    out->power = bytes_array(r, s, sizeof(double));
    out->feasible = bytes_array(r, n, sizeof(bool));
    out->n_over = bytes_count(r, 12, UINT32_MAX);
    uint32_t *candidate = bytes_room(r, out->n_over, sizeof *candidate);
    for (size_t q = 0; candidate && q < out->n_over; q++)
        candidate[q] = (uint32_t)bytes_index(r, n, false);
    out->candidate = candidate;
    out->holds = bytes_array(r, out->n_over, sizeof(double));
}

tdo_status web_read_problem(const uint8_t *bytes, size_t length, tdo_arena *a, web_problem *out)
{
    web_bytes r = {bytes, bytes + length, a, false, false};
    web_problem p = {0};
    tdo_scenario *s = &p.scenario;
    tdo_measured *x = &p.measured;
    r.failed = bytes_u32(&r) != FORMAT;
    x->n = bytes_count(&r, 0, UINT32_MAX / TDO_MAX_CRITERIA);
    s->n_criteria = x->d = bytes_count(&r, 0, TDO_MAX_CRITERIA);
    s->n_stakeholders = bytes_count(&r, 0, TDO_MAX_STAKEHOLDERS);
    p.n_columns = bytes_count(&r, 12, UINT32_MAX);
    s->file = s->title = "";
    s->simpler = bytes_index(&r, x->d, true);
    s->simpler_within = bytes_f64(&r);
    s->simpler_shown = bytes_f64(&r);
    p.plain = bytes_u32(&r) != 0;
    read_rule_options(&r, s);
    s->criteria = bytes_room(&r, x->d, sizeof *s->criteria);
    s->stakeholders = bytes_room(&r, s->n_stakeholders, sizeof *s->stakeholders);
    p.columns = bytes_room(&r, p.n_columns, sizeof *p.columns);
    read_candidates(&r, x);
    const double **reading = bytes_room(&r, x->d, sizeof *reading);
    const double **se = bytes_room(&r, x->d, sizeof *se);
    const double **rest = bytes_room(&r, x->d, sizeof *rest);
    const double **normal = bytes_room(&r, x->d, sizeof *normal);
    tdo_shared_error *shared = bytes_room(&r, x->d, sizeof *shared);
    for (size_t c = 0; c < x->d && !r.failed; c++) {
        web_readings of = {.reading = bytes_room(&r, x->n, sizeof *of.reading)};
        read_criterion(&r, &s->criteria[c], x->n, &of);
        reading[c] = of.reading;
        rest[c] = of.rest;
        se[c] = of.se;
        normal[c] = of.normal ? of.se : NULL;
        shared[c] = of.shared;
    }
    const tdo_subgroups **groups = bytes_room(&r, x->d, sizeof *groups);
    for (size_t c = 0; c < x->d && !r.failed; c++)
        groups[c] = read_groups(&r, &s->criteria[c], x->n);
    p.need = bytes_room(&r, s->n_stakeholders, sizeof *p.need);
    for (size_t h = 0; h < s->n_stakeholders && !r.failed; h++) {
        read_stakeholder(&r, &s->stakeholders[h], x->d);
        p.need[h] = bytes_room(&r, s->stakeholders[h].n_needs, sizeof *p.need[h]);
        if (!r.failed && s->stakeholders[h].n_needs)
            memcpy(p.need[h], s->stakeholders[h].needs,
                   s->stakeholders[h].n_needs * sizeof *p.need[h]);
    }
    for (size_t k = 0; k < p.n_columns && !r.failed; k++)
        read_column(&r, &p.columns[k], x->n);
    if (!r.failed)
        read_leads(&r, &p, &p.leads);
    x->reading = reading;
    x->rest = rest;
    p.normal = normal;
    p.shared = shared;
    x->se = se;
    x->groups = groups;
    tdo_status st = x->d && s->n_stakeholders ? bytes_verdict(&r) : TDO_E_INPUT;
    if (st == TDO_OK)
        *out = p;
    return st;
}
