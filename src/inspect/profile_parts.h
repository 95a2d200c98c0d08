/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile while it is made. */
#ifndef TRADEOFF_INSPECT_PROFILE_PARTS_H
#define TRADEOFF_INSPECT_PROFILE_PARTS_H

#include "csv/rows.h"
#include "tradeoff/profile.h"

/* ---- profile_cells.c ---- */

/* What a cell is, and its number where it reads as one. *separator: that of the thousands in this
 * column, found at the first cell that has one (NUL: none so far). */
tdo_cell_class tdo_classify(const char *s, size_t length, char *separator, double *number,
                            bool *percent);

/* ---- profile_distinct.c: how many different texts, and which ---- */

typedef struct tdo_distinct {
    uint64_t *slot;      /* [room] hashes; 0: free */
    size_t room, n;
    bool more;           /* the limit was reached: not counted any further */
    bool repeats;
    tdo_tally *word;     /* [n_words] in the arena */
    uint64_t *word_hash; /* [n_words] */
    size_t n_words;
    bool many;           /* more words, or longer ones, than are kept */
} tdo_distinct;

/* Not 0. Two texts with the same hash count as one: among a million that happens once in
 * 30 million files. */
uint64_t tdo_text_hash(const char *s, size_t length);

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_distinct_add(tdo_distinct *d, tdo_arena *a, size_t limit, const char *s,
                                         size_t length, uint64_t hash);
void tdo_distinct_free(tdo_distinct *d);

/* ---- profile_sample.c: rows kept, and medians ---- */

typedef struct tdo_sample {
    double *number;  /* [room x columns] */
    uint64_t *text;  /* [room x columns] */
    unsigned *line;  /* [room] */
    size_t columns, rows, room;
    size_t most;     /* rows that may be kept */
    size_t seen;     /* rows so far */
    uint64_t random;
} tdo_sample;

tdo_sample tdo_sample_start(size_t columns);

/* The place of the next row in the sample; TDO_NONE in *place where it is not to be kept.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_sample_next(tdo_sample *s, tdo_arena *a, size_t *place);

/* The median of each column's numbers in the sample; NaN: it has none. out: [columns].
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_sample_medians(const tdo_sample *s, tdo_arena *a, double *out);

/* ---- profile_kinds.c ---- */

/* What each column is, from its cells and its name. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_find_kinds(tdo_profile *p, tdo_arena *a);

/* ---- profile_notes.c ---- */

/* What the header and the lengths of the rows gave, from profile.c to the notes. */
typedef struct tdo_header_facts {
    const tdo_field *field;   /* [n_columns] */
    const unsigned *at;       /* [n_columns] their byte columns; 0: not known */
    const size_t *same;       /* [n_columns] the earlier column of that name; TDO_NONE */
    const size_t *stray;      /* [n_columns] cells that cannot stand under no name */
    const unsigned *stray_line; /* [n_columns] of the first of them */
    bool sep_line;
    unsigned ragged_line;     /* of the first ragged row */
    size_t ragged_fields;     /* that it has */
} tdo_header_facts;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_find_notes(tdo_profile *p, const tdo_header_facts *h, tdo_arena *a);

#endif
