/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result's frontier of splits: a line for each point and each face. */
#include "output/json_parts.h"

#include <math.h>

static const char *axis_id(const tdo_run *run, size_t k)
{
    const tdo_splits *x = &run->splits;
    return x->space == TDO_SPLITS_OF_CRITERIA ? run->scenario->criteria[x->axis[k]].id
                                              : run->scenario->stakeholders[x->axis[k]].id;
}

static void write_axes(json_writer *j, const char *key, const tdo_run *run, const double *x)
{
    json_put_object(j, key, JSON_FLOW);
    for (size_t k = 0; k < run->splits.axes; k++)
        json_put_number(j, axis_id(run, k), x[k]);
    json_put_end(j);
}

static void write_indices(json_writer *j, const char *key, const uint32_t *x, size_t n)
{
    json_put_array(j, key, JSON_FLOW);
    for (size_t k = 0; k < n; k++)
        json_put_count(j, NULL, x[k]);
    json_put_end(j);
}

static void write_point(json_writer *j, const tdo_run *run, const tdo_split_point *x)
{
    json_put_object(j, NULL, JSON_FLOW);
    json_put_array(j, "shares", JSON_FLOW);
    for (size_t t = 0; t < x->n_shares; t++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "id", run->measured.id[x->shares[t].candidate]);
        json_put_number(j, "share", x->shares[t].share);
        json_put_end(j);
    }
    json_put_end(j);
    write_axes(j, "at", run, x->at);
    write_axes(j, "weights", run, x->weights);
    json_put_number(j, "weight_share", x->weight_share);
    if (x->many_models)
        json_put_bool(j, "over_max_models", true);
    if (x->small_share)
        json_put_bool(j, "below_min_share", true);
    json_put_end(j);
}

static void write_face(json_writer *j, const tdo_run *run, const tdo_split_face *x, bool open)
{
    json_put_object(j, NULL, JSON_FLOW);
    write_axes(j, "weights", run, x->weights);
    write_indices(j, "points", x->point, x->n);
    json_put_bool(j, "strict", x->strict);
    json_put_object(j, "certificate", JSON_FLOW);
    json_put_object(j, "weights", JSON_FLOW);
    for (size_t k = 0; k < run->splits.axes; k++)
        json_put_text(j, axis_id(run, k), x->weight[k]);
    json_put_end(j);
    json_put_array(j, "limits", JSON_FLOW);
    for (size_t k = 0; k < run->splits.limits; k++)
        json_put_text(j, NULL, x->limit[k]);
    json_put_end(j);
    json_put_text(j, "most", x->most);
    json_put_end(j);
    if (open)
        json_put_number(j, "beyond", x->beyond);
    json_put_end(j);
}

void out_splits(json_writer *j, const tdo_run *run)
{
    const tdo_splits *x = &run->splits;
    if (x->space == TDO_SPLITS_UNASKED)
        return;
    json_put_object(j, "frontier", JSON_LINES);
    json_put_text(j, "space", x->space == TDO_SPLITS_OF_CRITERIA ? "criteria" : "stakeholders");
    json_put_array(j, "axes", JSON_FLOW);
    for (size_t k = 0; k < x->axes; k++)
        json_put_text(j, NULL, axis_id(run, k));
    json_put_end(j);
    json_put_bool(j, "complete", x->complete);
    json_put_number(j, "gap", isinf(x->gap) ? (double)NAN : x->gap);
    write_indices(j, "shown", x->shown, x->n_shown);
    json_put_number(j, "shown_error", x->shown_error);
    json_put_array(j, "points", JSON_LINES);
    for (size_t k = 0; k < x->points; k++)
        write_point(j, run, &x->point[k]);
    json_put_end(j);
    json_put_array(j, "faces", JSON_LINES);
    for (size_t k = 0; k < x->faces; k++)
        write_face(j, run, &x->face[k], false);
    json_put_end(j);
    if (x->opens) {
        json_put_array(j, "open", JSON_LINES);
        for (size_t k = 0; k < x->opens; k++)
            write_face(j, run, &x->open[k], true);
        json_put_end(j);
    }
    json_put_end(j);
}
