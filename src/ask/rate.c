/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trade-off questions: how much of one criterion is an amount of another one worth? */
#include "ask/ask.h"
#include "base/decimal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SPREAD_DIGITS = 12 }; /* of a difference of two decimals */

/* What lies between worth nothing and worth everything; 0: not one straight line, or words. */
static double spread_of(const tdo_criterion *c)
{
    if (c->levels || strchr(c->id, '`'))
        return 0;
    if (c->has_range)
        return fabs(c->best - c->worst);
    return c->n_value == 2 ? fabs(c->value_x[1] - c->value_x[0]) : 0;
}

static bool decides(const tdo_valued *v, size_t c)
{
    for (size_t i = 1; i < v->f; i++)
        if (fabs(tdo_value_at(v, c, i) - tdo_value_at(v, c, 0)) > TDO_TIE)
            return true;
    return false;
}

/* A round amount (1, 2 or 5 times a power of ten), a tenth of the spread at most; read from its
 * decimals, as a scenario would read it. */
static double round_amount(double spread)
{
    static const int first[] = {1, 2, 5};
    const double tenth = spread / 10;
    const int power = decimal_tens(tenth) - 1;
    double amount = 0;
    for (int k = 0; k < 9; k++) {
        char text[32];
        double x = 0;
        (void)snprintf(text, sizeof text, "%de%d", first[k % 3], power + k / 3);
        if (tdo_number_read(text, strlen(text), &x) == TDO_NUMBER_OK && x <= tenth)
            amount = x;
    }
    return amount;
}

size_t tdo_ask_rates(const tdo_case *k, tdo_rate_question *out)
{
    size_t n = 0, unit = TDO_NONE;
    for (size_t c = 0; c < k->s->n_criteria; c++) {
        const double spread = spread_of(&k->s->criteria[c]);
        if (!(spread > 0) || !isfinite(spread) || !decides(k->v, c))
            continue;
        const double amount = round_amount(spread);
        if (unit == TDO_NONE)
            unit = c;
        else if (amount > 0)
            out[n++] = (tdo_rate_question){
                .of = c, .in = unit, .amount = amount, .all = spread_of(&k->s->criteria[unit])};
    }
    return n;
}

/* As a statement names it: as it is where it is one plain word. */
static void put_id(tdo_sink *o, const char *id)
{
    static const char PLAIN[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    const bool plain = id[strspn(id, PLAIN)] == '\0' && !(*id >= '0' && *id <= '9');
    tdo_putf(o, plain ? "%s" : "`%s`", id);
}

const char *tdo_ask_rate_statement(const tdo_scenario *s, const tdo_rate_question *q,
                                   const char *answer, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    tdo_put_number(&o, q->amount);
    tdo_puts(&o, " ");
    put_id(&o, s->criteria[q->of].id);
    tdo_putf(&o, " = %s ", answer);
    put_id(&o, s->criteria[q->in].id);
    return o.failed ? NULL : o.text;
}

static void put_change(tdo_sink *o, const tdo_criterion *c)
{
    if (c->goal != TDO_GOAL_TARGET) {
        tdo_puts(o, c->goal == TDO_GOAL_MIN ? " less" : " more");
        return;
    }
    tdo_puts(o, " nearer to ");
    tdo_put_number(o, c->target);
}

/* An end of what is worth something: of a target its distance. */
static void put_end(tdo_sink *o, const tdo_criterion *c, bool best)
{
    const bool up = c->n_value == 2 && c->value_v[0] < c->value_v[1];
    tdo_put_number(o, c->has_range ? (best ? c->best : c->worst) : c->value_x[best == up ? 1 : 0]);
}

void tdo_ask_write_rate(const tdo_scenario *s, const tdo_rate_question *q, size_t number,
                        tdo_sink *o)
{
    const tdo_criterion *of = &s->criteria[q->of], *in = &s->criteria[q->in];
    tdo_putf(o, "Trade-off %zu  %s: ", number, of->label);
    tdo_put_number(o, q->amount);
    tdo_putf(o, "%s%s", *of->unit ? " " : "", of->unit);
    put_change(o, of);
    tdo_putf(o, "\n     is worth the same to you as %s: how much", in->label);
    put_change(o, in);
    tdo_putf(o, "%s%s?\n     All of it, from ", *in->unit ? ", in " : "", in->unit);
    put_end(o, in, false);
    tdo_puts(o, " to ");
    put_end(o, in, true);
    tdo_puts(o, ", is ");
    tdo_put_rounded(o, q->all, SPREAD_DIGITS);
    tdo_puts(o, ".\n");
}

tdo_status tdo_ask_unnamed(const tdo_scenario *s, size_t who, tdo_arena *a, const char **out,
                           size_t *n)
{
    const tdo_stakeholder *h = &s->stakeholders[who];
    *n = 0;
    for (size_t c = 0; c < s->n_criteria; c++) {
        tdo_sink o = tdo_sink_memory(a);
        bool named = strchr(s->criteria[c].id, '`') != NULL;
        for (size_t k = 0; k < h->n_prefers && !named; k++)
            named = h->prefers[k].better || h->prefers[k].coefficient[c] < 0 ||
                    h->prefers[k].coefficient[c] > 0;
        if (named)
            continue;
        put_id(&o, s->criteria[c].id);
        tdo_puts(&o, " >= 0");
        if (o.failed)
            return TDO_E_MEMORY;
        out[(*n)++] = o.text;
    }
    return TDO_OK;
}
