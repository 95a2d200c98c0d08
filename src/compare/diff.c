/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares two results. Read this first: the parts are in diff_*.c. */
#include <math.h>
#include <string.h>

#include "compare/diff_parts.h"

const char *const tdo_area_name[TDO_AREAS] = {
    [TDO_AREA_DATA] = "data",         [TDO_AREA_CANDIDATES] = "candidates",
    [TDO_AREA_CRITERIA] = "criteria", [TDO_AREA_STAKEHOLDERS] = "stakeholders",
    [TDO_AREA_WEIGHTS] = "weights",   [TDO_AREA_POWERS] = "powers",
    [TDO_AREA_LIMITS] = "limits",     [TDO_AREA_RULE] = "rule",
    [TDO_AREA_OTHER] = "other",
};

static bool same_recommendation(const tdo_result *was, const tdo_result *is)
{
    if (!was->recommended || !is->recommended)
        return !was->recommended && !is->recommended;
    return strcmp(was->recommended->id, is->recommended->id) == 0;
}

/* Other bytes of a file that is not the scenario, or another file. */
static bool data_differ(const tdo_diff *d)
{
    for (size_t k = 0; k < d->n_files; k++) {
        const tdo_result_file *f = d->file[k].is ? d->file[k].is : d->file[k].was;
        if (!d->file[k].same && strcmp(f->role, "scenario") != 0)
            return true;
    }
    return false;
}

static bool anything_measured_anew(const tdo_diff *d)
{
    for (size_t k = 0; k < d->n; k++) {
        const tdo_diff_candidate *c = &d->candidate[k];
        if (c->was && c->is && (c->n_readings || c->n_cells))
            return true;
    }
    return false;
}

/* What differs in a way that a recommendation can rest on. Weights and powers are compared as they
 * count, normalised: 3 to 1 is 6 to 2. Who joins or leaves changes everybody's share of power, and
 * is not a change of powers. */
static unsigned areas_of(const tdo_diff *d)
{
    unsigned set = 0, areas = 0;
    bool weights = false, power = false, limits = false;
    for (size_t k = 0; k < d->n_settings; k++)
        set |= 1u << d->setting[k].area;
    for (size_t k = 0; k < d->n_people; k++) {
        weights = weights || d->person[k].weights;
        power = power || d->person[k].power;
    }
    for (size_t k = 0; k < d->n_limits; k++) {
        const tdo_diff_limit *l = &d->limit[k];
        limits = limits || !l->was || !l->is || l->moved;
    }
    areas = set & (1u << TDO_AREA_CANDIDATES | 1u << TDO_AREA_CRITERIA |
                   1u << TDO_AREA_STAKEHOLDERS | 1u << TDO_AREA_RULE);
    if (data_differ(d) && anything_measured_anew(d))
        areas |= 1u << TDO_AREA_DATA;
    if (d->added || d->removed)
        areas |= 1u << TDO_AREA_CANDIDATES;
    if (weights)
        areas |= 1u << TDO_AREA_WEIGHTS;
    if (power && set >> TDO_AREA_POWERS & 1)
        areas |= 1u << TDO_AREA_POWERS;
    if (limits)
        areas |= 1u << TDO_AREA_LIMITS;
    return areas;
}

tdo_status tdo_compare(const tdo_result *was, const tdo_result *is, tdo_arena *a, tdo_diff *out)
{
    tdo_diff d = {.was = was, .is = is, .same = same_recommendation(was, is)};
    d.same_answer = diff_same_answer(&d);
    tdo_status status = diff_settings(&d, a);
    if (status == TDO_OK)
        status = diff_asked(&d, a);
    if (status == TDO_OK)
        status = diff_found(&d, a);
    if (status != TDO_OK)
        return status;
    d.areas = areas_of(&d);
    *out = d;
    return TDO_OK;
}
