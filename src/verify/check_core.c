/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The core of portfolios, where all weights are allowed: those sets are counted of which no other
 * one has at least as much of every criterion, and more of one. All sets are tried; where that
 * takes long, what is largest is sought zone by zone, and then all that comes to as much. */
#include "verify/sets.h"

#include <string.h>

enum { MOST_SETS = 4000 };

typedef struct core {
    verify_sets *s;
    size_t d, sets;
    verify_whole *at; /* [sets x d] */
    bool *taken;      /* [sets x n] */
    size_t work;      /* comparisons left */
    bool again;       /* a set may be met twice */
} core;

/* Is a worth as much at all weights, and more at some? */
static bool beats(const core *q, const verify_whole *a, const verify_whole *b)
{
    bool more = false;
    for (size_t c = 0; c < q->d; c++) {
        if (a[c] < b[c] - VERIFY_SAME)
            return false;
        more = more || a[c] > b[c] + VERIFY_SAME;
    }
    return more;
}

static bool is_beaten(core *q, const verify_whole *at)
{
    for (size_t k = 0; k < q->sets; k++)
        if (beats(q, q->at + k * q->d, at))
            return true;
    q->work -= q->work > q->sets ? q->sets : q->work;
    return false;
}

static void drop_beaten(core *q, const verify_whole *at)
{
    const size_t n = q->s->n;
    size_t kept = 0;
    for (size_t k = 0; k < q->sets; k++) {
        if (beats(q, at, q->at + k * q->d))
            continue;
        memmove(q->at + kept * q->d, q->at + k * q->d, q->d * sizeof *q->at);
        memmove(q->taken + kept * n, q->taken + k * n, n * sizeof *q->taken);
        kept++;
    }
    q->sets = kept;
}

/* What is begun is given up where something is better whatever is taken besides. */
static bool visit(void *user, const bool *taken, const verify_whole *high)
{
    core *q = user;
    if (is_beaten(q, high))
        return taken != NULL;
    if (!taken)
        return true;
    for (size_t k = 0; k < q->sets && q->again; k++)
        if (memcmp(q->taken + k * q->s->n, taken, q->s->n * sizeof *taken) == 0)
            return true;
    drop_beaten(q, high);
    if (q->sets == MOST_SETS || q->work == 0) {
        q->work = 0;
        return false;
    }
    memcpy(q->at + q->sets * q->d, high, q->d * sizeof *high);
    memcpy(q->taken + q->sets++ * q->s->n, taken, q->s->n * sizeof *taken);
    return true;
}

/* Does anybody leave weights or powers open? */
static bool is_open(const verify_world *w)
{
    bool open = verify_get(w->scenario, "powers") != NULL;
    for (size_t h = 0; h < w->people; h++)
        open = open || verify_get(w->person[h].node, "prefers") ||
               verify_get(w->person[h].node, "vague") || verify_get(w->person[h].node, "rates");
    return open;
}

/* What each is worth in each criterion, as rows that ask for nothing, and room for one more. */
static verify_row *value_rows(const core *q)
{
    const verify_sets *s = q->s;
    const verify_case *k = s->k;
    verify_row *row = verify_room(k->j, q->d + 1, sizeof *row);
    for (size_t c = 0; c < q->d && row; c++) {
        verify_whole *a = verify_room(k->j, s->n, sizeof *a);
        if (!a)
            return NULL;
        for (size_t i = 0; i < s->n; i++) {
            const double x = k->s.value[c * k->s.f + s->slot[i]] - s->none[c];
            a[i] = (verify_whole)(x * VERIFY_UNITS + (x < 0 ? -0.5 : 0.5));
            row[c].least += a[i] < 0 ? a[i] : 0;
        }
        row[c].a = a;
    }
    return row;
}

/* ---- zone by zone ---- */

/* The values of the last set that was found. */
typedef struct climb {
    size_t d;
    verify_whole *at; /* [d] */
} climb;

static bool take_one(void *user, const bool *taken, const verify_whole *high)
{
    const climb *y = user;
    if (taken)
        memcpy(y->at, high, y->d * sizeof *y->at);
    return !taken;
}

/* The set of a zone that has most in all, which nothing can beat. row: [d] and, room for the sum of
 * them. */
static bool find_largest(core *q, verify_row *row, const verify_whole *end, verify_whole *at,
                         verify_found *out)
{
    climb y = {q->d, at};
    verify_whole *sum = NULL;
    if (!VERIFY_ROOM(q->s->k->j, sum, q->s->n))
        return false;
    row[q->d] = (verify_row){sum, 0};
    for (size_t c = 0; c < q->d; c++) {
        for (size_t i = 0; i < q->s->n; i++) {
            sum[i] += row[c].a[i];
            row[q->d].least += row[c].a[i] < 0 ? row[c].a[i] : 0;
        }
        row[c].least = end[c] > -VERIFY_FAR ? end[c] + 1 : row[c].least;
    }
    const verify_question ask = {.more = row, .n_more = q->d + 1, .visit = take_one, .user = &y};
    verify_found answer = VERIFY_A_SET;
    *out = VERIFY_NO_SET;
    while (answer == VERIFY_A_SET) {
        if (!verify_ask_sets(q->s, &ask, &answer))
            return false;
        if (answer != VERIFY_NO_SET)
            *out = answer;
        row[q->d].least = 1;
        for (size_t c = 0; c < q->d; c++)
            row[q->d].least += at[c];
    }
    return true;
}

/* All that comes to as much as a point. */
static bool find_equals(core *q, const verify_row *value, verify_row *row, const verify_whole *at,
                        verify_found *out)
{
    const verify_question ask = {.more = row, .n_more = q->d, .visit = visit, .user = q};
    for (size_t c = 0; c < q->d; c++)
        row[c] = (verify_row){value[c].a, at[c] - VERIFY_SAME};
    return verify_ask_sets(q->s, &ask, out);
}

/* *known false: it took too long. */
static bool list_by_zones(core *q, const verify_row *value, bool *known)
{
    enum { MOST_ZONES = 3000 };
    verify_job *j = q->s->k->j;
    verify_row *row = NULL;
    verify_whole *at = NULL;
    verify_zones z;
    verify_found answer = VERIFY_NO_SET;
    if (!VERIFY_ROOM(j, row, q->d + 1) || !VERIFY_ROOM(j, at, q->d) ||
        !verify_start_zones(q->s, q->d, &z))
        return false;
    q->again = true;
    while (z.n > 0 && *known) {
        memcpy(row, value, q->d * sizeof *row);
        if (!find_largest(q, row, z.end + (z.n - 1) * z.d, at, &answer))
            return false;
        *known = answer != VERIFY_TOO_LONG;
        z.n -= answer == VERIFY_NO_SET;
        if (answer != VERIFY_A_SET)
            continue;
        if (!verify_cut_zones(&z, at) || !find_equals(q, value, row, at, &answer))
            return false;
        *known = answer != VERIFY_TOO_LONG && q->work > 0 && z.n <= MOST_ZONES;
    }
    return true;
}

/* ---- the whole ---- */

static bool compare(const core *q, const verify_node *node, const verify_node *shares)
{
    verify_case *k = q->s->k;
    size_t open = 0;
    if (!claim_count_at(k->j, node, "core_sets", q->sets) || !claim_length(k->j, shares, k->s.f))
        return false;
    const verify_node *x = shares->first;
    for (size_t r = 0; r < k->s.f; r++, x = x->next) {
        const size_t slot = k->order[r];
        const int at = q->s->place[slot];
        size_t in = 0;
        for (size_t g = 0; g < q->sets && at != VERIFY_NONE; g++)
            in += q->taken[g * q->s->n + (size_t)at];
        open += in > 0 && in < q->sets;
        if (strcmp(x->key, verify_slot_id(k, slot)) != 0)
            return claim_fails(k->j, x, "it does not stand here, by its rank");
        if (!claim_number_at(k->j, shares, x->key, (double)in / (double)q->sets))
            return false;
    }
    const verify_node *settle = verify_get(node, "settle");
    return !settle || claim_count_at(k->j, settle, "open", open);
}

bool verify_check_core(verify_sets *s, const verify_node *node)
{
    enum { WORK = 200000000, TRIES = 300000 };
    const verify_node *shares = verify_get(node, "core");
    core q = {.s = s, .d = s->k->w->d, .work = WORK};
    verify_found answer = VERIFY_NO_SET;
    if (!shares && !verify_get(node, "no_core") &&
        strcmp(verify_text(node, "status", ""), "optimal") == 0)
        return claim_fails(s->k->j, node, "\"core\" is missing, and nothing says why");
    if (!shares || is_open(s->k->w))
        return true;
    if (!VERIFY_ROOM(s->k->j, q.at, MOST_SETS * q.d) ||
        !VERIFY_ROOM(s->k->j, q.taken, MOST_SETS * s->n))
        return false;
    const verify_row *value = value_rows(&q);
    const verify_question ask = {.more = value, .n_more = q.d, .visit = visit, .user = &q};
    const size_t later = s->steps > TRIES ? s->steps - TRIES : 0;
    bool known = true;
    s->steps -= later;
    if (!value || !verify_ask_sets(s, &ask, &answer))
        return false;
    s->steps += later;
    if (answer == VERIFY_TOO_LONG) {
        q.sets = 0;
        if (!list_by_zones(&q, value, &known))
            return false;
    }
    if (!known || q.work == 0)
        return true;
    return q.sets > 0 ? compare(&q, node, shares) : claim_fails(s->k->j, shares, "there is no set");
}
