/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorted filtering (Chomicki et al. 2003): rows are taken in the order of their sum of codes, so
 * that a row can only be dominated by one taken before it, or by one with the very same codes.
 * The rows kept stand in cells, one for each side of the medians of a few axes (Lee and Hwang
 * 2010); a row asks only cells that are on the better side wherever it is itself. */
#include "frontier/frontier.h"

#include <assert.h>

enum { CELL_AXES = 8, CODES = FRONT_CODE_STEPS + 1 };

#define NOBODY UINT32_MAX

typedef struct cell {
    size_t first; /* its first place in the window; a multiple of FRONT_BLOCK */
    size_t count;
} cell;

typedef struct window {
    const front_rows *r;
    const front_alive *alive;
    size_t cells;             /* 2^min(d, CELL_AXES) */
    uint8_t split[CELL_AXES]; /* bit c of a cell: code c is at least this */
    cell *cell;               /* [cells] */
    front_lanes *block;       /* all cells' blocks, each [d x 4] */
    uint32_t *kept;           /* row in alive, for each place */
    front_lanes *asked;       /* [d] */
    uint32_t *twin;           /* [alive] an equal row that shares its fate, or NOBODY */
    bool *member;
} window;

static const uint8_t *code_of(const window *w, uint32_t k)
{
    return w->alive->code + k * w->r->d;
}

static size_t cell_of(const window *w, const uint8_t *code)
{
    size_t at = 0;
    for (size_t c = 0; (size_t)1 << c < w->cells; c++)
        at |= (size_t)(code[c] >= w->split[c]) << c;
    return at;
}

/* Halves those alive on each of the first axes as evenly as the codes allow. */
static void set_splits(window *w)
{
    for (size_t c = 0; (size_t)1 << c < w->cells; c++) {
        size_t count[CODES] = {0}, below = 0, nearest = SIZE_MAX;
        for (size_t k = 0; k < w->alive->n; k++)
            count[code_of(w, (uint32_t)k)[c]]++;
        for (size_t code = 0; code < CODES; code++) {
            size_t above = w->alive->n - below, off = below > above ? below - above : above - below;
            if (off < nearest) {
                nearest = off;
                w->split[c] = (uint8_t)code;
            }
            below += count[code];
        }
    }
}

/* Every cell gets room for all that could end in it. Returns the number of blocks. */
static size_t set_cells(window *w)
{
    size_t at = 0;
    for (size_t k = 0; k < w->alive->n; k++)
        w->cell[cell_of(w, code_of(w, (uint32_t)k))].count++;
    for (size_t c = 0; c < w->cells; c++) {
        w->cell[c].first = at;
        at += (w->cell[c].count + FRONT_BLOCK - 1) / FRONT_BLOCK * FRONT_BLOCK;
        w->cell[c].count = 0;
    }
    return at / FRONT_BLOCK;
}

/* What a hit means for row k. True: the question is settled. */
static bool settle(window *w, size_t place, uint32_t k)
{
    uint32_t other = w->kept[place];
    const double *theirs = front_row(w->r, w->alive->row[other]);
    switch (front_relate(theirs, front_row(w->r, w->alive->row[k]), w->r->d)) {
    case FRONT_ABOVE:
        w->member[w->alive->row[k]] = false;
        return true;
    case FRONT_SAME:
        w->twin[k] = other;
        return true;
    case FRONT_BELOW: /* then the codes are equal, and k can stand in its place */
        w->member[w->alive->row[other]] = false;
        w->kept[place] = k;
        w->twin[k] = k; /* for now: "has a place" */
        return false;
    case FRONT_APART:
        break;
    }
    return false;
}

/* Asks one cell about row k. */
static bool ask_cell(window *w, const cell *c, uint32_t k)
{
    size_t d = w->r->d;
    front_hits hits;
    for (size_t done = 0; done < c->count; done += FRONT_BLOCK) {
        size_t place = c->first + done;
        const front_lanes *block = w->block + place / FRONT_BLOCK * d * FRONT_BLOCK_LANES;
        if (!front_block_hits(block, w->asked, d, &hits))
            continue;
        for (size_t q = 0; q < FRONT_BLOCK && done + q < c->count; q++)
            if (hits.of[q] && settle(w, place + q, k))
                return true;
    }
    return false;
}

static void take(window *w, uint32_t k)
{
    const uint8_t *code = code_of(w, k);
    size_t own = cell_of(w, code), open = w->cells - 1 - own, more = open;
    front_spread(code, w->r->d, w->asked);
    w->member[w->alive->row[k]] = true;
    for (;;) { /* own joined with every subset of the axes on which k is on the worse side */
        if (ask_cell(w, &w->cell[own | more], k))
            return;
        if (more == 0)
            break;
        more = (more - 1) & open;
    }
    if (w->twin[k] == k) {
        w->twin[k] = NOBODY;
        return;
    }
    size_t place = w->cell[own].first + w->cell[own].count++;
    front_lanes *block = w->block + place / FRONT_BLOCK * w->r->d * FRONT_BLOCK_LANES;
    front_block_put(block, place % FRONT_BLOCK, code, w->r->d);
    w->kept[place] = k;
}

/* Counting sort by the sum of codes, largest first. */
static tdo_status strongest_first(const window *w, tdo_arena *a, uint32_t *order)
{
    size_t d = w->r->d, n = w->alive->n, sums = d * FRONT_CODE_STEPS + 1;
    uint32_t *sum = tdo_alloc(a, n, sizeof *sum);
    size_t *start = tdo_alloc(a, sums + 1, sizeof *start);
    if (!sum || !start)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++) {
        for (size_t c = 0; c < d; c++)
            sum[k] += FRONT_CODE_STEPS - code_of(w, (uint32_t)k)[c];
        start[sum[k] + 1]++;
    }
    for (size_t s = 0; s < sums; s++)
        start[s + 1] += start[s];
    for (size_t k = 0; k < n; k++)
        order[start[sum[k]]++] = (uint32_t)k;
    return TDO_OK;
}

tdo_status front_window(const front_rows *r, const front_alive *alive, tdo_arena *a, bool *member)
{
    assert(r->d > 1 && alive->n <= r->n);
    size_t d = r->d, n = alive->n;
    window w = {.r = r, .alive = alive, .member = member};
    uint32_t *order = tdo_alloc(a, n, sizeof *order);
    w.cells = (size_t)1 << (d < CELL_AXES ? d : CELL_AXES);
    w.cell = tdo_alloc(a, w.cells, sizeof *w.cell);
    w.asked = tdo_alloc(a, d, sizeof *w.asked);
    w.twin = tdo_alloc(a, n, sizeof *w.twin);
    if (!order || !w.cell || !w.asked || !w.twin || strongest_first(&w, a, order) != TDO_OK)
        return TDO_E_MEMORY;
    set_splits(&w);
    size_t blocks = set_cells(&w);
    w.block = tdo_alloc(a, blocks * FRONT_BLOCK_LANES, d * sizeof *w.block);
    w.kept = tdo_alloc(a, blocks * FRONT_BLOCK, sizeof *w.kept);
    if (!w.block || !w.kept)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++)
        w.twin[k] = NOBODY;
    for (size_t k = 0; k < n; k++)
        take(&w, order[k]);
    for (size_t k = 0; k < n; k++) { /* in the order taken: the twin's own fate is known */
        uint32_t one = order[k], other = w.twin[one];
        if (other != NOBODY)
            member[alive->row[one]] = member[alive->row[other]];
    }
    return TDO_OK;
}
