/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays in an arena: copies, and such as grow by one. */
#ifndef TRADEOFF_BASE_ARRAY_H
#define TRADEOFF_BASE_ARRAY_H

#include "tradeoff/memory.h"

/* A copy of n items (no items: of an array that may be NULL). NULL: memory is out. */
void *array_copy(tdo_arena *a, const void *array, size_t n, size_t size);

/* Makes room for one more than the n items of an array that has only grown here (NULL while n is
 * 0), and that gets one: its room follows from n, so nobody has to keep it.
 * The array, perhaps elsewhere; NULL, and the array as it was, when memory is out. */
void *array_more(tdo_arena *a, void *array, size_t n, size_t size);

/* The same of an array that may not be lost when memory is out; *good turns false then, and once
 * it is false nothing is done. */
void *array_more_of(tdo_arena *a, void *array, size_t n, size_t size, bool *good);

#endif
