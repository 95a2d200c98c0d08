/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds under borda and copeland. While a weight moves, one stakeholder's order of a pair changes
 * where the two utilities cross; while a power moves, the majority of a pair changes where its
 * margin is 0. Between these points nothing changes, so a sweep over them, counting in whole
 * numbers, is exact. */
#include "weights/choice.h"

#include "base/sort.h"
#include "rules/rules.h"

#include <math.h>
#include <string.h>

typedef struct places_job {
    const tdo_case *k;
    tdo_rule rule;
    uint32_t first;
    size_t f;
    choice_path path;
    int8_t *order;     /* [S x f x f] 1: the stakeholder puts the first of the pair before the
                          other */
    choice_line *line; /* [f] utilities of the stakeholder whose weight moves */
    double *margin;    /* [f x f] copeland: of the others (a weight moves), or of the others'
                          shares */
    double *points;    /* [f] borda: from the others */
    /* at the point the sweep is at */
    int8_t *sign;   /* [f x f] of the moved comparison; -1, 0, 1 */
    int32_t *count; /* [f] borda: sum of signs; copeland: majorities won less lost */
    /* the points where a sign changes */
    double *key;      /* [pairs] distance from now */
    uint32_t *pair;   /* [pairs] a * f + b, a < b */
    uint32_t *sorted; /* [pairs] */
    uint64_t *room;   /* [2 pairs] */
    size_t events;
} places_job;

static int sign_of(double x)
{
    return x > TDO_TIE ? 1 : x < -TDO_TIE ? -1 : 0;
}

/* ---- counts ---- */

/* What the comparison of a and b is when the moved one says so. */
static int outcome(const places_job *j, size_t a, size_t b, int sign)
{
    bool weight = j->path.criterion != TDO_NONE;
    if (j->rule == TDO_RULE_BORDA || !weight)
        return sign;
    return sign_of(j->margin[a * j->f + b] + j->k->u->power[j->path.stakeholder] * sign);
}

static void set_sign(places_job *j, uint32_t pair, int sign)
{
    size_t a = pair / j->f, b = pair % j->f;
    int change = outcome(j, a, b, sign) - outcome(j, a, b, j->sign[pair]);
    j->count[a] += change;
    j->count[b] -= change;
    j->sign[pair] = (int8_t)sign;
}

static double score(const places_job *j, size_t k)
{
    if (j->rule == TDO_RULE_COPELAND)
        return (double)j->count[k] / 2;
    return j->points[k] + j->k->u->power[j->path.stakeholder] * (double)j->count[k] / 2;
}

/* Who of the two in a pair that changed (or of all, where the first one is in it) is ahead of the
 * first one? UINT32_MAX: nobody. */
static uint32_t ahead_in(const places_job *j, uint32_t pair)
{
    uint32_t two[2] = {(uint32_t)(pair / j->f), (uint32_t)(pair % j->f)};
    double mine = score(j, j->first);
    if (two[0] != j->first && two[1] != j->first) {
        for (size_t q = 0; q < 2; q++)
            if (rule_above(score(j, two[q]), mine))
                return two[q];
        return UINT32_MAX;
    }
    for (size_t i = 0; i < j->f; i++) {
        uint32_t rival = j->k->r->order[i];
        if (rule_above(score(j, rival), mine))
            return rival;
    }
    return UINT32_MAX;
}

/* ---- points ---- */

/* The moved comparison of a pair: its sign is that of this line. */
static choice_line comparison(const places_job *j, size_t a, size_t b)
{
    if (j->path.criterion != TDO_NONE)
        return (choice_line){j->line[a].at0 - j->line[b].at0, j->line[a].slope - j->line[b].slope};
    double others = j->margin[a * j->f + b];
    double own = j->order[(j->path.stakeholder * j->f + a) * j->f + b];
    return (choice_line){others, own - others};
}

/* Signs at `now`, counts, and the points on one side (way 1 or -1). */
static void start(places_job *j, double way)
{
    double now = j->path.current, most = way > 0 ? 1 - now : now;
    memset(j->count, 0, j->f * sizeof *j->count);
    j->events = 0;
    for (size_t a = 0; a < j->f; a++) {
        for (size_t b = a + 1; b < j->f; b++) {
            uint32_t pair = (uint32_t)(a * j->f + b);
            choice_line l = comparison(j, a, b);
            double at = choice_line_at(l, now), turn = way * l.slope;
            int is = outcome(j, a, b, sign_of(at));
            j->sign[pair] = (int8_t)sign_of(at);
            j->count[a] += is;
            j->count[b] -= is;
            double by = fabs(turn) > TDO_TIE ? (sign_of(at) == 0 ? 0 : 0 - at / turn) : -1;
            if (by >= 0 && by <= most) {
                j->key[j->events] = by;
                j->pair[j->events] = pair;
                j->sorted[j->events] = (uint32_t)j->events;
                j->events++;
            }
        }
    }
    sort_by_key(j->key, j->sorted, j->events, j->room);
}

/* Sets the pairs of a group of points that are one: tied there (after false), or turned (after
 * true). Returns who is ahead then. */
static uint32_t pass(places_job *j, size_t from, size_t to, double way, bool after)
{
    uint32_t who = UINT32_MAX;
    for (size_t q = from; q < to; q++) {
        uint32_t pair = j->pair[j->sorted[q]];
        double turn = way * comparison(j, pair / j->f, pair % j->f).slope;
        set_sign(j, pair, !after ? 0 : turn > 0 ? 1 : -1);
    }
    for (size_t q = from; q < to && who == UINT32_MAX; q++)
        who = ahead_in(j, j->pair[j->sorted[q]]);
    return who;
}

static void sweep(places_job *j, double way, double *limit, uint32_t *who)
{
    double end = way > 0 ? 1 : 0;
    start(j, way);
    for (size_t from = 0, to = 0; from < j->events; from = to) {
        double by = j->key[j->sorted[from]], t = j->path.current + way * by;
        while (to < j->events && j->key[j->sorted[to]] - by < CHOICE_SAME_POINT)
            to++;
        uint32_t ahead = pass(j, from, to, way, false);
        if (ahead == UINT32_MAX && way * (end - t) > CHOICE_SAME_POINT)
            ahead = pass(j, from, to, way, true);
        if (ahead != UINT32_MAX) {
            *limit = t;
            *who = ahead;
            return;
        }
    }
}

/* ---- making it ---- */

/* Each stakeholder's order, of all pairs. */
static void set_orders(places_job *j)
{
    for (size_t s = 0; s < j->k->u->s; s++) {
        for (size_t a = 0; a < j->f; a++)
            for (size_t b = 0; b < j->f; b++)
                j->order[(s * j->f + a) * j->f + b] =
                    (int8_t)sign_of(tdo_utility_at(j->k->u, s, a) - tdo_utility_at(j->k->u, s, b));
    }
}

/* Of everybody but the one who moves: powers when a weight moves, shares of what is left when a
 * power does. */
static void set_others(places_job *j)
{
    size_t f = j->f;
    bool weight = j->path.criterion != TDO_NONE;
    memset(j->margin, 0, f * f * sizeof *j->margin);
    memset(j->points, 0, f * sizeof *j->points);
    for (size_t s = 0; s < j->k->u->s; s++) {
        double power = weight ? j->k->u->power[s] : j->path.rest[s];
        if (s == j->path.stakeholder)
            continue;
        for (size_t a = 0; a < f; a++) {
            int32_t won = 0;
            for (size_t b = 0; b < f; b++) {
                int is = j->order[(s * f + a) * f + b];
                j->margin[a * f + b] += power * is;
                won += is;
            }
            j->points[a] += power * won / 2;
        }
    }
}

/* borda, and a power moves: scores are lines. */
static void cut_lines(const places_job *j, tdo_hold *h)
{
    for (size_t i = 0; i < j->f; i++) {
        uint32_t rival = j->k->r->order[i];
        int32_t own = 0;
        for (size_t b = 0; b < j->f; b++)
            own += j->order[(j->path.stakeholder * j->f + j->first) * j->f + b] -
                   j->order[(j->path.stakeholder * j->f + rival) * j->f + b];
        double others = j->points[j->first] - j->points[rival];
        choice_line lead = {others, (double)own / 2 - others};
        double now = choice_line_at(lead, h->current);
        double by = now > TDO_TIE ? now / lead.slope : 0;
        if (lead.slope < -TDO_TIE && h->current - by < h->to) {
            h->to = h->current - by;
            h->above = rival;
        } else if (lead.slope > TDO_TIE && h->current - by > h->from) {
            h->from = h->current - by;
            h->below = rival;
        }
    }
}

static tdo_status make(places_job *j, tdo_arena *a)
{
    size_t f = j->f, pairs = f * f / 2 + 1;
    j->order = tdo_alloc(a, j->k->u->s * f * f, sizeof *j->order);
    j->line = tdo_alloc(a, f, sizeof *j->line);
    j->margin = tdo_alloc(a, f * f, sizeof *j->margin);
    j->points = tdo_alloc(a, f, sizeof *j->points);
    j->sign = tdo_alloc(a, f * f, sizeof *j->sign);
    j->count = tdo_alloc(a, f, sizeof *j->count);
    j->key = tdo_alloc(a, pairs, sizeof *j->key);
    j->pair = tdo_alloc(a, pairs, sizeof *j->pair);
    j->sorted = tdo_alloc(a, pairs, sizeof *j->sorted);
    j->room = tdo_alloc(a, pairs, 2 * sizeof *j->room);
    bool made = j->order && j->line && j->margin && j->points && j->sign && j->count && j->key &&
                j->pair && j->sorted && j->room;
    return made ? TDO_OK : TDO_E_MEMORY;
}

static tdo_status find(const tdo_case *k, tdo_rule rule, tdo_arena *scratch, tdo_hold *hold,
                       size_t n)
{
    const tdo_utility *u = k->u;
    double *rest = tdo_alloc(scratch, u->d > u->s ? u->d : u->s, sizeof *rest);
    places_job j = {.k = k, .rule = rule, .first = k->r->winner[rule], .f = u->f};
    if (!rest || make(&j, scratch) != TDO_OK)
        return TDO_E_MEMORY;
    set_orders(&j);
    for (size_t q = 0; q < n; q++) {
        choice_path_make(u, hold[q].stakeholder, hold[q].criterion, rest, &j.path);
        set_others(&j);
        for (uint32_t c = 0; hold[q].criterion != TDO_NONE && c < u->f; c++)
            j.line[c] = choice_path_utility(&j.path, k->v, c);
        if (rule == TDO_RULE_BORDA && hold[q].criterion == TDO_NONE) {
            cut_lines(&j, &hold[q]);
        } else {
            sweep(&j, 1, &hold[q].to, &hold[q].above);
            sweep(&j, -1, &hold[q].from, &hold[q].below);
        }
    }
    return TDO_OK;
}

tdo_status choice_holds_borda(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold, size_t n)
{
    return find(k, TDO_RULE_BORDA, scratch, hold, n);
}

tdo_status choice_holds_copeland(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold, size_t n)
{
    return find(k, TDO_RULE_COPELAND, scratch, hold, n);
}
