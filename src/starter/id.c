/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What names a candidate: a column that is different in each row; else rows of the same name that
 * differ in a seed or fold only, which are averaged; else two or three columns together. */
#include <string.h>

#include "starter/parts.h"

enum { MOST_PARTS = 12 }; /* columns that are tried together */

/* Names of columns that name candidates, best first. */
static const char *const id_names[] = {" model ",
                                       " model name ",
                                       " candidate ",
                                       " name ",
                                       " id ",
                                       " method ",
                                       " system ",
                                       " variant ",
                                       " algorithm ",
                                       " run name ",
                                       " tags mlflow run name ",
                                       " display name ",
                                       " params ",
                                       " config ",
                                       " configuration ",
                                       " checkpoint ",
                                       " experiment ",
                                       " run id ",
                                       " dirname ",
                                       " key ",
                                       " number ",
                                       " trial ",
                                       " index "};

/* What numbers the repetitions of a measurement: in a name, and as a whole name. */
static const char *const repeat_words[] = {"seed",      "random state", "fold",   "repetition",
                                           "replicate", "replication",  "attempt"};
static const char *const repeat_names[] = {" split ", " repeat ", " rep ", " run ", " trial "};

static bool is_named(const tdo_profiled *c)
{
    return c->name[strspn(c->name, " \t")] != '\0';
}

static bool has_all(const starter_work *t, size_t column)
{
    return t->facts[column].missing == 0 && !t->facts[column].constant;
}

static const char *words_of(starter_work *t, size_t column)
{
    const char *words = guess_name_words(t->a, t->p->column[column].name);
    t->failed = t->failed || !words;
    return words ? words : " ";
}

/* How well a column's name and kind suit a name; 0: not at all. */
static int suits(starter_work *t, size_t column)
{
    static const char *const poor[] = {"link", "url", "uri", "path", "artifact", "hash", "sha"};
    const tdo_profiled *c = &t->p->column[column];
    const char *words = words_of(t, column);
    const int names = sizeof id_names / sizeof id_names[0];
    if (!is_named(c) || !has_all(t, column))
        return 0;
    if (c->numeric && c->kind != TDO_KIND_ID) /* 7B, 13B: where nothing else names a candidate */
        return c->style.as != TDO_CELLS_PLAIN && !c->repeats;
    for (int k = 0; k < names; k++)
        if (strcmp(words, id_names[k]) == 0)
            return 10 + names - k;
    if (c->kind == TDO_KIND_DATE || guess_has_any(words, poor, sizeof poor / sizeof poor[0]))
        return 1;
    return c->numeric ? 2 : 5;
}

static bool is_key(starter_work *t, const size_t *column, size_t n)
{
    guess_key key = {.yes = false};
    if (guess_is_key(t->p, t->kept, column, n, &key) != TDO_OK)
        t->failed = true;
    return key.yes && !t->failed;
}

/* The best column that names each row; TDO_NONE. */
static size_t find_single(starter_work *t)
{
    size_t best = TDO_NONE;
    int most = 0;
    for (size_t i = 0; i < t->p->n_columns; i++) {
        const int suit = suits(t, i);
        if (suit > most && is_key(t, &i, 1)) {
            most = suit;
            best = i;
        }
    }
    return best;
}

/* ---- several columns ---- */

typedef struct parts {
    size_t column[MOST_PARTS];
    size_t n;
} parts;

static bool is_repeat(starter_work *t, size_t column)
{
    const char *words = words_of(t, column);
    bool named = guess_has_any(words, repeat_words, sizeof repeat_words / sizeof repeat_words[0]);
    for (size_t k = 0; k < sizeof repeat_names / sizeof repeat_names[0]; k++)
        named = named || strcmp(words, repeat_names[k]) == 0;
    return named && is_named(&t->p->column[column]) && has_all(t, column) &&
           t->p->column[column].repeats;
}

/* Columns that may be a part of a name: texts, and numbers that were chosen, not measured. */
static parts find_parts(starter_work *t, bool repeats)
{
    parts p = {.n = 0};
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < t->p->n_columns && p.n < MOST_PARTS; i++) {
            const tdo_profiled *c = &t->p->column[i];
            const bool chosen = c->numeric && c->guess.topic == TDO_TOPIC_SETTING;
            if (!is_named(c) || !has_all(t, i) || is_repeat(t, i) != repeats)
                continue;
            if (repeats ? round == 0 : round == 0 ? !c->numeric : chosen)
                p.column[p.n++] = i;
        }
    }
    return p;
}

/* The first n of the parts that are a key together with some more columns; false: none are. */
static bool find_together(starter_work *t, const parts *p, size_t n, const parts *more,
                          size_t *found)
{
    size_t at[TDO_STARTER_KEYS] = {0, 1, 2}, key[TDO_STARTER_KEYS + MOST_PARTS];
    while (n <= p->n && !t->failed) {
        for (size_t k = 0; k < n; k++)
            found[k] = key[k] = p->column[at[k]];
        for (size_t k = 0; k < more->n; k++)
            key[n + k] = more->column[k];
        if (is_key(t, key, n + more->n))
            return true;
        size_t k = n; /* the next combination, in order */
        while (k > 0 && at[k - 1] == p->n - (n - (k - 1)))
            k--;
        if (k == 0)
            return false;
        at[k - 1]++;
        for (; k < n; k++)
            at[k] = at[k - 1] + 1;
    }
    return false;
}

/* ---- the choice ---- */

static void use(starter_work *t, const size_t *column, size_t n)
{
    tdo_sink o = tdo_sink_memory(t->a);
    t->out->n_id = n;
    for (size_t k = 0; k < n; k++) {
        t->out->id[k] = column[k];
        tdo_puts(&o, k == 0 ? "" : " and ");
        starter_put_column(&o, t->p, column[k]);
    }
    if (t->out->averaged)
        tdo_puts(&o, n == 1 ? " names a candidate, which has several rows"
                            : " together name a candidate, which has several rows");
    else
        tdo_puts(&o, n == 1 ? " is different in each row" : " together are different in each row");
    starter_add_guess(t, "candidates.id", &o);
}

static bool use_averages(starter_work *t, const parts *names)
{
    const parts repeats = find_parts(t, true);
    size_t found[TDO_STARTER_KEYS];
    for (size_t n = 1; n < TDO_STARTER_KEYS && repeats.n > 0; n++) {
        if (!find_together(t, names, n, &repeats, found))
            continue;
        t->out->averaged = t->out->average_se = true;
        use(t, found, n);
        tdo_sink o = tdo_sink_memory(t->a);
        tdo_puts(&o, "rows that differ in ");
        for (size_t k = 0; k < repeats.n; k++) {
            tdo_puts(&o, k == 0 ? "" : " and ");
            starter_put_column(&o, t->p, repeats.column[k]);
        }
        tdo_puts(&o, " only are averaged, and give the standard errors of the means");
        starter_add_guess(t, "candidates.average", &o);
        return true;
    }
    return false;
}

/* What has to be decided, at a row that nothing tells apart from an earlier one. */
/* Rows of one name twice are a slip where there are many others. */
enum { FEW = 4 };

static tdo_status refuse(starter_work *t, tdo_error *err)
{
    const tdo_profile *p = t->p;
    size_t best = TDO_NONE;
    guess_key key = {.yes = false};
    for (size_t i = 0; i < p->n_columns; i++)
        if (!p->column[i].numeric && is_named(&p->column[i]) && t->facts[i].missing == 0 &&
            (best == TDO_NONE || p->column[i].distinct > p->column[best].distinct))
            best = i;
    if (best == TDO_NONE && !is_named(&p->column[0]) && p->column[0].kind == TDO_KIND_ID)
        return tdo_fail_at(err, TDO_E_INPUT, p->file, 1, 0,
                           "no column names the candidates: give column 1 a name, for example "
                           "\"model\"");
    if (best == TDO_NONE)
        return tdo_fail_at(err, TDO_E_INPUT, p->file, 1, 0,
                           "no column names the candidates: add one with a different text in each "
                           "row");
    if (guess_is_key(p, t->kept, &best, 1, &key) != TDO_OK)
        return TDO_E_MEMORY;
    tdo_sink o = tdo_sink_memory(t->a);
    starter_put_column(&o, p, best);
    if (o.failed)
        return TDO_E_MEMORY;
    const size_t distinct = p->column[best].distinct;
    if (10 * distinct >= 9 * p->rows || (distinct + 1 == p->rows && distinct >= FEW))
        return tdo_fail_at(err, TDO_E_INPUT, p->file, key.again, 0,
                           "%s would name the candidates, but is the same here as on line %u: give "
                           "one of the two rows another name, or take it out",
                           o.text, key.first);
    return tdo_fail_at(err, TDO_E_INPUT, p->file, key.again, 0,
                       "no column, and no two or three together, are different in each row (%s is "
                       "the same here as on line %u): decide what a candidate is, and add a column "
                       "that names it, or \"average\" the rows of each",
                       o.text, key.first);
}

/* One row for each candidate and subgroup. */
static tdo_status use_groups(starter_work *t, tdo_error *err)
{
    guess_groups found;
    tdo_status status = guess_find_groups(t->p, t->a, &found);
    if (status != TDO_OK)
        return status;
    tdo_sink o = tdo_sink_memory(t->a);
    starter_put_column(&o, t->p, found.group);
    if (o.failed)
        return TDO_E_MEMORY;
    if (found.n == 0)
        return tdo_fail_at(err, TDO_E_INPUT, t->p->file, 1, 0,
                           "a row for each subgroup (%s) of one candidate only: put the tables of "
                           "all candidates into one file, with a column that names the candidate",
                           o.text);
    t->out->group = found.group;
    t->out->averaged = true;
    t->lacks_groups = t->p->sampled < found.candidates * t->p->column[found.group].distinct;
    use(t, found.candidate, found.n);
    tdo_puts(&o, " names its subgroups: criteria are measured in each of them (\"groups\"), and "
                 "\"average\" only makes one candidate of its rows");
    starter_add_guess(t, "candidates.average", &o);
    return TDO_OK;
}

tdo_status starter_choose_id(starter_work *t, tdo_error *err)
{
    size_t found[TDO_STARTER_KEYS];
    const parts none = {.n = 0};
    if (t->p->shape == TDO_SHAPE_GROUPS)
        return use_groups(t, err);
    const size_t single = find_single(t);
    const parts names = find_parts(t, false);
    const bool numbered = single == TDO_NONE || t->p->column[single].numeric;
    if (numbered && t->p->shape != TDO_SHAPE_OPTUNA && use_averages(t, &names))
        return t->failed ? TDO_E_MEMORY : TDO_OK;
    if (single != TDO_NONE) {
        use(t, &single, 1);
        return t->failed ? TDO_E_MEMORY : TDO_OK;
    }
    for (size_t n = 2; n <= TDO_STARTER_KEYS && t->out->n_id == 0; n++)
        if (find_together(t, &names, n, &none, found))
            use(t, found, n);
    if (t->failed)
        return TDO_E_MEMORY;
    return t->out->n_id > 0 ? TDO_OK : refuse(t, err);
}
