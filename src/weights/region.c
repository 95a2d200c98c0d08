/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The allowed weights of every stakeholder, and the nominal ones of those who only compare. */
#include "weights/region.h"

#include "tradeoff/search.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* One stakeholder while its region is found. */
typedef struct finding {
    const tdo_scenario *s;
    tdo_stakeholder *h;
    tdo_region *r;
    tdo_arena *a; /* for what stays */
    tdo_arena *scratch;
    tdo_report *report;
} finding;

/* A complaint at a place of the scenario. */
static tdo_status complain(const finding *k, const tdo_place *at, const char *fmt, ...)
    TDO_PRINTF(3, 4);

static tdo_status complain(const finding *k, const tdo_place *at, const char *fmt, ...)
{
    tdo_error e = {.status = TDO_OK};
    char text[TDO_ERROR_TEXT];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    (void)tdo_fail_at(&e, TDO_E_INPUT, at->file, at->line, at->column, "%s", text);
    (void)snprintf(e.path, sizeof e.path, "%s", !at->path ? "" : at->path);
    tdo_report_add(k->report, &e);
    return TDO_E_INPUT;
}

/* ---- rows ---- */

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static bool may_have_weight(const tdo_stakeholder *h, size_t c)
{
    bool may = !h->only_prefers && h->weights[c] > 0;
    for (size_t k = 0; k < h->n_prefers; k++)
        may |= h->prefers[k].coefficient[c] != 0;
    return may;
}

/* With weights that sum to 1, coefficient . w >= bound is (coefficient - bound) . w >= 0. */
static tdo_status make_rows(finding *k, int64_t **whole)
{
    const tdo_stakeholder *h = k->h;
    uint32_t *criterion = tdo_alloc(k->a, k->s->n_criteria, sizeof *criterion);
    size_t n = 0;
    if (!criterion)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < k->s->n_criteria; c++)
        if (may_have_weight(h, c))
            criterion[n++] = (uint32_t)c;
    double *row = tdo_alloc(k->a, h->n_prefers * n, sizeof *row);
    *whole = tdo_alloc(k->scratch, h->n_prefers * n, sizeof **whole);
    if (!row || !*whole)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < h->n_prefers; i++) {
        int64_t by = 0, *to = *whole + i * n;
        for (size_t q = 0; q < n; q++) {
            to[q] = (int64_t)h->prefers[i].coefficient[criterion[q]] - (int64_t)h->prefers[i].bound;
            by = common_divisor(by, to[q]);
        }
        for (size_t q = 0; q < n; q++)
            row[i * n + q] = (double)(to[q] = by > 1 ? to[q] / by : to[q]);
    }
    *k->r =
        (tdo_region){.open = true, .n = n, .criterion = criterion, .m = h->n_prefers, .row = row};
    return TDO_OK;
}

/* ---- statements that cannot all hold ---- */

/* The first part of a statement. */
static const tdo_preference *statement_of(const tdo_stakeholder *h, size_t statement)
{
    const tdo_preference *p = h->prefers;
    while (p->statement != statement)
        p++;
    return p;
}

static tdo_status complain_clash(finding *k)
{
    region_clash set = {.n = 0};
    tdo_sink o = tdo_sink_memory(k->scratch);
    tdo_error e = {.status = TDO_OK};
    tdo_status status = region_find_clash(k->h, k->r, k->scratch, &set, &e);
    if (status == TDO_E_INTERNAL)
        tdo_report_add(k->report, &e);
    if (status != TDO_OK)
        return status;
    const size_t n = set.n;
    for (size_t i = 0; i < n; i++) {
        tdo_puts(&o, i == 0 ? "" : i + 1 < n ? ", " : " and ");
        tdo_put_quoted(&o, statement_of(k->h, set.statement[i])->text);
    }
    if (o.failed)
        return TDO_E_MEMORY;
    return complain(k, &statement_of(k->h, set.statement[0])->place,
                    "%s cannot %shold: no weights %s%s", o.text,
                    n > 1 ? n > 2 ? "all " : "both " : "",
                    n > 1 ? "that are at least 0 and sum to 1 obey them"
                          : "that are at least 0 and sum to 1 obey it",
                    set.smallest || n == 1 ? "" : " (a smaller set may clash, too)");
}

/* ---- corners ---- */

/* Does some corner lie inside of every strict row? Their mean then lies inside of all. */
static bool has_inside(const finding *k, const region_rays *rays)
{
    for (size_t i = 0; i < k->r->m; i++) {
        bool inside = !k->h->prefers[i].strict;
        for (size_t q = 0; q < rays->count && !inside; q++)
            inside = !region_bits_has(&rays->tight[q], k->r->n + i);
        if (!inside)
            return false;
    }
    return true;
}

static bool stands_before(const double *x, const double *y, size_t n)
{
    size_t c = 0;
    while (c + 1 < n && !(x[c] < y[c]) && !(x[c] > y[c]))
        c++;
    return x[c] > y[c];
}

/* Corners from rays: sorted by insertion (there are at most about a thousand). */
static tdo_status set_corners(finding *k, const region_rays *rays, region_bits *tight)
{
    size_t n = k->r->n;
    double *vertex = tdo_alloc(k->a, rays->count * n, sizeof *vertex), x[TDO_MAX_CRITERIA];
    if (!vertex)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < rays->count; q++) {
        double sum = 0;
        size_t at = q;
        for (size_t c = 0; c < n; c++)
            sum += (double)rays->ray[q * n + c];
        for (size_t c = 0; c < n; c++)
            x[c] = (double)rays->ray[q * n + c] / sum;
        for (; at > 0 && stands_before(x, vertex + (at - 1) * n, n); at--)
            tight[at] = tight[at - 1];
        memmove(vertex + (at + 1) * n, vertex + at * n, (q - at) * n * sizeof *vertex);
        memcpy(vertex + at * n, x, n * sizeof *vertex);
        tight[at] = rays->tight[q];
    }
    k->r->vertices = rays->count;
    k->r->vertex = vertex;
    return TDO_OK;
}

static tdo_status complain_intricate(const finding *k, const char *what)
{
    return complain(k, &k->h->place,
                    "what \"%s\" prefers leaves weights that are too intricate to take their "
                    "centroid (%s): give nominal \"weights\" too",
                    k->h->id, what);
}

/* The centroid becomes the nominal weights. */
static tdo_status set_nominal(finding *k, const region_bits *tight)
{
    const tdo_region *r = k->r;
    double centroid[TDO_MAX_CRITERIA] = {0};
    bool done = false;
    const region_corners x = {
        .n = r->n, .count = r->vertices, .at = r->vertex, .tight = tight, .facets = r->n + r->m};
    tdo_status status = region_find_centroid(&x, k->scratch, centroid, &done);
    if (status != TDO_OK)
        return status;
    if (!done)
        return complain_intricate(k, "too many faces");
    for (size_t c = 0; c < r->n; c++)
        k->h->weights[r->criterion[c]] = centroid[c];
    return TDO_OK;
}

/* ---- weights that are given ---- */

/* By how much the normalised weights miss a part, in units of its largest number; < 0: it holds. */
static double miss(const finding *k, const tdo_preference *p)
{
    double sum = 0, size = fabs(p->bound), at = 0;
    for (size_t c = 0; c < k->s->n_criteria; c++) {
        sum += k->h->weights[c];
        size = fmax(size, fabs(p->coefficient[c]));
    }
    for (size_t c = 0; c < k->s->n_criteria; c++)
        at += p->coefficient[c] / size * (k->h->weights[c] / sum);
    return p->bound / size - at;
}

static tdo_status check_weights(const finding *k)
{
    tdo_status status = TDO_OK;
    size_t last = TDO_NONE;
    for (size_t i = 0; i < k->h->n_prefers; i++) {
        const tdo_preference *p = &k->h->prefers[i];
        double by = miss(k, p);
        if (!(p->strict ? by >= -TDO_TIE : by > TDO_TIE) || p->statement == last)
            continue;
        last = p->statement;
        tdo_sink o = tdo_sink_memory(k->scratch);
        tdo_put_quoted(&o, p->text);
        if (o.failed)
            return TDO_E_MEMORY;
        status =
            complain(k, &p->place, "%s does not hold for the weights of \"%s\"", o.text, k->h->id);
    }
    return status;
}

/* ---- the stage ---- */

static tdo_status find_region(finding *k)
{
    region_rays rays = {.end = REGION_RAYS_ALL};
    int64_t *whole = NULL;
    tdo_status status = k->h->only_prefers ? TDO_OK : check_weights(k);
    if (status == TDO_OK)
        status = make_rows(k, &whole);
    const region_cone cone = {.n = k->r->n, .m = k->r->m, .row = whole};
    if (status == TDO_OK)
        status = region_cone_rays(&cone, k->scratch, &rays);
    if (status != TDO_OK)
        return status;
    if (rays.end != REGION_RAYS_ALL)
        return !k->h->only_prefers ? TDO_OK
                                   : complain_intricate(k, rays.end == REGION_RAYS_MANY
                                                               ? "too many corners"
                                                               : "numbers with too many digits");
    if (rays.count == 0 || !has_inside(k, &rays))
        return complain_clash(k);
    region_bits *tight = tdo_alloc(k->scratch, rays.count, sizeof *tight);
    status = !tight ? TDO_E_MEMORY : set_corners(k, &rays, tight);
    if (status == TDO_OK && k->h->only_prefers)
        status = set_nominal(k, tight);
    return status;
}

tdo_status tdo_find_regions(tdo_scenario *s, tdo_arena *a, tdo_regions *out, tdo_report *report)
{
    tdo_region *of = tdo_alloc(a, s->n_stakeholders, sizeof *of);
    tdo_status status = !of ? TDO_E_MEMORY : TDO_OK;
    bool any = false, complained = false;
    for (size_t i = 0; i < s->n_stakeholders && status == TDO_OK; i++) {
        finding k = {.s = s, .h = &s->stakeholders[i], .r = &of[i], .a = a, .report = report};
        if (k.h->n_prefers == 0)
            continue;
        any = true;
        k.scratch = tdo_arena_new();
        status = !k.scratch ? TDO_E_MEMORY : find_region(&k);
        tdo_arena_free(k.scratch);
        if (status == TDO_E_INPUT) { /* those of the others are reported, too */
            complained = true;
            status = TDO_OK;
        }
    }
    if (status == TDO_OK && complained)
        status = TDO_E_INPUT;
    if (status == TDO_OK)
        *out = (tdo_regions){s->n_stakeholders, of, any};
    return status;
}
