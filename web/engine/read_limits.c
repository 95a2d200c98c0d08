/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The limits that the page wrote, and how sure they are. */
#include "engine/read.h"

#include "engine/bytes.h"
#include "terms/condition.h"

#include <math.h>
#include <string.h>

static void read_match(web_bytes *r, tdo_match *m)
{
    m->text = bytes_text(r);
    m->is_number = bytes_u32(r) != 0;
    m->number = bytes_f64(r);
}

static tdo_match *read_matches(web_bytes *r, size_t *n)
{
    *n = bytes_count(r, 16, UINT32_MAX);
    tdo_match *m = *n ? bytes_room(r, *n, sizeof *m) : NULL;
    for (size_t k = 0; m && k < *n; k++)
        read_match(r, &m[k]);
    return m;
}

/* Which column a constraint looks at; it must have been read the way that the constraint needs. */
static const web_column *read_place(web_bytes *r, const web_problem *p, tdo_condition *is)
{
    is->criterion = bytes_index(r, p->measured.d, true);
    size_t k = bytes_index(r, p->n_columns, true);
    if ((is->criterion == TDO_NONE) == (k == TDO_NONE))
        r->failed = true;
    const web_column *column = k == TDO_NONE ? NULL : &p->columns[k];
    is->column = column ? column->name : NULL;
    return column;
}

static bool cell_matches(const tdo_condition *is, const char *s)
{
    size_t length = strlen(s);
    bool in = !is->in, out_of = true;
    for (size_t k = 0; k < is->n_in && !in; k++)
        in = tdo_match_text(&is->in[k], s, length);
    for (size_t k = 0; k < is->n_not_in && out_of; k++)
        out_of = !tdo_match_text(&is->not_in[k], s, length);
    return in && out_of && (!is->equals || tdo_match_text(is->equals, s, length));
}

static const bool *match_column(web_bytes *r, const tdo_condition *is, const web_column *c,
                                size_t n)
{
    bool *holds = bytes_room(r, c->n_words, sizeof *holds), *y = bytes_room(r, n, sizeof *y);
    for (size_t q = 0; holds && q < c->n_words; q++)
        holds[q] = cell_matches(is, c->words[q]);
    for (size_t i = 0; holds && y && i < n; i++)
        y[i] = holds[c->word[i]];
    return y;
}

/* What the program would call a limit that the page moved or made. */
static const char *derived_text(web_bytes *r, web_problem *p, const tdo_condition *is)
{
    const char *text = r->failed ? "" : terms_condition_text(is, p->scenario.criteria, r->a);
    r->full = r->full || !text;
    r->failed = r->failed || !text;
    return text ? text : "";
}

/* How sure a limit is, by the file: of its normal errors worked out anew for the bounds that it has
 * here, of other ones (se is NaN) as the file says of the bounds that it has there. */
typedef struct web_judged {
    bool some;
    double level;
    const double *se, *holds, *shown_min, *shown_max; /* [n] NaN: not known */
} web_judged;

static void read_judged(web_bytes *r, tdo_constraint *k, web_judged *out, size_t n)
{
    k->relative = bytes_u32(r) != 0;
    k->worse_by = bytes_f64(r);
    k->percent = bytes_u32(r) != 0;
    k->shown = bytes_f64(r);
    k->shown_over_all = bytes_u32(r) != 0;
    out->some = bytes_u32(r) != 0;
    if (!out->some)
        return;
    out->level = bytes_f64(r);
    out->se = bytes_array(r, n, sizeof(double));
    out->holds = bytes_array(r, n, sizeof(double));
    out->shown_min = bytes_array(r, n, sizeof(double));
    out->shown_max = bytes_array(r, n, sizeof(double));
}

/* Doubts of limit j. */
static tdo_status judge(web_problem *p, size_t j, const web_judged *from, tdo_arena *a,
                        tdo_limit_doubt *out)
{
    const tdo_constraint *k = &p->scenario.constraints[j];
    size_t parts = k->relative ? 1 : (size_t)k->condition.has_min + k->condition.has_max;
    *out = (tdo_limit_doubt){.constraint = j, .level = from->level, .se = from->se};
    tdo_status st = tdo_doubt_normal(&p->scenario, &p->measured, a, out);
    for (size_t i = 0; st == TDO_OK && i < p->measured.n; i++) {
        if (!isnan(from->se[i]) || p->measured.dropped[i])
            continue;
        out->holds[i] = from->holds[i];
        out->shown_min[i] = from->shown_min[i];
        out->shown_max[i] = from->shown_max[i];
        out->status[i] = tdo_shown_status(from->holds[i], parts, from->level);
    }
    return st;
}

/* All limits, and what they look at: [m] each, as in tdo_measured. */
typedef struct limit_reader {
    tdo_constraint *limit;
    const double **limited, **rest;
    const bool **matches;
    const uint32_t **word;
    const char *const **words;
} limit_reader;

static void read_limit(web_bytes *r, web_problem *p, const limit_reader *x, size_t j)
{
    tdo_constraint *k = &x->limit[j];
    tdo_condition *is = &k->condition;
    const web_column *column = read_place(r, p, is);
    size_t n_equals = 0;
    k->text = bytes_text(r);
    k->owner = bytes_text(r);
    k->why = bytes_text(r);
    k->stakeholder = bytes_index(r, p->scenario.n_stakeholders, true);
    is->has_min = bytes_u32(r) != 0;
    is->min = bytes_f64(r);
    is->has_max = bytes_u32(r) != 0;
    is->max = bytes_f64(r);
    is->equals = read_matches(r, &n_equals);
    is->in = read_matches(r, &is->n_in);
    is->not_in = read_matches(r, &is->n_not_in);
    if (!k->text[0])
        k->text = derived_text(r, p, is);
    if (r->failed || !column)
        return;
    bool compares = is->equals || is->in || is->not_in;
    if (((is->has_min || is->has_max) && !column->number) || (compares && !column->word)) {
        r->failed = true;
        return;
    }
    x->limited[j] = is->has_min || is->has_max ? column->number : NULL;
    x->rest[j] = column->rest;
    if (!compares)
        return;
    x->matches[j] = match_column(r, is, column, p->measured.n);
    x->word[j] = column->word;
    x->words[j] = column->words;
}

/* A veto is a need of its stakeholder too: where the page moved the limit, the need moves along;
 * where it switched the limit off, the need is what it was. */
static void move_needs(web_problem *p, const tdo_constraint *limit, size_t m)
{
    for (size_t h = 0; h < p->scenario.n_stakeholders; h++) {
        tdo_stakeholder *who = &p->scenario.stakeholders[h];
        for (size_t q = 0; q < who->n_needs; q++) {
            tdo_need *need = &who->needs[q];
            *need = p->need[h][q];
            for (size_t j = 0; j < m && need->veto; j++) {
                const tdo_condition *is = &limit[j].condition;
                if (limit[j].stakeholder != h || is->criterion != need->criterion)
                    continue;
                need->has_min = is->has_min;
                need->min = is->min;
                need->has_max = is->has_max;
                need->max = is->max;
            }
        }
    }
}

tdo_status web_read_limits(const uint8_t *bytes, size_t length, tdo_arena *a, web_problem *p)
{
    web_bytes r = {bytes, bytes + length, a, false, false};
    size_t m = bytes_count(&r, 0, TDO_MAX_CONSTRAINTS);
    const limit_reader x = {.limit = bytes_room(&r, m, sizeof *x.limit),
                            .limited = bytes_room(&r, m, sizeof *x.limited),
                            .rest = bytes_room(&r, m, sizeof *x.rest),
                            .matches = bytes_room(&r, m, sizeof *x.matches),
                            .word = bytes_room(&r, m, sizeof *x.word),
                            .words = bytes_room(&r, m, sizeof *x.words)};
    web_judged *judged = bytes_room(&r, m, sizeof *judged);
    tdo_limit_doubt *doubt = bytes_room(&r, m, sizeof *doubt);
    for (size_t j = 0; j < m && !r.failed; j++) {
        read_limit(&r, p, &x, j);
        read_judged(&r, &x.limit[j], &judged[j], p->measured.n);
    }
    tdo_status st = bytes_verdict(&r);
    if (st != TDO_OK)
        return st;
    move_needs(p, x.limit, m);
    p->scenario.constraints = x.limit;
    p->scenario.n_constraints = p->measured.m = m;
    p->measured.limited = x.limited;
    p->measured.limited_rest = x.rest;
    p->measured.matches = x.matches;
    p->measured.word = x.word;
    p->measured.words = x.words;
    p->doubts =
        (tdo_limit_doubts){.limit = doubt, .se = p->normal, .shared = p->shared, .plain = p->plain};
    for (size_t j = 0; j < m && st == TDO_OK; j++)
        if (judged[j].some && (x.limit[j].condition.has_min || x.limit[j].condition.has_max))
            st = judge(p, j, &judged[j], a, &doubt[p->doubts.n++]);
    return st;
}
