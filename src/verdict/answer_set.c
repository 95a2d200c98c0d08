/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer where a set of candidates is wanted: the set, what it is worth and how open it is; the
 * one candidate that would be first alone stands behind it. */
#include "base/list.h"
#include "verdict/answer.h"

enum { IN_LINE = 4 }; /* named in the first line */

static void say_members(answer_writer *w)
{
    const tdo_portfolio_set *set = &w->run->portfolio.set;
    const bool brief = answer_set_names_are_short(w->run, set);
    tdo_sink o = tdo_sink_memory(w->a);
    const bool listed = set->n > IN_LINE && !brief;
    if (listed || (brief && set->n > 1))
        tdo_putf(&o, "a set of %zu%s", set->n, brief ? ": " : "");
    if (brief)
        for (size_t k = 0; k < set->n; k++) {
            tdo_puts(&o, list_joint(k, set->n));
            answer_set_put_short_name(&o, w->run, set->candidate[k]);
        }
    else if (!listed)
        answer_set_put_names(&o, w->run, set);
    tdo_puts(&o, set->n > 1 && !listed && !brief ? ", as a set" : "");
    tdo_answer_line *l = answer_add(w, "Choose", &o);
    for (size_t k = 0; k < set->n && listed && l; k++) {
        tdo_sink name = tdo_sink_memory(w->a);
        answer_put_name(&name, w->run->measured.id[set->candidate[k]]);
        answer_add_piece(w, l, &name);
        l->fills = true;
    }
}

static void say_worth(answer_writer *w)
{
    tdo_sink o = tdo_sink_memory(w->a);
    answer_set_put_worth(&o, w->run);
    answer_add(w, "Worth", &o);
}

/* How many of its candidates are in every set that none beats at every allowed weight. */
static void say_core(answer_writer *w)
{
    const tdo_portfolio *is = &w->run->portfolio;
    size_t always = 0;
    tdo_sink o = tdo_sink_memory(w->a);
    if (!is->has_core || !is->set.n)
        return;
    for (size_t k = 0; k < is->set.n; k++)
        always += is->core[is->set.candidate[k]] >= 1;
    w->out->sure = always == is->set.n;
    if (always)
        tdo_putf(&o, "%zu of these %zu %s", always, is->set.n, always == 1 ? "is" : "are");
    else
        tdo_putf(&o, "none of these %zu is", is->set.n);
    tdo_puts(&o, " in every set that none beats at every allowed weight");
    if (!w->out->sure && is->settle)
        tdo_putf(&o, "; whether %s would settle most", is->settle);
    answer_add(w, w->out->sure ? "Sure" : "Unsure", &o);
}

static void say_alone(answer_writer *w)
{
    const tdo_ranking *r = &w->run->ranking;
    tdo_sink o = tdo_sink_memory(w->a);
    answer_put_slot(&o, w->run, r->recommended);
    tdo_putf(&o, " would be the one, by the rule %s: what stands below is of single candidates",
             tdo_rule_name[r->rule]);
    answer_add(w, "Alone", &o);
}

void answer_say_set(answer_writer *w)
{
    const tdo_portfolio *is = &w->run->portfolio;
    if (is->found) {
        say_members(w);
        say_worth(w);
        say_core(w);
    } else {
        tdo_sink o = tdo_sink_memory(w->a);
        answer_set_put_none(&o, w->run);
        answer_add(w, "None", &o);
    }
    say_alone(w);
}
