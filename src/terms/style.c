/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How cells are read, and the words of what a scenario chooses from. */
#include <string.h>

#include "tradeoff/table.h"

const char *const tdo_cell_form_name[TDO_CELL_FORMS] = {[TDO_CELLS_PLAIN] = "",
                                                        [TDO_CELLS_PLUS_MINUS] = "plus-minus",
                                                        [TDO_CELLS_INTERVAL] = "interval",
                                                        [TDO_CELLS_QUANTITY] = "quantity"};

static bool same_unit(const tdo_reading_style *a, const tdo_reading_style *b)
{
    if (a->as != TDO_CELLS_QUANTITY)
        return true;
    return a->unit_optional == b->unit_optional &&
           strcmp(a->unit ? a->unit : "", b->unit ? b->unit : "") == 0;
}

bool tdo_same_style(const tdo_reading_style *a, const tdo_reading_style *b)
{
    if (a->percent != b->percent || a->thousands != b->thousands || a->decimal != b->decimal ||
        a->as != b->as || a->n_marks != b->n_marks || !same_unit(a, b))
        return false;
    for (size_t i = 0; i < a->n_marks; i++)
        if (strcmp(a->marks[i], b->marks[i]) != 0)
            return false;
    return true;
}

bool tdo_is_missing(const tdo_reading_style *style, const char *s, size_t length)
{
    for (size_t i = 0; i < style->n_marks; i++)
        if (strlen(style->marks[i]) == length && memcmp(style->marks[i], s, length) == 0)
            return true;
    return tdo_is_missing_mark(s, length);
}

const char *const tdo_goal_name[TDO_GOALS] = {
    [TDO_GOAL_MAX] = "max", [TDO_GOAL_MIN] = "min", [TDO_GOAL_TARGET] = "target"};

const char *const tdo_not_below_name[TDO_BELOWS] = {
    [TDO_BELOW_ANYTHING] = NULL, [TDO_BELOW_TODAY] = "today", [TDO_BELOW_SINGLE] = "single"};

const char *const tdo_take_name[TDO_TAKES] = {[TDO_TAKE_WORST] = "worst",
                                              [TDO_TAKE_GAP] = "gap",
                                              [TDO_TAKE_RATIO] = "ratio",
                                              [TDO_TAKE_MEAN] = "mean"};
