/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was guessed in a starter, for the person who is to check it. */
#include "table/page.h"

#include <string.h>

static void put_guess(page_writer *p, const tdo_guess *g)
{
    tdo_sink o = tdo_sink_memory(p->a);
    if (g->path)
        tdo_putf(&o, "%s: ", g->path);
    tdo_puts(&o, g->text);
    page_item(p, page_collected(p, &o));
}

static void put_part(page_writer *p, const tdo_starter *s, bool left_out, const char *heading)
{
    bool some = false;
    for (size_t k = 0; k < s->n_guesses; k++) {
        if ((!s->guess[k].path) != left_out)
            continue;
        if (!some)
            page_heading(p, heading);
        some = true;
        put_guess(p, &s->guess[k]);
    }
}

tdo_status tdo_write_guesses(const tdo_starter *s, const char *scenario,
                             const tdo_table_style *style, tdo_sink *o)
{
    const tdo_profile *f = s->profile;
    page_writer p = {.style = style, .o = o, .a = tdo_arena_new()};
    if (!p.a)
        return TDO_E_MEMORY;
    tdo_sink head = tdo_sink_memory(p.a);
    const bool outside = strncmp(s->file, "../", 3) == 0;
    if (scenario)
        tdo_putf(&head, "%s: ", scenario);
    tdo_putf(&head, "a starter for %s (%zu rows", f->file, f->rows);
    if (f->shape != TDO_SHAPE_PLAIN)
        tdo_putf(&head, ", looks like %s", tdo_shape_words[f->shape]);
    tdo_puts(&head, "); it runs as it is");
    if (scenario)
        tdo_putf(&head, ": tradeoff run %s%s", scenario, outside ? " --allow-outside" : "");
    if (outside)
        tdo_puts(&head, " (the CSV file lies outside the folder of the scenario)");
    page_line(&p, PAGE_STYLE_BOLD, page_collected(&p, &head));
    put_part(&p, s, false, "Guessed, to be checked");
    put_part(&p, s, true, "Left out");
    tdo_status status = p.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    tdo_arena_free(p.a);
    return status;
}
