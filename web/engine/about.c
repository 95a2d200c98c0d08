/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes that the page wrote for a decision record. */
#include "engine/about.h"

#include <math.h>
#include <string.h>

static void read_hash(web_bytes *r, char sha256[65])
{
    const char *text = bytes_text(r);
    size_t length = strlen(text);
    memcpy(sha256, text, length < 64 ? length : 64);
}

static void read_warnings(web_bytes *r, tdo_warnings *w)
{
    size_t n = bytes_count(r, 8, UINT32_MAX);
    for (size_t k = 0; k < n && !r->failed; k++) {
        const char *code = bytes_text(r), *message = bytes_text(r);
        if (!r->failed && tdo_warn(w, r->a, code, "%s", message) != TDO_OK)
            r->failed = r->full = true;
    }
}

static void read_files(web_bytes *r, web_problem *p, web_about *out)
{
    p->scenario.title = bytes_text(r);
    p->scenario.file = p->scenario.name = bytes_text(r);
    read_hash(r, p->scenario.sha256);
    out->table.file = out->table.name = bytes_text(r);
    read_hash(r, out->table.sha256);
    out->table.n_joined = bytes_count(r, 8, UINT32_MAX);
    tdo_joined_file *joined = bytes_room(r, out->table.n_joined, sizeof *joined);
    for (size_t k = 0; k < out->table.n_joined && !r->failed; k++) {
        joined[k].file = joined[k].name = bytes_text(r);
        read_hash(r, joined[k].sha256);
    }
    out->table.joined = joined;
    out->n_groups = bytes_count(r, 8, UINT32_MAX);
    out->groups = bytes_room(r, out->n_groups, sizeof *out->groups);
    for (size_t k = 0; k < out->n_groups && !r->failed; k++) {
        out->groups[k].file = out->groups[k].name = bytes_text(r);
        read_hash(r, out->groups[k].sha256);
    }
}

/* Columns that say who is a candidate: no cell of them stands for itself. */
static void read_key_columns(web_bytes *r, tdo_scenario *s)
{
    s->n_id_columns = bytes_count(r, 4, UINT32_MAX);
    s->id_columns = bytes_room(r, s->n_id_columns, sizeof *s->id_columns);
    for (size_t k = 0; k < s->n_id_columns && !r->failed; k++)
        s->id_columns[k] = bytes_text(r);
}

/* [columns] each [n]; NULL: of words. */
static const double **read_columns(web_bytes *r, size_t n, size_t *n_out)
{
    *n_out = bytes_count(r, 4, UINT32_MAX);
    const double **column = bytes_room(r, *n_out, sizeof *column);
    for (size_t k = 0; k < *n_out && !r->failed; k++)
        column[k] = bytes_u32(r) ? bytes_array(r, n, sizeof(double)) : NULL;
    return column;
}

/* The terms of a criterion; *cells: NULL where its readings are of no cells. */
static void read_terms(web_bytes *r, tdo_criterion *c, const double *const *column, size_t columns,
                       const double *const **cells)
{
    c->linear = bytes_u32(r) != 0;
    c->mixes_worst = bytes_u32(r) != 0;
    c->zero_is_missing = bytes_u32(r) != 0;
    bool of_cells = bytes_u32(r) != 0;
    c->n_terms = bytes_count(r, 16, UINT32_MAX);
    c->terms = bytes_room(r, c->n_terms, sizeof *c->terms);
    const double **cell = bytes_room(r, c->n_terms, sizeof *cell);
    for (size_t t = 0; t < c->n_terms && !r->failed; t++) {
        c->terms[t].column = bytes_text(r);
        c->terms[t].coefficient = bytes_f64(r);
        size_t k = bytes_index(r, columns, true);
        cell[t] = k == TDO_NONE ? NULL : column[k];
    }
    *cells = of_cells ? cell : NULL;
    if (!bytes_u32(r))
        return;
    const char *path = bytes_text(r), *group = bytes_text(r), *value = bytes_text(r);
    if (c->groups) {
        c->groups->from.file = c->groups->from.path = path;
        c->groups->group = group;
        c->groups->value = value;
    }
}

/* What a stakeholder said, to be told: the regions of weights are the program's. */
static void read_statements(web_bytes *r, tdo_stakeholder *h)
{
    h->n_prefers = bytes_count(r, 4, UINT32_MAX);
    h->prefers = bytes_room(r, h->n_prefers, sizeof *h->prefers);
    for (size_t k = 0; k < h->n_prefers && !r->failed; k++)
        h->prefers[k] = (tdo_preference){.statement = k, .text = bytes_text(r)};
    h->only_prefers = bytes_u32(r) != 0;
    h->vague = bytes_f64(r);
    h->n_objections = bytes_count(r, 12, UINT32_MAX);
    h->objections = bytes_room(r, h->n_objections, sizeof *h->objections);
    for (size_t k = 0; k < h->n_objections && !r->failed; k++) {
        h->objections[k].candidate = bytes_u32(r) ? bytes_text(r) : NULL;
        h->objections[k].by = bytes_u32(r) ? bytes_text(r) : NULL;
        h->objections[k].words = bytes_text(r);
    }
}

tdo_status web_read_about(const uint8_t *bytes, size_t length, tdo_arena *a, web_problem *p,
                          web_about *out)
{
    web_bytes r = {bytes, bytes + length, a, false, false};
    tdo_measured *x = &p->measured;
    size_t columns = 0;
    *out = (web_about){.n_groups = 0};
    read_files(&r, p, out);
    read_warnings(&r, &out->read);
    x->averaged = bytes_u32(&r);
    read_key_columns(&r, &p->scenario);
    const double *const *column = read_columns(&r, x->n, &columns);
    const double *const **cell = bytes_room(&r, x->d, sizeof *cell);
    for (size_t c = 0; c < x->d && !r.failed; c++)
        read_terms(&r, &p->scenario.criteria[c], column, columns, &cell[c]);
    x->cell = cell;
    for (size_t h = 0; h < p->scenario.n_stakeholders && !r.failed; h++)
        read_statements(&r, &p->scenario.stakeholders[h]);
    return bytes_verdict(&r);
}

/* ---- what the program found ---- */

static void read_mixture(web_bytes *r, const tdo_case *k, tdo_choosable *x)
{
    tdo_part *part;
    x->n_beaten_by = bytes_count(r, 12, UINT32_MAX);
    x->beaten_by = part = bytes_room(r, x->n_beaten_by, sizeof *part);
    for (size_t q = 0; q < x->n_beaten_by && !r->failed; q++) {
        part[q].slot = k->f->slot[bytes_index(r, k->x->n, false)];
        part[q].share = bytes_f64(r);
        r->failed = r->failed || part[q].slot == UINT32_MAX;
    }
}

/* Minus what the mixture is worth more at least. */
static double lead_of(const tdo_case *k, uint32_t slot, const tdo_choosable *x)
{
    double least = INFINITY;
    for (size_t c = 0; c < k->x->d; c++) {
        double more = -tdo_value_at(k->v, c, slot);
        if (k->v->constant[c])
            continue;
        for (size_t q = 0; q < x->n_beaten_by; q++)
            more += x->beaten_by[q].share * tdo_value_at(k->v, c, x->beaten_by[q].slot);
        least = fmin(least, more);
    }
    return -least;
}

static void read_candidate(web_bytes *r, const tdo_case *k, tdo_candidate_choice *of, bool ranked)
{
    size_t i = bytes_index(r, k->x->n, false);
    if (r->failed || k->f->slot[i] == UINT32_MAX) {
        r->failed = true;
        return;
    }
    tdo_candidate_choice *x = &of[i];
    x->any.known = bytes_u32(r) != 0;
    x->any.yes = bytes_u32(r) != 0;
    x->any.weights = bytes_u32(r) ? bytes_array(r, k->x->d, sizeof(double)) : NULL;
    read_mixture(r, k, &x->any);
    if (x->any.known && !x->any.yes && !r->failed)
        x->any.lead = lead_of(k, k->f->slot[i], &x->any);
    if (!ranked)
        return;
    x->rank.asked = bytes_u32(r) != 0;
    x->rank.known = bytes_u32(r) != 0;
    x->rank.best = bytes_u32(r);
    x->rank.worst = bytes_u32(r);
}

tdo_status web_read_known(const uint8_t *bytes, size_t length, tdo_arena *a, const tdo_case *k,
                          web_known *out)
{
    web_bytes r = {bytes, bytes + length, a, false, false};
    tdo_candidate_choice *of = bytes_room(&r, k->x->n, sizeof *of);
    *out = (web_known){.of = of};
    out->regions = bytes_u32(&r) != 0;
    out->least_regret = bytes_index(&r, k->x->n, true);
    out->ranked = bytes_u32(&r) != 0;
    size_t n = bytes_count(&r, 20, k->x->n);
    for (size_t q = 0; q < n && !r.failed; q++)
        read_candidate(&r, k, of, out->ranked);
    return bytes_verdict(&r);
}

/* ---- the decision ---- */

static const char *const *read_texts(web_bytes *r, size_t *n)
{
    *n = bytes_count(r, 4, UINT32_MAX);
    return bytes_texts(r, *n);
}

/* NULL where it is empty. */
static const char *read_optional(web_bytes *r)
{
    const char *text = bytes_text(r);
    return text[0] ? text : NULL;
}

tdo_status web_read_decision(const uint8_t *bytes, size_t length, tdo_arena *a, web_decision *out)
{
    web_bytes r = {bytes, bytes + length, a, false, false};
    tdo_decision *d = &out->decision;
    *out = (web_decision){.n_acceptances = 0};
    d->chosen = bytes_text(&r);
    d->because = bytes_text(&r);
    d->decided_by = read_texts(&r, &d->n_decided_by);
    d->dissent = read_texts(&r, &d->n_dissent);
    out->acceptances = read_texts(&r, &out->n_acceptances);
    d->date = read_optional(&r);
    d->scenario = bytes_text(&r);
    d->overrides.set = read_texts(&r, &d->overrides.n_set);
    d->overrides.rule = read_optional(&r);
    d->repeats = read_texts(&r, &d->n_repeats);
    d->portfolio = read_texts(&r, &d->n_portfolio);
    d->in_set = (tdo_membership)bytes_count(&r, 4, TDO_NOT_IN_SET);
    out->twin = bytes_text(&r);
    out->scenario = bytes_text(&r);
    out->result = bytes_text(&r);
    return bytes_verdict(&r);
}
