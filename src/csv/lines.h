/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text file as physical lines. A line ends at LF, CR LF or a lone CR, also inside quotes. */
#ifndef TRADEOFF_CSV_LINES_H
#define TRADEOFF_CSV_LINES_H

#include "files/source.h"
#include "tradeoff/table.h"

/* The limits of table.h; smaller ones, and the slow way alone, in tests. */
typedef struct csv_limits {
    size_t columns, field_bytes, rows;
    uint64_t bytes;      /* of the file */
    size_t buffer;       /* bytes read at once, at least 16; longer lines come in pieces */
    bool through_libcsv; /* all rows; else plain lines are split without it */
} csv_limits;

extern const csv_limits csv_stated_limits;

/* Bytes behind the buffer that may be read, and mean nothing. */
enum { CSV_LINES_SLACK = 64 };

typedef struct csv_line {
    const char *bytes; /* valid until the next line is asked for; UTF-8 without NUL */
    size_t length;     /* with the line end, where it has one */
    size_t body;       /* without it */
    unsigned number;   /* 1-based */
    bool whole;        /* not a piece of a longer line */
} csv_line;

typedef struct csv_lines {
    source_stream source;
    char *buffer; /* [room + CSV_LINES_SLACK] */
    size_t room;
    size_t start, end;   /* the bytes not given out yet */
    size_t lf, cr;       /* where the next LF and CR are; before start: not looked for yet */
    bool at_end;         /* of the source */
    bool inside;         /* the last piece did not end its line */
    uint64_t offset;     /* of buffer[start] in the file */
    uint64_t most_bytes; /* of the file */
    uint64_t number;     /* lines ended so far */
    void (*progress)(void *user, uint64_t bytes, uint64_t total);
    void *progress_user;
} csv_lines;

/* Opens a CSV file: what is another format by its first bytes is refused, a UTF-8 byte order mark
 * is passed over. On error nothing is open. Errors: TDO_E_IO, TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_lines_open(csv_lines *l, const tdo_table_request *request,
                                       const csv_limits *limits, tdo_error *err);

/* The next line, or *more = false after the last. Errors: TDO_E_IO, TDO_E_INPUT (not UTF-8, a NUL,
 * too much). */
TDO_MUST_USE tdo_status csv_lines_next(csv_lines *l, csv_line *out, bool *more, tdo_error *err);

/* Passes over a line that was read from the buffer: so many bytes with its end. */
void csv_lines_pass(csv_lines *l, size_t length);

void csv_lines_close(csv_lines *l);

/* What a file is that starts so, when it is no CSV file ("a gzip file"); else NULL. */
const char *csv_sniff_format(const char *bytes, size_t length);

#endif
