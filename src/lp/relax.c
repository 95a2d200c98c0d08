/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solves an LP by GLPK, has the answer checked, and asks the exact judge where it fails. */
#include "lp/relax.h"

#include "lp/certificate.h"
#include "lp/guard.h"

#include <math.h>
#include <string.h>

/* What is tried in turn where exact arithmetic does not pay. The first two entries are chosen by
 * what is known of the basis. */
static const lp_way COLD[] = {
    {.scale = LP_SCALE_FULL},
    {.slack = true, .scale = LP_SCALE_FULL},
    {.dual = true, .scale = LP_SCALE_EQUAL},
    {.slack = true, .scale = LP_SCALE_NONE},
};
enum { COLD_WAYS = sizeof COLD / sizeof COLD[0] };

void lp_answer_free(lp_answer *x)
{
    if (x->exact)
        lp_exact_free(x->exact);
    x->exact = NULL;
}

static tdo_status no_memory(tdo_error *err)
{
    return tdo_fail(err, TDO_E_MEMORY, "out of memory");
}

static double nearest_within(double x, double lower, double upper)
{
    return x < lower ? lower : x > upper ? upper : x;
}

/* ---- the exact judge ---- */

static bool make_doubles(tdo_arena *a, size_t count, double **out)
{
    *out = tdo_alloc(a, count, sizeof **out);
    return *out != NULL;
}

static tdo_status take_optimal(const lp_form *f, tdo_arena *a, lp_answer *x, bool *taken)
{
    lp_exact_values v = {0};
    if (!make_doubles(a, f->n, &v.reduced) || !make_doubles(a, f->m, &x->activity))
        return TDO_E_MEMORY;
    if (!lp_exact_read(x->exact, &v))
        return TDO_OK;
    x->outcome = TDO_LP_OPTIMAL;
    x->x = x->exact->x_near;
    x->y = x->exact->y_near;
    x->reduced = v.reduced;
    x->objective = v.objective;
    x->ties = v.ties;
    x->degenerate = v.degenerate;
    x->certificate = lp_check_optimal(
        f, &x->scales, &(lp_claim){x->x, x->y, x->activity, x->reduced, .proven = true});
    *taken = true;
    return TDO_OK;
}

static tdo_status take_farkas(const lp_form *f, tdo_arena *a, lp_answer *x, bool *taken)
{
    if (!make_doubles(a, f->m, &x->farkas))
        return TDO_E_MEMORY;
    lp_exact_farkas(x->exact, x->farkas);
    x->outcome = TDO_LP_INFEASIBLE;
    x->certificate = lp_check_farkas(f, &x->scales, x->farkas);
    *taken = !exact_arith_stopped(&x->exact->A);
    return TDO_OK;
}

static tdo_status take_ray(const lp_form *f, tdo_arena *a, lp_answer *x, bool *taken)
{
    if (!make_doubles(a, f->n, &x->ray))
        return TDO_E_MEMORY;
    lp_exact_ray(x->exact, x->ray);
    x->outcome = TDO_LP_UNBOUNDED;
    x->certificate = lp_check_ray(f, &x->scales, x->ray);
    *taken = !exact_arith_stopped(&x->exact->A);
    return TDO_OK;
}

bool lp_is_trivial(const lp_form *f)
{
    return f->n == 0 || f->m == 0 || f->start[f->n] == 0;
}

/* Lets the judge finish from the present basis, in place. *taken: the answer is proven. */
static tdo_status judge(const lp_task *t, uint8_t *place, tdo_arena *a, lp_answer *x, bool *taken)
{
    const lp_form *f = t->form;
    tdo_status s = TDO_OK;
    *taken = false;
    x->exact = tdo_alloc(a, 1, sizeof *x->exact);
    if (!x->exact)
        return TDO_E_MEMORY;
    const uint64_t work = lp_is_trivial(f) ? UINT64_MAX : t->options->exact_work;
    const lp_exact_end end = lp_exact_solve(x->exact, f, place, work, a);
    x->work = x->exact->work + x->exact->A.work;
    switch (end) {
    case LP_EXACT_OPTIMAL:
        s = take_optimal(f, a, x, taken);
        break;
    case LP_EXACT_INFEASIBLE:
        s = take_farkas(f, a, x, taken);
        break;
    case LP_EXACT_UNBOUNDED:
        s = take_ray(f, a, x, taken);
        break;
    case LP_EXACT_GAVE_UP:
        break;
    case LP_EXACT_NO_MEMORY:
        s = TDO_E_MEMORY;
        break;
    }
    if (*taken) {
        x->pivots = x->exact->pivots;
        x->certificate.exact = true;
    } else {
        const uint64_t spent = x->work;
        lp_answer_free(x);
        *x = (lp_answer){.work = spent};
    }
    return s;
}

/* ---- without it ---- */

/* Values a hair outside their bounds go to them, multipliers of the wrong sign to 0: what that
 * costs shows in the rows and in the reduced costs, which the check then sees. */
static void project(const lp_form *f, double *x, double *y)
{
    for (size_t j = 0; j < f->n; j++)
        x[j] = nearest_within(x[j], f->lower[j], f->upper[j]);
    for (size_t i = 0; i < f->m; i++) {
        if ((y[i] > 0 && isinf(f->lower[f->n + i])) || (y[i] < 0 && isinf(f->upper[f->n + i])))
            y[i] = 0;
    }
}

/* The same for a ray: what points out of a bound by no more than rounding is cut off. */
static void project_ray(const lp_form *f, double *ray)
{
    double most = 0;
    for (size_t j = 0; j < f->n; j++)
        most = fabs(ray[j]) > most ? fabs(ray[j]) : most;
    for (size_t j = 0; j < f->n; j++) {
        if (fabs(ray[j]) <= TDO_LP_TOLERANCE * most &&
            isfinite(ray[j] > 0 ? f->upper[j] : f->lower[j]))
            ray[j] = 0;
    }
}

static void count_ties(const lp_task *t, lp_answer *x)
{
    const lp_form *f = t->form;
    x->ties = x->degenerate = 0;
    for (size_t v = 0; v < f->n + f->m; v++) {
        const double at = v < f->n ? x->x[v] : x->activity[v - f->n];
        const double d = v < f->n ? x->reduced[v] : x->y[v - f->n];
        if (t->place[v] == TDO_LP_BASIC)
            x->degenerate += at == f->lower[v] || at == f->upper[v];
        else
            x->ties += t->place[v] != TDO_LP_FIXED && fabs(d) <= TDO_LP_TOLERANCE;
        if (t->place[v] == TDO_LP_BASIC && v < f->n)
            x->reduced[v] = 0;
    }
}

static double objective_of(const lp_form *f, const double *x)
{
    lp_sum s = {0};
    for (size_t j = 0; j < f->n; j++)
        lp_sum_add(&s, f->cost[j], x[j]);
    return lp_sum_value(&s);
}

static double worst_residual(const tdo_lp_certificate *c)
{
    double worst = c->primal;
    worst = c->dual > worst ? c->dual : worst;
    worst = c->slackness > worst ? c->slackness : worst;
    worst = c->gap > worst ? c->gap : worst;
    return isnan(c->primal) || isnan(c->gap) ? (double)INFINITY : worst;
}

/* Checks what GLPK calls optimal (or feasible, when it hit a limit) and keeps it if it is the
 * best so far. */
static tdo_status take_checked(const lp_task *t, const lp_simplex_result *r, tdo_arena *a,
                               lp_answer *x)
{
    const lp_form *f = t->form;
    lp_answer y = {.outcome = TDO_LP_NUMERICAL, .x = r->x, .y = r->y};
    const double before = !x->x ? (double)INFINITY : worst_residual(&x->certificate);
    if (!make_doubles(a, f->n, &y.reduced) || !make_doubles(a, f->m, &y.activity))
        return TDO_E_MEMORY;
    project(f, y.x, y.y);
    y.certificate = lp_check_optimal(f, &x->scales,
                                     &(lp_claim){y.x, y.y, y.activity, y.reduced, .proven = false});
    if (x->x && !(worst_residual(&y.certificate) < before))
        return TDO_OK;
    y.objective = objective_of(f, y.x);
    if (lp_passes_optimal(&y.certificate))
        y.outcome = TDO_LP_OPTIMAL;
    else if (r->verdict == LP_V_LIMIT)
        y.outcome = TDO_LP_LIMIT;
    y.iterations = x->iterations;
    y.attempts = x->attempts;
    y.seconds = x->seconds;
    y.scales = x->scales;
    y.work = x->work;
    count_ties(t, &y);
    *x = y;
    return TDO_OK;
}

/* One answer of GLPK, weighed without exact arithmetic. *done: no need to try further. */
static tdo_status weigh(const lp_task *t, const lp_simplex_result *r, tdo_arena *a, lp_answer *x,
                        bool *done)
{
    const lp_form *f = t->form;
    tdo_status s = TDO_OK;
    bool found = false;
    *done = false;
    if (r->verdict == LP_V_OPTIMAL || r->verdict == LP_V_LIMIT) {
        s = take_checked(t, r, a, x);
        *done = s == TDO_OK && (x->outcome == TDO_LP_OPTIMAL || r->verdict == LP_V_LIMIT);
    } else if (r->verdict == LP_V_INFEASIBLE) {
        double *y = NULL;
        if (!make_doubles(a, f->m, &y))
            return TDO_E_MEMORY;
        s = lp_elastic(t, a, y, &found, x);
        const tdo_lp_certificate c = lp_check_farkas(f, &x->scales, y);
        if (s == TDO_OK && found && lp_passes_farkas(&c)) {
            x->outcome = TDO_LP_INFEASIBLE;
            x->certificate = c;
            x->farkas = y;
            *done = true;
        }
    } else if (r->verdict == LP_V_UNBOUNDED && r->has_ray) {
        project_ray(f, r->ray);
        const tdo_lp_certificate c = lp_check_ray(f, &x->scales, r->ray);
        if (lp_passes_ray(&c)) {
            x->outcome = TDO_LP_UNBOUNDED;
            x->certificate = c;
            x->ray = r->ray;
            *done = true;
        }
    }
    return s;
}

/* ---- both ---- */

static tdo_status call_glpk(const lp_task *t, size_t turn, tdo_arena *a, lp_simplex_result *r,
                            lp_answer *x)
{
    const lp_form *f = t->form;
    lp_way way = COLD[turn == 0 || !t->warm ? turn : turn - 1];
    char text[LP_GUARD_TEXT] = "";
    if (turn == 0 && t->warm)
        way = (lp_way){.warm = true, .dual = t->dual_first, .scale = LP_SCALE_FULL};
    *r = (lp_simplex_result){.verdict = LP_V_FAILED};
    if (!make_doubles(a, f->n, &r->x) || !make_doubles(a, f->m, &r->y) ||
        !make_doubles(a, f->n, &r->ray))
        return TDO_E_MEMORY;
    if (lp_is_trivial(f))
        return TDO_OK;
    tdo_status s = lp_simplex(f, way, t->options, t->place, r, text);
    x->attempts++;
    x->iterations += r->iterations;
    x->seconds += r->seconds;
    return s == TDO_E_INTERNAL ? TDO_OK : s; /* a complaint is one more failed attempt */
}

/* Starts from the rows. */
static void slack_basis(const lp_task *t)
{
    const lp_form *f = t->form;
    for (size_t v = 0; v < f->n + f->m; v++)
        t->place[v] = v < f->n ? (uint8_t)lp_settle(TDO_LP_AT_LOWER, f->lower[v], f->upper[v])
                               : (uint8_t)TDO_LP_BASIC;
}

/* Infeasible or unbounded by no more than the rounding of the data: true of the doubles, and of
 * no use to anybody who meant 0.1 + 0.2 = 0.3. */
static bool splits_hairs(const lp_answer *x)
{
    return (x->outcome == TDO_LP_INFEASIBLE || x->outcome == TDO_LP_UNBOUNDED) &&
           !(x->certificate.gap >= TDO_LP_TOLERANCE);
}

/* A basis before the judge: GLPK's answer r (NULL: of an earlier problem), or what it makes of
 * that. *dear: it gave up, and would whatever the basis. */
static tdo_status take_judged(const lp_task *t, const lp_simplex_result *r, tdo_arena *a,
                              lp_answer *x, bool *done, bool *dear)
{
    const size_t count = t->form->n + t->form->m;
    lp_answer proven = *x;
    uint8_t *place = tdo_alloc(a, count, 1);
    bool taken = false;
    if (!place)
        return TDO_E_MEMORY;
    memcpy(place, t->place, count);
    tdo_status s = judge(t, place, a, &proven, &taken);
    *dear = !taken;
    const bool in_doubt = !taken || splits_hairs(&proven);
    if (s == TDO_OK && r && in_doubt)
        s = weigh(t, r, a, x, done);
    if (s == TDO_OK && taken && !*done && (r || !in_doubt)) {
        proven.attempts = x->attempts; /* weighing may have taken some */
        proven.iterations = x->iterations;
        proven.seconds = x->seconds;
        *x = proven;
        memcpy(t->place, place, count);
        *done = true;
    } else {
        x->work = proven.work;
        lp_answer_free(&proven);
    }
    return s;
}

tdo_status lp_relax(const lp_task *t, tdo_arena *a, lp_answer *out, tdo_error *err)
{
    const size_t turns = COLD_WAYS + (t->warm ? 1 : 0);
    bool done = false, dear = false;
    tdo_status s = TDO_OK;
    *out = (lp_answer){.outcome = TDO_LP_NUMERICAL,
                       .objective = (double)NAN,
                       .certificate = {(double)NAN, (double)NAN, (double)NAN, (double)NAN, false}};
    if (!lp_scales_make(t->form, a, &out->scales))
        s = TDO_E_MEMORY;
    if (!t->warm)
        slack_basis(t);
    if (s == TDO_OK && t->settled)
        s = take_judged(t, NULL, a, out, &done, &dear);
    for (size_t turn = 0; s == TDO_OK && !done && turn < turns; turn++) {
        lp_simplex_result r = {0};
        s = call_glpk(t, turn, a, &r, out);
        if (s == TDO_OK)
            s = turn == 0 && !dear ? take_judged(t, &r, a, out, &done, &dear)
                                   : weigh(t, &r, a, out, &done);
    }
    if (out->outcome == TDO_LP_LIMIT && !(out->certificate.primal <= TDO_LP_TOLERANCE))
        out->x = NULL; /* not a solution */
    return s == TDO_E_MEMORY ? no_memory(err) : s;
}
