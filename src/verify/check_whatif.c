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

/* c: VERIFY_NONE: the power of h. ahead: of all others, for certain. */
static bool ask_share(const question *of, size_t h, int c, double share, trial_answer *out,
                      bool *ahead)
{
    verify_trial t;
    *out = IS_UNKNOWN;
    *ahead = false;
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
        *ahead = good && verify_trial_ahead(&t, of->candidate);
    }
    verify_trial_end(of->k, &t);
    return good && power;
}

enum { WEIGHTED = 0 };

/* Inside it stays first, beyond an end (which is no end of all shares) it is not ahead of all: at
 * ten times the tolerance under weighted, where scores are straight lines; others count ties of
 * levels and places within the tolerance, so that an end may lie a little further (and what a share
 * of nearly 0 says may count for nothing). */
static bool check_end(const question *of, verify_node *end, size_t h, int c, const double holds[2],
                      int side)
{
    static const double off[] = {1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6};
    const double at = holds[side], sign = side == 0 ? 1 : -1, width = holds[1] - holds[0];
    const bool no_end = side == 0 ? at <= VERIFY_TIE : at >= 1 - VERIFY_TIE;
    const size_t offs = of->rule == WEIGHTED ? 1 : no_end ? 6 : 3;
    trial_answer is = width > 0 ? IS_NOT_FIRST : IS_UNKNOWN;
    bool ahead = true;
    for (size_t q = 0; q < offs && is == IS_NOT_FIRST; q++)
        if (!ask_share(of, h, c, at + sign * fmin(off[q], width / 2), &is, &ahead))
            return false;
    if (is == IS_NOT_FIRST)
        return claim_fails(of->k->j, end, "just inside \"%s\" is not first",
                           of->k->w->id[of->candidate]);
    if (no_end)
        return claim_holds(of->k->j, end);
    ahead = true;
    for (size_t q = 0; q < offs && ahead; q++)
        if (!ask_share(of, h, c, at - sign * fmin(off[q], (side == 0 ? at : 1 - at) / 2), &is,
                       &ahead))
            return false;
    if (ahead)
        return claim_fails(of->k->j, end, "just outside \"%s\" is first, too",
                           of->k->w->id[of->candidate]);
    return is == IS_UNKNOWN || claim_holds(of->k->j, end);
}

/* at: of all of them, the criteria of each stakeholder in turn. */
static bool check_hold(const question *of, verify_node *node, bool powers, size_t at)
{
    verify_case *k = of->k;
    verify_job *j = k->j;
    const int h = verify_find_person(k->w, verify_text(node, "stakeholder", NULL));
    const int c = verify_find_criterion(k->w, verify_text(node, "criterion", NULL));
    const size_t d = powers ? 1 : k->w->d;
    verify_node *holds = claim_child(j, node, "holds");
    if (h == VERIFY_NONE || (c == VERIFY_NONE) != powers)
        return claim_fails(j, node, "there is no such weight");
    if ((size_t)h != at / d || (!powers && (size_t)c != at % d))
        return claim_fails(j, node, "it does not stand here");
    const double now = powers ? k->w->person[h].power : k->w->person[h].weight[c];
    if (!holds || !claim_length(j, holds, 2) || !claim_number_at(j, node, "now", now))
        return false;
    if (holds->first->kind != VERIFY_NUMBER || holds->first->next->kind != VERIFY_NUMBER)
        return claim_fails(j, holds, "it is no interval");
    const double end[2] = {holds->first->number, holds->first->next->number};
    if (!(end[0] >= 0) || !(end[1] <= 1) || !(end[0] <= now + 1e-9) || !(end[1] >= now - 1e-9))
        return claim_fails(j, holds, "it is no interval about now");
    (void)claim_holds(j, verify_get(node, "stakeholder"));
    (void)claim_holds(j, verify_get(node, "criterion"));
    return check_end(of, holds->first, (size_t)h, c, end, 0) &&
           check_end(of, holds->first->next, (size_t)h, c, end, 1);
}

/* Are these always found: so few, under a rule that has them? */
static bool are_found(const question *of, size_t n)
{
    enum { KEMENY = 8, MOST = 200, MOST_KEMENY = 10 };
    const double f = (double)of->k->s.f, s = (double)of->k->w->people, d = (double)of->k->w->d;
    const double each = f * (64 * (1 + s * s) + 8 * d * d + 32 * f);
    return of->rule <= KEMENY && of->k->s.f <= (of->rule == KEMENY ? MOST_KEMENY : MOST) &&
           each * (double)n <= 1e8;
}

/* All of them, or, where they are not found, none. */
static bool check_holds(const question *of, const verify_node *node)
{
    const verify_world *w = of->k->w;
    for (int powers = 0; powers < 2; powers++) {
        const verify_node *list = claim_child(of->k->j, node, powers ? "powers" : "weights");
        const size_t of_one = powers ? 1 : w->d, all = w->people * of_one;
        const size_t n = (powers ? w->people : w->d) > 1 ? all : 0;
        size_t at = 0;
        if (!list || ((list->n > 0 || are_found(of, n)) && !claim_length(of->k->j, list, n)))
            return false;
        for (verify_node *x = list->first; x; x = x->next)
            if (!check_hold(of, x, powers, at++))
                return false;
    }
    return true;
}

/* ---- one cell ---- */

/* What a trial says of the candidate with another cell. */
typedef struct told {
    trial_answer is;
    bool ahead, level; /* of all others, with another one: for certain */
} told;

static bool ask_cell(const question *of, const verify_node *node, double cell, told *out)
{
    verify_trial t;
    bool known = false;
    *out = (told){.is = IS_UNKNOWN};
    if (!verify_may_try(of->k))
        return true;
    bool good = verify_trial_start(of->k, &t) &&
                verify_edit_cell(&t, of->candidate, verify_text(node, "column", ""),
                                 verify_text(node, "group", NULL), cell, &known);
    if (good && known)
        good = verify_trial_run(&t, of->rule);
    if (good && known) {
        out->is = answer_of(&t, of->candidate);
        out->ahead = verify_trial_ahead(&t, of->candidate);
        out->level = verify_trial_level(&t, of->candidate);
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

/* The range of its criterion, in the cell's unit. */
static double span_of(const verify_case *k, const verify_node *node)
{
    const int c = verify_find_criterion(k->w, verify_text(node, "criterion", NULL));
    const verify_node *linear = k->w->criterion[c].linear;
    const double times = fabs(verify_double(linear, verify_text(node, "column", ""), 1));
    return fabs(k->s.best[c] - k->s.worst[c]) / (times > 0 ? times : 1);
}

static bool is_of_levels(const verify_case *k, const verify_node *node)
{
    return k->w->criterion[verify_find_criterion(k->w, verify_text(node, "criterion", NULL))]
        .levels;
}

/* How much less than what is printed may not be enough: it has nine digits, counted from the size
 * of the number or of the range, and is rounded to where it holds; or it is a whole level. */
static double step_from(const verify_case *k, const verify_node *node, double from, double to)
{
    enum { DIGITS = 9, UNITS = 2 };
    const double size = fmax(fmax(fabs(to), span_of(k, node)), 1e-300);
    const double least = UNITS * pow(10, floor(log10(size)) + 1 - DIGITS);
    if (is_of_levels(k, node))
        return to > from ? 1 : -1;
    return to > from ? fmin(least, to - from) : fmax(-least, to - from);
}

/* It is first until there, and no further. */
static bool check_until(const question *of, const verify_node *node, verify_node *until,
                        double from, double to)
{
    verify_job *j = of->k->j;
    const double end = verify_double(node, "until", NAN), sign = to > from ? 1 : -1;
    const double more = step_from(of->k, node, from, end);
    told last, beyond;
    if (isnan(end) || sign * end < sign * to)
        return claim_fails(j, until, "it does not lie behind");
    if (!ask_cell(of, node, end, &last) || !ask_cell(of, node, end + more, &beyond))
        return false;
    return (last.is != IS_NOT_FIRST && beyond.is != IS_FIRST) ||
           claim_fails(j, until, "that is not where it is lost again");
}

/* It is never lost again: asked at some places, and left open. */
static bool check_never(const question *of, const verify_node *node, verify_node *until,
                        double from, double to)
{
    static const double place[] = {0.01, 0.1, 1};
    const double span = span_of(of->k, node), sign = to > from ? 1 : -1;
    told is;
    for (size_t q = 0; q < sizeof place / sizeof *place; q++) {
        const double by = is_of_levels(of->k, node) ? ceil(place[q] * span) : place[q] * span;
        const double at = to + sign * by;
        if (to >= 0 && at < 0) /* of many columns no number is */
            break;
        if (!ask_cell(of, node, at, &is))
            return false;
        if (is.is == IS_NOT_FIRST)
            return claim_fails(of->k->j, until, "it is lost again");
    }
    return true;
}

static bool check_improvement(verify_case *k, verify_node *node, int rule)
{
    verify_job *j = k->j;
    const int i = verify_find(k->w, verify_text(node, "id", NULL));
    const verify_node *to = claim_child(j, node, "to");
    verify_node *until = claim_child(j, node, "until"), *tied = verify_get(node, "tied");
    if (i == VERIFY_NONE || !to || !until || to->kind != VERIFY_NUMBER)
        return claim_fails(j, node, "it names nobody, or no cell");
    const question of = {k, (size_t)i, rule};
    const double from = cell_now(k->w, node, (size_t)i);
    told is, before;
    if (isnan(from) || !reads_cell(k->w, node))
        return claim_fails(j, node, "there is no such cell");
    const double step = step_from(k, node, from, to->number);
    if (!claim_number_at(j, node, "from", from) || !ask_cell(&of, node, to->number, &is) ||
        !ask_cell(&of, node, to->number - step, &before))
        return false;
    if (is.is == IS_NOT_FIRST || (before.is == IS_FIRST && fabs(step) > 0))
        return claim_fails(j, to,
                           is.is == IS_NOT_FIRST ? "with that cell it is not first"
                                                 : "less would be enough");
    if (tied ? is.ahead || tied->kind != VERIFY_TRUE : is.is == IS_FIRST && is.level)
        return claim_fails(j, tied ? tied : node,
                           tied ? "with that cell it is ahead of all others"
                                : "with that cell another one is level: \"tied\" is missing");
    if (until->kind == VERIFY_NULL ? !check_never(&of, node, until, from, to->number)
                                   : !check_until(&of, node, until, from, to->number))
        return false;
    if (is.is != IS_UNKNOWN)
        (void)claim_holds_all(j, node);
    if (until->kind == VERIFY_NULL)
        claim_leaves_open(j, until);
    return true;
}

static bool check_improvements(verify_case *k, const verify_node *node, int rule)
{
    const verify_node *list = claim_child(k->j, node, "improve");
    bool *seen = NULL;
    if (!list || !VERIFY_ROOM(k->j, seen, k->w->n))
        return false;
    for (verify_node *x = list->first; x; x = x->next) {
        const int i = verify_find(k->w, verify_text(x, "id", NULL));
        if (i != VERIFY_NONE && seen[i])
            return claim_fails(k->j, x, "it is said twice");
        if (!check_improvement(k, x, rule))
            return false;
        seen[i] = true;
    }
    return true;
}

bool verify_check_whatifs(verify_case *k, const verify_node *choice, size_t first)
{
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
