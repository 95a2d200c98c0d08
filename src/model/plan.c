/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns a scenario needs, each once, and who uses which. */
#include "base/list.h"
#include "model/model.h"

#include <string.h>

static size_t want(model_plan *p, const char *column, bool words, tdo_reading_style style,
                   const tdo_place *place)
{
    return model_want(p->wanted, &p->n_wanted, column, words, style, place);
}

static bool measures(const tdo_criterion *k, const char *column)
{
    for (size_t t = 0; t < k->n_terms && !k->levels; t++)
        if (strcmp(k->terms[t].column, column) == 0)
            return true;
    return false;
}

tdo_reading_style model_style_of(const tdo_scenario *s, const char *column, const tdo_criterion *by)
{
    for (size_t c = 0; c < s->n_criteria && (!by || by->style.as == TDO_CELLS_PLAIN); c++)
        if (s->criteria[c].style.as != TDO_CELLS_PLAIN && measures(&s->criteria[c], column))
            return s->criteria[c].style;
    for (size_t c = 0; c < s->n_criteria && !by; c++)
        if (measures(&s->criteria[c], column))
            return s->criteria[c].style;
    return by ? by->style : (tdo_reading_style){.as = TDO_CELLS_PLAIN};
}

enum { COLUMNS_OF_ERROR = 4 };

static size_t most_wanted(const tdo_scenario *s)
{
    size_t most = 2 * s->n_constraints + s->mix.n_limits + s->portfolio.n_limits +
                  COLUMNS_OF_ERROR * s->n_errors + 1;
    for (size_t c = 0; c < s->n_criteria; c++)
        most += s->criteria[c].n_terms + COLUMNS_OF_ERROR;
    return most;
}

/* style: of the column that has the error. */
static model_error_plan want_error(model_plan *p, const char *se, const tdo_error_shape *shape,
                                   tdo_reading_style style, const tdo_place *place)
{
    const tdo_reading_style beside = model_beside(style), plain = {.as = TDO_CELLS_PLAIN};
    const tdo_place *own = shape->place.file ? &shape->place : place;
    model_error_plan y = {TDO_NONE, TDO_NONE, TDO_NONE, TDO_NONE};
    if (se)
        y.se = want(p, se, false, beside, place);
    if (shape->low)
        y.low = want(p, shape->low, false, beside, own);
    if (shape->high)
        y.high = want(p, shape->high, false, beside, own);
    if (shape->runs_column)
        y.runs = want(p, shape->runs_column, false, plain, own);
    return y;
}

/* The columns of limits that are all numbers, by limit. */
static void want_limited(model_plan *p, const tdo_scenario *s, const tdo_constraint *limit,
                         size_t n, size_t *out)
{
    for (size_t j = 0; j < n; j++) {
        const tdo_condition *is = &limit[j].condition;
        out[j] = is->column
                     ? want(p, is->column, false, model_style_of(s, is->column, NULL), &is->place)
                     : TDO_NONE;
    }
}

tdo_status model_plan_columns(const tdo_scenario *s, tdo_arena *a, model_plan *out)
{
    size_t d = s->n_criteria, m = s->n_constraints;
    const char *id[TDO_MAX_CRITERIA] = {NULL};
    model_plan p = {
        .wanted = tdo_alloc(a, most_wanted(s), sizeof *p.wanted),
        .term = tdo_alloc(a, d, sizeof *p.term),
        .se = tdo_alloc(a, d, sizeof *p.se),
        .error = tdo_alloc(a, s->n_errors, sizeof *p.error),
        .limited = tdo_alloc(a, m, sizeof *p.limited),
        .matched = tdo_alloc(a, m, sizeof *p.matched),
        .mix_limited = tdo_alloc(a, s->mix.n_limits, sizeof *p.mix_limited),
        .portfolio_limited = tdo_alloc(a, s->portfolio.n_limits, sizeof *p.portfolio_limited)};
    if (!p.wanted || !p.term || !p.se || !p.error || !p.limited || !p.matched || !p.mix_limited ||
        !p.portfolio_limited)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < d; c++) {
        const tdo_criterion *k = &s->criteria[c];
        id[c] = k->id;
        p.term[c] = tdo_alloc(a, k->n_terms, sizeof **p.term);
        if (!p.term[c])
            return TDO_E_MEMORY;
        for (size_t t = 0; t < k->n_terms; t++)
            p.term[c][t] = want(&p, k->terms[t].column, k->levels != NULL,
                                k->levels ? k->style : model_style_of(s, k->terms[t].column, k),
                                &k->terms[t].place);
        p.se[c] = want_error(&p, k->se_column, &k->shape, k->style,
                             k->error_place.file ? &k->error_place : &k->place);
    }
    p.draw = s->draw ? want(&p, s->draw, true, (tdo_reading_style){.as = TDO_CELLS_PLAIN},
                            &s->draw_place)
                     : TDO_NONE;
    for (size_t e = 0; e < s->n_errors; e++) {
        const tdo_column_error *k = &s->errors[e];
        p.error[e] =
            want_error(&p, k->se_column, &k->shape, model_style_of(s, k->column, NULL), &k->place);
    }
    for (size_t j = 0; j < m; j++) {
        const tdo_condition *is = &s->constraints[j].condition;
        const char *near = is->column ? tdo_nearest_word(is->column, id, d) : NULL;
        bool bounded = is->column && (is->has_min || is->has_max);
        bool worded = is->column && (is->equals || is->in || is->not_in);
        const size_t before = p.n_wanted;
        p.limited[j] =
            bounded ? want(&p, is->column, false, model_style_of(s, is->column, NULL), &is->place)
                    : TDO_NONE;
        p.matched[j] = worded ? want(&p, is->column, true,
                                     (tdo_reading_style){.as = TDO_CELLS_PLAIN}, &is->place)
                              : TDO_NONE;
        for (size_t w = before; w < p.n_wanted; w++)
            p.wanted[w].criterion = near;
    }
    want_limited(&p, s, s->mix.limits, s->mix.n_limits, p.mix_limited);
    want_limited(&p, s, s->portfolio.limits, s->portfolio.n_limits, p.portfolio_limited);
    tdo_status status = model_plan_groups(s, a, &p);
    if (status == TDO_OK)
        status = model_plan_items(s, a, &p);
    if (status == TDO_OK)
        *out = p;
    return status;
}

tdo_status tdo_columns_wanted(const tdo_scenario *s, tdo_arena *a, tdo_wanted **out, size_t *n_out)
{
    model_plan p;
    tdo_status status = model_plan_columns(s, a, &p);
    if (status == TDO_OK) {
        *out = p.wanted;
        *n_out = p.n_wanted;
    }
    return status;
}

model_named model_named_start(tdo_arena *a)
{
    return (model_named){.a = a};
}

static size_t kept(const model_named *n)
{
    return n->count < MODEL_NAMED ? n->count : MODEL_NAMED;
}

void model_named_add(model_named *n, const char *id)
{
    size_t at = kept(n);
    if (at == MODEL_NAMED && strcmp(id, n->name[at - 1]) < 0)
        at--; /* the last one is named no longer */
    for (; at > 0 && at < MODEL_NAMED && strcmp(id, n->name[at - 1]) < 0; at--)
        n->name[at] = n->name[at - 1];
    if (at < MODEL_NAMED)
        n->name[at] = id;
    n->count++;
}

void model_named_append(model_named *n, const char *name)
{
    if (n->count < MODEL_NAMED)
        n->name[n->count] = name;
    n->count++;
}

const char *model_named_text(model_named *n)
{
    tdo_sink o = tdo_sink_memory(n->a);
    for (size_t k = 0; k < kept(n); k++) {
        tdo_puts(&o, k ? ", " : "");
        tdo_put_quoted(&o, n->name[k]);
    }
    list_rest(&o, kept(n), n->count);
    return o.failed || !o.text ? NULL : o.text;
}
