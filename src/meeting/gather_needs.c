/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The needs of several ballots for one stakeholder become one for each criterion. A scenario has
 * one of them for a criterion, with or without a veto: where somebody vetoes, the strictest of what
 * is vetoed stands, and what others need beyond it is listed. So nothing is shut out that nobody
 * vetoes. */
#include "meeting/ballot.h"

#include <math.h>
#include <string.h>

/* A bound as a number: a level by its place. NaN: none. */
static double bound_value(const tdo_criterion *c, const char *text)
{
    double x = (double)NAN;
    if (text && text[0] != '"')
        (void)tdo_number_read(text, strlen(text), &x);
    for (size_t k = 0; text && text[0] == '"' && k < c->n_levels; k++) {
        size_t length = strlen(c->levels[k]);
        if (strlen(text) == length + 2 && strncmp(text + 1, c->levels[k], length) == 0)
            x = (double)k;
    }
    return x;
}

/* Is there a bound that asks for more than this one does? */
static bool is_stricter_min(const tdo_criterion *c, const char *min, const char *than)
{
    return min && !(bound_value(c, than) >= bound_value(c, min));
}

static bool is_stricter_max(const tdo_criterion *c, const char *max, const char *than)
{
    return max && !(bound_value(c, than) <= bound_value(c, max));
}

/* Makes *into as strict as both. False: nothing could meet it. */
static bool tighten(const tdo_criterion *c, tdo_ballot_need *into, const tdo_ballot_need *need)
{
    if (is_stricter_min(c, need->min, into->min))
        into->min = need->min;
    if (is_stricter_max(c, need->max, into->max))
        into->max = need->max;
    return !(bound_value(c, into->min) > bound_value(c, into->max));
}

static const tdo_ballot_need *need_of(const gather *g, uint32_t b, const char *criterion)
{
    const tdo_ballot *is = &g->ballot[b].ballot;
    for (size_t q = 0; q < is->n_needs; q++)
        if (strcmp(is->need[q].criterion, criterion) == 0)
            return &is->need[q];
    return NULL;
}

/* What this need asks beyond what was kept. */
static tdo_status leave_beyond(gather *g, tdo_gathered_for *of, const tdo_criterion *c, uint32_t b,
                               const tdo_ballot_need *kept)
{
    const tdo_ballot_need *need = need_of(g, b, c->id);
    tdo_status status = TDO_OK;
    if (is_stricter_min(c, need->min, kept->min))
        status = gather_leave(
            g, of, b,
            tdo_text(g->a, "needs.%s: min %s without a veto, beside one", c->id, need->min));
    if (status == TDO_OK && is_stricter_max(c, need->max, kept->max))
        status = gather_leave(
            g, of, b,
            tdo_text(g->a, "needs.%s: max %s without a veto, beside one", c->id, need->max));
    return status;
}

/* *n grows where somebody needs anything of the criterion. */
static tdo_status merge_criterion(gather *g, tdo_gathered_for *of, const uint32_t *voice,
                                  const tdo_criterion *c, tdo_ballot_need *kept, size_t *n)
{
    bool vetoed = false, some = false;
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < of->voices; k++) {
        const tdo_ballot_need *need = need_of(g, voice[k], c->id);
        vetoed |= need && need->veto;
    }
    for (size_t k = 0; k < of->voices; k++) {
        const tdo_ballot_need *need = need_of(g, voice[k], c->id);
        if (!need || need->veto != vetoed)
            continue;
        if (!some)
            kept[*n] = *need;
        else if (!tighten(c, &kept[*n], need))
            return gather_complain(
                g, voice[k],
                json_node_find(json_node_find(g->ballot[voice[k]].top, "needs"), c->id),
                "needs.%s cannot hold together with those of the ballots before it; keep each "
                "with --merge each",
                c->id);
        some = true;
    }
    for (size_t k = 0; k < of->voices && vetoed && status == TDO_OK; k++)
        if (need_of(g, voice[k], c->id) && !need_of(g, voice[k], c->id)->veto)
            status = leave_beyond(g, of, c, voice[k], &kept[*n]);
    *n += some;
    return status;
}

tdo_status gather_merge_needs(gather *g, tdo_gathered_for *of, const uint32_t *voice,
                              tdo_ballot *out)
{
    tdo_ballot_need *kept = tdo_alloc(g->a, g->s->n_criteria, sizeof *kept);
    tdo_status status = kept ? TDO_OK : TDO_E_MEMORY;
    out->need = kept;
    out->n_needs = 0;
    for (size_t c = 0; c < g->s->n_criteria && status == TDO_OK; c++)
        status = merge_criterion(g, of, voice, &g->s->criteria[c], kept, &out->n_needs);
    return status;
}
