/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CSV file as rows of fields (RFC 4180, strictly; blanks around unquoted fields are trimmed,
 * blank lines passed over). libcsv parses; lines, limits and messages are ours. */
#ifndef TRADEOFF_CSV_ROWS_H
#define TRADEOFF_CSV_ROWS_H

#include <csv.h>

#include "csv/lines.h"

typedef struct csv_field {
    size_t start, length; /* its bytes are base[at, at + length) */
    unsigned line;        /* on which it starts */
    unsigned nth;         /* of the fields that start on that line or run into it, from 0 */
} csv_field;

/* How the delimiter came to be. */
typedef enum csv_delimiter_from {
    CSV_DELIMITER_GIVEN,   /* the request says so */
    CSV_DELIMITER_USUAL,   /* a comma */
    CSV_DELIMITER_HEADER,  /* what the header has most of */
    CSV_DELIMITER_SEP_LINE /* a first line "sep=;", as spreadsheets write it */
} csv_delimiter_from;

typedef struct csv_rows {
    csv_lines lines;
    csv_limits limits;
    char delimiter;
    csv_delimiter_from delimiter_from;
    bool sep_line;    /* the first line was "sep=X" */
    size_t columns;   /* fields that every row must have; 0: any (the header) */
    const bool *keep; /* [columns] whose fields are kept; NULL: all */

    /* the row in hand */
    unsigned line;    /* on which it starts; 0: it has not started */
    size_t fields;    /* that it has */
    csv_field *field; /* [fields, at most columns] filled where kept */
    const char *base; /* the bytes of its fields */
    bool empty;       /* none of them holds anything */
    bool plain;       /* they are one line, and lie in it as they are: each starts in column
                         start + 1 */

    /* rows passed over so far because they are empty, as spreadsheets leave them below a table */
    size_t empty_rows;
    unsigned empty_line; /* on which the first of them starts */

    /* the parser's */
    struct csv_parser parser;
    bool has_parser;
    size_t field_room;
    char *text; /* the bytes of the kept fields, each with a NUL after it */
    size_t used, room;
    csv_line current;      /* the line in the parser */
    bool pending;          /* the current one was read, but not parsed yet */
    bool done;             /* the row has ended */
    bool ran_in;           /* the row was open when this line began */
    csv_field begun;       /* where the field that the parser is in starts */
    unsigned begun_column; /* its column, where it runs over lines; 0: not known */
    size_t in_line;        /* fields that ended on this line */
    csv_field extra;       /* the first field too many */
    tdo_status status;     /* the parser's callbacks cannot return one */
    tdo_error *err;
} csv_rows;

/* Opens the file and finds the delimiter. On error nothing is open. */
TDO_MUST_USE tdo_status csv_rows_open(csv_rows *r, const tdo_table_request *request,
                                      const csv_limits *limits, tdo_error *err);

/* The next row that is not blank, or *more = false after the last. After a row of another length
 * than `columns` (TDO_E_INPUT with *more = true) the rows behind it can still be read.
 * Errors: TDO_E_INPUT (quotes, ragged rows, limits, and what csv_lines_next refuses), TDO_E_IO,
 * TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_rows_next(csv_rows *r, bool *more, tdo_error *err);

/* The 1-based byte column at which a field of the row in hand starts; 0 where its line is gone. */
unsigned csv_rows_column(const csv_rows *r, const csv_field *f);

void csv_rows_close(csv_rows *r);

/* ---- plain.c ---- */

/* Takes the next row as csv_rows_next does where it is one plain line that lies in the buffer and
 * has as many fields as it must. False: it is not, and nothing has happened. field must have room
 * for `columns`. */
bool csv_take_plain(csv_rows *r);

#endif
