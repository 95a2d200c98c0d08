/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sets that some allowed weights leave: nothing else is worth as much at all of them and more
 * at some. That is asked at the extreme weights, where every worth is a sum (Liesiö, Mild and Salo
 * 2007: robust portfolio modeling). The core index of a candidate is the share of these sets that
 * contain it. */
#include "portfolio/data.h"
#include "portfolio/extremes.h"
#include "tradeoff/work.h"

#include <math.h>
#include <string.h>

enum { MOST_SETTLED_SETS = 400 /* sets for which every statement is tried */ };

/* ---- the sets ---- */

typedef struct set_list {
    uint8_t **x;
    size_t n, room, blocks, most;
    tdo_arena *a;
    bool full;
} set_list;

static tdo_status add_set(void *user, const uint8_t *x)
{
    set_list *l = user;
    for (size_t k = 0; k < l->n; k++)
        if (memcmp(l->x[k], x, l->blocks) == 0)
            return TDO_OK;
    l->full = l->full || l->n == l->most;
    uint8_t *own = l->full ? NULL : tdo_alloc(l->a, l->blocks, 1);
    if (!own)
        return l->full ? TDO_OK : TDO_E_MEMORY;
    memcpy(own, x, l->blocks);
    l->x[l->n++] = own;
    return TDO_OK;
}

/* Everything that is worth the same as a point. */
static tdo_status list_equals(const pick_zones *z, const pick_point *y, set_list *out,
                              bool *complete, tdo_error *err)
{
    tdo_arena *room = tdo_arena_new();
    pick_row *row = room ? pick_more_rows(z->p, z->n_axes + 1, room) : NULL;
    pick_problem p = *z->p;
    pick_bound bound = {0};
    pick_demands demands = {0};
    pick_found found = {.complete = true};
    for (size_t q = 0; row && q < z->n_axes; q++)
        row[p.rows++] = (pick_row){z->axis[q].u, y->at[q] - PICK_TIE, PICK_FAR};
    if (row)
        row[p.rows++] = (pick_row){z->p->worth.u, y->worth - PICK_TIE, PICK_FAR};
    p.row = row;
    tdo_status status = row ? pick_find_bound(&p, room, &bound, err) : TDO_E_MEMORY;
    const pick_query q = {.p = &p,
                          .aim = PICK_EVERY,
                          .bound = &bound,
                          .floor = y->worth - PICK_TIE,
                          .visit = add_set,
                          .user = out,
                          .demands = &demands,
                          .steps = z->steps,
                          .a = room};
    if (status == TDO_OK)
        status = pick_search(&q, &found, err);
    *complete = *complete && found.complete && !out->full;
    tdo_arena_free(room);
    return status;
}

/* What each set is worth in each criterion: [sets x d]. */
static tdo_status value_sets(const pick_data *d, const set_list *sets, tdo_arena *a, double **out)
{
    const size_t n = d->k->v->d;
    double *y = *out = tdo_alloc(a, sets->n * n, sizeof *y);
    for (size_t k = 0; y && k < sets->n; k++)
        for (size_t b = 0; b < d->n; b++)
            for (size_t q = 0; q < (sets->x[k][b] ? d->members[b] : 0); q++)
                for (size_t c = 0; c < n; c++)
                    y[k * n + c] += tdo_value_at(d->k->v, c, d->member[b][q]) - d->none[c];
    return y ? TDO_OK : TDO_E_MEMORY;
}

/* Is j worth as much as k at all weights, and more at some? */
static bool beats(const double *at_j, const double *at_k, const pick_weights *w)
{
    bool more = false;
    for (size_t v = 0; v < w->n; v++) {
        double by = 0;
        for (size_t c = 0; c < w->d; c++)
            by += w->w[v * w->d + c] * (at_j[c] - at_k[c]);
        if (by < -TDO_TIE)
            return false;
        more = more || by > TDO_TIE;
    }
    return more;
}

/* How often each block is in those that are left under the weights; left: how many these are. */
static size_t count_left(const set_list *sets, const double *at, const pick_weights *w,
                         size_t *count)
{
    size_t left = 0;
    memset(count, 0, sets->blocks * sizeof *count);
    for (size_t k = 0; k < sets->n; k++) {
        bool beaten = false;
        for (size_t j = 0; j < sets->n && !beaten; j++)
            beaten = j != k && beats(at + j * w->d, at + k * w->d, w);
        for (size_t b = 0; b < sets->blocks && !beaten; b++)
            count[b] += sets->x[k][b];
        left += !beaten;
    }
    return left;
}

static size_t count_open(const pick_data *d, const size_t *count, size_t left)
{
    size_t open = 0;
    for (size_t b = 0; b < d->n; b++)
        open += count[b] > 0 && count[b] < left ? d->members[b] : 0;
    return open;
}

/* ---- which statement settles most ---- */

typedef struct settler {
    const pick_data *d;
    const pick_extremes *e;
    const set_list *sets;
    const double *at; /* [sets x d] */
} settler;

/* How many are open under a >= b of a subject. SIZE_MAX: that decides nothing, or is not known. */
static tdo_status open_under(const settler *q, pick_statement t, size_t *open)
{
    tdo_arena *room = tdo_arena_new();
    pick_extremes y = {0};
    pick_weights w = {.d = q->e->d, .a = room};
    bool complete = true;
    size_t *count = room ? tdo_alloc(room, q->sets->blocks, sizeof *count) : NULL;
    tdo_status status = count ? pick_cut(q->e, t, room, &y) : TDO_E_MEMORY;
    *open = SIZE_MAX;
    if (status == TDO_OK && y.n[t.subject] > 0)
        status = pick_combine(&y, &w, &complete);
    if (status == TDO_OK && w.n > 0 && complete)
        *open = count_open(q->d, count, count_left(q->sets, q->at, &w, count));
    tdo_arena_free(room);
    return status;
}

static bool is_undecided(const pick_extremes *e, size_t s, size_t a, size_t b)
{
    bool more = false, less = false;
    for (size_t v = 0; v < e->n[s]; v++) {
        const double by = e->vertex[s][v * e->d + a] - e->vertex[s][v * e->d + b];
        more = more || by > TDO_TIE;
        less = less || by < -TDO_TIE;
    }
    return more && less;
}

static tdo_status say_statement(const settler *q, pick_statement t, tdo_portfolio *out)
{
    const tdo_scenario *s = q->d->k->s;
    const char *who = q->e->group ? "" : s->stakeholders[t.subject].id;
    out->settle = tdo_text(q->d->a, "%s%s%s >= %s", who, q->e->group ? "" : ": ",
                           s->criteria[t.more].id, s->criteria[t.less].id);
    return out->settle ? TDO_OK : TDO_E_MEMORY;
}

/* Takes a statement whose worse answer leaves fewer open than the one so far. */
static tdo_status try_statement(const settler *q, pick_statement t, tdo_portfolio *out)
{
    const pick_statement against = {t.subject, t.less, t.more};
    size_t yes = 0, no = 0;
    tdo_status status = open_under(q, t, &yes);
    if (status == TDO_OK)
        status = open_under(q, against, &no);
    const size_t worse = yes > no ? yes : no, better = yes > no ? no : yes;
    const size_t held = out->settle_yes > out->settle_no ? out->settle_yes : out->settle_no;
    const size_t other = out->settle_yes > out->settle_no ? out->settle_no : out->settle_yes;
    if (status != TDO_OK || worse > held || (worse == held && better >= other))
        return status;
    out->settle_yes = yes;
    out->settle_no = no;
    return say_statement(q, t, out);
}

static tdo_status find_settling(const settler *q, tdo_portfolio *out)
{
    const pick_extremes *e = q->e;
    tdo_status status = TDO_OK;
    out->settle_yes = out->settle_no = out->open;
    for (size_t s = 0; s < e->s && status == TDO_OK; s++)
        for (size_t a = 0; a < e->d && status == TDO_OK; a++)
            for (size_t b = a + 1; b < e->d && status == TDO_OK; b++)
                if (is_undecided(e, s, a, b))
                    status = try_statement(q, (pick_statement){s, a, b}, out);
    return status;
}

/* ---- the whole ---- */

/* The worth of every block at one of the weights, as one level. */
static tdo_status worth_at(const pick_data *d, const double *w, tdo_arena *a, pick_worth *out)
{
    const tdo_valued *v = d->k->v;
    pick_whole *u = tdo_alloc(a, d->n, sizeof *u);
    *out = (pick_worth){.levels = 1, .u = u};
    for (size_t b = 0; u && b < d->n; b++)
        for (size_t q = 0; q < d->members[b]; q++) {
            double sum = 0;
            for (size_t c = 0; c < v->d; c++)
                sum += w[c] * (tdo_value_at(v, c, d->member[b][q]) - d->none[c]);
            u[b] += pick_units(sum);
        }
    return u ? TDO_OK : TDO_E_MEMORY;
}

static tdo_status list_sets(const pick_data *d, const pick_weights *w, tdo_arena *room,
                            set_list *out, bool *complete, tdo_error *err)
{
    const uint64_t allowed = tdo_work_left(d->k->work, TDO_PORTFOLIO_CORE_STEPS);
    uint64_t steps = allowed;
    pick_problem p = d->p;
    pick_worth *axis = tdo_alloc(room, w->n, sizeof *axis);
    pick_whole *step = tdo_alloc(room, w->n, sizeof *step);
    pick_point *point = NULL;
    size_t n = 0;
    tdo_status status = axis && step ? worth_at(d, w->w, room, &p.worth) : TDO_E_MEMORY;
    for (size_t v = 1; v < w->n && status == TDO_OK; v++) {
        step[v - 1] = PICK_TIE + 1;
        status = worth_at(d, w->w + v * w->d, room, &axis[v - 1]);
    }
    const pick_zones z = {&p, axis, step, w->n - 1, TDO_PORTFOLIO_SETS, &steps, room};
    if (status == TDO_OK)
        status = pick_list_points(&z, &point, &n, complete, err);
    for (size_t k = 0; k < n && status == TDO_OK && *complete; k++)
        status = list_equals(&z, &point[k], out, complete, err);
    tdo_work_done(d->k->work, allowed - steps);
    return status;
}

static tdo_status report_core(const pick_data *d, const size_t *count, size_t left,
                              tdo_portfolio *out)
{
    const size_t n = d->k->x->n;
    double *core = tdo_alloc(d->a, n, sizeof *core);
    if (!core)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < n; i++)
        core[i] = d->k->f->slot[i] == UINT32_MAX ? NAN : 0;
    for (size_t b = 0; b < d->n; b++)
        for (size_t q = 0; q < d->members[b]; q++)
            core[d->k->f->feasible[d->member[b][q]]] = (double)count[b] / (double)left;
    out->core = core;
    out->core_sets = left;
    out->has_core = true;
    out->open = count_open(d, count, left);
    return TDO_OK;
}

static tdo_status find_core(const pick_data *d, const pick_extremes *e, const pick_weights *w,
                            tdo_arena *room, tdo_portfolio *out, tdo_error *err)
{
    set_list sets = {.x = tdo_alloc(room, TDO_PORTFOLIO_SETS, sizeof *sets.x),
                     .blocks = d->n,
                     .most = TDO_PORTFOLIO_SETS,
                     .a = room};
    size_t *count = tdo_alloc(room, d->n, sizeof *count);
    double *at = NULL;
    bool complete = true;
    tdo_status status = sets.x && count ? list_sets(d, w, room, &sets, &complete, err)
                                        : TDO_E_MEMORY;
    if (status == TDO_OK && !complete) {
        out->no_core = "it takes more steps than are allowed";
        return TDO_OK;
    }
    if (status == TDO_OK)
        status = value_sets(d, &sets, room, &at);
    if (status == TDO_OK)
        status = report_core(d, count, count_left(&sets, at, w, count), out);
    if (status == TDO_OK && out->open > 0 && sets.n <= MOST_SETTLED_SETS)
        status = find_settling(&(settler){d, e, &sets, at}, out);
    return status;
}

tdo_status pick_find_core(const pick_data *d, tdo_portfolio *out, tdo_error *err)
{
    tdo_arena *room = tdo_arena_new();
    pick_extremes e = {0};
    pick_weights w = {.d = d->k->u->d, .a = room};
    bool listed = false, complete = true;
    tdo_status status = TDO_OK;
    if (d->o->best || d->o->rule != TDO_PORTFOLIO_WEIGHTED) {
        out->no_core = "it is of sums that are weighted";
        tdo_arena_free(room);
        return TDO_OK;
    }
    status = room ? pick_list_extremes(d->k, room, &e, &listed) : TDO_E_MEMORY;
    if (status == TDO_OK && listed)
        status = pick_combine(&e, &w, &complete);
    if (status == TDO_OK && (!listed || !complete || w.n > TDO_PORTFOLIO_AXES))
        out->no_core = "the allowed weights have too many extreme ones";
    else if (status == TDO_OK)
        status = find_core(d, &e, &w, room, out, err);
    tdo_arena_free(room);
    return status;
}
