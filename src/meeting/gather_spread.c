/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the ballots for one stakeholder are apart, and what each leaves open. */
#include "meeting/ballot.h"

#include "tradeoff/region.h"

#include <math.h>

static double gather_power(const gather *g, const tdo_gathered_for *of, uint32_t b)
{
    double power = g->ballot[b].ballot.power;
    return isfinite(power) ? power : g->s->stakeholders[of->stakeholder].power;
}

double gather_share(const gather *g, const tdo_gathered_for *of, const uint32_t *ballot, size_t n,
                    uint32_t b)
{
    const double own = gather_power(g, of, b);
    double most = 0, sum = 0, scaled = 0;
    for (size_t k = 0; k < n; k++) {
        sum += gather_power(g, of, ballot[k]);
        most = fmax(most, gather_power(g, of, ballot[k]));
    }
    if (isfinite(sum))
        return sum > 0 ? own / sum : 1.0 / (double)n;
    for (size_t k = 0; k < n; k++)
        scaled += gather_power(g, of, ballot[k]) / most;
    return own / most / scaled;
}

/* The weights that voice k leaves open: the ends of its region's corners. s: as it was read with
 * the wishes of that ballot. */
static tdo_status find_open(const gather *g, const tdo_gathered_for *of, size_t k,
                            const tdo_scenario *s, double *least, double *most)
{
    const size_t d = g->s->n_criteria;
    tdo_regions all;
    tdo_report report = {0};
    const tdo_status status = tdo_find_regions(&s, g->a, &all, &report);
    if (status != TDO_OK)
        return status == TDO_E_INPUT ? TDO_E_INTERNAL : status; /* it was found before */
    const tdo_region *r = &all.region[of->stakeholder];
    for (size_t c = 0; c < d; c++)
        least[k * d + c] = most[k * d + c] = of->weight[k * d + c];
    for (size_t i = 0; r->open && i < r->n; i++) {
        double *low = &least[k * d + r->criterion[i]], *high = &most[k * d + r->criterion[i]];
        *low = *high = (double)NAN;
        for (size_t v = 0; r->vertex && v < r->vertices; v++) {
            *low = fmin(*low, r->vertex[v * r->n + i]);
            *high = fmax(*high, r->vertex[v * r->n + i]);
        }
    }
    return TDO_OK;
}

tdo_status gather_find_spread(const gather *g, tdo_gathered_for *of, const uint32_t *voice)
{
    const size_t d = g->s->n_criteria;
    uint32_t *list = tdo_alloc(g->a, of->voices, sizeof *list);
    double *weight = tdo_alloc(g->a, of->voices * d, sizeof *weight);
    double *mean = tdo_alloc(g->a, d, sizeof *mean);
    double *least = tdo_alloc(g->a, of->voices * d, sizeof *least);
    double *most = tdo_alloc(g->a, of->voices * d, sizeof *most);
    if (!list || !weight || !mean || !least || !most)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < of->voices; k++) {
        const tdo_ballot *b = &g->ballot[voice[k]].ballot;
        tdo_report report = {0};
        const tdo_scenario *s = NULL;
        double sum = 0;
        if (!b->n_weights && !b->n_prefers && !b->n_rates)
            continue;
        tdo_status status = gather_try_ballot(g, of->stakeholder, b, &s, &report);
        if (status != TDO_OK)
            return status == TDO_E_INPUT ? TDO_E_INTERNAL : status; /* it was tried before */
        const double *w = s->stakeholders[of->stakeholder].weights;
        for (size_t c = 0; c < d; c++)
            sum += w[c];
        for (size_t c = 0; c < d; c++)
            weight[of->n * d + c] = w[c] / sum;
        of->weight = weight;
        status = find_open(g, of, of->n, s, least, most);
        if (status != TDO_OK)
            return status;
        list[of->n++] = voice[k];
    }
    for (size_t k = 0; k < of->n; k++) {
        const double share = gather_share(g, of, list, of->n, list[k]);
        for (size_t c = 0; c < d; c++)
            mean[c] += weight[k * d + c] * share;
    }
    of->ballot = list;
    of->least = least;
    of->most = most;
    of->mean = mean;
    return TDO_OK;
}
