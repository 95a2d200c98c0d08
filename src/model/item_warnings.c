/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is doubtful about items. */
#include "model/items.h"

static tdo_status warn_tail(model_item_rows *x, size_t c, const bool *tailed)
{
    model_readings *r = x->r;
    model_named who = model_named_start(r->a);
    for (size_t i = 0; i < r->n; i++)
        if (tailed[i])
            model_named_add(&who, r->t->id[i]);
    if (!who.count)
        return TDO_OK;
    const char *names = model_named_text(&who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(r->w, r->a, "W_TAIL",
                             "criterion \"%s\": the %s of %zu of %zu candidates (%s) are so skewed "
                             "that the error of their mean is not nearly normal: more of them, or "
                             "a quantile, would say more",
                             r->s->criteria[c].id, x->cluster ? "clusters" : "items", who.count,
                             r->n, names);
}

static tdo_status warn_unpaired(model_item_rows *x, size_t c, const uint32_t *count,
                                size_t measured)
{
    size_t all = 0, common = 0;
    for (size_t w = 0; w < x->item->n_words; w++) {
        all += count[w] > 0;
        common += count[w] == measured;
    }
    if (measured < 2 || 2 * common >= all)
        return TDO_OK;
    return tdo_warn(x->r->w, x->r->a, "W_UNPAIRED",
                    "criterion \"%s\": %zu of the %zu items of %s %s measured for all candidates: "
                    "differences between these are nearly as unsure as those of separate tests",
                    x->r->s->criteria[c].id, common, all, x->t->name, common == 1 ? "is" : "are");
}

tdo_status model_item_warn(model_item_rows *x, size_t c, const bool *tailed, const uint32_t *count,
                           size_t measured)
{
    tdo_status status = warn_tail(x, c, tailed);
    return status == TDO_OK ? warn_unpaired(x, c, count, measured) : status;
}
