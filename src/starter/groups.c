/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Criteria of a file with a row for each candidate and subgroup: how good on the whole, how good
 * where it is worst, and how far the groups are apart. */
#include "starter/parts.h"

static void add(starter_work *t, size_t column, tdo_take take, tdo_goal goal, tdo_topic about)
{
    tdo_starter *s = t->out;
    if (s->n_criteria < TDO_STARTER_CRITERIA)
        s->criterion[s->n_criteria++] = (tdo_starter_criterion){.column = column,
                                                                .goal = goal,
                                                                .about = about,
                                                                .se = TDO_NONE,
                                                                .grouped = true,
                                                                .take = take};
}

static bool has_words(starter_work *t, size_t column, const char *const *phrases, size_t n)
{
    const char *words = guess_name_words(t->a, t->p->column[column].name);
    t->failed = t->failed || !words;
    return words && guess_has_any(words, phrases, n);
}

/* The column with the sizes of the groups. */
static size_t find_size(starter_work *t)
{
    static const char *const names[] = {"count", "size",       "n",          "support", "samples",
                                        "cases", "population", "applicants", "users",   "orders"};
    for (size_t i = 0; i < t->p->n_columns; i++) {
        const tdo_profiled *c = &t->p->column[i];
        if (c->numeric && c->exact && c->numbers == t->p->rows && c->integers == c->numbers &&
            c->min > 0 && has_words(t, i, names, sizeof names / sizeof names[0]))
            return i;
    }
    return TDO_NONE;
}

static bool is_about(const starter_work *t, size_t column, bool people)
{
    const tdo_topic about = starter_goal_of(t, column).topic;
    if (people)
        return about == TDO_TOPIC_QUALITY || about == TDO_TOPIC_GAIN;
    return about == TDO_TOPIC_TIME || about == TDO_TOPIC_COST || about == TDO_TOPIC_SIZE;
}

/* The best column that is about how people are served, or about what it costs. */
static size_t find_best(starter_work *t, bool people, const double *score, size_t but)
{
    size_t best = TDO_NONE;
    for (size_t i = 0; i < t->p->n_columns; i++)
        if (i != but && i != t->out->size && score[i] >= 0 && is_about(t, i, people) &&
            (best == TDO_NONE || score[i] > score[best]))
            best = i;
    return best;
}

static size_t find_selection(starter_work *t)
{
    static const char *const names[] = {"selection rate", "selected rate", "acceptance rate",
                                        "approval rate", "positive rate"};
    static const char *const not_these[] = {"true positive rate", "false positive rate"};
    for (size_t i = 0; i < t->p->n_columns; i++)
        if (t->p->column[i].numeric && t->p->column[i].exact && t->p->column[i].min >= 0 &&
            !t->facts[i].constant && has_words(t, i, names, sizeof names / sizeof names[0]) &&
            !has_words(t, i, not_these, sizeof not_these / sizeof not_these[0]))
            return i;
    return TDO_NONE;
}

/* A rate that says nothing about which way is better: no count, that is. */
static size_t find_unknown(const starter_work *t, size_t but)
{
    for (size_t i = 0; i < t->p->n_columns; i++)
        if (t->left[i] == STARTER_LEFT_UNKNOWN && i != but && i != t->out->size &&
            t->p->column[i].integers < t->p->column[i].numbers)
            return i;
    return TDO_NONE;
}

tdo_status starter_choose_grouped(starter_work *t, tdo_error *err)
{
    double *score = tdo_alloc(t->a, t->p->n_columns, sizeof *score);
    if (!score)
        return TDO_E_MEMORY;
    t->out->size = find_size(t);
    for (size_t i = 0; i < t->p->n_columns; i++)
        score[i] = starter_column_score(t, i);
    size_t served = find_best(t, true, score, TDO_NONE);
    const size_t second = served != TDO_NONE ? find_best(t, true, score, served) : TDO_NONE;
    const size_t selection = find_selection(t), cost = find_best(t, false, score, TDO_NONE);
    const size_t assumed = served == TDO_NONE ? find_unknown(t, selection) : TDO_NONE;
    if (assumed != TDO_NONE)
        served = assumed;
    if (served != TDO_NONE) {
        const tdo_goal goal = assumed != TDO_NONE ? TDO_GOAL_MAX : starter_goal_of(t, served).goal;
        add(t, served, TDO_TAKE_MEAN, goal, TDO_TOPIC_QUALITY);
        add(t, served, TDO_TAKE_WORST, goal, TDO_TOPIC_FAIRNESS);
        add(t, served, TDO_TAKE_GAP, TDO_GOAL_MIN, TDO_TOPIC_FAIRNESS);
    }
    if (selection != TDO_NONE)
        add(t, selection, TDO_TAKE_RATIO, TDO_GOAL_MAX, TDO_TOPIC_FAIRNESS);
    if (second != TDO_NONE && second != selection)
        add(t, second, TDO_TAKE_WORST, starter_goal_of(t, second).goal, TDO_TOPIC_FAIRNESS);
    if (cost != TDO_NONE) {
        add(t, cost, TDO_TAKE_MEAN, starter_goal_of(t, cost).goal, starter_goal_of(t, cost).topic);
        t->out->criterion[t->out->n_criteria - 1].grouped = false;
    }
    if (t->failed)
        return TDO_E_MEMORY;
    if (t->out->n_criteria == 0)
        return tdo_fail_at(err, TDO_E_INPUT, t->p->file, 1, 0,
                           "no column holds numbers that were measured in the subgroups: decide "
                           "what is to be compared, and add a column for it");
    for (size_t i = 0; i < t->p->n_columns; i++)
        if (score[i] >= 0)
            t->left[i] = STARTER_LEFT_ENOUGH;
    const size_t used[] = {served, second, selection, cost, t->out->group, t->out->size};
    for (size_t k = 0; k < sizeof used / sizeof used[0]; k++)
        if (used[k] != TDO_NONE)
            t->left[used[k]] = STARTER_LEFT_NOT;
    return TDO_OK;
}
