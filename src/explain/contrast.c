/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two candidates compared: where one is better, where that does not matter, and where it is noise.
 */
#include "base/list.h"
#include "explain/amount.h"
#include "explain/facts.h"
#include "explain/words.h"

#include <math.h>

static double reading_of(const tdo_run *run, size_t c, size_t i)
{
    return run->measured.reading[c][i];
}

bool speech_within_noise(const tdo_run *run, size_t c, size_t i, size_t j)
{
    const tdo_criterion *k = &run->scenario->criteria[c];
    double by = tdo_beyond(tdo_measurement(k, reading_of(run, c, i)), 0,
                           tdo_measurement(k, reading_of(run, c, j)));
    return fabs(by) <= 2 * tdo_se_apart(k, &run->measured, &run->doubts, c, i, j);
}

/* What reading a is compared with b: "12 less", or for a target "0.01 nearer to 1". */
static void speech_put_by(tdo_sink *o, const tdo_criterion *k, double a, double b)
{
    if (k->goal != TDO_GOAL_TARGET) {
        amount_put_rounded(o, fabs(tdo_beyond(a, 0, b)), SPEECH_WORD_DIGITS);
        tdo_puts(o, a > b ? " more" : " less");
        return;
    }
    double by = tdo_beyond(tdo_measurement(k, a), 0, tdo_measurement(k, b));
    if (by != 0)
        amount_put_rounded(o, fabs(by), SPEECH_WORD_DIGITS);
    tdo_puts(o, by < 0 ? " nearer to " : by > 0 ? " farther from " : "as far from ");
    amount_put_rounded(o, k->target, SPEECH_WORD_DIGITS);
}

static void put_bare(tdo_sink *o, const tdo_run *run, size_t c, size_t i)
{
    const tdo_criterion *k = &run->scenario->criteria[c];
    double reading = reading_of(run, c, i);
    if (k->levels || isnan(reading))
        tdo_put_reading(o, k, reading);
    else
        amount_put_rounded(o, reading, SPEECH_WORD_DIGITS);
    if (facts_is_assumed(run, c, i))
        tdo_puts(o, " (not measured, taken as the worst)");
}

/* "latency (118 instead of 130 ms, 12 less)" */
static void put_difference(tdo_sink *o, const tdo_run *run, size_t c, size_t i, size_t j)
{
    const tdo_criterion *k = &run->scenario->criteria[c];
    tdo_putf(o, "%s (", k->label);
    put_bare(o, run, c, i);
    tdo_puts(o, " instead of ");
    if (facts_is_assumed(run, c, j))
        put_bare(o, run, c, j);
    else
        tdo_put_reading(o, k, reading_of(run, c, j));
    if (!k->levels) {
        tdo_puts(o, ", ");
        speech_put_by(o, k, reading_of(run, c, i), reading_of(run, c, j));
    }
    tdo_puts(o, ")");
}

/* Is the difference of two readings one that does not matter in practice? */
static bool is_indifferent(const tdo_run *run, size_t c, size_t i, size_t j)
{
    return tdo_is_indifferent(&run->scenario->criteria[c], reading_of(run, c, i),
                              reading_of(run, c, j));
}

/* Two candidates to be compared. */
typedef struct contrast {
    const tdo_run *run;
    size_t i, j;
    const double *weight; /* [d] criteria with weight 0 are passed over; NULL: none is */
} contrast;

/* How many criteria have i better (sign 1) or worse (-1) than j; which[] gets them in order. */
static size_t where_differs(const contrast *x, int sign, size_t *which)
{
    size_t n = 0;
    for (size_t c = 0; c < x->run->measured.d; c++) {
        double a = reading_of(x->run, c, x->i), b = reading_of(x->run, c, x->j);
        bool counts = !x->weight || x->weight[c] > 0;
        if (counts && !isnan(a) && !isnan(b) &&
            tdo_better(&x->run->scenario->criteria[c], a, b) == sign)
            which[n++] = c;
    }
    return n;
}

/* Where two candidates differ, and where they do not in practice. */
typedef struct differences {
    size_t gain[TDO_MAX_CRITERIA], loss[TDO_MAX_CRITERIA];
    size_t small[TDO_MAX_CRITERIA]; /* by no more than does not matter */
    size_t noise[TDO_MAX_CRITERIA]; /* by no more than two standard errors */
    size_t n_gain, n_loss, n_small, n_noise;
} differences;

static size_t keep_what_counts(const contrast *x, size_t n, size_t *which, differences *out)
{
    size_t kept = 0;
    for (size_t k = 0; k < n; k++) {
        if (is_indifferent(x->run, which[k], x->i, x->j))
            out->small[out->n_small++] = which[k];
        else if (speech_within_noise(x->run, which[k], x->i, x->j))
            out->noise[out->n_noise++] = which[k];
        else
            which[kept++] = which[k];
    }
    return kept;
}

static void find_differences(const contrast *x, differences *out)
{
    *out = (differences){.n_small = 0};
    out->n_gain = keep_what_counts(x, where_differs(x, 1, out->gain), out->gain, out);
    out->n_loss = keep_what_counts(x, where_differs(x, -1, out->loss), out->loss, out);
}

/* said: something stands before. */
static void put_differences(tdo_sink *o, const contrast *x, const size_t *which, size_t n,
                            const char *first, bool *said)
{
    for (size_t k = 0; k < n; k++) {
        tdo_puts(o, k ? list_joint(k, n) : *said ? "; " : "");
        tdo_puts(o, k ? "" : first);
        put_difference(o, x->run, which[k], x->i, x->j);
        *said = true;
    }
}

/* Do they measure the same, and are not only as near to a target? */
static bool measures_the_same(const contrast *x)
{
    bool same = true;
    for (size_t c = 0; c < x->run->measured.d && same; c++)
        if (!x->weight || x->weight[c] > 0)
            same = tdo_beyond(reading_of(x->run, c, x->i), 0, reading_of(x->run, c, x->j)) == 0;
    return same;
}

void speech_put_comparison(tdo_sink *o, const tdo_run *run, size_t i, size_t j,
                           const double *weight)
{
    const contrast x = {run, i, j, weight};
    differences d;
    bool said = false;
    find_differences(&x, &d);
    const char *nothing = d.n_noise   ? "nothing beyond noise"
                          : d.n_small ? "nothing that matters"
                                      : "nothing";
    if (!d.n_gain && !d.n_loss && !d.n_small && !d.n_noise)
        tdo_putf(o, "it %s in %s", measures_the_same(&x) ? "measures the same" : "is as good",
                 weight ? "what they weigh" : "every criterion");
    put_differences(o, &x, d.gain, d.n_gain, "it gains in ", &said);
    put_differences(o, &x, d.loss, d.n_loss, "it gives up ", &said);
    if (d.n_gain && !d.n_loss)
        tdo_putf(o, " and gives up %s", nothing);
    if (d.n_loss && !d.n_gain)
        tdo_putf(o, " and gains %s", nothing);
    put_differences(o, &x, d.small, d.n_small,
                    said ? "as good in practice: " : "it is as good in practice: ", &said);
    put_differences(o, &x, d.noise, d.n_noise,
                    said ? "within two standard errors: " : "it is within two standard errors in ",
                    &said);
}

/* Where i is better (sign 1) or worse (-1) than j; sure: those alone that are beyond noise. */
static void put_lead(tdo_sink *o, const contrast *x, int sign, bool sure)
{
    const tdo_run *run = x->run;
    const size_t i = x->i, j = x->j;
    size_t all[TDO_MAX_CRITERIA], n = 0;
    const size_t found = where_differs(x, sign, all);
    for (size_t k = 0; k < found; k++)
        if (!sure || !speech_within_noise(run, all[k], i, j))
            all[n++] = all[k];
    for (size_t k = 0; k < n; k++) {
        const tdo_criterion *c = &run->scenario->criteria[all[k]];
        double a = reading_of(run, all[k], i), b = reading_of(run, all[k], j);
        tdo_puts(o, list_joint(k, n));
        if (c->levels) {
            tdo_putf(o, "%s (%s instead of %s)", c->label, c->levels[(size_t)a],
                     c->levels[(size_t)b]);
        } else {
            tdo_putf(o, "%s by ", c->label);
            const double by = fabs(tdo_beyond(tdo_measurement(c, a), 0, tdo_measurement(c, b)));
            amount_put_rounded(o, by, SPEECH_WORD_DIGITS);
            amount_put_unit_apart(o, c, by);
        }
        if (is_indifferent(run, all[k], i, j))
            tdo_puts(o, " (which does not matter in practice)");
        else if (speech_within_noise(run, all[k], i, j))
            tdo_puts(o, " (within two standard errors)");
    }
}

void speech_put_lead(tdo_sink *o, const tdo_run *run, size_t i, size_t j)
{
    put_lead(o, &(contrast){run, i, j, NULL}, 1, false);
}

void speech_put_surely(tdo_sink *o, const tdo_run *run, size_t i, int sign, size_t j)
{
    put_lead(o, &(contrast){run, i, j, NULL}, sign, true);
}
