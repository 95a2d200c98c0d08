/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights that count: all of them, or what the stakeholders allow. */
#include "weights/choice_lp.h"

#include <math.h>

bool choice_can_decide(const tdo_valued *v, size_t c)
{
    const double *x = v->value + c * v->f;
    for (size_t k = 1; k < v->f; k++)
        if (x[k] != x[0])
            return true;
    return false;
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

/* Each row divided by a power of two, so that its largest number is about 1: as exact as before. */
static const double *scale_rows(const tdo_region *r, tdo_arena *a)
{
    double *row = tdo_alloc(a, r->m * r->n, sizeof *row);
    for (size_t i = 0; row && i < r->m; i++) {
        double most = 0;
        int exponent = 0;
        for (size_t q = 0; q < r->n; q++)
            most = fmax(most, fabs(r->row[i * r->n + q]));
        (void)frexp(most, &exponent);
        for (size_t q = 0; q < r->n; q++)
            row[i * r->n + q] = ldexp(r->row[i * r->n + q], -exponent);
    }
    return row;
}

tdo_status choice_wishes_allowed(const tdo_case *k, tdo_arena *a, choice_wishes *out)
{
    const tdo_utility *u = k->u;
    *out = (choice_wishes){.fixed = tdo_alloc(a, u->d, sizeof *out->fixed),
                           .bundle = tdo_alloc(a, u->s, sizeof *out->bundle),
                           .listed = true};
    if (!out->fixed || !out->bundle)
        return TDO_E_MEMORY;
    for (size_t s = 0; s < u->s; s++) {
        const tdo_region *r = &k->regions->of[s];
        for (size_t c = 0; c < u->d && !r->open; c++)
            out->fixed[c] += u->power[s] * u->weight[s * u->d + c];
        if (!r->open || !(u->power[s] > 0))
            continue;
        const double *row = scale_rows(r, a);
        if (!row)
            return TDO_E_MEMORY;
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
