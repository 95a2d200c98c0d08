/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands below the candidates: who pays, limits, the split, rules, who is out. */
#include <math.h>
#include <string.h>

#include "base/list.h"
#include "explain/amount.h"
#include "explain/limit_words.h"
#include "explain/mix.h"
#include "table/page.h"
#include "verdict/answer.h"

enum {
    LEVEL_SHOWN = 3, /* candidates tied with a winner; the others are counted */
    NARROW = 72,     /* columns below which a heading stands on a line of its own */
    LEAST_BRINGS = 20,
    LEAST_NAME = 8,
    LEAST_LIMIT = 9,
    OUT_SHOWN = 10 /* candidates that are out; the others are counted */
};

static void may_wrap(grid_table *g, size_t column, size_t least)
{
    if (g->failed)
        return;
    g->column[column].least = least;
    g->column[column].wraps = true;
}

/* ---- who pays ---- */

/* "number 16"; "this one"; its name where others share the place. */
static const char *favourite_of(page_writer *p, size_t h)
{
    enum { MOST_NAME = 21 };
    const uint32_t slot = p->run->ranking.favourite[h];
    const char *place = page_place(p, p->run->screened.feasible[slot]);
    const char *text = slot == p->run->ranking.recommended ? "this one"
                       : *place == '=' ? plain_shorten(p->a, page_slot(p, slot), MOST_NAME)
                                       : tdo_text(p->a, "number %s", place);
    p->failed = p->failed || !text;
    return text ? text : "";
}

/* "Servers -2": what the favourite has that is worth most to them. */
static const char *would_bring(page_writer *p, const amount_scale *scale, size_t h)
{
    const tdo_run *run = p->run;
    const uint32_t best = run->ranking.recommended, favourite = run->ranking.favourite[h];
    const size_t c = answer_loss(run, h, best);
    tdo_sink o = tdo_sink_memory(p->a);
    if (c != TDO_NONE) {
        const tdo_criterion *k = &run->scenario->criteria[c];
        tdo_putf(&o, "%s%s ", k->label, k->levels ? ":" : "");
        amount_put_change(&o, run, scale, c, facts_reading_at(run, c, favourite),
                          facts_reading_at(run, c, best));
        answer_put_doubt(&o, run, c, favourite, best);
    }
    return page_name(p, page_collected(p, &o));
}

/* The stakeholders, whoever gives up most first. */
static size_t *by_regret(page_writer *p)
{
    const tdo_run *run = p->run;
    const uint32_t best = run->ranking.recommended;
    size_t *who = tdo_alloc(p->a, run->utility.s, sizeof *who);
    p->failed = p->failed || !who;
    for (size_t h = 0; h < run->utility.s && !p->failed; h++) {
        size_t at = h;
        for (; at > 0 && facts_regret_at(run, who[at - 1], best) < facts_regret_at(run, h, best);
             at--)
            who[at] = who[at - 1];
        who[at] = h;
    }
    return who;
}

/* "693 of 2000": the place of what is recommended on their own list. */
static const char *own_place(page_writer *p, size_t h)
{
    const tdo_run *run = p->run;
    const char *text = tdo_text(p->a, "%u of %zu", facts_own_rank(run, h, run->ranking.recommended),
                                run->utility.f);
    p->failed = p->failed || !text;
    return text ? text : "";
}

void page_who_pays(page_writer *p)
{
    const tdo_run *run = p->run;
    const amount_scale *scale = amount_scales(run, p->a);
    const size_t *who = by_regret(p);
    size_t first = strlen("Who pays"), place = strlen("Own place"), named = strlen("number 12");
    p->failed = p->failed || !scale;
    for (size_t h = 0; h < run->utility.s && !p->failed; h++) {
        const size_t wide = plain_width(page_person(p, h));
        first = wide > first ? wide : first;
        const size_t name = plain_width(favourite_of(p, h));
        named = name > named ? name : named;
        const size_t own = strlen(own_place(p, h));
        place = own > place ? own : place;
    }
    const size_t at = first + 2 + place + 2 + named + 2;
    tdo_puts(p->o, "\n");
    plain_put_padded(p->o, "Who pays", first + 2, false);
    plain_put_padded(p->o, "Own place", place + 2, false);
    const char *brings = "What it would bring, above all";
    const bool narrow = p->style->width && at + strlen(brings) > p->style->width;
    const bool below = p->style->width && at + LEAST_BRINGS > p->style->width;
    plain_put_padded(p->o, "Favourite", below ? 0 : at - (first + 2 + place + 2), false);
    tdo_putf(p->o, "%s\n", below ? "\n  brings most" : narrow ? "brings most" : brings);
    for (size_t k = 0; k < run->utility.s && !p->failed; k++) {
        const size_t h = who[k];
        const char *has = would_bring(p, scale, h);
        plain_put_padded(p->o, page_person(p, h), first + 2, false);
        plain_put_padded(p->o, own_place(p, h), place + 2, false);
        if (*has) {
            plain_put_padded(p->o, favourite_of(p, h), below ? 0 : at - (first + 2 + place + 2),
                             false);
            tdo_puts(p->o, below ? "\n  " : "");
            plain_put_folded(p->o, has, p->style->width, below ? 2 : at, below ? 4 : at);
        } else {
            tdo_puts(p->o, favourite_of(p, h));
        }
        tdo_puts(p->o, "\n");
    }
}

/* ---- limits ---- */

/* Was its bound typed beside the scenario, as "latency<=80"? */
static bool is_typed(const page_writer *p, const tdo_constraint *k)
{
    const tdo_overrides *typed = &p->style->what_if;
    const tdo_scenario *s = p->run->scenario;
    const size_t c = k->condition.criterion;
    for (size_t q = 0; q < typed->n_limit; q++) {
        const char *text = typed->limit[q];
        size_t n = strcspn(text, "<>");
        while (n && text[n - 1] == ' ')
            n--;
        const char *const name[] = {c == TDO_NONE ? k->condition.column : s->criteria[c].id,
                                    c == TDO_NONE ? "" : s->criteria[c].label};
        for (size_t x = 0; x < 2; x++)
            if (strlen(name[x]) == n && strncmp(name[x], text, n) == 0)
                return true;
    }
    return false;
}

static const char *limit_of(page_writer *p, size_t j)
{
    tdo_sink o = tdo_sink_memory(p->a);
    speech_put_limit_of(&o, p->run, &p->run->scenario->constraints[j]);
    tdo_puts(&o, is_typed(p, &p->run->scenario->constraints[j]) ? " (what if)" : "");
    return page_name(p, page_collected(p, &o));
}

void page_limits(page_writer *p)
{
    const tdo_run *run = p->run;
    const tdo_scenario *s = run->scenario;
    const size_t all = run->measured.n - run->screened.dropped_n;
    if (!s->n_constraints)
        return;
    grid_table g = grid_new(p->a, s->n_constraints, 0);
    const bool narrow = p->style->width && p->style->width < NARROW;
    tdo_sink meet = tdo_sink_memory(p->a);
    tdo_putf(&meet, "Limits (%zu of %zu meet all)", run->screened.feasible_n, all);
    const char *head = page_collected(p, &meet);
    size_t text = grid_add(&g, narrow ? "" : head, GRID_ALIGN_LEFT);
    size_t owner = grid_add(&g, "Owner", GRID_ALIGN_LEFT);
    size_t out = grid_add(&g, "Shuts out", GRID_ALIGN_RIGHT);
    size_t alone = grid_add(&g, "By it alone", GRID_ALIGN_RIGHT);
    size_t why = p->style->full ? grid_add(&g, "Why", GRID_ALIGN_LEFT) : 0;
    for (size_t j = 0; j < s->n_constraints && !g.failed; j++) {
        grid_set(&g, text, j, limit_of(p, j));
        grid_set(&g, owner, j, page_name(p, speech_owner_of(s, s->constraints[j].owner)));
        grid_set(&g, out, j, tdo_text(p->a, "%zu of %zu", run->screened.excludes[j], all));
        grid_set(&g, alone, j, page_count(p, run->screened.alone[j]));
        if (p->style->full)
            grid_set(&g, why, j, page_name(p, s->constraints[j].why));
    }
    may_wrap(&g, text, LEAST_LIMIT);
    may_wrap(&g, owner, LEAST_NAME);
    if (p->style->full)
        may_wrap(&g, why, LEAST_LIMIT);
    tdo_puts(p->o, "\n");
    if (narrow) /* the column of the limits is too narrow for it */
        page_line(p, NULL, head);
    page_grid(p, &g);
}

/* ---- the split ---- */

void page_split(page_writer *p)
{
    const tdo_mix *m = &p->run->mix;
    tdo_sink o = tdo_sink_memory(p->a);
    if (!p->run->mixed || m->n_shares == 1)
        return;
    for (size_t k = 0; k < m->n_shares; k++) {
        tdo_puts(&o, k ? " with " : "");
        amount_put_rounded(&o, speech_share_percent(m, k), SPEECH_PERCENT_DIGITS);
        tdo_puts(&o, "% ");
        answer_put_name(&o, p->run->measured.id[m->shares[k].candidate]);
    }
    if (!m->n_shares) {
        tdo_puts(&o, "no split meets its limits");
    } else if (m->rule == TDO_MIX_MAXIMIN || m->rule == TDO_MIX_LEXIMIN) {
        double least = INFINITY, single = INFINITY;
        for (size_t h = 0; h < p->run->utility.s; h++) {
            least = m->utility[h] < least ? m->utility[h] : least;
            single = m->single_utility && m->single_utility[h] < single ? m->single_utility[h]
                                                                        : single;
        }
        tdo_puts(&o, " would give whoever is worst off ");
        if (isfinite(single)) {
            amount_put_points_apart(&o, 100 * least, " instead of ", 100 * single);
            tdo_puts(&o, " with ");
            answer_put_name(&o, p->run->measured.id[m->single]);
            tdo_puts(&o, ", the best one within its limits");
        } else {
            amount_put_points(&o, 100 * least);
        }
    } else {
        tdo_putf(&o, " would be first by the rule %s", tdo_mix_rule_name[m->rule]);
    }
    tdo_puts(&o, ": see \"tradeoff mix\"");
    tdo_puts(p->o, "\n");
    page_labelled(p, "Split", page_collected(p, &o));
}

/* ---- rules ---- */

/* Who else is first under the rule. */
static void put_level(page_writer *p, tdo_sink *o, size_t rule)
{
    const tdo_ranking *r = &p->run->ranking;
    size_t n = 0;
    for (size_t i = 0; i < r->n_first[rule]; i++) {
        const uint32_t k = r->first[rule][i];
        if (k == r->winner[rule])
            continue;
        if (n < LEVEL_SHOWN)
            tdo_putf(o, "%s%s", n ? ", " : " (tied with ", page_slot(p, k));
        n++;
    }
    list_rest(o, n < LEVEL_SHOWN ? n : LEVEL_SHOWN, n);
    tdo_puts(o, n ? ")" : "");
}

static const char *why_left_out(const tdo_run *run, tdo_rule rule)
{
    const char *(*lacks)(const tdo_scenario *) = tdo_rule_about[rule]->lacks;
    const char *why = lacks ? lacks(run->scenario) : NULL;
    if (why)
        return why;
    return tdo_rule_takes(rule, run->screened.feasible_n)
               ? "no order could be proven to be the best"
               : "not computed for so many candidates";
}

void page_rules(page_writer *p)
{
    const tdo_ranking *r = &p->run->ranking;
    uint64_t told = 0; /* bit q: the rule was named */
    page_heading(p, "Who wins under which rule");
    for (size_t q = 0; q < TDO_RULES; q++) {
        size_t n = 0;
        if (!r->by_rule[q].computed || (told >> q & 1))
            continue;
        tdo_sink o = tdo_sink_memory(p->a);
        tdo_putf(&o, "%s: ", page_slot(p, r->winner[q]));
        for (size_t k = q; k < TDO_RULES; k++) {
            if (!r->by_rule[k].computed || r->winner[k] != r->winner[q])
                continue;
            told |= UINT64_C(1) << k;
            tdo_putf(&o, "%s%s%s", n++ ? ", " : "", tdo_rule_name[k],
                     k == (size_t)r->rule ? " (the headline)" : "");
            put_level(p, &o, k);
        }
        page_item(p, page_collected(p, &o));
    }
    for (size_t q = 0; q < TDO_RULES; q++)
        if (!r->by_rule[q].computed && !tdo_rule_about[q]->only_asked) {
            tdo_sink o = tdo_sink_memory(p->a);
            tdo_putf(&o, "left out: %s (%s)", tdo_rule_name[q], why_left_out(p->run, (tdo_rule)q));
            page_item(p, page_collected(p, &o));
        }
}

/* ---- who is out ---- */

static void put_one_out(page_writer *p, size_t i)
{
    tdo_sentences why = {0};
    tdo_sink o = tdo_sink_memory(p->a);
    p->failed = p->failed || tdo_reasons(p->run, i, p->a, &why) != TDO_OK;
    tdo_putf(&o, "%s (%s):", p->run->measured.id[i], facts_candidate_status(p->run, i));
    for (size_t k = 0; k < why.n; k++)
        tdo_putf(&o, " %s", why.item[k]);
    page_item(p, page_collected(p, &o));
}

void page_out(page_writer *p)
{
    const tdo_run *run = p->run;
    size_t shown = 0, out = facts_infeasible_n(run) + run->screened.dropped_n;
    if (!out)
        return;
    page_heading(p, "Not in the ranking");
    for (size_t i = 0; i < run->measured.n && shown < OUT_SHOWN; i++)
        if (!facts_is_feasible(run, i)) {
            put_one_out(p, i);
            shown++;
        }
    if (out > shown)
        tdo_putf(p->o, "  and %zu more: --format json or csv has them\n", out - shown);
}
