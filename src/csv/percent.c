/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of percentages in which some cells have no sign: 0.021 beside 2.1 % is read as 0.021 %.
 */
#include <math.h>

#include "csv/join.h"

tdo_status csv_percent_seen(csv_reading *t, size_t k, const char *s, size_t length, double x)
{
    csv_percents *p = &t->percents[k];
    const bool sign = s[length - 1] == '%';
    p->signs += sign;
    if (sign || !(fabs(x) <= 1) || x == 0 || p->fractions++ > 0)
        return TDO_OK;
    const size_t column = t->wanted_at[k];
    const csv_joined_cell *joined = column < t->columns ? NULL : csv_joined_cell_of(t, column);
    size_t own = 0;
    const csv_joined *from = joined ? csv_joined_of(t, column, &own) : NULL;
    p->text = tdo_copy(t->arena, s, length);
    p->file = from ? from->request.file : t->request->file;
    p->line = joined ? joined->line : t->rows.field[column].line;
    return p->text ? TDO_OK : csv_report_memory(t);
}

tdo_status csv_percents_warn(csv_reading *t)
{
    for (size_t k = 0; k < t->request->n_wanted; k++) {
        const csv_percents *p = &t->percents[k];
        if (p->signs == 0 || p->fractions == 0)
            continue;
        tdo_sink o = tdo_sink_memory(t->arena);
        tdo_putf(&o, "%s:%u: column ", p->file, p->line);
        tdo_put_quoted(&o, csv_column_name(t, t->wanted_at[k]));
        tdo_puts(&o, ": ");
        tdo_put_quoted(&o, p->text);
        tdo_puts(&o, " stands beside cells with a percent sign and is read as so many percent");
        if (p->fractions > 1)
            tdo_putf(&o, ", like %zu more", p->fractions - 1);
        if (o.failed || tdo_warn(t->warnings, t->arena, "W_MIXED_PERCENT", "%s", o.text) != TDO_OK)
            return csv_report_memory(t);
    }
    return TDO_OK;
}
