/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates that are left out, one at a time: all who alone hold something that others are
 * measured by, and what a run without each of them recommends. */
#include "verify/trial.h"

#include <math.h>
#include <string.h>

/* ---- who holds what ---- */

/* The only one of n with the least key (way -1: the largest) of those not NaN; VERIFY_NONE:
 * several. */
static int only_end(const double *key, size_t n, double way)
{
    int who = VERIFY_NONE;
    double end = INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (isnan(key[i]) || way * key[i] > end)
            continue;
        who = way * key[i] < end ? (int)i : VERIFY_NONE;
        end = way * key[i];
    }
    return who;
}

/* The ends of the observed ranges that tell somebody from somebody. */
static bool mark_ends(verify_case *k, bool *holds)
{
    const verify_world *w = k->w;
    double *key = NULL;
    if (!VERIFY_ROOM(k->j, key, w->n))
        return false;
    for (size_t c = 0; c < w->d; c++) {
        bool told = false;
        for (size_t q = 1; q < k->s.f && !told; q++)
            told = fabs(k->s.value[c * k->s.f + q] - k->s.value[c * k->s.f]) > 0;
        if (w->criterion[c].has_range || w->criterion[c].n_value > 0 || !told)
            continue;
        for (size_t i = 0; i < w->n; i++)
            key[i] = w->dropped[i] || w->assumed[c * w->n + i] ? NAN : verify_measured(w, c, i);
        for (double way = -1; way <= 1; way += 2) {
            const int i = only_end(key, w->n, way);
            if (i != VERIFY_NONE)
                holds[i] = true;
        }
    }
    return true;
}

/* The best (way -1) or least utility of somebody. */
static void mark_utilities(const verify_case *k, double way, bool *holds)
{
    for (size_t h = 0; h < k->w->people; h++) {
        const int slot = only_end(k->s.utility + h * k->s.f, k->s.f, way);
        if (slot != VERIFY_NONE && k->s.power[h] > 0)
            holds[k->s.feasible[slot]] = true;
    }
}

/* What the headline rule looks at. */
typedef struct looks {
    bool least, best, places;
} looks;

static looks looks_of(const verify_case *k)
{
    const char *rule = verify_rule_name[k->headline];
    const int today = k->w->incumbent;
    const bool from_today = today != VERIFY_NONE && k->s.slot[today] != VERIFY_NONE;
    const bool kalai = strcmp(rule, "kalai-smorodinsky") == 0;
    static const char *const places[] = {"borda", "copeland", "kemeny", "plurality"};
    looks y = {.least = (kalai || strcmp(rule, "nash") == 0) && !from_today,
               .best = kalai || strcmp(rule, "minimax-regret") == 0};
    for (size_t q = 0; q < sizeof places / sizeof *places; q++)
        y.places = y.places || strcmp(rule, places[q]) == 0;
    return y;
}

/* holds: [n] who alone holds something, but for the recommended one and today's. */
static bool mark_holders(verify_case *k, const looks *at, bool some_places, bool *holds)
{
    const int today = k->w->incumbent;
    if (!mark_ends(k, holds))
        return false;
    if (at->least)
        mark_utilities(k, 1, holds);
    if (at->best)
        mark_utilities(k, -1, holds);
    for (size_t q = 0; q < k->s.f && some_places; q++)
        holds[k->s.feasible[q]] = true;
    holds[k->s.feasible[k->recommended]] = false;
    if (today != VERIFY_NONE)
        holds[today] = false;
    return true;
}

/* ---- leaving one out ---- */

/* Could that one be recommended: is it first, or the simplest of those within reach? */
static bool may_be_recommended(const verify_trial *t, int i)
{
    const verify_node *simpler = verify_get(t->w->scenario, "simpler");
    const int c = verify_find_criterion(t->w, verify_text(simpler, "criterion", NULL));
    const double within = verify_double(simpler, "within", 0) + VERIFY_TIE;
    const int slot = i == VERIFY_NONE ? VERIFY_NONE : t->s.slot[i];
    const int first = verify_trial_leader(t);
    bool certain = false, perhaps = false;
    if (slot == VERIFY_NONE)
        return t->s.f == 0;
    verify_trial_first(t, (size_t)i, &certain, &perhaps);
    if (c == VERIFY_NONE)
        return first == slot || (perhaps && !certain);
    const double best = t->y.score[first], *x = t->s.gain + (size_t)c;
    const size_t d = t->w->d;
    for (size_t q = 0; q < t->s.f; q++)
        if (best - t->y.score[q] <= within - 1e-13 && x[q * d] > x[(size_t)slot * d])
            return false;
    return best - t->y.score[slot] <= within + 1e-13;
}

/* Without candidate i, would all readings of a criterion be assumed, from nobody? Then there is no
 * run without it, and nothing is said of one. */
static bool is_needed(const verify_world *w, size_t i)
{
    for (size_t c = 0; c < w->d; c++) {
        bool assumed = false, measured = false;
        for (size_t q = 0; q < w->n; q++) {
            const bool there = q != i && !w->dropped[q], is = w->assumed[c * w->n + q];
            assumed = assumed || (there && is);
            measured = measured || (there && !is);
        }
        if (assumed && !measured)
            return true;
    }
    return false;
}

/* Without candidate i, is `to` recommended? *known false: it is not told. */
static bool ask_without(verify_case *k, size_t i, int to, bool *is, bool *known)
{
    verify_trial t;
    bool *dropped = NULL;
    *known = verify_may_try(k);
    *is = to == (int)k->s.feasible[k->recommended];
    if (!*known || is_needed(k->w, i))
        return true;
    bool good = verify_trial_start(k, &t) && VERIFY_ROOM(&t.job, dropped, k->w->n);
    if (good) {
        memcpy(dropped, k->w->dropped, k->w->n * sizeof *dropped);
        dropped[i] = true;
        t.w->dropped = dropped;
        good = verify_assume_again(&t) && verify_trial_run(&t, k->headline);
    }
    *known = good && (t.y.computed || t.s.f == 0);
    *is = *known && may_be_recommended(&t, to);
    verify_trial_end(k, &t);
    return good;
}

static const verify_node *find_other(const verify_node *others, const char *id)
{
    for (const verify_node *x = others->first; x; x = x->next)
        if (strcmp(verify_text(x, "id", ""), id) == 0)
            return x;
    return NULL;
}

/* What is said of leaving out candidate i. */
static bool check_one(verify_case *k, const verify_node *others, size_t i, bool *known)
{
    const size_t mine = k->s.feasible[k->recommended];
    const verify_node *said = find_other(others, k->w->id[i]);
    const int to = said ? verify_find(k->w, verify_text(said, "to", NULL)) : (int)mine;
    bool is = true;
    if (to == VERIFY_NONE || (said && (size_t)to == mine))
        return claim_fails(k->j, said, "that changes nothing");
    if (!ask_without(k, i, to, &is, known))
        return false;
    return !*known || is ||
           claim_fails(k->j, said ? said : others, "without \"%s\" it is otherwise", k->w->id[i]);
}

/* ---- all ---- */

/* May the statement be one on whole candidates? One on criteria has a sign outside backticks. */
static bool may_compare_wholes(const char *text)
{
    bool quoted = false, sign = false;
    for (const char *at = text; *at; at++) {
        quoted = quoted != (*at == '`');
        sign = sign || (!quoted && strchr("<>=", *at));
    }
    return !sign || strstr(text, "over") || strstr(text, "as good as");
}

/* Are there weights that hang on the values of candidates? */
static bool compares_wholes(const verify_world *w)
{
    for (size_t h = 0; h < w->people; h++) {
        const verify_node *list = verify_get(w->person[h].node, "prefers");
        for (const verify_node *x = list ? list->first : NULL; x; x = x->next)
            if (x->kind == VERIFY_TEXT && may_compare_wholes(x->text))
                return true;
    }
    return false;
}

/* Is everybody who is named one who was asked about, once? */
static bool check_names(verify_case *k, const verify_node *others, const bool *holds)
{
    for (const verify_node *x = others->first; x; x = x->next) {
        const char *id = verify_text(x, "id", NULL);
        const int i = verify_find(k->w, id);
        if (i == VERIFY_NONE || !holds[i])
            return claim_fails(k->j, x, "it cannot be left out, or holds nothing alone");
        if (find_other(others, id) != x)
            return claim_fails(k->j, x, "it is there twice");
    }
    return true;
}

/* Everybody who holds something alone is asked about, and said to matter if and only if it does. */
static bool check_holders(verify_case *k, const verify_node *node, verify_node *others)
{
    enum { MOST_PLACES = 200 };
    const looks at = looks_of(k);
    const bool too_many = at.places && k->s.f > MOST_PLACES;
    bool *holds = NULL, all = true;
    size_t n = 0;
    if (!VERIFY_ROOM(k->j, holds, k->w->n) || !mark_holders(k, &at, at.places && !too_many, holds))
        return false;
    for (size_t i = 0; i < k->w->n; i++)
        n += holds[i];
    if (n > 0 && verify_is_true(node, "left_out") && verify_double(node, "asked", 1) <= 0)
        return claim_length(k->j, others, 0); /* too much work */
    if (!claim_count_at(k->j, node, "asked", n) ||
        !claim_bool_at(k->j, node, "left_out", too_many) || !check_names(k, others, holds))
        return false;
    for (size_t i = 0; i < k->w->n; i++) {
        bool known = true;
        if (holds[i] && !check_one(k, others, i, &known))
            return false;
        all = all && known;
    }
    for (const verify_node *x = all ? others->first : NULL; x; x = x->next) {
        (void)claim_holds(k->j, verify_get(x, "id"));
        (void)claim_holds(k->j, verify_get(x, "to"));
    }
    return true;
}

bool verify_check_without(verify_case *k)
{
    const verify_node *node =
        claim_child(k->j, verify_get(k->j->root, "recommendation"), "without");
    verify_node *others = claim_child(k->j, node, "others");
    if (!others)
        return false;
    if (compares_wholes(k->w))
        return true; /* weights would be others, too */
    if (k->open)
        return true; /* how sure a lead is would be another probability, too */
    for (size_t q = 0; q < k->w->m; q++)
        if (k->w->limit[q].judged)
            return true; /* how sure a limit is hangs on who else is there */
    return check_holders(k, node, others);
}
