/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ballots say, for people: how far they are apart, what did not fit, who objects. */
#include <math.h>
#include <string.h>

#include "base/plain.h"
#include "explain/amount.h"
#include "table/page.h"

typedef struct gather_words {
    page_writer page;
    const tdo_gathered *g;
} gather_words;

static const char *percent(page_writer *p, double weight)
{
    tdo_sink o = tdo_sink_memory(p->a);
    amount_put_rounded(&o, 100 * weight, 3);
    tdo_puts(&o, "%");
    return page_collected(p, &o);
}

/* The ballots with the least and the largest weight, the first named among equal ones. */
static void find_ends(const tdo_gathered_for *of, size_t d, size_t c, size_t end[2])
{
    end[0] = end[1] = 0;
    for (size_t k = 1; k < of->n; k++) {
        end[0] = of->weight[k * d + c] < of->weight[end[0] * d + c] ? k : end[0];
        end[1] = of->weight[k * d + c] > of->weight[end[1] * d + c] ? k : end[1];
    }
}

/* Who cast it; else its file. */
static const char *from(gather_words *p, uint32_t ballot)
{
    const char *by = p->g->ballot[ballot].by;
    return page_name(&p->page, by ? by : p->g->file[ballot]);
}

/* Its share as the scenario has it. NaN: statements alone say what it may be. */
static double weight_before(const tdo_stakeholder *who, size_t d, size_t c)
{
    double sum = 0;
    for (size_t k = 0; k < d; k++)
        sum += who->weights[k];
    return who->only_prefers || !(sum > 0) ? NAN : who->weights[c] / sum;
}

static void put_spread(gather_words *p, const tdo_gathered_for *of)
{
    const tdo_scenario *s = p->page.run->scenario;
    const size_t d = s->n_criteria;
    const tdo_stakeholder *had = &s->stakeholders[of->stakeholder];
    grid_table g = grid_new(p->page.a, d, 2);
    const size_t what = grid_add(&g, "weight of", GRID_ALIGN_LEFT);
    const size_t low = grid_add(&g, "least", GRID_ALIGN_POINT);
    const size_t mean = grid_add(&g, "mean", GRID_ALIGN_POINT);
    const size_t high = grid_add(&g, "most", GRID_ALIGN_POINT);
    const size_t before = grid_add(&g, "was", GRID_ALIGN_POINT);
    const size_t who = grid_add(&g, "least by", GRID_ALIGN_LEFT);
    const size_t whom = grid_add(&g, "most by", GRID_ALIGN_LEFT);
    size_t rows = 0;
    for (size_t c = 0; c < d && !g.failed; c++) {
        size_t end[2];
        find_ends(of, d, c, end);
        const double least = of->weight[end[0] * d + c], most = of->weight[end[1] * d + c];
        const double was = weight_before(had, d, c);
        if (!(most > 0) && !(was > 0))
            continue;
        grid_set(&g, what, rows, page_name(&p->page, s->criteria[c].label));
        grid_set(&g, low, rows, percent(&p->page, least));
        grid_set(&g, mean, rows, percent(&p->page, of->mean[c]));
        grid_set(&g, high, rows, percent(&p->page, most));
        grid_set(&g, before, rows, isnan(was) ? "open" : percent(&p->page, was));
        grid_set(&g, who, rows, most > least ? from(p, of->ballot[end[0]]) : "");
        grid_set(&g, whom, rows, most > least ? from(p, of->ballot[end[1]]) : "");
        rows++;
    }
    g.n_rows = rows;
    p->page.failed |= g.failed;
    if (!g.failed)
        page_grid(&p->page, &g);
}

/* One ballot: what it says, beside what the scenario has. */
static void put_change(gather_words *p, const tdo_gathered_for *of)
{
    const tdo_scenario *s = p->page.run->scenario;
    const tdo_stakeholder *who = &s->stakeholders[of->stakeholder];
    tdo_sink o = tdo_sink_memory(p->page.a);
    bool open = false;
    for (size_t c = 0; c < s->n_criteria; c++) {
        const double is = of->weight[c];
        const double was = weight_before(who, s->n_criteria, c);
        if (!(is > 0) && !(was > 0))
            continue;
        tdo_putf(&o, "%s%s %s",
                 o.length ? "; " : "weights: ", page_name(&p->page, s->criteria[c].label),
                 percent(&p->page, is));
        open |= of->most[c] > of->least[c];
        if (of->most[c] > of->least[c])
            tdo_putf(&o, " (%s to %s)", percent(&p->page, of->least[c]),
                     percent(&p->page, of->most[c]));
        if (fabs(is - was) > TDO_TIE)
            tdo_putf(&o, ", was %s", percent(&p->page, was));
    }
    if (o.length)
        page_item(&p->page, page_collected(&p->page, &o));
    if (open && p->g->ballot[of->ballot[0]].n_weights == 0 && !who->only_prefers)
        page_item(&p->page,
                  "Answers that leave weights open took the place of weights that were exact; "
                  "to keep those, leave this ballot out");
}

/* ---- all else ---- */

static const char *in_words(gather_words *p, const char *json)
{
    const char *plain = json ? plain_text(p->page.a, json) : "none";
    p->page.failed |= !plain;
    return plain ? plain : "";
}

/* What is another one now, and then what stays though ballots could have changed it. */
static void put_changes(gather_words *p, const tdo_gathered_for *of)
{
    tdo_sink stays = tdo_sink_memory(p->page.a);
    for (size_t k = 0; k < of->n_changes; k++) {
        const tdo_change *x = &of->change[k];
        tdo_sink o = tdo_sink_memory(p->page.a);
        if (x->is && x->was && strcmp(x->is, x->was) == 0) {
            tdo_putf(&stays, "%s%s%s%s %s", stays.length ? "; " : "stays: ", x->who ? x->who : "",
                     x->who ? ": " : "", x->path, in_words(p, x->is));
            continue;
        }
        tdo_putf(&o, "%s%s%s: %s, was %s", x->who ? x->who : "", x->who ? ": " : "", x->path,
                 in_words(p, x->is), in_words(p, x->was));
        page_item(&p->page, page_collected(&p->page, &o));
    }
    if (stays.length)
        page_item(&p->page, page_collected(&p->page, &stays));
}

/* What the way of merging has no place for. */
static void put_left(gather_words *p, const tdo_gathered_for *of)
{
    for (size_t k = 0; k < of->n_left; k++) {
        tdo_sink o = tdo_sink_memory(p->page.a);
        tdo_putf(&o, "not in it, of %s: %s", from(p, (uint32_t)of->left[k].ballot),
                 in_words(p, of->left[k].text));
        page_item(&p->page, page_collected(&p->page, &o));
    }
}

/* What ballots count beside each other, where they say so; what the stakeholder counts stays. */
static void put_powers(gather_words *p, const tdo_gathered_for *of)
{
    const tdo_stakeholder *who = &p->page.run->scenario->stakeholders[of->stakeholder];
    const bool used = of->voices > 1 && p->g->merge != TDO_MERGE_COMMON;
    tdo_sink o = tdo_sink_memory(p->page.a);
    bool other = false;
    for (size_t k = 0; k < p->g->n_ballots; k++) {
        const tdo_ballot *b = &p->g->ballot[k];
        if (strcmp(b->stakeholder, who->id) != 0 || (isnan(b->power) && !used))
            continue;
        other |= fabs(b->power - who->power) > 0;
        tdo_putf(&o, "%s%s ", o.length ? ", " : "", from(p, (uint32_t)k));
        amount_put_rounded(&o, isnan(b->power) ? who->power : b->power, 3);
    }
    if (!other)
        return;
    tdo_sink all = tdo_sink_memory(p->page.a);
    tdo_puts(&all, used ? "counted by their powers: " : "power that was not used: ");
    tdo_puts(&all, page_collected(&p->page, &o));
    tdo_puts(&all, "; the stakeholder keeps power ");
    amount_put_rounded(&all, who->power, 3);
    page_item(&p->page, page_collected(&p->page, &all));
}

/* One person with several ballots for the same stakeholder: each counts, which may not be meant. */
static void put_repeated(gather_words *p, const tdo_gathered_for *of)
{
    const char *id = p->page.run->scenario->stakeholders[of->stakeholder].id;
    for (size_t k = 0; k < p->g->n_ballots; k++) {
        const tdo_ballot *b = &p->g->ballot[k];
        size_t n = 0, before = 0;
        for (size_t q = 0; q < p->g->n_ballots && b->by; q++) {
            const tdo_ballot *is = &p->g->ballot[q];
            const bool same = is->by && strcmp(is->by, b->by) == 0 &&
                              strcmp(is->stakeholder, id) == 0 && strcmp(b->stakeholder, id) == 0;
            n += same;
            before += same && q < k;
        }
        if (n < 2 || before)
            continue;
        tdo_sink o = tdo_sink_memory(p->page.a);
        tdo_putf(&o, "%zu ballots are from %s: each counts", n, from(p, (uint32_t)k));
        page_item(&p->page, page_collected(&p->page, &o));
    }
}

/* Limits of somebody who is several now: of which of them, nobody has said. */
static void put_disowned(gather_words *p, const tdo_gathered_for *of)
{
    const tdo_scenario *s = p->page.run->scenario;
    const tdo_stakeholder *who = &s->stakeholders[of->stakeholder];
    size_t n = 0;
    tdo_sink o = tdo_sink_memory(p->page.a);
    for (size_t j = 0; j < s->n_constraints; j++)
        n += strcmp(s->constraints[j].owner, who->id) == 0;
    if (!n)
        return;
    tdo_putf(&o,
             n == 1 ? "%zu limit names \"%s\" as its owner, who is several now: name another"
                    : "%zu limits name \"%s\" as their owner, who is several now: name another",
             n, who->id);
    page_item(&p->page, page_collected(&p->page, &o));
}

static void put_stakeholder(gather_words *p, const tdo_gathered_for *of)
{
    static const char *const way[TDO_MERGES] = {
        [TDO_MERGE_MEAN] = "merged by the mean of their weights",
        [TDO_MERGE_COMMON] = "merged by what all of them leave open",
        [TDO_MERGE_EACH] = "each kept, the power shared"};
    tdo_sink o = tdo_sink_memory(p->page.a);
    tdo_putf(&o, "%s: %zu ballot%s", p->page.run->scenario->stakeholders[of->stakeholder].label,
             of->voices, of->voices == 1 ? "" : "s");
    if (of->voices > 1)
        tdo_putf(&o, ", %s", way[p->g->merge]);
    if (of->n < of->voices)
        tdo_putf(&o, "; %zu without a word on weights", of->voices - of->n);
    page_heading(&p->page, page_collected(&p->page, &o));
    if (of->n > 1)
        put_spread(p, of);
    else if (of->n == 1)
        put_change(p, of);
    put_changes(p, of);
    put_left(p, of);
    put_powers(p, of);
    put_repeated(p, of);
    if (of->voices > 1 && p->g->merge == TDO_MERGE_EACH)
        put_disowned(p, of);
}

/* Ranges may be others now, and then weights mean something else. */
static void put_other_versions(gather_words *p)
{
    bool some = false;
    for (size_t b = 0; b < p->g->n_ballots; b++) {
        const tdo_ballot *x = &p->g->ballot[b];
        bool other = false;
        for (size_t k = 0; k < x->n_inputs; k++)
            other |= strcmp(x->input[k].role, "scenario") == 0 &&
                     strcmp(x->input[k].sha256, p->page.run->scenario->sha256) != 0;
        if (!other)
            continue;
        if (!some)
            page_heading(&p->page, "Made for another version of the scenario, applied by ids");
        some = true;
        page_item(&p->page, page_name(&p->page, p->g->file[b]));
    }
}

static void put_misfits(gather_words *p)
{
    if (p->g->n_misfits)
        page_heading(&p->page, "Did not fit this version of the scenario, and was left out");
    for (size_t k = 0; k < p->g->n_misfits; k++) {
        tdo_sink o = tdo_sink_memory(p->page.a);
        tdo_putf(&o, "%s: %s", p->g->file[p->g->misfit[k].ballot], p->g->misfit[k].text);
        page_item(&p->page, page_collected(&p->page, &o));
    }
}

static bool is_candidate(const gather_words *p, const char *id)
{
    const tdo_measured *x = &p->page.run->measured;
    for (size_t i = 0; i < x->n; i++)
        if (strcmp(x->id[i], id) == 0)
            return true;
    return false;
}

static void put_objections(gather_words *p)
{
    bool some = false;
    for (size_t b = 0; b < p->g->n_ballots; b++) {
        const tdo_ballot *x = &p->g->ballot[b];
        for (size_t k = 0; k < x->n_objections; k++) {
            tdo_sink o = tdo_sink_memory(p->page.a);
            if (!some)
                page_heading(&p->page, "Objections");
            some = true;
            tdo_puts(&o, from(p, (uint32_t)b));
            if (x->objection[k].candidate)
                tdo_putf(&o, " to %s%s", x->objection[k].candidate,
                         is_candidate(p, x->objection[k].candidate) ? "" : ", who is no candidate");
            tdo_putf(&o, ": %s", x->objection[k].words);
            page_item(&p->page, page_collected(&p->page, &o));
        }
    }
}

tdo_status tdo_write_gathered(const tdo_run *run, const tdo_gathered *g,
                              const tdo_table_style *style, tdo_sink *o)
{
    gather_words p = {.page = {.run = run, .style = style, .o = o, .a = tdo_arena_new()}, .g = g};
    const size_t n = run->scenario->n_stakeholders, b = g->n_ballots;
    if (!p.page.a)
        return TDO_E_MEMORY;
    tdo_putf(o, "%zu ballot%s, for %zu of %zu stakeholder%s\n", b, b == 1 ? "" : "s", g->n_who, n,
             n == 1 ? "" : "s");
    for (size_t k = 0; k < g->n_who; k++)
        put_stakeholder(&p, &g->who[k]);
    put_other_versions(&p);
    put_misfits(&p);
    put_objections(&p);
    tdo_arena_free(p.page.a);
    return p.page.failed ? TDO_E_MEMORY : tdo_sink_status(o);
}
