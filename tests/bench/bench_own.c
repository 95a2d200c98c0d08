/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_own: what the program writes itself, beside the library that it could have used: time of
 * one piece of work, and where the answers differ. src/README.md quotes it. */
#include "data.h"

#include <glpk.h>
#include <gmp.h>
#include <jansson.h>
#include <math.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/decimal.h"
#include "base/index.h"
#include "tradeoff/lp.h"
#include "tradeoff/search.h"
#include "json/json.h"

enum { MANY = 1000000, TEXT = 32 };

static double now_ns(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void say(const char *what, const char *library, size_t n, double own, double other)
{
    printf("  %-34s own %8.0f ns   %-22s %8.0f ns   (%.1f times)\n", what, own / (double)n, library,
           other / (double)n, other / own);
}

static char text[MANY][TEXT];
static double number[MANY];

static void numbers(int digits, const char *what)
{
    rng r = {7};
    double x = 0, sum = 0, t[3];
    size_t differ = 0;
    for (size_t i = 0; i < MANY; i++)
        (void)snprintf(text[i], TEXT, "%.*g", digits, rng_unit(&r));
    t[0] = now_ns();
    for (size_t i = 0; i < MANY; i++) {
        (void)tdo_number_read(text[i], strlen(text[i]), &number[i]);
        sum += number[i];
    }
    t[1] = now_ns();
    for (size_t i = 0; i < MANY; i++) {
        x = strtod(text[i], NULL);
        differ += memcmp(&x, &number[i], sizeof x) != 0;
    }
    t[2] = now_ns();
    say(what, "strtod", MANY, t[1] - t[0], t[2] - t[1]);
    if (differ || !(sum > 0))
        printf("  %zu of them differ\n", differ);
}

/* The shortest of 15, 16, 17 digits that reads back. */
static size_t printed(double x, char *to)
{
    int n = 0;
    for (int digits = 15; digits <= 17; digits++) {
        n = snprintf(to, TDO_NUMBER_TEXT, "%.*g", digits, x);
        if (strtod(to, NULL) == x)
            break;
    }
    return (size_t)n;
}

static void printing(void)
{
    char to[TDO_NUMBER_TEXT];
    size_t bytes = 0;
    double t[3];
    t[0] = now_ns();
    for (size_t i = 0; i < MANY; i++)
        bytes += tdo_number_write(number[i], to);
    t[1] = now_ns();
    for (size_t i = 0; i < MANY; i++)
        bytes += printed(number[i], to);
    t[2] = now_ns();
    say("printing a number", "printf and strtod", bytes ? MANY : 1, t[1] - t[0], t[2] - t[1]);
}

/* a x 100 + b x -3 + c of decimals with four digits. */
static void decimals(void)
{
    double sum = 0, other = 0, t[3];
    mpq_t q, y;
    t[0] = now_ns();
    for (size_t i = 0; i + 2 < MANY; i += 3) {
        decimal_sum s;
        decimal_clear(&s);
        decimal_add_product(&s, number[i], 100);
        decimal_add_product(&s, number[i + 1], -3);
        decimal_add(&s, number[i + 2]);
        sum += decimal_rounded(&s, NULL);
    }
    t[1] = now_ns();
    mpq_inits(q, y, NULL);
    for (size_t i = 0; i + 2 < MANY; i += 3) {
        mpq_set_si(q, 0, 1);
        for (size_t k = 0; k < 3; k++) {
            const decimal d = decimal_of(number[i + k]);
            mpz_set_si(mpq_numref(y), d.mantissa * (k == 0 ? 100 : k == 1 ? -3 : 1));
            mpz_ui_pow_ui(mpq_denref(y), 10, (unsigned long)(d.exponent < 0 ? -d.exponent : 0));
            mpq_canonicalize(y);
            mpq_add(q, q, y);
        }
        other += mpq_get_d(q);
    }
    mpq_clears(q, y, NULL);
    t[2] = now_ns();
    say("an exact sum of three products", "GMP rationals", MANY / 3, t[1] - t[0], t[2] - t[1]);
    size_t off = 0;
    for (int k = 1; k < 100; k++)
        off += k / 100.0 * 3 + (100 - k) / 100.0 * 3 != 3;
    printf("  in doubles 3 x k %% + 3 x (100 - k) %% is not 3 for %zu of 99 k (%g)\n", off,
           fabs(sum - other));
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void ids(void)
{
    static const char *string[MANY];
    index_table x = {0};
    void *root = NULL;
    double t[3];
    size_t found = 0;
    for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(text[i], TEXT, "model-%zu", i);
        string[i] = text[i];
    }
    t[0] = now_ns();
    for (size_t i = 0; i < MANY; i++) {
        uint32_t at = 0;
        const size_t length = strlen(text[i]);
        if (index_add(&x, string, index_key_of(text[i], length), (uint32_t)i, &at))
            return;
        found += at != INDEX_ABSENT;
    }
    t[1] = now_ns();
    for (size_t i = 0; i < MANY; i++)
        found += !tsearch(text[i], &root, compare);
    t[2] = now_ns();
    say("an id into the index", "tsearch", MANY + found, t[1] - t[0], t[2] - t[1]);
    index_free(&x);
}

static void memory(void)
{
    static char *piece[MANY];
    double t[3];
    size_t got = 0;
    t[0] = now_ns();
    tdo_arena *a = tdo_arena_new();
    for (size_t i = 0; i < MANY; i++)
        got += tdo_copy(a, text[i], 20) != NULL;
    tdo_arena_free(a);
    t[1] = now_ns();
    for (size_t i = 0; i < MANY; i++) {
        piece[i] = calloc(21, 1);
        if (piece[i])
            memcpy(piece[i], text[i], 20);
    }
    for (size_t i = 0; i < MANY; i++)
        free(piece[i]);
    t[2] = now_ns();
    say("a copy of 20 bytes, and freeing it", "calloc and free", got ? MANY : 1, t[1] - t[0],
        t[2] - t[1]);
}

static void json(void)
{
    enum { VALUES = 100000 };
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a);
    tdo_node *root = NULL;
    tdo_error err = {0};
    double t[3];
    tdo_puts(&o, "[");
    for (size_t i = 0; i < VALUES; i++)
        tdo_putf(&o, "%s\n  {\"id\": \"%s\", \"x\": %zu}", i ? "," : "", text[i], i);
    tdo_puts(&o, "]");
    t[0] = now_ns();
    tdo_status s = json_parse((json_text){o.text, o.length, "bench"}, 8, a, &root, &err);
    t[1] = now_ns();
    json_decref(json_loadb(o.text, o.length, JSON_REJECT_DUPLICATES, NULL));
    t[2] = now_ns();
    say("JSON: a value with its place", "jansson, no place", s == TDO_OK ? 3 * VALUES : 1,
        t[1] - t[0], t[2] - t[1]);
    tdo_arena_free(a);
}

/* The best worst-off of a mix, utilities times `scale`: GLPK alone, and with the check. */
static void lp(double scale)
{
    enum { N = 60, S = 6 };
    rng r = {3};
    double u[S][N], value[S + 1], t[3], best = 0;
    uint32_t row[S + 1];
    int at[S + 2];
    double to[S + 2];
    tdo_arena *a = tdo_arena_new();
    tdo_lp *own = tdo_lp_new(a, true);
    tdo_error err = {0};
    tdo_lp_solution y = {0};
    glp_prob *p = glp_create_prob();
    bool good = true;
    for (size_t s = 0; s < S; s++)
        for (size_t i = 0; i < N; i++)
            u[s][i] = scale * rng_unit(&r);
    t[0] = now_ns();
    for (size_t s = 0; s <= S; s++)
        good &= !tdo_lp_add_row(
            own, &(tdo_lp_row){.lower = s < S ? 0 : 1, .upper = s < S ? (double)INFINITY : 1},
            &err);
    for (size_t i = 0; i <= N; i++) {
        for (size_t s = 0; s <= S; s++) {
            row[s] = (uint32_t)s;
            value[s] = s == S ? 1 : i < N ? u[s][i] : -1;
        }
        good &= !tdo_lp_add_column(own,
                                   &(tdo_lp_column){.cost = i == N ? 1 : 0,
                                                    .upper = (double)INFINITY,
                                                    .count = (size_t)S + (i < N),
                                                    .row = row,
                                                    .value = value},
                                   &err);
    }
    good &= !tdo_lp_solve(own, NULL, a, &y, &err);
    t[1] = now_ns();
    glp_term_out(GLP_OFF);
    glp_set_obj_dir(p, GLP_MAX);
    glp_add_rows(p, S + 1);
    glp_add_cols(p, N + 1);
    for (int s = 1; s <= S; s++)
        glp_set_row_bnds(p, s, GLP_LO, 0, 0);
    glp_set_row_bnds(p, S + 1, GLP_FX, 1, 1);
    glp_set_obj_coef(p, N + 1, 1);
    for (int i = 1; i <= N + 1; i++) {
        for (int s = 1; s <= S + 1; s++) {
            at[s] = s;
            to[s] = s > S ? 1 : i <= N ? u[s - 1][i - 1] : -1;
        }
        glp_set_col_bnds(p, i, GLP_LO, 0, 0);
        glp_set_mat_col(p, i, i <= N ? S + 1 : S, at, to);
    }
    const int rc = glp_simplex(p, NULL), status = glp_get_status(p);
    best = glp_get_obj_val(p);
    t[2] = now_ns();
    say("an LP of 7 x 61, checked", "glp_simplex, unchecked", 1, t[1] - t[0], t[2] - t[1]);
    printf("  utilities x %g: own %.6f, GLPK %.6f (%s)\n", scale, y.objective / scale, best / scale,
           rc == 0 && status == GLP_OPT && good ? "both say optimal" : "one does not say optimal");
    glp_delete_prob(p);
    tdo_arena_free(a);
}

static void frontier(size_t n)
{
    enum { D = 4 };
    rng r = {11};
    double *x = malloc(n * D * sizeof *x), t[3];
    tdo_arena *a = tdo_arena_new();
    tdo_front front = {0};
    size_t kept = 0;
    if (!x || !a)
        return;
    for (size_t i = 0; i < n; i++)
        data_row(&r, DATA_ANTICORRELATED, x + i * D, D);
    t[0] = now_ns();
    const tdo_status s = tdo_frontier(x, n, D, a, &front);
    t[1] = now_ns();
    for (size_t i = 0; i < n; i++) {
        bool beaten = false;
        for (size_t j = 0; j < n && !beaten; j++)
            beaten = tdo_dominates(x + j * D, x + i * D, D);
        kept += !beaten;
    }
    t[2] = now_ns();
    say("frontier: a candidate of 50000", "all pairs", n, t[1] - t[0], t[2] - t[1]);
    if (s || kept != front.count)
        printf("  %zu and %zu are kept\n", front.count, kept);
    tdo_arena_free(a);
    free(x);
}

int main(void)
{
    numbers(4, "reading a number of 4 digits");
    decimals();
    numbers(17, "reading a number of 17 digits");
    printing();
    ids();
    memory();
    json();
    lp(1);
    lp(1e-6);
    frontier(50000);
    return 0;
}
