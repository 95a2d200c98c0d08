/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A profile while it is made. */
#ifndef TRADEOFF_INSPECT_PROFILE_PARTS_H
#define TRADEOFF_INSPECT_PROFILE_PARTS_H

#include "csv/cell.h"
#include "csv/rows.h"
#include "tradeoff/profile.h"

/* ---- profile_cells.c ---- */

/* What a cell is but for formed ones, and its number where it reads as one. *separator: that of the
 * thousands in this column, found at the first cell that has one (NUL: none so far). */
tdo_cell_class profile_classify(const char *s, size_t length, char *separator, double *number,
                                bool *percent);

/* ---- profile_forms.c: cells with an error, an interval or a unit ---- */

typedef struct profile_numbers {
    size_t n, zeros, negatives, integers;
    double min, max; /* not set while n is 0 */
} profile_numbers;

void profile_count(profile_numbers *p, double x);

/* ---- profile_commas.c: decimal commas; profile_forms.c: cells with a form ---- */

typedef struct profile_commas {
    profile_numbers grouped; /* cells with separators, which part thousands */
    profile_numbers decimal; /* cells with a decimal comma, and 1,013 as 1.013 */
    csv_points points;       /* do commas part thousands? */
    bool parts;              /* points part thousands in some cell: 1.200,50 */
    bool pointed;            /* some number has a decimal point */
    bool certain;            /* some cell's separators can only part thousands */
} profile_commas;

/* Takes in a cell that is a number of some kind; what to set in the hash of its text. */
uint64_t profile_comma_take(profile_commas *k, tdo_cell_class is, const char *s, size_t length,
                            double x);

/* Settles whether commas are decimal signs, and adds their cells to the plain numbers. commas:
 * semicolons between the columns, or decimal commas in another one, speak for it. */
void profile_comma_settle(tdo_profiled *c, const profile_commas *k, bool commas,
                          profile_numbers *plain);

/* Sampled numbers of the column, each `step` from the next, as it is now known to be read. */
void profile_comma_correct(const tdo_profiled *c, double *number, const uint64_t *text, size_t rows,
                           size_t step);

/* The cells of a column that read in the form of the first of them. */
typedef struct profile_form {
    const char *column;      /* its name */
    bool commas;             /* a comma is a decimal sign before it is one of thousands */
    bool pointed;            /* a point was read as a decimal point */
    tdo_reading_style style; /* as: TDO_CELLS_PLAIN while there was none */
    profile_numbers numbers;
} profile_form;

/* Is the cell a formed one? *number: what it reads as, NaN where its form or unit is another one
 * than that of the column. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status profile_form_take(profile_form *f, tdo_arena *a, const char *s,
                                          size_t length, double *number, bool *yes);

/* Settles in which style a column is read, and counts its numbers. False: its formed cells do not
 * read after all. plain: those of its plain numbers. */
bool profile_form_settle(tdo_profiled *c, const profile_form *f, const profile_numbers *plain,
                         size_t rows);

/* Sampled formed cells of such a column, each `step` from the next, are no numbers. */
void profile_form_forget(double *number, const uint64_t *text, size_t rows, size_t step);

/* ---- profile_distinct.c: how many different texts, and which ---- */

typedef struct profile_distinct {
    uint64_t *slot; /* [room] hashes; 0: free */
    size_t room, n;
    bool more; /* the limit was reached: not counted any further */
    bool repeats;
    tdo_tally *word;     /* [n_words] in the arena */
    uint64_t *word_hash; /* [n_words] */
    size_t n_words;
    bool many; /* more words, or longer ones, than are kept */
} profile_distinct;

/* Set in the hash of a text that is a formed cell; one such as 1,013, which reads either way; one
 * with a decimal comma. */
#define PROFILE_FORMED UINT64_C(1)
#define PROFILE_PARTED UINT64_C(2)
#define PROFILE_COMMA  UINT64_C(4)
#define PROFILE_FLAGS  UINT64_C(7)

/* Not 0. Two texts with the same hash count as one: among a million that happens once in
 * 30 million files. */
uint64_t profile_text_hash(const char *s, size_t length);

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status profile_distinct_add(profile_distinct *d, tdo_arena *a, size_t limit,
                                             const char *s, size_t length, uint64_t hash);
void profile_distinct_free(profile_distinct *d);

/* ---- profile_sample.c: rows kept, and medians ---- */

typedef struct profile_sample {
    double *number; /* [room x columns] */
    uint64_t *text; /* [room x columns] */
    unsigned *line; /* [room] */
    size_t columns, rows, room;
    size_t most; /* rows that may be kept */
    size_t seen; /* rows so far */
    uint64_t random;
} profile_sample;

profile_sample profile_sample_start(size_t columns);

/* The place of the next row in the sample; TDO_NONE in *place where it is not to be kept.
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status profile_sample_next(profile_sample *s, tdo_arena *a, size_t *place);

/* The median of each column's numbers in the sample; NaN: it has none. out: [columns].
 * Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status profile_sample_medians(const profile_sample *s, tdo_arena *a, double *out);

/* ---- profile_kinds.c ---- */

/* What each column is, from its cells and its name. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status profile_find_kinds(tdo_profile *p, tdo_arena *a);

/* ---- profile_notes.c ---- */

/* What the header and the lengths of the rows gave, from profile.c to the notes. */
typedef struct profile_header_facts {
    const csv_field *field;        /* [n_columns] */
    const unsigned *byte_column;   /* [n_columns] their byte columns; 0: not known */
    const size_t *same;            /* [n_columns] the earlier column of that name; TDO_NONE */
    const size_t *stray;           /* [n_columns] cells that cannot stand under no name */
    const unsigned *stray_line;    /* [n_columns] of the first of them */
    const tdo_cell_class *first;   /* [n_columns] what the cells of the first row are */
    const char *const *first_text; /* [n_columns] */
    unsigned first_line;
    bool sep_line;
    unsigned ragged_line; /* of the first ragged row */
    size_t ragged_fields; /* that it has */
} profile_header_facts;

/* ---- profile_header.c, profile_notes.c ---- */

/* Why the first line is hardly a header, or not all of it, and a code for that; NULL: it is one. */
const char *profile_header_doubt(const tdo_profile *p, const profile_header_facts *h,
                                 const char **code);

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status profile_find_notes(tdo_profile *p, const profile_header_facts *h,
                                           tdo_arena *a);

#endif
