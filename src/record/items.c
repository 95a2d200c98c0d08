/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every part of a decision record is written with: list items and names. */
#include "record/parts.h"

void record_item(record_page *p, const tdo_sink *text)
{
    p->m.failed = p->m.failed || text->failed;
    tdo_puts(p->m.o, "- ");
    markup_put(&p->m, text->text && !text->failed ? text->text : "");
    tdo_puts(p->m.o, "\n");
}

void record_sentences(record_page *p, const tdo_sentences *s)
{
    for (size_t k = 0; k < s->n; k++) {
        tdo_puts(p->m.o, "- ");
        markup_put(&p->m, s->item[k]);
        tdo_puts(p->m.o, "\n");
    }
}

void record_name(record_page *p, const char *id)
{
    tdo_puts(p->m.o, "\"");
    markup_put(&p->m, id);
    tdo_puts(p->m.o, "\"");
}
