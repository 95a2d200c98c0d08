/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this room share. */
#ifndef TRADEOFF_MODEL_MODEL_H
#define TRADEOFF_MODEL_MODEL_H

#include "tradeoff/decision.h"

static inline bool model_is_beyond(double reading)
{
    return reading > TDO_READING_MOST || reading < -TDO_READING_MOST;
}

/* Where the subgroups of a criterion are; TDO_NONE: it has none, or no such column. */
typedef struct model_group_plan {
    size_t table;
    size_t group, value, size, se; /* columns there */
} model_group_plan;

/* Where the items of a criterion are; likewise. */
typedef struct model_item_plan {
    size_t table;
    size_t item, value, cluster, over; /* columns there */
} model_item_plan;

/* The columns that say how wide an error is; TDO_NONE: no such column. */
typedef struct model_error_plan {
    size_t se, low, high, runs;
} model_error_plan;

/* Which wanted column serves whom. Indices into the wanted list; TDO_NONE: none. */
typedef struct model_plan {
    tdo_wanted *wanted; /* [n_wanted] */
    size_t n_wanted;
    size_t **term;             /* [d][n_terms] the summands of each criterion */
    model_error_plan *se;      /* [d] of its own error */
    model_error_plan *error;   /* [errors] */
    size_t *limited;           /* [m] the numbers that a constraint limits */
    size_t *matched;           /* [m] the words that a constraint compares */
    size_t draw;               /* the words that name draws */
    size_t *mix_limited;       /* [limits of the mix] the numbers that one limits */
    size_t *portfolio_limited; /* [limits of the portfolio] likewise */
    tdo_table_request *groups; /* [n_groups] tables of subgroups */
    size_t n_groups;
    model_group_plan *group;  /* [d] */
    tdo_table_request *items; /* [n_items] tables of items */
    size_t n_items;
    model_item_plan *item; /* [d] */
} model_plan;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_plan_columns(const tdo_scenario *s, tdo_arena *a, model_plan *out);

/* The part of it that is about subgroups. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_plan_groups(const tdo_scenario *s, tdo_arena *a, model_plan *p);

/* The part of it that is about items. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_plan_items(const tdo_scenario *s, tdo_arena *a, model_plan *p);

/* Of a file with several rows for each candidate; nothing is wanted yet. */
tdo_table_request model_request_of(const tdo_beside *from);

/* Its place among the n that are wanted already; or it becomes one of them. */
size_t model_want(tdo_wanted *wanted, size_t *n, const char *column, bool words,
                  tdo_reading_style style, const tdo_place *place);

/* A column that some criterion reads in a form (12 ms) is read so by every sum and limit; else a
 * limited one (by: NULL) as the first criterion that measures it does. */
tdo_reading_style model_style_of(const tdo_scenario *s, const char *column,
                                 const tdo_criterion *by);

/* The style of a column that says something about one read in this style: its standard errors, its
 * sizes. Plain numbers; of quantities a number alone is in their unit. */
tdo_reading_style model_beside(tdo_reading_style style);

enum { MODEL_NAMED = 5 };

/* Collects names for a warning: the first few, the rest as a count. */
typedef struct model_named {
    tdo_arena *a;
    const char *name[MODEL_NAMED];
    size_t count; /* of all that were added */
} model_named;

model_named model_named_start(tdo_arena *a);
/* The first ones by their bytes are named: those of candidates, whatever the order of the rows. */
void model_named_add(model_named *n, const char *id);
/* The first ones added are named: those of the scenario, which has an order. */
void model_named_append(model_named *n, const char *name);
/* "a", "b" and 7 more. NULL when memory is out. */
const char *model_named_text(model_named *n);

#endif
