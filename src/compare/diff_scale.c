/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Observed ranges that moved between two results, and because of whom. */
#include <string.h>

#include "base/list.h"
#include "compare/diff_parts.h"

/* What became of one who holds an end of a range, as words; NULL: nothing that moves it. */
typedef struct mover {
    const tdo_result_candidate *who;
    const char *what;
} mover;

/* The measured one whose measurement is this end; equal ones: the first by the bytes of its id. */
static const tdo_result_candidate *holder_of(const tdo_result *r, const tdo_criterion *c,
                                             double end)
{
    const size_t k = (size_t)(c - r->criteria);
    for (size_t q = 0; q < r->n; q++) {
        const tdo_result_candidate *x = &r->candidate[r->by_id[q]];
        if (x->status != TDO_IS_DROPPED && tdo_measurement(c, x->reading[k]) == end)
            return x;
    }
    return NULL;
}

/* Does the other result have the same candidate with the same measurement? */
static bool stays(const tdo_result *other, const tdo_criterion *c, const tdo_result_candidate *x,
                  double end)
{
    const tdo_result_candidate *y = tdo_result_find(other, x->id);
    return y && y->status != TDO_IS_DROPPED &&
           tdo_measurement(c, y->reading[c - other->criteria]) == end;
}

/* Who moved an end: whoever holds it now and did not before, or else who held it before and does
 * not now. */
static mover find_mover(const tdo_diff *d, const tdo_diff_criterion *c, double was, double is)
{
    const tdo_result_candidate *now = holder_of(d->is, c->is, is);
    const tdo_result_candidate *then = holder_of(d->was, c->was, was);
    if (now && !stays(d->was, c->was, now, is))
        return (mover){now, tdo_result_find(d->was, now->id) ? "measured anew"
                            : d->was->complete               ? "added"
                                                             : "not listed before"};
    if (then && !stays(d->is, c->is, then, was))
        return (mover){then, tdo_result_find(d->is, then->id) ? "measured anew"
                             : d->is->complete                ? "removed"
                                                              : "not listed now"};
    return (mover){NULL, NULL};
}

static void put_end(tdo_sink *o, const tdo_diff *d, const tdo_diff_criterion *c, const char *is,
                    double was_end, double is_end)
{
    const mover by = find_mover(d, c, was_end, is_end);
    tdo_puts(o, is);
    diff_put_bare_reading(o, c->is, is_end, was_end);
    tdo_puts(o, " (was ");
    diff_put_bare_reading(o, c->was, was_end, is_end);
    tdo_puts(o, ")");
    if (!by.who)
        return;
    tdo_puts(o, " because of ");
    tdo_put_quoted(o, by.who->id);
    tdo_putf(o, " (%s)", by.what);
}

bool diff_scale_moved(const tdo_diff_criterion *c)
{
    return c->was && c->is && !c->was->has_range && !c->is->has_range &&
           (c->was->worst != c->is->worst || c->was->best != c->is->best);
}

/* Whose way from worst to best is another one, observed or given: what it weighs is not known any
 * more. */
static void say_asked_again(speech *t, const tdo_diff *d)
{
    size_t n = 0, said = 0;
    for (int pass = 0; pass < 2; pass++) /* count, then name */
        for (size_t k = 0; k < d->n_criteria; k++) {
            const tdo_diff_criterion *c = &d->criterion[k];
            if (!c->was || !c->is || (c->was->worst == c->is->worst && c->was->best == c->is->best))
                continue;
            if (pass == 0) {
                n++;
                continue;
            }
            tdo_puts(&t->o, said ? list_joint(said, n) : "The weights on ");
            tdo_puts(&t->o, c->is->label);
            said++;
        }
    if (!n)
        return;
    tdo_puts(&t->o, " are to be asked again: the way from worst to best is another one now");
    speech_end(t);
}

void diff_say_scales(speech *t, const tdo_diff *d)
{
    for (size_t k = 0; k < d->n_criteria; k++) {
        const tdo_diff_criterion *c = &d->criterion[k];
        if (!diff_scale_moved(c))
            continue;
        const bool worst = c->was->worst != c->is->worst, best = c->was->best != c->is->best;
        tdo_putf(&t->o, "The observed range of %s moved: ", c->is->label);
        if (worst)
            put_end(&t->o, d, c, "0 stands for ", c->was->worst, c->is->worst);
        if (best)
            put_end(&t->o, d, c, worst ? ", 1 for " : "1 stands for ", c->was->best, c->is->best);
        speech_end(t);
    }
    say_asked_again(t, d);
}

/* Is this a rule whose scores rest on the candidate's own readings, the ranges and the wishes? */
static bool rests_on_own(const char *rule)
{
    for (size_t k = 0; k < TDO_RULES; k++)
        if (strcmp(rule, tdo_rule_name[k]) == 0)
            return tdo_rule_about[k]->on_own;
    return false;
}

bool diff_scale_decided(const tdo_diff *d)
{
    const unsigned data = 1u << TDO_AREA_DATA | 1u << TDO_AREA_CANDIDATES;
    bool moved = false;
    if (d->same || !d->was->recommended || !d->is->recommended || d->areas & ~data ||
        d->was->simpler_than || d->is->simpler_than || !rests_on_own(d->is->rule))
        return false;
    for (size_t k = 0; k < d->n_criteria; k++)
        moved |= diff_scale_moved(&d->criterion[k]);
    const char *id[] = {d->was->recommended->id, d->is->recommended->id};
    for (size_t k = 0; k < 2; k++) {
        const tdo_result_candidate *then = tdo_result_find(d->was, id[k]);
        const tdo_result_candidate *now = tdo_result_find(d->is, id[k]);
        const tdo_diff_candidate *changed = diff_find_changed(d, id[k]);
        if (!then || !now || then->status != TDO_IS_FEASIBLE || now->status != TDO_IS_FEASIBLE ||
            (changed && changed->n_readings))
            return false;
    }
    return moved;
}
