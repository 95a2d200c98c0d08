/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of one pass joined: rows by their lines, counts added, holders found anew among those of
 * all. So it does not matter in which order, or in how many steps, parts are joined. */
#include "parts/document.h"

#include <string.h>

typedef struct merging {
    tdo_arena *a;
    const parts_document *part; /* [n] */
    size_t n;
    parts_tables all;
    tdo_error err;
} merging;

static tdo_status wrong(merging *m, const parts_document *d, const char *text)
{
    return !text ? TDO_E_MEMORY
                 : tdo_fail_at(&m->err, TDO_E_INPUT, d->file, d->held_at.line, d->held_at.column,
                               "%s", text);
}

/* ---- do they belong together ---- */

static bool same_warnings(const tdo_warnings *a, const tdo_warnings *b)
{
    bool same = a->n == b->n;
    for (size_t k = 0; k < a->n && same; k++)
        same = strcmp(a->item[k].code, b->item[k].code) == 0 &&
               strcmp(a->item[k].message, b->item[k].message) == 0;
    return same;
}

/* Why d is no part of what the first one is a part of; NULL: it is. */
static const char *stranger(const parts_document *first, const parts_document *d)
{
    if (d->merged)
        return "all shards are merged in it already: the next pass is \"tradeoff part SCENARIO "
               "--shard i/n --after\" this file";
    if (!parts_ask_the_same(first, d))
        return "it is of another scenario, or of another --set, --limit or --rule, than";
    if (first->shards != d->shards)
        return "it is of another number of shards than";
    if (first->pass != d->pass)
        return "it is of another pass than";
    if (!first->after != !d->after || (d->after && strcmp(first->after, d->after) != 0))
        return "it was made after another pass than";
    if (!parts_agree(&first->tables, &d->tables) || !same_warnings(&first->warnings, &d->warnings))
        return "it is of other data than";
    if (!first->id != !d->id || first->counts.n_limits != d->counts.n_limits)
        return "it holds something else than";
    return NULL;
}

static tdo_status check_strangers(merging *m)
{
    for (size_t k = 0; k < m->n; k++) {
        const char *why = stranger(&m->part[0], &m->part[k]);
        if (why)
            return wrong(m, &m->part[k],
                         m->part[k].merged ? why : tdo_text(m->a, "%s %s", why, m->part[0].file));
    }
    return TDO_OK;
}

/* Which shards are there: holder[s] is the part that holds s, plus 1. */
static tdo_status take_shards(merging *m, bool partial, parts_document *d)
{
    uint32_t *holder = tdo_alloc(m->a, d->shards, sizeof *holder);
    size_t *held = tdo_alloc(m->a, d->shards, sizeof *held);
    size_t missing = d->shards;
    if (!holder || !held)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < m->n; k++)
        for (size_t q = 0; q < m->part[k].n_held; q++) {
            const size_t s = m->part[k].held[q];
            if (holder[s])
                return wrong(m, &m->part[k],
                             tdo_text(m->a, "shard %zu of %zu is in %s already", s, d->shards,
                                      m->part[holder[s] - 1].file));
            holder[s] = (uint32_t)k + 1;
        }
    for (size_t s = d->shards; s-- > 0;)
        if (!holder[s])
            missing = s;
    for (size_t s = 0; s < d->shards; s++)
        if (holder[s])
            held[d->n_held++] = s;
    d->held = held;
    if (partial || missing == d->shards)
        return TDO_OK;
    return wrong(m, &m->part[m->n - 1],
                 tdo_text(m->a,
                          "shard %zu of %zu is in no part here, and %zu of them are missing: "
                          "--partial joins those that are there",
                          missing, d->shards, d->shards - d->n_held));
}

/* ---- what is added up ---- */

static tdo_status add_counts(merging *m, parts_counts *out)
{
    *out = m->part[0].counts;
    out->candidates = out->measured = out->feasible = 0;
    out->excludes = tdo_alloc(m->a, out->n_limits, sizeof *out->excludes);
    out->alone = tdo_alloc(m->a, out->n_limits, sizeof *out->alone);
    if (!out->excludes || !out->alone)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < m->n; k++) {
        const parts_counts *c = &m->part[k].counts;
        out->candidates += c->candidates;
        out->measured += c->measured;
        out->feasible += c->feasible;
        for (size_t j = 0; j < out->n_limits; j++) {
            out->excludes[j] += c->excludes[j];
            out->alone[j] += c->alone[j];
        }
    }
    return TDO_OK;
}

/* All ids, by their bytes; one in two parts is refused. */
static tdo_status join_ids(merging *m, parts_document *d)
{
    size_t n = 0;
    for (size_t k = 0; k < m->n; k++)
        n += m->part[k].n_id;
    const char **all = tdo_alloc(m->a, n, sizeof *all);
    if (!all)
        return TDO_E_MEMORY;
    for (size_t k = 0, at = 0; k < m->n; k++)
        for (size_t i = 0; i < m->part[k].n_id; i++)
            all[at++] = m->part[k].id[i];
    d->id = parts_sort_ids(all, n, m->a);
    d->n_id = n;
    if (!d->id)
        return TDO_E_MEMORY;
    for (size_t i = 1; i < n; i++) {
        if (strcmp(d->id[i - 1], d->id[i]) != 0)
            continue;
        tdo_sink o = tdo_sink_memory(m->a);
        tdo_puts(&o, "the id ");
        tdo_put_quoted(&o, d->id[i]);
        tdo_putf(&o, " is in two shards of %s: one candidate's rows belong into one",
                 m->part[0].tables.of[0].t.name);
        return wrong(m, &m->part[m->n - 1], o.failed ? NULL : o.text);
    }
    return TDO_OK;
}

static tdo_status join_rows(merging *m)
{
    parts_tables *from = tdo_alloc(m->a, m->n, sizeof *from);
    if (!from)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < m->n; k++)
        from[k] = m->part[k].tables;
    return parts_join_rows(from, m->n, m->a, &m->all, &m->err);
}

/* ---- the stages, over the rows of all ---- */

static tdo_status take_tables(void *user, tdo_run *run, tdo_report *report)
{
    merging *m = user;
    const parts_document *d = &m->part[0];
    tdo_status status = TDO_OK;
    if (strcmp(run->scenario->sha256, d->sha256) != 0)
        status = wrong(m, d, "the lines of its scenario are not those of its \"sha256\"");
    if (status == TDO_OK)
        status = parts_stand_in(&m->all, run, &m->err);
    if (status == TDO_OK && d->counts.screened &&
        d->counts.n_limits != run->scenario->n_constraints)
        status = wrong(m, d, "it counts other limits than its scenario has");
    for (size_t k = 0; k < d->warnings.n && status == TDO_OK; k++)
        status = tdo_warn(&run->warnings, run->arena, d->warnings.item[k].code, "%s",
                          d->warnings.item[k].message);
    (void)report;
    return status;
}

static tdo_status run_over(merging *m, bool partial, tdo_run *run, tdo_report *report)
{
    const parts_document *d = &m->part[0];
    const bool last = d->pass == PARTS_COUNTS;
    const tdo_run_options how = {.overrides = parts_overrides(d),
                                 .until = last                      ? TDO_UNTIL_END
                                          : d->pass == PARTS_RANGES ? TDO_UNTIL_MEASURED
                                                                    : TDO_UNTIL_RANKED,
                                 .headline_only = !last,
                                 .unread = true,
                                 .incomplete = partial && !d->after,
                                 .tables = take_tables,
                                 .tables_user = m};
    return tdo_run_scenario(d->scenario, &how, run, report);
}

static tdo_status keep(merging *m, const tdo_run *run, parts_document *d)
{
    bool *kept = tdo_alloc(m->a, run->measured.n, sizeof *kept);
    if (!kept)
        return TDO_E_MEMORY;
    parts_keep_holders(run, d->pass, kept);
    return parts_select_rows(&m->all, kept, m->a, &d->tables);
}

/* ---- all of it ---- */

static tdo_status join(merging *m, bool partial, parts_document *d)
{
    tdo_status status = check_strangers(m);
    *d = m->part[0];
    d->file = NULL;
    d->n_held = 0;
    if (status == TDO_OK)
        status = take_shards(m, partial, d);
    if (status == TDO_OK && d->id)
        status = join_ids(m, d);
    if (status == TDO_OK)
        status = add_counts(m, &d->counts);
    if (status == TDO_OK)
        status = join_rows(m);
    d->merged = !partial;
    if (!partial)
        d->id = NULL; /* they were compared */
    d->tables = m->all;
    return status;
}

tdo_status tdo_merge_parts(const char *const *file, size_t n, bool partial, tdo_run_part *out,
                           tdo_report *report)
{
    *out = (tdo_run_part){.arena = tdo_arena_new()};
    merging m = {.a = out->arena, .n = n};
    parts_document *part = m.a ? tdo_alloc(m.a, n, sizeof *part) : NULL;
    parts_document *d = m.a ? tdo_alloc(m.a, 1, sizeof *d) : NULL;
    if (!part || !d)
        return TDO_E_MEMORY;
    tdo_status status = TDO_OK;
    out->document = d;
    m.part = part;
    for (size_t k = 0; k < n && status == TDO_OK; k++)
        status = parts_read(file[k], m.a, &part[k], NULL, &m.err);
    if (status == TDO_OK)
        status = join(&m, partial, d);
    if (status == TDO_OK && !(partial && d->pass == PARTS_COUNTS))
        status = run_over(&m, partial, &out->run, report);
    if (status == TDO_OK && d->pass != PARTS_COUNTS)
        status = keep(&m, &out->run, d);
    if (status != TDO_OK && m.err.status != TDO_OK)
        tdo_report_add(report, &m.err);
    out->is_result = status == TDO_OK && d->pass == PARTS_COUNTS && !partial;
    out->run.in_parts = out->is_result;
    return status;
}
