/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a criterion needs beside its column. */
#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "starter/parts.h"

enum { LONGEST_ID = 40 };

/* ---- ids and labels ---- */

/* The part of a name that says what was measured: without an exporter's prefix or filter. */
static const char *core_of(tdo_arena *a, const char *name)
{
    static const char *const prefixes[] = {"metrics.", "values_", "summary/", "summary.",
                                           "results."};
    for (size_t k = 0; k < sizeof prefixes / sizeof prefixes[0]; k++)
        if (guess_starts_with(name, prefixes[k]) && name[strlen(prefixes[k])] != '\0' &&
            strspn(name + strlen(prefixes[k]), "0123456789") < strlen(name + strlen(prefixes[k])))
            name += strlen(prefixes[k]);
    size_t length = strlen(name);
    if (length > 5 && strcmp(name + length - 5, ",none") == 0)
        length -= 5;
    return tdo_copy(a, name, length);
}

/* "Total Cost ($)" becomes total_cost_usd; what is left empty becomes c3 (its column). */
static const char *id_of(starter_work *t, const tdo_starter_criterion *c)
{
    static const char *const ends[TDO_TAKES] = {[TDO_TAKE_WORST] = "_worst",
                                                [TDO_TAKE_GAP] = "_gap",
                                                [TDO_TAKE_RATIO] = "_ratio",
                                                [TDO_TAKE_MEAN] = "_mean"};
    const char *core = core_of(t->a, t->p->column[c->column].name);
    const char *words = core ? guess_name_words(t->a, core) : NULL;
    tdo_sink o = tdo_sink_memory(t->a);
    for (const char *s = words ? words + 1 : ""; *s != '\0' && o.length < LONGEST_ID; s++) {
        char byte = *s == ' ' ? '_' : *s;
        bool last = *s == ' ' && s[1] == '\0';
        bool again = byte == '_' && o.length > 0 && o.text[o.length - 1] == '_';
        if ((unsigned char)byte < 0x80 && !last && !again)
            tdo_put(&o, &byte, 1);
    }
    if (o.length == 0 || (o.text[0] >= '0' && o.text[0] <= '9') || o.text[0] == '_') {
        tdo_sink numbered = tdo_sink_memory(t->a);
        tdo_putf(&numbered, "c%zu%s%s", c->column + 1, o.length > 0 && o.text[0] != '_' ? "_" : "",
                 o.length > 0 ? o.text : "");
        o = numbered;
    }
    tdo_puts(&o, c->grouped ? ends[c->take] : "");
    t->failed = t->failed || !words || o.failed;
    return t->failed ? "" : o.text;
}

static void make_unique(starter_work *t, size_t which)
{
    tdo_starter_criterion *c = t->out->criterion;
    const char *id = c[which].id;
    for (size_t n = 2, k = 0; k < which && !t->failed; k++) {
        if (strcmp(c[k].id, c[which].id) != 0)
            continue;
        c[which].id = tdo_text(t->a, "%s_%zu", id, n++);
        t->failed = t->failed || !c[which].id;
        if (t->failed)
            c[which].id = "";
        k = SIZE_MAX; /* from the start again */
    }
}

/* Where the unit starts in brackets or as a percent sign at the end of a name ("p99 (ms)", "WER
 * %"); its length: it does not. */
static size_t written_unit_at(const char *name)
{
    const size_t length = strlen(name);
    const char last = length ? name[length - 1] : '\0';
    const char *open = last == ')'   ? strrchr(name, '(')
                       : last == ']' ? strrchr(name, '[')
                       : last == '%' ? name + length - 1
                                     : NULL;
    return open ? (size_t)(open - name) : length;
}

/* The name without a unit that is shown beside it anyway, where another column's is not alike. */
static const char *name_without_unit(starter_work *t, size_t column, const char *unit)
{
    const char *name = t->p->column[column].name;
    size_t length = written_unit_at(name);
    const char *words = guess_name_words(t->a, name + length);
    const char *written = words ? guess_unit(words, t->a) : NULL;
    t->failed = t->failed || !written;
    if (t->failed || !written[0] || strcmp(written, unit) != 0)
        return name;
    while (length > 0 && name[length - 1] == ' ')
        length--;
    for (size_t i = 0; i < t->p->n_columns; i++)
        if (i != column && strncmp(t->p->column[i].name, name, length) == 0)
            return name;
    return length > 0 ? tdo_copy(t->a, name, length) : name;
}

static const char *label_of(starter_work *t, const tdo_starter_criterion *c)
{
    static const char *const what[TDO_TAKES] = {[TDO_TAKE_WORST] = "worst group",
                                                [TDO_TAKE_GAP] = "gap between groups",
                                                [TDO_TAKE_RATIO] = "lowest by highest group",
                                                [TDO_TAKE_MEAN] = "all groups"};
    const char *name = c->grouped ? t->p->column[c->column].name
                                  : name_without_unit(t, c->column, c->unit ? c->unit : "");
    const char *label = c->grouped ? tdo_text(t->a, "%s, %s", name, what[c->take]) : name;
    t->failed = t->failed || !label;
    return label;
}

/* ---- units ---- */

static const char *starter_unit_of(const starter_work *t, size_t column)
{
    const tdo_profiled *c = &t->p->column[column];
    const char *words = guess_name_words(t->a, c->name);
    if (c->style.percent)
        return "%";
    if (c->style.as == TDO_CELLS_QUANTITY)
        return c->style.unit;
    return words ? guess_unit(words, t->a) : NULL;
}

/* ---- ranges ---- */

static double power_of_ten(int n)
{
    double x = 1;
    for (; n > 0; n--)
        x *= 10; /* exact up to 10^22 */
    return x;
}

bool starter_round_outwards(double *low, double *high)
{
    enum { FARTHEST = 15 };
    const double span = *high - *low;
    if (!(span > 0) || !isfinite(span))
        return false;
    const int digit = decimal_tens(span) - 1;
    if (digit > FARTHEST || digit < -FARTHEST)
        return false;
    const double step = power_of_ten(digit < 0 ? -digit : digit);
    double from = digit < 0 ? floor(*low * step) : floor(*low / step);
    double to = digit < 0 ? ceil(*high * step) : ceil(*high / step);
    if (fabs(from) > 1e15 || fabs(to) > 1e15)
        return false;
    from = digit < 0 ? from / step : from * step;
    to = digit < 0 ? to / step : to * step;
    if (!(from <= *low) || !(to >= *high))
        return false;
    *low = from == 0 ? 0 : from; /* no -0 */
    *high = to == 0 ? 0 : to;
    return true;
}

/* The least and the largest measurement; false: no range can be said. */
static bool measured_range(const starter_work *t, const tdo_starter_criterion *c, double *low,
                           double *high)
{
    const starter_facts *f = &t->facts[c->column];
    *low = f->min;
    *high = f->max;
    if (c->zero_is_missing && f->min == 0) /* in a sample, the least one may be among the rest */
        *low = isfinite(f->least_positive) ? f->least_positive : 0;
    if (c->goal == TDO_GOAL_TARGET) {
        *high = fmax(fabs(f->min - c->target), fabs(f->max - c->target));
        *low = 0;
    } else if (c->grouped && c->take == TDO_TAKE_GAP) {
        *high = f->max - f->min;
        *low = 0;
    } else if (c->grouped && c->take == TDO_TAKE_RATIO) {
        *high = 1;
        *low = 0;
        return true;
    }
    return starter_round_outwards(low, high);
}

static void choose_range(const starter_work *t, tdo_starter_criterion *c)
{
    double low = 0, high = 0;
    if (t->p->column[c->column].level || !measured_range(t, c, &low, &high))
        return;
    c->has_range = true;
    c->worst = c->goal == TDO_GOAL_MAX ? low : high;
    c->best = c->goal == TDO_GOAL_MAX ? high : low;
}

/* ---- standard errors ---- */

/* A column that holds the standard error and reads as it has to: in the criterion's style, not
 * negative. A mean over rows brings its own; subgroups have one each. */
static size_t find_se(const starter_work *t, const tdo_starter_criterion *c)
{
    const tdo_profile *p = t->p;
    for (size_t i = 0; i < p->n_columns; i++) {
        const tdo_profiled *se = &p->column[i];
        if (se->partner != TDO_PARTNER_STANDARD_ERROR || se->partner_of != c->column)
            continue;
        const tdo_cell_form as = p->column[c->column].style.as;
        if (as == TDO_CELLS_PLUS_MINUS || as == TDO_CELLS_INTERVAL || se->style.n_marks > 0 ||
            (se->style.as != TDO_CELLS_PLAIN &&
             !tdo_same_style(&se->style, &p->column[c->column].style)))
            continue;
        bool reads = se->exact && (!se->style.percent || p->column[c->column].style.percent) &&
                     (se->style.thousands == '\0' ||
                      se->style.thousands == p->column[c->column].style.thousands) &&
                     se->style.decimal == p->column[c->column].style.decimal;
        if (reads && se->negatives == 0 && se->numbers > 0 && (c->grouped || !t->out->averaged))
            return i;
    }
    return TDO_NONE;
}

/* Does the header say that what stands beside the numbers in the cells is no standard error, or no
 * interval of 95 %? Why; NULL: it does not. */
static const char *no_error(starter_work *t, size_t column)
{
    static const char *const deviations[] = {"std",     "sd",        "stdev", "stddev",
                                             "std dev", "deviation", "dev",   "variance"};
    static const char *const others[] = {"range", "iqr", "quartile", "quartiles", "min max",
                                         "std",   "sd",  "80",       "90",        "99"};
    const tdo_profiled *c = &t->p->column[column];
    const char *words = guess_name_words(t->a, c->name);
    t->failed = t->failed || !words;
    if (t->failed)
        return NULL;
    if (c->style.as == TDO_CELLS_PLUS_MINUS &&
        guess_has_any(words, deviations, sizeof deviations / sizeof deviations[0]))
        return "the header speaks of a deviation: over k runs or folds, the standard error is that "
               "by the square root of k";
    if (c->style.as == TDO_CELLS_INTERVAL &&
        guess_has_any(words, others, sizeof others / sizeof others[0]))
        return "the header says that the intervals are no 95 % intervals of the mean";
    return NULL;
}

/* ---- rows without a measurement ---- */

static bool lacks(const starter_work *t, size_t row, const tdo_starter_criterion *c)
{
    const size_t cell = row * t->p->n_columns + c->column;
    return t->p->text[cell] == 0 || (c->zero_is_missing && t->p->number[cell] == 0);
}

/* Not every candidate has every subgroup, or a ratio to nothing: of subgroups only. */
static bool lacks_groups(const starter_work *t)
{
    const tdo_starter *s = t->out;
    for (size_t k = 0; k < s->n_criteria; k++)
        if (s->criterion[k].grouped && s->criterion[k].take == TDO_TAKE_RATIO &&
            t->facts[s->criterion[k].column].zeros > 0)
            return true;
    return t->lacks_groups;
}

static void choose_missing(starter_work *t)
{
    tdo_starter *s = t->out;
    size_t rows = 0, incomplete = 0;
    bool some = false;
    for (size_t r = 0; r < t->p->sampled; r++) {
        bool lacking = false;
        if (!t->kept[r])
            continue;
        rows++;
        for (size_t k = 0; k < s->n_criteria && !lacking; k++)
            lacking = lacks(t, r, &s->criterion[k]);
        incomplete += lacking;
    }
    for (size_t k = 0; k < s->n_criteria; k++) {
        const tdo_starter_criterion *c = &s->criterion[k];
        some = some || t->facts[c->column].missing > 0 ||
               (c->zero_is_missing && t->facts[c->column].zeros > 0);
    }
    some = some || incomplete > 0 || lacks_groups(t);
    s->missing = some ? TDO_MISSING_DROP : TDO_MISSING_ERROR;
    tdo_sink o = tdo_sink_memory(t->a);
    if (some)
        tdo_putf(&o,
                 "\"drop\": %s%zu of %zu rows lack a measurement; \"worst\" would keep them, at "
                 "the worst of the others",
                 t->p->whole ? "" : "in a sample, ", incomplete, rows);
    else
        tdo_puts(&o, "\"error\": nothing is missing; what goes missing later will stop the run");
    starter_add_guess(t, "candidates.missing", &o);
}

tdo_status starter_fill_details(starter_work *t)
{
    tdo_starter *s = t->out;
    for (size_t k = 0; k < s->n_criteria; k++) {
        tdo_starter_criterion *c = &s->criterion[k];
        c->id = id_of(t, c);
        make_unique(t, k);
        const bool pure = c->grouped && c->take == TDO_TAKE_RATIO &&
                          t->p->column[c->column].style.as != TDO_CELLS_QUANTITY;
        c->unit = pure ? "" : starter_unit_of(t, c->column);
        c->label = label_of(t, c);
        c->no_error = no_error(t, c->column);
        t->failed = t->failed || !c->unit;
        c->zero_is_missing = !c->grouped && starter_zero_means_missing(t, c->column);
        c->se = find_se(t, c);
        choose_range(t, c);
    }
    if (!t->failed) {
        choose_missing(t);
        starter_list_guesses(t);
        starter_list_unread(t);
    }
    return t->failed ? TDO_E_MEMORY : TDO_OK;
}
