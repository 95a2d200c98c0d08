/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a portfolio asks of a set, as rows of whole numbers: sums in units of which every reading
 * and bound is a multiple, counts, and who comes with whom. */
#include "verify/sets.h"

#include "base/sort.h"

#include <math.h>
#include <string.h>

/* Sums of what a row holds stay below. */
#define MOST_SUM 0x1p62

static verify_whole *new_row(verify_sets *s)
{
    return verify_room(s->k->j, s->n, sizeof(verify_whole));
}

static bool add_row(verify_sets *s, const verify_whole *a, verify_whole least)
{
    if (s->rows == s->room) {
        verify_row *more = verify_room(s->k->j, 2 * s->room + 16, sizeof *more);
        if (!more)
            return false;
        if (s->rows > 0)
            memcpy(more, s->row, s->rows * sizeof *more);
        s->row = more;
        s->room = 2 * s->room + 16;
    }
    s->row[s->rows++] = (verify_row){a, least};
    return true;
}

static verify_whole *turned(verify_sets *s, const verify_whole *a)
{
    verify_whole *y = new_row(s);
    for (size_t i = 0; y && i < s->n; i++)
        y[i] = -a[i];
    return y;
}

/* ---- who ---- */

static verify_number limited(const verify_case *k, const verify_limit *l, size_t slot)
{
    const size_t i = k->s.feasible[slot];
    return l->criterion != VERIFY_NONE ? verify_reading(k->w, (size_t)l->criterion, i) : l->x[i];
}

static bool id_before(const void *user, uint32_t a, uint32_t b)
{
    const verify_case *k = user;
    return strcmp(verify_slot_id(k, a), verify_slot_id(k, b)) < 0;
}

static bool find_who(verify_sets *s)
{
    verify_case *k = s->k;
    uint32_t *room = NULL;
    if (!VERIFY_ROOM(k->j, s->slot, k->s.f) || !VERIFY_ROOM(k->j, s->place, k->s.f) ||
        !VERIFY_ROOM(k->j, room, k->s.f))
        return false;
    for (size_t q = 0; q < k->s.f; q++) {
        bool measured = true;
        for (size_t l = 0; l < k->w->sum_m; l++)
            measured = measured && !isnan(limited(k, &k->w->sum_limit[l], q).y);
        s->unmeasured += !measured;
        s->place[q] = VERIFY_NONE;
        if (measured)
            s->slot[s->n++] = (uint32_t)q;
    }
    sort_by(s->slot, s->n, id_before, k, room);
    for (size_t i = 0; i < s->n; i++)
        s->place[s->slot[i]] = (int)i;
    return true;
}

/* The place of a candidate, or VERIFY_NONE: it cannot be taken. */
static int place_of(const verify_sets *s, const char *id)
{
    const int i = verify_find(s->k->w, id);
    const int slot = i == VERIFY_NONE ? VERIFY_NONE : s->k->s.slot[i];
    return slot == VERIFY_NONE ? VERIFY_NONE : s->place[slot];
}

/* ---- sums ---- */

/* x times the unit as a whole number; false: it is none, or too large. */
static bool in_units(mpq_t x, const mpz_t unit, verify_whole *out)
{
    mpq_t y;
    mpq_init(y);
    mpq_set_z(y, unit);
    mpq_mul(y, y, x);
    const bool fits = mpz_cmp_ui(mpq_denref(y), 1) == 0 && mpz_fits_slong_p(mpq_numref(y));
    *out = fits ? mpz_get_si(mpq_numref(y)) : 0;
    mpq_clear(y);
    return fits;
}

/* The least unit of which all that a limit sums, and its bounds, are multiples: 1 / unit. */
static void find_unit(verify_sets *s, const verify_limit *l, mpz_t unit)
{
    mpq_t *room = s->k->w->room;
    mpz_set_ui(unit, 1);
    for (size_t i = 0; i < s->n + 2; i++) {
        mpq_set_ui(room[0], 0, 1);
        if (i < s->n)
            verify_add(room[0], 1, limited(s->k, l, s->slot[i]), room[1]);
        else
            verify_set_decimal(room[0], i > s->n ? l->max : l->min);
        mpz_lcm(unit, unit, mpq_denref(room[0]));
    }
}

/* Its sum, and the two sides of its bounds. */
static bool add_limit(verify_sets *s, const verify_limit *l)
{
    mpq_t *room = s->k->w->room;
    verify_whole *a = new_row(s), bound = 0;
    const verify_whole *less = NULL;
    double size = 0;
    mpz_t unit;
    if (!a)
        return false;
    mpz_init(unit);
    find_unit(s, l, unit);
    for (size_t i = 0; i < s->n; i++) {
        mpq_set_ui(room[0], 0, 1);
        verify_add(room[0], 1, limited(s->k, l, s->slot[i]), room[1]);
        s->fits = s->fits && in_units(room[0], unit, &a[i]);
        size += fabs((double)a[i]);
    }
    bool good = (less = turned(s, a)) != NULL;
    for (int max = 0; max < 2 && good; max++) {
        if (!(max ? l->has_max : l->has_min))
            continue;
        verify_set_decimal(room[0], max ? l->max : l->min);
        s->fits = s->fits && in_units(room[0], unit, &bound);
        size += fabs((double)bound);
        good = max ? add_row(s, less, -bound) : add_row(s, a, bound);
    }
    mpz_clear(unit);
    s->fits = s->fits && size < MOST_SUM;
    if (l->criterion != VERIFY_NONE && s->k->w->criterion[l->criterion].goal != VERIFY_NEARER)
        s->axis[s->axes++] = s->k->w->criterion[l->criterion].goal == VERIFY_MORE ? a : less;
    return good;
}

/* ---- counts and links ---- */

static bool add_count(verify_sets *s, const verify_node *options)
{
    const verify_node *count = verify_get(options, "count");
    verify_whole *one = new_row(s);
    const verify_whole *less = NULL;
    double least = s->worth.menu, most = NAN;
    for (size_t i = 0; one && i < s->n; i++)
        one[i] = 1;
    if (count && count->kind == VERIFY_NUMBER)
        least = most = count->number;
    else if (count && count->n == 2) {
        least = count->first->number;
        most = count->first->next->number;
    }
    least = fmin(s->worth.menu ? fmax(1, least) : least, MOST_SUM);
    most = isnan(most) ? NAN : fmin(most, MOST_SUM);
    if (!one || !(less = turned(s, one)) || !add_row(s, one, (verify_whole)least))
        return false;
    return isnan(most) || add_row(s, less, -(verify_whole)most);
}

/* x of one is at most x of another; VERIFY_NONE: that one is never taken. */
static bool add_only_with(verify_sets *s, int one, int other)
{
    verify_whole *a = one == VERIFY_NONE || one == other ? NULL : new_row(s);
    if (!a)
        return s->k->j->status == TDO_OK;
    a[one] = -1;
    if (other != VERIFY_NONE)
        a[other] = 1;
    return add_row(s, a, 0);
}

static bool add_together(verify_sets *s, const verify_node *ids)
{
    bool good = true, all = true;
    for (const verify_node *x = ids->first; x; x = x->next)
        all = all && place_of(s, x->text) != VERIFY_NONE;
    for (const verify_node *x = ids->first; x && good; x = x->next) {
        const verify_node *next = x->next ? x->next : ids->first;
        good = add_only_with(s, place_of(s, x->text), all ? place_of(s, next->text) : VERIFY_NONE);
    }
    return good;
}

static bool add_apart(verify_sets *s, const verify_node *ids)
{
    verify_whole *a = new_row(s);
    for (const verify_node *x = ids->first; x && a; x = x->next)
        if (place_of(s, x->text) != VERIFY_NONE)
            a[place_of(s, x->text)] = -1;
    return a && add_row(s, a, -1);
}

static bool add_links(verify_sets *s, const verify_node *options)
{
    const verify_node *together = verify_get(options, "together");
    const verify_node *apart = verify_get(options, "not_together");
    const verify_node *requires = verify_get(options, "requires");
    bool good = true;
    for (const verify_node *x = together ? together->first : NULL; x && good; x = x->next)
        good = add_together(s, x);
    for (const verify_node *x = apart ? apart->first : NULL; x && good; x = x->next)
        good = add_apart(s, x);
    for (const verify_node *x = requires ? requires->first : NULL; x && good; x = x->next)
        for (const verify_node *y = x->first; y && good; y = y->next)
            good = add_only_with(s, place_of(s, x->key), place_of(s, y->text));
    return good;
}

/* ---- worth ---- */

/* The values of doing nothing: those of its readings; where it has none, 0. */
static void find_none(verify_sets *s, const verify_node *options)
{
    const verify_case *k = s->k;
    const verify_node *none = s->worth.menu ? NULL : verify_get(options, "none");
    for (const verify_node *x = none ? none->first : NULL; x; x = x->next) {
        const int c = verify_find_criterion(k->w, x->key);
        double reading = 0;
        if (c != VERIFY_NONE && verify_bound(k->j, &k->w->criterion[c], x, &reading))
            s->none[c] = verify_value(&k->w->criterion[c], k->s.worst[c], k->s.best[c],
                                      verify_measurement(&k->w->criterion[c], reading));
    }
}

static bool find_worth(verify_sets *s, const verify_node *options)
{
    const verify_case *k = s->k;
    verify_worth *w = &s->worth;
    w->least = strcmp(verify_text(options, "rule", "weighted"), "maximin") == 0;
    if (!VERIFY_ROOM(k->j, s->none, k->w->d) || !VERIFY_ROOM(k->j, w->u, k->w->people * s->n) ||
        !VERIFY_ROOM(k->j, s->utility, k->w->people * s->n))
        return false;
    find_none(s, options);
    for (size_t h = 0; h < k->w->people; h++) {
        const double power = k->s.power[h];
        double none = 0;
        for (size_t c = 0; c < k->w->d; c++)
            none += k->w->person[h].weight[c] * s->none[c];
        for (size_t i = 0; i < s->n; i++) {
            const double u = k->s.utility[h * k->s.f + s->slot[i]] - none;
            s->utility[h * s->n + i] = u;
            if (power > 0)
                w->u[w->levels * s->n + i] += llrint((w->least ? u : power * u) * VERIFY_UNITS);
        }
        w->levels += power > 0 && (w->least || w->menu);
    }
    w->levels += !w->least && !w->menu;
    return true;
}

verify_whole verify_sum_of(const verify_sets *s, const verify_whole *a, const bool *taken)
{
    verify_whole sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += taken[i] ? a[i] : 0;
    return sum;
}

verify_whole verify_worth_of(const verify_sets *s, const bool *taken)
{
    const verify_worth *w = &s->worth;
    verify_whole worth = 0;
    for (size_t l = 0; l < w->levels; l++) {
        const verify_whole *u = w->u + l * s->n;
        verify_whole level = w->menu ? 0 : verify_sum_of(s, u, taken);
        for (size_t i = 0; i < s->n && w->menu; i++)
            level = taken[i] && u[i] > level ? u[i] : level;
        worth = !w->least ? worth + level : l == 0 || level < worth ? level : worth;
    }
    return worth;
}

const verify_row *verify_broken_row(const verify_sets *s, const bool *taken)
{
    for (size_t r = 0; r < s->rows; r++)
        if (verify_sum_of(s, s->row[r].a, taken) < s->row[r].least)
            return &s->row[r];
    return NULL;
}

bool verify_sets_start(verify_case *k, verify_sets *out)
{
    enum { STEPS = 20000000 };
    const verify_node *options = verify_get(k->w->scenario, "portfolio");
    *out = (verify_sets){.k = k, .fits = true, .steps = STEPS};
    out->worth.menu = strcmp(verify_text(options, "counts", "sum"), "best") == 0;
    if (!find_who(out) || !VERIFY_ROOM(k->j, out->axis, k->w->sum_m))
        return false;
    for (size_t l = 0; l < k->w->sum_m; l++)
        if (!add_limit(out, &k->w->sum_limit[l]))
            return false;
    return add_count(out, options) && add_links(out, options) && find_worth(out, options);
}
