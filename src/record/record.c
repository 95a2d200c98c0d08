/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decision record in Markdown: the headings are those of MADR 4 (adr.github.io/madr), so that the
 * tools for such records read it. Read this first: front matter, context and drivers are here. */
#include <math.h>

#include "base/plain.h"
#include "explain/limit_words.h"
#include "explain/words.h"
#include "record/parts.h"

/* ---- front matter: YAML, in which a JSON string is a string ---- */

static void put_yaml(record_page *p, const char *text)
{
    const char *plain = plain_text(p->m.a, text);
    p->m.failed = p->m.failed || !plain;
    tdo_put_json_string(p->m.o, plain ? plain : "", false);
}

static void put_front_matter(record_page *p)
{
    const tdo_decision *d = p->d;
    tdo_puts(p->m.o, "---\nstatus: accepted\n");
    if (d->date)
        tdo_putf(p->m.o, "date: %s\n", d->date);
    if (d->n_decided_by)
        tdo_puts(p->m.o, "decision-makers:\n");
    for (size_t k = 0; k < d->n_decided_by; k++) {
        tdo_puts(p->m.o, "  - ");
        put_yaml(p, d->decided_by[k]);
        tdo_puts(p->m.o, "\n");
    }
    tdo_puts(p->m.o, "---\n\n");
}

/* ---- context ---- */

/* "quality at least 0.4 NDCG; latency at most 80 ms" */
static void put_needs(markup_writer *m, const tdo_stakeholder *who)
{
    tdo_sink text = tdo_sink_memory(m->a);
    for (size_t k = 0; k < who->n_needs; k++) {
        const tdo_need *need = &who->needs[k];
        tdo_puts(&text, k ? "; " : "");
        speech_put_need(&text, m->run->scenario, need);
        tdo_puts(&text, need->veto ? " (veto)" : "");
    }
    markup_collected(m, &text);
}

static void put_context(record_page *p)
{
    markup_writer *m = &p->m;
    const tdo_run *run = m->run;
    const tdo_scenario *s = run->scenario;
    tdo_puts(m->o, "\n## Context and Problem Statement\n\n");
    if (s->title[0]) {
        markup_put(m, s->title);
        tdo_puts(m->o, ": which of the candidates?");
    } else {
        tdo_puts(m->o, "Which of the candidates?");
    }
    tdo_putf(m->o, " %zu were measured", run->measured.n - run->screened.dropped_n);
    tdo_putf(m->o, ", %zu meet every limit", run->screened.feasible_n);
    if (run->feasible)
        tdo_putf(m->o, ", and %zu of these are beaten outright by no other one", run->front.count);
    tdo_puts(m->o, ".");
    if (run->measured.incumbent != TDO_NONE) {
        tdo_puts(m->o, " Today ");
        record_name(p, run->measured.id[run->measured.incumbent]);
        tdo_puts(m->o, " runs.");
    }
    tdo_puts(m->o, "\n\n");
    markup_head(m, "Who", false);
    markup_head(m, "Power", true);
    markup_head(m, "Weights", false);
    markup_head(m, "Needs", false);
    markup_head_end(m);
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        markup_text(m, s->stakeholders[h].label);
        markup_number(m, run->utility.power[h], 3);
        markup_weights(m, h);
        put_needs(m, &s->stakeholders[h]);
        markup_end(m);
    }
    markup_meanings(m);
}

/* ---- drivers ---- */

static void put_goal(markup_writer *m, const tdo_criterion *c)
{
    tdo_sink text = tdo_sink_memory(m->a);
    tdo_puts(&text, tdo_goal_name[c->goal]);
    if (c->goal == TDO_GOAL_TARGET) {
        tdo_puts(&text, " ");
        tdo_put_reading(&text, c, c->target);
    }
    markup_collected(m, &text);
}

static void put_end(markup_writer *m, const tdo_criterion *c, double measurement)
{
    tdo_sink text = tdo_sink_memory(m->a);
    if (!isnan(measurement))
        tdo_put_reading(&text, c, measurement);
    if (!isnan(measurement) && c->goal == TDO_GOAL_TARGET)
        tdo_puts(&text, " away");
    markup_collected(m, &text);
}

static void put_criteria(record_page *p)
{
    markup_writer *m = &p->m;
    const tdo_run *run = m->run;
    markup_head(m, "Criterion", false);
    markup_head(m, "Goal", false);
    markup_head(m, "Group weight", true);
    markup_head(m, "Worth 0", false);
    markup_head(m, "Worth 1", false);
    markup_head_end(m);
    for (size_t c = 0; c < run->scenario->n_criteria; c++) {
        const tdo_criterion *of = &run->scenario->criteria[c];
        markup_text(m, of->label);
        put_goal(m, of);
        markup_number(m, run->utility.group_weight[c], 3);
        put_end(m, of, run->valued.worst[c]);
        put_end(m, of, run->valued.best[c]);
        markup_end(m);
    }
}

static void put_drivers(record_page *p)
{
    const tdo_scenario *s = p->m.run->scenario;
    tdo_puts(p->m.o, "\n## Decision Drivers\n\n");
    put_criteria(p);
    tdo_puts(p->m.o, "\n");
    for (size_t j = 0; j < s->n_constraints; j++) {
        const tdo_constraint *k = &s->constraints[j];
        tdo_sink text = tdo_sink_memory(p->m.a);
        tdo_puts(&text, "Limit: ");
        speech_put_limit_of(&text, p->m.run, k);
        speech_put_whose(&text, p->m.run, k);
        tdo_putf(&text, ", which excludes %zu", p->m.run->screened.excludes[j]);
        record_item(p, &text);
    }
    tdo_putf(p->m.o, "- Rule: %s\n", tdo_rule_name[s->rule]);
}

static void put_title(record_page *p)
{
    const char *title = p->m.run->scenario->title;
    tdo_puts(p->m.o, "# ");
    markup_put(&p->m, title[0] ? title : "Decision");
    tdo_puts(p->m.o, ": ");
    markup_put(&p->m, p->d->chosen);
    tdo_puts(p->m.o, "\n");
}

/* What the page cannot compute, and is handed over there: how sure it is, and the set. */
static tdo_status find_told(record_page *p, const tdo_run *run)
{
    const tdo_decision *d = p->d;
    tdo_sentences repeats, set;
    tdo_status status = TDO_OK;
    p->repeats = d->repeats, p->n_repeats = d->n_repeats;
    p->portfolio = d->portfolio, p->n_portfolio = d->n_portfolio;
    p->in_set = d->in_set;
    if (run->sampled) {
        status = tdo_explain_robust(run, p->m.a, &repeats);
        p->repeats = (const char *const *)repeats.item, p->n_repeats = repeats.n;
    }
    if (status == TDO_OK && run->picked) {
        status = tdo_explain_set(run, p->m.a, &set);
        p->portfolio = (const char *const *)set.item, p->n_portfolio = set.n;
        p->in_set = !run->portfolio.found                               ? TDO_IN_UNKNOWN
                    : tdo_portfolio_takes(&run->portfolio.set, p->s->i) ? TDO_IN_SET
                                                                        : TDO_NOT_IN_SET;
    }
    return status;
}

tdo_status tdo_write_record(const tdo_run *run, const tdo_decision *d, const char *twin,
                            tdo_sink *o)
{
    tdo_run told = *run; /* what repeats say stands in one place, so that the page, which draws no
                            samples, writes the same record */
    told.sampled = false;
    record_stand s = {0};
    record_page p = {
        .m = {.run = &told, .o = o, .a = tdo_arena_new()}, .d = d, .s = &s, .twin = twin};
    tdo_status status = p.m.a ? record_find_stand(run, d->chosen, p.m.a, &s) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = find_told(&p, run);
    if (status == TDO_OK) {
        put_front_matter(&p);
        put_title(&p);
        put_context(&p);
        put_drivers(&p);
        record_options(&p);
        record_outcome(&p);
        record_pros_and_cons(&p);
        record_more(&p);
        status = p.m.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    }
    tdo_arena_free(p.m.a);
    return status;
}
