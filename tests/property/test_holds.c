/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the first one stays first, what flips it, what the others lack: every answer is tried
 * out, by running the whole decision again with the weights, powers or measurements that it
 * names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "tradeoff/choice.h"
#include "weights/choice_edits.h"

#include "../unit/lp_verify.h"
#include "decisions.h"

static world one, two;

static rng start(size_t number, size_t most)
{
    rng r = start_case(number);
    do {
        world_end(&one);
        random_world(&one, &r);
    } while (one.n > most);
    one.s.rule = TDO_RULE_WEIGHTED;
    one.s.simpler = TDO_NONE;
    decide(&one);
    return r;
}

/* ---- holds ---- */

/* The same decision, where the weight or power of the hold is t. */
static void move_to(const tdo_hold *h, double t)
{
    const tdo_utility *u = &one.u;
    bool power = h->criterion == TDO_NONE;
    size_t n = power ? u->s : u->d, moved = power ? h->stakeholder : h->criterion;
    const double *now = power ? u->power : u->weight + h->stakeholder * u->d;
    double rest = 0;
    two = one;
    two.a = NULL;
    for (size_t q = 0; q < n; q++)
        rest += q == moved ? 0 : now[q];
    for (size_t q = 0; q < n; q++) {
        double share = rest > 0 ? now[q] / rest : 1 / (double)(n - 1);
        double x = q == moved ? t : (1 - t) * share;
        if (power)
            two.stakeholders[q].power = x;
        else
            two.weight[h->stakeholder * u->d + q] = x;
    }
    decide(&two);
}

static bool is_first_at(const tdo_hold *h, double t, tdo_rule rule, uint32_t slot, bool about)
{
    move_to(h, t);
    const tdo_rule_result *y = &two.r.by_rule[rule];
    bool first = y->rank[slot] == 1;
    /* kalai-smorodinsky divides by what a stakeholder can gain. Where that goes to 0, so does what
     * is left of its digits. */
    if (about && rule == TDO_RULE_KALAI_SMORODINSKY)
        first = first || y->score[two.r.winner[rule]] - y->score[slot] < 1e-9;
    world_end(&two);
    return first;
}

static void fail_hold(const tdo_hold *h, tdo_rule rule, double t, const char *what)
{
    fail_msg("case %zu, %s: stakeholder %zu, criterion %zd, now %.17g, holds [%.17g, %.17g]: %s at "
             "%.17g",
             at_case, tdo_rule_name[rule], h->stakeholder, (ptrdiff_t)h->criterion, h->current,
             h->from, h->to, what, t);
}

/* Beyond an end somebody else is first: at once, or (where scores part slowly) a little later. */
static void check_beyond(const tdo_hold *h, tdo_rule rule, uint32_t first, double end, double way,
                         uint32_t who)
{
    bool lost = false;
    for (double step = 1e-11; step < 2e-3 && !lost; step *= 10) {
        double t = end + way * step;
        lost = t >= 0 && t <= 1 && !is_first_at(h, t, rule, first, false);
    }
    lost = lost || !is_first_at(h, end, rule, first, false);
    if (!lost)
        fail_hold(h, rule, end, "still first beyond");
    assert_true(who < one.u.f && who != first);
}

static void check_hold(const tdo_hold *h, tdo_rule rule, uint32_t first)
{
    double inside = 1e-6; /* around a tie, TDO_TIE is that wide where scores part slowly */
    assert_true(h->from >= 0 && h->to <= 1 && h->from <= h->current + 1e-15 &&
                h->current <= h->to + 1e-15);
    for (size_t q = 0; q <= 12; q++) {
        double t = h->from + (h->to - h->from) * (double)q / 12;
        if (q == 0)
            t = fmin(t + inside, h->current);
        if (q == 12)
            t = fmax(t - inside, h->current);
        if (!is_first_at(h, t, rule, first, true))
            fail_hold(h, rule, t, "not first");
    }
    if (h->above != UINT32_MAX)
        check_beyond(h, rule, first, h->to, 1, h->above);
    else
        assert_true(h->to == 1);
    if (h->below != UINT32_MAX)
        check_beyond(h, rule, first, h->from, -1, h->below);
    else
        assert_true(h->from == 0);
}

static void check_rule(tdo_rule rule, size_t cases, size_t most)
{
    size_t ends = 0;
    for (size_t number = 0; number < cases; number++) {
        (void)start(number + 1000 * (size_t)rule, most);
        tdo_holds y = {.rule = TDO_RULES};
        tdo_arena *a = tdo_arena_new();
        tdo_case k = world_case(&one);
        assert_int_equal(tdo_find_holds(&k, rule, a, &y), TDO_OK);
        assert_int_equal(y.rule, rule);
        assert_int_equal(y.first, one.r.winner[rule]);
        assert_true(y.weights_known && y.powers_known);
        assert_int_equal(y.weights, one.d > 1 ? one.d * one.s_n : 0);
        assert_int_equal(y.powers, one.s_n > 1 ? one.s_n : 0);
        for (size_t q = 0; q < y.weights; q++) {
            check_hold(&y.weight[q], rule, y.first);
            ends += y.weight[q].above != UINT32_MAX;
        }
        for (size_t q = 0; q < y.powers; q++)
            check_hold(&y.power[q], rule, y.first);
        tdo_arena_free(a);
        world_end(&one);
    }
    assert_true(ends > cases / 4);
}

#define RULE(name, rule, cases, most)                                                              \
    static void name(void **state)                                                                 \
    {                                                                                              \
        (void)state;                                                                               \
        check_rule(rule, cases, most);                                                             \
    }
RULE(weighted_holds, TDO_RULE_WEIGHTED, 60, 40)
RULE(maximin_holds, TDO_RULE_MAXIMIN, 60, 40)
RULE(nash_holds, TDO_RULE_NASH, 60, 40)
RULE(kalai_smorodinsky_holds, TDO_RULE_KALAI_SMORODINSKY, 60, 40)
RULE(minimax_regret_holds, TDO_RULE_MINIMAX_REGRET, 60, 40)
RULE(chebyshev_holds, TDO_RULE_CHEBYSHEV, 60, 40)
RULE(borda_holds, TDO_RULE_BORDA, 60, 40)
RULE(copeland_holds, TDO_RULE_COPELAND, 60, 40)
RULE(kemeny_holds, TDO_RULE_KEMENY, 20, 7)

/* ---- the flip ---- */

/* F12 as a linear program: the smallest sum of |change| at which j's score is at least i's. */
static double smallest_change(uint32_t i, uint32_t j, tdo_arena *a)
{
    size_t d = one.d, n = 0;
    double cost[2 * WORLD_D], upper[2 * WORLD_D], value[4 * WORLD_D], lower[2] = {0}, top[2];
    uint32_t row[4 * WORLD_D], column[4 * WORLD_D];
    top[0] = 0;
    top[1] = INFINITY;
    for (size_t c = 0; c < d; c++) { /* what is added, and what is taken away */
        double w = one.u.group_weight[c];
        double by = one.v.value[c * one.n + j] - one.v.value[c * one.n + i];
        lower[1] -= w * by;
        for (size_t q = 0; q < 2; q++) {
            double sign = q == 0 ? 1 : -1;
            uint32_t at = (uint32_t)(2 * c + q);
            cost[at] = 1;
            upper[at] = q == 0 ? INFINITY : w;
            row[n] = 0;
            column[n] = at;
            value[n++] = sign;
            row[n] = 1;
            column[n] = at;
            value[n++] = sign * by;
        }
    }
    const tdo_lp_arrays p = {.rows = 2,
                             .columns = 2 * d,
                             .entries = n,
                             .cost = cost,
                             .upper = upper,
                             .row_lower = lower,
                             .row_upper = top,
                             .row = row,
                             .column = column,
                             .value = value};
    tdo_lp_solution x = lp_solved(&p, false, NULL, a);
    return x.outcome == TDO_LP_OPTIMAL ? x.objective : INFINITY;
}

/* Can j be ahead of i at all? */
static bool can_be_ahead(uint32_t j, uint32_t i)
{
    for (size_t c = 0; c < one.d; c++)
        if (one.v.value[c * one.n + j] - one.v.value[c * one.n + i] > TDO_TIE)
            return true;
    return false;
}

static double score_at(const double *weight, uint32_t k)
{
    double sum = 0;
    for (size_t c = 0; c < one.d; c++)
        sum += weight[c] * one.v.value[c * one.n + k];
    return sum;
}

static void the_flip_is_the_smallest(void **state)
{
    size_t flips = 0;
    (void)state;
    for (size_t number = 0; number < 300; number++) {
        (void)start(number, 40);
        tdo_arena *a = tdo_arena_new();
        tdo_flip y = {.to = 0};
        tdo_case k = world_case(&one);
        uint32_t first = one.r.winner[TDO_RULE_WEIGHTED];
        double least = INFINITY, sum = 0, change = 0;
        assert_int_equal(tdo_find_flip(&k, a, &y), TDO_OK);
        for (uint32_t j = 0; j < one.n; j++)
            if (j != first && can_be_ahead(j, first))
                least = fmin(least, smallest_change(first, j, a));
        if (isinf(least)) {
            assert_true(y.to == UINT32_MAX && !y.weights && isnan(y.change));
        } else {
            flips++;
            near(y.change, least, 1e-11, 1e-11);
            for (size_t c = 0; c < one.d; c++) {
                assert_true(y.weights[c] >= 0);
                sum += y.weights[c];
                change += fabs(y.weights[c] - one.u.group_weight[c]);
            }
            near(sum, 1, 1e-14, 0);
            near(change, y.change, 1e-14, 0);
            near(score_at(y.weights, y.to), score_at(y.weights, first), 1e-13, 0);
            for (uint32_t j = 0; j < one.n; j++) /* the two are first */
                assert_true(score_at(y.weights, j) <= score_at(y.weights, first) + 1e-12);
        }
        tdo_arena_free(a);
        world_end(&one);
    }
    assert_true(flips > 150);
}

/* ---- improvements ---- */

static bool is_first_with(uint32_t slot, size_t c, double reading)
{
    two = one;
    two.a = NULL;
    two.reading[slot * one.d + c] = reading;
    decide(&two);
    bool first = two.r.by_rule[TDO_RULE_WEIGHTED].rank[slot] == 1;
    world_end(&two);
    return first;
}

static bool has_sign(size_t c)
{
    for (size_t i = 0; i < one.n; i++)
        if (one.reading[i * one.d + c] < 0)
            return true;
    return false;
}

/* The reading that is a share of the range better; not below 0 where nobody is. */
static double better_by(uint32_t slot, size_t c, double share)
{
    const tdo_criterion *of = &one.criteria[c];
    double reading = one.reading[slot * one.d + c];
    double by = share * fabs(one.v.best[c] - one.v.worst[c]);
    if (of->goal == TDO_GOAL_TARGET)
        return reading < of->target ? fmin(reading + by, of->target)
                                    : fmax(reading - by, of->target);
    if (tdo_better(of, 1, 0) > 0)
        return reading + by;
    return has_sign(c) ? reading - by : fmax(reading - by, 0);
}

static void random_shapes(rng *r)
{
    static double x[WORLD_D][4], v[WORLD_D][4];
    for (size_t c = 0; c < one.d; c++) {
        size_t kind = rng_below(r, 4);
        bool up = tdo_better(&one.criteria[c], 1000, 0) > 0;
        if (kind != 0)
            continue; /* observed */
        double from = rng_unit(r) - 0.5, value = 0;
        for (size_t q = 0; q < 4; q++) {
            x[c][q] = from += 0.05 + rng_unit(r);
            value += q == 0 ? 0 : (double)rng_below(r, 4) / 9;
            v[c][up ? q : 3 - q] = value;
        }
        one.criteria[c].n_value = 4;
        one.criteria[c].value_x = x[c];
        one.criteria[c].value_v = v[c];
    }
}

static void improvements_just_suffice(void **state)
{
    size_t found = 0, none = 0;
    (void)state;
    for (size_t number = 0; number < 200; number++) {
        rng r = start(number, 12);
        random_shapes(&r);
        world_end(&one);
        decide(&one);
        tdo_case k = world_case(&one);
        double steps = 1e9;
        choice_rivals among;
        assert_int_equal(choice_find_rivals(&k, 0, one.a, &among), TDO_OK);
        for (uint32_t i = 0; i < one.n; i++) {
            tdo_improvement y, few;
            assert_int_equal(tdo_find_improvement(&k, i, one.a, &steps, &y), TDO_OK);
            assert_int_equal(choice_improve_weighted(&k, &among, i, one.a, &steps, &few), TDO_OK);
            assert_true(few.criterion == y.criterion && few.none == y.none &&
                        (few.criterion == TDO_NONE || few.to == y.to));
            bool first = one.r.by_rule[TDO_RULE_WEIGHTED].rank[i] == 1;
            if (first) {
                assert_true(y.criterion == TDO_NONE);
                continue;
            }
            double least = y.criterion == TDO_NONE ? 10 : y.share; /* the most that is offered */
            for (size_t c = 0; c < one.d; c++) /* nothing smaller is enough, in any criterion */
                if (!one.v.constant[c] &&
                    is_first_with(i, c, better_by(i, c, least * (1 - 1e-7) - 1e-7)))
                    fail_msg("case %zu: candidate %u needs less of %zu than %g", number, i, c,
                             least);
            if (y.criterion == TDO_NONE) {
                none++;
                continue;
            }
            found++;
            near(y.from, one.reading[i * one.d + y.criterion], 0, 0);
            near(y.to, better_by(i, y.criterion, y.share), 1e-12,
                 1e-12); /* nine digits, as they are */
            assert_true(is_first_with(i, y.criterion, y.to));
        }
        world_end(&one);
    }
    assert_true(found > 300 && none > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weighted_holds),
        cmocka_unit_test(maximin_holds),
        cmocka_unit_test(nash_holds),
        cmocka_unit_test(kalai_smorodinsky_holds),
        cmocka_unit_test(minimax_regret_holds),
        cmocka_unit_test(chebyshev_holds),
        cmocka_unit_test(borda_holds),
        cmocka_unit_test(copeland_holds),
        cmocka_unit_test(kemeny_holds),
        cmocka_unit_test(the_flip_is_the_smallest),
        cmocka_unit_test(improvements_just_suffice),
    };
    return cmocka_run_group_tests(tests, NULL, say_case);
}
