/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer where a set of candidates is wanted: the set, what it is worth and how open it is; the
 * one candidate that would be first alone stands behind it. */
#include "base/list.h"
#include "explain/answer.h"

enum { IN_LINE = 4 }; /* named in the first line */

void answer_put_set_sums(tdo_sink *o, const tdo_run *run, const tdo_portfolio_set *set, bool bounds)
{
    const tdo_portfolio_options *asked = &run->scenario->portfolio;
    for (size_t q = 0; q < asked->n_limits; q++) {
        const tdo_condition *is = &asked->limits[q].condition;
        const tdo_criterion *c = is->column ? NULL : &run->scenario->criteria[is->criterion];
        tdo_putf(o, "; %s ", c ? c->label : is->column);
        amount_put_grouped(o, set->sum[q]);
        if (bounds && is->has_min) {
            tdo_puts(o, " of at least ");
            amount_put_grouped(o, is->min);
        }
        if (bounds && is->has_max) {
            tdo_puts(o, is->has_min ? " and at most " : " of ");
            amount_put_grouped(o, is->max);
        }
        if (c)
            amount_put_unit(o, c);
    }
}

static void put_clash(tdo_sink *o, const tdo_portfolio *p)
{
    tdo_puts(o, "No set keeps what is asked of it: ");
    for (size_t k = 0; k < p->n_clash; k++)
        tdo_putf(o, "%s%s", list_joint(k, p->n_clash), p->clash[k].text);
    tdo_puts(o, p->n_clash > 1 ? " clash" : " cannot hold");
}

static void say_members(answer_writer *w)
{
    const tdo_portfolio_set *set = &w->run->portfolio.set;
    tdo_sink o = tdo_sink_memory(w->a);
    const bool listed = set->n > IN_LINE;
    if (listed)
        tdo_putf(&o, "a set of %zu", set->n);
    else if (!set->n)
        tdo_puts(&o, "none of them");
    for (size_t k = 0; k < set->n && !listed; k++) {
        tdo_puts(&o, list_joint(k, set->n));
        answer_put_name(&o, w->run->measured.id[set->candidate[k]]);
    }
    tdo_puts(&o, set->n > 1 && !listed ? ", as a set" : "");
    tdo_answer_line *l = answer_add(w, "Choose", &o);
    for (size_t k = 0; k < set->n && listed; k++) {
        tdo_sink name = tdo_sink_memory(w->a);
        answer_put_name(&name, w->run->measured.id[set->candidate[k]]);
        answer_add_piece(w, l, &name);
    }
}

static void say_worth(answer_writer *w)
{
    const tdo_portfolio *is = &w->run->portfolio;
    tdo_sink o = tdo_sink_memory(w->a);
    amount_put_points(&o, 100 * is->set.value);
    if (is->status == TDO_PORTFOLIO_OPTIMAL) {
        tdo_puts(&o, " in all, proven");
    } else {
        tdo_puts(&o, " in all, and none has more than ");
        amount_put_points(&o, 100 * is->bound);
    }
    answer_put_set_sums(&o, w->run, &is->set, true);
    answer_add(w, "Worth", &o);
}

/* How many of its candidates are in every set that some allowed weights choose. */
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
    tdo_puts(&o, " in every set that some allowed weights choose");
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
        if (is->status == TDO_PORTFOLIO_INFEASIBLE)
            put_clash(&o, is);
        else
            tdo_puts(&o, "No set was found within the work allowed; there may be one");
        answer_add(w, "None", &o);
    }
    say_alone(w);
}
