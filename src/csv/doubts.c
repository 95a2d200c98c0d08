/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells that read, and are hardly meant so: 0.021 beside 2.1 % is read as 0.021 %, 1.200 beside 950
 * as 1.2. */
#include <math.h>
#include <string.h>

#include "csv/join.h"

/* The file and the line of the cell in hand. */
static const char *where(const csv_reading *t, size_t k, unsigned *line)
{
    const size_t column = t->wanted_at[k];
    const csv_joined_cell *joined = column < t->columns ? NULL : csv_joined_cell_of(t, column);
    size_t own = 0;
    *line = joined ? joined->line : t->rows.field[column].line;
    return joined ? csv_joined_of(t, column, &own)->request.file : t->request->file;
}

tdo_status csv_percent_seen(csv_reading *t, size_t k, const char *s, size_t length, double x)
{
    csv_percents *p = &t->percents[k];
    const bool sign = memchr(s, '%', length) != NULL;
    p->signs += sign;
    if (sign || !(fabs(x) <= 1) || x == 0 || p->fractions++ > 0)
        return TDO_OK;
    p->text = tdo_copy(t->arena, s, length);
    p->file = where(t, k, &p->line);
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

tdo_status csv_parted_seen(csv_reading *t, size_t k, const char *s, size_t length)
{
    csv_parted *p = &t->parted[k];
    p->text = tdo_copy(t->arena, s, length);
    p->file = where(t, k, &p->line);
    return p->text ? TDO_OK : csv_report_memory(t);
}

tdo_status csv_parted_warn(csv_reading *t)
{
    for (size_t k = 0; k < t->request->n_wanted; k++) {
        const csv_parted *p = &t->parted[k];
        if (!csv_points_suspect(&p->is, t->rows.delimiter == ';'))
            continue;
        tdo_sink o = tdo_sink_memory(t->arena);
        tdo_putf(&o, "%s:%u: column ", p->file, p->line);
        tdo_put_quoted(&o, csv_column_name(t, t->wanted_at[k]));
        tdo_puts(&o, ": ");
        tdo_put_quoted(&o, p->text);
        tdo_puts(&o, " is read with a decimal point");
        if (p->is.parted > 1)
            tdo_putf(&o, ", like %zu more", p->is.parted - 1);
        tdo_puts(&o, ": where points part thousands, as it seems, the criterion needs "
                     "\"thousands\": \".\"");
        if (o.failed || tdo_warn(t->warnings, t->arena, "W_THOUSANDS", "%s", o.text) != TDO_OK)
            return csv_report_memory(t);
    }
    return TDO_OK;
}
