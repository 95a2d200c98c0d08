/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds and flip under `weighted`. Scores are linear in one weight and in one power (Mareschal
 * 1988's stability intervals), and in the group weights; so each rival gives one break point.
 * Rivals are the frontier: whoever is beaten outright is ahead only where another one is, too. */
#include "weights/choice.h"

#include "rules/rules.h"

#include <math.h>
#include <string.h>

/* The first one compared with a rival. */
typedef struct versus {
    double *value;   /* [d] value of the first one less the rival's */
    double *utility; /* [S] the same of utilities */
    double lead;     /* of scores, >= 0 */
} versus;

static double settled(double x)
{
    return fabs(x) > TDO_TIE ? x : 0;
}

static void compare(const tdo_case *k, uint32_t first, uint32_t rival, versus *out)
{
    const tdo_valued *v = k->v;
    const tdo_utility *u = k->u;
    double lead = 0;
    for (size_t c = 0; c < v->d; c++)
        out->value[c] = tdo_value_at(v, c, first) - tdo_value_at(v, c, rival);
    for (size_t s = 0; s < u->s; s++) {
        out->utility[s] = tdo_utility_at(u, s, first) - tdo_utility_at(u, s, rival);
        lead += u->power[s] * out->utility[s];
    }
    out->lead = lead > TDO_TIE ? lead : 0;
}

static tdo_status versus_make(const tdo_case *k, tdo_arena *scratch, versus *out)
{
    out->value = tdo_alloc(scratch, k->u->d, sizeof *out->value);
    out->utility = tdo_alloc(scratch, k->u->s, sizeof *out->utility);
    return out->value && out->utility ? TDO_OK : TDO_E_MEMORY;
}

/* ---- holds ---- */

/* How fast the lead grows with what moves. */
static double slope_of(const tdo_utility *u, const choice_path *p, const versus *x)
{
    bool power = p->criterion == TDO_NONE;
    const double *gain = power ? x->utility : x->value;
    double rest = 0;
    for (size_t q = 0; q < (power ? u->s : u->d); q++)
        rest += p->rest[q] * gain[q];
    return power ? gain[p->stakeholder] - rest
                 : u->power[p->stakeholder] * (gain[p->criterion] - rest);
}

static void cut_at(tdo_hold *h, const versus *x, double slope, uint32_t rival)
{
    double by = x->lead > 0 ? x->lead / slope : 0;
    if (slope < -TDO_TIE && h->current - by < h->to) {
        h->to = h->current - by;
        h->above = rival;
    } else if (slope > TDO_TIE && h->current - by > h->from) {
        h->from = h->current - by;
        h->below = rival;
    }
}

tdo_status choice_holds_weighted(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold, size_t n)
{
    const tdo_utility *u = k->u;
    const uint32_t first = k->r->winner[TDO_RULE_WEIGHTED];
    size_t width = u->d > u->s ? u->d : u->s;
    double *rest = tdo_alloc(scratch, n * width, sizeof *rest);
    choice_path *path = tdo_alloc(scratch, n, sizeof *path);
    versus x = {.lead = 0};
    if (!rest || !path || versus_make(k, scratch, &x) != TDO_OK)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < n; q++)
        choice_path_make(u, hold[q].stakeholder, hold[q].criterion, rest + q * width, &path[q]);
    for (size_t i = 0; i < k->front->count; i++) {
        uint32_t rival = k->r->front[i];
        if (rival == first)
            continue;
        compare(k, first, rival, &x);
        for (size_t q = 0; q < n; q++)
            cut_at(&hold[q], &x, slope_of(u, &path[q], &x), rival);
    }
    return TDO_OK;
}

/* ---- the flip ---- */

/* Moves weight to where the rival is furthest ahead from where it is furthest behind, until the
 * lead is gone: no other way moves less, for each unit that moves gains as much as any can. at: [d]
 * the group weights, changed. Returns the sum of |change|; INFINITY: the rival is ahead nowhere. */
static double transfer(const versus *x, size_t d, double *at)
{
    size_t to = 0;
    double lead = x->lead, moved = 0;
    for (size_t c = 1; c < d; c++)
        to = x->value[c] < x->value[to] ? c : to;
    if (settled(x->value[to]) >= 0)
        return INFINITY;
    while (lead > 0) {
        size_t from = to;
        for (size_t c = 0; c < d; c++)
            if (at[c] > 0 && x->value[c] > x->value[from])
                from = c;
        if (from == to)
            break; /* all weight is where the rival is ahead: what is left is rounding */
        double each = x->value[from] - x->value[to], wanted = lead / each;
        double move = wanted < at[from] ? wanted : at[from];
        lead = move < wanted ? lead - move * each : 0;
        at[to] += move;
        at[from] = move < at[from] ? at[from] - move : 0;
        moved += move;
    }
    return 2 * moved;
}

tdo_status tdo_find_flip(const tdo_case *k, tdo_arena *a, tdo_flip *out)
{
    const uint32_t first = k->r->winner[TDO_RULE_WEIGHTED];
    size_t d = k->u->d, size = d * sizeof(double);
    double *best = tdo_alloc(a, d, sizeof *best), *at = NULL;
    tdo_arena *scratch = tdo_arena_new();
    versus x = {.lead = 0};
    tdo_status status = TDO_E_MEMORY;
    *out = (tdo_flip){.to = UINT32_MAX, .change = INFINITY};
    if (!best || !scratch || versus_make(k, scratch, &x) != TDO_OK)
        goto out;
    at = tdo_alloc(scratch, d, sizeof *at);
    if (!at)
        goto out;
    for (size_t i = 0; i < k->front->count; i++) {
        uint32_t rival = k->r->front[i];
        if (rival == first)
            continue;
        compare(k, first, rival, &x);
        memcpy(at, k->u->group_weight, size);
        double change = transfer(&x, d, at);
        if (change < out->change) {
            *out = (tdo_flip){rival, change, best};
            memcpy(best, at, size);
        }
    }
    if (out->to == UINT32_MAX)
        out->change = NAN;
    status = TDO_OK;
out:
    tdo_arena_free(scratch);
    return status;
}
