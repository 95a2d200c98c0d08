/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded into the program: calls of the system and of the allocator that fail when told.
 * TDO_DENY="CALL:K:ERRNO" the K-th CALL fails; "CALL:K+:ERRNO" it and all after. CALL is open,
 * read, write, fsync, close, rename, link, stat, tmpfile (of open, those only), alloc or wait (for
 * what is typed); ERRNO a name, SHORT: half of the bytes pass, or INT: Ctrl-C just before it, which
 * is all that can be said of wait. TDO_CALLS=FILE: how many calls of each there were, when
 * the program ends. */
#define _GNU_SOURCE 1
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN, READ, WRITE, FSYNC, CLOSE, RENAME, LINK, STAT, TMPFILE, ALLOC, WAIT, CALLS };
enum { SHORT = -1, INT = -2 };

static const char *const call_name[CALLS] = {"open", "read", "write",   "fsync", "close", "rename",
                                             "link", "stat", "tmpfile", "alloc", "wait"};
static const struct {
    const char *name;
    int number;
} error_of[] = {
    {"ENOSPC", ENOSPC}, {"EIO", EIO},       {"EINTR", EINTR},   {"EACCES", EACCES},
    {"EDQUOT", EDQUOT}, {"ENOMEM", ENOMEM}, {"EMFILE", EMFILE}, {"EOPNOTSUPP", EOPNOTSUPP},
    {"SHORT", SHORT},   {"INT", INT}};

static atomic_ulong calls[CALLS];
static int denied = CALLS, error;
static unsigned long from;
static bool ever_after, started;

__attribute__((constructor)) static void start(void)
{
    const char *told = getenv("TDO_DENY");
    char name[16] = "", number[16] = "", what[16] = "";
    if (told && sscanf(told, "%15[^:]:%15[^:]:%15s", name, number, what) == 3) {
        for (denied = 0; denied < CALLS && strcmp(call_name[denied], name) != 0;)
            denied++;
        for (size_t k = 0; k < sizeof error_of / sizeof *error_of; k++)
            if (strcmp(error_of[k].name, what) == 0)
                error = error_of[k].number;
        from = strtoul(number, NULL, 10);
        ever_after = strchr(number, '+') != NULL;
    }
    started = true;
}

__attribute__((destructor)) static void tell(void)
{
    const char *file = getenv("TDO_CALLS");
    started = false;
    FILE *f = file ? fopen(file, "w") : NULL;
    for (int k = 0; f && k < CALLS; k++)
        fprintf(f, "%s %lu\n", call_name[k], atomic_load(&calls[k]));
    if (f)
        fclose(f);
}

/* 0: let it pass; else errno, or SHORT. */
static int deny(int call)
{
    if (!started)
        return 0;
    const unsigned long k = 1 + atomic_fetch_add(&calls[call], 1);
    if (call != denied || !(k == from || (ever_after && k > from)))
        return 0;
    if (error > 0)
        errno = error;
    return error;
}

static void *real(const char *name)
{
    const bool was = started;
    started = false; /* finding it may allocate */
    void *found = dlsym(RTLD_NEXT, name);
    started = was;
    return found;
}

/* The function that this one stands before. */
#define REAL(name)                                                                                 \
    static name##_fn *real_##name;                                                                 \
    if (!real_##name)                                                                              \
    *(void **)&real_##name = real(#name)

/* ---- files ---- */

typedef int open_fn(const char *, int, ...);
typedef open_fn open64_fn;
typedef int stat_fn(const char *, struct stat *);
typedef stat_fn lstat_fn;
typedef int fstat_fn(int, struct stat *);
typedef ssize_t read_fn(int, void *, size_t);
typedef ssize_t write_fn(int, const void *, size_t);
typedef int fsync_fn(int);
typedef fsync_fn close_fn;
typedef int rename_fn(const char *, const char *);
typedef int linkat_fn(int, const char *, int, const char *, int);

static int open_by(open_fn *by, const char *path, int flags, mode_t mode)
{
    if ((flags & O_TMPFILE) == O_TMPFILE && deny(TMPFILE))
        return -1;
    return deny(OPEN) ? -1 : by(path, flags, mode);
}

#define OPENS(name)                                                                                \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        const mode_t mode = va_arg(rest, mode_t);                                                  \
        va_end(rest);                                                                              \
        REAL(name);                                                                                \
        return open_by(real_##name, path, flags, mode);                                            \
    }
OPENS(open)
OPENS(open64)

ssize_t read(int fd, void *to, size_t n)
{
    REAL(read);
    const int no = deny(READ);
    return no > 0 ? -1 : real_read(fd, to, no == SHORT && n > 1 ? n / 2 : n);
}

ssize_t write(int fd, const void *from_here, size_t n)
{
    REAL(write);
    const int no = deny(WRITE);
    return no > 0 ? -1 : real_write(fd, from_here, no == SHORT && n > 1 ? n / 2 : n);
}

int fsync(int fd)
{
    REAL(fsync);
    return deny(FSYNC) ? -1 : real_fsync(fd);
}

int close(int fd)
{
    REAL(close);
    const int no = deny(CLOSE), closed = real_close(fd); /* Linux closes it in any case */
    if (no > 0)
        errno = error;
    return no > 0 ? -1 : closed;
}

int rename(const char *old, const char *new)
{
    REAL(rename);
    return deny(RENAME) ? -1 : real_rename(old, new);
}

int linkat(int a, const char *old, int b, const char *new, int flags)
{
    REAL(linkat);
    return deny(LINK) ? -1 : real_linkat(a, old, b, new, flags);
}

#define STATS(name)                                                                                \
    int name(const char *path, struct stat *is)                                                    \
    {                                                                                              \
        REAL(name);                                                                                \
        return deny(STAT) ? -1 : real_##name(path, is);                                            \
    }
STATS(stat)
STATS(lstat)

int fstat(int fd, struct stat *is)
{
    REAL(fstat);
    return deny(STAT) ? -1 : real_fstat(fd, is);
}

/* ---- what is typed: Ctrl-C after the last look at whether it came, before the wait ---- */

typedef char *fgets_fn(char *, int, FILE *);
typedef int pselect_fn(int, fd_set *, fd_set *, fd_set *, const struct timespec *,
                       const sigset_t *);

static void interrupt(void)
{
    if (deny(WAIT) == INT)
        raise(SIGINT);
}

char *fgets(char *to, int n, FILE *in)
{
    REAL(fgets);
    interrupt();
    return real_fgets(to, n, in);
}

int pselect(int n, fd_set *read_of, fd_set *write_of, fd_set *other, const struct timespec *most,
            const sigset_t *held)
{
    REAL(pselect);
    interrupt();
    return real_pselect(n, read_of, write_of, other, most, held);
}

/* ---- memory: glibc's own functions, so that nothing has to be found first ---- */

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static bool no_memory(void)
{
    if (!deny(ALLOC))
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t n)
{
    return no_memory() ? NULL : __libc_malloc(n);
}

void *calloc(size_t count, size_t n)
{
    return no_memory() ? NULL : __libc_calloc(count, n);
}

void *realloc(void *old, size_t n)
{
    return no_memory() ? NULL : __libc_realloc(old, n);
}
