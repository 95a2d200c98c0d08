/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has an error, of which kind, and who reads it.
 *
 * An error comes from a source (a column, a sum, a file) and is drawn once in each sample. A source
 * fills one row of deviations or more; a reading moves by the sum of coefficient x row. */
#ifndef TRADEOFF_NOISE_NOISE_H
#define TRADEOFF_NOISE_NOISE_H

#include "tradeoff/robust.h"
#include "variates/variates.h"

typedef struct noise_source noise_source;
typedef struct noise_groups_file noise_groups_file;
typedef struct noise_groups_slots noise_groups_slots;
typedef struct noise_groups_room noise_groups_room;

/* How a standard normal variate becomes a deviation from the reading, of candidate i. */
typedef struct noise_kind {
    /* The sources of this kind are normal: so is a sum of them. */
    bool normal;
    /* The deviation at y; NULL: a source of this kind is drawn as a whole. spread: of a Student t
     * the root of chi2 by its degrees of freedom, which is drawn too; else 1. */
    double (*deviation)(const noise_source *s, size_t i, double y, double spread);
    /* The probability that the deviation is at most x, and that it is at least x. */
    double (*below)(const noise_source *s, size_t i, double x);
    double (*above)(const noise_source *s, size_t i, double x);
    /* The standard deviation of the deviation. */
    double (*sd)(const noise_source *s, size_t i);
} noise_kind;

extern const noise_kind noise_normal, noise_split, noise_student, noise_beta, noise_items,
    noise_groups;

/* Degrees of freedom beyond which a Student t is taken for normal: they differ by 3e-4 at most. */
enum { NOISE_MOST_FREEDOM = 999 };

struct noise_source {
    tdo_measurement_error error;
    const noise_kind *kind; /* NULL: joint draws; what they read is in tdo_measured */
    size_t row, rows;       /* the rows of deviations that it fills */
    size_t lane;            /* of the generator: its streams, and its place among what is shared */
    const double *se;       /* [rows x n] normal, student, items: the scale; 0: exact */
    const double *below, *above; /* [n] split: the scale on both sides */
    const bool *flat;            /* [n] its runs do not differ: they show no error; NULL: nobody's
                                    are so */
    const double *freedom;       /* [n] student: degrees of freedom, whole; > NOISE_MOST_FREEDOM:
                                    normal. NULL: normal */
    double most_freedom;         /* the largest that is not */
    double low, high;            /* beta: its ends, */
    const double *a, *b;         /*   [n] its shapes; 0: exact */
    const double *reading;       /*   [n] where the deviation counts from */
    const tdo_item_file *items;  /* items: a row for each of its criteria */
    bool weighed;                /*   some are quantiles: units are drawn by weights of their own */
    const double *factor;        /*   [depth x rows x n] else: deviations are its product with so */
    size_t depth;                /*   many normal variates; NULL until noise_factorise */
    noise_groups_file *groups;   /* subgroups: two rows for each of its criteria, as they are
                                        drawn and centred */
};

/* A reading moves by coefficient x row. */
typedef struct noise_use {
    size_t row, source;
    double coefficient;
} noise_use;

typedef struct noise_reader {
    noise_use *use; /* [n] */
    size_t n;
} noise_reader;

typedef struct noise_plan {
    size_t candidates;
    noise_source *source; /* [n] of draws: the file of them alone */
    size_t n;
    size_t rows; /* of deviations; of draws: one that is empty, then one for each criterion and one
                    for each limited column */
    size_t lanes;
    size_t cell_lanes;       /* of subgroups: one for each name and column */
    noise_reader *criterion; /* [d] */
    noise_reader *limit;     /* [m] what a constraint with bounds reads */
    const uint32_t *place;   /* [candidates] in the order of their ids; NULL where n is 0, and of
                                draws */
} noise_plan;

/* Whatever has an error that is not 0 for somebody. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status noise_make_plan(const tdo_scenario *s, const tdo_measured *x, tdo_arena *a,
                                        noise_plan *out);

/* Makes what items are drawn by, where it is not there yet: before the first draw. by: whoever
 * will be drawn; NULL: all. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status noise_factorise(noise_plan *p, const noise_reader *by, tdo_arena *a);

/* Where correlations are not stated: as nearly alike as a common test set makes errors. */
#define NOISE_CORRELATED 0.9

/* Is what is used normal? */
bool noise_use_is_normal(const noise_plan *p, const noise_use *u);

/* The part that all candidates share: what is stated, else `unstated`. */
double noise_correlation(const noise_source *s, double unstated);

/* ---- what is known of a reading without samples (closed.c, shared.c) ---- */

/* The probability that candidate i's reading is larger by at least x (deviation 0: x <= 0), and
 * that it is by at most x. NaN: no closed form, as there is only where all sources are normal, or
 * one is alone. */
bool noise_is_normal(const noise_plan *p, const noise_reader *r);
double noise_above(const noise_plan *p, const noise_reader *r, size_t i, double x);
double noise_below(const noise_plan *p, const noise_reader *r, size_t i, double x);

/* Is all that says how wide the error of candidate i is items, or runs, that do not differ? Then it
 * is not known: 0 is what samples take. */
bool noise_is_flat(const noise_plan *p, const noise_reader *r, size_t i);

/* The standard deviation of the reading of candidate i; NaN: not known (joint draws). */
double noise_se(const noise_plan *p, const noise_reader *r, size_t i);

/* The standard deviation of the reading of i less `times` that of j, where all sources are normal,
 * so that the difference is; NaN where one is not. A correlation that is not stated counts as
 * `unstated`. */
double noise_sd_between(const noise_plan *p, const noise_reader *r, size_t i, size_t j,
                        double times, double unstated);

/* The covariance of the deviations of i and j (which may be the same) in one row of a normal
 * source. */
double noise_covariance(const noise_plan *p, size_t row, size_t i, size_t j, double unstated);

/* The covariance of what one reader reads of i and another one of j, all sources of both normal; a
 * correlation that is not stated counts as 0. */
double noise_joint_covariance(const noise_plan *p, const noise_reader *of_i, size_t i,
                              const noise_reader *of_j, size_t j);

/* Have leads in score a closed form (`plain` of tdo_limit_doubts)? */
bool noise_is_plain(const tdo_scenario *s, const tdo_measured *x, const noise_plan *p);

/* What errors share: [d], of each criterion. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status noise_list_shared(const tdo_measured *x, const noise_plan *p, tdo_arena *a,
                                          const tdo_shared_error **out);

/* ---- drawing (draw.c, centre.c) ---- */

/* Those whose deviations are drawn, and what the kinds need of them. */
typedef struct noise_slots {
    const noise_plan *plan;
    const tdo_measured *x;
    const uint32_t *candidate; /* [n] candidates; UINT32_MAX: nobody, whose deviation is 0 */
    size_t n;
    bool whole_rows;       /* variates are drawn for all candidates in one go */
    const uint32_t *place; /* [n] of the slots' variates among these; nobody's: 0 */
    double **se;           /* [sources] each [n]: the scale of normal ones; NULL: another kind */
    double **factor;       /* [sources] each [depth x rows x n] of items; NULL likewise */
    variate_beta_table **beta;   /* [sources] each [n]: of Beta ones; NULL likewise */
    noise_groups_slots **groups; /* [sources] of subgroups; NULL likewise */
} noise_slots;

/* at is kept. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status noise_slots_make(const noise_plan *p, const tdo_measured *x,
                                         const uint32_t *at, size_t n, tdo_arena *a,
                                         noise_slots *out);

/* What is taken of subgroups is centred about the reading: by the mean of samples 0 to
 * NOISE_CENTRED - 1 of the seed. Before the first draw of scores. Errors: TDO_E_MEMORY. */
enum { NOISE_CENTRED = 4096 };
TDO_MUST_USE tdo_status noise_centre(noise_slots *s, uint64_t seed);

/* Where deviations are drawn; a thread's own. */
typedef struct noise_room {
    const noise_slots *slots;
    double *shared;            /* [lanes] */
    double *normal;            /* [candidates] where whole_rows */
    double *kept;              /* [n] those of the slots */
    double *drawn;             /* [most depth of items] */
    uint32_t *weight;          /* [most units of items] */
    noise_groups_room *groups; /* of subgroups; NULL: there are none */
    double *deviation;         /* [rows x n] */
} noise_room;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status noise_room_make(const noise_slots *slots, tdo_arena *a, noise_room *out);

/* variates.c. Of a block of so many one costs what all do. */
enum { NOISE_BLOCK = 4 };
/* One standard normal variate of the stream: that of a place. */
double noise_draw_one(const variate_draw *d, uint32_t number);

/* One for each slot, into kept: of the stream that of its place. */
void noise_draw_normals(noise_room *r, const variate_draw *d);

/* Tables of Beta variates for at most so many: they take 2 KB each. */
enum { NOISE_MANY_TABLES = 20000 };

/* ---- items (items.c, draw.c) ---- */

/* sum over units of the scores of i and j, of two rows of the source. */
double noise_item_covariance(const noise_source *s, size_t row_i, size_t i, size_t row_j, size_t j);

/* One sample of source q, of items. Streams of d: the caller's. */
void noise_draw_items(noise_room *r, size_t q, const variate_draw *d);

/* Which deviations are drawn, and how. */
typedef struct noise_setting {
    uint64_t seed;
    const bool *drawn;  /* [sources] the others are left as they are: 0 from the start */
    double correlation; /* where it is not stated */
    bool each_draw;     /* sample k is joint draw k */
} noise_setting;

/* The deviations of sample k. */
void noise_draw(noise_room *r, const noise_setting *set, uint64_t k);

/* ---- subgroups (groups.c, groups_draw.c, centre.c, draw.c) ---- */

/* A source for each file whose cells have errors, and who reads it. Errors of all: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status noise_add_groups(const tdo_scenario *s, const tdo_measured *x, tdo_arena *a,
                                         noise_plan *p);
/* Makes what reads a criterion of subgroups read it as it is drawn, not centred. */
TDO_MUST_USE tdo_status noise_uncentred(tdo_arena *a, noise_reader *r);
TDO_MUST_USE tdo_status noise_groups_slots_make(const noise_slots *s, const noise_source *of,
                                                tdo_arena *a, noise_groups_slots **out);
/* NULL: no subgroups. */
TDO_MUST_USE tdo_status noise_groups_room_make(const noise_slots *s, tdo_arena *a,
                                               noise_groups_room **out);
/* One sample of source q, of subgroups. */
void noise_draw_groups(noise_room *r, size_t q, const noise_setting *set, uint64_t k);

/* How far the reading of a slot moves. */
double noise_shift(const noise_room *r, const noise_reader *reader, size_t slot);

#endif
