/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounds for people. The rules are those of "tradeoff help words". */
#include "explain/amount.h"
#include "base/decimal.h"

#include <math.h>
#include <string.h>

#include "base/sort.h"

enum {
    MOST_ERRORS = 10000, /* of which the median is taken; of more, every so manyth */
    MOST_DIGITS = 15,
    TELLING_DIGITS = 17, /* tell any two doubles apart */
    SHORT_READING = 1000 /* three digits */
};

/* ---- the scale of a criterion ---- */

/* The median of those of n numbers that are above 0; 0: none is. */
static double median_above_0(const double *x, size_t n, tdo_arena *a, bool *failed)
{
    const size_t step = n / MOST_ERRORS + 1;
    double *key = tdo_alloc(a, n / step + 1, sizeof *key);
    uint32_t *index = tdo_alloc(a, n / step + 1, sizeof *index);
    uint64_t *room = tdo_alloc(a, 2 * (n / step + 1), sizeof *room);
    uint32_t m = 0;
    *failed = *failed || !key || !index || !room;
    for (size_t i = 0; i < n && !*failed; i += step)
        if (x[i] > 0 && isfinite(x[i])) {
            key[m] = x[i];
            index[m] = m;
            m++;
        }
    if (*failed || m == 0)
        return 0;
    sort_by_key(key, index, m, room);
    return key[index[m / 2]];
}

/* Is a number that is not negative as good as whole? (Rounded by what is lost at 2^52: it is asked
 * of every reading.) */
static bool is_whole(double x)
{
    const double whole = (x + 0x1p52) - 0x1p52;
    return fabs(x - whole) <= 1e-9 * (x > 1 ? x : 1);
}

/* The decimals that a reading is written with, up to so many. */
static int decimals_of(double x, int most)
{
    int n = 0;
    double y = fabs(x);
    for (; n < most && !is_whole(y); n++)
        y *= 10;
    return n;
}

static amount_scale scale_of(const tdo_run *run, size_t c, tdo_arena *a, bool *failed)
{
    const tdo_measured *x = &run->measured;
    const tdo_criterion *k = &run->scenario->criteria[c];
    double low = INFINITY, high = -INFINITY, shift = 1;
    amount_scale out = {.tens = -2, .whole = true};
    int decimals = 0;
    for (size_t i = 0; i < x->n; i++) {
        const double reading = x->reading[c][i];
        if (x->dropped[i] || isnan(reading))
            continue;
        low = reading < low ? reading : low;
        high = reading > high ? reading : high;
        out.whole = out.whole && reading == floor(reading);
        if (is_whole(fabs(reading) * shift)) /* the usual case: as many as others have */
            continue;
        const int has = decimals_of(reading, MOST_DIGITS);
        decimals = has > decimals ? has : decimals;
        shift = decimal_ten_to(decimals);
    }
    const double error = x->se[c] ? median_above_0(x->se[c], x->n, a, failed) : 0;
    const double coarse = error > 0 ? error / 2 : k->indifference > 0 ? k->indifference / 2 : 0;
    if (coarse > 0)
        out.tens = decimal_tens(coarse);
    else if (high > low)
        out.tens = decimal_tens(high / 100 - low / 100);
    out.decimals = decimals;
    out.plain = !(coarse > 0);
    if (out.whole && out.tens < 0)
        out.tens = 0;
    return out;
}

const amount_scale *amount_scales(const tdo_run *run, tdo_arena *a)
{
    const size_t d = run->scenario->n_criteria;
    amount_scale *out = tdo_alloc(a, d, sizeof *out);
    bool failed = !out;
    for (size_t c = 0; c < d && !failed; c++)
        out[c] = scale_of(run, c, a, &failed);
    return failed ? NULL : out;
}

/* ---- writing ---- */

/* Digits of the whole part in threes, and zeros up to so many decimals. */
static void put_grouped(tdo_sink *o, const char *number, int decimals)
{
    const bool negative = *number == '-';
    const char *s = number + negative;
    size_t whole = strspn(s, "0123456789"), all = strlen(s);
    if (strchr(s, 'e')) { /* too long for people in any case */
        tdo_puts(o, number);
        return;
    }
    tdo_puts(o, negative ? "-" : "");
    for (size_t k = 0; k < whole; k++) {
        tdo_puts(o, k && (whole - k) % 3 == 0 ? "," : "");
        tdo_put(o, s + k, 1);
    }
    tdo_put(o, s + whole, all - whole);
    int has = all > whole ? (int)(all - whole) - 1 : 0;
    if (!has && decimals > 0)
        tdo_puts(o, ".");
    for (; has < decimals; has++)
        tdo_puts(o, "0");
}

void amount_put_grouped(tdo_sink *o, double x)
{
    char text[TDO_NUMBER_TEXT];
    (void)tdo_number_write(x, text);
    put_grouped(o, text, 0);
}

void amount_put_rounded(tdo_sink *o, double x, int digits)
{
    char text[TDO_NUMBER_TEXT];
    (void)tdo_number_round(x, digits, text);
    put_grouped(o, text, 0);
}

int amount_digits_beside(double x, double other, int digits)
{
    char text[TDO_NUMBER_TEXT], next[TDO_NUMBER_TEXT];
    for (; digits < TELLING_DIGITS && (x < other || x > other); digits++) {
        (void)tdo_number_round(x, digits, text);
        (void)tdo_number_round(other, digits, next);
        if (strcmp(text, next) != 0)
            break;
    }
    return digits;
}

/* x with digits down to 10^tens, two at least. */
static void put_down_to(tdo_sink *o, double x, int tens, bool whole)
{
    char text[TDO_NUMBER_TEXT];
    if (!(fabs(x) > 0)) {
        tdo_puts(o, isnan(x) ? "not measured" : "0");
        return;
    }
    if (isinf(x)) {
        tdo_puts(o, x > 0 ? "beyond 1.8e308" : "beyond -1.8e308");
        return;
    }
    const int first = decimal_tens(fabs(x));
    int last = tens < first ? tens : first - 1;
    last = whole && last < 0 ? 0 : last;
    const int digits = first - last + 1 < 1 ? 1 : first - last + 1;
    (void)tdo_number_round(x, digits > MOST_DIGITS ? MOST_DIGITS : digits, text);
    put_grouped(o, text, digits > MOST_DIGITS ? 0 : -last);
}

/* The step for x: no finer than it is written, where no reading is; and nothing is taken from a
 * short one where nothing says that it is too fine. */
static int tens_for(const amount_scale *scale, double x)
{
    const int own = isfinite(x) ? decimals_of(x, MOST_DIGITS) : MOST_DIGITS;
    const bool is_short = own < MOST_DIGITS && fabs(x) * decimal_ten_to(own) < SHORT_READING;
    if (own <= scale->decimals && scale->tens < -scale->decimals)
        return -scale->decimals;
    return scale->plain && is_short && -own < scale->tens ? -own : scale->tens;
}

void amount_put(tdo_sink *o, const amount_scale *scale, double x)
{
    put_down_to(o, x, scale->tens, scale->whole);
}

/* What x reads as when it is written so. */
static double as_rounded(double x, int tens, bool whole)
{
    char text[TDO_NUMBER_TEXT];
    double y = 0;
    if (!(fabs(x) > 0))
        return x;
    const int first = decimal_tens(fabs(x));
    int last = tens < first ? tens : first - 1;
    last = whole && last < 0 ? 0 : last;
    const size_t length = tdo_number_round(x, first - last + 1, text);
    return tdo_number_read(text, length, &y) == TDO_NUMBER_OK ? y : x;
}

static int side(double x, double bound)
{
    return x > bound ? 1 : x < bound ? -1 : 0;
}

static bool stays(double x, double rounded, bool has, double bound)
{
    return !has || side(x, bound) == side(rounded, bound);
}

/* Does rounding leave the reading on its side of every bound that it is compared with? */
static bool keeps_its_side(const tdo_run *run, size_t c, double x, double y)
{
    const tdo_scenario *s = run->scenario;
    bool good = true;
    for (size_t j = 0; j < s->n_constraints; j++) {
        const tdo_condition *is = &s->constraints[j].condition;
        if (is->criterion == c)
            good = good && stays(x, y, is->has_min, is->min) && stays(x, y, is->has_max, is->max);
    }
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t k = 0; k < s->stakeholders[h].n_needs; k++) {
            const tdo_need *need = &s->stakeholders[h].needs[k];
            if (need->criterion == c)
                good = good && stays(x, y, need->has_min, need->min) &&
                       stays(x, y, need->has_max, need->max);
        }
    return good;
}

void amount_put_bare(tdo_sink *o, const tdo_run *run, const amount_scale *scales, size_t c,
                     double reading)
{
    const tdo_criterion *k = &run->scenario->criteria[c];
    if (k->levels && reading >= 0 && reading < (double)k->n_levels) {
        tdo_puts(o, k->levels[(size_t)reading]);
        return;
    }
    int tens = tens_for(&scales[c], reading);
    while (tens > scales[c].tens - MOST_DIGITS &&
           !keeps_its_side(run, c, reading, as_rounded(reading, tens, scales[c].whole)))
        tens--;
    put_down_to(o, reading, tens, scales[c].whole);
}

const char *amount_point(double x, int digits)
{
    char text[TDO_NUMBER_TEXT];
    (void)tdo_number_round(fabs(x), digits, text);
    return strcmp(text, "1") == 0 ? " point" : " points";
}

static bool is_percent(const tdo_criterion *c)
{
    return strcmp(c->unit, "%") == 0;
}

void amount_put_unit(tdo_sink *o, const tdo_criterion *c)
{
    if (c->unit[0] && !c->levels)
        tdo_putf(o, "%s%s", is_percent(c) ? "" : " ", c->unit);
}

void amount_put_unit_apart(tdo_sink *o, const tdo_criterion *c, double by)
{
    if (is_percent(c))
        tdo_putf(o, " percentage%s", amount_point(by, MOST_DIGITS));
    else
        amount_put_unit(o, c);
}

void amount_put_reading(tdo_sink *o, const tdo_run *run, const amount_scale *scales, size_t c,
                        double reading)
{
    amount_put_bare(o, run, scales, c, reading);
    if (!isnan(reading))
        amount_put_unit(o, &run->scenario->criteria[c]);
}

void amount_put_bare_bound(tdo_sink *o, const tdo_criterion *c, double bound)
{
    if (c->levels && bound >= 0 && bound < (double)c->n_levels)
        tdo_puts(o, c->levels[(size_t)bound]);
    else
        amount_put_grouped(o, bound);
}

void amount_put_bound(tdo_sink *o, const tdo_criterion *c, double bound)
{
    amount_put_bare_bound(o, c, bound);
    amount_put_unit(o, c);
}

void amount_put_bare_change(tdo_sink *o, const tdo_run *run, const amount_scale *scales, size_t c,
                            double to, double from)
{
    const double by = tdo_beyond(to, 0, from);
    if (run->scenario->criteria[c].levels)
        return;
    tdo_puts(o, by > 0 ? "+" : "");
    put_down_to(o, by, tens_for(&scales[c], by), scales[c].whole);
}

/* " (nearer to 1)"; by how much nearer where the way leads past the target. */
static void put_nearer(tdo_sink *o, const amount_scale *scale, const tdo_criterion *k, double to,
                       double from)
{
    const int better = tdo_better(k, to, from);
    const double by = tdo_beyond(tdo_measurement(k, to), 0, tdo_measurement(k, from));
    tdo_puts(o, " (");
    if (better != 0 && (to - k->target) * (from - k->target) < 0) {
        put_down_to(o, fabs(by), tens_for(scale, by), scale->whole);
        tdo_puts(o, " ");
    }
    tdo_puts(o, better > 0 ? "nearer to " : better < 0 ? "farther from " : "as far from ");
    amount_put_grouped(o, k->target);
    tdo_puts(o, ")");
}

void amount_put_change(tdo_sink *o, const tdo_run *run, const amount_scale *scales, size_t c,
                       double to, double from)
{
    const tdo_criterion *k = &run->scenario->criteria[c];
    if (k->levels && to >= 0 && from >= 0) {
        tdo_putf(o, "%s, not %s", k->levels[(size_t)to], k->levels[(size_t)from]);
        return;
    }
    amount_put_bare_change(o, run, scales, c, to, from);
    amount_put_unit_apart(o, k, scales[c].whole ? tdo_beyond(to, 0, from) : (double)NAN);
    if (k->goal == TDO_GOAL_TARGET)
        put_nearer(o, &scales[c], k, to, from);
}

void amount_put_beyond(tdo_sink *o, double end, bool up)
{
    const double TIED = 1e-9; /* an end that rounding moved: nearer to it is a tie */
    const double percent = 100 * end + (up ? TIED : -TIED);
    for (double unit = 0.1; unit > 1e-6; unit /= 10) {
        const double steps = up ? floor(percent / unit) + 1 : ceil(percent / unit) - 1;
        const double at = steps * unit;
        if (up ? at > percent && at <= 100 : at < percent && at >= 0) {
            amount_put_rounded(o, at, 6);
            tdo_puts(o, "%");
            return;
        }
    }
    tdo_puts(o, up ? "more than " : "less than ");
    amount_put_rounded(o, percent, 9);
    tdo_puts(o, "%");
}
