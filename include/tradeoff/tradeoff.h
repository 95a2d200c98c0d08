/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff: a multi-stakeholder objective trade-off optimizer. Includes the whole public API. */
#ifndef TRADEOFF_TRADEOFF_H
#define TRADEOFF_TRADEOFF_H

#include "tradeoff/agree.h"
#include "tradeoff/ask.h"
#include "tradeoff/ballot.h"
#include "tradeoff/beside.h"
#include "tradeoff/choice.h"
#include "tradeoff/decision.h"
#include "tradeoff/diff.h"
#include "tradeoff/explain.h"
#include "tradeoff/lp.h"
#include "tradeoff/memory.h"
#include "tradeoff/mix.h"
#include "tradeoff/output.h"
#include "tradeoff/plan.h"
#include "tradeoff/profile.h"
#include "tradeoff/recheck.h"
#include "tradeoff/record.h"
#include "tradeoff/region.h"
#include "tradeoff/result.h"
#include "tradeoff/robust.h"
#include "tradeoff/rule.h"
#include "tradeoff/run.h"
#include "tradeoff/scenario.h"
#include "tradeoff/search.h"
#include "tradeoff/segments.h"
#include "tradeoff/splits.h"
#include "tradeoff/starter.h"
#include "tradeoff/status.h"
#include "tradeoff/table.h"
#include "tradeoff/text.h"
#include "tradeoff/verify.h"
#include "tradeoff/whatif.h"

#endif
