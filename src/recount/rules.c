/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The group rules, by their definitions. */
#include "recount/rules.h"

#include <math.h>
#include <string.h>

const char *const verify_rule_name[VERIFY_RULES] = {
    "weighted",  "maximin",  "nash",   "kalai-smorodinsky", "minimax-regret", "chebyshev",
    "borda",     "copeland", "kemeny", "plurality",         "needs-first",    "owa",
    "priorities"};

int verify_rule(const char *name)
{
    for (int r = 0; name && r < VERIFY_RULES; r++)
        if (strcmp(verify_rule_name[r], name) == 0)
            return r;
    return VERIFY_NONE;
}

typedef struct ruling {
    verify_job *j;
    const verify_world *w;
    const verify_standing *s;
    verify_scores *y;
} ruling;

static bool heard(const ruling *r, size_t h)
{
    return r->s->power[h] > 0;
}

static double utility(const ruling *r, size_t h, size_t k)
{
    return r->s->utility[h * r->s->f + k];
}

static bool make_levels(ruling *r, size_t levels)
{
    r->y->levels = levels;
    r->y->score = VERIFY_ROOM(r->j, r->y->level, levels * r->s->f);
    r->y->computed = true;
    return r->y->level != NULL;
}

/* level t of slot k, kept ascending. */
static void insert(ruling *r, size_t t, size_t k, double x)
{
    const size_t f = r->s->f;
    double *level = r->y->level;
    for (; t > 0 && level[(t - 1) * f + k] > x; t--)
        level[t * f + k] = level[(t - 1) * f + k];
    level[t * f + k] = x;
}

static bool weighted(ruling *r)
{
    if (!make_levels(r, 1))
        return false;
    for (size_t h = 0; h < r->w->people; h++)
        for (size_t k = 0; k < r->s->f && heard(r, h); k++)
            r->y->level[k] += r->s->power[h] * utility(r, h, k);
    return true;
}

static bool maximin(ruling *r)
{
    size_t levels = 0, t = 0;
    for (size_t h = 0; h < r->w->people; h++)
        levels += heard(r, h);
    if (!make_levels(r, levels))
        return false;
    for (size_t h = 0; h < r->w->people; h++) {
        for (size_t k = 0; k < r->s->f && heard(r, h); k++)
            insert(r, t, k, utility(r, h, k));
        t += heard(r, h);
    }
    return true;
}

static double gain(const ruling *r, size_t h, size_t k)
{
    const double g = utility(r, h, k) - r->s->disagreement[h];
    return fabs(g) <= VERIFY_TIE ? 0 : g;
}

static bool nash(ruling *r)
{
    if (!make_levels(r, 1))
        return false;
    for (size_t k = 0; k < r->s->f; k++) {
        double least = INFINITY, product = 1;
        for (size_t h = 0; h < r->w->people; h++) {
            if (!heard(r, h))
                continue;
            const double g = gain(r, h, k);
            least = fmin(least, g);
            product *= g > 0 ? pow(g, r->s->power[h]) : 1;
        }
        r->y->level[k] = least > 0 ? product : least;
    }
    return true;
}

static bool kalai_smorodinsky(ruling *r)
{
    size_t levels = 0, t = 0;
    const verify_standing *s = r->s;
    for (size_t h = 0; h < r->w->people; h++)
        levels += heard(r, h) && s->most[h] - s->disagreement[h] > VERIFY_TIE;
    if (!make_levels(r, levels > 0 ? levels : 1))
        return false;
    for (size_t h = 0; h < r->w->people; h++) {
        const double most = s->most[h] - s->disagreement[h];
        if (!heard(r, h) || !(most > VERIFY_TIE))
            continue;
        for (size_t k = 0; k < s->f; k++)
            insert(r, t, k, (utility(r, h, k) - s->disagreement[h]) / most);
        t++;
    }
    return true;
}

static bool minimax_regret(ruling *r)
{
    if (!make_levels(r, 1))
        return false;
    for (size_t h = 0; h < r->w->people; h++)
        for (size_t k = 0; k < r->s->f && heard(r, h); k++)
            r->y->level[k] = fmin(r->y->level[k], utility(r, h, k) - r->s->most[h]);
    return true;
}

static bool chebyshev(ruling *r)
{
    if (!make_levels(r, 1))
        return false;
    for (size_t k = 0; k < r->s->f; k++) {
        double most = 0, sum = 0;
        for (size_t c = 0; c < r->w->d; c++) {
            const double lack = r->s->group[c] * (1 - r->s->value[c * r->s->f + k]);
            most = fmax(most, lack);
            sum += lack;
        }
        r->y->level[k] = -(most + 0.001 * sum);
    }
    return true;
}

/* ---- rules that count places ---- */

enum { MOST_PAIRS_FROM = 10000 }; /* candidates from which on pairs are not compared */

/* Utilities in order tell how many are below and tied, without comparing all pairs. */
static bool borda(ruling *r)
{
    const size_t f = r->s->f;
    verify_scores one = {.levels = 1};
    uint32_t *low = NULL, *high = NULL;
    double *down = NULL;
    bool done = true;
    if (!make_levels(r, 1) || !VERIFY_ROOM(r->j, low, f) || !VERIFY_ROOM(r->j, high, f) ||
        !VERIFY_ROOM(r->j, down, f))
        return false;
    for (size_t h = 0; h < r->w->people; h++) {
        const double *u = r->s->utility + h * f;
        if (!heard(r, h))
            continue;
        one.level = (double *)(uintptr_t)u;
        one.exact = true;
        if (!verify_rank_bounds(r->j, &one, f, low, high, &done))
            return false;
        for (size_t k = 0; k < f; k++)
            down[k] = -u[k];
        one.level = down;
        if (!verify_rank_bounds(r->j, &one, f, high, high, &done))
            return false;
        for (size_t k = 0; k < f; k++) {
            const double above = low[k] - 1.0, below = high[k] - 1.0;
            r->y->level[k] += r->s->power[h] * (below + ((double)f - 1 - above - below) / 2);
        }
    }
    return true;
}

static bool copeland(ruling *r)
{
    const size_t f = r->s->f;
    double *margin = NULL;
    if (f > MOST_PAIRS_FROM)
        return true;
    if (!make_levels(r, 1) || !VERIFY_ROOM(r->j, margin, f))
        return false;
    for (size_t a = 0; a < f; a++) {
        memset(margin, 0, f * sizeof *margin);
        for (size_t h = 0; h < r->w->people; h++) {
            const double *u = r->s->utility + h * f, power = r->s->power[h];
            for (size_t b = a + 1; b < f; b++)
                margin[b] += power * ((u[a] - u[b] > VERIFY_TIE) - (u[b] - u[a] > VERIFY_TIE));
        }
        for (size_t b = a + 1; b < f; b++) {
            const double wins = (margin[b] > VERIFY_TIE) - (margin[b] < -VERIFY_TIE);
            r->y->level[a] += (1 + wins) / 2;
            r->y->level[b] += (1 - wins) / 2;
        }
    }
    return true;
}

static bool kemeny(ruling *r)
{
    if (r->s->f > VERIFY_KEMENY_MOST)
        return true;
    r->y->may_lack = r->s->f > VERIFY_KEMENY_SURE;
    return make_levels(r, 1) &&
           verify_kemeny(r->j, r->w, r->s, r->y->level, &r->y->leads, &r->y->computed);
}

static bool plurality(ruling *r)
{
    if (!make_levels(r, 1))
        return false;
    for (size_t h = 0; h < r->w->people; h++) {
        double tied = 0;
        for (size_t k = 0; k < r->s->f; k++)
            tied += r->s->most[h] - utility(r, h, k) <= VERIFY_TIE;
        for (size_t k = 0; k < r->s->f && heard(r, h); k++)
            if (r->s->most[h] - utility(r, h, k) <= VERIFY_TIE)
                r->y->level[k] += r->s->power[h] / tied;
    }
    return true;
}

/* ---- rules that need more than utilities ---- */

static bool is_content(const ruling *r, const verify_person *h, size_t k)
{
    for (size_t q = 0; q < h->n_needs; q++) {
        const verify_need *need = &h->need[q];
        const verify_number x = verify_reading(r->w, need->criterion, r->s->feasible[k]);
        if ((need->has_min && verify_compare(x, need->min) < 0) ||
            (need->has_max && verify_compare(x, need->max) > 0))
            return false;
    }
    return true;
}

static bool needs_first(ruling *r)
{
    const size_t f = r->s->f;
    bool some = false;
    for (size_t h = 0; h < r->w->people; h++)
        some = some || (heard(r, h) && r->w->person[h].n_needs > 0);
    if (!some)
        return true;
    if (!make_levels(r, 2))
        return false;
    for (size_t h = 0; h < r->w->people; h++)
        for (size_t k = 0; k < f && heard(r, h); k++) {
            r->y->level[k] += is_content(r, &r->w->person[h], k) ? r->s->power[h] : 0;
            r->y->level[f + k] += r->s->power[h] * utility(r, h, k);
        }
    return true;
}

static bool owa(ruling *r)
{
    const verify_node *given = verify_get(r->w->rule_options, "weights");
    double least = INFINITY, most = 0, sum = 0, *weight = NULL;
    size_t n = 0;
    verify_scores sorted = {0};
    for (size_t h = 0; h < r->w->people; h++) {
        least = heard(r, h) ? fmin(least, r->s->power[h]) : least;
        most = fmax(most, r->s->power[h]);
        n += heard(r, h);
    }
    if (most - least > VERIFY_TIE * most || (given && given->n != n))
        return true;
    if (!VERIFY_ROOM(r->j, weight, n))
        return false;
    const verify_node *x = given ? given->first : NULL;
    for (size_t q = 0; q < n; q++, x = x ? x->next : NULL)
        sum += weight[q] = given ? x->number : (double)(n - q);
    ruling own = *r;
    own.y = &sorted;
    if (!maximin(&own) || !make_levels(r, 1))
        return false;
    for (size_t q = 0; q < n; q++)
        for (size_t k = 0; k < r->s->f; k++)
            r->y->level[k] += weight[q] / sum * sorted.level[q * r->s->f + k];
    return true;
}

/* One group is asked: whoever is not within the slack of the best that is left goes. */
static bool ask_group(ruling *r, const verify_node *group, size_t stage, size_t stages)
{
    const size_t f = r->s->f;
    const double slack = verify_double(r->w->rule_options, "slack", 0);
    double *until = r->y->level, *score = until + f, *mean = NULL, power = 0, best = -INFINITY;
    if (!VERIFY_ROOM(r->j, mean, f))
        return false;
    for (const verify_node *x = group->first; x; x = x->next) {
        const int h = verify_find_person(r->w, x->kind == VERIFY_TEXT ? x->text : NULL);
        if (h == VERIFY_NONE)
            return claim_fails(r->j, x, "there is no such stakeholder");
        power += r->s->power[h];
        for (size_t k = 0; k < f; k++)
            mean[k] += r->s->power[h] * utility(r, (size_t)h, k);
    }
    for (size_t k = 0; k < f && power > 0; k++)
        if (until[k] >= (double)stages)
            best = fmax(best, mean[k] / power);
    for (size_t k = 0; k < f && power > 0; k++) {
        if (until[k] < (double)stages)
            continue;
        score[k] = mean[k] / power;
        if (best - score[k] > slack + VERIFY_TIE)
            until[k] = (double)stage;
    }
    return true;
}

static bool priorities(ruling *r)
{
    const verify_node *order = verify_get(r->w->rule_options, "order");
    size_t stage = 0;
    if (!order)
        return true;
    if (!make_levels(r, 2))
        return false;
    for (size_t k = 0; k < r->s->f; k++)
        r->y->level[k] = (double)order->n;
    for (const verify_node *g = order->first; g; g = g->next)
        if (!ask_group(r, g, stage++, order->n))
            return false;
    r->y->score = r->y->level + r->s->f;
    return true;
}

bool verify_score(verify_job *j, const verify_world *w, const verify_standing *s, int rule,
                  verify_scores *out)
{
    static bool (*const score[VERIFY_RULES])(ruling *) = {
        weighted,  maximin,  nash,   kalai_smorodinsky, minimax_regret, chebyshev,
        borda,     copeland, kemeny, plurality,         needs_first,    owa,
        priorities};
    ruling r = {j, w, s, out};
    *out = (verify_scores){0};
    return score[rule](&r);
}
