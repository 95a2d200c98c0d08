/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scenario says of files beside the candidates': subgroups and test items. */
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
    const char *file;        /* as written; of an absolute path the last name */
    const char *path;        /* from the current folder */
    const char **id_columns; /* [n_id_columns] as the candidates' id */
    size_t n_id_columns;
    const char *group; /* column that names the subgroup */
    const char *value; /* column that is measured */
    const char *size;  /* column with the number of cases; NULL: none */
    const char *se;    /* column with the standard error of each value; NULL: none */
    tdo_take take;
    char delimiter; /* 0: found from the header */
    tdo_place file_place, id_place, group_place, value_place, size_place, se_place;
} tdo_groups;

/* A second file with one row for each candidate and test item: the reading is the mean of the
 * items, or a ratio of sums, or a quantile. */
typedef struct tdo_items {
    const char *file;        /* as written; of an absolute path the last name */
    const char *path;        /* from the current folder */
    const char **id_columns; /* [n_id_columns] as the candidates' id */
    size_t n_id_columns;
    const char *item;    /* column that names the item */
    const char *value;   /* column that is measured */
    const char *cluster; /* column that says which items belong together; NULL: each stands alone */
    const char *over;    /* column whose sum divides that of the values; NULL: their number does */
    double quantile;     /* in (0, 1): the least value that so large a share does not pass; 0: no */
    char delimiter;      /* 0: found from the header */
    tdo_place place, file_place, id_place, item_place, value_place, cluster_place, over_place;
} tdo_items;

#ifdef __cplusplus
}
#endif

#endif
