/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table while it is read. */
#ifndef TRADEOFF_CSV_TABLE_H
#define TRADEOFF_CSV_TABLE_H

#include "base/index.h"
#include "csv/cell.h"
#include "csv/rows.h"
#include "terms/match.h"

/* The distinct words of a column. */
typedef struct csv_words {
    const char **word; /* [n] */
    bool *missing;     /* [n] */
    size_t n;
    index_table index;
} csv_words;

/* Bytes that grow as they are needed; free s. */
typedef struct csv_bytes {
    char *s;
    size_t used, room;
} csv_bytes;

enum { CSV_FEW = 5 };

/* The first few by bytes of many different names, for a warning: no order of rows decides. */
typedef struct csv_few {
    char *name[CSV_FEW];
    size_t n;     /* in name */
    size_t count; /* names added, the same one each time again */
    bool more;    /* there are others */
} csv_few;

/* The first cell of a column of those that are hardly meant as they are read. */
typedef struct csv_doubted {
    const char *text, *file;
    unsigned line;
} csv_doubted;

enum { CSV_REASONS = 4 }; /* why cells of one column are refused, each told once */

/* Cells of a column that are refused for the same reason: the first is reported, the others are
 * counted. */
typedef struct csv_alike {
    const char *why;
    unsigned line, column; /* of the first */
    size_t more;
} csv_alike;

/* Cells of a column that are no numbers. */
typedef struct csv_refused {
    size_t words;      /* those that begin with a letter */
    const char *first; /* the first of them, on this line: */
    unsigned line;
    csv_alike alike[CSV_REASONS];
    size_t reasons, reported;
} csv_refused;

/* A column whose points may part thousands. */
typedef struct csv_parted {
    bool bare; /* csv_style_is_bare */
    csv_points points;
    csv_doubted first;
} csv_parted;

/* The cells of a column that is read as percentages. */
typedef struct csv_percents {
    size_t signs;     /* cells with a percent sign */
    size_t fractions; /* cells without one, of at most 1 and not 0 */
    csv_doubted first;
} csv_percents;

/* What the cells of a column hold beside their numbers; each NULL where its form has no such thing.
 */
typedef struct csv_beside {
    double *rest, *error, *low, *high; /* [room] */
    uint32_t *at, *at_line;            /* [room] */
    bool any_rest;                     /* that is not 0 */
} csv_beside;

/* An id whose slot in the index is on its way from memory. */
typedef struct csv_waiting {
    uint32_t place, hash, line, column;
    size_t length;
} csv_waiting;

enum { CSV_WAITING = 16 };

typedef struct csv_joined csv_joined; /* join.h */

typedef struct csv_reading csv_reading;
struct csv_reading {
    const tdo_table_request *request;
    tdo_arena *arena;
    tdo_warnings *warnings;
    tdo_report *report;
    csv_rows rows;

    /* The header. Columns from `columns` on are those of the joined files. */
    const char **name; /* [columns] */
    size_t columns;
    index_table names;
    bool *keep;                          /* [columns] the fields that are looked at */
    size_t *id_at;                       /* [n_id_columns] column of each part of the id */
    size_t *by_at;                       /* [n_by] */
    size_t *wanted_at;                   /* [n_wanted] */
    size_t *where_at;                    /* [n_where] */
    tdo_reading_style *where_style;      /* [n_where] */
    terms_list *where_in, *where_not_in; /* [n_where] their words */
    size_t *nameless; /* [n_nameless] columns without a name: their cells must be empty */
    size_t n_nameless;
    csv_joined *join; /* [n_join] */
    size_t n_join;    /* opened so far */

    /* the rows kept */
    size_t n, room;
    size_t read;            /* data rows seen */
    size_t others;          /* rows that other shards keep */
    uint32_t *line;         /* [room] */
    uint32_t *owner;        /* [room] place of its id; NULL: place i */
    double **number;        /* [n_wanted][room], NULL for words */
    uint32_t **word;        /* [n_wanted][room], NULL for numbers */
    csv_beside *beside;     /* [n_wanted] */
    csv_words *words;       /* [n_wanted] */
    csv_percents *percents; /* [n_wanted] */
    csv_parted *parted;     /* [n_wanted] */

    /* their ids */
    const char **id; /* [room]; NULL where they are known before */
    size_t n_ids;
    index_table ids;
    csv_waiting waiting[CSV_WAITING]; /* [n_waiting] copied, but not in the index yet */
    size_t n_waiting;
    tdo_status (*settle)(csv_reading *); /* csv_settle_ids: who reports an error calls it first */
    tdo_status late;                     /* of such a call */
    const char **key; /* [room] what the rows of an id have in common; NULL: only the id */
    uint32_t *first;  /* [room] the first row of an id; NULL: the row of the same place */
    index_table keys;
    csv_bytes id_text, key_text; /* of several columns */
    csv_few unknown;             /* ids that are not among those known before */
    index_table passed;          /* ids of rows that were excluded, or that may be passed over */
    const char **passed_id;      /* [n_passed] of excluded ones */
    size_t n_passed;
    const char **elsewhere; /* [n_elsewhere] ids of rows that other shards keep */
    size_t n_elsewhere;
    csv_refused *refused;  /* [columns] */
    tdo_sink why;          /* room for why a cell is refused */
    unsigned header_again; /* the last line that is the header once more; 0: none */
    bool bad;              /* an error is in the report */
    bool header_told;      /* one of them is that the header is none */
};

/* Reads as tdo_table_read does, within other limits (for tests). */
TDO_MUST_USE tdo_status csv_table_read_within(const tdo_table_request *request,
                                              const csv_limits *limits, tdo_arena *a,
                                              tdo_table *out, tdo_warnings *warnings,
                                              tdo_report *report);

/* ---- absent.c ---- */

/* The files among which a column is looked for. */
typedef struct csv_scope {
    bool own;           /* the table's */
    size_t first, last; /* joins [first, last) */
} csv_scope;

/* Reports a column that is in no file of the scope; of a header that is none, the first only.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_report_absent(csv_reading *t, const char *column, csv_scope in,
                                          const tdo_place *place);

/* ---- header.c ---- */

/* Takes in the names of the columns from the row in hand.
 * Errors: TDO_E_INPUT (all are in the report), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_read_names(csv_reading *t);

/* Binds the columns that are asked for to those of the file and of the joined ones. Errors: the
 * same. */
TDO_MUST_USE tdo_status csv_bind_columns(csv_reading *t);

/* After a header that does not do, by its names or because others are asked for: says so where the
 * next row looks like one.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_doubt_header(csv_reading *t, bool bad_names);

/* Errors: TDO_E_INPUT (a nameless column of the row in hand is not empty), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_check_nameless(csv_reading *t);

/* ---- row.c ---- */

/* Takes in the row in hand. What is wrong with its cells goes to the report.
 * Errors: TDO_E_INPUT (a nameless column that is not empty, too many rows), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_read_row(csv_reading *t);

/* ---- doubts.c ---- */

/* A number of a column of percentages. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_percent_seen(csv_reading *t, size_t k, const char *s, size_t length,
                                         double x);

/* The first cell of a column that may have points for thousands. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_parted_seen(csv_reading *t, size_t k, const char *s, size_t length);

/* Warns of such columns. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_parted_warn(csv_reading *t);

/* Warns of fractions among them. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_percents_warn(csv_reading *t);

/* ---- id.c ---- */

/* The text of several columns of the row in hand. */
typedef struct csv_key_text {
    const char *s; /* not NUL-terminated; valid until the next row */
    size_t length;
    bool blank;    /* a part of it is */
    bool good;     /* false: a part was refused, and reported */
    uint32_t hash; /* of an id */
} csv_key_text;

/* What stands between the parts of a key: a byte that no part may hold. */
#define CSV_KEY_SEPARATOR "\x1F"

/* Of which columns a key is made. */
typedef struct csv_key_parts {
    const size_t *column; /* [n] */
    size_t n;
    const char *separator;
    const char *what; /* for messages: "a control character in the WHAT" */
} csv_key_parts;

/* Joins their cells. Parts with control characters are refused. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_make_key(csv_reading *t, csv_key_parts of, csv_bytes *room,
                                     csv_key_text *out);

/* Before the first row. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_ids_start(csv_reading *t);

/* The id of the row in hand. Where ids are known before and this one is not, *wanted is false, and
 * the row is not to be kept. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_make_id(csv_reading *t, csv_key_text *id, bool *wanted);

/* Notes the id of an excluded row. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_pass_over(csv_reading *t);

/* Notes the id of a row that another shard keeps. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_leave_id(csv_reading *t, const csv_key_text *id);

/* Gives row t->n, which must have room, to its id, good or not. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_take_id(csv_reading *t, const csv_key_text *id);

/* Puts the ids that wait into the index, and reports those that are there. What is reported of
 * later rows comes after. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_settle_ids(csv_reading *t);

/* Warns of ids that are not among those known before. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_ids_warn(csv_reading *t);

/* ---- report.c ---- */

/* Adds an error at a field of the row in hand to the report. */
void csv_report_cell(csv_reading *t, const csv_field *f, const char *text);

/* The same at a place of the file; column 0: not known. */
void csv_report_at(csv_reading *t, unsigned line, unsigned column, const char *text);

/* The same at a line of the file. */
void csv_report_line(csv_reading *t, unsigned line, const char *text);

/* The same at a place of the scenario, or of the header where that is not known. */
void csv_report_place(csv_reading *t, const tdo_place *place, const char *text);

/* The same at a cell of the row in hand, in whichever file it is: column "cost": WHAT.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_report_column(csv_reading *t, size_t column, const char *what);

/* The same about a cell that is no number. */
TDO_MUST_USE tdo_status csv_report_number(csv_reading *t, size_t column,
                                          const tdo_reading_style *style);

/* Where every cell of a column that is read as numbers holds a word, the column is wrong, not the
 * cells: one error where the scenario names it takes the place of theirs. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_report_worded(csv_reading *t);
/* Says of each refused cell how many more of its column are refused for the same reason. */
void csv_report_alike(csv_reading *t);

/* Reports what was collected. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_report_text(csv_reading *t, const csv_field *f, const tdo_sink *text);

/* Reports that memory is out. */
TDO_MUST_USE tdo_status csv_report_memory(csv_reading *t);

/* Errors beyond those that are shown are only counted: their words would cost, and go nowhere. */
bool csv_only_counted(csv_reading *t);

/* What warnings and results call the file: the same in any folder. */
const char *csv_name(const tdo_table_request *q);

/* Adds an error to the report. */
void csv_report_error(csv_reading *t, const tdo_error *e);

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status csv_few_add(csv_few *f, tdo_arena *a, const char *s, size_t length);

/* "a", "b" and others. */
void csv_few_put(const csv_few *f, tdo_sink *o);

#endif
