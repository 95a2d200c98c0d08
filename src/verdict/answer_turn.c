/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which single weight or power turns the answer, and at how many percent. Each figure that is said
 * was tried: with that share, rounded as it is written, another one is ahead by the rule. */
#include "verdict/answer_turn.h"

#include <math.h>
#include <string.h>

/* ---- the nearest ---- */

static void look_at(const tdo_hold *h, answer_turn *nearest)
{
    const double down = h->below == UINT32_MAX ? INFINITY : h->current - h->from;
    const double up = h->above == UINT32_MAX ? INFINITY : h->to - h->current;
    const double by = up <= down ? up : down;
    if (by < nearest->by)
        *nearest = (answer_turn){h, up <= down, by};
}

answer_turn answer_nearest_turn(const tdo_holds *x, bool *known)
{
    answer_turn nearest = {.by = INFINITY};
    *known = x->weights_known && x->powers_known;
    for (size_t k = 0; x->weights_known && k < x->weights; k++)
        look_at(&x->weight[k], &nearest);
    for (size_t k = 0; x->powers_known && k < x->powers; k++)
        look_at(&x->power[k], &nearest);
    return nearest;
}

/* ---- trying it ---- */

/* of[at] = share; the others keep their proportions, or share alike where all are 0. */
static void set_share(double *of, size_t n, size_t at, double share)
{
    double others = 0;
    for (size_t q = 0; q < n; q++)
        others += q == at ? 0 : of[q];
    for (size_t q = 0; q < n; q++)
        if (q != at)
            of[q] = (1 - share) * (others > 0 ? of[q] / others : 1 / (double)(n - 1));
    of[at] = share;
}

/* A scenario with that weight or power. NULL: out of memory. */
static const tdo_scenario *edited(const tdo_run *run, const tdo_hold *h, double share, tdo_arena *a)
{
    const tdo_scenario *now = run->scenario;
    const size_t n = now->n_stakeholders, d = now->n_criteria;
    tdo_scenario *s = tdo_alloc(a, 1, sizeof *s);
    tdo_stakeholder *people = tdo_alloc(a, n, sizeof *people);
    double *weights = tdo_alloc(a, d, sizeof *weights), *power = tdo_alloc(a, n, sizeof *power);
    if (!s || !people || !weights || !power)
        return NULL;
    *s = *now;
    s->stakeholders = people;
    for (size_t q = 0; q < n; q++) {
        people[q] = now->stakeholders[q];
        power[q] = run->utility.power[q];
    }
    memcpy(weights, run->utility.weight + h->stakeholder * d, d * sizeof *weights);
    if (h->criterion == TDO_NONE)
        set_share(power, n, h->stakeholder, share);
    else
        set_share(weights, d, h->criterion, share);
    for (size_t q = 0; q < n; q++)
        people[q].power = power[q];
    people[h->stakeholder].weights = weights;
    return s;
}

/* Is another one ahead with that share? *recommends: another one is recommended, too, which what is
 * simpler may prevent. */
static bool turns_at(answer_writer *w, const tdo_hold *h, double share, bool *recommends)
{
    static const tdo_rank_options headline = {.only_headline = true};
    const tdo_ranking *now = &w->run->ranking;
    tdo_arena *a = tdo_arena_new();
    const tdo_scenario *s = a ? edited(w->run, h, share, a) : NULL;
    tdo_case k = tdo_case_of(w->run);
    tdo_utility u = {0};
    tdo_ranking r = {0};
    tdo_warnings unsaid = {0};
    k.s = s;
    tdo_status status = s ? tdo_utilities(&k, a, &u, &unsaid) : TDO_E_MEMORY;
    k.u = &u;
    if (status == TDO_OK)
        status = tdo_rank_all(&k, &headline, a, &r, NULL);
    w->failed = w->failed || status == TDO_E_MEMORY;
    const bool turns = status == TDO_OK && r.by_rule[r.rule].rank[now->recommended] > 1;
    *recommends = turns && r.recommended != now->recommended;
    tdo_arena_free(a);
    return turns;
}

/* ---- saying it ---- */

/* The first number of percent with one decimal beyond the end at which it turns, or with more
 * decimals where none of one does. NaN: none of five does. */
static double percent_beyond(answer_writer *w, const answer_turn *t, bool *recommends)
{
    const double percent = 100 * (t->up ? t->hold->to : t->hold->from), way = t->up ? 1 : -1;
    for (int per = 10; per <= 100000; per *= 10) {
        const double steps = t->up ? floor(percent * per) : ceil(percent * per);
        for (int k = 0; k <= 2; k++) { /* 0 and 1: rounding may have taken the end beyond itself */
            const double at = (steps + way * k) / per;
            if (way * at >= way * percent - 1e-9 && at >= 0 && at <= 100 &&
                turns_at(w, t->hold, at / 100, recommends))
                return at;
        }
    }
    return NAN;
}

bool answer_put_turn(answer_writer *w, tdo_sink *o, tdo_sink *now, const answer_turn *t)
{
    const tdo_scenario *s = w->run->scenario;
    const bool power = t->hold->criterion == TDO_NONE;
    bool recommends = false;
    const double percent = percent_beyond(w, t, &recommends);
    if (isnan(percent))
        return false;
    tdo_puts(o, recommends ? "would turn" : "another would be first by the rule");
    tdo_putf(o, " if %s %s ", s->stakeholders[t->hold->stakeholder].label, power ? "had" : "put");
    amount_put_rounded(o, percent, 8);
    tdo_puts(o, "%");
    if (power)
        tdo_puts(o, " of the power");
    else
        tdo_putf(o, " on %s", s->criteria[t->hold->criterion].label);
    tdo_puts(now, " (now ");
    amount_put_rounded(now, 100 * t->hold->current, 3);
    tdo_puts(now, "%)");
    return true;
}
