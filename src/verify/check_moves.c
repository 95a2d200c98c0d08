/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least move of one person's weights after which it can live with a candidate. The weights of
 * the result are a witness that it is enough. That less is not: rivals, each counted so many times,
 * must together be no more ahead than is accepted as often, and what that alone takes has a closed
 * form. How often each counts comes of a linear program, and may be wrong: then it proves less. */
#include "recount/simplex.h"
#include "verify/agree.h"

#include <math.h>
#include <string.h>

static const double near_enough = 1e-11; /* of what adds up dozens of products */
static const double clearly = 1e-9;      /* what is more than rounding */

double verify_least_move(const double *now, const double *by, size_t d, double lack)
{
    double moved = 0, last = -INFINITY, most = -INFINITY;
    for (size_t c = 0; c < d; c++)
        most = fmax(most, by[c]);
    while (lack > 0) {
        double next = INFINITY, weight = 0; /* the criteria with the least of it, after the last */
        for (size_t c = 0; c < d; c++)
            next = by[c] > last ? fmin(next, by[c]) : next;
        if (!(next < most))
            return INFINITY;
        for (size_t c = 0; c < d; c++)
            weight += by[c] >= next && by[c] <= next ? now[c] : 0;
        const double part = fmin(weight, lack / (most - next));
        moved += part;
        lack -= part * (most - next);
        last = next;
        if (part < weight)
            break;
    }
    return moved;
}

bool verify_read_weights(verify_case *k, const verify_node *node, double *weights)
{
    double sum = 0;
    if (!node || !claim_length(k->j, node, k->w->d))
        return false;
    for (size_t c = 0; c < k->w->d; c++) {
        const verify_node *x = claim_child(k->j, node, k->w->criterion[c].id);
        if (!x)
            return false;
        if (x->kind != VERIFY_NUMBER || x->number < 0)
            return claim_fails(k->j, x, "it is no weight");
        sum += weights[c] = x->number;
    }
    return fabs(sum - 1) <= VERIFY_TIE || claim_fails(k->j, node, "they do not add to 1");
}

/* One person and candidate: what each rival has ahead of it in each criterion. */
typedef struct moving {
    verify_case *k;
    const double *now; /* [d] */
    double accept;
    size_t n;     /* rivals: who is on the frontier, but the candidate */
    double *over; /* [n x d] */
    double *by;   /* [d] room */
} moving;

static bool make(verify_case *k, size_t h, size_t slot, double accept, moving *out)
{
    const size_t d = k->w->d, f = k->s.f;
    *out = (moving){.k = k, .now = k->w->person[h].weight, .accept = accept};
    if (!VERIFY_ROOM(k->j, out->over, f * d) || !VERIFY_ROOM(k->j, out->by, d))
        return false;
    for (size_t q = 0; q < f; q++) {
        if (!k->front[q] || q == slot)
            continue;
        for (size_t c = 0; c < d; c++)
            out->over[out->n * d + c] = k->s.value[c * f + q] - k->s.value[c * f + slot];
        out->n++;
    }
    return true;
}

/* Against the best of all at these weights. */
static double regret_at(const verify_case *k, size_t slot, const double *weights)
{
    const size_t f = k->s.f;
    double most = 0;
    for (size_t q = 0; q < f; q++) {
        double ahead = 0;
        for (size_t c = 0; c < k->w->d; c++)
            ahead += weights[c] * (k->s.value[c * f + q] - k->s.value[c * f + slot]);
        most = fmax(most, ahead);
    }
    return most;
}

/* ---- no move would do ---- */

/* Rivals so mixed that they are ahead by more than is accepted in every criterion. *known false: it
 * is so close that neither is proven, or too much work. */
static bool check_never(const moving *m, const verify_node *node, double *work, bool *known)
{
    verify_job *j = m->k->j;
    verify_game g = {.rows = m->n, .columns = m->k->w->d};
    *known = false;
    if (m->n == 0)
        return claim_fails(j, node, "nobody is ahead of it");
    if (!VERIFY_ROOM(j, g.gets, m->n * g.columns))
        return false;
    for (size_t q = 0; q < m->n * g.columns; q++)
        g.gets[q] = m->over[q] - m->accept;
    if (!verify_play(j, &g, work))
        return j->status == TDO_OK;
    if (g.most < -clearly)
        return claim_fails(j, node, "there are weights that would do");
    *known = g.least > 0;
    return true;
}

/* ---- the least one ---- */

/* max  sum x[q] (lead of rival q now - accept)  -  sum y[c] now[c]
 *      -(sum x over[c]) - z <= 1    and    (sum x over[c]) + z - y[c] <= 0    for each criterion;
 * z is the difference of two variables. */
static bool find_counts(const moving *m, double *work, double **out)
{
    verify_job *j = m->k->j;
    const size_t d = m->k->w->d, n = m->n, columns = n + 2 + d;
    double *a = NULL, *limit = NULL, *cost = NULL;
    *out = NULL;
    if (!VERIFY_ROOM(j, a, 2 * d * columns) || !VERIFY_ROOM(j, limit, 2 * d) ||
        !VERIFY_ROOM(j, cost, columns))
        return false;
    for (size_t c = 0; c < d; c++) {
        double *up = a + c * columns, *down = a + (d + c) * columns;
        limit[c] = 1;
        for (size_t q = 0; q < n; q++) {
            down[q] = m->over[q * d + c];
            up[q] = -down[q];
            cost[q] += m->now[c] * down[q];
        }
        up[n] = down[n + 1] = -1;
        up[n + 1] = down[n] = 1;
        down[n + 2 + c] = -1;
        cost[n + 2 + c] = -m->now[c];
    }
    for (size_t q = 0; q < n; q++)
        cost[q] -= m->accept;
    verify_program p = {.rows = 2 * d, .columns = columns, .a = a, .limit = limit, .cost = cost};
    if (!verify_maximise(j, &p, work))
        return j->status == TDO_OK;
    *out = p.unbounded ? NULL : p.x;
    return true;
}

/* What the counts prove: no less than so much weight has to move. */
static double least_by(const moving *m, const double *count)
{
    const size_t d = m->k->w->d;
    double lack = 0;
    memset(m->by, 0, d * sizeof *m->by);
    for (size_t q = 0; q < m->n; q++) {
        lack -= count[q] * m->accept;
        for (size_t c = 0; c < d; c++) {
            m->by[c] -= count[q] * m->over[q * d + c];
            lack += count[q] * m->over[q * d + c] * m->now[c];
        }
    }
    return verify_least_move(m->now, m->by, d, lack);
}

/* *known false: that less would not do is not proven. */
static bool check_least(const moving *m, const verify_node *change, double *work, bool *known)
{
    double *count = NULL;
    *known = change->number <= near_enough;
    if (*known)
        return true;
    if (!find_counts(m, work, &count))
        return false;
    *known = count && least_by(m, count) >= change->number - near_enough;
    return true;
}

/* ---- moves ---- */

/* Weights that statements leave open have no place that a move starts at. */
static bool has_open_weights(const verify_case *k, size_t h)
{
    const verify_node *node = k->w->person[h].node;
    return verify_get(node, "prefers") || verify_get(node, "rates") || verify_get(node, "vague");
}

static bool check_move(const moving *m, size_t h, size_t slot, verify_node *node, double *work)
{
    verify_case *k = m->k;
    verify_node *change = claim_child(k->j, node, "change");
    const bool open = has_open_weights(k, h);
    double *w = k->w->row, far = 0;
    bool known = true;
    if (!change || !verify_read_weights(k, claim_child(k->j, node, "weights"), w))
        return false;
    const double regret = regret_at(k, slot, w);
    for (size_t c = 0; c < k->w->d; c++)
        far += fabs(w[c] - m->now[c]) / 2;
    if (regret > m->accept + near_enough)
        return claim_fails(k->j, node, "at these weights it is behind by %.17g", regret);
    if (!open && !(fabs(far - change->number) <= near_enough))
        return claim_fails(k->j, change, "these weights are %.17g away", far);
    if (!open && !check_least(m, change, work, &known))
        return false;
    if (!claim_number_at(k->j, node, "regret", regret))
        return false;
    (void)claim_holds_all(k->j, node);
    if (open || !known)
        claim_leaves_open(k->j, change);
    return true;
}

bool verify_check_moves(verify_case *k, const verify_node *agree, const verify_node *candidate,
                        size_t slot, double *work)
{
    const verify_node *moves = claim_child(k->j, candidate, "moves");
    const double share = verify_double(agree, "accept_share", NAN);
    if (!moves || !claim_length(k->j, moves, k->w->people))
        return false;
    for (size_t h = 0; h < k->w->people; h++) {
        const double *u = k->s.utility + h * k->s.f;
        double least = k->s.most[h], accept = verify_double(agree, "accept", NAN);
        verify_node *node = claim_child(k->j, moves, k->w->person[h].id);
        bool known = false;
        moving m;
        for (size_t q = 0; q < k->s.f; q++)
            least = fmin(least, u[q]);
        accept = isnan(share) ? accept : share * (k->s.most[h] - least);
        if (!node || !make(k, h, slot, accept, &m))
            return false;
        if (node->kind != VERIFY_NULL) {
            if (!check_move(&m, h, slot, node, work))
                return false;
            continue;
        }
        if (!check_never(&m, node, work, &known))
            return false;
        if (known)
            (void)claim_holds(k->j, node);
    }
    return true;
}
