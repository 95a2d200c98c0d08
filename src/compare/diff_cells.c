/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short pieces of a comparison, for the cells of its tables. */
#include <math.h>
#include <string.h>

#include "base/plain.h"
#include "compare/diff_parts.h"
#include "explain/amount.h"
#include "explain/words.h"
#include "json/json.h"

enum { SETTING_COLUMNS = 80, SHORT_DIGITS = 3 };

/* What it was, or is, stands beside it: as many digits as tell the two apart. */
static void put_number(tdo_sink *o, double x, double other, int digits)
{
    amount_put_rounded(o, x, amount_digits_beside(x, other, digits));
}

static void put_numbers(tdo_sink *o, double is, double was)
{
    put_number(o, is, was, SHORT_DIGITS);
    tdo_puts(o, " (was ");
    put_number(o, was, is, SHORT_DIGITS);
    tdo_puts(o, ")");
}

void diff_put_bare_reading(tdo_sink *o, const tdo_criterion *c, double reading, double beside)
{
    const char *word = diff_level_word(c, reading);
    if (isnan(reading))
        tdo_puts(o, "not measured");
    else if (word)
        tdo_puts(o, word);
    else
        put_number(o, reading, beside, SPEECH_WORD_DIGITS);
}

void diff_put_reading(tdo_sink *o, const tdo_criterion *c, double reading, double beside)
{
    diff_put_bare_reading(o, c, reading, beside);
    if (!isnan(reading) && !diff_level_word(c, reading))
        amount_put_unit(o, c);
}

void diff_put_setting(tdo_sink *o, tdo_arena *a, const struct tdo_node *n)
{
    tdo_sink json = tdo_sink_memory(a);
    if (n)
        json_node_write(n, &json);
    else
        tdo_puts(&json, "not set");
    const char *text = json.failed ? NULL : plain_text(a, json.text);
    const char *cut = text ? plain_shorten(a, text, SETTING_COLUMNS) : NULL;
    o->failed = o->failed || !cut;
    if (cut)
        tdo_puts(o, cut);
}

void diff_put_change(tdo_sink *o, const tdo_diff_reading *r)
{
    static const char *const mark[] = {
        [TDO_NOISE_UNKNOWN] = "", [TDO_WITHIN_NOISE] = " ~", [TDO_BEYOND_NOISE] = " !"};
    diff_put_bare_reading(o, r->is_of, r->is, isnan(r->by) ? r->was : r->is);
    tdo_puts(o, r->imputed ? "? (" : " (");
    if (isnan(r->by)) {
        tdo_puts(o, "was ");
        diff_put_bare_reading(o, r->was_of, r->was, r->is);
    } else {
        tdo_puts(o, r->by > 0 ? "+" : "");
        amount_put_rounded(o, r->by, SPEECH_WORD_DIGITS);
    }
    tdo_putf(o, "%s)", mark[r->noise]);
}

static bool is_recommended(const tdo_result *r, const tdo_result_candidate *c)
{
    return c && c == r->recommended;
}

static const char *standing_change(const tdo_diff_candidate *c)
{
    if (!c->was || !c->is)
        return c->unlisted ? (c->is ? "not listed before" : "not listed now")
               : c->is     ? "added"
                           : "removed";
    if (c->was->status != c->is->status)
        return c->is->status == TDO_IS_FEASIBLE  ? "feasible now"
               : c->is->status == TDO_IS_DROPPED ? "left out now"
                                                 : "infeasible now";
    if (c->was->frontier != c->is->frontier)
        return c->is->frontier ? "on the frontier now" : "off the frontier";
    return "";
}

static void put_cell(tdo_sink *o, const tdo_result_cell *c, const tdo_result_cell *beside)
{
    if (c->word)
        tdo_put_quoted(o, c->word);
    else if (isnan(c->number))
        tdo_puts(o, "not measured");
    else
        put_number(o, c->number, beside->number, SPEECH_WORD_DIGITS);
}

void diff_put_fate(tdo_sink *o, const tdo_diff *d, const tdo_diff_candidate *c)
{
    const char *standing = standing_change(c), *between = "";
    if (is_recommended(d->is, c->is) || is_recommended(d->was, c->was)) {
        tdo_puts(o, is_recommended(d->is, c->is) ? "recommended" : "was recommended");
        between = "; ";
    }
    if (standing[0]) {
        tdo_putf(o, "%s%s", between, standing);
        between = "; ";
    }
    for (size_t k = 0; k < c->n_cells; k++) {
        tdo_putf(o, "%s%s ", between, c->cell[k].is->column);
        put_cell(o, c->cell[k].is, c->cell[k].was);
        tdo_puts(o, " (was ");
        put_cell(o, c->cell[k].was, c->cell[k].is);
        tdo_puts(o, ")");
        between = "; ";
    }
}

/* ---- what was asked ---- */

static void put_separator(tdo_sink *o, bool *first)
{
    tdo_puts(o, *first ? ": " : ", ");
    *first = false;
}

/* The weights of a person that changed, by the criteria of either result. */
static void put_weights(tdo_sink *o, const tdo_diff *d, const tdo_diff_person *p, bool *first)
{
    for (size_t c = 0; c < d->is->n_criteria + d->was->n_criteria; c++) {
        bool old = c >= d->is->n_criteria;
        const tdo_criterion *k = old ? &d->was->criteria[c - d->is->n_criteria]
                                     : &d->is->criteria[c];
        const tdo_criterion *now = diff_result_criterion_of(d->is, k->id);
        const tdo_criterion *then = diff_result_criterion_of(d->was, k->id);
        double w = now ? p->is->weight[now - d->is->criteria] : 0;
        double w_then = then ? p->was->weight[then - d->was->criteria] : 0;
        if ((old && now) || fabs(w - w_then) <= TDO_TIE)
            continue;
        put_separator(o, first);
        tdo_putf(o, "weight on %s ", k->label);
        put_numbers(o, w, w_then);
    }
}

static void put_choice(tdo_sink *o, const char *before, const char *id)
{
    tdo_puts(o, before);
    if (id)
        tdo_put_quoted(o, id);
    else
        tdo_puts(o, "nobody");
}

void diff_put_person_change(tdo_sink *o, const tdo_diff *d, const tdo_diff_person *p)
{
    bool first = true;
    tdo_puts(o, p->is ? p->is->label : p->was->label);
    if (!p->was || !p->is) {
        tdo_puts(o, p->is ? ": added" : ": removed");
        return;
    }
    put_weights(o, d, p, &first);
    if (p->power) {
        put_separator(o, &first);
        tdo_puts(o, "power ");
        put_numbers(o, p->is->power, p->was->power);
    }
    if (p->choice) {
        put_separator(o, &first);
        put_choice(o, "would choose ", p->is->choice);
        put_choice(o, " (was ", p->was->choice);
        tdo_puts(o, ")");
    }
}

static void put_ends(tdo_sink *o, const char *before, const tdo_diff_criterion *c, double is,
                     double was)
{
    tdo_puts(o, before);
    diff_put_reading(o, c->is, is, was);
    tdo_puts(o, " (was ");
    diff_put_reading(o, c->was, was, is);
    tdo_puts(o, ")");
}

void diff_put_criterion_change(tdo_sink *o, const tdo_diff_criterion *c)
{
    tdo_puts(o, c->is ? c->is->label : c->was->label);
    if (!c->was || !c->is) {
        tdo_puts(o, c->is ? ": added" : ": removed");
        return;
    }
    put_ends(o, ": 0 for ", c, c->is->worst, c->was->worst);
    put_ends(o, ", 1 for ", c, c->is->best, c->was->best);
}

const char *diff_limit_change(const tdo_diff_limit *l)
{
    return !l->was ? "added" : !l->is ? "removed" : l->moved ? "moved" : "same";
}

bool diff_shows(const tdo_diff *d, size_t k)
{
    const tdo_diff_candidate *c = &d->candidate[k];
    return k < DIFF_SHOWN || is_recommended(d->was, c->was) || is_recommended(d->is, c->is);
}

const tdo_diff_candidate *diff_find_changed(const tdo_diff *d, const char *id)
{
    for (size_t k = 0; k < d->n; k++) {
        const tdo_diff_candidate *c = &d->candidate[k];
        if (strcmp(c->is ? c->is->id : c->was->id, id) == 0)
            return c;
    }
    return NULL;
}

const tdo_diff_reading *diff_reading_of(const tdo_diff_candidate *k, const tdo_criterion *c)
{
    for (size_t q = 0; q < k->n_readings; q++)
        if (k->reading[q].is_of == c)
            return &k->reading[q];
    return NULL;
}

bool diff_shows_criterion(const tdo_diff *d, const tdo_criterion *c)
{
    for (size_t k = 0; k < d->n; k++)
        if (diff_shows(d, k) && diff_reading_of(&d->candidate[k], c))
            return true;
    return false;
}
