/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantile codes. They are found by a guide table: a linear bucket first, then a search among the
 * few thresholds of that bucket (Chen and Asau 1974). */
#include "frontier/frontier.h"

#include "base/sort.h"

#include <assert.h>
#include <math.h>

enum { SAMPLE_LEAST = 256, SAMPLE_MOST = 4096, SAMPLE_SHARE = 64 };

static size_t sample_size(size_t n)
{
    size_t s = n / SAMPLE_SHARE;
    s = s < SAMPLE_LEAST ? SAMPLE_LEAST : s > SAMPLE_MOST ? SAMPLE_MOST : s;
    return s < n ? s : n;
}

/* One row from each of n_sample equal stretches. Where in its stretch is shuffled: measurements of
 * a grid repeat with a period, and a plain stride could meet the same value again and again. */
static void choose_sample(size_t n, uint32_t *sample, size_t n_sample)
{
    for (uint64_t k = 0; k < n_sample; k++) {
        uint64_t from = k * n / n_sample, to = (k + 1) * n / n_sample;
        uint64_t mixed = (k + 1) * UINT64_C(0x9E3779B97F4A7C15); /* the golden ratio, for spread */
        sample[k] = (uint32_t)(from + (mixed >> 32) % (to - from));
    }
}

static unsigned bucket_of(const front_axis *axis, double x)
{
    double t = (x / 2 - axis->half_low) * axis->scale;
    return t > 0 ? t < FRONT_CODE_GUIDE - 1 ? (unsigned)t : FRONT_CODE_GUIDE - 1 : 0;
}

/* order: [n] ascends by value. */
static void set_axis(const double *value, const uint32_t *order, size_t n, front_axis *axis)
{
    double low = value[order[0]], high = value[order[n - 1]];
    size_t steps = 0;
    for (size_t k = 1; k <= FRONT_CODE_STEPS; k++) {
        double x = value[order[k * n / (FRONT_CODE_STEPS + 1)]];
        if (steps == 0 || x > axis->threshold[steps - 1])
            axis->threshold[steps++] = x;
    }
    axis->half_low = low / 2;
    axis->scale = FRONT_CODE_GUIDE / (high / 2 - axis->half_low);
    if (!isfinite(axis->scale)) /* one value only: everything falls in the first bucket */
        axis->scale = 0;
    size_t k = 0;
    for (unsigned b = 0; b <= FRONT_CODE_GUIDE; b++) {
        while (k < steps && bucket_of(axis, axis->threshold[k]) < b)
            k++;
        axis->guide[b] = (uint8_t)k;
    }
}

tdo_status front_codes_make(const front_rows *r, tdo_arena *a, front_codes *out)
{
    assert(r->n >= 1 && r->d >= 2);
    size_t s = sample_size(r->n);
    front_axis *axis = tdo_alloc(a, r->d, sizeof *axis);
    uint32_t *sample = tdo_alloc(a, s, sizeof *sample), *order = tdo_alloc(a, s, sizeof *order);
    double *value = tdo_alloc(a, s, sizeof *value);
    uint64_t *room = tdo_alloc(a, s, 2 * sizeof *room);
    if (!axis || !sample || !order || !value || !room)
        return TDO_E_MEMORY;
    choose_sample(r->n, sample, s);
    for (size_t c = 0; c < r->d; c++) {
        for (size_t k = 0; k < s; k++) {
            value[k] = front_row(r, sample[k])[c];
            order[k] = (uint32_t)k;
        }
        sort_by_key(value, order, s, room);
        set_axis(value, order, s, &axis[c]);
    }
    *out = (front_codes){axis, sample, s};
    return TDO_OK;
}
