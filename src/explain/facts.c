/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks up in a run what all writers agree on. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "explain/facts.h"

#include "base/sort.h"

#include "tradeoff/output.h"

tdo_case tdo_case_of(const tdo_run *r)
{
    assert(r->scenario);
    return (tdo_case){.s = r->scenario,
                      .x = &r->measured,
                      .f = &r->screened,
                      .v = &r->valued,
                      .u = &r->utility,
                      .front = &r->front,
                      .r = &r->ranking,
                      .regions = &r->regions,
                      .work = r->work};
}

bool facts_has_power(const tdo_run *run, size_t h)
{
    return run->utility.power[h] > 0;
}

void facts_put_person(tdo_sink *o, const tdo_run *run, size_t h)
{
    tdo_puts(o, run->scenario->stakeholders[h].label);
    tdo_puts(o, facts_has_power(run, h) ? "" : " (no power)");
}

bool facts_is_feasible(const tdo_run *run, size_t i)
{
    return run->feasible && run->screened.slot[i] != UINT32_MAX;
}

bool facts_is_answer(const tdo_run *run, size_t i)
{
    if (run->picked)
        return run->portfolio.found && tdo_portfolio_takes(&run->portfolio.set, i);
    return run->feasible && run->screened.feasible[run->ranking.recommended] == i;
}

const char *facts_candidate_status(const tdo_run *run, size_t i)
{
    return run->measured.dropped[i]    ? "dropped"
           : facts_is_feasible(run, i) ? "feasible"
                                       : "infeasible";
}

const char *facts_slot_id(const tdo_run *run, uint32_t k)
{
    assert(k == UINT32_MAX || k < run->screened.feasible_n);
    return k == UINT32_MAX ? NULL : run->measured.id[run->screened.feasible[k]];
}

const tdo_rule_result *facts_headline(const tdo_run *run)
{
    return &run->ranking.by_rule[run->ranking.rule];
}

uint32_t facts_another_first(const tdo_run *run)
{
    const tdo_ranking *r = &run->ranking;
    for (size_t q = 0; q < r->n_first[r->rule]; q++)
        if (r->first[r->rule][q] != r->recommended)
            return r->first[r->rule][q];
    return UINT32_MAX;
}

bool facts_first_by_name(const tdo_run *run)
{
    const tdo_ranking *r = &run->ranking;
    const char *chosen = facts_slot_id(run, r->recommended);
    for (size_t q = 0; q < r->n_first[r->rule]; q++)
        if (strcmp(facts_slot_id(run, r->first[r->rule][q]), chosen) < 0)
            return false;
    return true;
}

bool facts_ties_are_as_good(const tdo_run *run)
{
    const tdo_ranking *r = &run->ranking;
    for (size_t k = 0; k < run->robust.n_tie; k++) {
        bool found = run->robust.tie[k] == r->recommended;
        for (size_t q = 0; q < r->n_tied; q++)
            found = found || r->tied[q] == run->robust.tie[k];
        if (!found)
            return false;
    }
    return true;
}

double facts_behind(const tdo_run *run, uint32_t k)
{
    const double *score = facts_headline(run)->score;
    return tdo_rule_about[run->ranking.rule]->in_stages
               ? (double)NAN
               : score[run->ranking.recommended] - score[k];
}

double facts_utility_at(const tdo_run *run, size_t stakeholder, uint32_t k)
{
    return tdo_utility_at(&run->utility, stakeholder, k);
}

double facts_regret_at(const tdo_run *run, size_t stakeholder, uint32_t k)
{
    return run->utility.best[stakeholder] - facts_utility_at(run, stakeholder, k);
}

uint32_t facts_own_rank(const tdo_run *run, size_t stakeholder, uint32_t k)
{
    const tdo_case now = tdo_case_of(run);
    return tdo_own_rank(&now, stakeholder, k);
}

bool facts_keeps_today(const tdo_run *run, tdo_rule rule)
{
    const tdo_rule_result *y = &run->ranking.by_rule[rule];
    const size_t today = run->measured.incumbent;
    if (!tdo_rule_about[rule]->no_gain || !run->utility.from_incumbent || !y->computed)
        return false;
    const uint32_t slot = run->screened.slot[today];
    return run->ranking.winner[rule] == slot && run->ranking.winner_score[rule] <= TDO_TIE;
}

double facts_reading_at(const tdo_run *run, size_t c, uint32_t k)
{
    assert(k < run->screened.feasible_n);
    return run->measured.reading[c][run->screened.feasible[k]];
}

bool facts_is_assumed(const tdo_run *run, size_t c, size_t i)
{
    const tdo_measured *x = &run->measured;
    return x->imputed && x->imputed[c * x->n + i];
}

double facts_need_gap(const tdo_run *run, const tdo_need *need, size_t i)
{
    const double miss = tdo_need_miss(need, &run->measured, i);
    return isnan(miss) ? 0 : fabs(miss);
}

bool facts_has_open_weights(const tdo_run *run)
{
    bool open = run->regions.any && run->regions.powers.open;
    for (size_t s = 0; run->regions.any && s < run->regions.s; s++)
        open |= run->regions.region[s].open;
    return open;
}

bool facts_is_uncertain(const tdo_run *run)
{
    return facts_has_open_weights(run) || run->robust.n_noise > 0;
}

size_t facts_infeasible_n(const tdo_run *run)
{
    return run->measured.n - run->screened.dropped_n - run->screened.feasible_n;
}

/* The same file may hold the subgroups of several criteria. */
static bool is_again(const tdo_run *run, size_t k)
{
    for (size_t q = 0; q < k; q++)
        if (strcmp(run->groups[q].file, run->groups[k].file) == 0)
            return true;
    return false;
}

bool facts_next_input(const tdo_run *run, size_t *at, facts_input *out)
{
    const tdo_table *t = &run->table;
    size_t k = (*at)++;
    if (k == 0) {
        *out = (facts_input){"scenario", run->scenario->name, run->scenario->sha256};
        return true;
    }
    if (k == 1) {
        *out = (facts_input){"candidates", t->name, t->sha256};
        return true;
    }
    k -= 2;
    if (k < t->n_joined) {
        *out = (facts_input){"join", t->joined[k].name, t->joined[k].sha256};
        return true;
    }
    for (k -= t->n_joined; k < run->n_groups && is_again(run, k); k++)
        (*at)++;
    if (k < run->n_groups) {
        *out = (facts_input){"groups", run->groups[k].name, run->groups[k].sha256};
        return true;
    }
    k -= run->n_groups;
    if (k < run->n_items)
        *out = (facts_input){"items", run->items[k].name, run->items[k].sha256};
    return k < run->n_items;
}

static void mark(bool *listed, size_t *count, size_t i)
{
    *count += !listed[i];
    listed[i] = true;
}

static void mark_slot(const tdo_run *run, bool *listed, size_t *count, uint32_t k)
{
    if (k != UINT32_MAX)
        mark(listed, count, run->screened.feasible[k]);
}

static void mark_ranked(const tdo_run *run, size_t best, bool *listed, size_t *count)
{
    const tdo_ranking *r = &run->ranking;
    for (size_t q = 0; q < run->front.count; q++)
        mark_slot(run, listed, count, run->front.list[q]);
    for (size_t q = 0; q < best; q++)
        mark_slot(run, listed, count, r->order[q]);
    for (size_t h = 0; h < run->scenario->n_stakeholders; h++)
        mark_slot(run, listed, count, r->favourite[h]);
    for (size_t q = 0; q < TDO_RULES; q++)
        if (r->by_rule[q].computed)
            mark_slot(run, listed, count, r->winner[q]);
    mark_slot(run, listed, count, r->recommended);
    mark_slot(run, listed, count, r->top);
    mark_slot(run, listed, count, r->runner_up);
}

/* Whom the split, and the steps of the constraints, name. */
static void mark_mixed(const tdo_run *run, bool *listed, size_t *count)
{
    const tdo_mix *m = &run->mix;
    for (size_t k = 0; run->mixed && k < m->n_shares; k++)
        mark(listed, count, m->shares[k].candidate);
    if (run->mixed && m->n_shares && m->single != TDO_NONE)
        mark(listed, count, m->single);
    if (run->mixed && m->n_shares && m->next != TDO_NONE)
        mark(listed, count, m->next);
    for (size_t q = 0; q < run->swings.n; q++) {
        mark(listed, count, run->swings.item[q].candidate);
        mark(listed, count, run->swings.item[q].to);
    }
    for (size_t q = 0; q < run->n_steps; q++)
        for (size_t k = 0; k < run->steps[q].steps; k++)
            mark(listed, count, run->steps[q].step[k].candidate);
}

tdo_status facts_list_candidates(const tdo_run *run, bool all, tdo_arena *a, facts_listing *out)
{
    const tdo_infeasible *no = &run->infeasible;
    size_t n = run->measured.n, f = run->feasible ? run->screened.feasible_n : 0;
    if (all || n <= TDO_LISTED_MAX) {
        *out = (facts_listing){NULL, n, f};
        return TDO_OK;
    }
    bool *listed = tdo_alloc(a, n, sizeof *listed);
    size_t count = 0, best = f < TDO_LISTED_BEST ? f : TDO_LISTED_BEST;
    if (!listed)
        return TDO_E_MEMORY;
    if (run->feasible)
        mark_ranked(run, best, listed, &count);
    else if (no->nearest != TDO_NONE)
        mark(listed, &count, no->nearest);
    for (size_t q = 0; !run->feasible && q < no->n_relax; q++)
        mark(listed, &count, no->relax[q].admits);
    if (run->measured.incumbent != TDO_NONE)
        mark(listed, &count, run->measured.incumbent);
    mark_mixed(run, listed, &count);
    *out = (facts_listing){listed, count, best};
    return TDO_OK;
}

bool facts_is_listed(const facts_listing *l, size_t i)
{
    return !l->listed || l->listed[i];
}

static bool named_before(const void *user, uint32_t a, uint32_t b)
{
    return strcmp(facts_slot_id(user, a), facts_slot_id(user, b)) < 0;
}

const uint32_t *facts_frontier(const tdo_run *run, tdo_arena *a, size_t *n)
{
    const size_t front = run->front.count;
    const bool ranked = run->scenario->n_stakeholders > 0;
    const uint32_t *from = ranked ? run->ranking.front : run->front.list;
    *n = front + run->layers.n;
    uint32_t *list = tdo_alloc(a, *n, sizeof *list);
    uint32_t *room = tdo_alloc(a, ranked ? 0 : front, sizeof *room);
    if (!list || !room)
        return NULL;
    for (size_t q = 0; q < *n; q++)
        list[q] = q < front ? from[q] : run->layers.slot[q - front];
    if (!ranked)
        sort_by(list, front, named_before, run, room);
    return list;
}

size_t facts_layer(const tdo_run *run, size_t at)
{
    return at < run->front.count ? 1 : run->layers.layer[at - run->front.count];
}

double facts_volume(const tdo_run *run, uint32_t k)
{
    const uint32_t *list = run->front.list;
    size_t low = 0;
    for (size_t n = run->front.count; n > 1;) {
        const size_t half = n / 2;
        low += list[low + half] <= k ? half : 0;
        n -= half;
    }
    assert(list[low] == k);
    return run->volume[low];
}
