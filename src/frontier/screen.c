/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass that strikes out most rows. Its judges are the rows of the sample that dominate the
 * largest boxes: the two largest are asked on the doubles, before any code is made; the others in
 * blocks. */
#include "frontier/frontier.h"

#include "base/sort.h"

#include <assert.h>

enum { JUDGES = 128, BLOCKS = JUDGES / FRONT_BLOCK };

typedef struct judges {
    uint32_t row[JUDGES]; /* strongest first */
    size_t n;
    front_lanes *block; /* [BLOCKS x d x 4] */
    front_lanes *asked; /* [d] */
} judges;

static void set_codes(const front_rows *r, const front_codes *codes, size_t i, uint8_t *code)
{
    const double *row = front_row(r, i);
    for (size_t c = 0; c < r->d; c++)
        code[c] = front_code(&codes->axis[c], row[c]);
}

/* Is the row with these codes dominated by a judge? */
static bool struck(const front_rows *r, const judges *j, size_t i, const uint8_t *code)
{
    front_hits hits;
    front_spread(code, r->d, j->asked);
    for (size_t b = 0; b * FRONT_BLOCK < j->n; b++) {
        if (!front_block_hits(j->block + b * r->d * FRONT_BLOCK_LANES, j->asked, r->d, &hits))
            continue;
        for (size_t k = 0; k < FRONT_BLOCK && b * FRONT_BLOCK + k < j->n; k++)
            if (hits.of[k] &&
                tdo_dominates(front_row(r, j->row[b * FRONT_BLOCK + k]), front_row(r, i), r->d))
                return true;
    }
    return false;
}

/* The share of the sample's quantile box below the row (at least one step wide in each axis). */
static double box(const uint8_t *code, size_t d)
{
    double volume = 1;
    for (size_t c = 0; c < d; c++)
        volume *= (code[c] + 1) / (FRONT_CODE_STEPS + 1.0);
    return volume;
}

/* Takes the largest boxes whose rows no stronger judge dominates. */
static tdo_status appoint(const front_rows *r, const front_codes *codes, tdo_arena *a, judges *j)
{
    size_t s = codes->n_sample, d = r->d;
    uint8_t *code = tdo_alloc(a, s, d);
    double *volume = tdo_alloc(a, s, sizeof *volume);
    uint32_t *order = tdo_alloc(a, s, sizeof *order);
    uint64_t *room = tdo_alloc(a, s, 2 * sizeof *room);
    j->block = tdo_alloc(a, BLOCKS * FRONT_BLOCK_LANES, d * sizeof *j->block);
    j->asked = tdo_alloc(a, d, sizeof *j->asked);
    if (!code || !volume || !order || !room || !j->block || !j->asked)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < s; k++) {
        set_codes(r, codes, codes->sample[k], code + k * d);
        volume[k] = box(code + k * d, d);
        order[k] = (uint32_t)k;
    }
    sort_by_key(volume, order, s, room);
    for (size_t k = s; k-- > 0 && j->n < JUDGES;) {
        const uint8_t *mine = code + order[k] * d;
        uint32_t i = codes->sample[order[k]];
        if (struck(r, j, i, mine))
            continue;
        front_block_put(j->block + j->n / FRONT_BLOCK * d * FRONT_BLOCK_LANES, j->n % FRONT_BLOCK,
                        mine, d);
        j->row[j->n++] = i;
    }
    return TDO_OK;
}

/* Does top dominate row? (tdo_dominates in line, without branches: asked of every row.) */
static inline bool tops(const double *top, const double *row, size_t d)
{
    bool all = true, some = false;
    for (size_t c = 0; c < d; c++) {
        all &= row[c] <= top[c];
        some |= row[c] < top[c];
    }
    return all & some;
}

tdo_status front_screen_rows(const front_rows *r, const front_codes *codes, tdo_arena *a,
                             front_alive *out)
{
    assert(r->n >= 1 && codes->n_sample >= 1);
    judges j = {0};
    uint32_t *alive = tdo_alloc(a, r->n, sizeof *alive);
    uint8_t *code = tdo_alloc(a, r->n, r->d);
    size_t n = 0;
    if (!alive || !code || appoint(r, codes, a, &j) != TDO_OK)
        return TDO_E_MEMORY;
    const double *first = front_row(r, j.row[0]), *second = front_row(r, j.row[j.n > 1]);
    for (size_t i = 0; i < r->n; i++) {
        const double *row = front_row(r, i);
        if (tops(first, row, r->d) || tops(second, row, r->d))
            continue;
        set_codes(r, codes, i, code + n * r->d);
        alive[n] = (uint32_t)i;
        n += !struck(r, &j, i, code + n * r->d);
    }
    *out = (front_alive){alive, code, n};
    return TDO_OK;
}
