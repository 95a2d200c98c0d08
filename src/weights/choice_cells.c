/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cutting a cell in two (Motzkin et al. 1953's double description): corners of one side are kept,
 * and each edge that crosses the plane gives a corner on it. Edges are known by the facets that
 * their ends share, so that no tolerance is needed but for being on the plane. */
#include "weights/choice_cells.h"

#include "weights/choice_bits.h"

#include <assert.h>
#include <string.h>

tdo_status choice_cells_make(choice_cells *x, tdo_arena *a)
{
    assert(x->room > 0 && x->words <= CHOICE_CELL_WORDS);
    x->corner = tdo_alloc(a, x->room, x->width * sizeof *x->corner);
    x->on = tdo_alloc(a, x->room, x->words * sizeof *x->on);
    x->side = tdo_alloc(a, x->room, sizeof *x->side);
    x->where = tdo_alloc(a, 64 * x->words, (x->room + 63) / 64 * sizeof *x->where);
    x->both = tdo_alloc(a, (x->room + 63) / 64, sizeof *x->both);
    x->meet = tdo_alloc(a, x->rank + 2, (x->room + 63) / 64 * sizeof *x->meet);
    return x->corner && x->on && x->side && x->where && x->both && x->meet ? TDO_OK : TDO_E_MEMORY;
}

static uint64_t *facets_of(const choice_cells *x, size_t corner)
{
    return x->on + corner * x->words;
}

static bool is_on(const choice_cells *x, size_t corner, size_t facet)
{
    return facets_of(x, corner)[facet / 64] >> facet % 64 & 1;
}

/* ---- facets ---- */

static size_t count_facets(const choice_cells *x, size_t corner)
{
    size_t facets = 0;
    for (size_t w = 0; w < x->words; w++)
        facets += count_bits(facets_of(x, corner)[w]);
    return facets;
}

static size_t unused_facet(const choice_cells *x, choice_cell of)
{
    for (size_t i = 0; i < x->words; i++) {
        uint64_t used = 0;
        for (size_t q = 0; q < of.count; q++)
            used |= facets_of(x, of.first + q)[i];
        for (size_t bit = 0; bit < 64 && used != UINT64_MAX; bit++)
            if (!(used >> bit & 1))
                return i * 64 + bit;
    }
    return TDO_NONE;
}

/* A plane with fewer corners than a facet has, touches the cell without bounding it. */
static void forget_touching(choice_cells *x, choice_cell of)
{
    for (size_t facet = 0; facet < 64 * x->words; facet++) {
        size_t n = 0;
        for (size_t q = 0; q < of.count; q++)
            n += is_on(x, of.first + q, facet);
        for (size_t q = 0; q < of.count && n < x->rank; q++)
            facets_of(x, of.first + q)[facet / 64] &= ~(UINT64_C(1) << facet % 64);
    }
}

size_t choice_cell_free_facet(choice_cells *x, choice_cell of)
{
    size_t facet = unused_facet(x, of);
    if (facet == TDO_NONE) {
        forget_touching(x, of);
        facet = unused_facet(x, of);
    }
    return facet;
}

/* ---- who lies where ---- */

/* Corners of a cell as bits, for each facet in use: the other way round. */
static size_t row_words(choice_cell of)
{
    return (of.count + 63) / 64;
}

static uint64_t *corners_on(const choice_cells *x, choice_cell of, size_t facet)
{
    return x->where + facet * row_words(of);
}

static void set_where(choice_cells *x, choice_cell of)
{
    size_t row = row_words(of);
    for (size_t w = 0; w < x->words; w++) {
        uint64_t used = 0;
        for (size_t q = 0; q < of.count; q++)
            used |= facets_of(x, of.first + q)[w];
        for (; used != 0; used &= used - 1)
            memset(corners_on(x, of, 64 * w + lowest_bit(used)), 0, row * sizeof *x->where);
    }
    for (size_t q = 0; q < of.count; q++)
        for (size_t w = 0; w < x->words; w++)
            for (uint64_t on = facets_of(x, of.first + q)[w]; on != 0; on &= on - 1)
                corners_on(x, of, 64 * w + lowest_bit(on))[q / 64] |= UINT64_C(1) << q % 64;
    x->steps -= (double)of.count;
}

/* What is sure to take so many steps more is not begun where they are not left. */
static bool can_spend(choice_cells *x, double steps)
{
    if (steps > x->steps)
        x->steps = -1;
    return x->steps >= 0;
}

/* both: [row words] the corners that lie on all of those facets. A few of them leave none of 64
 * corners; first (one of them, or TDO_NONE) is looked at before the others. */
static void find_common(choice_cells *x, choice_cell of, const uint64_t *facets, size_t first,
                        uint64_t *both)
{
    const uint64_t *on_one[64 * CHOICE_CELL_WORDS + 1];
    const size_t row = row_words(of);
    size_t n = 0;
    if (first != TDO_NONE)
        on_one[n++] = corners_on(x, of, first);
    for (size_t w = 0; w < x->words; w++)
        for (uint64_t on = facets[w]; on != 0; on &= on - 1)
            on_one[n++] = corners_on(x, of, 64 * w + lowest_bit(on));
    for (size_t i = 0; i < row; i++) {
        uint64_t left = UINT64_MAX;
        for (size_t k = 0; k < n && left != 0; k++)
            left &= on_one[k][i];
        both[i] = left;
    }
    x->steps -= (double)row;
}

/* ---- the cut ---- */

/* A new corner, or a kept one, behind the others. */
static double *add_corner(choice_cells *x, choice_cell *out, const uint64_t *on)
{
    size_t to = out->first + out->count++;
    memcpy(facets_of(x, to), on, x->words * sizeof *on);
    return x->corner + to * x->width;
}

static void put_on(choice_cells *x, size_t corner, size_t facet)
{
    facets_of(x, corner)[facet / 64] |= UINT64_C(1) << facet % 64;
}

/* Rounding may take one corner for two. The facets of a corner are never among those of another
 * one, so whoever's are, is that other one. facet: the plane, which both must be on. */
static bool is_twin(choice_cells *x, choice_cell of, size_t q, size_t facet)
{
    const uint64_t *mine = facets_of(x, of.first + q);
    find_common(x, of, mine, facet, x->both);
    x->both[q / 64] &= ~(UINT64_C(1) << q % 64);
    for (size_t i = 0; i < row_words(of); i++)
        for (uint64_t other = x->both[i]; other != 0; other &= other - 1) {
            size_t p = 64 * i + lowest_bit(other);
            if (p < q || !choice_has_all(mine, facets_of(x, of.first + p), x->words))
                return true;
        }
    return false;
}

/* Lies every corner on the plane on as many facets as any other one there? */
static bool are_alike(const choice_cells *x, choice_cell of, size_t facet)
{
    size_t facets = 0;
    for (size_t q = of.first; q < of.first + of.count; q++) {
        if (!is_on(x, q, facet))
            continue;
        const size_t mine = count_facets(x, q);
        if (facets != 0 && mine != facets)
            return false;
        facets = mine;
    }
    return true;
}

static uint64_t hash_facets(const choice_cells *x, size_t corner)
{
    uint64_t hash = 0;
    for (size_t w = 0; w < x->words; w++)
        hash = ((hash ^ hash >> 29) + facets_of(x, corner)[w]) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* Marks those on the plane whose facets are those of an earlier one. */
static void mark_repeated(choice_cells *x, choice_cell of, size_t facet, size_t on)
{
    const size_t slots = 2 * on + 1;
    const size_t size = x->words * sizeof *x->on;
    memset(x->where, 0, slots * sizeof *x->where);
    for (size_t q = of.first; q < of.first + of.count; q++) {
        x->side[q] = 0;
        if (!is_on(x, q, facet))
            continue;
        size_t at = hash_facets(x, q) % slots;
        while (x->where[at] != 0 &&
               memcmp(facets_of(x, x->where[at] - 1), facets_of(x, q), size) != 0)
            at = (at + 1) % slots;
        x->side[q] = x->where[at] != 0;
        if (x->where[at] == 0)
            x->where[at] = q + 1;
    }
}

static void mark_twins(choice_cells *x, choice_cell of, size_t facet, size_t on)
{
    if (2 * on < x->room && are_alike(x, of, facet)) { /* as many facets hold no fewer: the same */
        mark_repeated(x, of, facet, on);
        x->steps -= (double)of.count + (double)on * (double)row_words(of);
        return;
    }
    set_where(x, of);
    for (size_t q = 0; q < of.count; q++)
        x->side[of.first + q] = is_on(x, of.first + q, facet) && is_twin(x, of, q, facet);
}

/* Without the steps for all of it, nothing is dropped. */
static void drop_twins(choice_cells *x, choice_cell *of, size_t facet)
{
    size_t kept = 0, on = 0;
    for (size_t q = 0; q < of->count; q++)
        on += is_on(x, of->first + q, facet);
    if (!can_spend(x, (double)of->count + (double)on * (double)row_words(*of)))
        return;
    mark_twins(x, *of, facet, on); /* first: each is compared with all */
    for (size_t q = of->first; q < of->first + of->count; q++) {
        size_t to = of->first + kept;
        if (x->side[q] != 0)
            continue;
        kept++;
        if (to == q)
            continue;
        memcpy(x->corner + to * x->width, x->corner + q * x->width, x->width * sizeof *x->corner);
        memcpy(facets_of(x, to), facets_of(x, q), x->words * sizeof *x->on);
    }
    of->count = kept;
}

static bool add_kept(choice_cells *x, choice_cell of, double way, size_t facet, choice_cell *out)
{
    for (size_t i = of.first; i < of.first + of.count; i++) {
        if (way * x->side[i] > 0)
            continue;
        if (out->first + out->count == x->room)
            return false;
        memcpy(add_corner(x, out, facets_of(x, i)), x->corner + i * x->width,
               x->width * sizeof *x->corner);
        if (!(way * x->side[i] < 0))
            put_on(x, out->first + out->count - 1, facet);
    }
    return true;
}

/* Where the edge from i, inside, to j, outside, crosses the plane. */
static bool add_crossing(choice_cells *x, size_t i, size_t j, size_t facet, choice_cell *out)
{
    if (out->first + out->count == x->room || x->steps < 0)
        return false;
    double share = x->side[j] / (x->side[j] - x->side[i]);
    const double *from = x->corner + i * x->width, *to = x->corner + j * x->width;
    double *at = add_corner(x, out, facets_of(x, i));
    uint64_t *on = facets_of(x, out->first + out->count - 1);
    for (size_t c = 0; c < x->width; c++)
        at[c] = share * from[c] + (1 - share) * to[c];
    for (size_t w = 0; w < x->words; w++)
        on[w] &= facets_of(x, j)[w];
    put_on(x, out->first + out->count - 1, facet);
    return true;
}

/* Crossings to those corners of a cell that are outside. */
static bool cross_to(choice_cells *x, choice_cell of, size_t i, double way, size_t facet,
                     choice_cell *out)
{
    for (size_t r = 0; r < row_words(of); r++)
        for (uint64_t other = x->both[r]; other != 0; other &= other - 1) {
            size_t j = of.first + 64 * r + lowest_bit(other);
            if (way * x->side[j] > 0 && !add_crossing(x, i, j, facet, out))
                return false;
        }
    return true;
}

static bool is_simple(const choice_cells *x, size_t corner)
{
    return count_facets(x, corner) == x->rank && x->rank > 1;
}

/* Steps for the edges of one. */
static double simple_steps(const choice_cells *x, choice_cell of)
{
    return (double)(x->rank * row_words(of)) / 2;
}

/* A corner on just so many facets as there are dimensions has one edge along all of them but each
 * one: its other end is the other corner on these. */
static bool cross_simple(choice_cells *x, choice_cell of, size_t i, double way, size_t facet,
                         choice_cell *out)
{
    const size_t row = row_words(of);
    uint64_t *before = x->meet, *after = x->meet + row, *last = after + x->rank * row;
    bool fits = true;
    memset(before, 0xff, row * sizeof *before);
    memset(last, 0xff, row * sizeof *last);
    uint64_t *to = last;
    for (size_t w = x->words; w-- > 0;) /* from the last facet on */
        for (uint64_t on = facets_of(x, i)[w]; on != 0; to -= row) {
            size_t bit = highest_bit(on);
            const uint64_t *there = corners_on(x, of, 64 * w + bit);
            uint64_t *below = to - row;
            on &= ~(UINT64_C(1) << bit);
            for (size_t r = 0; r < row; r++)
                below[r] = to[r] & there[r];
        }
    for (size_t w = 0; w < x->words; w++)
        for (uint64_t on = facets_of(x, i)[w]; on != 0 && fits; on &= on - 1) {
            const uint64_t *there = corners_on(x, of, 64 * w + lowest_bit(on));
            after += row;
            for (size_t r = 0; r < row; r++) {
                x->both[r] = before[r] & after[r];
                before[r] &= there[r];
            }
            fits = cross_to(x, of, i, way, facet, out);
        }
    x->steps -= simple_steps(x, of);
    return fits;
}

/* Two corners are joined by an edge when no third one lies wherever both do. */
static bool are_joined(choice_cells *x, choice_cell of, size_t i, size_t j)
{
    uint64_t common[CHOICE_CELL_WORDS];
    size_t shared = 0, on_all = 0;
    x->steps -= 0.25;
    for (size_t w = 0; w < x->words; w++) {
        common[w] = facets_of(x, i)[w] & facets_of(x, j)[w];
        shared += count_bits(common[w]);
    }
    if (shared + 1 < x->rank)
        return false;
    find_common(x, of, common, TDO_NONE, x->both);
    if (shared == 0) /* of a segment */
        return true;
    for (size_t r = 0; r < row_words(of); r++)
        on_all += count_bits(x->both[r]);
    return on_all == 2;
}

static bool cross_any(choice_cells *x, choice_cell of, size_t i, double way, size_t facet,
                      choice_cell *out)
{
    for (size_t j = of.first; j < of.first + of.count; j++)
        if (way * x->side[j] > 0 && are_joined(x, of, i, j) && !add_crossing(x, i, j, facet, out))
            return false;
    return true;
}

bool choice_cell_cut(choice_cells *x, choice_cell of, double way, size_t facet, choice_cell *out)
{
    assert((way == 1 || way == -1) && facet < 64 * x->words);
    bool fits = true;
    size_t simple = 0;
    *out = (choice_cell){.first = of.first + of.count};
    for (size_t i = of.first; i < of.first + of.count; i++)
        simple += way * x->side[i] < 0 && is_simple(x, i);
    if (!can_spend(x, (double)of.count + (double)simple * simple_steps(x, of)))
        return false;
    set_where(x, of);
    if (!add_kept(x, of, way, facet, out))
        return false;
    for (size_t i = of.first; i < of.first + of.count && fits; i++) {
        if (!(way * x->side[i] < 0))
            continue;
        fits = is_simple(x, i) ? cross_simple(x, of, i, way, facet, out)
                               : cross_any(x, of, i, way, facet, out);
    }
    if (fits)
        drop_twins(x, out, facet);
    return fits && x->steps >= 0;
}
