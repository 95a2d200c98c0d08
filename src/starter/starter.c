/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a profile to a starter scenario. Read this first; the choices are in the other files. */
#include <math.h>
#include <string.h>

#include "starter/parts.h"

static tdo_status start(starter_work *t)
{
    t->kept = tdo_alloc(t->a, t->p->sampled, sizeof *t->kept);
    t->facts = tdo_alloc(t->a, t->p->n_columns, sizeof *t->facts);
    t->left = tdo_alloc(t->a, t->p->n_columns, sizeof *t->left);
    t->like = tdo_alloc(t->a, t->p->n_columns, sizeof *t->like);
    t->scratch = (starter_scratch){
        .x = tdo_alloc(t->a, STARTER_COMPARED_ROWS, sizeof *t->scratch.x),
        .y = tdo_alloc(t->a, STARTER_COMPARED_ROWS, sizeof *t->scratch.y),
        .rank = tdo_alloc(t->a, STARTER_COMPARED_ROWS, sizeof *t->scratch.rank),
        .order = tdo_alloc(t->a, STARTER_COMPARED_ROWS, sizeof *t->scratch.order),
        .room = tdo_alloc(t->a, STARTER_COMPARED_ROWS, 2 * sizeof *t->scratch.room)};
    if (!t->kept || !t->facts || !t->left || !t->like || !t->scratch.x || !t->scratch.y ||
        !t->scratch.rank || !t->scratch.order || !t->scratch.room)
        return TDO_E_MEMORY;
    for (size_t r = 0; r < t->p->sampled; r++)
        t->kept[r] = true;
    starter_count_facts(t);
    return TDO_OK;
}

/* What a run refuses whatever the scenario says, and what leaves nothing to choose from. */
static tdo_status refuse_file(const tdo_profile *p, tdo_error *err)
{
    for (size_t k = 0; k < p->n_notes; k++) {
        const tdo_note *n = &p->note[k];
        bool whole_file = n->column == TDO_NONE || strcmp(n->code, "same_name") == 0 ||
                          strcmp(n->code, "no_name") == 0 || strcmp(n->code, "bad_name") == 0;
        bool no_candidates = strcmp(n->code, "long_table") == 0 ||
                             strcmp(n->code, "transposed") == 0;
        if ((n->refused && whole_file) || no_candidates)
            return tdo_fail_at(err, TDO_E_INPUT, p->file, n->line, n->at, "%s%s",
                               strcmp(n->code, "bad_name") == 0 ? "a column: " : "", n->message);
    }
    if (p->rows < 2)
        return tdo_fail_at(err, TDO_E_INPUT, p->file, 0, 0,
                           "only one row: with one candidate there is nothing to choose");
    return TDO_OK;
}

tdo_status tdo_starter_make(const tdo_profile *p, const char *file, tdo_arena *a, tdo_starter *out,
                            tdo_error *err)
{
    starter_work t = {.p = p, .a = a, .out = out};
    *out = (tdo_starter){.profile = p, .file = file, .group = TDO_NONE, .size = TDO_NONE};
    tdo_status status = refuse_file(p, err);
    if (status != TDO_OK)
        return status;
    status = start(&t);
    if (status == TDO_OK) {
        starter_choose_rows(&t);
        status = starter_choose_id(&t, err);
    }
    if (status == TDO_OK)
        status = out->group != TDO_NONE ? starter_choose_grouped(&t, err)
                                        : starter_choose_criteria(&t, err);
    if (status == TDO_OK)
        status = starter_fill_details(&t);
    if (status == TDO_OK) {
        starter_invent_people(&t);
        const char *name = strrchr(file, '/');
        out->title = tdo_text(a, "Starter for %s: check every guess", name ? name + 1 : file);
    }
    if (status == TDO_OK && (t.failed || !out->title))
        status = TDO_E_MEMORY;
    if (status == TDO_E_MEMORY)
        (void)tdo_fail_at(err, TDO_E_MEMORY, p->file, 0, 0, "out of memory");
    return status;
}
