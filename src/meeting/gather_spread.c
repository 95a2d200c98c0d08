/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the ballots for one stakeholder are apart, and what each leaves open. */
#include "meeting/ballot.h"

#include "tradeoff/region.h"

#include <math.h>

double gather_power(const gather *g, const tdo_gathered_for *of, uint32_t b)
{
    double power = g->ballot[b].ballot.power;
    return isfinite(power) ? power : g->s->stakeholders[of->stakeholder].power;
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
    double *weight = tdo_alloc(g->a, of->voices * d, sizeof *weight), counted = 0;
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
        const tdo_node *value = gather_stakeholder(g, NULL, b);
        tdo_status status = value ? gather_try(g, of->stakeholder, value, &s, &report)
                                  : TDO_E_MEMORY;
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
        counted += gather_power(g, of, voice[k]);
        list[of->n++] = voice[k];
    }
    for (size_t k = 0; k < of->n; k++)
        for (size_t c = 0; c < d; c++)
            mean[c] += weight[k * d + c] *
                       (counted > 0 ? gather_power(g, of, list[k]) / counted : 1.0 / (double)of->n);
    of->ballot = list;
    of->least = least;
    of->most = most;
    of->mean = mean;
    return TDO_OK;
}
