/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists in words: "a, b and c"; "a, b and 7 more". */
#ifndef TRADEOFF_BASE_LIST_H
#define TRADEOFF_BASE_LIST_H

#include "tradeoff/text.h"

/* What stands before item k (from 0) of n, all of them written. */
const char *list_joint(size_t k, size_t n);

/* Ends a list of which so many were written, each but the first after ", ". */
void list_rest(tdo_sink *o, size_t written, size_t n);

#endif
