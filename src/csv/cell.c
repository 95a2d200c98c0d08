/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a cell as the number that its column's style says it is. */
#include "csv/cell.h"

#include <math.h>

tdo_number_verdict csv_cell_read(const char *s, size_t length, const tdo_reading_style *style,
                                 csv_number *out)
{
    *out = (csv_number){NAN, 0, NAN, NAN, NAN};
    if (style->as == TDO_CELLS_PLAIN)
        return csv_plain_number(s, length, style->percent, csv_signs_of(style), &out->x);
    csv_form form;
    tdo_number_verdict verdict = csv_form_read(s, length, style, &form);
    if (verdict == TDO_NUMBER_OK && style->as == TDO_CELLS_QUANTITY)
        verdict = csv_form_convert(style, &form);
    if (verdict == TDO_NUMBER_OK)
        *out = form.number;
    return verdict;
}

tdo_number_verdict csv_cell_number(const char *s, size_t length, const tdo_reading_style *style,
                                   double *out)
{
    csv_number number;
    if (style->as == TDO_CELLS_PLAIN)
        return csv_plain_number(s, length, style->percent, csv_signs_of(style), out);
    tdo_number_verdict verdict = csv_cell_read(s, length, style, &number);
    if (verdict == TDO_NUMBER_OK)
        *out = number.x;
    return verdict;
}
