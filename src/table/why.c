/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a candidate stands where it stands, for a terminal: labelled lines, then it and another one
 * side by side. */
#include <math.h>

#include "base/list.h"
#include "explain/words.h"
#include "table/page.h"
#include "verdict/answer.h"

/* The candidate that is asked about, and the one beside it. */
typedef struct why_pair {
    size_t i, j;       /* j TDO_NONE: nobody */
    uint32_t slot, to; /* theirs; UINT32_MAX: not feasible */
    bool asked;        /* j was named */
    bool assumed;      /* a reading was marked */
    const amount_scale *scale;
} why_pair;

static size_t today_of(const page_writer *p)
{
    return p->run->measured.incumbent;
}

static bool is_recommended(const page_writer *p, uint32_t slot)
{
    return p->run->feasible && slot == p->run->ranking.recommended;
}

static const char *name_of(page_writer *p, size_t i)
{
    tdo_sink o = tdo_sink_memory(p->a);
    answer_put_name(&o, p->run->measured.id[i]);
    return page_collected(p, &o);
}

static void put_title(page_writer *p, const why_pair *x)
{
    const bool chosen = page_is_chosen(p->run, x->i);
    const char *text = x->asked
                           ? tdo_text(p->a, "%s against %s", name_of(p, x->i), name_of(p, x->j))
                           : tdo_text(p->a, "Why %s%s?", chosen ? "" : "not ", name_of(p, x->i));
    p->failed = p->failed || !text;
    if (text)
        page_line(p, PAGE_STYLE_BOLD, text);
    tdo_puts(p->o, "\n");
}

/* ---- labelled lines ---- */

static void put_line(page_writer *p, const char *label, const tdo_sink *text)
{
    page_labelled(p, label, page_collected(p, text));
}

/* The label stands before the first. */
static void put_list(page_writer *p, const char *label, const tdo_sentences *said, size_t from)
{
    for (size_t k = from; k < said->n; k++)
        page_labelled(p, k == from ? label : "", said->item[k]);
}

static void put_place(page_writer *p, const why_pair *x)
{
    const tdo_run *run = p->run;
    const tdo_ranking *r = &run->ranking;
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_putf(&o, "%s of %zu, by the rule %s: ", page_place(p, x->i), run->valued.f,
             tdo_rule_name[r->rule]);
    if (x->slot == r->top && facts_keeps_today(run, r->rule))
        tdo_puts(&o, "it runs today, and nobody gains together with another one");
    else
        tdo_puts(&o, answer_gloss(run));
    if (x->slot == r->recommended && r->top != r->recommended) {
        tdo_puts(&o, "; recommended as simpler than ");
        answer_put_slot(&o, run, r->top);
    }
    put_line(p, run->picked ? "Alone" : "Place", &o);
}

/* Whose favourite it is. */
static void put_favourite(page_writer *p, const why_pair *x)
{
    const tdo_run *run = p->run;
    size_t of[TDO_MAX_STAKEHOLDERS], n = 0;
    tdo_sink o = tdo_sink_memory(p->a);
    for (size_t h = 0; h < run->utility.s; h++)
        if (run->ranking.favourite[h] == x->slot)
            of[n++] = h;
    for (size_t k = 0; k < n; k++)
        tdo_putf(&o, "%s%s", list_joint(k, n), run->scenario->stakeholders[of[k]].label);
    tdo_puts(&o, n == run->utility.s && n > 1 ? ": everybody's own favourite" : ": own favourite");
    if (n)
        put_line(p, "For", &o);
}

static tdo_status put_sentences(page_writer *p, const why_pair *x)
{
    speech t = speech_start(p->run, p->a);
    tdo_sentences first = {0}, split = {0}, groups = {0};
    speech_say_subgroups(&t, x->i);
    tdo_status status = speech_finish(&t, &groups);
    if (status == TDO_OK)
        status = tdo_explain_candidate_choice(p->run, x->i, p->a, &first);
    if (status == TDO_OK)
        status = tdo_explain_in_mix(p->run, x->i, p->a, &split);
    if (status != TDO_OK)
        return status;
    put_list(p, "Groups", &groups, 0);
    put_list(p, "First", &first, 0);
    put_list(p, "Split", &split, 0);
    return TDO_OK;
}

/* Without which statements on weights another one would be chosen. */
static void put_deciding(page_writer *p, const tdo_deciding *x)
{
    const tdo_scenario *s = p->run->scenario;
    for (size_t k = 0; k < x->n; k++) {
        tdo_sink o = tdo_sink_memory(p->a);
        tdo_putf(&o, "Without \"%s\" of %s ", x->item[k].text,
                 s->stakeholders[x->item[k].stakeholder].label);
        answer_put_name(&o, p->run->measured.id[x->item[k].to]);
        tdo_puts(&o, " would be chosen.");
        page_labelled(p, k ? "" : "Turns", page_collected(p, &o));
    }
    if (!x->n && x->asked)
        page_labelled(p, "Turns",
                      x->asked == 1 ? "The statement on weights, left out, changes nothing."
                                    : "No statement on weights, left out alone, changes the "
                                      "choice.");
    if (x->left_out)
        page_labelled(p, "Turns",
                      "Which statements on weights decide was not asked: too much work.");
}

/* Where it stands, or why it is out. */
static tdo_status put_standing(page_writer *p, const why_pair *x, size_t i, uint32_t slot)
{
    tdo_sentences said = {0};
    tdo_sink beaten = tdo_sink_memory(p->a), repeats = tdo_sink_memory(p->a);
    tdo_status status = tdo_reasons(p->run, i, p->a, &said);
    if (slot != UINT32_MAX && i == x->i) {
        put_place(p, x);
        put_favourite(p, x);
        speech_put_beaten(&beaten, p->run, slot);
        put_line(p, "Beaten", &beaten);
        if (speech_put_repeats(&repeats, p->run, slot, p->a))
            put_line(p, "Sure", &repeats);
    }
    if (status == TDO_OK && said.n)
        put_list(p, slot == UINT32_MAX ? "Out" : "Assumed", &said, 0);
    return status;
}

/* Is it in the set, where one is wanted, and what is the best one else? */
static tdo_status put_in_set(page_writer *p, const tdo_portfolio_turned *turned, size_t i)
{
    tdo_sentences said = {0};
    tdo_status status = tdo_explain_in_set(p->run, i, turned, p->a, &said);
    put_list(p, "Set", &said, 0);
    return status;
}

/* ---- side by side ---- */

/* What the column of the other one is called. */
static const char *head_of(const page_writer *p, const why_pair *x)
{
    return is_recommended(p, x->to) ? p->run->picked ? "alone first" : "to choose"
           : x->j == today_of(p)    ? "today"
                                    : "that one";
}

static const char *reading(page_writer *p, why_pair *x, size_t c, size_t i)
{
    x->assumed = x->assumed || facts_is_assumed(p->run, c, i);
    return page_reading(p, x->scale, c, i);
}

static const char *difference(page_writer *p, const why_pair *x, size_t c)
{
    const tdo_measured *m = &p->run->measured;
    const double a = m->reading[c][x->i], b = m->reading[c][x->j];
    const tdo_criterion *k = &p->run->scenario->criteria[c];
    const double off = tdo_beyond(tdo_measurement(k, a), 0, tdo_measurement(k, b));
    tdo_sink o = tdo_sink_memory(p->a);
    if (k->goal == TDO_GOAL_TARGET && off != 0 && !isnan(off)) {
        amount_put(&o, &x->scale[c], fabs(off));
        tdo_puts(&o, off < 0 ? " nearer" : " farther");
    } else if (!isnan(a) && !isnan(b))
        amount_put_bare_change(&o, p->run, x->scale, c, a, b);
    return page_collected(p, &o);
}

static const char *criterion(page_writer *p, size_t c)
{
    const tdo_criterion *k = &p->run->scenario->criteria[c];
    tdo_sink o = tdo_sink_memory(p->a);
    tdo_puts(&o, k->label);
    if (k->unit[0] && !k->levels)
        tdo_putf(&o, ", %s", k->unit);
    return page_name(p, page_collected(p, &o));
}

/* The criteria in which the two differ, those that matter first; how many. which: [d] */
static size_t order_criteria(const page_writer *p, const why_pair *x, size_t *which)
{
    static const answer_standing rest[] = {ANSWER_ALIKE, ANSWER_NOISE, ANSWER_UNKNOWN};
    answer_contrast found;
    size_t n = 0;
    answer_compare(p->run, x->i, x->j, &found);
    for (size_t k = 0; k < found.n_better; k++)
        which[n++] = found.better[k];
    for (size_t k = 0; k < found.n_worse; k++)
        which[n++] = found.worse[k];
    for (size_t q = 0; q < sizeof rest / sizeof *rest; q++)
        for (size_t c = 0; c < p->run->measured.d; c++)
            if (answer_stand(p->run, c, x->i, x->j) == rest[q])
                which[n++] = c;
    const tdo_measured *m = &p->run->measured;
    for (size_t c = 0; c < m->d; c++) /* as near to a target, on its other side */
        if (answer_stand(p->run, c, x->i, x->j) == ANSWER_EQUAL &&
            tdo_beyond(m->reading[c][x->i], 0, m->reading[c][x->j]) != 0)
            which[n++] = c;
    return n;
}

static const char *standing(const page_writer *p, const why_pair *x, size_t c)
{
    static const char *const word[] = {
        [ANSWER_UNKNOWN] = "unknown", [ANSWER_EQUAL] = "as good", [ANSWER_ALIKE] = "alike",
        [ANSWER_NOISE] = "noise",     [ANSWER_BETTER] = "better", [ANSWER_WORSE] = "worse"};
    return word[answer_stand(p->run, c, x->i, x->j)];
}

static void put_against(page_writer *p, why_pair *x)
{
    size_t which[TDO_MAX_CRITERIA];
    const size_t n = order_criteria(p, x, which), d = p->run->measured.d;
    const char *title = tdo_text(p->a, "Against %s", name_of(p, x->j));
    grid_table g = grid_new(p->a, n, 0);
    const size_t word = grid_add(&g, "", GRID_ALIGN_LEFT);
    const size_t what = grid_add(&g, "Measured", GRID_ALIGN_LEFT);
    const size_t mine = grid_add(&g, "this one", GRID_ALIGN_RIGHT);
    const size_t other = grid_add(&g, head_of(p, x), GRID_ALIGN_RIGHT);
    const size_t by = grid_add(&g, "difference", GRID_ALIGN_RIGHT);
    p->failed = p->failed || !title;
    if (title)
        page_heading(p, title);
    for (size_t k = 0; k < n && !g.failed; k++) {
        grid_set(&g, word, k, standing(p, x, which[k]));
        grid_set(&g, what, k, criterion(p, which[k]));
        grid_set(&g, mine, k, reading(p, x, which[k], x->i));
        grid_set(&g, other, k, reading(p, x, which[k], x->j));
        grid_set(&g, by, k, difference(p, x, which[k]));
    }
    if (!g.failed) {
        g.column[what].least = 16;
        g.column[by].drop = 1;
    }
    if (n)
        page_grid(p, &g);
    if (n < d)
        tdo_putf(p->o, n ? "and %zu measured the same\n" : "all %zu criteria measure the same\n",
                 d - n);
    if (x->assumed)
        tdo_puts(p->o, "? assumed, not measured\n");
}

static const char *points_of(page_writer *p, size_t h, uint32_t slot)
{
    tdo_sink o = tdo_sink_memory(p->a);
    if (slot == UINT32_MAX)
        tdo_puts(&o, "out");
    else
        tdo_putf(&o, "%d", (int)(100 * facts_utility_at(p->run, h, slot) + 0.5));
    return page_collected(p, &o);
}

/* What each stakeholder has of it, of the other one and of today's. */
static void put_points(page_writer *p, const why_pair *x)
{
    const tdo_run *run = p->run;
    const size_t today = today_of(p);
    const bool third = today != TDO_NONE && today != x->i && today != x->j;
    grid_table g = grid_new(p->a, run->utility.s, 0);
    const size_t who = grid_add(&g, "Points out of 100", GRID_ALIGN_LEFT);
    const size_t mine = grid_add(&g, "this one", GRID_ALIGN_RIGHT);
    const size_t other = x->j != TDO_NONE ? grid_add(&g, head_of(p, x), GRID_ALIGN_RIGHT) : 0;
    const size_t now = third ? grid_add(&g, "today", GRID_ALIGN_RIGHT) : 0;
    const size_t place = grid_add(&g, "own place", GRID_ALIGN_LEFT);
    for (size_t h = 0; h < run->utility.s && !g.failed; h++) {
        const uint32_t rank = facts_own_rank(run, h, x->slot);
        grid_set(&g, who, h, page_person(p, h));
        grid_set(&g, mine, h, points_of(p, h, x->slot));
        if (x->j != TDO_NONE)
            grid_set(&g, other, h, points_of(p, h, x->to));
        if (third)
            grid_set(&g, now, h, points_of(p, h, run->screened.slot[today]));
        grid_set(&g, place, h,
                 run->ranking.favourite[h] == x->slot
                     ? "own favourite"
                     : tdo_text(p->a, "%u of %zu", rank, run->valued.f));
    }
    if (!g.failed)
        g.column[who].least = 12;
    tdo_puts(p->o, "\n");
    page_grid(p, &g);
}

/* Where it is somebody's favourite and not chosen: what they want may be known too little. */
static void put_next(page_writer *p, const why_pair *x)
{
    size_t h = 0;
    while (h < p->run->utility.s && p->run->ranking.favourite[h] != x->slot)
        h++;
    if (h < p->run->utility.s && !is_recommended(p, x->slot))
        page_next_ask(p, h);
}

tdo_status tdo_write_why_table(const tdo_run *run, const tdo_why *why, const tdo_table_style *style,
                               tdo_sink *o)
{
    const size_t i = why->candidate, against = why->against;
    page_writer p = {.run = run, .style = style, .o = o, .a = tdo_arena_new()};
    why_pair x = {.i = i, .j = speech_opponent(run, i, against), .asked = against != TDO_NONE};
    if (!p.a)
        return TDO_E_MEMORY;
    x.slot = run->screened.slot[i];
    x.to = x.j == TDO_NONE ? UINT32_MAX : run->screened.slot[x.j];
    x.scale = amount_scales(run, p.a);
    tdo_status status = x.scale ? TDO_OK : TDO_E_MEMORY;
    if (status == TDO_OK) {
        put_title(&p, &x);
        status = put_in_set(&p, &why->turned, i);
    }
    if (status == TDO_OK)
        status = put_standing(&p, &x, i, x.slot);
    if (status == TDO_OK)
        status = put_sentences(&p, &x);
    if (status == TDO_OK)
        put_deciding(&p, &why->deciding);
    if (status == TDO_OK && x.j != TDO_NONE) {
        put_against(&p, &x);
        if (x.to == UINT32_MAX)
            status = put_standing(&p, &x, x.j, x.to);
    }
    if (status == TDO_OK && x.slot != UINT32_MAX)
        put_points(&p, &x);
    if (status == TDO_OK)
        status = page_objections(&p, i);
    if (status == TDO_OK && x.slot != UINT32_MAX)
        put_next(&p, &x);
    if (status == TDO_OK)
        status = p.failed ? TDO_E_MEMORY : tdo_sink_status(o);
    tdo_arena_free(p.a);
    return status;
}
