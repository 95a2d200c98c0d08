/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is there whole or not at all. */
#include "tradeoff/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUFFER_BYTES = 64 << 10,
    MAX_LINKS = 40,  /* symbolic links followed, as Linux does */
    MAX_TRIES = 1000 /* names tried for the temporary file */
};

struct tdo_file {
    int fd;
    int failed;       /* errno of the first write that failed; 0: none */
    const char *name; /* as the user named it */
    char *target;     /* where it is to be, links followed; NULL: standard output */
    char *temporary;  /* NULL: written in place */
    bool replaces;    /* there is a file already, whose mode is kept: */
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

/* ---- paths ---- */

/* The folder of a path, with the final slash; "" for the current one. NULL: out of memory. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    char *folder = malloc(length + 1);
    if (folder) {
        memcpy(folder, path, length);
        folder[length] = '\0';
    }
    return folder;
}

static char *join(const char *folder, const char *name)
{
    size_t a = strlen(folder), b = strlen(name);
    char *path = malloc(a + b + 1);
    if (path) {
        memcpy(path, folder, a);
        memcpy(path + a, name, b + 1);
    }
    return path;
}

/* Follows one symbolic link; *path becomes what it points to. 0, or an errno. */
static int follow(char **path)
{
    char to[PATH_MAX];
    ssize_t length = readlink(*path, to, sizeof to - 1);
    if (length < 0)
        return errno;
    if ((size_t)length == sizeof to - 1)
        return ENAMETOOLONG;
    to[length] = '\0';
    char *folder = to[0] == '/' ? NULL : folder_of(*path);
    char *next = to[0] == '/' ? join("", to) : folder ? join(folder, to) : NULL;
    free(folder);
    if (!next)
        return ENOMEM;
    free(*path);
    *path = next;
    return 0;
}

/* The file that a path names once its links are followed, which need not be there yet: the link
 * stays, what it points to is replaced. *is is filled where it is *there. 0, or an errno. */
static int resolve(char **path, bool *there, struct stat *is)
{
    *there = false;
    for (int links = 0; links <= MAX_LINKS; links++) {
        if (lstat(*path, is) != 0)
            return errno == ENOENT ? 0 : errno;
        if (!S_ISLNK(is->st_mode)) {
            *there = true;
            return 0;
        }
        int error = follow(path);
        if (error)
            return error;
    }
    return ELOOP;
}

/* ---- opening ---- */

/* A new file beside the target, that nobody else can have made. 0, or an errno. */
static int open_temporary(tdo_file *f)
{
    int error = ENOMEM;
    char *folder = folder_of(f->target);
    for (unsigned k = 0; folder && k < MAX_TRIES; k++) {
        char name[64];
        (void)snprintf(name, sizeof name, ".tradeoff-%ld-%u.tmp", (long)getpid(), k);
        f->temporary = join(folder, name);
        error = ENOMEM;
        if (!f->temporary)
            break;
        f->fd = open(f->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
        error = f->fd < 0 ? errno : 0;
        if (!error)
            break;
        free(f->temporary);
        f->temporary = NULL;
        if (error != EEXIST)
            break;
    }
    free(folder);
    return error;
}

/* 0, or an errno. */
static int open_target(tdo_file *f, const char *path)
{
    struct stat is;
    bool there = false;
    f->target = join("", path);
    if (!f->target)
        return ENOMEM;
    size_t length = strlen(path);
    if (length > 0 && path[length - 1] == '/')
        return EISDIR;
    int error = resolve(&f->target, &there, &is);
    if (error)
        return error;
    if (there && S_ISDIR(is.st_mode))
        return EISDIR;
    if (there && !S_ISREG(is.st_mode)) { /* a device, a pipe: there is nothing to replace */
        f->fd = open(f->target, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return f->fd < 0 ? errno : 0;
    }
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
    free(f->target);
    free(f->temporary);
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
    int error = 0;
    if (strcmp(path, "-") == 0) {
        /* A copy, so that closing it reports what closing standard output would. */
        f->fd = dup(STDOUT_FILENO);
        error = f->fd < 0 ? errno : 0;
    } else {
        error = open_target(f, path);
    }
    if (error) {
        free_file(f);
        return complain(err, path, error);
    }
    *sink = (tdo_sink){.write = take, .user = f};
    *out = f;
    return TDO_OK;
}

/* ---- closing ---- */

/* Makes the new name last through a crash. The file is in its place by now, so that nothing that
 * fails here can be called a failure to write it. */
static void sync_folder(const char *target)
{
    char *folder = folder_of(target);
    if (!folder)
        return;
    int fd = open(folder[0] ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
    free(folder);
}

static int check(int result)
{
    return result == 0 ? 0 : errno;
}

tdo_status tdo_file_close(tdo_file *f, bool keep, tdo_error *err)
{
    if (!f)
        return TDO_OK;
    tdo_status status = TDO_OK;
    if (keep)
        (void)flush(f);
    int error = f->failed;
    if (!error && keep && f->temporary && f->replaces)
        error = check(fchmod(f->fd, f->mode));
    if (!error && keep && f->temporary)
        error = check(fsync(f->fd));
    int closed = check(close(f->fd));
    if (!error && closed != EINTR) /* Linux has closed it then */
        error = closed;
    if (!error && keep && f->temporary)
        error = check(rename(f->temporary, f->target));
    if (f->temporary && (error || !keep))
        (void)unlink(f->temporary);
    else if (f->temporary)
        sync_folder(f->target);
    if (error && (keep || f->failed))
        status = complain(err, f->name, error);
    free_file(f);
    return status;
}
