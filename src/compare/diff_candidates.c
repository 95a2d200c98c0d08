/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The candidates of two results, paired by id, and the frontiers. */
#include <math.h>
#include <string.h>

#include "base/sort.h"
#include "compare/diff_parts.h"

typedef struct pairing {
    tdo_diff *d;
    tdo_arena *a;
    const tdo_criterion *then[TDO_MAX_CRITERIA]; /* of criterion c of the new result; NULL: new */
    bool same_levels[TDO_MAX_CRITERIA];
    tdo_diff_candidate *found; /* [n] in the order of the ids */
    size_t n;
    bool failed; /* out of memory */
} pairing;

const char *diff_level_word(const tdo_criterion *c, double reading)
{
    bool is_level = c->levels && reading >= 0 && reading < (double)c->n_levels;
    return is_level ? c->levels[(size_t)reading] : NULL;
}

static bool same_levels(const tdo_criterion *x, const tdo_criterion *y)
{
    if (x->n_levels != y->n_levels)
        return false;
    for (size_t k = 0; k < x->n_levels; k++)
        if (strcmp(x->levels[k], y->levels[k]) != 0)
            return false;
    return true;
}

/* ---- measurements ---- */

static bool same_reading(const tdo_criterion *then, const tdo_criterion *now, double was, double is)
{
    const char *x = diff_level_word(then, was), *y = diff_level_word(now, is);
    if (x && y)
        return strcmp(x, y) == 0;
    return !x && !y && (was == is || (isnan(was) && isnan(is)));
}

static tdo_noise noise_of(double by, double se_was, double se_is)
{
    if (isnan(by) || isnan(se_was) || isnan(se_is))
        return TDO_NOISE_UNKNOWN;
    return fabs(by) <= 2 * sqrt(se_was * se_was + se_is * se_is) ? TDO_WITHIN_NOISE
                                                                 : TDO_BEYOND_NOISE;
}

static tdo_diff_reading compare_reading(const pairing *p, const tdo_diff_candidate *k, size_t c)
{
    const tdo_criterion *then = p->then[c], *now = &p->d->is->criteria[c];
    size_t b = (size_t)(then - p->d->was->criteria);
    tdo_diff_reading r = {.was_of = then,
                          .is_of = now,
                          .was = k->was->reading[b],
                          .is = k->is->reading[c],
                          .by = NAN,
                          .imputed = k->is->imputed[c]};
    if (isnan(r.was) || isnan(r.is) || !p->same_levels[c])
        return r;
    r.indifferent = tdo_is_indifferent(now, r.is, r.was) && r.is != r.was;
    r.better = r.indifferent ? 0 : tdo_better(now, r.is, r.was);
    if (!now->levels) {
        r.by = tdo_beyond(r.is, 0, r.was);
        r.noise = noise_of(r.by, k->was->se[b], k->is->se[c]);
        r.better = r.noise == TDO_WITHIN_NOISE ? 0 : r.better;
    }
    return r;
}

static void compare_readings(pairing *p, tdo_diff_candidate *k)
{
    const tdo_result *is = p->d->is;
    tdo_diff_reading changed[TDO_MAX_CRITERIA];
    size_t n = 0;
    for (size_t c = 0; c < is->n_criteria; c++) {
        if (!p->then[c])
            continue;
        tdo_diff_reading r = compare_reading(p, k, c);
        bool was_imputed = k->was->imputed[p->then[c] - p->d->was->criteria];
        if (!same_reading(r.was_of, r.is_of, r.was, r.is) || was_imputed != r.imputed)
            changed[n++] = r;
    }
    tdo_diff_reading *kept = n ? tdo_alloc(p->a, n, sizeof *kept) : NULL;
    p->failed = p->failed || (n && !kept);
    if (kept)
        memcpy(kept, changed, n * sizeof *kept);
    k->reading = kept;
    k->n_readings = kept ? n : 0;
}

static const tdo_result_cell *cell_of(const tdo_result_candidate *c, const char *column)
{
    for (size_t k = 0; k < c->n_cells; k++)
        if (strcmp(c->cell[k].column, column) == 0)
            return &c->cell[k];
    return NULL;
}

static bool same_cell(const tdo_result_cell *x, const tdo_result_cell *y)
{
    if (x->word && y->word)
        return strcmp(x->word, y->word) == 0;
    return !x->word && !y->word &&
           (x->number == y->number || (isnan(x->number) && isnan(y->number)));
}

static void compare_cells(pairing *p, tdo_diff_candidate *k)
{
    tdo_diff_cell *changed = k->is->n_cells ? tdo_alloc(p->a, k->is->n_cells, sizeof *changed)
                                            : NULL;
    p->failed = p->failed || (k->is->n_cells && !changed);
    for (size_t q = 0; changed && q < k->is->n_cells; q++) {
        const tdo_result_cell *now = &k->is->cell[q], *then = cell_of(k->was, now->column);
        if (then && !same_cell(then, now))
            changed[k->n_cells++] = (tdo_diff_cell){then, now};
    }
    k->cell = changed;
}

/* ---- pairs ---- */

static bool same_place(const tdo_result_candidate *x, const tdo_result_candidate *y)
{
    bool same_score = x->score == y->score || (isnan(x->score) && isnan(y->score));
    bool beaten_alike = x->dominated_by && y->dominated_by
                            ? strcmp(x->dominated_by, y->dominated_by) == 0
                            : x->dominated_by == y->dominated_by;
    return x->status == y->status && x->rank == y->rank && same_score &&
           x->frontier == y->frontier && beaten_alike;
}

static void count_noise(tdo_diff *d, const tdo_diff_candidate *k)
{
    bool beyond = false, known = false;
    for (size_t c = 0; c < k->n_readings; c++) {
        beyond = beyond || k->reading[c].noise == TDO_BEYOND_NOISE;
        known = known || k->reading[c].noise != TDO_NOISE_UNKNOWN;
    }
    d->with_noise += known;
    d->measured_anew += k->n_readings > 0;
    d->beyond += beyond;
}

static void add_pair(pairing *p, const tdo_result_candidate *was, const tdo_result_candidate *is)
{
    tdo_diff_candidate k = {.was = was, .is = is};
    if (was && is) {
        compare_readings(p, &k);
        compare_cells(p, &k);
        count_noise(p->d, &k);
        if (!k.n_readings && !k.n_cells && same_place(was, is)) {
            p->d->unchanged++;
            return;
        }
    } else {
        k.unlisted = was ? !p->d->is->complete : !p->d->was->complete;
        p->d->added += is && !k.unlisted;
        p->d->removed += was && !k.unlisted;
    }
    p->found[p->n++] = k;
}

/* Walks both in the order of the ids. */
static void pair_all(pairing *p)
{
    const tdo_result *was = p->d->was, *is = p->d->is;
    size_t i = 0, j = 0;
    while (!p->failed && (i < was->n || j < is->n)) {
        const tdo_result_candidate *x = i < was->n ? &was->candidate[was->by_id[i]] : NULL;
        const tdo_result_candidate *y = j < is->n ? &is->candidate[is->by_id[j]] : NULL;
        int order = !x ? 1 : !y ? -1 : strcmp(x->id, y->id);
        add_pair(p, order <= 0 ? x : NULL, order >= 0 ? y : NULL);
        i += order <= 0;
        j += order >= 0;
    }
}

/* ---- orders ---- */

static size_t rank_now(const tdo_diff_candidate *k)
{
    return k->is && k->is->rank ? k->is->rank : SIZE_MAX;
}

/* They stand in the order of their ids already, and the sort keeps that among equals. */
static bool rank_before(const void *user, uint32_t x, uint32_t y)
{
    const tdo_diff_candidate *found = user;
    return rank_now(&found[x]) < rank_now(&found[y]);
}

static tdo_status order_by_rank(pairing *p)
{
    uint32_t *order = tdo_alloc(p->a, p->n, sizeof *order);
    uint32_t *room = tdo_alloc(p->a, p->n, sizeof *room);
    tdo_diff_candidate *sorted = tdo_alloc(p->a, p->n, sizeof *sorted);
    if (!order || !room || !sorted)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < p->n; k++)
        order[k] = (uint32_t)k;
    sort_by(order, p->n, rank_before, p->found, room);
    for (size_t k = 0; k < p->n; k++)
        sorted[k] = p->found[order[k]];
    p->d->candidate = sorted;
    p->d->n = p->n;
    return TDO_OK;
}

/* Whoever came to the frontier or left it changed, and is among the candidates: a result lists all
 * of its frontier, whomever else it leaves out. */
static tdo_status compare_frontiers(pairing *p)
{
    tdo_diff *d = p->d;
    const char **in = tdo_alloc(p->a, d->n, sizeof *in), **out = tdo_alloc(p->a, d->n, sizeof *out);
    if (!in || !out)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < p->n; k++) {
        const tdo_diff_candidate *now = &d->candidate[k], *then = &p->found[k];
        if (now->is && now->is->frontier && !(now->was && now->was->frontier))
            in[d->n_in++] = now->is->id;
        if (then->was && then->was->frontier && !(then->is && then->is->frontier))
            out[d->n_out++] = then->was->id;
    }
    d->frontier_in = in;
    d->frontier_out = out;
    return TDO_OK;
}

tdo_status diff_found(tdo_diff *d, tdo_arena *a)
{
    pairing p = {.d = d, .a = a};
    if (d->was->n > UINT32_MAX - d->is->n)
        return TDO_E_MEMORY;
    p.found = tdo_alloc(a, d->was->n + d->is->n, sizeof *p.found);
    if (!p.found)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < d->is->n_criteria; c++) {
        p.then[c] = diff_result_criterion_of(d->was, d->is->criteria[c].id);
        p.same_levels[c] = p.then[c] && same_levels(p.then[c], &d->is->criteria[c]);
    }
    pair_all(&p);
    tdo_status status = p.failed ? TDO_E_MEMORY : order_by_rank(&p);
    return status == TDO_OK ? compare_frontiers(&p) : status;
}
