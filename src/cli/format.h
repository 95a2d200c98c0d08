/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a command's formats standard output gets. */
#ifndef CLI_FORMAT_H
#define CLI_FORMAT_H

#include "cli/cli.h"

typedef struct cli_format {
    const char *name; /* of --format */
    cli_write_fn write;
} cli_format;

/* The one that --format names; the first one where that is not given, or names one for jobs. */
cli_write_fn cli_format_of(const cli_args *args, const cli_format *formats, size_t n);

#define CLI_FORMAT_OF(args, formats)                                                               \
    cli_format_of(args, formats, sizeof(formats) / sizeof *(formats))

#endif
