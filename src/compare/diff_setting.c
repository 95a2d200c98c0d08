/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was asked, and who wins under which rule: the files, limits, stakeholders, criteria and
 * rules of two results, paired. */
#include <math.h>
#include <string.h>

#include "compare/diff_parts.h"
#include "explain/amount.h"

const tdo_criterion *diff_result_criterion_of(const tdo_result *r, const char *id)
{
    for (size_t c = 0; c < r->n_criteria; c++)
        if (strcmp(r->criteria[c].id, id) == 0)
            return &r->criteria[c];
    return NULL;
}

static bool same_text(const char *x, const char *y)
{
    return x && y ? strcmp(x, y) == 0 : x == y;
}

/* The same number, or both none. */
static bool same_number(double x, double y)
{
    return x == y || (isnan(x) && isnan(y));
}

/* ---- files: the k-th of a role is the k-th of that role ---- */

static const tdo_result_file *nth_of_role(const tdo_result *r, const char *role, size_t nth)
{
    for (size_t k = 0; k < r->n_inputs; k++)
        if (strcmp(r->input[k].role, role) == 0 && nth-- == 0)
            return &r->input[k];
    return NULL;
}

static size_t place_in_role(const tdo_result *r, size_t at)
{
    size_t nth = 0;
    for (size_t k = 0; k < at; k++)
        nth += strcmp(r->input[k].role, r->input[at].role) == 0;
    return nth;
}

static tdo_status pair_files(tdo_diff *d, tdo_arena *a)
{
    const tdo_result *was = d->was, *is = d->is;
    tdo_diff_file *file = tdo_alloc(a, was->n_inputs + is->n_inputs, sizeof *file);
    size_t n = 0;
    if (!file)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < is->n_inputs; k++) {
        const tdo_result_file *now = &is->input[k];
        const tdo_result_file *then = nth_of_role(was, now->role, place_in_role(is, k));
        file[n++] = (tdo_diff_file){then, now, then && same_text(then->sha256, now->sha256)};
    }
    for (size_t k = 0; k < was->n_inputs; k++)
        if (!nth_of_role(is, was->input[k].role, place_in_role(was, k)))
            file[n++] = (tdo_diff_file){&was->input[k], NULL, false};
    d->file = file;
    d->n_files = n;
    return TDO_OK;
}

/* ---- limits ---- */

static bool same_condition(const tdo_result_limit *x, const tdo_result_limit *y)
{
    return same_number(x->min, y->min) && same_number(x->max, y->max) &&
           strcmp(x->words, y->words) == 0 && same_number(x->shown, y->shown) &&
           x->shown_over_all == y->shown_over_all;
}

/* How alike two limits are: 3 the same condition, 2 the same sides of the same thing, 1 the same
 * thing, 0 not at all. A veto is paired with the same stakeholder's only. */
static int likeness(const tdo_result_limit *x, const tdo_result_limit *y)
{
    if (x->on_column != y->on_column || strcmp(x->on, y->on) != 0 || !same_text(x->veto, y->veto))
        return 0;
    if (same_condition(x, y))
        return 3;
    return x->has_min == y->has_min && x->has_max == y->has_max && !*x->words == !*y->words ? 2 : 1;
}

static bool is_news(const tdo_diff_limit *l)
{
    return !l->was || !l->is || l->moved || l->was->excludes != l->is->excludes ||
           strcmp(l->was->owner, l->is->owner) != 0 || strcmp(l->was->why, l->is->why) != 0;
}

static tdo_status pair_limits(tdo_diff *d, tdo_arena *a)
{
    const tdo_result *was = d->was, *is = d->is;
    const tdo_result_limit *then[TDO_MAX_CONSTRAINTS] = {NULL};
    bool taken[TDO_MAX_CONSTRAINTS] = {false};
    tdo_diff_limit *limit = tdo_alloc(a, was->n_limits + is->n_limits, sizeof *limit);
    size_t n = 0;
    if (!limit)
        return TDO_E_MEMORY;
    for (int alike = 3; alike > 0; alike--)
        for (size_t k = 0; k < is->n_limits; k++)
            for (size_t j = 0; j < was->n_limits && !then[k]; j++)
                if (!taken[j] && likeness(&was->limit[j], &is->limit[k]) == alike) {
                    then[k] = &was->limit[j];
                    taken[j] = true;
                }
    for (size_t k = 0; k < is->n_limits; k++) {
        tdo_diff_limit l = {then[k], &is->limit[k], false};
        l.moved = l.was && !same_condition(l.was, l.is);
        if (is_news(&l))
            limit[n++] = l;
    }
    for (size_t j = 0; j < was->n_limits; j++)
        if (!taken[j])
            limit[n++] = (tdo_diff_limit){&was->limit[j], NULL, false};
    d->limit = limit;
    d->n_limits = n;
    return TDO_OK;
}

/* ---- stakeholders ---- */

static const tdo_result_person *find_person(const tdo_result *r, const char *id)
{
    for (size_t h = 0; h < r->n_people; h++)
        if (strcmp(r->person[h].id, id) == 0)
            return &r->person[h];
    return NULL;
}

static double weight_on(const tdo_result *r, const tdo_result_person *p, const char *id)
{
    const tdo_criterion *c = diff_result_criterion_of(r, id);
    return c ? p->weight[c - r->criteria] : 0;
}

/* Normalised weights are quotients, and may differ in their last digit. */
static bool same_share(double x, double y)
{
    return fabs(x - y) <= TDO_TIE;
}

static bool same_weights(const tdo_diff *d, const tdo_result_person *then,
                         const tdo_result_person *now)
{
    bool same = true;
    for (size_t c = 0; c < d->is->n_criteria; c++)
        same = same && same_share(now->weight[c], weight_on(d->was, then, d->is->criteria[c].id));
    for (size_t c = 0; c < d->was->n_criteria; c++)
        same = same && same_share(then->weight[c], weight_on(d->is, now, d->was->criteria[c].id));
    return same;
}

static tdo_status pair_people(tdo_diff *d, tdo_arena *a)
{
    const tdo_result *was = d->was, *is = d->is;
    tdo_diff_person *person = tdo_alloc(a, was->n_people + is->n_people, sizeof *person);
    size_t n = 0;
    if (!person)
        return TDO_E_MEMORY;
    for (size_t h = 0; h < is->n_people; h++) {
        tdo_diff_person p = {.was = find_person(was, is->person[h].id), .is = &is->person[h]};
        if (p.was) {
            p.weights = !same_weights(d, p.was, p.is);
            p.power = !same_share(p.was->power, p.is->power);
            p.choice = !same_text(p.was->choice, p.is->choice);
        }
        if (!p.was || p.weights || p.power || p.choice)
            person[n++] = p;
    }
    for (size_t h = 0; h < was->n_people; h++)
        if (!find_person(is, was->person[h].id))
            person[n++] = (tdo_diff_person){.was = &was->person[h]};
    d->person = person;
    d->n_people = n;
    return TDO_OK;
}

/* ---- criteria ---- */

/* Observed ends are not known where nobody is feasible. */
static bool same_end(double was, double is)
{
    return was == is || isnan(was) || isnan(is);
}

static tdo_status pair_criteria(tdo_diff *d, tdo_arena *a)
{
    const tdo_result *was = d->was, *is = d->is;
    tdo_diff_criterion *criterion =
        tdo_alloc(a, was->n_criteria + is->n_criteria, sizeof *criterion);
    size_t n = 0;
    if (!criterion)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < is->n_criteria; c++) {
        const tdo_criterion *now = &is->criteria[c], *then = diff_result_criterion_of(was, now->id);
        if (!then || !same_end(then->worst, now->worst) || !same_end(then->best, now->best))
            criterion[n++] = (tdo_diff_criterion){then, now};
    }
    for (size_t c = 0; c < was->n_criteria; c++)
        if (!diff_result_criterion_of(is, was->criteria[c].id))
            criterion[n++] = (tdo_diff_criterion){&was->criteria[c], NULL};
    d->criterion = criterion;
    d->n_criteria = n;
    return TDO_OK;
}

/* ---- rules ---- */

static const char *winner_under(const tdo_result *r, const char *rule)
{
    const tdo_result_winner *w = diff_winner_of(r, rule);
    return w ? w->winner : NULL;
}

static tdo_status pair_winners(tdo_diff *d, tdo_arena *a)
{
    const tdo_result *was = d->was, *is = d->is;
    tdo_diff_winner *winner = tdo_alloc(a, was->n_winners + is->n_winners, sizeof *winner);
    size_t n = 0;
    if (!winner)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < is->n_winners; k++) {
        const tdo_result_winner *now = &is->winner[k];
        const char *then = winner_under(was, now->rule);
        if (!same_text(then, now->winner))
            winner[n++] = (tdo_diff_winner){now->rule, then, now->winner};
    }
    for (size_t k = 0; k < was->n_winners; k++)
        if (!winner_under(is, was->winner[k].rule))
            winner[n++] = (tdo_diff_winner){was->winner[k].rule, was->winner[k].winner, NULL};
    d->winner = winner;
    d->n_winners = n;
    return TDO_OK;
}

tdo_status diff_asked(tdo_diff *d, tdo_arena *a)
{
    tdo_status status = pair_files(d, a);
    if (status == TDO_OK)
        status = pair_limits(d, a);
    if (status == TDO_OK)
        status = pair_people(d, a);
    if (status == TDO_OK)
        status = pair_criteria(d, a);
    if (status == TDO_OK)
        status = pair_winners(d, a);
    return status;
}

/* ---- a limit in words ---- */

static void put_bound(tdo_sink *o, const tdo_criterion *c, const char *before, double bound)
{
    tdo_puts(o, before);
    if (c)
        amount_put_bound(o, c, bound);
    else
        amount_put_grouped(o, bound);
}

void diff_put_limit(tdo_sink *o, const tdo_result *r, const tdo_result_limit *l)
{
    const tdo_criterion *c = l->on_column ? NULL : diff_result_criterion_of(r, l->on);
    const bool plain = !l->words[0] && (l->has_min || l->has_max) &&
                       (strstr(l->text, " <= ") || strstr(l->text, " >= "));
    if (!plain) { /* words, or relative to today's: its text says it */
        tdo_puts(o, l->text);
        return;
    }
    tdo_puts(o, c ? c->label : l->on);
    if (l->has_min)
        put_bound(o, c, " at least ", l->min);
    if (l->has_max)
        put_bound(o, c, l->has_min ? " and at most " : " at most ", l->max);
    if (l->shown > 0) {
        tdo_puts(o, ", shown at ");
        amount_put_rounded(o, 100 * l->shown, 6);
        tdo_puts(o, l->shown_over_all ? "% over all candidates" : "%");
    }
}

const char *diff_owner_of(const tdo_result *r, const tdo_result_limit *l)
{
    for (size_t h = 0; h < r->n_people; h++)
        if (strcmp(r->person[h].id, l->owner) == 0)
            return r->person[h].label;
    return l->owner;
}
