/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decision record of the page: the rooms that write it for the program, on what the page holds.
 * What needs linear programs comes from the program's own result, as far as it still holds. */
#include "engine/engine.h"

#include <string.h>

#include "record/parts.h"
#include "tradeoff/output.h"
#include "weights/choice_lp.h"

/* Takes the input as what a record says beside the decision; once, after load. */
EXPORT(about, int, (void))
{
    web.error = (tdo_error){0};
    return web.loaded ? (int)web_read_about(web.input, web.input_length, web.data, &web.problem,
                                            &web.about)
                      : TDO_E_USAGE;
}

static tdo_status find_ranks(const tdo_case *k, tdo_candidate_choice *of, size_t n)
{
    choice_wishes any;
    choice_effort effort = {0};
    tdo_status st = choice_wishes_any(k, web.wishes, &any);
    const choice_search all = {k, &any, &effort, NULL};
    return st == TDO_OK ? choice_find_ranks(&all, of, n, web.wishes) : st;
}

static tdo_status find_choice(const tdo_case *k, const web_known *known, tdo_choice *out)
{
    tdo_candidate_choice *of = NULL;
    tdo_status st = choice_start(k, web.wishes, &of, out);
    for (size_t q = 0; st == TDO_OK && q < out->asked; q++) {
        const tdo_candidate_choice *is = &known->of[k->f->feasible[of[q].slot]];
        of[q].any = is->any;
        of[q].rank = is->rank;
    }
    out->regions = known->regions;
    out->sought = known->ranked;
    if (known->least_regret != TDO_NONE)
        out->least_regret = k->f->slot[known->least_regret];
    if (st == TDO_OK && !known->ranked)
        st = find_ranks(k, of, out->asked);
    if (st == TDO_OK)
        st = choice_find_closed(k, of, web.wishes, out);
    if (st == TDO_OK && k->r->rule != TDO_RULE_WEIGHTED)
        st = tdo_find_headline_improvements(k, web.wishes, out);
    if (st == TDO_OK)
        st = tdo_find_outside_improvements(k, web.wishes, out);
    out->computed = st == TDO_OK;
    return st;
}

/* The weights behind the choice, and what limits cost; the input holds what is known of them.
 * Ranks by all rules come first. */
EXPORT(weigh, int, (void))
{
    tdo_run *r = &web.run;
    web_known known;
    if (!web.limited || !r->feasible || !web.array[ORDER].at)
        return TDO_E_USAGE;
    const tdo_case k = tdo_case_of(r);
    tdo_status st = TDO_OK;
    r->choice = (tdo_choice){.computed = false};
    if (web.input_length > 0) { /* else somebody's region has moved, which the page cannot follow */
        st = web_read_known(web.input, web.input_length, web.wishes, &k, &known);
        if (st == TDO_OK)
            st = find_choice(&k, &known, &r->choice);
    }
    if (st == TDO_OK)
        st = tdo_step_curves(&k, web.wishes, &r->steps, &r->n_steps);
    if (st == TDO_OK)
        st = tdo_find_lifts(&k, web.wishes, &r->lifts);
    if (st == TDO_OK)
        st = tdo_find_swings(&k, web.wishes, &r->swings, &r->warnings);
    return (int)st;
}

/* Warnings in the program's order. all: those that were read are all there are. */
static tdo_status join_warnings(bool all, tdo_warnings *out)
{
    const tdo_warnings *from[] = {&web.about.read, &web.limit_warnings, &web.run.warnings};
    *out = (tdo_warnings){0};
    for (size_t q = 0; q < (all ? 1 : 3); q++)
        for (size_t k = 0; k < from[q]->n; k++)
            if (tdo_warn(out, web.words, from[q]->item[k].code, "%s", from[q]->item[k].message) !=
                TDO_OK)
                return TDO_E_MEMORY;
    return TDO_OK;
}

static tdo_status write_json(tdo_run *run, const web_decision *d)
{
    if (d->result[0])
        return record_write_json(run, &d->decision, d->result, strlen(d->result), &web.text);
    web.problem.scenario.json = d->scenario;
    return tdo_write_record_json(run, &d->decision, &web.text);
}

/* Makes a text: the record of the decision that the input holds, as JSON or as Markdown. */
EXPORT(decide, int, (int json))
{
    web_decision d;
    tdo_run run = web.run;
    if (!web.limited || (run.feasible && !web.array[ORDER].at))
        return TDO_E_USAGE;
    web.error = (tdo_error){0};
    if (!web_renew(&web.words))
        return TDO_E_MEMORY;
    tdo_status st = web_read_decision(web.input, web.input_length, web.words, &d);
    if (st == TDO_OK)
        st = join_warnings(d.result[0] != '\0', &run.warnings);
    if (st == TDO_OK)
        st = tdo_read_acceptances(&run, d.acceptances, d.n_acceptances, web.words, &d.decision,
                                  &web.error);
    web.text = tdo_sink_memory(web.words);
    if (st == TDO_OK)
        st = json ? write_json(&run, &d) : tdo_write_record(&run, &d.decision, d.twin, &web.text);
    return (int)(web.text.failed ? TDO_E_MEMORY : st);
}
