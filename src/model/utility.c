/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each stakeholder gets from each candidate. */
#include "model/block.h"
#include "model/model.h"

#include "base/real.h"

#include <assert.h>
#include <math.h>

static void normalise(const double *from, size_t n, double *to)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += from[k];
    for (size_t k = 0; k < n; k++)
        to[k] = from[k] / sum;
}

static void set_weights(const tdo_scenario *s, double *weight, double *power, double *group)
{
    size_t d = s->n_criteria;
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        normalise(s->stakeholders[h].weights, d, weight + h * d);
        power[h] = s->stakeholders[h].power;
    }
    normalise(power, s->n_stakeholders, power);
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t c = 0; c < d; c++)
            group[c] += power[h] * weight[h * d + c];
}

/* The bargaining rules count gains: who can have none matters to how they are read. */
static tdo_status warn_no_gain(const tdo_scenario *s, const tdo_utility *u, tdo_arena *a,
                               tdo_warnings *w)
{
    const char *then = tdo_rule_about[s->rule]->no_gain;
    model_named who = model_named_start(a);
    for (size_t h = 0; h < u->s && then; h++)
        if (u->power[h] > 0 && !(u->best[h] - u->disagreement[h] > TDO_TIE))
            model_named_append(&who, s->stakeholders[h].label);
    if (!who.count)
        return TDO_OK;
    const char *names = model_named_text(&who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(w, a, "W_NO_GAIN", "%s can gain nothing over %s: %s", names,
                             u->from_incumbent ? "the incumbent" : "their least utility", then);
}

/* Who is worse off there than all others who have power; TDO_NONE: nobody alone. */
static size_t worst_off(const tdo_utility *u, const model_block *b, size_t at)
{
    double least = INFINITY, next = INFINITY;
    size_t who = TDO_NONE;
    for (size_t h = 0; h < u->s; h++) {
        double x = model_utilities_in(b, h)[at];
        if (!(u->power[h] > 0))
            continue;
        if (x < least) {
            next = least;
            least = x;
            who = h;
        } else if (x < next) {
            next = x;
        }
    }
    return isfinite(next) && next - least > TDO_TIE ? who : TDO_NONE;
}

/* maximin looks at the worst-off: where that is nearly always the same one, nobody else counts.
 * count: of those at whom each is alone. */
static tdo_status warn_one_decides(const tdo_scenario *s, const tdo_utility *u, const size_t *count,
                                   tdo_arena *a, tdo_warnings *w)
{
    if (s->rule != TDO_RULE_MAXIMIN || u->f < 2)
        return TDO_OK;
    for (size_t h = 0; h < u->s; h++)
        if (10 * count[h] >= 9 * u->f)
            return tdo_warn(w, a, "W_ONE_DECIDES",
                            "%s is the worst-off at %zu of %zu feasible candidates: maximin goes "
                            "by that one stakeholder nearly everywhere",
                            s->stakeholders[h].label, count[h], u->f);
    return TDO_OK;
}

REAL_CLONES
static void widen(const double *x, size_t n, double *least, double *most)
{
    double low = *least, high = *most;
    for (size_t k = 0; k < n; k++) {
        high = x[k] > high ? x[k] : high;
        low = x[k] < low ? x[k] : low;
    }
    *least = low;
    *most = high;
}

/* The ends of everyone's utilities, and at how many each is the worst-off alone. */
static void look_at_all(const tdo_case *k, const tdo_utility *u, double *room, double *low,
                        double *best, size_t *worst)
{
    for (size_t h = 0; h < u->s; h++) {
        low[h] = INFINITY;
        best[h] = -INFINITY;
    }
    for (size_t from = 0; from < u->f; from += MODEL_BLOCK) {
        model_block b = model_block_at(u, from);
        model_block_fill(k->v, u, room, &b);
        for (size_t h = 0; h < u->s; h++)
            widen(model_utilities_in(&b, h), b.n, &low[h], &best[h]);
        for (size_t q = 0; k->s->rule == TDO_RULE_MAXIMIN && q < b.n; q++) {
            const size_t h = worst_off(u, &b, q);
            if (h != TDO_NONE)
                worst[h]++;
        }
    }
}

tdo_status tdo_utilities(const tdo_case *k, tdo_arena *a, tdo_utility *out, tdo_warnings *w)
{
    assert(k->f->feasible_n == 0 || k->v->f == k->f->feasible_n);
    const tdo_scenario *s = k->s;
    const tdo_measured *x = k->x;
    const tdo_screened *f = k->f;
    size_t h_n = s->n_stakeholders, d = s->n_criteria, n = f->feasible_n;
    size_t worst[TDO_MAX_STAKEHOLDERS] = {0};
    double *weight = tdo_alloc(a, h_n * d, sizeof *weight);
    double *power = tdo_alloc(a, h_n, sizeof *power), *group = tdo_alloc(a, d, sizeof *group);
    double *best = tdo_alloc(a, h_n, sizeof *best), *low = tdo_alloc(a, h_n, sizeof *low);
    if (!weight || !power || !group || !best || !low)
        return TDO_E_MEMORY;
    set_weights(s, weight, power, group);
    tdo_utility u = {.f = n,
                     .s = h_n,
                     .d = d,
                     .weight = weight,
                     .power = power,
                     .group_weight = group,
                     .best = best,
                     .disagreement = low};
    if (n > 0)
        u.values = *k->v;
    const bool keep = n <= TDO_KEPT_MAX;
    double *room = tdo_alloc(a, keep ? h_n * n : model_block_room(&u), sizeof *room);
    if (!room)
        return TDO_E_MEMORY;
    if (keep)
        tdo_copy_utilities(&u, room);
    u.utility = keep ? room : NULL;
    bool named = x->incumbent != TDO_NONE;
    u.from_incumbent = named && f->slot[x->incumbent] != UINT32_MAX;
    if (n)
        look_at_all(k, &u, room, low, best, worst);
    for (size_t h = 0; h < h_n && n && u.from_incumbent; h++)
        low[h] = tdo_utility_at(&u, h, f->slot[x->incumbent]);
    *out = u;
    tdo_status status = n > 1 ? warn_no_gain(s, out, a, w) : TDO_OK;
    if (n && status == TDO_OK)
        status = warn_one_decides(s, out, worst, a, w);
    if (named && !u.from_incumbent && n && status == TDO_OK)
        status = tdo_warn(w, a, "W_INCUMBENT",
                          "\"%s\" runs today but %s: gains are counted from the least that each "
                          "stakeholder could get",
                          x->id[x->incumbent],
                          x->dropped[x->incumbent] ? "was not measured in full" : "breaks a limit");
    return status;
}
