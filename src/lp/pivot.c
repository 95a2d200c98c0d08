/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simplex steps in exact arithmetic. Usually none is needed; a few are where GLPK's tolerances
 * stopped early; all of them where GLPK failed. The kernel is factored anew after each: with so
 * few steps and so small a kernel, an update would only be more code. */
#include "lp/exact.h"

#include <math.h>

enum {
    PATIENCE = 300, /* steps by the steepest sign, before the rule that cannot cycle (Bland 1977) */
    NONE = -1
};

/* A variable that may move, and which way. */
typedef struct move {
    int64_t variable; /* NONE */
    int direction;    /* 1 up, -1 down */
} move;

static bool bland(const lp_exact *e)
{
    return e->pivots > PATIENCE;
}

/* ---- what is wrong with the basis ---- */

/* A nonbasic variable whose reduced cost says that moving it helps. */
static move find_entering(lp_exact *e)
{
    const lp_form *f = e->f;
    move best = {.variable = NONE};
    double most = -1;
    for (size_t v = 0; v < f->n + f->m && !exact_arith_stopped(&e->A); v++) {
        if (e->place[v] == TDO_LP_BASIC || e->place[v] == TDO_LP_FIXED)
            continue;
        double near = 0;
        const int sign = lp_exact_reduced_sign(e, v, &near);
        if (sign == 0 || (sign > 0 && e->place[v] == TDO_LP_AT_LOWER) ||
            (sign < 0 && e->place[v] == TDO_LP_AT_UPPER))
            continue;
        if (fabs(near) > most) {
            most = fabs(near);
            best = (move){.variable = (int64_t)v, .direction = -sign};
        }
        if (bland(e))
            break;
    }
    return best;
}

/* A basic variable outside its bounds, and the way back. */
static move find_leaving(lp_exact *e)
{
    const lp_form *f = e->f;
    move best = {.variable = NONE};
    double most = -1;
    for (size_t v = 0; v < f->n + f->m && !exact_arith_stopped(&e->A); v++) {
        if (e->place[v] != TDO_LP_BASIC)
            continue;
        int direction = 0;
        if (isfinite(f->lower[v]) && lp_exact_versus(e, v, f->lower[v]) < 0)
            direction = 1;
        else if (isfinite(f->upper[v]) && lp_exact_versus(e, v, f->upper[v]) > 0)
            direction = -1;
        if (direction == 0)
            continue;
        lp_exact_value(e, v, &e->spare[1]);
        const double at = exact_ratio(&e->A, &e->spare[1], e->denominator);
        const double far = fabs(at - (direction > 0 ? f->lower[v] : f->upper[v]));
        if (far > most) {
            most = far;
            best = (move){.variable = (int64_t)v, .direction = direction};
        }
        if (bland(e))
            break;
    }
    return best;
}

/* ---- the column of an entering variable ---- */

/* w = numerators of how the basic columns follow when variable q goes up by one. */
static void solve_column(lp_exact *e, size_t q)
{
    const lp_form *f = e->f;
    for (size_t r = 0; r < e->k; r++)
        exact_set_double(&e->A, &e->K.right[r], f->n + e->tight[r] == q ? 1 : 0);
    for (size_t s = q < f->n ? f->start[q] : 0; q < f->n && s < f->start[q + 1]; s++) {
        const int32_t r = e->position[f->n + f->row[s]];
        if (r != LP_NOWHERE)
            exact_set_double(&e->A, &e->K.right[r], -f->value[s]);
    }
    exact_kernel_solve(&e->K, &e->A, false, e->w);
    for (size_t c = 0; c < e->k && e->K.determinant->negative; c++)
        e->w[c].negative = e->w[c].size > 0 && !e->w[c].negative;
}

/* out = numerator of how basic variable v follows. */
static void follow(lp_exact *e, size_t q, size_t v, exact_num *out)
{
    const lp_form *f = e->f;
    if (v < f->n) {
        exact_set(&e->A, out, &e->w[e->position[v]]);
        return;
    }
    exact_set_double(&e->A, out, 0);
    for (size_t s = f->row_start[v - f->n]; s < f->row_start[v - f->n + 1]; s++) {
        const size_t j = f->column[s];
        if (e->place[j] == TDO_LP_BASIC)
            exact_add_mul(&e->A, out, &e->w[e->position[j]], f->row_value[s]);
        else if (j == q)
            exact_add_mul(&e->A, out, e->denominator, f->row_value[s]);
    }
}

/* The first variable that stops the entering one, ties to the lowest index. */
typedef struct stop {
    int64_t variable; /* NONE: nothing stops it; the entering one: its own other bound */
    bool at_upper;
} stop;

/* Is variable v, moving by rate (numerator, not 0), stopped before distance best[0] / best[1]?
 * Then that becomes its distance: |value - bound| / |rate|, the common denominator cancels. */
static bool stops_before(lp_exact *e, size_t v, double bound, const exact_num *rate,
                         exact_num *best, bool first)
{
    exact_num *room = &e->spare[4], *left = &e->A.product[0], *right = &e->A.product[1];
    lp_exact_value(e, v, room);
    exact_mul_double(&e->A, &e->spare[5], e->denominator, bound);
    exact_sub(&e->A, room, room, &e->spare[5]);
    room->negative = false;
    if (!first) {
        exact_mul(&e->A, left, room, &best[1]);
        left->negative = false;
        exact_mul(&e->A, right, &best[0], rate);
        right->negative = false;
        if (exact_cmp(left, right) >= 0)
            return false;
    }
    exact_set(&e->A, &best[0], room);
    exact_set(&e->A, &best[1], rate);
    return true;
}

/* spare[2], spare[3] hold the distance so far as a fraction, spare[1] the rate: so wide that
 * products of two of them may not fit a product; exact_mul then says full, and a wider kernel is
 * tried. */
static stop find_stop(lp_exact *e, move in)
{
    const lp_form *f = e->f;
    const size_t q = (size_t)in.variable;
    stop s = {.variable = NONE};
    exact_num *rate = &e->spare[1], *best = &e->spare[2];
    if (isfinite(f->lower[q]) && isfinite(f->upper[q])) {
        exact_set_double(&e->A, &best[0], f->upper[q]);
        exact_set_double(&e->A, rate, f->lower[q]);
        exact_sub(&e->A, &best[0], &best[0], rate);
        exact_mul(&e->A, &best[0], &best[0], e->denominator);
        exact_set(&e->A, &best[1], e->denominator);
        s = (stop){.variable = in.variable, .at_upper = in.direction > 0};
    }
    for (size_t v = 0; v < f->n + f->m && !exact_arith_stopped(&e->A); v++) {
        if (e->place[v] != TDO_LP_BASIC)
            continue;
        follow(e, q, v, rate);
        const int way = exact_sign(rate) * in.direction;
        const double bound = way > 0 ? f->upper[v] : f->lower[v];
        if (way == 0 || isinf(bound))
            continue;
        if (stops_before(e, v, bound, rate, best, s.variable == NONE))
            s = (stop){.variable = (int64_t)v, .at_upper = way > 0};
    }
    return s;
}

static void settle_at(lp_exact *e, size_t v, bool at_upper)
{
    e->place[v] = (uint8_t)lp_settle(at_upper ? TDO_LP_AT_UPPER : TDO_LP_AT_LOWER, e->f->lower[v],
                                     e->f->upper[v]);
}

/* One step of the primal simplex. LP_EXACT_OPTIMAL: made. */
static lp_exact_end primal_step(lp_exact *e, move in)
{
    solve_column(e, (size_t)in.variable);
    const stop out = find_stop(e, in);
    if (exact_arith_stopped(&e->A))
        return LP_EXACT_GAVE_UP;
    if (out.variable == NONE) {
        e->ray_of = (size_t)in.variable;
        e->ray_direction = in.direction;
        return LP_EXACT_UNBOUNDED;
    }
    settle_at(e, (size_t)out.variable, out.at_upper);
    if (out.variable != in.variable)
        e->place[in.variable] = TDO_LP_BASIC;
    return LP_EXACT_OPTIMAL;
}

/* ---- the row of a leaving variable ---- */

/* w = numerators of the tight rows' part in basic variable p: p = w z_R + (its own entries less w
 * A) x_N. */
static void solve_row(lp_exact *e, size_t p)
{
    const lp_form *f = e->f;
    for (size_t c = 0; c < e->k; c++)
        exact_set_double(&e->A, &e->K.right[c], e->basic[c] == p ? 1 : 0);
    for (size_t s = p >= f->n ? f->row_start[p - f->n] : 0;
         p >= f->n && s < f->row_start[p - f->n + 1]; s++) {
        const size_t j = f->column[s];
        if (e->place[j] == TDO_LP_BASIC)
            exact_set_double(&e->A, &e->K.right[e->position[j]], f->row_value[s]);
    }
    exact_kernel_solve(&e->K, &e->A, true, e->w);
    for (size_t c = 0; c < e->k && e->K.determinant->negative; c++)
        e->w[c].negative = e->w[c].size > 0 && !e->w[c].negative;
}

/* out = numerator of what nonbasic variable v does to p. */
static void influence(lp_exact *e, size_t p, size_t v, exact_num *out)
{
    const lp_form *f = e->f;
    if (v >= f->n) {
        exact_set(&e->A, out, &e->w[e->position[v]]);
        return;
    }
    exact_set_double(&e->A, out, 0);
    for (size_t s = f->start[v]; s < f->start[v + 1]; s++) {
        const size_t z = f->n + f->row[s];
        if (e->position[z] != LP_NOWHERE)
            exact_sub_mul(&e->A, out, &e->w[e->position[z]], f->value[s]);
        else if (z == p)
            exact_add_mul(&e->A, out, e->denominator, f->value[s]);
    }
}

/* p < 0 in its own row: the multipliers that prove that it cannot come back (see
 * tdo_lp_solution). */
static lp_exact_end keep_farkas(lp_exact *e, move out)
{
    const lp_form *f = e->f;
    const size_t p = (size_t)out.variable;
    e->farkas = exact_nums(e->level, f->m, e->cap);
    if (!e->farkas)
        return LP_EXACT_NO_MEMORY;
    for (size_t i = 0; i < f->m; i++) {
        const int32_t r = e->position[f->n + i];
        if (f->n + i == p)
            exact_set(&e->A, &e->farkas[i], e->denominator);
        else if (r != LP_NOWHERE)
            exact_set(&e->A, &e->farkas[i], &e->w[r]);
        /* Going up, row p's multiplier is +1 and the others' -w; a column has no multiplier. */
        const bool flip = (f->n + i == p) != (out.direction > 0);
        if (flip && e->farkas[i].size > 0)
            e->farkas[i].negative = !e->farkas[i].negative;
    }
    return LP_EXACT_INFEASIBLE;
}

/* One step of the dual simplex. LP_EXACT_OPTIMAL: made. */
static lp_exact_end dual_step(lp_exact *e, move out)
{
    const lp_form *f = e->f;
    const size_t p = (size_t)out.variable;
    exact_num *cost = &e->spare[4], *rate = &e->spare[5], *best = &e->spare[2];
    int64_t in = NONE;
    solve_row(e, p);
    for (size_t v = 0; v < f->n + f->m && !exact_arith_stopped(&e->A); v++) {
        if (e->place[v] == TDO_LP_BASIC || e->place[v] == TDO_LP_FIXED)
            continue;
        influence(e, p, v, rate);
        const int way = exact_sign(rate) * out.direction; /* 1: p comes back as v goes up */
        if (way == 0 || (way < 0 && e->place[v] == TDO_LP_AT_LOWER) ||
            (way > 0 && e->place[v] == TDO_LP_AT_UPPER))
            continue;
        lp_exact_reduced(e, v, cost);
        if (in != NONE) { /* |cost| / |rate| < best[0] / best[1]? */
            exact_num *left = &e->A.product[0], *right = &e->A.product[1];
            exact_mul(&e->A, left, cost, &best[1]);
            exact_mul(&e->A, right, &best[0], rate);
            left->negative = right->negative = false;
            if (exact_cmp(left, right) >= 0)
                continue;
        }
        exact_set(&e->A, &best[0], cost);
        exact_set(&e->A, &best[1], rate);
        in = (int64_t)v;
    }
    if (exact_arith_stopped(&e->A))
        return LP_EXACT_GAVE_UP;
    if (in == NONE)
        return keep_farkas(e, out);
    settle_at(e, p, out.direction < 0);
    e->place[in] = TDO_LP_BASIC;
    return LP_EXACT_OPTIMAL;
}

/* ---- the loop ---- */

/* One look at the basis, and one step. *done: the end is final. */
static lp_exact_end advance(lp_exact *e, bool *done)
{
    const move out = find_leaving(e);
    move in = {.variable = NONE};
    *done = true;
    if (!e->zero_cost)
        in = find_entering(e);
    if (exact_arith_stopped(&e->A))
        return LP_EXACT_GAVE_UP;
    if (out.variable == NONE && in.variable == NONE && !e->zero_cost)
        return LP_EXACT_OPTIMAL;
    *done = false;
    if (out.variable == NONE && e->zero_cost) {
        e->zero_cost = false; /* feasible: from here on by primal steps */
        return LP_EXACT_OPTIMAL;
    }
    if (out.variable != NONE && in.variable != NONE) {
        e->zero_cost = true; /* without costs every basis is dual feasible */
        return LP_EXACT_OPTIMAL;
    }
    e->pivots++;
    const lp_exact_end end = out.variable == NONE ? primal_step(e, in) : dual_step(e, out);
    *done = end != LP_EXACT_OPTIMAL;
    return end;
}

lp_exact_end lp_exact_solve(lp_exact *e, const lp_form *f, uint8_t *place, uint64_t work_max,
                            tdo_arena *a)
{
    lp_exact_end end = LP_EXACT_OPTIMAL;
    bool done = false;
    *e = (lp_exact){.f = f, .place = place, .work_max = work_max};
    while (!done) {
        end = lp_exact_refresh(e, a);
        if (end != LP_EXACT_OPTIMAL)
            break;
        end = advance(e, &done);
        /* A number that did not fit may fit a wider kernel. */
        if (end == LP_EXACT_GAVE_UP && e->A.full && !e->A.spent && e->cap < EXACT_CAP_MAX) {
            e->cap *= 2;
            done = false;
        }
    }
    return end;
}
