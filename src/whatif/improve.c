/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a candidate lacks to be first under the headline rule: its cells are edited, and the stages
 * run anew. (Under `weighted` that has a closed form: weights/choice_lead.c.) */
#include "tradeoff/whatif.h"
#include "whatif/whatif.h"

#include "model/block.h"

#include <math.h>
#include <string.h>

typedef struct editor {
    tdo_measured edited; /* with readings and rests of its own */
    double **reading;    /* [d] each [n] */
    double **rest;       /* [d] each [n]; NULL: there is none, now or after any edit */
    double *value;       /* [d x F] */
    double each, quick;  /* looks that one run costs, and the rule alone */
    double *steps;       /* that are left */
    whatif_curve curve;
    tdo_status status;
} editor;

/* ---- one edit ---- */

static void put(editor *y, const choice_edit *x, double cell)
{
    const size_t i = x->k->f->feasible[x->slot];
    for (size_t q = 0; q < x->n; q++) {
        const size_t c = x->reader[q].c;
        double rest = 0;
        y->reading[c][i] = choice_read_edit(x, &x->reader[q], cell, &rest);
        y->rest[c][i] = rest;
    }
}

static void put_back(editor *y, const choice_edit *x)
{
    const tdo_measured *m = x->k->x;
    const size_t i = x->k->f->feasible[x->slot];
    for (size_t q = 0; q < x->n; q++) {
        const size_t c = x->reader[q].c;
        y->reading[c][i] = m->reading[c][i];
        y->rest[c][i] = tdo_rest(m, c, i);
    }
}

/* Limits on the cell's own column are looked at by who asks. */
static whatif_answer run_with(editor *y, const choice_edit *x, double cell)
{
    whatif_answer answer = {.rank = 0};
    bool read = true;
    *y->steps -= y->each;
    if (y->status != TDO_OK || *y->steps < 0)
        return answer;
    put(y, x, cell);
    for (size_t q = 0; q < x->n; q++)
        read &= !isnan(y->reading[x->reader[q].c][x->k->f->feasible[x->slot]]);
    if (read)
        y->status =
            whatif_run(x->k->s, &y->edited, x->k->f->doubts, x->k->f->feasible[x->slot], &answer);
    put_back(y, x);
    return answer;
}

static bool is_surely(void *user, const choice_edit *x, double cell)
{
    return run_with(user, x, cell).rank == 1;
}

static bool is_tied(void *user, const choice_edit *x, double cell)
{
    return run_with(user, x, cell).shared;
}

/* ---- where the answer may change ---- */

/* How the points are found, by rule. NULL: a better cell never loses a first place. */
typedef bool (*changes_fn)(whatif_curve *y, double a, double b);

static const changes_fn weighted = NULL, maximin = NULL, chebyshev = NULL, owa = NULL;
static const changes_fn nash = whatif_levels, kalai_smorodinsky = whatif_levels,
                        minimax_regret = whatif_levels;
static const changes_fn borda = whatif_places, copeland = whatif_places, kemeny = whatif_places,
                        plurality = whatif_places;
static const changes_fn needs_first = whatif_needs, priorities = whatif_stages;

static const changes_fn *const changes_of[TDO_RULES] = {
#define RULE_CHANGES(NAME, function, name) [TDO_RULE_##NAME] = &(function),
    TDO_EACH_RULE(RULE_CHANGES)
#undef RULE_CHANGES
};

/* Where an observed range begins or ceases to move: a reading passes the end that others hold. */
static void add_kinks(whatif_curve *y, double a, double b)
{
    for (size_t q = 0; q < y->x->n; q++)
        for (size_t end = 0; end < 2; end++) {
            const choice_reader *r = &y->x->reader[q];
            double low = a, high = b, rest = 0;
            if (!r->moves || isnan(r->others[end]))
                continue;
            const int now =
                tdo_better(r->criterion, choice_read_edit(y->x, r, a, &rest), r->others[end]);
            if (tdo_better(r->criterion, choice_read_edit(y->x, r, b, &rest), r->others[end]) ==
                now)
                continue;
            for (int k = 0; k < 100; k++) {
                double middle = low / 2 + high / 2;
                double reading = choice_read_edit(y->x, r, middle, &rest);
                *(tdo_better(r->criterion, reading, r->others[end]) == now ? &low : &high) = middle;
            }
            whatif_add_point(y, high);
        }
}

/* Sorts the points from a towards b. */
static void sort_points(whatif_curve *y, double a, double b)
{
    for (size_t p = 1; p < y->n; p++)
        for (size_t q = p; q > 0 && (y->point[q] < y->point[q - 1]) == (a < b) &&
                           y->point[q] != y->point[q - 1]; /* NOLINT: exact */
             q--) {
            double held = y->point[q];
            y->point[q] = y->point[q - 1];
            y->point[q - 1] = held;
        }
}

static size_t changes(void *user, const choice_edit *x, double a, double b, const double **out)
{
    editor *e = user;
    whatif_curve *y = &e->curve;
    const changes_fn find = *changes_of[x->rule];
    bool found = true;
    y->x = x;
    y->point = NULL;
    y->n = 0;
    add_kinks(y, a, b);
    sort_points(y, a, b);
    const size_t kinks = y->n;
    for (size_t q = 0; q <= kinks && found && !y->failed; q++) {
        const double from = q ? y->point[q - 1] : a, end = q < kinks ? y->point[q] : b;
        found = find(y, from, end) && *y->steps > 0;
    }
    sort_points(y, a, b);
    if (y->failed)
        e->status = TDO_E_MEMORY;
    *out = y->point;
    return found && !y->failed ? y->n : TDO_NONE;
}

/* ---- the rule alone ---- */

/* Bests and disagreements of the utilities. */
static void set_ends(const tdo_case *k, const double *utility, double *best, double *low)
{
    for (size_t s = 0; s < k->u->s; s++) {
        const double *u = utility + s * k->u->f;
        best[s] = low[s] = u[0];
        for (size_t j = 1; j < k->u->f; j++) {
            best[s] = fmax(best[s], u[j]);
            low[s] = fmin(low[s], u[j]);
        }
        if (k->u->from_incumbent)
            low[s] = u[k->f->slot[k->x->incumbent]];
    }
}

/* The values of the criteria that read the cell. */
static void set_values(editor *y, const choice_edit *x, double cell)
{
    const tdo_case *k = x->k;
    choice_view seen[TDO_MAX_CRITERIA];
    whatif_look(x, cell, seen);
    for (size_t q = 0; q < x->n; q++) {
        const choice_reader *r = &x->reader[q];
        for (size_t j = 0; j < k->u->f; j++) {
            double reading = y->reading[r->c][k->f->feasible[j]];
            y->value[r->c * k->u->f + j] = tdo_value_of(r->criterion, seen[q].worst, seen[q].best,
                                                        tdo_measurement(r->criterion, reading));
        }
    }
}

/* Only what moves is computed anew, and the rule applied. */
static bool is_first(void *user, const choice_edit *x, double cell)
{
    editor *y = user;
    const tdo_case *k = x->k;
    double best[TDO_MAX_STAKEHOLDERS], low[TDO_MAX_STAKEHOLDERS], rest = 0;
    tdo_utility u = *k->u;
    tdo_valued v = *k->v;
    tdo_case edited = *k;
    tdo_rule_result answer = {.computed = false};
    bool read = true;
    for (size_t q = 0; q < x->n; q++)
        read &= !isnan(choice_read_edit(x, &x->reader[q], cell, &rest));
    *y->steps -= y->quick;
    if (y->status != TDO_OK || *y->steps < 0 || !read)
        return false;
    tdo_arena *a = tdo_arena_new();
    put(y, x, cell);
    y->curve.x = x;
    whatif_utilities(&y->curve, cell, y->curve.near);
    set_values(y, x, cell);
    set_ends(k, y->curve.near, best, low);
    u.utility = y->curve.near;
    u.best = best;
    u.disagreement = low;
    v.value = y->value;
    edited.x = &y->edited;
    edited.u = &u;
    edited.v = &v;
    y->status = a ? tdo_apply_rule(x->rule, &edited, a, &answer) : TDO_E_MEMORY;
    const bool first = answer.computed && answer.rank[x->slot] == 1;
    put_back(y, x);
    for (size_t q = 0; q < x->n; q++)
        model_values(k->v, x->reader[q].c, NULL, 0, k->u->f, y->value + x->reader[q].c * k->u->f);
    tdo_arena_free(a);
    return first;
}

/* ---- all of them ---- */

static tdo_status make(editor *y, const tdo_case *k, tdo_arena *a)
{
    const tdo_measured *m = k->x;
    y->edited = *m;
    y->reading = tdo_copy_readings(m, a);
    y->rest = tdo_alloc(a, m->d, sizeof *y->rest);
    y->value = tdo_alloc(a, m->d * k->u->f, sizeof *y->value);
    y->curve.near = tdo_alloc(a, k->u->s * k->u->f, sizeof *y->curve.near);
    y->curve.far = tdo_alloc(a, k->u->s * k->u->f, sizeof *y->curve.far);
    y->curve.added = tdo_alloc(a, k->u->f, sizeof *y->curve.added);
    if (!y->reading || !y->rest || !y->value || !y->curve.near || !y->curve.far ||
        !y->curve.added || !whatif_make_views(&y->curve, m->d, a))
        return TDO_E_MEMORY;
    tdo_copy_values(k->v, y->value);
    for (size_t c = 0; c < m->d; c++) {
        y->rest[c] = tdo_alloc(a, m->n, sizeof **y->rest); /* zeros */
        if (!y->rest[c])
            return TDO_E_MEMORY;
        if (m->rest && m->rest[c])
            memcpy(y->rest[c], m->rest[c], m->n * sizeof **y->rest);
    }
    y->edited.reading = (const double *const *)y->reading;
    y->edited.rest = (const double *const *)y->rest;
    return TDO_OK;
}

static tdo_status improve(const tdo_case *k, uint32_t slot, tdo_arena *scratch, editor *y,
                          tdo_improvement *out)
{
    const choice_probe probe = {.rule = k->r->rule,
                                .user = y,
                                .is_first = is_first,
                                .is_surely = is_surely,
                                .is_tied = is_tied,
                                .changes = *changes_of[k->r->rule] ? changes : NULL};
    const tdo_status status = choice_improve(k, &probe, slot, scratch, y->steps, out);
    return status == TDO_OK ? y->status : status;
}

static tdo_status start(const tdo_case *k, tdo_arena *scratch, double *steps, editor *y)
{
    const double looks = whatif_cost(k->s, k->x->n, k->u->f);
    const double reading = (double)k->x->n *
                           (4 * (double)k->s->n_criteria + (double)k->s->n_constraints);
    *y = (editor){.steps = steps,
                  .each = WHATIF_RUN_ANEW + looks,
                  .quick = WHATIF_RUN_ANEW / 4 + looks - reading,
                  .curve = {.a = scratch, .steps = steps}};
    return scratch ? make(y, k, scratch) : TDO_E_MEMORY;
}

tdo_status tdo_find_headline_improvements(const tdo_case *k, tdo_arena *a, tdo_choice *choice)
{
    tdo_arena *scratch = tdo_arena_new();
    tdo_improvement *out = tdo_alloc(a, choice->asked, sizeof *out);
    double steps = WHATIF_IMPROVE_ANEW;
    editor y;
    tdo_status status = out ? start(k, scratch, &steps, &y) : TDO_E_MEMORY;
    for (size_t i = 0; i < choice->asked && status == TDO_OK; i++)
        status = improve(k, choice->candidate[i].slot, scratch, &y, &out[i]);
    tdo_arena_free(scratch);
    if (status == TDO_OK)
        choice->improvement = out;
    return status;
}

tdo_status whatif_improve(const tdo_case *k, uint32_t slot, tdo_arena *a, double *steps,
                          tdo_improvement *out)
{
    editor y;
    const tdo_status status = start(k, a, steps, &y);
    return status == TDO_OK ? improve(k, slot, a, &y, out) : status;
}
