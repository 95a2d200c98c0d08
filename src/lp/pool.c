/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An LP with many candidates: solved on a few, until no other one would better it. */
#include "lp/generate.h"

#include <math.h>
#include <string.h>

enum {
    SEED_ROWS = 8 /* rows whose extreme candidates start the LP */
};

/* ---- making ---- */

static tdo_status check_numbers(const double *x, size_t n, const char *what, tdo_error *err)
{
    for (size_t j = 0; j < n; j++) {
        if (!isfinite(x[j]))
            return tdo_fail(err, TDO_E_INPUT, "%s of candidate %zu is not a finite number", what,
                            j + 1);
    }
    return TDO_OK;
}

static double largest(const double *x, size_t n)
{
    double most = 0;
    for (size_t j = 0; j < n; j++)
        most = fabs(x[j]) > most ? fabs(x[j]) : most;
    return most;
}

static tdo_status check_candidates(const tdo_lp *lp, const tdo_lp_candidates *c, tdo_error *err)
{
    tdo_status s = check_numbers(c->cost, c->n, "the cost", err);
    if (s == TDO_OK && lp->integers > 0)
        s = tdo_fail(err, TDO_E_INPUT, "a pool of columns for an integer program");
    if (s == TDO_OK && c->n > TDO_LP_MAX)
        s = tdo_fail(err, TDO_E_LIMIT, "a pool of more than %d columns", TDO_LP_MAX);
    for (size_t i = 0; s == TDO_OK && i < lp->rows; i++) {
        if (c->entry[i])
            s = check_numbers(c->entry[i], c->n, "a coefficient", err);
        else if (!isfinite(c->same[i]))
            s = tdo_fail(err, TDO_E_INPUT, "the coefficient of row %zu is not a finite number",
                         i + 1);
    }
    return s;
}

tdo_status tdo_lp_pool_new(tdo_lp *lp, const tdo_lp_candidates *c, tdo_arena *a, tdo_lp_pool **out,
                           tdo_error *err)
{
    const size_t rows = lp->rows;
    tdo_status s = check_candidates(lp, c, err);
    if (s != TDO_OK)
        return s;
    tdo_lp_pool *p = tdo_alloc(a, 1, sizeof *p);
    const double **entry = tdo_alloc(a, rows, sizeof *entry);
    double *same = tdo_alloc(a, rows, sizeof *same);
    double *most = tdo_alloc(a, rows, sizeof *most);
    uint32_t *column = tdo_alloc(a, c->n, sizeof *column);
    if (!p || !entry || !same || !most || !column)
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    for (size_t i = 0; i < rows; i++) {
        entry[i] = c->entry[i];
        same[i] = !entry[i] ? c->same[i] : 0;
        most[i] = entry[i] ? largest(entry[i], c->n) : fabs(same[i]);
    }
    for (size_t j = 0; j < c->n; j++)
        column[j] = LP_NOT_ADDED;
    *p = (tdo_lp_pool){.lp = lp,
                       .n = c->n,
                       .rows = rows,
                       .cost = c->cost,
                       .entry = entry,
                       .same = same,
                       .largest_cost = largest(c->cost, c->n),
                       .largest = most,
                       .column = column};
    *out = p;
    return TDO_OK;
}

tdo_status tdo_lp_pool_set_cost(tdo_lp_pool *p, const double *cost, tdo_error *err)
{
    tdo_status s = check_numbers(cost, p->n, "the cost", err);
    for (size_t j = 0; s == TDO_OK && j < p->n; j++) {
        if (p->column[j] != LP_NOT_ADDED)
            s = tdo_lp_set_cost(p->lp, p->column[j], cost[j], err);
    }
    if (s == TDO_OK) {
        p->cost = cost;
        p->largest_cost = largest(cost, p->n);
    }
    return s;
}

/* ---- taking columns ---- */

static tdo_status add_candidate(tdo_lp_pool *p, size_t j, tdo_arena *scratch, tdo_error *err)
{
    if (p->column[j] != LP_NOT_ADDED)
        return TDO_OK;
    uint32_t *row = tdo_alloc(scratch, p->rows, sizeof *row);
    double *value = tdo_alloc(scratch, p->rows, sizeof *value);
    tdo_lp_column c = {.cost = p->cost[j], .upper = (double)INFINITY, .row = row, .value = value};
    if (!row || !value)
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    for (size_t i = 0; i < p->rows; i++) {
        const double entry = lp_pool_entry(p, i, j);
        if (entry == 0)
            continue;
        row[c.count] = (uint32_t)i;
        value[c.count++] = entry;
    }
    tdo_status s = tdo_lp_add_column(p->lp, &c, err);
    if (s == TDO_OK) {
        p->column[j] = (uint32_t)(p->lp->columns - 1);
        p->added++;
    }
    return s;
}

void tdo_lp_pool_renew(tdo_lp_pool *p, tdo_lp *lp)
{
    for (size_t j = 0; j < p->n; j++)
        p->column[j] = LP_NOT_ADDED;
    p->lp = lp;
    p->added = 0;
}

tdo_status tdo_lp_pool_take(tdo_lp_pool *p, const uint32_t *candidate, size_t count, tdo_error *err)
{
    tdo_arena *scratch = tdo_arena_new();
    tdo_status s = !scratch ? tdo_fail(err, TDO_E_MEMORY, "out of memory") : TDO_OK;
    for (size_t k = 0; s == TDO_OK && k < count; k++)
        s = add_candidate(p, candidate[k], scratch, err);
    tdo_arena_free(scratch);
    return s;
}

/* The candidate with the largest sign x value; the first among equals. */
static size_t extreme(const double *x, size_t n, double sign)
{
    size_t best = 0;
    for (size_t j = 1; j < n; j++) {
        if (sign * x[j] > sign * x[best])
            best = j;
    }
    return best;
}

/* The first columns: the best by cost, and the two extremes of each row. */
static tdo_status seed(tdo_lp_pool *p, tdo_arena *scratch, tdo_error *err)
{
    tdo_status s = TDO_OK;
    if (p->added > 0 || p->n == 0)
        return TDO_OK;
    s = add_candidate(p, extreme(p->cost, p->n, p->lp->maximise ? 1 : -1), scratch, err);
    for (size_t i = 0; s == TDO_OK && i < p->rows && i < SEED_ROWS; i++) {
        if (!p->entry[i])
            continue;
        s = add_candidate(p, extreme(p->entry[i], p->n, 1), scratch, err);
        if (s == TDO_OK)
            s = add_candidate(p, extreme(p->entry[i], p->n, -1), scratch, err);
    }
    return s;
}

/* ---- solving ---- */

typedef struct round_state {
    lp_form form;
    uint8_t *place;
    lp_answer answer;
    lp_priced priced;
    lp_generated generated;
    bool all_reduced;
} round_state;

/* The LP as it is now. */
static tdo_status take_form(const tdo_lp_pool *p, const tdo_lp_options *options, tdo_arena *scratch,
                            round_state *r, lp_task *out, tdo_error *err)
{
    const tdo_lp *lp = p->lp;
    tdo_status s = lp_compile(lp, scratch, &r->form, err);
    if (s != TDO_OK)
        return s;
    r->place = lp_last_places(lp, scratch);
    *out = (lp_task){.form = &r->form,
                     .options = options,
                     .place = r->place,
                     .warm = lp->solved,
                     .dual_first = lp->solved && !lp->cost_changed};
    return r->place ? TDO_OK : tdo_fail(err, TDO_E_MEMORY, "out of memory");
}

/* Adds what GLPK finds by itself. *t: the LP with it, where it has a basis. */
static tdo_status generate(tdo_lp_pool *p, tdo_arena *scratch, round_state *r, lp_task *t,
                           tdo_error *err)
{
    const lp_generated *g = &r->generated;
    if (lp_is_trivial(&r->form))
        return TDO_OK;
    tdo_status s = lp_generate(p, t, scratch, &r->generated, err);
    for (size_t k = 0; s == TDO_OK && k < g->count; k++)
        s = add_candidate(p, g->candidate[k], scratch, err);
    if (s == TDO_OK && g->place)
        lp_keep_places(p->lp, g->place);
    if (s == TDO_OK && (g->count > 0 || g->place))
        s = take_form(p, t->options, scratch, r, t, err);
    t->settled = g->place != NULL;
    return s;
}

/* Solves the restricted LP and prices the pool. *more: columns were added. */
static tdo_status one_round(tdo_lp_pool *p, const tdo_lp_options *options, tdo_arena *scratch,
                            round_state *r, bool *more, tdo_error *err)
{
    size_t best[LP_GENERATE_ADD] = {0};
    size_t count = 0;
    lp_task t = {.options = options};
    tdo_status s = take_form(p, options, scratch, r, &t, err);
    *more = false;
    if (s == TDO_OK)
        s = generate(p, scratch, r, &t, err);
    if (s == TDO_OK)
        s = lp_relax(&t, scratch, &r->answer, err);
    if (s != TDO_OK ||
        (r->answer.outcome != TDO_LP_OPTIMAL && r->answer.outcome != TDO_LP_INFEASIBLE))
        return s;
    lp_keep_places(p->lp, r->place);
    count = lp_price(p, &r->form, &r->answer, best, LP_GENERATE_ADD, &r->priced);
    for (size_t k = 0; s == TDO_OK && k < count; k++)
        s = add_candidate(p, best[k], scratch, err);
    *more = count > 0;
    return s;
}

static tdo_status publish_pool(const tdo_lp_pool *p, const round_state *r, tdo_arena *a,
                               tdo_lp_pool_solution *out, tdo_error *err)
{
    const lp_answer *x = &r->answer;
    tdo_status s = lp_publish(&r->form, x, r->place, a, &out->lp, err);
    if (s != TDO_OK)
        return s;
    out->lp.ties += x->outcome == TDO_LP_OPTIMAL ? r->priced.ties : 0;
    out->added = p->added;
    uint32_t *index = tdo_alloc(a, p->added, sizeof *index);
    double *share = tdo_alloc(a, p->added, sizeof *share);
    const bool priced = r->all_reduced && x->outcome == TDO_LP_OPTIMAL;
    double *reduced = priced ? tdo_alloc(a, p->n, sizeof *reduced) : NULL;
    if (!index || !share || (priced && !reduced))
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    for (size_t j = 0; x->x && j < p->n; j++) {
        if (p->column[j] == LP_NOT_ADDED || x->x[p->column[j]] <= 0)
            continue;
        index[out->count] = (uint32_t)j;
        share[out->count++] = x->x[p->column[j]];
    }
    out->index = index;
    out->share = share;
    if (reduced)
        lp_price_all(p, &r->form, x, reduced);
    out->reduced = reduced;
    return TDO_OK;
}

tdo_status tdo_lp_pool_solve(tdo_lp_pool *p, const tdo_lp_options *options, tdo_arena *a,
                             tdo_lp_pool_solution *out, tdo_error *err)
{
    tdo_lp_options all = {0};
    bool more = true;
    tdo_lp_solution total = {0};
    tdo_status s = lp_take_options(options, &all, err);
    *out = (tdo_lp_pool_solution){.rounds = 0};
    while (s == TDO_OK && more) {
        round_state r = {.answer.outcome = TDO_LP_NUMERICAL, .all_reduced = all.all_reduced};
        tdo_arena *scratch = tdo_arena_new();
        s = !scratch ? tdo_fail(err, TDO_E_MEMORY, "out of memory") : seed(p, scratch, err);
        if (s == TDO_OK)
            s = one_round(p, &all, scratch, &r, &more, err);
        out->rounds += r.generated.rounds > 0 ? r.generated.rounds : 1;
        total.iterations += r.generated.iterations + r.answer.iterations;
        total.pivots += r.answer.pivots;
        total.attempts += (r.generated.rounds > 0) + r.answer.attempts;
        total.seconds += r.generated.seconds + r.answer.seconds;
        if (s == TDO_OK && !more)
            s = publish_pool(p, &r, a, out, err);
        lp_answer_free(&r.answer);
        tdo_arena_free(scratch);
    }
    out->lp.iterations = total.iterations;
    out->lp.pivots = total.pivots;
    out->lp.attempts = total.attempts;
    out->lp.seconds = total.seconds;
    return s;
}
