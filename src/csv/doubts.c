/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells that read, and are hardly meant so: 0.021 beside 2.1 % is read as 0.021 %, 1.200 beside 950
 * as 1.2. */
#include <math.h>
#include <string.h>

#include "csv/join.h"

/* Keeps the cell in hand. */
static tdo_status keep(csv_reading *t, size_t k, const char *s, size_t length, csv_doubted *out)
{
    const size_t column = t->wanted_at[k];
    const csv_joined_cell *joined = column < t->columns ? NULL : csv_joined_cell_of(t, column);
    size_t own = 0;
    *out = (csv_doubted){.text = tdo_copy(t->arena, s, length),
                         .file = joined ? csv_name(&csv_joined_of(t, column, &own)->request)
                                        : csv_name(t->request),
                         .line = joined ? joined->line : t->rows.field[column].line};
    return out->text ? TDO_OK : csv_report_memory(t);
}

/* What is said of the first of such cells. */
typedef struct doubt {
    const char *code, *what;
    const char *then; /* after how many there are */
} doubt;

static const doubt mixed_percent = {
    "W_MIXED_PERCENT", " stands beside cells with a percent sign and is read as so many percent",
    ""};
static const doubt thousands = {
    "W_THOUSANDS", " is read with a decimal point",
    ": where points part thousands, as it seems, the criterion needs \"thousands\": \".\""};

/* n: how many there are. */
static tdo_status warn(csv_reading *t, size_t k, const doubt *of, const csv_doubted *first,
                       size_t n)
{
    tdo_sink o = tdo_sink_memory(t->arena);
    tdo_putf(&o, "%s:%u: column ", first->file, first->line);
    tdo_put_quoted(&o, csv_column_name(t, t->wanted_at[k]));
    tdo_puts(&o, ": ");
    tdo_put_quoted(&o, first->text);
    tdo_puts(&o, of->what);
    if (n > 1)
        tdo_putf(&o, ", like %zu more", n - 1);
    tdo_puts(&o, of->then);
    bool good = !o.failed && tdo_warn(t->warnings, t->arena, of->code, "%s", o.text) == TDO_OK;
    return good ? TDO_OK : csv_report_memory(t);
}

tdo_status csv_percent_seen(csv_reading *t, size_t k, const char *s, size_t length, double x)
{
    csv_percents *p = &t->percents[k];
    const bool sign = memchr(s, '%', length) != NULL;
    p->signs += sign;
    if (sign || !(fabs(x) <= 1) || x == 0 || p->fractions++ > 0)
        return TDO_OK;
    return keep(t, k, s, length, &p->first);
}

tdo_status csv_percents_warn(csv_reading *t)
{
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < t->request->n_wanted && status == TDO_OK; k++) {
        const csv_percents *p = &t->percents[k];
        if (p->signs > 0 && p->fractions > 0)
            status = warn(t, k, &mixed_percent, &p->first, p->fractions);
    }
    return status;
}

tdo_status csv_parted_seen(csv_reading *t, size_t k, const char *s, size_t length)
{
    return keep(t, k, s, length, &t->parted[k].first);
}

tdo_status csv_parted_warn(csv_reading *t)
{
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < t->request->n_wanted && status == TDO_OK; k++) {
        const csv_parted *p = &t->parted[k];
        if (csv_points_suspect(&p->points, t->rows.delimiter == ';'))
            status = warn(t, k, &thousands, &p->first, p->points.parted);
    }
    return status;
}
