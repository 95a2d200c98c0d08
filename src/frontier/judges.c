/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judges: at first rows of the sample, later the strongest of those met. The largest few are
 * asked on the doubles, before any code is made; the others in blocks. */
#include "frontier/frontier.h"

#include "base/sort.h"

#include <math.h>
#include <string.h>

/* The share of the sample's quantile box below the row (at least one step wide in each axis). */
static double box(const uint8_t *code, size_t d)
{
    double volume = 1;
    for (size_t c = 0; c < d; c++)
        volume *= (code[c] + 1) / (FRONT_CODE_STEPS + 1.0);
    return volume;
}

static void find_weakest(front_judges *j)
{
    j->weakest = 0;
    for (size_t k = 1; k < j->n; k++)
        j->weakest = j->volume[k] < j->volume[j->weakest] ? k : j->weakest;
}

static void seat(const front_rows *r, front_judges *j, size_t place, uint32_t i,
                 const uint8_t *code)
{
    j->row[place] = i;
    j->volume[place] = box(code, r->d);
    front_block_put(j->block + place / FRONT_BLOCK * r->d * FRONT_BLOCK, place % FRONT_BLOCK, code,
                    r->d);
}

/* The largest judges, again from the first where there are too few. */
static void set_pivots(const front_rows *r, front_judges *j)
{
    size_t chosen[FRONT_PIVOTS], n = j->n < FRONT_PIVOTS ? j->n : FRONT_PIVOTS;
    size_t filled = 0;
    for (size_t k = 0; k < j->n; k++) {
        size_t at = filled < n ? filled++ : n;
        for (; at > 0 && j->volume[k] > j->volume[chosen[at - 1]]; at--)
            if (at < n)
                chosen[at] = chosen[at - 1];
        if (at < n)
            chosen[at] = k;
    }
    for (size_t p = 0; p < FRONT_PIVOTS; p++) {
        double *to = j->pivot + p * r->d;
        memcpy(to, front_row(r, j->row[chosen[p % n]]), r->d * sizeof *to);
        to[j->lowered] = nextafter(to[j->lowered], -INFINITY);
    }
    j->admitted = j->volume[chosen[n - 1]];
}

/* Takes the largest boxes whose rows no stronger judge dominates. */
tdo_status front_judges_appoint(const front_rows *r, const front_codes *codes,
                                const front_kernel *kernel, tdo_arena *a, front_judges *j)
{
    size_t s = codes->n_sample, d = r->d;
    uint8_t *code = tdo_alloc(a, s, d);
    double *volume = tdo_alloc(a, s, sizeof *volume);
    uint32_t *order = tdo_alloc(a, s, sizeof *order);
    uint64_t *room = tdo_alloc(a, s, 2 * sizeof *room);
    *j = (front_judges){.lowered = codes->finest};
    j->block = tdo_alloc(a, FRONT_JUDGES, d);
    j->pivot = tdo_alloc(a, FRONT_PIVOTS * d, sizeof *j->pivot);
    if (!code || !volume || !order || !room || !j->block || !j->pivot)
        return TDO_E_MEMORY;
    kernel->encode(r, codes, &(front_alive){codes->sample, code, s});
    for (size_t k = 0; k < s; k++) {
        volume[k] = box(code + k * d, d);
        order[k] = (uint32_t)k;
    }
    sort_by_key(volume, order, s, room);
    for (size_t k = s; k-- > 0 && j->n < FRONT_JUDGES;) {
        front_alive one = {&codes->sample[order[k]], code + order[k] * d, 1};
        kernel->judge(r, j, &one);
        if (one.n > 0)
            seat(r, j, j->n++, *one.row, one.code);
    }
    find_weakest(j);
    set_pivots(r, j);
    return TDO_OK;
}

void front_judges_promote(const front_rows *r, const front_alive *some, front_judges *j)
{
    bool pivots = false;
    for (size_t k = 0; k < some->n; k++) {
        const uint8_t *code = some->code + k * r->d;
        double volume = box(code, r->d);
        if (j->n == FRONT_JUDGES && !(volume > j->volume[j->weakest]))
            continue;
        size_t place = j->n < FRONT_JUDGES ? j->n++ : j->weakest;
        seat(r, j, place, some->row[k], code);
        find_weakest(j);
        pivots |= volume > j->admitted;
    }
    if (pivots)
        set_pivots(r, j);
}
