/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each row reaches that no other row does, as a volume: cut into slices across the last axis,
 * each of which is the same question with an axis less (While et al. 2006, "hypervolume by slicing
 * objectives", for one row's share). Nothing but coordinates is subtracted, so that no digits are
 * lost in what nearly covers a row. */
#include "tradeoff/search.h"

#include "base/sort.h"

#include <math.h>
#include <string.h>

/* Room for the rows of one depth. */
typedef struct shelf {
    double *row;     /* [n x axes] cut off where the row that is asked about ends, none of them
                        covered by another one */
    double *key;     /* [n] */
    uint32_t *index; /* [n] */
    uint64_t *word;  /* [2n] */
} shelf;

typedef struct volume_search {
    const double *of;                 /* the row that is asked about */
    shelf shelf[TDO_VOLUME_AXES + 1]; /* by how many axes there are */
    double left;                      /* steps */
} volume_search;

static bool covers(const double *a, const double *b, size_t d)
{
    for (size_t c = 0; c < d; c++)
        if (a[c] < b[c])
            return false;
    return true;
}

/* Puts a row on the shelf for d axes, unless one there covers it; those that it covers go. Returns
 * how many are there then; *news: it is there. */
static size_t put(volume_search *y, size_t d, const double *row, size_t n, bool *news)
{
    double *have = y->shelf[d].row;
    size_t kept = 0;
    y->left -= (double)(n * d + 1);
    *news = false;
    for (size_t i = 0; i < n; i++)
        if (covers(have + i * d, row, d))
            return n;
    for (size_t i = 0; i < n; i++) {
        if (covers(row, have + i * d, d))
            continue;
        if (kept < i)
            memcpy(have + kept * d, have + i * d, d * sizeof *have);
        kept++;
    }
    memcpy(have + kept * d, row, d * sizeof *have);
    *news = true;
    return kept + 1;
}

/* Of the row's box in the first d axes what the n rows on that shelf leave. */
static double uncovered(volume_search *y, size_t d, size_t n)
{
    const shelf *s = &y->shelf[d];
    const double *row = s->row;
    double top = y->of[d - 1], volume = 0;
    size_t below = 0; /* on the next shelf */
    bool news = false;
    if (d == 1)
        return n > 0 ? top - row[0] : top;
    for (size_t i = 0; i < n; i++) {
        s->index[i] = (uint32_t)i;
        s->key[i] = row[i * d + d - 1];
    }
    sort_by_key(s->key, s->index, n, s->word);
    for (size_t i = n; i-- > 0 && y->left > 0;) { /* they begin to count from the top down */
        const double *now = row + s->index[i] * d, end = now[d - 1];
        const double slice = top - end > 0 ? uncovered(y, d - 1, below) : 0;
        volume += (top - end) * slice;
        below = put(y, d - 1, now, below, &news);
        if (covers(now, y->of, d - 1))
            return volume;
        top = end;
    }
    return volume + top * uncovered(y, d - 1, below);
}

/* x: [n x d]. NaN where steps ran out. */
static double alone(volume_search *y, const double *x, size_t n, size_t d, size_t who)
{
    double row[TDO_VOLUME_AXES];
    size_t left = 0;
    bool news = false;
    y->of = x + who * d;
    for (size_t i = 0; i < n && y->left > 0; i++) { /* the box of no axes is a point */
        if (i == who)
            continue;
        for (size_t c = 0; c < d; c++)
            row[c] = fmin(x[i * d + c], y->of[c]);
        if (covers(row, y->of, d))
            return 0;
        left = put(y, d, row, left, &news);
    }
    const double volume = d == 0 ? 1 : y->left > 0 ? uncovered(y, d, left) : 0;
    return y->left > 0 ? volume : (double)NAN;
}

tdo_status tdo_volumes_alone(const double *x, size_t n, size_t d, tdo_arena *a, double *out)
{
    volume_search y = {.left = TDO_VOLUME_STEPS};
    const bool can = d <= TDO_VOLUME_AXES && (double)n * (double)n <= TDO_VOLUME_STEPS;
    for (size_t axes = 1; can && axes <= d; axes++) {
        shelf *s = &y.shelf[axes];
        *s = (shelf){.row = tdo_alloc(a, n, axes * sizeof *s->row),
                     .key = tdo_alloc(a, n, sizeof *s->key),
                     .index = tdo_alloc(a, n, sizeof *s->index),
                     .word = tdo_alloc(a, n, 2 * sizeof *s->word)};
        if (!s->row || !s->key || !s->index || !s->word)
            return TDO_E_MEMORY;
    }
    for (size_t k = 0; k < n; k++)
        out[k] = can && y.left > 0 ? alone(&y, x, n, d, k) : (double)NAN;
    return TDO_OK;
}

tdo_status tdo_find_volumes(const tdo_case *k, tdo_arena *a, double **out)
{
    const size_t n = k->front->count;
    tdo_arena *scratch = tdo_arena_new();
    size_t d = 0, axes = 0;
    for (size_t c = 0; c < k->v->d; c++)
        d += !k->v->constant[c];
    double *volume = tdo_alloc(a, n, sizeof *volume);
    double *x = scratch ? tdo_alloc(scratch, n * d, sizeof *x) : NULL;
    tdo_status status = volume && x ? TDO_OK : TDO_E_MEMORY;
    for (size_t c = 0; c < k->v->d && status == TDO_OK; c++) {
        if (k->v->constant[c])
            continue;
        for (size_t q = 0; q < n; q++)
            x[q * d + axes] = tdo_value_at(k->v, c, k->front->list[q]);
        axes++;
    }
    if (status == TDO_OK)
        status = tdo_volumes_alone(x, n, d, scratch, volume);
    tdo_arena_free(scratch);
    *out = volume;
    return status;
}
