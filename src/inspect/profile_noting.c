/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of notes that grows. */
#include "inspect/profile_noting.h"

#include "base/array.h"

tdo_note *profile_note_add(profile_noting *t, const char *code, size_t column, size_t count)
{
    tdo_profile *p = t->p;
    tdo_note *note = array_more(t->a, p->note, p->n_notes, sizeof *note);
    t->failed = t->failed || !note;
    if (!note)
        return NULL;
    p->note = note;
    p->note[p->n_notes] = (tdo_note){.code = code, .message = "", .column = column, .count = count};
    return &p->note[p->n_notes++];
}

void profile_note_take(profile_noting *t, tdo_note *note, const tdo_sink *text)
{
    t->failed = t->failed || text->failed;
    if (!t->failed)
        note->message = text->text;
}

tdo_note *profile_note_say(profile_noting *t, const char *code, size_t column, size_t count,
                           const char *message)
{
    tdo_note *note = profile_note_add(t, code, column, count);
    if (note)
        note->message = message;
    return note;
}
