/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer where no candidate meets every limit: who is nearest, and which ways lead out. */
#include <math.h>
#include <string.h>

#include "base/list.h"
#include "explain/amount.h"
#include "explain/limit_words.h"
#include "verdict/answer.h"

/* ---- the lines ---- */

static void say_nobody(answer_writer *w)
{
    const tdo_run *run = w->run;
    const size_t limits = run->scenario->n_constraints;
    const size_t n = run->measured.n - run->screened.dropped_n;
    tdo_sink o = tdo_sink_memory(w->a);
    if (n == 0)
        tdo_puts(&o, "No candidate is measured in full: all were dropped");
    else if (limits == 1)
        tdo_putf(&o, "No candidate meets the limit: each of the %zu breaks it", n);
    else
        tdo_putf(&o, "No candidate meets all %zu limits: each of the %zu breaks at least one",
                 limits, n);
    answer_add(w, "None", &o);
}

/* The smallest set that lets nobody in, where that is not all of them. */
static void say_clash(answer_writer *w)
{
    const tdo_infeasible *no = &w->run->infeasible;
    tdo_sink o = tdo_sink_memory(w->a);
    if (!no->n_conflict || no->n_conflict == w->run->scenario->n_constraints)
        return;
    tdo_puts(&o, no->n_conflict == 1 ? "alone lets nobody in: " : "together let nobody in: ");
    for (size_t k = 0; k < no->n_conflict; k++) {
        tdo_puts(&o, k ? "; " : "");
        speech_put_limit_of(&o, w->run, &w->run->scenario->constraints[no->conflict[k]]);
    }
    answer_add(w, "Clash", &o);
}

/* "Latency, p95 45.1 ms, limit 40 ms"; "needs_new_cluster is yes" */
static void put_broken(tdo_sink *o, const tdo_run *run, size_t j, size_t i)
{
    const tdo_condition *is = &run->scenario->constraints[j].condition;
    const tdo_measured *x = &run->measured;
    const double reading = is->criterion != TDO_NONE ? x->reading[is->criterion][i]
                           : x->limited[j]           ? x->limited[j][i]
                                                     : (double)NAN;
    const bool low = is->has_min && reading < is->min, high = is->has_max && reading > is->max;
    tdo_putf(o, low || high ? "%s " : "%s is ", speech_name_of(run, is));
    speech_put_found_in_full(o, run, j, i);
    if (low || high) {
        tdo_puts(o, ", limit ");
        speech_put_bound(o, run, is, low ? is->min : is->max);
    }
}

static void say_nearest(answer_writer *w)
{
    const tdo_run *run = w->run;
    const size_t i = run->infeasible.nearest;
    size_t broken = 0, first = TDO_NONE;
    tdo_sink o = tdo_sink_memory(w->a);
    if (i == TDO_NONE)
        return;
    for (size_t j = run->scenario->n_constraints; j-- > 0;)
        if (run->screened.broken[i] >> j & 1) {
            broken++;
            first = j;
        }
    answer_put_name(&o, run->measured.id[i]);
    if (first != TDO_NONE) {
        tdo_putf(&o, broken == 1 ? " breaks one: " : " breaks %zu: ", broken);
        put_broken(&o, run, first, i);
    }
    if (broken > 1)
        tdo_putf(&o, "; %zu more", broken - 1);
    answer_add(w, "Nearest", &o);
}

static void say_ways(answer_writer *w)
{
    const tdo_run *run = w->run;
    const tdo_infeasible *no = &run->infeasible;
    tdo_sink o = tdo_sink_memory(w->a);
    tdo_puts(&o, no->n_relax == 1 ? "This would let somebody in:"
                                  : "One of these would let somebody in:");
    tdo_answer_line *l = no->n_relax ? answer_add(w, "Ways", &o) : NULL;
    for (size_t k = 0; k < no->n_relax && l; k++) {
        tdo_sink way = tdo_sink_memory(w->a);
        speech_put_way(&way, run, &no->relax[k]);
        tdo_puts(&way, ": ");
        answer_put_name(&way, run->measured.id[no->relax[k].admits]);
        answer_add_piece(w, l, &way);
        l->listed = true;
    }
}

void answer_say_none(answer_writer *w)
{
    say_nobody(w);
    say_clash(w);
    say_nearest(w);
    say_ways(w);
}
