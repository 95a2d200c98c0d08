/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells behind a candidate's readings. What is not of one cell alone (a mean of rows, a word of
 * a file that others share, a reading that was assumed) has none. */
#include "weights/choice_edits.h"
#include "base/decimal.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* ---- reading it ---- */

double choice_read_edit(const choice_edit *x, const choice_reader *r, double cell, double *rest)
{
    const tdo_measured *m = x->k->x;
    const size_t i = x->k->f->feasible[x->slot];
    decimal_sum sum;
    *rest = 0;
    if (r->criterion->zero_is_missing && cell == 0)
        return NAN;
    if (r->place != TDO_NONE) {
        const tdo_subgroups *g = m->groups[r->c];
        const size_t from = g->start[i], n = g->start[i + 1] - from;
        assert(n <= x->n_room);
        memcpy(x->room, g->value + from, n * sizeof *x->room);
        x->room[r->place - from] = cell;
        return tdo_taken(r->criterion, x->room, g->size ? g->size + from : NULL, n, rest);
    }
    if (r->criterion->levels ||
        (r->criterion->n_terms == 1 && r->criterion->terms[0].coefficient == 1))
        return cell;
    decimal_clear(&sum);
    for (size_t t = 0; t < r->criterion->n_terms; t++) {
        const double *of = m->cell[r->c][t];
        decimal_add_product(&sum, r->criterion->terms[t].coefficient,
                            of == x->number ? cell : of[i]);
    }
    return decimal_rounded(&sum, rest);
}

choice_view choice_look(const choice_edit *x, const choice_reader *r, double cell)
{
    const tdo_valued *v = x->k->v;
    double rest = 0;
    choice_view y = {choice_read_edit(x, r, cell, &rest), v->worst[r->c], v->best[r->c]};
    if (r->moves) {
        double low = r->others[0], high = r->others[1];
        low = isnan(low) || tdo_better(r->criterion, low, y.reading) > 0 ? y.reading : low;
        high = isnan(high) || tdo_better(r->criterion, y.reading, high) > 0 ? y.reading : high;
        y.worst = tdo_measurement(r->criterion, low);
        y.best = tdo_measurement(r->criterion, high);
    }
    return y;
}

/* ---- who reads it ---- */

/* Does the rule look at the criterion: by a weight, or by a need? */
static bool counts(const tdo_case *k, tdo_rule rule, size_t c)
{
    bool yes = k->u->group_weight[c] > 0;
    for (size_t s = 0; s < k->u->s && rule == TDO_RULE_NEEDS_FIRST; s++)
        for (size_t q = 0; q < k->s->stakeholders[s].n_needs; q++)
            yes |= k->u->power[s] > 0 && k->s->stakeholders[s].needs[q].criterion == c;
    return yes;
}

/* Is it worth a look: does the criterion count, or does a limit on it keep the slot out? */
static bool matters(const tdo_case *k, tdo_rule rule, uint32_t slot, size_t c)
{
    const uint64_t broken = choice_broken(k, slot);
    bool yes = counts(k, rule, c);
    for (size_t j = 0; j < k->s->n_constraints && !yes; j++)
        yes = (broken >> j & 1) && k->s->constraints[j].condition.criterion == c;
    return yes;
}

static bool is_assumed(const tdo_case *k, size_t c)
{
    const size_t n = k->x->n;
    for (size_t i = 0; k->x->imputed && i < n; i++)
        if (k->x->imputed[c * n + i])
            return true;
    return false;
}

/* Does this column say who is a candidate, or find a row of another file, or is it limited by a
 * word? */
static bool has_other_uses(const tdo_scenario *s, const char *column)
{
    for (size_t q = 0; q < s->n_id_columns; q++)
        if (strcmp(s->id_columns[q], column) == 0)
            return true;
    for (size_t q = 0; q < s->n_join; q++)
        for (size_t on = 0; on < s->join[q].n_on; on++)
            if (strcmp(s->join[q].left[on], column) == 0)
                return true;
    for (size_t q = 0; q < s->n_where; q++) {
        const tdo_condition *is = &s->where[q];
        bool only_present = is->present == TDO_PRESENT && !is->has_min && !is->has_max &&
                            !is->equals && !is->in && !is->not_in;
        if (strcmp(is->column, column) == 0 && !only_present)
            return true;
    }
    for (size_t j = 0; j < s->n_constraints; j++) {
        const tdo_condition *is = &s->constraints[j].condition;
        if (is->criterion == TDO_NONE && strcmp(is->column, column) == 0 &&
            (is->equals || is->in || is->not_in))
            return true;
    }
    return false;
}

static void find_others(choice_edit *x, choice_reader *r, double *steps)
{
    const tdo_measured *m = x->k->x;
    const tdo_valued *v = x->k->v;
    const uint32_t own = x->k->f->feasible[x->slot];
    r->others[0] = v->worst[r->c];
    r->others[1] = v->best[r->c];
    r->moves = false;
    if (!v->observed[r->c])
        return;
    r->moves = true;
    if (r->criterion->goal != TDO_GOAL_TARGET &&
        tdo_better(r->criterion, r->reading, r->others[0]) > 0 &&
        tdo_better(r->criterion, r->others[1], r->reading) > 0)
        return; /* it holds no end of the range */
    r->others[0] = r->others[1] = NAN;
    for (size_t i = 0; i < m->n; i++) {
        double y = m->reading[r->c][i];
        if (i == own || m->dropped[i])
            continue;
        if (isnan(r->others[0]) || tdo_better(r->criterion, r->others[0], y) > 0)
            r->others[0] = y;
        if (isnan(r->others[1]) || tdo_better(r->criterion, y, r->others[1]) > 0)
            r->others[1] = y;
    }
    *steps -= (double)m->n;
}

/* The other end of the cell's subgroups in the direction up: from there on a gap widens again. */
static double turn_of_subgroups(const choice_edit *x, const choice_reader *r, double up)
{
    const tdo_subgroups *g = x->k->x->groups[r->c];
    const size_t i = x->k->f->feasible[x->slot];
    double turn = NAN;
    for (size_t q = g->start[i]; q < g->start[i + 1]; q++)
        if (q != r->place && !(up * g->value[q] <= up * turn))
            turn = g->value[q];
    return turn;
}

/* Which way the reading moves as the cell grows: 1, -1; 0: neither way. */
static double slope_of(const choice_edit *x, const choice_reader *r)
{
    double slope = 1;
    if (r->place != TDO_NONE && (r->criterion->groups->take == TDO_TAKE_GAP ||
                                 r->criterion->groups->take == TDO_TAKE_RATIO)) {
        const double least = turn_of_subgroups(x, r, -1), most = turn_of_subgroups(x, r, 1);
        slope = x->from <= least ? 1 : x->from >= most ? -1 : 0;
        return r->criterion->groups->take == TDO_TAKE_GAP ? 0 - slope : slope;
    }
    for (size_t t = 0; r->place == TDO_NONE && t < r->criterion->n_terms && !r->criterion->levels;
         t++)
        if (x->k->x->cell[r->c][t] == x->number)
            slope = r->criterion->terms[t].coefficient;
    return (double)((slope > 0) - (slope < 0));
}

/* Which way the candidate improves by this reader as the cell grows: 1, -1; 0: neither way. */
static double direction(const choice_edit *x, const choice_reader *r)
{
    const double better =
        r->criterion->goal == TDO_GOAL_TARGET
            ? (double)((r->reading < r->criterion->target) - (r->reading > r->criterion->target))
        : tdo_better(r->criterion, 1, 0) > 0 ? 1
                                             : -1;
    return better * slope_of(x, r);
}

/* Which way the limits on this reader that are broken begin to hold. */
static double way_in(const choice_edit *x, const choice_reader *r)
{
    const uint64_t broken = choice_broken(x->k, x->slot);
    for (size_t j = 0; j < x->k->s->n_constraints; j++) {
        const tdo_condition *is = &x->k->s->constraints[j].condition;
        if ((broken >> j & 1) && is->criterion == r->c)
            return slope_of(x, r) * (is->has_max && r->reading > is->max ? -1 : 1);
    }
    return 0;
}

/* Adds a reader; false: the cell does not stand for itself. */
static bool add_reader(choice_edit *x, size_t c, size_t at, double *steps)
{
    const tdo_case *k = x->k;
    choice_reader *r = &x->reader[x->n++];
    *r = (choice_reader){.c = c,
                         .criterion = &k->s->criteria[c],
                         .place = at,
                         .reading = k->x->reading[c][k->f->feasible[x->slot]]};
    const double span = fabs(k->v->best[c] - k->v->worst[c]);
    r->weighed = counts(k, x->rule, c) && span > 0;
    if (counts(k, x->rule, c) && !(span > 0))
        return false; /* all are alike: any edit opens a range, and is all of it */
    if (is_assumed(k, c) || (r->weighed && !isfinite(span)) ||
        (at != TDO_NONE && r->criterion->goal == TDO_GOAL_TARGET))
        return false;
    find_others(x, r, steps);
    return true;
}

/* ---- how it moves ---- */

/* Does a limit move with the cell, because it is relative to the incumbent's reading? */
static bool moves_limit(const choice_edit *x)
{
    const tdo_scenario *s = x->k->s;
    if (x->k->f->feasible[x->slot] != x->k->x->incumbent)
        return false;
    for (size_t j = 0; j < s->n_constraints; j++)
        for (size_t q = 0; q < x->n; q++)
            if (s->constraints[j].relative &&
                s->constraints[j].condition.criterion == x->reader[q].c)
                return true;
    return false;
}

static bool settle(choice_edit *x)
{
    x->up = 0;
    x->turn = NAN;
    x->first = TDO_NONE;
    for (size_t q = 0; q < x->n; q++) {
        const choice_reader *r = &x->reader[q];
        const double way = r->weighed ? direction(x, r) : 0;
        if (r->weighed && x->first == TDO_NONE)
            x->first = q;
        if (way != 0 && x->up == -way)
            return false; /* one improves, another gets worse */
        x->up = way != 0 ? way : x->up;
    }
    for (size_t q = 0; q < x->n && x->up != 0; q++) {
        const choice_reader *r = &x->reader[q];
        double turn = NAN;
        if (!r->weighed)
            continue;
        if (r->criterion->goal == TDO_GOAL_TARGET) {
            if (x->n > 1 || (!r->criterion->levels && r->criterion->linear))
                return false; /* where it turns is not one cell's decimal */
            turn = r->criterion->target;
        } else if (r->place != TDO_NONE && (r->criterion->groups->take == TDO_TAKE_GAP ||
                                            r->criterion->groups->take == TDO_TAKE_RATIO)) {
            turn = turn_of_subgroups(x, r, x->up);
        }
        if (!isnan(turn) && !(x->up * turn >= x->up * x->turn))
            x->turn = turn;
    }
    if (x->first == TDO_NONE) /* nobody weighs it: all that it does is to keep the slot out */
        for (size_t q = 0; q < x->n && x->up == 0; q++) {
            x->up = way_in(x, &x->reader[q]);
            x->first = q;
        }
    return x->up != 0 &&
           fabs(x->k->v->best[x->reader[x->first].c] - x->k->v->worst[x->reader[x->first].c]) > 0 &&
           !moves_limit(x);
}

static void find_size(choice_edit *x, double *steps)
{
    const choice_reader *r = &x->reader[x->first];
    const tdo_measured *m = x->k->x;
    double slope = 1;
    for (size_t t = 0; x->number && t < r->criterion->n_terms; t++)
        if (m->cell[r->c][t] == x->number)
            slope = fabs(r->criterion->terms[t].coefficient);
    x->span = fabs(x->k->v->best[r->c] - x->k->v->worst[r->c]) / slope;
    x->signless = x->from >= 0;
    for (size_t i = 0; x->number && i < m->n && x->signless; i++)
        x->signless = !(x->number[i] < 0);
    for (size_t q = 0; x->group && q < m->groups[r->c]->start[m->n] && x->signless; q++)
        x->signless = !(m->groups[r->c]->value[q] < 0);
    *steps -= (double)m->n;
}

/* ---- cells of the table ---- */

static bool take_term(choice_edit *x, size_t c, size_t t, double *steps)
{
    const tdo_case *k = x->k;
    const double *const *const *cell = k->x->cell;
    const tdo_criterion *of = &k->s->criteria[c];
    if (!cell || !cell[c] || has_other_uses(k->s, of->terms[t].column))
        return false;
    x->column = of->terms[t].column;
    x->number = cell[c][t];
    x->from = x->number ? x->number[k->f->feasible[x->slot]]
                        : k->x->reading[c][k->f->feasible[x->slot]];
    for (size_t q = 0; q < k->s->n_criteria; q++) {
        const tdo_criterion *other = &k->s->criteria[q];
        size_t reads = 0;
        for (size_t p = 0; p < other->n_terms; p++) {
            if (strcmp(other->terms[p].column, x->column) != 0)
                continue;
            x->before = (q < c && matters(k, x->rule, x->slot, q)) || (q == c && p < t);
            if (!cell[q] || cell[q][p] != x->number || x->before)
                return false; /* read in another way; or found before */
            reads++;
        }
        if (reads > 1 || (reads && !x->number && q != c))
            return false;
        if (reads && !add_reader(x, q, TDO_NONE, steps))
            return false;
    }
    return true;
}

/* ---- cells of subgroups ---- */

static bool same_cells(const tdo_groups *a, const tdo_groups *b)
{
    return strcmp(a->from.path, b->from.path) == 0 && strcmp(a->group, b->group) == 0 &&
           strcmp(a->value, b->value) == 0;
}

static bool take_subgroup(choice_edit *x, size_t c, size_t at, double *steps)
{
    const tdo_case *k = x->k;
    const tdo_subgroups *g = k->x->groups[c];
    const size_t i = k->f->feasible[x->slot];
    x->column = k->s->criteria[c].groups->value;
    x->group = g->name[g->group[at]];
    x->from = g->value[at];
    for (size_t q = 0; q < k->s->n_criteria; q++) {
        const tdo_groups *other = k->s->criteria[q].groups;
        const tdo_subgroups *h = k->x->groups[q];
        size_t p = 0;
        if (!other || !same_cells(other, k->s->criteria[c].groups))
            continue;
        x->before = q < c && matters(k, x->rule, x->slot, q);
        if (x->before)
            return false;
        for (p = h->start[i]; p < h->start[i + 1]; p++)
            if (strcmp(h->name[h->group[p]], x->group) == 0)
                break;
        if (p == h->start[i + 1] || h->value[p] != x->from || !add_reader(x, q, p, steps))
            return false;
    }
    return true;
}

/* Criteria that read the same cell may know different numbers of subgroups: what one takes for not
 * measured, another one reads. */
static size_t most_subgroups(const tdo_case *k, size_t i)
{
    size_t most = 0;
    for (size_t c = 0; c < k->s->n_criteria; c++) {
        const tdo_subgroups *g = k->x->groups[c];
        size_t n = g ? g->start[i + 1] - g->start[i] : 0;
        most = n > most ? n : most;
    }
    return most;
}

tdo_status choice_next_edit(choice_walk *w, choice_edit *out, bool *more)
{
    assert(w->slot < w->k->f->feasible_n);
    const tdo_case *k = w->k;
    const size_t i = k->f->feasible[w->slot];
    size_t number = 0;
    *more = false;
    for (size_t c = 0; c<k->s->n_criteria && * w->steps> 0; c++) {
        const tdo_subgroups *g = k->x->groups ? k->x->groups[c] : NULL;
        const size_t n = g ? g->start[i + 1] - g->start[i] : k->s->criteria[c].n_terms;
        if (number + n <= w->next || !matters(k, w->rule, w->slot, c)) {
            number += n;
            continue;
        }
        for (size_t q = w->next > number ? w->next - number : 0; q < n; q++) {
            choice_start_edit(w, out);
            w->next = number + q + 1;
            out->n_room = g ? most_subgroups(k, i) : 0;
            out->room = g ? tdo_alloc(w->scratch, out->n_room, sizeof *out->room) : NULL;
            if (g && !out->room)
                return TDO_E_MEMORY;
            *more = (g ? take_subgroup(out, c, g->start[i] + q, w->steps)
                       : take_term(out, c, q, w->steps)) &&
                    settle(out);
            w->passed_over |= !*more && !out->before;
            if (*more) {
                find_size(out, w->steps);
                return TDO_OK;
            }
        }
        number += n;
        w->next = w->next < number ? number : w->next;
    }
    return TDO_OK;
}
