/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who belongs to whom: are there such candidates, and can it be at all? */
#include "portfolio/data.h"

#include "base/index.h"

#include <string.h>

tdo_status pick_find_linked(const tdo_portfolio_options *o, const tdo_measured *x, tdo_arena *a,
                            const uint32_t *const **out)
{
    const uint32_t **linked = tdo_alloc(a, o->n_links, sizeof *linked);
    index_table index = {0};
    uint32_t twice = 0;
    tdo_status status = linked ? TDO_OK : TDO_E_MEMORY;
    *out = linked;
    for (size_t i = 0; i < x->n && o->n_links > 0 && status == TDO_OK; i++)
        status =
            index_add(&index, x->id, index_key_of(x->id[i], strlen(x->id[i])), (uint32_t)i, &twice);
    for (size_t l = 0; l < o->n_links && status == TDO_OK; l++) {
        const tdo_link *link = &o->links[l];
        uint32_t *of = tdo_alloc(a, link->n, sizeof *of);
        linked[l] = of;
        status = of ? TDO_OK : TDO_E_MEMORY;
        for (size_t q = 0; q < link->n && of; q++)
            of[q] = index_find(&index, x->id, link->id[q], strlen(link->id[q]));
    }
    index_free(&index);
    return status;
}

uint32_t pick_slot_of(const pick_data *d, size_t l, size_t q)
{
    return d->k->f->slot[d->linked[l][q]];
}

typedef struct checker {
    const tdo_scenario *s;
    const tdo_measured *x;
    const uint32_t *const *linked; /* as pick_find_linked has it */
    tdo_arena *a;
    tdo_report *report;
    bool bad, no_memory;
} checker;

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
            if (c->linked[l][q] != INDEX_ABSENT)
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

/* Whom taking somebody brings along. */
typedef struct closure {
    size_t *start;   /* [n + 1] into draws */
    uint32_t *draws; /* the links by which each candidate brings others along */
    bool *drawn;     /* [links] */
    bool *in;        /* [n] */
    uint32_t *list;  /* [n] those in */
} closure;

/* How many of a link's members, from the first on, bring the others along. */
static size_t drawing(const tdo_link *link)
{
    return link->kind == TDO_LINK_TOGETHER ? link->n : link->kind == TDO_LINK_REQUIRES ? 1 : 0;
}

static tdo_status make_closure(const checker *c, closure *out)
{
    const tdo_portfolio_options *o = &c->s->portfolio;
    const size_t n = c->x->n;
    size_t *start = tdo_alloc(c->a, n + 2, sizeof *start), all = 0;
    for (size_t l = 0; l < o->n_links; l++)
        all += drawing(&o->links[l]);
    *out = (closure){.start = start,
                     .draws = tdo_alloc(c->a, all, sizeof *out->draws),
                     .drawn = tdo_alloc(c->a, o->n_links, sizeof *out->drawn),
                     .in = tdo_alloc(c->a, n, sizeof *out->in),
                     .list = tdo_alloc(c->a, n, sizeof *out->list)};
    if (!start || !out->draws || !out->drawn || !out->in || !out->list)
        return TDO_E_MEMORY;
    for (size_t l = 0; l < o->n_links; l++)
        for (size_t q = 0; q < drawing(&o->links[l]); q++)
            start[c->linked[l][q] + 2]++;
    for (size_t i = 2; i < n + 2; i++)
        start[i] += start[i - 1];
    for (size_t l = 0; l < o->n_links; l++)
        for (size_t q = 0; q < drawing(&o->links[l]); q++)
            out->draws[start[c->linked[l][q] + 1]++] = (uint32_t)l;
    return TDO_OK;
}

static void close_over(const checker *c, closure *y, uint32_t first)
{
    const tdo_portfolio_options *o = &c->s->portfolio;
    size_t n = 1;
    memset(y->in, 0, c->x->n * sizeof *y->in);
    memset(y->drawn, 0, o->n_links * sizeof *y->drawn);
    y->in[first] = true;
    y->list[0] = first;
    for (size_t k = 0; k < n; k++)
        for (size_t t = y->start[y->list[k]]; t < y->start[y->list[k] + 1]; t++) {
            const uint32_t l = y->draws[t];
            for (size_t q = 0; q < o->links[l].n && !y->drawn[l]; q++) {
                const uint32_t i = c->linked[l][q];
                if (!y->in[i])
                    y->list[n++] = i;
                y->in[i] = true;
            }
            y->drawn[l] = true;
        }
}

/* Two of a link that may not come together; how many there are of it. */
static size_t taken_of(const checker *c, size_t l, const bool *in, const char *two[2])
{
    const tdo_link *link = &c->s->portfolio.links[l];
    size_t n = 0;
    for (size_t q = 0; q < link->n; q++)
        if (in[c->linked[l][q]]) {
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
    closure y;
    bool *said = tdo_alloc(c->a, o->n_links, sizeof *said);
    tdo_status status = said ? make_closure(c, &y) : TDO_E_MEMORY;
    if (status != TDO_OK)
        return status;
    for (size_t l = 0; l < o->n_links; l++) {
        if (o->links[l].kind == TDO_LINK_APART)
            continue;
        close_over(c, &y, c->linked[l][0]);
        for (size_t k = 0; k < o->n_links; k++) {
            const char *two[2] = {NULL, NULL};
            if (o->links[k].kind != TDO_LINK_APART || said[k] || taken_of(c, k, y.in, two) < 2)
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
    tdo_status status = pick_find_linked(&s->portfolio, x, a, &c.linked);
    if (status != TDO_OK)
        return status;
    check_ids(&c);
    status = c.bad || c.no_memory ? TDO_OK : check_links(&c);
    return status != TDO_OK ? status : c.no_memory ? TDO_E_MEMORY : c.bad ? TDO_E_INPUT : TDO_OK;
}
