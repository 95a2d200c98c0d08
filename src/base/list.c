/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists in words. */
#include "base/list.h"

#include <assert.h>

const char *list_joint(size_t k, size_t n)
{
    assert(k < n);
    return k == 0 ? "" : k + 1 < n ? ", " : " and ";
}

void list_rest(tdo_sink *o, size_t written, size_t n)
{
    assert(written <= n);
    if (written < n)
        tdo_putf(o, " and %zu more", n - written);
}
