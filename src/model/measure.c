/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the table's columns to every candidate's readings. */
#include "model/measure.h"

#include <math.h>
#include <string.h>

#include "terms/match.h"

/* Of those that the missing policy left in. */
static tdo_status warn_unknown_se(model_readings *r, size_t c)
{
    const double *se = r->se[c];
    model_named unknown = model_named_start(r->a);
    for (size_t i = 0; se && i < r->n; i++)
        if (isnan(se[i]) && !r->dropped[i])
            model_named_add(&unknown, r->t->id[i]);
    if (!unknown.count)
        return TDO_OK;
    const char *who = model_named_text(&unknown);
    return !who ? TDO_E_MEMORY
                : tdo_warn(r->w, r->a, "W_SE_MISSING",
                           "criterion \"%s\": no standard error for %zu of %zu candidates (%s): "
                           "their measurements count as exact",
                           r->s->criteria[c].id, unknown.count, r->n, who);
}

/* Evaluates equals, in, not_in once for each distinct word. word: [n] those of the candidates. */
static tdo_status read_matches(model_readings *r, size_t j, const uint32_t *word, const bool **out)
{
    const tdo_condition *is = &r->s->constraints[j].condition;
    const tdo_column *x = &r->t->column[r->plan.matched[j]];
    bool *holds = tdo_alloc(r->a, x->n_words, sizeof *holds);
    bool *y = tdo_alloc(r->a, r->n, sizeof *y);
    terms_list in, not_in;
    if (!holds || !y || terms_list_make(is->in, is->n_in, r->a, &in) ||
        terms_list_make(is->not_in, is->n_not_in, r->a, &not_in))
        return TDO_E_MEMORY;
    for (size_t q = 0; q < x->n_words; q++) {
        size_t length = strlen(x->words[q]);
        holds[q] = (!is->in || terms_list_has(&in, x->words[q], length)) &&
                   (!is->not_in || !terms_list_has(&not_in, x->words[q], length)) &&
                   (!is->equals || tdo_match_text(is->equals, x->words[q], length));
    }
    for (size_t i = 0; i < r->n; i++)
        y[i] = holds[word[i]];
    *out = y;
    return TDO_OK;
}

static size_t find_incumbent(model_readings *r)
{
    const char *id = r->s->incumbent;
    for (size_t i = 0; id && i < r->n; i++)
        if (strcmp(r->t->id[i], id) == 0)
            return i;
    if (id && !r->incomplete) {
        tdo_error e = {0};
        tdo_sink o = tdo_sink_memory(r->a);
        const char *near = tdo_nearest_word(id, r->t->id, r->n);
        tdo_puts(&o, "the incumbent ");
        tdo_put_quoted(&o, id);
        tdo_putf(&o, " is no candidate of %s", r->t->file);
        if (near) {
            tdo_puts(&o, " (did you mean ");
            tdo_put_quoted(&o, near);
            tdo_puts(&o, "?)");
        }
        const tdo_place *p = &r->s->incumbent_place;
        r->no_memory = r->no_memory || o.failed;
        (void)tdo_fail_at(&e, TDO_E_INPUT, p->file, p->line, p->column, "%s",
                          o.failed ? "" : o.text);
        if (!o.failed)
            tdo_report_add(r->report, &e);
    }
    return TDO_NONE;
}

static tdo_status read_constraints(model_readings *r, const bool **matches, const uint32_t **word,
                                   const char *const **words)
{
    tdo_status status = TDO_OK;
    for (size_t j = 0; j < r->s->n_constraints && status == TDO_OK; j++) {
        if (r->plan.limited[j] != TDO_NONE)
            status =
                model_candidate_numbers(r, r->plan.limited[j], &r->limited[j], &r->limited_rest[j]);
        if (r->plan.matched[j] == TDO_NONE || status != TDO_OK)
            continue;
        words[j] = r->t->column[r->plan.matched[j]].words;
        status = model_candidate_words(r, r->plan.matched[j], &word[j]);
        if (status == TDO_OK)
            status = read_matches(r, j, word[j], &matches[j]);
    }
    return status;
}

/* The columns that limits of the mix, or the portfolio, read. */
static tdo_status read_columns(model_readings *r, const size_t *column, size_t n,
                               const double **out, const double **rest)
{
    tdo_status status = TDO_OK;
    for (size_t j = 0; j < n && status == TDO_OK; j++)
        if (column[j] != TDO_NONE)
            status = model_candidate_numbers(r, column[j], &out[j], &rest[j]);
    return status;
}

/* What is limited, and what each draw reads of it. */
static tdo_status read_limits(model_readings *r, const bool **matches, const uint32_t **word,
                              const char *const **words)
{
    tdo_status status = read_constraints(r, matches, word, words);
    if (status == TDO_OK)
        status = model_read_draws(r);
    if (status == TDO_OK)
        status = read_columns(r, r->plan.mix_limited, r->s->mix.n_limits, r->mix_limited,
                              r->mix_limited_rest);
    if (status == TDO_OK)
        status = read_columns(r, r->plan.portfolio_limited, r->s->portfolio.n_limits,
                              r->portfolio_limited, r->portfolio_limited_rest);
    return status;
}

static tdo_status make_room(model_readings *r)
{
    size_t d = r->s->n_criteria;
    tdo_status status = model_plan_columns(r->s, r->a, &r->plan);
    if (status == TDO_OK)
        status = model_gather_rows(r);
    if (status != TDO_OK)
        return status;
    r->averaged = tdo_alloc(r->a, r->plan.n_wanted, sizeof *r->averaged);
    r->averaged_rest = tdo_alloc(r->a, r->plan.n_wanted, sizeof *r->averaged_rest);
    r->rest = tdo_alloc(r->a, d, sizeof *r->rest);
    r->limited_rest = tdo_alloc(r->a, r->s->n_constraints, sizeof *r->limited_rest);
    r->mix_limited_rest = tdo_alloc(r->a, r->s->mix.n_limits, sizeof *r->mix_limited_rest);
    r->reading = tdo_alloc(r->a, d, sizeof *r->reading);
    r->se = tdo_alloc(r->a, d, sizeof *r->se);
    r->low = tdo_alloc(r->a, d, sizeof *r->low);
    r->high = tdo_alloc(r->a, d, sizeof *r->high);
    r->error = tdo_alloc(r->a, d, sizeof *r->error);
    r->column_error = tdo_alloc(r->a, r->s->n_errors, sizeof *r->column_error);
    r->drawn = tdo_alloc(r->a, d, sizeof *r->drawn);
    r->groups = tdo_alloc(r->a, d, sizeof *r->groups);
    r->dropped = tdo_alloc(r->a, r->n, sizeof *r->dropped);
    r->limited = tdo_alloc(r->a, r->s->n_constraints, sizeof *r->limited);
    r->mix_limited = tdo_alloc(r->a, r->s->mix.n_limits, sizeof *r->mix_limited);
    r->portfolio_limited = tdo_alloc(r->a, r->s->portfolio.n_limits, sizeof *r->portfolio_limited);
    r->portfolio_limited_rest =
        tdo_alloc(r->a, r->s->portfolio.n_limits, sizeof *r->portfolio_limited_rest);
    for (size_t c = 0; r->reading && c < d; c++) {
        r->reading[c] = model_room_for_reading(r, c);
        if (!r->reading[c] && r->n > 0)
            return TDO_E_MEMORY;
    }
    bool good = r->portfolio_limited && r->portfolio_limited_rest && r->averaged && r->reading &&
                r->se && r->low && r->high && r->error && r->column_error && r->drawn &&
                r->groups && r->dropped && r->limited && r->mix_limited && r->averaged_rest &&
                r->rest && r->limited_rest && r->mix_limited_rest;
    return good ? TDO_OK : TDO_E_MEMORY;
}

/* The cells of each reading that is a sum of cells which are one candidate's alone. */
static tdo_status keep_cells(const model_readings *r, const double *const ***out)
{
    const double *const **cell = tdo_alloc(r->a, r->s->n_criteria, sizeof *cell);
    *out = cell;
    for (size_t c = 0; cell && c < r->s->n_criteria && !r->order; c++) {
        const tdo_criterion *k = &r->s->criteria[c];
        const double **of = tdo_alloc(r->a, k->n_terms, sizeof *of);
        bool own = !k->groups && !k->items;
        if (!of)
            return TDO_E_MEMORY;
        for (size_t q = 0; q < k->n_terms && own; q++) {
            const tdo_column *x = &r->t->column[r->plan.term[c][q]];
            own = !x->shared && !x->rest;
            of[q] = x->number;
        }
        cell[c] = own ? of : NULL;
    }
    return cell ? TDO_OK : TDO_E_MEMORY;
}

/* All readings, then the errors of the columns that they are read from. */
static tdo_status read_criteria(model_readings *r)
{
    tdo_status status = TDO_OK;
    for (size_t c = 0; c < r->s->n_criteria && status == TDO_OK; c++)
        if (!r->s->criteria[c].items)
            status = model_read_criterion(r, c);
    if (status == TDO_OK)
        status = model_take_items(r);
    return status == TDO_OK ? model_read_errors(r) : status;
}

/* What the readings are for the stages that follow. */
static tdo_measured measured(const model_readings *r)
{
    return (tdo_measured){.n = r->n,
                          .d = r->s->n_criteria,
                          .m = r->s->n_constraints,
                          .id = r->t->id,
                          .line = r->line,
                          .rows = r->t->rows,
                          .where_dropped = r->t->where_dropped,
                          .averaged = r->t->n - r->n,
                          .reading = (const double *const *)r->reading,
                          .rest = (const double *const *)r->rest,
                          .se = r->se,
                          .low = r->low,
                          .high = r->high,
                          .column_error = r->column_error,
                          .error = r->error,
                          .draws = r->draws,
                          .draw_row = r->draw_row,
                          .drawn = r->drawn,
                          .drawn_limited = r->drawn_limited,
                          .dropped = r->dropped,
                          .imputed = r->imputed,
                          .limited = r->limited,
                          .limited_rest = r->limited_rest,
                          .mix_limited = r->mix_limited,
                          .mix_limited_rest = r->mix_limited_rest,
                          .portfolio_limited = r->portfolio_limited,
                          .portfolio_limited_rest = r->portfolio_limited_rest,
                          .groups = r->groups,
                          .items = r->items,
                          .n_items = r->n_items};
}

size_t tdo_find_candidate(const tdo_measured *x, const char *id)
{
    for (size_t i = 0; i < x->n; i++)
        if (strcmp(x->id[i], id) == 0)
            return i;
    return TDO_NONE;
}

double **tdo_copy_readings(const tdo_measured *x, tdo_arena *a)
{
    double **to = tdo_alloc(a, x->d, sizeof *to);
    for (size_t c = 0; to && c < x->d; c++) {
        to[c] = tdo_alloc(a, x->n, sizeof *to[c]);
        if (!to[c])
            return NULL;
        if (x->n > 0)
            memcpy(to[c], x->reading[c], x->n * sizeof *to[c]);
    }
    return to;
}

tdo_status tdo_measure(const tdo_scenario *s, const tdo_tables *tables, tdo_arena *a,
                       tdo_measured *out, tdo_warnings *w, tdo_report *report)
{
    size_t d = s->n_criteria, m = s->n_constraints, errors = report->count;
    model_readings r = {.s = s,
                        .t = tables->candidates,
                        .group_table = tables->groups,
                        .item_table = tables->items,
                        .incomplete = tables->incomplete,
                        .a = a,
                        .w = w,
                        .report = report};
    const bool **matches = tdo_alloc(a, m, sizeof *matches);
    const uint32_t **word = tdo_alloc(a, m, sizeof *word);
    const char *const **words = tdo_alloc(a, m, sizeof *words);
    const double *const **cell = NULL;
    tdo_status status = matches && word && words ? make_room(&r) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = read_criteria(&r);
    if (status == TDO_OK)
        status = read_limits(&r, matches, word, words);
    if (status == TDO_OK)
        status = keep_cells(&r, &cell);
    size_t incumbent = status == TDO_OK ? find_incumbent(&r) : TDO_NONE;
    if (status == TDO_OK)
        status = model_missing_policy(&r);
    for (size_t c = 0; c < d && status == TDO_OK; c++)
        status = warn_unknown_se(&r, c);
    if (status == TDO_OK)
        status = model_doubt_rows(&r);
    if (status == TDO_OK)
        status = model_find_doubts(&r);
    if (status == TDO_OK && r.no_memory)
        status = TDO_E_MEMORY;
    if (status == TDO_OK && report->count > errors)
        status = TDO_E_INPUT;
    if (status == TDO_OK) {
        *out = measured(&r);
        out->matches = matches;
        out->word = word;
        out->words = words;
        out->cell = cell;
        out->incumbent = incumbent;
        out->measured_n = tables->measured_n;
    }
    return status;
}
