/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers so far, and where they lead. */
#include "ask/ask.h"
#include "base/real.h"
#include "terms/wholes.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { MOST_ANSWERS = 512 };

typedef struct answer {
    ask_pair pair;
    tdo_ask_reply reply;
    size_t again;    /* which answer it was asked again for; TDO_NONE: none */
    bool taken_back; /* another one contradicted it */
    bool confirmed;
    bool adds; /* asked again, and says something else that holds with the earlier one */
} answer;

struct tdo_ask {
    tdo_case k;
    tdo_screened f; /* the case's, by value, for as long as questions are asked */
    tdo_valued v;
    size_t who;
    double until;
    answer given[MOST_ANSWERS];
    size_t n;
    tdo_arena *own; /* where this lies */
    tdo_arena *a;   /* of what is left now */
    ask_left left;
    double regret_at_first;
    tdo_ask_end end;
    tdo_ask_nothing nothing;
    ask_pair next;
    size_t again; /* the answer that the next question asks again; TDO_NONE: none */
};

const tdo_case *ask_case_of(const tdo_ask *q)
{
    return &q->k;
}

static bool counts(const answer *x)
{
    return (x->again == TDO_NONE || x->adds) && !x->taken_back && x->reply != TDO_REPLY_SKIP;
}

/* ---- what answers say of the weights ---- */

static void add_row(ask_rows *rows, size_t d, const double *coefficient, double bound)
{
    for (size_t c = 0; c < d; c++)
        rows->row[rows->m * d + c] = (int64_t)coefficient[c] - (int64_t)bound;
    rows->m++;
}

static double value_of(const tdo_case *k, size_t c, uint32_t slot)
{
    return tdo_value_at(k->v, c, slot);
}

/* U of the better one is at least that of the other one less `within`: as tdo_weigh_statements. */
static void add_answer(const tdo_case *k, ask_rows *rows, ask_pair p, double within)
{
    double difference[TDO_MAX_CRITERIA];
    for (size_t c = 0; c < k->v->d; c++)
        difference[c] = nearbyint((value_of(k, c, p.a) - value_of(k, c, p.b)) / TDO_WHOLE);
    add_row(rows, k->v->d, difference, nearbyint(-within / TDO_WHOLE));
}

/* Without the answer `but`; TDO_NONE: all. */
static bool find_rows(const tdo_ask *q, size_t but, tdo_arena *a, ask_rows *out)
{
    const tdo_stakeholder *h = &q->k.s->stakeholders[q->who];
    *out = (ask_rows){.row = tdo_alloc(a, (h->n_prefers + 2 * q->n) * q->v.d, sizeof *out->row)};
    if (!out->row)
        return false;
    for (size_t k = 0; k < h->n_prefers; k++)
        add_row(out, q->v.d, h->prefers[k].coefficient, h->prefers[k].bound);
    for (size_t n = 0; n < q->n; n++) {
        const answer *x = &q->given[n];
        const ask_pair back = {x->pair.b, x->pair.a};
        const bool same = x->reply == TDO_REPLY_SAME;
        if (n == but || !counts(x))
            continue;
        if (same || x->reply == TDO_REPLY_A)
            add_answer(&q->k, out, x->pair, same ? TDO_AS_GOOD : 0);
        if (same || x->reply == TDO_REPLY_B)
            add_answer(&q->k, out, back, same ? TDO_AS_GOOD : 0);
    }
    return true;
}

/* ---- what to ask next ---- */

/* The answer without which the largest regret would be largest; not one without which too many
 * corners would be left: it could not be taken back. */
static tdo_status find_weightiest(const tdo_ask *q, size_t *out, tdo_error *err)
{
    tdo_status status = TDO_OK;
    double most = -INFINITY;
    *out = TDO_NONE;
    for (size_t n = 0; n < q->n && status == TDO_OK; n++) {
        if (!counts(&q->given[n]))
            continue;
        tdo_arena *scratch = tdo_arena_new();
        ask_rows rows;
        ask_left left;
        status = scratch && find_rows(q, n, scratch, &rows)
                     ? ask_find_left(&q->k, &rows, false, scratch, &left, err)
                     : tdo_fail(err, TDO_E_MEMORY, "out of memory");
        if (status == TDO_OK && left.regret[left.favourite] > most + TDO_TIE) {
            most = left.regret[left.favourite];
            *out = n;
        }
        if (status == TDO_E_LIMIT)
            status = TDO_OK;
        tdo_arena_free(scratch);
    }
    return status;
}

/* Is it not to be asked about again: skipped, about the same (no other answer would be new), or
 * contradicted twice? */
static bool is_passed(const tdo_ask *q, const answer *x)
{
    size_t times = 0;
    for (size_t i = 0; i < q->n; i++)
        times += q->given[i].taken_back && q->given[i].again != TDO_NONE &&
                 ask_same_pair(q->given[i].pair, x->pair);
    return times >= 2 || (x->reply == TDO_REPLY_SKIP && x->again == TDO_NONE) ||
           (x->reply == TDO_REPLY_SAME && counts(x));
}

static tdo_status choose_pair(tdo_ask *q, tdo_error *err)
{
    ask_pair passed[MOST_ANSWERS], any;
    size_t n = 0;
    bool found = false, known = false;
    for (size_t i = 0; i < q->n; i++)
        if (is_passed(q, &q->given[i]))
            passed[n++] = q->given[i].pair;
    if (ask_choose_pair(&q->k, &q->left, passed, n, &q->next, &found) != TDO_OK ||
        (!found && ask_choose_pair(&q->k, &q->left, NULL, 0, &any, &known) != TDO_OK))
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    q->nothing = known ? TDO_ASK_NONE_NEW : TDO_ASK_NO_PAIR;
    q->end = found ? TDO_ASK_GOES_ON : TDO_ASK_NOTHING;
    return TDO_OK;
}

/* Room for one more answer in the scenario, and here. */
static bool is_full(const tdo_ask *q)
{
    size_t parts = q->k.s->stakeholders[q->who].n_prefers + 2;
    for (size_t n = 0; n < q->n; n++)
        parts += counts(&q->given[n]) ? 2 : 0;
    return parts > TDO_MAX_PREFERS || q->n == MOST_ANSWERS;
}

/* Sets *cut where what is left has too many corners: then it stays what it was. */
static tdo_status find_left(tdo_ask *q, bool *cut, tdo_error *err)
{
    tdo_arena *a = tdo_arena_new();
    ask_left left;
    ask_rows rows;
    tdo_status status = a && find_rows(q, TDO_NONE, a, &rows)
                            ? ask_find_left(&q->k, &rows, true, a, &left, err)
                            : tdo_fail(err, TDO_E_MEMORY, "out of memory");
    *cut = status == TDO_E_LIMIT && q->a;
    if (status != TDO_OK) {
        tdo_arena_free(a);
        return *cut ? TDO_OK : status;
    }
    tdo_arena_free(q->a);
    q->a = a;
    q->left = left;
    return TDO_OK;
}

/* Finds what is left, and the next question. */
static tdo_status go_on(tdo_ask *q, tdo_error *err)
{
    bool cut = false;
    q->again = TDO_NONE;
    tdo_status status = find_left(q, &cut, err);
    q->nothing = cut ? TDO_ASK_TOO_MANY : TDO_ASK_FULL;
    if (cut)
        q->end = TDO_ASK_NOTHING;
    if (status != TDO_OK || cut)
        return status;
    const double regret = q->left.regret[q->left.favourite];
    q->end = is_full(q) ? TDO_ASK_NOTHING : TDO_ASK_GOES_ON;
    if (q->end == TDO_ASK_GOES_ON && regret > q->until + TDO_TIE)
        return choose_pair(q, err);
    if (regret > q->until + TDO_TIE)
        return TDO_OK;
    size_t weightiest = TDO_NONE;
    status = find_weightiest(q, &weightiest, err);
    if (status != TDO_OK)
        return status;
    if (weightiest == TDO_NONE || q->given[weightiest].confirmed || is_full(q)) {
        q->end = TDO_ASK_SURE;
        return TDO_OK;
    }
    q->again = weightiest;
    q->next = (ask_pair){q->given[weightiest].pair.b, q->given[weightiest].pair.a};
    return TDO_OK;
}

/* ---- answers ---- */

static tdo_ask_reply mirrored(tdo_ask_reply x)
{
    return x == TDO_REPLY_A ? TDO_REPLY_B : x == TDO_REPLY_B ? TDO_REPLY_A : x;
}

/* "a over b" and "a as good as b" both hold where b is behind by little. Does that leave weights,
 * with the other answers? Of what is left now, which the earlier one has cut already. */
static bool goes_with(const tdo_ask *q, const answer *was, const answer *is)
{
    const answer *over = was->reply == TDO_REPLY_SAME ? is : was;
    const bool turned = over->reply == TDO_REPLY_B;
    const uint32_t better = turned ? over->pair.b : over->pair.a;
    const uint32_t other = turned ? over->pair.a : over->pair.b;
    double least = INFINITY, most = -INFINITY;
    if ((was->reply == TDO_REPLY_SAME) == (is->reply == TDO_REPLY_SAME))
        return false;
    for (size_t c = 0; c < q->left.corner.count; c++) {
        const double *u = q->left.utility + c * q->left.f;
        least = fmin(least, u[better] - u[other]);
        most = fmax(most, u[better] - u[other]);
    }
    return over == is ? most > TDO_TIE : least < TDO_AS_GOOD - TDO_TIE;
}

/* What an answer about an earlier one makes of it: the same again; another one that holds with it,
 * then both do; or both are taken back. One who cannot say now keeps what was said. */
static void judge(tdo_ask *q, answer *x)
{
    answer *was = &q->given[x->again];
    if (x->reply == TDO_REPLY_SKIP || mirrored(x->reply) == was->reply)
        was->confirmed = true;
    else if (goes_with(q, was, x))
        was->confirmed = x->confirmed = x->adds = true;
    else
        was->taken_back = x->taken_back = true;
}

tdo_status tdo_ask_answer(tdo_ask *q, tdo_ask_reply is, tdo_error *err)
{
    assert(q->end == TDO_ASK_GOES_ON && is < TDO_REPLIES && q->n < MOST_ANSWERS);
    answer *x = &q->given[q->n++];
    *x = (answer){.pair = q->next, .reply = is, .again = q->again};
    if (x->again != TDO_NONE)
        judge(q, x);
    return go_on(q, err);
}

tdo_status tdo_ask_undo(tdo_ask *q, bool *undone, tdo_error *err)
{
    *undone = q->n > 0;
    if (!*undone)
        return TDO_OK;
    const answer *x = &q->given[--q->n];
    if (x->again != TDO_NONE)
        q->given[x->again].confirmed = q->given[x->again].taken_back = false;
    return go_on(q, err);
}

/* ---- statements ---- */

static const char *say(const tdo_ask *q, const answer *x, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    const bool turned = x->reply == TDO_REPLY_B;
    terms_put_whole(&o, q->k.x->id[q->f.feasible[turned ? x->pair.b : x->pair.a]],
                    x->reply == TDO_REPLY_SAME ? TERMS_AS_GOOD : TERMS_OVER,
                    q->k.x->id[q->f.feasible[turned ? x->pair.a : x->pair.b]]);
    return o.failed ? NULL : o.text;
}

tdo_status tdo_ask_statements(const tdo_ask *q, tdo_arena *a, const char *const **out, size_t *n)
{
    const char **text = tdo_alloc(a, q->n, sizeof *text);
    *n = 0;
    for (size_t i = 0; text && i < q->n; i++) {
        if (!counts(&q->given[i]))
            continue;
        text[*n] = say(q, &q->given[i], a);
        if (!text[(*n)++])
            return TDO_E_MEMORY;
    }
    *out = text;
    return text ? TDO_OK : TDO_E_MEMORY;
}

/* ---- looking ---- */

/* From how fast the largest regret fell so far; before the first answer as it usually does. */
static size_t questions_left(const tdo_ask *q, size_t answers)
{
    const double USUALLY = 0.55, SLOWEST = 0.9, FASTEST = 0.4, LEAST = 1e-3;
    const double regret = q->left.regret[q->left.favourite], until = fmax(q->until, LEAST);
    double rate = USUALLY;
    if (q->end != TDO_ASK_GOES_ON)
        return 0;
    if (q->again != TDO_NONE || !(regret > until))
        return 1;
    if (answers > 0 && q->regret_at_first > 0)
        rate = (USUALLY +
                (double)answers * real_power(regret / q->regret_at_first, 1.0 / (double)answers)) /
               (1 + (double)answers);
    rate = fmax(FASTEST, fmin(SLOWEST, rate));
    return 1 + (size_t)ceil(real_log(until / regret) / real_log(rate));
}

tdo_ask_view tdo_ask_look(const tdo_ask *q)
{
    tdo_ask_view v = {.end = q->end,
                      .nothing = q->nothing,
                      .again = q->again != TDO_NONE,
                      .favourite = q->f.feasible[q->left.favourite],
                      .regret = q->left.regret[q->left.favourite]};
    for (size_t n = 0; n < q->n; n++) {
        v.answers += counts(&q->given[n]);
        v.number += q->given[n].again == TDO_NONE && (!v.again || n <= q->again);
    }
    v.number += !v.again;
    v.left = questions_left(q, v.answers);
    if (q->end == TDO_ASK_GOES_ON) {
        v.a = q->f.feasible[q->next.a];
        v.b = q->f.feasible[q->next.b];
    }
    const answer *last = q->n ? &q->given[q->n - 1] : NULL;
    v.taken_back = last && last->taken_back;
    if (v.taken_back) {
        v.was = say(q, &q->given[last->again], q->a);
        v.is = say(q, last, q->a);
        v.reversed = last->reply != TDO_REPLY_SAME && q->given[last->again].reply != TDO_REPLY_SAME;
    }
    return v;
}

size_t tdo_ask_leaders(const tdo_ask *q, size_t most, size_t *candidate)
{
    uint32_t slot[TDO_ASK_AMONG];
    const size_t n =
        ask_leaders(&q->k, &q->left, most < TDO_ASK_AMONG ? most : TDO_ASK_AMONG, slot);
    for (size_t i = 0; i < n; i++)
        candidate[i] = q->f.feasible[slot[i]];
    return n;
}

tdo_status tdo_ask_start(const tdo_case *k, size_t who, double until, tdo_ask **out, tdo_error *err)
{
    assert(k->f->feasible_n > 0 && who < k->s->n_stakeholders);
    tdo_arena *a = tdo_arena_new();
    tdo_ask *q = a ? tdo_alloc(a, 1, sizeof *q) : NULL;
    *out = q;
    if (!q) {
        tdo_arena_free(a);
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    }
    *q = (tdo_ask){.k = *k, .f = *k->f, .v = *k->v, .who = who, .until = until, .own = a};
    q->k.f = &q->f;
    q->k.v = &q->v;
    tdo_status status = go_on(q, err);
    if (status == TDO_OK)
        q->regret_at_first = q->left.regret[q->left.favourite];
    return status;
}

void tdo_ask_free(tdo_ask *q)
{
    if (!q)
        return;
    tdo_arena_free(q->a);
    tdo_arena_free(q->own);
}
