/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan is proven by, as JSON: multipliers of the limits, and the shares of the segments that
 * those do not tell. Who serves all others is whoever is worth most there. */
#include "plan/facts.h"

/* By stakeholder, of maximin; null where the group's weights decide. */
static void write_weights(json_writer *j, const tdo_planned *x)
{
    size_t v = 0;
    if (x->problem.n_values == 1) {
        json_put_null(j, "weights");
        return;
    }
    json_put_object(j, "weights", JSON_FLOW);
    for (size_t h = 0; h < x->scenario->n_stakeholders; h++)
        if (x->power[h] > 0)
            json_put_number(j, x->scenario->stakeholders[h].id, x->solution.proof->value[v++]);
    json_put_end(j);
}

/* By group, where not 0. */
static void write_by_group(json_writer *j, const char *key, const tdo_planned *x, const double *y)
{
    json_put_object(j, key, JSON_FLOW);
    for (size_t g = 0; g < x->problem.groups; g++)
        if (y[g] < 0 || y[g] > 0)
            json_put_number(j, x->group[g], y[g]);
    json_put_end(j);
}

static void write_limits(json_writer *j, const tdo_planned *x)
{
    const tdo_plan_proof *proof = x->solution.proof;
    json_put_array(j, "limits", JSON_LINES);
    for (size_t k = 0; k < x->problem.n_limits; k++) {
        const size_t at = k * x->problem.groups;
        json_put_object(j, NULL, JSON_FLOW);
        if (x->problem.limit[k].bind == TDO_PLAN_GAP) {
            write_by_group(j, "gap", x, proof->gap + at);
            write_by_group(j, "bounds", x, proof->bound + at);
        } else {
            json_put_number(j, "multiplier", proof->limit[k]);
        }
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_segment(json_writer *j, const tdo_planned *x, size_t s)
{
    size_t candidate = 0;
    double share = 0;
    json_put_object(j, NULL, JSON_FLOW);
    json_put_text(j, "segment", x->segment[s]);
    json_put_array(j, "shares", JSON_FLOW);
    for (size_t at = 0; tdo_planned_next(x, s, &at, &candidate, &share);) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "id", x->candidate[candidate]);
        json_put_number(j, "share", share);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_end(j);
}

void plan_write_proof(json_writer *j, const tdo_planned *x)
{
    const tdo_plan_proof *proof = x->solution.proof;
    if (!proof) {
        json_put_null(j, "proof");
        return;
    }
    json_put_object(j, "proof", JSON_LINES);
    write_weights(j, x);
    write_limits(j, x);
    json_put_array(j, "listed", JSON_LINES);
    for (size_t s = 0; x->solution.choice && s < x->problem.segments; s++)
        if (proof->listed[s])
            write_segment(j, x, s);
    json_put_end(j);
    json_put_number(j, "most", proof->most);
    json_put_end(j);
}
