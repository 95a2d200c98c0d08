/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ballot as JSON. Its shape is held by ballot.schema.json; a change here is a change there. */
#include "tradeoff/ballot.h"

#include <math.h>

#include "output/json_parts.h"

static void write_weights(json_writer *j, const tdo_ballot *b)
{
    if (!b->n_weights)
        return;
    json_put_object(j, "weights", JSON_LINES);
    for (size_t k = 0; k < b->n_weights; k++)
        json_put_number(j, b->weight[k].criterion, b->weight[k].weight);
    json_put_end(j);
}

static void write_needs(json_writer *j, const tdo_ballot *b)
{
    if (!b->n_needs)
        return;
    json_put_object(j, "needs", JSON_LINES);
    for (size_t k = 0; k < b->n_needs; k++) {
        json_put_object(j, b->need[k].criterion, JSON_FLOW);
        if (b->need[k].min)
            json_put_raw(j, "min", b->need[k].min);
        if (b->need[k].max)
            json_put_raw(j, "max", b->need[k].max);
        if (b->need[k].veto)
            json_put_bool(j, "veto", true);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_objections(json_writer *j, const tdo_ballot *b)
{
    json_put_array(j, "objections", JSON_LINES);
    for (size_t k = 0; k < b->n_objections; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "candidate", b->objection[k].candidate);
        json_put_text(j, "words", b->objection[k].words);
        json_put_end(j);
    }
    json_put_end(j);
}

tdo_status tdo_write_ballot(const tdo_run *run, const tdo_ballot *b, tdo_sink *o)
{
    json_writer j = {.o = o};
    json_put_object(&j, NULL, JSON_LINES);
    json_put_format(&j, "tradeoff-ballot/1");
    out_inputs(&j, run);
    json_put_text(&j, "stakeholder", b->stakeholder);
    json_put_text(&j, "by", b->by);
    if (isfinite(b->power))
        json_put_number(&j, "power", b->power);
    write_weights(&j, b);
    if (b->n_prefers)
        json_put_texts(&j, "prefers", b->prefers, b->n_prefers);
    if (b->n_rates)
        json_put_texts(&j, "rates", b->rates, b->n_rates);
    if (isfinite(b->vague))
        json_put_number(&j, "vague", b->vague);
    write_needs(&j, b);
    write_objections(&j, b);
    json_put_end(&j);
    return tdo_sink_status(o);
}
