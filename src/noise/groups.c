/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of files of subgroups. Each cell is drawn by itself: what the candidates share of an error
 * they share within a subgroup. What criteria take of the cells is biased by itself (the worst of
 * many noisy ones is worse than the worst): for scores it is centred about the reading, limits see
 * it as it is drawn. */
#include "noise/groups.h"
#include "base/sort.h"

#include <math.h>
#include <string.h>

/* ---- which cells there are ---- */

typedef struct adding {
    const tdo_scenario *s;
    const tdo_measured *x;
    tdo_arena *a;
    noise_plan *p;
} adding;

/* Are both read from the same column, by the same subgroups? */
static bool share_lanes(const noise_cells *c, const tdo_criterion *of, const tdo_subgroups *g)
{
    return c->name == g->name && strcmp(c->of->groups->value, of->groups->value) == 0;
}

static bool same_column(const char *x, const char *y)
{
    return x && y ? strcmp(x, y) == 0 : !x && !y;
}

static bool are_same(const noise_cells *c, const tdo_criterion *of, const tdo_subgroups *g)
{
    const tdo_criterion *k = c->of;
    return share_lanes(c, of, g) && same_column(k->groups->size, of->groups->size) &&
           same_column(k->groups->se, of->groups->se) && tdo_same_style(&k->style, &of->style) &&
           k->zero_is_missing == of->zero_is_missing;
}

static bool name_before(const void *user, uint32_t i, uint32_t j)
{
    const char *const *name = user;
    return strcmp(name[i], name[j]) < 0;
}

/* Lanes go by the bytes of names, so that the order of the rows changes no sample. NULL: memory is
 * out. */
static uint32_t *find_lanes(const tdo_subgroups *g, tdo_arena *a)
{
    uint32_t *lane = tdo_alloc(a, g->n_names, sizeof *lane);
    uint32_t *order = tdo_alloc(a, 2 * g->n_names, sizeof *order);
    if (!lane || !order)
        return NULL;
    for (uint32_t k = 0; k < g->n_names; k++)
        order[k] = k;
    sort_by(order, g->n_names, name_before, g->name, order + g->n_names);
    for (uint32_t k = 0; k < g->n_names; k++)
        lane[order[k]] = k;
    return lane;
}

static bool lane_before(const void *user, uint32_t i, uint32_t j)
{
    const uint32_t *lane = user;
    return lane[i] < lane[j];
}

/* The cells in the order of their lanes. */
typedef struct cell_columns {
    uint32_t *lane;
    double *value, *weight, *se, *a, *b;
} cell_columns;

static tdo_status make_columns(tdo_arena *a, size_t cells, cell_columns *y)
{
    double *all = tdo_alloc(a, 5 * cells, sizeof *all);
    y->lane = tdo_alloc(a, cells, sizeof *y->lane);
    if (!all || !y->lane)
        return TDO_E_MEMORY;
    y->value = all;
    y->weight = all + cells;
    y->se = all + 2 * cells;
    y->a = all + 3 * cells;
    y->b = all + 4 * cells;
    return TDO_OK;
}

static void copy_cell(const tdo_subgroups *g, size_t from, cell_columns *y, size_t to)
{
    const double n = g->size ? g->size[from] : (double)NAN;
    y->value[to] = g->value[from];
    y->weight[to] = g->size ? n : 1;
    if (g->se) {
        y->se[to] = g->se[from] > 0 ? g->se[from] : 0;
    } else if (g->rate > 0 && n > 0) {
        double cases = g->value[from] / g->rate * n;
        y->a[to] = cases + 0.5;
        y->b[to] = n - cases + 0.5;
    }
}

static tdo_status make_cells(const adding *m, const tdo_criterion *of, const tdo_subgroups *g,
                             noise_cells *c)
{
    const size_t n = m->x->n, cells = g->start[n];
    uint32_t *lane = find_lanes(g, m->a), *order = tdo_alloc(m->a, 2 * cells, sizeof *order);
    uint32_t *own = tdo_alloc(m->a, cells, sizeof *own);
    cell_columns y;
    if (!lane || !order || !own || make_columns(m->a, cells, &y) != TDO_OK)
        return TDO_E_MEMORY;
    for (uint32_t q = 0; q < cells; q++) {
        order[q] = q;
        own[q] = lane[g->group[q]];
    }
    for (size_t i = 0; i < n; i++)
        sort_by(order + g->start[i], g->start[i + 1] - g->start[i], lane_before, own,
                order + cells);
    for (size_t q = 0; q < cells; q++) {
        y.lane[q] = own[order[q]];
        copy_cell(g, order[q], &y, q);
    }
    *c = (noise_cells){.of = of,
                       .name = g->name,
                       .first = m->p->cell_lanes,
                       .names = g->n_names,
                       .start = g->start,
                       .lane = y.lane,
                       .value = y.value,
                       .weight = y.weight,
                       .se = y.se,
                       .a = y.a,
                       .b = y.b,
                       .scale = g->rate > 0 ? g->rate : 1};
    return TDO_OK;
}

/* ---- who takes them ---- */

/* Some number above 0 where a cell has an error: of the size of theirs. */
static double some_error(const noise_cells *c, const tdo_criterion *of, size_t i)
{
    const size_t from = c->start[i], to = c->start[i + 1];
    double squares = 0;
    for (size_t q = from; q < to; q++)
        squares += noise_cell_sd(c, q) * noise_cell_sd(c, q);
    return to - from < noise_least_cells(of) ? 0 : sqrt(squares / (double)(to - from));
}

/* Has it an error of its own, which is that of the whole, or have its cells none? */
static bool is_taken(const adding *m, size_t c)
{
    const tdo_criterion *of = &m->s->criteria[c];
    return of->groups && !of->has_se && m->x->groups && m->x->groups[c] &&
           (m->x->groups[c]->se || m->x->groups[c]->rate > 0);
}

static noise_source *source_of(const adding *m, const tdo_criterion *of)
{
    for (size_t q = 0; q < m->p->n; q++)
        if (m->p->source[q].groups &&
            strcmp(m->p->source[q].error.name, of->groups->from.file) == 0)
            return &m->p->source[q];
    return NULL;
}

/* The cells of the criterion, where an earlier one has them, too: else they are made. */
static tdo_status find_cells(const adding *m, const tdo_criterion *of, const tdo_subgroups *g,
                             noise_groups_file *file, size_t *out)
{
    noise_cells *c = &file->cells[file->n_cells];
    tdo_status status = TDO_OK;
    bool known = false;
    *out = 0;
    while (*out < file->n_cells && !are_same(&file->cells[*out], of, g))
        ++*out;
    if (*out < file->n_cells)
        return TDO_OK;
    status = make_cells(m, of, g, c);
    for (size_t k = 0; k < file->n_cells && !known; k++) {
        known = share_lanes(&file->cells[k], of, g);
        c->first = known ? file->cells[k].first : c->first;
    }
    m->p->cell_lanes += known ? 0 : c->names;
    file->n_cells++;
    return status;
}

static tdo_status start_source(const adding *m, const tdo_criterion *of, noise_groups_file **file)
{
    const size_t d = m->x->d;
    *file = tdo_alloc(m->a, 1, sizeof **file);
    double *se = tdo_alloc(m->a, 2 * d * m->x->n, sizeof *se);
    if (!*file || !se)
        return TDO_E_MEMORY;
    (*file)->cells = tdo_alloc(m->a, d, sizeof *(*file)->cells);
    (*file)->se = se;
    (*file)->taking = tdo_alloc(m->a, d, sizeof *(*file)->taking);
    m->p->source[m->p->n++] = (noise_source){
        .error = {.name = of->groups->from.file, .kind = TDO_ERROR_GROUPS, .unstated = true},
        .kind = &noise_groups,
        .se = se,
        .groups = *file};
    return (*file)->cells && (*file)->taking ? TDO_OK : TDO_E_MEMORY;
}

/* What is said of one criterion of a file is said of the file. */
static void set_correlation(const tdo_criterion *of, tdo_measurement_error *e)
{
    if (!of->has_correlation)
        return;
    e->has_correlation = true;
    e->unstated = false;
    e->correlation = of->correlation;
}

static tdo_status add_taking(const adding *m, size_t c)
{
    const tdo_criterion *of = &m->s->criteria[c];
    noise_source *s = source_of(m, of);
    noise_groups_file *file = s ? s->groups : NULL;
    tdo_status status = s ? TDO_OK : start_source(m, of, &file);
    if (status != TDO_OK)
        return status;
    s = source_of(m, of);
    noise_taking *y = &file->taking[file->n++];
    *y = (noise_taking){.of = of, .criterion = c};
    status = find_cells(m, of, m->x->groups[c], file, &y->cells);
    if (status != TDO_OK)
        return status;
    double *se = file->se + s->rows * m->x->n;
    for (size_t i = 0; i < m->x->n; i++)
        se[i] = se[m->x->n + i] = some_error(&file->cells[y->cells], of, i);
    set_correlation(of, &s->error);
    s->rows += 2;
    return TDO_OK;
}

static bool is_exact(const noise_source *s, size_t n)
{
    for (size_t k = 0; k < s->rows * n; k++)
        if (s->se[k] > 0)
            return false;
    return true;
}

static tdo_status set_readers(const adding *m, size_t q)
{
    noise_source *s = &m->p->source[q];
    s->row = m->p->rows;
    m->p->rows += s->rows;
    for (size_t k = 0; k < s->groups->n; k++) {
        noise_reader *r = &m->p->criterion[s->groups->taking[k].criterion];
        r->use = tdo_alloc(m->a, 1, sizeof *r->use);
        if (!r->use)
            return TDO_E_MEMORY;
        r->use[r->n++] = (noise_use){s->row + 2 * k + 1, q, 1};
    }
    return TDO_OK;
}

tdo_status noise_add_groups(const tdo_scenario *s, const tdo_measured *x, tdo_arena *a,
                            noise_plan *p)
{
    const adding m = {s, x, a, p};
    const size_t from = p->n;
    tdo_status status = TDO_OK;
    for (size_t c = 0; c < x->d && status == TDO_OK; c++)
        if (is_taken(&m, c))
            status = add_taking(&m, c);
    size_t kept = from;
    for (size_t q = from; q < p->n && status == TDO_OK; q++)
        if (!is_exact(&p->source[q], x->n))
            p->source[kept++] = p->source[q];
    p->n = status == TDO_OK ? kept : p->n;
    for (size_t q = from; q < p->n && status == TDO_OK; q++)
        status = set_readers(&m, q);
    return status;
}

tdo_status noise_uncentred(tdo_arena *a, noise_reader *r)
{
    noise_use *use = tdo_alloc(a, 1, sizeof *use);
    if (!use)
        return TDO_E_MEMORY;
    *use = r->use[0];
    use->row--;
    r->use = use;
    return TDO_OK;
}
