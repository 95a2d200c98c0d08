/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A starter scenario for a CSV file: it runs as it is, and what it rests on is guessed. Each guess
 * is listed, for a person to check. */
#ifndef TRADEOFF_STARTER_H
#define TRADEOFF_STARTER_H

#include "tradeoff/profile.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    TDO_STARTER_CRITERIA = 6, /* at most */
    TDO_STARTER_KEYS = 3,     /* columns of an id, at most */
    TDO_STARTER_WHERE = 8,    /* conditions, at most */
    TDO_STARTER_PEOPLE = 2
};

typedef struct tdo_starter_criterion {
    const char *id; /* from the name of the column; unique */
    const char *label;
    const char *unit; /* "": none */
    size_t column;    /* of the profile */
    tdo_goal goal;
    double target;
    tdo_topic about;
    bool has_range;
    double worst, best;   /* as in the scenario: distances, where the goal is a target */
    size_t se;            /* column of its standard error; TDO_NONE */
    const char *no_error; /* why what stands beside the numbers in the cells is no standard error,
                             by the header: "se" is 0; NULL: nothing says so */
    bool zero_is_missing;
    bool grouped; /* measured in subgroups, in the same file */
    tdo_take take;
    const char *reading; /* how its cells are read, where that was guessed; "": as plain numbers */
} tdo_starter_criterion;

/* Which rows are candidates. One of the parts holds. */
typedef struct tdo_starter_condition {
    size_t column;
    const char *equals;        /* NULL: none */
    const char *const *not_in; /* [n_not_in] */
    size_t n_not_in;           /* 0: none */
    bool present;              /* must not be missing */
    bool has_min;
    double min;
} tdo_starter_condition;

typedef struct tdo_starter_person {
    const char *id, *label;
    double weight[TDO_STARTER_CRITERIA]; /* 0: not named */
} tdo_starter_person;

/* One thing to check. */
typedef struct tdo_guess {
    const char *path; /* where it stands in the scenario: "criteria.cost"; NULL: it is about what
                         was left out */
    const char *text; /* one sentence, no final stop */
} tdo_guess;

typedef struct tdo_starter {
    const tdo_profile *profile;
    const char *file; /* the CSV file, as the scenario is to name it */
    const char *title;
    size_t id[TDO_STARTER_KEYS];
    size_t n_id;
    bool averaged; /* rows with the same id are one candidate: their means are measured */
    bool average_se;
    size_t group, size; /* columns of the subgroups and their sizes; TDO_NONE */
    tdo_starter_condition where[TDO_STARTER_WHERE];
    size_t n_where;
    tdo_missing missing;
    tdo_starter_criterion criterion[TDO_STARTER_CRITERIA];
    size_t n_criteria;
    tdo_starter_person person[TDO_STARTER_PEOPLE];
    const tdo_guess *guess; /* [n_guesses] */
    size_t n_guesses;
    const char *unread; /* columns that seem measured and do not read, each with why; "": none */
    const char *unused; /* the names of others that are not used; "": none */
} tdo_starter;

/* Makes a starter from a profile. file: as the scenario is to name the CSV file.
 * Errors: TDO_E_INPUT (located in the CSV file: what has to be decided first), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_starter_make(const tdo_profile *p, const char *file,
                                                 tdo_arena *a, tdo_starter *out, tdo_error *err);

/* Reads the file (path, to open) as a run of the scenario would, so that what it would refuse is
 * known before the scenario is written.
 * Errors: TDO_E_INPUT (all are in the report), TDO_E_IO, TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_starter_check(const tdo_starter *s, const char *path,
                                                  tdo_arena *a, tdo_report *report);

#ifdef __cplusplus
}
#endif

#endif
