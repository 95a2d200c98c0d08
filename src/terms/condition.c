/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions in words: "latency <= 150 ms", "0.4 <= quality <= 0.9", "status = FINISHED". */
#include "terms/condition.h"

#include <math.h>

typedef struct writer {
    tdo_sink o;
    tdo_arena *a;
    const tdo_condition *condition;
    const tdo_criterion *criterion; /* NULL: on a column */
    bool some;                      /* a test was written already */
} writer;

/* A name as tdo_put_quoted shows it, without the quotes. */
static void put_shown(tdo_sink *o, const char *name, tdo_arena *a)
{
    tdo_sink quoted = tdo_sink_memory(a);
    tdo_put_quoted(&quoted, name);
    if (quoted.failed)
        o->failed = true;
    else
        tdo_put(o, quoted.text + 1, quoted.length - 2);
}

static void put_subject(writer *w)
{
    put_shown(&w->o, w->criterion ? w->criterion->id : w->condition->column, w->a);
}

static void put_bound(writer *w, double x)
{
    const tdo_criterion *c = w->criterion;
    if (c && c->levels && x >= 0 && x < (double)c->n_levels && floor(x) == x)
        put_shown(&w->o, c->levels[(size_t)x], w->a);
    else
        tdo_put_number(&w->o, x);
}

static void start_test(writer *w)
{
    tdo_puts(&w->o, w->some ? " and " : "");
    w->some = true;
}

static void put_bounds(writer *w)
{
    const tdo_condition *is = w->condition;
    if (!is->has_min && !is->has_max)
        return;
    start_test(w);
    if (is->has_min && is->has_max) {
        put_bound(w, is->min);
        tdo_puts(&w->o, " <= ");
    }
    put_subject(w);
    tdo_puts(&w->o, is->has_max ? " <= " : " >= ");
    put_bound(w, is->has_max ? is->max : is->min);
    if (w->criterion && w->criterion->unit[0] != '\0') {
        tdo_puts(&w->o, " ");
        put_shown(&w->o, w->criterion->unit, w->a);
    }
}

static void put_list(writer *w, const char *relation, const tdo_match *match, size_t n)
{
    if (!match)
        return;
    start_test(w);
    put_subject(w);
    tdo_puts(&w->o, relation);
    for (size_t i = 0; i < n; i++) {
        tdo_puts(&w->o, i > 0 ? ", " : "");
        put_shown(&w->o, match[i].text, w->a);
    }
    tdo_puts(&w->o, "]");
}

const char *terms_condition_text(const tdo_condition *is, const tdo_criterion *criteria,
                                 tdo_arena *a)
{
    writer w = {.o = tdo_sink_memory(a), .a = a, .condition = is};
    if (is->criterion != TDO_NONE)
        w.criterion = &criteria[is->criterion];
    put_bounds(&w);
    if (is->equals) {
        start_test(&w);
        put_subject(&w);
        tdo_puts(&w.o, " = ");
        put_shown(&w.o, is->equals->text, w.a);
    }
    put_list(&w, " in [", is->in, is->n_in);
    put_list(&w, " not in [", is->not_in, is->n_not_in);
    return w.o.failed ? NULL : w.o.text;
}

const char *terms_relative_text(const tdo_constraint *c, const tdo_scenario *s, tdo_arena *a)
{
    const tdo_criterion *of = &s->criteria[c->condition.criterion];
    tdo_sink o = tdo_sink_memory(a);
    put_shown(&o, of->id, a);
    tdo_puts(&o, " at most ");
    tdo_put_number(&o, c->worse_by);
    tdo_puts(&o, c->percent || of->unit[0] ? " " : "");
    put_shown(&o, c->percent ? "%" : of->unit, a);
    tdo_puts(&o, " worse than ");
    put_shown(&o, s->incumbent, a);
    return o.failed ? NULL : o.text;
}
