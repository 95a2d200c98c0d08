/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of checking where an agreement is near. */
#ifndef TRADEOFF_VERIFY_AGREE_H
#define TRADEOFF_VERIFY_AGREE_H

#include "verify/checks.h"

/* Of a game in which one side picks a row and wants much, the other one a column and wants little;
 * both may mix. */
typedef struct verify_game {
    size_t rows, columns;
    double *gets; /* [rows x columns] what the first side gets */
    /* solved */
    double *row, *column; /* [rows], [columns] how often: each side's sum is 1 */
    double least, most;   /* so much the rows get against any column; so much the columns give
                             against any row: the game's worth is between the two */
} verify_game;

/* false: memory is out, or there is not enough work. */
bool verify_play(verify_job *j, verify_game *g, double *work);

/* The least part of weights (sum 1) that has to move until now . by has risen by lack: from where
 * `by` is least to where it is most; infinite: it never does. */
double verify_least_move(const double *now, const double *by, size_t d, double lack);

/* An object with a number for each criterion, none negative, that add to 1. */
bool verify_read_weights(verify_case *k, const verify_node *node, double *weights);

/* agree.needs; agree.candidates[].moves; agree.candidates[].compensation */
bool verify_check_needs(verify_case *k, const verify_node *agree);
bool verify_check_moves(verify_case *k, const verify_node *agree, const verify_node *candidate,
                        size_t slot, double *work);
bool verify_check_make_up(verify_case *k, const verify_node *agree, verify_node *candidate,
                          size_t slot);

#endif
