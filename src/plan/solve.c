/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rounds: the master program mixes proposals, its multipliers price the segments, whatever
 * block would do better proposes that, until the bound proves that nothing is left. */
#include "plan/plan.h"

#include <math.h>
#include <string.h>

#include "base/array.h"

#ifdef _OPENMP
#include <omp.h>
#endif

enum {
    MOST_ROUNDS = 3000,
    STALLED = 3 /* rounds without progress: the tolerances of doubles stand in the way */
};

#define ENOUGH 5e-10 /* a gap so small ends the rounds */
#define PROVEN 1e-9  /* and one so small counts as none */
#define GAINS  1e-13 /* a proposal that promises more is taken, */
#define HELPS  1e-10 /*   and where limits clash one that lessens the miss by more */
#define USED   1e-13 /* shares above it */
#define COST   1e6   /* GLPK's tolerances are absolute: costs of a value are so much larger */

const char *const tdo_plan_status_word[TDO_PLAN_STATUSES] = {"optimal", "infeasible", "limit"};

/* ---- the frame ---- */

static tdo_status find_columns(plan_frame *f)
{
    const tdo_plan_problem *p = f->p;
    for (size_t k = 0; k < p->n_limits; k++) {
        const double *of = p->limit[k].of;
        size_t c = 0;
        f->column_of[k] = TDO_NONE;
        if (p->limit[k].bind == TDO_PLAN_SHARE)
            continue;
        while (c < f->columns && f->column[c] != of)
            c++;
        f->column_of[k] = c;
        if (c < f->columns)
            continue;
        f->column[f->columns++] = of;
        for (size_t i = 0; i < p->segments * p->candidates; i++)
            f->scale[c] = fabs(of[i]) > f->scale[c] ? fabs(of[i]) : f->scale[c];
        f->scale[c] = f->scale[c] > 0 ? f->scale[c] : 1;
    }
    f->sums = p->n_values + p->candidates + f->columns * p->groups;
    return TDO_OK;
}

static tdo_status plan_frame_make(const tdo_plan_problem *p, int threads, const tdo_fleet *fleet,
                                  tdo_arena *a, plan_frame *out)
{
    plan_frame f = {.p = p,
                    .group_share = tdo_alloc(a, p->groups, sizeof *f.group_share),
                    .column = tdo_alloc(a, p->n_limits, sizeof *f.column),
                    .column_of = tdo_alloc(a, p->n_limits, sizeof *f.column_of),
                    .scale = tdo_alloc(a, p->n_limits, sizeof *f.scale),
                    .blocks = p->segments < PLAN_BLOCKS ? p->segments : PLAN_BLOCKS,
                    .threads = threads,
                    .fleet = fleet,
                    .a = a};
#ifdef _OPENMP
    f.threads = threads > 0 ? threads : omp_get_max_threads();
#endif
    if (!f.group_share || !f.column || !f.column_of || !f.scale)
        return TDO_E_MEMORY;
    double size = 0;
    for (size_t s = 0; s < p->segments; s++)
        size += p->size[s];
    f.per_size = 1 / size;
    for (size_t s = 0; s < p->segments; s++)
        f.group_share[plan_group_of(&f, s)] += p->size[s] * f.per_size;
    *out = f;
    return find_columns(out);
}

/* ---- proposals ---- */

typedef struct solving {
    plan_frame f;
    plan_rows rows;
    tdo_lp *master;
    plan_active *proposal; /* [n] share: not known yet */
    size_t n;
    plan_prices prices;
    double *sums, *worth; /* of the blocks */
    uint32_t *entry_row;  /* [rows + 1] */
    double *entry;        /* [rows + 1] */
    double bound;         /* no plan is better, */
    const double *proof;  /*   by these multipliers of the rows */
    double value;         /* of the last master that kept all limits */
    size_t rounds, idle;  /* idle: the last ones, that changed neither */
    tdo_error *err;
} solving;

static tdo_status make_room(solving *x)
{
    const tdo_plan_problem *p = x->f.p;
    tdo_arena *a = x->f.a;
    tdo_status status = plan_rows_make(&x->f, &x->rows);
    if (status != TDO_OK)
        return status;
    const plan_frame *f = &x->f;
    x->prices = (plan_prices){tdo_alloc(a, p->n_values, sizeof(double)),
                              tdo_alloc(a, p->candidates, sizeof(double)),
                              tdo_alloc(a, p->groups * f->columns, sizeof(double))};
    x->sums = tdo_alloc(a, f->blocks * f->sums, sizeof *x->sums);
    x->worth = tdo_alloc(a, f->blocks, sizeof *x->worth);
    x->entry_row = tdo_alloc(a, x->rows.n + 1, sizeof *x->entry_row);
    x->entry = tdo_alloc(a, x->rows.n + 1, sizeof *x->entry);
    const bool good = x->prices.value && x->prices.traffic && x->prices.column && x->sums &&
                      x->worth && x->entry_row && x->entry;
    return good ? TDO_OK : TDO_E_MEMORY;
}

/* A proposal of block b becomes a column. */
static tdo_status propose(solving *x, plan_active of, const double *sums)
{
    size_t n = 0;
    bool good = true;
    for (size_t i = 0; i < x->rows.n; i++) {
        const double at = plan_row_of(&x->f, &x->rows.row[i], sums);
        if (at < 0 || at > 0) {
            x->entry_row[n] = (uint32_t)i;
            x->entry[n++] = at;
        }
    }
    x->entry_row[n] = (uint32_t)(x->rows.n + of.block);
    x->entry[n++] = 1;
    x->proposal = array_more_of(x->f.a, x->proposal, x->n, sizeof *x->proposal, &good);
    if (!good)
        return TDO_E_MEMORY;
    x->proposal[x->n++] = of;
    return tdo_lp_add_column(x->master,
                             &(tdo_lp_column){.cost = x->f.p->n_values == 1 ? COST * sums[0] : 0,
                                              .upper = INFINITY,
                                              .count = n,
                                              .row = x->entry_row,
                                              .value = x->entry},
                             x->err);
}

/* The master with a row for each block, and each single candidate as a first proposal. */
static tdo_status start(solving *x)
{
    tdo_status status = plan_rows_program(&x->f, &x->rows, NULL, 1, &x->master, x->err);
    for (size_t k = 0; k < x->rows.n_extra && status == TDO_OK; k++)
        if (x->rows.extra[k].cost > 0)
            status = tdo_lp_set_cost(x->master, k, COST, x->err);
    for (size_t b = 0; b < x->f.blocks && status == TDO_OK; b++)
        status = tdo_lp_add_row(x->master, &(tdo_lp_row){.lower = 1, .upper = 1}, x->err);
    for (size_t j = 0; j < x->f.p->candidates && status == TDO_OK; j++) {
        status = plan_price_single(&x->f, j, x->sums, x->worth);
        for (size_t b = 0; b < x->f.blocks && status == TDO_OK; b++)
            if (x->worth[b] > 0)
                status =
                    propose(x, (plan_active){.block = b, .candidate = j}, x->sums + b * x->f.sums);
    }
    return status;
}

/* ---- a round ---- */

/* Prices the segments at the multipliers y: [rows, then blocks]; those of the blocks say what is
 * worth proposing. *some: a block proposed something. */
static tdo_status price(solving *x, const double *y, double cost, double least, bool *some)
{
    double *at = tdo_alloc(x->f.a, x->rows.n, sizeof *at);
    tdo_status status = at ? TDO_OK : TDO_E_MEMORY;
    double bound = 0;
    *some = false;
    if (status != TDO_OK)
        return status;
    memcpy(at, y, x->rows.n * sizeof *at);
    bound = plan_rows_bound(&x->rows, at);
    plan_rows_prices(&x->f, &x->rows, at, cost, &x->prices);
    status = plan_price(&x->f, &x->prices, x->sums, x->worth);
    for (size_t b = 0; b < x->f.blocks && status == TDO_OK; b++) {
        bound += x->worth[b];
        if (x->worth[b] - y[x->rows.n + b] > least) {
            *some = true;
            status = propose(x, (plan_active){.block = b, .y = at, .cost = cost},
                             x->sums + b * x->f.sums);
        }
    }
    if (cost > 0 ? bound < x->bound : !*some)
        x->proof = at;
    if (cost > 0 && bound < x->bound)
        x->bound = bound;
    return status;
}

static double *scaled(solving *x, const double *y, double by)
{
    const size_t n = x->rows.n + x->f.blocks;
    double *out = tdo_alloc(x->f.a, n, sizeof *out);
    for (size_t i = 0; out && i < n; i++)
        out[i] = y[i] * by;
    return out;
}

/* The limits cannot all be kept with what was proposed: is there a proposal that helps? */
static tdo_status repair(solving *x, const double *farkas, bool *some)
{
    double most = 0;
    for (size_t i = 0; i < x->rows.n + x->f.blocks; i++)
        most = fabs(farkas[i]) > most ? fabs(farkas[i]) : most;
    double *y = most > 0 ? scaled(x, farkas, -1 / most) : NULL;
    for (size_t i = 0; y && i < x->rows.n; i++)
        y[i] = fabs(y[i]) > PROVEN ? y[i] : 0; /* what rounding left is no part of a clash */
    return y ? price(x, y, 0, HELPS, some) : TDO_E_INTERNAL;
}

static tdo_status improve(solving *x, const tdo_lp_solution *s, bool *some)
{
    double *y = scaled(x, s->dual, 1 / COST);
    tdo_status status = y ? TDO_OK : TDO_E_MEMORY;
    const double value = s->objective / COST, before = x->bound;
    if (status == TDO_OK)
        status = price(x, y, 1, GAINS, some);
    x->idle = value > x->value || x->bound < before ? 0 : x->idle + 1;
    x->value = value;
    if (x->bound - value <= ENOUGH * fmax(1, fabs(value)))
        *some = false;
    return status;
}

/* ---- the answer ---- */

/* The proof at the multipliers kept; choice: [segments], or NULL. */
static tdo_status prove(solving *x, double cost, const uint32_t *choice, tdo_plan_solution *out)
{
    tdo_plan_proof *proof = tdo_alloc(x->f.a, 1, sizeof *proof);
    out->proof = proof;
    return proof ? plan_prove(&x->f, &x->rows, x->proof, cost, choice, proof) : TDO_E_MEMORY;
}

/* The multiplier of limit k, whichever way it allows more. */
static double price_of(const solving *x, const tdo_plan_proof *proof, size_t k)
{
    const double *gap = proof->gap + k * x->f.p->groups;
    double above = 0, below = 0;
    for (size_t g = 0; g < x->f.p->groups; g++) {
        above += fmax(0, gap[g]);
        below += fmax(0, -gap[g]);
    }
    return x->f.p->limit[k].bind == TDO_PLAN_GAP ? fmin(above, below) : fabs(proof->limit[k]);
}

static tdo_status take_prices(solving *x, tdo_plan_solution *out)
{
    double *price = tdo_alloc(x->f.a, x->f.p->n_limits, sizeof *price);
    for (size_t k = 0; price && k < x->f.p->n_limits; k++)
        price[k] = price_of(x, out->proof, k);
    out->price = price;
    return price ? TDO_OK : TDO_E_MEMORY;
}

/* Which limits the proof rests on. */
static tdo_status take_clash(solving *x, tdo_plan_solution *out)
{
    const size_t groups = x->f.p->groups;
    bool *clashes = tdo_alloc(x->f.a, x->f.p->n_limits, sizeof *clashes);
    tdo_status status = clashes ? prove(x, 0, NULL, out) : TDO_E_MEMORY;
    for (size_t k = 0; k < x->f.p->n_limits && status == TDO_OK; k++) {
        clashes[k] = fabs(out->proof->limit[k]) > 0;
        for (size_t g = 0; g < groups; g++)
            clashes[k] = clashes[k] || fabs(out->proof->gap[k * groups + g]) > 0 ||
                         fabs(out->proof->bound[k * groups + g]) > 0;
    }
    out->clashes = clashes;
    return status;
}

static tdo_status take_plan(solving *x, const tdo_lp_solution *s, tdo_plan_solution *out)
{
    plan_active *active = tdo_alloc(x->f.a, x->n, sizeof *active);
    size_t n = 0;
    if (!active)
        return TDO_E_MEMORY;
    for (size_t b = 0; b < x->f.blocks; b++)
        for (size_t q = 0; q < x->n; q++)
            if (x->proposal[q].block == b && s->primal[x->rows.n_extra + q] > USED) {
                active[n] = x->proposal[q];
                active[n++].share = s->primal[x->rows.n_extra + q];
            }
    tdo_status status = plan_corner(&x->f, &x->rows, active, n, out, x->err);
    tdo_plan_totals t;
    if (status == TDO_OK)
        status = tdo_plan_total(x->f.p, out->choice, out->part, out->n_parts, x->f.a, &t);
    if (status != TDO_OK)
        return status;
    out->value = t.least;
    status = prove(x, 1, out->choice, out);
    if (status != TDO_OK)
        return status;
    out->gap = fmax(0, out->proof->most - out->value);
    out->status = out->gap <= PROVEN * fmax(1, fabs(out->value)) ? TDO_PLAN_OPTIMAL
                                                                 : TDO_PLAN_LIMIT;
    return take_prices(x, out);
}

static tdo_status rounds(solving *x, tdo_plan_solution *out)
{
    tdo_lp_options how = {.exact_work = 1};
    bool some = true;
    tdo_status status = TDO_OK;
    tdo_lp_solution s = {0};
    while (some && status == TDO_OK && x->rounds < MOST_ROUNDS) {
        x->rounds++;
        if (x->idle == STALLED)
            how.exact_work = 0; /* the default */
        if (x->idle == 2 * STALLED)
            break;
        status = tdo_lp_solve(x->master, &how, x->f.a, &s, x->err);
        if (status != TDO_OK)
            break;
        if (s.outcome == TDO_LP_OPTIMAL)
            status = improve(x, &s, &some);
        else if (s.outcome == TDO_LP_INFEASIBLE && s.farkas)
            status = repair(x, s.farkas, &some);
        else
            break;
    }
    out->rounds = x->rounds;
    if (status == TDO_OK && s.outcome == TDO_LP_OPTIMAL)
        return take_plan(x, &s, out);
    out->status = TDO_PLAN_INFEASIBLE;
    if (status == TDO_OK && s.outcome == TDO_LP_INFEASIBLE && !some) {
        status = take_clash(x, out);
        if (status == TDO_OK && out->proof->most < 0)
            return TDO_OK;
        out->proof = NULL;
        out->clashes = NULL;
    }
    out->status = TDO_PLAN_LIMIT;
    return status;
}

/* A segment where all are barred; TDO_NONE: there is none. */
static size_t find_unserved(const tdo_plan_problem *p)
{
    for (size_t s = 0; p->barred && s < p->segments; s++) {
        const bool *barred = p->barred + s * p->candidates;
        size_t j = 0;
        while (j < p->candidates && barred[j])
            j++;
        if (j == p->candidates)
            return s;
    }
    return TDO_NONE;
}

tdo_status plan_solve(const tdo_plan_problem *p, int threads, const tdo_fleet *fleet, tdo_arena *a,
                      tdo_plan_solution *out, tdo_error *err)
{
    solving x = {.bound = INFINITY, .value = -INFINITY, .err = err};
    *out = (tdo_plan_solution){
        .value = NAN, .gap = NAN, .status = TDO_PLAN_INFEASIBLE, .unserved = find_unserved(p)};
    if (out->unserved != TDO_NONE)
        return TDO_OK;
    tdo_status status = plan_frame_make(p, threads, fleet, a, &x.f);
    if (status == TDO_OK)
        status = make_room(&x);
    if (status == TDO_OK)
        status = start(&x);
    return status == TDO_OK ? rounds(&x, out) : status;
}
