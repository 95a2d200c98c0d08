/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The portfolio of a result: the set, the frontier, the core. */
#include "output/json_parts.h"

#include <math.h>

static const char *limit_name(const tdo_run *run, size_t j)
{
    const tdo_condition *is = &run->scenario->portfolio.limits[j].condition;
    return is->column ? is->column : run->scenario->criteria[is->criterion].id;
}

/* The keys of a set within an object that is open. */
static void write_set(json_writer *j, const tdo_run *run, const tdo_portfolio_set *set)
{
    json_put_array(j, "ids", JSON_FLOW);
    for (size_t k = 0; k < set->n; k++)
        json_put_text(j, NULL, run->measured.id[set->candidate[k]]);
    json_put_end(j);
    json_put_number(j, "value", set->value);
    json_put_object(j, "sums", JSON_FLOW);
    for (size_t q = 0; q < run->scenario->portfolio.n_limits; q++)
        json_put_number(j, limit_name(run, q), set->sum[q]);
    json_put_end(j);
}

static void write_frontier(json_writer *j, const tdo_run *run)
{
    const tdo_portfolio *p = &run->portfolio;
    if (!p->has_frontier)
        return;
    json_put_array(j, "frontier", JSON_LINES);
    for (size_t k = 0; k < p->n_frontier; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        write_set(j, run, &p->frontier[k]);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_core(json_writer *j, const tdo_run *run)
{
    const tdo_portfolio *p = &run->portfolio;
    if (!p->has_core)
        return;
    json_put_object(j, "core", JSON_FLOW);
    for (size_t k = 0; k < run->screened.feasible_n; k++) {
        const uint32_t i = run->screened.feasible[run->ranking.order[k]];
        json_put_number(j, run->measured.id[i], p->core[i]);
    }
    json_put_end(j);
    json_put_count(j, "core_sets", p->core_sets);
    if (!p->settle)
        return;
    json_put_object(j, "settle", JSON_FLOW);
    json_put_text(j, "statement", p->settle);
    json_put_count(j, "open", p->open);
    json_put_count(j, "yes", p->settle_yes);
    json_put_count(j, "no", p->settle_no);
    json_put_end(j);
}

static void write_clash(json_writer *j, const tdo_portfolio *p)
{
    if (p->status != TDO_PORTFOLIO_INFEASIBLE)
        return;
    json_put_object(j, "clash", JSON_FLOW);
    json_put_bool(j, "smallest", p->clash_proven);
    json_put_array(j, "of", JSON_FLOW);
    for (size_t k = 0; k < p->n_clash; k++)
        json_put_text(j, NULL, p->clash[k].text);
    json_put_end(j);
    json_put_end(j);
}

tdo_status out_portfolio(json_writer *j, const tdo_run *run, tdo_arena *a)
{
    tdo_sentences said;
    const tdo_portfolio *p = &run->portfolio;
    if (!run->picked)
        return TDO_OK;
    tdo_status status = tdo_explain_set(run, a, &said);
    if (status != TDO_OK)
        return status;
    json_put_object(j, "portfolio", JSON_LINES);
    if (p->found)
        write_set(j, run, &p->set);
    write_frontier(j, run);
    write_core(j, run);
    json_put_text(j, "rule", tdo_portfolio_rule_name[run->scenario->portfolio.rule]);
    json_put_text(j, "counts", run->scenario->portfolio.best ? "best" : "sum");
    json_put_text(j, "status", tdo_portfolio_status_word(p->status));
    if (p->found) {
        json_put_object(j, "utility", JSON_FLOW);
        for (size_t s = 0; s < run->scenario->n_stakeholders; s++)
            json_put_number(j, run->scenario->stakeholders[s].id, p->utility[s]);
        json_put_end(j);
        json_put_number(j, "bound", p->bound);
    }
    write_clash(j, p);
    out_sentences(j, &said);
    if (p->unmeasured)
        json_put_count(j, "unmeasured", p->unmeasured);
    if (p->no_frontier)
        json_put_text(j, "no_frontier", p->no_frontier);
    if (p->no_core)
        json_put_text(j, "no_core", p->no_core);
    json_put_end(j);
    return TDO_OK;
}
