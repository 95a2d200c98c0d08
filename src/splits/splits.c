/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of splits, from the scenario to the answer. */
#include "splits/splits.h"
#include "tradeoff/work.h"

enum { SCRATCH = 4 };

static tdo_status find(splits_problem *p, const volatile int *stop, tdo_arena *a, tdo_splits *out)
{
    const hull_limits limits = {.points = p->o->points, .steps = p->steps, .stop = stop};
    hull_result r = {.complete = true};
    p->number = exact_nums(p->a, SCRATCH, EXACT_CAP_MAX);
    if (!p->number || !exact_arith_make(&p->A, EXACT_CAP_MAX, UINT64_MAX, p->a))
        return TDO_E_MEMORY;
    tdo_status status = splits_make(p);
    if (status == TDO_OK && p->n > 0)
        status = hull_find(&p->columns, &limits, a, &r);
    if (status == TDO_OK)
        status = splits_write(p, &r, a, out);
    if (status == TDO_OK)
        status = splits_show(p, &r, a, out);
    return status;
}

tdo_status tdo_find_splits(const tdo_case *k, const volatile int *stop, tdo_arena *a,
                           tdo_splits *out, tdo_error *err)
{
    const tdo_split_options *o = &k->s->mix.frontier;
    tdo_arena *room = tdo_arena_new();
    mix_problem m = {0};
    splits_problem p = {
        .m = &m, .o = o, .steps = tdo_work_left(k->work, (uint64_t)o->steps), .a = room};
    *out = (tdo_splits){.space = o->space, .axes = o->axes, .axis = o->axis};
    tdo_status status = room ? TDO_OK : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = mix_problem_start(k, a, &m);
    if (status == TDO_OK && m.n > 0)
        status = mix_scale_bounds(&m);
    if (status == TDO_OK)
        status = find(&p, stop, a, out);
    tdo_work_done(k->work, out->steps);
    out->limits = m.bounds;
    tdo_arena_free(room);
    if (status != TDO_OK && err && err->status == TDO_OK)
        (void)tdo_fail(err, status, "out of memory");
    return status;
}
