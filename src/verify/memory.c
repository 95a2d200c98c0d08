/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GMP has no way to say that memory is out: it would abort. */
#include "tradeoff/verify.h"

#include <gmp.h>

void tdo_verify_memory(void *(*allocate)(size_t), void *(*resize)(void *, size_t, size_t))
{
    mp_set_memory_functions(allocate, resize, NULL);
}
