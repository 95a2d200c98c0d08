/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table's ranking: who, with what score, first for whom, measured how. */
#include <string.h>

#include "explain/words.h"
#include "output/page.h"

enum {
    ROWS = 20,     /* places shown; the others are counted */
    SCORE_BAR = 8, /* columns of a bar */
    UTILITY_BAR = 5,
    LEAST_ID = 16, /* columns to which names may be shortened: a quarter of the page or as many */
    MOST_ID = 40,  /*   as tell them apart, but between these two */
    MOST_DIGITS = 8
};

/* The slots that are shown. */
typedef struct rows {
    uint32_t slot[ROWS];
    size_t n;
} rows;

static size_t place_of(const tdo_ranking *r, size_t f, uint32_t slot)
{
    size_t q = 0;
    while (q < f && r->order[q] != slot)
        q++;
    return q;
}

/* The best ones, and with them the recommended one and the incumbent, however far down. */
static rows choose_rows(const tdo_run *run)
{
    const tdo_ranking *r = &run->ranking;
    size_t f = run->valued.f, head = f < ROWS ? f : ROWS, n = 1, far = 0;
    size_t wanted[2] = {place_of(r, f, r->recommended)}; /* places, ascending */
    rows y = {.n = head};
    if (run->measured.incumbent != TDO_NONE &&
        run->screened.slot[run->measured.incumbent] != UINT32_MAX)
        wanted[n++] = place_of(r, f, run->screened.slot[run->measured.incumbent]);
    if (n == 2 && wanted[0] >= wanted[1]) {
        n = wanted[0] == wanted[1] ? 1 : 2;
        size_t swap = wanted[0];
        wanted[0] = wanted[1];
        wanted[1] = swap;
    }
    do { /* what makes room for one may itself be wanted */
        head -= far > y.n - head ? 1 : 0;
        far = 0;
        for (size_t k = 0; k < n; k++)
            far += wanted[k] >= head;
    } while (far > y.n - head);
    memcpy(y.slot, r->order, head * sizeof *y.slot);
    for (size_t k = 0; k < far; k++)
        y.slot[head + k] = r->order[wanted[n - far + k]];
    return y;
}

/* ---- columns ---- */

static bool is_tied(const tdo_run *run, uint32_t slot)
{
    const tdo_ranking *r = &run->ranking;
    const uint32_t *rank = facts_headline(run)->rank;
    size_t q = place_of(r, run->valued.f, slot);
    return (q > 0 && rank[r->order[q - 1]] == rank[slot]) ||
           (q + 1 < run->valued.f && rank[r->order[q + 1]] == rank[slot]);
}

static bool is_practical_tie(const tdo_ranking *r, uint32_t slot)
{
    for (size_t k = 0; k < r->n_tied; k++)
        if (r->tied[k] == slot)
            return true;
    return false;
}

/* The signs before a name, and what they mean. */
enum { SIGNS = 7, ASSUMED = 6 };
static const struct {
    char sign;
    const char *means;
} legend[SIGNS] = {
    {'>', "recommended"},
    {'*', "on the frontier"},
    {'.', "dominated (another one is better outright)"},
    {'=', "same rank as another"},
    {'~', "as good in practice as the recommended"},
    {'i', "the incumbent"},
    {'?', "behind a number: not measured, taken as the worst measured"},
};

static void find_signs(const tdo_run *run, uint32_t slot, bool has[SIGNS])
{
    has[0] = slot == run->ranking.recommended;
    has[1] = run->front.member[slot];
    has[2] = !has[1];
    has[3] = is_tied(run, slot);
    has[4] = is_practical_tie(&run->ranking, slot);
    has[5] = run->measured.incumbent == run->screened.feasible[slot];
}

static void add_signs(page_writer *p, grid_table *g, const rows *r, bool used[SIGNS])
{
    size_t column = grid_add(g, "", GRID_ALIGN_LEFT);
    for (size_t k = 0; k < r->n; k++) {
        bool has[SIGNS];
        char text[SIGNS + 1] = "";
        size_t n = 0;
        find_signs(p->run, r->slot[k], has);
        for (size_t q = 0; q < ASSUMED; q++) {
            used[q] = used[q] || has[q];
            if (has[q] || q == 0)
                text[n++] = has[q] ? legend[q].sign : ' ';
        }
        grid_set(g, column, k, tdo_copy(p->a, text, n));
    }
}

/* Digits that tell two scores apart; SPEECH_SCORE_DIGITS where only many would. */
static int digits_between(double a, double b)
{
    char x[TDO_NUMBER_TEXT], y[TDO_NUMBER_TEXT];
    for (int digits = SPEECH_SCORE_DIGITS; digits <= MOST_DIGITS; digits++) {
        tdo_number_round(a, digits, x);
        tdo_number_round(b, digits, y);
        if (strcmp(x, y) != 0)
            return digits;
    }
    return SPEECH_SCORE_DIGITS;
}

/* As many digits as tell apart those shown that are ranked apart. */
static int score_digits(const tdo_run *run, const rows *r)
{
    const tdo_rule_result *y = facts_headline(run);
    int digits = SPEECH_SCORE_DIGITS;
    for (size_t k = 1; k < r->n; k++) {
        uint32_t i = r->slot[k - 1], j = r->slot[k];
        int more = y->rank[i] == y->rank[j] ? 0 : digits_between(y->score[i], y->score[j]);
        digits = more > digits ? more : digits;
    }
    return digits;
}

static void add_score(page_writer *p, grid_table *g, const rows *r, unsigned drop)
{
    const tdo_run *run = p->run;
    const double *score = facts_headline(run)->score;
    int digits = score_digits(run, r);
    double low = score[0], high = score[0];
    for (size_t k = 1; k < run->valued.f; k++) {
        low = score[k] < low ? score[k] : low;
        high = score[k] > high ? score[k] : high;
    }
    size_t column = grid_add(g, "score", GRID_ALIGN_POINT);
    size_t bar = grid_add(g, "", GRID_ALIGN_LEFT);
    const bool compared = !tdo_rule_about[run->ranking.rule]->in_stages;
    for (size_t k = 0; k < r->n && !g->failed; k++) {
        double x = score[r->slot[k]];
        grid_set(g, column, k, page_number(p, x, digits));
        if (compared)
            grid_set(g, bar, k, page_bar(p, high > low ? (x - low) / (high - low) : 1, SCORE_BAR));
    }
    if (!g->failed) {
        g->column[column].head[1] = tdo_rule_name[run->ranking.rule];
        g->column[bar].gap = 1;
        g->column[bar].drop = drop;
        g->column[bar].ornament = true;
    }
}

static void add_stakeholder(page_writer *p, grid_table *g, const rows *r, size_t h, unsigned drop)
{
    const tdo_run *run = p->run;
    size_t column = grid_add(g, page_name(p, run->scenario->stakeholders[h].id), GRID_ALIGN_RIGHT);
    size_t bar = grid_add(g, "", GRID_ALIGN_LEFT);
    for (size_t k = 0; k < r->n && !g->failed; k++) {
        grid_set(g, column, k,
                 page_count(p, run->ranking.stakeholder_rank[h * run->utility.f + r->slot[k]]));
        grid_set(g, bar, k, page_bar(p, facts_utility_at(run, h, r->slot[k]), UTILITY_BAR));
    }
    if (!g->failed) {
        g->column[column].head[1] = "rank";
        g->column[column].drop = drop;
        g->column[bar].gap = 1;
        g->column[bar].drop = 1 + (unsigned)h;
        g->column[bar].ornament = true;
    }
}

/* "max", "min" or "target 1". */
static const char *goal_of(page_writer *p, const tdo_criterion *c)
{
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_puts(&o, facts_goal_name[c->goal]);
    if (c->goal == TDO_GOAL_TARGET) {
        tdo_puts(&o, " ");
        tdo_put_rounded(&o, c->target, SPEECH_WORD_DIGITS);
    }
    return page_collected(p, &o);
}

static void add_criterion(page_writer *p, grid_table *g, const rows *r, size_t c, unsigned drop,
                          bool used[SIGNS])
{
    const tdo_criterion *k = &p->run->scenario->criteria[c];
    size_t column =
        grid_add(g, page_name(p, k->id), k->levels ? GRID_ALIGN_LEFT : GRID_ALIGN_POINT);
    for (size_t q = 0; q < r->n && !g->failed; q++) {
        double reading = facts_reading_at(p->run, c, r->slot[q]);
        const char *text = k->levels ? page_name(p, k->levels[(size_t)reading])
                                     : page_number(p, reading, SPEECH_WORD_DIGITS);
        bool assumed = facts_is_assumed(p->run, c, p->run->screened.feasible[r->slot[q]]);
        used[ASSUMED] = used[ASSUMED] || assumed;
        grid_set(g, column, q, assumed && text ? tdo_text(p->a, "%s?", text) : text);
    }
    if (!g->failed) {
        g->column[column].head[1] = page_name(p, k->unit);
        g->column[column].head[2] = goal_of(p, k);
        g->column[column].drop = drop;
    }
}

/* The place of each of n items when the least important leaves first, of equal ones the last. */
static void order_of_leaving(const double *importance, size_t n, unsigned first, unsigned *place)
{
    for (size_t k = 0; k < n; k++) {
        place[k] = first;
        for (size_t q = 0; q < n; q++)
            place[k] += importance[q] < importance[k] || (importance[q] <= importance[k] && q > k);
    }
}

static void put_legend(page_writer *p, const bool used[SIGNS], bool bars)
{
    tdo_sink o = tdo_sink_memory(p->a);
    for (size_t q = 0; q < SIGNS; q++)
        if (used[q])
            tdo_putf(&o, "%s%c %s", o.length ? "; " : "", legend[q].sign, legend[q].means);
    if (bars)
        tdo_puts(&o, "; bars: score from the worst to the best feasible one, utility from 0 to 1");
    plain_put_blanks(p->o, 2);
    plain_put_folded(p->o, page_collected(p, &o), p->style->width, 2, 2);
    tdo_puts(p->o, "\n");
}

/* ---- the whole ---- */

static size_t least_id(page_writer *p, const char *const *name, size_t n)
{
    size_t width = p->style->width / 4;
    width = width < LEAST_ID ? LEAST_ID : width > MOST_ID ? MOST_ID : width;
    while (width < MOST_ID && plain_alike(p->a, name, n, width))
        width++;
    return width;
}

/* Rank, signs and name; then what the group makes of each, what was measured, or both. */
static grid_table build(page_writer *p, const rows *r, bool judged, bool measured, bool used[SIGNS])
{
    const tdo_run *run = p->run;
    size_t d = run->scenario->n_criteria, s = run->scenario->n_stakeholders;
    unsigned leaves[TDO_MAX_CRITERIA + TDO_MAX_STAKEHOLDERS];
    grid_table g = grid_new(p->a, r->n, 0);
    size_t rank = grid_add(&g, "rank", GRID_ALIGN_RIGHT);
    add_signs(p, &g, r, used);
    size_t id = grid_add(&g, "candidate", GRID_ALIGN_LEFT);
    for (size_t k = 0; k < r->n && !g.failed; k++) {
        grid_set(&g, rank, k, page_count(p, facts_headline(run)->rank[r->slot[k]]));
        grid_set(&g, id, k, page_slot(p, r->slot[k]));
        g.style[k] = r->slot[k] == run->ranking.recommended ? PAGE_STYLE_GREEN
                     : run->front.member[r->slot[k]]        ? NULL
                                                            : PAGE_STYLE_DIM;
    }
    if (!g.failed) {
        g.column[id].least = least_id(p, g.column[id].cell, r->n);
        g.column[id].names = judged;
    }
    order_of_leaving(run->utility.group_weight, d, 1, leaves);
    order_of_leaving(run->utility.power, s, 1 + (unsigned)d, leaves + d);
    if (judged)
        add_score(p, &g, r, 1 + (unsigned)s);
    for (size_t h = 0; h < s && judged && !g.failed; h++)
        add_stakeholder(p, &g, r, h, leaves[d + h]);
    for (size_t c = 0; c < d && measured && !g.failed; c++)
        add_criterion(p, &g, r, c, leaves[c], used);
    return g;
}

/* Writes a grid; true: with bars. */
static bool put(page_writer *p, grid_table *g)
{
    bool bars = false;
    tdo_puts(p->o, "\n");
    page_grid(p, g);
    for (size_t c = 0; c < g->n_columns; c++)
        bars = bars || (g->column[c].ornament && !g->column[c].hidden);
    return bars;
}

void page_ranking(page_writer *p)
{
    rows r = choose_rows(p->run);
    bool used[SIGNS] = {false}, bars = false;
    grid_table all = build(p, &r, true, true, used);
    if (!p->style->width || grid_width(&all) <= p->style->width) {
        bars = put(p, &all);
    } else {
        grid_table judged = build(p, &r, true, false, used);
        grid_table measured = build(p, &r, false, true, used);
        bars = put(p, &judged);
        (void)put(p, &measured);
    }
    if (p->run->valued.f > r.n)
        tdo_putf(p->o, "  and %zu more: --format json or csv has them\n", p->run->valued.f - r.n);
    put_legend(p, used, bars);
}
