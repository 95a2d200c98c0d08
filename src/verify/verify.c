/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks in order. Start here. */
#include "tradeoff/verify.h"

#include "recount/judged.h"
#include "replan/plan.h"
#include "reread/inputs.h"
#include "reread/readings.h"
#include "resplit/split.h"
#include "verify/checks.h"

#include <string.h>

/* *plan: it is the result of "plan". */
static bool check_format(verify_job *j, bool *plan)
{
    static const char *const parts[] = {"inputs",       "scenario",    "criteria",
                                        "stakeholders", "constraints", "candidates"};
    static const char *const parts_of_plan[] = {"inputs", "scenario", "stakeholders", "plan"};
    const char *format = verify_text(j->root, "format", ""), *lacks = NULL;
    *plan = strcmp(format, "tradeoff-plan/1") == 0;
    const char *const *part = *plan ? parts_of_plan : parts;
    const size_t n = *plan ? sizeof parts_of_plan / sizeof *part : sizeof parts / sizeof *part;
    for (size_t k = 0; k < n; k++)
        lacks = verify_get(j->root, part[k]) ? lacks : part[k];
    if (!*plan && strcmp(format, "tradeoff-result/1") != 0)
        j->status = tdo_fail(j->err, TDO_E_INPUT,
                             "this is no result: its \"format\" is not \"tradeoff-result/1\" or "
                             "\"tradeoff-plan/1\"");
    else if (lacks)
        j->status = tdo_fail(j->err, TDO_E_INPUT, "this is no result: it has no \"%s\"", lacks);
    return j->status == TDO_OK && claim_holds(j, verify_get(j->root, "format"));
}

static bool check_all(verify_world *w, const tdo_inputs *files, tdo_verification *out)
{
    verify_job *j = w->job;
    verify_case k = {.j = j, .w = w};
    w->scenario = claim_child(j, j->root, "scenario");
    return w->scenario && verify_check_inputs(w, files, out) && verify_read_setting(w) &&
           verify_read_world(w) && verify_find_distances(w) && verify_judge_limits(w) &&
           verify_stand(j, w, &k.s) && verify_check_setting(&k) && verify_check_candidates(&k) &&
           verify_check_ranks(&k) && verify_check_frontier(&k) && verify_check_verdict(&k) &&
           verify_check_infeasible(&k) && verify_check_choice(&k) && verify_check_limits(&k) &&
           verify_check_mix(&k) && verify_check_portfolio(&k) && verify_check_agree(&k);
}

static tdo_status check(verify_job *j, const tdo_inputs *files, tdo_verification *out)
{
    mpq_t room[VERIFY_ROOMS];
    verify_world *w = verify_room(j, 1, sizeof *w);
    bool plan = false;
    if (!w || !check_format(j, &plan))
        return j->status;
    w->job = j;
    w->room = room;
    for (size_t q = 0; q < VERIFY_ROOMS; q++)
        mpq_init(w->room[q]);
    out->holds = (plan ? verify_check_plan : check_all)(w, files, out) && !j->path;
    for (size_t q = 0; q < VERIFY_ROOMS; q++)
        mpq_clear(w->room[q]);
    index_free(&w->ids);
    out->checked = j->checked;
    out->path = j->path;
    out->why = j->why;
    if (out->holds)
        out->n_unchecked = claim_unchecked(j, &out->unchecked);
    if (!out->holds && !j->path && j->status == TDO_OK) /* a check gave up without a word */
        j->status = tdo_fail(j->err, TDO_E_INTERNAL, "a claim could not be checked");
    return j->status;
}

tdo_status tdo_verify(const char *result, size_t length, const tdo_inputs *inputs, tdo_arena *a,
                      tdo_verification *out, tdo_error *err)
{
    tdo_error own = {0};
    verify_job j = {.a = a, .err = err ? err : &own};
    *out = (tdo_verification){0};
    j.status = verify_tree_read(result, length, a, &j.root, j.err);
    return j.status == TDO_OK ? check(&j, inputs, out) : j.status;
}
