/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is worth 0 and 1 in each criterion, and the values of all, where these are kept. */
#include "model/block.h"
#include "model/gain.h"
#include "model/model.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* The worst and best reading of some candidates, as candidates; TDO_NONE where there are none. */
typedef struct ends {
    size_t worst, best;
} ends;

/* Of equal ones the first. index: [n] who is looked at; NULL: all who are not dropped. */
static ends find_ends(const tdo_criterion *k, const double *reading, const uint32_t *index,
                      const bool *dropped, size_t n)
{
    ends e = {TDO_NONE, TDO_NONE};
    double low = INFINITY, high = -INFINITY;
    for (size_t q = 0; q < n; q++) {
        const size_t i = index ? index[q] : q;
        if (!index && dropped[i])
            continue;
        const double gain = model_gain(k, reading[i]);
        if (gain >= low && gain <= high) /* as most are */
            continue;
        if (gain < low) {
            low = gain;
            e.worst = i;
        }
        if (gain > high) {
            high = gain;
            e.best = i;
        }
    }
    return e;
}

static ends ends_of_all(const tdo_criterion *k, const double *reading, const tdo_measured *x)
{
    return find_ends(k, reading, NULL, x->dropped, x->n);
}

static ends ends_of_feasible(const tdo_criterion *k, const double *reading, const tdo_screened *f)
{
    return find_ends(k, reading, f->feasible, NULL, f->feasible_n);
}

/* worst and best of a criterion: given, or observed over all measured candidates, feasible or not,
 * so that no limit moves the scale. */
static void find_range(const tdo_criterion *k, const double *reading, const tdo_measured *x,
                       double *worst, double *best, bool *observed)
{
    *observed = !k->has_range && !k->n_value;
    *worst = *best = NAN;
    if (k->has_range) {
        *worst = k->worst;
        *best = k->best;
    } else if (k->n_value) {
        bool up = k->goal == TDO_GOAL_MAX;
        *worst = k->value_x[up ? 0 : k->n_value - 1];
        *best = k->value_x[up ? k->n_value - 1 : 0];
    } else {
        ends e = ends_of_all(k, reading, x);
        if (e.worst == TDO_NONE)
            return;
        *worst = tdo_measurement(k, reading[e.worst]) + 0.0;
        *best = tdo_measurement(k, reading[e.best]) + 0.0;
    }
}

/* Warns where the infeasible ones stretch an observed range to more than twice what the feasible
 * ones span, with the names of those who hold its ends. */
static tdo_status warn_stretched(const tdo_criterion *k, const double *reading,
                                 const tdo_measured *x, const tdo_screened *f, tdo_arena *a,
                                 tdo_warnings *w)
{
    if (f->feasible_n == x->n)
        return TDO_OK;
    ends all = ends_of_all(k, reading, x), e = ends_of_feasible(k, reading, f);
    model_named who = model_named_start(a);
    if (e.worst == TDO_NONE)
        return TDO_OK;
    double whole = tdo_measurement(k, reading[all.best]) - tdo_measurement(k, reading[all.worst]);
    double span = tdo_measurement(k, reading[e.best]) - tdo_measurement(k, reading[e.worst]);
    if (!(fabs(whole) > 2 * fabs(span)))
        return TDO_OK;
    for (size_t i = 0; i < x->n; i++)
        if (!x->dropped[i] && f->slot[i] == UINT32_MAX &&
            ((tdo_better(k, reading[i], reading[all.best]) == 0 &&
              tdo_better(k, reading[i], reading[e.best]) > 0) ||
             (tdo_better(k, reading[i], reading[all.worst]) == 0 &&
              tdo_better(k, reading[e.worst], reading[i]) > 0)))
            model_named_add(&who, x->id[i]);
    const char *names = model_named_text(&who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(w, a, "W_STRETCHED",
                             "criterion \"%s\": its observed range is more than twice what the "
                             "feasible candidates span, because of %s; %s what is worth 0 and 1",
                             k->id, names,
                             k->levels ? "\"value\" points settle" : "a \"range\" settles");
}

static bool outside(double y, double a, double b)
{
    return a < b ? y < a || y > b : y < b || y > a;
}

static tdo_status warn_constant(const tdo_criterion *k, const double *reading,
                                const tdo_screened *f, double value, tdo_arena *a, tdo_warnings *w)
{
    char text[TDO_NUMBER_TEXT];
    ends e = ends_of_feasible(k, reading, f);
    bool same = tdo_better(k, reading[e.best], reading[e.worst]) == 0;
    tdo_number_write(same ? tdo_measurement(k, reading[e.worst]) : value, text);
    const bool off = same && k->goal == TDO_GOAL_TARGET;
    if (same && k->levels)
        return tdo_warn(w, a, "W_CONSTANT",
                        "criterion \"%s\" cannot decide: all feasible candidates are \"%s\" in it",
                        k->id, k->levels[(size_t)reading[e.worst]]);
    return tdo_warn(w, a, "W_CONSTANT",
                    off    ? "criterion \"%s\" cannot decide: all feasible candidates are %s from "
                             "its target"
                    : same ? "criterion \"%s\" cannot decide: all feasible candidates measure %s"
                           : "criterion \"%s\" cannot decide: all feasible candidates have the "
                             "value %s in it",
                    k->id, text);
}

static tdo_status warn_clamped(const tdo_criterion *k, double worst, double best, model_named *who,
                               tdo_arena *a, tdo_warnings *w)
{
    char from[TDO_NUMBER_TEXT], to[TDO_NUMBER_TEXT];
    tdo_number_write(worst, from);
    tdo_number_write(best, to);
    const char *names = model_named_text(who);
    return !names
               ? TDO_E_MEMORY
               : tdo_warn(w, a, "W_CLAMPED",
                          who->count == 1
                              ? "criterion \"%s\": %zu feasible candidate measures outside %s to "
                                "%s and gets the value at that end (%s)"
                              : "criterion \"%s\": %zu feasible candidates measure outside %s to "
                                "%s and get the value at that end (%s)",
                          k->id, who->count, from, to, names);
}

/* What comes of the values of one criterion, which are kept where there is room for them. */
typedef struct valuing {
    double *value;  /* [d x F]; NULL: they are not kept */
    bool *constant; /* [d] */
    size_t *clamped;
} valuing;

/* Candidates are looked at until nothing can be said of others that has not been said. */
static void value_all(const tdo_valued *v, size_t c, const char *const *id, valuing *y,
                      model_named *who)
{
    double measured[MODEL_BLOCK], room[MODEL_BLOCK], first = 0;
    y->constant[c] = v->f > 0;
    for (size_t from = 0, n = 0; from < v->f; from += n) {
        double *value = y->value ? y->value + c * v->f + from : room;
        n = v->f - from < MODEL_BLOCK ? v->f - from : MODEL_BLOCK;
        if (!y->value && !y->constant[c] && v->observed[c]) /* nobody is outside that range */
            return;
        model_measure(v, c, NULL, from, n, measured);
        memcpy(value, measured, n * sizeof *value);
        model_put_values(v, c, n, value);
        first = from == 0 ? value[0] : first;
        for (size_t q = 0; q < n; q++) {
            y->constant[c] = y->constant[c] && value[q] == first; /* NOLINT: exact */
            if (outside(measured[q], v->worst[c], v->best[c])) {
                y->clamped[c]++;
                model_named_add(who, id[v->feasible[from + q]]);
            }
        }
    }
}

tdo_status tdo_value(const tdo_scenario *s, const tdo_measured *x, const tdo_screened *f,
                     tdo_arena *a, tdo_valued *out, tdo_warnings *w)
{
    assert(x->d == s->n_criteria && f->feasible_n <= x->n);
    size_t n = f->feasible_n, d = x->d;
    valuing y = {.value = n > TDO_KEPT_MAX ? NULL : tdo_alloc(a, n * d, sizeof *y.value),
                 .constant = tdo_alloc(a, d, sizeof *y.constant),
                 .clamped = tdo_alloc(a, d, sizeof *y.clamped)};
    double *worst = tdo_alloc(a, d, sizeof *worst), *best = tdo_alloc(a, d, sizeof *best);
    bool *observed = tdo_alloc(a, d, sizeof *observed);
    if ((!y.value && n <= TDO_KEPT_MAX) || !worst || !best || !observed || !y.constant ||
        !y.clamped)
        return TDO_E_MEMORY;
    tdo_valued v = {.f = n,
                    .d = d,
                    .worst = worst,
                    .best = best,
                    .observed = observed,
                    .constant = y.constant,
                    .clamped = y.clamped,
                    .criterion = s->criteria,
                    .reading = x->reading,
                    .feasible = f->feasible};
    tdo_status status = TDO_OK;
    for (size_t c = 0; c < d && status == TDO_OK; c++) {
        const tdo_criterion *k = &s->criteria[c];
        const double *reading = x->reading[c];
        model_named who = model_named_start(a);
        find_range(k, reading, x, &worst[c], &best[c], &observed[c]);
        value_all(&v, c, x->id, &y, &who);
        const bool choice = n > 1; /* of one alone nothing is to be decided */
        if (y.constant[c] && choice)
            status = warn_constant(k, reading, f,
                                   y.value ? y.value[c * n] : tdo_value_made(&v, c, 0), a, w);
        if (status == TDO_OK && y.clamped[c])
            status = warn_clamped(k, worst[c], best[c], &who, a, w);
        if (status == TDO_OK && observed[c] && choice && !y.constant[c])
            status = warn_stretched(k, reading, x, f, a, w);
    }
    v.value = y.value;
    if (status == TDO_OK)
        *out = v;
    return status;
}
