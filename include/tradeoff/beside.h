/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scenario says of files beside the candidates': subgroups, test items and segments. */
#ifndef TRADEOFF_BESIDE_H
#define TRADEOFF_BESIDE_H

#include "tradeoff/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where a value stands in the scenario file, for messages about it that come later. */
typedef struct tdo_place {
    const char *file; /* the scenario as the user named it, or the text of a --set or --limit */
    const char *path; /* key path */
    unsigned line, column;
} tdo_place;

/* A file with several rows for each candidate. */
typedef struct tdo_beside {
    const char *file;        /* as written; of an absolute path the last name */
    const char *path;        /* from the current folder */
    const char **id_columns; /* [n_id_columns] the candidate */
    size_t n_id_columns;
    char delimiter; /* 0: found from the header */
    tdo_place place, id_place;
} tdo_beside;

/* What is taken of the values of a candidate's subgroups. */
typedef enum tdo_take {
    TDO_TAKE_WORST, /* the least where the goal is max, the largest where it is min, the one
                       farthest from a target */
    TDO_TAKE_GAP,   /* the largest less the least */
    TDO_TAKE_RATIO, /* the least by the largest */
    TDO_TAKE_MEAN,  /* weighted by size, where there is one */
    TDO_TAKES       /* how many there are */
} tdo_take;

/* "worst", "gap", ...; in the order of the enum. */
TDO_API extern const char *const tdo_take_name[TDO_TAKES];

/* A second file with one row for each candidate and subgroup. */
typedef struct tdo_groups {
    tdo_beside from;
    const char *group; /* column that names the subgroup */
    const char *value; /* column that is measured */
    const char *size;  /* column with the number of cases; NULL: none */
    const char *se;    /* column with the standard error of each value; NULL: none */
    tdo_take take;
    tdo_place group_place, value_place, size_place, se_place;
} tdo_groups;

/* A second file with one row for each candidate and test item: the reading is the mean of the
 * items, or a ratio of sums, or a quantile. */
typedef struct tdo_items {
    tdo_beside from;
    const char *item;    /* column that names the item */
    const char *value;   /* column that is measured */
    const char *cluster; /* column that says which items belong together; NULL: each stands alone */
    const char *over;    /* column whose sum divides that of the values; NULL: their number does */
    double quantile;     /* in (0, 1): the least value that so large a share does not pass; 0: no */
    tdo_place place, item_place, value_place, cluster_place, over_place;
} tdo_items;

/* ---- segments ---- */

/* What a limit of a plan, or a floor, is on; each but one absent. */
typedef struct tdo_segment_subject {
    size_t criterion;      /* index; SIZE_MAX: of something else */
    const char *column;    /* NULL: likewise */
    const char *candidate; /* its share of the traffic; NULL: likewise */
} tdo_segment_subject;

/* Below what no group's average may fall. */
typedef enum tdo_not_below {
    TDO_BELOW_ANYTHING, /* nothing is said */
    TDO_BELOW_TODAY,    /* what the incumbent alone gives the group */
    TDO_BELOW_SINGLE,   /* what the best single candidate gives it */
    TDO_BELOWS          /* how many there are */
} tdo_not_below;

/* "today", "single"; from TDO_BELOW_TODAY on in the order of the enum. */
TDO_API extern const char *const tdo_not_below_name[TDO_BELOWS];

/* A limit on averages over all segments (on shares, on the gap between groups), or a floor of each
 * segment. */
typedef struct tdo_segment_limit {
    tdo_segment_subject on;
    bool has_min, has_max; /* of shares, share_min and share_max; of a gap only max */
    double min, max;
    bool is_gap;             /* the largest less the least of the groups' averages */
    tdo_not_below not_below; /* of a gap */
    const char *text;        /* "cost <= 0.45 USD": derived, for tables and words */
    const char *owner, *why; /* "" where not said */
    tdo_place place;         /* of what it is on */
} tdo_segment_limit;

/* A criterion that is read again from a column that did not choose. */
typedef struct tdo_holdout {
    size_t criterion;
    const char *column;
    tdo_place place;
} tdo_holdout;

/* One row for each candidate and segment of users. */
typedef struct tdo_segments {
    tdo_beside from;
    const char *segment;                /* column that names the segment */
    const char *size;                   /* column with its size; NULL: all count alike */
    const char *group;                  /* column with its group; NULL: there are none */
    tdo_segment_limit *limits, *floors; /* [n_limits], [n_floors] */
    size_t n_limits, n_floors;
    tdo_holdout *holdout; /* [n_holdout] each criterion once */
    size_t n_holdout;
    const char *incumbent; /* who serves all today; NULL: that of the candidates, if any */
    tdo_place place, segment_place, size_place, group_place, incumbent_place;
} tdo_segments;

#ifdef __cplusplus
}
#endif

#endif
