/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A handful of criteria: the best column of each topic, then second ones, none of which says the
 * same as another, and which together leave most rows complete. */
#include <math.h>
#include <string.h>

#include "starter/parts.h"

enum {
    ENOUGH = 4,  /* second columns of a topic are added up to so many */
    SECOND = 80, /* what a second column of a topic must score */
    ASSUMED = 3  /* columns that are taken where no name says anything */
};

static const tdo_topic topics[] = {TDO_TOPIC_QUALITY, TDO_TOPIC_GAIN,     TDO_TOPIC_TIME,
                                   TDO_TOPIC_COST,    TDO_TOPIC_FAIRNESS, TDO_TOPIC_SIZE,
                                   TDO_TOPIC_ENERGY,  TDO_TOPIC_CAPACITY, TDO_TOPIC_FAULTS};

static bool is_measured(const starter_work *t, size_t row, size_t column)
{
    const double x = t->p->number[row * t->p->n_columns + column];
    if (!t->p->column[column].numeric)
        return t->p->text[row * t->p->n_columns + column] != 0;
    return !isnan(x) && !(x == 0 && starter_zero_means_missing(t, column));
}

/* Would more than half of the rows still have all criteria, with this column among them? */
static bool leaves_rows(const starter_work *t, size_t column)
{
    const tdo_starter *s = t->out;
    size_t rows = 0, whole = 0;
    for (size_t r = 0; r < t->p->sampled; r++) {
        if (!t->kept[r])
            continue;
        rows++;
        bool all = is_measured(t, r, column);
        for (size_t k = 0; k < s->n_criteria && all; k++)
            all = is_measured(t, r, s->criterion[k].column);
        whole += all;
    }
    return 2 * whole > rows;
}

static void add(starter_work *t, size_t column, tdo_goal_guess g)
{
    tdo_starter *s = t->out;
    s->criterion[s->n_criteria++] = (tdo_starter_criterion){
        .column = column, .goal = g.goal, .target = g.target, .about = g.topic, .se = TDO_NONE};
    t->left[column] = STARTER_LEFT_NOT;
}

/* May it stand beside those chosen? If not, it is left out for good. */
static bool fits(starter_work *t, size_t column, double *score)
{
    const tdo_starter *s = t->out;
    for (size_t k = 0; k < s->n_criteria; k++) {
        const size_t other = s->criterion[k].column;
        const bool alike = !starter_is_objective(t, column) &&
                           s->criterion[k].about == starter_goal_of(t, column).topic &&
                           t->p->column[column].numeric && t->p->column[other].numeric &&
                           starter_says_the_same(t, column, other);
        if (alike) {
            t->left[column] = STARTER_LEFT_DUPLICATE;
            t->like[column] = other;
        }
        if (alike || other == column) {
            score[column] = -1;
            return false;
        }
    }
    if (leaves_rows(t, column))
        return true;
    t->left[column] = STARTER_LEFT_SPARSE;
    score[column] = -1;
    return false;
}

/* Adds the best column of a topic that scores so much at least; false: there is none. */
static bool add_best(starter_work *t, tdo_topic topic, double *score, double least)
{
    for (;;) {
        size_t best = TDO_NONE;
        for (size_t i = 0; i < t->p->n_columns; i++)
            if (score[i] >= least && starter_goal_of(t, i).topic == topic &&
                (best == TDO_NONE || score[i] > score[best]))
                best = i;
        if (best == TDO_NONE)
            return false;
        if (!fits(t, best, score))
            continue;
        score[best] = -1;
        add(t, best, starter_goal_of(t, best));
        return true;
    }
}

/* Nothing in the names helps: numbers, and the assumption that more is better. */
static void assume(starter_work *t)
{
    tdo_starter *s = t->out;
    for (size_t i = 0; i < t->p->n_columns && s->n_criteria < ASSUMED; i++) {
        if (t->left[i] != STARTER_LEFT_UNKNOWN || !leaves_rows(t, i))
            continue;
        add(t, i, (tdo_goal_guess){.known = true, .goal = TDO_GOAL_MAX});
    }
}

/* how: what is said between "no column can be measured as it is" and the column. */
static tdo_status refuse_for(const starter_work *t, const tdo_note *n, const char *how,
                             tdo_error *err)
{
    tdo_sink o = tdo_sink_memory(t->a);
    starter_put_column(&o, t->p, n->column);
    if (o.failed)
        return TDO_E_MEMORY;
    return tdo_fail_at(err, TDO_E_INPUT, t->p->file, n->line, n->at,
                       "no column can be measured as it is%s%s: %s", how, o.text, n->message);
}

static tdo_status refuse(const starter_work *t, tdo_error *err)
{
    const tdo_profile *p = t->p;
    for (size_t k = 0; k < p->n_notes; k++) {
        const tdo_note *n = &p->note[k];
        if ((n->refused || strcmp(n->code, "thousands_points") == 0) && n->column != TDO_NONE &&
            p->column[n->column].numeric)
            return refuse_for(t, n, "; ", err);
    }
    for (size_t k = 0; k < p->n_notes; k++) {
        const tdo_note *n = &p->note[k];
        if (n->column != TDO_NONE && strncmp(n->code, "mixed_", 6) == 0)
            return refuse_for(t, n, ": scales are mixed in ", err);
    }
    return tdo_fail_at(err, TDO_E_INPUT, p->file, 1, 0,
                       "no column holds measured numbers that differ between candidates: decide "
                       "what is to be compared, and add a column for it");
}

/* Sizes and times below 0 are no measurements. */
static bool is_below_zero(const starter_work *t, size_t column, const tdo_goal_guess *g)
{
    return (g->topic == TDO_TOPIC_TIME || g->topic == TDO_TOPIC_SIZE ||
            g->topic == TDO_TOPIC_ENERGY) &&
           g->goal == TDO_GOAL_MIN && t->facts[column].negatives > 0;
}

/* Few such rows are left out; many, and the column is. */
static double score_of(starter_work *t, size_t column)
{
    const starter_facts *f = &t->facts[column];
    const double score = starter_column_score(t, column);
    if (score < 0 || !is_below_zero(t, column, &t->p->column[column].guess) ||
        10 * f->negatives <= f->numbers)
        return score;
    t->left[column] = STARTER_LEFT_UNREADABLE;
    return -1;
}

static void require_measured(starter_work *t)
{
    for (size_t k = 0; k < t->out->n_criteria; k++)
        if (starter_is_infinite_only(t, t->out->criterion[k].column))
            starter_require_finite(t, t->out->criterion[k].column);
    for (size_t k = 0; k < t->out->n_criteria; k++)
        if (is_below_zero(t, t->out->criterion[k].column,
                          &t->p->column[t->out->criterion[k].column].guess))
            starter_require_positive(t, t->out->criterion[k].column);
}

tdo_status starter_choose_criteria(starter_work *t, tdo_error *err)
{
    const size_t n_topics = sizeof topics / sizeof topics[0];
    tdo_starter *s = t->out;
    double *score = tdo_alloc(t->a, t->p->n_columns, sizeof *score);
    if (!score)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < t->p->n_columns; i++)
        score[i] = score_of(t, i);
    for (size_t i = 0; i < t->p->n_columns && s->n_criteria < TDO_STARTER_CRITERIA; i++) {
        if (score[i] < 0 || !starter_is_objective(t, i))
            continue;
        add(t, i, starter_goal_of(t, i)); /* declared: no guess is better, nor makes it redundant */
        score[i] = -1;
    }
    for (size_t k = 0; k + 1 < n_topics && s->n_criteria < TDO_STARTER_CRITERIA; k++)
        (void)add_best(t, topics[k], score, 0); /* faults only where the rest is not enough */
    for (bool more = true; more && s->n_criteria < ENOUGH;) {
        more = false;
        for (size_t k = 0; k < n_topics && s->n_criteria < ENOUGH; k++)
            more = add_best(t, topics[k], score, SECOND) || more;
    }
    for (size_t i = 0; i < t->p->n_columns; i++)
        if (score[i] >= 0)
            t->left[i] = STARTER_LEFT_ENOUGH;
    if (s->n_criteria == 0)
        assume(t);
    if (t->failed)
        return TDO_E_MEMORY;
    if (s->n_criteria == 0)
        return refuse(t, err);
    require_measured(t);
    return TDO_OK;
}
