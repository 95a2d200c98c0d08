/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gathers the errors of columns and sums, and who reads them. */
#include "noise/noise.h"
#include "base/sort.h"

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
        if (strcmp(p->source[q].error.name, name) == 0)
            return q;
    return TDO_NONE;
}

/* x: [n], NaN: not known, which counts as exact. NULL: memory is out. */
static double *or_exact(const making *m, const double *x)
{
    double *y = tdo_alloc(m->a, m->x->n, sizeof *y);
    for (size_t i = 0; y && i < m->x->n; i++)
        y[i] = x[i] > 0 ? x[i] : 0;
    return y;
}

static bool some_above_0(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (x[i] > 0)
            return true;
    return false;
}

static tdo_status set_halves(const making *m, const tdo_spread *x, noise_source *s)
{
    s->error.kind = TDO_ERROR_INTERVAL;
    s->kind = &noise_split;
    s->below = or_exact(m, x->below);
    s->above = or_exact(m, x->above);
    return s->below && s->above ? TDO_OK : TDO_E_MEMORY;
}

static tdo_status set_flat(const making *m, const tdo_spread *x, noise_source *s)
{
    bool *flat = tdo_alloc(m->a, m->x->n, sizeof *flat);
    for (size_t i = 0; flat && i < m->x->n; i++)
        flat[i] = !isnan(x->runs[i]) && x->se[i] <= 0;
    s->flat = flat;
    return flat ? TDO_OK : TDO_E_MEMORY;
}

/* Of k runs: k - 1 degrees of freedom, and 3 at least, below which t has no variance. */
static tdo_status set_freedom(const making *m, const tdo_spread *x, noise_source *s)
{
    const double least = 3;
    double *freedom = tdo_alloc(m->a, m->x->n, sizeof *freedom);
    if (!freedom)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < m->x->n; i++) {
        freedom[i] = isnan(x->runs[i]) ? INFINITY : fmax(x->runs[i] - 1, least);
        if (freedom[i] <= NOISE_MOST_FREEDOM && s->se[i] > 0)
            s->most_freedom = fmax(s->most_freedom, freedom[i]);
    }
    s->freedom = freedom;
    s->kind = s->most_freedom > 0 ? &noise_student : &noise_normal;
    return TDO_OK;
}

/* The Beta between the bounds whose mean is the reading and whose standard deviation is se. What is
 * not measured, or taken as the worst, may have none: it counts as exact. */
static tdo_status set_shapes(const making *m, const tdo_spread *x, noise_source *s)
{
    double *a = tdo_alloc(m->a, m->x->n, sizeof *a), *b = tdo_alloc(m->a, m->x->n, sizeof *b);
    const double width = x->high - x->low, *reading = x->reading;
    if (!a || !b)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < m->x->n; i++) {
        double mean = (reading[i] - x->low) / width, rest = (x->high - reading[i]) / width;
        double sd = s->se[i] / width, more = mean * rest / (sd * sd) - 1;
        bool has = s->se[i] > 0 && more > 0;
        a[i] = has ? mean * more : 0;
        b[i] = has ? rest * more : 0;
    }
    s->kind = &noise_beta;
    s->low = x->low;
    s->high = x->high;
    s->a = a;
    s->b = b;
    s->reading = reading;
    return TDO_OK;
}

/* Nothing is added where all are exact. */
static tdo_status add(making *m, const char *name, const tdo_spread *x, bool has_correlation,
                      double correlation)
{
    noise_source s = {.error = {.name = name,
                                .kind = TDO_ERROR_SE,
                                .has_correlation = has_correlation,
                                .correlation = correlation,
                                .unstated = !has_correlation},
                      .kind = &noise_normal,
                      .rows = 1};
    tdo_status status = TDO_OK;
    s.se = or_exact(m, x->se);
    if (!s.se || !name)
        return TDO_E_MEMORY;
    if (!some_above_0(s.se, m->x->n))
        return TDO_OK;
    if (x->runs && !x->below)
        status = set_flat(m, x, &s);
    if (status != TDO_OK)
        return status;
    if (x->below)
        status = set_halves(m, x, &s);
    else if (x->has_bounds)
        status = set_shapes(m, x, &s);
    else if (x->runs)
        status = set_freedom(m, x, &s);
    s.row = m->p->rows++;
    s.lane = m->p->lanes++;
    m->p->source[m->p->n++] = s;
    return status;
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
    if (!m->x->se || !m->x->se[c] || k->items || (k->groups && !k->has_se))
        return false;
    return k->linear ? k->has_se || !reads_one_with_error(m, k) : !reads_one_with_error(m, k);
}

/* A row for each criterion of the file. */
static tdo_status add_items(making *m, const tdo_item_file *file)
{
    const size_t n = m->x->n;
    noise_source s = {.error = {.name = file->name, .kind = TDO_ERROR_ITEMS, .items = file->units},
                      .kind = &noise_items,
                      .row = m->p->rows,
                      .rows = file->n,
                      .lane = m->p->lanes++,
                      .items = file};
    double *se = tdo_alloc(m->a, file->n * n, sizeof *se);
    if (!se)
        return TDO_E_MEMORY;
    for (size_t row = 0; row < file->n; row++) {
        const tdo_item_scores *of = &file->of[row];
        noise_reader *r = &m->p->criterion[of->criterion];
        s.weighed |= of->quantile > 0;
        for (size_t i = 0; i < n; i++) {
            double own = m->x->se[of->criterion][i];
            se[row * n + i] = of->quantile > 0 ? (double)NAN : own > 0 ? own : 0;
        }
        r->use = tdo_alloc(m->a, 1, sizeof *r->use);
        if (!r->use)
            return TDO_E_MEMORY;
        r->use[r->n++] = (noise_use){s.row + row, m->p->n, 1};
    }
    s.se = se;
    m->p->rows += file->n;
    m->p->source[m->p->n++] = s;
    return TDO_OK;
}

static tdo_status gather(making *m)
{
    tdo_status status = TDO_OK;
    for (size_t e = 0; e < m->s->n_errors && status == TDO_OK; e++) {
        const tdo_column_error *k = &m->s->errors[e];
        status = add(m, k->column, &m->x->column_error[e], k->has_correlation, k->correlation);
    }
    for (size_t c = 0; c < m->x->d && status == TDO_OK; c++) {
        const tdo_criterion *k = &m->s->criteria[c];
        if (!has_own_error(m, c) ||
            (is_one_column(k) && find(m->p, k->terms[0].column) != TDO_NONE))
            continue;
        const char *name = is_one_column(k) ? k->terms[0].column
                                            : tdo_text(m->a, "criterion:%s", k->id);
        status = add(m, name, &m->x->error[c], k->has_correlation, k->correlation);
    }
    for (size_t q = 0; q < m->x->n_items && status == TDO_OK; q++)
        status = add_items(m, &m->x->items[q]);
    return status == TDO_OK ? noise_add_groups(m->s, m->x, m->a, m->p) : status;
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
    const tdo_condition *is = &m->s->constraints[j].condition;
    if (!is->has_min && !is->has_max)
        return TDO_OK; /* relative ones have found theirs by now */
    if (is->criterion != TDO_NONE) {
        *r = m->p->criterion[is->criterion];
        return r->n && m->p->source[r->use[0].source].groups ? noise_uncentred(m->a, r) : TDO_OK;
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
        .error = {.name = m->s->candidates_file, .kind = TDO_ERROR_DRAWS}, .rows = p->rows};
    p->lanes = 1;
    for (size_t c = 0; c < m->x->d && status == TDO_OK; c++)
        if (m->x->drawn[c])
            status = read_row(m, 1 + c, &p->criterion[c]);
    for (size_t j = 0; j < m->x->m && status == TDO_OK; j++) {
        const tdo_condition *is = &m->s->constraints[j].condition;
        if (!is->has_min && !is->has_max)
            continue;
        if (is->criterion != TDO_NONE)
            p->limit[j] = p->criterion[is->criterion];
        else
            status = read_row(m, 1 + m->x->d + j, &p->limit[j]);
    }
    return status;
}

static bool precedes(const void *user, uint32_t i, uint32_t j)
{
    const tdo_measured *x = user;
    return strcmp(x->id[i], x->id[j]) < 0;
}

/* By id, so that the order of the rows changes no sample. NULL: out of memory. */
static const uint32_t *find_places(const tdo_measured *x, tdo_arena *a)
{
    uint32_t *place = tdo_alloc(a, x->n, sizeof *place);
    uint32_t *order = tdo_alloc(a, 2 * x->n, sizeof *order);
    if (!place || !order)
        return NULL;
    for (uint32_t i = 0; i < x->n; i++)
        order[i] = i;
    sort_by(order, x->n, precedes, x, order + x->n);
    for (uint32_t q = 0; q < x->n; q++)
        place[order[q]] = q;
    return place;
}

tdo_status noise_make_plan(const tdo_scenario *s, const tdo_measured *x, tdo_arena *a,
                           noise_plan *out)
{
    making m = {s, x, a, out};
    *out = (noise_plan){.candidates = x->n,
                        .source = tdo_alloc(a, s->n_errors + x->d + 1, sizeof *out->source),
                        .criterion = tdo_alloc(a, x->d, sizeof *out->criterion),
                        .limit = tdo_alloc(a, x->m, sizeof *out->limit)};
    if (!out->source || !out->criterion || !out->limit)
        return TDO_E_MEMORY;
    if (x->draws > 0)
        return plan_draws(&m);
    tdo_status status = gather(&m);
    for (size_t c = 0; c < x->d && status == TDO_OK; c++)
        if (!s->criteria[c].items && !out->criterion[c].n) /* else gathered with their file */
            status = read_criterion(&m, c, &out->criterion[c]);
    for (size_t j = 0; j < x->m && status == TDO_OK; j++)
        status = read_limit(&m, j, &out->limit[j]);
    if (status != TDO_OK || !out->n)
        return status;
    out->place = find_places(x, a);
    return out->place ? TDO_OK : TDO_E_MEMORY;
}
