/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which row is which segment and candidate; every segment must have every candidate, once, and be
 * of one size and one group. */
#include "plan/facts.h"

#include "base/plain.h"
#include "base/sort.h"

#include <math.h>
#include <string.h>

/* ---- names in the order of their bytes ---- */

typedef struct ordered {
    const char **name; /* [n] in order */
    uint32_t *place;   /* [n] where each stands in it */
} ordered;

static bool is_before(const void *user, uint32_t a, uint32_t b)
{
    const char *const *name = user;
    return strcmp(name[a], name[b]) < 0;
}

static tdo_status put_in_order(tdo_arena *a, const char *const *name, size_t n, ordered *out)
{
    uint32_t *order = tdo_alloc(a, n, sizeof *order), *room = tdo_alloc(a, n, sizeof *room);
    out->name = tdo_alloc(a, n, sizeof *out->name);
    out->place = tdo_alloc(a, n, sizeof *out->place);
    if (!order || !room || !out->name || !out->place)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < n; k++)
        order[k] = (uint32_t)k;
    sort_by(order, n, is_before, name, room);
    for (size_t k = 0; k < n; k++) {
        out->name[k] = name[order[k]];
        out->place[order[k]] = (uint32_t)k;
    }
    return TDO_OK;
}

/* Errors where a name is empty or would act on a terminal. */
static tdo_status check_names(plan_facts *f, size_t column, const char *what)
{
    const tdo_column *x = &f->table.column[column];
    tdo_status status = TDO_OK;
    for (size_t i = 0; i < f->table.n && status == TDO_OK; i++) {
        const char *s = x->words[x->word[i]];
        if (plain_is_blank(s, strlen(s)))
            status = plan_complain(f, f->table.line[i], tdo_text(f->a, "the %s is empty", what));
        else if (plain_has_control(s, strlen(s), "\t\n\r"))
            status = plan_complain(f, f->table.line[i],
                                   tdo_text(f->a, "a control character in the %s", what));
    }
    return status;
}

static const char *quoted(plan_facts *f, const char *s)
{
    tdo_sink o = tdo_sink_memory(f->a);
    tdo_put_quoted(&o, s);
    return o.failed ? NULL : o.text;
}

/* ---- cells ---- */

static tdo_status complain_twice(plan_facts *f, size_t i, uint32_t earlier, const char *segment)
{
    const char *id = quoted(f, f->row_id[i]), *where = quoted(f, segment);
    return plan_complain(f, f->table.line[i],
                         !id || !where ? NULL
                                       : tdo_text(f->a, "the segment %s has %s already on line %u",
                                                  where, id, (unsigned)f->table.line[earlier]));
}

static tdo_status fill_cells(plan_facts *f, const ordered *segment, const ordered *candidate)
{
    const tdo_column *x = &f->table.column[f->at.segment];
    const size_t m = f->table.n_ids, cells = x->n_words * m;
    tdo_status status = TDO_OK;
    f->cell = tdo_alloc(f->a, cells, sizeof *f->cell);
    if (!f->cell)
        return TDO_E_MEMORY;
    memset(f->cell, 0xFF, cells * sizeof *f->cell);
    for (size_t i = 0; i < f->table.n && status == TDO_OK; i++) {
        const size_t s = segment->place[x->word[i]];
        uint32_t *cell = &f->cell[s * m + candidate->place[f->table.owner[i]]];
        if (*cell != UINT32_MAX)
            status = complain_twice(f, i, *cell, segment->name[s]);
        else
            *cell = (uint32_t)i;
    }
    return status;
}

static size_t first_row(const plan_facts *f, size_t segment)
{
    const size_t m = f->table.n_ids;
    size_t j = 0;
    uint32_t row = UINT32_MAX;
    for (; j < m; j++)
        row = f->cell[segment * m + j] < row ? f->cell[segment * m + j] : row;
    return row;
}

static tdo_status check_all_there(plan_facts *f, const ordered *segment, const ordered *candidate)
{
    const size_t n = f->table.column[f->at.segment].n_words, m = f->table.n_ids;
    tdo_status status = TDO_OK;
    for (size_t s = 0; s < n && status == TDO_OK; s++)
        for (size_t j = 0; j < m && status == TDO_OK; j++)
            if (f->cell[s * m + j] == UINT32_MAX) {
                const char *where = quoted(f, segment->name[s]);
                const char *who = quoted(f, candidate->name[j]);
                status = plan_complain(f, f->table.line[first_row(f, s)],
                                       !where || !who
                                           ? NULL
                                           : tdo_text(f->a,
                                                      "the segment %s has no row for the candidate "
                                                      "%s: each segment must have all of them",
                                                      where, who));
            }
    return status;
}

/* ---- what is of a segment as a whole ---- */

static tdo_status complain_differs(plan_facts *f, const char *column, size_t row, size_t first,
                                   const char *const *text)
{
    const tdo_column *x = &f->table.column[f->at.segment];
    const char *where = quoted(f, x->words[x->word[row]]), *name = quoted(f, column);
    return plan_complain(
        f, f->table.line[row],
        !where || !name ? NULL
                        : tdo_text(f->a,
                                   "column %s: the segment %s has %s here and %s on line %u; all "
                                   "rows of a segment must have the same",
                                   name, where, text[0], text[1], (unsigned)f->table.line[first]));
}

static const char *say_number(plan_facts *f, double x)
{
    char text[TDO_NUMBER_TEXT];
    tdo_number_write(x, text);
    return tdo_copy(f->a, isnan(x) ? "nothing" : text, strlen(isnan(x) ? "nothing" : text));
}

static bool same_number(double a, double b)
{
    return (a >= b && a <= b) || (isnan(a) && isnan(b));
}

static tdo_status find_sizes(plan_facts *f, size_t segments)
{
    const size_t m = f->table.n_ids;
    const double *x = f->at.size == TDO_NONE ? NULL : f->table.column[f->at.size].number;
    double *size = tdo_alloc(f->a, segments, sizeof *size);
    tdo_status status = size ? TDO_OK : TDO_E_MEMORY;
    for (size_t s = 0; s < segments && status == TDO_OK; s++) {
        const size_t first = first_row(f, s);
        size[s] = x ? x[first] : 1;
        for (size_t j = 0; x && j < m && status == TDO_OK; j++) {
            const size_t row = f->cell[s * m + j];
            if (same_number(x[row], x[first]))
                continue;
            const char *const text[] = {say_number(f, x[row]), say_number(f, x[first])};
            status = text[0] && text[1] ? complain_differs(f, f->seg->size, row, first, text)
                                        : TDO_E_MEMORY;
        }
        if (status == TDO_OK && !(size[s] > 0))
            status = plan_complain(
                f, f->table.line[first],
                isnan(size[s])
                    ? tdo_text(f->a, "column \"%s\": the size is not measured", f->seg->size)
                    : tdo_text(f->a, "column \"%s\": a size must be above 0", f->seg->size));
    }
    f->out->problem.size = size;
    return status;
}

static tdo_status find_groups(plan_facts *f, size_t segments)
{
    const size_t m = f->table.n_ids;
    const tdo_column *x = f->at.group == TDO_NONE ? NULL : &f->table.column[f->at.group];
    uint32_t *group = tdo_alloc(f->a, segments, sizeof *group);
    ordered names = {0};
    tdo_status status = group ? TDO_OK : TDO_E_MEMORY;
    f->out->problem.groups = 1;
    if (status != TDO_OK || !x)
        return status;
    status = put_in_order(f->a, x->words, x->n_words, &names);
    for (size_t s = 0; s < segments && status == TDO_OK; s++) {
        const size_t first = first_row(f, s);
        group[s] = names.place[x->word[first]];
        for (size_t j = 0; j < m && status == TDO_OK; j++) {
            const size_t row = f->cell[s * m + j];
            if (x->word[row] == x->word[first])
                continue;
            const char *const text[] = {quoted(f, x->words[x->word[row]]),
                                        quoted(f, x->words[x->word[first]])};
            status = text[0] && text[1] ? complain_differs(f, f->seg->group, row, first, text)
                                        : TDO_E_MEMORY;
        }
    }
    f->out->problem.groups = x->n_words;
    f->out->problem.group = group;
    f->out->group = names.name;
    return status;
}

static tdo_status add_sizes(plan_facts *f)
{
    const tdo_plan_problem *p = &f->out->problem;
    double *size = tdo_alloc(f->a, p->groups, sizeof *size), all = 0;
    for (size_t s = 0; size && s < p->segments; s++)
        size[p->group ? p->group[s] : 0] += p->size[s];
    f->out->group_size = size;
    for (size_t g = 0; size && g < p->groups; g++)
        all += size[g];
    if (!size || (isfinite(all) && isfinite(1 / all)))
        return size ? TDO_OK : TDO_E_MEMORY;
    tdo_status status = plan_complain_at(
        f, &f->seg->size_place,
        tdo_text(f->a,
                 "the sizes add up to %s than can be divided by: another unit of them, please",
                 isfinite(all) ? "less" : "more"));
    return status == TDO_OK ? TDO_E_INPUT : status;
}

tdo_status plan_place(plan_facts *f)
{
    const size_t errors = f->report->count;
    const tdo_column *x = &f->table.column[f->at.segment];
    ordered segment = {0}, candidate = {0};
    tdo_status status = check_names(f, f->at.segment, "name of the segment");
    if (status == TDO_OK && f->at.group != TDO_NONE)
        status = check_names(f, f->at.group, "name of the group");
    if (status == TDO_OK)
        status = put_in_order(f->a, x->words, x->n_words, &segment);
    if (status == TDO_OK)
        status = put_in_order(f->a, f->table.id, f->table.n_ids, &candidate);
    if (status == TDO_OK)
        status = fill_cells(f, &segment, &candidate);
    if (status == TDO_OK)
        status = check_all_there(f, &segment, &candidate);
    if (status == TDO_OK && f->report->count > errors)
        status = TDO_E_INPUT;
    if (status == TDO_OK)
        status = find_sizes(f, x->n_words);
    if (status == TDO_OK)
        status = find_groups(f, x->n_words);
    if (status == TDO_OK && f->report->count > errors)
        status = TDO_E_INPUT;
    f->out->problem.segments = x->n_words;
    f->out->problem.candidates = f->table.n_ids;
    f->out->segment = segment.name;
    f->out->candidate = candidate.name;
    return status == TDO_OK ? add_sizes(f) : status;
}

tdo_status plan_find_candidate(plan_facts *f, const char *id, const tdo_place *at, size_t *out)
{
    const tdo_planned *x = f->out;
    tdo_sink o = tdo_sink_memory(f->a);
    *out = TDO_NONE;
    for (size_t j = 0; j < x->problem.candidates; j++)
        if (strcmp(x->candidate[j], id) == 0) {
            *out = j;
            return TDO_OK;
        }
    const char *near = tdo_nearest_word(id, x->candidate, x->problem.candidates);
    tdo_put_quoted(&o, id);
    tdo_putf(&o, " is no candidate of %s", f->seg->from.path);
    if (near) {
        tdo_puts(&o, " (did you mean ");
        tdo_put_quoted(&o, near);
        tdo_puts(&o, "?)");
    }
    return plan_complain_at(f, at, o.failed ? NULL : o.text);
}
