/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of what agree shows. */
#ifndef TRADEOFF_TABLE_AGREE_H
#define TRADEOFF_TABLE_AGREE_H

#include "table/page.h"

/* A share as points of 100: never 0 for what is not 0. */
const char *page_agree_points(page_writer *p, double share);
/* [stakeholders] The points of everybody's move, in whole numbers that add to those of the total
 * where the total is their sum. NULL: out of memory. */
const char **page_agree_moves(page_writer *p, const tdo_agree_candidate *x);

/* A row for each candidate that is near, a column for each stakeholder. */
void page_agree_matrix(page_writer *p);
/* Those for whom there is somebody whom nothing moves. */
void page_agree_never(page_writer *p);

#endif
