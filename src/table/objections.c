/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people said against candidates, for a terminal. */
#include "table/page.h"
#include "tradeoff/explain.h"

/* *some: the heading stands. */
static tdo_status put(page_writer *p, size_t i, bool *some)
{
    tdo_sentences said = {0};
    tdo_status status = tdo_explain_objections(p->run, i, p->a, &said);
    if (said.n && !*some)
        page_heading(p, "Objections");
    *some |= said.n > 0;
    for (size_t k = 0; k < said.n; k++)
        page_item(p, said.item[k]);
    return status;
}

tdo_status page_objections(page_writer *p, size_t i)
{
    bool some = false;
    return put(p, i, &some);
}

tdo_status page_objections_to_chosen(page_writer *p)
{
    bool some = false;
    tdo_status status = TDO_OK;
    for (size_t i = 0; i < p->run->measured.n && status == TDO_OK; i++)
        if (page_is_chosen(p->run, i))
            status = put(p, i, &some);
    return status;
}
