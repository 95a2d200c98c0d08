/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The LPs of who can be first, made and solved. One LP serves one candidate after another: they
 * change its right-hand side, and a cost that keeps the candidate itself out of the mixture. Where
 * it has many rows the last answer is of no help, and each candidate has an LP of its own. */
#include "weights/choice_family.h"

#include <math.h>

enum {
    MANY_COLUMNS = 60, /* taken from the pool: the LP is made anew before it gets slow */
    MANY_ROWS = 32     /* from so many on each candidate has its LP */
};

/* ---- the LP ---- */

static tdo_status add_bundle(const choice_family *q, const choice_bundle *b, size_t first_row)
{
    uint32_t *row = tdo_alloc(q->scratch, b->n, sizeof *row);
    double *value = tdo_alloc(q->scratch, b->n, sizeof *value);
    if (!row || !value)
        return TDO_E_MEMORY;
    tdo_lp_column t = {.cost = b->power,
                       .lower = -INFINITY,
                       .upper = INFINITY,
                       .count = b->n,
                       .row = row,
                       .value = value};
    for (size_t c = 0; c < b->n; c++) {
        row[c] = (uint32_t)(first_row + c);
        value[c] = -1;
    }
    tdo_status status = tdo_lp_add_column(q->lp, &t, q->search.err);
    for (size_t i = 0; i < b->m && status == TDO_OK; i++) {
        tdo_lp_column mu = {.upper = INFINITY, .row = row, .value = value};
        for (size_t c = 0; c < b->n; c++)
            if (b->row[i * b->n + c] != 0) {
                row[mu.count] = (uint32_t)(first_row + c);
                value[mu.count++] = -b->row[i * b->n + c];
            }
        status = tdo_lp_add_column(q->lp, &mu, q->search.err);
    }
    return status;
}

/* Without rivals, and nobody's yet. */
static tdo_status renew(choice_family *q)
{
    tdo_status status = TDO_OK;
    tdo_arena_free(q->scratch);
    q->added = 0;
    q->scratch = tdo_arena_new();
    q->lp = q->scratch ? tdo_lp_new(q->scratch, true) : NULL;
    if (!q->lp)
        return TDO_E_MEMORY;
    for (size_t row = 0; row < q->rows && status == TDO_OK; row++)
        status = tdo_lp_add_row(q->lp,
                                &(tdo_lp_row){.lower = row == 0, .upper = row == 0 ? 1 : INFINITY},
                                q->search.err);
    for (size_t b = 0, row = 1; b < q->search.w->bundles && status == TDO_OK; b++) {
        status = add_bundle(q, &q->search.w->bundle[b], row);
        row += q->search.w->bundle[b].n;
    }
    if (q->pool)
        tdo_lp_pool_renew(q->pool, q->lp);
    return status;
}

/* ---- the pool ---- */

/* The values of the rivals, and what they count in each row of a bundle. */
static tdo_status set_entries(choice_family *q)
{
    double *entry = tdo_alloc(q->all, q->rivals, (q->rows - 1) * sizeof *entry);
    double value[TDO_MAX_CRITERIA];
    if (!entry)
        return TDO_E_MEMORY;
    for (size_t row = 1; row < q->rows; row++)
        q->entry[row] = entry + (row - 1) * q->rivals;
    for (size_t j = 0; j < q->rivals; j++) {
        double *to = entry + j;
        choice_values_of(q->search.k, q->rival[j], value);
        for (size_t b = 0; b < q->search.w->bundles; b++)
            for (size_t c = 0; c < q->search.w->bundle[b].n; c++, to += q->rivals)
                *to = choice_value(&q->search.w->bundle[b], c, value);
        for (size_t c = 0; c < q->search.k->u->d; c++) {
            q->value[c * q->rivals + j] = value[c];
            q->cost[j] += q->search.w->fixed[c] * value[c];
        }
    }
    return TDO_OK;
}

static tdo_status make_pool(choice_family *q)
{
    double *same = tdo_alloc(q->all, q->rows, sizeof *same);
    tdo_lp_candidates *all = tdo_alloc(q->all, 1, sizeof *all);
    if (!same || !all)
        return TDO_E_MEMORY;
    same[0] = 1;
    *all = (tdo_lp_candidates){.n = q->rivals, .cost = q->cost, .entry = q->entry, .same = same};
    return tdo_lp_pool_new(q->lp, all, q->all, &q->pool, q->search.err);
}

tdo_status choice_family_make(choice_family *q)
{
    tdo_status status = TDO_OK;
    q->rivals = q->search.k->front->count;
    q->rows = 1;
    q->columns = (double)q->rivals;
    for (size_t b = 0; b < q->search.w->bundles; b++) {
        q->rows += q->search.w->bundle[b].n;
        q->columns += (double)(q->search.w->bundle[b].m + 1);
    }
    q->all = tdo_arena_new();
    if (!q->all)
        return TDO_E_MEMORY;
    q->rival = q->search.k->r->front;
    q->value = tdo_alloc(q->all, q->rivals, q->search.k->u->d * sizeof *q->value);
    q->entry = tdo_alloc(q->all, q->rows, sizeof *q->entry);
    q->mine = tdo_alloc(q->all, q->rows, sizeof *q->mine);
    q->cost = tdo_alloc(q->all, q->rivals, sizeof *q->cost);
    q->priced = tdo_alloc(q->all, q->rivals, sizeof *q->priced);
    q->lead = tdo_alloc(q->all, q->rivals, sizeof *q->lead);
    q->out = tdo_alloc(q->all, q->rivals, sizeof *q->out);
    if (!q->value || !q->entry || !q->mine || !q->cost || !q->priced || !q->lead || !q->out)
        return TDO_E_MEMORY;
    status = set_entries(q);
    if (status == TDO_OK)
        status = renew(q);
    return status == TDO_OK ? make_pool(q) : status;
}

void choice_family_free(choice_family *q)
{
    tdo_arena_free(q->scratch);
    tdo_arena_free(q->all);
}

/* ---- one candidate ---- */

tdo_status choice_family_turn_to(choice_family *q, uint32_t slot)
{
    double value[TDO_MAX_CRITERIA];
    choice_values_of(q->search.k, slot, value);
    for (size_t b = 0, row = 1; b < q->search.w->bundles; b++)
        for (size_t c = 0; c < q->search.w->bundle[b].n; c++, row++)
            q->mine[row] = choice_value(&q->search.w->bundle[b], c, value);
    return q->added > MANY_COLUMNS && q->rows < MANY_ROWS ? renew(q) : TDO_OK;
}

tdo_status choice_family_solve(choice_family *q, tdo_arena *a, tdo_lp_pool_solution *out)
{
    const bool many = q->rows >= MANY_ROWS;
    tdo_status status = many && q->added > 0 ? renew(q) : TDO_OK;
    for (size_t j = 0; j < q->rivals; j++)
        q->priced[j] = q->cost[j] - (q->out[j] ? 4 : 0); /* nothing in a mixture is worth that */
    if (status == TDO_OK)
        status = tdo_lp_pool_set_cost(q->pool, q->priced, q->search.err);
    for (size_t row = 1; row < q->rows && status == TDO_OK; row++)
        status = tdo_lp_set_row_bounds(q->lp, row, q->mine[row], INFINITY, q->search.err);
    if (status == TDO_OK && many)
        status = choice_family_begin(q);
    if (status == TDO_OK)
        status = tdo_lp_pool_solve(q->pool, NULL, a, out, q->search.err);
    q->added = out->added;
    return status;
}
