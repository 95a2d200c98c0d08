/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits in plain words: what splits add to single candidates. */
#include "base/list.h"
#include "explain/amount.h"
#include "explain/mix.h"

#include <math.h>

enum { NAMED = 5, GAP_DIGITS = 2, PERCENT_DIGITS = 3 };

static const char *axis_label(const tdo_run *run, size_t k)
{
    const tdo_splits *x = &run->splits;
    return x->space == TDO_SPLITS_OF_CRITERIA ? run->scenario->criteria[x->axis[k]].label
                                              : run->scenario->stakeholders[x->axis[k]].label;
}

/* How many candidates stand alone at a corner; alone: [candidates] which. */
static size_t find_alone(const tdo_splits *x, bool *alone)
{
    size_t n = 0;
    for (size_t k = 0; k < x->points; k++) {
        if (x->point[k].n_shares != 1)
            continue;
        alone[x->point[k].shares[0].candidate] = true;
        n++;
    }
    return n;
}

static void say_corners(speech *t, size_t singles)
{
    const tdo_splits *x = &t->run->splits;
    tdo_puts(&t->o, "The frontier of splits over ");
    for (size_t k = 0; k < x->axes; k++) {
        tdo_puts(&t->o, list_joint(k, x->axes));
        tdo_put_quoted(&t->o, axis_label(t->run, k));
    }
    if (x->points == 0)
        tdo_puts(&t->o, " is empty: no split meets the limits");
    else
        tdo_putf(&t->o,
                 " has %zu corner%s and %zu face%s%s: %zu single candidate%s and %zu split%s",
                 x->points, x->points == 1 ? "" : "s", x->faces, x->faces == 1 ? "" : "s",
                 x->complete ? "" : " so far", singles, singles == 1 ? "" : "s",
                 x->points - singles, x->points - singles == 1 ? "" : "s");
    speech_end(t);
    if (x->complete)
        return;
    tdo_puts(&t->o, "The search was ended early: ");
    if (isinf(x->gap)) {
        tdo_puts(&t->o, "what may be missing is not known");
    } else {
        tdo_puts(&t->o, "at any weights, no split is better than these by more than ");
        amount_put_rounded(&t->o, x->gap, GAP_DIGITS);
    }
    speech_end(t);
}

/* Those whom nobody beats alone, and whom splits beat at all weights. */
static void say_hidden(speech *t, const bool *alone)
{
    const tdo_run *run = t->run;
    size_t n = 0, said = 0;
    for (uint32_t slot = 0; run->feasible && slot < run->valued.f; slot++)
        n += run->front.member[slot] && !alone[speech_candidate_of(run, slot)];
    if (n == 0 || !run->splits.complete || run->splits.points == 0)
        return;
    tdo_puts(&t->o,
             "On the frontier of single candidates, but at all weights some split (or another "
             "one alone) is as good or better: ");
    for (uint32_t slot = 0; slot < run->valued.f && said < NAMED; slot++) {
        const size_t i = speech_candidate_of(run, slot);
        if (!run->front.member[slot] || alone[i])
            continue;
        tdo_puts(&t->o, n <= NAMED ? list_joint(said, n) : said ? ", " : "");
        speech_put_candidate(&t->o, run, i);
        said++;
    }
    list_rest(&t->o, said, n);
    speech_end(t);
}

tdo_status tdo_explain_splits(const tdo_run *run, tdo_arena *a, tdo_sentences *out)
{
    speech t = speech_start(run, a);
    if (run->mixed && run->splits.space != TDO_SPLITS_UNASKED) {
        bool *alone = tdo_alloc(a, run->measured.n, sizeof *alone);
        t.failed |= !alone;
        if (alone) {
            const size_t singles = find_alone(&run->splits, alone);
            say_corners(&t, singles);
            say_hidden(&t, alone);
        }
    }
    return speech_finish(&t, out);
}

/* ---- one candidate ---- */

/* Its largest share at a corner, and at how many it has one. */
typedef struct best_share {
    const tdo_split_point *at;
    double share;
    size_t corners;
    double weights; /* of all, those that choose one of them */
} best_share;

static best_share find_share(const tdo_splits *x, size_t i)
{
    best_share y = {.at = NULL};
    for (size_t k = 0; k < x->points; k++)
        for (size_t s = 0; s < x->point[k].n_shares; s++) {
            if (x->point[k].shares[s].candidate != i)
                continue;
            y.corners++;
            y.weights += x->point[k].weight_share;
            if (x->point[k].shares[s].share > y.share) {
                y.share = x->point[k].shares[s].share;
                y.at = &x->point[k];
            }
        }
    return y;
}

static void put_percent(tdo_sink *o, double share)
{
    amount_put_rounded(o, 100 * share, PERCENT_DIGITS);
    tdo_puts(o, "%");
}

void speech_say_reached(speech *t, size_t i)
{
    const tdo_splits *x = &t->run->splits;
    if (!t->run->mixed || x->space == TDO_SPLITS_UNASKED || !x->complete || x->points == 0)
        return;
    const best_share y = find_share(x, i);
    if (!y.at) {
        tdo_puts(&t->o, "Among splits no weights that are all above 0 need ");
        speech_put_candidate(&t->o, t->run, i);
    } else if (y.at->n_shares == 1) {
        tdo_puts(&t->o, "Among splits ");
        put_percent(&t->o, y.at->weight_share);
        tdo_puts(&t->o, " of all weights choose ");
        speech_put_candidate(&t->o, t->run, i);
        tdo_puts(&t->o, " alone");
    } else {
        tdo_puts(&t->o, "Among splits no weights choose ");
        speech_put_candidate(&t->o, t->run, i);
        tdo_putf(&t->o, " alone, but %zu split%s that ", y.corners, y.corners == 1 ? "" : "s");
        put_percent(&t->o, y.weights);
        tdo_putf(&t->o, " of all weights choose %s it a share, at most ",
                 y.corners == 1 ? "gives" : "give");
        put_percent(&t->o, y.share);
    }
    speech_end(t);
}
