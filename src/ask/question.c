/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question in words: two columns of readings, only where the two differ, and which is better.
 * Names are not shown: people choose by what is measured. */
#include "ask/ask.h"
#include "explain/amount.h"

#include "tradeoff/explain.h"

#include <math.h>
#include <string.h>

enum { LABEL = 32, CELL = 12 };

static void put_padded(tdo_sink *o, const char *text, size_t width, bool right)
{
    const size_t has = tdo_utf8_width(text, strlen(text)), pad = has < width ? width - has : 0;
    for (size_t i = 0; i < pad && right; i++)
        tdo_puts(o, " ");
    tdo_puts(o, text);
    for (size_t i = 0; i < pad && !right; i++)
        tdo_puts(o, " ");
}

/* "Latency, p95, ms"; with a target that it is nearest to. */
static const char *label_of(const tdo_criterion *c, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    tdo_puts(&o, c->label);
    if (*c->unit && strcmp(c->unit, c->label) != 0)
        tdo_putf(&o, ", %s", c->unit);
    if (c->goal == TDO_GOAL_TARGET) {
        tdo_puts(&o, " (target ");
        amount_put_rounded(&o, c->target, 6);
        tdo_puts(&o, ")");
    }
    return o.failed ? NULL : o.text;
}

static const char *reading_of(const tdo_criterion *c, double reading, bool full, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    tdo_criterion bare = *c;
    bare.unit = "";
    if (full && !c->levels)
        tdo_put_number(&o, reading);
    else
        tdo_put_reading(&o, &bare, reading);
    return o.failed ? NULL : o.text;
}

static bool write_row(const tdo_criterion *c, double a, double b, tdo_arena *scratch, tdo_sink *o)
{
    const char *label = label_of(c, scratch);
    const char *left = reading_of(c, a, false, scratch);
    const char *right = reading_of(c, b, false, scratch);
    if (left && right && strcmp(left, right) == 0) { /* rounded alike, and yet they differ */
        left = reading_of(c, a, true, scratch);
        right = reading_of(c, b, true, scratch);
    }
    if (!label || !left || !right)
        return false;
    tdo_puts(o, "     ");
    put_padded(o, label, LABEL, false);
    put_padded(o, left, CELL, true);
    put_padded(o, right, CELL, true);
    tdo_putf(o, "   %s is better\n", tdo_better(c, a, b) > 0 ? "A" : "B");
    return true;
}

tdo_status tdo_ask_write_question(const tdo_ask *q, tdo_sink *o)
{
    const tdo_case *k = ask_case_of(q);
    const tdo_ask_view v = tdo_ask_look(q);
    tdo_arena *scratch = tdo_arena_new();
    bool good = scratch != NULL;
    if (v.again)
        tdo_putf(o, "Question %zu once more, with sides swapped: one slip here would matter most\n",
                 v.number);
    const char *title = good ? tdo_text(scratch, "Question %zu", v.number) : NULL;
    good = title != NULL;
    if (good) {
        put_padded(o, v.again ? "" : title, LABEL + 5, false);
        put_padded(o, "A", CELL, true);
        put_padded(o, "B", CELL, true);
        tdo_puts(o, "\n");
    }
    for (size_t c = 0; c < k->s->n_criteria && good; c++) {
        const tdo_criterion *of = &k->s->criteria[c];
        const double a = k->x->reading[c * k->x->n + v.a], b = k->x->reading[c * k->x->n + v.b];
        if (tdo_better(of, a, b) != 0 && !tdo_is_indifferent(of, a, b))
            good = write_row(of, a, b, scratch, o);
    }
    tdo_arena_free(scratch);
    return good && !o->failed ? TDO_OK : TDO_E_MEMORY;
}
