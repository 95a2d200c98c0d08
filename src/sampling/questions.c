/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions that do not build on each other's answers go over the samples together, so that what
 * they have in common is drawn once; the same setting is sampled once. */
#include "sampling/inquiry.h"

#include <string.h>

static bool is_same(const sampling_inquiry *q, const sampling_setting *x, const sampling_setting *y)
{
    bool same = x->powers == y->powers && !(x->correlation < y->correlation) &&
                !(x->correlation > y->correlation);
    for (size_t k = 0; k < q->out->n_noise; k++)
        same &= x->noise[k] == y->noise[k];
    for (size_t h = 0; h < q->c->s; h++)
        same &= x->weights[h] == y->weights[h];
    return same;
}

/* What one wants, too. */
static void add_request(pass_request *to, const pass_request *more)
{
    if (more->want & PASS_RANKS)
        to->ranks = more->ranks;
    if (more->want & PASS_FRONTIER)
        to->rivals = more->rivals;
    if (more->want & (PASS_SPREAD | PASS_TIE)) {
        to->among = more->among;
        to->m = more->m;
        to->mean = more->mean;
        to->per_sd = more->per_sd;
        to->lead = more->lead;
    }
    if (more->want & PASS_CONFIDENT) {
        to->asked = more->asked;
        to->n_asked = more->n_asked;
        to->weight = more->weight;
    }
    if (more->want & PASS_MISSED)
        memcpy(to->missed, more->missed, sizeof to->missed);
    to->want |= more->want;
}

tdo_status sampling_pose(sampling_inquiry *q, const sampling_setting *set, const pass_request *want,
                         size_t *at)
{
    sampling_questions *x = &q->together;
    for (*at = 0; *at < x->n; ++*at)
        if (is_same(q, &x->set[*at], set)) {
            add_request(&x->want[*at], want);
            return TDO_OK;
        }
    x->set = tdo_grow(q->a, x->set, x->n, x->n + 1, sizeof *x->set);
    x->want = tdo_grow(q->a, x->want, x->n, x->n + 1, sizeof *x->want);
    x->found = tdo_grow(q->a, x->found, x->n, x->n + 1, sizeof *x->found);
    if (!x->set || !x->want || !x->found)
        return TDO_E_MEMORY;
    x->set[x->n] = *set;
    x->want[x->n++] = *want;
    return TDO_OK;
}

tdo_status sampling_ask(sampling_inquiry *q)
{
    enum { TOGETHER = 32 };
    sampling_questions *x = &q->together;
    tdo_status status = TDO_OK;
    for (size_t from = 0; from < x->n && status == TDO_OK; from += TOGETHER) {
        size_t n = x->n - from < TOGETHER ? x->n - from : TOGETHER;
        const pass_questions some = {x->set + from, x->want + from, n};
        pass_result *found = x->found + from;
        status = sampling_pass(q->c, &some, q->o, q->a, found);
        if (status == TDO_OK)
            q->out->interrupted |= found->cut;
        if (status == TDO_OK && q->o != &q->settled)
            q->out->samples = q->settled.samples = found->done; /* and so of all that follows */
        q->o = &q->settled;
    }
    return status;
}
