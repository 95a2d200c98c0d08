/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans: what the multipliers prove. At any multipliers, whatever is worth most in each segment is
 * worth no less than any plan within the limits (weak duality); where it leads, it is the plan. */
#include "replan/plan.h"

#include <math.h>
#include <string.h>

/* A lead of less than this part of what a worth is made of does not tell who serves. */
static const double close_by = 1e-10;

typedef struct plan_worth {
    verify_plan *p;
    double *weight;             /* [people] of their utilities */
    double *limit;              /* [n] */
    double *gap, *bound;        /* [n x groups] */
    double *traffic;            /* [candidates] */
    const verify_node **listed; /* [segments] */
    double allows, size;        /* what limits allow; the size of what that is made of */
} plan_worth;

/* ---- reading ---- */

static bool read_number(verify_job *j, const verify_node *x, double *out)
{
    if (!x || x->kind != VERIFY_NUMBER)
        return x && claim_fails(j, x, "it is no number");
    *out = x->number;
    return true;
}

/* The weights of the objective: the powers; where the least utility counts, those of the proof. */
static bool read_weights(plan_worth *x, verify_node *node, bool some)
{
    verify_plan *p = x->p;
    const verify_world *w = p->w;
    verify_node *list = claim_child(p->j, node, "weights");
    size_t with_power = 0;
    double sum = 0;
    for (size_t h = 0; h < w->people; h++)
        with_power += w->person[h].power > 0;
    if (!p->least_counts || with_power == 1) {
        for (size_t h = 0; h < w->people && some; h++)
            x->weight[h] = w->person[h].power;
        return claim_null(p->j, list);
    }
    if (!list || !claim_length(p->j, list, with_power))
        return false;
    for (size_t h = 0; h < w->people; h++) {
        const verify_node *of = w->person[h].power > 0 ? claim_child(p->j, list, w->person[h].id)
                                                       : NULL;
        if (!(w->person[h].power > 0))
            continue;
        if (!read_number(p->j, of, &x->weight[h]))
            return false;
        if (!(x->weight[h] >= 0) || (!some && x->weight[h] > 0))
            return claim_fails(p->j, of, "it is no weight");
        sum += x->weight[h];
    }
    x->allows += some ? fmax(0, 1 - sum) : 0;
    return true;
}

static bool read_by_group(plan_worth *x, const verify_node *list, double *out)
{
    const verify_plan *p = x->p;
    for (const verify_node *y = list ? list->first : NULL; y; y = y->next) {
        const int g = p->group ? verify_plan_find(p->group, p->groups, y->key) : VERIFY_NONE;
        if (g == VERIFY_NONE || list->kind != VERIFY_OBJECT)
            return claim_fails(p->j, y, "there is no such group");
        if (!read_number(p->j, y, &out[g]))
            return false;
    }
    return list != NULL;
}

/* Adds what a bound allows at its multiplier; false: it bounds nothing on that side. */
static bool allow(plan_worth *x, const verify_node *node, double y, double min, double max)
{
    const double side = y > 0 ? max : min;
    if (!(y > 0) && !(y < 0))
        return true;
    if (!isfinite(side) || !isfinite(y))
        return claim_fails(x->p->j, node, "there is no such bound");
    x->allows += y * side;
    x->size += fabs(y * side);
    return true;
}

/* What is left over of an average with this multiplier: no more than the extreme reading. */
static double left_over(const verify_plan *p, const double *of, double y)
{
    double end = y > 0 ? -INFINITY : INFINITY;
    for (size_t r = 0; r < p->w->n; r++)
        if (!p->barred[r])
            end = y > 0 ? fmax(end, of[r]) : fmin(end, of[r]);
    return y > 0 || y < 0 ? y * end : 0;
}

/* Averages of groups times numbers, of which as much is above 0 as below: no more than the largest
 * difference times that. */
static bool read_gap(plan_worth *x, const verify_node *node, size_t k)
{
    const verify_plan *p = x->p;
    const verify_plan_limit *l = &p->limit[k];
    double *gap = x->gap + k * p->groups, *bound = x->bound + k * p->groups;
    double above = 0, below = 0;
    if (!read_by_group(x, claim_child(p->j, node, "gap"), gap) ||
        !read_by_group(x, claim_child(p->j, node, "bounds"), bound))
        return false;
    for (size_t g = 0; g < p->groups; g++) {
        above += fmax(0, gap[g]);
        below += fmax(0, -gap[g]);
        if (!allow(x, node, bound[g], l->least ? l->least[g] : -INFINITY,
                   l->most ? l->most[g] : INFINITY))
            return false;
    }
    const double left = left_over(p, l->x, above - below);
    x->allows += left;
    x->size += fabs(left);
    return allow(x, node, fmin(above, below), -INFINITY, l->max);
}

static bool read_multipliers(plan_worth *x, verify_node *node)
{
    verify_plan *p = x->p;
    const verify_node *list = claim_child(p->j, node, "limits");
    size_t k = 0;
    if (!list || !claim_length(p->j, list, p->n))
        return false;
    for (const verify_node *y = list->first; y; y = y->next, k++) {
        const verify_plan_limit *l = &p->limit[k];
        if (l->bind == VERIFY_GAP
                ? !read_gap(x, y, k)
                : !read_number(p->j, claim_child(p->j, y, "multiplier"), &x->limit[k]) ||
                      !allow(x, y, x->limit[k], l->min, l->max))
            return false;
        if (l->bind == VERIFY_SHARE)
            x->traffic[l->candidate] += x->limit[k];
    }
    return true;
}

/* ---- shares ---- */

static bool list_segments(plan_worth *x, verify_node *node, bool some)
{
    verify_plan *p = x->p;
    const verify_node *list = claim_child(p->j, node, "listed");
    int before = VERIFY_NONE;
    if (!list || (!some && !claim_length(p->j, list, 0)))
        return false;
    for (const verify_node *y = list->first; y; y = y->next) {
        const int s = verify_plan_find(p->segment, p->segments, verify_text(y, "segment", NULL));
        if (s == VERIFY_NONE || s <= before)
            return claim_fails(p->j, y, "there is no such segment, or it does not stand here");
        x->listed[s] = y;
        before = s;
    }
    return true;
}

static bool take_listed(plan_worth *x, size_t s, verify_service *to)
{
    verify_plan *p = x->p;
    const verify_node *list = claim_child(p->j, x->listed[s], "shares");
    double sum = 0;
    int before = VERIFY_NONE;
    if (!list || list->n > p->candidates)
        return list && claim_fails(p->j, list, "these are too many");
    for (const verify_node *y = list->first; y; y = y->next) {
        const int k = verify_plan_find(p->candidate, p->candidates, verify_text(y, "id", NULL));
        const double share = verify_double(y, "share", 0);
        if (k == VERIFY_NONE || k <= before || !(share > 0) ||
            p->barred[verify_plan_row(p, s, (size_t)k)])
            return claim_fails(p->j, y, "it may not serve there, or does not stand here");
        to->part[to->first[s + 1]++] = (verify_part){(uint32_t)k, share};
        before = k;
        sum += share;
    }
    return fabs(sum - 1) <= VERIFY_TIE || claim_fails(p->j, list, "they do not add to 1");
}

/* ---- worths ---- */

static double worth_of(const plan_worth *x, size_t s, size_t j, double *size)
{
    const verify_plan *p = x->p;
    const size_t g = p->group_of[s];
    const uint32_t row = verify_plan_row(p, s, j);
    double sum = -x->traffic[j];
    *size = fabs(sum);
    for (size_t h = 0; h < p->w->people; h++) {
        const double term = x->weight[h] * p->utility[row * p->w->people + h];
        sum += term;
        *size += term;
    }
    for (size_t k = 0; k < p->n; k++) {
        if (p->limit[k].bind == VERIFY_SHARE)
            continue;
        const double y = p->limit[k].bind == VERIFY_AVERAGE
                             ? x->limit[k]
                             : (x->gap[k * p->groups + g] + x->bound[k * p->groups + g]) *
                                   (p->whole / p->group_size[g]);
        sum -= y * p->limit[k].x[row];
        *size += fabs(y * p->limit[k].x[row]);
    }
    return sum;
}

typedef struct worth_lead {
    size_t candidate;
    double worth, lead, size;
} worth_lead;

static bool find_leader(const plan_worth *x, size_t s, worth_lead *out)
{
    const verify_plan *p = x->p;
    double next = -INFINITY;
    *out = (worth_lead){.worth = -INFINITY};
    for (size_t j = 0; j < p->candidates; j++) {
        double size = 0;
        if (p->barred[verify_plan_row(p, s, j)])
            continue;
        const double is = worth_of(x, s, j, &size);
        out->size = fmax(out->size, size);
        if (is > out->worth) {
            next = out->worth;
            out->worth = is;
            out->candidate = j;
        } else {
            next = fmax(next, is);
        }
    }
    out->lead = out->worth - next;
    return isfinite(out->worth);
}

static bool go_through(plan_worth *x, verify_service *choice, double *most, double *off)
{
    verify_plan *p = x->p;
    double sum = x->allows, low = 0, size = x->size;
    for (size_t s = 0; s < p->segments; s++) {
        worth_lead is;
        if (!find_leader(x, s, &is))
            return claim_fails(p->j, p->node, "nobody may serve \"%s\"", p->segment[s]);
        const double add = p->size[s] / p->whole * is.worth, now = sum + add, back = now - sum;
        low += (sum - (now - back)) + (add - back);
        sum = now;
        size = fmax(size, is.size);
        if (!choice)
            continue;
        choice->first[s + 1] = choice->first[s];
        if (x->listed[s] ? !take_listed(x, s, choice) : is.lead < close_by * (1 + is.size))
            return claim_fails(p->j, p->node, "nothing tells who serves \"%s\"", p->segment[s]);
        if (!x->listed[s])
            choice->part[choice->first[s + 1]++] = (verify_part){(uint32_t)is.candidate, 1};
    }
    *most = sum + low;
    *off = VERIFY_TIE * (1 + size);
    return true;
}

static bool make_room(verify_plan *p, size_t listed, verify_service *choice, plan_worth *x)
{
    verify_job *j = p->j;
    *x = (plan_worth){.p = p};
    return VERIFY_ROOM(j, x->weight, p->w->people) && VERIFY_ROOM(j, x->limit, p->n) &&
           VERIFY_ROOM(j, x->gap, p->n * p->groups) && VERIFY_ROOM(j, x->bound, p->n * p->groups) &&
           VERIFY_ROOM(j, x->traffic, p->candidates) && VERIFY_ROOM(j, x->listed, p->segments) &&
           (!choice || (VERIFY_ROOM(j, choice->first, p->segments + 1) &&
                        VERIFY_ROOM(j, choice->part, p->segments + listed * p->candidates)));
}

static bool check_most(verify_plan *p, const verify_node *node, double is, double off)
{
    verify_node *x = claim_child(p->j, node, "most");
    if (!x || x->kind != VERIFY_NUMBER || !(fabs(x->number - is) <= off))
        return claim_number(p->j, x, is);
    return true;
}

bool verify_plan_proof(verify_plan *p, verify_service *choice, double *most, double *off)
{
    verify_node *node = claim_child(p->j, p->node, "proof");
    const verify_node *listed = verify_get(node, "listed");
    plan_worth x;
    return node && make_room(p, listed ? listed->n : 0, choice, &x) &&
           read_weights(&x, node, choice != NULL) && read_multipliers(&x, node) &&
           list_segments(&x, node, choice != NULL) && go_through(&x, choice, most, off) &&
           check_most(p, node, *most, *off) && claim_holds_all(p->j, node);
}

double verify_plan_price(const verify_plan *p, size_t k)
{
    const verify_node *y = verify_get(verify_get(p->node, "proof"), "limits");
    double above = 0, below = 0;
    size_t at = 0;
    for (y = y ? y->first : NULL; y && at < k; y = y->next)
        at++;
    if (p->limit[k].bind != VERIFY_GAP)
        return fabs(verify_double(y, "multiplier", 0));
    const verify_node *gap = verify_get(y, "gap");
    for (const verify_node *g = gap ? gap->first : NULL; g; g = g->next) {
        above += fmax(0, g->number);
        below += fmax(0, -g->number);
    }
    return fmin(above, below);
}
