/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What knowing everything is worth: on average over the samples, by how much each one's best is
 * above the one that is best on average. Of two candidates with normal errors it is a closed form,
 * the unit normal loss. */
#include "sampling/inquiry.h"

#include <math.h>

/* The slot with the best mean score, the recommended one among equal ones. */
static uint32_t best_on_average(const sampling_inquiry *q)
{
    uint32_t best = q->c->k->r->recommended;
    for (size_t k = 0; k < q->c->f; k++) {
        uint32_t i = q->c->k->r->order[k];
        best = q->out->candidate[i].expected > q->out->candidate[best].expected + TDO_TIE ? i
                                                                                          : best;
    }
    return best;
}

/* ---- in closed form ---- */

/* Are the differences of scores normal with what the readings say as their mean? */
static bool is_normal(const sampling_inquiry *q)
{
    bool normal = !q->any_wishes;
    for (size_t k = 0; k < q->c->noise->n && normal; k++)
        normal = q->c->noise->source[k].rows == 1;
    for (size_t c = 0; c < q->c->d && normal; c++) {
        const tdo_criterion *of = &q->c->k->s->criteria[c];
        normal = q->c->noise->criterion[c].n == 0 ||
                 (noise_is_normal(q->c->noise, &q->c->noise->criterion[c]) && of->n_value == 0 &&
                  of->goal != TDO_GOAL_TARGET);
    }
    return normal;
}

/* Of the score of the first feasible one less that of the second. */
static double sd_of_difference(const sampling_inquiry *q)
{
    const sampling_case *c = q->c;
    const uint32_t *at = c->k->f->feasible;
    double variance = 0;
    for (size_t k = 0; k < c->noise->n; k++) {
        const size_t row = c->noise->source[k].row;
        double by = 0;
        for (size_t i = 0; i < c->d; i++)
            for (size_t u = 0; u < c->noise->criterion[i].n; u++)
                by += c->noise->criterion[i].use[u].row == row
                          ? c->k->u->group_weight[i] * c->slope[i] *
                                c->noise->criterion[i].use[u].coefficient
                          : 0;
        variance += by * by *
                    (noise_covariance(c->noise, row, at[0], at[0], 0) +
                     noise_covariance(c->noise, row, at[1], at[1], 0) -
                     2 * noise_covariance(c->noise, row, at[0], at[1], 0));
    }
    return sqrt(variance > 0 ? variance : 0);
}

static void set_closed(const sampling_inquiry *q, tdo_information *out)
{
    const double *score = q->c->k->r->by_rule[TDO_RULE_WEIGHTED].score;
    const uint32_t now = q->c->k->r->recommended, other = 1 - now;
    double sd = sd_of_difference(q), lead = score[now] - score[other];
    out->known = true;
    out->swap = lead < -TDO_TIE ? -lead : 0;
    out->swap_to = out->swap > 0 ? other : UINT32_MAX;
    out->everything = sd > 0 ? sd * variate_unit_loss(fabs(lead) / sd) : 0;
    out->loss = out->everything + out->swap;
}

/* ---- from samples ---- */

static bool is_closed(const sampling_inquiry *q)
{
    return q->c->f == 2 && is_normal(q);
}

tdo_status sampling_pose_information(sampling_inquiry *q)
{
    const pass_request want = {.want = PASS_MISSED,
                               .missed = {q->c->k->r->recommended, best_on_average(q)}};
    const sampling_setting set = sampling_all_uncertain(q);
    q->missed = TDO_NONE;
    if (q->c->k->s->rule != TDO_RULE_WEIGHTED || is_closed(q))
        return TDO_OK;
    return sampling_pose(q, &set, &want, &q->missed);
}

static void set_sampled(const sampling_inquiry *q, const pass_result *p, tdo_information *out)
{
    const uint32_t now = q->c->k->r->recommended, best = best_on_average(q);
    double n = (double)p->done, mean = p->missed[1] / n;
    double variance = p->missed_square[1] / n - mean * mean;
    out->known = true;
    out->loss = p->missed[0] / n;
    out->swap = best == now ? 0 : out->loss - mean;
    out->swap_to = best == now ? UINT32_MAX : best;
    out->everything = mean;
    out->everything_se = q->c->each_draw || !(variance > 0) ? 0 : sqrt(variance / n);
}

void sampling_set_information(sampling_inquiry *q)
{
    tdo_information *out = &q->out->information;
    const pass_result *p = sampling_answer(q, q->missed);
    out->changes = 1 - q->out->candidate[q->c->k->r->top].first;
    if (p)
        set_sampled(q, p, out);
    else if (q->c->k->s->rule == TDO_RULE_WEIGHTED && is_closed(q))
        set_closed(q, out);
}
