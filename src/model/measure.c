/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the table's columns to every candidate's readings. */
#include "model/measure.h"

#include <math.h>
#include <string.h>

void tdo_readings_complain(tdo_readings *r, size_t i, const char *text)
{
    tdo_error e = {0};
    (void)tdo_fail_at(&e, TDO_E_INPUT, r->t->file, r->t->line[i], 0, "%s",
                      text ? text : "out of memory");
    tdo_report_add(r->report, &e);
}

static void read_numbers(tdo_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    double *y = r->reading + c * r->t->n;
    for (size_t t = 0; t < k->n_terms; t++) {
        const double *x = r->t->column[r->plan.term[c][t]].number;
        for (size_t i = 0; i < r->t->n; i++)
            y[i] += k->terms[t].coefficient * x[i];
    }
    for (size_t i = 0; i < r->t->n; i++) {
        double far = k->goal == TDO_GOAL_TARGET ? y[i] - k->target : y[i];
        if (isinf(y[i]) || isinf(far))
            tdo_readings_complain(
                r, i, tdo_text(r->a, "criterion \"%s\" of \"%s\" is beyond the range of a double",
                               k->id, r->t->id[i]));
    }
}

static size_t level_of(const tdo_criterion *k, const char *word)
{
    for (size_t l = 0; l < k->n_levels; l++)
        if (strcmp(k->levels[l], word) == 0)
            return l;
    return TDO_NONE;
}

static tdo_status read_levels(tdo_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    const tdo_column *x = &r->t->column[r->plan.term[c][0]];
    double *y = r->reading + c * r->t->n;
    double *level = tdo_alloc(r->a, x->n_words, sizeof *level);
    if (!level)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < x->n_words; q++) {
        size_t l = level_of(k, x->words[q]);
        level[q] = l != TDO_NONE ? (double)l : x->word_missing[q] ? (double)NAN : -1;
    }
    for (size_t i = 0; i < r->t->n; i++) {
        y[i] = level[x->word[i]];
        if (y[i] < 0) {
            tdo_sink o = tdo_sink_memory(r->a);
            const char *near = tdo_nearest_word(x->words[x->word[i]], k->levels, k->n_levels);
            tdo_put_quoted(&o, x->words[x->word[i]]);
            tdo_putf(&o, " in column \"%s\" is not one of the levels of \"%s\"",
                     k->terms[0].column, k->id);
            if (near)
                tdo_putf(&o, " (did you mean \"%s\"?)", near);
            tdo_readings_complain(r, i, o.text);
        }
    }
    return TDO_OK;
}

static tdo_status read_se(tdo_readings *r, size_t c, const double **out)
{
    const tdo_criterion *k = &r->s->criteria[c];
    size_t n = r->t->n;
    if (!k->se_column) {
        double *y = k->se > 0 ? tdo_alloc(r->a, n, sizeof *y) : NULL;
        for (size_t i = 0; y && i < n; i++)
            y[i] = k->se;
        *out = y;
        return k->se > 0 && !y ? TDO_E_MEMORY : TDO_OK;
    }
    const double *y = r->t->column[r->plan.se[c]].number;
    for (size_t i = 0; i < n; i++)
        if (y[i] < 0)
            tdo_readings_complain(
                r, i,
                tdo_text(r->a, "the standard error in column \"%s\" is negative", k->se_column));
    *out = y;
    return TDO_OK;
}

/* Of those that the missing policy left in. */
static tdo_status warn_unknown_se(tdo_readings *r, size_t c, const double *se)
{
    tdo_named unknown = tdo_named_start(r->a);
    for (size_t i = 0; se && i < r->t->n; i++)
        if (isnan(se[i]) && !r->dropped[i])
            tdo_named_add(&unknown, r->t->id[i]);
    if (!unknown.count)
        return TDO_OK;
    const char *who = tdo_named_text(&unknown);
    return !who ? TDO_E_MEMORY
                : tdo_warn(r->w, r->a, "W_SE_MISSING",
                           "criterion \"%s\": no standard error for %zu of %zu candidates (%s): "
                           "their measurements count as exact",
                           r->s->criteria[c].id, unknown.count, r->t->n, who);
}

/* Evaluates equals, in, not_in once for each distinct word. */
static tdo_status read_matches(tdo_readings *r, size_t j, const bool **out)
{
    const tdo_condition *is = &r->s->constraints[j].is;
    const tdo_column *x = &r->t->column[r->plan.matched[j]];
    bool *holds = tdo_alloc(r->a, x->n_words, sizeof *holds);
    bool *y = tdo_alloc(r->a, r->t->n, sizeof *y);
    if (!holds || !y)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < x->n_words; q++) {
        size_t length = strlen(x->words[q]);
        bool in = !is->in, out_of = true;
        for (size_t k = 0; k < is->n_in && !in; k++)
            in = tdo_match_text(&is->in[k], x->words[q], length);
        for (size_t k = 0; k < is->n_not_in && out_of; k++)
            out_of = !tdo_match_text(&is->not_in[k], x->words[q], length);
        holds[q] = in && out_of && (!is->equals || tdo_match_text(is->equals, x->words[q], length));
    }
    for (size_t i = 0; i < r->t->n; i++)
        y[i] = holds[x->word[i]];
    *out = y;
    return TDO_OK;
}

static size_t find_incumbent(tdo_readings *r)
{
    const char *id = r->s->incumbent;
    for (size_t i = 0; id && i < r->t->n; i++)
        if (strcmp(r->t->id[i], id) == 0)
            return i;
    if (id) {
        tdo_error e = {0};
        tdo_sink o = tdo_sink_memory(r->a);
        const char *near = tdo_nearest_word(id, r->t->id, r->t->n);
        tdo_puts(&o, "the incumbent ");
        tdo_put_quoted(&o, id);
        tdo_putf(&o, " is no candidate of %s", r->t->file);
        if (near) {
            tdo_puts(&o, " (did you mean ");
            tdo_put_quoted(&o, near);
            tdo_puts(&o, "?)");
        }
        const tdo_place *p = &r->s->incumbent_place;
        (void)tdo_fail_at(&e, TDO_E_INPUT, p->file, p->line, p->column, "%s",
                          o.text ? o.text : "out of memory");
        tdo_report_add(r->report, &e);
    }
    return TDO_NONE;
}

tdo_status tdo_measure(const tdo_scenario *s, const tdo_table *t, tdo_arena *a, tdo_measured *out,
                       tdo_warnings *w, tdo_report *report)
{
    size_t d = s->n_criteria, m = s->n_constraints, errors = report->count;
    tdo_readings r = {.s = s, .t = t, .a = a, .w = w, .report = report};
    const double **se = tdo_alloc(a, d, sizeof *se);
    const bool **matches = tdo_alloc(a, m, sizeof *matches);
    const uint32_t **word = tdo_alloc(a, m, sizeof *word);
    const char *const **words = tdo_alloc(a, m, sizeof *words);
    tdo_status status = tdo_plan_columns(s, a, &r.plan);
    r.reading = tdo_alloc(a, d * t->n, sizeof *r.reading);
    r.dropped = tdo_alloc(a, t->n, sizeof *r.dropped);
    r.limited = tdo_alloc(a, m, sizeof *r.limited);
    if (!se || !matches || !word || !words || !r.reading || !r.dropped || !r.limited)
        status = TDO_E_MEMORY;
    for (size_t c = 0; c < d && status == TDO_OK; c++) {
        if (s->criteria[c].levels)
            status = read_levels(&r, c);
        else
            read_numbers(&r, c);
        if (status == TDO_OK)
            status = read_se(&r, c, &se[c]);
    }
    for (size_t j = 0; j < m && status == TDO_OK; j++) {
        if (r.plan.limited[j] != TDO_NONE)
            r.limited[j] = t->column[r.plan.limited[j]].number;
        if (r.plan.matched[j] != TDO_NONE) {
            word[j] = t->column[r.plan.matched[j]].word;
            words[j] = t->column[r.plan.matched[j]].words;
            status = read_matches(&r, j, &matches[j]);
        }
    }
    size_t incumbent = status == TDO_OK ? find_incumbent(&r) : TDO_NONE;
    if (status == TDO_OK)
        status = tdo_missing_policy(&r);
    for (size_t c = 0; c < d && status == TDO_OK; c++)
        status = warn_unknown_se(&r, c, se[c]);
    if (status == TDO_OK && report->count > errors)
        status = TDO_E_INPUT;
    if (status == TDO_OK)
        *out = (tdo_measured){.n = t->n,
                              .d = d,
                              .m = m,
                              .id = t->id,
                              .line = t->line,
                              .rows = t->rows,
                              .where_dropped = t->where_dropped,
                              .reading = r.reading,
                              .se = se,
                              .dropped = r.dropped,
                              .imputed = r.imputed,
                              .limited = r.limited,
                              .matches = matches,
                              .word = word,
                              .words = words,
                              .incumbent = incumbent};
    return status;
}
