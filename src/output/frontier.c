/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom nobody beats, alone: it needs no wishes. */
#include "output/json_parts.h"
#include "tradeoff/output.h"

#include <math.h>
#include <string.h>

/* The one at a place of the list: slot k. */
static void put_member(json_writer *j, const tdo_run *run, size_t at, uint32_t k)
{
    const size_t i = run->screened.feasible[k];
    const tdo_scenario *s = run->scenario;
    json_put_object(j, NULL, JSON_FLOW);
    json_put_text(j, "id", facts_slot_id(run, k));
    json_put_count(j, "line", run->measured.line[i]);
    if (facts_layer(run, at) > 1)
        json_put_count(j, "layer", facts_layer(run, at));
    else if (run->volume)
        json_put_number(j, "exclusive_hypervolume", facts_volume(run, k));
    json_put_object(j, "measured", JSON_FLOW);
    for (size_t c = 0; c < run->measured.d; c++) {
        const double y = run->measured.reading[c][i];
        if (s->criteria[c].levels && !isnan(y))
            json_put_text(j, s->criteria[c].id, s->criteria[c].levels[(size_t)y]);
        else
            json_put_number(j, s->criteria[c].id, y);
    }
    json_put_end(j);
    if (s->n_stakeholders > 0) {
        json_put_count(j, "rank", facts_headline(run)->rank[k]);
        json_put_number(j, "score", facts_headline(run)->score[k]);
        json_put_object(j, "utility", JSON_FLOW);
        for (size_t h = 0; h < s->n_stakeholders; h++)
            json_put_number(j, s->stakeholders[h].id, facts_utility_at(run, h, k));
        json_put_end(j);
    }
    json_put_end(j);
}

tdo_status tdo_write_frontier_json(const tdo_run *run, tdo_sink *o)
{
    json_writer j = {.o = o};
    tdo_arena *a = tdo_arena_new();
    size_t n = 0;
    const uint32_t *list = a ? facts_frontier(run, a, &n) : NULL;
    tdo_status status = list ? TDO_OK : TDO_E_MEMORY;
    if (status == TDO_OK) {
        json_put_object(&j, NULL, JSON_LINES);
        json_put_format(&j, "tradeoff-frontier/1");
        out_inputs(&j, run);
        json_put_count(&j, "feasible", run->screened.feasible_n);
        json_put_array(&j, "frontier", JSON_LINES);
        for (size_t q = 0; q < run->front.count; q++)
            put_member(&j, run, q, list[q]);
        json_put_end(&j);
        if (run->layers.slot) {
            json_put_array(&j, "behind", JSON_LINES);
            for (size_t q = run->front.count; q < n; q++)
                put_member(&j, run, q, list[q]);
            json_put_end(&j);
            json_put_count(&j, "beyond", run->layers.beyond);
        }
        json_put_end(&j);
    }
    tdo_arena_free(a);
    return status == TDO_OK && o->failed ? TDO_E_IO : status;
}
