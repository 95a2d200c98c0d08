/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the tables to every candidate's readings. Sums and means are rationals, rounded once. */
#include "reread/readings.h"

#include "reread/cell.h"
#include "reread/value.h"

#include <math.h>
#include <string.h>

static const verify_number none = {NAN, 0};

static bool bad_cell(verify_world *w, const verify_table *t, size_t kept, const char *column)
{
    return claim_fails(w->job, t->node, "line %u: \"%s\" cannot be read",
                       (unsigned)t->sheet.line[t->row[kept]], column);
}

/* A column as numbers, by kept row. */
static bool read_column(verify_world *w, const verify_table *t, const char *column,
                        const verify_style *style, verify_number *out)
{
    verify_place at;
    if (!verify_find_place(w->job, t, column, &at))
        return false;
    for (size_t k = 0; k < t->n; k++) {
        verify_reading_of_cell x;
        if (!verify_read_cell(verify_table_cell(t, at, k), style, w->room, &x))
            return bad_cell(w, t, k, column);
        out[k] = x.x;
    }
    return true;
}

/* The mean of each candidate's measured rows. */
static void average(verify_world *w, const verify_table *t, const verify_number *row,
                    verify_number *out)
{
    for (size_t i = 0; i < w->n; i++) {
        unsigned long k = 0;
        mpq_set_ui(w->room[0], 0, 1);
        out[i] = none;
        for (size_t q = t->start[i]; q < t->start[i + 1]; q++) {
            const verify_number x = row[t->order[q]];
            if (isnan(x.y))
                continue;
            if (t->start[i + 1] - t->start[i] == 1)
                out[i] = x;
            else
                verify_add(w->room[0], 1, x, w->room[1]);
            k++;
        }
        if (k == 0 || t->start[i + 1] - t->start[i] == 1)
            continue;
        mpq_set_ui(w->room[1], k, 1);
        mpq_div(w->room[0], w->room[0], w->room[1]);
        out[i] = verify_number_of(w->room[0], w->room[1]);
    }
}

bool verify_read_numbers(verify_world *w, const verify_table *t, const char *column,
                         verify_number *out)
{
    const verify_style style = verify_style_of(w, column, NULL);
    verify_number *row = NULL;
    if (!VERIFY_ROOM(w->job, row, t->n) || !read_column(w, t, column, &style, row))
        return false;
    average(w, t, row, out);
    return true;
}

/* A column as words, by candidate: the first row that has one. */
static bool read_words(verify_world *w, const verify_table *t, const char *column, verify_cell *out)
{
    verify_place at;
    if (!verify_find_place(w->job, t, column, &at))
        return false;
    for (size_t i = 0; i < w->n; i++) {
        out[i] = verify_table_cell(t, at, t->order[t->start[i]]);
        for (size_t q = t->start[i]; q < t->start[i + 1]; q++) {
            const verify_cell c = verify_table_cell(t, at, t->order[q]);
            if (verify_is_missing(out[i], NULL))
                out[i] = c;
        }
    }
    return true;
}

/* ---- criteria ---- */

static bool is_zero(const verify_criterion *c, double y)
{
    return c->zero_is_missing && !(y < 0) && !(y > 0);
}

typedef struct sums {
    size_t n; /* rows */
    mpq_t *sum;
    bool *missing; /* a term is not measured */
} sums;

static void add_term(verify_world *w, const verify_criterion *c, double factor,
                     const verify_number *x, sums *to)
{
    for (size_t k = 0; k < to->n; k++) {
        if (isnan(x[k].y) || is_zero(c, x[k].y))
            to->missing[k] = true;
        else
            verify_add(to->sum[k], factor, x[k], w->room[1]);
    }
}

static bool read_terms(verify_world *w, const verify_table *t, size_t at, sums *to)
{
    const verify_criterion *c = &w->criterion[at];
    size_t q = 0;
    if (!VERIFY_ROOM(w->job, w->term[at], c->linear->n))
        return false;
    for (const verify_node *x = c->linear->first; x; x = x->next, q++) {
        const verify_style style = verify_style_of(w, x->key, &c->style);
        if (!VERIFY_ROOM(w->job, w->term[at][q], t->n) ||
            !read_column(w, t, x->key, &style, w->term[at][q]))
            return false;
        add_term(w, c, x->number, w->term[at][q], to);
    }
    return true;
}

static bool read_sums(verify_world *w, const verify_table *t, size_t at, verify_number *row)
{
    sums to = {.n = t->n};
    if (!VERIFY_ROOM(w->job, to.missing, t->n) || !VERIFY_ROOM(w->job, to.sum, t->n))
        return false;
    for (size_t k = 0; k < t->n; k++)
        mpq_init(to.sum[k]);
    const bool good = read_terms(w, t, at, &to);
    for (size_t k = 0; k < t->n; k++) {
        row[k] = to.missing[k] || !good ? none : verify_number_of(to.sum[k], w->room[1]);
        mpq_clear(to.sum[k]);
    }
    return good;
}

static bool read_levels(verify_world *w, const verify_table *t, const verify_criterion *c,
                        verify_number *out)
{
    verify_cell *word = NULL;
    if (!VERIFY_ROOM(w->job, word, w->n) || !read_words(w, t, c->column, word))
        return false;
    for (size_t i = 0; i < w->n; i++) {
        double k = 0;
        out[i] = none;
        for (const verify_node *l = c->levels->first; l && isnan(out[i].y); l = l->next, k++)
            if (l->kind == VERIFY_TEXT && verify_cell_is(word[i], l->text))
                out[i] = (verify_number){k, 0};
        if (isnan(out[i].y) && !verify_is_missing(word[i], c->style.marks))
            return claim_fails(w->job, t->node, "\"%s\" of \"%s\" is no level", c->column,
                               w->id[i]);
    }
    return true;
}

static bool read_criterion(verify_world *w, const verify_table *t, size_t at)
{
    const verify_criterion *c = &w->criterion[at];
    verify_number *row = NULL, *out = w->x + at * w->n;
    if (c->groups)
        return verify_read_groups(w, at, out);
    if (c->items)
        return verify_read_items(w, at, out);
    if (c->levels && c->column)
        return read_levels(w, t, c, out);
    if (!c->column && !c->linear)
        return claim_fails(w->job, c->node, "it measures nothing");
    if (!VERIFY_ROOM(w->job, row, t->n))
        return false;
    const verify_style style = verify_style_of(w, c->column ? c->column : "", &c->style);
    if (c->linear ? !read_sums(w, t, at, row) : !read_column(w, t, c->column, &style, row))
        return false;
    for (size_t k = 0; k < t->n && c->column; k++)
        row[k] = is_zero(c, row[k].y) ? none : row[k];
    average(w, t, row, out);
    return true;
}

/* ---- what is not measured ---- */

static verify_policy policy_of_limits(const verify_world *w)
{
    const char *name = verify_text(verify_get(w->scenario, "candidates"), "missing", "error");
    return strcmp(name, "drop") == 0 ? VERIFY_MISSING_DROP : VERIFY_MISSING_ERROR;
}

static void drop(verify_world *w)
{
    const bool limits = policy_of_limits(w) == VERIFY_MISSING_DROP;
    for (size_t i = 0; i < w->n; i++) {
        for (size_t c = 0; c < w->d; c++)
            w->dropped[i] |= w->criterion[c].missing == VERIFY_MISSING_DROP &&
                             isnan(verify_reading(w, c, i).y);
        for (size_t k = 0; limits && k < w->m; k++)
            w->dropped[i] |= w->limit[k].x && isnan(w->limit[k].x[i].y);
        for (size_t k = 0; limits && k < w->mix_m; k++)
            w->dropped[i] |= w->mix_limit[k].x && isnan(w->mix_limit[k].x[i].y);
        for (size_t k = 0; limits && k < w->sum_m; k++)
            w->dropped[i] |= w->sum_limit[k].x && isnan(w->sum_limit[k].x[i].y);
    }
}

bool verify_take_worst(verify_world *w, size_t c)
{
    verify_number *x = w->x + c * w->n;
    int worst = VERIFY_NONE;
    for (size_t i = 0; i < w->n; i++)
        if (!w->dropped[i] && !isnan(x[i].y) &&
            (worst == VERIFY_NONE ||
             verify_gain(&w->criterion[c], x[i].y) < verify_gain(&w->criterion[c], x[worst].y)))
            worst = (int)i;
    for (size_t i = 0; i < w->n; i++) {
        if (w->dropped[i] || !isnan(x[i].y))
            continue;
        if (worst == VERIFY_NONE || w->criterion[c].missing != VERIFY_MISSING_WORST)
            return claim_fails(w->job, w->criterion[c].node, "\"%s\" is not measured there",
                               w->id[i]);
        x[i] = x[worst];
        w->assumed[c * w->n + i] = true;
    }
    return true;
}

/* ---- limits ---- */

static bool read_limit(verify_world *w, const verify_table *t, verify_limit *k)
{
    if (k->criterion != VERIFY_NONE)
        return true;
    if ((k->has_min || k->has_max) &&
        (!VERIFY_ROOM(w->job, k->x, w->n) || !verify_read_numbers(w, t, k->column, k->x)))
        return false;
    if (!k->equals && !k->in && !k->not_in)
        return true;
    if (!VERIFY_ROOM(w->job, k->word, w->n) || !VERIFY_ROOM(w->job, k->words_hold, w->n) ||
        !read_words(w, t, k->column, k->word))
        return false;
    for (size_t i = 0; i < w->n; i++)
        k->words_hold[i] = verify_words_hold(k->word[i], k->equals, k->in, k->not_in);
    return true;
}

bool verify_set_relative(verify_world *w, verify_limit *k)
{
    const verify_criterion *c = &w->criterion[k->criterion];
    const verify_node *percent = verify_get(k->node, "worse_by_percent");
    if (w->incumbent == VERIFY_NONE)
        return claim_fails(w->job, k->node, "there is no incumbent");
    const verify_number x = verify_reading(w, (size_t)k->criterion, (size_t)w->incumbent);
    const double by = verify_double(k->node, percent ? "worse_by_percent" : "worse_by", 0);
    verify_number from = x;
    double distance = 0;
    if (c->goal == VERIFY_NEARER) {
        from = (verify_number){c->target, 0};
        distance = verify_measurement(c, x.y);
    }
    k->has_min = c->goal != VERIFY_LESS;
    k->has_max = c->goal != VERIFY_MORE;
    for (int sign = -1; sign <= 1; sign += 2) {
        mpq_set_ui(w->room[0], 0, 1);
        verify_add(w->room[0], 1, from, w->room[1]);
        verify_add(w->room[0], sign, (verify_number){distance, 0}, w->room[1]);
        verify_set_decimal(w->room[1], by);
        verify_set_decimal(w->room[2], percent ? fabs(x.y) : 1);
        mpq_mul(w->room[1], w->room[1], w->room[2]);
        mpq_set_ui(w->room[2], percent ? 100 : 1, 1);
        mpq_div(w->room[1], w->room[1], w->room[2]);
        if (sign < 0)
            mpq_sub(w->room[0], w->room[0], w->room[1]);
        else
            mpq_add(w->room[0], w->room[0], w->room[1]);
        *(sign < 0 ? &k->min : &k->max) = verify_round(w->room[0]);
    }
    return true;
}

bool verify_read_again(verify_world *w, const verify_table *t)
{
    if (!VERIFY_ROOM(w->job, w->x, w->d * w->n) || !VERIFY_ROOM(w->job, w->assumed, w->d * w->n) ||
        !VERIFY_ROOM(w->job, w->dropped, w->n))
        return false;
    for (size_t c = 0; c < w->d; c++)
        if (!read_criterion(w, t, c))
            return false;
    for (size_t k = 0; k < w->m; k++)
        if (!read_limit(w, t, &w->limit[k]))
            return false;
    for (size_t k = 0; k < w->mix_m; k++)
        if (!read_limit(w, t, &w->mix_limit[k]))
            return false;
    for (size_t k = 0; k < w->sum_m; k++)
        if (!read_limit(w, t, &w->sum_limit[k]))
            return false;
    drop(w);
    for (size_t c = 0; c < w->d; c++)
        if (!verify_take_worst(w, c))
            return false;
    for (size_t k = 0; k < w->m; k++)
        if (w->limit[k].relative && !verify_set_relative(w, &w->limit[k]))
            return false;
    return true;
}

bool verify_read_world(verify_world *w)
{
    verify_table t;
    return verify_read_candidates(w, &t) && verify_read_again(w, &t);
}

bool verify_read_segments(verify_world *w, verify_table *t)
{
    w->mix_m = w->sum_m = 0; /* of splits and sets of candidates */
    return verify_read_rows(w, "segments", verify_get(w->scenario, "segments"), t) &&
           verify_read_again(w, t);
}
