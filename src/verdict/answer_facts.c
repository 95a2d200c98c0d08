/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the lines of the answer are made of: pieces, names, comparisons by what matters. */
#include "verdict/answer.h"

#include <math.h>
#include <string.h>

#include "base/array.h"
#include "explain/words.h"

const char *answer_taken(answer_writer *w, const tdo_sink *o)
{
    w->failed = w->failed || o->failed;
    return !o->failed && o->text ? o->text : "";
}

tdo_answer_line *answer_add(answer_writer *w, const char *label, const tdo_sink *text)
{
    if (w->out->n == TDO_ANSWER_LINES)
        return NULL;
    tdo_answer_line *l = &w->out->line[w->out->n++];
    *l = (tdo_answer_line){.label = label, .text = answer_taken(w, text), .brief = ""};
    return l;
}

void answer_add_with(answer_writer *w, const char *label, const tdo_sink *text, const tdo_sink *end)
{
    tdo_sink all = tdo_sink_memory(w->a);
    const char *brief = answer_taken(w, text);
    tdo_putf(&all, "%s%s", brief, answer_taken(w, end));
    tdo_answer_line *l = answer_add(w, label, &all);
    if (l && strcmp(l->text, brief) != 0)
        l->brief = brief;
}

void answer_add_piece(answer_writer *w, tdo_answer_line *l, const tdo_sink *text)
{
    const char **more = l ? array_more(w->a, l->piece, l->n_pieces, sizeof *more) : NULL;
    w->failed = w->failed || (l && !more);
    if (more) {
        l->piece = more;
        l->piece[l->n_pieces++] = answer_taken(w, text);
    }
}

void answer_put_name(tdo_sink *o, const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-_./+@#=";
    if (name[0] && strspn(name, plain) == strlen(name))
        tdo_puts(o, name);
    else
        tdo_put_quoted(o, name);
}

void answer_put_slot(tdo_sink *o, const tdo_run *run, uint32_t slot)
{
    answer_put_name(o, facts_slot_id(run, slot));
}

/* The part of a criterion's range by which two readings differ, times what it weighs for the group.
 */
static double part_of_range(const tdo_run *run, size_t c, double a, double b)
{
    const tdo_criterion *k = &run->scenario->criteria[c];
    const double range = fabs(run->valued.best[c] - run->valued.worst[c]);
    const double by = fabs(tdo_measurement(k, a) - tdo_measurement(k, b));
    return run->utility.group_weight[c] * (range > 0 ? by / range : by);
}

/* Puts c where the parts of the range still fall. */
static void insert(const double *part, size_t c, size_t *list, size_t *n)
{
    size_t at = (*n)++;
    for (; at > 0 && part[list[at - 1]] < part[c]; at--)
        list[at] = list[at - 1];
    list[at] = c;
}

answer_standing answer_stand(const tdo_run *run, size_t c, size_t i, size_t j)
{
    const tdo_measured *x = &run->measured;
    const tdo_criterion *k = &run->scenario->criteria[c];
    const double a = x->reading[c][i], b = x->reading[c][j];
    if (isnan(a) || isnan(b))
        return ANSWER_UNKNOWN;
    const int better = tdo_better(k, a, b);
    if (better == 0)
        return ANSWER_EQUAL;
    if (tdo_is_indifferent(k, a, b))
        return ANSWER_ALIKE;
    if (speech_within_noise(run, c, i, j))
        return ANSWER_NOISE;
    return better > 0 ? ANSWER_BETTER : ANSWER_WORSE;
}

void answer_compare(const tdo_run *run, size_t i, size_t j, answer_contrast *out)
{
    const tdo_measured *x = &run->measured;
    double part[TDO_MAX_CRITERIA];
    *out = (answer_contrast){.n_better = 0};
    for (size_t c = 0; c < x->d; c++) {
        const answer_standing is = answer_stand(run, c, i, j);
        part[c] = is == ANSWER_UNKNOWN ? 0
                                       : part_of_range(run, c, x->reading[c][i], x->reading[c][j]);
        if (is == ANSWER_EQUAL || is == ANSWER_ALIKE)
            out->n_equal++;
        else if (is == ANSWER_NOISE)
            out->n_noise++;
        else if (is == ANSWER_BETTER)
            insert(part, c, out->better, &out->n_better);
        else if (is == ANSWER_WORSE)
            insert(part, c, out->worse, &out->n_worse);
    }
}

static answer_standing stand(const tdo_run *run, size_t c, uint32_t a, uint32_t b)
{
    return answer_stand(run, c, run->screened.feasible[a], run->screened.feasible[b]);
}

size_t answer_loss(const tdo_run *run, size_t stakeholder, uint32_t k)
{
    const tdo_utility *u = &run->utility;
    const uint32_t favourite = run->ranking.favourite[stakeholder];
    size_t most = TDO_NONE;
    bool matters = false;
    double largest = 0;
    for (size_t c = 0; c < u->d; c++) {
        const double loss =
            u->weight[stakeholder * u->d + c] *
            (tdo_value_at(&run->valued, c, favourite) - tdo_value_at(&run->valued, c, k));
        if (!(loss > TDO_TIE))
            continue;
        const bool does = stand(run, c, favourite, k) == ANSWER_BETTER;
        if (does > matters || (does == matters && loss > largest)) {
            matters = does;
            largest = loss;
            most = c;
        }
    }
    return most;
}

void answer_put_doubt(tdo_sink *o, const tdo_run *run, size_t c, uint32_t a, uint32_t b)
{
    const answer_standing is = stand(run, c, a, b);
    tdo_puts(o, is == ANSWER_ALIKE   ? ", as good in practice"
                : is == ANSWER_NOISE ? ", within noise"
                                     : "");
}
