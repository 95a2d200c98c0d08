/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Criteria that are measured item by item. */
#ifndef TRADEOFF_MODEL_ITEMS_H
#define TRADEOFF_MODEL_ITEMS_H

#include "model/measure.h"

/* The rows of one file. */
typedef struct model_item_rows {
    model_readings *r;
    const tdo_table *t;
    const model_item_plan *p; /* of one of its criteria: all have the same item and cluster */
    const tdo_column *item, *cluster; /* cluster: NULL: there are none */
    const uint32_t *order;            /* [t->n] the rows by candidate, unit, item */
    size_t *start;                    /* [n + 1] those of candidate i in order */
    const uint32_t *unit;             /* [t->n] a word of the unit, by row, */
    const uint32_t *rank;             /*   and the place of that word by its bytes */
    size_t units;                     /* words of units */
} model_item_rows;

/* What is wrong with the rows, whatever is measured in them, is in the report. Errors:
 * TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_item_rows_make(model_readings *r, size_t c, model_item_rows *out);

/* Is the next error about items one that is shown? Else it is counted. */
bool model_item_is_told(const model_item_rows *x);
/* An error in a cell. what: NULL: memory is out. */
void model_item_complain(model_item_rows *x, size_t column, size_t row, const char *what);

/* Warns of means that are far from normal (tailed: [n] candidates), of candidates whose items show
 * no error (flat: [n]), and of pairs of candidates that have few units in common. Errors:
 * TDO_E_MEMORY. */
TDO_MUST_USE tdo_status model_item_warn(model_item_rows *x, const tdo_item_scores *of,
                                        const bool *tailed, const bool *flat);

#endif
