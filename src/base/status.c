/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors by value: their texts, their places, and what the program exits with. */
#include "tradeoff/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Ends a text that was cut at room - 1 bytes with "...", not in the middle of a UTF-8 character. */
static void mark_cut(char *text, size_t room)
{
    size_t at = room - sizeof "...";
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    memcpy(text + at, "...", sizeof "...");
}

static void set_text(char *to, size_t room, const char *from)
{
    size_t length = strlen(from);
    if (length < room) {
        memcpy(to, from, length + 1);
    } else {
        memcpy(to, from, room - 1);
        mark_cut(to, room);
    }
}

/* The place of an error. False: an earlier one stands there. */
static bool start(tdo_error *e, tdo_status status, const char *file, unsigned line, unsigned column)
{
    if (!e || e->status != TDO_OK)
        return false;
    e->status = status;
    e->line = line;
    e->column = column;
    e->path[0] = '\0';
    set_text(e->file, sizeof e->file, !file ? "" : file);
    return true;
}

TDO_PRINTF(2, 0)
static void say(tdo_error *e, const char *fmt, va_list args)
{
    int length = vsnprintf(e->text, sizeof e->text, fmt, args);
    if (length < 0)
        set_text(e->text, sizeof e->text, "(the message cannot be shown)");
    else if ((size_t)length >= sizeof e->text)
        mark_cut(e->text, sizeof e->text);
}

tdo_status tdo_fail(tdo_error *e, tdo_status status, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    if (start(e, status, NULL, 0, 0))
        say(e, fmt, args);
    va_end(args);
    return status;
}

tdo_status tdo_fail_at(tdo_error *e, tdo_status status, const char *file, unsigned line,
                       unsigned column, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    if (start(e, status, file, line, column))
        say(e, fmt, args);
    va_end(args);
    return status;
}

void tdo_report_add(tdo_report *r, const tdo_error *e)
{
    if (!r)
        return;
    if (r->count < TDO_REPORT_SHOWN)
        r->item[r->count] = *e;
    r->count++;
}

int tdo_exit_status(tdo_status status)
{
    switch (status) {
    case TDO_OK:
        return 0;
    case TDO_E_USAGE:
        return 2;
    case TDO_E_INPUT:
        return 3;
    case TDO_E_IO:
        return 4;
    case TDO_E_LIMIT:
        return 5;
    case TDO_E_INTERRUPT:
        return 130;
    case TDO_E_MEMORY:
    case TDO_E_INTERNAL:
        break;
    }
    return 70;
}
