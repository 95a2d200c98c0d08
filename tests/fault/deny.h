/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that runs out when a test wants it to: the linker sends the arena's functions here
 * (--wrap, see the Makefile). One program includes this once. */
#ifndef TRADEOFF_TESTS_DENY_H
#define TRADEOFF_TESTS_DENY_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tradeoff/memory.h"

static long deny_after = -1; /* so many allocations are granted; -1: all */
static long deny_asked;      /* allocations asked for */
static bool deny_single; /* the next one after those is denied alone; false: all after it, too */

void *__real_tdo_alloc(tdo_arena *a, size_t count, size_t size);
void *__real_tdo_alloc_unset(tdo_arena *a, size_t count, size_t size);
void *__real_tdo_grow(tdo_arena *a, void *old, size_t old_count, size_t new_count, size_t size);
char *__real_tdo_copy(tdo_arena *a, const char *s, size_t length);
void *__wrap_tdo_alloc(tdo_arena *a, size_t count, size_t size);
void *__wrap_tdo_alloc_unset(tdo_arena *a, size_t count, size_t size);
void *__wrap_tdo_grow(tdo_arena *a, void *old, size_t old_count, size_t new_count, size_t size);
char *__wrap_tdo_copy(tdo_arena *a, const char *s, size_t length);
char *__wrap_tdo_text(tdo_arena *a, const char *fmt, ...) TDO_PRINTF(2, 3);

static bool deny(void)
{
    deny_asked++;
    if (deny_after > 0)
        deny_after--;
    else if (deny_after == 0) {
        deny_after = deny_single ? -1 : 0;
        return true;
    }
    return false;
}

/* Around a test (cmocka): with each allocation denied alone. */
static inline int deny_one(void **state)
{
    (void)state;
    deny_single = true;
    return 0;
}

static inline int deny_rest(void **state)
{
    (void)state;
    deny_single = false;
    return 0;
}

void *__wrap_tdo_alloc(tdo_arena *a, size_t count, size_t size)
{
    return deny() ? NULL : __real_tdo_alloc(a, count, size);
}

void *__wrap_tdo_alloc_unset(tdo_arena *a, size_t count, size_t size)
{
    return deny() ? NULL : __real_tdo_alloc_unset(a, count, size);
}

void *__wrap_tdo_grow(tdo_arena *a, void *old, size_t old_count, size_t new_count, size_t size)
{
    return deny() ? NULL : __real_tdo_grow(a, old, old_count, new_count, size);
}

char *__wrap_tdo_copy(tdo_arena *a, const char *s, size_t length)
{
    return deny() ? NULL : __real_tdo_copy(a, s, length);
}

char *__wrap_tdo_text(tdo_arena *a, const char *fmt, ...)
{
    char text[4096];
    va_list args;
    va_start(args, fmt);
    int length = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return deny() || length < 0 ? NULL : __real_tdo_copy(a, text, strlen(text));
}

#endif
