/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the chosen one stands: its room under each limit, and what of the needs it meets. */
#include <assert.h>
#include <math.h>

#include "base/decimal.h"
#include "record/parts.h"

bool record_breaks(const record_stand *s, size_t j)
{
    assert(j < s->run->scenario->n_constraints);
    return s->run->screened.broken[s->i] >> j & 1;
}

static double reading_under(const tdo_run *run, size_t j, size_t i)
{
    const tdo_condition *is = &run->scenario->constraints[j].condition;
    const tdo_measured *x = &run->measured;
    if (is->criterion != TDO_NONE)
        return x->reading[is->criterion][i];
    return x->limited[j] ? x->limited[j][i] : NAN;
}

/* The room on one side of constraint j; one that asks to be shown ends where it is not shown any
 * more. */
static void add_room(record_stand *s, record_room *room, size_t j, bool is_max, double reading)
{
    const tdo_run *run = s->run;
    const tdo_condition *is = &run->scenario->constraints[j].condition;
    const bool own = run->scenario->constraints[j].relative && s->i == run->measured.incumbent;
    const tdo_limit_doubt *judge = own ? NULL : tdo_judge_of(run->scenario, &run->doubts, j);
    const double bound = is_max ? is->max : is->min;
    const double last = !judge ? reading : is_max ? judge->shown_max[s->i] : judge->shown_min[s->i];
    if (!isnan(last))
        room[s->n_rooms++] = (record_room){j, is_max, bound, reading,
                                           is_max ? decimal_difference(bound, last)
                                                  : decimal_difference(last, bound)};
}

static tdo_status find_rooms(record_stand *s, tdo_arena *a)
{
    const tdo_scenario *scenario = s->run->scenario;
    record_room *room = tdo_alloc(a, 2 * scenario->n_constraints, sizeof *room);
    if (!room)
        return TDO_E_MEMORY;
    for (size_t j = 0; j < scenario->n_constraints; j++) {
        const tdo_condition *is = &scenario->constraints[j].condition;
        double reading = reading_under(s->run, j, s->i);
        if (is->has_min && !isnan(reading))
            add_room(s, room, j, false, reading);
        if (is->has_max && !isnan(reading))
            add_room(s, room, j, true, reading);
    }
    s->room = room;
    return TDO_OK;
}

static tdo_status find_needs(record_stand *s, tdo_arena *a)
{
    const tdo_scenario *scenario = s->run->scenario;
    const tdo_measured *x = &s->run->measured;
    size_t n = 0;
    for (size_t h = 0; h < scenario->n_stakeholders; h++)
        n += scenario->stakeholders[h].n_needs;
    record_met_need *need = tdo_alloc(a, n, sizeof *need);
    if (!need)
        return TDO_E_MEMORY;
    for (size_t h = 0; h < scenario->n_stakeholders; h++)
        for (size_t k = 0; k < scenario->stakeholders[h].n_needs; k++) {
            const tdo_need *of = &scenario->stakeholders[h].needs[k];
            double reading = x->reading[of->criterion][s->i];
            double miss = tdo_need_miss(of, x, s->i);
            need[s->n_needs++] = (record_met_need){h, of, reading, fabs(miss), miss < 0};
        }
    s->need = need;
    return TDO_OK;
}

tdo_status record_find_stand(const tdo_run *run, const char *id, tdo_arena *a, record_stand *out)
{
    record_stand s = {.run = run, .i = tdo_find_candidate(&run->measured, id)};
    if (s.i == TDO_NONE)
        return TDO_E_USAGE;
    s.slot = run->feasible ? run->screened.slot[s.i] : UINT32_MAX;
    s.recommended = s.slot != UINT32_MAX && s.slot == run->ranking.recommended;
    tdo_status status = find_rooms(&s, a);
    if (status == TDO_OK)
        status = find_needs(&s, a);
    if (status == TDO_OK)
        *out = s;
    return status;
}
