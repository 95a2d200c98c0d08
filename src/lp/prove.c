/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Branch and bound on proven LPs, from the best answer known. */
#include "lp/prove.h"

#include <math.h>
#include <string.h>

/* A part of the tree: its parent's, with one bound of one column moved. */
typedef struct node {
    const struct node *parent; /* NULL: the root */
    size_t column;
    bool up; /* lower = bound, else upper = bound */
    double bound;
    double value;         /* objective of the parent's LP: nothing in here is better */
    const uint8_t *place; /* [n + m] of the parent's LP */
} node;

typedef struct tree {
    const lp_task *task;
    const bool *integer;
    tdo_arena *arena;
    node *open; /* [count] a stack */
    size_t count, room;
    double *lower, *upper; /* [n + m] of the node at hand */
    lp_answer *best;
    lp_proof *proof;
    tdo_lp_options options; /* exact_work: what is left of it for the whole tree */
} tree;

static tdo_status no_memory(tdo_error *err)
{
    return tdo_fail(err, TDO_E_MEMORY, "out of memory");
}

static lp_form bounded(const lp_form *f, const double *lower, const double *upper)
{
    lp_form g = *f;
    g.lower = lower;
    g.upper = upper;
    return g;
}

tdo_status lp_fix_whole(const lp_task *t, const bool *integer, const double *found, tdo_arena *a,
                        lp_answer *out, tdo_error *err)
{
    const lp_form *f = t->form;
    const size_t count = f->n + f->m;
    double *lower = tdo_alloc(a, count, sizeof *lower);
    double *upper = tdo_alloc(a, count, sizeof *upper);
    uint8_t *place = tdo_alloc(a, count, 1);
    if (!lower || !upper || !place)
        return no_memory(err);
    memcpy(lower, f->lower, count * sizeof *lower);
    memcpy(upper, f->upper, count * sizeof *upper);
    memcpy(place, t->place, count);
    for (size_t j = 0; j < f->n; j++) {
        if (integer[j])
            lower[j] = upper[j] = fmin(fmax(floor(found[j] + 0.5), f->lower[j]), f->upper[j]);
    }
    const lp_form fixed = bounded(f, lower, upper);
    const lp_task task = {
        .form = &fixed, .options = t->options, .place = place, .warm = true, .dual_first = true};
    tdo_status s = lp_relax(&task, a, out, err);
    lp_answer_free(out);
    if (s == TDO_OK && out->outcome != TDO_LP_OPTIMAL) {
        out->outcome = TDO_LP_NUMERICAL; /* it took the tolerances of a search to be a solution */
        out->x = out->farkas = out->ray = NULL;
    }
    return s;
}

static bool push(tree *t, node part)
{
    if (t->count == t->room) {
        node *grown = tdo_grow(t->arena, t->open, t->count, t->room + 64, sizeof *grown);
        if (!grown)
            return false;
        t->open = grown;
        t->room += 64;
    }
    t->open[t->count++] = part;
    return true;
}

/* The integer column farthest from a whole number, the first among equals; n: all are whole. */
static size_t branch_column(const tree *t, const double *x)
{
    const lp_form *f = t->task->form;
    size_t best = f->n;
    double most = TDO_LP_TOLERANCE;
    for (size_t j = 0; j < f->n; j++) {
        const double away = t->integer[j] ? fabs(x[j] - floor(x[j] + 0.5)) : 0;
        if (away > most) {
            most = away;
            best = j;
        }
    }
    return best;
}

/* Both sides of like's column at x; the nearer one on top. */
static tdo_status branch(tree *t, const node *at, double x, const node *like, tdo_error *err)
{
    node *parent = tdo_alloc(t->arena, 1, sizeof *parent);
    if (!parent)
        return no_memory(err);
    *parent = *at;
    node side[2] = {*like, *like};
    side[0].parent = side[1].parent = parent;
    side[0].bound = floor(x);
    side[1].bound = ceil(x);
    side[1].up = true;
    const int nearer = x - floor(x) > 0.5;
    if (!push(t, side[!nearer]) || !push(t, side[nearer]))
        return no_memory(err);
    return TDO_OK;
}

static void take_bounds(tree *t, const node *at)
{
    const lp_form *f = t->task->form;
    const size_t count = f->n + f->m;
    memcpy(t->lower, f->lower, count * sizeof *t->lower);
    memcpy(t->upper, f->upper, count * sizeof *t->upper);
    for (; at->parent; at = at->parent) { /* nearer the root they are looser */
        if (at->up)
            t->lower[at->column] = fmax(t->lower[at->column], at->bound);
        else
            t->upper[at->column] = fmin(t->upper[at->column], at->bound);
    }
}

static bool worth_it(const tree *t, double value)
{
    return !t->best->x || value < t->best->objective;
}

/* A node whose LP is whole: a solution, if it still is one with its numbers rounded. */
static tdo_status take_whole(tree *t, const lp_task *task, const lp_answer *x, tdo_error *err)
{
    lp_answer fixed = {0};
    tdo_status s = lp_fix_whole(task, t->integer, x->x, t->arena, &fixed, err);
    if (s != TDO_OK)
        return s;
    if (fixed.outcome != TDO_LP_OPTIMAL || fixed.objective > x->objective)
        t->proof->exact = false; /* the LP may have had something better left */
    if (fixed.outcome == TDO_LP_OPTIMAL && worth_it(t, fixed.objective))
        *t->best = fixed;
    return TDO_OK;
}

/* *sound: its LP was solved, and there is work left. */
static tdo_status look(tree *t, const node *at, tdo_arena *scratch, bool *sound, tdo_error *err)
{
    const lp_form *f = t->task->form;
    lp_answer x = {0};
    uint8_t *place = tdo_alloc(t->arena, f->n + f->m, 1);
    if (!place)
        return no_memory(err);
    memcpy(place, at->place, f->n + f->m);
    take_bounds(t, at);
    const lp_form g = bounded(f, t->lower, t->upper);
    const lp_task task = {
        .form = &g, .options = &t->options, .place = place, .warm = true, .dual_first = true};
    tdo_status s = lp_relax(&task, scratch, &x, err);
    lp_answer_free(&x);
    if (s != TDO_OK)
        return s;
    *sound = (x.outcome == TDO_LP_OPTIMAL || x.outcome == TDO_LP_INFEASIBLE) &&
             x.work < t->options.exact_work;
    if (!*sound)
        return TDO_OK;
    t->options.exact_work -= x.work;
    t->proof->exact = t->proof->exact && x.certificate.exact;
    if (x.outcome != TDO_LP_OPTIMAL || !worth_it(t, x.objective))
        return TDO_OK;
    const size_t j = branch_column(t, x.x);
    if (j == f->n)
        return take_whole(t, &task, &x, err);
    const node like = {.column = j, .value = x.objective, .place = place};
    return branch(t, at, x.x[j], &like, err);
}

static tdo_status search_tree(tree *t, tdo_error *err)
{
    bool sound = true;
    tdo_status s = TDO_OK;
    while (s == TDO_OK && sound && t->count > 0 && t->proof->nodes < t->options.exact_nodes) {
        const node at = t->open[--t->count];
        if (!worth_it(t, at.value))
            continue;
        t->proof->nodes++;
        tdo_arena *scratch = tdo_arena_new();
        s = !scratch ? no_memory(err) : look(t, &at, scratch, &sound, err);
        tdo_arena_free(scratch);
        if (!sound)
            t->open[t->count++] = at; /* still open: room for it was there */
    }
    t->proof->bound = !t->best->x ? (double)INFINITY : t->best->objective;
    for (size_t k = 0; k < t->count; k++)
        t->proof->bound = fmin(t->proof->bound, t->open[k].value);
    t->proof->complete = t->count == 0;
    t->proof->exact = t->proof->exact && t->proof->complete;
    return s;
}

tdo_status lp_prove(const lp_task *task, const bool *integer, tdo_arena *a, lp_answer *best,
                    lp_proof *out, tdo_error *err)
{
    const lp_form *f = task->form;
    tree t = {.task = task,
              .integer = integer,
              .arena = a,
              .best = best,
              .proof = out,
              .options = *task->options};
    *out = (lp_proof){.exact = true, .bound = -(double)INFINITY};
    t.lower = tdo_alloc(a, f->n + f->m, sizeof *t.lower);
    t.upper = tdo_alloc(a, f->n + f->m, sizeof *t.upper);
    const node root = {.value = -(double)INFINITY, .place = task->place};
    if (!t.lower || !t.upper || !push(&t, root))
        return no_memory(err);
    return search_tree(&t, err);
}
