/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of the weights behind each choice, who is asked about, and all that needs no linear program. */
#include "weights/choice.h"
#include "weights/choice_edits.h"

#include <math.h>

enum { AT_LEAST = 20 }; /* asked about, however many rivals there are */

static size_t count_named(const tdo_case *k)
{
    size_t n = 0;
    for (uint32_t slot = 0; slot < k->v->f; slot++)
        n += choice_is_named(k, slot);
    return n;
}

/* In the order of the ranking: all; or those with a name in the answer, the frontier and the first
 * ones. */
static tdo_status choose_whom(const tdo_case *k, tdo_arena *a, tdo_candidate_choice **of,
                              tdo_choice *out)
{
    size_t f = k->v->f, rivals = k->front->count, most = TDO_CHOICE_PAIRS / (rivals + 1);
    size_t named = count_named(k), others = 0;
    uint32_t *place = tdo_alloc(a, f, sizeof *place);
    most = most < AT_LEAST ? AT_LEAST : most;
    if (f > TDO_CHOICE_ALL && most > TDO_CHOICE_MANY)
        most = TDO_CHOICE_MANY;
    most = most < named ? named : most < f ? most : f;
    *of = tdo_alloc(a, most, sizeof **of);
    if (!place || !*of)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < f; i++) {
        uint32_t slot = k->r->order[i];
        bool wanted = f <= TDO_CHOICE_ALL || i < TDO_CHOICE_BEST || k->front->member[slot];
        bool is_named = choice_is_named(k, slot);
        place[slot] = UINT32_MAX;
        if (!is_named && (!wanted || others == most - named))
            continue;
        others += !is_named;
        place[slot] = (uint32_t)out->asked;
        (*of)[out->asked++] = (tdo_candidate_choice){.slot = slot, .regret = NAN};
    }
    out->candidate = *of;
    out->place = place;
    return TDO_OK;
}

static tdo_status find_improvements(const tdo_case *k, tdo_candidate_choice *of, size_t n)
{
    tdo_arena *scratch = tdo_arena_new();
    double steps = TDO_CHOICE_STEPS / 4;
    choice_rivals among;
    tdo_status status = scratch ? choice_find_rivals(k, CHOICE_FEW, scratch, &among) : TDO_E_MEMORY;
    for (size_t i = 0; i < n && status == TDO_OK; i++)
        status =
            choice_improve_weighted(k, &among, of[i].slot, scratch, &steps, &of[i].improvement);
    tdo_arena_free(scratch);
    return status;
}

tdo_status choice_start(const tdo_case *k, tdo_arena *a, tdo_candidate_choice **of, tdo_choice *out)
{
    *out = (tdo_choice){.first = k->r->winner[TDO_RULE_WEIGHTED],
                        .regions = k->regions && k->regions->any,
                        .least_regret = UINT32_MAX};
    return choose_whom(k, a, of, out);
}

tdo_status choice_find_closed(const tdo_case *k, tdo_candidate_choice *of, tdo_arena *a,
                              tdo_choice *out)
{
    tdo_status status = find_improvements(k, of, out->asked);
    if (status == TDO_OK)
        status = tdo_find_holds(k, TDO_RULE_WEIGHTED, a, &out->weighted);
    out->headline = out->weighted;
    if (status == TDO_OK && k->r->rule != TDO_RULE_WEIGHTED)
        status = tdo_find_holds(k, k->r->rule, a, &out->headline);
    if (status == TDO_OK)
        status = tdo_find_flip(k, a, &out->flip);
    return status;
}
