/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the checker knows: the scenario in effect, and what its inputs measure. */
#ifndef TRADEOFF_REREAD_WORLD_H
#define TRADEOFF_REREAD_WORLD_H

#include "base/index.h"
#include "reread/number.h"
#include "reread/sheet.h"

enum { VERIFY_ROOMS = 4 };

typedef enum verify_policy {
    VERIFY_MISSING_ERROR,
    VERIFY_MISSING_DROP,
    VERIFY_MISSING_WORST
} verify_policy;

/* How the cells of a column are written. */
typedef struct verify_style {
    const char *as;   /* "plus-minus", "interval", "quantity"; NULL: plain numbers */
    const char *unit; /* that quantities are converted to */
    bool percent;
    char thousands;           /* '\0': none */
    bool comma;               /* is the decimal sign */
    const verify_node *marks; /* words for "not measured"; NULL: the known ones only */
} verify_style;

/* What is better. */
typedef enum verify_goal { VERIFY_MORE, VERIFY_LESS, VERIFY_NEARER } verify_goal;

typedef struct verify_criterion {
    const verify_node *node;
    const char *id, *label, *unit;
    verify_goal goal;
    double target;
    const char *column; /* NULL: one of those below */
    const verify_node *linear, *groups, *items, *levels;
    verify_style style;
    verify_policy missing;
    bool zero_is_missing, worst_counts; /* a split is as bad as its worst part */
    bool has_range;
    double worst, best; /* given */
    size_t n_value;
    double *value_x, *value_v;
    double indifference; /* -1: none */
} verify_criterion;

typedef struct verify_need {
    const verify_node *node;
    size_t criterion;
    bool has_min, has_max;
    double min, max;
} verify_need;

typedef struct verify_person {
    const verify_node *node; /* in the scenario */
    const char *id, *label;
    double power;   /* of all powers, which sum to 1 */
    double *weight; /* [d] sum 1 */
    size_t n_needs;
    verify_need *need;
} verify_person;

typedef struct verify_limit {
    const verify_node *node; /* in the scenario; of a veto the need */
    int criterion;           /* VERIFY_NONE: a column */
    const char *column;
    bool has_min, has_max;
    double min, max;
    const verify_node *equals, *in, *not_in;
    bool relative; /* to the incumbent, which always holds */
    double shown;  /* the level it must be shown at; 0: it need not */
    int veto;      /* whose, or VERIFY_NONE */
    /* of a column: */
    verify_number *x;  /* [n] NULL: none is asked for */
    verify_cell *word; /* [n] NULL: none is asked for */
    bool *words_hold;  /* [n] equals, in, not_in */
    bool *judged;      /* [n] it is shown to hold; NULL: the readings decide. And where not: */
    double *short_by, *shown_at;   /* [n] how far, and at which bound it would be; NaN: not known */
    const verify_node **judgement; /* [n] what the result says of it; NULL: nothing */
    double level;                  /* that each has to reach */
    bool partial; /* of some the last bounds that are shown are not known, as there are too many */
} verify_limit;

/* Several readings of one candidate and criterion. */
typedef struct verify_parts {
    size_t n;
    const char **name;
    double *value, *size; /* size: NULL: none is known */
} verify_parts;

/* A file that the result names, with its bytes. */
typedef struct verify_source {
    const verify_node *node;
    const char *role, *file;
    verify_cell bytes;
} verify_source;

typedef struct verify_world {
    verify_job *job;
    verify_node *scenario; /* in effect */
    verify_source *source; /* [n_sources] */
    size_t n_sources;
    size_t d, people, m, mix_m, sum_m;
    verify_criterion *criterion; /* [d] */
    verify_person *person;       /* [people] */
    verify_limit *limit;         /* [m] constraints with vetoes */
    verify_limit *mix_limit;     /* [mix_m] */
    verify_limit *sum_limit;     /* [sum_m] of a portfolio: bounds of sums */
    const char *rule;
    const verify_node *rule_options; /* its object; NULL: none */
    /* the candidates, in the file's order */
    size_t n, rows, kept_rows;
    const char **id;
    uint32_t *line;
    index_table ids;
    int incumbent;    /* VERIFY_NONE: none */
    verify_number *x; /* [d x n] readings; a policy's worst where assumed */
    bool *assumed;    /* [d x n] */
    /* [d x n] distances to targets, exact, rounded once, and the readings that they are of; NULL:
     * not found yet */
    double *distance, *distance_of;
    bool *dropped;         /* [n] */
    verify_parts **parts;  /* [d][n] NULL: it has no subgroups */
    verify_number ***term; /* [d] of a sum: [terms][n], where they are cells of its own */
    bool own_cells;        /* readings are cells of one candidate: no rows are averaged */
    mpq_t *room;           /* [VERIFY_ROOMS] for sums */
    double *row;           /* [d] room for one number of each criterion */
} verify_world;

/* Finds the distances, once for all that asks for them. */
bool verify_find_distances(verify_world *w);

/* The reading; of a target, its distance. */
double verify_measured(const verify_world *w, size_t c, size_t i);

static inline verify_number verify_reading(const verify_world *w, size_t c, size_t i)
{
    return w->x[c * w->n + i];
}

/* The number of a candidate, or VERIFY_NONE. */
int verify_find(const verify_world *w, const char *id);
int verify_find_criterion(const verify_world *w, const char *id);
int verify_find_person(const verify_world *w, const char *id);

/* The number of a bound: of a criterion with levels perhaps a word. c: NULL: of a column */
bool verify_bound(verify_job *j, const verify_criterion *c, const verify_node *node, double *out);

/* The scenario in effect, without what is measured. */
bool verify_read_setting(verify_world *w);

#endif
