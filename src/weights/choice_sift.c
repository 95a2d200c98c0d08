/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rivals are looked at eight at a time, at some places in one pass over what is known of them. */
#include "weights/choice_sift.h"

#include "base/real.h"

#include <string.h>

enum {
    LANES = 8,  /* rivals that are looked at at a time */
    AT_ONCE = 4 /* places that they are looked at at before it is asked whether that will do */
};

typedef double lanes __attribute__((vector_size(8 * LANES)));
typedef int64_t masks __attribute__((vector_size(8 * LANES)));

tdo_status choice_leads_make(size_t rivals, size_t active, tdo_arena *a, choice_leads *out)
{
    const size_t row = (rivals + 2 * LANES - 2) / LANES * LANES;
    *out = (choice_leads){.active = active,
                          .row = row,
                          .lead = tdo_alloc(a, row, active * sizeof *out->lead),
                          .middle = tdo_alloc(a, row, sizeof *out->middle)};
    return out->lead && out->middle ? TDO_OK : TDO_E_MEMORY;
}

double choice_lead_at(const choice_leads *y, const double *weights, size_t rival)
{
    const double *by = y->lead + rival;
    double sum = 0;
    for (size_t c = 0; c < y->active; c++, by += y->row)
        sum += weights[c] * *by;
    return sum;
}

REAL_INLINE void swap(double *x, size_t i, size_t j)
{
    const double kept = x[i];
    x[i] = x[j];
    x[j] = kept;
}

REAL_INLINE void swap_rivals(choice_leads *y, size_t i, size_t j)
{
    for (size_t c = 0; c < y->active && i != j; c++)
        swap(y->lead + c * y->row, i, j);
    swap(y->middle, i, j);
}

void choice_swap_rivals(choice_leads *y, size_t i, size_t j)
{
    swap_rivals(y, i, j);
}

void choice_find_middle(const choice_cells *x, choice_cell cell, double *middle)
{
    const double *corner = x->corner + cell.first * x->width;
    memset(middle, 0, x->width * sizeof *middle);
    for (size_t q = 0; q < cell.count; q++, corner += x->width)
        for (size_t c = 0; c < x->width; c++)
            middle[c] += corner[c];
    for (size_t c = 0; c < x->width; c++)
        middle[c] /= (double)cell.count;
}

/* The middle of a cell, and then its corners; behind the last one that again. */
REAL_INLINE const double *place_in(const choice_cells *x, choice_cell cell, const double *middle,
                                   size_t which)
{
    const size_t corner = cell.first + (which < cell.count ? which : cell.count) - 1;
    return which == 0 ? middle : x->corner + corner * x->width;
}

/* What eight rivals, from `first` on, lead by at some places. */
REAL_INLINE void lead_by(const choice_leads *y, const double *const at[AT_ONCE], size_t first,
                         lanes out[AT_ONCE])
{
    const double *by = y->lead + first;
    for (size_t q = 0; q < AT_ONCE; q++)
        out[q] = (lanes){0};
    for (size_t c = 0; c < y->active; c++, by += y->row) {
        lanes one;
        memcpy(&one, by, sizeof one);
        for (size_t q = 0; q < AT_ONCE; q++)
            out[q] += at[q][c] * one;
    }
}

/* What eight rivals are in a cell: below 0 where one is ahead, or behind, at some corner or in the
 * middle. (The sign of a difference: what the compiler makes of comparisons is slower.) */
typedef struct eight {
    masks ahead, behind;
} eight;

/* Are all eight both? */
REAL_INLINE bool are_undecided(const masks *ahead, const masks *behind)
{
    const masks both = *ahead & *behind;
    int64_t each[LANES], all = -1;
    memcpy(each, &both, sizeof each);
    for (size_t q = 0; q < LANES; q++)
        all &= each[q];
    return all < 0;
}

/* Sets their leads in the middle, too. Corners are looked at until all are known to be both: true.
 */
REAL_INLINE bool compare(choice_leads *y, const choice_cells *x, choice_cell cell,
                         const double *middle, size_t first, eight *out)
{
    lanes lead[AT_ONCE];
    masks ahead = {0}, behind = {0};
    bool all = false;
    for (size_t which = 0; which <= cell.count && !all; which += AT_ONCE) {
        const double *at[AT_ONCE];
        for (size_t q = 0; q < AT_ONCE; q++)
            at[q] = place_in(x, cell, middle, which + q);
        lead_by(y, at, first, lead);
        for (size_t q = 0; q < AT_ONCE; q++) {
            ahead |= (masks)(TDO_TIE - lead[q]);
            behind |= (masks)(lead[q] + TDO_TIE);
        }
        if (which == 0)
            memcpy(y->middle + first, &lead[0], sizeof lead[0]);
        all = are_undecided(&ahead, &behind);
    }
    *out = (eight){ahead, behind};
    return all;
}

REAL_CLONES
size_t choice_sift(choice_leads *y, choice_cells *x, choice_cell cell, choice_span span, bool ahead,
                   size_t *counted)
{
    double middle[TDO_MAX_CRITERIA];
    const size_t open = span.open;
    size_t undecided = span.from, count = 0;
    eight is;
    choice_find_middle(x, cell, middle);
    for (size_t first = span.from; first < open; first += LANES) {
        const bool all = compare(y, x, cell, middle, first, &is);
        if (all && undecided == first && first + LANES <= open) {
            undecided += LANES; /* they stand where they should */
            continue;
        }
        for (size_t q = 0; q < LANES && first + q < open; q++)
            if ((is.ahead[q] & is.behind[q]) < 0)
                swap_rivals(y, undecided++, first + q);
            else
                count += ahead == (is.ahead[q] < 0);
    }
    *counted += count;
    x->steps -= 2 * (double)(undecided - span.from) +
                (double)(cell.count + 1) * (double)(open - undecided);
    return undecided;
}
