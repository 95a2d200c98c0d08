/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who meets everybody's needs: single candidates, a split of as few as can, or which needs clash.
 * That no split meets some needs is a game whose other side mixes needs so that whoever takes part
 * misses the mixture; that one does is a mix of candidates. */
#include "verify/agree.h"

#include <math.h>
#include <string.h>

#define MOST_WORK  2e9
#define MOST_PAIRS 2e8

static const double near_enough = 1e-9;    /* of the range of a criterion */
static const double least_excess = 1e-300; /* of what is beyond by less than a double tells */

/* One side of a need, or of a limit of the mix. */
typedef struct needed_side {
    size_t of; /* need; SIZE_MAX: a limit of the mix */
    bool each; /* it binds each part of a split */
    int sign;  /* 1: max, -1: min */
    double is, unit;
    int criterion;
    const verify_number *x; /* [n] of a column, where there is no criterion */
} needed_side;

typedef struct need_check {
    verify_case *k;
    size_t needs, own, sides; /* own: sides of the mix, which come last */
    size_t *person, *which;   /* [needs] whose, and which of theirs */
    needed_side *side;
    double *over; /* [(needs sides + own) x f] how far each is beyond, in units; NaN: not known */
    double work, least_share;
} need_check;

static verify_number reading_of(const need_check *m, const needed_side *s, size_t slot)
{
    const size_t i = m->k->s.feasible[slot];
    return s->criterion != VERIFY_NONE ? verify_reading(m->k->w, (size_t)s->criterion, i) : s->x[i];
}

/* ---- sides ---- */

static void add_sides(need_check *m, needed_side s, const double *min, const double *max)
{
    const verify_world *w = m->k->w;
    double low = INFINITY, high = -INFINITY;
    s.each = s.criterion != VERIFY_NONE && w->criterion[s.criterion].worst_counts;
    for (size_t q = 0; q < m->k->s.f; q++) {
        const double y = reading_of(m, &s, q).y;
        low = fmin(low, y);
        high = fmax(high, y);
    }
    s.unit = high > low ? high - low : fmax(1, fabs(high));
    if (min) {
        s.sign = -1;
        s.is = *min;
        m->side[m->sides++] = s;
    }
    if (max) {
        s.sign = 1;
        s.is = *max;
        m->side[m->sides++] = s;
    }
}

static bool make_room(need_check *m)
{
    const verify_world *w = m->k->w;
    for (size_t h = 0; h < w->people; h++)
        m->needs += w->person[h].n_needs;
    return VERIFY_ROOM(m->k->j, m->person, m->needs) && VERIFY_ROOM(m->k->j, m->which, m->needs) &&
           VERIFY_ROOM(m->k->j, m->side, 2 * (m->needs + w->mix_m)) &&
           VERIFY_ROOM(m->k->j, m->over, 2 * (m->needs + w->mix_m) * m->k->s.f);
}

static bool make(need_check *m)
{
    const verify_world *w = m->k->w;
    size_t at = 0;
    if (!make_room(m))
        return false;
    for (size_t h = 0; h < w->people; h++)
        for (size_t q = 0; q < w->person[h].n_needs; q++, at++) {
            const verify_need *n = &w->person[h].need[q];
            m->person[at] = h;
            m->which[at] = q;
            add_sides(m, (needed_side){.of = at, .criterion = (int)n->criterion},
                      n->has_min ? &n->min : NULL, n->has_max ? &n->max : NULL);
        }
    at = m->sides;
    for (size_t q = 0; q < w->mix_m; q++) {
        const verify_limit *l = &w->mix_limit[q];
        add_sides(m, (needed_side){.of = SIZE_MAX, .criterion = l->criterion, .x = l->x},
                  l->has_min ? &l->min : NULL, l->has_max ? &l->max : NULL);
    }
    m->own = m->sides - at;
    for (size_t s = 0; s < m->sides; s++)
        for (size_t q = 0; q < m->k->s.f; q++) {
            const needed_side *t = &m->side[s];
            const verify_number x = reading_of(m, t, q);
            const int sign = isnan(x.y) ? 0 : t->sign * verify_compare(x, t->is);
            double by = isnan(x.y) ? (double)NAN : t->sign * (x.y - t->is) / t->unit;
            by = isnan(by) ? by : sign > 0 ? fmax(by, least_excess) : sign < 0 ? fmin(by, 0) : 0;
            m->over[s * m->k->s.f + q] = t->each && !isnan(by) ? (sign > 0 ? INFINITY : 0) : by;
        }
    return true;
}

static double over(const need_check *m, size_t side, size_t slot)
{
    return m->over[side * m->k->s.f + slot];
}

static bool meets_alone(const need_check *m, size_t slot)
{
    for (size_t s = 0; s < m->sides - m->own; s++)
        if (over(m, s, slot) > 0)
            return false;
    return true;
}

/* ---- is there a split? ---- */

/* The second: but for rounding, or one that keeps them just so. */
typedef enum split_answer { THERE_IS, THERE_IS_JUST, THERE_IS_NONE, IT_IS_CLOSE } split_answer;

/* Of the needs that are wanted (NULL: all), with the limits of the mix or without. */
static bool ask(need_check *m, const bool *wanted, bool within_mix, split_answer *out)
{
    verify_job *j = m->k->j;
    verify_game g = {0};
    size_t *side = NULL, *slot = NULL;
    *out = IT_IS_CLOSE;
    if (!VERIFY_ROOM(j, side, m->sides) || !VERIFY_ROOM(j, slot, m->k->s.f))
        return false;
    for (size_t s = 0; s < m->sides; s++)
        if (m->side[s].of == SIZE_MAX ? within_mix : !wanted || wanted[m->side[s].of])
            side[g.rows++] = s;
    for (size_t q = 0; q < m->k->s.f; q++) {
        bool may = true;
        for (size_t r = 0; r < g.rows; r++)
            may = may && isfinite(over(m, side[r], q));
        slot[g.columns] = q;
        g.columns += may;
    }
    if (g.rows == 0 || g.columns == 0) {
        *out = g.columns > 0 ? THERE_IS : THERE_IS_NONE;
        return true;
    }
    if (!VERIFY_ROOM(j, g.gets, g.rows * g.columns))
        return false;
    for (size_t r = 0; r < g.rows; r++)
        for (size_t c = 0; c < g.columns; c++)
            g.gets[r * g.columns + c] = over(m, side[r], slot[c]);
    if (!verify_play(j, &g, &m->work))
        return j->status == TDO_OK;
    if (g.least > 1e-14)
        *out = THERE_IS_NONE;
    else if (g.most <= near_enough)
        *out = g.most < -near_enough ? THERE_IS : THERE_IS_JUST;
    return true;
}

/* ---- singles ---- */

static bool check_single(need_check *m, const verify_node *needs, size_t *n)
{
    verify_case *k = m->k;
    verify_node *list = claim_child(k->j, needs, "single");
    verify_node *x = list ? list->first : NULL;
    if (!list)
        return false;
    for (size_t q = 0; q < k->s.f; q++) {
        if (!meets_alone(m, k->order[q]))
            continue;
        if (!x)
            return claim_fails(k->j, list, "\"%s\" is missing", verify_slot_id(k, k->order[q]));
        if (!claim_text(k->j, x, verify_slot_id(k, k->order[q])))
            return false;
        x = x->next;
        ++*n;
    }
    return !x || claim_fails(k->j, x, "it does not meet all needs");
}

/* ---- a split ---- */

/* The shares of slot a beside b for which every side is kept; low > high: there are none. */
static void narrow(const need_check *m, size_t a, size_t b, bool within_mix, double *low,
                   double *high)
{
    const size_t sides = within_mix ? m->sides : m->sides - m->own;
    *low = within_mix ? m->least_share : 0;
    *high = 1 - *low;
    for (size_t s = 0; s < sides; s++) {
        const double x = over(m, s, a), y = over(m, s, b);
        if (!(fmax(x, y) > 0))
            continue;
        if (!isfinite(x) || !isfinite(y) || fmin(x, y) > 0) {
            *low = 2; /* somebody may take no part, or both are beyond */
            return;
        }
        if (x > 0)
            *high = fmin(*high, -y / (x - y));
        else
            *low = fmax(*low, y / (y - x));
    }
}

/* None of two does. *known false: it is not found. */
static bool check_pairs(need_check *m, const verify_node *node, bool within_mix, bool *known)
{
    const size_t f = m->k->s.f;
    *known = (double)f * (double)f * (double)m->sides <= MOST_PAIRS;
    for (size_t a = 0; a < f && *known; a++)
        for (size_t b = 0; b < a; b++) {
            double low = 0, high = 0;
            narrow(m, a, b, within_mix, &low, &high);
            if (low <= high - near_enough)
                return claim_fails(m->k->j, node, "\"%s\" and \"%s\" would do",
                                   verify_slot_id(m->k, a), verify_slot_id(m->k, b));
        }
    return true;
}

/* Shares by size, then id, that keep every side. */
static bool check_shares(need_check *m, verify_node *list, bool within_mix, size_t *slot)
{
    verify_case *k = m->k;
    double sum = 0;
    size_t n = 0;
    if (!claim_shares(k->j, list))
        return false;
    for (const verify_node *x = list->first; x; x = x->next) {
        const char *id = verify_text(x, "id", "");
        const int i = verify_find(k->w, id);
        const double share = verify_double(x, "share", 0);
        if (i == VERIFY_NONE || k->s.slot[i] == VERIFY_NONE)
            return claim_fails(k->j, x, "it is no feasible candidate");
        if (within_mix && share < m->least_share - VERIFY_TIE)
            return claim_fails(k->j, x, "it is below min_share");
        slot[n++] = (size_t)k->s.slot[i];
        sum += share;
    }
    if (fabs(sum - 1) > VERIFY_TIE)
        return claim_fails(k->j, list, "the shares do not add to 1");
    for (size_t s = 0; s < m->sides - (within_mix ? 0 : m->own); s++) {
        double by = 0;
        n = 0;
        for (const verify_node *x = list->first; x; x = x->next)
            by += verify_double(x, "share", 0) * over(m, s, slot[n++]);
        if (!(by <= near_enough))
            return claim_fails(k->j, list, "the split misses a need, or a limit");
    }
    return true;
}

static bool check_range(need_check *m, const verify_node *split, const size_t *slot, size_t n,
                        bool within_mix)
{
    verify_job *j = m->k->j;
    const verify_node *range = claim_child(j, split, "range");
    double low = 0, high = 0;
    if (!range || !claim_length(j, range, n == 2 ? 2 : 0))
        return false;
    if (n != 2)
        return true;
    narrow(m, slot[0], slot[1], within_mix, &low, &high);
    for (size_t q = 0; q < 2; q++) {
        verify_node *of = claim_child(j, range, verify_slot_id(m->k, slot[q]));
        const double is[2] = {q == 0 ? low : 1 - high, q == 0 ? high : 1 - low};
        if (!of || !claim_length(j, of, 2))
            return false;
        const double at[2] = {of->first->number, of->first->next->number};
        for (size_t e = 0; e < 2; e++)
            if (!(fabs(at[e] - is[e]) <= 1e-11))
                return claim_fails(j, of, "it is from %.17g to %.17g", is[0], is[1]);
        (void)claim_holds_all(j, of);
    }
    return true;
}

static bool check_split(need_check *m, verify_node *split)
{
    verify_job *j = m->k->j;
    verify_node *list = claim_child(j, split, "shares"),
                *within = claim_child(j, split, "within_mix");
    const bool asked = m->own > 0 || m->least_share > 0;
    const bool within_mix = verify_is_true(split, "within_mix");
    split_answer is = THERE_IS_NONE;
    size_t *slot = NULL;
    bool known = true;
    if (!list || !within || !VERIFY_ROOM(j, slot, list->n + 1))
        return false;
    if (list->n < 2)
        return claim_fails(j, list, "one candidate is no split");
    if (!check_shares(m, list, within_mix, slot))
        return false;
    if (list->n > 2 && !check_pairs(m, list, within_mix, &known))
        return false;
    if (!check_range(m, split, slot, list->n, within_mix))
        return false;
    if (known && list->n <= 3)
        (void)claim_holds_all(j, list);
    if (!asked)
        return claim_bool(j, within, true);
    if (!within_mix && !ask(m, NULL, true, &is))
        return false;
    if (is == THERE_IS && !(m->least_share > 0))
        return claim_fails(j, within, "a split keeps both");
    return is != THERE_IS_NONE || claim_holds(j, within);
}

/* ---- a clash ---- */

static int find_need(const need_check *m, const char *text)
{
    for (size_t q = 0; q < m->needs; q++) {
        const verify_person *p = &m->k->w->person[m->person[q]];
        const char *id = m->k->w->criterion[p->need[m->which[q]].criterion].id;
        const size_t n = strlen(p->id);
        if (strncmp(text, p->id, n) == 0 && text[n] == '.' && strcmp(text + n + 1, id) == 0)
            return (int)q;
    }
    return VERIFY_NONE;
}

/* No split meets these needs, and one meets all but any of them. */
static bool check_clash(need_check *m, verify_node *list, bool *wanted)
{
    verify_job *j = m->k->j;
    split_answer is = IT_IS_CLOSE;
    bool known = true;
    memset(wanted, 0, m->needs * sizeof *wanted);
    for (const verify_node *x = list->first; x; x = x->next) {
        const int q = find_need(m, x->kind == VERIFY_TEXT ? x->text : "");
        if (q == VERIFY_NONE || wanted[q])
            return claim_fails(j, x, "there is no such need, or it is there twice");
        wanted[q] = true;
    }
    if (!ask(m, wanted, false, &is))
        return false;
    if (is == THERE_IS)
        return claim_fails(j, list, "a split meets these");
    known = is == THERE_IS_NONE;
    for (size_t q = 0; q < m->needs; q++) {
        if (!wanted[q])
            continue;
        wanted[q] = false;
        if (!ask(m, wanted, false, &is))
            return false;
        wanted[q] = true;
        if (is == THERE_IS_NONE)
            return claim_fails(
                j, list, "without %s.%s they clash, too", m->k->w->person[m->person[q]].id,
                m->k->w->criterion[m->k->w->person[m->person[q]].need[m->which[q]].criterion].id);
        known = known && is <= THERE_IS_JUST;
    }
    return !known || claim_holds_all(j, list);
}

/* ---- all ---- */

bool verify_check_needs(verify_case *k, const verify_node *agree)
{
    const verify_node *mix = verify_get(k->w->scenario, "mix");
    verify_node *needs = claim_child(k->j, agree, "needs");
    need_check m = {.k = k, .work = MOST_WORK, .least_share = verify_double(mix, "min_share", 0)};
    bool *wanted = NULL;
    size_t singles = 0;
    if (!needs || !make(&m) || !VERIFY_ROOM(k->j, wanted, m.needs + 1))
        return false;
    if (m.needs == 0)
        return claim_null(k->j, needs);
    verify_node *split = claim_child(k->j, needs, "split"),
                *clash = claim_child(k->j, needs, "clash");
    if (!split || !clash || !check_single(&m, needs, &singles))
        return false;
    if (singles > 0)
        return claim_null(k->j, split) && claim_length(k->j, clash, 0);
    if (split->kind != VERIFY_NULL)
        return claim_length(k->j, clash, 0) && check_split(&m, split);
    split_answer is = IT_IS_CLOSE;
    if (!ask(&m, NULL, false, &is))
        return false;
    if (is == THERE_IS)
        return claim_fails(k->j, split, "there is one");
    if (is == THERE_IS_NONE)
        (void)claim_holds(k->j, split);
    for (verify_node *x = clash->first; x; x = x->next)
        if (!check_clash(&m, x, wanted))
            return false;
    return true;
}
