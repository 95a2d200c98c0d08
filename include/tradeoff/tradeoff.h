/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff: a multi-stakeholder objective trade-off optimizer. Includes the whole public API. */
#ifndef TRADEOFF_TRADEOFF_H
#define TRADEOFF_TRADEOFF_H

#include "tradeoff/choice.h"
#include "tradeoff/lp.h"
#include "tradeoff/mix.h"
#include "tradeoff/output.h"
#include "tradeoff/recheck.h"

#endif
