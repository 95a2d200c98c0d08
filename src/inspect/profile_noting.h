/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notes while they are collected. */
#ifndef TRADEOFF_INSPECT_PROFILE_NOTING_H
#define TRADEOFF_INSPECT_PROFILE_NOTING_H

#include "inspect/profile_parts.h"

typedef struct profile_noting {
    tdo_profile *p;
    tdo_arena *a;
    bool failed;
} profile_noting;

/* Adds a note and returns it, its message still to be written; NULL: out of memory. */
tdo_note *profile_note_add(profile_noting *t, const char *code, size_t column, size_t count);

/* Its message is what the text collected. */
void profile_note_take(profile_noting *t, tdo_note *note, const tdo_sink *text);

/* A note with a fixed message. */
tdo_note *profile_note_say(profile_noting *t, const char *code, size_t column, size_t count,
                           const char *message);

/* About the file: its delimiter, its first line, its rows. */
void profile_note_file(profile_noting *t, const profile_header_facts *h);

#endif
