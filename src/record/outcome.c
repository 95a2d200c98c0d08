/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was decided, against what the analysis says, and what follows. */
#include <math.h>
#include <string.h>

#include "base/list.h"
#include "explain/amount.h"
#include "explain/limit_words.h"
#include "explain/words.h"
#include "record/parts.h"

/* ---- the decision ---- */

static void put_names(record_page *p, const char *what, const char *const *name, size_t n)
{
    if (!n)
        return;
    tdo_puts(p->m.o, what);
    for (size_t k = 0; k < n; k++) {
        tdo_puts(p->m.o, list_joint(k, n));
        markup_put(&p->m, name[k]);
    }
    tdo_puts(p->m.o, ".\n");
}

static void put_decision(record_page *p)
{
    size_t length = strlen(p->d->because);
    tdo_puts(p->m.o, "\n## Decision Outcome\n\nChosen option: ");
    record_name(p, p->d->chosen);
    tdo_puts(p->m.o, ", because ");
    markup_put(&p->m, p->d->because);
    tdo_puts(p->m.o, length && p->d->because[length - 1] == '.' ? "\n" : ".\n");
    put_names(p, "\nDecided by ", p->d->decided_by, p->d->n_decided_by);
    if (p->d->n_dissent)
        tdo_puts(p->m.o, "\nDissent:\n\n");
    record_texts(p, p->d->dissent, p->d->n_dissent);
}

/* What was said against candidates before, as the scenario has it: also against others. */
static void put_objections(record_page *p)
{
    tdo_sentences said = {0};
    p->m.failed |= tdo_explain_objections(p->m.run, TDO_NONE, p->m.a, &said) != TDO_OK;
    if (said.n)
        tdo_puts(p->m.o, "\nObjections:\n\n");
    record_sentences(p, &said);
}

/* "latency <= 80 ms is missed by 40 ms (...): accepted by product: until May" */
static void put_accepted(record_page *p)
{
    if (p->d->n_accepted)
        tdo_puts(p->m.o, "\nAccepted:\n\n");
    for (size_t k = 0; k < p->d->n_accepted; k++) {
        const tdo_acceptance *said = &p->d->accepted[k];
        tdo_sink text = tdo_sink_memory(p->m.a);
        speech_put_broken(&text, p->m.run, said->constraint, p->s->i);
        tdo_putf(&text, "%s%s: %s", said->owner[0] ? ", accepted by " : ", accepted",
                 speech_owner_of(p->m.run->scenario, said->owner), said->words);
        record_item(p, &text);
    }
}

/* ---- the analysis ---- */

/* Where a set is wanted, the analysis answers with that: is the chosen one in it? */
static void put_set(record_page *p)
{
    if (!p->n_portfolio)
        return;
    tdo_puts(p->m.o, "\nThe analysis answers with a set of candidates:\n\n");
    record_texts(p, p->portfolio, p->n_portfolio);
    if (p->in_set != TDO_IN_UNKNOWN) {
        tdo_puts(p->m.o, "- ");
        record_name(p, p->d->chosen);
        tdo_puts(p->m.o, p->in_set == TDO_IN_SET ? " is in it.\n" : " is not in it.\n");
    }
    tdo_puts(p->m.o, "\nWhat follows is of single candidates.\n");
}

static void put_verdict(record_page *p)
{
    const tdo_run *run = p->m.run;
    put_set(p);
    tdo_puts(p->m.o, "\n**");
    if (!run->feasible) {
        tdo_puts(p->m.o,
                 "The analysis finds nothing feasible; this choice accepts what it breaks.");
    } else if (p->s->recommended) {
        tdo_putf(p->m.o, "%s recommends it, too, under the rule %s.",
                 p->n_portfolio ? "Alone, the analysis" : "The analysis",
                 tdo_rule_name[run->ranking.rule]);
    } else {
        tdo_puts(p->m.o, p->n_portfolio ? "Alone, the analysis recommends another one: "
                                        : "The analysis recommends another one: ");
        record_name(p, facts_slot_id(run, run->ranking.recommended));
        tdo_putf(p->m.o, ", under the rule %s.", tdo_rule_name[run->ranking.rule]);
    }
    tdo_puts(p->m.o, "**\n\n");
}

/* Why it is recommended, and how far weights may move; or where it stands, what is given up against
 * the recommended one, and whether any weights would choose it. */
static void put_analysis(record_page *p)
{
    const tdo_run *run = p->m.run;
    tdo_arena *a = p->m.a;
    tdo_sentences place = {0}, sure = {0}, why = {0};
    tdo_status status = TDO_OK;
    if (!p->s->recommended)
        status = tdo_explain_candidate(run, p->s->i, TDO_NONE, a, &place);
    if (status == TDO_OK && (p->s->recommended || !run->feasible))
        status = tdo_explain_recommendation(run, a, &why);
    if (status == TDO_OK && p->s->recommended)
        status = tdo_explain_choice(run, a, &sure);
    if (status == TDO_OK && !p->s->recommended && p->s->slot != UINT32_MAX)
        status = tdo_explain_candidate_choice(run, p->s->i, a, &sure);
    p->m.failed = p->m.failed || status != TDO_OK;
    put_verdict(p);
    record_sentences(p, &place);
    record_sentences(p, &why);
    record_sentences(p, &sure);
}

/* ---- consequences ---- */

static void put_against_incumbent(record_page *p)
{
    const tdo_run *run = p->m.run;
    size_t today = run->measured.incumbent;
    tdo_sink good = tdo_sink_memory(p->m.a), bad = tdo_sink_memory(p->m.a);
    if (today == TDO_NONE || today == p->s->i)
        return;
    tdo_puts(&good, "Good, because compared with today's ");
    speech_put_candidate(&good, run, today);
    tdo_puts(&good, " it is better in ");
    size_t before = good.length;
    speech_put_surely(&good, run, p->s->i, 1, today);
    if (good.length > before)
        record_item(p, &good);
    tdo_puts(&bad, "Bad, because compared with today's ");
    speech_put_candidate(&bad, run, today);
    tdo_puts(&bad, " it is worse in ");
    before = bad.length;
    speech_put_surely(&bad, run, p->s->i, -1, today);
    if (bad.length > before)
        record_item(p, &bad);
}

static void put_for_stakeholder(record_page *p, size_t h)
{
    const tdo_run *run = p->m.run;
    const char *who = run->scenario->stakeholders[h].label;
    uint32_t slot = p->s->slot;
    uint32_t rank = facts_own_rank(run, h, slot);
    tdo_sink text = tdo_sink_memory(p->m.a);
    if (rank == 1) {
        tdo_putf(&text, "Good, because %s gets a first choice", who);
    } else {
        tdo_putf(&text, "Bad, because %s gets number %u of %zu on their own list, and gives up ",
                 who, rank, run->valued.f);
        amount_put_rounded(&text, facts_regret_at(run, h, slot), SPEECH_SCORE_DIGITS);
        tdo_puts(&text, " of utility against their favourite ");
        speech_put_candidate(&text, run, speech_candidate_of(run, run->ranking.favourite[h]));
    }
    record_item(p, &text);
}

static void put_need(record_page *p, const record_met_need *n)
{
    const tdo_scenario *s = p->m.run->scenario;
    const tdo_criterion *c = &s->criteria[n->need->criterion];
    tdo_sink text = tdo_sink_memory(p->m.a);
    tdo_putf(&text, "%s, because what %s needs is %smet: %s is ", n->by <= 0 ? "Good" : "Bad",
             s->stakeholders[n->stakeholder].label, n->by <= 0 ? "" : "not ", c->label);
    tdo_put_reading(&text, c, n->reading);
    if (n->by > 0) {
        tdo_puts(&text, n->low ? ", should be at least " : ", should be at most ");
        tdo_put_reading(&text, c, n->low ? n->need->min : n->need->max);
    }
    record_item(p, &text);
}

static void put_consequences(record_page *p)
{
    const tdo_run *run = p->m.run;
    tdo_puts(p->m.o, "\n### Consequences\n\n");
    put_against_incumbent(p);
    for (size_t h = 0; p->s->slot != UINT32_MAX && h < run->utility.s; h++)
        put_for_stakeholder(p, h);
    for (size_t k = 0; k < p->s->n_needs; k++)
        put_need(p, &p->s->need[k]);
    for (size_t j = 0; j < run->scenario->n_constraints; j++) {
        tdo_sink text = tdo_sink_memory(p->m.a);
        if (!record_breaks(p->s, j))
            continue;
        tdo_puts(&text, "Bad, because ");
        speech_put_broken(&text, run, j, p->s->i);
        record_item(p, &text);
    }
}

static void put_confirmation(record_page *p)
{
    tdo_puts(p->m.o, "\n### Confirmation\n\n");
    tdo_puts(p->m.o, "`tradeoff recheck` of ");
    markup_put(&p->m, p->twin);
    tdo_puts(p->m.o,
             ", which stands beside this record, runs the analysis again, on the same files or "
             "on newer measurements (`--candidates NEW.csv`). It ends with status 0 while "
             "the decision stands, and with 1 when it is to be opened again.\n");
}

void record_outcome(record_page *p)
{
    put_decision(p);
    put_objections(p);
    put_accepted(p);
    put_analysis(p);
    put_consequences(p);
    put_confirmation(p);
}
