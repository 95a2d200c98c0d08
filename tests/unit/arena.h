/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An arena for each test, as its state. Include after cmocka.h. */
#ifndef TRADEOFF_TESTS_ARENA_H
#define TRADEOFF_TESTS_ARENA_H

#include "tradeoff/memory.h"

static inline int make_arena(void **state)
{
    *state = tdo_arena_new();
    return !*state;
}

static inline int free_arena(void **state)
{
    tdo_arena_free(*state);
    return 0;
}

#endif
