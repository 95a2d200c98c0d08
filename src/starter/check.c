/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the file as a run of the starter would. */
#include "starter/parts.h"

static void want_column(const tdo_starter *s, const tdo_starter_criterion *c, tdo_wanted *want,
                        size_t *n)
{
    const tdo_profiled *column = &s->profile->column[c->column];
    want[(*n)++] = (tdo_wanted){
        .column = column->name, .words = column->level != NULL, .style = column->style};
    if (c->se == TDO_NONE)
        return;
    want[*n] = (tdo_wanted){.column = s->profile->column[c->se].name, .style = column->style};
    want[(*n)++].style.unit_optional = true;
}

tdo_status tdo_starter_check(const tdo_starter *s, const char *path, tdo_arena *a,
                             tdo_report *report)
{
    const tdo_profile *p = s->profile;
    const char *id[TDO_STARTER_KEYS + 1];
    tdo_wanted want[2 * TDO_STARTER_CRITERIA + 1];
    tdo_condition where[TDO_STARTER_WHERE];
    tdo_match equals[TDO_STARTER_WHERE];
    tdo_warnings warnings = {0};
    tdo_table table;
    size_t n_wanted = 0, n_id = s->n_id;
    for (size_t k = 0; k < s->n_id; k++)
        id[k] = p->column[s->id[k]].name;
    if (s->group != TDO_NONE)
        id[n_id++] = p->column[s->group].name;
    for (size_t k = 0; k < s->n_criteria; k++)
        want_column(s, &s->criterion[k], want, &n_wanted);
    if (s->size != TDO_NONE)
        want[n_wanted++] =
            (tdo_wanted){.column = p->column[s->size].name, .style = p->column[s->size].style};
    for (size_t k = 0; k < s->n_where; k++) {
        const tdo_starter_condition *c = &s->where[k];
        tdo_match *not_in = tdo_alloc(a, c->n_not_in, sizeof *not_in);
        if (!not_in)
            return TDO_E_MEMORY;
        for (size_t i = 0; i < c->n_not_in; i++)
            not_in[i] = (tdo_match){.text = c->not_in[i]};
        equals[k] = (tdo_match){.text = c->equals};
        where[k] = (tdo_condition){.column = p->column[c->column].name,
                                   .criterion = TDO_NONE,
                                   .equals = c->equals ? &equals[k] : NULL,
                                   .not_in = c->n_not_in > 0 ? not_in : NULL,
                                   .n_not_in = c->n_not_in,
                                   .present = c->present ? TDO_PRESENT : TDO_EITHER,
                                   .has_min = c->has_min,
                                   .min = c->min};
    }
    const bool several = s->averaged && s->group == TDO_NONE;
    const tdo_table_request request = {.file = p->file,
                                       .path = path,
                                       .id_columns = id,
                                       .n_id_columns = n_id,
                                       .wanted = want,
                                       .n_wanted = n_wanted,
                                       .where = where,
                                       .n_where = s->n_where,
                                       .by = several ? id : NULL,
                                       .n_by = several ? n_id : 0,
                                       .delimiter = p->delimiter};
    return tdo_table_read(&request, a, &table, &warnings, report);
}
