/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns make good criteria. */
#include <math.h>
#include <string.h>

#include "base/sort.h"
#include "starter/parts.h"

enum { MANY_ROWS = 20 }; /* from so many on, an order of ranks says something */

#define SAME_ORDER  0.98   /* rank correlation of columns that say the same */
#define SAME_VALUES 0.9999 /* correlation of values, where there are few rows */

bool starter_is_objective(const starter_work *t, size_t column)
{
    const tdo_profiled *c = &t->p->column[column];
    return t->p->shape == TDO_SHAPE_OPTUNA && c->numeric &&
           (strcmp(c->name, "value") == 0 || guess_starts_with(c->name, "values_"));
}

tdo_goal_guess starter_goal_of(const starter_work *t, size_t column)
{
    const tdo_profiled *c = &t->p->column[column];
    tdo_goal_guess g = c->guess;
    if (c->level && c->more_is_better && g.topic == TDO_TOPIC_UNKNOWN) {
        g = (tdo_goal_guess){.known = true, .goal = TDO_GOAL_MAX, .because = "its words"};
        g.topic = TDO_TOPIC_QUALITY;
    }
    if (starter_is_objective(t, column) && !g.known) {
        g = (tdo_goal_guess){.known = true, .goal = TDO_GOAL_MIN};
        g.topic = TDO_TOPIC_QUALITY;
        g.because = "Optuna minimises unless told otherwise";
    }
    return g;
}

/* ---- can it be one at all? ---- */

static bool is_mixed(const tdo_profile *p, size_t column)
{
    for (size_t k = 0; k < p->n_notes; k++)
        if (p->note[k].column == column && strncmp(p->note[k].code, "mixed_", 6) == 0)
            return true;
    return false;
}

bool starter_zero_means_missing(const starter_work *t, size_t column)
{
    const starter_facts *f = &t->facts[column];
    const tdo_goal_guess *g = &t->p->column[column].guess;
    return f->zeros > 0 && f->max > 0 && g->known && g->goal == TDO_GOAL_MIN &&
           (g->topic == TDO_TOPIC_TIME || g->topic == TDO_TOPIC_SIZE ||
            g->topic == TDO_TOPIC_ENERGY); /* a price of 0 is a price */
}

/* 0 or 1 in each row: what a candidate has, rather than how much. */
static bool is_flag(const tdo_profiled *c)
{
    return c->numeric && c->distinct <= 2 && c->integers == c->numbers && c->min >= 0 &&
           c->max <= 1;
}

/* Does it read but for infinite cells, and are these not most? */
bool starter_is_infinite_only(const starter_work *t, size_t column)
{
    const tdo_profiled *c = &t->p->column[column];
    const size_t known = t->p->rows - c->cells[TDO_CELL_MISSING].n - c->cells[TDO_CELL_NEAR].n;
    const size_t infinite = c->cells[TDO_CELL_INFINITE].n;
    size_t spelt = 0;
    for (size_t k = 0; k < c->n_infinities; k++)
        spelt += c->infinity[k].n;
    return infinite > 0 && spelt == infinite && infinite < c->numbers &&
           c->numbers + infinite == known;
}

static starter_left_out reason_against(const starter_work *t, size_t column)
{
    const tdo_profile *p = t->p;
    const tdo_profiled *c = &p->column[column];
    const starter_facts *f = &t->facts[column];
    const tdo_goal_guess g = starter_goal_of(t, column);
    const size_t rows = f->numbers + f->missing;
    const size_t lost = f->missing + (starter_zero_means_missing(t, column) ? f->zeros : 0);
    if (c->partner != TDO_PARTNER_NONE)
        return STARTER_LEFT_SPREAD;
    if (c->kind == TDO_KIND_EMPTY)
        return c->name[0] ? STARTER_LEFT_EMPTY : STARTER_LEFT_NOT;
    if (c->kind == TDO_KIND_ID && c->numeric)
        return STARTER_LEFT_NOT;
    if (g.topic == TDO_TOPIC_SETTING || g.topic == TDO_TOPIC_RANK)
        return STARTER_LEFT_SETTING;
    if (g.topic == TDO_TOPIC_SPREAD)
        return STARTER_LEFT_SPREAD;
    if (!c->numeric && !c->level)
        return STARTER_LEFT_TEXT;
    if (c->parted.n > 0)
        return STARTER_LEFT_UNREADABLE;
    if (c->numeric && !c->exact && !starter_is_infinite_only(t, column))
        return STARTER_LEFT_UNREADABLE;
    if (f->constant)
        return STARTER_LEFT_CONSTANT;
    if (c->level && t->out->averaged) /* words have no mean, unless they agree */
        return g.known ? STARTER_LEFT_ENOUGH : STARTER_LEFT_NOT;
    if (is_mixed(p, column))
        return STARTER_LEFT_MIXED;
    if (c->numeric ? 2 * lost >= rows : 2 * f->missing >= p->rows)
        return STARTER_LEFT_SPARSE;
    if (!g.known)
        return is_flag(c) || c->level ? STARTER_LEFT_NOT : STARTER_LEFT_UNKNOWN;
    return is_flag(c) ? STARTER_LEFT_UNKNOWN : STARTER_LEFT_NOT;
}

/* ---- how good would it be? ---- */

typedef struct liking {
    double points;
    const char *words; /* separated by bars */
} liking;

static const liking likings[] = {
    {8, "overall|total|average|avg|macro|final"},
    {4, "mean"},
    {3, "test|eval|val|valid|validation|holdout|heldout|dev"},
    {6, "p95|95th"},
    {2, "latency"},
    {5, "p99|99th|p90|90th"},
    {3, "p50|median|50th"},
    {-10, "fit"},
    {-5, "duration|runtime"}, /* mostly of the run that measured */
    {-4, "min|max|worst|best"},
    {-8, "female|male|women|men|unpriv|priv|unprivileged|privileged|group|majority|minority"},
    {-3, "cached|real|raw|norm"},
};

static bool has_one(const char *words, const char *bars)
{
    char word[32];
    for (const char *at = bars; at; at = strchr(at, '|')) {
        at += *at == '|';
        size_t length = strcspn(at, "|");
        if (length >= sizeof word)
            continue;
        memcpy(word, at, length);
        word[length] = '\0';
        if (guess_has_words(words, word))
            return true;
    }
    return false;
}

static bool has_standard_error(const tdo_profile *p, size_t column)
{
    for (size_t i = 0; i < p->n_columns; i++)
        if (p->column[i].partner_of == column && p->column[i].partner == TDO_PARTNER_STANDARD_ERROR)
            return true;
    return false;
}

double starter_column_score(starter_work *t, size_t column)
{
    const tdo_profiled *c = &t->p->column[column];
    const starter_facts *f = &t->facts[column];
    const char *words = guess_name_words(t->a, c->name);
    const size_t rows = f->numbers + f->missing;
    const size_t lost = f->missing + (starter_zero_means_missing(t, column) ? f->zeros : 0);
    t->failed = t->failed || !words;
    t->left[column] = reason_against(t, column);
    if (t->failed || !starter_goal_of(t, column).known || t->left[column] != STARTER_LEFT_NOT ||
        c->kind == TDO_KIND_ID || (!c->numeric && !c->level))
        return -1;
    double score = 100;
    for (size_t k = 0; k < sizeof likings / sizeof likings[0]; k++)
        if (has_one(words, likings[k].words))
            score += likings[k].points;
    if (has_one(words, "train|training")) /* how well it fits what it has seen is no quality */
        score -= starter_goal_of(t, column).topic == TDO_TOPIC_QUALITY ? 40 : 10;
    score += has_standard_error(t->p, column) ? 4 : 0;
    score -= c->level || starter_zero_means_missing(t, column) ? 5 : 0;
    score -= rows > 0 ? 30 * (double)lost / (double)rows : 0;
    return score - 0.001 * (double)column;
}

/* ---- does it say the same as another? ---- */

static double correlation(const double *x, const double *y, size_t n)
{
    double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
    for (size_t k = 0; k < n; k++) {
        mean_x += x[k] / (double)n;
        mean_y += y[k] / (double)n;
    }
    for (size_t k = 0; k < n; k++) {
        double dx = x[k] - mean_x, dy = y[k] - mean_y;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    double norm = sqrt(xx) * sqrt(yy);
    return norm > 0 && isfinite(norm) ? xy / norm : 0;
}

/* Ranks in place of values; equal ones share the middle of theirs. */
static void to_ranks(const starter_scratch *s, double *x, size_t n)
{
    uint32_t *const order = s->order;
    double *const rank = s->rank;
    for (size_t k = 0; k < n; k++)
        order[k] = (uint32_t)k;
    sort_by_key(x, order, n, s->room);
    for (size_t k = 0; k < n;) {
        size_t end = k;
        while (end < n && x[order[end]] == x[order[k]])
            end++;
        for (size_t m = k; m < end; m++)
            rank[order[m]] = (double)(k + end) / 2;
        k = end;
    }
    memcpy(x, rank, n * sizeof *x);
}

/* The goals' sense: a pair that pulls apart is a trade-off, not a repetition. */
static double sense(const starter_work *t, size_t column)
{
    return starter_goal_of(t, column).goal == TDO_GOAL_MIN ? -1 : 1;
}

bool starter_says_the_same(const starter_work *t, size_t column, size_t as)
{
    const tdo_profile *p = t->p;
    double *const x = t->scratch.x, *const y = t->scratch.y;
    size_t n = 0;
    for (size_t r = 0; r < p->sampled && n < STARTER_COMPARED_ROWS; r++) {
        const double a = p->number[r * p->n_columns + column];
        const double b = p->number[r * p->n_columns + as];
        if (!t->kept[r] || isnan(a) || isnan(b))
            continue;
        x[n] = a;
        y[n++] = b;
    }
    if (n < 3)
        return false;
    if (n >= MANY_ROWS) {
        to_ranks(&t->scratch, x, n);
        to_ranks(&t->scratch, y, n);
    }
    return correlation(x, y, n) * sense(t, column) * sense(t, as) >=
           (n >= MANY_ROWS ? SAME_ORDER : SAME_VALUES);
}
