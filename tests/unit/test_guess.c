/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What names suggest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "inspect/guess.h"
#include "near.h"
#include "profile_case.h"
#include "starter/parts.h"

static void words_of_names(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Total Cost ($)", " total cost usd "},
        {"valAccuracy", " val accuracy "},
        {"ROCCurve", " roc curve "},
        {"GPU4090_ms", " gpu4090 ms "},
        {"ndcg@10", " ndcg 10 "},
        {"share%", " share percent "},
        {"Preis (\xE2\x82\xAC)", " preis eur "},
        {"Gr\xC3\xB6\xC3\x9F"
         "e",
         " gr\xC3\xB6\xC3\x9F"
         "e "},
        {"---", " "},
        {"", " "},
    };
    tdo_arena *a = tdo_arena_new();

    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++)
        assert_string_equal(guess_name_words(a, cases[k][0]), cases[k][1]);
    assert_true(guess_has_words(" images per s ", "per s"));
    assert_false(guess_has_words(" images per second ", "per s"));
    tdo_arena_free(a);
}

static void goals_of_names(void **state)
{
    (void)state;
    /* '+' more, '-' less, '=' a target of 1, '.' not said */
    static const struct {
        const char *name;
        char goal;
        tdo_topic topic;
    } cases[] = {
        {"accuracy", '+', TDO_TOPIC_QUALITY},
        {"NDCG@10", '+', TDO_TOPIC_QUALITY},
        {"samples_per_sec", '+', TDO_TOPIC_TIME},
        {"GPU h/day", '.', TDO_TOPIC_UNKNOWN},
        {"ndcg10", '+', TDO_TOPIC_QUALITY},
        {"val_loss", '-', TDO_TOPIC_QUALITY},
        {"mean_test_neg_log_loss", '+', TDO_TOPIC_QUALITY},
        {"false_negative_rate", '-', TDO_TOPIC_QUALITY},
        {"true_positive_rate", '+', TDO_TOPIC_QUALITY},
        {"brier_score", '-', TDO_TOPIC_QUALITY},
        {"accuracy_gap", '-', TDO_TOPIC_FAIRNESS},
        {"disparate_impact_ratio", '=', TDO_TOPIC_FAIRNESS},
        {"worst_group_accuracy", '+', TDO_TOPIC_FAIRNESS},
        {"worst_group_error", '-', TDO_TOPIC_FAIRNESS},
        {"p95_ms", '-', TDO_TOPIC_TIME},
        {"Latency 95th Percentile (s)", '-', TDO_TOPIC_TIME},
        {"images_per_s", '+', TDO_TOPIC_TIME},
        {"ms_per_image", '-', TDO_TOPIC_TIME},
        {"infer_s_per_1k", '-', TDO_TOPIC_TIME},
        {"qps", '+', TDO_TOPIC_TIME},
        {"Total Cost ($)", '-', TDO_TOPIC_COST},
        {"usd_per_1m_input", '-', TDO_TOPIC_COST},
        {"cost_per_1k_orders", '-', TDO_TOPIC_COST},
        {"cost_savings_usd", '+', TDO_TOPIC_GAIN},
        {"payoff_usd_per_1k", '+', TDO_TOPIC_GAIN},
        {"revenue_loss", '-', TDO_TOPIC_QUALITY},
        {"watch_time", '+', TDO_TOPIC_GAIN},
        {"params_m", '-', TDO_TOPIC_SIZE},
        {"memory", '-', TDO_TOPIC_SIZE},
        {"memory_gb", '-', TDO_TOPIC_SIZE},
        {"Memory KV", '.', TDO_TOPIC_UNKNOWN}, /* a benchmark of that name */
        {"Memory Acc", '+', TDO_TOPIC_QUALITY},
        {"co2_kg", '-', TDO_TOPIC_ENERGY},
        {"test_timeouts", '-', TDO_TOPIC_FAULTS},
        {"exhausted_context_windows", '-', TDO_TOPIC_FAULTS},
        {"max_input_tokens", '+', TDO_TOPIC_CAPACITY},
        {"val/AUC (5-fold)", '+', TDO_TOPIC_QUALITY}, /* how it was measured is no setting */
        {"AUC 10-fold mean", '+', TDO_TOPIC_QUALITY},
        {"mAP (epoch 20)", '+', TDO_TOPIC_QUALITY},
        {"recall_depth5", '+', TDO_TOPIC_QUALITY},
        {"f1 (seed avg)", '+', TDO_TOPIC_QUALITY},
        {"depth_rmse", '-', TDO_TOPIC_QUALITY},
        {"train_loss_epoch", '-', TDO_TOPIC_QUALITY},
        {"EO difference (5 runs)", '-', TDO_TOPIC_FAIRNESS},
        {"auc_fold3", '.', TDO_TOPIC_SETTING},
        {"best_acc_epoch", '.', TDO_TOPIC_SETTING},
        {"max_depth", '.', TDO_TOPIC_SETTING},
        {"step_size", '.', TDO_TOPIC_SETTING},
        {"rank_test_accuracy", '.', TDO_TOPIC_RANK},
        {"split0_test_accuracy", '.', TDO_TOPIC_SETTING},
        {"learning_rate", '.', TDO_TOPIC_SETTING},
        {"batch_size", '.', TDO_TOPIC_SETTING},
        {"params.error_weight", '.', TDO_TOPIC_SETTING},
        {"_step", '.', TDO_TOPIC_SETTING},
        {"precision_at_threshold", '+', TDO_TOPIC_QUALITY},
        {"colour", '.', TDO_TOPIC_UNKNOWN},
        {"", '.', TDO_TOPIC_UNKNOWN},
    };
    tdo_arena *a = tdo_arena_new();

    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        tdo_goal_guess g;
        assert_int_equal(guess_goal(cases[k].name, false, a, &g), TDO_OK);
        char goal = !g.known                 ? '.'
                    : g.goal == TDO_GOAL_MAX ? '+'
                    : g.goal == TDO_GOAL_MIN ? '-'
                                             : '=';
        if (goal != cases[k].goal || g.topic != cases[k].topic)
            fail_msg("\"%s\": %c (%s), because of \"%s\"", cases[k].name, goal,
                     tdo_topic_name[g.topic], g.because);
    }
    tdo_arena_free(a);
}

/* A part of a unit is none. */
static void units(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"p95_ms", "ms"},
        {"price ct/min", ""},
        {"price_ct_per_min", ""},
        {"req per min", ""},
        {"images per s", ""},
        {"cost ($/h)", "USD/h"},
        {"cost_eur_month", "EUR/month"},
        {"usd_per_1m_input", "USD/1m input"},
        {"runs_month", ""},
        {"reward/min", "min"},
        {"WER %", "%"},
        {"", ""},
    };
    tdo_arena *a = tdo_arena_new();
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++)
        assert_string_equal(guess_unit(guess_name_words(a, cases[k][0]), a), cases[k][1]);
    tdo_arena_free(a);
}

/* params_x is what a trial was given, in a file of trials only. */
static void settings_of_trials(void **state)
{
    (void)state;
    tdo_arena *a = tdo_arena_new();
    tdo_goal_guess g;

    assert_int_equal(guess_goal("params_m", true, a, &g), TDO_OK);
    assert_int_equal(g.topic, TDO_TOPIC_SETTING);
    tdo_arena_free(a);
}

static void differences_with_a_sign(void **state)
{
    (void)state;
    profile_case c = profile_of("m,parity_difference,tpr_gap\na,-0.1,0.2\nb,0.05,0.1\n");
    const tdo_goal_guess *g = &c.profile.column[1].guess;

    assert_int_equal(g->goal, TDO_GOAL_TARGET);
    near(g->target, 0, 0, 0);
    assert_int_equal(c.profile.column[2].guess.goal, TDO_GOAL_MIN);
    profile_case_free(&c);
}

static void rounded_outwards(void **state)
{
    (void)state;
    static const double cases[][4] = {
        {0.8421, 0.8733, 0.842, 0.874},
        {7.17, 77.47, 7, 78},
        {0.46, 355.17, 0, 360},
        {-0.555, -0.41, -0.56, -0.41},
        {0, 1, 0, 1},
        {581.8, 1656.5, 500, 1700},
        {1e-9, 3e-9, 1e-9, 3e-9},
        {999999, 1000001, 999999, 1000001},
    };

    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        double low = cases[k][0], high = cases[k][1];
        assert_true(starter_round_outwards(&low, &high));
        assert_true(low <= cases[k][0] && high >= cases[k][1]);
        near(low, cases[k][2], 0, 0);
        near(high, cases[k][3], 0, 0);
    }
    double low = 1, high = 1;
    assert_false(starter_round_outwards(&low, &high));
    low = -1e308;
    high = 1.7e308;
    assert_false(starter_round_outwards(&low, &high));
    low = 0;
    high = 1e-300;
    assert_false(starter_round_outwards(&low, &high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_names),
        cmocka_unit_test(goals_of_names),
        cmocka_unit_test(units),
        cmocka_unit_test(settings_of_trials),
        cmocka_unit_test(differences_with_a_sign),
        cmocka_unit_test(rounded_outwards),
    };
    return cmocka_run_group_tests_name("guess", tests, NULL, NULL);
}
