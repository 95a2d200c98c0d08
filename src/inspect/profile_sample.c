/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fair sample of rows: the first ones, then each later row takes the place of one of them with
 * the probability that keeps all equally likely (Vitter 1985, algorithm R). The random numbers are
 * SplitMix64's from a fixed seed (Steele, Lea and Flood 2014), so that a file has one profile. */
#include <math.h>

#include "base/sort.h"
#include "inspect/profile_parts.h"

enum { FIRST_ROWS = 256, FEWEST_ROWS = 1000 };

profile_sample profile_sample_start(size_t columns)
{
    size_t most = columns == 0 ? 0 : TDO_PROFILE_SAMPLE / columns;
    return (profile_sample){.columns = columns, .most = most < FEWEST_ROWS ? FEWEST_ROWS : most};
}

static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static tdo_status enlarge(profile_sample *s, tdo_arena *a)
{
    size_t room = s->room == 0 ? FIRST_ROWS : 2 * s->room;
    room = room < s->most ? room : s->most;
    double *number =
        tdo_grow(a, s->number, s->room * s->columns, room * s->columns, sizeof *number);
    s->number = number ? number : s->number;
    uint64_t *text = tdo_grow(a, s->text, s->room * s->columns, room * s->columns, sizeof *text);
    s->text = text ? text : s->text;
    unsigned *line = tdo_grow(a, s->line, s->room, room, sizeof *line);
    s->line = line ? line : s->line;
    if (!number || !text || !line)
        return TDO_E_MEMORY;
    s->room = room;
    return TDO_OK;
}

tdo_status profile_sample_next(profile_sample *s, tdo_arena *a, size_t *place)
{
    *place = TDO_NONE;
    s->seen++;
    if (s->rows == s->room && s->room < s->most) {
        tdo_status status = enlarge(s, a);
        if (status != TDO_OK)
            return status;
    }
    if (s->rows < s->room) {
        *place = s->rows++;
        return TDO_OK;
    }
    uint64_t at = next_random(&s->random) % s->seen; /* biased by less than seen / 2^64 */
    if (at < s->rows)
        *place = (size_t)at;
    return TDO_OK;
}

/* x: [n] */
static double median_of(const double *x, uint32_t *order, size_t n, uint64_t *room)
{
    if (n == 0)
        return (double)NAN;
    for (size_t k = 0; k < n; k++)
        order[k] = (uint32_t)k;
    sort_by_key(x, order, n, room);
    double upper = x[order[n / 2]], lower = n % 2 == 1 ? upper : x[order[n / 2 - 1]];
    double sum = lower + upper;
    return isfinite(sum) ? sum / 2 : lower / 2 + upper / 2;
}

tdo_status profile_sample_medians(const profile_sample *s, tdo_arena *a, double *out)
{
    double *x = tdo_alloc(a, s->rows, sizeof *x);
    uint32_t *order = tdo_alloc(a, s->rows, sizeof *order);
    uint64_t *room = tdo_alloc(a, s->rows, 2 * sizeof *room);
    if (!x || !order || !room)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < s->columns; c++) {
        size_t n = 0;
        for (size_t r = 0; r < s->rows; r++) {
            double value = s->number[r * s->columns + c];
            if (!isnan(value))
                x[n++] = value;
        }
        out[c] = median_of(x, order, n, room);
    }
    return TDO_OK;
}
