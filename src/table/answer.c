/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer in labelled lines, and what to do next. */
#include <string.h>

#include "table/page.h"
#include "verdict/answer.h"

enum {
    LABEL = 8, /* columns of a label, with the blanks after it */
    MOST_LINES = TDO_ANSWER_LINES,
    NARROW = 72 /* columns below which it may have twice as many: folded, not shortened */
};

static void put_label(page_writer *p, const char *label)
{
    const size_t width = strlen(label);
    if (p->style->colour)
        tdo_putf(p->o, "%s%s" TDO_STYLE "0m", PAGE_STYLE_BOLD, label);
    else
        tdo_puts(p->o, label);
    plain_put_blanks(p->o, width < LABEL ? LABEL - width : 1);
}

/* How many lines a text takes after the label. */
static size_t lines_of(page_writer *p, const char *text)
{
    tdo_sink o = tdo_sink_memory(p->a);
    size_t n = 1;
    plain_put_folded(&o, text, p->style->width, LABEL, LABEL);
    for (const char *s = page_collected(p, &o); *s; s++)
        n += *s == '\n';
    return n;
}

/* As many pieces as fit into so many lines, the rest counted. */
static void put_pieces(page_writer *p, const tdo_answer_line *l, size_t lines)
{
    tdo_sink o = tdo_sink_memory(p->a);
    size_t k = 0;
    for (; k < l->n_pieces; k++) {
        const char *piece = page_name(p, l->piece[k]), *now = page_collected(p, &o);
        const char *more = k + 1 < l->n_pieces ? "; 12 more" : "";
        const char *then = tdo_text(p->a, "%s%s%s%s", now, k ? "; " : "", piece, more);
        p->failed = p->failed || !then;
        if (k && p->style->width && then && lines_of(p, then) > lines)
            break;
        tdo_putf(&o, "%s%s", k ? "; " : "", piece);
    }
    if (k < l->n_pieces)
        tdo_putf(&o, "; %zu more", l->n_pieces - k);
    plain_put_blanks(p->o, LABEL);
    plain_put_folded(p->o, page_collected(p, &o), p->style->width, LABEL, LABEL);
    tdo_puts(p->o, "\n");
}

/* spare: lines that nothing takes. */
static void put_line(page_writer *p, const tdo_answer_line *l, size_t spare)
{
    put_label(p, l->label);
    plain_put_folded(p->o, page_name(p, l->text), p->style->width, LABEL, LABEL);
    tdo_puts(p->o, "\n");
    if (!l->listed && l->n_pieces)
        put_pieces(p, l, l->fills ? 1 + spare : 1);
    for (size_t k = 0; l->listed && k < l->n_pieces; k++) {
        plain_put_blanks(p->o, LABEL);
        plain_put_folded(p->o, page_name(p, l->piece[k]), p->style->width, LABEL, LABEL + 2);
        tdo_puts(p->o, "\n");
    }
}

/* Seven lines at most, where that can be had: texts that have a shorter form give first, then the
 * lists below a line. Returns how many lines are left. */
static size_t shorten(page_writer *p, tdo_answer *answer)
{
    const size_t most = p->style->width < NARROW ? 2 * MOST_LINES : MOST_LINES;
    size_t lines = 0;
    for (size_t k = 0; k < answer->n; k++)
        lines += lines_of(p, page_name(p, answer->line[k].text)) +
                 (answer->line[k].n_pieces && !answer->line[k].listed);
    for (size_t q = 0; q < answer->n && lines > most; q++) {
        tdo_answer_line *l = &answer->line[(q + 1) % answer->n]; /* the choice gives last */
        const size_t now = lines_of(p, page_name(p, l->text));
        const size_t then = l->brief[0] ? lines_of(p, l->brief) : now;
        l->text = then < now ? l->brief : l->text;
        lines -= now - (then < now ? then : now);
    }
    for (size_t k = 0; k < answer->n && lines > most; k++)
        if (answer->line[k].n_pieces && !answer->line[k].listed) {
            answer->line[k].n_pieces = 0;
            lines--;
        }
    return lines < most ? most - lines : 0;
}

/* ---- what was typed beside the scenario ---- */

static void put_options(tdo_sink *o, const char *option, const char *const *text, size_t n)
{
    for (size_t k = 0; k < n; k++)
        tdo_putf(o, "%s%s %s", o->length ? ", " : "", option, text[k]);
}

static void put_what_if(page_writer *p)
{
    const tdo_overrides *is = &p->style->what_if;
    tdo_sink o = tdo_sink_memory(p->a);
    put_options(&o, "--limit", is->limit, is->n_limit);
    put_options(&o, "--set", is->set, is->n_set);
    if (o.length)
        page_labelled(p, "What if", page_collected(p, &o));
}

/* Whom the user expects, where another one is chosen. */
static void put_expected(page_writer *p)
{
    const tdo_run *run = p->run;
    const char *who = p->style->expected;
    const size_t i = who ? tdo_find_candidate(&run->measured, who) : TDO_NONE;
    tdo_sink o = tdo_sink_memory(p->a);
    if (i == TDO_NONE || facts_is_answer(run, i))
        return;
    answer_put_name(&o, who);
    if (facts_is_feasible(run, i) && run->picked) {
        tdo_puts(&o, " is not in it");
    } else if (facts_is_feasible(run, i)) {
        const uint32_t rank = facts_headline(run)->rank[run->screened.slot[i]];
        tdo_putf(&o, rank == 1 ? " is first as well" : " is number %u", rank);
    } else {
        tdo_puts(&o, run->measured.dropped[i] ? " was not measured in full" : " breaks a limit");
    }
    page_labelled(p, "Expect", page_collected(p, &o));
}

void page_answer(page_writer *p, const tdo_answer *answer)
{
    tdo_answer shown = *answer;
    const size_t spare = p->style->width ? shorten(p, &shown) : 0;
    put_what_if(p);
    for (size_t k = 0; k < shown.n; k++) {
        put_line(p, &shown.line[k], spare);
        if (k == 0)
            put_expected(p);
    }
}

void page_labelled(page_writer *p, const char *label, const char *text)
{
    put_label(p, label);
    plain_put_folded(p->o, page_name(p, text), p->style->width, LABEL, LABEL);
    tdo_puts(p->o, "\n");
}

/* ---- what to do next ---- */

/* A word as a shell reads it. */
static void put_word(tdo_sink *o, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-_./+@:,=";
    if (word[0] && strspn(word, plain) == strlen(word)) {
        tdo_puts(o, word);
        return;
    }
    tdo_puts(o, "'");
    for (const char *s = word; *s; s++)
        if (*s == '\'')
            tdo_puts(o, "'\\''");
        else
            tdo_put(o, s, 1);
    tdo_puts(o, "'");
}

/* Whom to ask about: the favourite of whoever pays most. */
static uint32_t asked_about(const tdo_run *run)
{
    const uint32_t best = run->ranking.recommended;
    size_t most = 0;
    for (size_t h = 1; h < run->utility.s; h++)
        if (facts_regret_at(run, h, best) > facts_regret_at(run, most, best))
            most = h;
    const uint32_t favourite = run->ranking.favourite[most];
    return favourite != best ? favourite : run->ranking.runner_up;
}

void page_next_ask(page_writer *p, size_t stakeholder)
{
    tdo_sink o = tdo_sink_memory(p->a);
    if (!p->style->typed)
        return;
    tdo_puts(&o, "tradeoff ask ");
    put_word(&o, p->style->typed);
    tdo_puts(&o, " --who ");
    put_word(&o, p->run->scenario->stakeholders[stakeholder].id);
    tdo_putf(p->o, "\nNext    %s\n", page_name(p, page_collected(p, &o)));
}

void page_next(page_writer *p, size_t hidden)
{
    const tdo_run *run = p->run;
    const char *typed = p->style->typed;
    const char *label = "Next    ";
    tdo_sink o = tdo_sink_memory(p->a);
    const uint32_t about = run->feasible ? asked_about(run) : UINT32_MAX;
    if (typed && about != UINT32_MAX) {
        tdo_putf(&o, "%stradeoff explain ", label);
        put_word(&o, typed);
        tdo_puts(&o, " ");
        put_word(&o, page_slot(p, about));
        tdo_puts(&o, "\n");
        label = "        ";
    }
    if (hidden) {
        tdo_puts(&o, label);
        amount_put_count(&o, hidden, "more candidate", "more candidates");
        tdo_puts(&o, ", every reason: add --full\n");
    } else if (!p->style->full) {
        tdo_putf(&o, "%severy reason: add --full\n", label);
    }
    const char *text = page_collected(p, &o);
    if (*text)
        tdo_putf(p->o, "\n%s", text);
}
