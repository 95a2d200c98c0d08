/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds what hangs on all candidates: the ends of a range, the worst reading, a best or a least
 * utility, a place on the frontier. Of several that hold the same the first in the file is taken,
 * as a run takes it; so it does not matter in which order parts are joined. */
#include "parts/document.h"

#include <math.h>
#include <string.h>

const char *const parts_pass_name[PARTS_PASSES] = {"ranges", "values", "counts"};

/* ---- the passes ---- */

static bool is_observed(const tdo_scenario *s)
{
    bool some = s->missing == TDO_MISSING_WORST;
    for (size_t c = 0; c < s->n_criteria; c++) {
        const tdo_criterion *k = &s->criteria[c];
        some |= (!k->has_range && !k->n_value) ||
                (k->has_missing && k->missing == TDO_MISSING_WORST);
    }
    return some;
}

/* Ranges have something to find where a range is observed, a gap is filled with the worst reading,
 * a limit is relative to the incumbent or shown over all, or candidates are compared as wholes. */
parts_pass parts_first_pass(const tdo_scenario *s)
{
    bool some = is_observed(s) || tdo_compares_wholes(s);
    for (size_t j = 0; j < s->n_constraints; j++)
        some |= s->constraints[j].relative || s->constraints[j].shown_over_all;
    return some ? PARTS_RANGES : PARTS_VALUES;
}

/* ---- the holders ---- */

/* The first that has the worst and the best reading, and the first that has none. */
static void keep_ends(const tdo_run *run, size_t c, bool *keep)
{
    const tdo_measured *x = &run->measured;
    const tdo_criterion *k = &run->scenario->criteria[c];
    const double *y = x->reading[c];
    size_t worst = TDO_NONE, best = TDO_NONE, none = TDO_NONE;
    for (size_t i = 0; i < x->n; i++) {
        const bool assumed = x->imputed && x->imputed[c * x->n + i];
        if (x->dropped[i])
            continue;
        if (none == TDO_NONE && (assumed || isnan(y[i])))
            none = i;
        if (assumed || isnan(y[i]))
            continue;
        if (worst == TDO_NONE || tdo_better(k, y[worst], y[i]) > 0)
            worst = i;
        if (best == TDO_NONE || tdo_better(k, y[i], y[best]) > 0)
            best = i;
    }
    const size_t held[] = {worst, best, none};
    for (size_t q = 0; q < sizeof held / sizeof *held; q++)
        if (held[q] != TDO_NONE)
            keep[held[q]] = true;
}

/* The incumbent, and whoever is compared as a whole. */
static void keep_named(const tdo_run *run, bool *keep)
{
    const tdo_scenario *s = run->scenario;
    for (size_t i = 0; i < run->measured.n; i++) {
        const char *id = run->measured.id[i];
        keep[i] |= s->incumbent && strcmp(id, s->incumbent) == 0;
        for (size_t h = 0; h < s->n_stakeholders; h++)
            for (size_t p = 0; p < s->stakeholders[h].n_prefers; p++) {
                const tdo_preference *q = &s->stakeholders[h].prefers[p];
                keep[i] |= q->better && (strcmp(id, q->better) == 0 || strcmp(id, q->other) == 0);
            }
    }
}

/* The first feasible one with the best, and with the least utility of a stakeholder. */
static void keep_utilities(const tdo_run *run, size_t h, bool *keep)
{
    const tdo_utility *u = &run->utility;
    size_t best = 0, least = 0;
    double high = tdo_utility_at(u, h, 0), low = high;
    for (size_t k = 1; k < u->f; k++) {
        const double y = tdo_utility_at(u, h, k);
        best = y > high ? k : best;
        least = y < low ? k : least;
        high = fmax(high, y);
        low = fmin(low, y);
    }
    keep[run->screened.feasible[best]] = true;
    keep[run->screened.feasible[least]] = true;
}

void parts_keep_holders(const tdo_run *run, parts_pass pass, bool *keep)
{
    for (size_t c = 0; c < run->measured.d; c++)
        keep_ends(run, c, keep);
    keep_named(run, keep);
    if (pass == PARTS_RANGES || !run->feasible)
        return;
    for (size_t h = 0; h < run->utility.s; h++)
        keep_utilities(run, h, keep);
    for (size_t q = 0; q < run->front.count; q++)
        keep[run->screened.feasible[run->front.list[q]]] = true;
}

/* ---- counts ---- */

tdo_status parts_count(const tdo_run *run, parts_pass pass, const bool *own, tdo_arena *a,
                       parts_counts *out)
{
    const tdo_measured *x = &run->measured;
    const tdo_screened *f = &run->screened;
    *out = (parts_counts){.screened = pass != PARTS_RANGES,
                          .n_limits = x->m,
                          .excludes = tdo_alloc(a, x->m, sizeof *out->excludes),
                          .alone = tdo_alloc(a, x->m, sizeof *out->alone)};
    if (!out->excludes || !out->alone)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < x->n; i++) {
        out->candidates += own[i];
        out->measured += own[i] && !x->dropped[i];
        if (!own[i] || !out->screened)
            continue;
        out->feasible += f->slot[i] != UINT32_MAX;
        for (size_t j = 0; j < x->m; j++) {
            out->excludes[j] += f->broken[i] >> j & 1;
            out->alone[j] += f->broken[i] == UINT64_C(1) << j;
        }
    }
    return TDO_OK;
}
