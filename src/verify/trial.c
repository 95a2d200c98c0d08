/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluating again after an edit. */
#include "verify/trial.h"

#include "reread/cell.h"
#include "reread/readings.h"

#include <math.h>
#include <string.h>

enum { MOST_WORK = 60000000 }; /* readings that all trials of a check look at */

bool verify_may_try(verify_case *k)
{
    k->work += k->w->n * (k->w->d + k->w->people);
    return k->work <= MOST_WORK;
}

bool verify_trial_start(verify_case *k, verify_trial *t)
{
    *t = (verify_trial){.job = *k->j};
    t->job.a = tdo_arena_new();
    if (!t->job.a || !VERIFY_ROOM(&t->job, t->w, 1)) {
        k->j->status = tdo_fail(k->j->err, TDO_E_MEMORY, "out of memory");
        return false;
    }
    *t->w = *k->w;
    t->w->job = &t->job;
    return true;
}

void verify_trial_end(verify_case *k, verify_trial *t)
{
    if (t->job.status != TDO_OK)
        k->j->status = t->job.status;
    tdo_arena_free(t->job.a);
}

verify_person *verify_own_people(verify_trial *t, size_t h)
{
    verify_person *person = NULL;
    double *weight = NULL;
    if (!VERIFY_ROOM(&t->job, person, t->w->people) || !VERIFY_ROOM(&t->job, weight, t->w->d))
        return NULL;
    memcpy(person, t->w->person, t->w->people * sizeof *person);
    memcpy(weight, person[h].weight, t->w->d * sizeof *weight);
    person[h].weight = weight;
    t->w->person = person;
    return person;
}

/* ---- another cell ---- */

static bool own_readings(verify_trial *t)
{
    verify_number *x = NULL;
    if (!VERIFY_ROOM(&t->job, x, t->w->d * t->w->n))
        return false;
    memcpy(x, t->w->x, t->w->d * t->w->n * sizeof *x);
    t->w->x = x;
    return true;
}

/* A sum in which one column has another cell. */
static verify_number sum_with(verify_world *w, size_t c, size_t i, const char *column, double cell)
{
    size_t q = 0;
    mpq_set_ui(w->room[0], 0, 1);
    for (const verify_node *x = w->criterion[c].linear->first; x; x = x->next, q++) {
        verify_number of = w->term[c][q][i];
        if (strcmp(x->key, column) == 0)
            of = (verify_number){cell, 0};
        if (isnan(of.y))
            return of;
        verify_add(w->room[0], x->number, of, w->room[1]);
    }
    return verify_number_of(w->room[0], w->room[1]);
}

static verify_number part_with(verify_world *w, size_t c, size_t i, const char *group, double cell)
{
    verify_parts *p = &w->parts[c][i];
    verify_number y = {NAN, 0};
    for (size_t q = 0; q < p->n; q++) {
        const double before = p->value[q];
        if (strcmp(p->name[q], group) != 0)
            continue;
        p->value[q] = cell;
        y = verify_take(w, &w->criterion[c], p->value, p->size, p->n);
        p->value[q] = before;
    }
    return y;
}

/* The word of a level; NULL: the column has no levels. */
static const char *level_word(const verify_world *w, const char *column, double level)
{
    for (size_t c = 0; c < w->d; c++) {
        const verify_criterion *of = &w->criterion[c];
        double k = 0;
        if (!of->levels || !of->column || strcmp(of->column, column) != 0)
            continue;
        for (const verify_node *l = of->levels->first; l; l = l->next, k++)
            if (!(k < level) && !(k > level))
                return l->text;
    }
    return NULL;
}

/* A limit on the column itself: its number, or its word. */
static bool edit_limit(verify_trial *t, verify_limit *l, size_t i, double cell, bool *known)
{
    const verify_world *w = t->w;
    const char *word = level_word(w, l->column, cell);
    verify_number *x = NULL;
    bool *holds = NULL;
    if (l->x) {
        if (!VERIFY_ROOM(&t->job, x, w->n))
            return false;
        memcpy(x, l->x, w->n * sizeof *x);
        x[i] = (verify_number){cell, 0};
        l->x = x;
    }
    if (l->word) {
        if (!VERIFY_ROOM(&t->job, holds, w->n))
            return false;
        memcpy(holds, l->words_hold, w->n * sizeof *holds);
        const verify_cell is = {word, word ? strlen(word) : 0};
        holds[i] = word && verify_words_hold(is, l->equals, l->in, l->not_in);
        l->words_hold = holds;
        *known = *known && word;
    }
    return true;
}

/* Limits on the column, and bounds that are relative to the incumbent. */
static bool edit_limits(verify_trial *t, size_t i, const char *column, double cell, bool *known)
{
    verify_world *w = t->w;
    verify_limit *limit = NULL;
    if (!VERIFY_ROOM(&t->job, limit, w->m))
        return false;
    if (w->m > 0)
        memcpy(limit, w->limit, w->m * sizeof *limit);
    w->limit = limit;
    for (size_t k = 0; k < w->m; k++) {
        verify_limit *l = &w->limit[k];
        const bool on = column && l->criterion == VERIFY_NONE && strcmp(l->column, column) == 0;
        if (on && !edit_limit(t, l, i, cell, known))
            return false;
        if (l->relative && !verify_set_relative(w, l))
            return false;
    }
    return true;
}

/* Whoever has the worst of the others has the worst of now. */
static bool assume_again(verify_world *w)
{
    for (size_t c = 0; c < w->d; c++) {
        bool some = false;
        for (size_t i = 0; i < w->n; i++)
            if (w->assumed[c * w->n + i]) {
                w->x[c * w->n + i].y = NAN;
                some = true;
            }
        if (some && !verify_take_worst(w, c))
            return false;
    }
    return true;
}

bool verify_edit_cell(verify_trial *t, size_t i, const char *column, const char *group, double cell,
                      bool *known)
{
    verify_world *w = t->w;
    const verify_number new = {cell, 0};
    *known = false;
    for (size_t k = 0; k < w->m; k++)
        if (w->limit[k].judged)
            return true;
    if (!own_readings(t))
        return false;
    for (size_t c = 0; c < w->d; c++) {
        const verify_criterion *of = &w->criterion[c];
        verify_number *x = &w->x[c * w->n + i];
        if (group && of->groups && strcmp(verify_text(of->groups, "value", ""), column) == 0)
            *x = part_with(w, c, i, group, cell);
        else if (!group && of->column && strcmp(of->column, column) == 0)
            *x = new;
        else if (!group && of->linear && verify_get(of->linear, column) && w->own_cells)
            *x = sum_with(w, c, i, column, cell);
        else
            continue;
        *known = !isnan(x->y);
    }
    return edit_limits(t, i, group ? NULL : column, cell, known) && assume_again(w);
}

bool verify_edit_reading(verify_trial *t, size_t i, size_t c, double reading, bool *known)
{
    *known = true;
    for (size_t k = 0; k < t->w->m; k++)
        *known = *known && !t->w->limit[k].judged;
    if (!*known)
        return true;
    if (!own_readings(t))
        return false;
    t->w->x[c * t->w->n + i] = (verify_number){reading, 0};
    return edit_limits(t, i, NULL, reading, known) && assume_again(t->w);
}

bool verify_assume_again(verify_trial *t)
{
    return own_readings(t) && assume_again(t->w);
}

/* ---- anew ---- */

bool verify_trial_run(verify_trial *t, int rule)
{
    return verify_stand(&t->job, t->w, &t->s) && verify_score(&t->job, t->w, &t->s, rule, &t->y);
}

bool verify_trial_reweigh(verify_case *k, verify_trial *t, int rule)
{
    const verify_world *w = t->w;
    t->s = k->s;
    if (!verify_make_ends(&t->job, w, &t->s) ||
        !VERIFY_ROOM(&t->job, t->s.utility, w->people * t->s.f))
        return false;
    for (size_t h = 0; h < w->people; h++)
        for (size_t c = 0; c < w->d; c++)
            for (size_t q = 0; q < t->s.f && w->person[h].weight[c] > 0; q++)
                t->s.utility[h * t->s.f + q] += w->person[h].weight[c] * t->s.value[c * t->s.f + q];
    verify_settle(w, &t->s);
    return verify_score(&t->job, w, &t->s, rule, &t->y);
}

void verify_trial_first(const verify_trial *t, size_t i, bool *certain, bool *perhaps)
{
    const int slot = t->s.slot[i];
    *certain = *perhaps = slot != VERIFY_NONE && t->y.computed;
    for (size_t q = 0; q < t->s.f && *perhaps; q++) {
        bool above = false, maybe = false;
        if ((int)q == slot)
            continue;
        verify_relate(&t->y, t->s.f, q, (size_t)slot, &above, &maybe);
        *certain = *certain && !maybe;
        *perhaps = *perhaps && !above;
    }
}

bool verify_trial_ahead(const verify_trial *t, size_t i)
{
    const int slot = t->s.slot[i];
    bool above = slot != VERIFY_NONE && t->y.computed, maybe = false;
    for (size_t q = 0; q < t->s.f && above; q++)
        if ((int)q != slot)
            verify_relate(&t->y, t->s.f, (size_t)slot, q, &above, &maybe);
    return above;
}

bool verify_trial_level(const verify_trial *t, size_t i)
{
    const int slot = t->s.slot[i];
    bool level = false;
    for (size_t q = 0; slot != VERIFY_NONE && t->y.computed && q < t->s.f && !level; q++) {
        bool over = false, under = false, above = false;
        if ((int)q == slot)
            continue;
        verify_relate(&t->y, t->s.f, (size_t)slot, q, &above, &over);
        verify_relate(&t->y, t->s.f, q, (size_t)slot, &above, &under);
        level = !over && !under;
    }
    return level;
}

static bool is_dominated(const verify_trial *t, size_t slot)
{
    const size_t d = t->w->d;
    for (size_t q = 0; q < t->s.f; q++) {
        const double *x = t->s.gain + q * d, *y = t->s.gain + slot * d;
        bool worse = false, better = false;
        for (size_t c = 0; c < d; c++) {
            worse = worse || x[c] < y[c];
            better = better || x[c] > y[c];
        }
        if (better && !worse)
            return true;
    }
    return false;
}

int verify_trial_leader(const verify_trial *t)
{
    const size_t f = t->s.f;
    int best = VERIFY_NONE;
    bool beaten = false;
    for (size_t q = 0; q < f && t->y.computed; q++) {
        bool first = true;
        if (best != VERIFY_NONE && verify_above(&t->y, f, (size_t)best, q) > 0)
            continue;
        for (size_t p = 0; p < f && first; p++)
            first = verify_above(&t->y, f, p, q) <= 0;
        if (!first)
            continue;
        const bool dominated = is_dominated(t, q);
        if (best == VERIFY_NONE || dominated < beaten ||
            (dominated == beaten &&
             strcmp(t->w->id[t->s.feasible[q]], t->w->id[t->s.feasible[best]]) < 0)) {
            best = (int)q;
            beaten = dominated;
        }
    }
    return best;
}
