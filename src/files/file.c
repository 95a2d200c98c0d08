/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is there whole or not at all. */
#define _GNU_SOURCE 1 /* O_TMPFILE, where the system has it */
#include "tradeoff/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/place.h"

enum {
    BUFFER_BYTES = 64 << 10,
    MAX_TRIES = 1000 /* names tried for the temporary file */
};

/* A call, again while signals interrupt it. */
#define AGAIN(result, call)                                                                        \
    do                                                                                             \
        (result) = (call);                                                                         \
    while ((result) < 0 && errno == EINTR)

struct tdo_file {
    int fd;
    int failed;               /* errno of the first write that failed; 0: none */
    const char *name;         /* as the user named it */
    char *target;             /* where it is to be, links followed; NULL: written in place */
    bool anonymous;           /* has no name yet */
    bool finished;            /* all is written, and closed: what is left is the renaming */
    char *volatile temporary; /* its name until then; NULL: it has none. A signal may read it */
    bool replaces;            /* there is a file already, whose mode is kept: */
    mode_t mode;
    size_t used; /* bytes in the buffer */
    char buffer[BUFFER_BYTES];
};

/* Our own words: strerror speaks the language of the locale. */
static const char *reason(int error)
{
    switch (error) {
    case ENOENT:
        return "the folder does not exist";
    case ENOTDIR:
        return "a part of the path is not a folder";
    case EISDIR:
        return "it is a folder";
    case EACCES:
    case EPERM:
        return "no permission";
    case EROFS:
        return "the file system is read-only";
    case ENOSPC:
        return "no space left on the device";
    case EDQUOT:
        return "the disk quota is used up";
    case EFBIG:
        return "the file is too large";
    case EPIPE:
        return "nobody reads it any more";
    case ENAMETOOLONG:
        return "the name is too long";
    case ELOOP:
        return "too many symbolic links";
    case EMFILE:
    case ENFILE:
        return "too many open files";
    case EBADF:
        return "it is closed";
    case EIO:
        return "an input or output error";
    default:
        return NULL;
    }
}

static tdo_status complain(tdo_error *err, const char *name, int error)
{
    const char *what = strcmp(name, "-") == 0 ? "standard output" : name;
    if (error == ENOMEM)
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    if (reason(error))
        return tdo_fail(err, TDO_E_IO, "cannot write %s: %s", what, reason(error));
    return tdo_fail(err, TDO_E_IO, "cannot write %s: error %d of the system", what, error);
}

static int check(int result)
{
    return result == 0 ? 0 : errno;
}

/* Its name is no more in the folder, or never was. */
static void forget_temporary(tdo_file *f)
{
    char *name = f->temporary;
    f->temporary = NULL; /* first: a signal may come between the two */
    free(name);
}

/* ---- the temporary file ---- */

/* What a process that is dead left behind: its name holds the process, and nobody has a lock on it
 * (a process that lives in another container has). */
static void sweep(const char *folder)
{
    DIR *d = opendir(folder[0] ? folder : ".");
    for (struct dirent *e = d ? readdir(d) : NULL; e; e = readdir(d)) {
        long process = 0;
        unsigned k = 0;
        int length = 0;
        if (sscanf(e->d_name, ".tradeoff-%ld-%u.tmp%n", &process, &k, &length) != 2 ||
            length <= 0 || e->d_name[length] || process <= 0 || kill((pid_t)process, 0) == 0 ||
            errno != ESRCH)
            continue;
        int fd = openat(dirfd(d), e->d_name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
            (void)unlinkat(dirfd(d), e->d_name, 0);
        if (fd >= 0)
            (void)close(fd);
    }
    if (d)
        (void)closedir(d);
}

/* A new file without a name, or with f->temporary as its name. 0, or an errno. */
static int give_name(tdo_file *f)
{
    enum { ANEW = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC };
    char itself[64];
    if (f->fd < 0) {
        AGAIN(f->fd, open(f->temporary, ANEW, 0644));
        return f->fd < 0 ? errno : 0;
    }
    (void)snprintf(itself, sizeof itself, "/proc/self/fd/%d", f->fd);
    return check(linkat(AT_FDCWD, itself, AT_FDCWD, f->temporary, AT_SYMLINK_FOLLOW));
}

/* A name beside the target that nobody else can have taken. It is known to whoever is to remove it
 * before it is in the folder. 0, or an errno. */
static int name_temporary(tdo_file *f)
{
    int error = ENOMEM;
    char *folder = place_folder(f->target);
    for (unsigned k = 0; folder && k < MAX_TRIES; k++) {
        char name[64];
        (void)snprintf(name, sizeof name, ".tradeoff-%ld-%u.tmp", (long)getpid(), k);
        f->temporary = place_join(folder, name);
        error = f->temporary ? give_name(f) : ENOMEM;
        if (!error || !f->temporary)
            break;
        forget_temporary(f);
        if (error != EEXIST)
            break;
    }
    free(folder);
    return error;
}

/* Without a name, so that nothing is left however the process ends, where the file system has such
 * files. 0, or an errno. */
static int open_temporary(tdo_file *f)
{
    int error = 0;
    char *folder = place_folder(f->target);
    if (!folder)
        return ENOMEM;
    sweep(folder);
#ifdef O_TMPFILE
    AGAIN(f->fd, open(folder[0] ? folder : ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0644));
#endif
    free(folder);
    f->anonymous = f->fd >= 0;
    if (!f->anonymous)
        error = name_temporary(f);
    if (!error)
        (void)flock(f->fd, LOCK_EX | LOCK_NB);
    return error;
}

/* ---- opening ---- */

/* A device, a pipe: there is nothing to replace. */
static int open_in_place(tdo_file *f, const char *path)
{
    AGAIN(f->fd, open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY));
    return f->fd < 0 ? errno : 0;
}

/* 0, or an errno. */
static int open_target(tdo_file *f, const char *path)
{
    struct stat is;
    bool there = false;
    size_t length = strlen(path);
    if (length > 0 && path[length - 1] == '/')
        return EISDIR;
    if (stat(path, &is) == 0 && !S_ISREG(is.st_mode))
        return S_ISDIR(is.st_mode) ? EISDIR : open_in_place(f, path);
    int error = place_follow(path, &f->target, &there, &is);
    if (error)
        return error;
    if (there && access(f->target, W_OK) != 0) /* renaming over it would not ask */
        return errno;
    f->replaces = there;
    f->mode = there ? is.st_mode & 0777 : 0;
    return open_temporary(f);
}

/* ---- writing ---- */

/* Waits until a descriptor that does not block takes bytes again. */
static bool wait_for_room(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    int n;
    do
        n = poll(&p, 1, -1);
    while (n < 0 && errno == EINTR);
    return n > 0;
}

static bool write_all(tdo_file *f, const char *bytes, size_t length)
{
    while (length > 0 && !f->failed) {
        ssize_t n = write(f->fd, bytes, length);
        if (n >= 0) {
            bytes += n;
            length -= (size_t)n;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            f->failed = wait_for_room(f->fd) ? 0 : errno;
        } else if (errno != EINTR) {
            f->failed = errno;
        }
    }
    return !f->failed;
}

static bool flush(tdo_file *f)
{
    size_t used = f->used;
    f->used = 0;
    return write_all(f, f->buffer, used);
}

static bool take(void *user, const char *bytes, size_t length)
{
    tdo_file *f = user;
    if (length > BUFFER_BYTES - f->used && !flush(f))
        return false;
    if (length >= BUFFER_BYTES)
        return write_all(f, bytes, length);
    memcpy(f->buffer + f->used, bytes, length);
    f->used += length;
    return !f->failed;
}

static void free_file(tdo_file *f)
{
    forget_temporary(f);
    free(f->target);
    free(f);
}

tdo_status tdo_file_create(const char *path, tdo_file **out, tdo_sink *sink, tdo_error *err)
{
    *out = NULL;
    if (!*path)
        return tdo_fail(err, TDO_E_IO, "the name of the file to write is empty");
    tdo_file *f = calloc(1, sizeof *f);
    if (!f)
        return complain(err, path, ENOMEM);
    f->fd = -1;
    f->name = path;
    *out = f; /* before anything is made: whoever is told to stop removes it */
    int error = 0;
    if (strcmp(path, "-") == 0) {
        /* A copy, so that closing it reports what closing standard output would. */
        AGAIN(f->fd, dup(STDOUT_FILENO));
        error = f->fd < 0 ? errno : 0;
    } else {
        error = open_target(f, path);
    }
    if (error) {
        *out = NULL;
        free_file(f);
        return complain(err, path, error);
    }
    *sink = (tdo_sink){.write = take, .user = f};
    return TDO_OK;
}

/* ---- closing ---- */

/* Makes the new name last through a crash. The file is in its place by now, so that nothing that
 * fails here can be called a failure to write it. */
static void sync_folder(const char *target)
{
    int fd = -1, synced = 0;
    char *folder = place_folder(target);
    if (folder)
        AGAIN(fd, open(folder[0] ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd >= 0) {
        AGAIN(synced, fsync(fd));
        (void)close(fd);
    }
    free(folder);
}

/* Mode and bytes of a file that is to replace another. 0, or an errno. */
static int make_last(const tdo_file *f)
{
    int result = 0;
    if (f->replaces)
        AGAIN(result, fchmod(f->fd, f->mode));
    if (result == 0)
        AGAIN(result, fsync(f->fd));
    return check(result);
}

/* 0, or an errno. */
static int close_bytes(tdo_file *f)
{
    int closed = f->fd < 0 ? 0 : check(close(f->fd));
    f->fd = -1;
    return closed == EINTR ? 0 : closed; /* Linux has closed it then */
}

const char *tdo_file_temporary(const tdo_file *f)
{
    return f ? f->temporary : NULL;
}

tdo_status tdo_file_finish(tdo_file *f, tdo_error *err)
{
    if (!f->finished) {
        (void)flush(f);
        if (!f->failed && f->target)
            f->failed = make_last(f);
        if (!f->failed && f->anonymous)
            f->failed = name_temporary(f);
        const int closed = close_bytes(f);
        f->failed = f->failed ? f->failed : closed;
        f->finished = true;
    }
    return f->failed ? complain(err, f->name, f->failed) : TDO_OK;
}

tdo_status tdo_file_close(tdo_file *f, bool keep, tdo_error *err)
{
    if (!f)
        return TDO_OK;
    tdo_status status = TDO_OK;
    if (keep)
        status = tdo_file_finish(f, err);
    else if (f->failed) /* the reason survives, though nothing is to be kept */
        status = complain(err, f->name, f->failed);
    (void)close_bytes(f);
    if (keep && status == TDO_OK && f->target) {
        const int error = check(rename(f->temporary, f->target));
        if (error) {
            status = complain(err, f->name, error);
        } else {
            forget_temporary(f);
            sync_folder(f->target);
        }
    }
    if (f->temporary)
        (void)unlink(f->temporary);
    free_file(f);
    return status;
}
