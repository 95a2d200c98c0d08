/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The standard normal variates of those who are drawn. */
#include "noise/noise.h"

double noise_draw_one(const variate_draw *d, uint32_t number)
{
    double four[NOISE_BLOCK];
    variate_normals(d, number / NOISE_BLOCK * NOISE_BLOCK, NOISE_BLOCK, four);
    return four[number % NOISE_BLOCK];
}

void noise_draw_normals(noise_room *r, const variate_draw *d)
{
    const noise_slots *s = r->slots;
    const uint32_t *place = s->place;
    if (s->whole_rows)
        variate_normals(d, 0, s->x->n, r->normal);
    for (size_t i = 0; i < s->n; i++)
        r->kept[i] = s->whole_rows ? r->normal[place[i]] : noise_draw_one(d, place[i]);
}
