/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How every function of the library says that something went wrong. */
#ifndef TRADEOFF_STATUS_H
#define TRADEOFF_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TDO_API               __attribute__((visibility("default")))
#define TDO_MUST_USE          __attribute__((warn_unused_result))
#define TDO_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define TDO_API
#define TDO_MUST_USE
#define TDO_PRINTF(fmt, args)
#endif

#define TDO_VERSION "0.1.0"

/* "Infeasible" and "limit reached" are outcomes inside a result, not errors. */
typedef enum tdo_status {
    TDO_OK = 0,
    TDO_E_USAGE,    /* the command line is wrong */
    TDO_E_INPUT,    /* what a file says is wrong */
    TDO_E_IO,       /* a file cannot be read or written */
    TDO_E_LIMIT,    /* a stated limit (time, size of a search) was hit */
    TDO_E_MEMORY,   /* out of memory */
    TDO_E_INTERNAL, /* a promise of our own code is broken */
    TDO_E_INTERRUPT /* the caller asked to stop */
} tdo_status;

enum {
    TDO_ERROR_FILE = 256, /* bytes, with the final NUL */
    TDO_ERROR_PATH = 256,
    TDO_ERROR_TEXT = 600,
    TDO_REPORT_SHOWN = 20 /* errors of one file kept in words; the rest are counted */
};

/* One error, by value. Texts that do not fit are cut at a UTF-8 boundary and end in "...". */
typedef struct tdo_error {
    tdo_status status;
    unsigned line;             /* 1-based physical line; 0: none */
    unsigned column;           /* 1-based, in bytes; 0: none */
    char file[TDO_ERROR_FILE]; /* as the user named it; "": none */
    char path[TDO_ERROR_PATH]; /* key path in a scenario ("stakeholders.ml.weights"); "": none */
    char text[TDO_ERROR_TEXT]; /* one sentence, no final stop, no line end */
} tdo_error;

/* All errors of one reading, in the order found. Start from {0}. */
typedef struct tdo_report {
    size_t count; /* errors found; the first TDO_REPORT_SHOWN are in item */
    tdo_error item[TDO_REPORT_SHOWN];
} tdo_report;

/* Fills *e (if not NULL and not filled yet: the first error wins) and returns status. */
TDO_API tdo_status tdo_fail(tdo_error *e, tdo_status status, const char *fmt, ...) TDO_PRINTF(3, 4);

/* The same with a place. file may be NULL. */
TDO_API tdo_status tdo_fail_at(tdo_error *e, tdo_status status, const char *file, unsigned line,
                               unsigned column, const char *fmt, ...) TDO_PRINTF(6, 7);

/* Adds *e to the report, as long as there is room, and counts it. r may be NULL. */
TDO_API void tdo_report_add(tdo_report *r, const tdo_error *e);

/* The program's exit status for a status: 0, 2 usage, 3 input, 4 I/O, 5 limit, 130 interrupt,
 * 70 memory and internal. */
TDO_API int tdo_exit_status(tdo_status status);

#ifdef __cplusplus
}
#endif

#endif
