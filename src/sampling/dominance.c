/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is on the frontier of a sample: only those can dominate a candidate that are not worse in
 * what has no error, and they are the same in all samples. */
#include "sampling/sample.h"

#include <string.h>

/* How j compares with i in the criteria without an error: worse in one, equal in all, or better. */
static int compare_exact(const sampling_case *c, size_t j, size_t i)
{
    const tdo_case *k = c->k;
    bool better = false;
    for (size_t q = 0; q < c->d; q++) {
        if (c->noise->criterion[q].n > 0)
            continue;
        const int by = tdo_better(&k->s->criteria[q], k->x->reading[q][k->f->feasible[j]],
                                  k->x->reading[q][k->f->feasible[i]]);
        if (by < 0)
            return -1;
        better |= by > 0;
    }
    return better;
}

tdo_status sampling_find_rivals(const sampling_case *c, tdo_arena *a, sampling_rivals *out)
{
    size_t f = c->f, n = 0;
    uint32_t *start = tdo_alloc(a, f + 1, sizeof *start);
    sampling_rival *rival = tdo_alloc(a, f * f, sizeof *rival);
    if (!start || !rival)
        return TDO_E_MEMORY;
    for (uint32_t i = 0; i < f; i++) {
        start[i] = (uint32_t)n;
        for (size_t k = 0; k < f; k++) { /* the best first: they dominate the most */
            uint32_t j = c->k->r->order[k];
            int by = j == i ? -1 : compare_exact(c, j, i);
            if (by >= 0)
                rival[n++] = (sampling_rival){j, by > 0};
        }
    }
    start[f] = (uint32_t)n;
    *out = (sampling_rivals){start, rival};
    return TDO_OK;
}

void sampling_set_gains(const sampling_room *r, double *gain)
{
    const sampling_case *c = r->c;
    const tdo_case *now = c->k;
    for (size_t q = 0; q < c->d; q++) {
        const noise_reader *reader = &c->noise->criterion[q];
        const double *reading = now->x->reading[q];
        for (size_t i = 0; i < c->f && reader->n > 0; i++)
            gain[i] = tdo_shifted_gain(&now->s->criteria[q], reading[now->f->feasible[i]],
                                       sampling_shift_of(r, reader, i));
        gain += reader->n > 0 ? c->f : 0;
    }
}

size_t sampling_noisy_criteria(const sampling_case *c)
{
    size_t n = 0;
    for (size_t q = 0; q < c->d; q++)
        n += c->noise->criterion[q].n > 0;
    return n;
}

bool sampling_is_dominated(const sampling_case *c, const sampling_rivals *r, const double *gain,
                           size_t noisy, size_t i)
{
    for (size_t k = r->start[i]; k < r->start[i + 1]; k++) {
        size_t j = r->rival[k].slot, q = 0;
        bool better = r->rival[k].better;
        for (; q < noisy && gain[q * c->f + j] >= gain[q * c->f + i]; q++)
            better |= gain[q * c->f + j] > gain[q * c->f + i];
        if (q == noisy && better)
            return true;
    }
    return false;
}
