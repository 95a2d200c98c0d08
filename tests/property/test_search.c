/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random decisions against the oracle. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/group.h"
#include "../unit/near.h"
#include "decisions.h"
#include "rules/rules.h"
#include "search_oracle.h"

enum { DECISIONS = 2000, CHAINS = 400, FRONTIERS = 300, ORDERS = 40 };

/* ---- against the oracle ---- */

static void check_rule(const tdo_scenario *s, oracle *o, tdo_rule rule, const tdo_rule_result *r)
{
    bool leximin = rule == TDO_RULE_MAXIMIN || rule == TDO_RULE_KALAI_SMORODINSKY;
    bool lacks = tdo_rule_about[rule]->lacks && tdo_rule_about[rule]->lacks(s);
    if (lacks || tdo_rule_leads(rule, o->f) || !tdo_rule_takes(rule, o->f))
        assert_true(r->computed == (!lacks && tdo_rule_takes(rule, o->f)));
    if (!r->computed || (rule == TDO_RULE_KEMENY && o->f > ORACLE_BRUTE))
        return;
    oracle_apply(o, rule);
    for (size_t i = 0; i < o->f; i++) {
        near(r->score[i], o->score[i], 1e-13, 1e-12);
        /* Both sum in their own order. The definition is about the score that is shown. */
        o->score[i] = r->score[i];
    }
    if (!leximin && rule != TDO_RULE_KEMENY)
        o_rank_by_score(o);
    for (size_t i = 0; i < o->f; i++)
        assert_int_equal(r->rank[i], o->rank[i]);
}

static void check_frontier(const double *x, size_t n, size_t d, const tdo_front *front)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        bool beaten = false;
        for (size_t j = 0; j < n && !beaten; j++)
            beaten = o_dominates(x + j * d, x + i * d, d);
        assert_int_equal(front->member[i], !beaten);
        if (!beaten)
            assert_int_equal(front->list[count++], i);
    }
    assert_int_equal(front->count, count);
}

/* Does a come before b in the printed order? */
static bool o_before(const world *w, const uint32_t *rank, uint32_t a, uint32_t b)
{
    if (rank[a] != rank[b])
        return rank[a] < rank[b];
    if (w->front.member[a] != w->front.member[b])
        return w->front.member[a];
    return strcmp(w->id[a], w->id[b]) < 0;
}

static void check_order(const world *w)
{
    const uint32_t *rank = w->r.by_rule[w->s.rule].rank;
    const tdo_case now = world_case(w);
    const double *gain = world_gains(w);
    for (uint32_t k = 0; k < w->n; k++) {
        size_t place = 0;
        for (uint32_t j = 0; j < w->n; j++)
            place += o_before(w, rank, j, k);
        assert_int_equal(w->r.order[place], k);
        const uint32_t by = tdo_dominator(&now, k);
        uint32_t expected = UINT32_MAX;
        for (size_t i = w->n; i-- > 0;) {
            uint32_t j = w->r.order[i];
            if (w->front.member[j] && o_dominates(gain + j * w->d, gain + k * w->d, w->d))
                expected = j;
        }
        assert_int_equal(by, expected);
        assert_int_equal(by == UINT32_MAX, w->front.member[k]);
    }
    for (int rule = 0; rule < TDO_RULES; rule++)
        for (uint32_t k = 0; k < w->n && w->r.by_rule[rule].computed; k++)
            assert_false(o_before(w, w->r.by_rule[rule].rank, k, w->r.winner[rule]));
}

static void check_stakeholders(const world *w, const oracle *o)
{
    for (size_t s = 0; s < w->s_n; s++) {
        size_t favourite = w->n;
        for (size_t i = w->n; i-- > 0;) {
            uint32_t k = w->r.order[i];
            size_t better = 0;
            for (size_t j = 0; j < w->n; j++)
                better += o_prefers(o, s, j, k) > 0;
            assert_int_equal(w->r.stakeholder_rank[s * w->n + k], 1 + better);
            favourite = better == 0 ? k : favourite;
        }
        assert_int_equal(w->r.favourite[s], favourite);
    }
}

static bool is_first(const tdo_rule_result *of, uint32_t k)
{
    return of->rank[k] == 1 || (of->leads && of->leads >> k & 1);
}

/* Ranks that are kept of some, and those that are asked for later, are those of all. */
static void check_some(const world *w, const tdo_case *in)
{
    tdo_case now = *in;
    const uint32_t chosen = w->r.recommended;
    const tdo_rank_options how = {.few_scores = true, .best_ranks = 1 + w->n / 16};
    uint32_t asked[WORLD_N];
    size_t n = 0;
    tdo_ranking few = {0};
    tdo_places later = {0};
    for (uint32_t k = 0; k < w->n; k += 11)
        asked[n++] = k;
    assert_int_equal(tdo_rank_all(&now, &how, w->a, &few, NULL), TDO_OK);
    assert_int_equal(tdo_find_places(&now, asked, n, w->a, &later), TDO_OK);
    now.r = &few;
    for (size_t s = 0; s < w->s_n; s++)
        for (size_t q = 0; q < n; q++) {
            const uint32_t own = w->r.stakeholder_rank[s * w->n + asked[q]];
            assert_int_equal(later.own[s * n + q], own);
            assert_int_equal(tdo_own_rank(&now, s, asked[q]), own);
        }
    assert_int_equal(few.recommended, chosen);
    assert_true(tdo_place_of(few.places, chosen) < few.places->n);
    for (int rule = 0; rule < TDO_RULES; rule++) {
        const tdo_rule_result *all = &w->r.by_rule[rule];
        size_t first = 0;
        assert_int_equal(few.by_rule[rule].computed, all->computed);
        if (!all->computed)
            continue;
        for (size_t q = 0; q < n; q++)
            assert_int_equal(later.rank[rule][q], all->rank[asked[q]]);
        for (size_t q = 0; q < few.places->n && rule != (int)w->s.rule; q++)
            assert_int_equal(few.places->rank[rule][q], all->rank[few.places->slot[q]]);
        const uint32_t place = is_first(all, chosen) ? 1 : all->rank[chosen];
        assert_int_equal(few.recommended_rank[rule], place);
        assert_int_equal(w->r.recommended_rank[rule], place);
        for (size_t i = 0; i < w->n; i++)
            if (is_first(all, w->r.order[i])) {
                assert_int_equal(few.first[rule][first], w->r.order[i]);
                assert_int_equal(w->r.first[rule][first++], w->r.order[i]);
            }
        assert_int_equal(few.n_first[rule], first);
        assert_int_equal(few.winner[rule], w->r.winner[rule]);
    }
}

/* The same where values and utilities are computed when they are asked for. */
static void check_unkept(const world *w)
{
    tdo_case now = world_case(w);
    tdo_valued v = w->v;
    tdo_utility u = w->u;
    tdo_ranking r = {0};
    check_some(w, &now);
    v.value = u.values.value = u.utility = NULL;
    now.v = &v;
    now.u = &u;
    for (size_t k = 0; k < w->n; k++) {
        for (size_t c = 0; c < w->d; c++)
            assert_true(tdo_value_at(&v, c, k) == w->v.value[c * w->n + k]);
        for (size_t s = 0; s < w->s_n; s++)
            assert_true(tdo_utility_at(&u, s, k) == w->u.utility[s * w->n + k]);
    }
    assert_int_equal(tdo_rank_all(&now, NULL, w->a, &r, NULL), TDO_OK);
    for (int rule = 0; rule < TDO_RULES; rule++)
        for (size_t k = 0; k < w->n && r.by_rule[rule].computed; k++) {
            assert_true(r.by_rule[rule].score[k] == w->r.by_rule[rule].score[k]);
            assert_int_equal(r.by_rule[rule].rank[k], w->r.by_rule[rule].rank[k]);
        }
    check_some(w, &now);
}

static double badness(const world *w, size_t c, size_t i)
{
    const tdo_criterion *of = &w->criteria[c];
    double x = w->reading[i * w->d + c];
    return of->goal == TDO_GOAL_TARGET ? fabs(x - of->target) : of->goal == TDO_GOAL_MIN ? x : -x;
}

static void check_choice(const world *w)
{
    const double *score = w->r.by_rule[w->s.rule].score;
    uint32_t top = w->r.order[0], chosen = top;
    size_t c = w->s.simpler, tied = 0;
    bool asked = false;
    for (size_t i = w->n; c != TDO_NONE && i-- > 0;) { /* from the last: the first remains */
        uint32_t k = w->r.order[i];
        if (score[top] - score[k] <= w->s.simpler_within + 1e-12 && k != top &&
            badness(w, c, k) < badness(w, c, top) && badness(w, c, k) <= badness(w, c, chosen))
            chosen = k;
    }
    assert_int_equal(w->r.top, top);
    assert_int_equal(w->r.recommended, chosen);
    if (w->n > 1) {
        assert_int_equal(w->r.runner_up, chosen == top ? w->r.order[1] : top);
        near(w->r.margin, score[chosen] - score[w->r.runner_up], 0, 0);
    }
    for (size_t k = 0; k < w->d; k++)
        asked |= w->criteria[k].has_indifference;
    for (size_t i = 0; i < w->n && asked; i++) {
        uint32_t k = w->r.order[i];
        bool same = k != chosen;
        for (size_t q = 0; q < w->d; q++)
            same &= fabs(badness(w, q, k) - badness(w, q, chosen)) <= w->criteria[q].indifference;
        if (same)
            assert_int_equal(w->r.tied[tied++], k);
    }
    assert_int_equal(w->r.n_tied, tied);
}

static void decisions_match_the_oracle(void **state)
{
    static world w;
    static oracle o;
    (void)state;
    for (size_t number = 0; number < DECISIONS; number++) {
        rng r = start_case(number);
        random_world(&w, &r);
        decide(&w);
        o = (oracle){.f = w.n,
                     .s = w.s_n,
                     .d = w.d,
                     .utility = w.u.utility,
                     .value = w.v.value,
                     .weight = w.u.weight,
                     .power = w.u.power,
                     .id = w.x.id};
        double d[ORACLE_S];
        for (size_t s = 0; s < w.s_n; s++) {
            d[s] = INFINITY;
            for (size_t i = 0; i < w.n; i++)
                d[s] = fmin(d[s], o_u(&o, s, i));
            if (w.incumbent != TDO_NONE)
                d[s] = o_u(&o, s, w.incumbent);
        }
        o.disagreement = d;
        check_frontier(world_gains(&w), w.n, w.d, &w.front);
        for (int rule = 0; rule < TDO_RULES; rule++)
            check_rule(&w.s, &o, (tdo_rule)rule, &w.r.by_rule[rule]);
        check_order(&w);
        check_stakeholders(&w, &o);
        check_choice(&w);
        check_unkept(&w);
        world_end(&w);
    }
}

/* Levels that are asked for one by one, as of very many candidates, rank as those of all do. */
static void check_asked(group *g, tdo_rule rule, const tdo_rule_result *whole)
{
    const tdo_measured x = {.n = g->u.f, .id = g->id};
    const tdo_case in = {.s = &g->s, .x = &x, .f = &g->f, .v = &g->v, .u = &g->u};
    rule_bench bench = {.level = NULL};
    double score[GROUP_F];
    uint32_t rank[GROUP_F];
    assert_int_equal(rule_bench_make(rule, &g->u, g->a, &bench), TDO_OK);
    bench.whole = false;
    assert_int_equal(rule_apply_at(&bench, rule, &in, score, rank), RULE_RANK);
    for (size_t k = 0; k < g->u.f; k++) {
        near(score[k], whole->score[k], 0, 0);
        assert_int_equal(rank[k], whole->rank[k]);
    }
}

/* Utilities that differ by steps of 0.4e-12: "tied" is not transitive among them. */
static void chains_at_the_tolerance_match_the_oracle(void **state)
{
    static oracle o;
    (void)state;
    for (size_t number = 0; number < CHAINS; number++) {
        rng r = start_case(number);
        size_t f = 1 + rng_below(&r, 40), s = 1 + rng_below(&r, 6), steps = 1 + rng_below(&r, 9);
        double u[GROUP_F * GROUP_S], power[GROUP_S];
        group g;
        for (size_t k = 0; k < f * s; k++)
            u[k] = (double)rng_below(&r, 3) / 4 + (double)rng_below(&r, steps) * 0.4e-12;
        for (size_t h = 0; h < s; h++)
            power[h] = amount(&r, true, h == 0);
        group_make(&g, u, f, s, power);
        o = (oracle){.f = f,
                     .s = s,
                     .utility = g.utility,
                     .power = g.power,
                     .disagreement = g.disagreement,
                     .id = g.id};
        for (int rule = 0; rule < TDO_RULES; rule++) {
            tdo_rule_result result = group_apply(&g, (tdo_rule)rule);
            check_rule(&g.s, &o, (tdo_rule)rule, &result);
            if (rule == TDO_RULE_MAXIMIN || rule == TDO_RULE_KALAI_SMORODINSKY)
                check_asked(&g, (tdo_rule)rule, &result);
        }
        group_free(&g);
    }
}

/* More candidates than all orders can be tried for: no neighbours want to swap, no random order
 * costs less, and no single move does. */
static void larger_kemeny_orders_cannot_be_improved(void **state)
{
    static oracle o;
    (void)state;
    for (size_t number = 0; number < ORDERS; number++) {
        rng r = start_case(number);
        size_t f = 8 + rng_below(&r, TDO_KEMENY_SURE + 8), s = 1 + rng_below(&r, 6);
        double u[GROUP_F * GROUP_S], power[GROUP_S];
        size_t order[TDO_KEMENY_MAX], other[TDO_KEMENY_MAX];
        group g;
        for (size_t k = 0; k < f * s; k++)
            u[k] = (double)rng_below(&r, 12) / 10;
        for (size_t h = 0; h < s; h++)
            power[h] = amount(&r, false, false);
        group_make(&g, u, f, s, power);
        o = (oracle){.f = f, .s = s, .utility = g.utility, .power = g.power, .id = g.id};
        tdo_rule_result result = group_apply(&g, TDO_RULE_KEMENY);
        assert_true(result.computed); /* beyond TDO_KEMENY_SURE: these are easy enough */
        for (size_t k = 0; k < f; k++)
            order[result.rank[k] - 1] = k;
        double cost = o_kemeny_cost(&o, order);
        for (size_t from = 0; from < f; from++)
            for (size_t to = 0; to < f; to++) {
                size_t n = 0;
                for (size_t k = 0; k < f; k++)
                    if (k != from)
                        other[n++] = order[k];
                memmove(other + to + 1, other + to, (f - 1 - to) * sizeof *other);
                other[to] = order[from];
                assert_true(cost <= o_kemeny_cost(&o, other) + 1e-12);
            }
        for (int turn = 0; turn < 200; turn++) {
            for (size_t k = f; k > 1; k--) {
                size_t j = rng_below(&r, k), swap = other[j];
                other[j] = other[k - 1];
                other[k - 1] = swap;
            }
            assert_true(cost <= o_kemeny_cost(&o, other) + 1e-12);
        }
        group_free(&g);
    }
}

/* Blocks of few candidates, all of one better than all of the next for everybody: the best order is
 * that of the blocks, each of which is small enough to try every order of it. */
static void kemeny_orders_of_blocks(void **state)
{
    enum { EACH = 5, BLOCKS = TDO_KEMENY_MAX / EACH };
    static oracle whole, one;
    (void)state;
    for (size_t number = 0; number < ORDERS; number++) {
        rng r = start_case(number);
        const size_t blocks = 1 + rng_below(&r, BLOCKS), f = blocks * EACH;
        const size_t s = 1 + rng_below(&r, 6);
        double u[GROUP_F * GROUP_S], of_one[EACH * GROUP_S], power[GROUP_S], least = 0;
        size_t order[TDO_KEMENY_MAX];
        group g, part;
        for (size_t h = 0; h < s; h++)
            power[h] = amount(&r, false, false);
        for (size_t k = 0; k < f; k++) /* block k % blocks: ids of a block lie apart */
            for (size_t h = 0; h < s; h++)
                u[k * s + h] = (double)(k % blocks) + (double)rng_below(&r, 8) / 10;
        group_make(&g, u, f, s, power);
        for (size_t k = 0; k < f; k++) /* in the order of the slots, as those of a block are */
            (void)snprintf(g.name[k], sizeof g.name[k], "%02zu", k);
        whole = (oracle){.f = f, .s = s, .utility = g.utility, .power = g.power, .id = g.id};
        tdo_rule_result result = group_apply(&g, TDO_RULE_KEMENY);
        assert_true(result.computed);
        for (size_t k = 0; k < f; k++)
            order[result.rank[k] - 1] = k;
        for (size_t block = 0; block < blocks; block++) {
            for (size_t k = 0; k < EACH; k++)
                memcpy(of_one + k * s, u + (k * blocks + block) * s, s * sizeof *u);
            group_make(&part, of_one, EACH, s, power);
            one = (oracle){
                .f = EACH, .s = s, .utility = part.utility, .power = part.power, .id = part.id};
            oracle_apply(&one, TDO_RULE_KEMENY);
            size_t best[EACH];
            for (size_t k = 0; k < EACH; k++)
                best[one.rank[k] - 1] = k;
            least += o_kemeny_cost(&one, best);
            for (size_t k = 0; k < EACH; k++) /* and among equally good orders the first by ids */
                assert_int_equal(order[(blocks - 1 - block) * EACH + k], best[k] * blocks + block);
            group_free(&part);
        }
        assert_true(fabs(o_kemeny_cost(&whole, order) - least) < 1e-9);
        group_free(&g);
    }
}

static void frontiers_match_the_oracle(void **state)
{
    (void)state;
    enum { N = 2500, D = 8 };
    double *x = calloc(N * D, sizeof *x);
    assert_non_null(x);
    for (size_t number = 0; number < FRONTIERS; number++) {
        rng r = start_case(number);
        size_t n = 1 + rng_below(&r, rng_below(&r, 3) ? 200 : N), d = 1 + rng_below(&r, D);
        size_t levels = 1 + rng_below(&r, rng_below(&r, 2) ? 12 : 1000000);
        double slope = rng_below(&r, 2) ? 0 : -1; /* -1: the last column works against the others */
        tdo_arena *a = tdo_arena_new();
        tdo_front front = {0};
        for (size_t i = 0; i < n; i++) {
            double sum = 0;
            for (size_t c = 0; c < d; c++) {
                x[i * d + c] = (double)rng_below(&r, levels) / 10 + (c + 1 == d ? slope * sum : 0);
                sum += x[i * d + c];
            }
        }
        assert_non_null(a);
        assert_int_equal(tdo_frontier(x, n, d, a, &front), TDO_OK);
        check_frontier(x, n, d, &front);
        tdo_arena_free(a);
    }
    free(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(decisions_match_the_oracle, say_case),
        cmocka_unit_test_teardown(chains_at_the_tolerance_match_the_oracle, say_case),
        cmocka_unit_test_teardown(larger_kemeny_orders_cannot_be_improved, say_case),
        cmocka_unit_test_teardown(kemeny_orders_of_blocks, say_case),
        cmocka_unit_test_teardown(frontiers_match_the_oracle, say_case),
    };
    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
