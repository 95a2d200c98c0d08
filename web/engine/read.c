/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/read.h"

#include "terms/condition.h"

#include <string.h>

enum { FORMAT = 3 };

/* The bytes that are left. Once failed, every read gives 0 or NULL. */
typedef struct reader {
    const uint8_t *at, *end;
    tdo_arena *a;
    bool failed; /* the bytes are not what the format says */
    bool full;   /* memory is out */
} reader;

static const uint8_t *take(reader *r, size_t count, size_t size)
{
    const uint8_t *p = r->at;
    if (r->failed || (size && count > (size_t)(r->end - r->at) / size)) {
        r->failed = true;
        return NULL;
    }
    r->at += count * size;
    return p;
}

static uint32_t read_u32(reader *r)
{
    uint32_t x = 0;
    const uint8_t *p = take(r, 1, sizeof x);
    if (p)
        memcpy(&x, p, sizeof x);
    return x;
}

static double read_f64(reader *r)
{
    double x = 0;
    const uint8_t *p = take(r, 1, sizeof x);
    if (p)
        memcpy(&x, p, sizeof x);
    return x;
}

static void *room(reader *r, size_t count, size_t size)
{
    void *p = tdo_alloc(r->a, count, size);
    r->full = r->full || !p;
    r->failed = r->failed || !p;
    return p;
}

static void *read_array(reader *r, size_t count, size_t size)
{
    const uint8_t *from = take(r, count, size);
    void *to = from ? room(r, count, size) : NULL;
    if (to && count)
        memcpy(to, from, count * size);
    return to;
}

static const char *read_text(reader *r)
{
    uint32_t n = read_u32(r);
    const uint8_t *p = take(r, n, 1);
    char *s = p ? tdo_copy(r->a, (const char *)p, n) : NULL;
    r->full = r->full || (p && !s);
    r->failed = r->failed || !s;
    return s ? s : "";
}

/* A count of things that take at least `least` bytes each, at most `most`. */
static size_t read_count(reader *r, size_t least, size_t most)
{
    uint32_t n = read_u32(r);
    if (n > most || (least && n > (size_t)(r->end - r->at) / least))
        r->failed = true;
    return r->failed ? 0 : n;
}

static const char *const *read_texts(reader *r, size_t n)
{
    const char **s = room(r, n, sizeof *s);
    for (size_t k = 0; s && k < n; k++)
        s[k] = read_text(r);
    return s;
}

/* An index below n, or TDO_NONE where it is not one and may be none. */
static size_t read_index(reader *r, size_t n, bool may_be_none)
{
    uint32_t i = read_u32(r);
    if (i < n)
        return i;
    r->failed = r->failed || !may_be_none || i != UINT32_MAX;
    return TDO_NONE;
}

static void read_criterion(reader *r, tdo_criterion *c, size_t n, double *reading,
                           const double **se)
{
    c->id = read_text(r);
    c->label = read_text(r);
    c->unit = read_text(r);
    uint32_t goal = read_u32(r);
    r->failed = r->failed || goal > TDO_GOAL_TARGET;
    c->goal = (tdo_goal)goal;
    c->target = read_f64(r);
    c->has_range = read_u32(r) != 0;
    c->worst = read_f64(r);
    c->best = read_f64(r);
    c->has_indifference = read_u32(r) != 0;
    c->indifference = read_f64(r);
    c->n_levels = read_count(r, 4, UINT32_MAX);
    c->levels = c->n_levels ? read_texts(r, c->n_levels) : NULL;
    c->n_value = read_count(r, 16, UINT32_MAX);
    c->value_x = c->n_value ? read_array(r, c->n_value, sizeof(double)) : NULL;
    c->value_v = c->n_value ? read_array(r, c->n_value, sizeof(double)) : NULL;
    const uint8_t *y = take(r, n, sizeof(double));
    if (y && n)
        memcpy(reading, y, n * sizeof(double));
    *se = read_u32(r) ? read_array(r, n, sizeof(double)) : NULL;
}

/* The places of n candidates among `count` things, as ascending offsets. */
static const size_t *read_start(reader *r, size_t n, size_t count)
{
    size_t *start = room(r, n + 1, sizeof *start);
    for (size_t i = 0; start && i <= n; i++) {
        start[i] = read_u32(r);
        if (start[i] > count || (i > 0 && start[i] < start[i - 1]))
            r->failed = true;
    }
    r->failed = r->failed || start[0] != 0 || start[n] != count;
    return start;
}

static const tdo_subgroups *read_groups(reader *r, tdo_criterion *c, size_t n)
{
    if (!read_u32(r))
        return NULL;
    tdo_groups *is = room(r, 1, sizeof *is);
    tdo_subgroups *g = room(r, 1, sizeof *g);
    uint32_t take = read_u32(r);
    const char *size = read_text(r);
    if (r->failed || take >= TDO_TAKES) {
        r->failed = true;
        return NULL;
    }
    is->take = (tdo_take)take;
    is->size = size;
    c->groups = is;
    g->n_names = read_count(r, 4, UINT32_MAX);
    g->name = read_texts(r, g->n_names);
    size_t count = read_count(r, 12, UINT32_MAX);
    g->start = read_start(r, n, count);
    g->group = read_array(r, count, sizeof(uint32_t));
    g->value = read_array(r, count, sizeof(double));
    g->size = read_u32(r) ? read_array(r, count, sizeof(double)) : NULL;
    for (size_t q = 0; g->group && q < count; q++)
        r->failed = r->failed || g->group[q] >= g->n_names;
    return r->failed ? NULL : g;
}

static void read_stakeholder(reader *r, tdo_stakeholder *h, size_t d)
{
    h->id = read_text(r);
    h->label = read_text(r);
    h->weights = room(r, d, sizeof *h->weights);
    h->n_needs = read_count(r, 28, UINT32_MAX);
    h->needs = room(r, h->n_needs, sizeof *h->needs);
    for (size_t k = 0; h->needs && k < h->n_needs; k++) {
        tdo_need *need = &h->needs[k];
        need->criterion = read_index(r, d, false);
        need->has_min = read_u32(r) != 0;
        need->min = read_f64(r);
        need->has_max = read_u32(r) != 0;
        need->max = read_f64(r);
        need->veto = read_u32(r) != 0;
    }
}

static void read_column(reader *r, web_column *c, size_t n)
{
    c->name = read_text(r);
    c->number = read_u32(r) ? read_array(r, n, sizeof(double)) : NULL;
    c->n_words = read_count(r, 4, UINT32_MAX);
    if (!c->n_words)
        return;
    c->words = read_texts(r, c->n_words);
    c->word = read_array(r, n, sizeof(uint32_t));
    for (size_t i = 0; c->word && i < n; i++)
        r->failed = r->failed || c->word[i] >= c->n_words;
}

static void read_candidates(reader *r, tdo_measured *x)
{
    x->id = read_texts(r, x->n);
    x->line = read_array(r, x->n, sizeof(uint32_t));
    x->dropped = read_array(r, x->n, sizeof(bool));
    x->imputed = read_u32(r) ? read_array(r, x->d * x->n, sizeof(bool)) : NULL;
    x->rows = read_u32(r);
    x->where_dropped = read_u32(r);
    x->incumbent = read_index(r, x->n, true);
}

static void read_rule_options(reader *r, tdo_scenario *s)
{
    tdo_rule_options *o = &s->rule_options;
    o->n_owa_weights = read_count(r, sizeof(double), TDO_MAX_STAKEHOLDERS);
    o->owa_weights = read_array(r, o->n_owa_weights, sizeof(double));
    size_t *stage = read_u32(r) ? room(r, s->n_stakeholders, sizeof *stage) : NULL;
    for (size_t h = 0; stage && h < s->n_stakeholders; h++) {
        stage[h] = read_index(r, s->n_stakeholders, true);
        if (stage[h] != TDO_NONE && stage[h] >= o->n_stages)
            o->n_stages = stage[h] + 1;
    }
    o->stage = stage;
    o->slack = read_f64(r);
}

static tdo_status verdict(const reader *r)
{
    return r->full ? TDO_E_MEMORY : r->failed || r->at != r->end ? TDO_E_INPUT : TDO_OK;
}

tdo_status web_read_problem(const uint8_t *bytes, size_t length, tdo_arena *a, web_problem *out)
{
    reader r = {bytes, bytes + length, a, false, false};
    web_problem p = {0};
    tdo_scenario *s = &p.scenario;
    tdo_measured *x = &p.measured;
    r.failed = read_u32(&r) != FORMAT;
    x->n = read_count(&r, 0, UINT32_MAX / TDO_MAX_CRITERIA);
    s->n_criteria = x->d = read_count(&r, 0, TDO_MAX_CRITERIA);
    s->n_stakeholders = read_count(&r, 0, TDO_MAX_STAKEHOLDERS);
    p.n_columns = read_count(&r, 12, UINT32_MAX);
    s->file = s->title = "";
    s->simpler = read_index(&r, x->d, true);
    s->simpler_within = read_f64(&r);
    read_rule_options(&r, s);
    s->criteria = room(&r, x->d, sizeof *s->criteria);
    s->stakeholders = room(&r, s->n_stakeholders, sizeof *s->stakeholders);
    p.columns = room(&r, p.n_columns, sizeof *p.columns);
    read_candidates(&r, x);
    double *reading = r.failed ? NULL : room(&r, x->d * x->n, sizeof *reading);
    const double **se = room(&r, x->d, sizeof *se);
    for (size_t c = 0; c < x->d && !r.failed; c++)
        read_criterion(&r, &s->criteria[c], x->n, reading + c * x->n, &se[c]);
    const tdo_subgroups **groups = room(&r, x->d, sizeof *groups);
    for (size_t c = 0; c < x->d && !r.failed; c++)
        groups[c] = read_groups(&r, &s->criteria[c], x->n);
    p.need = room(&r, s->n_stakeholders, sizeof *p.need);
    for (size_t h = 0; h < s->n_stakeholders && !r.failed; h++) {
        read_stakeholder(&r, &s->stakeholders[h], x->d);
        p.need[h] = room(&r, s->stakeholders[h].n_needs, sizeof *p.need[h]);
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

static void read_match(reader *r, tdo_match *m)
{
    m->text = read_text(r);
    m->is_number = read_u32(r) != 0;
    m->number = read_f64(r);
}

static tdo_match *read_matches(reader *r, size_t *n)
{
    *n = read_count(r, 16, UINT32_MAX);
    tdo_match *m = *n ? room(r, *n, sizeof *m) : NULL;
    for (size_t k = 0; m && k < *n; k++)
        read_match(r, &m[k]);
    return m;
}

/* Which column a constraint looks at; it must have been read the way that the constraint needs. */
static const web_column *read_place(reader *r, const web_problem *p, tdo_condition *is)
{
    is->criterion = read_index(r, p->measured.d, true);
    size_t k = read_index(r, p->n_columns, true);
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

static const bool *match_column(reader *r, const tdo_condition *is, const web_column *c, size_t n)
{
    bool *holds = room(r, c->n_words, sizeof *holds), *y = room(r, n, sizeof *y);
    for (size_t q = 0; holds && q < c->n_words; q++)
        holds[q] = cell_matches(is, c->words[q]);
    for (size_t i = 0; holds && y && i < n; i++)
        y[i] = holds[c->word[i]];
    return y;
}

/* What the program would call a limit that the page moved or made. */
static const char *derived_text(reader *r, web_problem *p, const tdo_condition *is)
{
    const char *text = r->failed ? "" : terms_condition_text(is, p->scenario.criteria, r->a);
    r->full = r->full || !text;
    r->failed = r->failed || !text;
    return text ? text : "";
}

static void read_limit(reader *r, web_problem *p, tdo_constraint *k, size_t j,
                       const double **limited, const bool **matches)
{
    tdo_condition *is = &k->is;
    const web_column *column = read_place(r, p, is);
    size_t n_equals = 0;
    k->text = read_text(r);
    k->owner = read_text(r);
    k->why = read_text(r);
    k->stakeholder = read_index(r, p->scenario.n_stakeholders, true);
    is->has_min = read_u32(r) != 0;
    is->min = read_f64(r);
    is->has_max = read_u32(r) != 0;
    is->max = read_f64(r);
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
    reader r = {bytes, bytes + length, a, false, false};
    size_t m = read_count(&r, 0, TDO_MAX_CONSTRAINTS);
    tdo_constraint *limits = room(&r, m, sizeof *limits);
    const double **limited = room(&r, m, sizeof *limited);
    const bool **matches = room(&r, m, sizeof *matches);
    const uint32_t **word = room(&r, m, sizeof *word);
    const char *const **words = room(&r, m, sizeof *words);
    for (size_t j = 0; j < m && !r.failed; j++) {
        read_limit(&r, p, &limits[j], j, limited, matches);
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
    return TDO_OK;
}
