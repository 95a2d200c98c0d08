/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether one candidate that is not recommended decides which one is: it moves the scale of a
 * criterion, what a gain is counted from, or the places of the others. */
#include "tradeoff/whatif.h"

#include "whatif/whatif.h"

#include "base/array.h"
#include "model/block.h"

#include <math.h>
#include <string.h>

/* Looks at candidates for all who are left out together. */
#define SWINGS_ANEW 1e7

typedef struct holder {
    size_t candidate;
    tdo_sink what; /* it alone holds */
} holder;

typedef struct leaving {
    const tdo_case *k;
    tdo_arena *a;
    holder *holder; /* [n] whom to ask about */
    size_t n;
    bool failed;
} leaving;

/* ---- who holds what ---- */

static void note(leaving *x, size_t i, const char *what, const char *of)
{
    const tdo_measured *m = x->k->x;
    if (i == TDO_NONE || i == m->incumbent || i == x->k->f->feasible[x->k->r->recommended])
        return;
    size_t q = 0;
    while (q < x->n && x->holder[q].candidate != i)
        q++;
    if (q == x->n) {
        holder *more = array_more(x->a, x->holder, x->n, sizeof *more);
        x->failed |= !more;
        if (!more)
            return;
        x->holder = more;
        more[x->n++] = (holder){i, tdo_sink_memory(x->a)};
    }
    tdo_putf(&x->holder[q].what, "%s%s%s", x->holder[q].what.length ? ", " : "", what, of);
    x->failed |= x->holder[q].what.failed;
}

/* The only one with the least key (largest: way -1) of those not NaN; TDO_NONE: several. */
static size_t only_end(const double *key, size_t n, double way)
{
    size_t who = TDO_NONE;
    double end = INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (isnan(key[i]) || way * key[i] > end)
            continue;
        who = way * key[i] < end ? i : TDO_NONE;
        end = way * key[i];
    }
    return who;
}

static void find_ends(leaving *x, double *key)
{
    const tdo_measured *m = x->k->x;
    for (size_t c = 0; c < m->d; c++) {
        const tdo_criterion *of = &x->k->s->criteria[c];
        if (!x->k->v->observed[c] || x->k->v->constant[c])
            continue;
        for (size_t i = 0; i < m->n; i++) {
            bool assumed = m->imputed && m->imputed[c * m->n + i];
            key[i] = m->dropped[i] || assumed ? NAN : tdo_measurement(of, m->reading[c][i]);
        }
        for (double way = -1; way <= 1; way += 2)
            note(x, only_end(key, m->n, way), "an end of the observed range of ", of->label);
    }
}

/* key: [F] */
static void find_utilities(leaving *x, double *key, bool best)
{
    const tdo_utility *u = x->k->u;
    for (size_t s = 0; s < u->s; s++) {
        model_utility_row(u, s, 0, u->f, key);
        size_t slot = only_end(key, u->f, best ? -1 : 1);
        if (slot != TDO_NONE && u->power[s] > 0)
            note(x, x->k->f->feasible[slot],
                 best ? "the best utility of " : "the least utility of ",
                 x->k->s->stakeholders[s].label);
    }
}

static void find_holders(leaving *x, double *key, tdo_swings *out)
{
    const tdo_rule_terms *rule = tdo_rule_about[x->k->s->rule];
    find_ends(x, key);
    if (rule->bargains && !x->k->u->from_incumbent)
        find_utilities(x, key, false);
    if (rule->from_best)
        find_utilities(x, key, true);
    if (!rule->counts_places)
        return;
    out->left_out = x->k->u->f > TDO_SWING_PLACES;
    for (size_t k = 0; k < x->k->u->f && !out->left_out; k++)
        note(x, x->k->f->feasible[k], "its places in the orders of the stakeholders", "");
}

/* ---- leaving one out ---- */

/* Assumed readings are the worst of the others: of those who are left. False: nobody is measured.
 */
static bool assume_anew(const tdo_scenario *s, const tdo_measured *m, const bool *dropped,
                        double *const *reading)
{
    for (size_t c = 0; m->imputed && c < m->d; c++) {
        const bool *assumed = m->imputed + c * m->n;
        double *y = reading[c];
        size_t worst = TDO_NONE, n_assumed = 0;
        for (size_t i = 0; i < m->n; i++) {
            n_assumed += assumed[i] && !dropped[i];
            if (!dropped[i] && !assumed[i] &&
                (worst == TDO_NONE || tdo_better(&s->criteria[c], y[worst], y[i]) > 0))
                worst = i;
        }
        if (n_assumed && worst == TDO_NONE)
            return false;
        for (size_t i = 0; i < m->n; i++)
            y[i] = assumed[i] && worst != TDO_NONE ? y[worst] : y[i];
    }
    return true;
}

/* The recommendation without candidate i; TDO_NONE: there is none. */
static tdo_status leave_out(const leaving *x, size_t i, bool *dropped, double *const *reading,
                            size_t *to)
{
    const tdo_measured *m = x->k->x;
    tdo_measured edited = *m;
    whatif_answer answer;
    memcpy(dropped, m->dropped, m->n * sizeof *dropped);
    dropped[i] = true;
    edited.dropped = dropped;
    *to = TDO_NONE;
    if (m->imputed) {
        for (size_t c = 0; c < m->d; c++)
            memcpy(reading[c], m->reading[c], m->n * sizeof *reading[c]);
        edited.reading = (const double *const *)reading;
        if (!assume_anew(x->k->s, m, dropped, reading))
            return TDO_OK;
    }
    tdo_status status = whatif_run(x->k->s, &edited, x->k->f->doubts, TDO_NONE, &answer);
    *to = answer.recommended;
    return status;
}

/* Is candidate i listed before j? */
static bool is_before(const leaving *x, size_t i, size_t j)
{
    const uint32_t *slot = x->k->f->slot, *rank = x->k->r->by_rule[x->k->s->rule].rank;
    const uint32_t a = slot[i] == UINT32_MAX ? UINT32_MAX : rank[slot[i]];
    const uint32_t b = slot[j] == UINT32_MAX ? UINT32_MAX : rank[slot[j]];
    return a != b ? a < b : strcmp(x->k->x->id[i], x->k->x->id[j]) < 0;
}

static tdo_status say(const leaving *x, const tdo_swing *swing, tdo_warnings *w)
{
    const tdo_measured *m = x->k->x;
    const size_t now = x->k->f->feasible[x->k->r->recommended];
    tdo_sink o = tdo_sink_memory(x->a);
    tdo_puts(&o, "without ");
    tdo_put_quoted(&o, m->id[swing->candidate]);
    tdo_puts(&o, ", which is not recommended, ");
    tdo_put_quoted(&o, m->id[swing->to]);
    tdo_puts(&o, " would be, and not ");
    tdo_put_quoted(&o, m->id[now]);
    tdo_putf(&o, " (through %s)", swing->through);
    return o.failed ? TDO_E_MEMORY : tdo_warn(w, x->a, "W_SCALE", "%s", o.text);
}

static tdo_status ask(leaving *x, tdo_arena *scratch, tdo_swings *out, tdo_warnings *w)
{
    const tdo_measured *m = x->k->x;
    const size_t now = x->k->f->feasible[x->k->r->recommended];
    bool *dropped = tdo_alloc(scratch, m->n, sizeof *dropped);
    double **reading = m->imputed ? tdo_copy_readings(m, scratch) : NULL;
    tdo_swing *item = NULL;
    tdo_status status = dropped && (reading || !m->imputed) ? TDO_OK : TDO_E_MEMORY;
    for (size_t q = 0; q < x->n && status == TDO_OK; q++) {
        const size_t i = x->holder[q].candidate;
        size_t to = TDO_NONE;
        status = leave_out(x, i, dropped, reading, &to);
        if (status != TDO_OK || to == TDO_NONE || to == now)
            continue;
        item = array_more(x->a, item, out->n, sizeof *item);
        if (!item)
            return TDO_E_MEMORY;
        item[out->n++] = (tdo_swing){i, to, x->holder[q].what.text};
        status = say(x, &item[out->n - 1], w);
    }
    out->item = item;
    return status;
}

/* Would leaving somebody out change how sure a limit is that asks to be shown? Its level may be one
 * for all, and a reading that was assumed hangs on the others. */
static bool needs_judging(const tdo_case *k)
{
    if (whatif_needs_samples(k))
        return true;
    for (size_t j = 0; j < k->s->n_constraints; j++) {
        const tdo_constraint *limit = &k->s->constraints[j];
        if (limit->shown > 0 && (limit->shown_over_all || k->x->imputed))
            return true;
    }
    return false;
}

tdo_status tdo_find_swings(const tdo_case *k, tdo_arena *a, tdo_swings *out, tdo_warnings *w)
{
    tdo_arena *scratch = tdo_arena_new();
    leaving x = {.k = k, .a = a};
    double *key = scratch ? tdo_alloc(scratch, k->x->n, sizeof *key) : NULL;
    tdo_status status = TDO_E_MEMORY;
    *out = (tdo_swings){0};
    if (!key)
        goto out;
    find_holders(&x, key, out);
    status = x.failed ? TDO_E_MEMORY : TDO_OK;
    if (status != TDO_OK)
        goto out;
    if (needs_judging(k)) {
        out->left_out = true;
        goto out;
    }
    if ((double)x.n * whatif_cost(k->s, k->x->n, k->u->f) > SWINGS_ANEW) {
        out->left_out = true;
        goto out;
    }
    for (size_t p = 1; p < x.n; p++) /* few, or as many as places are counted */
        for (size_t q = p; q > 0 && is_before(&x, x.holder[q].candidate, x.holder[q - 1].candidate);
             q--) {
            holder held = x.holder[q];
            x.holder[q] = x.holder[q - 1];
            x.holder[q - 1] = held;
        }
    out->asked = x.n;
    status = ask(&x, scratch, out, w);
out:
    tdo_arena_free(scratch);
    return status;
}
