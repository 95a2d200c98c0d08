/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of numbers in boxes, halved again and again (Bentley 1975): what no corner of a box reaches
 * none of its rows does, and they need not be looked at one by one. */
#ifndef TRADEOFF_RECOUNT_BOXES_H
#define TRADEOFF_RECOUNT_BOXES_H

#include "reread/claim.h"

typedef struct verify_boxes {
    size_t n, d;
    const double *x; /* [rows x d] */
    uint32_t *row;   /* [n] those of a box beside each other */
    double *most;    /* [boxes x d] the upper corner of each; the halves of box b are 2 b + 1 and
                        2 b + 2 */
} verify_boxes;

/* out->row, [n] is which rows there are: it is put in another order. */
bool verify_boxes_make(verify_job *j, const double *x, uint32_t *row, size_t n, size_t d,
                       verify_boxes *out);

typedef struct verify_visit {
    bool (*may)(const void *user, const double *most); /* is a box with this upper corner of use? */
    bool (*see)(void *user, uint32_t row);             /* false ends it */
    void *user;
} verify_visit;

/* Sees every row of each box that may be of use; false where see ended it. */
bool verify_boxes_visit(const verify_boxes *b, const verify_visit *v);

#endif
