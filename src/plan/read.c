/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the file of segments: one row for each segment and candidate, with the columns of the
 * criteria, of limits and of what was held out. */
#include "plan/facts.h"

#include "model/model.h"

#include <string.h>

tdo_status plan_complain(plan_facts *f, unsigned line, const char *text)
{
    tdo_error e = {0};
    if (!text)
        return TDO_E_MEMORY;
    (void)tdo_fail_at(&e, TDO_E_INPUT, f->seg->from.path, line, 0, "%s", text);
    tdo_report_add(f->report, &e);
    return TDO_OK;
}

tdo_status plan_complain_at(plan_facts *f, const tdo_place *at, const char *text)
{
    tdo_error e = {0};
    if (!text)
        return TDO_E_MEMORY;
    (void)tdo_fail_at(&e, TDO_E_INPUT, at->file, at->line, at->column, "%s", text);
    tdo_report_add(f->report, &e);
    return TDO_OK;
}

/* ---- what of the scenario is about segments ---- */

static tdo_status refuse_beside(plan_facts *f)
{
    tdo_status status = TDO_OK;
    for (size_t c = 0; c < f->s->n_criteria && status == TDO_OK; c++) {
        const tdo_criterion *k = &f->s->criteria[c];
        if (k->groups || k->items)
            status = plan_complain_at(
                f, &k->place,
                tdo_text(f->a,
                         "criterion \"%s\" has a file of its own: a plan reads its criteria "
                         "from the file of \"segments\"",
                         k->id));
    }
    for (size_t j = 0; j < f->s->n_constraints && status == TDO_OK; j++) {
        const tdo_constraint *k = &f->s->constraints[j];
        const tdo_condition *is = &k->condition;
        if (k->relative || k->shown > 0 || is->equals || is->in || is->not_in)
            status = plan_complain_at(
                f, &is->place,
                tdo_text(f->a,
                         "in a plan a constraint has \"min\" and \"max\" only, and binds "
                         "each candidate in each segment: %s",
                         k->text));
    }
    return status;
}

/* The criteria alone, their errors aside. */
static tdo_status strip(plan_facts *f, plan_readings *out)
{
    const tdo_scenario *s = f->s;
    tdo_criterion *criteria = tdo_alloc(f->a, s->n_criteria, sizeof *criteria);
    if (!criteria)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < s->n_criteria; c++) {
        criteria[c] = s->criteria[c];
        criteria[c].has_se = true; /* none: whatever cells hold beside their numbers */
        criteria[c].se = 0;
        criteria[c].se_column = NULL;
        criteria[c].shape = (tdo_error_shape){0};
    }
    out->s = *s;
    out->s.criteria = criteria;
    out->s.n_constraints = out->s.n_errors = out->s.mix.n_limits = out->s.n_where = 0;
    out->s.n_join = 0;
    out->s.n_stakeholders = 0; /* whoever weighs nothing here may limit it */
    out->s.average = (tdo_average){0};
    out->s.draw = out->s.incumbent = NULL;
    return TDO_OK;
}

static tdo_status strip_held(plan_facts *f, plan_readings *out)
{
    const tdo_segments *g = f->seg;
    tdo_criterion *criteria = tdo_alloc(f->a, g->n_holdout, sizeof *criteria);
    tdo_term *term = tdo_alloc(f->a, g->n_holdout, sizeof *term);
    if (!criteria || !term)
        return TDO_E_MEMORY;
    out->s = f->chosen.s;
    for (size_t k = 0; k < g->n_holdout; k++) {
        criteria[k] = f->chosen.s.criteria[g->holdout[k].criterion];
        term[k] = criteria[k].terms[0];
        term[k].column = g->holdout[k].column;
        term[k].place = g->holdout[k].place;
        criteria[k].terms = &term[k];
    }
    out->s.criteria = criteria;
    out->s.n_criteria = g->n_holdout;
    return TDO_OK;
}

/* ---- the columns ---- */

typedef struct wanting {
    tdo_wanted *wanted;
    size_t n, first; /* first: of those that are not of criteria */
} wanting;

static size_t want(wanting *w, const char *column, bool words, tdo_reading_style style,
                   const tdo_place *place)
{
    size_t n = w->n - w->first;
    const size_t k = w->first + model_want(w->wanted + w->first, &n, column, words, style, place);
    w->n = w->first + n;
    return k;
}

static size_t want_number(plan_facts *f, wanting *w, const char *column, const tdo_place *place)
{
    return column ? want(w, column, false, model_style_of(&f->chosen.s, column, NULL), place)
                  : TDO_NONE;
}

static void want_others(plan_facts *f, wanting *w)
{
    const tdo_segments *g = f->seg;
    const tdo_reading_style plain = {.as = TDO_CELLS_PLAIN};
    plan_columns *at = &f->at;
    w->first = w->n;
    at->segment = want(w, g->segment, true, plain, &g->segment_place);
    at->group = g->group ? want(w, g->group, true, plain, &g->group_place) : TDO_NONE;
    at->size = want_number(f, w, g->size, &g->size_place);
    for (size_t k = 0; k < g->n_limits; k++)
        at->limit[k] = want_number(f, w, g->limits[k].on.column, &g->limits[k].place);
    for (size_t k = 0; k < g->n_floors; k++)
        at->floor[k] = want_number(f, w, g->floors[k].on.column, &g->floors[k].place);
    for (size_t j = 0; j < f->s->n_constraints; j++)
        at->constraint[j] = want_number(f, w, f->s->constraints[j].condition.column,
                                        &f->s->constraints[j].condition.place);
}

static tdo_status find_wanted(plan_facts *f, wanting *out)
{
    tdo_wanted *chosen = NULL, *held = NULL;
    size_t n_chosen = 0, n_held = 0;
    tdo_status status = tdo_columns_wanted(&f->chosen.s, f->a, &chosen, &n_chosen);
    if (status == TDO_OK)
        status = tdo_columns_wanted(&f->held.s, f->a, &held, &n_held);
    const size_t others = 3 + f->seg->n_limits + f->seg->n_floors + f->s->n_constraints;
    if (status != TDO_OK)
        return status;
    out->wanted = tdo_alloc(f->a, n_chosen + n_held + others, sizeof *out->wanted);
    if (!out->wanted)
        return TDO_E_MEMORY;
    memcpy(out->wanted, chosen, n_chosen * sizeof *chosen);
    memcpy(out->wanted + n_chosen, held, n_held * sizeof *held);
    f->held.first = n_chosen;
    out->n = n_chosen + n_held;
    want_others(f, out);
    return TDO_OK;
}

/* ---- the readings ---- */

/* Each row counts as a candidate of its own, called as the one whose row it is. */
static tdo_status measure(plan_facts *f, plan_readings *of)
{
    tdo_table rows = f->table;
    rows.column = f->table.column + of->first;
    rows.id = f->row_id;
    rows.n_ids = rows.n;
    rows.owner = NULL;
    const tdo_tables tables = {.candidates = &rows};
    return tdo_measure(&of->s, &tables, f->a, &of->x, &f->out->warnings, f->report);
}

static tdo_status name_rows(plan_facts *f)
{
    f->row_id = tdo_alloc(f->a, f->table.n, sizeof *f->row_id);
    for (size_t i = 0; f->row_id && i < f->table.n; i++)
        f->row_id[i] = f->table.id[f->table.owner[i]];
    return f->row_id ? TDO_OK : TDO_E_MEMORY;
}

tdo_status plan_read(plan_facts *f, const tdo_segments_options *o)
{
    const tdo_segments *g = f->seg;
    const size_t errors = f->report->count;
    wanting w = {0};
    tdo_status status = refuse_beside(f);
    if (status == TDO_OK && f->report->count > errors)
        status = TDO_E_INPUT;
    if (status == TDO_OK)
        status = strip(f, &f->chosen);
    if (status == TDO_OK)
        status = strip_held(f, &f->held);
    if (status == TDO_OK)
        status = find_wanted(f, &w);
    tdo_table_request request = model_request_of(&g->from);
    request.by = request.id_columns;
    request.n_by = request.n_id_columns;
    request.by_place = request.id_place;
    request.wanted = w.wanted;
    request.n_wanted = w.n;
    request.progress = o->progress;
    request.progress_user = o->user;
    if (status == TDO_OK)
        status = tdo_table_read(&request, f->a, &f->table, &f->out->warnings, f->report);
    if (status == TDO_OK)
        status = name_rows(f);
    if (status == TDO_OK)
        status = measure(f, &f->chosen);
    return status == TDO_OK && g->n_holdout > 0 ? measure(f, &f->held) : status;
}
