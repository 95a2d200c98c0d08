/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The direction of a criterion: the only file, with value.c, that asks for a goal. */
#ifndef TRADEOFF_MODEL_GAIN_H
#define TRADEOFF_MODEL_GAIN_H

#include "base/decimal.h"
#include "tradeoff/decision.h"

#include <math.h>

static inline double model_measurement(const tdo_criterion *c, double reading)
{
    return c->goal == TDO_GOAL_TARGET ? fabs(decimal_difference(reading, c->target)) : reading;
}

/* + 0.0 turns -0 into 0, so that equal gains are equal bytes too. */
static inline double model_gain_at(const tdo_criterion *c, double measurement)
{
    return (c->goal == TDO_GOAL_MAX ? measurement : -measurement) + 0.0;
}

static inline double model_gain(const tdo_criterion *c, double reading)
{
    return model_gain_at(c, model_measurement(c, reading));
}

#endif
