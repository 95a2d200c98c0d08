/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much weight everybody would have to move, for a terminal: a row for each candidate. */
#include "explain/amount.h"
#include "table/agree.h"

#include <math.h>
#include <string.h>

enum { SHOWN = 5, NAMED = 3, COLUMN = 5, LEAST_NAME = 12 };

static const tdo_agreement *agreed(const page_writer *p)
{
    return &p->run->agreement;
}

static const char *label(page_writer *p, size_t h)
{
    return page_person(p, h);
}

/* A share as points of 100: never 0 for what is not 0. */
const char *page_agree_points(page_writer *p, double share)
{
    tdo_sink o = tdo_sink_memory(p->a);
    const double x = floor(100 * share + 0.5);
    if (share > 0 && x < 1)
        tdo_puts(&o, "<1");
    else
        amount_put_rounded(&o, x, 3);
    return page_collected(p, &o);
}

/* The points of everybody's move in whole numbers that add to those of the total, where the total
 * is their sum: the largest remainders get what is missing. NULL: out of memory. */
const char **page_agree_moves(page_writer *p, const tdo_agree_candidate *x)
{
    const size_t n = p->run->scenario->n_stakeholders;
    const char **out = tdo_alloc(p->a, n, sizeof *out);
    double *left = tdo_alloc(p->a, n, sizeof *left), sum = 0, whole = 0;
    p->failed = p->failed || !out || !left;
    if (!out || !left)
        return NULL;
    for (size_t h = 0; h < n; h++) {
        out[h] = page_agree_points(p, x->move[h].change);
        left[h] = 100 * x->move[h].change - floor(100 * x->move[h].change);
        if (!facts_has_power(p->run, h))
            left[h] = -1; /* not in the total */
        sum += left[h] < 0 ? 0 : x->move[h].change;
        whole += left[h] < 0 ? 0 : floor(100 * x->move[h].change);
    }
    if (!(fabs(sum - x->total) < TDO_TIE))
        return out;
    double up = floor(100 * sum + 0.5) - whole; /* so many are rounded up */
    for (size_t h = 0; h < n; h++) {
        size_t before = 0;
        if (left[h] < 0)
            continue;
        for (size_t q = 0; q < n; q++)
            before += left[q] > left[h] || (left[q] >= left[h] && q < h);
        const double down = 100 * x->move[h].change - left[h];
        out[h] = page_agree_points(p, ((double)before < up ? down + 1
                                       : down > 0          ? down
                                                           : left[h] / 100) /
                                          100);
    }
    return out;
}

/* The best few; what runs today and what is first now, wherever they are. */
static size_t list_shown(const page_writer *p, size_t *list)
{
    const tdo_agreement *x = agreed(p);
    const size_t today = p->run->measured.incumbent;
    const uint32_t slot = today == TDO_NONE ? UINT32_MAX : p->run->screened.slot[today];
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++)
        if (!isnan(x->of[i].total) &&
            (n < SHOWN || x->of[i].slot == p->run->ranking.recommended || x->of[i].slot == slot))
            list[n++] = i;
    return n;
}

/* Stairs of names above columns of COLUMN places. */
static void put_stairs(page_writer *p, size_t from, size_t to, size_t name, bool together)
{
    for (size_t h = from; h < to + together; h++) {
        plain_put_blanks(p->o, name + COLUMN - 2);
        for (size_t q = from; q < h; q++) {
            tdo_puts(p->o, "|");
            plain_put_blanks(p->o, COLUMN - 1);
        }
        tdo_putf(p->o, "%s\n", h < to ? label(p, h) : "Together");
    }
}

static void put_cell(page_writer *p, const char *text)
{
    const size_t width = plain_width(text);
    plain_put_blanks(p->o, width < COLUMN ? COLUMN - width : 1);
    tdo_puts(p->o, text);
}

static void put_row(page_writer *p, const tdo_agree_candidate *x, size_t from, size_t to,
                    size_t name)
{
    const char *id = plain_shorten(p->a, page_slot(p, x->slot), name);
    p->failed |= !id;
    if (!id)
        return;
    tdo_puts(p->o, id);
    plain_put_blanks(p->o, name - plain_width(id));
    const char **move = page_agree_moves(p, x);
    for (size_t h = from; h < to && move; h++)
        put_cell(p, move[h]);
    if (to == p->run->scenario->n_stakeholders)
        put_cell(p, page_agree_points(p, x->total));
    tdo_puts(p->o, "\n");
}

/* Stakeholders that do not fit beside each other come in blocks. */
void page_agree_matrix(page_writer *p)
{
    const size_t people = p->run->scenario->n_stakeholders;
    const size_t width = p->style->width ? p->style->width : SIZE_MAX;
    size_t *list = tdo_alloc(p->a, agreed(p)->n, sizeof *list), name = LEAST_NAME, longest = 8;
    if (!list) {
        p->failed = true;
        return;
    }
    const size_t n = list_shown(p, list);
    for (size_t i = 0; i < n; i++) {
        const char *id = page_slot(p, agreed(p)->of[list[i]].slot);
        const size_t w = plain_width(id);
        name = w > name ? w : name;
    }
    for (size_t h = 0; h < people; h++) {
        const size_t w = tdo_utf8_width(label(p, h), strlen(label(p, h)));
        longest = w > longest ? w : longest;
    }
    if (name > width / 2)
        name = width / 2;
    const size_t used = name + COLUMN + longest;
    const size_t block = width > used + COLUMN ? (width - used) / COLUMN : 1;
    if (!n)
        return;
    page_heading(p, "Weight that would move, in percentage points");
    for (size_t from = 0; from < people; from += block) {
        const size_t to = people - from > block ? from + block : people;
        put_stairs(p, from, to, name, to == people);
        for (size_t i = 0; i < n; i++)
            put_row(p, &agreed(p)->of[list[i]], from, to, name);
    }
}

/* Those for whom there is somebody whom nothing moves. */
void page_agree_never(page_writer *p)
{
    const tdo_agreement *x = agreed(p);
    tdo_sink o = tdo_sink_memory(p->a);
    size_t n = 0, first = x->n;
    for (size_t i = x->n; i-- > 0 && isnan(x->of[i].total);)
        first = i;
    for (size_t i = first; i < x->n && n < NAMED; i++) {
        tdo_sink who = tdo_sink_memory(p->a);
        size_t cannot = 0;
        for (size_t h = 0; h < p->run->scenario->n_stakeholders; h++)
            if (!x->of[i].move[h].possible && p->run->utility.power[h] > 0)
                tdo_putf(&who, "%s%s", cannot++ ? ", " : "", label(p, h));
        tdo_putf(&o, "%s%s (%s)", n++ ? ", " : "", page_slot(p, x->of[i].slot),
                 page_collected(p, &who));
    }
    if (!n)
        return;
    if (x->n - first > n)
        tdo_putf(&o, " and %zu more", x->n - first - n);
    tdo_sink line = tdo_sink_memory(p->a);
    tdo_putf(&line, "No weights would do for %s.", page_collected(p, &o));
    page_line(p, NULL, page_collected(p, &line));
}
