/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readings while they are made; they become a tdo_measured when all is well. */
#ifndef TRADEOFF_MODEL_MEASURE_H
#define TRADEOFF_MODEL_MEASURE_H

#include "model/model.h"

typedef struct tdo_readings {
    const tdo_scenario *s;
    const tdo_table *t;
    tdo_arena *a;
    tdo_warnings *w;
    tdo_report *report;
    tdo_plan plan;
    double *reading;         /* [d x n] NaN: not measured */
    bool *dropped;           /* [n] */
    bool *imputed;           /* [d x n]; NULL: nothing was */
    const double **limited;  /* [m] each [n], or NULL */
} tdo_readings;

/* Adds an error about row i to the report; text may come from the arena and be NULL (memory). */
void tdo_readings_complain(tdo_readings *r, size_t i, const char *text);

/* Applies the scenario's missing policy to what is NaN in reading and limited.
 * Errors: TDO_E_MEMORY; bad rows are in the report. */
TDO_MUST_USE tdo_status tdo_missing_policy(tdo_readings *r);

#endif
