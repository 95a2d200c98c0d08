/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a command's formats standard output gets. */
#include "cli/format.h"

#include <string.h>

cli_write_fn cli_format_of(const cli_args *args, const cli_format *formats, size_t n)
{
    for (size_t k = 0; k < n && args->format; k++)
        if (strcmp(formats[k].name, args->format) == 0)
            return formats[k].write;
    return formats[0].write;
}
