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

void record_texts(record_page *p, const char *const *text, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        tdo_puts(p->m.o, "- ");
        markup_put(&p->m, text[k]);
        tdo_puts(p->m.o, "\n");
    }
}

void record_sentences(record_page *p, const tdo_sentences *s)
{
    record_texts(p, (const char *const *)s->item, s->n);
}

void record_name(record_page *p, const char *id)
{
    tdo_puts(p->m.o, "\"");
    markup_put(&p->m, id);
    tdo_puts(p->m.o, "\"");
}
