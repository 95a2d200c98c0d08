/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a result that is read back. */
#ifndef TRADEOFF_COMPARE_RESULT_READER_H
#define TRADEOFF_COMPARE_RESULT_READER_H

#include "tradeoff/result.h"
#include "json/tree_reader.h"

/* From the tree of a result, whose format is checked. */
TDO_MUST_USE tdo_status result_of_tree(const tdo_node *top, const char *file, tdo_arena *a,
                                       tdo_result **out, tdo_error *err);

/* The place of a criterion's id (the key of n), or TDO_NONE and an error. */
size_t result_criterion(json_tree *t, const tdo_result *r, const tdo_node *n);

/* result_setting.c: what was asked. */
void result_setting(json_tree *t, const tdo_node *top, tdo_result *r);

/* result_candidates.c: what was found about each listed candidate; after the setting. */
void result_candidates(json_tree *t, const tdo_node *top, tdo_result *r);

#endif
