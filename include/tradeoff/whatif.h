/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run would answer if a limit were moved, or a candidate left out: each is computed by
 * running the stages anew, as far as the work allows (counted in looks at candidates). */
#ifndef TRADEOFF_WHATIF_H
#define TRADEOFF_WHATIF_H

#include "tradeoff/choice.h"
#include "tradeoff/mix.h"
#include "tradeoff/search.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the best single candidate as a bound moves ---- */

typedef struct tdo_step {
    double bound;     /* from here on, in the direction that relaxes, until the next step */
    double score;     /* the best headline score of a single candidate */
    size_t candidate; /* who has it */
    bool level;       /* another one has it, too, at that bound */
} tdo_step;

typedef struct tdo_step_curve {
    size_t constraint;
    bool is_max;
    double bound;         /* as it is */
    const tdo_step *step; /* [steps] the tightest first, each with another first one or score */
    size_t steps;         /* 0: no bound lets anybody in */
    bool left_out;        /* it would take too many runs */
} tdo_step_curve;

/* One curve for each min and max of the constraints: what a run with that bound answers under the
 * headline rule ("simpler" aside). None where nobody is feasible. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_step_curves(const tdo_case *k, tdo_arena *a,
                                                const tdo_step_curve **out, size_t *n_out);

/* ---- limits that go ---- */

typedef struct tdo_lifts {
    const uint32_t *rank; /* [n] of who is not feasible, under the headline rule, if all limits that
                             it breaks were gone (with whoever else comes in then); 0: it is
                             feasible or dropped, or that was left out; NULL: all are feasible */
    const bool *level;    /* [n] rank 1, and somebody else has it, too */
    bool left_out;        /* somebody was: it would take too many runs, or without a limit on a
                             column others would be candidates who were dropped for it */
} tdo_lifts;

/* Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_lifts(const tdo_case *k, tdo_arena *a, tdo_lifts *out);

/* ---- statements on weights that go ---- */

typedef struct tdo_deciding_statement {
    size_t stakeholder;
    const char *text; /* as written */
    size_t to;        /* the candidate that is recommended without it */
} tdo_deciding_statement;

typedef struct tdo_deciding {
    const tdo_deciding_statement *item; /* [n] those that, left out alone, change the answer */
    size_t n, asked;                    /* of so many that were left out in turn: all of whoever
                                           gives no weights */
    bool left_out;                      /* nothing was asked: it would take too many runs */
} tdo_deciding;

/* s to regions of the case, somebody feasible. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_deciding(const tdo_case *k, tdo_arena *a,
                                                  tdo_deciding *out);

/* ---- what a candidate lacks ---- */

/* Sets choice->improvement: the smallest improvement of one cell that makes each candidate first
 * under the headline rule, as tdo_find_improvement. Where a better cell may lose a first place
 * again, the stretch nearest to now, with its end. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_headline_improvements(const tdo_case *k, tdo_arena *a,
                                                               tdo_choice *choice);

/* Sets choice->outside: the same for who breaks limits now, which the edited cell must all keep;
 * under `weighted`, too. None where more than TDO_CHOICE_MANY do. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_outside_improvements(const tdo_case *k, tdo_arena *a,
                                                              tdo_choice *choice);

/* ---- leaving one out ---- */

/* A candidate without whom another one would be recommended. */
typedef struct tdo_swing {
    size_t candidate;
    size_t to;           /* the candidate that would be recommended */
    const char *through; /* what it alone holds: "an end of the observed range of Latency", "the
                            least utility of Legal", ...; "its places in the orders of the
                            stakeholders" */
} tdo_swing;

typedef struct tdo_swings {
    const tdo_swing *item; /* [n] by rank, those without one last, by the bytes of the id */
    size_t n;
    size_t asked;  /* candidates that were left out, one at a time */
    bool left_out; /* others were not asked about: it would take too much work */
} tdo_swings;

/* Asks about all who alone hold an end of an observed range or (where the rule looks at them) the
 * best or the least utility of a stakeholder; under rules that count places about all feasible ones
 * up to TDO_SWING_PLACES of them. Never about the recommended one or the incumbent. A reading that
 * was assumed is that of the worst of the others who are left. A warning (W_SCALE) names each.
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_find_swings(const tdo_case *k, tdo_arena *a, tdo_swings *out,
                                                tdo_warnings *w);

enum { TDO_SWING_PLACES = 200 };

#ifdef __cplusplus
}
#endif

#endif
