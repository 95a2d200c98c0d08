/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table while it is read. */
#ifndef TRADEOFF_INPUT_CSV_TABLE_H
#define TRADEOFF_INPUT_CSV_TABLE_H

#include "input/csv_index.h"
#include "input/csv_rows.h"

/* The distinct words of a column. */
typedef struct tdo_words {
    const char **word; /* [n] */
    bool *missing;     /* [n] */
    size_t n, room;
    tdo_index index;
} tdo_words;

typedef struct tdo_reading {
    const tdo_table_request *request;
    tdo_arena *arena;
    tdo_warnings *warnings;
    tdo_report *report;
    tdo_rows rows;

    /* the header */
    const char **name;  /* [columns] */
    size_t columns;
    tdo_index names;
    bool *keep;         /* [columns] the fields that are looked at */
    size_t *id_at;      /* [n_id_columns] column of each part of the id */
    size_t *wanted_at;  /* [n_wanted] */
    size_t *where_at;   /* [n_where] */
    tdo_reading_style *where_style; /* [n_where] */
    size_t *nameless;   /* [n_nameless] columns without a name: their cells must be empty */
    size_t n_nameless;

    /* the rows kept */
    size_t n, room;
    size_t read;         /* data rows seen */
    const char **id;     /* [room] */
    uint32_t *line;      /* [room] */
    double **number;     /* [n_wanted][room], NULL for words */
    uint32_t **word;     /* [n_wanted][room], NULL for numbers */
    tdo_words *words;    /* [n_wanted] */
    tdo_index ids;
    char *joined;        /* an id of several columns */
    size_t joined_room;
    bool bad;            /* an error is in the report */
} tdo_reading;

/* Reads as tdo_table_read does, with other limits (for tests), and all rows through libcsv where
 * direct is false. */
TDO_MUST_USE tdo_status tdo_table_read_within(const tdo_table_request *request,
                                              const tdo_limits *limits, bool direct, tdo_arena *a,
                                              tdo_table *out, tdo_warnings *warnings,
                                              tdo_report *report);

/* Binds the columns that are asked for to those of the header, which is the row in hand.
 * Errors: TDO_E_INPUT (all are in the report), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_read_header(tdo_reading *t);

/* Takes in the row in hand. What is wrong with its cells goes to the report.
 * Errors: TDO_E_INPUT (a nameless column that is not empty, too many rows), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_read_row(tdo_reading *t);

/* Adds an error at a field of the row in hand to the report. */
void tdo_report_cell(tdo_reading *t, const tdo_field *f, const char *text);

/* The same at a place of the scenario, or of the header where that is not known. */
void tdo_report_place(tdo_reading *t, const tdo_place *place, const char *text);

/* Reports that memory is out. */
TDO_MUST_USE tdo_status tdo_report_memory(tdo_reading *t);

#endif
