/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One shard in one pass: its rows, beside the rows of those who hold what the passes before found,
 * go through the stages of a run; what is kept of them is the part. */
#include "parts/document.h"

#include "files/source.h"

#include <stdio.h>
#include <string.h>

/* A part on its way. */
typedef struct shard_run {
    tdo_arena *a;
    const parts_document *last; /* NULL: this is the first pass */
    parts_document *d;
    parts_tables own, all; /* the shard's rows; with those of the holders */
} shard_run;

static tdo_status report_error(tdo_status status, const tdo_error *e, tdo_report *report)
{
    if (status != TDO_OK && e->status != TDO_OK)
        tdo_report_add(report, e);
    return status;
}

/* ---- what it goes by ---- */

static tdo_status wrong_last(const parts_document *last, const char *text, tdo_error *err)
{
    return tdo_fail_at(err, TDO_E_INPUT, last->file, last->held_at.line, last->held_at.column, "%s",
                       text);
}

/* Does the pass before tell what this one asks? */
static tdo_status check_last(const parts_document *last, const parts_document *d, tdo_error *err)
{
    if (!last->merged)
        return wrong_last(last,
                          "not all shards are in it: \"tradeoff merge\" of all parts makes what "
                          "the next pass goes by",
                          err);
    if (last->shards != d->shards)
        return wrong_last(last, "it is of another number of shards", err);
    if (!parts_ask_the_same(last, d))
        return wrong_last(last, "it is of another scenario, or of another --set, --limit or --rule",
                          err);
    return TDO_OK;
}

/* A rule that counts places needs all candidates at once. */
static tdo_status check_headline(const tdo_scenario *s, tdo_error *err)
{
    const tdo_place *at = &s->rule_place;
    if (!tdo_rule_about[s->rule]->counts_places)
        return TDO_OK;
    (void)tdo_fail_at(err, TDO_E_INPUT, at->file, at->line, at->column,
                      "the rule \"%s\" counts places among all candidates, and cannot be the "
                      "headline of a run in parts: take another one (\"tradeoff help rules\")",
                      tdo_rule_name[s->rule]);
    (void)snprintf(err->path, sizeof err->path, "%s", !at->path ? "" : at->path);
    return TDO_E_INPUT;
}

static tdo_status read_text(const char *file, tdo_arena *a, parts_document *d, tdo_error *err)
{
    source_text all = {.length = 0};
    const tdo_status status = source_slurp(file, file, TDO_MAX_SCENARIO_BYTES, a, &all, err);
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    if (status != TDO_OK)
        return status;
    d->text = (tdo_bytes){all.bytes, all.length};
    d->scenario = tdo_copy(a, name, strlen(name));
    d->sha256 = tdo_copy(a, all.sha256, strlen(all.sha256));
    return d->scenario && d->sha256 ? TDO_OK : TDO_E_MEMORY;
}

/* The scenario's text, what the pass before says, and so which pass this is. */
static tdo_status prepare(const char *file, const tdo_run_part_options *o, shard_run *m,
                          parts_document *last, tdo_report *report)
{
    tdo_error err = {.status = TDO_OK};
    parts_document *d = m->d;
    tdo_overrides over = o->overrides;
    const tdo_scenario *s = NULL;
    char sha256[65];
    tdo_status status = read_text(file, m->a, d, &err);
    size_t *held = tdo_alloc(m->a, 1, sizeof *held);
    if (status == TDO_OK && !held)
        status = TDO_E_MEMORY;
    if (status != TDO_OK)
        return report_error(status, &err, report);
    *held = o->shard.index;
    d->held = held;
    d->n_held = 1;
    d->shards = o->shard.of;
    d->set = over.set;
    d->n_set = over.n_set;
    d->limit = over.limit;
    d->n_limit = over.n_limit;
    d->rule = over.rule;
    over.text = d->text;
    status = tdo_scenario_read(file, &over, m->a, &s, report);
    if (status != TDO_OK)
        return status;
    status = check_headline(s, &err);
    d->pass = parts_first_pass(s);
    if (status == TDO_OK && o->after) {
        status = parts_read(o->after, m->a, last, sha256, &err);
        if (status == TDO_OK)
            status = check_last(last, d, &err);
        if (status == TDO_OK)
            d->after = tdo_copy(m->a, sha256, strlen(sha256));
        if (status == TDO_OK && !d->after)
            status = TDO_E_MEMORY;
        d->pass = (parts_pass)(last->pass + 1);
        m->last = last;
    }
    return report_error(status, &err, report);
}

/* ---- the run ---- */

/* The holders stand beside the shard's own. */
static tdo_status take_tables(void *user, tdo_run *run, tdo_report *report)
{
    shard_run *m = user;
    tdo_error err = {.status = TDO_OK};
    tdo_status status = parts_rows_of(run, &m->own);
    m->all = m->own;
    m->d->warnings = run->warnings;
    if (status == TDO_OK && m->last && !parts_agree(&m->own, &m->last->tables))
        status = wrong_last(m->last, "it is of other data: a file has changed since", &err);
    if (status == TDO_OK && m->last) {
        const parts_tables both[] = {m->own, m->last->tables};
        status = parts_join_rows(both, 2, run->arena, &m->all, &err);
    }
    if (status == TDO_OK)
        status = parts_stand_in(&m->all, run, &err);
    return report_error(status, &err, report);
}

/* [n] by candidate: is it the shard's own? Candidates stand by their first lines.
 * NULL: out of memory. */
static bool *find_own(const tdo_run *run, const parts_tables *own, tdo_arena *a)
{
    const tdo_table *t = &own->of[0].t;
    bool *is = tdo_alloc(a, run->measured.n, sizeof *is);
    size_t q = 0;
    for (size_t i = 0; is && i < run->measured.n; i++) {
        while (q < t->n && t->line[q] < run->measured.line[i])
            q++;
        is[i] = q < t->n && t->line[q] == run->measured.line[i];
    }
    return is;
}

/* What is kept of the run. */
static tdo_status keep(shard_run *m, const tdo_run *run)
{
    parts_document *d = m->d;
    bool *own = find_own(run, &m->own, m->a);
    bool *kept = tdo_alloc(m->a, run->measured.n, sizeof *kept);
    if (!own || !kept)
        return TDO_E_MEMORY;
    if (d->pass == PARTS_COUNTS)
        memcpy(kept, own, run->measured.n * sizeof *own);
    else
        parts_keep_holders(run, d->pass, kept);
    if (!m->last) {
        d->n_id = m->own.of[0].t.n_ids;
        d->id = parts_sort_ids(m->own.of[0].t.id, d->n_id, m->a);
        if (!d->id)
            return TDO_E_MEMORY;
    }
    tdo_status status = parts_count(run, d->pass, own, m->a, &d->counts);
    if (status == TDO_OK)
        status = parts_select_rows(&m->all, kept, m->a, &d->tables);
    return status;
}

tdo_status tdo_part_scenario(const char *scenario_file, const tdo_run_part_options *o,
                             tdo_run_part *out, tdo_report *report)
{
    parts_document last = {.file = NULL};
    *out = (tdo_run_part){.arena = tdo_arena_new()};
    shard_run m = {.a = out->arena};
    if (m.a)
        m.d = tdo_alloc(m.a, 1, sizeof *m.d);
    if (!m.d)
        return TDO_E_MEMORY;
    out->document = m.d;
    tdo_status status = prepare(scenario_file, o, &m, &last, report);
    if (status != TDO_OK)
        return status;
    tdo_run_options how = {.overrides = o->overrides,
                           .progress = o->progress,
                           .user = o->user,
                           .until = m.d->pass == PARTS_RANGES ? TDO_UNTIL_MEASURED
                                                              : TDO_UNTIL_RANKED,
                           .headline_only = true,
                           .shard = o->shard,
                           .incomplete = !m.last,
                           .measured_n = m.last ? last.counts.measured : 0,
                           .tables = take_tables,
                           .tables_user = &m};
    how.overrides.text = m.d->text;
    status = tdo_run_scenario(scenario_file, &how, &out->run, report);
    return status == TDO_OK ? keep(&m, &out->run) : status;
}

void tdo_run_part_free(tdo_run_part *part)
{
    if (!part)
        return;
    tdo_run_free(&part->run);
    tdo_arena_free(part->arena);
}
