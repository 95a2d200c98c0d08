/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a starter note: guesses with their reasons, and facts about columns. */
#include <math.h>

#include "base/array.h"
#include "starter/parts.h"

void starter_say_guess(starter_work *t, const char *path, const char *text)
{
    tdo_starter *s = t->out;
    t->failed = t->failed || !text;
    if (t->failed)
        return;
    tdo_guess *guess = array_more(t->a, t->guess, s->n_guesses, sizeof *guess);
    t->failed = !guess;
    if (!guess)
        return;
    guess[s->n_guesses++] = (tdo_guess){.path = path, .text = text};
    s->guess = t->guess = guess;
}

void starter_add_guess(starter_work *t, const char *path, const tdo_sink *text)
{
    starter_say_guess(t, path, text->failed ? NULL : text->text);
}

void starter_put_column(tdo_sink *o, const tdo_profile *p, size_t column)
{
    tdo_put_quoted(o, p->column[column].name);
}

/* Of a sample only: what the whole file has. */
static starter_facts of_file(const tdo_profiled *c)
{
    return (starter_facts){.numbers = c->numbers,
                           .missing = c->cells[TDO_CELL_MISSING].n,
                           .zeros = c->zeros,
                           .negatives = c->negatives,
                           .min = c->min,
                           .max = c->max,
                           .least_positive = INFINITY,
                           .constant = c->distinct < 2};
}

static starter_facts of_rows(const starter_work *t, size_t column)
{
    const tdo_profile *p = t->p;
    starter_facts f = {
        .min = (double)NAN, .max = (double)NAN, .least_positive = INFINITY, .constant = true};
    uint64_t first = 0;
    for (size_t r = 0; r < p->sampled; r++) {
        const double x = p->number[r * p->n_columns + column];
        const uint64_t text = p->text[r * p->n_columns + column];
        if (!t->kept[r])
            continue;
        f.missing += text == 0;
        first = first == 0 ? text : first;
        f.constant = f.constant && (text == 0 || text == first);
        if (isnan(x))
            continue;
        f.min = f.numbers == 0 || x < f.min ? x : f.min;
        f.max = f.numbers == 0 || x > f.max ? x : f.max;
        f.numbers++;
        f.zeros += x == 0;
        f.negatives += x < 0;
        if (x > 0 && x < f.least_positive)
            f.least_positive = x;
    }
    return f;
}

void starter_count_facts(starter_work *t)
{
    for (size_t i = 0; i < t->p->n_columns; i++)
        t->facts[i] = t->p->whole ? of_rows(t, i) : of_file(&t->p->column[i]);
}
