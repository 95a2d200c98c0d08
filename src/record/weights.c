/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights, powers, limits and measurements at which another one would be first. */
#include <math.h>
#include <string.h>

#include "explain/amount.h"
#include "explain/words.h"
#include "record/parts.h"

enum { IMPROVEMENTS_SHOWN = 5 };

/* How long the first one under the scenario's rule stays first; NULL where that is another one. */
static const tdo_holds *holds_of(const record_page *p)
{
    const tdo_choice *x = &p->m.run->choice;
    const tdo_holds *h = p->m.run->scenario->rule == TDO_RULE_WEIGHTED ? &x->weighted
                                                                       : &x->headline;
    return x->computed && h->first == p->s->slot ? h : NULL;
}

static void put_share(markup_writer *m, bool there, double share)
{
    markup_cell(m);
    if (there)
        amount_put_rounded(m->o, share, 3);
}

static void put_ahead(markup_writer *m, uint32_t slot)
{
    markup_text(m, slot == UINT32_MAX ? "" : facts_slot_id(m->run, slot));
}

static size_t count_ends(const tdo_hold *hold, size_t n)
{
    size_t ends = 0;
    for (size_t k = 0; k < n; k++)
        ends += hold[k].below != UINT32_MAX || hold[k].above != UINT32_MAX;
    return ends;
}

/* Those that hold whatever the value are left out. */
static void put_holds(markup_writer *m, const tdo_hold *hold, size_t n)
{
    const tdo_scenario *s = m->run->scenario;
    for (size_t k = 0; k < n; k++) {
        const tdo_hold *h = &hold[k];
        if (h->below == UINT32_MAX && h->above == UINT32_MAX)
            continue;
        markup_text(m, s->stakeholders[h->stakeholder].label);
        markup_text(m, h->criterion == TDO_NONE ? "power" : s->criteria[h->criterion].label);
        put_share(m, true, h->current);
        put_share(m, h->below != UINT32_MAX, h->from);
        put_ahead(m, h->below);
        put_share(m, h->above != UINT32_MAX, h->to);
        put_ahead(m, h->above);
        markup_end(m);
    }
}

static void put_weights(record_page *p, const tdo_holds *h)
{
    markup_writer *m = &p->m;
    size_t weights = h->weights_known ? h->weights : 0, powers = h->powers_known ? h->powers : 0;
    size_t ends = count_ends(h->weight, weights) + count_ends(h->power, powers);
    if (!weights && !powers)
        return;
    if (!ends) {
        tdo_puts(m->o, "\nNo single weight or power puts another one first, whatever its value.\n");
        return;
    }
    tdo_puts(m->o, "\nA weight or a power beyond its ends, the others in proportion:\n\n");
    markup_head(m, "Who", false);
    markup_head(m, "Weight", false);
    markup_head(m, "Now", true);
    markup_head(m, "From", true);
    markup_head(m, "Below it", false);
    markup_head(m, "To", true);
    markup_head(m, "Above it", false);
    markup_head_end(m);
    put_holds(m, h->weight, weights);
    put_holds(m, h->power, powers);
    tdo_putf(m->o, "\nWeights and powers that may have any value: %zu of %zu.\n",
             weights + powers - ends, weights + powers);
}

/* Does every reading stay within two standard errors of the difference to now? Such drift does not
 * reopen a decision. */
static bool is_drift(const tdo_run *run, const tdo_improvement *y, uint32_t slot)
{
    const tdo_measured *x = &run->measured;
    const size_t i = run->screened.feasible[slot];
    for (size_t c = 0; c < x->d; c++) {
        const tdo_criterion *k = &run->scenario->criteria[c];
        const double se = x->se[c] ? x->se[c][i] : (double)NAN;
        double by = 0;
        for (size_t t = 0; t < k->n_terms; t++)
            if (strcmp(k->terms[t].column, y->column) == 0)
                by += k->terms[t].coefficient * (y->to - y->from);
        if (fabs(by) > 0 && !(fabs(by) <= 2 * sqrt(2) * se))
            return false;
    }
    return !y->group;
}

/* Single measurements that would put others first. */
static void put_improvements(record_page *p)
{
    const tdo_run *run = p->m.run;
    const tdo_choice *x = &run->choice;
    size_t shown = 0;
    if (!x->computed || x->headline.first != p->s->slot)
        return;
    for (size_t k = 0; k < x->asked && shown < IMPROVEMENTS_SHOWN; k++) {
        const tdo_improvement *y = x->improvement ? &x->improvement[k]
                                                  : &x->candidate[k].improvement;
        tdo_sink text = tdo_sink_memory(p->m.a);
        if (y->criterion == TDO_NONE || is_drift(run, y, x->candidate[k].slot))
            continue;
        tdo_puts(p->m.o, shown++ ? "" : "\nOne measurement of another candidate:\n\n");
        speech_put_candidate(&text, run, speech_candidate_of(run, x->candidate[k].slot));
        tdo_puts(&text, " with ");
        speech_put_improvement(&text, run, y);
        record_item(p, &text);
    }
}

void record_weights(record_page *p)
{
    const tdo_holds *h = holds_of(p);
    tdo_sentences steps = {0};
    if (!h || !p->s->recommended)
        return;
    put_weights(p, h);
    put_improvements(p);
    if (tdo_explain_steps(p->m.run, p->m.a, &steps) != TDO_OK)
        p->m.failed = true;
    tdo_puts(p->m.o, steps.n ? "\nA limit that is relaxed:\n\n" : "");
    record_sentences(p, &steps);
}
