/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is there a set that keeps all rows? All sets are tried, but for those of which a row shows that
 * they cannot keep it. Rows more are made of all others, each taken some times (that never adds
 * a set, whatever the multipliers are): with the multipliers of a linear relaxation they show most
 * (Glover 1965: surrogate constraints). One is made for the last row; where that takes long, one
 * for each that concerns many. */
#include "verify/sets.h"

#include "base/sort.h"

#include <math.h>
#include <string.h>

enum { MOST_MADE = 16, PATIENCE = 2000 };

typedef struct seeker {
    verify_sets *s;
    const verify_question *q;
    size_t n, rows, given;    /* rows; those that are not made of others */
    verify_row *row;          /* [rows] */
    verify_whole *high;       /* [rows] what it can still come to */
    const verify_whole *made; /* [n] of the last of those given */
    uint32_t *order;          /* [n] */
    bool *taken;              /* [n] */
    verify_whole *most;  /* [levels x (n + 1)] of a menu: the largest of those from a place on */
    verify_whole *level; /* [levels x (n + 1)] the largest taken so far */
    double *factor;      /* [given] */
    size_t patience;     /* steps until more rows are made */
    bool cut, some, failed;
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

/* Row `once` counts once (in units of its size), the others as often as helps. */
static bool find_factors(seeker *w, size_t once)
{
    enum { SWEEPS = 4 };
    double *sum = NULL;
    if (!VERIFY_ROOM(w->s->k->j, sum, w->n))
        return false;
    memset(w->factor, 0, w->given * sizeof *w->factor);
    w->factor[once] = 1;
    for (size_t i = 0; i < w->n; i++)
        sum[i] = (double)w->row[once].a[i] / fmax(1, size_of(w, once));
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (size_t r = 0; r < w->given; r++) {
            const double size = size_of(w, r), before = w->factor[r];
            for (size_t i = 0; i < w->n && size > 0 && r != once; i++)
                sum[i] -= before * (double)w->row[r].a[i] / size;
            if (r != once)
                w->factor[r] = size > 0 ? best_factor(w, r, sum) : 0;
            for (size_t i = 0; i < w->n && size > 0 && r != once; i++)
                sum[i] += w->factor[r] * (double)w->row[r].a[i] / size;
        }
    return true;
}

static const verify_whole *make_row(seeker *w, size_t once)
{
    double most = 1;
    verify_whole *a = NULL, least = 0;
    if (!VERIFY_ROOM(w->s->k->j, a, w->n) || !find_factors(w, once))
        return NULL;
    for (size_t r = 0; r < w->given; r++)
        most = fmax(most, w->factor[r]);
    for (size_t r = 0; r < w->given; r++) {
        const double times = w->factor[r] / fmax(1, size_of(w, r)) *
                             (0x1p100 / (most * (double)(w->n + w->given)));
        const verify_whole whole = (verify_whole)times;
        for (size_t i = 0; i < w->n; i++)
            a[i] += whole * w->row[r].a[i];
        least += whole * w->row[r].least;
    }
    w->row[w->rows++] = (verify_row){a, least};
    return a;
}

/* What row r can come to where those at the first `at` places are decided. */
static void find_high(seeker *w, size_t r, size_t at)
{
    for (size_t k = 0; k < w->n; k++) {
        const verify_whole a = w->row[r].a[w->order[k]];
        w->high[r] += (k < at ? w->taken[w->order[k]] : a > 0) ? a : 0;
    }
}

/* One for each row that concerns many, but for the last. */
static bool make_more(seeker *w, size_t at)
{
    enum { MANY = 4 };
    for (size_t r = w->given - 1; r-- > 0 && w->rows < w->given + MOST_MADE;) {
        size_t some = 0;
        for (size_t i = 0; i < w->n; i++)
            some += w->row[r].a[i] != 0;
        if (some < MANY)
            continue;
        if (!make_row(w, r))
            return false;
        find_high(w, w->rows - 1, at);
    }
    return true;
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
    if (!VERIFY_ROOM(j, w->row, w->s->rows + w->q->n_more + worth->levels + MOST_MADE))
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
    w->given = w->rows;
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
    if (!set_rows(w) || !VERIFY_ROOM(j, w->high, w->given + MOST_MADE) ||
        !VERIFY_ROOM(j, w->order, w->n) || !VERIFY_ROOM(j, w->taken, w->n) ||
        !VERIFY_ROOM(j, w->factor, w->given) || !VERIFY_ROOM(j, room, w->n) ||
        !VERIFY_ROOM(j, w->most, levels * (w->n + 1)) ||
        !VERIFY_ROOM(j, w->level, levels * (w->n + 1)) || !(w->made = make_row(w, w->given - 1)))
        return false;
    for (size_t i = 0; i < w->n; i++)
        w->order[i] = (uint32_t)i;
    sort_by(w->order, w->n, tells_more, w, room);
    for (size_t r = 0; r < w->rows; r++)
        find_high(w, r, 0);
    w->patience = PATIENCE;
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
    if (--w->patience == 0 && !make_more(w, at)) {
        w->failed = true;
        return true;
    }
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
    good = good && !w.failed;
    tdo_arena_free(j->a);
    j->a = outer;
    *out = w.cut ? VERIFY_TOO_LONG : w.some ? VERIFY_A_SET : VERIFY_NO_SET;
    return good;
}
