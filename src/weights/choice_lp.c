/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who can be first ("potential optimality", Hazen 1986), in its column form. For candidate i, over
 * mixtures lambda of the frontier's others:
 *
 *     maximise   fixed . (mix - v[i]) + sum over bundles b of power[b] t[b]
 *     where      t[b] + sum over rows r of mu[b][r] row[b][r][c] <= mix[c] - v[i][c],  mu >= 0
 *
 * t[b] is the least of w . (mix - v[i]) over the weights of the bundle (LP duality), so the optimum
 * is how much more the best mixture is worth at all weights at once. If it is not more, no mixture
 * proves i worse, and the duals of the rows (times -1) are weights, power included, at which i is
 * first with the largest lead. All candidates share one LP: i changes its right-hand side, and a
 * cost that keeps i itself out of the mixture. */
#include "weights/choice_lp.h"

#include "rules/rules.h"

#include <math.h>
#include <string.h>

enum { MANY_COLUMNS = 60 }; /* taken from the pool: the LP is made anew before it gets slow */

typedef struct family {
    const tdo_case *k;
    const choice_wishes *w;
    tdo_arena *scratch;
    size_t added; /* columns taken from the pool */
    size_t rivals;
    const uint32_t *rival; /* [rivals] the frontier */
    tdo_lp *lp;            /* row 0: shares; then the criteria of each bundle */
    tdo_lp_pool *pool;
    double *cost; /* [rivals] from the fixed weights */
    choice_effort *effort;
    tdo_error *err;
} family;

static double value_at(const family *q, size_t c, uint32_t slot)
{
    return q->k->v->value[c * q->k->v->f + slot];
}

/* ---- wishes ---- */

static bool can_decide(const tdo_valued *v, size_t c)
{
    const double *x = v->value + c * v->f;
    for (size_t k = 1; k < v->f; k++)
        if (x[k] != x[0])
            return true;
    return false;
}

tdo_status choice_wishes_any(const tdo_case *k, tdo_arena *a, choice_wishes *out)
{
    size_t d = k->u->d, n = 0;
    uint32_t *criterion = tdo_alloc(a, d, sizeof *criterion);
    double *vertex = tdo_alloc(a, d * d, sizeof *vertex);
    *out = (choice_wishes){.fixed = tdo_alloc(a, d, sizeof *out->fixed),
                           .bundle = tdo_alloc(a, 1, sizeof *out->bundle),
                           .listed = true};
    if (!out->fixed || !out->bundle || !criterion || !vertex)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < d; c++)
        if (can_decide(k->v, c))
            criterion[n++] = (uint32_t)c;
    for (size_t c = 0; c < n; c++)
        vertex[c * n + c] = 1;
    out->bundles = n > 0;
    out->bundle[0] = (choice_bundle){
        .power = 1, .n = n, .criterion = criterion, .vertices = n, .vertex = vertex};
    return TDO_OK;
}

/* Each row divided by a power of two, so that its largest number is about 1: as exact as before. */
static const double *scale_rows(const tdo_region *r, tdo_arena *a)
{
    double *row = tdo_alloc(a, r->m * r->n, sizeof *row);
    for (size_t i = 0; row && i < r->m; i++) {
        double most = 0;
        int exponent = 0;
        for (size_t q = 0; q < r->n; q++)
            most = fmax(most, fabs(r->row[i * r->n + q]));
        (void)frexp(most, &exponent);
        for (size_t q = 0; q < r->n; q++)
            row[i * r->n + q] = ldexp(r->row[i * r->n + q], -exponent);
    }
    return row;
}

tdo_status choice_wishes_allowed(const tdo_case *k, tdo_arena *a, choice_wishes *out)
{
    const tdo_utility *u = k->u;
    *out = (choice_wishes){.fixed = tdo_alloc(a, u->d, sizeof *out->fixed),
                           .bundle = tdo_alloc(a, u->s, sizeof *out->bundle),
                           .listed = true};
    if (!out->fixed || !out->bundle)
        return TDO_E_MEMORY;
    for (size_t s = 0; s < u->s; s++) {
        const tdo_region *r = &k->regions->of[s];
        for (size_t c = 0; c < u->d && !r->open; c++)
            out->fixed[c] += u->power[s] * u->weight[s * u->d + c];
        if (!r->open || !(u->power[s] > 0))
            continue;
        const double *row = scale_rows(r, a);
        if (!row)
            return TDO_E_MEMORY;
        out->listed = out->listed && r->vertex;
        out->bundle[out->bundles++] = (choice_bundle){.power = u->power[s],
                                                      .n = r->n,
                                                      .m = r->m,
                                                      .criterion = r->criterion,
                                                      .row = row,
                                                      .vertices = r->vertices,
                                                      .vertex = r->vertex};
    }
    return TDO_OK;
}

/* ---- the LP ---- */

static tdo_status add_bundle(const family *q, const choice_bundle *b, size_t first_row)
{
    uint32_t row[TDO_MAX_CRITERIA] = {0};
    double value[TDO_MAX_CRITERIA] = {0};
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
    tdo_status status = tdo_lp_add_column(q->lp, &t, q->err);
    for (size_t i = 0; i < b->m && status == TDO_OK; i++) {
        tdo_lp_column mu = {.upper = INFINITY, .row = row, .value = value};
        for (size_t c = 0; c < b->n; c++)
            if (b->row[i * b->n + c] != 0) {
                row[mu.count] = (uint32_t)(first_row + c);
                value[mu.count++] = -b->row[i * b->n + c];
            }
        status = tdo_lp_add_column(q->lp, &mu, q->err);
    }
    return status;
}

/* The frontier's values: [rivals] for each row of a bundle. */
static tdo_status add_rivals(family *q, size_t rows)
{
    const double **entry = tdo_alloc(q->scratch, rows, sizeof *entry);
    double *same = tdo_alloc(q->scratch, rows, sizeof *same);
    tdo_lp_candidates *all = tdo_alloc(q->scratch, 1, sizeof *all);
    size_t row = 1;
    q->cost = tdo_alloc(q->scratch, q->rivals, sizeof *q->cost);
    if (!entry || !same || !all || !q->cost)
        return TDO_E_MEMORY;
    same[0] = 1;
    for (size_t b = 0; b < q->w->bundles; b++)
        for (size_t c = 0; c < q->w->bundle[b].n; c++, row++) {
            double *x = tdo_alloc(q->scratch, q->rivals, sizeof *x);
            if (!x)
                return TDO_E_MEMORY;
            for (size_t j = 0; j < q->rivals; j++)
                x[j] = value_at(q, q->w->bundle[b].criterion[c], q->rival[j]);
            entry[row] = x;
        }
    for (size_t j = 0; j < q->rivals; j++)
        for (size_t c = 0; c < q->k->u->d; c++)
            q->cost[j] += q->w->fixed[c] * value_at(q, c, q->rival[j]);
    *all = (tdo_lp_candidates){.n = q->rivals, .cost = q->cost, .entry = entry, .same = same};
    return tdo_lp_pool_new(q->lp, all, q->scratch, &q->pool, q->err);
}

static tdo_status make_family(family *q)
{
    size_t rows = 1;
    tdo_status status = TDO_OK;
    q->lp = tdo_lp_new(q->scratch, true);
    if (!q->lp)
        return TDO_E_MEMORY;
    for (size_t b = 0; b < q->w->bundles; b++)
        rows += q->w->bundle[b].n;
    for (size_t row = 0; row < rows && status == TDO_OK; row++)
        status = tdo_lp_add_row(
            q->lp, &(tdo_lp_row){.lower = row == 0, .upper = row == 0 ? 1 : INFINITY}, q->err);
    for (size_t b = 0, row = 1; b < q->w->bundles && status == TDO_OK; b++) {
        status = add_bundle(q, &q->w->bundle[b], row);
        row += q->w->bundle[b].n;
    }
    return status == TDO_OK ? add_rivals(q, rows) : status;
}

/* ---- answers ---- */

/* One rival that is better by itself in every criterion of every bundle (and not worse by the fixed
 * weights): the plainest reason. Returns by how much it is worth more at least; 0: there is
 * none. */
static double beaten_by_one(const family *q, uint32_t i, double fixed, size_t *by)
{
    double most = 0;
    for (size_t j = 0; j < q->rivals; j++) {
        double sum = q->cost[j] - fixed, small = q->rival[j] == i || sum < 0 ? -1 : 1;
        for (size_t b = 0; b < q->w->bundles && small > TDO_TIE; b++) {
            double least = INFINITY;
            for (size_t c = 0; c < q->w->bundle[b].n; c++) {
                size_t of = q->w->bundle[b].criterion[c];
                least = fmin(least, value_at(q, of, q->rival[j]) - value_at(q, of, i));
            }
            small = fmin(small, least);
            sum += q->w->bundle[b].power * least;
        }
        if (small > TDO_TIE && sum > most + TDO_TIE) {
            most = sum;
            *by = j;
        }
    }
    return most;
}

/* Shares from the largest to the smallest; of equal ones in the LP's order. */
static tdo_status set_mixture(const family *q, const tdo_lp_pool_solution *x, tdo_arena *a,
                              tdo_choosable *out)
{
    tdo_part *part = tdo_alloc(a, x->count, sizeof *part);
    if (!part)
        return TDO_E_MEMORY;
    for (size_t n = 0; n < x->count; n++) {
        size_t at = n;
        for (; at > 0 && part[at - 1].share < x->share[n]; at--)
            part[at] = part[at - 1];
        part[at] = (tdo_part){q->rival[x->index[n]], x->share[n]};
    }
    out->beaten_by = part;
    out->n_beaten_by = x->count;
    return TDO_OK;
}

static tdo_status set_weights(const family *q, const tdo_lp_pool_solution *x, tdo_arena *a,
                              tdo_choosable *out)
{
    double *weight = tdo_alloc(a, q->k->u->d, sizeof *weight);
    size_t row = 1;
    if (!weight)
        return TDO_E_MEMORY;
    memcpy(weight, q->w->fixed, q->k->u->d * sizeof *weight);
    for (size_t b = 0; b < q->w->bundles; b++)
        for (size_t c = 0; c < q->w->bundle[b].n; c++, row++)
            weight[q->w->bundle[b].criterion[c]] += fmax(0, -x->lp.dual[row]);
    out->weights = weight;
    return TDO_OK;
}

/* From the reported numbers, not the LP's: the lead at the weights. */
static double lead_of(const family *q, uint32_t i, const double *weight)
{
    double least = INFINITY;
    for (size_t j = 0; j < q->rivals; j++) {
        double lead = 0;
        for (size_t c = 0; c < q->k->u->d; c++)
            lead += weight[c] * (value_at(q, c, i) - value_at(q, c, q->rival[j]));
        least = q->rival[j] != i && lead < least ? lead : least;
    }
    return least;
}

static tdo_status solve(family *q, uint32_t i, size_t own, double fixed, tdo_arena *a,
                        tdo_choosable *out)
{
    tdo_arena *scratch = tdo_arena_new();
    tdo_lp_pool_solution x = {.count = 0};
    tdo_status status = !scratch ? TDO_E_MEMORY : TDO_OK;
    double kept = own < q->rivals ? q->cost[own] : 0;
    if (own < q->rivals)
        q->cost[own] -= 4; /* nothing in a mixture is worth that */
    if (status == TDO_OK)
        status = tdo_lp_pool_set_cost(q->pool, q->cost, q->err);
    for (size_t b = 0, row = 1; b < q->w->bundles; b++)
        for (size_t c = 0; c < q->w->bundle[b].n && status == TDO_OK; c++, row++)
            status = tdo_lp_set_row_bounds(q->lp, row, value_at(q, q->w->bundle[b].criterion[c], i),
                                           INFINITY, q->err);
    if (status == TDO_OK)
        status = tdo_lp_pool_solve(q->pool, NULL, scratch, &x, q->err);
    if (status == TDO_OK && x.lp.outcome == TDO_LP_OPTIMAL) {
        double most = x.lp.objective - fixed;
        *out = (tdo_choosable){.known = true, .yes = !(most > TDO_TIE), .lead = -most};
        status = out->yes ? set_weights(q, &x, a, out) : set_mixture(q, &x, a, out);
        if (status == TDO_OK && out->yes)
            out->lead = lead_of(q, i, out->weights);
    }
    if (own < q->rivals)
        q->cost[own] = kept;
    q->added = x.added;
    q->effort->lps++;
    q->effort->seconds += x.lp.seconds;
    tdo_arena_free(scratch);
    return status;
}

static tdo_status set_one(const family *q, size_t by, double margin, tdo_arena *a,
                          tdo_choosable *out)
{
    tdo_part *part = tdo_alloc(a, 1, sizeof *part);
    if (!part)
        return TDO_E_MEMORY;
    *part = (tdo_part){q->rival[by], 1};
    *out = (tdo_choosable){.known = true, .lead = -margin, .beaten_by = part, .n_beaten_by = 1};
    return TDO_OK;
}

/* The weights are what they are (or none can decide). */
static tdo_status compare_as_is(const family *q, uint32_t i, tdo_arena *a, tdo_choosable *out)
{
    const double *score = q->k->r->by_rule[TDO_RULE_WEIGHTED].score;
    size_t best = 0;
    for (size_t j = 1; j < q->rivals; j++)
        best = score[q->rival[j]] > score[q->rival[best]] ? j : best;
    if (rule_above(score[q->rival[best]], score[i]))
        return set_one(q, best, score[q->rival[best]] - score[i], a, out);
    *out = (tdo_choosable){.known = true, .yes = true, .weights = q->k->u->group_weight};
    out->lead = lead_of(q, i, out->weights);
    return TDO_OK;
}

static tdo_status ask(family *q, uint32_t i, tdo_arena *a, tdo_choosable *out)
{
    size_t own = 0, by = 0;
    double fixed = 0;
    while (own < q->rivals && q->rival[own] != i)
        own++;
    for (size_t c = 0; c < q->k->u->d; c++)
        fixed += q->w->fixed[c] * value_at(q, c, i);
    if (q->rivals - (own < q->rivals) == 0) { /* nobody to compare with */
        *out = (tdo_choosable){
            .known = true, .yes = true, .lead = NAN, .weights = q->k->u->group_weight};
        return TDO_OK;
    }
    if (q->w->bundles == 0)
        return compare_as_is(q, i, a, out);
    double margin = beaten_by_one(q, i, fixed, &by);
    return margin > 0 ? set_one(q, by, margin, a, out) : solve(q, i, own, fixed, a, out);
}

tdo_status choice_find_choosable(const tdo_case *k, const choice_wishes *w, bool allowed,
                                 tdo_candidate_choice *of, size_t n, tdo_arena *a,
                                 choice_effort *effort, tdo_error *err)
{
    family q = {.k = k,
                .w = w,
                .rivals = k->front->count,
                .rival = k->front->list,
                .added = MANY_COLUMNS + 1,
                .effort = effort,
                .err = err};
    tdo_status status = TDO_OK;
    for (size_t i = 0; i < n && status == TDO_OK; i++) {
        if (q.added > MANY_COLUMNS) {
            tdo_arena_free(q.scratch);
            q.scratch = tdo_arena_new();
            q.added = 0;
            status = !q.scratch ? TDO_E_MEMORY : make_family(&q);
        }
        if (status == TDO_OK)
            status = ask(&q, of[i].slot, a, allowed ? &of[i].allowed : &of[i].any);
    }
    tdo_arena_free(q.scratch);
    return status;
}
