/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits that decide within noise: those that the recommended one is not shown to keep, and those
 * that keep out who would be first, and is not shown to break them. */
#include "explain/limit_words.h"
#include "explain/limits.h"
#include "explain/mix.h"
#include "explain/words.h"
#include "verdict/answer.h"

typedef struct limits_line {
    answer_writer *w;
    tdo_sink o;
    size_t n;
} limits_line;

/* The first is told, the others are counted. */
static bool is_told(limits_line *l)
{
    return l->n++ == 0;
}

/* The recommended one keeps it as measured, and is not shown to. */
static void say_not_shown(limits_line *l, const tdo_limit_doubt *d)
{
    const tdo_run *run = l->w->run;
    const size_t best = run->screened.feasible[run->ranking.recommended];
    if (d->status[best] == TDO_SHOWN || !is_told(l))
        return;
    speech_put_limit_of(&l->o, run, &run->scenario->constraints[d->constraint]);
    tdo_puts(&l->o, " is met as measured, not shown: ");
    speech_put_holds(&l->o, d->holds[best], d->level);
}

/* The first one that would be first if the bound moved as far as its own error may reach; NULL:
 * none. */
static const tdo_step *within_noise(const tdo_run *run, const tdo_step_curve *c,
                                    const tdo_limit_doubt *d)
{
    const size_t top = run->screened.feasible[run->ranking.top];
    for (size_t k = 0; k < c->steps; k++) {
        const tdo_step *to = &c->step[k];
        if ((c->is_max ? to->bound > c->bound : to->bound < c->bound) && to->candidate != top &&
            d->status[to->candidate] == TDO_NOT_SHOWN)
            return to;
    }
    return NULL;
}

/* A bound that asks to be shown keeps out whoever is not: nothing is left open there. */
static void say_kept_out(limits_line *l, const tdo_step_curve *c)
{
    const tdo_run *run = l->w->run;
    const tdo_constraint *k = &run->scenario->constraints[c->constraint];
    const tdo_limit_doubt *d = tdo_doubt_of(&run->doubts, c->constraint);
    const tdo_step *to = d && !tdo_judge_of(run->scenario, &run->doubts, c->constraint)
                             ? within_noise(run, c, d)
                             : NULL;
    if (!to)
        return;
    l->w->limits_open = true;
    if (!is_told(l))
        return;
    answer_put_name(&l->o, run->measured.id[to->candidate]);
    tdo_puts(&l->o, " misses ");
    speech_put_limit_of(&l->o, run, k);
    tdo_puts(&l->o, " within noise; at ");
    speech_put_amount(&l->o, run, k->condition.criterion, to->bound);
    tdo_puts(&l->o, " it would be first");
}

void answer_say_limits(answer_writer *w)
{
    const tdo_run *run = w->run;
    limits_line l = {w, tdo_sink_memory(w->a), 0};
    for (size_t k = 0; k < run->doubts.n; k++)
        say_not_shown(&l, &run->doubts.limit[k]);
    for (size_t k = 0; k < run->n_steps; k++)
        say_kept_out(&l, &run->steps[k]);
    if (l.n > 1)
        tdo_putf(&l.o, "; %zu more", l.n - 1);
    if (l.n)
        answer_add(w, "Limits", &l.o);
}
