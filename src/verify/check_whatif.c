/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would be first if: each is evaluated again with that edit, on both sides of where it turns.
 */
#include "verify/trial.h"

#include <math.h>
#include <string.h>

/* Who is asked about, under which rule. */
typedef struct question {
    verify_case *k;
    size_t candidate;
    int rule;
} question;

/* What a trial answers: first for certain, for certain not, or so close that neither is claimed. */
typedef enum trial_answer { IS_FIRST, IS_NOT_FIRST, IS_CLOSE, IS_UNKNOWN } trial_answer;

static trial_answer answer_of(const verify_trial *t, size_t i)
{
    bool certain = false, perhaps = false;
    verify_trial_first(t, i, &certain, &perhaps);
    return certain ? IS_FIRST : perhaps ? IS_CLOSE : IS_NOT_FIRST;
}

/* ---- weights and powers ---- */

/* share[at] = t, the others keep their proportions (equal parts, where there is nothing else). */
static void set_share(double *share, size_t n, size_t at, double t)
{
    double others = 0;
    for (size_t q = 0; q < n; q++)
        others += q == at ? 0 : share[q];
    for (size_t q = 0; q < n; q++)
        if (q != at)
            share[q] = others > 0 ? share[q] * ((1 - t) / others) : (1 - t) / (double)(n - 1);
    share[at] = t;
}

/* c: VERIFY_NONE: the power of h. */
static bool ask_share(const question *of, size_t h, int c, double share, trial_answer *out)
{
    verify_trial t;
    *out = IS_UNKNOWN;
    if (!verify_may_try(of->k))
        return true;
    bool good = verify_trial_start(of->k, &t);
    double *power = NULL;
    verify_person *person = good ? verify_own_people(&t, h) : NULL;
    if (person && VERIFY_ROOM(&t.job, power, t.w->people)) {
        for (size_t q = 0; q < t.w->people; q++)
            power[q] = person[q].power;
        if (c != VERIFY_NONE)
            set_share(person[h].weight, t.w->d, (size_t)c, share);
        else
            set_share(power, t.w->people, h, share);
        for (size_t q = 0; q < t.w->people; q++)
            person[q].power = power[q];
        good = verify_trial_reweigh(of->k, &t, of->rule);
        *out = good ? answer_of(&t, of->candidate) : IS_UNKNOWN;
    }
    verify_trial_end(of->k, &t);
    return good && power;
}

/* Inside it stays first, beyond an end (which is no end of all shares) it does not. */
static bool check_end(const question *of, verify_node *end, size_t h, int c, const double holds[2],
                      int side)
{
    static const double off[] = {1e-9, 1e-8, 1e-7, 1e-6};
    const double at = holds[side], sign = side == 0 ? 1 : -1, width = holds[1] - holds[0];
    trial_answer is = width > 0 ? IS_NOT_FIRST : IS_UNKNOWN;
    for (size_t q = 0; q < sizeof off / sizeof *off && is == IS_NOT_FIRST; q++)
        if (!ask_share(of, h, c, at + sign * fmin(off[q], width / 2), &is))
            return false;
    if (is == IS_NOT_FIRST)
        return claim_fails(of->k->j, end, "just inside \"%s\" is not first",
                           of->k->w->id[of->candidate]);
    if (side == 0 ? at <= VERIFY_TIE : at >= 1 - VERIFY_TIE)
        return claim_holds(of->k->j, end);
    for (size_t q = 0; q < sizeof off / sizeof *off; q++) {
        const double beyond = at - sign * fmin(off[q], (side == 0 ? at : 1 - at) / 2);
        if (!ask_share(of, h, c, beyond, &is))
            return false;
        if (is != IS_FIRST)
            return is == IS_UNKNOWN || claim_holds(of->k->j, end);
    }
    return claim_fails(of->k->j, end, "just outside \"%s\" is first, too",
                       of->k->w->id[of->candidate]);
}

static bool check_hold(const question *of, verify_node *node, bool powers)
{
    verify_case *k = of->k;
    verify_job *j = k->j;
    const int h = verify_find_person(k->w, verify_text(node, "stakeholder", NULL));
    const int c = verify_find_criterion(k->w, verify_text(node, "criterion", NULL));
    verify_node *holds = claim_child(j, node, "holds");
    if (h == VERIFY_NONE || (c == VERIFY_NONE) != powers)
        return claim_fails(j, node, "there is no such weight");
    const double now = powers ? k->w->person[h].power : k->w->person[h].weight[c];
    if (!holds || !claim_length(j, holds, 2) || !claim_number_at(j, node, "now", now))
        return false;
    const double end[2] = {holds->first->number, holds->first->next->number};
    if (!(end[0] >= 0) || !(end[1] <= 1) || !(end[0] <= now + 1e-9) || !(end[1] >= now - 1e-9))
        return claim_fails(j, holds, "it is no interval about now");
    (void)claim_holds(j, verify_get(node, "stakeholder"));
    (void)claim_holds(j, verify_get(node, "criterion"));
    return check_end(of, holds->first, (size_t)h, c, end, 0) &&
           check_end(of, holds->first->next, (size_t)h, c, end, 1);
}

static bool check_holds(const question *of, const verify_node *node)
{
    for (int powers = 0; powers < 2; powers++) {
        const verify_node *list = claim_child(of->k->j, node, powers ? "powers" : "weights");
        for (verify_node *x = list ? list->first : NULL; x; x = x->next)
            if (!check_hold(of, x, powers))
                return false;
        if (!list)
            return false;
    }
    return true;
}

/* ---- one cell ---- */

/* ahead: of all others, for certain. */
static bool ask_cell(const question *of, const verify_node *node, double cell, trial_answer *out,
                     bool *ahead)
{
    verify_trial t;
    bool known = false;
    *out = IS_UNKNOWN;
    *ahead = false;
    if (!verify_may_try(of->k))
        return true;
    bool good = verify_trial_start(of->k, &t) &&
                verify_edit_cell(&t, of->candidate, verify_text(node, "column", ""),
                                 verify_text(node, "group", NULL), cell, &known);
    if (good && known)
        good = verify_trial_run(&t, of->rule);
    if (good && known) {
        *out = answer_of(&t, of->candidate);
        *ahead = verify_trial_ahead(&t, of->candidate);
    }
    verify_trial_end(of->k, &t);
    return good;
}

/* What the cell holds now: NaN: not known here. */
static double cell_now(const verify_world *w, const verify_node *node, size_t i)
{
    const char *column = verify_text(node, "column", ""), *group = verify_text(node, "group", NULL);
    for (size_t c = 0; c < w->d; c++) {
        const verify_criterion *of = &w->criterion[c];
        const verify_parts *p = w->parts[c] ? &w->parts[c][i] : NULL;
        size_t q = 0;
        if (group && p && strcmp(verify_text(of->groups, "value", ""), column) == 0)
            for (q = 0; q < p->n; q++)
                if (strcmp(p->name[q], group) == 0)
                    return p->value[q];
        if (!group && of->column && strcmp(of->column, column) == 0)
            return verify_reading(w, c, i).y;
        for (const verify_node *x = of->linear && !group ? of->linear->first : NULL; x;
             x = x->next, q++)
            if (strcmp(x->key, column) == 0)
                return w->term[c][q][i].y;
    }
    return NAN;
}

/* Is the cell one of those that the criterion is read from? */
static bool reads_cell(const verify_world *w, const verify_node *node)
{
    const int c = verify_find_criterion(w, verify_text(node, "criterion", NULL));
    const char *column = verify_text(node, "column", "");
    if (c == VERIFY_NONE)
        return false;
    const verify_criterion *of = &w->criterion[c];
    const char *own = of->column ? of->column : verify_text(of->groups, "value", "");
    return strcmp(own, column) == 0 || verify_get(of->linear, column);
}

/* How much less than what is printed, which is rounded to where it holds, may not be enough: a
 * whole level, or a little. */
static double step_from(const verify_world *w, const verify_node *node, double from, double to)
{
    const int c = verify_find_criterion(w, verify_text(node, "criterion", NULL));
    const double least = fmax(1e-5 * fmax(fabs(to - from), fabs(to)), 1e-8); /* six digits */
    if (c != VERIFY_NONE && w->criterion[c].levels)
        return to > from ? 1 : -1;
    return to > from ? fmin(least, to - from) : fmax(-least, to - from);
}

static bool check_improvement(verify_case *k, verify_node *node, int rule)
{
    verify_job *j = k->j;
    const int i = verify_find(k->w, verify_text(node, "id", NULL));
    const verify_node *to = claim_child(j, node, "to"), *until = claim_child(j, node, "until");
    verify_node *tied = verify_get(node, "tied");
    if (i == VERIFY_NONE || !to || !until || to->kind != VERIFY_NUMBER)
        return claim_fails(j, node, "it names nobody, or no cell");
    const question of = {k, (size_t)i, rule};
    const double from = cell_now(k->w, node, (size_t)i);
    const double step = step_from(k->w, node, from, to->number);
    bool alone = false, unasked = false;
    trial_answer is = IS_UNKNOWN, before = IS_UNKNOWN, last = IS_UNKNOWN, beyond = IS_UNKNOWN;
    if (isnan(from) || !reads_cell(k->w, node))
        return claim_fails(j, node, "there is no such cell");
    if (!claim_number_at(j, node, "from", from) || !ask_cell(&of, node, to->number, &is, &alone) ||
        !ask_cell(&of, node, to->number - step, &before, &unasked))
        return false;
    if (is == IS_NOT_FIRST || (before == IS_FIRST && fabs(step) > 0))
        return claim_fails(
            j, to, is == IS_NOT_FIRST ? "with that cell it is not first" : "less would be enough");
    if (tied && (alone || tied->kind != VERIFY_TRUE))
        return claim_fails(j, tied, "with that cell it is ahead of all others");
    if (until->kind != VERIFY_NULL) {
        const double end = verify_double(node, "until", NAN), sign = to->number > from ? 1 : -1;
        const double more = step_from(k->w, node, from, end);
        if (isnan(end) || sign * end < sign * to->number)
            return claim_fails(j, until, "it does not lie behind");
        if (!ask_cell(&of, node, end, &last, &unasked) ||
            !ask_cell(&of, node, end + more, &beyond, &unasked))
            return false;
        if (last == IS_NOT_FIRST || beyond == IS_FIRST)
            return claim_fails(j, until, "that is not where it is lost again");
    }
    return is == IS_UNKNOWN || claim_holds_all(j, node);
}

static bool check_improvements(verify_case *k, const verify_node *node, int rule)
{
    const verify_node *list = claim_child(k->j, node, "improve");
    for (verify_node *x = list ? list->first : NULL; x; x = x->next)
        if (!check_improvement(k, x, rule))
            return false;
    return list != NULL;
}

bool verify_check_whatifs(verify_case *k, const verify_node *choice, size_t first)
{
    enum { WEIGHTED = 0 };
    verify_node *headline = verify_get(choice, "headline");
    const question of = {k, k->s.feasible[first], WEIGHTED};
    if (!check_holds(&of, choice) || !check_improvements(k, choice, WEIGHTED))
        return false;
    if (!headline)
        return k->headline == WEIGHTED || claim_fails(k->j, choice, "\"headline\" is missing");
    const question its = {k, k->s.feasible[k->order[0]], k->headline};
    return claim_text_at(k->j, headline, "rule", verify_rule_name[k->headline]) &&
           claim_text_at(k->j, headline, "first", verify_slot_id(k, k->order[0])) &&
           check_holds(&its, headline) && check_improvements(k, headline, k->headline);
}
