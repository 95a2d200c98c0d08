/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantile codes. They are found by a guide table: a linear bucket first, then, where a bucket
 * holds many thresholds, a search among them (Chen and Asau 1974). */
#include "frontier/frontier.h"

#include "base/sort.h"

#include <assert.h>
#include <math.h>

enum {
    SAMPLE_LEAST = 256,
    SAMPLE_MOST = 2048,
    SAMPLE_SHARE = 64,
    CROWD = 16 /* thresholds in one bucket that are too many to be one */
};

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

static unsigned bucket_of(const front_codes *codes, size_t c, double x)
{
    double t = (x / 2 - codes->half_low[c]) * codes->scale[c];
    return t > 0 ? t < FRONT_CODE_GUIDE - 1 ? (unsigned)t : FRONT_CODE_GUIDE - 1 : 0;
}

/* order: [n_sample] ascends by value. Returns the number of thresholds. */
static size_t set_axis(const double *value, const uint32_t *order, size_t c, front_codes *codes)
{
    front_axis *axis = &codes->axis[c];
    size_t n = codes->n_sample, steps = 0, crowd = 0, k = 0;
    double low = value[order[0]], high = value[order[n - 1]];
    for (size_t q = 1; q <= FRONT_CODE_STEPS; q++) {
        double x = value[order[q * n / (FRONT_CODE_STEPS + 1)]];
        if (steps == 0 || x > axis->threshold[steps - 1])
            axis->threshold[steps++] = x;
    }
    codes->half_low[c] = low / 2;
    codes->scale[c] = FRONT_CODE_GUIDE / (high / 2 - low / 2);
    if (!isfinite(codes->scale[c])) /* one value only: everything falls in the first bucket */
        codes->scale[c] = 0;
    for (unsigned b = 0; b < FRONT_CODE_GUIDE; b++) {
        size_t before = k;
        while (k < steps && bucket_of(codes, c, axis->threshold[k]) <= b)
            k++;
        crowd = k - before > crowd ? k - before : crowd;
        axis->guide[b] = (uint8_t)k;
    }
    codes->searched |= crowd > CROWD;
    return steps;
}

tdo_status front_codes_make(const front_rows *r, tdo_arena *a, front_codes *out)
{
    assert(r->n >= 1 && r->d >= 2);
    size_t s = sample_size(r->n), most = 0;
    *out = (front_codes){.n_sample = s};
    out->axis = tdo_alloc(a, r->d, sizeof *out->axis);
    out->half_low = tdo_alloc(a, r->d, sizeof *out->half_low);
    out->scale = tdo_alloc(a, r->d, sizeof *out->scale);
    out->sample = tdo_alloc(a, s, sizeof *out->sample);
    uint32_t *order = tdo_alloc(a, s, sizeof *order);
    double *value = tdo_alloc(a, s, sizeof *value);
    uint64_t *room = tdo_alloc(a, s, 2 * sizeof *room);
    if (!out->axis || !out->half_low || !out->scale || !out->sample || !order || !value || !room)
        return TDO_E_MEMORY;
    choose_sample(r->n, out->sample, s);
    for (size_t c = 0; c < r->d; c++) {
        for (size_t k = 0; k < s; k++) {
            value[k] = front_row(r, out->sample[k])[c];
            order[k] = (uint32_t)k;
        }
        sort_by_key(value, order, s, room);
        size_t steps = set_axis(value, order, c, out);
        out->finest = steps > most ? c : out->finest;
        most = steps > most ? steps : most;
    }
    return TDO_OK;
}
