/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this room share. */
#ifndef TRADEOFF_MODEL_MODEL_H
#define TRADEOFF_MODEL_MODEL_H

#include "tradeoff/decision.h"

/* Which wanted column serves whom. Indices into the wanted list; TDO_NONE: none. */
typedef struct tdo_plan {
    tdo_wanted *wanted; /* [n_wanted] */
    size_t n_wanted;
    size_t **term;      /* [d][n_terms] the summands of each criterion */
    size_t *se;         /* [d] its column of standard errors */
    size_t *limited;    /* [m] the numbers that a constraint limits */
    size_t *matched;    /* [m] the words that a constraint compares */
} tdo_plan;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_plan_columns(const tdo_scenario *s, tdo_arena *a, tdo_plan *out);

/* Collects candidates for a warning: the first few by id, the rest as a count. */
typedef struct tdo_named {
    tdo_sink text;
    size_t count;
} tdo_named;

tdo_named tdo_named_start(tdo_arena *a);
void tdo_named_add(tdo_named *n, const char *id);
/* "a", "b" and 7 more. NULL when memory is out. */
const char *tdo_named_text(tdo_named *n);

#endif
