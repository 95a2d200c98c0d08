/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What weights mean: each is worth the whole way from worst to best of its criterion. */
#include <math.h>

#include "explain/amount.h"
#include "explain/words.h"

enum {
    COMPARED = 2,   /* criteria with the first one; the others are counted */
    STATEMENTS = 12 /* of a stakeholder, likewise */
};

/* "320 to 8 ms of Latency"; of a target the distances from it. */
static void put_way(tdo_sink *o, const tdo_run *run, size_t c)
{
    const tdo_criterion *k = &run->scenario->criteria[c];
    amount_put_bare_bound(o, k, run->valued.worst[c]);
    tdo_puts(o, " to ");
    amount_put_bound(o, k, run->valued.best[c]);
    if (k->goal == TDO_GOAL_TARGET) {
        tdo_puts(o, " away from ");
        amount_put_grouped(o, k->target);
    }
    tdo_putf(o, " of %s", k->label);
}

/* The criteria that somebody weighs, the heaviest first. */
static size_t heaviest(const double *weight, size_t d, size_t out[TDO_MAX_CRITERIA])
{
    size_t n = 0;
    for (size_t c = 0; c < d; c++) {
        if (!(weight[c] > 0))
            continue;
        size_t at = n++;
        for (; at > 0 && weight[out[at - 1]] < weight[c]; at--)
            out[at] = out[at - 1];
        out[at] = c;
    }
    return n;
}

static void say_weights(speech *t, size_t h)
{
    const tdo_run *run = t->run;
    const double *weight = run->utility.weight + h * run->utility.d;
    size_t by[TDO_MAX_CRITERIA] = {0};
    const size_t n = heaviest(weight, run->utility.d, by);
    tdo_putf(&t->o, "For %s, ", run->scenario->stakeholders[h].label);
    if (n == 1)
        tdo_puts(&t->o, "nothing counts but ");
    put_way(&t->o, run, by[0]);
    for (size_t k = 1; k < n && k <= COMPARED; k++) {
        const double times = weight[by[0]] / weight[by[k]];
        tdo_puts(&t->o, k == 1 ? " counts " : ", and ");
        if (times < 1.005)
            tdo_puts(&t->o, "as much as ");
        else {
            amount_put_rounded(&t->o, times, 2);
            tdo_puts(&t->o, " times as much as ");
        }
        put_way(&t->o, run, by[k]);
    }
    if (n > COMPARED + 1)
        tdo_putf(&t->o, ", and more than %zu %s", n - COMPARED - 1,
                 n == COMPARED + 2 ? "other" : "others");
    speech_end(t);
}

/* What the weights were made from: statements, or weights that may be off. */
static void say_statements(speech *t, size_t h)
{
    const tdo_stakeholder *who = &t->run->scenario->stakeholders[h];
    size_t n = 0;
    for (size_t k = 0; k < who->n_prefers; k++) {
        if (k && who->prefers[k].statement == who->prefers[k - 1].statement)
            continue; /* another part of the same */
        if (n < STATEMENTS)
            tdo_putf(&t->o, "%s%s%s", n ? "" : who->label,
                     n ? "; " : " said: ", who->prefers[k].text);
        n++;
    }
    if (n > STATEMENTS)
        tdo_putf(&t->o, "; and %zu more", n - STATEMENTS);
    if (n) {
        speech_end(t);
        tdo_putf(&t->o, "The weights of %s are %s", who->label,
                 who->only_prefers ? "the centre of all that this allows"
                                   : "given beside this, and allowed by it");
        speech_end(t);
    }
    if (who->vague > 0) {
        tdo_putf(&t->o, "Each weight of %s may be off by up to ", who->label);
        amount_put_rounded(&t->o, 100 * who->vague, 3);
        tdo_putf(&t->o, " percentage%s", amount_point(100 * who->vague, 3));
        speech_end(t);
    }
}

tdo_status tdo_explain_weights(const tdo_run *run, tdo_arena *a, tdo_sentences *out)
{
    speech t = speech_start(run, a);
    for (size_t h = 0; h < run->utility.s; h++)
        say_weights(&t, h);
    for (size_t h = 0; h < run->utility.s; h++)
        say_statements(&t, h);
    return speech_finish(&t, out);
}
