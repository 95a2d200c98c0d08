/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_sampling [SAMPLES [CANDIDATES]]: rank counts of 20, 200 and 2,000 candidates, five
 * criteria, four stakeholders of whom one may have any weights, on one thread; with readings fixed
 * and with errors of all. Beside them one multiply-add pass over as many numbers, five times. Ranks
 * are told apart as the program does: all up to 100 candidates, beyond 20 and the others together.
 */
#include "data.h"
#include "sampling/pass.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { D = 5, S = 4 };

/* Of the processor, so that what else runs on the machine counts little: one thread works. */
static double now_ms(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

typedef struct bench {
    tdo_arena *a;
    size_t n;
    tdo_criterion criteria[D];
    tdo_term term[D];
    tdo_column_error error[D];
    double weight[S][D], one[D][D];
    tdo_preference any[D];
    tdo_stakeholder who[S];
    tdo_scenario s;
    const double *reading[D];
    tdo_measured x;
} bench;

static bool fill(bench *b)
{
    static const char *const name[D] = {"a", "b", "c", "d", "e"};
    double *reading = tdo_alloc(b->a, D * b->n, sizeof *reading), row[D];
    double *se = tdo_alloc(b->a, b->n, sizeof *se);
    const char **id = tdo_alloc(b->a, b->n, sizeof *id);
    tdo_spread *error = tdo_alloc(b->a, D, sizeof *error);
    bool *dropped = tdo_alloc(b->a, b->n, sizeof *dropped);
    rng r = {7};
    if (!reading || !se || !id || !error || !dropped)
        return false;
    for (size_t i = 0; i < b->n; i++) {
        data_row(&r, DATA_INDEPENDENT, row, D);
        for (size_t c = 0; c < D; c++)
            reading[c * b->n + i] = row[c];
        se[i] = 0.02;
        id[i] = tdo_text(b->a, "c%zu", i);
    }
    for (size_t c = 0; c < D; c++) {
        b->term[c] = (tdo_term){.column = name[c], .coefficient = 1};
        b->criteria[c] = (tdo_criterion){
            .id = name[c], .label = name[c], .unit = "", .terms = &b->term[c], .n_terms = 1};
        b->error[c] = (tdo_column_error){.column = name[c], .se = 0.02};
        error[c] = (tdo_spread){.se = se};
        b->one[c][c] = 1;
        b->any[c] = (tdo_preference){.coefficient = b->one[c], .statement = c, .text = "any"};
    }
    for (size_t h = 0; h < S; h++) {
        for (size_t c = 0; c < D; c++)
            b->weight[h][c] = 1 + (double)((h + c) % D);
        b->who[h] =
            (tdo_stakeholder){.id = name[h], .label = name[h], .power = 1, .weights = b->weight[h]};
    }
    b->who[0].prefers = b->any;
    b->who[0].n_prefers = D;
    b->s = (tdo_scenario){.file = "bench",
                          .simpler = TDO_NONE,
                          .criteria = b->criteria,
                          .n_criteria = D,
                          .stakeholders = b->who,
                          .n_stakeholders = S,
                          .errors = b->error,
                          .n_errors = D};
    for (size_t c = 0; c < D; c++)
        b->reading[c] = reading + c * b->n;
    b->x = (tdo_measured){.n = b->n,
                          .d = D,
                          .rows = b->n,
                          .id = id,
                          .reading = b->reading,
                          .dropped = dropped,
                          .column_error = error,
                          .error = error,
                          .incumbent = TDO_NONE};
    return true;
}

/* All but the samples; the last one is what they are made of. */
typedef struct made {
    tdo_screened f;
    tdo_valued v;
    tdo_front front;
    tdo_utility u;
    tdo_ranking r;
    tdo_regions regions;
    tdo_case k;
    noise_plan noise;
    sampling_case c;
} made;

static tdo_status make(bench *b, made *m)
{
    tdo_warnings w = {0};
    tdo_report report = {0};
    m->k = (tdo_case){.s = &b->s,
                      .x = &b->x,
                      .f = &m->f,
                      .v = &m->v,
                      .front = &m->front,
                      .u = &m->u,
                      .r = &m->r,
                      .regions = &m->regions};
    const tdo_scenario *settled = &b->s;
    tdo_status status = tdo_find_regions(&settled, b->a, &m->regions, &report);
    b->s = *settled;
    if (status == TDO_OK)
        status = tdo_screen(&b->s, &b->x, NULL, b->a, &m->f);
    if (status == TDO_OK)
        status = tdo_value(&b->s, &b->x, &m->f, b->a, &m->v, &w);
    if (status == TDO_OK)
        status = tdo_utilities(&m->k, b->a, &m->u, &w);
    if (status == TDO_OK)
        status = tdo_find_frontier(&m->k, 1, b->a, &m->front);
    if (status == TDO_OK)
        status = tdo_rank_all(&m->k, NULL, b->a, &m->r, NULL);
    if (status == TDO_OK)
        status = noise_make_plan(&b->s, &b->x, b->a, &m->noise);
    return status == TDO_OK ? sampling_case_make(&m->k, &m->noise, b->a, &m->c) : status;
}

/* The least of three, in ms. */
static tdo_status time_pass(bench *b, const made *m, uint64_t samples, bool noisy, double *out)
{
    const bool noise[D] = {noisy, noisy, noisy, noisy, noisy}, weights[S] = {true};
    const sampling_setting set = {.seed = 1, .noise = noise, .weights = weights};
    const pass_request want = {.want = PASS_FIRST | PASS_RANKS,
                               .ranks = b->n <= TDO_ROBUST_RANKS ? b->n
                                                                 : TDO_ROBUST_FIRST_RANKS + 1};
    const tdo_robust_options o = {.samples = samples, .threads = 1};
    pass_result p;
    tdo_status status = TDO_OK;
    *out = 1e300;
    for (int again = 0; again < 3 && status == TDO_OK; again++) {
        double start = now_ms();
        status = sampling_pass(&m->c, &(pass_questions){&set, &want, 1}, &o, b->a, &p);
        double took = now_ms() - start;
        *out = took < *out ? took : *out;
    }
    return status;
}

static double multiply_add_ms(const bench *b, uint64_t samples)
{
    double *sum = tdo_alloc(b->a, b->n, sizeof *sum), start = now_ms();
    for (uint64_t k = 0; sum && k < samples; k++)
        for (size_t c = 0; c < D; c++) {
            const double *x = b->x.reading[c], by = (double)(k % 7);
            for (size_t i = 0; i < b->n; i++)
                sum[i] += by * x[i];
        }
    double took = now_ms() - start;
    return sum && sum[0] >= 0 ? took : 0;
}

static bool measure(size_t n, uint64_t samples)
{
    bench b = {.a = tdo_arena_new(), .n = n};
    made m = {.noise = {.n = 0}};
    double fixed = 0, noisy = 0;
    bool good = b.a && fill(&b) && make(&b, &m) == TDO_OK &&
                time_pass(&b, &m, samples, false, &fixed) == TDO_OK &&
                time_pass(&b, &m, samples, true, &noisy) == TDO_OK;
    if (good) {
        double pass = multiply_add_ms(&b, samples);
        printf("%5zu candidates %8llu samples: %8.1f ms, with errors %8.1f (%4.1f ns a variate), "
               "one pass %7.1f, ratio %5.1f\n",
               n, (unsigned long long)samples, fixed, noisy,
               1e6 * (noisy - fixed) / ((double)n * D * (double)samples), pass, fixed / pass);
    }
    tdo_arena_free(b.a);
    return good;
}

int main(int argc, char **argv)
{
    const size_t n[] = {20, 200, 2000};
    uint64_t samples = argc > 1 ? strtoull(argv[1], NULL, 10) : 100000;
    size_t only = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    bool good = true;
    for (size_t k = 0; k < sizeof n / sizeof *n && good && !only; k++)
        good = measure(n[k], k == 2 ? samples / 10 : samples);
    return good && (!only || measure(only, samples)) ? 0 : 1;
}
