/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of a file, and every reading that is taken from it. */
#ifndef TRADEOFF_WEIGHTS_CHOICE_EDITS_H
#define TRADEOFF_WEIGHTS_CHOICE_EDITS_H

#include "tradeoff/choice.h"

#include <stddef.h>
#include <string.h>

/* A criterion that reads the cell. */
typedef struct choice_reader {
    size_t c;
    const tdo_criterion *criterion;
    bool weighed;     /* it counts for the group, under the rule that is asked */
    size_t place;     /* of subgroups: the cell's place among all of them; else TDO_NONE */
    double reading;   /* now */
    double others[2]; /* the worst and best reading of all others who are measured; NaN: none */
    bool moves;       /* its observed range moves with the cell, or may */
} choice_reader;

typedef struct choice_edit {
    const tdo_case *k;
    tdo_rule rule;
    uint32_t slot;
    const char *column;
    const double *number; /* [n] the column; NULL: of words, or of subgroups */
    const char *group;    /* the subgroup; NULL: none */
    double from;          /* what it reads now */
    double up;            /* 1: the candidate improves as it grows; -1 */
    double turn;          /* beyond it the candidate gets worse again; NaN: nowhere */
    double span;          /* what a whole range of the first weighed criterion is in the cell */
    bool signless;        /* neither this column nor a sum of it knows numbers below 0 */
    size_t n;
    size_t first; /* of them that is weighed; where none is: whose limit keeps the slot out */
    double *room; /* [n_room] for the subgroups that a reader takes; NULL: there are none */
    size_t n_room;
    bool before;                            /* an earlier criterion has found it */
    choice_reader reader[TDO_MAX_CRITERIA]; /* [n] in the scenario's order; the rest is not set */
} choice_edit;

/* A walk over the cells of a candidate. */
typedef struct choice_walk {
    const tdo_case *k;
    tdo_rule rule;
    uint32_t slot;
    size_t next;        /* 0 at first */
    double *steps;      /* lessened by the looks at candidates */
    tdo_arena *scratch; /* for room */
    bool passed_over;   /* some cell was */
} choice_walk;

/* All but the readers is 0. */
static inline void choice_start_edit(const choice_walk *w, choice_edit *out)
{
    memset(out, 0, offsetof(choice_edit, reader));
    out->k = w->k;
    out->rule = w->rule;
    out->slot = w->slot;
}

/* The cells that stand for themselves and count under the rule, or are kept out by a limit on what
 * reads them: each once, with all that read it.
 * *more false: no other one. A cell is passed over where its readers pull in different directions,
 * or where more than readings and limits hang on it. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_next_edit(choice_walk *w, choice_edit *out, bool *more);

/* What a reader would read, exact and rounded once; NaN: nothing. */
double choice_read_edit(const choice_edit *x, const choice_reader *r, double cell, double *rest);

/* A reader with the cell at some number: its reading (NaN: nothing) and its range. */
typedef struct choice_view {
    double reading, worst, best;
} choice_view;

choice_view choice_look(const choice_edit *x, const choice_reader *r, double cell);

/* The constraints that the slot breaks all the same (what if it broke none): bit j is j's. */
static inline uint64_t choice_broken(const tdo_case *k, uint32_t slot)
{
    return k->f->broken ? k->f->broken[k->f->feasible[slot]] : 0;
}
/* Is one of them on a column that is no criterion's? Its cells are not tried. */
bool choice_columns_keep_out(const tdo_case *k, uint32_t slot);
/* Are all that it breaks on what reads the cell? */
bool choice_reads_broken(const choice_edit *x);
/* Where all that it breaks begin to hold as the cell improves, up to end; NaN: nowhere, or they
 * hang on more than this cell. */
double choice_find_entry(const choice_edit *x, double end, double *steps);
/* Would all limits on what reads the cell, and on its column, hold? Are there any? */
bool choice_is_allowed(const choice_edit *x, double cell);
bool choice_is_limited(const choice_edit *x);
/* The largest part of a range that one of its readings moves by. */
double choice_share_of(const choice_edit *x, double to);

/* ---- what makes somebody first ---- */

/* A rule that is asked with a cell at some number. */
typedef struct choice_probe {
    tdo_rule rule;
    void *user;
    /* Quick, and right but for what is within rounding of a tie. */
    bool (*is_first)(void *user, const choice_edit *x, double cell);
    bool (*is_surely)(void *user, const choice_edit *x, double cell); /* NULL: that is */
    bool (*is_tied)(void *user, const choice_edit *x, double cell); /* another one is first, too */
    /* The numbers strictly between two of the cell, from a towards b, between which the answer
     * changes at most once, from no to yes; the cell turns at none of them. TDO_NONE: too much
     * work. NULL: there are none. */
    size_t (*changes)(void *user, const choice_edit *x, double a, double b, const double **out);
} choice_probe;

/* tdo_find_improvement under the rule of a probe; the weighted one is not asked. */
TDO_MUST_USE tdo_status choice_improve(const tdo_case *k, const choice_probe *probe, uint32_t slot,
                                       tdo_arena *scratch, double *steps, tdo_improvement *out);

/* ---- under `weighted` ---- */

/* Among whom the best rival of any candidate is, whatever range an edit of its cell moves. */
typedef struct choice_rivals {
    const uint32_t *slot; /* [n]; NULL: all */
    size_t n;
} choice_rivals;

enum { CHOICE_FEW = 5000 }; /* to look at all of so many is less work than to find out whom */

/* All, of a few candidates. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_find_rivals(const tdo_case *k, size_t few, tdo_arena *a,
                                           choice_rivals *out);
/* tdo_find_improvement, the rivals being known. */
TDO_MUST_USE tdo_status choice_improve_weighted(const tdo_case *k, const choice_rivals *among,
                                                uint32_t slot, tdo_arena *scratch, double *steps,
                                                tdo_improvement *out);

#endif
