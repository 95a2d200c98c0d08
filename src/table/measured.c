/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was measured: a row for each criterion, a column for each candidate. */
#include <math.h>
#include <string.h>

#include "table/page.h"
#include "verdict/answer.h"

enum { GAP = 1, LEAST_LABEL = 24, MOST_CRITERIA = 12, LEAST_COLUMNS = 2 };

/* A candidate's readings as they are printed. */
typedef struct measured_column {
    const char *head;
    const char **cell; /* [d] */
    size_t width;
} measured_column;

typedef struct measured_table {
    measured_column *column; /* [n] */
    size_t n;
    const char **label; /* [d] */
    size_t label_width;
    bool needed, broken, assumed; /* marks that were used: a need missed, a limit broken */
} measured_table;

/* Does somebody need more? */
static bool misses_need(const tdo_run *run, size_t c, size_t i)
{
    const tdo_scenario *s = run->scenario;
    bool missed = false;
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t k = 0; k < s->stakeholders[h].n_needs; k++) {
            const tdo_need *need = &s->stakeholders[h].needs[k];
            missed = missed || (need->criterion == c && facts_need_gap(run, need, i) > 0);
        }
    return missed;
}

static bool breaks_limit(const tdo_run *run, size_t c, size_t i)
{
    const tdo_scenario *s = run->scenario;
    bool broken = false;
    for (size_t j = 0; j < s->n_constraints; j++)
        broken = broken ||
                 (s->constraints[j].condition.criterion == c && (run->screened.broken[i] >> j & 1));
    return broken;
}

/* "↑ Order quality, NDCG@10" */
static const char *label_of(page_writer *p, size_t c)
{
    static const char *const arrow[2][3] = {
        {[TDO_GOAL_MAX] = "\u2191", [TDO_GOAL_MIN] = "\u2193", [TDO_GOAL_TARGET] = "\u2192"},
        {[TDO_GOAL_MAX] = "+", [TDO_GOAL_MIN] = "-", [TDO_GOAL_TARGET] = "="}};
    const tdo_criterion *k = &p->run->scenario->criteria[c];
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_puts(&o, arrow[p->style->ascii][k->goal]);
    if (k->goal == TDO_GOAL_TARGET)
        amount_put_grouped(&o, k->target);
    tdo_putf(&o, " %s", page_name(p, k->label));
    if (k->unit[0] && !k->levels)
        tdo_putf(&o, ", %s", page_name(p, k->unit));
    return page_collected(p, &o);
}

static const char *cell_of(page_writer *p, const amount_scale *scale, measured_table *t, size_t c,
                           size_t i)
{
    const tdo_run *run = p->run;
    const double reading = run->measured.reading[c][i];
    const bool assumed = facts_is_assumed(run, c, i), needed = misses_need(run, c, i),
               broken = breaks_limit(run, c, i);
    tdo_sink o = tdo_sink_memory(p->a);
    if (isnan(reading))
        tdo_puts(&o, "-");
    else
        amount_put_bare(&o, run, scale, c, reading);
    tdo_puts(&o, assumed ? "?" : needed || broken ? "!" : " ");
    t->assumed = t->assumed || assumed;
    t->needed = t->needed || (needed && !assumed);
    t->broken = t->broken || (broken && !assumed);
    return page_name(p, page_collected(p, &o));
}

static const char *head_of(page_writer *p, size_t i)
{
    const tdo_run *run = p->run;
    const bool chosen = page_is_chosen(run, i);
    const char *text = chosen                         ? tdo_text(p->a, "> %s ", page_place(p, i))
                       : i == run->measured.incumbent ? "today "
                                                      : tdo_text(p->a, "%s ", page_place(p, i));
    p->failed = p->failed || !text;
    return text ? text : "";
}

static void add_column(page_writer *p, const amount_scale *scale, measured_table *t, size_t i)
{
    const size_t d = p->run->measured.d;
    measured_column *x = &t->column[t->n];
    *x = (measured_column){.head = head_of(p, i), .cell = tdo_alloc(p->a, d, sizeof *x->cell)};
    p->failed = p->failed || !x->cell;
    x->width = plain_width(x->head);
    for (size_t c = 0; c < d && !p->failed; c++) {
        x->cell[c] = cell_of(p, scale, t, c, i);
        x->width = plain_width(x->cell[c]) > x->width ? plain_width(x->cell[c]) : x->width;
    }
    t->n++;
}

/* The chosen one, today's, then the others: the first five, or with --full all. */
static void add_columns(page_writer *p, const page_rows *r, measured_table *t)
{
    const tdo_run *run = p->run;
    const amount_scale *scale = amount_scales(run, p->a);
    const size_t chosen = run->screened.feasible[run->ranking.recommended];
    const size_t today = run->measured.incumbent;
    p->failed = p->failed || !scale;
    if (p->failed)
        return;
    add_column(p, scale, t, chosen);
    if (today != TDO_NONE && today != chosen && !run->measured.dropped[today])
        add_column(p, scale, t, today);
    for (size_t k = 0; k < r->ranked && !p->failed; k++)
        if (r->candidate[k] != chosen && r->candidate[k] != today && (p->style->full || k < r->top))
            add_column(p, scale, t, r->candidate[k]);
}

/* Columns from one on that fit beside the labels. */
static size_t fitting(const measured_table *t, size_t from, size_t width)
{
    size_t used = t->label_width, n = 0;
    while (from + n < t->n && (!width || used + GAP + t->column[from + n].width <= width)) {
        used += GAP + t->column[from + n].width;
        n++;
    }
    return n ? n : 1;
}

static void put_cells(page_writer *p, const measured_table *t, size_t from, size_t n, size_t c)
{
    const char *label = c == TDO_NONE ? "" : plain_shorten(p->a, t->label[c], t->label_width);
    tdo_sink o = tdo_sink_memory(p->a);
    p->failed = p->failed || !label;
    if (p->failed)
        return;
    if (c == TDO_NONE) {
        tdo_sink head = tdo_sink_memory(p->a);
        tdo_puts(&head, "Measured");
        tdo_puts(&head, t->needed && t->broken ? " (! limit or need)"
                        : t->broken            ? " (! breaks a limit)"
                        : t->needed            ? " (! misses a need)"
                                               : "");
        tdo_puts(&head, t->assumed ? " (? assumed)" : "");
        label = page_collected(p, &head);
    }
    if (plain_width(label) > t->label_width) { /* a line of its own, above the columns */
        tdo_putf(p->o, "%s\n", label);
        label = "";
    }
    tdo_puts(&o, label);
    size_t blanks = t->label_width -
                    (plain_width(label) < t->label_width ? plain_width(label) : t->label_width);
    for (size_t k = from; k < from + n; k++) {
        const measured_column *x = &t->column[k];
        const char *text = c == TDO_NONE ? x->head : x->cell[c];
        const size_t length = strlen(text), mark = length && text[length - 1] == ' ';
        plain_put_blanks(&o, blanks + GAP + x->width - plain_width(text));
        tdo_put(&o, text, length - mark);
        blanks = mark;
    }
    tdo_putf(p->o, "%s\n", page_collected(p, &o));
}

/* Is it one of those that weigh most for the group? Of equal ones the first. */
static bool is_shown(const tdo_run *run, size_t c)
{
    const double *weight = run->utility.group_weight;
    size_t before = 0;
    for (size_t k = 0; k < run->measured.d; k++)
        before += weight[k] > weight[c] || (weight[k] == weight[c] && k < c);
    return before < MOST_CRITERIA;
}

void page_measured(page_writer *p, const page_rows *r)
{
    const size_t d = p->run->measured.d, width = p->style->width;
    measured_table t = {.column = tdo_alloc(p->a, r->n + 1, sizeof *t.column),
                        .label = tdo_alloc(p->a, d, sizeof *t.label)};
    p->failed = p->failed || !t.column || !t.label;
    if (!p->failed)
        add_columns(p, r, &t);
    for (size_t c = 0; c < d && !p->failed; c++) {
        t.label[c] = label_of(p, c);
        t.label_width = plain_width(t.label[c]) > t.label_width ? plain_width(t.label[c])
                                                                : t.label_width;
    }
    if (t.label_width < LEAST_LABEL + 3)
        t.label_width = LEAST_LABEL + 3;
    size_t two = 0;
    for (size_t k = 0; k < t.n && k < LEAST_COLUMNS; k++)
        two += GAP + t.column[k].width;
    if (width && t.label_width + two > width)
        t.label_width = width > two + LEAST_LABEL ? width - two : LEAST_LABEL;
    for (size_t from = 0, n = 0; from < t.n && !p->failed; from += n) {
        n = fitting(&t, from, width);
        tdo_puts(p->o, "\n");
        put_cells(p, &t, from, n, TDO_NONE);
        for (size_t c = 0; c < d && !p->failed; c++)
            if (p->style->full || is_shown(p->run, c))
                put_cells(p, &t, from, n, c);
        if (!p->style->full)
            break;
    }
    if (!p->style->full && d > MOST_CRITERIA)
        tdo_putf(p->o, "and %zu criteria that weigh less: add --full\n", d - MOST_CRITERIA);
}
