/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file is its device and inode; one that is not there yet is its folder's, and its last name. */
#include "files/place.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_LINKS = 40 }; /* symbolic links followed, as Linux does */

/* ---- paths ---- */

char *place_folder(const char *path)
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

char *place_join(const char *folder, const char *name)
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
    char *folder = to[0] == '/' ? NULL : place_folder(*path);
    char *next = to[0] == '/' ? place_join("", to) : folder ? place_join(folder, to) : NULL;
    free(folder);
    if (!next)
        return ENOMEM;
    free(*path);
    *path = next;
    return 0;
}

int place_follow(const char *path, char **out, bool *there, struct stat *is)
{
    *there = false;
    *out = place_join("", path);
    if (!*out)
        return ENOMEM;
    for (int links = 0; links <= MAX_LINKS; links++) {
        if (lstat(*out, is) != 0)
            return errno == ENOENT ? 0 : errno;
        if (!S_ISLNK(is->st_mode)) {
            *there = true;
            return 0;
        }
        int error = follow(out);
        if (error)
            return error;
    }
    return ELOOP;
}

/* ---- places ---- */

static place place_at(const struct stat *is)
{
    place p = {.kind = PLACE_ELSEWHERE};
    if (S_ISREG(is->st_mode)) {
        p.kind = PLACE_IS_FILE;
        p.device = is->st_dev;
        p.number = is->st_ino;
    }
    return p;
}

place place_of_open(int fd)
{
    struct stat is;
    return fstat(fd, &is) == 0 ? place_at(&is) : (place){.kind = PLACE_ELSEWHERE};
}

place place_of(const char *path)
{
    struct stat is;
    place p = {.kind = PLACE_ELSEWHERE};
    char *end = NULL, *folder = NULL;
    bool there = false;
    if (stat(path, &is) == 0)
        return place_at(&is);
    if (place_follow(path, &end, &there, &is) == 0 && !there)
        folder = place_folder(end);
    if (folder && stat(folder[0] ? folder : ".", &is) == 0) {
        const char *name = end + strlen(folder);
        const size_t length = strlen(name);
        if (length > 0 && length < sizeof p.name) {
            p.kind = PLACE_TO_BE;
            p.device = is.st_dev;
            p.number = is.st_ino;
            memcpy(p.name, name, length);
        }
    }
    free(folder);
    free(end);
    return p;
}

bool place_same(const place *a, const place *b)
{
    return a->kind == b->kind && a->kind != PLACE_ELSEWHERE && a->device == b->device &&
           a->number == b->number && strcmp(a->name, b->name) == 0;
}
