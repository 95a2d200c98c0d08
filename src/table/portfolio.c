/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best set of candidates, with --full what sums buy and who is in it whatever the weights. */
#include "base/list.h"
#include "table/page.h"
#include "verdict/answer.h"

#include <math.h>

enum { MOST_SETS = 12, MOST_NAMES = 8 };

bool page_is_chosen(const tdo_run *run, size_t i)
{
    return run->picked && run->portfolio.found
               ? tdo_portfolio_takes(&run->portfolio.set, i)
               : run->feasible && i == run->screened.feasible[run->ranking.recommended];
}

void page_portfolio(page_writer *p)
{
    const tdo_portfolio *is = &p->run->portfolio;
    if (!p->run->picked || !is->found || !p->style->full)
        return;
    page_heading(p, "The set");
    if (!is->set.n)
        page_item(p, "none of them");
    for (size_t k = 0; k < is->set.n; k++) {
        tdo_sink o = tdo_sink_memory(p->a);
        answer_put_name(&o, p->run->measured.id[is->set.candidate[k]]);
        if (is->has_core) {
            tdo_puts(&o, ": ");
            answer_set_put_core(&o, is, is->set.candidate[k]);
        }
        page_item(p, page_collected(p, &o));
    }
}

static void put_frontier(page_writer *p)
{
    const tdo_portfolio *is = &p->run->portfolio;
    page_heading(p, "What more of a sum buys: sets that no other one beats, against the best one");
    for (size_t k = 0; k < is->n_frontier && k < MOST_SETS; k++) {
        const tdo_portfolio_set *set = &is->frontier[k];
        tdo_sink o = tdo_sink_memory(p->a);
        answer_set_put_points(&o, set->value);
        answer_put_set_sums(&o, p->run, set, false);
        answer_set_put_beyond(&o, p->run, "without", &is->set, set, TDO_NONE);
        answer_set_put_beyond(&o, p->run, "with", set, &is->set, TDO_NONE);
        page_item(p, page_collected(p, &o));
    }
    if (is->n_frontier > MOST_SETS) {
        tdo_sink o = tdo_sink_memory(p->a);
        tdo_putf(&o, "%zu more are in the JSON result", is->n_frontier - MOST_SETS);
        page_item(p, page_collected(p, &o));
    }
}

/* One line of those whose core index is in (low, high]. */
static void put_core_line(page_writer *p, double low, double high, const char *words)
{
    const tdo_run *run = p->run;
    tdo_sink o = tdo_sink_memory(p->a);
    size_t n = 0, told = 0;
    for (size_t pass = 0; pass < 2; pass++) {
        if (pass && !n)
            return;
        for (size_t k = 0; k < run->screened.feasible_n; k++) {
            const uint32_t i = run->screened.feasible[run->ranking.order[k]];
            const double core = run->portfolio.core[i];
            if (!(core > low && core <= high) || (pass && told == MOST_NAMES))
                continue;
            if (!pass) {
                n++;
                continue;
            }
            tdo_puts(&o, told ? ", " : "");
            answer_put_name(&o, run->measured.id[i]);
            if (core > 0 && core < 1) {
                tdo_puts(&o, " ");
                amount_put_in_100(&o, core, false);
                tdo_puts(&o, "%");
            }
            told++;
        }
    }
    list_rest(&o, told, n);
    tdo_putf(&o, ": %s", words);
    page_item(p, page_collected(p, &o));
}

static void put_core(page_writer *p)
{
    const tdo_portfolio *is = &p->run->portfolio;
    tdo_sink o = tdo_sink_memory(p->a);
    page_heading(p, "In the set, whatever the weights that are allowed");
    put_core_line(p, 1 - 1e-12, INFINITY, "in every set that some weights choose");
    put_core_line(p, 0, 1 - 1e-12, "in so many of these sets");
    put_core_line(p, -1, 0, "in none");
    if (is->settle) {
        tdo_putf(&o,
                 "Whether %s would settle most: %zu are open now, %zu would be if it holds, %zu if "
                 "not",
                 is->settle, is->open, is->settle_yes, is->settle_no);
        page_item(p, page_collected(p, &o));
    }
}

void page_portfolio_reasons(page_writer *p)
{
    if (!p->run->picked)
        return;
    if (p->run->portfolio.has_frontier)
        put_frontier(p);
    if (p->run->portfolio.has_core)
        put_core(p);
}
