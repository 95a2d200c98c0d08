/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All non-dominated points, by one search for each: the largest worth within a zone (every sum at
 * least so much), and of that worth the largest sums. Whatever else is there has more of some sum:
 * a zone for each. A zone within one that is searched has the same answer where that lies in it,
 * and none where that had none (Klamroth, Lacour and Vanderpooten 2015 on such zones). */
#include "portfolio/portfolio.h"
#include "tradeoff/work.h"

#include "base/sort.h"

#include <string.h>

typedef struct zone {
    pick_whole *least; /* [n_axes] */
    bool searched;     /* itself, or one around it */
    size_t point;      /* its answer; SIZE_MAX: nothing is in it */
} zone;

typedef struct explorer {
    const pick_zones *z;
    zone *zone;
    size_t zones, room;
    size_t *own; /* [owns] those that are searched themselves: what is known is known from them */
    size_t owns;
    pick_point *point;
    size_t points;
    size_t looked; /* comparisons of zones */
    bool complete;
} explorer;

enum { ZONES_PER_POINT = 64, FIRST_ROOM = 64, MOST_LOOKED = 200000000 };

/* Is zone a within zone b? */
static bool within(const explorer *e, const pick_whole *a, const pick_whole *b)
{
    for (size_t q = 0; q < e->z->n_axes; q++)
        if (a[q] < b[q])
            return false;
    return true;
}

/* point: the answer, where that is known. */
static tdo_status add_zone(explorer *e, const pick_whole *least, size_t point)
{
    if (e->zones == e->room) {
        const size_t room = e->room ? 2 * e->room : FIRST_ROOM;
        zone *more = tdo_alloc(e->z->a, room, sizeof *more);
        size_t *own = tdo_alloc(e->z->a, room, sizeof *own);
        if (!more || !own)
            return TDO_E_MEMORY;
        if (e->zones) {
            memcpy(more, e->zone, e->zones * sizeof *more);
            memcpy(own, e->own, e->owns * sizeof *own);
        }
        e->zone = more;
        e->own = own;
        e->room = room;
    }
    pick_whole *own = tdo_alloc(e->z->a, e->z->n_axes, sizeof *own);
    if (!own)
        return TDO_E_MEMORY;
    memcpy(own, least, e->z->n_axes * sizeof *own);
    if (point == SIZE_MAX)
        e->own[e->owns++] = e->zones;
    e->zone[e->zones++] = (zone){own, point != SIZE_MAX, point};
    return TDO_OK;
}

/* Is the answer known from a zone around it, searched or still to be? */
static bool is_covered(const explorer *e, const pick_whole *least)
{
    for (size_t k = 0; k < e->owns; k++) {
        const zone *o = &e->zone[e->own[k]];
        if (within(e, least, o->least) && (!o->searched || o->point == SIZE_MAX))
            return true;
    }
    return false;
}

/* The point that answers a zone because it answers one around it; SIZE_MAX: none does. */
static size_t known_answer(const explorer *e, const pick_whole *least)
{
    for (size_t k = 0; k < e->owns; k++) {
        const zone *o = &e->zone[e->own[k]];
        if (o->searched && o->point != SIZE_MAX && within(e, least, o->least) &&
            within(e, e->point[o->point].at, least))
            return o->point;
    }
    return SIZE_MAX;
}

static tdo_status keep_point(explorer *e, const pick_found *y, size_t *out)
{
    const pick_zones *z = e->z;
    uint8_t *x = tdo_alloc(z->a, z->p->n, sizeof *x);
    pick_whole *at = tdo_alloc(z->a, z->n_axes, sizeof *at);
    if (!x || !at)
        return TDO_E_MEMORY;
    memcpy(x, y->x, z->p->n);
    for (size_t q = 0; q < z->n_axes; q++)
        at[q] = pick_worth_of(&z->axis[q], z->p->n, x);
    for (size_t k = 0; k < e->points; k++)
        if (memcmp(e->point[k].at, at, z->n_axes * sizeof *at) == 0) {
            *out = k;
            return TDO_OK;
        }
    *out = e->points;
    e->point[e->points++] = (pick_point){x, y->worth, at};
    return TDO_OK;
}

static tdo_status search_zone(explorer *e, size_t k, uint8_t *x, tdo_error *err)
{
    const pick_zones *z = e->z;
    tdo_arena *room = tdo_arena_new();
    pick_row *row = room ? pick_more_rows(z->p, z->n_axes, room) : NULL;
    const pick_sums then = {z->axis, z->n_axes};
    pick_problem p = *z->p;
    pick_found y = {.x = x};
    pick_whole at_most = 0;
    for (size_t q = 0; row && q < z->n_axes; q++)
        if (e->zone[k].least[q] != -PICK_FAR)
            row[p.rows++] = (pick_row){z->axis[q].u, e->zone[k].least[q], PICK_FAR};
    p.row = row;
    tdo_status status = row ? pick_best(&p, &then, z->steps, &y, &at_most, err) : TDO_E_MEMORY;
    e->complete = e->complete && y.complete && *z->steps > 0;
    e->zone[k].searched = true;
    if (status == TDO_OK && y.some && y.complete)
        status = keep_point(e, &y, &e->zone[k].point);
    tdo_arena_free(room);
    return status;
}

/* Beyond the point: more of some sum. */
static tdo_status split_zone(explorer *e, size_t k, pick_whole *least)
{
    const pick_zones *z = e->z;
    const pick_point *y = &e->point[e->zone[k].point];
    tdo_status status = TDO_OK;
    for (size_t q = 0; q < z->n_axes && status == TDO_OK; q++) {
        memcpy(least, e->zone[k].least, z->n_axes * sizeof *least);
        least[q] = y->at[q] + z->step[q];
        e->looked += e->owns;
        if (!is_covered(e, least))
            status = add_zone(e, least, known_answer(e, least));
    }
    return status;
}

tdo_status pick_list_points(const pick_zones *z, pick_point **out, size_t *n, bool *complete,
                            tdo_error *err)
{
    explorer e = {.z = z, .complete = true};
    pick_whole *least = tdo_alloc(z->a, z->n_axes, sizeof *least);
    uint8_t *x = tdo_alloc(z->a, z->p->n, sizeof *x);
    e.point = tdo_alloc(z->a, z->most + 1, sizeof *e.point);
    tdo_status status = least && x && e.point ? TDO_OK : TDO_E_MEMORY;
    for (size_t q = 0; least && q < z->n_axes; q++)
        least[q] = -PICK_FAR;
    if (status == TDO_OK)
        status = add_zone(&e, least, SIZE_MAX);
    for (size_t k = 0; k < e.zones && status == TDO_OK && e.complete; k++) {
        if (!e.zone[k].searched)
            status = search_zone(&e, k, x, err);
        if (status == TDO_OK && e.zone[k].point != SIZE_MAX)
            status = split_zone(&e, k, least);
        e.complete = e.complete && e.points <= z->most && e.zones <= z->most * ZONES_PER_POINT &&
                     e.looked <= MOST_LOOKED;
    }
    *out = e.point;
    *n = e.points;
    *complete = e.complete;
    return status;
}

/* ---- of a scenario ---- */

static bool point_before(const void *user, uint32_t a, uint32_t b)
{
    const pick_point *p = user;
    return p[a].worth > p[b].worth;
}

/* Is point k no better than another in anything? (Worths within TDO_TIE are the same.) */
static bool is_beaten(const pick_point *p, size_t n, size_t axes, size_t k)
{
    for (size_t j = 0; j < n; j++) {
        bool none_less = j != k && p[j].worth >= p[k].worth - PICK_TIE, more = false;
        for (size_t q = 0; q < axes && none_less; q++) {
            none_less = p[j].at[q] >= p[k].at[q];
            more = more || p[j].at[q] > p[k].at[q];
        }
        more = more || p[j].worth > p[k].worth + PICK_TIE;
        if (none_less && more)
            return true;
    }
    return false;
}

tdo_status pick_find_frontier(const pick_data *d, tdo_portfolio *out, tdo_error *err)
{
    const uint64_t allowed = tdo_work_left(d->k->work, TDO_PORTFOLIO_FRONTIER_STEPS);
    uint64_t steps = allowed;
    pick_whole *step = tdo_alloc(d->a, d->n_axes, sizeof *step);
    tdo_arena *room = tdo_arena_new();
    const pick_zones z = {&d->p, d->axis, step, d->n_axes, TDO_PORTFOLIO_SETS, &steps, room};
    pick_point *point = NULL;
    size_t n = 0;
    bool complete = false;
    for (size_t q = 0; step && q < d->n_axes; q++)
        step[q] = 1;
    tdo_status status = step && room ? pick_list_points(&z, &point, &n, &complete, err)
                                     : TDO_E_MEMORY;
    tdo_work_done(d->k->work, allowed - steps);
    uint32_t *order = status == TDO_OK ? tdo_alloc(room, n, sizeof *order) : NULL;
    uint32_t *spare = status == TDO_OK ? tdo_alloc(room, n, sizeof *spare) : NULL;
    tdo_portfolio_set *set = status == TDO_OK ? tdo_alloc(d->a, n, sizeof *set) : NULL;
    if (status == TDO_OK && (!order || !spare || !set))
        status = TDO_E_MEMORY;
    for (size_t k = 0; status == TDO_OK && k < n; k++)
        order[k] = (uint32_t)k;
    if (status == TDO_OK && complete) {
        sort_by(order, n, point_before, point, spare);
        for (size_t k = 0; k < n && status == TDO_OK; k++)
            if (!is_beaten(point, n, d->n_axes, order[k]))
                status = pick_report_set(d, point[order[k]].x, &set[out->n_frontier++]);
        out->frontier = set;
        out->has_frontier = true;
    } else if (status == TDO_OK)
        out->no_frontier = "it takes more steps than are allowed";
    tdo_arena_free(room);
    return status;
}
