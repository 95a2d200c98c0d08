/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frontier of portfolios: no set on it is beaten by another one, and all sets are no better
 * than one of them: what they leave over is cut into zones (more than so much of everything), and
 * each is searched. */
#include "verify/sets.h"

#include <string.h>

typedef struct front {
    verify_sets *s;
    size_t d, points;
    verify_whole *at; /* [points x d] the worth, then the sums, larger is better */
} front;

/* ---- the points ---- */

static bool read_points(front *f, const verify_node *list)
{
    verify_sets *s = f->s;
    bool *taken = NULL;
    if (!VERIFY_ROOM(s->k->j, taken, s->n) || !VERIFY_ROOM(s->k->j, f->at, list->n * f->d))
        return false;
    for (const verify_node *x = list->first; x; x = x->next) {
        verify_whole *at = f->at + f->points++ * f->d;
        if (!verify_read_set(s, x, taken))
            return false;
        at[0] = verify_worth_of(s, taken);
        for (size_t q = 1; q < f->d; q++)
            at[q] = verify_sum_of(s, s->axis[q - 1], taken);
        if (f->points > 1 && at[0] > at[-(ptrdiff_t)f->d] + VERIFY_SAME)
            return claim_fails(s->k->j, x, "it does not stand here, by its value");
    }
    return true;
}

/* Has point j at least as much of everything as point k? Worths within VERIFY_SAME are the same. */
static bool reaches(const front *f, size_t j, size_t k)
{
    const verify_whole *a = f->at + j * f->d, *b = f->at + k * f->d;
    bool all = a[0] >= b[0] - VERIFY_SAME / 2;
    for (size_t c = 1; c < f->d; c++)
        all = all && a[c] >= b[c];
    return all;
}

static bool check_none_beaten(const front *f, const verify_node *list)
{
    size_t k = 0;
    for (const verify_node *x = list->first; x; x = x->next, k++)
        for (size_t j = 0; j < f->points; j++)
            if (j != k && reaches(f, j, k))
                return claim_fails(f->s->k->j, x, "entry %zu is no worse in anything", j);
    return true;
}

/* ---- the zones between them ---- */

/* No set has more than a zone's ends of everything. */
static bool check_zone(front *f, const verify_node *list, const verify_whole *zone, bool *known)
{
    verify_sets *s = f->s;
    verify_row *row = NULL;
    verify_found answer = VERIFY_NO_SET;
    verify_question q = {.worth = zone[0] > -VERIFY_FAR, .floor = zone[0] + 2 * VERIFY_SAME};
    if (!VERIFY_ROOM(s->k->j, row, f->d))
        return false;
    for (size_t c = 1; c < f->d; c++)
        if (zone[c] > -VERIFY_FAR)
            row[q.n_more++] = (verify_row){s->axis[c - 1], zone[c] + 1};
    q.more = row;
    if (!verify_ask_sets(s, &q, &answer))
        return false;
    *known = *known && answer == VERIFY_NO_SET;
    return answer != VERIFY_A_SET ||
           claim_fails(s->k->j, list, "a set is missing that no other one reaches");
}

bool verify_check_sets(verify_sets *s, const verify_node *node)
{
    enum { MOST_ZONES = 20000 };
    verify_node *list = verify_get(node, "frontier");
    front f = {.s = s, .d = s->axes + 1};
    verify_zones z;
    bool known = true;
    if (!list)
        return s->axes == 0 || verify_get(node, "no_frontier") ||
               strcmp(verify_text(node, "status", ""), "optimal") != 0 ||
               claim_fails(s->k->j, node, "\"frontier\" is missing, and nothing says why");
    if (!read_points(&f, list) || !check_none_beaten(&f, list) || !verify_start_zones(s, f.d, &z))
        return false;
    for (size_t p = 0; p < f.points && z.n <= MOST_ZONES; p++)
        if (!verify_cut_zones(&z, f.at + p * f.d))
            return false;
    for (size_t k = 0; k < z.n && known && z.n <= MOST_ZONES; k++)
        if (!check_zone(&f, list, z.end + k * f.d, &known))
            return false;
    if (!known || z.n > MOST_ZONES)
        claim_leaves_open(s->k->j, list);
    return true;
}
