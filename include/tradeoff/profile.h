/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a CSV file holds, column by column, whether or not a scenario could be run on it; and what
 * its names suggest. Streams: memory is bounded for each column, whatever the number of rows. */
#ifndef TRADEOFF_PROFILE_H
#define TRADEOFF_PROFILE_H

#include "tradeoff/table.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    TDO_PROFILE_WORDS = 64,        /* distinct texts of a column that are kept, at most, */
    TDO_PROFILE_WORD_BYTES = 256,  /*   none of them longer than this */
    TDO_PROFILE_MARKS = 16,        /* distinct missing marks that are counted apart */
    TDO_PROFILE_DISTINCT = 100000, /* distinct texts of a column counted, at most; fewer where */
    TDO_PROFILE_DISTINCT_ALL = 2000000, /*   all columns together would have more than this */
    TDO_PROFILE_SAMPLE = 2000000        /* cells of the rows that are kept as a sample, at most */
};

/* What one cell looks like. */
typedef enum tdo_cell_class {
    TDO_CELL_MISSING,    /* tdo_is_missing_mark */
    TDO_CELL_NEAR,       /* meant as a missing mark, perhaps, but not read as one: n/a, unknown */
    TDO_CELL_PLAIN,      /* 1.5: read as it is */
    TDO_CELL_PERCENT,    /* 77.4% */
    TDO_CELL_GROUPED,    /* 1,013.0 */
    TDO_CELL_COMMA,      /* 0,97: a decimal comma */
    TDO_CELL_APOSTROPHE, /* '-0.5: what a spreadsheet's text guard leaves before a number */
    TDO_CELL_FORMED,     /* 0.82 ± 0.02, 0.93 (0.87-0.98), 12 ms: what "as" reads */
    TDO_CELL_DECORATED,  /* <10, 45/50, **0.90**, 0.86*: a number in what nothing reads */
    TDO_CELL_INFINITE,   /* inf, -Infinity */
    TDO_CELL_RANGE,      /* 1e400: beyond what a double can hold */
    TDO_CELL_DATE,       /* 2024-05-01, also with a time of day */
    TDO_CELL_WORD,       /* anything else */
    TDO_CELL_CLASSES     /* how many there are */
} tdo_cell_class;

/* The cells of one class in one column. */
typedef struct tdo_cells {
    size_t n;
    unsigned line, at; /* of the first one; at: 1-based byte column, 0: not known */
    const char *text;  /* of the first one, cut to TDO_PROFILE_WORD_BYTES; NULL: none */
} tdo_cells;

/* A text, and how often it stands in a column. */
typedef struct tdo_tally {
    const char *text;
    size_t length;
    size_t n;
} tdo_tally;

typedef enum tdo_kind {
    TDO_KIND_EMPTY,    /* nothing but missing marks */
    TDO_KIND_CONSTANT, /* one text */
    TDO_KIND_ID,       /* texts, or numbers with a name such as "id", different in every row */
    TDO_KIND_NUMBER,
    TDO_KIND_PERCENT,    /* numbers, some with a percent sign */
    TDO_KIND_THOUSANDS,  /* numbers, some with separators of thousands */
    TDO_KIND_PLUS_MINUS, /* numbers with errors, */
    TDO_KIND_INTERVAL,   /*   with intervals, */
    TDO_KIND_QUANTITY,   /*   with units: as "as" reads them */
    TDO_KIND_DATE,
    TDO_KIND_ORDINAL, /* words with a known order, such as low, medium, high */
    TDO_KIND_TEXT,
    TDO_KINDS /* how many there are */
} tdo_kind;

/* "empty", "constant", ...; in the order of the enum. */
TDO_API extern const char *const tdo_kind_name[TDO_KINDS];

/* What the name of a column says that it is about. */
typedef enum tdo_topic {
    TDO_TOPIC_UNKNOWN,
    TDO_TOPIC_QUALITY,  /* accuracy, loss, a benchmark */
    TDO_TOPIC_GAIN,     /* revenue, clicks, users */
    TDO_TOPIC_TIME,     /* latency, throughput, training time */
    TDO_TOPIC_COST,     /* money spent */
    TDO_TOPIC_FAIRNESS, /* a gap or ratio between groups, the worst group */
    TDO_TOPIC_SIZE,     /* memory, parameters, operations */
    TDO_TOPIC_ENERGY,
    TDO_TOPIC_FAULTS,   /* counts of what went wrong */
    TDO_TOPIC_CAPACITY, /* limits of what can be put in */
    TDO_TOPIC_SETTING,  /* chosen, not measured: a hyperparameter, a tag, a number of cases */
    TDO_TOPIC_RANK,     /* a place in a ranking: follows from the other columns */
    TDO_TOPIC_SPREAD,   /* a standard error, deviation or interval of another column */
    TDO_TOPICS          /* how many there are */
} tdo_topic;

/* "unknown", "quality", ...; in the order of the enum. */
TDO_API extern const char *const tdo_topic_name[TDO_TOPICS];

/* Which way is better, as far as the name says so. */
typedef struct tdo_goal_guess {
    bool known;
    tdo_goal goal;
    double target;
    tdo_topic topic;
    const char *because; /* the words of the name that decided; "" where none did */
} tdo_goal_guess;

/* How a column belongs to the one beside it. */
typedef enum tdo_partner {
    TDO_PARTNER_NONE,
    TDO_PARTNER_STANDARD_ERROR,
    TDO_PARTNER_DEVIATION, /* over runs or folds: no standard error of their mean */
    TDO_PARTNER_VARIANCE,
    TDO_PARTNER_HALF_WIDTH, /* of an interval, up, down or both */
    TDO_PARTNER_BOUND,      /* an end of an interval */
    TDO_PARTNER_ABOUT,      /* a p-value, a number of cases, a target: no measurement of its own */
    TDO_PARTNERS            /* how many there are */
} tdo_partner;

/* "", "standard error", ...; in the order of the enum. */
TDO_API extern const char *const tdo_partner_name[TDO_PARTNERS];

typedef struct tdo_profiled {
    const char *name; /* as in the header; "": it has none */
    tdo_kind kind;
    tdo_cells cells[TDO_CELL_CLASSES];
    tdo_reading_style style; /* in which its numbers read */
    bool numeric;            /* most of what was measured is a number */
    bool exact;              /* every cell reads in that style, its missing marks among them */
    tdo_tally *infinity;     /* [n_infinities] how infinite numbers are written, up to as many */
    size_t n_infinities;
    tdo_tally *mark; /* [n_marks] missing marks, also near ones, in order of appearance */
    size_t n_marks;

    tdo_cells parted; /* those whose point seems to part thousands: 1.200 for 1200 */

    size_t numbers; /* cells that read in that style; what follows is about them */
    size_t zeros, negatives, integers;
    double min, median, max; /* NaN where there are none */
    bool median_estimated;   /* from the sample */

    size_t distinct;    /* texts but for missing marks; numbers too count as texts here */
    bool distinct_more; /* there are more than were counted */
    bool repeats;       /* a text stands twice, as far as was counted */
    tdo_tally *word;    /* [n_words] all of them, in order of appearance; NULL: too many */
    size_t n_words;

    const char **level; /* [n_levels] its words from least to most; NULL: not ordinal */
    size_t n_levels;
    bool more_is_better; /* their order is also one of worth (poor, good) */

    tdo_goal_guess guess;
    tdo_partner partner; /* what it is ... */
    size_t partner_of;   /*   ... of this column; TDO_NONE */
} tdo_profiled;

/* Something that should be known about a column or the file. */
typedef struct tdo_note {
    const char *code;    /* stable */
    const char *message; /* one sentence, no final stop */
    size_t column;       /* TDO_NONE: about the file */
    size_t count;        /* of cells, rows or columns */
    unsigned line, at;   /* of the first one; 0: none */
    bool refused;        /* "tradeoff run" would refuse the file, or the cells where the column is
                            measured */
} tdo_note;

/* Whose export it looks like. */
typedef enum tdo_shape {
    TDO_SHAPE_PLAIN,
    TDO_SHAPE_MLFLOW,      /* search_runs: metrics.*, params.*, tags.* */
    TDO_SHAPE_MLFLOW_PAGE, /* the page's download: no prefixes */
    TDO_SHAPE_WANDB,
    TDO_SHAPE_OPTUNA,
    TDO_SHAPE_SKLEARN,     /* cv_results_ */
    TDO_SHAPE_GROUPS,      /* one row for each candidate and subgroup (fairlearn's by_group) */
    TDO_SHAPE_LM_EVAL,     /* keys such as "acc,none" */
    TDO_SHAPE_LEADERBOARD, /* 77.47%, N/A, Total Cost ($) */
    TDO_SHAPES             /* how many there are */
} tdo_shape;

/* What a shape is called in JSON ("mlflow") and in words. */
TDO_API extern const char *const tdo_shape_name[TDO_SHAPES];
TDO_API extern const char *const tdo_shape_words[TDO_SHAPES];

/* Rows that are no candidates, or none of them. */
typedef struct tdo_layout {
    size_t metric, value; /* one row for each candidate and metric: these columns; TDO_NONE: not so
                           */
    size_t transposed;    /* one row for each metric, the candidates are columns: the column that
                             names the metrics; TDO_NONE: not so */
    size_t summed;        /* column in which rows that sum up the others are named; TDO_NONE: none
                             is */
    const char **summary; /* [n_summaries] those names */
    size_t n_summaries;
} tdo_layout;

typedef struct tdo_profile {
    const char *file; /* as the user named it */
    char sha256[65];
    char delimiter;
    bool delimiter_named; /* a comma, or named by a line "sep=": needs no "delimiter" */
    tdo_shape shape;
    tdo_layout layout;
    tdo_profiled *column; /* [n_columns] */
    size_t n_columns;
    size_t rows; /* profiled: ragged ones are not */
    size_t ragged;
    tdo_note *note; /* [n_notes] about the file, then by column */
    size_t n_notes;

    /* Rows kept, all or a fair sample of them, in the order of the file where it is all. */
    size_t sampled;
    bool whole;           /* all of them */
    const double *number; /* [sampled x n_columns] row-major; NaN: not a number */
    const uint64_t *text; /* [sampled x n_columns] a hash of the cell; 0: a missing mark */
    const unsigned *line; /* [sampled] */
} tdo_profile;

typedef struct tdo_profile_request {
    const char *file; /* as the user named it, for messages */
    const char *path; /* to open; "-": standard input */
    void (*progress)(void *user, uint64_t bytes, uint64_t total); /* NULL: none */
    void *progress_user;
} tdo_profile_request;

/* Profiles a CSV file. What is wrong with cells, names and the lengths of rows becomes a note; what
 * is no CSV at all (quotes, bytes that are not UTF-8, limits) is an error.
 * Errors: TDO_E_INPUT, TDO_E_IO, TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_profile_read(const tdo_profile_request *request, tdo_arena *a,
                                                 tdo_profile *out, tdo_error *err);

#ifdef __cplusplus
}
#endif

#endif
