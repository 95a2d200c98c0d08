/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is reported of an answer, recomputed from the data for the shares that are reported: no
 * number of the solver is passed on but the shares and the multipliers, and what these are worth is
 * proven here, over everybody who may take part. */
#include "base/real.h"
#include "mix/mix.h"

#include "rules/rules.h"

#include <math.h>
#include <string.h>

const char *tdo_mix_status_word(tdo_mix_status s)
{
    static const char *const word[] = {"optimal", "infeasible", "limit", "numerical"};
    return word[s];
}

/* ---- the split ---- */

/* Largest share first, then the id's bytes; insertion, for they are few. */
static tdo_status list_shares(const mix_problem *m, const mix_answer *y, tdo_mix *out)
{
    tdo_mix_share *list = tdo_alloc(m->a, y->split.n, sizeof *list);
    if (!list)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < y->split.n; q++) {
        size_t i = m->candidate[y->split.index[q]], at = q;
        tdo_mix_share mine = {i, y->split.share[q], y->least ? y->least[q] : NAN,
                              y->most ? y->most[q] : NAN};
        for (; at > 0; at--) {
            const tdo_mix_share *before = &list[at - 1];
            if (before->share > mine.share ||
                (!(before->share < mine.share) &&
                 strcmp(m->x->id[before->candidate], m->x->id[i]) < 0))
                break;
            list[at] = *before;
        }
        list[at] = mine;
    }
    out->shares = list;
    out->n_shares = y->split.n;
    return TDO_OK;
}

static tdo_status list_levels(const mix_problem *m, const mix_answer *y, const double *level,
                              tdo_mix *out)
{
    tdo_mix_level *list = tdo_alloc(m->a, m->levels, sizeof *list);
    if (!list)
        return TDO_E_MEMORY;
    for (size_t l = 0; l < m->levels; l++)
        list[l] = (tdo_mix_level){.subject = m->subject[l],
                                  .level = level[l],
                                  .weight = y->duals.omega ? fmax(0, y->duals.omega[l]) : NAN,
                                  .round = y->round ? y->round[l] : 0};
    out->level = list;
    out->levels = m->rule == TDO_MIX_WEIGHTED ? 0 : m->levels; /* weighted: it is the value */
    return TDO_OK;
}

/* The utility of each stakeholder: averages, but for the criteria that mix "worst", also where none
 * with a power weighs them. */
static tdo_status list_utilities(const mix_problem *m, const mix_split *x, const double **out)
{
    const tdo_utility *u = m->u;
    double *utility = tdo_alloc(m->a, u->s, sizeof *utility);
    if (!utility)
        return TDO_E_MEMORY;
    for (size_t h = 0; h < u->s; h++) {
        utility[h] = mix_split_average(x, m->utility + h * m->n);
        for (size_t c = 0; c < u->d; c++) {
            const double w = m->s->criteria[c].mixes_worst ? u->weight[h * u->d + c] : 0;
            if (w > 0)
                utility[h] +=
                    w * (mix_split_worst(m, x, c) - mix_split_average(x, m->value + c * m->n));
        }
    }
    *out = utility;
    return TDO_OK;
}

/* Averages of what was read; of a criterion that mixes "worst" the worst reading. */
static tdo_status list_readings(const mix_problem *m, const mix_split *x, const double **out)
{
    double *reading = tdo_alloc(m->a, m->x->d, sizeof *reading);
    double *part = tdo_alloc(m->a, x->n, sizeof *part);
    uint32_t *own = tdo_alloc(m->a, x->n, sizeof *own);
    if (!reading || !part || !own)
        return TDO_E_MEMORY;
    const mix_split local = {x->n, own, x->share};
    for (size_t q = 0; q < x->n; q++)
        own[q] = (uint32_t)q;
    for (size_t c = 0; c < m->x->d; c++) {
        const tdo_criterion *k = &m->s->criteria[c];
        for (size_t q = 0; q < x->n; q++)
            part[q] = m->x->reading[c][m->candidate[x->index[q]]];
        reading[c] = part[0];
        for (size_t q = 1; q < x->n && k->mixes_worst; q++)
            reading[c] = tdo_better(k, reading[c], part[q]) > 0 ? part[q] : reading[c];
        if (!k->mixes_worst)
            reading[c] = mix_split_average(&local, part);
    }
    *out = reading;
    return TDO_OK;
}

/* Where the split stands at each bound; returns the largest miss, in units of the spread. */
static tdo_status list_limits(const mix_problem *m, const mix_answer *y, double *miss, tdo_mix *out)
{
    const mix_split *x = &y->split;
    tdo_mix_limit *list = tdo_alloc(m->a, m->bounds, sizeof *list);
    double *part = tdo_alloc(m->a, m->n, sizeof *part);
    if (!list || !part)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < m->bounds; k++) {
        const mix_bound *b = &m->bound[k];
        list[k] = b->limit;
        if (y->duals.omega)
            list[k].multiplier = b->limit.each ? 0 : mix_per_unit(b, fmax(0, y->duals.lambda[k]));
        for (size_t q = 0; q < x->n; q++) {
            const double at = b->reading[m->candidate[x->index[q]]];
            part[x->index[q]] = at;
            if (q == 0 || (b->limit.is_max ? at > list[k].reached : at < list[k].reached))
                list[k].reached = at;
        }
        *miss = fmax(*miss, mix_split_average(x, b->h) - b->beta);
        if (!b->limit.each && x->n > 0)
            list[k].reached = mix_split_average(x, part);
    }
    out->limit = list;
    out->limits = m->bounds;
    return TDO_OK;
}

/* ---- the proof ---- */

/* The multipliers as the theory wants them: no negative ones, those of the least level summing to
 * theta. What had to be changed for that is the dual residual. */
static double mend(const mix_problem *m, mix_duals *y)
{
    bool nash = mix_is_product(m);
    double off = 0, sum = 0;
    for (size_t k = 0; k < m->bounds; k++) {
        off = fmax(off, -y->lambda[k]);
        y->lambda[k] = fmax(0, y->lambda[k]);
    }
    for (size_t l = 0; l < m->levels; l++) {
        off = fmax(off, m->rho - y->omega[l]);
        y->omega[l] = fmax(m->rho, y->omega[l]);
        sum += y->omega[l] - m->rho;
    }
    if (!nash && m->theta > 0 && sum > 0) {
        off = fmax(off, fabs(sum - m->theta));
        for (size_t l = 0; l < m->levels; l++)
            y->omega[l] = m->rho + (y->omega[l] - m->rho) * (m->theta / sum);
    }
    return off;
}

/* Of a product the multipliers are its slope at the split that is reported, to the last digit: the
 * search ends beside it. */
static void set_slope(const mix_problem *m, const double *level, double value, mix_duals *y)
{
    for (size_t l = 0; l < m->levels; l++)
        y->omega[l] = m->power[l] > 0 ? value * m->power[l] / level[l] : 0;
}

/* By the multipliers no split is worth more than the best candidate at them (weak duality), over
 * all participants, whoever was in the LP. For nash the slope at the split bounds the logarithm.
 * Returns what that one is worth. */
static double prove(const mix_problem *m, const mix_answer *y, const double *level, tdo_mix *out)
{
    bool nash = mix_is_product(m);
    double most = -INFINITY, bound = 0;
    for (size_t q = 0; q < m->n; q++)
        if (!m->barred[q])
            most = fmax(most, mix_worth(m, &y->duals, q));
    if (!nash) {
        out->certificate.gap = fmax(0, most - out->value);
        return most;
    }
    for (size_t l = 0; l < m->levels; l++)
        bound += m->power[l] > 0 ? y->duals.omega[l] * level[l] : 0;
    out->certificate.gap = fmax(0, out->value * real_expm1((most - bound) / out->value));
    return most;
}

tdo_status mix_report_split(const mix_problem *m, mix_answer *y, tdo_mix *out)
{
    double *level = tdo_alloc(m->a, m->levels, sizeof *level), sum = 0, miss = 0;
    if (!level)
        return TDO_E_MEMORY;
    mix_split_levels(m, &y->split, level);
    out->value = mix_levels_value(m, level);
    out->unique = y->unique;
    out->unique_known = y->unique_known;
    tdo_status status = list_shares(m, y, out);
    if (status == TDO_OK)
        status = list_utilities(m, &y->split, &out->utility);
    if (status == TDO_OK)
        status = list_readings(m, &y->split, &out->reading);
    if (status == TDO_OK)
        status = list_limits(m, y, &miss, out);
    for (size_t q = 0; q < y->split.n; q++)
        sum += y->split.share[q];
    out->certificate = (tdo_mix_certificate){fmax(miss, fabs(sum - 1)), NAN, NAN};
    if (y->duals.omega) {
        out->certificate.dual = mend(m, &y->duals);
        if (mix_is_product(m))
            set_slope(m, level, out->value, &y->duals);
        y->top = prove(m, y, level, out);
    } else {
        out->certificate.gap = fmax(0, y->limit - out->value);
    }
    return status == TDO_OK ? list_levels(m, y, level, out) : status;
}

/* ---- beside the best single candidate ---- */

tdo_status mix_report_single(const mix_problem *m, const mix_split *split, tdo_mix *out)
{
    size_t best = SIZE_MAX;
    double *alone = tdo_alloc(m->a, m->levels, sizeof *alone);
    double *level = tdo_alloc(m->a, m->levels, sizeof *level);
    double *utility = tdo_alloc(m->a, m->u->s, sizeof *utility);
    tdo_status status = alone && level && utility ? mix_best_single(m, &best, alone) : TDO_E_MEMORY;
    out->single = TDO_NONE;
    out->single_value = NAN;
    out->better = true;
    if (status != TDO_OK || best == SIZE_MAX)
        return status;
    for (size_t h = 0; h < m->u->s; h++)
        utility[h] = m->utility[h * m->n + best];
    out->single = m->candidate[best];
    out->single_utility = utility;
    out->single_value = mix_levels_value(m, alone);
    mix_split_levels(m, split, level);
    out->better = mix_levels_above(m, level, alone);
    return TDO_OK;
}
