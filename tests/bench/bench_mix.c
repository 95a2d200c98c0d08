/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_mix [CANDIDATES ...]: mixes with 4 stakeholders, 6 criteria and 3 limits, each rule: time
 * of the whole answer (with prices, curves and ranges), of it in GLPK, LPs and rounds; and what a
 * few models cost. */
#include "data.h"
#include "tradeoff/mix.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { D = 6, S = 4, LIMITS = 3 };

static double now_ms(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

typedef struct bench {
    size_t n;
    tdo_criterion criteria[D];
    tdo_stakeholder stakeholders[S];
    double weight[S][D];
    tdo_constraint limits[LIMITS];
    const double *limited[LIMITS];
    tdo_scenario s;
    tdo_arena *a;
    const double *reading[D];
    tdo_measured x;
    tdo_screened f;
    tdo_valued v;
    tdo_utility u;
} bench;

/* Candidates on the diagonal, moved off it: nobody is good at everything. The limits cut the upper
 * part of each column's range away. */
static bool fill(bench *b)
{
    double *reading = tdo_alloc(b->a, D * b->n, sizeof *reading);
    double *column = tdo_alloc(b->a, LIMITS * b->n, sizeof *column), row[D + LIMITS];
    const char **id = tdo_alloc(b->a, b->n, sizeof *id);
    bool *dropped = tdo_alloc(b->a, b->n, sizeof *dropped);
    rng r = {7};
    if (!reading || !column || !id || !dropped)
        return false;
    for (size_t i = 0; i < b->n; i++) {
        data_row(&r, DATA_ANTICORRELATED, row, D + LIMITS);
        for (size_t c = 0; c < D; c++)
            reading[c * b->n + i] = row[c];
        for (size_t k = 0; k < LIMITS; k++)
            column[k * b->n + i] = 1000 * (1 - row[D + k]);
        id[i] = tdo_text(b->a, "c%zu", i);
        if (!id[i])
            return false;
    }
    for (size_t k = 0; k < LIMITS; k++)
        b->limited[k] = column + k * b->n;
    for (size_t c = 0; c < D; c++)
        b->reading[c] = reading + c * b->n;
    b->x = (tdo_measured){.n = b->n,
                          .d = D,
                          .rows = b->n,
                          .id = id,
                          .reading = b->reading,
                          .dropped = dropped,
                          .incumbent = TDO_NONE,
                          .mix_limited = b->limited};
    return true;
}

static bool start(bench *b, size_t n)
{
    tdo_warnings w = {0};
    *b = (bench){.n = n, .a = tdo_arena_new()};
    if (!b->a || !fill(b))
        return false;
    for (size_t c = 0; c < D; c++)
        b->criteria[c] = (tdo_criterion){.id = "criterion", .label = "criterion", .unit = ""};
    for (size_t h = 0; h < S; h++) {
        for (size_t c = 0; c < D; c++)
            b->weight[h][c] = c == h ? 4 : c % 2 == h % 2;
        b->stakeholders[h] =
            (tdo_stakeholder){.id = "one", .label = "one", .power = 1, .weights = b->weight[h]};
    }
    for (size_t k = 0; k < LIMITS; k++) {
        b->limits[k] = (tdo_constraint){.owner = "", .why = "", .stakeholder = TDO_NONE};
        b->limits[k].condition = (tdo_condition){
            .column = "limited", .criterion = TDO_NONE, .has_max = true, .max = 380};
    }
    b->s = (tdo_scenario){.file = "bench",
                          .simpler = TDO_NONE,
                          .criteria = b->criteria,
                          .n_criteria = D,
                          .stakeholders = b->stakeholders,
                          .n_stakeholders = S,
                          .mix = {.asked = true, .limits = b->limits, .n_limits = LIMITS}};
    const tdo_case k = {.s = &b->s, .x = &b->x, .f = &b->f, .v = &b->v};
    return tdo_screen(&b->s, &b->x, NULL, b->a, &b->f) == TDO_OK &&
           tdo_value(&b->s, &b->x, &b->f, b->a, &b->v, &w) == TDO_OK &&
           tdo_utilities(&k, b->a, &b->u, &w) == TDO_OK;
}

static bool measure(bench *b, tdo_mix_rule rule, size_t max_models)
{
    tdo_arena *a = tdo_arena_new();
    tdo_mix mix = {0};
    double t0 = now_ms();
    b->s.mix.rule = rule;
    b->s.mix.max_models = max_models;
    const tdo_case k = {.s = &b->s, .x = &b->x, .f = &b->f, .v = &b->v, .u = &b->u};
    tdo_status status = !a ? TDO_E_MEMORY : tdo_mix_solve(&k, a, &mix, NULL);
    double took = now_ms() - t0, glpk = 1e3 * mix.effort.seconds;
    const char *name =
        tdo_text(b->a, "%s%s", tdo_mix_rule_name[rule], max_models ? ", 3 models" : "");
    printf("%7zu %7zu %-27s %-10s %10.1f ms %4.0f %% %6zu %7zu %6zu %9.1e %6.1f MB\n", b->n,
           mix.effort.entered, name ? name : "", tdo_mix_status_word(mix.status), took,
           100 * glpk / took, mix.effort.lps, mix.effort.rounds, mix.n_shares, mix.certificate.gap,
           a ? (double)tdo_arena_bytes(a) / 1e6 : 0);
    fflush(stdout);
    tdo_arena_free(a);
    return status == TDO_OK;
}

int main(int argc, char **argv)
{
    static const size_t usual[] = {50, 200, 500, 5000, 100000};
    size_t turns = argc > 1 ? (size_t)argc - 1 : 5;
    bool good = true;
    printf("      n entered rule                        status            time   GLPK    LPs  "
           "rounds models "
           "      gap  memory\n");
    for (size_t t = 0; t < turns && good; t++) {
        bench b;
        good = start(&b, argc > 1 ? strtoul(argv[t + 1], NULL, 10) : usual[t]);
        for (int rule = TDO_MIX_WEIGHTED; rule < TDO_MIX_RULES && good; rule++)
            good = measure(&b, (tdo_mix_rule)rule, 0);
        for (int rule = TDO_MIX_WEIGHTED; rule < TDO_MIX_RULES && good && b.n <= 500; rule++)
            good = measure(&b, (tdo_mix_rule)rule, 3);
        tdo_arena_free(b.a);
    }
    if (!good)
        fputs("bench_mix: failed\n", stderr);
    return !good;
}
