/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why the limits of a mix cannot be met together. Each bound may be missed at a price; the duals of
 * the cheapest miss prove that it must be (Farkas), and which sets of bounds are to blame is found
 * by leaving bounds out: each smallest set by a deletion filter, all of them by the tree of Reiter
 * (1987), in which every branch takes one bound of a known set out. */
#include "mix/mix.h"

#include "mix/clash.h"

#include <math.h>

enum { MOST_LPS = 600, MOST_NODES = 20000 };

typedef struct finder {
    mix_clash *lp;
    mix_problem *m;
    mix_bound_set set[TDO_MIX_CLASHES];
    size_t sets, nodes;
    bool complete;
} finder;

static bool meet(const mix_bound_set *a, const mix_bound_set *b)
{
    for (size_t k = 0; k < MIX_BOUNDS_MAX / 64; k++)
        if ((a->word[k] & b->word[k]) != 0)
            return true;
    return false;
}

/* ---- smallest sets ---- */

/* Leaves out what is not needed. set clashes; at the end none of its bounds can be spared. */
static tdo_status shrink(finder *c, mix_bound_set *set)
{
    tdo_status status = TDO_OK;
    for (size_t k = c->m->bounds; k-- > 0 && status == TDO_OK;) { /* later ones go first */
        mix_bound_set less = *set;
        bool clashes = false;
        if (!mix_set_has(set, k))
            continue;
        mix_set_put(&less, k, false);
        status = mix_clash_test(c->lp, &less, &clashes, NULL);
        if (clashes)
            *set = less;
    }
    return status;
}

/* A known set that the bounds taken out leave whole; else a new one, if they leave a clash. */
static tdo_status find_set(finder *c, const mix_bound_set *out, size_t *which)
{
    mix_bound_set all = {{0}};
    bool clashes = false;
    for (*which = 0; *which < c->sets; ++*which)
        if (!meet(&c->set[*which], out))
            return TDO_OK;
    if (c->sets == TDO_MIX_CLASHES || c->lp->lps > MOST_LPS) {
        c->complete = false;
        return TDO_OK;
    }
    for (size_t k = 0; k < c->m->bounds; k++)
        mix_set_put(&all, k, !mix_set_has(out, k));
    tdo_status status = mix_clash_test(c->lp, &all, &clashes, NULL);
    if (status == TDO_OK && clashes)
        status = shrink(c, &all);
    if (status == TDO_OK && clashes)
        c->set[c->sets++] = all;
    return status;
}

/* Depth at most the number of bounds: each level takes one out. */
static tdo_status explore(finder *c, const mix_bound_set *out)
{
    size_t which = 0;
    c->complete &= c->nodes++ < MOST_NODES;
    if (!c->complete)
        return TDO_OK;
    tdo_status status = find_set(c, out, &which);
    if (status != TDO_OK || which >= c->sets || !c->complete)
        return status;
    for (size_t k = 0; k < c->m->bounds && status == TDO_OK; k++)
        if (mix_set_has(&c->set[which], k)) {
            mix_bound_set more = *out;
            mix_set_put(&more, k, true);
            status = explore(c, &more);
        }
    return status;
}

static size_t count(const mix_bound_set *s, size_t bounds)
{
    size_t n = 0;
    for (size_t k = 0; k < bounds; k++)
        n += mix_set_has(s, k);
    return n;
}

/* Small ones first, then in the order of the scenario. */
static bool comes_first(const mix_bound_set *a, const mix_bound_set *b, size_t bounds)
{
    size_t na = count(a, bounds), nb = count(b, bounds);
    for (size_t k = 0; k < bounds && na == nb; k++)
        if (mix_set_has(a, k) != mix_set_has(b, k))
            return mix_set_has(a, k);
    return na < nb;
}

static tdo_status list_sets(finder *c, tdo_mix_clash *out)
{
    size_t n = c->m->bounds;
    const uint32_t **set = tdo_alloc(c->m->a, c->sets, sizeof *set);
    size_t *size = tdo_alloc(c->m->a, c->sets, sizeof *size);
    if (!set || !size)
        return TDO_E_MEMORY;
    for (size_t s = 1; s < c->sets; s++)
        for (size_t at = s; at > 0 && comes_first(&c->set[at], &c->set[at - 1], n); at--) {
            mix_bound_set t = c->set[at];
            c->set[at] = c->set[at - 1];
            c->set[at - 1] = t;
        }
    for (size_t s = 0; s < c->sets; s++) {
        uint32_t *list = tdo_alloc(c->m->a, n, sizeof *list);
        if (!list)
            return TDO_E_MEMORY;
        for (size_t k = 0; k < n; k++)
            if (mix_set_has(&c->set[s], k))
                list[size[s]++] = (uint32_t)k;
        set[s] = list;
    }
    out->set = set;
    out->size = size;
    out->sets = c->sets;
    out->complete = c->complete;
    return TDO_OK;
}

/* ---- the proof ---- */

static tdo_status check_proof(finder *c, const double *mu, tdo_mix_clash *out)
{
    const mix_problem *m = c->m;
    double *scale = tdo_alloc(m->a, m->bounds, sizeof *scale);
    if (!scale)
        return TDO_E_MEMORY;
    out->margin = INFINITY;
    for (size_t q = 0; q < m->n; q++) {
        double excess = 0;
        for (size_t k = 0; k < m->bounds; k++)
            excess += mu[k] * (m->bound[k].h[q] - (m->bound[k].beta + m->bound[k].cut));
        out->margin = fmin(out->margin, excess);
    }
    for (size_t k = 0; k < m->bounds; k++)
        scale[k] = m->bound[k].limit.each ? 1 : 1 / mix_per_unit(&m->bound[k], 1);
    out->proof = mu;
    out->scale = scale;
    return TDO_OK;
}

tdo_status mix_find_clash(mix_problem *m, tdo_mix_clash *out, tdo_error *err)
{
    mix_clash lp = {.m = m, .err = err};
    finder c = {.lp = &lp, .m = m, .complete = true};
    mix_bound_set all = {{0}}, none = {{0}};
    bool clashes = false;
    double *mu = tdo_alloc(m->a, m->bounds, sizeof *mu);
    tdo_status status = TDO_E_MEMORY;
    *out = (tdo_mix_clash){.nobody = m->n == 0, .complete = true};
    if (m->n == 0)
        return TDO_OK;
    lp.a = tdo_arena_new();
    if (!lp.a || !mu)
        goto out;
    for (size_t k = 0; k < m->bounds; k++)
        mix_set_put(&all, k, true);
    status = mix_clash_make(&lp);
    if (status == TDO_OK)
        status = mix_clash_test(&lp, &all, &clashes, mu);
    if (status == TDO_OK && clashes)
        status = check_proof(&c, mu, out);
    if (status == TDO_OK && clashes)
        status = explore(&c, &none);
    if (status == TDO_OK && clashes)
        status = list_sets(&c, out);
    if (status == TDO_OK && clashes)
        status = mix_clash_relax(&lp, out);
    if (status == TDO_OK && !clashes)
        status = mix_fewest(m, &out->models, err);
out:
    tdo_arena_free(lp.a);
    return status;
}
