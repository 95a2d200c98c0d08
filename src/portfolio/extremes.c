/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Extreme weights: of each stakeholder's region and the powers', combined. */
#include "portfolio/extremes.h"

#include <math.h>
#include <string.h>

/* Combinations of extreme weights that are looked at. */
enum { MOST_EXTREMES = 4096 };

static tdo_status add_weights(pick_weights *l, const double *w)
{
    for (size_t k = 0; k < l->n; k++) {
        bool same = true;
        for (size_t c = 0; c < l->d && same; c++)
            same = fabs(l->w[k * l->d + c] - w[c]) <= TDO_TIE;
        if (same)
            return TDO_OK;
    }
    if (l->n == l->room) {
        const size_t room = l->room ? 2 * l->room : 16;
        double *more = tdo_alloc(l->a, room * l->d, sizeof *more);
        if (!more)
            return TDO_E_MEMORY;
        if (l->n)
            memcpy(more, l->w, l->n * l->d * sizeof *more);
        l->w = more;
        l->room = room;
    }
    memcpy(l->w + l->n++ * l->d, w, l->d * sizeof *w);
    return TDO_OK;
}

static tdo_status spread_vertices(const tdo_region *r, size_t d, tdo_arena *a, double **out)
{
    double *y = *out = tdo_alloc(a, r->vertices * d, sizeof *y);
    for (size_t v = 0; y && v < r->vertices; v++)
        for (size_t q = 0; q < r->n; q++)
            y[v * d + r->criterion[q]] = r->vertex[v * r->n + q];
    return y ? TDO_OK : TDO_E_MEMORY;
}

static tdo_status fixed_point(const double *w, size_t d, tdo_arena *a, double **out)
{
    double *y = *out = tdo_alloc(a, d, sizeof *y);
    if (y)
        memcpy(y, w, d * sizeof *y);
    return y ? TDO_OK : TDO_E_MEMORY;
}

/* Any weights of the group. */
static tdo_status any_weights(const tdo_case *k, tdo_arena *a, pick_extremes *out)
{
    double *y = out->vertex[0] = tdo_alloc(a, out->d * out->d, sizeof *y);
    double *one = out->vertex[1] = tdo_alloc(a, 1, sizeof *one);
    (void)k;
    if (!y || !one)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < out->d; c++)
        y[c * out->d + c] = 1;
    one[0] = 1;
    out->n[0] = out->d;
    out->n[1] = 1;
    out->s = 1;
    out->group = true;
    return TDO_OK;
}

tdo_status pick_list_extremes(const tdo_case *k, tdo_arena *a, pick_extremes *out, bool *listed)
{
    const tdo_utility *u = k->u;
    *out = (pick_extremes){.vertex = tdo_alloc(a, u->s + 1, sizeof *out->vertex),
                           .n = tdo_alloc(a, u->s + 1, sizeof *out->n),
                           .s = u->s,
                           .d = u->d};
    tdo_status status = out->vertex && out->n ? TDO_OK : TDO_E_MEMORY;
    *listed = true;
    if (status == TDO_OK && (!k->regions || !k->regions->any))
        return any_weights(k, a, out);
    for (size_t s = 0; s <= u->s && status == TDO_OK; s++) {
        const tdo_region *r = s < u->s ? &k->regions->region[s] : &k->regions->powers;
        const size_t d = s < u->s ? u->d : u->s;
        const double *at = s < u->s ? u->weight + s * u->d : u->power;
        *listed = *listed && (!r->open || r->vertex);
        out->n[s] = r->open ? r->vertices : 1;
        if (*listed)
            status = r->open ? spread_vertices(r, d, a, &out->vertex[s])
                             : fixed_point(at, d, a, &out->vertex[s]);
    }
    return status;
}

tdo_status pick_combine(const pick_extremes *e, pick_weights *out, bool *complete)
{
    size_t *at = tdo_alloc(out->a, e->s + 1, sizeof *at), left = MOST_EXTREMES;
    double *w = tdo_alloc(out->a, e->d, sizeof *w);
    tdo_status status = at && w ? TDO_OK : TDO_E_MEMORY;
    bool more = status == TDO_OK;
    while (more && status == TDO_OK && left-- > 0) {
        const double *power = e->vertex[e->s] + at[e->s] * e->s;
        memset(w, 0, e->d * sizeof *w);
        for (size_t s = 0; s < e->s; s++)
            for (size_t c = 0; c < e->d; c++)
                w[c] += power[s] * e->vertex[s][at[s] * e->d + c];
        status = add_weights(out, w);
        size_t s = 0;
        while (s <= e->s && ++at[s] == e->n[s])
            at[s++] = 0;
        more = s <= e->s;
    }
    *complete = !more;
    return status;
}

tdo_status pick_cut(const pick_extremes *e, pick_statement t, tdo_arena *arena, pick_extremes *out)
{
    const size_t s = t.subject, a = t.more, b = t.less, n = e->n[s], d = e->d;
    double *y = tdo_alloc(arena, (n + n * n) * d, sizeof *y);
    size_t count = 0;
    *out = *e;
    out->vertex = tdo_alloc(arena, e->s + 1, sizeof *out->vertex);
    out->n = tdo_alloc(arena, e->s + 1, sizeof *out->n);
    if (!y || !out->vertex || !out->n)
        return TDO_E_MEMORY;
    memcpy(out->vertex, e->vertex, (e->s + 1) * sizeof *e->vertex);
    memcpy(out->n, e->n, (e->s + 1) * sizeof *e->n);
    for (size_t p = 0; p < n; p++) {
        const double *v = e->vertex[s] + p * d, by = v[a] - v[b];
        if (by >= 0)
            memcpy(y + count++ * d, v, d * sizeof *y);
        for (size_t q = 0; q < n && by > 0; q++) {
            const double *o = e->vertex[s] + q * d, other = o[a] - o[b];
            for (size_t c = 0; c < d && other < 0; c++)
                y[count * d + c] = (by * o[c] - other * v[c]) / (by - other);
            count += other < 0;
        }
    }
    out->vertex[s] = y;
    out->n[s] = count;
    return TDO_OK;
}
