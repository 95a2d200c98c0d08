/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far one candidate can be ahead of another over the allowed weights. That is linear in the
 * weights of each stakeholder, so its largest value is at corners of the regions, each one's
 * own. */
#include "weights/choice_lp.h"

#include "rules/rules.h"

#include <assert.h>
#include <math.h>

/* ---- pairs ---- */

/* max w . (what differs) over the bundle's weights: the costs are set for each pair. */
static tdo_status make_lp(const choice_bundle *b, tdo_arena *scratch, tdo_lp **out, tdo_error *err)
{
    uint32_t *all = tdo_alloc(scratch, b->n, sizeof *all);
    double *ones = tdo_alloc(scratch, b->n, sizeof *ones);
    tdo_lp *lp = *out = tdo_lp_new(scratch, true);
    tdo_status status = !lp || !all || !ones ? TDO_E_MEMORY : TDO_OK;
    for (size_t c = 0; c < b->n && status == TDO_OK; c++) {
        all[c] = (uint32_t)c;
        ones[c] = 1;
        status = tdo_lp_add_column(lp, &(tdo_lp_column){.upper = 1}, err);
    }
    tdo_lp_row row = {.lower = 1, .upper = 1, .count = b->n, .column = all, .value = ones};
    if (status == TDO_OK)
        status = tdo_lp_add_row(lp, &row, err);
    for (size_t i = 0; i < b->m && status == TDO_OK; i++) {
        row = (tdo_lp_row){
            .upper = INFINITY, .count = b->n, .column = all, .value = b->row + i * b->n};
        status = tdo_lp_add_row(lp, &row, err);
    }
    return status;
}

static void set_row(choice_ahead *x, uint32_t slot, size_t row)
{
    double *corner = x->corner + row * x->corners, value[TDO_MAX_CRITERIA];
    choice_values_of(x->search.k, slot, value);
    for (size_t c = 0; c < x->search.k->u->d; c++)
        x->fixed[row] += x->search.w->fixed[c] * value[c];
    for (size_t b = 0; b < x->search.w->bundles; b++) {
        const choice_bundle *of = &x->search.w->bundle[b];
        for (size_t q = 0; of->vertex && q < of->vertices; q++, corner++) {
            double sum = 0;
            for (size_t c = 0; c < of->n; c++)
                sum += of->vertex[q * of->n + c] * choice_value(of, c, value);
            *corner = of->power * sum;
        }
    }
}

tdo_status choice_ahead_make(const choice_search *search, const uint32_t *slot, size_t n,
                             tdo_arena *scratch, choice_ahead *out)
{
    assert(n <= search->k->v->f);
    const tdo_case *k = search->k;
    const choice_wishes *w = search->w;
    tdo_status status = TDO_OK;
    *out = (choice_ahead){.search = *search};
    for (size_t b = 0; b < w->bundles; b++)
        out->corners += w->bundle[b].vertex ? w->bundle[b].vertices : 0;
    out->index = tdo_alloc(scratch, k->v->f, sizeof *out->index);
    out->fixed = tdo_alloc(scratch, n, sizeof *out->fixed);
    out->corner = tdo_alloc(scratch, n, (out->corners + 1) * sizeof *out->corner);
    out->lp = tdo_alloc(scratch, w->bundles, sizeof *out->lp);
    if (!out->index || !out->fixed || !out->corner || !out->lp)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < k->v->f; i++)
        out->index[i] = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        out->index[slot[i]] = (uint32_t)i;
        set_row(out, slot[i], i);
    }
    for (size_t b = 0; b < w->bundles && status == TDO_OK; b++)
        if (!w->bundle[b].vertex)
            status = make_lp(&w->bundle[b], scratch, &out->lp[b], search->err);
    return status;
}

static tdo_status most_by_lp(choice_ahead *x, size_t b, uint32_t j, uint32_t i, double *out)
{
    const choice_bundle *of = &x->search.w->bundle[b];
    tdo_arena *scratch = tdo_arena_new();
    tdo_lp_solution y = {.outcome = TDO_LP_NUMERICAL};
    tdo_status status = !scratch ? TDO_E_MEMORY : TDO_OK;
    double ahead[TDO_MAX_CRITERIA], behind[TDO_MAX_CRITERIA];
    choice_values_of(x->search.k, j, ahead);
    choice_values_of(x->search.k, i, behind);
    for (size_t c = 0; c < of->n && status == TDO_OK; c++)
        status = tdo_lp_set_cost(
            x->lp[b], c, choice_value(of, c, ahead) - choice_value(of, c, behind), x->search.err);
    if (status == TDO_OK)
        status = tdo_lp_solve(x->lp[b], NULL, scratch, &y, x->search.err);
    *out = y.outcome == TDO_LP_OPTIMAL ? of->power * y.objective : INFINITY;
    x->search.effort->lps++;
    x->search.effort->seconds += y.seconds;
    tdo_arena_free(scratch);
    return status;
}

tdo_status choice_most_ahead(choice_ahead *x, uint32_t j, uint32_t i, double *out)
{
    assert(x->index[j] != UINT32_MAX && x->index[i] != UINT32_MAX);
    const size_t row_j = x->index[j], row_i = x->index[i];
    const double *mine = x->corner + row_j * x->corners, *theirs = x->corner + row_i * x->corners;
    tdo_status status = TDO_OK;
    *out = x->fixed[row_j] - x->fixed[row_i];
    for (size_t b = 0; b < x->search.w->bundles && status == TDO_OK; b++) {
        const choice_bundle *of = &x->search.w->bundle[b];
        double most = -INFINITY;
        if (!of->vertex)
            status = most_by_lp(x, b, j, i, &most);
        for (size_t q = 0; of->vertex && q < of->vertices; q++, mine++, theirs++)
            most = *mine - *theirs > most ? *mine - *theirs : most;
        *out += most;
    }
    return status;
}

/* ---- regret ---- */

static bool is_too_much(const tdo_case *k, const choice_wishes *w, size_t n)
{
    const double usual = 64 * 256; /* numbers in the rows of a region, at most */
    double pairs = (double)n * (double)k->front->count, corners = 1;
    for (size_t b = 0; b < w->bundles; b++) {
        const choice_bundle *of = &w->bundle[b];
        corners += (double)of->vertices;
        if (!of->vertex)
            pairs *= fmax(1, (double)of->n * (double)of->m / usual);
    }
    return w->listed ? pairs * corners > TDO_CHOICE_STEPS : pairs > TDO_CHOICE_REGION_PAIRS;
}

/* The frontier, and those that are asked about. */
static uint32_t *gather(const tdo_case *k, const tdo_candidate_choice *of, size_t n, size_t *count,
                        tdo_arena *scratch)
{
    uint32_t *slot = tdo_alloc(scratch, k->front->count + n, sizeof *slot);
    *count = 0;
    for (size_t j = 0; slot && j < k->front->count; j++)
        slot[(*count)++] = k->front->list[j];
    for (size_t i = 0; slot && i < n; i++)
        if (!k->front->member[of[i].slot])
            slot[(*count)++] = of[i].slot;
    return slot;
}

static tdo_status set_regret(choice_ahead *x, tdo_candidate_choice *c)
{
    tdo_status status = TDO_OK;
    double most = 0, by = 0;
    for (size_t j = 0; j < x->search.k->front->count && status == TDO_OK; j++) {
        uint32_t rival = x->search.k->front->list[j];
        if (rival == c->slot)
            continue;
        status = choice_most_ahead(x, rival, c->slot, &by);
        most = by > most ? by : most;
    }
    c->regret = isfinite(most) ? most : NAN;
    c->necessary = most <= TDO_TIE;
    return status;
}

tdo_status choice_find_regret(const choice_search *x, tdo_candidate_choice *of, size_t n,
                              uint32_t *least)
{
    const tdo_case *k = x->k;
    tdo_arena *scratch = NULL;
    choice_ahead ahead = {.corners = 0};
    size_t count = 0, members = 0;
    const tdo_candidate_choice *best = NULL;
    bool all = true;
    *least = UINT32_MAX;
    if (is_too_much(k, x->w, n))
        return TDO_OK;
    scratch = tdo_arena_new();
    uint32_t *slot = !scratch ? NULL : gather(k, of, n, &count, scratch);
    tdo_status status = !slot ? TDO_E_MEMORY : choice_ahead_make(x, slot, count, scratch, &ahead);
    for (size_t i = 0; i < n && status == TDO_OK; i++) {
        status = set_regret(&ahead, &of[i]);
        members += k->front->member[of[i].slot];
        all = all && !isnan(of[i].regret);
        if (!best || rule_above(best->regret, of[i].regret))
            best = &of[i];
    }
    /* Whoever is beaten outright regrets at least as much: with the frontier, all are compared. */
    if (status == TDO_OK && all && members == k->front->count)
        *least = best->slot;
    tdo_arena_free(scratch);
    return status;
}
