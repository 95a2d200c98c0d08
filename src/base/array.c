/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays in an arena. Of those that grow by one, the room is 16, then doubled at each power of two.
 */
#include "base/array.h"

#include <assert.h>
#include <string.h>

enum { FIRST = 16 };

void *array_copy(tdo_arena *a, const void *array, size_t n, size_t size)
{
    assert(array || n == 0);
    void *copy = tdo_alloc(a, n, size);
    if (copy && n)
        memcpy(copy, array, n * size);
    return copy;
}

void *array_more(tdo_arena *a, void *array, size_t n, size_t size)
{
    assert(array || n == 0);
    if (n == 0)
        return tdo_alloc(a, FIRST, size);
    if (n < FIRST || (n & (n - 1)) != 0)
        return array;
    return n > SIZE_MAX / 2 ? NULL : tdo_grow(a, array, n, 2 * n, size);
}

void *array_more_of(tdo_arena *a, void *array, size_t n, size_t size, bool *good)
{
    void *more = *good ? array_more(a, array, n, size) : NULL;
    *good = more != NULL;
    return more ? more : array;
}
