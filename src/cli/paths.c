/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a file names another one so that both can move together. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The folder of a path, with its last slash; "" for the current one. */
static const char *folder_of(const char *path, tdo_arena *a)
{
    const char *slash = strrchr(path, '/');
    return tdo_copy(a, path, slash ? (size_t)(slash - path) + 1 : 0);
}

const char *cli_path_beside(const char *file, const char *relative, tdo_arena *a)
{
    const char *folder = relative[0] == '/' || strcmp(file, "-") == 0 ? "" : folder_of(file, a);
    return folder ? tdo_text(a, "%s%s", folder, relative) : NULL;
}

/* From folder to file, both without links and from the root. */
static const char *path_between(const char *folder, const char *file, tdo_arena *a)
{
    size_t common = 0; /* bytes of the folders that both have, with the slash */
    tdo_sink o = tdo_sink_memory(a);
    for (size_t k = 0; folder[k] == file[k] && file[k]; k++)
        if (file[k] == '/')
            common = k + 1;
    size_t length = strlen(folder);
    if (strncmp(folder, file, length) == 0 && file[length] == '/')
        common = length + 1; /* the file is in the folder, or below it */
    for (size_t k = common; k <= length && common <= length && length > 1; k++)
        if (k == length || folder[k] == '/')
            tdo_puts(&o, "../");
    tdo_puts(&o, file + common);
    return o.failed ? NULL : o.text;
}

tdo_status cli_relative_path(const char *from, const char *to, tdo_arena *a, const char **out,
                             tdo_error *err)
{
    const char *folder = folder_of(from, a), *its = folder_of(to, a), *file = NULL;
    char *here = NULL, *there = NULL;
    tdo_status status = folder && its ? TDO_OK : TDO_E_MEMORY;
    if (status == TDO_OK && !(here = realpath(folder[0] ? folder : ".", NULL)))
        status = errno == ENOMEM
                     ? TDO_E_MEMORY
                     : tdo_fail(err, TDO_E_IO, "cannot write %s: the folder does not exist", from);
    if (status == TDO_OK && !(there = realpath(its[0] ? its : ".", NULL)))
        status = errno == ENOMEM ? TDO_E_MEMORY
                                 : tdo_fail(err, TDO_E_IO, "%s cannot be found any more", to);
    if (status == TDO_OK)
        file = tdo_text(a, "%s/%s", strcmp(there, "/") == 0 ? "" : there, to + strlen(its));
    if (status == TDO_OK && !(file && (*out = path_between(here, file, a))))
        status = tdo_fail(err, TDO_E_MEMORY, "out of memory");
    if (status == TDO_E_MEMORY && err->status == TDO_OK)
        (void)tdo_fail(err, status, "out of memory");
    free(here);
    free(there);
    return status;
}
