/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights that statements allow, and the centroid of them. */
#include "region/region.h"

#include "tradeoff/search.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A complaint at a place of the scenario. */
static tdo_status complain(const region_finding *k, const tdo_place *at, const char *fmt, ...)
    TDO_PRINTF(3, 4);

static tdo_status complain(const region_finding *k, const tdo_place *at, const char *fmt, ...)
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

static bool may_have_weight(const region_finding *k, size_t c)
{
    bool may = k->every || (k->given && k->nominal[c] > 0);
    for (size_t i = 0; i < k->n_parts && !(k->vague > 0); i++)
        may |= k->part[i].better || k->part[i].coefficient[c] != 0;
    return may;
}

static tdo_status add_vague(region_finding *k, int64_t *row)
{
    tdo_region *r = k->r;
    double weight[TDO_MAX_CRITERIA], *room = tdo_alloc(k->a, 2 * r->n, sizeof *room);
    if (!room)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < r->n; q++)
        weight[q] = k->nominal[r->criterion[q]];
    r->m += region_add_vague(weight, r->n, k->vague, row, room, room + r->n);
    r->centre = room;
    r->slack = room + r->n;
    return TDO_OK;
}

/* By their common divisor. */
static tdo_status take_rows(region_finding *k, int64_t *whole)
{
    size_t n = k->r->n;
    double *row = tdo_alloc(k->a, k->r->m * n, sizeof *row);
    if (!row)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < k->r->m; i++) {
        int64_t by = 0, *x = whole + i * n;
        for (size_t q = 0; q < n; q++)
            by = common_divisor(by, x[q]);
        for (size_t q = 0; q < n; q++)
            row[i * n + q] = (double)(x[q] = by > 1 ? x[q] / by : x[q]);
    }
    k->r->row = row;
    return TDO_OK;
}

/* With weights that sum to 1, coefficient . w >= bound is (coefficient - bound) . w >= 0. */
static tdo_status make_rows(region_finding *k, int64_t **whole)
{
    uint32_t *criterion = tdo_alloc(k->a, k->all, sizeof *criterion);
    size_t n = 0;
    if (!criterion)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < k->all; c++)
        if (may_have_weight(k, c))
            criterion[n++] = (uint32_t)c;
    *whole = tdo_alloc(k->scratch, (k->n_parts + 2 * n) * n, sizeof **whole);
    if (!*whole)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < k->n_parts; i++)
        for (size_t q = 0; q < n; q++)
            (*whole)[i * n + q] = (int64_t)k->part[i].coefficient[criterion[q]] -
                                  (int64_t)k->part[i].bound;
    *k->r = (tdo_region){
        .open = true, .n = n, .criterion = criterion, .m = k->n_parts, .stated = k->n_parts};
    tdo_status status = k->vague > 0 ? add_vague(k, *whole + k->n_parts * n) : TDO_OK;
    return status == TDO_OK ? take_rows(k, *whole) : status;
}

/* ---- statements that cannot all hold ---- */

/* The first part of a statement. */
static const tdo_preference *statement_of(const region_finding *k, size_t statement)
{
    const tdo_preference *p = k->part;
    while (p->statement != statement)
        p++;
    return p;
}

static tdo_status complain_clash(region_finding *k)
{
    if (k->vague > 0) /* the weights that are given obey, but for rounding */
        return complain(k, k->place, "what \"%s\" prefers and \"vague\" leave no weights",
                        k->who->id);
    region_clash set = {.n = 0};
    tdo_sink o = tdo_sink_memory(k->scratch);
    tdo_error e = {.status = TDO_OK};
    tdo_status status = region_find_clash(k->part, k->r, k->scratch, &set, &e);
    if (status == TDO_E_INTERNAL)
        tdo_report_add(k->report, &e);
    if (status != TDO_OK)
        return status;
    const size_t n = set.n;
    for (size_t i = 0; i < n; i++) {
        tdo_puts(&o, i == 0 ? "" : i + 1 < n ? ", " : " and ");
        tdo_put_quoted(&o, statement_of(k, set.statement[i])->text);
    }
    if (o.failed)
        return TDO_E_MEMORY;
    return complain(k, &statement_of(k, set.statement[0])->place, "%s cannot %shold: no %s %s%s",
                    o.text, n > 1 ? n > 2 ? "all " : "both " : "", k->what,
                    n > 1 ? "that are at least 0 and sum to 1 obey them"
                          : "that are at least 0 and sum to 1 obey it",
                    set.smallest || n == 1 ? "" : " (a smaller set may clash, too)");
}

/* ---- corners ---- */

/* Does some corner lie inside of every strict row? Their mean then lies inside of all. */
static bool has_inside(const region_finding *k, const exact_corners *x)
{
    for (size_t i = 0; i < k->r->m; i++) {
        bool inside = i >= k->n_parts || !k->part[i].strict;
        for (size_t q = 0; q < x->count && !inside; q++)
            inside = !exact_facets_has(&x->tight[q], k->r->n + i);
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

/* Sorted by insertion (there are at most about a thousand). */
static tdo_status set_corners(region_finding *k, const exact_corners *found, exact_facets *tight)
{
    size_t n = k->r->n;
    double *vertex = tdo_alloc(k->a, found->count * n, sizeof *vertex);
    if (!vertex)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < found->count; q++) {
        const double *x = found->corner + q * n;
        size_t at = q;
        for (; at > 0 && stands_before(x, vertex + (at - 1) * n, n); at--)
            tight[at] = tight[at - 1];
        memmove(vertex + (at + 1) * n, vertex + at * n, (q - at) * n * sizeof *vertex);
        memcpy(vertex + at * n, x, n * sizeof *vertex);
        tight[at] = found->tight[q];
    }
    k->r->vertices = found->count;
    k->r->vertex = vertex;
    return TDO_OK;
}

static tdo_status complain_intricate(const region_finding *k, const char *what)
{
    if (!k->who)
        return complain(k, k->place,
                        "\"powers\" leave powers that are too intricate to take their centroid "
                        "(%s): give a \"power\" to the stakeholders too",
                        what);
    return complain(k, k->place,
                    "what \"%s\" prefers leaves weights that are too intricate to take their "
                    "centroid (%s): give nominal \"weights\" too",
                    k->who->id, what);
}

/* The centroid becomes the nominal weights. */
static tdo_status set_nominal(region_finding *k, const exact_facets *tight)
{
    const tdo_region *r = k->r;
    double centroid[TDO_MAX_CRITERIA] = {0};
    bool done = false;
    const region_corners x = {.n = r->n,
                              .count = r->vertices,
                              .corner = r->vertex,
                              .tight = tight,
                              .facets = r->n + r->m};
    tdo_status status = region_find_centroid(&x, k->scratch, centroid, &done);
    if (status != TDO_OK)
        return status;
    if (!done)
        return complain_intricate(k, "too many faces");
    for (size_t c = 0; c < r->n; c++)
        k->nominal[r->criterion[c]] = centroid[c];
    return TDO_OK;
}

/* ---- weights that are given ---- */

/* By how much the normalised weights miss a part, in units of its largest number; < 0: it holds.
 * NaN: it compares equals. */
static double miss(const region_finding *k, const tdo_preference *p)
{
    double sum = 0, size = fabs(p->bound), at = 0;
    for (size_t c = 0; c < k->all; c++) {
        sum += k->nominal[c];
        size = fmax(size, fabs(p->coefficient[c]));
    }
    for (size_t c = 0; c < k->all; c++)
        at += p->coefficient[c] / size * (k->nominal[c] / sum);
    return p->bound / size - at;
}

static tdo_status check_nominal(const region_finding *k)
{
    tdo_status status = TDO_OK;
    size_t last = TDO_NONE;
    for (size_t i = 0; i < k->n_parts; i++) {
        const tdo_preference *p = &k->part[i];
        double by = miss(k, p);
        if (!(p->strict ? by >= -TDO_TIE : by > TDO_TIE) || p->statement == last)
            continue;
        last = p->statement;
        tdo_sink o = tdo_sink_memory(k->scratch);
        tdo_put_quoted(&o, p->text);
        if (o.failed)
            return TDO_E_MEMORY;
        if (k->who)
            tdo_putf(&o, " does not hold for the weights of \"%s\"", k->who->id);
        else
            tdo_puts(&o, " does not hold for the powers");
        status = o.failed ? TDO_E_MEMORY : complain(k, &p->place, "%s", o.text);
    }
    return status;
}

/* ---- the stage ---- */

/* Corners are not listed: what samples need is another way in. */
static tdo_status find_inside(region_finding *k)
{
    if (k->n_parts == 0) { /* vague weights, none of them 0 or 1: each may be off both ways */
        k->r->inside = k->r->centre;
        return TDO_OK;
    }
    tdo_error e = {.status = TDO_OK};
    tdo_status status = region_find_inside(k->r, k->a, &e);
    if (e.status != TDO_OK)
        tdo_report_add(k->report, &e);
    return status;
}

static tdo_status find_region(region_finding *k)
{
    exact_corners found = {.listed = false};
    int64_t *whole = NULL;
    tdo_status status = k->given ? check_nominal(k) : TDO_OK;
    if (status == TDO_OK)
        status = make_rows(k, &whole);
    if (status == TDO_OK && k->r->n == 1 && k->n_parts == 0) { /* all of it: it cannot be off */
        *k->r = (tdo_region){.open = false};
        return TDO_OK;
    }
    const exact_cone cone = {
        .n = k->r->n, .m = k->r->m, .row = whole, .most_corners = TDO_REGION_VERTICES};
    if (status == TDO_OK)
        status = exact_cone_corners(&cone, k->scratch, &found);
    if (status != TDO_OK)
        return status;
    if (!found.listed)
        return k->given ? find_inside(k)
                        : complain_intricate(k, k->r->n > EXACT_CONE_MOST_N ? "of too many"
                                                                            : "too many corners");
    if (found.count == 0 || !has_inside(k, &found))
        return complain_clash(k);
    exact_facets *tight = tdo_alloc(k->scratch, found.count, sizeof *tight);
    status = !tight ? TDO_E_MEMORY : set_corners(k, &found, tight);
    if (status == TDO_OK && !k->given)
        status = set_nominal(k, tight);
    return status;
}

tdo_status region_find(region_finding *k, bool *complained)
{
    k->scratch = tdo_arena_new();
    tdo_status status = !k->scratch ? TDO_E_MEMORY : find_region(k);
    tdo_arena_free(k->scratch);
    *complained |= status == TDO_E_INPUT;
    return status == TDO_E_INPUT ? TDO_OK : status;
}
