/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who can be first ("potential optimality", Hazen 1986), in its column form. For candidate i, over
 * mixtures lambda of the frontier's others:
 *
 *     maximise   fixed . (mix - v[i]) + sum over bundles b of power[b] t[b]
 *     where      t[b] + sum over rows r of mu[b][r] row[b][r][c] <= mix[c] - v[i][c],  mu >= 0
 *
 * t[b] is the least of w . (mix - v[i]) over the weights of the bundle (LP duality), so the optimum
 * is how much more the best mixture is worth at all weights at once. If it is less, no mixture
 * proves i worse, and the duals of the rows (times -1) are weights, power included, at which i is
 * first with the largest lead. If it is the same, i is first in a tie at best: whoever is tied with
 * it at all weights is left out and the rest is asked again; still the same, i is first on a null
 * set of weights only, and that is not first. */
#include "rules/rules.h"
#include "weights/choice_family.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

enum { WIDE = 64, WIDE_STEPS = 300000000 }; /* beyond so many criteria all LPs share the steps */

/* ---- answers ---- */

/* One rival that is by itself better (or no worse: weakly) in every criterion of every bundle, and
 * not worse by the fixed weights: the plainest reason. Returns by how much it is worth more at
 * least; -1: there is none. */
static double beaten_by_one(const choice_family *q, double fixed, bool weakly, size_t *by)
{
    const double above = weakly ? -DBL_MIN : TDO_TIE;
    double most = -1;
    for (size_t j = 0; j < q->rivals; j++) {
        double sum = q->cost[j] - fixed, small = q->out[j] || sum < 0 ? -1 : 1;
        for (size_t b = 0, row = 1; b < q->search.w->bundles && small > above; b++) {
            double least = INFINITY;
            for (const size_t end = row + q->search.w->bundle[b].n; row < end; row++) {
                const double more = q->entry[row][j] - q->mine[row];
                least = more < least ? more : least;
                if (!(least > above)) {
                    row = end;
                    break;
                }
            }
            small = fmin(small, least);
            sum += q->search.w->bundle[b].power * least;
        }
        if (small > above && sum > most + TDO_TIE) {
            most = sum;
            *by = j;
        }
    }
    return most;
}

/* Does x stand before y? The larger share, then the id's bytes. */
static bool stands_before(const choice_family *q, tdo_part x, tdo_part y)
{
    const tdo_case *k = q->search.k;
    const char *a = k->x->id[k->f->feasible[x.slot]], *b = k->x->id[k->f->feasible[y.slot]];
    return x.share > y.share || (!(x.share < y.share) && strcmp(a, b) < 0);
}

static tdo_status set_mixture(const choice_family *q, const tdo_lp_pool_solution *x, tdo_arena *a,
                              tdo_choosable *out)
{
    tdo_part *part = tdo_alloc(a, x->count, sizeof *part);
    if (!part)
        return TDO_E_MEMORY;
    for (size_t n = 0; n < x->count; n++) {
        const tdo_part mine = {q->rival[x->index[n]], x->share[n]};
        size_t at = n;
        for (; at > 0 && stands_before(q, mine, part[at - 1]); at--)
            part[at] = part[at - 1];
        part[at] = mine;
    }
    out->beaten_by = part;
    out->n_beaten_by = x->count;
    return TDO_OK;
}

static tdo_status set_weights(const choice_family *q, const tdo_lp_pool_solution *x, tdo_arena *a,
                              tdo_choosable *out)
{
    double *weight = tdo_alloc(a, q->search.k->u->d, sizeof *weight);
    size_t row = 1;
    if (!weight)
        return TDO_E_MEMORY;
    memcpy(weight, q->search.w->fixed, q->search.k->u->d * sizeof *weight);
    for (size_t b = 0; b < q->search.w->bundles; b++)
        for (size_t c = 0; c < q->search.w->bundle[b].n; c++, row++)
            choice_add_weight(&q->search.w->bundle[b], c, fmax(0, -x->lp.dual[row]), weight);
    out->weights = weight;
    return TDO_OK;
}

/* From the reported numbers, not the LP's: the lead at the weights. */
static double lead_of(const choice_family *q, uint32_t i, const double *weight)
{
    double least = INFINITY;
    memset(q->lead, 0, q->rivals * sizeof *q->lead);
    for (size_t c = 0; c < q->search.k->u->d; c++) {
        const double *value = q->value + c * q->rivals, mine = choice_family_value(q, c, i);
        for (size_t j = 0; j < q->rivals && weight[c] != 0; j++)
            q->lead[j] += weight[c] * (mine - value[j]);
    }
    for (size_t j = 0; j < q->rivals; j++)
        least = !q->out[j] && q->lead[j] < least ? q->lead[j] : least;
    return least;
}

/* Not yes: the mixture is worth more by -lead at least. */
static tdo_status take_answer(const choice_family *q, uint32_t i, double fixed,
                              const tdo_lp_pool_solution *x, tdo_arena *a, tdo_choosable *out)
{
    double most = x->lp.objective - fixed;
    tdo_status status = TDO_OK;
    *out = (tdo_choosable){.known = true};
    if (!(most > TDO_TIE)) {
        status = set_weights(q, x, a, out);
        out->lead = status == TDO_OK ? lead_of(q, i, out->weights) : 0;
        out->yes = out->lead > TDO_TIE;
    }
    if (out->yes || status != TDO_OK)
        return status;
    *out = (tdo_choosable){.known = true, .lead = -most};
    return set_mixture(q, x, a, out);
}

static tdo_status solve(choice_family *q, uint32_t i, double fixed, tdo_arena *a,
                        tdo_choosable *out)
{
    tdo_arena *scratch = tdo_arena_new();
    tdo_lp_pool_solution x = {.count = 0};
    tdo_status status = !scratch ? TDO_E_MEMORY : choice_family_solve(q, scratch, &x);
    if (status == TDO_OK && x.lp.outcome == TDO_LP_OPTIMAL)
        status = take_answer(q, i, fixed, &x, a, out);
    q->search.effort->lps++;
    q->search.effort->seconds += x.lp.seconds;
    tdo_arena_free(scratch);
    return status;
}

static tdo_status set_one(const choice_family *q, size_t by, double margin, tdo_arena *a,
                          tdo_choosable *out)
{
    tdo_part *part = tdo_alloc(a, 1, sizeof *part);
    if (!part)
        return TDO_E_MEMORY;
    *part = (tdo_part){q->rival[by], 1};
    *out = (tdo_choosable){.known = true, .lead = -margin, .beaten_by = part, .n_beaten_by = 1};
    return TDO_OK;
}

static size_t count_out(const choice_family *q)
{
    size_t n = 0;
    for (size_t j = 0; j < q->rivals; j++)
        n += q->out[j];
    return n;
}

/* First at the nominal weights. */
static void set_first(const choice_family *q, uint32_t i, tdo_choosable *out)
{
    *out = (tdo_choosable){.known = true, .yes = true, .weights = q->search.k->u->group_weight};
    out->lead = count_out(q) == q->rivals ? NAN : lead_of(q, i, out->weights);
}

/* The weights are what they are (or none can decide). */
static tdo_status compare_as_is(const choice_family *q, uint32_t i, tdo_arena *a,
                                tdo_choosable *out)
{
    const double *score = q->search.k->r->by_rule[TDO_RULE_WEIGHTED].score;
    size_t best = 0;
    for (size_t j = 0; j < q->rivals; j++) {
        best = score[q->rival[j]] > score[q->rival[best]] ? j : best;
        q->out[j] |= !rule_above(score[i], score[q->rival[j]]);
    }
    if (rule_above(score[q->rival[best]], score[i]))
        return set_one(q, best, score[q->rival[best]] - score[i], a, out);
    set_first(q, i, out);
    return TDO_OK;
}

/* ---- ties ---- */

/* Keeps out whoever is tied with it at all weights; at the nominal ones first. */
static tdo_status keep_tied_out(choice_family *q, uint32_t i)
{
    const double *score = q->search.k->r->by_rule[TDO_RULE_WEIGHTED].score;
    tdo_arena *scratch = tdo_arena_new();
    tdo_status status = !scratch ? TDO_E_MEMORY : TDO_OK;
    for (size_t j = 0; j < q->rivals && status == TDO_OK; j++) {
        choice_ahead x = {.corners = 0};
        const uint32_t two[2] = {i, q->rival[j]};
        double ahead = 0, behind = 0;
        if (q->out[j] || fabs(score[i] - score[q->rival[j]]) > 4 * TDO_TIE)
            continue;
        status = choice_ahead_make(&q->search, two, 2, scratch, &x);
        if (status == TDO_OK)
            status = choice_most_ahead(&x, two[1], two[0], &ahead);
        if (status == TDO_OK)
            status = choice_most_ahead(&x, two[0], two[1], &behind);
        q->out[j] = status == TDO_OK && ahead <= TDO_TIE && behind <= TDO_TIE;
    }
    tdo_arena_free(scratch);
    return status;
}

/* At best it is tied: always, with its like; or only where another one is ahead at almost all
 * weights near by. */
static tdo_status settle_tie(choice_family *q, uint32_t i, double fixed, tdo_arena *a,
                             tdo_choosable *out)
{
    size_t by = 0, before = count_out(q);
    tdo_status status = keep_tied_out(q, i);
    size_t after = count_out(q);
    if (status == TDO_OK && after == q->rivals)
        set_first(q, i, out);
    else if (status == TDO_OK && after > before)
        status = solve(q, i, fixed, a, out);
    if (status != TDO_OK || !out->known || out->yes || out->lead < -TDO_TIE)
        return status;
    double margin = beaten_by_one(q, fixed, true, &by);
    return margin < 0 ? TDO_OK : set_one(q, by, margin, a, out);
}

static tdo_status ask(choice_family *q, uint32_t i, tdo_arena *a, tdo_choosable *out)
{
    size_t by = 0;
    double fixed = 0;
    tdo_status status = choice_family_turn_to(q, i);
    if (status != TDO_OK)
        return status;
    for (size_t j = 0; j < q->rivals; j++)
        q->out[j] = q->rival[j] == i;
    for (size_t c = 0; c < q->search.k->u->d; c++)
        fixed += q->search.w->fixed[c] * choice_family_value(q, c, i);
    if (count_out(q) == q->rivals) { /* nobody to compare with */
        set_first(q, i, out);
        return TDO_OK;
    }
    if (q->search.w->bundles == 0)
        return compare_as_is(q, i, a, out);
    double margin = beaten_by_one(q, fixed, false, &by);
    if (margin >= 0)
        return set_one(q, by, margin, a, out);
    q->left -= q->steps;
    if (q->left < 0)
        return TDO_OK;
    status = solve(q, i, fixed, a, out);
    if (status == TDO_OK && out->known && !out->yes && !(out->lead < -TDO_TIE))
        status = settle_tie(q, i, fixed, a, out);
    return status;
}

tdo_status choice_find_choosable(const choice_search *x, bool allowed, tdo_candidate_choice *of,
                                 size_t n, tdo_arena *a)
{
    assert(x->k->front->count > 0);
    choice_family q = {.search = *x, .left = WIDE_STEPS};
    tdo_status status = choice_family_make(&q);
    if (status == TDO_OK && x->k->u->d > WIDE)
        q.steps = (double)q.rows * ((double)q.rows + q.columns) * fmin((double)q.rows, q.columns);
    for (size_t i = 0; i < n && status == TDO_OK; i++)
        status = ask(&q, of[i].slot, a, allowed ? &of[i].allowed : &of[i].any);
    choice_family_free(&q);
    return status;
}
