/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights behind each choice: every question in turn. */
#include "weights/choice_lp.h"

#include <assert.h>

/* What needs linear programs. */
static tdo_status ask_about_weights(const tdo_case *k, tdo_candidate_choice *of, tdo_arena *a,
                                    tdo_choice *out, tdo_error *err)
{
    choice_wishes any = {.bundles = 0}, allowed = {.bundles = 0};
    choice_effort effort = {0};
    const choice_search all = {k, &any, &effort, err}, some = {k, &allowed, &effort, err};
    tdo_status status = choice_wishes_any(k, a, &any);
    if (status == TDO_OK)
        status = choice_find_choosable(&all, false, of, out->asked, a);
    if (status == TDO_OK && out->regions)
        status = choice_wishes_allowed(k, a, &allowed);
    if (status == TDO_OK && out->regions)
        status = choice_find_choosable(&some, true, of, out->asked, a);
    if (status == TDO_OK && out->regions)
        status = choice_find_regret(&some, of, out->asked, &out->least_regret);
    if (status == TDO_OK)
        status = choice_find_ranks(out->regions ? &some : &all, of, out->asked, a);
    out->sought = true;
    out->lps = effort.lps;
    out->steps = effort.steps;
    out->seconds = effort.seconds;
    return status;
}

tdo_status tdo_find_choice(const tdo_case *k, tdo_arena *a, tdo_choice *out, tdo_error *err)
{
    assert(k->u->f > 0 && k->r);
    tdo_candidate_choice *of = NULL;
    tdo_choice y;
    tdo_status status = choice_start(k, a, &of, &y);
    if (status == TDO_OK)
        status = ask_about_weights(k, of, a, &y, err);
    if (status == TDO_OK)
        status = choice_find_closed(k, of, a, &y);
    y.computed = status == TDO_OK;
    if (status == TDO_OK)
        *out = y;
    return status;
}
