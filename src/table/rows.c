/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which candidates the table shows: the first five, today's, everybody's favourite; or the
 * best thousand. */
#include "table/page.h"

enum { MOST_ROWS = 1000 /* with --full */ };

static bool *mark_wanted(page_writer *p)
{
    const tdo_run *run = p->run;
    bool *wanted = tdo_alloc(p->a, run->valued.f, sizeof *wanted);
    p->failed = p->failed || !wanted;
    if (!wanted)
        return NULL;
    wanted[run->ranking.recommended] = true;
    for (size_t h = 0; h < run->utility.s; h++)
        wanted[run->ranking.favourite[h]] = true;
    const size_t today = run->measured.incumbent;
    if (today != TDO_NONE && run->screened.slot[today] != UINT32_MAX)
        wanted[run->screened.slot[today]] = true;
    return wanted;
}

page_rows page_choose_rows(page_writer *p, size_t top)
{
    const tdo_run *run = p->run;
    const size_t f = run->valued.f, today = run->measured.incumbent;
    const bool *wanted = mark_wanted(p);
    size_t *row = tdo_alloc(p->a, f + 1, sizeof *row);
    page_rows r = {.candidate = row, .top = top};
    p->failed = p->failed || !row;
    for (size_t q = 0; q < f && !p->failed; q++) {
        const uint32_t slot = run->ranking.order[q];
        if (q < top || wanted[slot] || (p->style->full && q < MOST_ROWS))
            row[r.n++] = run->screened.feasible[slot];
    }
    r.ranked = r.n;
    if (!p->failed && today != TDO_NONE && run->screened.slot[today] == UINT32_MAX)
        row[r.n++] = today;
    return r;
}

const char *page_place(page_writer *p, size_t i)
{
    const tdo_run *run = p->run;
    const uint32_t slot = run->screened.slot[i];
    if (slot == UINT32_MAX)
        return "-";
    const uint32_t *rank = facts_headline(run)->rank;
    size_t same = 0;
    for (uint32_t k = 0; k < run->valued.f && same < 2; k++)
        same += rank[k] == rank[slot];
    const char *text = tdo_text(p->a, same > 1 ? "=%u" : "%u", rank[slot]);
    p->failed = p->failed || !text;
    return text ? text : "";
}
