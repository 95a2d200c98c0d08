/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds under chebyshev. When a weight or a power moves, each group weight is a line, so the
 * largest weighted shortfall of a candidate is the upper envelope of lines, and the difference of
 * two candidates is linear between the corners of their envelopes. */
#include "weights/choice.h"

#include "rules/rules.h"

#include <math.h>

typedef struct shortfall_job {
    const tdo_case *k;
    uint32_t first;
    choice_line weight[TDO_MAX_CRITERIA]; /* group weights over the distance from now, one way */
    double most;                          /* how far that way goes */
} shortfall_job;

/* A candidate's shortfalls, and the largest of them just beyond a point. */
typedef struct shortfall {
    choice_line part[TDO_MAX_CRITERIA], sum, top;
    size_t n;
} shortfall;

static double group_weight(const tdo_case *k, const choice_path *p, size_t c, double t)
{
    const tdo_utility *u = k->u;
    double sum = 0;
    for (size_t s = 0; s < u->s; s++) {
        double power = p->criterion != TDO_NONE ? u->power[s]
                       : s == p->stakeholder    ? t
                                                : (1 - t) * p->rest[s];
        bool moved = p->criterion != TDO_NONE && s == p->stakeholder;
        double weight = !moved              ? u->weight[s * u->d + c]
                        : c == p->criterion ? t
                                            : (1 - t) * p->rest[c];
        sum += power * weight;
    }
    return sum;
}

static void measure(const shortfall_job *j, uint32_t slot, shortfall *out)
{
    out->n = j->k->u->d;
    out->sum = (choice_line){0, 0};
    for (size_t c = 0; c < out->n; c++) {
        double lost = 1 - tdo_value_at(j->k->v, c, slot);
        out->part[c] = (choice_line){lost * j->weight[c].at0, lost * j->weight[c].slope};
        out->sum.at0 += out->part[c].at0;
        out->sum.slope += out->part[c].slope;
    }
}

/* Sets the largest part just beyond x; returns where another one takes over. */
static double set_top(shortfall *y, double x)
{
    double next = INFINITY;
    y->top = y->part[0];
    for (size_t c = 1; c < y->n; c++) {
        double by = choice_line_at(y->part[c], x) - choice_line_at(y->top, x);
        double turn = y->part[c].slope - y->top.slope;
        if (fabs(by) <= CHOICE_SAME_POINT * fabs(turn) ? turn > 0 : by > 0)
            y->top = y->part[c];
    }
    for (size_t c = 0; c < y->n; c++) {
        double turn = y->part[c].slope - y->top.slope;
        double at = turn > 0 ? (y->top.at0 - y->part[c].at0) / turn : INFINITY;
        if (at > x + CHOICE_SAME_POINT && at < next)
            next = at;
    }
    return next;
}

static double value(const shortfall *y, double x)
{
    return choice_line_at(y->top, x) + RULE_AUGMENT * choice_line_at(y->sum, x);
}

/* How far the rival is not ahead; INFINITY: all the way to the end. */
static double stays_until(const shortfall_job *j, shortfall *mine, uint32_t rival, double end)
{
    shortfall theirs;
    double x = 0;
    measure(j, rival, &theirs);
    while (x < end) {
        double next = fmin(set_top(mine, x), set_top(&theirs, x));
        next = fmin(next, end);
        double a = value(mine, x) - value(&theirs, x), b = value(mine, next) - value(&theirs, next);
        if (b > TDO_TIE)
            return a < 0 ? x + (next - x) * (a / (a - b)) : x;
        x = next;
    }
    return INFINITY;
}

/* One way: up (1) or down (-1). */
static void look(shortfall_job *j, const choice_path *p, double sign, double *limit, uint32_t *who)
{
    shortfall mine;
    j->most = sign > 0 ? 1 - p->current : p->current;
    for (size_t c = 0; c < j->k->u->d; c++) {
        double now = group_weight(j->k, p, c, p->current);
        double slope = group_weight(j->k, p, c, 1) - group_weight(j->k, p, c, 0);
        j->weight[c] = (choice_line){now, sign * slope};
    }
    measure(j, j->first, &mine);
    for (size_t i = 0; i < j->k->front->count; i++) {
        uint32_t rival = j->k->r->front[i];
        if (rival == j->first)
            continue;
        double x = stays_until(j, &mine, rival, j->most);
        if (isfinite(x)) {
            j->most = x;
            *limit = p->current + sign * x;
            *who = rival;
        }
    }
}

tdo_status choice_holds_shortfall(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold, size_t n)
{
    const tdo_utility *u = k->u;
    double *rest = tdo_alloc(scratch, u->d > u->s ? u->d : u->s, sizeof *rest);
    shortfall_job j = {.k = k, .first = k->r->winner[TDO_RULE_CHEBYSHEV]};
    choice_path path = {.rest = rest};
    if (!rest)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < n; q++) {
        choice_path_make(u, hold[q].stakeholder, hold[q].criterion, rest, &path);
        look(&j, &path, 1, &hold[q].to, &hold[q].above);
        look(&j, &path, -1, &hold[q].from, &hold[q].below);
    }
    return TDO_OK;
}
