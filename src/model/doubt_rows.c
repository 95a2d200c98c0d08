/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that are hardly candidates: those that sum up the others, and those of a table with a row
 * for each measurement. */
#include "model/measure.h"
#include "terms/summary.h"

#include <math.h>

/* ---- summaries ---- */

/* The last row that is not named like a summary; r->n where all are. */
static size_t last_plain(const model_readings *r)
{
    terms_summary is;
    size_t i = r->n;
    while (i > 0 && terms_is_summary(r->t->id[i - 1], &is))
        i--;
    return i > 0 ? i - 1 : r->n;
}

/* Do all its readings bear the name out, and is there one? */
static bool is_verified(const model_readings *r, size_t row, terms_summary is)
{
    terms_summary other;
    size_t good = 0;
    for (size_t c = 0; c < r->s->n_criteria; c++) {
        const double *y = r->reading[c];
        terms_others others = {.n = 0};
        if (isnan(y[row]))
            continue;
        for (size_t i = 0; i < r->n; i++)
            if (!isnan(y[i]) && !terms_is_summary(r->t->id[i], &other))
                terms_add_other(&others, y[i]);
        if (!terms_sums_up(&others, y[row], is))
            return false;
        good++;
    }
    return good > 0;
}

static tdo_status doubt_summaries(model_readings *r)
{
    const size_t last = last_plain(r);
    terms_summary is;
    tdo_status status = TDO_OK;
    for (size_t i = 0; i < r->n && status == TDO_OK; i++) {
        if (!terms_is_summary(r->t->id[i], &is))
            continue;
        const bool below = i > last && (is == TERMS_SUM || is == TERMS_MEAN);
        if (below || is_verified(r, i, is))
            status = tdo_warn(r->w, r->a, "W_SUMMARY",
                              "%s:%u: \"%s\" seems to sum up the other rows, and is taken for a "
                              "candidate: \"where\" in \"candidates\" leaves it out",
                              r->t->name, (unsigned)r->line[i], r->t->id[i]);
    }
    return status;
}

/* ---- a row for each measurement ---- */

static tdo_status doubt_long(model_readings *r)
{
    static const char *const names[] = {"metric",  "metrics",     "metric_name", "metric name",
                                        "measure", "measurement", "kpi"};
    for (size_t q = 0; q < r->s->n_id_columns && r->s->n_id_columns > 1; q++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (model_letters_agree(r->s->id_columns[q], names[k]))
                return tdo_warn(r->w, r->a, "W_LONG",
                                "%s: the rows seem to be measurements (\"%s\" is part of the id), "
                                "not candidates: make one row of each candidate, with a column for "
                                "each of them",
                                r->t->name, r->s->id_columns[q]);
    return TDO_OK;
}

tdo_status model_doubt_rows(model_readings *r)
{
    tdo_status status = doubt_long(r);
    return status == TDO_OK ? doubt_summaries(r) : status;
}
