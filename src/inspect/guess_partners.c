/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns that say how sure another column is. The word for it may stand anywhere (x_se, std_x,
 * "acc_stderr,none"): what is left of the name without it must name a column. */
#include "inspect/guess.h"

#include <math.h>
#include <string.h>

const char *const tdo_partner_name[TDO_PARTNERS] = {
    [TDO_PARTNER_NONE] = "",
    [TDO_PARTNER_STANDARD_ERROR] = "standard error",
    [TDO_PARTNER_DEVIATION] = "standard deviation",
    [TDO_PARTNER_VARIANCE] = "variance",
    [TDO_PARTNER_HALF_WIDTH] = "half-width",
    [TDO_PARTNER_BOUND] = "bound",
    [TDO_PARTNER_ABOUT] = "remark",
};

/* Longer phrases before the shorter ones inside them. */
static const struct {
    const char *phrase;
    tdo_partner partner;
} spreads[] = {
    {"standard error", TDO_PARTNER_STANDARD_ERROR},
    {"std error", TDO_PARTNER_STANDARD_ERROR},
    {"std err", TDO_PARTNER_STANDARD_ERROR},
    {"stderr", TDO_PARTNER_STANDARD_ERROR},
    {"sem", TDO_PARTNER_STANDARD_ERROR},
    {"se", TDO_PARTNER_STANDARD_ERROR},
    {"standard deviation", TDO_PARTNER_DEVIATION},
    {"std dev", TDO_PARTNER_DEVIATION},
    {"stddev", TDO_PARTNER_DEVIATION},
    {"stdev", TDO_PARTNER_DEVIATION},
    {"std", TDO_PARTNER_DEVIATION},
    {"sd", TDO_PARTNER_DEVIATION},
    {"variance", TDO_PARTNER_VARIANCE},
    {"var", TDO_PARTNER_VARIANCE},
    {"ci lower", TDO_PARTNER_BOUND},
    {"ci upper", TDO_PARTNER_BOUND},
    {"ci low", TDO_PARTNER_BOUND},
    {"ci high", TDO_PARTNER_BOUND},
    {"ci lo", TDO_PARTNER_BOUND},
    {"ci hi", TDO_PARTNER_BOUND},
    {"lower bound", TDO_PARTNER_BOUND},
    {"upper bound", TDO_PARTNER_BOUND},
    {"lower", TDO_PARTNER_BOUND},
    {"upper", TDO_PARTNER_BOUND},
    {"ci plus", TDO_PARTNER_HALF_WIDTH},
    {"ci minus", TDO_PARTNER_HALF_WIDTH},
    {"ci95", TDO_PARTNER_HALF_WIDTH},
    {"ci 95", TDO_PARTNER_HALF_WIDTH},
    {"95 ci", TDO_PARTNER_HALF_WIDTH},
    {"ci", TDO_PARTNER_HALF_WIDTH},
    {"margin of error", TDO_PARTNER_HALF_WIDTH},
    {"moe", TDO_PARTNER_HALF_WIDTH},
    {"half width", TDO_PARTNER_HALF_WIDTH},
    {"error bar", TDO_PARTNER_HALF_WIDTH},
    {"errorbar", TDO_PARTNER_HALF_WIDTH},
    {"err", TDO_PARTNER_HALF_WIDTH},
    {"low", TDO_PARTNER_BOUND},
    {"high", TDO_PARTNER_BOUND},
    {"lo", TDO_PARTNER_BOUND},
    {"hi", TDO_PARTNER_BOUND},
    {"lcl", TDO_PARTNER_BOUND},
    {"ucl", TDO_PARTNER_BOUND},
    {"p value", TDO_PARTNER_ABOUT},
    {"pvalue", TDO_PARTNER_ABOUT},
    {"pval", TDO_PARTNER_ABOUT},
    {"t stat", TDO_PARTNER_ABOUT},
    {"n", TDO_PARTNER_ABOUT},
    {"count", TDO_PARTNER_ABOUT},
    {"nobs", TDO_PARTNER_ABOUT},
    {"runs", TDO_PARTNER_ABOUT},
    {"target", TDO_PARTNER_ABOUT},
    {"goal", TDO_PARTNER_ABOUT},
    {"baseline", TDO_PARTNER_ABOUT},
    {"plus minus", TDO_PARTNER_HALF_WIDTH},
};

/* words without the phrase, which stands in them; NULL: out of memory. */
static const char *without(tdo_arena *a, const char *words, const char *phrase)
{
    size_t length = strlen(phrase);
    const char *at = strstr(words, phrase);
    while (at[-1] != ' ' || at[length] != ' ')
        at = strstr(at + 1, phrase);
    return tdo_text(a, "%.*s%s", (int)(at - words), words, at + length + 1);
}

/* A mean is named as such or not. */
static const char *without_mean(tdo_arena *a, const char *words)
{
    static const char *const means[] = {"mean", "avg", "average"};
    for (size_t i = 0; i < sizeof means / sizeof means[0] && words; i++)
        if (guess_has_words(words, means[i]))
            words = without(a, words, means[i]);
    return words;
}

/* Is b the words of a, or these with one more at the end (disparate_impact_sd beside
 * disparate_impact_ratio)? 2 for the same, 1 for one more, else 0. */
static unsigned closeness(const char *a, const char *b)
{
    size_t length = strlen(a);
    if (length < 2 || strncmp(a, b, length) != 0)
        return 0;
    if (b[length] == '\0')
        return 2;
    const char *blank = strchr(b + length, ' ');
    return blank && blank[1] == '\0' ? 1 : 0;
}

/* The numeric column that the rest of a name means best. */
static size_t find_base(const tdo_profile *p, const char *const *plain, size_t self,
                        const char *rest)
{
    size_t best = TDO_NONE;
    unsigned closest = 0;
    for (size_t i = 0; i < p->n_columns; i++) {
        const tdo_profiled *c = &p->column[i];
        if (i == self || !c->numeric || c->guess.topic == TDO_TOPIC_SPREAD ||
            c->guess.topic == TDO_TOPIC_RANK)
            continue;
        unsigned close = closeness(rest, plain[i]);
        if (close > closest) {
            closest = close;
            best = i;
        }
    }
    return best;
}

static void link(tdo_profiled *c, size_t base, tdo_partner is)
{
    c->partner = is;
    c->partner_of = base;
    c->guess = (tdo_goal_guess){.topic = TDO_TOPIC_SPREAD, .because = tdo_partner_name[is]};
}

/* top1 and top1_err that add up to 1 or 100: the one is the other read backwards, and no spread. */
static bool is_complement(const tdo_profiled *x, const tdo_profiled *y)
{
    const double low = x->min + y->max, high = x->max + y->min;
    return fabs(low - high) <= 1e-6 && (fabs(low - 1) <= 1e-6 || fabs(low - 100) <= 1e-6);
}

static tdo_status by_words(tdo_profile *p, const char *const *plain, size_t i, tdo_arena *a)
{
    const char *words = guess_name_words(a, p->column[i].name);
    if (!words)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < sizeof spreads / sizeof spreads[0]; k++) {
        if (!guess_has_words(words, spreads[k].phrase))
            continue;
        const char *rest = without(a, words, spreads[k].phrase);
        rest = rest ? without_mean(a, rest) : NULL;
        if (!rest)
            return TDO_E_MEMORY;
        size_t base = find_base(p, plain, i, rest);
        if (base != TDO_NONE && !is_complement(&p->column[i], &p->column[base])) {
            link(&p->column[i], base, spreads[k].partner);
            return TDO_OK;
        }
    }
    return TDO_OK;
}

/* elo+ and elo- beside elo. */
static void by_sign(tdo_profile *p, size_t i)
{
    const char *name = p->column[i].name;
    size_t length = strlen(name);
    if (length < 2 || (name[length - 1] != '+' && name[length - 1] != '-'))
        return;
    for (length--; length > 0 && strchr(" _(/+-", name[length - 1]) != NULL; length--)
        ;
    for (size_t k = 0; k < p->n_columns && length > 0; k++) {
        const char *other = p->column[k].name;
        if (k == i || !p->column[k].numeric || strlen(other) != length ||
            strncmp(other, name, length) != 0)
            continue;
        link(&p->column[i], k, TDO_PARTNER_HALF_WIDTH);
        return;
    }
}

tdo_status guess_partners(tdo_profile *p, tdo_arena *a)
{
    const char **plain = tdo_alloc(a, p->n_columns, sizeof *plain);
    if (!plain)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < p->n_columns; i++) {
        const char *words = guess_name_words(a, p->column[i].name);
        plain[i] = words ? without_mean(a, words) : NULL;
        if (!plain[i])
            return TDO_E_MEMORY;
    }
    for (size_t i = 0; i < p->n_columns; i++) {
        if (!p->column[i].numeric)
            continue;
        by_sign(p, i);
        if (p->column[i].partner == TDO_PARTNER_NONE && by_words(p, plain, i, a) != TDO_OK)
            return TDO_E_MEMORY;
    }
    return TDO_OK;
}
