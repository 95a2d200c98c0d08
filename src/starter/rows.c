/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows are candidates. */
#include <math.h>
#include <string.h>

#include "inspect/profile_parts.h"
#include "starter/parts.h"

/* What a finished row says, by whose export it is. */
static const struct {
    tdo_shape shape;
    const char *column, *finished;
} states[] = {
    {TDO_SHAPE_MLFLOW, "status", "FINISHED"},
    {TDO_SHAPE_MLFLOW_PAGE, "Status", "FINISHED"},
    {TDO_SHAPE_WANDB, "State", "finished"},
    {TDO_SHAPE_OPTUNA, "state", "COMPLETE"},
};

static size_t keep_only(starter_work *t, size_t column, uint64_t text)
{
    const tdo_profile *p = t->p;
    size_t dropped = 0;
    for (size_t r = 0; r < p->sampled; r++) {
        const uint64_t have = p->text[r * p->n_columns + column];
        const bool good = text != 0 ? have == text : have != 0;
        dropped += t->kept[r] && !good;
        t->kept[r] = t->kept[r] && good;
    }
    return dropped;
}

static bool is_there(const starter_work *t, size_t column, uint64_t text)
{
    const tdo_profile *p = t->p;
    for (size_t r = 0; r < p->sampled; r++)
        if (t->kept[r] && p->text[r * p->n_columns + column] == text)
            return true;
    return false;
}

static void keep_finished(starter_work *t)
{
    const tdo_profile *p = t->p;
    for (size_t k = 0; k < sizeof states / sizeof states[0]; k++) {
        const size_t column = guess_column_named(p, states[k].column);
        const char *word = states[k].finished;
        const uint64_t text = profile_text_hash(word, strlen(word));
        if (states[k].shape != p->shape || column == TDO_NONE || !is_there(t, column, text))
            continue;
        const size_t dropped = keep_only(t, column, text);
        if (dropped == 0)
            return;
        t->out->where[t->out->n_where++] =
            (tdo_starter_condition){.column = column, .equals = word};
        tdo_sink o = tdo_sink_memory(t->a);
        starter_put_column(&o, p, column);
        tdo_putf(&o, " must be \"%s\": %s%zu row%s left out", word, p->whole ? "" : "about ",
                 dropped, dropped == 1 ? " is" : "s are");
        starter_add_guess(t, "candidates.where", &o);
        return;
    }
}

/* MLflow: runs inside other runs. Those that hold others are usually sums of them, or empty. */
static void keep_children(starter_work *t)
{
    const tdo_profile *p = t->p;
    const size_t parent = guess_column_named(p, "tags.mlflow.parentRunId"),
                 run = guess_column_named(p, "run_id");
    size_t parents = 0;
    if (p->shape != TDO_SHAPE_MLFLOW || parent == TDO_NONE || run == TDO_NONE)
        return;
    for (size_t r = 0; r < p->sampled; r++)
        if (t->kept[r] && p->text[r * p->n_columns + parent] == 0 &&
            is_there(t, parent, p->text[r * p->n_columns + run]))
            parents++;
    if (parents == 0)
        return;
    const size_t dropped = keep_only(t, parent, 0);
    t->out->where[t->out->n_where++] = (tdo_starter_condition){.column = parent, .present = true};
    tdo_sink o = tdo_sink_memory(t->a);
    tdo_putf(&o, "runs inside another run are candidates; %zu %s no parent and %s left out",
             dropped, dropped == 1 ? "has" : "have", dropped == 1 ? "is" : "are");
    starter_add_guess(t, "candidates.where", &o);
}

void starter_choose_rows(starter_work *t)
{
    keep_finished(t);
    keep_children(t);
    starter_count_facts(t);
}

void starter_require_positive(starter_work *t, size_t column)
{
    const tdo_profile *p = t->p;
    if (t->out->n_where == TDO_STARTER_WHERE)
        return;
    t->out->where[t->out->n_where++] =
        (tdo_starter_condition){.column = column, .has_min = true, .min = 0};
    for (size_t r = 0; r < p->sampled; r++)
        if (!(p->number[r * p->n_columns + column] >= 0))
            t->kept[r] = false;
    tdo_sink o = tdo_sink_memory(t->a);
    starter_put_column(&o, p, column);
    tdo_putf(&o, " must not be below 0, as it is in %zu row%s, which %s left out",
             t->facts[column].negatives, t->facts[column].negatives == 1 ? "" : "s",
             t->facts[column].negatives == 1 ? "is" : "are");
    starter_add_guess(t, "candidates.where", &o);
    starter_count_facts(t);
}
