/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often each candidate is first over the repeats, in numbers that add to 100: the same in the
 * table, in the verdict and in sentences. */
#include "explain/firsts.h"

#include "base/sort.h"
#include "explain/amount.h"

#include <math.h>

static const double ROUNDED = 1e-9; /* of a part: what sums of shares lose */
static const uint32_t MOST_PER = 10000;

/* Those of at least half a part, best first, and behind them the others: their shares in parts.
 * Returns how many there are, without the others. */
static size_t gather(const tdo_run *run, double all, uint32_t *slot, double *share)
{
    size_t n = 0;
    double others = all;
    for (size_t k = 0; k < run->screened.feasible_n; k++) {
        const uint32_t at = run->ranking.order[k];
        const double mine = all * run->robust.candidate[at].first;
        if (mine < 0.5)
            continue;
        slot[n] = at;
        share[n++] = mine;
        others -= mine;
    }
    share[n] = others > all * TDO_TIE ? others : 0;
    return n;
}

bool speech_find_firsts(const tdo_run *run, uint32_t per, tdo_arena *a, speech_firsts *out)
{
    const size_t f = run->screened.feasible_n;
    const uint32_t all = 100 * per;
    const size_t room = (f < 2 * (size_t)all ? f : 2 * (size_t)all) + 1; /* of half a part each */
    uint32_t *parts = tdo_alloc(a, f, sizeof *parts), *slot = tdo_alloc(a, room, sizeof *slot);
    uint32_t *index = tdo_alloc(a, room, sizeof *index);
    double *share = tdo_alloc(a, room, sizeof *share);
    uint64_t *lent = tdo_alloc(a, 2 * room, sizeof *lent);
    if (!parts || !slot || !index || !share || !lent)
        return false;
    const size_t n = gather(run, all, slot, share);
    uint32_t sum = 0;
    for (size_t k = 0; k <= n; k++) {
        const uint32_t whole = (uint32_t)(share[k] + ROUNDED);
        if (k < n)
            parts[slot[k]] = whole;
        sum += whole;
        share[k] = whole - share[k]; /* the largest remainder is the least of these */
        index[k] = (uint32_t)k;
    }
    sort_by_key(share, index, n + 1, lent);
    for (size_t k = 0; k <= n && sum < all; k++, sum++)
        if (index[k] < n)
            parts[slot[index[k]]]++;
    *out = (speech_firsts){parts, per};
    return true;
}

bool speech_find_firsts_by_error(const tdo_run *run, tdo_arena *a, speech_firsts *out)
{
    double error = 0;
    uint32_t per = 1;
    for (size_t k = 0; k < run->screened.feasible_n; k++)
        error = fmax(error, run->robust.candidate[k].first_se);
    while (per < MOST_PER && 100 * error * per < 1)
        per *= 10;
    return speech_find_firsts(run, per, a, out);
}

void speech_put_first(tdo_sink *o, const speech_firsts *x, uint32_t slot, const char *all)
{
    const double per = x->per;
    if (x->parts[slot] == 100 * x->per) {
        tdo_puts(o, all);
        return;
    }
    tdo_puts(o, x->parts[slot] ? "" : "<");
    amount_put_rounded(o, (x->parts[slot] ? x->parts[slot] : 1) / per, 6);
}
