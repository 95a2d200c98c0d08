/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorted filtering (Chomicki et al. 2003): rows are taken in the order of their sum of codes, so
 * that a row can only be dominated by one taken before it, or by one with the very same codes.
 * The rows kept stand in cells, one for each side of the medians of a few axes (Lee and Hwang
 * 2010); a row asks only cells that are on the better side wherever it is itself. */
#include "frontier/frontier.h"

#include <assert.h>
#include <string.h>

enum { CODES = FRONT_CODE_STEPS + 1, ALIGNED = 4096 /* bytes from which the arena aligns to 64 */ };

static const uint8_t *code_of(const front_window *w, size_t k)
{
    return w->code + k * w->r->d;
}

static size_t cell_of(const front_window *w, const uint8_t *code)
{
    size_t at = 0;
    for (size_t c = 0; (size_t)1 << c < w->cells; c++)
        at |= (size_t)(code[c] >= w->split[c]) << c;
    return at;
}

/* Halves those alive on each of the first axes as evenly as the codes allow. */
static void set_splits(front_window *w)
{
    size_t axes = 0, count[FRONT_CELL_AXES][CODES] = {{0}};
    while ((size_t)1 << axes < w->cells)
        axes++;
    for (size_t k = 0; k < w->n; k++)
        for (size_t c = 0; c < axes; c++)
            count[c][code_of(w, k)[c]]++;
    for (size_t c = 0; c < axes; c++) {
        size_t below = 0, nearest = SIZE_MAX;
        for (size_t code = 0; code < CODES; code++) {
            size_t above = w->n - below, off = below > above ? below - above : above - below;
            if (off < nearest) {
                nearest = off;
                w->split[c] = (uint8_t)code;
            }
            below += count[c][code];
        }
    }
}

/* Every cell gets room for all that could end in it. Returns the number of blocks. */
static size_t set_cells(front_window *w)
{
    size_t at = 0;
    for (size_t k = 0; k < w->n; k++)
        w->cell[cell_of(w, code_of(w, k))].count++;
    for (size_t c = 0; c < w->cells; c++) {
        w->cell[c].first = at;
        at += (w->cell[c].count + FRONT_BLOCK - 1) / FRONT_BLOCK * FRONT_BLOCK;
        w->cell[c].count = 0;
    }
    return at / FRONT_BLOCK;
}

/* Counting sort by the sum of codes, largest first. */
static tdo_status strongest_first(const front_alive *alive, size_t d, tdo_arena *a, front_window *w)
{
    size_t n = alive->n, sums = d * FRONT_CODE_STEPS + 1;
    uint32_t *row = tdo_alloc(a, n, sizeof *row), *sum = tdo_alloc(a, n, sizeof *sum);
    uint8_t *code = tdo_alloc(a, n, d);
    size_t *start = tdo_alloc(a, sums + 1, sizeof *start);
    if (!row || !sum || !code || !start)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++) {
        uint32_t short_of = 0;
        for (size_t c = 0; c < d; c++)
            short_of += FRONT_CODE_STEPS - alive->code[k * d + c];
        sum[k] = short_of;
        start[short_of + 1]++;
    }
    for (size_t s = 0; s < sums; s++)
        start[s + 1] += start[s];
    for (size_t k = 0; k < n; k++) {
        size_t to = start[sum[k]]++;
        row[to] = alive->row[k];
        memcpy(code + to * d, alive->code + k * d, d);
    }
    w->row = row;
    w->code = code;
    w->n = n;
    return TDO_OK;
}

/* Room for all rows, none of which is in its cell yet. */
static tdo_status make(const front_rows *r, const front_alive *alive, tdo_arena *a, front_window *w,
                       bool *member)
{
    assert(r->d > 1 && alive->n <= r->n);
    size_t d = r->d, n = alive->n;
    *w = (front_window){.r = r, .member = member};
    w->cells = (size_t)1 << (d < FRONT_CELL_AXES ? d : FRONT_CELL_AXES);
    w->cell = tdo_alloc(a, w->cells, sizeof *w->cell);
    w->twin = tdo_alloc(a, n, sizeof *w->twin);
    if (!w->cell || !w->twin || strongest_first(alive, d, a, w) != TDO_OK)
        return TDO_E_MEMORY;
    set_splits(w);
    size_t blocks = set_cells(w);
    w->block = tdo_alloc(a, blocks * FRONT_BLOCK + ALIGNED, d);
    w->kept = tdo_alloc(a, blocks * FRONT_BLOCK, sizeof *w->kept);
    w->strength = tdo_alloc(a, blocks, sizeof *w->strength);
    if (!w->block || !w->kept || !w->strength)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++)
        w->twin[k] = FRONT_NOBODY;
    return TDO_OK;
}

tdo_status front_window_fill(const front_rows *r, const front_alive *alive,
                             const front_kernel *kernel, tdo_arena *a, front_window *w,
                             bool *member)
{
    const tdo_status status = make(r, alive, a, w, member);
    if (status == TDO_OK)
        kernel->take(w);
    return status;
}

static uint32_t strength_of(const uint8_t *code, size_t d)
{
    uint32_t sum = 0;
    for (size_t c = 0; c < d; c++)
        sum += code[c];
    return sum;
}

tdo_status front_window_keep(const front_rows *r, const front_alive *some, tdo_arena *a,
                             front_window *w, bool *member)
{
    const tdo_status status = make(r, some, a, w, member);
    for (size_t k = 0; k < some->n && status == TDO_OK; k++) {
        const uint8_t *code = code_of(w, k);
        front_cell *cell = &w->cell[cell_of(w, code)];
        const size_t place = cell->first + cell->count++, in = place % FRONT_BLOCK;
        front_block_put(w->block + (place - in) * r->d, in, code, r->d);
        w->kept[place] = w->row[k];
        member[w->row[k]] = true;
        if (in == 0)
            w->strength[place / FRONT_BLOCK] = strength_of(code, r->d);
    }
    return status;
}

void front_window_settle(const front_window *w)
{
    for (size_t k = 0; k < w->n; k++)
        if (w->twin[k] != FRONT_NOBODY)
            w->member[w->row[k]] = w->member[w->twin[k]];
}
