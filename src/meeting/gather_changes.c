/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ballots change of a stakeholder beside the weights, what stays, and what was not taken. */
#include "meeting/ballot.h"

#include <string.h>

tdo_status gather_leave(gather *g, tdo_gathered_for *of, size_t b, const char *text)
{
    tdo_misfit *more = tdo_grow(g->a, of->left, of->n_left, of->n_left + 1, sizeof *more);
    if (!more || !text)
        return TDO_E_MEMORY;
    more[of->n_left++] = (tdo_misfit){.ballot = b, .text = text};
    of->left = more;
    return TDO_OK;
}

/* NULL: none, or out of memory (*status). */
static const char *in_json(gather *g, const tdo_node *n, tdo_status *status)
{
    tdo_sink o = tdo_sink_memory(g->a);
    if (!n)
        return NULL;
    json_node_write(n, &o);
    if (o.failed)
        *status = TDO_E_MEMORY;
    return o.failed ? NULL : o.text;
}

/* path: "vague", "needs.quality". */
static tdo_status compare(gather *g, tdo_gathered_for *of, tdo_change *x, const tdo_node *was,
                          const tdo_node *is)
{
    tdo_status status = TDO_OK;
    if (!was && !is)
        return TDO_OK;
    x->was = in_json(g, was, &status);
    x->is = in_json(g, is, &status);
    tdo_change *more = tdo_grow(g->a, of->change, of->n_changes, of->n_changes + 1, sizeof *more);
    if (status != TDO_OK || !more || !x->path)
        return TDO_E_MEMORY;
    more[of->n_changes++] = *x;
    of->change = more;
    return TDO_OK;
}

tdo_status gather_list_changes(gather *g, tdo_gathered_for *of, const char *who,
                               const tdo_node *now, const tdo_node *value)
{
    static const char *const key[] = {"prefers", "rates", "vague"};
    const tdo_node *was = json_node_find(now, "needs"), *is = json_node_find(value, "needs");
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < sizeof key / sizeof *key && status == TDO_OK; k++)
        status = compare(g, of, &(tdo_change){.who = who, .path = key[k]},
                         json_node_find(now, key[k]), json_node_find(value, key[k]));
    for (const tdo_node *n = is ? is->first : NULL; n && status == TDO_OK; n = n->next)
        status = compare(g, of,
                         &(tdo_change){.who = who, .path = tdo_text(g->a, "needs.%s", n->key)},
                         was ? json_node_find(was, n->key) : NULL, n);
    return status;
}
