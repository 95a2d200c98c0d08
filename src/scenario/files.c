/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of every file of measurements: its path, its columns, how it is delimited, what to
 * do about gaps. */
#include <string.h>

#include "files/source.h"
#include "scenario/reader.h"

static const char *const missing_name[] = {
    [TDO_MISSING_ERROR] = "error", [TDO_MISSING_DROP] = "drop", [TDO_MISSING_WORST] = "worst"};

static bool may_lie_outside(const scenario_reader *r, const tdo_node *n)
{
    const bool of_option = n->start.line == 0;
    return r->outside_allowed || (of_option && r->set_trusted);
}

void scenario_read_file(scenario_reader *r, const tdo_node *n, const char **file, const char **path)
{
    const char *scenario = r->s->file, *slash = strrchr(scenario, '/'), *name = NULL;
    scenario_read_name(r, n, &name);
    if (!name)
        return;
    const char *last = strrchr(name, '/');
    bool as_it_is = strcmp(name, "-") == 0 || name[0] == '/' || !slash;
    *path = as_it_is ? name : tdo_text(r->a, "%.*s%s", (int)(slash + 1 - scenario), scenario, name);
    *file = name[0] == '/' ? last + 1 : name;
    bool outside = false, guarded = !may_lie_outside(r, n) && strcmp(name, "-") != 0;
    if (!*path || (guarded && source_leads_outside(scenario, name, *path, &outside) != TDO_OK))
        r->no_memory = true;
    else if (outside)
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s lies outside the folder of the scenario and was not opened: copy it "
                          "there, or, if you trust this scenario, add --allow-outside",
                          scenario_say_name(r, n, name));
}

void scenario_read_columns(scenario_reader *r, const tdo_node *n, const char ***out, size_t *n_out)
{
    const bool list = n && n->type == JSON_NODE_LIST;
    if (!n)
        return;
    if (list && (n->n == 0 || n->n > SCENARIO_MAX_PARTS)) {
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must have 1 to %d columns, found %zu",
                          scenario_say_path(r, n), SCENARIO_MAX_PARTS, n->n);
        return;
    }
    *out = scenario_reader_alloc(r, list ? n->n : 1, sizeof **out);
    if (!*out)
        return;
    for (const tdo_node *item = list ? n->first : n; item; item = list ? item->next : NULL) {
        const char *column = NULL;
        scenario_read_name(r, item, &column);
        for (size_t i = 0; i < *n_out && column; i++) {
            if (strcmp((*out)[i], column) == 0) {
                scenario_complain(r, item, SCENARIO_AT_VALUE,
                                  "%s is %s, which is in the list already",
                                  scenario_say_path(r, item), scenario_say_name(r, item, column));
                column = NULL;
            }
        }
        if (column)
            (*out)[(*n_out)++] = column;
    }
}

void scenario_read_delimiter(scenario_reader *r, const tdo_node *n, char *out)
{
    if (!n)
        return;
    if (strlen(n->text) == 1 && strchr(",;\t|", n->text[0]))
        *out = n->text[0];
    else
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must be \",\", \";\", \"\\t\" or \"|\", found %s",
                          scenario_say_path(r, n), scenario_say_value(r, n));
}

void scenario_refuse_input(scenario_reader *r, const tdo_node *n, const char *file)
{
    if (file && strcmp(file, "-") == 0)
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must be a file: standard input can only be the candidates",
                          scenario_say_path(r, n));
}

void scenario_read_beside(scenario_reader *r, const tdo_node *file, const tdo_node *id,
                          const tdo_node *delimiter, tdo_beside *out)
{
    scenario_read_file(r, file, &out->file, &out->path);
    if (file)
        out->place = scenario_place_of(r, file, SCENARIO_AT_VALUE);
    scenario_read_columns(r, id, &out->id_columns, &out->n_id_columns);
    if (id)
        out->id_place = scenario_place_of(r, id, SCENARIO_AT_VALUE);
    scenario_read_delimiter(r, delimiter, &out->delimiter);
}

bool scenario_read_missing(scenario_reader *r, const tdo_node *n, tdo_missing *out)
{
    size_t which = TDO_MISSING_ERROR;
    if (!scenario_read_choice(r, n, missing_name, 3, &which))
        return false;
    *out = (tdo_missing)which;
    return true;
}
