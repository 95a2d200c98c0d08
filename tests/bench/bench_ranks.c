/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_ranks [CANDIDATES CRITERIA ...]: what tdo_find_choice costs with all rank ranges (beyond
 * 200 candidates those of the named ones), over all group weights and over a full order of
 * criteria. */
#include "data.h"
#include "tradeoff/choice.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_D = 16 };

static double now_ms(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

typedef struct bench {
    size_t n, d;
    tdo_criterion criteria[MOST_D];
    double weight[MOST_D], row[MOST_D][MOST_D];
    tdo_preference prefers[MOST_D];
    tdo_stakeholder stakeholder;
    tdo_scenario s;
    tdo_arena *a;
    const double *reading[MOST_D];
    tdo_measured x;
} bench;

static bool fill(bench *b, data_kind kind)
{
    double *reading = tdo_alloc(b->a, b->d * b->n, sizeof *reading), row[MOST_D];
    const char **id = tdo_alloc(b->a, b->n, sizeof *id);
    bool *dropped = tdo_alloc(b->a, b->n, sizeof *dropped);
    rng r = {7};
    if (!reading || !id || !dropped)
        return false;
    for (size_t i = 0; i < b->n; i++) {
        data_row(&r, kind, row, b->d);
        for (size_t c = 0; c < b->d; c++)
            reading[c * b->n + i] = row[c];
        id[i] = tdo_text(b->a, "c%zu", i);
        if (!id[i])
            return false;
    }
    for (size_t c = 0; c < b->d; c++)
        b->reading[c] = reading + c * b->n;
    b->x = (tdo_measured){.n = b->n,
                          .d = b->d,
                          .rows = b->n,
                          .id = id,
                          .reading = b->reading,
                          .dropped = dropped,
                          .incumbent = TDO_NONE};
    return true;
}

/* ordered: each criterion counts at least as much as the next one. */
static void wish(bench *b, bool ordered)
{
    for (size_t c = 0; c < b->d; c++) {
        b->criteria[c] = (tdo_criterion){.id = "criterion", .label = "criterion", .unit = ""};
        b->weight[c] = 1;
        b->row[c][c] = 1;
        b->row[c][(c + 1) % b->d] = -1;
        b->prefers[c] = (tdo_preference){.coefficient = b->row[c], .statement = c, .text = "order"};
    }
    b->stakeholder = (tdo_stakeholder){.id = "one",
                                       .label = "one",
                                       .power = 1,
                                       .weights = b->weight,
                                       .prefers = b->prefers,
                                       .n_prefers = ordered ? b->d - 1 : 0};
    b->s = (tdo_scenario){.file = "bench",
                          .simpler = TDO_NONE,
                          .criteria = b->criteria,
                          .n_criteria = b->d,
                          .stakeholders = &b->stakeholder,
                          .n_stakeholders = 1};
}

static tdo_status choose(bench *b, tdo_choice *out)
{
    tdo_screened f = {0};
    tdo_valued v = {0};
    tdo_front front = {0};
    tdo_utility u = {0};
    tdo_ranking r = {0};
    tdo_regions regions = {0};
    tdo_warnings w = {0};
    tdo_report report = {0};
    const tdo_case k = {.s = &b->s,
                        .x = &b->x,
                        .f = &f,
                        .v = &v,
                        .front = &front,
                        .u = &u,
                        .r = &r,
                        .regions = &regions};
    const tdo_scenario *settled = &b->s;
    tdo_status status = tdo_find_regions(&settled, b->a, &regions, &report);
    b->s = *settled;
    if (status == TDO_OK)
        status = tdo_screen(&b->s, &b->x, NULL, b->a, &f);
    if (status == TDO_OK)
        status = tdo_value(&b->s, &b->x, &f, b->a, &v, &w);
    if (status == TDO_OK)
        status = tdo_utilities(&k, b->a, &u, &w);
    if (status == TDO_OK)
        status = tdo_find_frontier(&k, 1, b->a, &front);
    if (status == TDO_OK)
        status = tdo_rank_all(&k, NULL, b->a, &r, NULL);
    return status == TDO_OK ? tdo_find_choice(&k, b->a, out, NULL) : status;
}

static bool measure(size_t n, size_t d, data_kind kind, bool ordered)
{
    bench b = {.n = n, .d = d, .a = tdo_arena_new()};
    tdo_choice y = {0};
    size_t known = 0, asked = 0;
    bool good = b.a && d >= 2 && d <= MOST_D && fill(&b, kind);
    if (good)
        wish(&b, ordered);
    double t0 = now_ms();
    good = good && choose(&b, &y) == TDO_OK;
    for (size_t i = 0; i < y.asked; i++) {
        known += y.candidate[i].rank.known;
        asked += y.candidate[i].rank.asked;
    }
    printf("%5zu %3zu %-15s %-8s %10.1f ms %10.0f steps, %zu of %zu ranges\n", n, d,
           data_name[kind], ordered ? "ordered" : "any", now_ms() - t0, y.steps, known, asked);
    fflush(stdout);
    tdo_arena_free(b.a);
    return good;
}

int main(int argc, char **argv)
{
    static const size_t usual[][2] = {{50, 5}, {200, 5}, {300, 5}, {50, 8}};
    size_t turns = argc > 2 ? ((size_t)argc - 1) / 2 : 4;
    bool good = true;
    for (size_t t = 0; t < turns && good; t++) {
        size_t n = argc > 2 ? strtoul(argv[2 * t + 1], NULL, 10) : usual[t][0];
        size_t d = argc > 2 ? strtoul(argv[2 * t + 2], NULL, 10) : usual[t][1];
        good = measure(n, d, DATA_INDEPENDENT, false) && measure(n, d, DATA_INDEPENDENT, true) &&
               measure(n, d, DATA_ANTICORRELATED, false);
    }
    if (!good)
        fputs("bench_ranks: failed\n", stderr);
    return !good;
}
