/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who belongs to whom: are there such candidates, and can it be at all? */
#include "portfolio/data.h"

#include <string.h>

size_t pick_slot_of(const tdo_case *k, const char *id)
{
    for (size_t q = 0; q < k->f->feasible_n; q++)
        if (strcmp(k->x->id[k->f->feasible[q]], id) == 0)
            return q;
    return TDO_NONE;
}

typedef struct checker {
    const tdo_scenario *s;
    const tdo_measured *x;
    tdo_arena *a;
    tdo_report *report;
    bool bad, no_memory;
} checker;

static size_t find_id(const checker *c, const char *id)
{
    for (size_t i = 0; i < c->x->n; i++)
        if (strcmp(c->x->id[i], id) == 0)
            return i;
    return TDO_NONE;
}

static void complain(checker *c, const tdo_place *at, const tdo_sink *text)
{
    tdo_error e = {0};
    c->bad = true;
    c->no_memory = c->no_memory || text->failed;
    if (text->failed)
        return;
    (void)tdo_fail_at(&e, TDO_E_INPUT, at->file, at->line, at->column, "%s", text->text);
    tdo_report_add(c->report, &e);
}

static void check_ids(checker *c)
{
    for (size_t l = 0; l < c->s->portfolio.n_links; l++) {
        const tdo_link *link = &c->s->portfolio.links[l];
        for (size_t q = 0; q < link->n; q++) {
            const char *id = link->id[q];
            if (find_id(c, id) != TDO_NONE)
                continue;
            const char *near = tdo_nearest_word(id, c->x->id, c->x->n);
            tdo_sink o = tdo_sink_memory(c->a);
            tdo_puts(&o, "the portfolio names ");
            tdo_put_quoted(&o, id);
            tdo_puts(&o, ", which is no candidate");
            if (near) {
                tdo_puts(&o, " (did you mean ");
                tdo_put_quoted(&o, near);
                tdo_puts(&o, "?)");
            }
            complain(c, &link->place[q], &o);
        }
    }
}

/* Everybody whom taking `id` brings along. in: [n] */
static void close_over(const checker *c, size_t id, bool *in)
{
    bool more = true;
    memset(in, 0, c->x->n * sizeof *in);
    in[id] = true;
    while (more) {
        more = false;
        for (size_t l = 0; l < c->s->portfolio.n_links; l++) {
            const tdo_link *link = &c->s->portfolio.links[l];
            bool drawn = false;
            for (size_t q = 0; q < link->n; q++)
                drawn = drawn || (in[find_id(c, link->id[q])] &&
                                  (link->kind == TDO_LINK_TOGETHER ||
                                   (link->kind == TDO_LINK_REQUIRES && q == 0)));
            for (size_t q = 0; q < link->n && drawn; q++) {
                bool *one = &in[find_id(c, link->id[q])];
                more = more || !*one;
                *one = true;
            }
        }
    }
}

/* Two of a link that may not come together; how many there are of it. */
static size_t taken_of(const checker *c, const tdo_link *link, const bool *in, const char *two[2])
{
    size_t n = 0;
    for (size_t q = 0; q < link->n; q++)
        if (in[find_id(c, link->id[q])]) {
            if (n < 2)
                two[n] = link->id[q];
            n++;
        }
    return n;
}

/* Whoever brings along two that may not come together can never be taken. */
static tdo_status check_links(checker *c)
{
    const tdo_portfolio_options *o = &c->s->portfolio;
    bool *in = tdo_alloc(c->a, c->x->n, sizeof *in);
    bool *said = tdo_alloc(c->a, o->n_links, sizeof *said);
    if (!in || !said)
        return TDO_E_MEMORY;
    for (size_t l = 0; l < o->n_links; l++) {
        if (o->links[l].kind == TDO_LINK_APART)
            continue;
        close_over(c, find_id(c, o->links[l].id[0]), in);
        for (size_t k = 0; k < o->n_links; k++) {
            const char *two[2] = {NULL, NULL};
            if (o->links[k].kind != TDO_LINK_APART || said[k] ||
                taken_of(c, &o->links[k], in, two) < 2)
                continue;
            tdo_sink out = tdo_sink_memory(c->a);
            said[k] = true;
            tdo_puts(&out, "the portfolio can never take ");
            tdo_put_quoted(&out, o->links[l].id[0]);
            tdo_puts(&out, ": it brings along ");
            tdo_put_quoted(&out, two[0]);
            tdo_puts(&out, " and ");
            tdo_put_quoted(&out, two[1]);
            tdo_puts(&out, ", which may not come together");
            complain(c, &o->links[k].place[0], &out);
        }
    }
    return TDO_OK;
}

tdo_status tdo_portfolio_check(const tdo_scenario *s, const tdo_measured *x, tdo_arena *a,
                               tdo_report *report)
{
    checker c = {.s = s, .x = x, .a = a, .report = report};
    check_ids(&c);
    tdo_status status = c.bad || c.no_memory ? TDO_OK : check_links(&c);
    return status != TDO_OK ? status : c.no_memory ? TDO_E_MEMORY : c.bad ? TDO_E_INPUT : TDO_OK;
}
