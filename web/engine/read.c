/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes that the page wrote, as a decision; a wrong length or count refuses all of it. */
#include "engine/read.h"

#include "engine/bytes.h"
#include "terms/condition.h"

#include <math.h>
#include <string.h>

enum { FORMAT = 3 };

static void read_criterion(web_bytes *r, tdo_criterion *c, size_t n, double *reading,
                           const double **se)
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
        memcpy(reading, y, n * sizeof(double));
    *se = bytes_u32(r) ? bytes_array(r, n, sizeof(double)) : NULL;
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

static tdo_status verdict(const web_bytes *r)
{
    return r->full ? TDO_E_MEMORY : r->failed || r->at != r->end ? TDO_E_INPUT : TDO_OK;
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
    read_rule_options(&r, s);
    s->criteria = bytes_room(&r, x->d, sizeof *s->criteria);
    s->stakeholders = bytes_room(&r, s->n_stakeholders, sizeof *s->stakeholders);
    p.columns = bytes_room(&r, p.n_columns, sizeof *p.columns);
    read_candidates(&r, x);
    double *reading = r.failed ? NULL : bytes_room(&r, x->d * x->n, sizeof *reading);
    const double **se = bytes_room(&r, x->d, sizeof *se);
    for (size_t c = 0; c < x->d && !r.failed; c++)
        read_criterion(&r, &s->criteria[c], x->n, reading + c * x->n, &se[c]);
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
    x->reading = reading;
    x->se = se;
    x->groups = groups;
    tdo_status st = x->d && s->n_stakeholders ? verdict(&r) : TDO_E_INPUT;
    if (st == TDO_OK)
        *out = p;
    return st;
}

static void read_match(web_bytes *r, tdo_match *m)
{
    m->text = bytes_text(r);
    m->is_number = bytes_u32(r) != 0;
    m->number = bytes_f64(r);
}

static tdo_match *read_matches(web_bytes *r, size_t *n)
{
    *n = bytes_count(r, 16, UINT32_MAX);
    tdo_match *m = *n ? bytes_room(r, *n, sizeof *m) : NULL;
    for (size_t k = 0; m && k < *n; k++)
        read_match(r, &m[k]);
    return m;
}

/* Which column a constraint looks at; it must have been read the way that the constraint needs. */
static const web_column *read_place(web_bytes *r, const web_problem *p, tdo_condition *is)
{
    is->criterion = bytes_index(r, p->measured.d, true);
    size_t k = bytes_index(r, p->n_columns, true);
    if ((is->criterion == TDO_NONE) == (k == TDO_NONE))
        r->failed = true;
    const web_column *column = k == TDO_NONE ? NULL : &p->columns[k];
    is->column = column ? column->name : NULL;
    return column;
}

static bool cell_matches(const tdo_condition *is, const char *s)
{
    size_t length = strlen(s);
    bool in = !is->in, out_of = true;
    for (size_t k = 0; k < is->n_in && !in; k++)
        in = tdo_match_text(&is->in[k], s, length);
    for (size_t k = 0; k < is->n_not_in && out_of; k++)
        out_of = !tdo_match_text(&is->not_in[k], s, length);
    return in && out_of && (!is->equals || tdo_match_text(is->equals, s, length));
}

static const bool *match_column(web_bytes *r, const tdo_condition *is, const web_column *c,
                                size_t n)
{
    bool *holds = bytes_room(r, c->n_words, sizeof *holds), *y = bytes_room(r, n, sizeof *y);
    for (size_t q = 0; holds && q < c->n_words; q++)
        holds[q] = cell_matches(is, c->words[q]);
    for (size_t i = 0; holds && y && i < n; i++)
        y[i] = holds[c->word[i]];
    return y;
}

/* What the program would call a limit that the page moved or made. */
static const char *derived_text(web_bytes *r, web_problem *p, const tdo_condition *is)
{
    const char *text = r->failed ? "" : terms_condition_text(is, p->scenario.criteria, r->a);
    r->full = r->full || !text;
    r->failed = r->failed || !text;
    return text ? text : "";
}

/* How sure a limit is, by the file: of its normal errors worked out anew for the bounds that it has
 * here, of other ones (se is NaN) as the file says of the bounds that it has there. */
typedef struct web_judged {
    bool some;
    double level;
    const double *se, *holds, *shown_min, *shown_max; /* [n] NaN: not known */
} web_judged;

static void read_judged(web_bytes *r, tdo_constraint *k, web_judged *out, size_t n)
{
    k->relative = bytes_u32(r) != 0;
    k->shown = bytes_f64(r);
    k->shown_over_all = bytes_u32(r) != 0;
    out->some = bytes_u32(r) != 0;
    if (!out->some)
        return;
    out->level = bytes_f64(r);
    out->se = bytes_array(r, n, sizeof(double));
    out->holds = bytes_array(r, n, sizeof(double));
    out->shown_min = bytes_array(r, n, sizeof(double));
    out->shown_max = bytes_array(r, n, sizeof(double));
}

/* Doubts of limit j. */
static tdo_status judge(web_problem *p, size_t j, const web_judged *from, tdo_arena *a,
                        tdo_limit_doubt *out)
{
    const tdo_constraint *k = &p->scenario.constraints[j];
    size_t parts = k->relative ? 1 : (size_t)k->is.has_min + k->is.has_max;
    *out = (tdo_limit_doubt){.constraint = j, .level = from->level, .se = from->se};
    tdo_status st = tdo_doubt_normal(&p->scenario, &p->measured, a, out);
    for (size_t i = 0; st == TDO_OK && i < p->measured.n; i++) {
        if (!isnan(from->se[i]) || p->measured.dropped[i])
            continue;
        out->holds[i] = from->holds[i];
        out->shown_min[i] = from->shown_min[i];
        out->shown_max[i] = from->shown_max[i];
        out->status[i] = tdo_shown_status(from->holds[i], parts, from->level);
    }
    return st;
}

static void read_limit(web_bytes *r, web_problem *p, tdo_constraint *k, size_t j,
                       const double **limited, const bool **matches)
{
    tdo_condition *is = &k->is;
    const web_column *column = read_place(r, p, is);
    size_t n_equals = 0;
    k->text = bytes_text(r);
    k->owner = bytes_text(r);
    k->why = bytes_text(r);
    k->stakeholder = bytes_index(r, p->scenario.n_stakeholders, true);
    is->has_min = bytes_u32(r) != 0;
    is->min = bytes_f64(r);
    is->has_max = bytes_u32(r) != 0;
    is->max = bytes_f64(r);
    is->equals = read_matches(r, &n_equals);
    is->in = read_matches(r, &is->n_in);
    is->not_in = read_matches(r, &is->n_not_in);
    if (!k->text[0])
        k->text = derived_text(r, p, is);
    if (r->failed || !column)
        return;
    bool compares = is->equals || is->in || is->not_in;
    if (((is->has_min || is->has_max) && !column->number) || (compares && !column->word)) {
        r->failed = true;
        return;
    }
    limited[j] = is->has_min || is->has_max ? column->number : NULL;
    matches[j] = compares ? match_column(r, is, column, p->measured.n) : NULL;
}

/* A veto is a need of its stakeholder too: where the page moved the limit, the need moves along;
 * where it switched the limit off, the need is what it was. */
static void move_needs(web_problem *p, const tdo_constraint *limit, size_t m)
{
    for (size_t h = 0; h < p->scenario.n_stakeholders; h++) {
        tdo_stakeholder *who = &p->scenario.stakeholders[h];
        for (size_t q = 0; q < who->n_needs; q++) {
            tdo_need *need = &who->needs[q];
            *need = p->need[h][q];
            for (size_t j = 0; j < m && need->veto; j++) {
                const tdo_condition *is = &limit[j].is;
                if (limit[j].stakeholder != h || is->criterion != need->criterion)
                    continue;
                need->has_min = is->has_min;
                need->min = is->min;
                need->has_max = is->has_max;
                need->max = is->max;
            }
        }
    }
}

tdo_status web_read_limits(const uint8_t *bytes, size_t length, tdo_arena *a, web_problem *p)
{
    web_bytes r = {bytes, bytes + length, a, false, false};
    size_t m = bytes_count(&r, 0, TDO_MAX_CONSTRAINTS);
    tdo_constraint *limits = bytes_room(&r, m, sizeof *limits);
    const double **limited = bytes_room(&r, m, sizeof *limited);
    const bool **matches = bytes_room(&r, m, sizeof *matches);
    const uint32_t **word = bytes_room(&r, m, sizeof *word);
    const char *const **words = bytes_room(&r, m, sizeof *words);
    web_judged *judged = bytes_room(&r, m, sizeof *judged);
    tdo_limit_doubt *doubt = bytes_room(&r, m, sizeof *doubt);
    for (size_t j = 0; j < m && !r.failed; j++) {
        read_limit(&r, p, &limits[j], j, limited, matches);
        read_judged(&r, &limits[j], &judged[j], p->measured.n);
        for (size_t k = 0; matches[j] && k < p->n_columns; k++)
            if (p->columns[k].name == limits[j].is.column) {
                word[j] = p->columns[k].word;
                words[j] = p->columns[k].words;
            }
    }
    tdo_status st = verdict(&r);
    if (st != TDO_OK)
        return st;
    move_needs(p, limits, m);
    p->scenario.constraints = limits;
    p->scenario.n_constraints = p->measured.m = m;
    p->measured.limited = limited;
    p->measured.matches = matches;
    p->measured.word = word;
    p->measured.words = words;
    p->doubts = (tdo_limit_doubts){.of = doubt};
    for (size_t j = 0; j < m && st == TDO_OK; j++)
        if (judged[j].some && (limits[j].is.has_min || limits[j].is.has_max))
            st = judge(p, j, &judged[j], a, &doubt[p->doubts.n++]);
    return st;
}
