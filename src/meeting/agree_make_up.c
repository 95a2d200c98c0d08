/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would make up for a candidate: by how much one of its readings would have to change for
 * somebody to like nobody better. Each answer is what the stages say when they run with that
 * reading: observed ranges move with it, and limits hold or not. Nothing is said of a reading that
 * cannot move without another one. */
#include "base/decimal.h"
#include "meeting/agree.h"

#include <math.h>
#include <string.h>

enum { DOUBLINGS = 40, HALVINGS = 100, FEW_DIGITS = 9, DIGITS = 12 };

/* Of a range. */
#define NOTHING 1e-9

typedef struct make_up {
    const agree *g;
    size_t h, c;      /* person, criterion */
    size_t i;         /* candidate */
    tdo_measured x;   /* with readings of its own */
    double **reading; /* [d] each [n] */
    double *looks;    /* work that is left */
    tdo_status status;
} make_up;

/* Is the candidate, with that reading, as good as anybody for the person? */
static bool is_content(make_up *m, double reading)
{
    const tdo_case *k = m->g->k;
    tdo_arena *a = tdo_arena_new();
    tdo_screened f = {0};
    tdo_valued v = {0};
    tdo_utility u = {0};
    tdo_warnings unsaid = {0};
    const tdo_case now = {.s = k->s, .x = &m->x, .f = &f, .v = &v, .u = &u};
    double *at = &m->reading[m->c][m->i];
    bool content = false;
    *m->looks -= (double)k->x->n * (double)(4 * k->x->d + k->s->n_stakeholders);
    if (m->status != TDO_OK || *m->looks < 0) {
        tdo_arena_free(a);
        return false;
    }
    const double kept = *at;
    *at = reading;
    m->status = a ? tdo_screen(k->s, &m->x, k->f->doubts, a, &f) : TDO_E_MEMORY;
    if (m->status == TDO_OK && f.feasible_n && f.slot[m->i] != UINT32_MAX) {
        m->status = tdo_value(k->s, &m->x, &f, a, &v, &unsaid);
        if (m->status == TDO_OK)
            m->status = tdo_utilities(&now, a, &u, &unsaid);
        if (m->status == TDO_OK)
            content = u.best[m->h] - tdo_utility_at(&u, m->h, f.slot[m->i]) <= TDO_TIE;
    }
    *at = kept;
    tdo_arena_free(a);
    return content;
}

/* As decimals are added: what a file would hold with that change. */
static double plus(double now, double by)
{
    decimal_sum sum;
    decimal_clear(&sum);
    decimal_add(&sum, now);
    decimal_add(&sum, by);
    return decimal_rounded(&sum, NULL);
}

/* The reading that is better (toward: 1) or worse (-1) than now by so much. A target is not
 * passed. */
static double moved(const make_up *m, double now, int toward, double by)
{
    const tdo_criterion *c = &m->g->k->s->criteria[m->c];
    if (c->goal != TDO_GOAL_TARGET)
        return plus(now, (c->goal == TDO_GOAL_MAX) == (toward > 0) ? by : -by);
    if (toward > 0)
        return now < c->target ? fmin(plus(now, by), c->target) : fmax(plus(now, -by), c->target);
    return plus(now, now < c->target ? -by : by);
}

/* Twelve digits of a positive number, up or down. */
static double rounded(double x, bool up)
{
    return decimal_beyond(x, DIGITS, up);
}

/* From a distance at which it is (not) so to one at which it is not (is): the ends, as near as
 * doubles are. */
static void halve(make_up *m, double now, int toward, double *from, double *to)
{
    for (size_t k = 0; k < HALVINGS && m->status == TDO_OK; k++) {
        const double middle = *from + (*to - *from) / 2;
        if (!(middle > *from && middle < *to) || (*to - *from) < 1e-14 * *to)
            return;
        if (is_content(m, moved(m, now, toward, middle)) == (toward > 0))
            *to = middle;
        else
            *from = middle;
    }
}

/* In as few digits as it is said with, or more where it does not hold there; NaN: in none. */
static double in_words(make_up *m, double now, int toward, double by)
{
    for (int digits = TDO_AGREE_WORD_DIGITS; by > 0 && digits <= DIGITS; digits++) {
        const double few = decimal_beyond(by, digits, toward > 0);
        if (few > 0 && is_content(m, moved(m, now, toward, few)))
            return few;
    }
    return is_content(m, moved(m, now, toward, by)) ? by : (double)NAN;
}

/* The change in the reading; NaN: none does, or too much work. *said: the same in words. */
static double find(make_up *m, double span, double *said)
{
    const tdo_case *k = m->g->k;
    const double now = k->x->reading[m->c][m->i];
    const int toward = is_content(m, now) ? -1 : 1;
    double from = 0, to = span / 1024;
    bool found = false;
    for (size_t q = 0; q < DOUBLINGS && !found && m->status == TDO_OK; q++) {
        found = is_content(m, moved(m, now, toward, to)) == (toward > 0);
        if (!found) {
            from = to;
            to *= 2;
        }
    }
    if (!found || *m->looks < 0)
        return NAN;
    halve(m, now, toward, &from, &to);
    if (toward < 0 && from < NOTHING * span) /* it is a tie: what is left is rounding */
        from = 0;
    double by = toward > 0 ? rounded(to, true) : from > 0 ? rounded(from, false) : 0;
    char text[TDO_NUMBER_TEXT];
    double few = by; /* 0.275 instead of 0.274999999999 */
    (void)tdo_number_read(text, tdo_number_round(by, FEW_DIGITS, text), &few);
    if (is_content(m, moved(m, now, toward, few)))
        by = few;
    const double change = moved(m, now, toward, by) - now, way = change < 0 ? -1 : change > 0;
    *said = way * in_words(m, now, toward, by);
    if (m->status != TDO_OK || *m->looks < 0 ||
        (by > 0 && !is_content(m, moved(m, now, toward, by))))
        return NAN;
    return way * by;
}

/* Does another criterion, or a limit, read this column, too? */
static bool is_read_elsewhere(const tdo_scenario *s, size_t c, const char *column)
{
    bool is = false;
    for (size_t b = 0; b < s->n_criteria && !is; b++)
        for (size_t t = 0; b != c && t < s->criteria[b].n_terms && !is; t++)
            is = strcmp(s->criteria[b].terms[t].column, column) == 0;
    for (size_t j = 0; j < s->n_constraints && !is; j++) {
        const tdo_condition *k = &s->constraints[j].condition;
        is = k->criterion == TDO_NONE && strcmp(k->column, column) == 0;
    }
    return is;
}

/* Can the criterion's reading move without another one's? */
static bool moves_alone(const tdo_scenario *s, size_t c)
{
    const tdo_criterion *k = &s->criteria[c];
    bool alone = k->n_terms == 0;
    for (size_t t = 0; t < k->n_terms && !alone; t++)
        alone = !is_read_elsewhere(s, c, k->terms[t].column);
    return alone;
}

tdo_status agree_make_up(const agree *g, uint32_t x, double *looks, double *out, double *said)
{
    const tdo_case *k = g->k;
    const size_t c = g->out->unit;
    make_up m = {.g = g, .c = c, .i = k->f->feasible[x], .x = *k->x, .looks = looks};
    tdo_arena *a = tdo_arena_new();
    m.reading = a ? tdo_copy_readings(k->x, a) : NULL;
    m.status = m.reading ? TDO_OK : TDO_E_MEMORY;
    m.x.reading = (const double *const *)m.reading;
    for (size_t h = 0; h < k->u->s && m.status == TDO_OK; h++) {
        const double span = c == TDO_NONE ? 0 : fabs(k->v->best[c] - k->v->worst[c]);
        m.h = h;
        said[h] = NAN;
        out[h] = c != TDO_NONE && k->u->weight[h * k->v->d + c] > 0 && span > 0 &&
                         moves_alone(k->s, c)
                     ? find(&m, span, &said[h])
                     : (double)NAN;
    }
    tdo_arena_free(a);
    return m.status;
}
