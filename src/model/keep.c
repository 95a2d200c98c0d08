/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every maker of readings does: complain at a row, keep what a double is short of. */
#include "model/measure.h"

void model_readings_complain(model_readings *r, const char *file, uint32_t line, const char *text)
{
    tdo_error e = {0};
    r->no_memory = r->no_memory || !text;
    if (!text)
        return;
    (void)tdo_fail_at(&e, TDO_E_INPUT, file, line, 0, "%s", text);
    tdo_report_add(r->report, &e);
}

tdo_status model_keep_rest(model_readings *r, double **rest, size_t n, size_t i, double x)
{
    if (x != 0 && !*rest)
        *rest = tdo_alloc(r->a, n, sizeof **rest);
    if (x != 0 && *rest)
        (*rest)[i] = x;
    return x != 0 && !*rest ? TDO_E_MEMORY : TDO_OK;
}
