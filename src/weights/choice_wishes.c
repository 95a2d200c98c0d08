/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights that count: all of them, or what the stakeholders allow. */
#include "weights/choice_lp.h"

#include <math.h>
#include <string.h>

enum { MOST_LISTED = 4096 }; /* corners of weights times powers */

void choice_values_of(const tdo_case *k, uint32_t slot, double *to)
{
    for (size_t c = 0; c < k->v->d; c++)
        to[c] = tdo_value_at(k->v, c, slot);
}

double choice_value(const choice_bundle *b, size_t q, const double *value)
{
    double sum = 0;
    if (b->criterion)
        return value[b->criterion[q]];
    for (size_t c = 0; c < b->d; c++)
        sum += b->mix[q * b->d + c] * value[c];
    return sum;
}

void choice_add_weight(const choice_bundle *b, size_t q, double size, double *weights)
{
    if (b->criterion)
        weights[b->criterion[q]] += size;
    for (size_t c = 0; !b->criterion && c < b->d; c++)
        weights[c] += size * b->mix[q * b->d + c];
}

bool choice_can_decide(const tdo_valued *v, size_t c)
{
    return v->f > 0 && !v->constant[c];
}

tdo_status choice_wishes_any(const tdo_case *k, tdo_arena *a, choice_wishes *out)
{
    size_t d = k->u->d, n = 0;
    uint32_t *criterion = tdo_alloc(a, d, sizeof *criterion);
    double *vertex = tdo_alloc(a, d * d, sizeof *vertex);
    *out = (choice_wishes){.fixed = tdo_alloc(a, d, sizeof *out->fixed),
                           .bundle = tdo_alloc(a, 1, sizeof *out->bundle),
                           .listed = true};
    if (!out->fixed || !out->bundle || !criterion || !vertex)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < d; c++)
        if (choice_can_decide(k->v, c))
            criterion[n++] = (uint32_t)c;
    for (size_t c = 0; c < n; c++)
        vertex[c * n + c] = 1;
    out->bundles = n > 0;
    out->bundle[0] = (choice_bundle){
        .power = 1, .n = n, .criterion = criterion, .vertices = n, .vertex = vertex};
    return TDO_OK;
}

/* Divided by a power of two, so that its largest number is about 1: as exact as before. */
static void scale_row(const double *from, size_t n, double *to)
{
    double most = 0;
    int exponent = 0;
    for (size_t q = 0; q < n; q++)
        most = fmax(most, fabs(from[q]));
    (void)frexp(most, &exponent);
    for (size_t q = 0; q < n; q++)
        to[q] = ldexp(from[q], -exponent);
}

/* ---- where powers are what they are ---- */

static tdo_status add_stakeholders(const tdo_case *k, tdo_arena *a, choice_wishes *out)
{
    const tdo_utility *u = k->u;
    for (size_t s = 0; s < u->s; s++) {
        const tdo_region *r = &k->regions->region[s];
        for (size_t c = 0; c < u->d && !r->open; c++)
            out->fixed[c] += u->power[s] * u->weight[s * u->d + c];
        if (!r->open || !(u->power[s] > 0))
            continue;
        double *row = tdo_alloc(a, r->m * r->n, sizeof *row);
        if (!row)
            return TDO_E_MEMORY;
        for (size_t i = 0; i < r->m; i++)
            scale_row(r->row + i * r->n, r->n, row + i * r->n);
        out->listed = out->listed && r->vertex;
        out->bundle[out->bundles++] = (choice_bundle){.power = u->power[s],
                                                      .n = r->n,
                                                      .m = r->m,
                                                      .criterion = r->criterion,
                                                      .row = row,
                                                      .vertices = r->vertices,
                                                      .vertex = r->vertex};
    }
    return TDO_OK;
}

/* ---- weights times powers ---- */

/* The part of a bundle that belongs to one stakeholder. */
typedef struct share {
    const tdo_region *r; /* its own region; not open: one number stands for all its weights */
    size_t first, n;     /* numbers of the bundle */
} share;

static size_t corners_of(const share *x)
{
    return x->r->open ? x->r->vertices : 1;
}

/* How many corners weights times powers have; 0: not known, or too many. */
static size_t count_corners(const tdo_region *powers, const share *part)
{
    size_t all = 0;
    for (size_t p = 0; p < powers->vertices && powers->vertex; p++) {
        size_t n = 1;
        for (size_t h = 0; h < powers->n; h++) {
            bool counts = powers->vertex[p * powers->n + h] > 0;
            n *= counts ? part[h].r->open && !part[h].r->vertex ? 0 : corners_of(&part[h]) : 1;
            if (n == 0 || n > MOST_LISTED)
                return 0;
        }
        all += n;
    }
    return all <= MOST_LISTED ? all : 0;
}

/* Corners of powers, and for each of them all combinations of corners of those who have some. */
static void list_corners(const tdo_region *powers, const share *part, size_t n, double *vertex)
{
    for (size_t p = 0; p < powers->vertices; p++) {
        const double *power = powers->vertex + p * powers->n;
        size_t combinations = 1;
        for (size_t h = 0; h < powers->n; h++)
            combinations *= power[h] > 0 ? corners_of(&part[h]) : 1;
        for (size_t k = 0; k < combinations; k++, vertex += n)
            for (size_t h = 0, rest = k; h < powers->n; h++) {
                const share *x = &part[h];
                size_t corner = power[h] > 0 ? rest % corners_of(x) : 0;
                rest /= power[h] > 0 ? corners_of(x) : 1;
                for (size_t q = 0; q < x->n && power[h] > 0; q++)
                    vertex[x->first + q] = power[h] *
                                           (x->r->open ? x->r->vertex[corner * x->n + q] : 1);
            }
    }
}

static void fill_rows(const tdo_region *powers, const share *part, size_t n, double *row)
{
    double sum[TDO_MAX_STAKEHOLDERS];
    for (size_t h = 0; h < powers->n; h++)
        for (size_t i = 0; part[h].r->open && i < part[h].r->m; i++, row += n)
            scale_row(part[h].r->row + i * part[h].n, part[h].n, row + part[h].first);
    for (size_t i = 0; i < powers->m; i++, row += n) {
        scale_row(powers->row + i * powers->n, powers->n, sum);
        for (size_t h = 0; h < powers->n; h++)
            for (size_t q = 0; q < part[h].n; q++)
                row[part[h].first + q] = sum[h];
    }
}

static tdo_status add_powers(const tdo_case *k, tdo_arena *a, choice_wishes *out)
{
    const tdo_region *powers = &k->regions->powers;
    const tdo_utility *u = k->u;
    share part[TDO_MAX_STAKEHOLDERS];
    size_t n = 0, m = powers->m;
    for (size_t h = 0; h < powers->n; h++) {
        const tdo_region *r = &k->regions->region[powers->criterion[h]];
        part[h] = (share){r, n, r->open ? r->n : 1};
        n += part[h].n;
        m += r->open ? r->m : 0;
    }
    size_t corners = count_corners(powers, part);
    double *mix = tdo_alloc(a, n, u->d * sizeof *mix), *row = tdo_alloc(a, m, n * sizeof *row);
    double *vertex = tdo_alloc(a, corners, n * sizeof *vertex);
    if (!mix || !row || !vertex)
        return TDO_E_MEMORY;
    for (size_t h = 0; h < powers->n; h++)
        for (size_t q = 0; q < part[h].n; q++) {
            double *to = mix + (part[h].first + q) * u->d;
            if (part[h].r->open)
                to[part[h].r->criterion[q]] = 1;
            else
                memcpy(to, u->weight + powers->criterion[h] * u->d, u->d * sizeof *to);
        }
    fill_rows(powers, part, n, row);
    if (corners > 0)
        list_corners(powers, part, n, vertex);
    out->listed = corners > 0;
    out->bundles = 1;
    out->bundle[0] = (choice_bundle){.power = 1,
                                     .n = n,
                                     .m = m,
                                     .mix = mix,
                                     .d = u->d,
                                     .row = row,
                                     .vertices = corners,
                                     .vertex = corners > 0 ? vertex : NULL};
    return TDO_OK;
}

tdo_status choice_wishes_allowed(const tdo_case *k, tdo_arena *a, choice_wishes *out)
{
    const tdo_utility *u = k->u;
    *out = (choice_wishes){.fixed = tdo_alloc(a, u->d, sizeof *out->fixed),
                           .bundle = tdo_alloc(a, u->s, sizeof *out->bundle),
                           .listed = true};
    if (!out->fixed || !out->bundle)
        return TDO_E_MEMORY;
    return k->regions->powers.open ? add_powers(k, a, out) : add_stakeholders(k, a, out);
}
