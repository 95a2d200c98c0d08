/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cuts a file into physical lines, and refuses what is no text. */
#include "csv/lines.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

const csv_limits csv_stated_limits = {.columns = TDO_MAX_COLUMNS,
                                      .field_bytes = TDO_MAX_FIELD_BYTES,
                                      .rows = TDO_MAX_ROWS,
                                      .bytes = TDO_MAX_CSV_BYTES,
                                      .buffer = 256 << 10};

/* The number of the line that is next. */
static unsigned next_line(const csv_lines *l)
{
    return l->number < UINT32_MAX ? (unsigned)l->number + 1 : UINT32_MAX;
}

static tdo_status too_large(const csv_lines *l, tdo_error *err)
{
    return tdo_fail_at(err, TDO_E_INPUT, l->source.name, 0, 0,
                       "the file is larger than the limit of %llu bytes",
                       (unsigned long long)l->most_bytes);
}

/* Moves what is left to the front of the buffer and fills the rest. */
static tdo_status refill(csv_lines *l, tdo_error *err)
{
    size_t left = l->end - l->start, got = 0;
    memmove(l->buffer, l->buffer + l->start, left);
    l->start = 0;
    l->end = left;
    tdo_status status = source_read(&l->source, l->buffer + left, l->room - left, &got, err);
    if (status != TDO_OK)
        return status;
    l->end += got;
    l->at_end = l->end < l->room;
    l->lf = l->cr = SIZE_MAX;
    if (l->source.taken > l->most_bytes)
        return too_large(l, err);
    if (l->progress && got > 0)
        l->progress(l->progress_user, l->source.taken, l->source.total);
    return TDO_OK;
}

/* The file is named in another one. */
static tdo_status tell_place(const tdo_table_request *q, tdo_status status, const tdo_error *why,
                             tdo_error *err)
{
    tdo_arena *a = errno == ENOENT ? tdo_arena_new() : NULL;
    const char *near = a ? source_nearest(q->path, a) : NULL;
    if (near)
        (void)tdo_fail_at(err, status, q->place.file, q->place.line, q->place.column,
                          "the file \"%s\" is not there (did you mean \"%s\"?)",
                          q->name ? q->name : q->file, near);
    else
        (void)tdo_fail_at(err, status, q->place.file, q->place.line, q->place.column,
                          "the file \"%s\": %s", q->name ? q->name : q->file, why->text);
    tdo_arena_free(a);
    return status;
}

/* What cannot be opened is wrong where it is named. */
static tdo_status open_source(csv_lines *l, const tdo_table_request *q, tdo_error *err)
{
    tdo_error why = {0};
    if (q->text.s) {
        source_open_text(&l->source, q->text.s, q->text.length, q->file);
        return TDO_OK;
    }
    tdo_status status = source_open(&l->source, q->path, q->file, &why);
    if (status != TDO_OK && q->place.file)
        return tell_place(q, status, &why, err);
    if (status != TDO_OK && err && err->status == TDO_OK)
        *err = why;
    return status;
}

tdo_status csv_lines_open(csv_lines *l, const tdo_table_request *request, const csv_limits *limits,
                          tdo_error *err)
{
    assert(limits->buffer >= 16);
    *l = (csv_lines){.source = {.fd = -1},
                     .room = limits->buffer,
                     .most_bytes = limits->bytes,
                     .progress = request->progress,
                     .progress_user = request->progress_user};
    tdo_status status = open_source(l, request, err);
    if (status != TDO_OK)
        return status;
    l->buffer = calloc(1, l->room + CSV_LINES_SLACK);
    if (l->source.total > l->most_bytes)
        status = too_large(l, err);
    else if (!l->buffer)
        status = tdo_fail_at(err, TDO_E_MEMORY, request->file, 0, 0, "out of memory");
    if (status == TDO_OK)
        status = refill(l, err);
    if (status == TDO_OK && l->end == 0)
        status = tdo_fail_at(err, TDO_E_INPUT, request->file, 0, 0, "the file is empty");
    const char *format = status == TDO_OK ? csv_sniff_format(l->buffer, l->end) : NULL;
    if (format)
        status = tdo_fail_at(err, TDO_E_INPUT, request->file, 1, 1,
                             "this is %s, not a CSV file in UTF-8", format);
    if (status == TDO_OK && l->end >= 3 && memcmp(l->buffer, "\xEF\xBB\xBF", 3) == 0)
        l->start = l->offset = 3;
    if (status != TDO_OK)
        csv_lines_close(l);
    return status;
}

void csv_lines_close(csv_lines *l)
{
    source_close(&l->source);
    free(l->buffer);
    l->buffer = NULL;
}

static size_t find(const csv_lines *l, char c)
{
    const char *p = memchr(l->buffer + l->start, c, l->end - l->start);
    return !p ? l->end : (size_t)(p - l->buffer);
}

/* Finds where the line at start ends: *body before its line end, *end after it. False when more
 * bytes are needed to tell. Both next ends are remembered, so that a file that has only one kind is
 * not searched for the other at every line. */
static bool line_end(csv_lines *l, size_t *body, size_t *end)
{
    if (l->lf == SIZE_MAX || l->lf < l->start)
        l->lf = find(l, '\n');
    if (l->cr == SIZE_MAX || l->cr < l->start)
        l->cr = find(l, '\r');
    *body = l->lf < l->cr ? l->lf : l->cr;
    if (*body == l->end) { /* neither was found */
        *end = l->end;
        return l->at_end;
    }
    bool pair = l->cr < l->lf && l->cr + 1 < l->end && l->lf == l->cr + 1;
    *end = *body + 1 + pair;
    return l->at_end || l->lf < l->cr || l->cr + 1 < l->end; /* an LF may follow this CR */
}

/* A piece of a line that does not fit: not cut inside a character, nor between CR and LF. */
static size_t piece_end(const csv_lines *l)
{
    size_t end = l->buffer[l->end - 1] == '\r' ? l->end - 1 : l->end;
    size_t valid = tdo_utf8_valid(l->buffer + l->start, end - l->start) + l->start;
    return end - valid < 4 ? valid : end;
}

static tdo_status check_text(const csv_lines *l, const char *bytes, size_t length, tdo_error *err)
{
    const char *nul = memchr(bytes, '\0', length);
    size_t valid = tdo_utf8_valid(bytes, length);
    bool has_nul = nul && (size_t)(nul - bytes) < valid;
    if (!has_nul && valid == length)
        return TDO_OK;
    size_t at = has_nul ? (size_t)(nul - bytes) : valid;
    unsigned column = l->inside ? 0 : (unsigned)at + 1; /* not known in a piece of a long line */
    if (has_nul)
        return tdo_fail_at(err, TDO_E_INPUT, l->source.name, next_line(l), column,
                           "a NUL byte: this is not a text file");
    return tdo_fail_at(err, TDO_E_INPUT, l->source.name, next_line(l), column,
                       "not valid UTF-8 (byte 0x%02X at offset %llu of the file): save the file "
                       "as UTF-8",
                       (unsigned)(unsigned char)bytes[at], (unsigned long long)l->offset + at);
}

void csv_lines_pass(csv_lines *l, size_t length)
{
    l->number++;
    l->offset += length;
    l->start += length;
}

tdo_status csv_lines_next(csv_lines *l, csv_line *out, bool *more, tdo_error *err)
{
    size_t body = 0, end = 0;
    tdo_status status = TDO_OK;
    bool cut = !line_end(l, &body, &end);
    *more = false;
    if (cut && (l->start > 0 || l->end < l->room)) {
        status = refill(l, err);
        if (status != TDO_OK)
            return status;
        cut = !line_end(l, &body, &end);
    }
    if (cut)
        body = end = piece_end(l);
    if (end == l->start)
        return TDO_OK;
    const char *bytes = l->buffer + l->start;
    status = check_text(l, bytes, body - l->start, err);
    if (status != TDO_OK)
        return status;
    if (l->number >= UINT32_MAX)
        return tdo_fail_at(err, TDO_E_INPUT, l->source.name, 0, 0, "more than 4294967295 lines");
    *out = (csv_line){.bytes = bytes,
                      .length = end - l->start,
                      .body = body - l->start,
                      .number = next_line(l),
                      .whole = !cut && !l->inside};
    *more = true;
    l->inside = cut;
    l->number += !cut;
    l->offset += end - l->start;
    l->start = end;
    return TDO_OK;
}
