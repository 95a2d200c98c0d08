/* SPDX-License-Identifier: GPL-3.0-or-later */
/* More information: what would reopen the decision, and what it was made from. */
#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "explain/amount.h"
#include "explain/limit_words.h"
#include "explain/limits.h"
#include "explain/words.h"
#include "record/parts.h"

enum { ROOM_DIGITS = 3 };

/* A number where a constraint looks, in its unit. */
static void put_limited(markup_writer *m, size_t constraint, double x)
{
    const tdo_scenario *s = m->run->scenario;
    const tdo_condition *is = &s->constraints[constraint].condition;
    tdo_sink text = tdo_sink_memory(m->a);
    if (is->criterion == TDO_NONE)
        amount_put_rounded(&text, x, SPEECH_WORD_DIGITS);
    else
        tdo_put_reading(&text, &s->criteria[is->criterion], x);
    markup_collected(m, &text);
}

/* How far it may go until the limit is broken: a difference. Where errors decide, never more than
 * that, in few digits. */
static void put_room(markup_writer *m, const record_room *r)
{
    const tdo_run *run = m->run;
    const tdo_condition *is = &run->scenario->constraints[r->constraint].condition;
    const bool judged = tdo_judge_of(run->scenario, &run->doubts, r->constraint) != NULL;
    tdo_sink text = tdo_sink_memory(m->a);
    amount_put_rounded(&text, judged ? decimal_beyond(r->room, ROOM_DIGITS, false) : r->room,
                       SPEECH_WORD_DIGITS);
    if (is->criterion != TDO_NONE)
        speech_put_unit_apart(&text, &run->scenario->criteria[is->criterion], r->room);
    if (r->room < 0)
        tdo_puts(&text, " (accepted)");
    markup_collected(m, &text);
}

static void put_rooms(record_page *p)
{
    markup_writer *m = &p->m;
    if (!p->s->n_rooms)
        return;
    tdo_puts(m->o, "A measurement beyond a limit, or a limit moved beyond the measurement:\n\n");
    markup_head(m, "Limit", false);
    markup_head(m, "Owner", false);
    markup_head(m, "Bound", false);
    markup_head(m, "It has", false);
    markup_head(m, "Room left", false);
    markup_head_end(m);
    for (size_t k = 0; k < p->s->n_rooms; k++) {
        const record_room *r = &p->s->room[k];
        const tdo_constraint *of = &m->run->scenario->constraints[r->constraint];
        tdo_sink limit = tdo_sink_memory(m->a);
        speech_put_limit_of(&limit, m->run, of);
        markup_collected(m, &limit);
        markup_text(m, speech_owner_of(m->run->scenario, of->owner));
        put_limited(m, r->constraint, r->bound);
        put_limited(m, r->constraint, r->reading);
        put_room(m, r);
        markup_end(m);
    }
    tdo_puts(m->o, "\n");
}

/* Limits on words have no room: they hold, or it was accepted that they do not. */
static void put_words(record_page *p)
{
    const tdo_run *run = p->m.run;
    for (size_t j = 0; j < run->scenario->n_constraints; j++) {
        const tdo_constraint *k = &run->scenario->constraints[j];
        tdo_sink text = tdo_sink_memory(p->m.a);
        if (!run->measured.matches[j] || record_breaks(p->s, j))
            continue;
        speech_put_limit_of(&text, run, k);
        tdo_puts(&text, " does not hold any more (it has ");
        tdo_put_quoted(&text, run->measured.words[j][run->measured.word[j][p->s->i]]);
        tdo_putf(&text, "%s%s)", k->owner[0] ? "; " : "", speech_owner_of(run->scenario, k->owner));
        record_item(p, &text);
    }
}

/* Limits that it keeps as measured, and is not shown to keep: more evidence may say that it does
 * not.
 */
static void put_unshown(record_page *p)
{
    const tdo_run *run = p->m.run;
    for (size_t k = 0; k < run->doubts.n; k++) {
        const tdo_limit_doubt *d = &run->doubts.limit[k];
        tdo_sink text = tdo_sink_memory(p->m.a);
        if (record_breaks(p->s, d->constraint) || d->status[p->s->i] == TDO_SHOWN ||
            !tdo_is_judged(run->scenario, &run->measured, d, p->s->i))
            continue;
        tdo_puts(&text, "More evidence says that it does not meet ");
        speech_put_limit_of(&text, run, &run->scenario->constraints[d->constraint]);
        tdo_puts(&text, ": it does as measured, but that is not shown (");
        speech_put_holds(&text, d->holds[p->s->i], d->level);
        tdo_puts(&text, ")");
        record_item(p, &text);
    }
}

static void put_need(record_page *p, const record_met_need *n)
{
    const tdo_scenario *s = p->m.run->scenario;
    const tdo_criterion *c = &s->criteria[n->need->criterion];
    const char *who = s->stakeholders[n->stakeholder].label;
    tdo_sink text = tdo_sink_memory(p->m.a);
    if (n->by <= 0) {
        tdo_putf(&text, "What %s needs is not met any more: %s", who, c->label);
        if (n->need->has_min) {
            tdo_puts(&text, " below ");
            tdo_put_reading(&text, c, n->need->min);
        }
        if (n->need->has_max) {
            tdo_puts(&text, n->need->has_min ? " or above " : " above ");
            tdo_put_reading(&text, c, n->need->max);
        }
        tdo_puts(&text, " (it has ");
    } else {
        tdo_putf(&text, "What %s needs is missed by more than today: %s (it has ", who, c->label);
    }
    tdo_put_reading(&text, c, n->reading);
    tdo_puts(&text, ")");
    record_item(p, &text);
}

static bool has_errors(const tdo_run *run)
{
    for (size_t c = 0; c < run->measured.d; c++)
        if (run->measured.se[c])
            return true;
    return false;
}

static void put_reopening(record_page *p)
{
    const tdo_run *run = p->m.run;
    tdo_puts(p->m.o, "\n## More Information\n\n### What would reopen this decision\n\n");
    put_rooms(p);
    put_words(p);
    put_unshown(p);
    for (size_t k = 0; k < p->s->n_needs; k++)
        put_need(p, &p->s->need[k]);
    if (p->s->recommended) {
        tdo_sink text = tdo_sink_memory(p->m.a);
        tdo_puts(&text, "Another one is recommended");
        if (run->ranking.runner_up != UINT32_MAX) {
            tdo_puts(&text, ": today the runner-up ");
            speech_put_candidate(&text, run, speech_candidate_of(run, run->ranking.runner_up));
            if (!isnan(run->ranking.margin)) {
                tdo_puts(&text, " is ");
                amount_put_rounded(&text, fabs(run->ranking.margin), SPEECH_SCORE_DIGITS);
                tdo_puts(&text, run->ranking.margin < 0 ? " ahead in score" : " behind in score");
            } else {
                tdo_puts(&text, " is next");
            }
        }
        if (has_errors(run))
            tdo_puts(&text, "; not where all readings moved within two standard errors");
        record_item(p, &text);
    } else if (p->s->slot != UINT32_MAX) {
        tdo_putf(p->m.o, "- It is not number %u or better any more\n",
                 facts_headline(run)->rank[p->s->slot]);
    }
}

/* ---- what it was made from ---- */

static void put_overrides(record_page *p)
{
    const tdo_overrides *o = &p->d->overrides;
    if (o->n_set || o->n_limit || o->rule)
        tdo_puts(p->m.o, "\nChanged against the scenario's file:\n\n");
    for (size_t k = 0; k < o->n_set + o->n_limit + (o->rule != NULL); k++) {
        tdo_sink text = tdo_sink_memory(p->m.a);
        if (k < o->n_set)
            tdo_putf(&text, "set %s", o->set[k]);
        else if (k < o->n_set + o->n_limit)
            tdo_putf(&text, "limit %s", o->limit[k - o->n_set]);
        else
            tdo_putf(&text, "rule %s", o->rule);
        record_item(p, &text);
    }
}

static void put_inputs(record_page *p)
{
    markup_writer *m = &p->m;
    const tdo_run *run = m->run;
    facts_input x;
    tdo_puts(m->o, "\n### Inputs\n\n");
    markup_head(m, "Role", false);
    markup_head(m, "File", false);
    markup_head(m, "SHA-256", false);
    markup_head_end(m);
    for (size_t at = 0; facts_next_input(run, &at, &x);) {
        markup_text(m, x.role);
        markup_text(m, x.file);
        markup_text(m, x.sha256);
        markup_end(m);
    }
    put_overrides(p);
    for (size_t k = 0; k < run->warnings.n; k++) {
        tdo_sink text = tdo_sink_memory(m->a);
        tdo_puts(m->o, k ? "" : "\nWarnings:\n\n");
        tdo_putf(&text, "%s: %s", run->warnings.item[k].code, run->warnings.item[k].message);
        record_item(p, &text);
    }
    tdo_putf(m->o, "\nMade by tradeoff %s.\n", TDO_VERSION);
}

/* How sure the recommendation is when it is written down: what newer measurements may say. */
static void put_repeats(record_page *p)
{
    if (p->n_repeats)
        tdo_puts(p->m.o,
                 "\nNewer measurements may say otherwise. How sure the recommendation is:\n\n");
    record_texts(p, p->repeats, p->n_repeats);
}

void record_more(record_page *p)
{
    put_reopening(p);
    put_repeats(p);
    record_weights(p);
    put_inputs(p);
}
