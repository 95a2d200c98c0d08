/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure a lead in score is, by joint draws, each once, or by samples of noise alone. Who is
 * recommended hangs on it, so that it never hangs on how much is sampled otherwise. */
#include "sampling/sample.h"

#include <math.h>

/* Adds up in how many samples top is ahead of each; a tie counts half. */
static void count(const sampling_room *room, uint32_t top, const uint32_t *slot, size_t n,
                  double *ahead)
{
    for (size_t q = 0; q < n; q++) {
        const double lead = room->score[top] - room->score[slot[q]];
        ahead[q] += lead > TDO_TIE ? 1 : lead < -TDO_TIE ? 0 : 0.5;
    }
}

static tdo_status make_case(const tdo_case *k, noise_plan *noise, tdo_arena *a, sampling_case *out)
{
    tdo_status status = noise_make_plan(k->s, k->x, a, noise);
    if (status == TDO_OK)
        status = noise_factorise(noise, NULL, a);
    if (status == TDO_OK)
        status = sampling_case_make(k, noise, a, out);
    out->each_draw = k->x->draws > 0;
    return status;
}

static tdo_status sample(const tdo_case *k, uint32_t top, const uint32_t *slot, size_t n,
                         double *holds, tdo_arena *a)
{
    noise_plan noise;
    sampling_case c;
    sampling_drawn drawn;
    sampling_room room;
    const bool *no_weights = tdo_alloc(a, k->s->n_stakeholders, sizeof *no_weights);
    tdo_status status = no_weights ? make_case(k, &noise, a, &c) : TDO_E_MEMORY;
    bool *all = status == TDO_OK ? tdo_alloc(a, noise.n, sizeof *all) : NULL;
    if (status != TDO_OK || !all)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < noise.n; q++)
        all[q] = true;
    const sampling_setting set = {.seed = k->s->sampling.seed, .noise = all, .weights = no_weights};
    const uint64_t samples = c.each_draw ? k->x->draws
                                         : tdo_default_samples(k->x, k->f->feasible_n);
    status = sampling_drawn_make(&c, &set, 1, a, &drawn);
    if (status == TDO_OK)
        status = sampling_room_make(&drawn, &set, a, &room);
    for (size_t q = 0; q < n; q++)
        holds[q] = 0;
    for (uint64_t t = 0; t < samples && status == TDO_OK; t++) {
        sampling_draw_all(&drawn, t);
        sampling_make(&room);
        sampling_score(&room);
        count(&room, top, slot, n, holds);
    }
    for (size_t q = 0; q < n; q++)
        holds[q] /= (double)samples;
    return status;
}

tdo_status tdo_sample_leads(void *user, const tdo_case *k, uint32_t top, const uint32_t *slot,
                            size_t n, double *holds)
{
    (void)user;
    tdo_arena *a = tdo_arena_new();
    tdo_status status = a ? sample(k, top, slot, n, holds, a) : TDO_E_MEMORY;
    tdo_arena_free(a);
    return status;
}
