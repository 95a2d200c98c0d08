/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says how sure it is that a limit is kept. */
#include "explain/limits.h"
#include "base/decimal.h"
#include "explain/amount.h"
#include "explain/limit_words.h"

#include <math.h>
#include <string.h>

enum { LEVEL_DIGITS = 6, HOLDS_DIGITS = 2, ALL_DIGITS = 17, NEEDS_DIGITS = 2 };

double speech_error_under(const tdo_run *run, size_t j, size_t i)
{
    size_t c = run->scenario->constraints[j].condition.criterion;
    const double *se = c == TDO_NONE || !run->measured.se ? NULL : run->measured.se[c];
    return se ? se[i] : (double)NAN;
}

/* The number as printed with so many digits. */
static double printed(double x, int digits)
{
    char text[TDO_NUMBER_TEXT];
    double y = NAN;
    tdo_number_round(x, digits, text);
    return tdo_number_read(text, strlen(text), &y) == TDO_NUMBER_OK ? y : NAN;
}

/* Never onto or across the level, and neither 0 nor 100 for what is not. */
void speech_put_holds(tdo_sink *o, double holds, double level)
{
    const double is = 100 * holds, asked = 100 * level;
    int digits = HOLDS_DIGITS;
    if (isnan(holds)) {
        tdo_puts(o, "the items or runs that would tell do not differ, ");
        amount_put_rounded(o, asked, LEVEL_DIGITS);
        tdo_puts(o, "% asked");
        return;
    }
    for (; digits < ALL_DIGITS; digits++) {
        double y = printed(is, digits);
        if ((y >= asked) == (is >= asked) && (y < 100 || holds >= 1) && (y > 0 || holds <= 0))
            break;
    }
    amount_put_rounded(o, is, digits);
    tdo_puts(o, "% sure, ");
    amount_put_rounded(o, asked, LEVEL_DIGITS);
    tdo_puts(o, "% asked");
}

void speech_put_items_needed(tdo_sink *o, double needs)
{
    amount_put_grouped(o, decimal_beyond(needs, NEEDS_DIGITS, true));
    tdo_puts(o, " times as much data would show it, if the reading holds");
}

/* "3 are", "1 is", "none is" */
static void put_number_of(tdo_sink *o, size_t n)
{
    if (n)
        tdo_putf(o, "%zu %s", n, n == 1 ? "is" : "are");
    else
        tdo_puts(o, "none is");
}

bool speech_put_sureness(tdo_sink *o, const tdo_run *run, size_t j, bool luck)
{
    const tdo_limit_doubt *d = tdo_doubt_of(&run->doubts, j);
    size_t count[TDO_SHOWN_NAMES] = {0}, all = 0, open = 0;
    if (!d)
        return false;
    for (size_t i = 0; i < run->measured.n; i++) {
        if (!tdo_is_judged(run->scenario, &run->measured, d, i))
            continue;
        count[d->status[i]]++;
        open += !(d->se[i] <= 0); /* luck decides where there is an error */
        all++;
    }
    speech_put_limit_of(o, run, &run->scenario->constraints[j]);
    tdo_puts(o, ": with noise counted (");
    amount_put_rounded(o, 100 * d->level, LEVEL_DIGITS);
    tdo_putf(o, "%%), %zu of %zu %s shown to meet it, ", count[TDO_SHOWN], all,
             count[TDO_SHOWN] == 1 ? "is" : "are");
    put_number_of(o, count[TDO_BROKEN]);
    tdo_puts(o, " shown to break it");
    if (count[TDO_NOT_SHOWN]) {
        tdo_puts(o, ", ");
        put_number_of(o, count[TDO_NOT_SHOWN]);
        tdo_puts(o, " too close to tell");
    }
    if (luck && open > 0) {
        tdo_putf(o, "; if all %zu lay just on it, ", open);
        amount_put_rounded(o, (double)open * (1 - d->level), NEEDS_DIGITS);
        tdo_puts(o, " would be shown to meet it by luck on average");
    }
    return true;
}
