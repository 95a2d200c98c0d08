/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a part holds, as a file or on its way there. */
#ifndef TRADEOFF_PARTS_DOCUMENT_H
#define TRADEOFF_PARTS_DOCUMENT_H

#include "tradeoff/parts.h"
#include "json/json.h"

/* What a pass is to find. Ranges: who holds the ends of ranges, the incumbent, whoever is named.
 * Values: who is on the frontier, who holds a best or a least utility. Counts: the rest. */
typedef enum parts_pass { PARTS_RANGES, PARTS_VALUES, PARTS_COUNTS, PARTS_PASSES } parts_pass;

/* "ranges", "values", "counts". */
extern const char *const parts_pass_name[PARTS_PASSES];

/* A column of a table: what it is asked for. */
typedef struct parts_head {
    const char *column;
    bool words; /* false: numbers */
} parts_head;

/* Rows of a table that was read. Of the candidates' own table ids are those of its rows; of the
 * others (subgroups, items) owner says whose row it is among them. */
typedef struct parts_rows {
    const parts_head *head; /* [n_columns] */
    size_t n_columns;
    tdo_table t; /* lines ascend; of columns only what rows.c keeps */
} parts_rows;

/* Rows of all tables of a scenario: the candidates, then the subgroups, then the items. */
typedef struct parts_tables {
    parts_rows *of; /* [n] */
    size_t n;
    size_t n_groups; /* of[1] .. of[n_groups] */
} parts_tables;

/* What is added up over shards. */
typedef struct parts_counts {
    size_t candidates, measured; /* measured: not dropped */
    bool screened;               /* the rest holds: from the values on */
    size_t feasible;
    size_t n_limits;          /* constraints */
    size_t *excludes, *alone; /* [n_limits] as in tdo_screened */
} parts_counts;

typedef struct parts_document {
    const char *file; /* it was read from; NULL: it was not */
    json_spot held_at;
    parts_pass pass;
    bool merged; /* all shards are there, and the next pass may begin */
    size_t shards;
    const size_t *held; /* [n_held] ascending */
    size_t n_held;
    const char *after;    /* the SHA-256 of what the pass before was merged to; NULL: it is first */
    const char *scenario; /* its last name */
    tdo_bytes text;       /* of the scenario */
    const char *sha256;   /* of that */
    const char *const *set;
    const char *const *limit;
    size_t n_set, n_limit;
    const char *rule;      /* --rule; NULL: none */
    tdo_warnings warnings; /* of reading */
    parts_counts counts;
    const char *const *id; /* [n_id] of all candidates, in the first pass, by their bytes */
    size_t n_id;
    parts_tables tables;
} parts_document;

/* read.c. sha256: of the file's bytes; NULL: not asked for.
 * Errors: TDO_E_INPUT (located), TDO_E_IO, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status parts_read(const char *file, tdo_arena *a, parts_document *out,
                                   char sha256[65], tdo_error *err);

/* read_rows.c. Errors: TDO_E_INPUT, TDO_E_MEMORY. */
struct json_tree;
TDO_MUST_USE tdo_status parts_read_tables(struct json_tree *t, const tdo_node *list,
                                          parts_tables *out);

/* write.c. Errors: TDO_E_MEMORY, TDO_E_IO. */
TDO_MUST_USE tdo_status parts_write(const parts_document *d, tdo_sink *o);

/* read.c: the overrides that it was made with, to be run again. */
tdo_overrides parts_overrides(const parts_document *d);

/* ---- same.c ---- */

/* Are they of the same scenario, with the same overrides? */
bool parts_ask_the_same(const parts_document *a, const parts_document *b);

/* Were they read from the same files, in the same way? */
bool parts_agree(const parts_tables *a, const parts_tables *b);

/* ---- rows.c ---- */

/* [n] by their bytes. NULL: out of memory. */
const char *const *parts_sort_ids(const char *const *id, size_t n, tdo_arena *a);

/* The rows of candidates whose `keep` is set, of all tables. keep: [n_ids of the first table].
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status parts_select_rows(const parts_tables *from, const bool *keep, tdo_arena *a,
                                          parts_tables *out);

/* The rows that any of n has, each once, by their lines. Tables must agree (parts_agree).
 * Errors: TDO_E_INPUT (an id on two lines), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status parts_join_rows(const parts_tables *from, size_t n, tdo_arena *a,
                                        parts_tables *out, tdo_error *err);

/* ---- stand_in.c: rows in the place of files ---- */

/* The tables of a run as rows; its side tables only as far as they are of its candidates.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status parts_rows_of(const tdo_run *run, parts_tables *out);

/* The rows as the tables of a run, which asks for the columns that they have.
 * Errors: TDO_E_INPUT (it asks for others), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status parts_stand_in(const parts_tables *rows, tdo_run *run, tdo_error *err);

/* ---- hold.c: who holds what ---- */

/* The pass that a scenario begins with. */
parts_pass parts_first_pass(const tdo_scenario *s);

/* Sets keep[i] of candidates who hold what the pass is to find, or one before it. keep: [n], false.
 */
void parts_keep_holders(const tdo_run *run, parts_pass pass, bool *keep);

/* Counts the candidates whose own[i] is set. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status parts_count(const tdo_run *run, parts_pass pass, const bool *own,
                                    tdo_arena *a, parts_counts *out);

#endif
