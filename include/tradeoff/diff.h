/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed between two results, and why the recommendation did. Facts only: where several
 * things differ at once, it says which, and not how much each of them had to do with it. */
#ifndef TRADEOFF_DIFF_H
#define TRADEOFF_DIFF_H

#include "tradeoff/output.h"
#include "tradeoff/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a recommendation rests on. */
typedef enum tdo_area {
    TDO_AREA_DATA,         /* what was measured of those that are in both */
    TDO_AREA_CANDIDATES,   /* who is a candidate at all */
    TDO_AREA_CRITERIA,     /* what is measured, which direction is good, and how much it is worth */
    TDO_AREA_STAKEHOLDERS, /* who has a say */
    TDO_AREA_WEIGHTS,
    TDO_AREA_POWERS,
    TDO_AREA_LIMITS, /* constraints and vetoes */
    TDO_AREA_RULE,
    TDO_AREA_OTHER, /* words and needs, the mix: nothing that a recommendation rests on */
    TDO_AREAS
} tdo_area;

/* "data", "candidates", ...; in the order of the enum. */
TDO_API extern const char *const tdo_area_name[TDO_AREAS];

/* An input file; was or is is NULL where only the other result has it. */
typedef struct tdo_diff_file {
    const tdo_result_file *was, *is;
    bool same; /* the same bytes */
} tdo_diff_file;

/* A value of the scenario. */
typedef struct tdo_diff_setting {
    tdo_area area;
    const char *path;                /* "criteria.latency.range" */
    const struct tdo_node *was, *is; /* NULL: not set */
} tdo_diff_setting;

/* A constraint that was added (was is NULL), removed (is is NULL) or moved, or that has another
 * owner, reason, or number of candidates that it excludes. */
typedef struct tdo_diff_limit {
    const tdo_result_limit *was, *is;
    bool moved; /* the condition is another one; false where added or removed */
} tdo_diff_limit;

/* A stakeholder that was added, removed, or whose weights, power or choice changed. */
typedef struct tdo_diff_person {
    const tdo_result_person *was, *is;
    bool weights, power, choice; /* which of them changed; false where added or removed */
} tdo_diff_person;

/* A criterion that was added, removed, or whose measurements with the values 0 and 1 moved. */
typedef struct tdo_diff_criterion {
    const tdo_criterion *was, *is;
} tdo_diff_criterion;

/* The winner of a rule; NULL: the rule was not computed, or nothing is feasible. */
typedef struct tdo_diff_winner {
    const char *rule, *was, *is;
} tdo_diff_winner;

/* Is a difference larger than two standard errors of it? */
typedef enum tdo_noise { TDO_NOISE_UNKNOWN, TDO_WITHIN_NOISE, TDO_BEYOND_NOISE } tdo_noise;

typedef struct tdo_diff_reading {
    const tdo_criterion *was_of, *is_of; /* the criterion in each result */
    double was, is;                      /* NaN: not measured */
    double by;        /* is - was; NaN where one is not measured, and for levels */
    tdo_noise noise;  /* two independent measurements: sqrt(se^2 + se^2) */
    int better;       /* under the goal of the new result: -1 worse, 0 neither (within noise, or its
                         indifference), 1 better */
    bool indifferent; /* they differ, within the indifference of the new result */
    bool imputed;     /* the new one is not measured, and counts as the worst measured */
} tdo_diff_reading;

typedef struct tdo_diff_cell {
    const tdo_result_cell *was, *is; /* of the same column */
} tdo_diff_cell;

/* A candidate about which something changed. */
typedef struct tdo_diff_candidate {
    const tdo_result_candidate *was, *is; /* NULL: not in that result, or not listed there */
    bool unlisted;                        /* the result without it does not list everybody */
    const tdo_diff_reading *reading;      /* [n_readings] those that changed */
    size_t n_readings;
    const tdo_diff_cell *cell; /* [n_cells] those that changed, of columns that both look at */
    size_t n_cells;
} tdo_diff_candidate;

typedef struct tdo_diff {
    const tdo_result *was, *is;
    bool same;        /* both recommend the same candidate, or nothing is feasible in both */
    bool same_answer; /* where a set is wanted in both, it is the same; else as same */
    unsigned areas;   /* bit a: area a differs; never TDO_AREA_OTHER */
    const tdo_diff_file *file; /* [n_files] all of them, in the order of the new result */
    size_t n_files;
    const tdo_diff_setting *setting; /* [n_settings] in the order of the scenario */
    size_t n_settings;
    const tdo_diff_limit *limit; /* [n_limits] in the order of the new result, removed ones last */
    size_t n_limits;
    const tdo_diff_person *person; /* [n_people] likewise */
    size_t n_people;
    const tdo_diff_criterion *criterion; /* [n_criteria] likewise */
    size_t n_criteria;
    const tdo_diff_winner *winner; /* [n_winners] likewise, those that changed */
    size_t n_winners;
    const tdo_diff_candidate *candidate; /* [n] by rank in the new result, then by the bytes of the
                                            id; those without a rank last */
    size_t n;
    size_t unchanged;               /* candidates in both about which nothing changed */
    size_t added, removed;          /* candidates in one result only */
    size_t measured_anew;           /* in both, with a reading that changed */
    size_t with_noise;              /* of them with one whose standard errors are known */
    size_t beyond;                  /* of them with one that changed beyond two standard errors */
    const char *const *frontier_in; /* [n_in] on the new frontier, best rank first */
    size_t n_in;
    const char *const *frontier_out; /* [n_out] on the old one only, by the bytes of the id */
    size_t n_out;
} tdo_diff;

/* Compares. *out points into both results. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_compare(const tdo_result *was, const tdo_result *is,
                                            tdo_arena *a, tdo_diff *out);

/* What the difference comes to, in plain words: the recommendation, what it rests on, what became
 * of the one that was recommended. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_diff(const tdo_diff *d, tdo_arena *a,
                                                 tdo_sentences *out);

/* Errors of the three: TDO_E_MEMORY, TDO_E_IO. */
TDO_API TDO_MUST_USE tdo_status tdo_write_diff_text(const tdo_diff *d, const tdo_table_style *style,
                                                    tdo_sink *o);
TDO_API TDO_MUST_USE tdo_status tdo_write_diff_markdown(const tdo_diff *d, tdo_sink *o);
/* Format "tradeoff-diff/1", with every number in full. */
TDO_API TDO_MUST_USE tdo_status tdo_write_diff_json(const tdo_diff *d, tdo_sink *o);

/* The JSON Schema (2020-12) of that; a constant text. */
TDO_API const char *tdo_diff_schema(void);

#ifdef __cplusplus
}
#endif

#endif
