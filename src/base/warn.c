/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Appends a warning to those of a run. */
#include "tradeoff/text.h"

#include <stdarg.h>
#include <stdio.h>

tdo_status tdo_warn(tdo_warnings *w, tdo_arena *a, const char *code, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int length = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    char *message = length < 0 ? NULL : tdo_alloc(a, (size_t)length + 1, 1);
    tdo_warning *item = tdo_grow(a, w->item, w->n, w->n + 1, sizeof *item);
    if (!message || !item)
        return TDO_E_MEMORY;
    va_start(args, fmt);
    (void)vsnprintf(message, (size_t)length + 1, fmt, args);
    va_end(args);
    item[w->n] = (tdo_warning){code, message};
    w->item = item;
    w->n++;
    return TDO_OK;
}
