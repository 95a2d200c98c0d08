/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The group rules on numbers that others published, or that can be worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "group.h"
#include "near.h"
#include "random.h"

static void scores_are(const tdo_rule_result *r, const double *expected, size_t n, double tolerance)
{
    assert_true(r->computed);
    for (size_t k = 0; k < n; k++)
        near(r->score[k], expected[k], tolerance, 0);
}

static void ranks_are(const tdo_rule_result *r, const uint32_t *expected, size_t n)
{
    assert_true(r->computed);
    for (size_t k = 0; k < n; k++)
        assert_int_equal(r->rank[k], expected[k]);
}

#define SCORES(r, ...)                                                                             \
    scores_are(&(r), (double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}) / sizeof(double),    \
               5e-7)
#define RANKS(r, ...)                                                                              \
    ranks_are(&(r), (uint32_t[]){__VA_ARGS__}, sizeof((uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

/* Four candidates, three stakeholders. Definitions as in pref_voting's utility_methods.py, data
 * and numbers recomputed independently; given there to six decimals. */
static const double bargaining[] = {0.9, 0.3, 0.6,  /* a */
                                    0.6, 0.6, 0.6,  /* b */
                                    0.8, 0.5, 0.4,  /* c */
                                    0.2, 0.9, 0.9}; /* d */

static void published_bargaining(void **state)
{
    (void)state;
    group g;
    group_make(&g, bargaining, 4, 3, NULL);
    for (size_t s = 0; s < 3; s++)
        g.disagreement[s] = 0.2;
    tdo_rule_result r = group_apply(&g, TDO_RULE_WEIGHTED);
    SCORES(r, 1.8 / 3, 1.8 / 3, 1.7 / 3, 2.0 / 3);
    RANKS(r, 2, 2, 4, 1);
    r = group_apply(&g, TDO_RULE_MAXIMIN);
    SCORES(r, 0.3, 0.6, 0.4, 0.2);
    RANKS(r, 3, 1, 2, 4);
    r = group_apply(&g, TDO_RULE_NASH); /* powers of a third: the cube root of the product */
    SCORES(r, cbrt(0.028), cbrt(0.064), cbrt(0.036), 0);
    RANKS(r, 3, 1, 2, 4);
    r = group_apply(&g, TDO_RULE_KALAI_SMORODINSKY);
    SCORES(r, 0.142857, 0.571429, 0.285714, 0);
    RANKS(r, 3, 1, 2, 4);
    r = group_apply(&g, TDO_RULE_MINIMAX_REGRET);
    SCORES(r, -0.6, -0.3, -0.5, -0.7);
    RANKS(r, 3, 1, 2, 4);
    group_free(&g);
    group_make(&g, bargaining, 4, 3, (double[]){2, 1, 1});
    for (size_t s = 0; s < 3; s++)
        g.disagreement[s] = 0.2;
    r = group_apply(&g, TDO_RULE_NASH);
    SCORES(r, pow(0.0196, 0.25), pow(0.0256, 0.25), pow(0.0216, 0.25), 0);
    RANKS(r, 3, 1, 2, 4);
    group_free(&g);
}

/* "Tennessee": voters choose a capital among Memphis, Nashville, Chattanooga and Knoxville.
 * Pairwise, Borda and Kemeny numbers from electowiki.org, Kemeny-Young; recomputed. */
static void published_tennessee(void **state)
{
    (void)state;
    const double ballots[] = {3, 0, 0, 0,  /* Memphis: places from the last, for each group */
                              2, 3, 1, 1,  /* Nashville */
                              1, 2, 3, 2,  /* Chattanooga */
                              0, 1, 2, 3}; /* Knoxville */
    group g;
    group_make(&g, ballots, 4, 4, (double[]){42, 26, 15, 17});
    tdo_rule_result r = group_apply(&g, TDO_RULE_BORDA);
    SCORES(r, 1.26, 1.94, 1.73, 1.07);
    RANKS(r, 3, 1, 2, 4);
    r = group_apply(&g, TDO_RULE_COPELAND); /* wins less losses -3, 3, 1, -1 as wins + ties / 2 */
    SCORES(r, 0, 3, 2, 1);
    RANKS(r, 4, 1, 2, 3);
    r = group_apply(&g, TDO_RULE_KEMENY);
    SCORES(r, 0, 3, 2, 1);
    RANKS(r, 4, 1, 2, 3);
    group_free(&g);
}

/* Equal in the worst-off: the next decides, then the next; equal in all is a tie. */
static void leximin_looks_at_the_next_worst_off(void **state)
{
    (void)state;
    const double u[] = {0.2, 0.5, 0.9,  /* a */
                        0.9, 0.2, 0.6,  /* b: 0.2 0.6 0.9 beats a */
                        0.5, 0.9, 0.2,  /* c: the same as a in another order */
                        0.2, 0.2, 1.0,  /* d */
                        0.3, 0.3, 0.3}; /* e */
    group g;
    group_make(&g, u, 5, 3, NULL);
    tdo_rule_result r = group_apply(&g, TDO_RULE_MAXIMIN);
    RANKS(r, 3, 2, 3, 5, 1);
    near(r.score[1], 0.2, 0, 0);
    group_free(&g);
}

/* a ties with b and b with c (half a tolerance apart), but c is better than a: "tied" is not
 * transitive, and the rank counts pairs. The second level then decides among tied ones only. */
static void leximin_counts_pairs_in_a_chain(void **state)
{
    (void)state;
    const double h = 0.6e-12;
    const double u[] = {0.5, 0.9, 0.5 + h, 0.8, 0.5 + 2 * h, 0.7};
    group g;
    group_make(&g, u, 3, 2, NULL);
    tdo_rule_result r = group_apply(&g, TDO_RULE_MAXIMIN);
    /* a: c is better at once; b is tied, then worse (0.8 < 0.9). b: tied with both; a is better in
     * the second. c: b is tied and better in the second; a is worse at once. */
    RANKS(r, 2, 2, 2);
    group_free(&g);
}

/* Whoever has no power is shown, and left out of every rule: a is first for the other one. */
static void who_has_no_power_is_left_out_of_every_rule(void **state)
{
    (void)state;
    const double u[] = {0.9, 0.1, 0.6, 0.6}, value[] = {0.9, 0.6, 0.1, 0.6}, weight[] = {1, 0};
    const size_t stage[] = {1, 0};
    tdo_need need = {.criterion = 0, .has_min = true, .min = 0.7};
    group g;
    group_make(&g, u, 2, 2, (double[]){1, 0});
    g.u.d = g.v.d = 2;
    g.v.value = value;
    g.u.group_weight = weight;
    g.stakeholders[0].needs = g.stakeholders[1].needs = &need;
    g.stakeholders[0].n_needs = 1;
    g.s.rule_options = (tdo_rule_options){.stage = stage, .n_stages = 2};
    for (tdo_rule rule = 0; rule < TDO_RULES; rule++) {
        tdo_rule_result r = group_apply(&g, rule);
        assert_true(r.computed);
        RANKS(r, 1, 2);
    }
    g.disagreement[1] = 0.1; /* no gain for the powerless one: a bargain all the same */
    near(group_apply(&g, TDO_RULE_NASH).score[0], 0.9 - 0.6, 1e-15, 0);
    group_free(&g);
}

static void favourites_that_tie_share_a_vote(void **state)
{
    (void)state;
    const double u[] = {0.5, 0.9, 0.1,  /* a: the first one's, beside b, and the second one's */
                        0.5, 0.2, 0.8,  /* b */
                        0.4, 0.1, 0.9}; /* c: the third one's */
    group g;
    group_make(&g, u, 3, 3, (double[]){2, 1, 1});
    tdo_rule_result r = group_apply(&g, TDO_RULE_PLURALITY);
    SCORES(r, 0.5, 0.25, 0.25);
    RANKS(r, 1, 2, 2);
    group_free(&g);
}

static void needs_come_before_utility(void **state)
{
    (void)state;
    const double u[] = {0.5, 0.9,  /* a: the first one's need is met */
                        0.4, 1.0,  /* b */
                        0.6, 0.1}; /* c: met, and less in total */
    tdo_need need = {.criterion = 0, .has_min = true, .min = 0.5};
    group g;
    group_make(&g, u, 3, 2, NULL);
    assert_false(group_apply(&g, TDO_RULE_NEEDS_FIRST).computed); /* nobody has any */
    g.stakeholders[0].needs = &need;
    g.stakeholders[0].n_needs = 1;
    tdo_rule_result r = group_apply(&g, TDO_RULE_NEEDS_FIRST);
    SCORES(r, 1, 0.5, 1);
    RANKS(r, 1, 3, 2);
    group_free(&g);
}

static void owa_counts_the_worse_off_more(void **state)
{
    (void)state;
    const double u[] = {0.9, 0.1, 0.5, 0.4}, mean[] = {1, 1};
    group g;
    group_make(&g, u, 2, 2, NULL);
    tdo_rule_result r = group_apply(&g, TDO_RULE_OWA);
    near(r.score[0], 1.1 / 3, 1e-15, 0);
    near(r.score[1], 1.3 / 3, 1e-15, 0);
    g.s.rule_options = (tdo_rule_options){.owa_weights = mean, .n_owa_weights = 2};
    r = group_apply(&g, TDO_RULE_OWA);
    SCORES(r, 0.5, 0.45);
    g.s.rule_options.n_owa_weights = 1; /* not as many as stakeholders */
    assert_false(group_apply(&g, TDO_RULE_OWA).computed);
    g.s.rule_options.n_owa_weights = 0;
    g.stakeholders[0].power = 2;
    assert_false(group_apply(&g, TDO_RULE_OWA).computed);
    group_free(&g);
}

static void priorities_go_stage_by_stage(void **state)
{
    (void)state;
    const double u[] = {0.80, 0.2,  /* a: legal, ml */
                        0.79, 0.9,  /* b */
                        0.5,  1.0}; /* c */
    const size_t stage[] = {0, 1};
    group g;
    group_make(&g, u, 3, 2, NULL);
    assert_false(group_apply(&g, TDO_RULE_PRIORITIES).computed);
    g.s.rule_options = (tdo_rule_options){.stage = stage, .n_stages = 2};
    tdo_rule_result r = group_apply(&g, TDO_RULE_PRIORITIES);
    RANKS(r, 1, 2, 3);
    SCORES(r, 0.2, 0.79, 0.5);
    g.s.rule_options.slack = 0.02;
    r = group_apply(&g, TDO_RULE_PRIORITIES);
    RANKS(r, 2, 1, 3);
    SCORES(r, 0.2, 0.9, 0.5);
    group_free(&g);
}

static void losses_against_the_incumbent(void **state)
{
    (void)state;
    const double u[] = {0.5, 0.5,  /* a: the incumbent */
                        0.9, 0.2,  /* b: loses 0.3 for the second */
                        0.4, 1.0,  /* c: loses 0.1 for the first */
                        0.6, 0.6}; /* d */
    group g;
    group_make(&g, u, 4, 2, NULL);
    g.disagreement[0] = g.disagreement[1] = 0.5;
    tdo_rule_result r = group_apply(&g, TDO_RULE_NASH);
    SCORES(r, 0, -0.3, -0.1, 0.1);
    RANKS(r, 2, 4, 3, 1);
    r = group_apply(&g, TDO_RULE_KALAI_SMORODINSKY);
    SCORES(r, 0, -0.6, -0.25, 0.2); /* ideal gains 0.4 and 0.5 */
    RANKS(r, 2, 4, 3, 1);
    group_free(&g);
}

/* A gain of 1e-17 is rounding; to the power of a small share it would be a large factor. */
static void a_gain_of_rounding_is_no_gain(void **state)
{
    (void)state;
    const double u[] = {0.5 + 1e-16, 0.9,  /* a: no gain for the first */
                        0.5 + 1e-11, 0.6}; /* b: a small one */
    group g;
    group_make(&g, u, 2, 2, (double[]){1, 3});
    g.disagreement[0] = g.disagreement[1] = 0.5;
    tdo_rule_result r = group_apply(&g, TDO_RULE_NASH);
    near(r.score[0], 0, 0, 0);
    near(r.score[1], pow(1e-11, 0.25) * pow(0.1, 0.75), 0, 1e-5); /* 0.5 + 1e-11 is rounded */
    RANKS(r, 2, 1);
    g.disagreement[0] = 0.5 + 1e-15; /* nor is that a loss */
    r = group_apply(&g, TDO_RULE_NASH);
    near(r.score[0], 0, 0, 0);
    group_free(&g);
}

static void who_has_nothing_to_gain_is_left_out(void **state)
{
    (void)state;
    const double u[] = {0.7, 0.2, 0.7, 0.6};
    group g;
    group_make(&g, u, 2, 2, NULL);
    tdo_rule_result r = group_apply(&g, TDO_RULE_KALAI_SMORODINSKY);
    near(r.score[0], 0, 0, 0);
    near(r.score[1], 1, 0, 0);
    g.disagreement[1] = 0.6; /* now nobody has */
    r = group_apply(&g, TDO_RULE_KALAI_SMORODINSKY);
    near(r.score[0], 0, 0, 0);
    near(r.score[1], 0, 0, 0);
    RANKS(r, 1, 1);
    group_free(&g);
}

/* The middle one is best for no weights, but nearest to the ideal. */
static void chebyshev_reaches_what_weights_do_not(void **state)
{
    (void)state;
    const double u[] = {0.5, 0.45, 0.5};
    const double value[] = {1, 0.45, 0, 0, 0.45, 1}, group_weight[] = {0.5, 0.5};
    group g;
    group_make(&g, u, 3, 1, NULL);
    g.u.d = g.v.d = 2;
    g.v.value = value;
    g.u.group_weight = group_weight;
    tdo_rule_result r = group_apply(&g, TDO_RULE_CHEBYSHEV);
    near(r.score[0], -(0.5 + 0.001 * 0.5), 1e-15, 0);
    near(r.score[1], -(0.275 + 0.001 * 0.55), 1e-15, 0);
    RANKS(r, 2, 1, 2);
    r = group_apply(&g, TDO_RULE_WEIGHTED);
    RANKS(r, 1, 3, 1);
    group_free(&g);
}

static void ties_count_a_half(void **state)
{
    (void)state;
    const double u[] = {0.5, 0.1, 0.5, 0.3, 0.2, 0.3};
    group g;
    group_make(&g, u, 3, 2, NULL);
    tdo_rule_result r = group_apply(&g, TDO_RULE_BORDA);
    /* first: a and b tied over c: 1.5, 1.5, 0. second: b and c tied over a: 0, 1.5, 1.5 */
    near(r.score[0], 0.75, 1e-15, 0);
    near(r.score[1], 1.5, 1e-15, 0);
    near(r.score[2], 0.75, 1e-15, 0);
    RANKS(r, 2, 1, 2);
    r = group_apply(&g, TDO_RULE_COPELAND); /* b beats both by the one who is not tied; a = c */
    near(r.score[0], 0.5, 0, 0);
    near(r.score[1], 2, 0, 0);
    near(r.score[2], 0.5, 0, 0);
    RANKS(r, 2, 1, 2);
    r = group_apply(&g, TDO_RULE_KEMENY); /* b first; a before c by id */
    RANKS(r, 2, 1, 3);
    group_free(&g);
}

/* Everybody tied: the order is that of the id bytes, not of the file, and places are distinct. */
static void kemeny_breaks_ties_by_id_bytes(void **state)
{
    (void)state;
    const double u[] = {0.5, 0.5, 0.5, 0.5};
    group g;
    group_make(&g, u, 4, 1, NULL);
    g.id[0] = "m10";
    g.id[1] = "m2";
    g.id[2] = "\xc3\xa4"; /* bytes, so after all ASCII */
    g.id[3] = "M";
    tdo_rule_result r = group_apply(&g, TDO_RULE_KEMENY);
    RANKS(r, 2, 3, 4, 1);
    near(r.score[3], 3, 0, 0);
    near(r.score[2], 0, 0, 0);
    group_free(&g);
}

/* A Condorcet cycle of three equal voters: three orders of the same cost; the first by id. */
static void kemeny_of_a_cycle(void **state)
{
    (void)state;
    const double u[] = {2, 0, 1, 1, 2, 0, 0, 1, 2};
    group g;
    group_make(&g, u, 3, 3, NULL);
    tdo_rule_result r = group_apply(&g, TDO_RULE_KEMENY);
    RANKS(r, 1, 2, 3);
    g.id[0] = "z"; /* now b, c, z is the first by id among the three */
    r = group_apply(&g, TDO_RULE_KEMENY);
    RANKS(r, 3, 1, 2);
    r = group_apply(&g, TDO_RULE_COPELAND);
    RANKS(r, 1, 1, 1);
    group_free(&g);
}

static void sizes_at_the_limit_and_past_it(void **state)
{
    (void)state;
    double u[GROUP_F];
    group g;
    for (size_t k = 0; k < GROUP_F; k++)
        u[k] = (double)(k * 7 % GROUP_F);
    group_make(&g, u, TDO_KEMENY_MAX, 1, NULL);
    tdo_rule_result r = group_apply(&g, TDO_RULE_KEMENY);
    for (size_t k = 0; k < TDO_KEMENY_MAX; k++) /* one stakeholder: the order is its own */
        for (size_t j = 0; j < TDO_KEMENY_MAX; j++)
            assert_int_equal(r.rank[k]<r.rank[j], u[k]> u[j]);
    group_free(&g);
    group_make(&g, u, TDO_KEMENY_MAX + 1, 1, NULL);
    r = group_apply(&g, TDO_RULE_KEMENY);
    assert_false(r.computed);
    g.u.f = TDO_COPELAND_MAX + 1; /* refused before anything is read */
    r = group_apply(&g, TDO_RULE_COPELAND);
    assert_false(r.computed);
    double *many = tdo_alloc(g.a, TDO_COPELAND_MAX, sizeof *many);
    assert_non_null(many);
    for (size_t k = 0; k < TDO_COPELAND_MAX; k++)
        many[k] = (double)(k * 7 % TDO_COPELAND_MAX);
    g.u.f = TDO_COPELAND_MAX;
    g.u.utility = many;
    r = group_apply(&g, TDO_RULE_COPELAND);
    assert_true(r.computed);
    for (size_t k = 0; k < TDO_COPELAND_MAX; k++) /* beats as many as are below */
        near(r.score[k], many[k], 0, 0);
    group_free(&g);
}

static void one_candidate(void **state)
{
    (void)state;
    const double u[] = {0.5, 0.25}, one[] = {1};
    group g;
    group_make(&g, u, 1, 2, NULL);
    g.v.value = one;
    g.v.d = g.u.d = 1;
    g.u.group_weight = one;
    for (tdo_rule rule = 0; rule < TDO_RULES; rule++) {
        tdo_rule_result r = group_apply(&g, rule);
        if (tdo_rule_about[rule]->lacks && tdo_rule_about[rule]->lacks(&g.s))
            continue;
        RANKS(r, 1);
        assert_true(isfinite(r.score[0]) && !signbit(r.score[0]));
    }
    group_free(&g);
}

/* Steps of 0.4e-12: every score is better than those three or more steps below. */
static void ranks_are_exact_at_the_tolerance(void **state)
{
    (void)state;
    enum { N = 3000 };
    rng r = {40};
    double *score = calloc(N, sizeof *score);
    uint32_t *rank = calloc(N, sizeof *rank);
    tdo_arena *a = tdo_arena_new();
    assert_non_null(score);
    assert_non_null(rank);
    assert_non_null(a);
    for (size_t k = 0; k < N; k++)
        score[k] = (double)rng_below(&r, 300) / 100 + (double)rng_below(&r, 12) * 0.4e-12;
    assert_int_equal(tdo_rank(score, N, a, rank), TDO_OK);
    for (size_t k = 0; k < N; k++) {
        size_t better = 0;
        for (size_t j = 0; j < N; j++)
            better += score[j] - score[k] > TDO_TIE;
        assert_int_equal(rank[k], 1 + better);
    }
    assert_int_equal(tdo_rank(score, 0, a, rank), TDO_OK);
    tdo_arena_free(a);
    free(score);
    free(rank);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_bargaining),
        cmocka_unit_test(published_tennessee),
        cmocka_unit_test(leximin_looks_at_the_next_worst_off),
        cmocka_unit_test(leximin_counts_pairs_in_a_chain),
        cmocka_unit_test(who_has_no_power_is_left_out_of_every_rule),
        cmocka_unit_test(favourites_that_tie_share_a_vote),
        cmocka_unit_test(needs_come_before_utility),
        cmocka_unit_test(owa_counts_the_worse_off_more),
        cmocka_unit_test(priorities_go_stage_by_stage),
        cmocka_unit_test(losses_against_the_incumbent),
        cmocka_unit_test(a_gain_of_rounding_is_no_gain),
        cmocka_unit_test(who_has_nothing_to_gain_is_left_out),
        cmocka_unit_test(chebyshev_reaches_what_weights_do_not),
        cmocka_unit_test(ties_count_a_half),
        cmocka_unit_test(kemeny_breaks_ties_by_id_bytes),
        cmocka_unit_test(kemeny_of_a_cycle),
        cmocka_unit_test(sizes_at_the_limit_and_past_it),
        cmocka_unit_test(one_candidate),
        cmocka_unit_test(ranks_are_exact_at_the_tolerance),
    };
    return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
