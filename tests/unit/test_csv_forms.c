/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells with an error, an interval or a unit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "csv/cell.h"
#include "random.h"

#define PM    "\xC2\xB1"
#define MINUS "\xE2\x88\x92"
#define NBSP  "\xC2\xA0"
#define NNBSP "\xE2\x80\xAF"
#define DASH  "\xE2\x80\x93"

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* expected NaN in x: it does not read. */
static void check(const tdo_reading_style *style, const char *text, csv_number expected)
{
    csv_number is;
    bool reads = csv_cell_read(text, strlen(text), style, &is) == TDO_NUMBER_OK;
    if (reads != !isnan(expected.x))
        fail_msg("\"%s\" as %s %s", text, tdo_cell_form_name[style->as],
                 reads ? "reads" : "does not read");
    if (reads && (!same(is.x, expected.x) || !same(is.error, expected.error) ||
                  !same(is.low, expected.low) || !same(is.high, expected.high)))
        fail_msg("\"%s\" reads as %.17g, %.17g, %.17g, %.17g", text, is.x, is.error, is.low,
                 is.high);
}

static void errors(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double x, error;
    } table[] = {
        {"0.82 " PM " 0.02", 0.82, 0.02},
        {"0.82" PM "0.02", 0.82, 0.02},
        {"0.82 (0.02)", 0.82, 0.02},
        {"0.82(.02)", 0.82, 0.02},
        {"0.82 (" PM "0.02)", 0.82, 0.02},
        {"0.82 +/- 0.02", 0.82, 0.02},
        {"-0.82+-0", -0.82, 0},
        {MINUS "0.82" NBSP PM NBSP "0.02", -0.82, 0.02},
        {NBSP "1e3" NNBSP PM NNBSP "2.5e1 ", 1000, 25},
        {"12 (3)", 12, 3},
        {"0.82 (0)", 0.82, 0},
        {"1,013.5 " PM " 2", 1013.5, 2},
        {"0.82", NAN, NAN},
        {"0.82 " PM, NAN, NAN},
        {PM " 0.02", NAN, NAN},
        {"0.82 " PM " -0.02", NAN, NAN},
        {"0.8213(12)", NAN, NAN}, /* last digits */
        {"0.82 (0.02", NAN, NAN},
        {"0.82 0.02)", NAN, NAN},
        {"0.82 (0.02) x", NAN, NAN},
        {"0.82 (0.80-0.84)", NAN, NAN},
        {"0.82 " PM " 0.02 ms", NAN, NAN},
        {"77% " PM " 2%", NAN, NAN}, /* not asked for */
        {"1e400 " PM " 1", NAN, NAN},
        {"", NAN, NAN},
    };
    const tdo_reading_style style = {.as = TDO_CELLS_PLUS_MINUS, .thousands = ','};
    const tdo_reading_style percent = {.as = TDO_CELLS_PLUS_MINUS, .percent = true};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        check(&style, table[i].text, (csv_number){table[i].x, 0, table[i].error, NAN, NAN});
    check(&percent, "77.4% " PM " 0.3%", (csv_number){77.4, 0, 0.3, NAN, NAN});
    check(&percent, "77.4 " PM " 0.3%", (csv_number){77.4, 0, 0.3, NAN, NAN});
}

static void intervals(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double x, low, high;
    } table[] = {
        {"0.93 (0.87-0.98)", 0.93, 0.87, 0.98},
        {"0.93 [0.87, 0.98]", 0.93, 0.87, 0.98},
        {"0.93(0.87;0.98)", 0.93, 0.87, 0.98},
        {"0.93 (0.87 " DASH " 0.98)", 0.93, 0.87, 0.98},
        {"0.93 (0.87" MINUS "0.98)", 0.93, 0.87, 0.98},
        {"0.93 (0.87 to 0.98)", 0.93, 0.87, 0.98},
        {"-0.2 (-0.3--0.1)", -0.2, -0.3, -0.1},
        {"0 (" MINUS "0.3" DASH "0.1)", 0, -0.3, 0.1},
        {"1e-3 (1e-4-2e-3)", 1e-3, 1e-4, 2e-3},
        {"1,200 (1,100-1,300)", 1200, 1100, 1300},
        {"5 [5, 5]", 5, 5, 5},
        {"0.93 (0.87-0.98]", NAN, NAN, NAN},
        {"0.93 (0.98-0.87)", NAN, NAN, NAN},
        {"0.99 (0.87-0.98)", NAN, NAN, NAN}, /* outside */
        {"0.93 (0.87)", NAN, NAN, NAN},
        {"0.93 (0.87-0.98", NAN, NAN, NAN},
        {"0.87-0.98", NAN, NAN, NAN},
        {"0.93 " PM " 0.02", NAN, NAN, NAN},
        {"0.93", NAN, NAN, NAN},
    };
    const tdo_reading_style style = {.as = TDO_CELLS_INTERVAL, .thousands = ','};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        check(&style, table[i].text, (csv_number){table[i].x, 0, NAN, table[i].low, table[i].high});
}

static void quantities(void **state)
{
    (void)state;
    static const struct {
        const char *unit, *text;
        double x;
    } table[] = {
        {"ms", "12 ms", 12},
        {"ms", "1.2 s", 1200},
        {"ms", "45\xC2\xB5s", 0.045},
        {"ms", "45 \xCE\xBCs", 0.045},
        {"ms", "45" NBSP "us", 0.045},
        {"ms", "7 ns", 0.000007},
        {"s", "2 min", 120},
        {"s", "0.1 h", 360},
        {"s", "1d", 86400},
        {"h", "90 min", 1.5},
        {"min", "1 s", 1.0 / 60},
        {"ms", MINUS "3 ms", -3},
        {"ms per query", "12 ms", 12},
        {"ms/query", "12 ms/query", 12},
        {"MB", "1.5 GB", 1500},
        {"MB", "800 MB", 800},
        {"MB", "1 MiB", 1.048576},
        {"MiB", "1 MB", 0.95367431640625},
        {"GB", "2 TiB", 2199.023255552},
        {"B", "3 B", 3},
        {"B", "3 kB", 3000},
        {"USD", "$0.15", 0.15},
        {"$", "$1.10", 1.1},
        {"USD/week", "$1,200", 1200},
        {"USD", "-$5", -5},
        {"USD", "$-5", -5},
        {"USD", "USD 5", 5},
        {"USD", "5 USD", 5},
        {"USD", "$1.2M", 1200000},
        {"USD", "1.2k USD", 1200},
        {"USD", "1.2M", 1200000},
        {"EUR",
         "\xE2\x82\xAC"
         "3",
         3},
        {"EUR", "3 \xE2\x82\xAC", 3},
        {"GBP",
         "\xC2\xA3"
         "3",
         3},
        {"CHF", "CHF 3.50", 3.5},
        {"", "1.2M", 1200000},
        {"", "950", 950},
        {"", "1.2k", 1200},
        {"", "1.2K", 1200},
        {"", "7B", 7e9},
        {"", "1 G", 1e9},
        {"", "1T", 1e12},
        {"params", "7B", 7e9},
        {"M params", "1.2M", 1.2},
        {"B params", "700M", 0.7},
        {"", "0.1M", 100000},
        {"", "4.35M", 4350000}, /* 4.35 x 10^6 in doubles is 4349999.9999999995 */
        {"ms", "12", NAN},
        {"ms", "12 GB", NAN},
        {"ms", "12 sec", NAN},
        {"ms", "12 m", NAN},
        {"ms", "1.2k", NAN},
        {"ms", "ms", NAN},
        {"ms", "", NAN},
        {"ms", "12 ms/query", NAN},
        {"MB", "1.2M", NAN},
        {"MB", "1.2G", NAN},
        {"MB", "5 KB", NAN}, /* 1000 or 1024? */
        {"MB", "5 mb", NAN},
        {"", "12 ms", NAN},
        {"", "$5", NAN},
        {"EUR", "$5", NAN},
        {"USD", "$5 USD", NAN},
        {"USD", "5%", NAN},
        {"USD", "5 apples", NAN},
        {"ms", "12 " PM " 1 ms", NAN},
        {"M params", "950", NAN},
        {"s", "1e308 d", NAN},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const tdo_reading_style style = {
            .as = TDO_CELLS_QUANTITY, .unit = table[i].unit, .thousands = ','};
        check(&style, table[i].text, (csv_number){table[i].x, 0, NAN, NAN, NAN});
    }
}

static void beside_quantities(void **state)
{
    (void)state;
    const tdo_reading_style style = {.as = TDO_CELLS_QUANTITY, .unit = "ms", .unit_optional = true};
    check(&style, "0.5", (csv_number){0.5, 0, NAN, NAN, NAN});
    check(&style, "500 us", (csv_number){0.5, 0, NAN, NAN, NAN});
    check(&style, "5 GB", (csv_number){NAN, 0, NAN, NAN, NAN});
}

/* ---- to write and to read is the identity ---- */

static double some(rng *r)
{
    double x = (double)rng_below(r, 2000000) - 1000000;
    char text[TDO_NUMBER_TEXT];
    size_t length = tdo_number_write(x, text);
    (void)snprintf(text + length, sizeof text - length, "e-%d", (int)rng_below(r, 9));
    assert_int_equal(tdo_number_read(text, strlen(text), &x), TDO_NUMBER_OK);
    return x;
}

static const char *pick(rng *r, const char *const *from, size_t n)
{
    return from[rng_below(r, n)];
}
#define PICK(...)                                                                                  \
    pick(r, (const char *const[]){__VA_ARGS__},                                                    \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void write_error(rng *r, char *out, size_t room, csv_number *is)
{
    char x[TDO_NUMBER_TEXT], e[TDO_NUMBER_TEXT];
    *is = (csv_number){some(r), 0, fabs(some(r)), NAN, NAN};
    tdo_number_write(is->x, x);
    tdo_number_write(is->error, e);
    const char *blank = PICK("", " ", NBSP, NNBSP);
    (void)snprintf(out, room, "%s%s%s%s%s", x, blank, PICK(PM, "+/-", "+-"), blank, e);
}

static void write_interval(rng *r, char *out, size_t room, csv_number *is)
{
    char x[TDO_NUMBER_TEXT], low[TDO_NUMBER_TEXT], high[TDO_NUMBER_TEXT];
    double a = some(r), b = some(r), c = some(r);
    *is = (csv_number){fmax(fmin(a, b), fmin(fmax(a, b), c)), 0, NAN, fmin(a, fmin(b, c)),
                       fmax(a, fmax(b, c))};
    tdo_number_write(is->x, x);
    tdo_number_write(is->low, low);
    tdo_number_write(is->high, high);
    bool round = rng_below(r, 2) == 0;
    (void)snprintf(out, room, "%s%s%s%s%s%s%s", x, PICK("", " ", NBSP), round ? "(" : "[", low,
                   PICK("-", ", ", "; ", DASH, " to ", " " DASH " "), high, round ? ")" : "]");
}

static void write_quantity(rng *r, char *out, size_t room, csv_number *is)
{
    char x[TDO_NUMBER_TEXT];
    *is = (csv_number){some(r), 0, NAN, NAN, NAN};
    tdo_number_write(is->x, x);
    (void)snprintf(out, room, "%s%sms", x, PICK("", " ", NBSP));
}

static void written_and_read(void **state)
{
    (void)state;
    static void (*const write[])(rng *, char *, size_t,
                                 csv_number *) = {[TDO_CELLS_PLUS_MINUS] = write_error,
                                                  [TDO_CELLS_INTERVAL] = write_interval,
                                                  [TDO_CELLS_QUANTITY] = write_quantity};
    rng r = {.state = 9};
    for (size_t round = 0; round < 30000; round++) {
        char text[CSV_FORM_BYTES];
        csv_number is;
        csv_form guess;
        tdo_reading_style style = {.as = (tdo_cell_form)(1 + rng_below(&r, TDO_CELL_FORMS - 1)),
                                   .unit = "ms"};
        const tdo_reading_style plain = {.as = TDO_CELLS_PLAIN};
        write[style.as](&r, text, sizeof text, &is);
        check(&style, text, is);
        assert_true(csv_form_guess(text, strlen(text), &plain, &guess));
        assert_int_equal(guess.as, style.as);
    }
}

/* From one unit to another and back: the same decimal, wherever the way there is exact. */
static void there_and_back(void **state)
{
    (void)state;
    static const char *const units[][2] = {{"us", "ms"}, {"ms", "s"}, {"kB", "GB"},
                                           {"B", "MiB"}, {"s", "ns"}, {"GiB", "B"}};
    rng r = {.state = 10};
    for (size_t round = 0; round < 20000; round++) {
        const char *const *u = units[rng_below(&r, 6)];
        const tdo_reading_style to = {.as = TDO_CELLS_QUANTITY, .unit = u[1]},
                                back = {.as = TDO_CELLS_QUANTITY, .unit = u[0]};
        char text[CSV_FORM_BYTES], x[TDO_NUMBER_TEXT];
        double first = some(&r);
        csv_number is;
        tdo_number_write(first, x);
        (void)snprintf(text, sizeof text, "%s %s", x, u[0]);
        assert_int_equal(csv_cell_read(text, strlen(text), &to, &is), TDO_NUMBER_OK);
        if (is.rest != 0)
            continue;
        tdo_number_write(is.x, x);
        (void)snprintf(text, sizeof text, "%s %s", x, u[1]);
        assert_int_equal(csv_cell_read(text, strlen(text), &back, &is), TDO_NUMBER_OK);
        if (is.x != first)
            fail_msg("%.17g %s is %s, and back %.17g", first, u[0], text, is.x);
    }
}

/* Whatever stands in a cell: what reads holds together, what does not is explained. */
static void random_cells(void **state)
{
    (void)state;
    static const char *const pieces[] = {"0",  "1", "9",  ".5", ".", "-",  "+",   "e3", ",",
                                         " ",  "(", ")",  "[",  "]", "%",  "$",   "M",  "B",
                                         "ms", "s", "GB", PM,   "k", "to", "USD", "~",  "/",
                                         NBSP, "*", "<",  DASH, ";", "x",  MINUS, "e9", "\x1E"};
    static const char *const units[] = {"", "ms", "MB", "USD/week", "M params", "x"};
    const size_t n_pieces = sizeof pieces / sizeof pieces[0];
    tdo_arena *a = tdo_arena_new();
    rng r = {.state = 11};
    size_t read = 0;
    assert_non_null(a);
    for (size_t round = 0; round < 200000; round++) {
        char text[64] = "";
        size_t n = 1 + rng_below(&r, 8);
        csv_number is;
        const tdo_reading_style style = {.as = (tdo_cell_form)rng_below(&r, TDO_CELL_FORMS),
                                         .unit = units[rng_below(&r, 6)],
                                         .percent = rng_below(&r, 2) == 0,
                                         .thousands = rng_below(&r, 2) == 0 ? ',' : '\0'};
        for (size_t k = 0; k < n; k++)
            strcat(text, pieces[rng_below(&r, n_pieces)]);
        if (csv_cell_read(text, strlen(text), &style, &is) == TDO_NUMBER_OK) {
            read++;
            assert_true(isfinite(is.x) && !(is.error < 0));
            assert_true(isnan(is.low) || (is.low <= is.x && is.x <= is.high));
        } else if (round % 16 == 0) {
            tdo_sink o = tdo_sink_memory(a);
            csv_cell_explain(&o, text, strlen(text), &style);
            assert_true(!o.failed && o.length > strlen(text));
        }
        (void)csv_cell_decorated(text, strlen(text));
    }
    assert_true(read > 1000);
    tdo_arena_free(a);
}

static void what_is_no_form(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",      "12",       "-3.5", "word",  "gpt-4",      "GPT 4", "v1.2",       "0_0",
        "1.2.3", "45/50",    "<10",  "0.86*", "2024-05-01", "12:30", "1,5",        "(3)",
        "a (1)", "3 apples", "$",    "USD",   "M",          "1 2",   "0.8213(12)", MINUS "1"};
    const tdo_reading_style plain = {.as = TDO_CELLS_PLAIN};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        csv_form f;
        if (csv_form_guess(texts[i], strlen(texts[i]), &plain, &f))
            fail_msg("\"%s\" is taken for %s", texts[i], tdo_cell_form_name[f.as]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors),           cmocka_unit_test(intervals),
        cmocka_unit_test(quantities),       cmocka_unit_test(beside_quantities),
        cmocka_unit_test(written_and_read), cmocka_unit_test(there_and_back),
        cmocka_unit_test(what_is_no_form),  cmocka_unit_test(random_cells),
    };
    return cmocka_run_group_tests_name("csv forms", tests, NULL, NULL);
}
