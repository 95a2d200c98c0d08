/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a name leads: which file it is, or which one it would become. Names are spelled in many
 * ways (./x, links, not there yet); a place is one. */
#ifndef TRADEOFF_FILES_PLACE_H
#define TRADEOFF_FILES_PLACE_H

#include <limits.h>
#include <stdbool.h>
#include <sys/stat.h>

typedef struct place {
    enum {
        PLACE_ELSEWHERE,
        PLACE_IS_FILE,
        PLACE_TO_BE
    } kind; /* elsewhere: no regular file, nor
               will it become one */
    dev_t device;
    ino_t number;            /* of the file, or of the folder in which it is to be ... */
    char name[NAME_MAX + 1]; /* ... under this name */
} place;

place place_of(const char *path);
/* Of what is open: standard input, say. */
place place_of_open(int fd);
/* Elsewhere is never the same. */
bool place_same(const place *a, const place *b);

/* The path that a path leads to once its links are followed, which need not be there yet; *is is
 * filled where it is *there. 0, or an errno; *out is to be freed. */
int place_follow(const char *path, char **out, bool *there, struct stat *is);

/* The folder of a path, with the final slash; "" for the current one. To be freed. NULL: out of
 * memory. */
char *place_folder(const char *path);
/* folder and name in one. To be freed. NULL: out of memory. */
char *place_join(const char *folder, const char *name);

#endif
