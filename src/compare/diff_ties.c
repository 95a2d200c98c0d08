/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is first beside somebody: a recommendation that a name decides is said to be a tie. */
#include <string.h>

#include "compare/diff_parts.h"

const tdo_result_winner *diff_winner_of(const tdo_result *r, const char *rule)
{
    for (size_t k = 0; rule && k < r->n_winners; k++)
        if (strcmp(r->winner[k].rule, rule) == 0)
            return &r->winner[k];
    return NULL;
}

/* Is it one of those who are first? */
static bool is_first(const tdo_result_winner *w, const char *id)
{
    bool first = strcmp(w->winner, id) == 0;
    for (size_t k = 0; k < w->n_tied; k++)
        first = first || strcmp(w->tied[k], id) == 0;
    return first;
}

void diff_put_tied(tdo_sink *o, const tdo_result *r, const char *rule, const char *id, bool quoted)
{
    const tdo_result_winner *w = diff_winner_of(r, rule);
    if (!w || !w->n_tied || !is_first(w, id))
        return;
    const char *other = strcmp(w->winner, id) == 0 ? w->tied[0] : w->winner;
    tdo_puts(o, ", tied with ");
    if (quoted)
        tdo_put_quoted(o, other);
    else
        tdo_puts(o, other);
    if (w->n_tied > 1)
        tdo_putf(o, " and %zu more", w->n_tied - 1);
}

void diff_put_winner(tdo_sink *o, const tdo_result *r, const char *rule, const char *nobody)
{
    const tdo_result_winner *w = diff_winner_of(r, rule);
    tdo_puts(o, w ? w->winner : nobody);
    if (w)
        diff_put_tied(o, r, rule, w->winner, false);
}
