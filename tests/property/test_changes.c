/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold between a decision and a changed one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "../unit/near.h"
#include "decisions.h"

enum { CHANGES = 500 };

/* The decision and the changed one. */
static world one, two;

static rng start(size_t number)
{
    rng r = start_case(number);
    random_world(&one, &r);
    decide(&one);
    two = one;
    two.a = NULL;
    return r;
}

static void end(void)
{
    world_end(&one);
    world_end(&two);
}

/* Rules whose score does not depend on how many others there are. */
static bool stands_alone(tdo_rule rule)
{
    return !tdo_rule_about[rule]->counts_places;
}

static void order_of_rows_does_not_matter(void **state)
{
    (void)state;
    for (size_t number = 0; number < CHANGES; number++) {
        rng r = start(number);
        uint32_t at[WORLD_N]; /* where each row went */
        for (uint32_t i = 0; i < one.n; i++) {
            uint32_t j = (uint32_t)rng_below(&r, i + 1);
            at[i] = at[j];
            at[j] = i;
        }
        for (size_t i = 0; i < one.n; i++)
            for (size_t k = 0; k < one.n; k++)
                if (at[k] == i) {
                    memcpy(two.id[i], one.id[k], sizeof one.id[k]);
                    memcpy(two.reading + i * one.d, one.reading + k * one.d,
                           one.d * sizeof *one.reading);
                }
        if (one.incumbent != TDO_NONE)
            two.incumbent = at[one.incumbent];
        decide(&two);
        for (size_t i = 0; i < one.n; i++) {
            assert_int_equal(one.front.member[i], two.front.member[at[i]]);
            assert_int_equal(at[one.r.order[i]], two.r.order[i]);
            for (int rule = 0; rule < TDO_RULES && one.r.by_rule[rule].computed; rule++) {
                const tdo_rule_result *was = &one.r.by_rule[rule], *is = &two.r.by_rule[rule];
                near(was->score[i], is->score[at[i]], 0, 0);
                assert_int_equal(was->rank[i], is->rank[at[i]]);
            }
        }
        for (size_t s = 0; s < one.s_n; s++)
            assert_int_equal(at[one.r.favourite[s]], two.r.favourite[s]);
        for (int rule = 0; rule < TDO_RULES && one.r.by_rule[rule].computed; rule++)
            assert_int_equal(at[one.r.winner[rule]], two.r.winner[rule]);
        assert_int_equal(at[one.r.recommended], two.r.recommended);
        assert_int_equal(one.r.n_tied, two.r.n_tied);
        for (size_t t = 0; t < one.r.n_tied; t++)
            assert_int_equal(at[one.r.tied[t]], two.r.tied[t]);
        near(one.r.margin, two.r.margin, 0, 0);
        end();
    }
}

/* Adds a row at the end, and a rule that can take one more. */
static void add_row(const double *reading)
{
    memcpy(two.reading + two.n * two.d, reading, two.d * sizeof *reading);
    memcpy(two.id[two.n], "extra", sizeof "extra");
    two.n++;
    if (two.s.rule == TDO_RULE_KEMENY)
        two.s.rule = TDO_RULE_WEIGHTED;
}

static void a_duplicate_changes_no_score(void **state)
{
    (void)state;
    for (size_t number = 0; number < CHANGES; number++) {
        rng r = start(number);
        size_t of = rng_below(&r, one.n), extra = one.n;
        add_row(one.reading + of * one.d);
        decide(&two);
        assert_int_equal(two.front.member[of], two.front.member[extra]);
        for (size_t i = 0; i < one.n; i++)
            assert_int_equal(one.front.member[i], two.front.member[i]);
        for (int rule = 0; rule < TDO_RULE_KEMENY; rule++) {
            const tdo_rule_result *was = &one.r.by_rule[rule], *is = &two.r.by_rule[rule];
            assert_int_equal(is->rank[of], is->rank[extra]);
            near(is->score[of], is->score[extra], 0, 0);
            for (size_t i = 0; i < one.n && stands_alone((tdo_rule)rule); i++) {
                near(was->score[i], is->score[i], 0, 0);
                /* one more who is better, for exactly those who are behind the original */
                assert_true(is->rank[i] == was->rank[i] + (was->rank[of] < was->rank[i]));
            }
        }
        end();
    }
}

/* Halfway from candidate i to the worst in each criterion; all the way where the target lies
 * between them. Nowhere better than i, and inside the observed range. */
static void lowered(size_t i, double *row)
{
    for (size_t c = 0; c < one.d; c++) {
        const tdo_criterion *of = &one.criteria[c];
        double mine = one.reading[i * one.d + c], worst = mine;
        for (size_t k = 0; k < one.n; k++) {
            double x = one.reading[k * one.d + c];
            worst = tdo_better(of, worst, x) > 0 ? x : worst;
        }
        bool across = of->goal == TDO_GOAL_TARGET && (mine < of->target) != (worst < of->target);
        row[c] = across ? worst : mine / 2 + worst / 2;
    }
}

static void a_dominated_extra_changes_nothing(void **state)
{
    (void)state;
    for (size_t number = 0; number < CHANGES; number++) {
        rng r = start(number);
        double row[WORLD_D];
        size_t of = rng_below(&r, one.n), extra = one.n;
        lowered(of, row);
        add_row(row);
        decide(&two);
        const tdo_case k = world_case(&two);
        const double *gain = world_gains(&two);
        bool below = tdo_dominates(gain + of * one.d, gain + extra * one.d, one.d);
        uint32_t by = tdo_dominator(&k, (uint32_t)extra);
        assert_true(two.front.member[extra] == (!below && one.front.member[of]));
        assert_true((by == UINT32_MAX) == two.front.member[extra]);
        for (size_t i = 0; i < one.n; i++)
            assert_int_equal(one.front.member[i], two.front.member[i]);
        for (int rule = 0; rule < TDO_RULES; rule++) {
            if (!one.r.by_rule[rule].computed)
                continue;
            bool gains = rule == TDO_RULE_NASH || rule == TDO_RULE_KALAI_SMORODINSKY;
            if (!stands_alone((tdo_rule)rule) || (gains && one.incumbent == TDO_NONE))
                continue; /* the extra can be the new least utility, hence the disagreement */
            for (size_t i = 0; i < one.n; i++)
                near(one.r.by_rule[rule].score[i], two.r.by_rule[rule].score[i], 0, 0);
            assert_true(two.r.by_rule[rule].rank[of] <= two.r.by_rule[rule].rank[extra]);
        }
        end();
    }
}

/* Scores to the last bits, and ranks, of all rules; of the leximin ones ranks only on demand. */
static void same_outcome(bool leximin)
{
    for (int rule = 0; rule < TDO_RULES && one.r.by_rule[rule].computed; rule++) {
        if (!two.r.by_rule[rule].computed)
            continue; /* owa: two halves of one have not the power of another */
        bool lexi = rule == TDO_RULE_MAXIMIN || rule == TDO_RULE_KALAI_SMORODINSKY;
        for (size_t i = 0; i < one.n; i++) {
            near(one.r.by_rule[rule].score[i], two.r.by_rule[rule].score[i], 1e-13, 1e-12);
            if (!lexi || leximin)
                assert_int_equal(one.r.by_rule[rule].rank[i], two.r.by_rule[rule].rank[i]);
        }
    }
}

/* Two halves with the same wishes. (Leximin looks at people, so there two count twice.) */
static void a_split_stakeholder_changes_nothing(void **state)
{
    (void)state;
    for (size_t number = 0; number < CHANGES; number++) {
        rng r = start(number);
        size_t h = rng_below(&r, one.s_n);
        two.stakeholders[h].power /= 2;
        two.stakeholders[two.s_n] = two.stakeholders[h];
        memcpy(two.weight + two.s_n * two.d, two.weight + h * two.d, two.d * sizeof *two.weight);
        two.s_n++;
        decide(&two);
        same_outcome(false);
        end();
    }
}

static void scaled_powers_and_weights_change_nothing(void **state)
{
    (void)state;
    for (size_t number = 0; number < CHANGES; number++) {
        rng r = start(number);
        double power = 1 + rng_unit(&r) * 99, weight = 1 + rng_unit(&r) * 99;
        size_t of = rng_below(&r, one.s_n);
        for (size_t h = 0; h < one.s_n; h++)
            two.stakeholders[h].power *= power;
        for (size_t c = 0; c < one.d; c++)
            two.weight[of * two.d + c] *= weight;
        decide(&two);
        same_outcome(true);
        end();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(order_of_rows_does_not_matter, say_case),
        cmocka_unit_test_teardown(a_duplicate_changes_no_score, say_case),
        cmocka_unit_test_teardown(a_dominated_extra_changes_nothing, say_case),
        cmocka_unit_test_teardown(a_split_stakeholder_changes_nothing, say_case),
        cmocka_unit_test_teardown(scaled_powers_and_weights_change_nothing, say_case),
    };
    return cmocka_run_group_tests_name("changes", tests, NULL, NULL);
}
