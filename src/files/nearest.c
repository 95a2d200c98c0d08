/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is not there: which one in the same folder is nearly called so? */
#include "files/source.h"

#include <dirent.h>
#include <string.h>

#include "base/array.h"
#include "tradeoff/text.h"

enum { MOST = 1000 }; /* files of the folder that are compared */

const char *source_nearest(const char *path, tdo_arena *a)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *folder = slash ? tdo_copy(a, path, (size_t)(slash - path) + 1) : ".";
    const char **names = NULL;
    size_t n = 0;
    DIR *d = folder ? opendir(folder) : NULL;
    for (struct dirent *e = d ? readdir(d) : NULL; e && n < MOST; e = readdir(d)) {
        const char **more = e->d_name[0] == '.' ? NULL : array_more(a, names, n, sizeof *more);
        const char *copy = more ? tdo_copy(a, e->d_name, strlen(e->d_name)) : NULL;
        names = more ? more : names;
        if (copy)
            names[n++] = copy;
    }
    if (d)
        (void)closedir(d);
    return n ? tdo_nearest_word(name, names, n) : NULL;
}
