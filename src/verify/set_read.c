/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set as the result has it: who is in it, its sums, its value. */
#include "verify/sets.h"

#include <string.h>

/* Of the headline's ranks, then by id. */
static bool stands_before(const verify_case *k, size_t a, size_t b)
{
    const uint32_t *rank = k->rank[k->headline];
    return rank[a] != rank[b] ? rank[a] < rank[b]
                              : strcmp(verify_slot_id(k, a), verify_slot_id(k, b)) < 0;
}

static bool read_ids(verify_sets *s, const verify_node *list, bool *taken)
{
    const verify_case *k = s->k;
    int last = VERIFY_NONE;
    for (verify_node *x = list->first; x; x = x->next) {
        const int i = verify_find(k->w, x->kind == VERIFY_TEXT ? x->text : NULL);
        const int slot = i == VERIFY_NONE ? VERIFY_NONE : k->s.slot[i];
        if (slot == VERIFY_NONE || s->place[slot] == VERIFY_NONE)
            return claim_fails(k->j, x, "it cannot be taken");
        if (last != VERIFY_NONE && k->rank[k->headline] &&
            !stands_before(k, (size_t)last, (size_t)slot))
            return claim_fails(k->j, x, "it does not stand here, by its rank and id");
        taken[s->place[slot]] = true;
        last = slot;
        (void)claim_holds(k->j, x);
    }
    const verify_row *broken = s->fits ? verify_broken_row(s, taken) : NULL;
    return !broken || claim_fails(k->j, list, "the set breaks what is asked of it");
}

/* Exact, rounded once. */
static double sum_of(verify_sets *s, const verify_limit *l, const bool *taken)
{
    const verify_case *k = s->k;
    mpq_set_ui(k->w->room[0], 0, 1);
    for (size_t i = 0; i < s->n; i++) {
        const size_t c = k->s.feasible[s->slot[i]];
        if (taken[i])
            verify_add(k->w->room[0], 1,
                       l->criterion != VERIFY_NONE ? verify_reading(k->w, (size_t)l->criterion, c)
                                                   : l->x[c],
                       k->w->room[1]);
    }
    return verify_round(k->w->room[0]);
}

bool verify_read_set(verify_sets *s, const verify_node *node, bool *taken)
{
    verify_job *j = s->k->j;
    const verify_world *w = s->k->w;
    const verify_node *ids = claim_child(j, node, "ids"), *sums = claim_child(j, node, "sums");
    memset(taken, 0, s->n * sizeof *taken);
    if (!ids || !sums || !read_ids(s, ids, taken) || !claim_length(j, sums, w->sum_m))
        return false;
    for (size_t l = 0; l < w->sum_m; l++) {
        const verify_limit *limit = &w->sum_limit[l];
        const char *name = limit->criterion != VERIFY_NONE ? w->criterion[limit->criterion].id
                                                           : limit->column;
        if (!claim_number_at(j, sums, name, sum_of(s, limit, taken)))
            return false;
    }
    return claim_number_at(j, node, "value", (double)verify_worth_of(s, taken) / VERIFY_UNITS);
}
