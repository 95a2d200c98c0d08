/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens a file or standard input, reads it in blocks, and hands them to the hasher. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "files/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGE_BYTES = 4 << 20 }; /* below, starting a thread would not pay */

static tdo_status io_error(tdo_error *err, const char *name, const char *doing, int code)
{
    char why[128] = "";
    if (strerror_r(code, why, sizeof why) != 0 || why[0] == '\0')
        return tdo_fail_at(err, TDO_E_IO, name, 0, 0, "cannot %s: error %d", doing, code);
    return tdo_fail_at(err, TDO_E_IO, name, 0, 0, "cannot %s: %s", doing, why);
}

void source_open_text(source_stream *s, const char *text, size_t length, const char *name)
{
    *s = (source_stream){
        .fd = -1, .name = name, .text = text, .total = length, .by_blocks = hasher_has_blocks()};
    SHA256Init(&s->hash);
}

tdo_status source_open(source_stream *s, const char *path, const char *name, tdo_error *err)
{
    struct stat about;
    tdo_status status = TDO_OK;
    *s = (source_stream){.fd = -1, .name = name, .by_blocks = hasher_has_blocks()};
    SHA256Init(&s->hash);
    if (strcmp(path, "-") == 0) {
        s->fd = STDIN_FILENO;
    } else {
        do
            s->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        while (s->fd < 0 && errno == EINTR);
        s->owned = true;
    }
    if (s->fd < 0)
        status = io_error(err, name, "open", errno);
    else if (fstat(s->fd, &about) != 0)
        status = io_error(err, name, "open", errno);
    else if (S_ISDIR(about.st_mode))
        status = tdo_fail_at(err, TDO_E_IO, name, 0, 0, "cannot read: it is a folder, not a file");
    else if (S_ISREG(about.st_mode) && about.st_size > 0)
        s->total = (uint64_t)about.st_size;
    if (status != TDO_OK)
        source_close(s);
    else if (s->total >= LARGE_BYTES && !s->by_blocks)
        s->hasher = hasher_start();
    return status;
}

/* Is ".." one of the names between the slashes? */
static bool climbs(const char *name)
{
    for (; name; name = strchr(name, '/') ? strchr(name, '/') + 1 : NULL)
        if (strncmp(name, "..", 2) == 0 && (name[2] == '/' || !name[2]))
            return true;
    return false;
}

tdo_status source_leads_outside(const char *scenario, const char *name, const char *path,
                                bool *outside)
{
    const char *slash = strrchr(scenario, '/');
    *outside = name[0] == '/' || climbs(name);
    if (*outside)
        return TDO_OK;
    errno = 0;
    char *folder = slash ? strndup(scenario, (size_t)(slash - scenario) + 1) : strdup(".");
    char *home = folder ? realpath(folder, NULL) : NULL;
    bool no_memory = errno == ENOMEM;
    char *file = no_memory ? NULL : realpath(path, NULL);
    size_t length = home && strcmp(home, "/") != 0 ? strlen(home) : 0;
    bool found = file || errno != ENOENT; /* what is not there is told when it is opened */
    bool inside = home && file && strncmp(home, file, length) == 0 && file[length] == '/';
    no_memory = no_memory || (!file && errno == ENOMEM);
    free(file);
    free(home);
    free(folder);
    *outside = found && !inside;
    return no_memory ? TDO_E_MEMORY : TDO_OK;
}

tdo_status source_read(source_stream *s, char *to, size_t room, size_t *got, tdo_error *err)
{
    size_t n = 0;
    *got = 0;
    if (s->text) {
        n = s->total - s->taken < room ? (size_t)(s->total - s->taken) : room;
        memcpy(to, s->text + s->taken, n);
    }
    while (!s->text && n < room) {
        ssize_t now = read(s->fd, to + n, room - n);
        if (now == 0 && s->taken + n < s->total) /* half a table would be taken for the whole */
            return tdo_fail_at(err, TDO_E_IO, s->name, 0, 0,
                               "cannot read: it became shorter while it was read");
        if (now == 0)
            break;
        if (now > 0)
            n += (size_t)now;
        else if (errno != EINTR)
            return io_error(err, s->name, "read", errno);
    }
    if (s->hasher)
        hasher_add(s->hasher, to, n);
    else
        hasher_update(&s->hash, s->by_blocks, to, n);
    s->taken += n;
    *got = n;
    return TDO_OK;
}

void source_hash(source_stream *s, char sha256[65])
{
    if (!s->hasher) {
        SHA256End(&s->hash, sha256);
    } else {
        hasher_end(s->hasher, sha256);
        s->hasher = NULL;
    }
}

void source_close(source_stream *s)
{
    if (s->owned && s->fd >= 0)
        (void)close(s->fd);
    s->fd = -1;
    hasher_end(s->hasher, NULL);
    s->hasher = NULL;
}

tdo_status source_slurp(const char *path, const char *name, size_t limit, tdo_arena *a,
                        source_text *out, tdo_error *err)
{
    source_stream s = {.fd = -1};
    tdo_status status = source_open(&s, path, name, err);
    return status == TDO_OK ? source_slurp_open(&s, limit, a, out, err) : status;
}

tdo_status source_slurp_open(source_stream *s, size_t limit, tdo_arena *a, source_text *out,
                             tdo_error *err)
{
    const char *name = s->name;
    char *text = NULL;
    size_t n = 0, room = 0, got = 0;
    tdo_status status = TDO_OK;
    if (s->total > limit) {
        n = limit + 1;
    } else {
        do {
            size_t more = room > 0 ? room : s->total > 0 ? (size_t)s->total + 1 : 64 << 10;
            if (more > limit + 1 - room)
                more = limit + 1 - room; /* one byte more than allowed tells */
            char *grown = tdo_grow(a, text, room + (text != NULL), room + more + 1, 1);
            if (!grown) {
                status = tdo_fail_at(err, TDO_E_MEMORY, name, 0, 0, "out of memory");
                goto out;
            }
            text = grown;
            room += more;
            status = source_read(s, text + n, room - n, &got, err);
            if (status != TDO_OK)
                goto out;
            n += got;
        } while (n == room && n <= limit);
    }
    if (n > limit) {
        status = tdo_fail_at(err, TDO_E_INPUT, name, 0, 0,
                             "the file is larger than the limit of %zu bytes", limit);
        goto out;
    }
    text[n] = '\0';
    out->bytes = text;
    out->length = n;
    source_hash(s, out->sha256);
out:
    source_close(s);
    return status;
}
