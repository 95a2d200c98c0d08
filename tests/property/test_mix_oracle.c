/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random small mixes against an oracle that tries every vertex, and what must not change anything.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/mix_world.h"
#include "../unit/random.h"
#include "mix_oracle.h"

enum { TRIALS = 300 };

/* One decision, as the library and as the oracle see it. Values are readings on [0, 1]. */
typedef struct pair {
    mix_world m;
    oracle_mix o;
} pair;

/* In steps of 1/16 (many ties), or anything. */
static double some(rng *r, bool coarse)
{
    return coarse ? (double)rng_below(r, 17) / 16 : rng_unit(r);
}

static void make(rng *r, pair *p, size_t n, size_t s, size_t limits)
{
    double utility[ORACLE_N * ORACLE_ROWS], column[ORACLE_N];
    bool coarse = rng_below(r, 2) == 0;
    p->o = (oracle_mix){.n = n, .levels = s, .limits = limits};
    for (size_t i = 0; i < n; i++)
        for (size_t h = 0; h < s; h++)
            utility[i * s + h] = p->o.level[h][i] = some(r, coarse);
    mix_start(&p->m, utility, n, s, 1);
    for (size_t k = 0; k < limits; k++) {
        double low = 1, high = 0;
        for (size_t i = 0; i < n; i++) {
            column[i] = p->o.limit[k][i] = some(r, coarse);
            low = fmin(low, column[i]);
            high = fmax(high, column[i]);
        }
        p->o.bound[k] = low + (high - low) * some(r, coarse);
        mix_limit_column(&p->m, column, p->o.bound[k]);
    }
}

static void make_small(rng *r, pair *p)
{
    make(r, p, 1 + rng_below(r, 5), 1 + rng_below(r, 3), rng_below(r, 3));
}

/* The library's answer and the oracle's best value; an infeasible one is infeasible for both. */
static bool solve(pair *p, double best)
{
    if (isinf(best)) {
        assert_int_equal(mix_run(&p->m), TDO_OK);
        assert_int_equal(p->m.mix.status, TDO_MIX_INFEASIBLE);
        return false;
    }
    mix_solve_ok(&p->m);
    return true;
}

static void weighted_agrees(void **state)
{
    rng r = {11};
    (void)state;
    for (int trial = 0; trial < TRIALS; trial++) {
        pair p;
        double power[ORACLE_ROWS], sum = 0;
        make_small(&r, &p);
        for (size_t h = 0; h < p.o.levels; h++)
            sum += power[h] = 0.1 + rng_unit(&r);
        for (size_t h = 0; h < p.o.levels; h++) {
            p.m.w.stakeholders[h].power = power[h];
            power[h] /= sum;
        }
        double best = oracle_sum(&p.o, power);
        if (solve(&p, best))
            near(p.m.mix.value, best, 1e-9, 0);
        mix_end(&p.m);
    }
}

static void the_least_level_agrees(void **state)
{
    rng r = {12};
    (void)state;
    for (int trial = 0; trial < TRIALS; trial++) {
        pair p;
        make_small(&r, &p);
        p.m.w.s.mix.rule = TDO_MIX_MAXIMIN;
        double best = oracle_least(&p.o, 0);
        if (solve(&p, best))
            near(p.m.mix.value, best, 1e-9, 0);
        mix_end(&p.m);
    }
}

static void leximin_agrees_with_its_definition(void **state)
{
    rng r = {13};
    (void)state;
    for (int trial = 0; trial < TRIALS; trial++) {
        pair p;
        double level[ORACLE_ROWS];
        make(&r, &p, 2 + rng_below(&r, 4), 2 + rng_below(&r, 2), rng_below(&r, 2));
        p.m.w.s.mix.rule = TDO_MIX_LEXIMIN;
        if (solve(&p, oracle_least(&p.o, 0)) && oracle_leximin(&p.o, level))
            for (size_t l = 0; l < p.o.levels; l++)
                near(p.m.mix.level[l].level, level[l], 1e-6, 0);
        mix_end(&p.m);
    }
}

static void scaled_levels_agree(void **state)
{
    rng r = {14};
    (void)state;
    for (int trial = 0; trial < TRIALS; trial++) {
        pair p;
        make_small(&r, &p);
        bool ks = trial % 2 == 0;
        p.m.w.s.mix.rule = ks ? TDO_MIX_KALAI_SMORODINSKY : TDO_MIX_MINIMAX_REGRET;
        size_t kept = 0;
        for (size_t h = 0; h < p.o.levels; h++) {
            double best = 0, least = 1;
            for (size_t i = 0; i < p.o.n; i++) {
                best = fmax(best, p.o.level[h][i]);
                least = fmin(least, p.o.level[h][i]);
            }
            if (ks && !(best > least))
                continue;
            for (size_t i = 0; i < p.o.n; i++)
                p.o.level[kept][i] = ks ? (p.o.level[h][i] - least) / (best - least)
                                        : p.o.level[h][i] - best;
            kept++;
        }
        p.o.levels = kept;
        double best = oracle_least(&p.o, 0);
        if (kept > 0 && solve(&p, best))
            near(p.m.mix.value, best, 1e-9, 0);
        mix_end(&p.m);
    }
}

static void chebyshev_agrees(void **state)
{
    rng r = {15};
    (void)state;
    for (int trial = 0; trial < TRIALS; trial++) {
        pair p;
        make_small(&r, &p);
        p.m.w.s.mix.rule = TDO_MIX_CHEBYSHEV;
        for (size_t h = 0; h < p.o.levels; h++)
            for (size_t i = 0; i < p.o.n; i++)
                p.o.level[h][i] = (p.o.level[h][i] - 1) / (double)p.o.levels;
        double best = oracle_least(&p.o, 0.001);
        if (solve(&p, best))
            near(p.m.mix.value, best, 1e-9, 0);
        mix_end(&p.m);
    }
}

/* ---- nash: no vertex lies above the tangent plane at the answer ---- */

typedef struct tangent {
    const pair *p;
    const double *gain, *least;
    double most;
} tangent;

static void above_tangent(void *user, const double *x)
{
    tangent *t = user;
    const oracle_mix *o = &t->p->o;
    double sum = 0;
    for (size_t l = 0; l < o->levels; l++) {
        double at = -t->least[l];
        for (size_t i = 0; i < o->n; i++)
            at += o->level[l][i] * x[i];
        sum += (at / t->gain[l] - 1) / (double)o->levels;
    }
    t->most = fmax(t->most, sum);
}

static void nash_is_on_its_tangent(void **state)
{
    rng r = {16};
    int gains = 0;
    (void)state;
    for (int trial = 0; trial < TRIALS; trial++) {
        pair p;
        double gain[ORACLE_ROWS], least[ORACLE_ROWS];
        make(&r, &p, 2 + rng_below(&r, 4), 1 + rng_below(&r, 3), rng_below(&r, 3));
        p.m.w.s.mix.rule = TDO_MIX_NASH;
        if (solve(&p, oracle_least(&p.o, 0)) && !p.m.mix.no_gain) {
            double product = 1;
            gains++;
            for (size_t l = 0; l < p.o.levels; l++) {
                least[l] = p.m.w.u.disagreement[l];
                gain[l] = p.m.mix.utility[l] - least[l];
                assert_true(gain[l] > 0);
                product *= pow(gain[l], 1 / (double)p.o.levels);
            }
            near(p.m.mix.value, product, 1e-14, 1e-12);
            tangent t = {&p, gain, least, -INFINITY};
            oracle o;
            oracle_start(&p.o, false, &o);
            o.each = above_tangent;
            o.user = &t;
            (void)oracle_run(&o);
            assert_true(t.most <= 1e-9);
        }
        mix_end(&p.m);
    }
    assert_true(gains > TRIALS / 3);
}

/* ---- whole numbers ---- */

/* The best over all sets of at most so many, each with at least so much. worst: level 0 counts the
 * worst of those used. */
static double best_of_sets(const oracle_mix *o, size_t most, double low, bool worst, double rho)
{
    double best = -INFINITY;
    for (unsigned set = 1; set < 1u << o->n; set++) {
        oracle_mix part = *o;
        part.n = 0;
        part.low = low;
        if ((size_t)oracle_bits(set) > most || low * oracle_bits(set) > 1)
            continue;
        for (size_t i = 0; i < o->n; i++) {
            if (!(set >> i & 1))
                continue;
            for (size_t l = 0; l < o->levels; l++)
                part.level[l][part.n] = o->level[l][i];
            for (size_t k = 0; k < o->limits; k++)
                part.limit[k][part.n] = o->limit[k][i];
            part.n++;
        }
        double least = 1;
        for (size_t i = 0; i < part.n; i++)
            least = fmin(least, part.level[0][i]);
        for (size_t i = 0; i < part.n && worst; i++)
            part.level[0][i] = least;
        best = fmax(best, rho > 0 ? oracle_sum(&part, (double[]){rho, rho, rho, rho})
                                  : oracle_least(&part, 0));
    }
    return best;
}

static void few_models_agree(void **state)
{
    rng r = {17};
    (void)state;
    for (int trial = 0; trial < TRIALS / 3; trial++) {
        pair p;
        make(&r, &p, 2 + rng_below(&r, 4), 2 + rng_below(&r, 2), rng_below(&r, 2));
        size_t most = 1 + rng_below(&r, 3);
        double low = (double)rng_below(&r, 4) / 8;
        p.m.w.s.mix.rule = trial % 2 ? TDO_MIX_MAXIMIN : TDO_MIX_WEIGHTED;
        p.m.w.s.mix.max_models = most;
        p.m.w.s.mix.min_share = low;
        double best = best_of_sets(&p.o, most, low, false, trial % 2 ? 0 : 1 / (double)p.o.levels);
        if (solve(&p, best)) {
            near(p.m.mix.value, best, 1e-7, 0);
            assert_true(p.m.mix.n_shares <= most);
            for (size_t k = 0; k < p.m.mix.n_shares; k++)
                assert_true(p.m.mix.shares[k].share >= low - 1e-12);
        }
        mix_end(&p.m);
    }
}

static void the_worst_part_counts(void **state)
{
    rng r = {18};
    (void)state;
    for (int trial = 0; trial < TRIALS / 3; trial++) {
        pair p;
        make(&r, &p, 2 + rng_below(&r, 4), 2 + rng_below(&r, 2), rng_below(&r, 2));
        p.m.w.criteria[0].mixes_worst = true;
        p.m.w.s.mix.rule = trial % 2 ? TDO_MIX_MAXIMIN : TDO_MIX_WEIGHTED;
        double best = best_of_sets(&p.o, p.o.n, 0, true, trial % 2 ? 0 : 1 / (double)p.o.levels);
        if (solve(&p, best)) {
            near(p.m.mix.value, best, 1e-7, 0);
            assert_true(p.m.mix.whole);
        }
        mix_end(&p.m);
    }
}

/* nash with few models: no set of candidates has a better product. */
static void nash_of_few_models(void **state)
{
    rng r = {19};
    (void)state;
    for (int trial = 0; trial < TRIALS / 6; trial++) {
        pair p;
        mix_world q;
        make(&r, &p, 4, 2, rng_below(&r, 2));
        p.m.w.s.mix.rule = TDO_MIX_NASH;
        p.m.w.s.mix.max_models = 2;
        assert_int_equal(mix_run(&p.m), TDO_OK);
        if (p.m.mix.status != TDO_MIX_OPTIMAL || p.m.mix.no_gain) {
            mix_end(&p.m);
            continue;
        }
        double best = 0;
        for (size_t a = 0; a < 4; a++)
            for (size_t b = 0; b < a; b++) { /* the others may not mix: their cost is too high */
                double cost[4] = {1, 1, 1, 1};
                tdo_mix mix;
                cost[a] = cost[b] = 0;
                q = p.m;
                q.w.s.mix.max_models = 0;
                q.w.s.mix.limits = q.limits;
                for (size_t k = 0; k < q.w.s.mix.n_limits; k++)
                    q.limited[k] = q.column[k];
                mix_limit_column(&q, cost, 0);
                q.w.x.mix_limited = q.limited;
                const tdo_case k = {
                    .s = &q.w.s, .x = &q.w.x, .f = &p.m.w.f, .v = &p.m.w.v, .u = &p.m.w.u};
                assert_int_equal(tdo_mix_solve(&k, p.m.w.a, &mix, NULL), TDO_OK);
                if (mix.status == TDO_MIX_OPTIMAL && !mix.no_gain)
                    best = fmax(best, mix.value);
            }
        near(p.m.mix.value, best, 1e-7, 0);
        mix_end(&p.m);
    }
}

/* ---- curves ---- */

static double on_curve(const tdo_price *c, double bound)
{
    if (bound <= c->bound[0])
        return bound < c->bound[0] ? -INFINITY : c->value[0];
    for (size_t k = 1; k < c->points; k++)
        if (bound <= c->bound[k]) {
            double part = (bound - c->bound[k - 1]) / (c->bound[k] - c->bound[k - 1]);
            return c->value[k - 1] + part * (c->value[k] - c->value[k - 1]);
        }
    return c->value[c->points - 1];
}

static void curves_agree_everywhere(void **state)
{
    static const tdo_mix_rule rules[] = {TDO_MIX_WEIGHTED, TDO_MIX_MAXIMIN, TDO_MIX_CHEBYSHEV};
    rng r = {20};
    int compared = 0;
    (void)state;
    for (int trial = 0; trial < TRIALS / 3; trial++) {
        pair p;
        make(&r, &p, 3 + rng_below(&r, 3), 1 + rng_below(&r, 3), 1 + rng_below(&r, 2));
        tdo_mix_rule rule = p.m.w.s.mix.rule = rules[trial % 3];
        if (isinf(oracle_least(&p.o, 0))) {
            p.m.w.a = NULL;
            continue;
        }
        mix_solve_ok(&p.m);
        for (size_t h = 0; h < p.o.levels && rule == TDO_MIX_CHEBYSHEV; h++)
            for (size_t i = 0; i < p.o.n; i++)
                p.o.level[h][i] = (p.o.level[h][i] - 1) / (double)p.o.levels;
        double even = 1 / (double)p.o.levels;
        for (size_t k = 0; k < p.o.limits; k++) {
            const tdo_price *c = &p.m.mix.limit[k].price;
            double now = p.o.bound[k];
            assert_true(c->known && c->complete);
            near(on_curve(c, now), p.m.mix.value, 1e-9, 0);
            for (size_t q = 1; q < c->points; q++)
                assert_true(c->bound[q] > c->bound[q - 1] && c->value[q] > c->value[q - 1]);
            for (int step = 0; step <= 10; step++, compared++) {
                p.o.bound[k] = step / 10.0;
                double best = rule == TDO_MIX_WEIGHTED
                                  ? oracle_sum(&p.o, (double[]){even, even, even})
                                  : oracle_least(&p.o, rule == TDO_MIX_CHEBYSHEV ? 0.001 : 0);
                double curve = on_curve(c, step / 10.0);
                if (isinf(best) || isinf(curve))
                    assert_true(isinf(best) == isinf(curve) ||
                                fabs(step / 10.0 - c->bound[0]) < 1e-9);
                else
                    near(curve, best, 1e-9, 0);
            }
            p.o.bound[k] = now;
            assert_true(c->left >= c->right - 1e-12 && c->right >= 0);
        }
        mix_end(&p.m);
    }
    assert_true(compared > TRIALS);
}

/* ---- clashes ---- */

static bool can_meet(const oracle_mix *o, unsigned kept)
{
    oracle_mix part = *o;
    part.limits = 0;
    for (size_t k = 0; k < o->limits; k++)
        if (kept >> k & 1) {
            memcpy(part.limit[part.limits], o->limit[k], sizeof o->limit[k]);
            part.bound[part.limits++] = o->bound[k];
        }
    return !isinf(oracle_sum(&part, (double[]){1, 1, 1, 1}));
}

static void clashes_are_the_smallest_and_all(void **state)
{
    rng r = {21};
    int clashed = 0;
    (void)state;
    for (int trial = 0; trial < TRIALS; trial++) {
        pair p;
        unsigned found = 0;
        make(&r, &p, 1 + rng_below(&r, 5), 1, 2 + rng_below(&r, 3));
        unsigned all = (1u << p.o.limits) - 1;
        assert_int_equal(mix_run(&p.m), TDO_OK);
        const tdo_mix_clash *c = &p.m.mix.clash;
        assert_int_equal(p.m.mix.status == TDO_MIX_INFEASIBLE, !can_meet(&p.o, all));
        for (unsigned set = 1; set <= all && p.m.mix.status == TDO_MIX_INFEASIBLE; set++) {
            bool smallest = !can_meet(&p.o, set), listed = false;
            for (size_t k = 0; k < p.o.limits; k++)
                if (set >> k & 1)
                    smallest = smallest && can_meet(&p.o, set & ~(1u << k));
            for (size_t s = 0; s < c->sets; s++) {
                unsigned its = 0;
                for (size_t k = 0; k < c->size[s]; k++)
                    its |= 1u << c->set[s][k];
                listed |= its == set;
            }
            assert_int_equal(smallest, listed);
            found += smallest;
        }
        if (p.m.mix.status == TDO_MIX_INFEASIBLE) {
            clashed++;
            assert_true(c->complete && c->sets == found && c->margin > 0);
            for (size_t k = 0; k < p.o.limits; k++) {
                oracle_mix loose = p.o;
                assert_int_equal(!isnan(c->relax[k]), can_meet(&p.o, all & ~(1u << k)));
                if (isnan(c->relax[k]))
                    continue;
                loose.bound[k] = c->relax[k];
                assert_true(can_meet(&loose, all));
                loose.bound[k] = c->relax[k] - 1e-6;
                assert_false(can_meet(&loose, all));
            }
        }
        mix_end(&p.m);
    }
    assert_true(clashed > TRIALS / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weighted_agrees),
        cmocka_unit_test(the_least_level_agrees),
        cmocka_unit_test(leximin_agrees_with_its_definition),
        cmocka_unit_test(scaled_levels_agree),
        cmocka_unit_test(chebyshev_agrees),
        cmocka_unit_test(nash_is_on_its_tangent),
        cmocka_unit_test(few_models_agree),
        cmocka_unit_test(the_worst_part_counts),
        cmocka_unit_test(nash_of_few_models),
        cmocka_unit_test(curves_agree_everywhere),
        cmocka_unit_test(clashes_are_the_smallest_and_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
