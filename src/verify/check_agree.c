/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an agreement is near: everybody's moves and what they add up to. */
#include "verify/agree.h"

#include <math.h>
#include <string.h>

#define MOST_WORK 2e9 /* numbers looked at by all programs of a check */

/* ---- what is accepted ---- */

static bool check_accepted(verify_case *k, const verify_node *agree)
{
    verify_node *accept = claim_child(k->j, agree, "accept");
    verify_node *share = claim_child(k->j, agree, "accept_share");
    if (!accept || !share)
        return false;
    verify_node *said = accept->kind == VERIFY_NULL ? share : accept;
    if (said->kind != VERIFY_NUMBER || !(said->number >= 0) || !(said->number < 1))
        return claim_fails(k->j, said, "it is no number from 0 to below 1");
    return claim_null(k->j, said == accept ? share : accept) && claim_holds(k->j, said);
}

/* ---- one candidate ---- */

/* move_cost times the changes of those with power, and the largest of these; NaN: one has none. */
static void add_up(const verify_case *k, const verify_node *moves, double *total, double *largest)
{
    *total = *largest = 0;
    for (size_t h = 0; h < k->w->people; h++) {
        const verify_person *p = &k->w->person[h];
        const verify_node *change = verify_get(verify_get(moves, p->id), "change");
        if (!(p->power > 0))
            continue;
        const double by = change ? change->number : (double)NAN;
        *total += verify_double(p->node, "move_cost", 1) * by;
        *largest = isnan(by) ? by : fmax(*largest, by);
        if (isnan(by)) {
            *total = by;
            return;
        }
    }
}

/* How far a list has been read. */
typedef struct reading {
    verify_case *k;
    const verify_node *agree;
    bool *seen; /* [f] */
    size_t n;
    double before;           /* total */
    size_t place, *place_of; /* of the one before; [f] in the ranking */
    const char *least_largest;
    double largest, work;
} reading;

/* By total, those with none last; level ones as they are ranked. */
static bool stands_behind(const reading *r, double total, size_t slot)
{
    if (isnan(r->before) || isnan(total))
        return isnan(total) && (!isnan(r->before) || r->place_of[slot] >= r->place);
    return total >= r->before - VERIFY_TIE &&
           (total > r->before || total < r->before || r->place_of[slot] >= r->place);
}

static bool check_candidate(reading *r, verify_node *node)
{
    verify_case *k = r->k;
    double total = 0, largest = 0;
    const verify_node *moves = claim_child(k->j, node, "moves");
    verify_node *id = claim_child(k->j, node, "id");
    const int i = id ? verify_find(k->w, verify_text(node, "id", NULL)) : VERIFY_NONE;
    const int slot = i == VERIFY_NONE ? VERIFY_NONE : k->s.slot[i];
    if (slot == VERIFY_NONE || r->seen[slot])
        return claim_fails(k->j, id, "it is no feasible candidate, or there twice");
    r->seen[slot] = true;
    if (!moves || !claim_holds(k->j, id) ||
        !verify_check_moves(k, r->agree, node, (size_t)slot, &r->work) ||
        !verify_check_make_up(k, r->agree, node, (size_t)slot))
        return false;
    add_up(k, moves, &total, &largest);
    if (!claim_number_at(k->j, node, "total", total) ||
        !claim_number_at(k->j, node, "largest", largest))
        return false;
    if (r->n++ > 0 && !stands_behind(r, total, (size_t)slot))
        return claim_fails(k->j, node, "it does not stand here, by its total");
    if (largest < r->largest - VERIFY_TIE || (isnan(r->largest) && !isnan(largest))) {
        r->least_largest = id->text;
        r->largest = largest;
    }
    r->before = total;
    r->place = r->place_of[slot];
    return true;
}

/* Those whom the weights behind the choice were asked about. */
static bool check_asked(verify_case *k, const verify_node *list)
{
    const verify_node *choice = verify_get(k->j->root, "choice");
    const verify_node *asked = verify_get(choice, "candidates");
    if (!asked || asked->n != list->n)
        return claim_fails(k->j, list, "they are not those of choice.candidates");
    for (const verify_node *x = list->first; x; x = x->next)
        if (!verify_get(asked, verify_text(x, "id", "")))
            return claim_fails(k->j, x, "it is not among choice.candidates");
    return true;
}

static bool check_candidates(verify_case *k, const verify_node *agree)
{
    const verify_node *list = claim_child(k->j, agree, "candidates");
    reading r = {.k = k, .agree = agree, .largest = NAN, .work = MOST_WORK};
    if (!list || !check_asked(k, list) || !VERIFY_ROOM(k->j, r.seen, k->s.f) ||
        !VERIFY_ROOM(k->j, r.place_of, k->s.f))
        return false;
    for (size_t q = 0; q < k->s.f; q++)
        r.place_of[k->order[q]] = q;
    for (verify_node *x = list->first; x; x = x->next)
        if (!check_candidate(&r, x))
            return false;
    const double least = list->first ? verify_double(list->first, "total", NAN) : (double)NAN;
    return claim_text_at(k->j, agree, "least",
                         isnan(least) ? NULL : verify_text(list->first, "id", NULL)) &&
           claim_text_at(k->j, agree, "least_largest", isnan(r.largest) ? NULL : r.least_largest);
}

/* ---- in which it is made up for ---- */

static bool differs(const verify_case *k, size_t c)
{
    const double *v = k->s.value + c * k->s.f;
    for (size_t q = 1; q < k->s.f; q++)
        if (v[q] < v[0] || v[q] > v[0])
            return true;
    return false;
}

static bool check_unit(verify_case *k, const verify_node *agree)
{
    verify_node *unit = claim_child(k->j, agree, "compensation_in");
    if (!unit)
        return false;
    if (unit->kind != VERIFY_NULL) {
        const int c = verify_find_criterion(k->w, unit->kind == VERIFY_TEXT ? unit->text : "");
        return c != VERIFY_NONE && !k->w->criterion[c].levels
                   ? claim_holds(k->j, unit)
                   : claim_fails(k->j, unit, "it is no criterion with numbers");
    }
    for (size_t c = 0; c < k->w->d; c++)
        if (!k->w->criterion[c].levels && k->s.group[c] > 0 && differs(k, c))
            return claim_fails(k->j, unit, "\"%s\" has numbers", k->w->criterion[c].id);
    return claim_holds(k->j, unit);
}

bool verify_check_agree(verify_case *k)
{
    const verify_node *agree = verify_get(k->j->root, "agree");
    if (!agree)
        return true;
    if (k->s.f == 0)
        return claim_absent(k->j, k->j->root, "agree");
    return check_accepted(k, agree) && check_unit(k, agree) && verify_check_needs(k, agree) &&
           check_candidates(k, agree);
}
