/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wanted of a file: its columns, each once; how a column beside one is read. */
#include "model/model.h"

#include <string.h>

tdo_table_request model_request_of(const tdo_beside *from)
{
    return (tdo_table_request){.file = from->path,
                               .name = from->file,
                               .path = from->path,
                               .place = from->place,
                               .id_columns = from->id_columns,
                               .n_id_columns = from->n_id_columns,
                               .id_place = from->id_place,
                               .delimiter = from->delimiter};
}

size_t model_want(tdo_wanted *wanted, size_t *n, const char *column, bool words,
                  tdo_reading_style style, const tdo_place *place)
{
    size_t k = 0;
    for (; k < *n; k++) {
        const tdo_wanted *w = &wanted[k];
        if (strcmp(w->column, column) == 0 && w->words == words &&
            tdo_same_style(&w->style, &style))
            return k;
    }
    wanted[k] = (tdo_wanted){column, words, style, *place, NULL, false};
    ++*n;
    return k;
}

tdo_reading_style model_beside(tdo_reading_style style)
{
    style.unit_optional = style.as == TDO_CELLS_QUANTITY;
    if (style.as != TDO_CELLS_QUANTITY)
        style.as = TDO_CELLS_PLAIN;
    return style;
}
