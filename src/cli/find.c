/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates and stakeholders that a command line names. */
#include "cli/cli.h"

#include "base/list.h"

#include <string.h>

/* The only candidate whose id of several columns starts with this one ("P08"). */
static size_t find_by_first_part(const tdo_run *run, const char *part)
{
    const tdo_measured *x = &run->measured;
    const size_t length = strlen(part);
    size_t found = TDO_NONE;
    for (size_t i = 0; run->scenario->n_id_columns > 1 && i < x->n; i++) {
        if (strncmp(x->id[i], part, length) != 0 || strncmp(x->id[i] + length, " / ", 3) != 0)
            continue;
        if (found != TDO_NONE)
            return TDO_NONE;
        found = i;
    }
    return found;
}

int cli_find_candidate(const tdo_run *run, const char *option, const char *id, size_t *out)
{
    *out = tdo_find_candidate(&run->measured, id);
    if (*out == TDO_NONE)
        *out = find_by_first_part(run, id);
    if (*out != TDO_NONE)
        return 0;
    const char *near = tdo_nearest_word(id, run->measured.id, run->measured.n);
    if (near)
        return cli_typed_error(option, id, "there is no such candidate (did you mean \"%s\"?)",
                               near);
    return cli_typed_error(option, id, "there is no such candidate in %s",
                           run->scenario->candidates_path);
}

/* "a", "b" and 3 more. */
static const char *listed(tdo_arena *a, const char *const *name, size_t n)
{
    enum { LISTED = 8 };
    tdo_sink o = tdo_sink_memory(a);
    for (size_t k = 0; k < n && k < LISTED; k++) {
        tdo_puts(&o, k ? n > LISTED ? ", " : list_joint(k, n) : "");
        tdo_put_quoted(&o, name[k]);
    }
    if (n > LISTED)
        tdo_putf(&o, " and %zu more", n - LISTED);
    return o.failed ? "others" : o.text;
}

int cli_find_stakeholder(const tdo_run *run, const char *name, size_t *out)
{
    const char *id[TDO_MAX_STAKEHOLDERS] = {NULL};
    const size_t n = run->scenario->n_stakeholders;
    size_t labelled = 0;
    for (size_t h = 0; h < n; h++) {
        const tdo_stakeholder *is = &run->scenario->stakeholders[h];
        id[h] = is->id;
        if (strcmp(is->id, name) == 0) {
            *out = h;
            return 0;
        }
        if (strcmp(is->label, name) == 0 && labelled++ == 0)
            *out = h;
    }
    const char *near = labelled ? NULL : tdo_nearest_word(name, id, n);
    if (labelled == 1)
        return 0;
    return near ? cli_usage_error("no stakeholder \"%s\" (did you mean \"%s\"?)", name, near)
                : cli_usage_error("no stakeholder \"%s\": there %s %s", name, n == 1 ? "is" : "are",
                                  listed(run->arena, id, n));
}
