/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is taken of noisy subgroups is biased; scores see it centred about the reading. */
#include "noise/groups.h"

/* Adds what was drawn of one source to what will be its centre. */
static void add_drawn(const noise_room *r, size_t q, double *const *sum)
{
    const noise_source *of = &r->slots->plan->source[q];
    const size_t n = r->slots->n;
    for (size_t t = 0; t < of->groups->n; t++)
        for (size_t i = 0; i < n; i++)
            sum[t][i] += r->deviation[(of->row + 2 * t) * n + i];
}

/* Where nothing is shared that is not stated, and where it is. */
static void find_centres(noise_room *r, const noise_setting *set)
{
    const noise_slots *s = r->slots;
    for (uint64_t k = 0; k < NOISE_CENTRED; k++) {
        noise_draw(r, set, k);
        for (size_t q = 0; q < s->plan->n; q++)
            if (s->groups[q])
                add_drawn(r, q, s->groups[q]->centre[set->correlation > 0]);
    }
    for (size_t q = 0; q < s->plan->n; q++)
        for (size_t t = 0; s->groups[q] && t < s->plan->source[q].groups->n; t++)
            for (size_t i = 0; i < s->n; i++)
                s->groups[q]->centre[set->correlation > 0][t][i] /= NOISE_CENTRED;
}

tdo_status noise_centre(noise_slots *s, uint64_t seed)
{
    const noise_plan *p = s->plan;
    noise_room room;
    tdo_arena *own = p->cell_lanes ? tdo_arena_new() : NULL;
    bool *drawn = own ? tdo_alloc(own, p->n, sizeof *drawn) : NULL;
    if (!p->cell_lanes)
        return TDO_OK;
    tdo_status status = drawn ? noise_room_make(s, own, &room) : TDO_E_MEMORY;
    for (size_t q = 0; q < p->n && status == TDO_OK; q++)
        drawn[q] = p->source[q].groups != NULL;
    if (status == TDO_OK)
        find_centres(&room, &(noise_setting){.seed = seed, .drawn = drawn});
    if (status == TDO_OK)
        find_centres(
            &room, &(noise_setting){.seed = seed, .drawn = drawn, .correlation = NOISE_CORRELATED});
    tdo_arena_free(own);
    return status;
}
