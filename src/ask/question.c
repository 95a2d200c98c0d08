/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question in words: two columns of readings, only where the two differ, and which is better.
 * Names are not shown: people choose by what is measured. */
#include "ask/ask.h"
#include "base/plain.h"
#include "explain/amount.h"

#include "tradeoff/explain.h"

#include <math.h>
#include <string.h>

enum { LABEL = 32, CELL = 12 };

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

/* False: memory is out. */
static bool make_row(const tdo_criterion *c, double a, double b, tdo_arena *in, tdo_ask_row *out)
{
    out->label = label_of(c, in);
    out->a = reading_of(c, a, false, in);
    out->b = reading_of(c, b, false, in);
    out->a_is_better = tdo_better(c, a, b) > 0;
    if (out->a && out->b && strcmp(out->a, out->b) == 0) { /* rounded alike, and yet they differ */
        out->a = reading_of(c, a, true, in);
        out->b = reading_of(c, b, true, in);
    }
    return out->label && out->a && out->b;
}

tdo_status tdo_ask_rows(const tdo_ask *q, tdo_arena *a, const tdo_ask_row **out, size_t *n)
{
    const tdo_case *k = ask_case_of(q);
    const tdo_ask_view v = tdo_ask_look(q);
    tdo_ask_row *row = tdo_alloc(a, k->s->n_criteria, sizeof *row);
    bool good = row != NULL;
    *n = 0;
    for (size_t c = 0; c < k->s->n_criteria && good && v.end == TDO_ASK_GOES_ON; c++) {
        if (!ask_differ(k, c, v.a, v.b))
            continue;
        row[*n].criterion = c;
        good = make_row(&k->s->criteria[c], k->x->reading[c][v.a], k->x->reading[c][v.b], a,
                        &row[(*n)++]);
    }
    *out = row;
    return good ? TDO_OK : TDO_E_MEMORY;
}

static void write_row(const tdo_ask_row *row, tdo_sink *o)
{
    tdo_puts(o, "     ");
    plain_put_padded(o, row->label, LABEL, false);
    plain_put_padded(o, row->a, CELL, true);
    plain_put_padded(o, row->b, CELL, true);
    tdo_putf(o, "   %s is better\n", row->a_is_better ? "A" : "B");
}

tdo_status tdo_ask_write_question(const tdo_ask *q, tdo_sink *o)
{
    const tdo_ask_view v = tdo_ask_look(q);
    tdo_arena *scratch = tdo_arena_new();
    const tdo_ask_row *row = NULL;
    size_t n = 0;
    const char *title = scratch ? tdo_text(scratch, "Question %zu", v.number) : NULL;
    bool good = title && tdo_ask_rows(q, scratch, &row, &n) == TDO_OK;
    if (v.again)
        tdo_putf(o, "Question %zu once more, with sides swapped: one slip here would matter most\n",
                 v.number);
    if (good) {
        plain_put_padded(o, v.again ? "" : title, LABEL + 5, false);
        plain_put_padded(o, "A", CELL, true);
        plain_put_padded(o, "B", CELL, true);
        tdo_puts(o, "\n");
    }
    for (size_t k = 0; good && k < n; k++)
        write_row(&row[k], o);
    tdo_arena_free(scratch);
    return good && !o->failed ? TDO_OK : TDO_E_MEMORY;
}

/* ---- where the questions stand ---- */

/* Points of 100, rounded up: the claim holds. */
static int points(double regret)
{
    const int whole = (int)(100 * regret);
    return whole + (100 * regret > whole + 1e-9);
}

const char *tdo_ask_where(const tdo_ask *q, tdo_arena *a)
{
    const tdo_ask_view v = tdo_ask_look(q);
    const int off = points(v.regret);
    const char *more = v.left == 1 ? "" : "s";
    if (v.end != TDO_ASK_GOES_ON)
        return "";
    return off ? tdo_text(a,
                          "The best guess may be up to %d point%s of 100 off; about %zu more "
                          "question%s.",
                          off, off == 1 ? "" : "s", v.left, more)
               : tdo_text(a, "The best guess is not settled; about %zu more question%s.", v.left,
                          more);
}

const char *tdo_ask_taken_back(const tdo_ask *q, tdo_arena *a)
{
    const tdo_ask_view v = tdo_ask_look(q);
    if (!v.taken_back)
        return "";
    return tdo_text(a, "\"%s\" and \"%s\" hold together only %s: both are taken back.", v.was, v.is,
                    v.reversed ? "at a tie" : "without some of the other answers");
}

const char *tdo_ask_why_nothing(const tdo_ask *q)
{
    static const char *const why[] = {
        [TDO_ASK_NO_PAIR] = "no pair is left to ask about",
        [TDO_ASK_NONE_NEW] = ("only pairs are left that were skipped, about the same, or "
                              "answered both ways twice"),
        [TDO_ASK_FULL] = "a stakeholder has no room for more statements",
        [TDO_ASK_TOO_MANY] = "with the last answer what is left has too many corners to go on"};
    const tdo_ask_view v = tdo_ask_look(q);
    return v.end == TDO_ASK_NOTHING ? why[v.nothing] : "";
}

const char *tdo_ask_sure(const tdo_ask *q, tdo_arena *a)
{
    const int off = points(tdo_ask_look(q).regret);
    return off ? tdo_text(a,
                          "if every answer is right, nothing is more than %d of 100 points better",
                          off)
               : "if every answer is right, nothing is better";
}
