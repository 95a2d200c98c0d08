/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of a file, and every reading that is taken from it. */
#ifndef TRADEOFF_WEIGHTS_CHOICE_EDITS_H
#define TRADEOFF_WEIGHTS_CHOICE_EDITS_H

#include "tradeoff/choice.h"

/* A criterion that reads the cell. */
typedef struct choice_reader {
    size_t c;
    const tdo_criterion *of;
    bool weighed;     /* it counts for the group */
    size_t at;        /* of subgroups: the cell's place among all of them; else TDO_NONE */
    double reading;   /* now */
    double others[2]; /* the worst and best reading of all others who are measured; NaN: none */
    bool moves;       /* its observed range moves with the cell, or may */
} choice_reader;

typedef struct choice_edit {
    const tdo_case *k;
    uint32_t slot;
    const char *column;
    const double *number; /* [n] the column; NULL: of words, or of subgroups */
    const char *group;    /* the subgroup; NULL: none */
    double from;          /* what it reads now */
    double up;            /* 1: the candidate improves as it grows; -1 */
    double turn;          /* beyond it the candidate gets worse again; NaN: nowhere */
    double span;          /* what a whole range of the first weighed criterion is in the cell */
    bool signless;        /* neither this column nor a sum of it knows numbers below 0 */
    choice_reader reader[TDO_MAX_CRITERIA]; /* [n] in the scenario's order */
    size_t n;
    size_t first; /* of them that is weighed */
    double *room; /* [n_room] for the subgroups that a reader takes; NULL: there are none */
    size_t n_room;
} choice_edit;

/* A walk over the cells of a candidate. */
typedef struct choice_walk {
    const tdo_case *k;
    uint32_t slot;
    size_t next;        /* 0 at first */
    double *steps;      /* lessened by the looks at candidates */
    tdo_arena *scratch; /* for room */
} choice_walk;

/* The cells that stand for themselves: each once, with all that read it. *more false: no other one.
 * A cell is passed over where its readers pull in different directions, or where more than readings
 * and limits hang on it. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status choice_next_edit(choice_walk *w, choice_edit *out, bool *more);

/* What a reader would read, exact and rounded once; NaN: nothing. */
double choice_read_edit(const choice_edit *x, const choice_reader *r, double cell, double *rest);

#endif
