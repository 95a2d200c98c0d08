/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of segments: which row is of whom, what it is worth, what limits and floors look at. */
#include "replan/plan.h"

#include "base/sort.h"

#include <math.h>
#include <string.h>

/* ---- names ---- */

typedef struct row_names {
    const char **name; /* [n] by bytes */
    size_t n;
    uint32_t *of; /* [rows] */
} row_names;

static bool is_before(const void *user, uint32_t a, uint32_t b)
{
    const char *const *name = user;
    return strcmp(name[a], name[b]) < 0;
}

/* text: [rows] */
static bool put_in_order(const verify_plan *p, const char *const *text, row_names *out)
{
    verify_job *j = p->j;
    const size_t rows = p->w->n;
    const char **name = NULL;
    uint32_t *order = NULL, *room = NULL;
    index_table known = {0};
    bool good = VERIFY_ROOM(j, name, rows) && VERIFY_ROOM(j, out->of, rows) &&
                VERIFY_ROOM(j, out->name, rows) && VERIFY_ROOM(j, order, rows) &&
                VERIFY_ROOM(j, room, rows);
    for (size_t r = 0; r < rows && good; r++) {
        uint32_t at = INDEX_ABSENT;
        if (index_add(&known, name, index_key_of(text[r], strlen(text[r])), (uint32_t)out->n, &at))
            good = verify_room(j, SIZE_MAX, SIZE_MAX) != NULL;
        out->of[r] = at == INDEX_ABSENT ? (uint32_t)out->n : at;
        if (at == INDEX_ABSENT)
            name[out->n++] = text[r];
    }
    index_free(&known);
    for (size_t k = 0; k < out->n && good; k++)
        order[k] = (uint32_t)k;
    if (!good)
        return false;
    sort_by(order, out->n, is_before, name, room);
    for (size_t k = 0; k < out->n; k++) {
        out->name[k] = name[order[k]];
        room[order[k]] = (uint32_t)k;
    }
    for (size_t r = 0; r < rows; r++)
        out->of[r] = room[out->of[r]];
    return true;
}

static bool name_by_column(const verify_plan *p, const verify_table *t, const char *column,
                           row_names *out)
{
    verify_place at;
    const char **text = NULL;
    if (!verify_find_place(p->j, t, column, &at) || !VERIFY_ROOM(p->j, text, p->w->n))
        return false;
    for (size_t r = 0; r < p->w->n; r++) {
        const verify_cell c = verify_table_cell(t, at, r);
        text[r] = tdo_copy(p->j->a, c.s, c.length);
        if (!text[r])
            return verify_room(p->j, SIZE_MAX, SIZE_MAX) != NULL;
    }
    return put_in_order(p, text, out);
}

int verify_plan_find(const char *const *name, size_t n, const char *is)
{
    size_t low = 0, high = n;
    while (is && low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(name[middle], is) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return is && low < n && strcmp(name[low], is) == 0 ? (int)low : VERIFY_NONE;
}

/* ---- segments ---- */

/* Each segment has one row of each candidate. */
static bool place_rows(verify_plan *p, const verify_table *t, const row_names *segment,
                       const row_names *candidate)
{
    const size_t cells = segment->n * candidate->n;
    if (p->w->n == 0 || cells != p->w->n)
        return claim_fails(p->j, t->node, "it has not one row for each segment and candidate");
    if (!VERIFY_ROOM(p->j, p->row, cells))
        return false;
    for (size_t r = 0; r < p->w->n; r++) {
        uint32_t *at = &p->row[segment->of[r] * candidate->n + candidate->of[r]];
        if (*at != 0)
            return claim_fails(p->j, t->node, "line %u: this segment has two rows of one candidate",
                               (unsigned)t->sheet.line[t->row[r]]);
        *at = (uint32_t)r + 1;
    }
    for (size_t i = 0; i < cells; i++)
        p->row[i]--; /* as many rows as places, and none twice: all are taken */
    p->segments = segment->n;
    p->segment = segment->name;
    p->candidates = candidate->n;
    p->candidate = candidate->name;
    return true;
}

static bool read_sizes(verify_plan *p, const verify_table *t)
{
    const char *column = verify_text(p->from, "size", NULL);
    verify_number *x = NULL;
    if (!VERIFY_ROOM(p->j, p->size, p->segments) || !VERIFY_ROOM(p->j, p->group_size, p->groups) ||
        (column && (!VERIFY_ROOM(p->j, x, p->w->n) || !verify_read_numbers(p->w, t, column, x))))
        return false;
    for (size_t s = 0; s < p->segments; s++) {
        p->size[s] = x ? x[verify_plan_row(p, s, 0)].y : 1;
        if (!(p->size[s] > 0))
            return claim_fails(p->j, t->node, "the segment \"%s\" has no size", p->segment[s]);
        for (size_t j = 1; j < p->candidates && x; j++)
            if (fabs(x[verify_plan_row(p, s, j)].y - p->size[s]) > 0)
                return claim_fails(p->j, t->node, "the segment \"%s\" has two sizes",
                                   p->segment[s]);
        p->group_size[p->group_of[s]] += p->size[s];
        p->whole += p->size[s];
    }
    return true;
}

static bool read_groups(verify_plan *p, const verify_table *t)
{
    const char *column = verify_text(p->from, "group", NULL);
    row_names group = {0};
    p->groups = 1;
    if (!VERIFY_ROOM(p->j, p->group_of, p->segments) ||
        (column && !name_by_column(p, t, column, &group)))
        return false;
    for (size_t s = 0; s < p->segments && column; s++) {
        p->group_of[s] = group.of[verify_plan_row(p, s, 0)];
        for (size_t j = 1; j < p->candidates; j++)
            if (group.of[verify_plan_row(p, s, j)] != p->group_of[s])
                return claim_fails(p->j, t->node, "the segment \"%s\" is in two groups",
                                   p->segment[s]);
    }
    p->groups = column ? group.n : 1;
    p->group = group.name;
    return true;
}

/* ---- what was held out ---- */

static bool read_held(verify_plan *p, const verify_table *t)
{
    const verify_node *list = verify_get(p->from, "holdout");
    verify_criterion *criterion = NULL;
    if (!list || list->n == 0)
        return true;
    p->held = *p->w;
    if (!VERIFY_ROOM(p->j, criterion, p->w->d))
        return false;
    memcpy(criterion, p->w->criterion, p->w->d * sizeof *criterion);
    for (const verify_node *x = list->first; x; x = x->next) {
        const int c = verify_find_criterion(p->w, x->key);
        if (c == VERIFY_NONE || x->kind != VERIFY_TEXT)
            return claim_fails(p->j, x, "it is no column of a criterion");
        criterion[c].column = x->text;
        criterion[c].linear = NULL;
    }
    p->held.criterion = criterion;
    p->held.distance = NULL;
    p->held.m = 0; /* limits are looked at apart */
    return verify_read_again(&p->held, t);
}

static const verify_world *world_of(const verify_plan *p, bool held)
{
    return held && p->held.x ? &p->held : p->w;
}

/* ---- what rows are worth ---- */

static bool read_utilities(verify_plan *p, bool held, double **out)
{
    const verify_world *w = world_of(p, held);
    const size_t people = w->people;
    if (!VERIFY_ROOM(p->j, *out, w->n * people))
        return false;
    for (size_t c = 0; c < w->d; c++) {
        double worst = 0, best = 0;
        verify_find_range(p->w, c, &worst, &best);
        for (size_t r = 0; r < w->n; r++) {
            const double v = verify_value(&w->criterion[c], worst, best, verify_measured(w, c, r));
            for (size_t h = 0; h < people; h++)
                (*out)[r * people + h] += isnan(v) ? 0 : w->person[h].weight[c] * v;
        }
    }
    return true;
}

/* ---- limits ---- */

static bool read_column(verify_plan *p, const verify_table *t, const verify_node *node,
                        int *criterion, double **x)
{
    const char *column = verify_text(node, "column", NULL);
    verify_number *number = NULL;
    *criterion = verify_find_criterion(p->w, verify_text(node, "criterion", NULL));
    if (*criterion != VERIFY_NONE)
        return true;
    if (!column)
        return claim_fails(p->j, node, "the scenario in effect is none: it limits nothing");
    if (!VERIFY_ROOM(p->j, number, p->w->n) || !VERIFY_ROOM(p->j, *x, p->w->n) ||
        !verify_read_numbers(p->w, t, column, number))
        return false;
    for (size_t r = 0; r < p->w->n; r++)
        (*x)[r] = number[r].y;
    return true;
}

static bool read_bound(verify_plan *p, const verify_node *node, const char *key, int criterion,
                       double *out)
{
    const verify_node *x = verify_get(node, key);
    return !x || verify_bound(p->j, criterion == VERIFY_NONE ? NULL : &p->w->criterion[criterion],
                              x, out);
}

static bool read_limit(verify_plan *p, const verify_table *t, const verify_node *node,
                       verify_plan_limit *l)
{
    static const char *const keys[][2] = {
        {"min", "max"}, {"share_min", "share_max"}, {"gap_min", "gap_max"}};
    const char *id = verify_text(node, "candidate", NULL);
    *l = (verify_plan_limit){.node = node, .criterion = VERIFY_NONE};
    l->bind = id ? VERIFY_SHARE : verify_get(node, "gap_max") ? VERIFY_GAP : VERIFY_AVERAGE;
    l->min = -INFINITY;
    l->max = INFINITY;
    if (id) {
        const int k = verify_plan_find(p->candidate, p->candidates, id);
        if (k == VERIFY_NONE)
            return claim_fails(p->j, node, "there is no such candidate");
        l->candidate = (size_t)k;
    } else if (!read_column(p, t, node, &l->criterion, &l->x)) {
        return false;
    }
    l->held = l->x;
    for (int held = 0; held < 2 && l->criterion != VERIFY_NONE; held++) {
        double **x = held ? &l->held : &l->x;
        if (!VERIFY_ROOM(p->j, *x, p->w->n))
            return false;
        for (size_t r = 0; r < p->w->n; r++)
            (*x)[r] = verify_reading(world_of(p, held), (size_t)l->criterion, r).y;
    }
    return read_bound(p, node, keys[l->bind][0], l->criterion, &l->min) &&
           read_bound(p, node, keys[l->bind][1], l->criterion, &l->max);
}

static bool read_floors(verify_plan *p, const verify_table *t)
{
    const verify_node *list = verify_get(p->from, "floor");
    if (!VERIFY_ROOM(p->j, p->floor, (list ? list->n : 0) + p->w->m + 1))
        return false;
    for (const verify_node *x = list ? list->first : NULL; x; x = x->next) {
        verify_floor *f = &p->floor[p->floors++];
        *f = (verify_floor){.min = -INFINITY, .max = INFINITY};
        if (!read_column(p, t, x, &f->criterion, &f->x) ||
            !read_bound(p, x, "min", f->criterion, &f->min) ||
            !read_bound(p, x, "max", f->criterion, &f->max))
            return false;
    }
    for (size_t k = 0; k < p->w->m; k++) {
        const verify_limit *l = &p->w->limit[k];
        verify_floor *f = &p->floor[p->floors++];
        *f = (verify_floor){.criterion = l->criterion,
                            .min = l->has_min ? l->min : -INFINITY,
                            .max = l->has_max ? l->max : INFINITY};
        if (l->criterion == VERIFY_NONE && !VERIFY_ROOM(p->j, f->x, p->w->n))
            return false;
        for (size_t r = 0; r < p->w->n && f->x && l->x; r++)
            f->x[r] = l->x[r].y;
    }
    return true;
}

bool verify_plan_misses(const verify_plan *p, const verify_floor *f, size_t row, bool held)
{
    const double y = f->criterion == VERIFY_NONE
                         ? f->x[row]
                         : verify_reading(world_of(p, held), (size_t)f->criterion, row).y;
    return y < f->min || y > f->max;
}

static bool read_limits(verify_plan *p, const verify_table *t)
{
    const verify_node *list = verify_get(p->from, "limits");
    if (!VERIFY_ROOM(p->j, p->limit, (list ? list->n : 0) + 1) || !read_floors(p, t) ||
        !VERIFY_ROOM(p->j, p->barred, p->w->n))
        return false;
    for (const verify_node *x = list ? list->first : NULL; x; x = x->next)
        if (!read_limit(p, t, x, &p->limit[p->n++]))
            return false;
    for (size_t r = 0; r < p->w->n; r++) {
        p->barred[r] = p->w->dropped[r];
        for (size_t k = 0; k < p->floors; k++)
            p->barred[r] = p->barred[r] || verify_plan_misses(p, &p->floor[k], r, false);
    }
    return true;
}

bool verify_plan_read(verify_plan *p, verify_world *w)
{
    verify_table t;
    row_names segment = {0}, candidate = {0};
    *p = (verify_plan){.j = w->job, .w = w, .from = verify_get(w->scenario, "segments")};
    p->least_counts = strcmp(w->rule, "maximin") == 0;
    if (!p->from)
        return claim_fails(p->j, w->scenario, "it has no \"segments\"");
    return verify_read_segments(w, &t) && verify_find_distances(w) &&
           name_by_column(p, &t, verify_text(p->from, "segment", ""), &segment) &&
           put_in_order(p, w->id, &candidate) && place_rows(p, &t, &segment, &candidate) &&
           read_groups(p, &t) && read_sizes(p, &t) && read_held(p, &t) &&
           read_utilities(p, false, &p->utility) &&
           (!p->held.x || read_utilities(p, true, &p->held_utility)) && read_limits(p, &t);
}
