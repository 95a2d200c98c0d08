/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of the texts of doubts. */
#include "model/measure.h"

#include <string.h>

static const char *last_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* A scenario that was not read from a file has no places. */
void model_put_place(tdo_sink *o, const tdo_place *p)
{
    if (p->file && p->line)
        tdo_putf(o, "%s:%u:%u: ", last_name(p->file), p->line, p->column);
    else if (p->file)
        tdo_putf(o, "%s: ", p->file); /* an option */
}

void model_put_criterion(tdo_sink *o, const tdo_criterion *k)
{
    tdo_puts(o, "criterion ");
    tdo_put_quoted(o, k->id);
}

tdo_status model_warn(model_readings *r, const char *code, const tdo_sink *text)
{
    return text->failed ? TDO_E_MEMORY : tdo_warn(r->w, r->a, code, "%s", text->text);
}
