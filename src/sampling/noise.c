/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gathers the errors of columns and sums, and who reads them. */
#include "sampling/noise.h"

#include <math.h>
#include <string.h>

typedef struct making {
    const tdo_scenario *s;
    const tdo_measured *x;
    tdo_arena *a;
    noise_plan *p;
} making;

static bool is_one_column(const tdo_criterion *c)
{
    return c->n_terms == 1 && !c->linear;
}

static size_t find(const noise_plan *p, const char *name)
{
    for (size_t q = 0; q < p->n; q++)
        if (strcmp(p->source[q].is.name, name) == 0)
            return q;
    return TDO_NONE;
}

/* se: [n], NaN: not known, which counts as exact. Nothing is added where all are. */
static tdo_status add(making *m, const char *name, const double *se, bool has_correlation,
                      double correlation)
{
    double *own = tdo_alloc(m->a, m->x->n, sizeof *own);
    bool some = false;
    if (!own || !name)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < m->x->n; i++) {
        own[i] = se[i] > 0 ? se[i] : 0;
        some |= own[i] > 0;
    }
    if (some)
        m->p->source[m->p->n++] = (noise_source){.is = {.name = name,
                                                        .kind = TDO_ERROR_SE,
                                                        .has_correlation = has_correlation,
                                                        .correlation = correlation,
                                                        .unstated = !has_correlation},
                                                 .kind = &noise_normal,
                                                 .row = m->p->rows++,
                                                 .rows = 1,
                                                 .lane = m->p->lanes++,
                                                 .se = own};
    return TDO_OK;
}

static bool reads_one_with_error(const making *m, const tdo_criterion *c)
{
    for (size_t t = 0; t < c->n_terms; t++)
        for (size_t e = 0; e < m->s->n_errors; e++)
            if (strcmp(m->s->errors[e].column, c->terms[t].column) == 0)
                return true;
    return false;
}

/* Does a criterion have an error that "errors" does not list? That of a sum, or of a mean of rows;
 * those of subgroups belong to the cells, unless the scenario gives one of the whole. */
static bool has_own_error(const making *m, size_t c)
{
    const tdo_criterion *k = &m->s->criteria[c];
    if (!m->x->se || !m->x->se[c] || (k->groups && !k->has_se))
        return false;
    return k->linear ? k->has_se || !reads_one_with_error(m, k) : !reads_one_with_error(m, k);
}

static tdo_status gather(making *m)
{
    tdo_status status = TDO_OK;
    for (size_t e = 0; e < m->s->n_errors && status == TDO_OK; e++) {
        const tdo_column_error *k = &m->s->errors[e];
        status = add(m, k->column, m->x->column_se[e], k->has_correlation, k->correlation);
    }
    for (size_t c = 0; c < m->x->d && status == TDO_OK; c++) {
        const tdo_criterion *k = &m->s->criteria[c];
        if (!has_own_error(m, c) ||
            (is_one_column(k) && find(m->p, k->terms[0].column) != TDO_NONE))
            continue;
        const char *name = is_one_column(k) ? k->terms[0].column
                                            : tdo_text(m->a, "criterion:%s", k->id);
        status = add(m, name, m->x->se[c], k->has_correlation, k->correlation);
    }
    return status;
}

static void use(const making *m, noise_reader *r, size_t source, double coefficient)
{
    if (source != TDO_NONE)
        r->use[r->n++] = (noise_use){m->p->source[source].row, source, coefficient};
}

static tdo_status read_criterion(const making *m, size_t c, noise_reader *r)
{
    const tdo_criterion *k = &m->s->criteria[c];
    r->use = tdo_alloc(m->a, k->n_terms + 1, sizeof *r->use);
    if (!r->use)
        return TDO_E_MEMORY;
    for (size_t t = 0; t < k->n_terms; t++)
        use(m, r, find(m->p, k->terms[t].column), k->terms[t].coefficient);
    if (!is_one_column(k)) {
        const char *name = tdo_text(m->a, "criterion:%s", k->id);
        if (!name)
            return TDO_E_MEMORY;
        use(m, r, find(m->p, name), 1);
    }
    return TDO_OK;
}

static tdo_status read_limit(const making *m, size_t j, noise_reader *r)
{
    const tdo_condition *is = &m->s->constraints[j].is;
    if (!is->has_min && !is->has_max)
        return TDO_OK; /* relative ones have found theirs by now */
    if (is->criterion != TDO_NONE) {
        *r = m->p->criterion[is->criterion];
        return TDO_OK;
    }
    r->use = tdo_alloc(m->a, 1, sizeof *r->use);
    if (!r->use)
        return TDO_E_MEMORY;
    use(m, r, find(m->p, is->column), 1);
    return TDO_OK;
}

static tdo_status read_row(const making *m, size_t row, noise_reader *r)
{
    r->use = tdo_alloc(m->a, 1, sizeof *r->use);
    if (!r->use)
        return TDO_E_MEMORY;
    r->use[r->n++] = (noise_use){row, 0, 1};
    return TDO_OK;
}

/* Draws are joint: one source, with a row of deviations for each reading. */
static tdo_status plan_draws(const making *m)
{
    noise_plan *p = m->p;
    tdo_status status = TDO_OK;
    p->rows = 1 + m->x->d + m->x->m;
    p->source[p->n++] = (noise_source){
        .is = {.name = m->s->candidates_file, .kind = TDO_ERROR_DRAWS}, .rows = p->rows};
    p->lanes = 1;
    for (size_t c = 0; c < m->x->d && status == TDO_OK; c++)
        if (m->x->drawn[c])
            status = read_row(m, 1 + c, &p->criterion[c]);
    for (size_t j = 0; j < m->x->m && status == TDO_OK; j++) {
        const tdo_condition *is = &m->s->constraints[j].is;
        if (!is->has_min && !is->has_max)
            continue;
        if (is->criterion != TDO_NONE)
            p->limit[j] = p->criterion[is->criterion];
        else
            status = read_row(m, 1 + m->x->d + j, &p->limit[j]);
    }
    return status;
}

tdo_status noise_make_plan(const tdo_scenario *s, const tdo_measured *x, tdo_arena *a,
                           noise_plan *out)
{
    making m = {s, x, a, out};
    *out = (noise_plan){.source = tdo_alloc(a, s->n_errors + x->d + 1, sizeof *out->source),
                        .criterion = tdo_alloc(a, x->d, sizeof *out->criterion),
                        .limit = tdo_alloc(a, x->m, sizeof *out->limit)};
    if (!out->source || !out->criterion || !out->limit)
        return TDO_E_MEMORY;
    if (x->draws > 0)
        return plan_draws(&m);
    tdo_status status = gather(&m);
    for (size_t c = 0; c < x->d && status == TDO_OK; c++)
        status = read_criterion(&m, c, &out->criterion[c]);
    for (size_t j = 0; j < x->m && status == TDO_OK; j++)
        status = read_limit(&m, j, &out->limit[j]);
    return status;
}
