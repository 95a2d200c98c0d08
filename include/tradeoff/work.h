/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One budget of steps for all searches of a run; each has a limit of its own besides. NULL: only
 * that. Steps, never seconds: every machine cuts at the same one. */
#ifndef TRADEOFF_WORK_H
#define TRADEOFF_WORK_H

#include <stdint.h>

/* Steps that a search may take whose own limit is `most`. */
static inline uint64_t tdo_work_left(const uint64_t *work, uint64_t most)
{
    return work && *work < most ? *work : most;
}

/* It took so many. */
static inline void tdo_work_done(uint64_t *work, uint64_t steps)
{
    if (work)
        *work -= steps < *work ? steps : *work;
}

#endif
