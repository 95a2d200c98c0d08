/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Huge pages by madvise, where the system has it. */
#define _DEFAULT_SOURCE 1 /* madvise */
#include "base/pages.h"

#include <stdint.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#if defined(MADV_HUGEPAGE)

enum { HUGE_PAGE = 2 << 20 }; /* of the usual machine */

void pages_wish_huge(void *block, size_t bytes)
{
    const size_t page = HUGE_PAGE, before = (size_t)(-(uintptr_t)block & (page - 1));
    if (bytes >= 2 * page)
        (void)madvise((char *)block + before, (bytes - before) & ~(page - 1), MADV_HUGEPAGE);
}

#else

void pages_wish_huge(void *block, size_t bytes)
{
    (void)block, (void)bytes;
}

#endif
