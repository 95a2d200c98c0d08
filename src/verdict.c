/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run says of one candidate, by ids instead of indices. */
#include "tradeoff/run.h"

#include <math.h>
#include <string.h>

bool tdo_verdict_of(const tdo_run *run, const char *id, tdo_verdict *out)
{
    const size_t i = tdo_find_candidate(&run->measured, id);
    *out = (tdo_verdict){.score = NAN};
    if (i == TDO_NONE)
        return false;
    const uint32_t slot = run->screened.slot[i];
    if (slot == UINT32_MAX || !run->feasible)
        return true;
    const tdo_rule_result *r = &run->ranking.by_rule[run->ranking.rule];
    *out = (tdo_verdict){.feasible = true,
                         .rank = r->rank[slot],
                         .score = r->score[slot],
                         .on_frontier = run->front.member[slot],
                         .recommended = slot == run->ranking.recommended};
    return true;
}

double tdo_reading_of(const tdo_run *run, const char *id, const char *criterion)
{
    const size_t i = tdo_find_candidate(&run->measured, id);
    for (size_t c = 0; c < run->measured.d && i != TDO_NONE; c++)
        if (strcmp(run->scenario->criteria[c].id, criterion) == 0)
            return run->measured.reading[c][i];
    return NAN;
}

double tdo_utility_of(const tdo_run *run, const char *id, const char *stakeholder)
{
    const size_t i = tdo_find_candidate(&run->measured, id);
    const uint32_t slot = i == TDO_NONE || !run->feasible ? UINT32_MAX : run->screened.slot[i];
    for (size_t h = 0; h < run->utility.s && slot != UINT32_MAX; h++)
        if (strcmp(run->scenario->stakeholders[h].id, stakeholder) == 0)
            return tdo_utility_at(&run->utility, h, slot);
    return NAN;
}
