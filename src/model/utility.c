/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each stakeholder gets from each candidate. */
#include "model/model.h"

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

/* A column at a time: the values are read in the order they lie in. */
static void add_up(const double *weight, const tdo_valued *v, double *utility)
{
    for (size_t c = 0; c < v->d; c++) {
        const double *value = v->value + c * v->f;
        double w = weight[c];
        for (size_t k = 0; w > 0 && k < v->f; k++)
            utility[k] += w * value[k];
    }
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

/* Who is worse off at slot k than all others who have power; TDO_NONE: nobody alone. */
static size_t worst_off(const tdo_utility *u, size_t k)
{
    double least = INFINITY, next = INFINITY;
    size_t who = TDO_NONE;
    for (size_t h = 0; h < u->s; h++) {
        double x = u->utility[h * u->f + k];
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

/* maximin looks at the worst-off: where that is nearly always the same one, nobody else counts. */
static tdo_status warn_one_decides(const tdo_scenario *s, const tdo_utility *u, tdo_arena *a,
                                   tdo_warnings *w)
{
    size_t count[TDO_MAX_STAKEHOLDERS] = {0};
    if (s->rule != TDO_RULE_MAXIMIN || u->f < 2)
        return TDO_OK;
    for (size_t k = 0; k < u->f; k++) {
        size_t h = worst_off(u, k);
        if (h != TDO_NONE)
            count[h]++;
    }
    for (size_t h = 0; h < u->s; h++)
        if (10 * count[h] >= 9 * u->f)
            return tdo_warn(w, a, "W_ONE_DECIDES",
                            "%s is the worst-off at %zu of %zu feasible candidates: maximin goes "
                            "by that one stakeholder nearly everywhere",
                            s->stakeholders[h].label, count[h], u->f);
    return TDO_OK;
}

tdo_status tdo_utilities(const tdo_case *k, tdo_arena *a, tdo_utility *out, tdo_warnings *w)
{
    assert(k->f->feasible_n == 0 || k->v->f == k->f->feasible_n);
    const tdo_scenario *s = k->s;
    const tdo_measured *x = k->x;
    const tdo_screened *f = k->f;
    size_t h_n = s->n_stakeholders, d = s->n_criteria, n = f->feasible_n;
    double *weight = tdo_alloc(a, h_n * d, sizeof *weight);
    double *power = tdo_alloc(a, h_n, sizeof *power), *group = tdo_alloc(a, d, sizeof *group);
    double *utility = tdo_alloc(a, h_n * n, sizeof *utility);
    double *best = tdo_alloc(a, h_n, sizeof *best), *low = tdo_alloc(a, h_n, sizeof *low);
    if (!weight || !power || !group || !utility || !best || !low)
        return TDO_E_MEMORY;
    set_weights(s, weight, power, group);
    bool named = x->incumbent != TDO_NONE;
    bool usable = named && f->slot[x->incumbent] != UINT32_MAX;
    for (size_t h = 0; h < h_n && n; h++) {
        double *u = utility + h * n;
        add_up(weight + h * d, k->v, u);
        best[h] = low[h] = u[0];
        for (size_t q = 1; q < n; q++) {
            best[h] = u[q] > best[h] ? u[q] : best[h];
            low[h] = u[q] < low[h] ? u[q] : low[h];
        }
        if (usable)
            low[h] = u[f->slot[x->incumbent]];
    }
    *out = (tdo_utility){n, h_n, d, weight, power, group, utility, best, low, usable};
    tdo_status status = n > 1 ? warn_no_gain(s, out, a, w) : TDO_OK;
    if (n && status == TDO_OK)
        status = warn_one_decides(s, out, a, w);
    if (named && !usable && n && status == TDO_OK)
        status = tdo_warn(w, a, "W_INCUMBENT",
                          "\"%s\" runs today but %s: gains are counted from the least that each "
                          "stakeholder could get",
                          x->id[x->incumbent],
                          x->dropped[x->incumbent] ? "was not measured in full" : "breaks a limit");
    return status;
}
