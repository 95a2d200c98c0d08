/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CSV file as typed columns. Streams: memory is the cells and ids that are asked for. */
#ifndef TRADEOFF_TABLE_H
#define TRADEOFF_TABLE_H

#include "tradeoff/scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A reading is at most so large: differences, and sums of these, are doubles. */
#define TDO_READING_MOST 1e300

enum {
    TDO_MAX_COLUMNS = 1000,
    TDO_MAX_FIELD_BYTES = 32 << 10, /* of a cell or a column name */
    TDO_MAX_ROWS = 20000000
};
#define TDO_MAX_CSV_BYTES ((uint64_t)8 << 30)

/* A column that is wanted. The same column may be wanted as numbers and as words. */
typedef struct tdo_wanted {
    const char *column;
    bool words; /* false: numbers */
    tdo_reading_style style;
    tdo_place place;       /* where the scenario names it */
    const char *criterion; /* one that is nearly called so, and may be meant; NULL: none */
    bool located;          /* where its cells stand is kept, for messages that come later */
} tdo_wanted;

typedef struct tdo_column {
    double *number;           /* [n] NaN: a missing mark (the only NaN there is); NULL: read as
                                 words */
    double *rest;             /* [n] what a cell of more than 17 digits has beyond the decimal that
                                 number stands for (base/decimal.h); NULL: nothing */
    double *error;            /* [n] of cells "plus-minus": the standard error, NaN where number is;
                                 NULL: they are not read so */
    double *low, *high;       /* [n] of cells "interval": its ends, likewise */
    uint32_t *at;             /* [n] byte column at which a cell starts, 0: not known; NULL: not
                                 wanted to be located */
    uint32_t *at_line;        /* [n] its line, in a joined file; NULL: that of the row */
    const char *at_file;      /* that file; NULL: the table's own */
    bool shared;              /* of a joined file, of which several rows here have one row */
    uint32_t *word;           /* [n] index into words; NULL: read as numbers */
    const char *const *words; /* [n_words] the distinct words, in order of appearance */
    const bool *word_missing; /* [n_words] is this word a missing mark? */
    size_t n_words;
} tdo_column;

/* A file that was read beside the table's own. */
typedef struct tdo_joined_file {
    const char *file; /* from the current folder */
    const char *name; /* as the scenario names it */
    char sha256[65];
} tdo_joined_file;

typedef struct tdo_table {
    const char *file; /* from the current folder, for errors */
    const char
        *name; /* as the scenario names it, for results and warnings: the same in any folder */
    char sha256[65];
    size_t n;              /* rows kept */
    size_t rows;           /* data rows read */
    size_t where_dropped;  /* rows that the where conditions excluded */
    const char *const *id; /* [n_ids] unique, valid UTF-8, not empty; behind them [n_elsewhere] */
    size_t n_ids;
    size_t n_elsewhere;       /* ids of rows that other shards keep, where those are wanted */
    const uint32_t *owner;    /* [n] whose row it is, index into id; NULL: row i is that of id i */
    const uint32_t *line;     /* [n] physical line on which the row starts */
    const tdo_column *column; /* [n_wanted] parallel to what was wanted */
    const char *const *passed_over; /* [n_passed_over] different ids of rows that the where
                                       conditions excluded, where those are wanted */
    size_t n_passed_over;
    const tdo_joined_file *joined; /* [n_joined] in the order of the request */
    size_t n_joined;
} tdo_table;

/* What to read. */
typedef struct tdo_table_request {
    const char *file;              /* as the user named it, for errors */
    const char *name;              /* as the scenario names it, for warnings; NULL: as file */
    const char *path;              /* to open; "-": standard input */
    tdo_bytes text;                /* what is read instead; s NULL: the file */
    tdo_place place;               /* where the scenario names the file; {0}: nowhere */
    const char *const *id_columns; /* [n_id_columns] */
    size_t n_id_columns;
    tdo_place id_place;
    const tdo_wanted *wanted; /* [n_wanted] */
    size_t n_wanted;
    const tdo_join *join; /* [n_join] files whose columns are looked up for each row */
    size_t n_join;
    const tdo_condition *where; /* [n_where] on columns, also joined ones; rows that fail one are
                                   not looked at further */
    size_t n_where;
    const char *const *by; /* [n_by] rows with the same text in these columns are one id's; 0: every
                              row has an id of its own */
    size_t n_by;
    tdo_place by_place;
    const char *const *known; /* [n_known] any number of rows for each of these ids; rows of other
                                 ids are counted, warned of and not looked at further. NULL: ids are
                                 as the file says */
    size_t n_known;
    bool all_known;                 /* a row of another id is an error, */
    const char *const *passed_over; /* [n_passed_over] unless it is one of these */
    size_t n_passed_over;
    bool names_passed_over; /* ids of excluded rows are wanted */
    const char *known_from; /* the name of the file that they come from */
    size_t shard, shards;   /* of the data rows only shard, shard + shards, ... are kept; the others
                               are read and judged, but for the uniqueness of their ids. shards 0:
                               all are kept */
    bool names_elsewhere;   /* the ids of those others are wanted */
    char delimiter;         /* 0: found from the header, with a warning when it is not a comma */
    void (*progress)(void *user, uint64_t bytes, uint64_t total); /* NULL: none */
    void *progress_user;
} tdo_table_request;

/* Reads a CSV file strictly. Bad cells are collected in the report (located); what breaks the
 * table's shape ends the reading. Errors: TDO_E_INPUT, TDO_E_IO, TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_table_read(const tdo_table_request *request, tdo_arena *a,
                                               tdo_table *out, tdo_warnings *warnings,
                                               tdo_report *report);

/* Where a cell stands: the file and line, and its byte column where that is known (else 0). */
typedef struct tdo_cell_place {
    const char *file;
    unsigned line, column;
} tdo_cell_place;
TDO_API tdo_cell_place tdo_place_of_cell(const tdo_table *t, size_t column, size_t row);

/* Empty, NA, N/A, NaN, null, None, "-": what counts as "not measured". */
TDO_API bool tdo_is_missing_mark(const char *s, size_t length);

/* Does a cell's text match? A number compares as a number where the cell reads as one. */
TDO_API bool tdo_match_text(const tdo_match *m, const char *s, size_t length);

#ifdef __cplusplus
}
#endif

#endif
