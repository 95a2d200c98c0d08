/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The generator against published vectors, functions against libm, distributions against their
 * moments and distribution functions. Seeds are fixed. Every statistical check would fail for a
 * right generator with a probability below 1e-4 (a deviation of 4 standard errors has 6e-5; the
 * quantiles of chi-square and of Kolmogorov's distance are those of 1e-4); a wrong one fails
 * always. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "near.h"
#include "tradeoff/robust.h"
#include "variates/variates.h"

enum { N = 100000 };

/* The known answers that come with Random123 (Salmon et al. 2011). */
static void test_philox_gives_the_published_answers(void **state)
{
    static const struct {
        uint32_t counter[4], key[2], is[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    (void)state;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        uint32_t out[4];
        variate_philox(known[k].counter, known[k].key, out);
        for (int w = 0; w < 4; w++)
            assert_int_equal(out[w], known[k].is[w]);
    }
}

/* Words are those of the generator at (block, stream, sample), wherever the reading begins. */
static void test_words_are_numbered(void **state)
{
    const variate_draw d = {.seed = UINT64_C(0x299f31d0a4093822), .sample = 77, .stream = 5};
    const uint32_t key[2] = {0xa4093822, 0x299f31d0};
    uint32_t word[1003], again[40];
    (void)state;
    variate_words(&d, 0, 1003, word);
    for (uint32_t block = 0; block < 250; block++) {
        const uint32_t counter[4] = {block, 5, 77, 0};
        uint32_t out[4];
        variate_philox(counter, key, out);
        for (size_t w = 0; w < 4; w++)
            assert_int_equal(word[4 * block + w], out[w]);
    }
    variate_words(&d, 400, 37, again);
    for (size_t k = 0; k < 37; k++)
        assert_int_equal(again[k], word[400 + k]);
}

static void test_functions_agree_with_libm(void **state)
{
    (void)state;
    for (double x = 1e-300; x < 1e300; x *= 1.0137)
        near(real_log(x), log(x), 0, 5e-16);
    for (double x = 0.5; x < 2; x += 0.000123)
        near(real_log(x), log(x), 0, 5e-16);
    for (double x = -700; x < 700; x += 0.0137)
        near(real_exp(x), exp(x), 0, 5e-16);
    for (double x = 5e-324; x < 1e-300; x *= 1.7)
        near(real_log_of_any(x), log(x), 0, 5e-16);
    assert_true(isinf(real_log_of_any(0)) && real_log_of_any(0) < 0);
    assert_true(isinf(real_log_of_any(INFINITY)) && isnan(real_log_of_any(-1)));
    for (double x = 1e-18; x < 30; x *= 1.0137) {
        near(real_expm1(x), expm1(x), 0, 1e-15);
        near(real_expm1(-x), expm1(-x), 0, 1e-15);
    }
    for (double x = 1e-300; x < 1e300; x *= 1e7)
        near(real_hypot(-3 * x, 4 * x), 5 * x, 0, 1e-15);
    near(real_hypot(0, 0), 0, 0, 0);
    for (double x = -37; x < 9; x += 0.0137)
        near(variate_normal_below(x), erfc(-x / sqrt(2)) / 2, 0, 5e-13);
    for (double x = -37; x < 0; x += 0.0137)
        near(variate_normal_quantile(erfc(-x / sqrt(2)) / 2), x, 1e-15, 1e-14);
    near(variate_normal_quantile(0.975), 1.959963984540054, 0, 1e-15);
    near(variate_normal_quantile(0.5), 0, 0, 0);
}

/* Values of 40 digits by mpmath, from its own hypergeometric series; identities for the rest. */
static void test_beta_and_student(void **state)
{
    (void)state;
    near(variate_beta_below(0.95, 20.36222222222222, 0.4155555555555556), 0.12020734745030204, 0,
         1e-12);
    near(variate_beta_below(0.46794821455879, 9.388809398100538, 4.976756458628377),
         0.07395529893146395, 0, 1e-12);
    for (double a = 0.31; a < 1e5; a *= 2.3)
        for (double x = 0.01; x < 1; x += 0.07) {
            near(variate_beta_below(x, a, 1), pow(x, a), 1e-300, 1e-12);
            near(variate_beta_below(x, 1, a), -expm1(a * log1p(-x)), 0, 1e-12);
            near(variate_beta_below(x, a, a * 1.7) + variate_beta_below(1 - x, a * 1.7, a), 1,
                 1e-12, 0);
        }
    for (double t = -9; t < 9; t += 0.13) {
        near(variate_student_below(t, 1), 0.5 + atan(t) / 3.14159265358979323846, 0, 1e-12);
        near(variate_student_below(t, 2), 0.5 + t / 2 / sqrt(2 + t * t), 1e-15, 1e-12);
    }
    for (double a = 0.31; a < 1e5; a *= 3.7)
        for (double b = 0.31; b < 1e5; b *= 4.1) {
            variate_beta_table table;
            variate_beta_tabulate(a, b, &table);
            double sd = sqrt(a / (a + b) * b / (a + b) / (a + b + 1));
            for (double z = -6.3; z < 6.3; z += 0.37) {
                double x = variate_beta_at_normal(z, a, b);
                if (z < 0 && x > 1e-300 && x < 0.9)
                    near(variate_beta_below(x, a, b), variate_normal_below(z), 0, 1e-10);
                near(variate_beta_look(&table, z), x, 2e-5 * sd, 0);
            }
        }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The largest gap between the empirical distribution of x and F; sorts x. */
static double kolmogorov(double *x, size_t n, double (*F)(double))
{
    double most = 0;
    qsort(x, n, sizeof *x, ascending);
    for (size_t k = 0; k < n; k++) {
        double y = F(x[k]);
        most = fmax(most, fmax(y - (double)k / (double)n, (double)(k + 1) / (double)n - y));
    }
    return most;
}

static void test_normal_variates(void **state)
{
    double *x = malloc(N * sizeof *x), power[4] = {0}, n = N;
    (void)state;
    assert_non_null(x);
    for (size_t k = 0; k < N; k += 100) {
        const variate_draw d = {.seed = 1, .sample = k, .stream = 9};
        variate_normals(&d, 0, 100, x + k);
    }
    for (size_t k = 0; k < N; k++)
        for (int q = 0; q < 4; q++)
            power[q] += pow(x[k], q + 1) / n;
    near(power[0], 0, 4 * sqrt(1 / n), 0); /* 4 standard errors: E z^2q - (E z^q)^2 over n */
    near(power[1], 1, 4 * sqrt(2 / n), 0);
    near(power[2], 0, 4 * sqrt(15 / n), 0);
    near(power[3], 3, 4 * sqrt(96 / n), 0);
    /* P(sqrt(n) D > 2.225) = 2 exp(-2 2.225^2) = 1e-4 */
    assert_true(kolmogorov(x, N, variate_normal_below) < 2.225 / sqrt(n));
    free(x);
}

/* A variate is the quantile at its own word, in the middle and in the tails, near or far in the
 * stream. */
static void test_variates_are_quantiles(void **state)
{
    enum { MANY = 3001 };
    static uint32_t word[MANY];
    static double z[MANY];
    const variate_draw d = {.seed = 3, .sample = 8, .stream = 1};
    (void)state;
    variate_words(&d, 0, MANY, word);
    variate_normals(&d, 0, MANY, z);
    for (size_t k = 0; k < MANY; k++) {
        double p = (word[k] + 0.5) * 0x1p-32;
        near(z[k], variate_normal_quantile(p), 0, 0);
    }
}

static void test_uniforms(void **state)
{
    enum { CELLS = 64 };
    double count[CELLS] = {0}, chi = 0;
    (void)state;
    for (size_t k = 0; k < N; k += 100) {
        const variate_draw d = {.seed = 2, .sample = k, .stream = 0};
        double u[100];
        variate_uniforms(&d, 100, u);
        for (size_t q = 0; q < 100; q++) {
            assert_true(u[q] > 0 && u[q] < 1);
            count[(size_t)(u[q] * CELLS)]++;
        }
    }
    for (size_t c = 0; c < CELLS; c++)
        chi += pow(count[c] - (double)N / CELLS, 2) / ((double)N / CELLS);
    assert_true(chi < 113.5); /* the quantile of 63 degrees of freedom at 1 - 1e-4 */
}

/* Uniform on the simplex: E w = 1/n, Var w = (n - 1)/(n^2 (n + 1)), Cov = -1/(n^2 (n + 1)). */
static void test_simplex(void **state)
{
    enum { D = 4 };
    double mean[D] = {0}, square[D] = {0}, cross = 0, n = N;
    (void)state;
    for (size_t k = 0; k < N; k++) {
        const variate_draw d = {.seed = 4, .sample = k, .stream = 0};
        double w[D], sum = 0;
        variate_simplex(&d, D, w);
        for (size_t c = 0; c < D; c++) {
            assert_true(w[c] >= 0);
            sum += w[c];
            mean[c] += w[c] / n;
            square[c] += w[c] * w[c] / n;
        }
        cross += w[0] * w[3] / n;
        near(sum, 1, 1e-15, 0);
    }
    for (size_t c = 0; c < D; c++) {
        near(mean[c], 0.25, 4 * sqrt(0.0375 / n), 0);
        near(square[c], 0.1, 4 * sqrt(0.0186 / n), 0); /* E w^4 - (E w^2)^2 = 1/35 - 1/100 */
    }
    near(cross, 0.05, 4 * sqrt(0.0023 / n), 0); /* E w0^2 w3^2 - .05^2 = 4/840 - .0025 */
}

static void test_default_number(void **state)
{
    const size_t start[] = {0, 6000, 96000};
    const double one = 1;
    const tdo_item_scores mean = {.start = start, .score = &one}, p95 = {.start = start};
    const tdo_item_file files[] = {{.of = &mean, .n = 1}, {.of = &p95, .n = 1}};
    tdo_measured x = {.n = 2};
    (void)state;
    assert_int_equal(tdo_default_samples(&x, 0), 10000);
    assert_int_equal(tdo_default_samples(&x, 4000), 10000);
    assert_int_equal(tdo_default_samples(&x, 8000), 5000);
    assert_int_equal(tdo_default_samples(&x, 1000000), 1000);
    x.items = files;
    x.n_items = 1;
    assert_int_equal(tdo_default_samples(&x, 4000), 10000);
    x.n_items = 2;
    assert_int_equal(tdo_default_samples(&x, 4000), 1000);
    x.n = 1; /* 6,000 of the rows are the first one's */
    assert_int_equal(tdo_default_samples(&x, 2000), 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_philox_gives_the_published_answers),
        cmocka_unit_test(test_words_are_numbered),
        cmocka_unit_test(test_functions_agree_with_libm),
        cmocka_unit_test(test_beta_and_student),
        cmocka_unit_test(test_normal_variates),
        cmocka_unit_test(test_variates_are_quantiles),
        cmocka_unit_test(test_uniforms),
        cmocka_unit_test(test_simplex),
        cmocka_unit_test(test_default_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
