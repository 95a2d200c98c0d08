/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a draft does without: nobody has decided yet that these rows do not count. */
#include <math.h>

#include "base/list.h"
#include "verdict/answer.h"

enum { NAMED = 3 };

/* How many of the dropped candidates lack a criterion. */
static size_t lacking(const tdo_run *run, size_t c)
{
    const tdo_measured *x = &run->measured;
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++)
        n += x->dropped[i] && isnan(x->reading[c][i]);
    return n;
}

/* "3 of 6 candidates: Memory was not measured in a, c and e" */
static void put_dropped(answer_writer *w, tdo_sink *o)
{
    const tdo_run *run = w->run;
    const tdo_measured *x = &run->measured;
    const size_t dropped = run->screened.dropped_n;
    size_t most = TDO_NONE, n = 0, criteria = 0, said = 0;
    for (size_t c = 0; c < x->d; c++) {
        const size_t here = lacking(run, c);
        criteria += here > 0;
        if (here > n) {
            most = c;
            n = here;
        }
    }
    amount_put_grouped(o, (double)dropped);
    tdo_puts(o, " of ");
    amount_put_count(o, x->n, "candidate", "candidates");
    if (most == TDO_NONE)
        return;
    tdo_putf(o, ": %s", run->scenario->criteria[most].label);
    if (criteria > 1)
        tdo_putf(o, " or %s", criteria == 2 ? "another" : "others");
    tdo_puts(o, " was not measured in ");
    for (size_t i = 0; i < x->n && said < NAMED; i++)
        if (x->dropped[i]) {
            tdo_puts(o, dropped <= NAMED ? list_joint(said, dropped) : said ? ", " : "");
            answer_put_name(o, x->id[i]);
            said++;
        }
    list_rest(o, said, dropped);
}

void answer_say_without(answer_writer *w)
{
    const tdo_run *run = w->run;
    const tdo_scenario *s = run->scenario;
    const size_t rows = run->measured.where_dropped;
    tdo_sink o = tdo_sink_memory(w->a);
    if (run->screened.dropped_n)
        put_dropped(w, &o);
    if (rows) {
        tdo_puts(&o, o.length ? "; " : "");
        amount_put_count(&o, rows, "row", "rows");
        tdo_puts(&o, rows == 1 ? " that is no candidate, by " : " that are no candidates, by ");
        for (size_t k = 0; k < s->n_where; k++)
            tdo_putf(&o, "%s%s", list_joint(k, s->n_where), s->where[k].column);
    }
    if (o.length)
        answer_add(w, "Without", &o);
}
