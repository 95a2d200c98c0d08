/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs of rivals of which one counts wherever the other does not: then of each pair at least one
 * counts at all weights of a cell, and disjoint pairs bound from below how many do. Leads are
 * linear: a + r b > 0 at all corners, for one r > 0, keeps a and b from being <= 0 together
 * anywhere, and where no r does that, there is a place where both are. */
#include "weights/choice_pairs.h"

#include <math.h>

/* A ratio within rounding of both its bounds shows nothing. */
static const double ROUNDING = 1e-12;

tdo_status choice_pairs_make(choice_pairs *x, tdo_arena *a)
{
    x->lead = tdo_alloc(a, CHOICE_PAIR_LEADS, sizeof *x->lead);
    x->behind = tdo_alloc(a, CHOICE_PAIR_LEADS / 64 + CHOICE_PAIR_RIVALS, sizeof *x->behind);
    return x->lead && x->behind ? TDO_OK : TDO_E_MEMORY;
}

bool choice_pairs_fit(size_t rivals, size_t corners)
{
    return rivals <= CHOICE_PAIR_RIVALS && rivals * corners <= CHOICE_PAIR_LEADS;
}

static void set_behind(choice_pairs *x, size_t rivals, size_t corners)
{
    uint64_t *to = x->behind;
    for (size_t j = 0; j < rivals; j++)
        for (size_t q = 0; q < corners; to++) {
            const double *lead = x->lead + j * corners + q;
            size_t n = corners - q < 64 ? corners - q : 64;
            *to = 0;
            for (size_t bit = 0; bit < n; bit++)
                *to |= (uint64_t) !(lead[bit] > 0) << bit;
            q += n;
        }
}

/* Are both behind at a corner? That settles most pairs. */
static bool meet(const uint64_t *a, const uint64_t *b, size_t row)
{
    uint64_t both = 0;
    for (size_t i = 0; i < row; i++)
        both |= a[i] & b[i];
    return both != 0;
}

/* Is there a ratio r with a + r b > 0 at all corners? At each corner one of the two is > 0. */
static bool have_ratio(const double *a, const double *b, size_t corners)
{
    double least = 0, most = INFINITY;
    for (size_t q = 0; q < corners && least < most; q++) {
        if (!(a[q] > 0))
            least = -a[q] > least * b[q] ? -a[q] / b[q] : least;
        else if (!(b[q] > 0))
            most = a[q] < most * -b[q] ? a[q] / -b[q] : most;
    }
    return least * (1 + ROUNDING) < most;
}

size_t choice_count_pairs(choice_pairs *x, size_t rivals, size_t corners, size_t enough)
{
    const size_t row = (corners + 63) / 64;
    bool taken[CHOICE_PAIR_RIVALS] = {false};
    size_t pairs = 0;
    set_behind(x, rivals, corners);
    for (size_t j = 0; j < rivals && pairs < enough; j++)
        for (size_t k = j + 1; k < rivals && !taken[j]; k++) {
            if (taken[k] || meet(x->behind + j * row, x->behind + k * row, row) ||
                !have_ratio(x->lead + j * corners, x->lead + k * corners, corners))
                continue;
            taken[j] = taken[k] = true;
            pairs++;
        }
    return pairs;
}
