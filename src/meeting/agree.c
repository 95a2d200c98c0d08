/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who would have to move what, for each candidate; and which is nearest to an agreement. */
#include "meeting/agree.h"

#include <math.h>
#include <stdlib.h>

/* Readings looked at for what would make up, all together. */
#define LOOKS 3e8

static void add_up(const tdo_case *k, tdo_agree_candidate *x)
{
    x->total = x->largest = 0;
    for (size_t h = 0; h < k->u->s; h++) {
        const double cost = k->s->stakeholders[h].move_cost;
        if (!(k->u->power[h] > 0))
            continue;
        x->total += cost * (x->move[h].possible ? x->move[h].change : (double)NAN);
        x->largest = x->move[h].possible ? fmax(x->largest, x->move[h].change) : (double)NAN;
        if (isnan(x->largest)) { /* and stays so */
            x->total = NAN;
            return;
        }
    }
}

static tdo_status set_candidate(agree *g, uint32_t slot, double *looks, tdo_agree_candidate *out)
{
    const size_t s = g->k->u->s;
    tdo_agree_move *move = tdo_alloc(g->a, s, sizeof *move);
    double *compensation = tdo_alloc(g->a, s, sizeof *compensation);
    double *said = tdo_alloc(g->a, s, sizeof *said);
    tdo_status status = move && compensation && said ? TDO_OK : TDO_E_MEMORY;
    for (size_t h = 0; h < s && status == TDO_OK; h++)
        status = agree_move(g, h, slot, &move[h]);
    if (status == TDO_OK)
        status = agree_make_up(g, slot, looks, compensation, said);
    *out = (tdo_agree_candidate){
        .slot = slot, .move = move, .compensation = compensation, .said = said};
    if (status == TDO_OK)
        add_up(g->k, out);
    return status;
}

/* Is a before b? They are in the order of the ranking; NaN is last. */
static bool is_less(double a, double b)
{
    return !isnan(a) && (isnan(b) || a < b - TDO_TIE);
}

static void sort(tdo_agree_candidate *of, size_t n)
{
    for (size_t k = 1; k < n; k++)
        for (size_t q = k; q > 0 && is_less(of[q].total, of[q - 1].total); q--) {
            const tdo_agree_candidate held = of[q];
            of[q] = of[q - 1];
            of[q - 1] = held;
        }
}

/* The criterion in which it is made up for, where nobody says: of those with numbers the one with
 * the largest weight in the group. */
static size_t choose_unit(const tdo_case *k)
{
    size_t unit = TDO_NONE;
    for (size_t c = 0; c < k->v->d; c++) {
        const bool numbers = !k->s->criteria[c].levels && !k->v->constant[c];
        const double weight = k->u->group_weight[c];
        if (numbers && weight > 0 && (unit == TDO_NONE || weight > k->u->group_weight[unit]))
            unit = c;
    }
    return unit;
}

tdo_status tdo_agree(const tdo_case *k, const tdo_choice *choice, const tdo_agree_options *o,
                     tdo_arena *a, tdo_agreement *out, tdo_error *err)
{
    agree g = {.k = k, .o = o, .a = a, .err = err, .out = out};
    const size_t n = choice->asked;
    tdo_agree_candidate *of = tdo_alloc(a, n, sizeof *of);
    double looks = LOOKS, least = NAN;
    tdo_status status = of ? TDO_OK : TDO_E_MEMORY;
    *out = (tdo_agreement){.accept = o->accept,
                           .share = o->share,
                           .unit = o->unit != TDO_NONE ? o->unit : choose_unit(k),
                           .least = UINT32_MAX,
                           .least_largest = UINT32_MAX};
    for (size_t i = 0; i < n && status == TDO_OK; i++)
        status = set_candidate(&g, choice->candidate[i].slot, &looks, &of[i]);
    if (status != TDO_OK)
        return status;
    sort(of, n);
    out->of = of;
    out->n = n;
    if (n && !isnan(of[0].total))
        out->least = of[0].slot;
    for (size_t i = 0; i < n; i++)
        if (is_less(of[i].largest, least)) {
            least = of[i].largest;
            out->least_largest = of[i].slot;
        }
    return agree_find_needs(&g);
}
