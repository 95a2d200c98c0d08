/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes as a CSV file, profiled as the library does it. Include after cmocka.h. */
#ifndef TRADEOFF_TESTS_PROFILE_CASE_H
#define TRADEOFF_TESTS_PROFILE_CASE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "temp_file.h"
#include "tradeoff/starter.h"

typedef struct profile_case {
    char path[TEMP_PATH];
    tdo_arena *arena;
    tdo_status status;
    tdo_profile profile;
    tdo_starter starter;
    tdo_error err;
} profile_case;

/* Writes the bytes to a file of its own; the file stays until profile_case_free. */
static inline void profile_case_write(profile_case *c, const char *bytes, size_t length)
{
    *c = (profile_case){.status = TDO_OK};
    temp_file_write(c->path, bytes, length);
}

static inline void profile_case_read(profile_case *c, const char *path)
{
    const tdo_profile_request request = {.file = "c.csv", .path = path};
    c->arena = tdo_arena_new();
    assert_non_null(c->arena);
    c->status = tdo_profile_read(&request, c->arena, &c->profile, &c->err);
    assert_int_equal(c->status, c->err.status);
}

static inline void profile_case_make(profile_case *c, const char *bytes, size_t length)
{
    profile_case_write(c, bytes, length);
    profile_case_read(c, c->path);
}

/* A text that is to be profiled without an error. */
static inline profile_case profile_of(const char *text)
{
    profile_case c;
    profile_case_make(&c, text, strlen(text));
    if (c.status != TDO_OK)
        fail_msg("%s", c.err.text);
    return c;
}

/* The same, and a starter made of it, whose status is kept. */
static inline profile_case starter_of(const char *text)
{
    profile_case c = profile_of(text);
    c.status = tdo_starter_make(&c.profile, "c.csv", c.arena, &c.starter, &c.err);
    return c;
}

static inline void profile_case_free(profile_case *c)
{
    tdo_arena_free(c->arena);
    c->arena = NULL;
    if (c->path[0] != '\0')
        assert_int_equal(unlink(c->path), 0);
}

/* The note of that code about a column (from 0; TDO_NONE: the file), or NULL. */
static inline const tdo_note *note_of(const profile_case *c, size_t column, const char *code)
{
    for (size_t k = 0; k < c->profile.n_notes; k++)
        if (c->profile.note[k].column == column && strcmp(c->profile.note[k].code, code) == 0)
            return &c->profile.note[k];
    return NULL;
}

#endif
