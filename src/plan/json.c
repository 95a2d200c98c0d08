/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan as JSON, format "tradeoff-plan/1", and as CSV. The shape of the one is held by
 * output/plan.schema.json. */
#include "plan/facts.h"

#include "explain/facts.h"

#include <math.h>
#include <string.h>

/* An object with the key of each stakeholder; less: [stakeholders] to be taken away, or NULL. */
static void write_people(json_writer *j, const char *key, const tdo_planned *x, const double *u,
                         const double *less)
{
    if (!u) {
        json_put_null(j, key);
        return;
    }
    json_put_object(j, key, JSON_FLOW);
    for (size_t h = 0; h < x->scenario->n_stakeholders; h++)
        json_put_number(j, x->scenario->stakeholders[h].id, u[h] - (less ? less[h] : 0));
    json_put_end(j);
}

static tdo_status write_shares(json_writer *j, const tdo_planned *x)
{
    uint32_t *order = x->solution.choice ? plan_by_share(x) : NULL;
    if (x->solution.choice && !order)
        return TDO_E_MEMORY;
    json_put_array(j, "candidates", JSON_LINES);
    for (size_t q = 0; order && q < x->problem.candidates; q++) {
        if (!(x->totals.traffic[order[q]] > 0))
            break;
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "id", x->candidate[order[q]]);
        json_put_number(j, "share", x->totals.traffic[order[q]]);
        json_put_end(j);
    }
    json_put_end(j);
    return TDO_OK;
}

static void write_limits(json_writer *j, const tdo_planned *x)
{
    json_put_array(j, "limits", JSON_LINES);
    for (size_t k = 0; k < x->problem.n_limits; k++) {
        const tdo_segment_limit *l = &x->scenario->segments->limits[k];
        const bool some = x->solution.choice;
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "text", l->text);
        json_put_number(j, "price", some ? x->solution.price[k] : NAN);
        json_put_number(j, "at", some ? x->totals.at[k] : NAN);
        json_put_text(j, "owner", l->owner);
        json_put_text(j, "why", l->why);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_single(json_writer *j, const tdo_planned *x)
{
    if (x->single == TDO_NONE) {
        json_put_null(j, "best_single");
        return;
    }
    json_put_object(j, "best_single", JSON_FLOW);
    json_put_text(j, "id", x->candidate[x->single]);
    json_put_number(j, "value", x->single_served.value);
    json_put_end(j);
}

static void write_groups(json_writer *j, const tdo_planned *x)
{
    const size_t people = x->scenario->n_stakeholders;
    json_put_array(j, "groups", JSON_LINES);
    for (size_t g = 0; x->group && g < x->problem.groups; g++) {
        const double *now = x->plan.group ? x->plan.group + g * people : NULL;
        const double *single = x->single_served.group ? x->single_served.group + g * people : NULL;
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "id", x->group[g]);
        json_put_number(j, "size", x->group_size[g]);
        write_people(j, "utility", x, now, NULL);
        write_people(j, "change", x, single ? now : NULL, single);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_holdout(json_writer *j, const tdo_planned *x)
{
    const tdo_held_out *h = &x->holdout;
    if (!x->has_holdout) {
        json_put_null(j, "holdout");
        return;
    }
    json_put_object(j, "holdout", JSON_LINES);
    json_put_number(j, "value", h->plan.value);
    json_put_number(j, "best_single", h->single.value);
    json_put_number(j, "gain_chosen_on", x->plan.value - x->single_served.value);
    json_put_array(j, "limits", JSON_LINES);
    for (size_t k = 0; k < x->problem.n_limits; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "text", x->scenario->segments->limits[k].text);
        json_put_number(j, "at", h->limit[k].at);
        json_put_bool(j, "holds", h->limit[k].holds);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_count(j, "below_floor", h->below_floor);
    json_put_end(j);
}

/* Why there is no plan. */
static void write_infeasible(json_writer *j, const tdo_planned *x)
{
    const tdo_plan_solution *s = &x->solution;
    json_put_object(j, "infeasible", JSON_LINES);
    json_put_array(j, "limits", JSON_FLOW);
    for (size_t k = 0; s->clashes && k < x->problem.n_limits; k++)
        if (s->clashes[k])
            json_put_text(j, NULL, x->scenario->segments->limits[k].text);
    json_put_end(j);
    json_put_count(j, "unserved", x->n_unserved);
    json_put_array(j, "segments", JSON_LINES);
    for (size_t k = 0; k < x->n_listed; k++) {
        const tdo_unserved *u = &x->unserved[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "segment", x->segment[u->segment]);
        json_put_text(j, "nearest", u->floor == TDO_NONE ? NULL : x->candidate[u->nearest]);
        json_put_text(j, "floor",
                      u->floor == TDO_NONE ? NULL : plan_floor_text(x->scenario, u->floor));
        json_put_number(j, "by", u->by);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_end(j);
}

static void write_stakeholders(json_writer *j, const tdo_planned *x)
{
    const tdo_scenario *s = x->scenario;
    json_put_array(j, "stakeholders", JSON_LINES);
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "id", s->stakeholders[h].id);
        json_put_number(j, "power", x->power[h]);
        json_put_object(j, "weights", JSON_FLOW);
        for (size_t c = 0; c < s->n_criteria; c++)
            json_put_number(j, s->criteria[c].id, x->weight[h * s->n_criteria + c]);
        json_put_end(j);
        json_put_end(j);
    }
    json_put_end(j);
}

static tdo_status write_plan(json_writer *j, const tdo_planned *x)
{
    const tdo_plan_solution *s = &x->solution;
    json_put_object(j, "plan", JSON_LINES);
    json_put_text(j, "status", tdo_plan_status_word[s->status]);
    json_put_number(j, "value", s->value);
    json_put_number(j, "gap", s->gap);
    write_people(j, "utility", x, x->plan.utility, NULL);
    tdo_status status = write_shares(j, x);
    json_put_count(j, "split_segments", s->split_segments);
    json_put_count(j, "segments", x->problem.segments);
    write_limits(j, x);
    write_single(j, x);
    write_groups(j, x);
    write_holdout(j, x);
    json_put_text(j, "rule", tdo_rule_name[x->scenario->rule]);
    json_put_count(j, "rows", x->rows);
    if (s->status == TDO_PLAN_INFEASIBLE)
        write_infeasible(j, x);
    plan_write_proof(j, x);
    json_put_end(j);
    return status;
}

static void write_input(json_writer *j, const char *role, const char *file, const char *sha256)
{
    json_put_object(j, NULL, JSON_FLOW);
    json_put_text(j, "role", role);
    json_put_text(j, "file", file);
    json_put_text(j, "sha256", sha256);
    json_put_end(j);
}

tdo_status tdo_write_plan(const tdo_planned *x, tdo_sink *o)
{
    json_writer j = {.o = o};
    json_put_object(&j, NULL, JSON_LINES);
    json_put_format(&j, "tradeoff-plan/1");
    json_put_array(&j, "inputs", JSON_LINES);
    write_input(&j, "scenario", x->scenario->name, x->scenario->sha256);
    write_input(&j, "segments", x->scenario->segments->from.file, x->sha256);
    json_put_end(&j);
    json_put_raw(&j, "scenario", x->scenario->json);
    write_stakeholders(&j, x);
    json_put_warnings(&j, &x->warnings);
    tdo_status status = write_plan(&j, x);
    json_put_end(&j);
    return status == TDO_OK ? tdo_sink_status(o) : status;
}

/* ---- CSV ---- */

static void put_field(tdo_sink *o, const char *s)
{
    if (!strpbrk(s, ",\"\r\n") && s[0] != ' ' && s[strlen(s) - 1] != ' ') {
        tdo_puts(o, s);
        return;
    }
    tdo_puts(o, "\"");
    for (; *s != '\0'; s++)
        tdo_put(o, *s == '"' ? "\"\"" : s, *s == '"' ? 2 : 1);
    tdo_puts(o, "\"");
}

tdo_status tdo_write_plan_csv(const tdo_planned *x, tdo_sink *o)
{
    tdo_puts(o, "segment,candidate,share\n");
    for (size_t s = 0; x->solution.choice && s < x->problem.segments; s++) {
        size_t candidate = 0;
        double share = 0;
        for (size_t at = 0; tdo_planned_next(x, s, &at, &candidate, &share);) {
            put_field(o, x->segment[s]);
            tdo_puts(o, ",");
            put_field(o, x->candidate[candidate]);
            tdo_puts(o, ",");
            tdo_put_number(o, share);
            tdo_puts(o, "\n");
        }
    }
    return tdo_sink_status(o);
}
