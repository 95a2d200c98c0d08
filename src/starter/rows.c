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

/* Leaves out rows that hold one of these texts; false: nothing would be left to compare. */
static size_t leave_out(starter_work *t, size_t column, const char *const *texts, size_t n)
{
    const tdo_profile *p = t->p;
    size_t dropped = 0;
    for (size_t k = 0; k < n; k++) {
        const uint64_t text = profile_text_hash(texts[k], strlen(texts[k]));
        for (size_t r = 0; r < p->sampled; r++) {
            const bool out = t->kept[r] && p->text[r * p->n_columns + column] == text;
            dropped += out;
            t->kept[r] = t->kept[r] && !out;
        }
    }
    if (dropped > 0 && t->out->n_where < TDO_STARTER_WHERE)
        t->out->where[t->out->n_where++] =
            (tdo_starter_condition){.column = column, .not_in = texts, .n_not_in = n};
    return dropped;
}

/* "state" must not be "FAILED" or "PRUNED" (WHY): 3 rows are left out */
static void say_left_out(starter_work *t, size_t column, const char *const *texts, size_t n,
                         const char *why, size_t dropped)
{
    tdo_sink o = tdo_sink_memory(t->a);
    starter_put_column(&o, t->p, column);
    tdo_puts(&o, " must not be ");
    for (size_t k = 0; k < n; k++) {
        tdo_puts(&o, k == 0 ? "" : k + 1 < n ? ", " : " or ");
        tdo_put_quoted(&o, texts[k]);
    }
    tdo_putf(&o, " (%s): %s%zu row%s left out", why, t->p->whole ? "" : "about ", dropped,
             dropped == 1 ? " is" : "s are");
    starter_add_guess(t, "candidates.where", &o);
}

/* Rows of a mark (yes or no) whose name says that yes is a run that succeeded, or one that failed.
 */
static void leave_failed(starter_work *t)
{
    static const struct {
        const char *name, *bad[4];
    } marks[] = {
        {"success", {"false", "no", "n", "f"}},   {"succeeded", {"false", "no", "n", "f"}},
        {"completed", {"false", "no", "n", "f"}}, {"finished", {"false", "no", "n", "f"}},
        {"failed", {"true", "yes", "y", "t"}},    {"crashed", {"true", "yes", "y", "t"}},
    };
    const tdo_profile *p = t->p;
    for (size_t i = 0; i < p->n_columns && t->out->n_where == 0; i++) {
        const tdo_profiled *c = &p->column[i];
        const char *words = guess_name_words(t->a, c->name);
        t->failed = t->failed || !words;
        for (size_t m = 0; m < sizeof marks / sizeof marks[0] && words && !c->numeric && c->word;
             m++) {
            const char **texts = tdo_alloc(t->a, c->n_words, sizeof *texts);
            size_t n = 0;
            t->failed = t->failed || !texts;
            if (!texts || !guess_is_one_of(c->name, &marks[m].name, 1))
                continue;
            for (size_t k = 0; k < c->n_words; k++)
                if (guess_is_one_of(c->word[k].text, marks[m].bad, 4))
                    texts[n++] = c->word[k].text;
            if (n > 0 && n < c->n_words)
                say_left_out(t, i, texts, n, "did not succeed", leave_out(t, i, texts, n));
        }
    }
}

/* Rows whose state says that they did not finish, whoever wrote them. */
static void leave_unfinished(starter_work *t)
{
    static const char *const names[] = {"status", "state", "outcome"};
    static const char *const unfinished[] = {
        "failed",        "failure",      "fail",       "error",       "errored",
        "crashed",       "crash",        "abandoned",  "aborted",     "abort",
        "killed",        "canceled",     "cancelled",  "pruned",      "running",
        "pending",       "queued",       "waiting",    "scheduled",   "timeout",
        "timed out",     "timedout",     "stopped",    "stopping",    "paused",
        "preempted",     "skipped",      "invalid",    "diverged",    "incomplete",
        "unfinished",    "in progress",  "inprogress", "in_progress", "early_stopped",
        "early stopped", "earlystopped", "oom",        "interrupted", "suspended",
        "not started"};
    const tdo_profile *p = t->p;
    for (size_t i = 0; i < p->n_columns && t->out->n_where == 0; i++) {
        const tdo_profiled *c = &p->column[i];
        const char *words = guess_name_words(t->a, c->name);
        const char **texts = tdo_alloc(t->a, c->n_words, sizeof *texts);
        size_t n = 0;
        t->failed = t->failed || !words || !texts;
        if (t->failed || c->numeric || !c->word ||
            !guess_has_any(words, names, sizeof names / sizeof names[0]))
            continue;
        for (size_t k = 0; k < c->n_words; k++)
            if (guess_is_one_of(c->word[k].text, unfinished,
                                sizeof unfinished / sizeof unfinished[0]))
                texts[n++] = c->word[k].text;
        if (n == 0 || (n == c->n_words && c->cells[TDO_CELL_MISSING].n == 0))
            continue; /* nobody, or everybody */
        say_left_out(t, i, texts, n, "did not finish", leave_out(t, i, texts, n));
    }
}

static void leave_summaries(starter_work *t)
{
    const tdo_layout *l = &t->p->layout;
    const size_t dropped = l->n_summaries > 0 ? leave_out(t, l->summed, l->summary, l->n_summaries)
                                              : 0;
    if (dropped > 0)
        say_left_out(t, l->summed, l->summary, l->n_summaries, "sums up the others", dropped);
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
    leave_unfinished(t);
    leave_failed(t);
    keep_children(t);
    leave_summaries(t);
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

void starter_require_finite(starter_work *t, size_t column)
{
    const tdo_profiled *c = &t->p->column[column];
    const char **texts = tdo_alloc(t->a, c->n_infinities, sizeof *texts);
    t->failed = t->failed || !texts;
    for (size_t k = 0; k < c->n_infinities && texts; k++)
        texts[k] = c->infinity[k].text;
    const size_t dropped = texts ? leave_out(t, column, texts, c->n_infinities) : 0;
    if (dropped == 0)
        return;
    say_left_out(t, column, texts, c->n_infinities, "infinite", dropped);
    starter_count_facts(t);
}
