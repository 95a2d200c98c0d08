/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People with known weights are asked on shipped scenarios: whoever answers without error ends with
 * a favourite that is at most eps below their best one, always. Of those who err, and of how many
 * questions it takes, the figures are printed, and held where they were promised. TDO_SOAK: 1,000
 * people each, else 10; ASK_ONLY, ASK_PEOPLE: one scenario, so many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tradeoff/ask.h"
#include "tradeoff/run.h"

#include "../unit/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 1000, FEW = 10 };

typedef struct sums {
    size_t people, questions, again, most, above, unsure;
    double worst;
} sums;

/* Uniform on the simplex. */
static void draw_person(rng *r, size_t d, double *w)
{
    double sum = 0;
    for (size_t c = 0; c < d; c++)
        sum += w[c] = -log(1 - rng_unit(r));
    for (size_t c = 0; c < d; c++)
        w[c] /= sum;
}

static double utility(const tdo_run *run, const double *w, size_t candidate)
{
    const uint32_t slot = run->screened.slot[candidate];
    double sum = 0;
    for (size_t c = 0; c < run->valued.d; c++)
        sum += w[c] * run->valued.value[c * run->valued.f + slot];
    return sum;
}

/* How somebody answers. */
typedef struct habit {
    double error;   /* how often the wrong one of a and b */
    bool once;      /* and nothing is asked again */
    bool says_same; /* where both are within TDO_AS_GOOD */
} habit;

static tdo_ask_reply reply_of(const tdo_run *run, const double *w, const tdo_ask_view *v, rng *r,
                              const habit *is)
{
    const double by = utility(run, w, v->a) - utility(run, w, v->b);
    if (is->says_same && fabs(by) <= TDO_AS_GOOD)
        return TDO_REPLY_SAME;
    const bool wrong = rng_unit(r) < is->error;
    return (by >= 0) != wrong ? TDO_REPLY_A : TDO_REPLY_B;
}

/* Nobody is asked anything twice that was not asked again on purpose. */
static void note_pair(uint32_t *pair, size_t n, const tdo_ask_view *v)
{
    const uint32_t low = (uint32_t)(v->a < v->b ? v->a : v->b);
    pair[n] = low << 16 | (uint32_t)(v->a + v->b - low);
    for (size_t i = 0; i < n; i++)
        assert_int_not_equal(pair[i], pair[n]);
}

static void ask_person(const tdo_run *run, rng *r, const habit *is, sums *y)
{
    const tdo_case k = tdo_case_of(run);
    double w[TDO_MAX_CRITERIA], best = 0;
    uint32_t pair[512];
    tdo_ask *q = NULL;
    tdo_error err = {0};
    size_t n = 0, again = 0;
    draw_person(r, run->valued.d, w);
    for (size_t i = 0; i < run->screened.feasible_n; i++)
        best = fmax(best, utility(run, w, run->screened.feasible[i]));
    assert_int_equal(tdo_ask_start(&k, 0, TDO_ASK_UNTIL, &q, &err), TDO_OK);
    tdo_ask_view v = tdo_ask_look(q);
    while (v.end == TDO_ASK_GOES_ON && (!is->once || !v.again)) {
        if (!v.again && is->error == 0)
            note_pair(pair, n, &v);
        n += !v.again;
        again += v.again;
        assert_int_equal(tdo_ask_answer(q, reply_of(run, w, &v, r, is), &err), TDO_OK);
        v = tdo_ask_look(q);
    }
    const double regret = best - utility(run, w, v.favourite);
    y->people++;
    y->questions += n;
    y->again += again;
    y->most = n > y->most ? n : y->most;
    y->above += regret > TDO_ASK_UNTIL + 1e-9;
    y->unsure += v.end == TDO_ASK_NOTHING;
    y->worst = fmax(y->worst, regret);
    tdo_ask_free(q);
}

static sums ask_people(const tdo_run *run, size_t people, habit is)
{
    sums y = {0};
    rng r = {.state = 20261128};
    for (size_t p = 0; p < people; p++)
        ask_person(run, &r, &is, &y);
    return y;
}

static double mean(size_t sum, const sums *y)
{
    return (double)sum / (double)y->people;
}

static void say(const char *who, const sums *y)
{
    printf("#   %s: %.2f questions (most %zu) and %.2f again, largest true regret %.4f, above: "
           "%zu, corners ran out: %zu\n",
           who, mean(y->questions, y), y->most, mean(y->again, y), y->worst, y->above, y->unsure);
}

static void report_on(const char *name, const tdo_run *run, size_t people, double most)
{
    const sums right = ask_people(run, people, (habit){0});
    printf("# %s: %zu criteria, %zu candidates, %zu people\n", name, run->valued.d, run->valued.f,
           people);
    say("without error", &right);
    assert_int_equal(right.above, 0);
    assert_true(mean(right.questions, &right) <= most);
    const sums same = ask_people(run, people, (habit){.says_same = true});
    say("who say \"about the same\"", &same);
    assert_true(same.above == 0 || same.unsure > 0);
    for (int percent = 5; percent <= 10; percent += 5) {
        const sums once = ask_people(run, people, (habit){.error = percent / 100.0, .once = true});
        const sums twice = ask_people(run, people, (habit){.error = percent / 100.0});
        printf("#   %d %% wrong answers: above in %.1f %%, %.1f %% with the repeated question\n",
               percent, 100 * mean(once.above, &once), 100 * mean(twice.above, &twice));
    }
}

static void on_scenarios(void **state)
{
    static const struct {
        const char *name;
        double most; /* questions on average */
    } on[] = {{"adult-income", 11.5},
              {"food-delivery", 7.5},
              {"function-calling", 5.5},
              {"hiring-screen", INFINITY},
              {"clinical-triage", INFINITY}};
    const size_t people = getenv("ASK_PEOPLE") ? (size_t)atoi(getenv("ASK_PEOPLE"))
                          : getenv("TDO_SOAK") ? PEOPLE
                                               : FEW;
    (void)state;
    for (size_t i = 0; i < sizeof on / sizeof *on; i++) {
        char file[256];
        tdo_run run;
        static tdo_report report;
        const tdo_run_options o = {.read_only = true};
        tdo_warnings unsaid = {0};
        if (getenv("ASK_ONLY") && !strstr(on[i].name, getenv("ASK_ONLY")))
            continue;
        (void)snprintf(file, sizeof file, "scenarios/%s/scenario.json", on[i].name);
        report = (tdo_report){.count = 0};
        if (tdo_run_scenario(file, &o, &run, &report) != TDO_OK)
            fail_msg("%s: %s", file, report.item[0].text);
        run.scenario->stakeholders[0].n_prefers = 0;
        assert_int_equal(
            tdo_value(run.scenario, &run.measured, &run.screened, run.arena, &run.valued, &unsaid),
            TDO_OK);
        report_on(on[i].name, &run, people, on[i].most);
        tdo_run_free(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(on_scenarios)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
