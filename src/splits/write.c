/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier in readings: what was scaled and shifted for the search is undone, exactly. */
#include "splits/splits.h"

#include "exact/divisor.h"

#include <string.h>

/* ---- points ---- */

static bool is_share_before(const splits_problem *p, const tdo_mix_share *x, const tdo_mix_share *y)
{
    if (x->share > y->share || x->share < y->share)
        return x->share > y->share;
    return strcmp(p->m->x->id[x->candidate], p->m->x->id[y->candidate]) < 0;
}

static tdo_mix_share *write_shares(splits_problem *p, const hull_point *x, tdo_arena *a)
{
    tdo_mix_share *out = tdo_alloc(a, x->n, sizeof *out);
    for (size_t t = 0; out && t < x->n; t++) {
        const tdo_mix_share mine = {.candidate = p->m->candidate[p->who[x->column[t]]],
                                    .share = exact_ratio(&p->A, &x->share[t], &x->whole)};
        size_t at = t;
        for (; at > 0 && is_share_before(p, &mine, &out[at - 1]); at--)
            out[at] = out[at - 1];
        out[at] = mine;
    }
    return out;
}

/* The gain turned back to what the axis shows, rounded once. */
static double read_back(splits_problem *p, const hull_point *x, size_t k)
{
    exact_num *above = &p->number[2], *below = &p->number[3];
    exact_mul(&p->A, above, p->least[k], &x->whole);
    exact_add(&p->A, above, above, &x->at[k]);
    exact_set(&p->A, below, &x->whole);
    splits_scale(&p->A, p->place[k] > 0 ? above : below,
                 p->place[k] > 0 ? p->place[k] : -p->place[k]);
    const double cost = exact_ratio(&p->A, above, below);
    if (p->o->space == TDO_SPLITS_OF_STAKEHOLDERS)
        return -cost + 0.0;
    const tdo_criterion *c = &p->m->s->criteria[p->o->axis[k]];
    return c->goal == TDO_GOAL_TARGET || tdo_shifted_gain(c, 1, 0) < 0 ? cost : -cost + 0.0;
}

static tdo_status write_point(splits_problem *p, const hull_point *x, tdo_arena *a,
                              tdo_split_point *out)
{
    const tdo_mix_options *o = &p->m->s->mix;
    double *at = tdo_alloc(a, p->o->axes, sizeof *at);
    *out = (tdo_split_point){.shares = write_shares(p, x, a),
                             .n_shares = x->n,
                             .at = at,
                             .weights = x->weights,
                             .weight_share = x->part};
    if (!at || !out->shares)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < p->o->axes; k++)
        at[k] = read_back(p, x, k);
    out->many_models = o->max_models > 0 && x->n > o->max_models;
    out->small_share = out->shares[x->n - 1].share < o->min_share;
    return TDO_OK;
}

/* ---- faces ---- */

/* Scratch of one proof: weights, limits, the most. */
typedef struct proof {
    exact_num *x; /* [axes + rows + 1] */
    exact_divisor divisor;
} proof;

/* Multipliers of columns become those of readings; all in whole numbers again. */
static void find_proof(splits_problem *p, const hull_face *x, proof *y)
{
    const size_t d = p->o->axes, n = d + p->rows;
    exact_num *most = &y->x[n];
    int high = 0;
    for (size_t c = 0; c < n; c++)
        high = p->place[c] > high ? p->place[c] : high;
    exact_set(&p->A, most, &x->multiplier[d]);
    for (size_t c = 0; c < n; c++) {
        exact_set(&p->A, &y->x[c], &x->multiplier[c < d ? c : c + 1]);
        if (c < d) {
            exact_mul(&p->A, &p->number[2], &y->x[c], p->least[c]);
            exact_add(&p->A, most, most, &p->number[2]);
        }
        splits_scale(&p->A, &y->x[c], high - p->place[c]);
    }
    splits_scale(&p->A, most, high);
    most->negative = most->size > 0 && !most->negative;
    if (exact_arith_stopped(&p->A))
        return;
    exact_shorten(&p->A, &y->divisor, y->x, n + 1);
}

static tdo_status write_proof(splits_problem *p, proof *y, tdo_arena *a, tdo_split_face *out)
{
    const size_t d = p->o->axes;
    const char **weight = tdo_alloc(a, d, sizeof *weight);
    const char **limit = tdo_alloc(a, p->m->bounds, sizeof *limit);
    if (!weight || !limit)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < p->m->bounds; k++)
        limit[k] = "0";
    for (size_t c = 0; c < d + p->rows; c++) {
        const char *text = exact_text(&y->x[c], a);
        if (!text)
            return TDO_E_MEMORY;
        if (c < d)
            weight[c] = text;
        else
            limit[p->bound[c - d]] = text;
    }
    out->weight = weight;
    out->limit = limit;
    out->most = exact_text(&y->x[d + p->rows], a);
    return out->most ? TDO_OK : TDO_E_MEMORY;
}

static tdo_status write_faces(splits_problem *p, const hull_face *face, size_t n, tdo_arena *a,
                              tdo_split_face *out)
{
    proof y = {.x = exact_nums(p->a, p->o->axes + p->rows + 1, EXACT_CAP_MAX)};
    tdo_status status = y.x && exact_divisor_make(&y.divisor, EXACT_CAP_MAX, p->a) ? TDO_OK
                                                                                   : TDO_E_MEMORY;
    for (size_t k = 0; k < n && status == TDO_OK; k++) {
        const hull_face *x = &face[k];
        out[k] = (tdo_split_face){.weights = x->weights,
                                  .point = x->point,
                                  .n = x->n,
                                  .strict = x->strict,
                                  .beyond = x->beyond};
        find_proof(p, x, &y);
        status = write_proof(p, &y, a, &out[k]);
    }
    return status;
}

tdo_status splits_write(splits_problem *p, const hull_result *r, tdo_arena *a, tdo_splits *out)
{
    tdo_split_point *point = tdo_alloc(a, r->points, sizeof *point);
    tdo_split_face *face = tdo_alloc(a, r->faces, sizeof *face);
    tdo_split_face *open = tdo_alloc(a, r->opens, sizeof *open);
    tdo_status status = point && face && open ? TDO_OK : TDO_E_MEMORY;
    for (size_t k = 0; k < r->points && status == TDO_OK; k++)
        status = write_point(p, &r->point[k], a, &point[k]);
    if (status == TDO_OK)
        status = write_faces(p, r->face, r->faces, a, face);
    if (status == TDO_OK)
        status = write_faces(p, r->open, r->opens, a, open);
    out->point = point;
    out->points = r->points;
    out->face = face;
    out->faces = r->faces;
    out->open = open;
    out->opens = r->opens;
    out->complete = r->complete;
    out->gap = r->gap;
    out->steps = r->steps;
    out->lps = r->lps;
    return status;
}
