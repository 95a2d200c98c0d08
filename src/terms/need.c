/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All needs of a scenario, in its order. */
#include "tradeoff/scenario.h"

const tdo_need *tdo_need_at(const tdo_scenario *s, size_t index, size_t *stakeholder)
{
    for (size_t h = 0; h < s->n_stakeholders; index -= s->stakeholders[h++].n_needs)
        if (index < s->stakeholders[h].n_needs) {
            *stakeholder = h;
            return &s->stakeholders[h].needs[index];
        }
    return NULL;
}
