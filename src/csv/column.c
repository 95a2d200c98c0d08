/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column by its number: the table's own, or one of a joined file. */
#include "csv/join.h"

csv_joined *csv_joined_of(const csv_reading *t, size_t column, size_t *own)
{
    for (size_t k = t->n_join; k-- > 0;) {
        if (column >= t->join[k].first) {
            *own = column - t->join[k].first;
            return &t->join[k];
        }
    }
    return NULL;
}

csv_joined_cell *csv_joined_cell_of(const csv_reading *t, size_t column)
{
    size_t own = 0;
    csv_joined *j = csv_joined_of(t, column, &own);
    if (!j || j->match == INDEX_ABSENT)
        return NULL;
    return &j->cell[j->match * j->n_slots + j->slot[own] - 1];
}

const char *csv_column_name(const csv_reading *t, size_t column)
{
    size_t own = 0;
    const csv_joined *j = column < t->columns ? NULL : csv_joined_of(t, column, &own);
    return j ? j->from.name[own] : t->name[column];
}
