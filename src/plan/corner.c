/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a mixture of proposals to a corner. Where the active proposals of a block agree on a segment
 * it has its candidate; the others are settled a few at a time by a small program in which all the
 * rest is fixed. A corner of that splits no more segments than rows couple them, and those go on
 * to the next few. */
#include "plan/plan.h"

#include <math.h>
#include <string.h>

#include "base/array.h"

enum { AT_ONCE = 200 }; /* segments that are settled in one program */

#define NOTHING  1e-12 /* a share so small is none */
#define DECIMALS 1e13

typedef struct settling {
    const plan_frame *f;
    const plan_rows *rows;
    uint32_t *choice;    /* [segments] */
    tdo_plan_part *part; /* [n] of the segments that are not settled */
    size_t n;
    double *sums; /* of all that is fixed */
    tdo_error *err;
} settling;

/* ---- the segments on which proposals differ ---- */

static tdo_status add_part(settling *x, size_t segment, size_t candidate, double share)
{
    bool good = true;
    for (size_t k = x->n; k-- > 0 && x->part[k].segment == segment;)
        if (x->part[k].candidate == candidate) {
            x->part[k].share += share;
            return TDO_OK;
        }
    x->part = array_more_of(x->f->a, x->part, x->n, sizeof *x->part, &good);
    if (!good)
        return TDO_E_MEMORY;
    size_t at = x->n++;
    for (; at > 0 && x->part[at - 1].segment == segment && x->part[at - 1].candidate > candidate;
         at--)
        x->part[at] = x->part[at - 1];
    x->part[at] = (tdo_plan_part){(uint32_t)segment, (uint32_t)candidate, share};
    return TDO_OK;
}

/* What n active proposals of one block do. chosen: [n x length] */
static tdo_status take_block(settling *x, const plan_active *active, size_t n,
                             const uint32_t *chosen)
{
    const size_t from = plan_block_start(x->f, active->block);
    const size_t length = plan_block_start(x->f, active->block + 1) - from;
    tdo_status status = TDO_OK;
    for (size_t s = 0; s < length && status == TDO_OK; s++) {
        bool same = true;
        for (size_t q = 1; q < n; q++)
            same = same && chosen[q * length + s] == chosen[s];
        x->choice[from + s] = same ? chosen[s] : TDO_PLAN_SPLIT;
        if (same)
            plan_add(x->f, from + s, chosen[s], 1, x->sums);
        for (size_t q = 0; q < n && !same && status == TDO_OK; q++)
            status = add_part(x, from + s, chosen[q * length + s], active[q].share);
    }
    return status;
}

static tdo_status price_block(settling *x, const plan_active *active, size_t n, plan_prices *prices)
{
    const size_t length = plan_block_start(x->f, active->block + 1) -
                          plan_block_start(x->f, active->block);
    uint32_t *chosen = tdo_alloc(x->f->a, n * length, sizeof *chosen);
    if (!chosen)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < n; q++) {
        if (active[q].y) {
            plan_rows_prices(x->f, x->rows, active[q].y, active[q].cost, prices);
            (void)plan_price_block(x->f, prices, active->block, NULL, chosen + q * length);
        }
        for (size_t s = 0; s < length && !active[q].y; s++)
            chosen[q * length + s] = (uint32_t)active[q].candidate;
    }
    return take_block(x, active, n, chosen);
}

static tdo_status find_parts(settling *x, const plan_active *active, size_t n)
{
    const tdo_plan_problem *p = x->f->p;
    tdo_arena *a = x->f->a;
    plan_prices prices = {tdo_alloc(a, p->n_values, sizeof(double)),
                          tdo_alloc(a, p->candidates, sizeof(double)),
                          tdo_alloc(a, p->groups * x->f->columns, sizeof(double))};
    if (!prices.value || !prices.traffic || !prices.column)
        return TDO_E_MEMORY;
    tdo_status status = TDO_OK;
    for (size_t from = 0, to = 0; from < n && status == TDO_OK; from = to) {
        while (to < n && active[to].block == active[from].block)
            to++;
        status = price_block(x, active + from, to - from, &prices);
    }
    return status;
}

/* ---- a few at a time ---- */

/* The parts [from, to) as columns, a row for each of their segments. */
static tdo_status add_columns(settling *x, size_t from, size_t to, double times, tdo_lp *lp)
{
    const plan_frame *f = x->f;
    double *sums = tdo_alloc(f->a, f->sums, sizeof *sums);
    uint32_t *row = tdo_alloc(f->a, x->rows->n + 1, sizeof *row);
    double *value = tdo_alloc(f->a, x->rows->n + 1, sizeof *value);
    tdo_status status = sums && row && value ? TDO_OK : TDO_E_MEMORY;
    size_t last = x->rows->n - 1;
    for (size_t k = from; k < to && status == TDO_OK; k++) {
        const tdo_plan_part *part = &x->part[k];
        size_t n = 0;
        if (k == from || part->segment != part[-1].segment) {
            status = tdo_lp_add_row(lp, &(tdo_lp_row){.lower = 1, .upper = 1}, x->err);
            last++;
        }
        memset(sums, 0, f->sums * sizeof *sums);
        plan_add(f, part->segment, part->candidate, 1, sums);
        for (size_t i = 0; i < x->rows->n; i++) {
            const double at = plan_row_of(f, &x->rows->row[i], sums);
            if (at < 0 || at > 0) {
                row[n] = (uint32_t)i;
                value[n++] = at * times;
            }
        }
        row[n] = (uint32_t)last;
        value[n++] = 1;
        const double cost = f->p->n_values == 1 ? times * sums[0] : 0;
        if (status == TDO_OK)
            status = tdo_lp_add_column(
                lp,
                &(tdo_lp_column){
                    .cost = cost, .upper = INFINITY, .count = n, .row = row, .value = value},
                x->err);
    }
    return status;
}

/* Shares of the parts [from, to) at a corner; as they are where the program cannot say. */
static tdo_status settle(settling *x, size_t from, size_t to)
{
    const plan_frame *f = x->f;
    tdo_lp *lp = NULL;
    tdo_lp_solution s = {0};
    double weight = 0;
    for (size_t k = from; k < to; k++)
        if (k == from || x->part[k].segment != x->part[k - 1].segment)
            weight += f->p->size[x->part[k].segment] * f->per_size;
    tdo_status status = plan_rows_program(f, x->rows, x->sums, 1 / weight, &lp, x->err);
    if (status == TDO_OK)
        status = add_columns(x, from, to, 1 / weight, lp);
    if (status == TDO_OK)
        status = tdo_lp_solve(lp, NULL, f->a, &s, x->err);
    for (size_t k = from; k < to && status == TDO_OK && s.outcome == TDO_LP_OPTIMAL; k++)
        x->part[k].share = s.primal[x->rows->n_extra + k - from];
    return status;
}

/* Shares in decimals that are no longer than their precision; the largest takes the rest. */
static void tidy(tdo_plan_part *part, size_t n)
{
    size_t largest = 0;
    double others = 0;
    for (size_t k = 1; k < n; k++)
        largest = part[k].share > part[largest].share ? k : largest;
    for (size_t k = 0; k < n; k++) {
        part[k].share = round(part[k].share * DECIMALS) / DECIMALS;
        others += k == largest ? 0 : part[k].share;
    }
    part[largest].share = round((1 - others) * DECIMALS) / DECIMALS;
}

/* Takes out of [0, to) what is settled; the rest is moved down. How many are left there. */
static size_t fix(settling *x, size_t to)
{
    size_t kept = 0;
    for (size_t from = 0, next = 0; from < to; from = next) {
        const uint32_t segment = x->part[from].segment;
        const size_t start = kept;
        for (next = from; next < to && x->part[next].segment == segment; next++)
            if (x->part[next].share > NOTHING)
                x->part[kept++] = x->part[next];
        if (kept - start == 1) {
            x->choice[segment] = x->part[start].candidate;
            plan_add(x->f, segment, x->part[start].candidate, 1, x->sums);
            kept = start;
        } else {
            tidy(x->part + start, kept - start);
        }
    }
    memmove(x->part + kept, x->part + to, (x->n - to) * sizeof *x->part);
    x->n -= to - kept;
    return kept;
}

/* Where the parts of at most AT_ONCE segments end, beyond those of the first `open`. */
static size_t few_from(const settling *x, size_t open)
{
    size_t to = open;
    for (size_t segments = 0; to < x->n; to++) {
        segments += to == open || x->part[to].segment != x->part[to - 1].segment;
        if (segments > AT_ONCE)
            break;
    }
    return to;
}

static tdo_status settle_all(settling *x)
{
    tdo_status status = TDO_OK;
    size_t open = 0, to = 0;
    double *now = tdo_alloc(x->f->a, x->f->sums, sizeof *now), *fixed = x->sums;
    if (!now)
        return TDO_E_MEMORY;
    while (open < x->n && status == TDO_OK && (to = few_from(x, open)) > open) {
        memcpy(now, fixed, x->f->sums * sizeof *now);
        for (size_t k = to; k < x->n; k++)
            plan_add(x->f, x->part[k].segment, x->part[k].candidate, x->part[k].share, now);
        x->sums = now;
        status = settle(x, 0, to);
        x->sums = fixed;
        open = fix(x, to);
    }
    return status;
}

tdo_status plan_corner(const plan_frame *f, const plan_rows *rows, const plan_active *active,
                       size_t n, tdo_plan_solution *out, tdo_error *err)
{
    settling x = {.f = f,
                  .rows = rows,
                  .choice = tdo_alloc(f->a, f->p->segments, sizeof *x.choice),
                  .sums = tdo_alloc(f->a, f->sums, sizeof *x.sums),
                  .err = err};
    tdo_status status = x.choice && x.sums ? find_parts(&x, active, n) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = settle_all(&x);
    if (status != TDO_OK)
        return status;
    out->choice = x.choice;
    out->part = x.part;
    out->n_parts = x.n;
    out->split_segments = 0;
    for (size_t k = 0; k < x.n; k++)
        out->split_segments += k == 0 || x.part[k].segment != x.part[k - 1].segment;
    return TDO_OK;
}
