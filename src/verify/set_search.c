/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is there a set that keeps all rows? All sets are tried, but for those of which a row shows that
 * they cannot keep it. One row more is made of all others, each taken some times (that never adds
 * a set, whatever the multipliers are): with the multipliers of a linear relaxation it shows most
 * (Glover 1965: surrogate constraints). */
#include "verify/sets.h"

#include "base/sort.h"

#include <math.h>
#include <string.h>

typedef struct seeker {
    verify_sets *s;
    const verify_question *q;
    size_t n, rows;
    verify_row *row;     /* [rows] the last is made of the others */
    verify_whole *high;  /* [rows] what it can still come to */
    verify_whole *made;  /* [n] */
    uint32_t *order;     /* [n] */
    bool *taken;         /* [n] */
    verify_whole *most;  /* [levels x (n + 1)] of a menu: the largest of those from a place on */
    verify_whole *level; /* [levels x (n + 1)] the largest taken so far */
    double *factor;      /* [rows] */
    bool cut, some;
} seeker;

/* ---- the row that is made ---- */

static double size_of(const seeker *w, size_t r)
{
    double size = fabs((double)w->row[r].least);
    for (size_t i = 0; i < w->n; i++)
        size = fmax(size, fabs((double)w->row[r].a[i]));
    return size;
}

/* How fast the room that the sum of rows leaves grows with the factor of row r. */
static double slope(const seeker *w, size_t r, const double *sum, double more)
{
    const double size = size_of(w, r);
    double y = -(double)w->row[r].least / size;
    for (size_t i = 0; i < w->n; i++) {
        const double a = (double)w->row[r].a[i] / size;
        y += sum[i] + more * a > 0 ? a : 0;
    }
    return y;
}

/* The factor of row r that leaves least room, the others as they are. */
static double best_factor(const seeker *w, size_t r, const double *sum)
{
    enum { HALVINGS = 40 };
    double low = 0, high = 1;
    if (slope(w, r, sum, 0) >= 0)
        return 0;
    while (high < 1e6 && slope(w, r, sum, high) < 0) {
        low = high;
        high *= 4;
    }
    for (int k = 0; k < HALVINGS; k++) {
        const double middle = (low + high) / 2;
        *(slope(w, r, sum, middle) < 0 ? &low : &high) = middle;
    }
    return (low + high) / 2;
}

/* The last of the rows counts once (in units of its size), the others as often as helps. */
static bool find_factors(seeker *w)
{
    enum { SWEEPS = 4 };
    const size_t last = w->rows - 2;
    double *sum = NULL;
    if (!VERIFY_ROOM(w->s->k->j, sum, w->n))
        return false;
    w->factor[last] = 1;
    for (size_t i = 0; i < w->n; i++)
        sum[i] = (double)w->row[last].a[i] / fmax(1, size_of(w, last));
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (size_t r = 0; r < last; r++) {
            const double size = size_of(w, r), before = w->factor[r];
            for (size_t i = 0; i < w->n && size > 0; i++)
                sum[i] -= before * (double)w->row[r].a[i] / size;
            w->factor[r] = size > 0 ? best_factor(w, r, sum) : 0;
            for (size_t i = 0; i < w->n && size > 0; i++)
                sum[i] += w->factor[r] * (double)w->row[r].a[i] / size;
        }
    return true;
}

static void make_row(seeker *w)
{
    verify_row *out = &w->row[w->rows - 1];
    double most = 1;
    for (size_t r = 0; r + 1 < w->rows; r++)
        most = fmax(most, w->factor[r]);
    *out = (verify_row){w->made, 0};
    for (size_t r = 0; r + 1 < w->rows; r++) {
        const double times = w->factor[r] / fmax(1, size_of(w, r)) *
                             (0x1p100 / (most * (double)(w->n + w->rows)));
        const verify_whole whole = (verify_whole)times;
        for (size_t i = 0; i < w->n; i++)
            w->made[i] += whole * w->row[r].a[i];
        out->least += whole * w->row[r].least;
    }
}

/* ---- before ---- */

static bool tells_more(const void *user, uint32_t a, uint32_t b)
{
    const seeker *w = user;
    const verify_whole x = w->made[a] < 0 ? -w->made[a] : w->made[a];
    const verify_whole y = w->made[b] < 0 ? -w->made[b] : w->made[b];
    const bool fixed_a = a < w->q->fixed, fixed_b = b < w->q->fixed;
    return fixed_a != fixed_b ? fixed_a : x > y;
}

static bool set_rows(seeker *w)
{
    verify_job *j = w->s->k->j;
    const verify_worth *worth = &w->s->worth;
    if (!VERIFY_ROOM(j, w->row, w->s->rows + w->q->n_more + worth->levels + 1))
        return false;
    memcpy(w->row, w->s->row, w->s->rows * sizeof *w->row);
    w->rows = w->s->rows;
    for (size_t r = 0; r < w->q->n_more; r++)
        w->row[w->rows++] = w->q->more[r];
    for (size_t l = 0; l < worth->levels && w->q->worth; l++) {
        verify_whole *good = NULL;
        if (!worth->menu)
            w->row[w->rows++] = (verify_row){worth->u + l * w->n, w->q->floor};
        if (!worth->menu || !worth->least || w->q->floor <= 0)
            continue;
        if (!VERIFY_ROOM(j, good, w->n)) /* somebody who is worth that */
            return false;
        for (size_t i = 0; i < w->n; i++)
            good[i] = worth->u[l * w->n + i] >= w->q->floor;
        w->row[w->rows++] = (verify_row){good, 1};
    }
    w->rows++;
    return true;
}

static bool is_menu(const seeker *w)
{
    return w->q->worth && w->s->worth.menu && !w->s->worth.least;
}

static bool prepare(seeker *w)
{
    verify_job *j = w->s->k->j;
    uint32_t *room = NULL;
    const size_t levels = w->s->worth.levels;
    if (!set_rows(w) || !VERIFY_ROOM(j, w->high, w->rows) || !VERIFY_ROOM(j, w->made, w->n) ||
        !VERIFY_ROOM(j, w->order, w->n) || !VERIFY_ROOM(j, w->taken, w->n) ||
        !VERIFY_ROOM(j, w->factor, w->rows) || !VERIFY_ROOM(j, room, w->n) ||
        !VERIFY_ROOM(j, w->most, levels * (w->n + 1)) ||
        !VERIFY_ROOM(j, w->level, levels * (w->n + 1)) || !find_factors(w))
        return false;
    make_row(w);
    for (size_t r = 0; r < w->rows; r++)
        for (size_t i = 0; i < w->n; i++)
            w->high[r] += w->row[r].a[i] > 0 ? w->row[r].a[i] : 0;
    for (size_t i = 0; i < w->n; i++)
        w->order[i] = (uint32_t)i;
    sort_by(w->order, w->n, tells_more, w, room);
    for (size_t at = w->n; at-- > 0;)
        for (size_t l = 0; l < levels; l++) {
            const verify_whole u = w->s->worth.u[l * w->n + w->order[at]];
            const verify_whole after = w->most[(at + 1) * levels + l];
            w->most[at * levels + l] = u > after ? u : after;
        }
    return true;
}

/* ---- the search ---- */

static bool may_still(const seeker *w, size_t at)
{
    const size_t levels = w->s->worth.levels;
    verify_whole worth = 0;
    for (size_t r = 0; r < w->rows; r++)
        if (w->high[r] < w->row[r].least)
            return false;
    for (size_t l = 0; l < levels && is_menu(w); l++) {
        const verify_whole has = w->level[at * levels + l], more = w->most[at * levels + l];
        worth += has > more ? has : more;
    }
    return !is_menu(w) || worth >= w->q->floor;
}

/* Candidate i is taken, or not: what rows can still come to falls. back: it rises again. */
static void decide(seeker *w, size_t i, bool take, bool back)
{
    for (size_t r = 0; r < w->rows; r++) {
        const verify_whole a = w->row[r].a[i];
        if (a != 0 && (a < 0) == take)
            w->high[r] += (take ? a : -a) * (back ? -1 : 1);
    }
}

/* True: the search ends. */
static bool walk(seeker *w, size_t at)
{
    const size_t levels = w->s->worth.levels;
    if (w->s->steps == 0) {
        w->cut = true;
        return true;
    }
    w->s->steps--;
    if (!may_still(w, at))
        return false;
    if (at == w->n) {
        w->some = true;
        return !w->q->visit || !w->q->visit(w->q->user, w->taken, w->high + w->s->rows);
    }
    if (w->q->visit && !w->q->visit(w->q->user, NULL, w->high + w->s->rows))
        return false;
    const size_t i = w->order[at];
    for (int no = 0; no < 2; no++) {
        const bool take = no == 0;
        if (i < w->q->fixed && take != w->q->begins[i])
            continue;
        w->taken[i] = take;
        for (size_t l = 0; l < levels; l++) {
            const verify_whole has = w->level[at * levels + l];
            const verify_whole u = w->s->worth.u[l * w->n + i];
            w->level[(at + 1) * levels + l] = take && u > has ? u : has;
        }
        decide(w, i, take, false);
        const bool ends = walk(w, at + 1);
        decide(w, i, take, true);
        w->taken[i] = false;
        if (ends)
            return true;
    }
    return false;
}

bool verify_ask_sets(verify_sets *s, const verify_question *q, verify_found *out)
{
    verify_job *j = s->k->j;
    tdo_arena *const outer = j->a;
    seeker w = {.s = s, .q = q, .n = s->n};
    j->a = tdo_arena_new();
    bool good = j->a != NULL;
    if (!good)
        j->status = tdo_fail(j->err, TDO_E_MEMORY, "out of memory");
    good = good && prepare(&w);
    if (good)
        (void)walk(&w, 0);
    tdo_arena_free(j->a);
    j->a = outer;
    *out = w.cut ? VERIFY_TOO_LONG : w.some ? VERIFY_A_SET : VERIFY_NO_SET;
    return good;
}
