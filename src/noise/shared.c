/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the errors of two candidates share, criterion by criterion. */
#include "noise/noise.h"

#include <math.h>

typedef struct sharing {
    const tdo_measured *x;
    const noise_plan *p;
    size_t c;
} sharing;

static double of_draws(const sharing *g, size_t i, size_t j)
{
    const tdo_measured *x = g->x;
    const double *drawn = x->drawn[g->c], *mean = x->reading[g->c];
    double sum = 0;
    for (size_t t = 0; t < x->draws; t++) {
        const uint32_t *row = x->draw_row + t * x->n;
        sum += (drawn[row[i]] - mean[i]) * (drawn[row[j]] - mean[j]);
    }
    return sum / (double)x->draws;
}

/* Unknown (a candidate without items, one that was dropped): as if nothing were shared. */
static double of_two(const sharing *g, size_t i, size_t j)
{
    const noise_reader *r = &g->p->criterion[g->c];
    if (g->x->dropped[i] || g->x->dropped[j])
        return 0;
    double both = g->x->draws > 0 ? of_draws(g, i, j) : noise_joint_covariance(g->p, r, i, r, j);
    return isnan(both) ? 0 : both;
}

static const double *covariances(const sharing *g, tdo_arena *a)
{
    const size_t n = g->x->n;
    double *out = tdo_alloc(a, n * (n + 1) / 2, sizeof *out);
    for (size_t i = 0, at = 0; out && i < n; i++)
        for (size_t j = 0; j <= i; j++)
            out[at++] = of_two(g, i, j);
    return out;
}

/* Do errors of this criterion share more than one correlation says? */
static bool is_joint(const noise_plan *p, const noise_reader *r, bool drawn)
{
    bool shared = false;
    for (size_t q = 0; q < r->n && !drawn; q++) {
        const noise_source *s = &p->source[r->use[q].source];
        shared |= s->items || noise_correlation(s, 0) > 0;
    }
    return drawn || (shared && (r->n > 1 || p->source[r->use[0].source].items));
}

/* What is taken of subgroups may be of another one for each candidate: as if nothing were shared.
 */
static double of_one(const noise_plan *p, const noise_reader *r)
{
    const noise_source *s = &p->source[r->use[0].source];
    return r->n == 1 && !s->groups ? noise_correlation(s, 0) : 0;
}

tdo_status noise_list_shared(const tdo_measured *x, const noise_plan *p, tdo_arena *a,
                             const tdo_shared_error **out)
{
    tdo_shared_error *of = tdo_alloc(a, x->d, sizeof *of);
    for (size_t c = 0; of && c < x->d; c++) {
        const noise_reader *r = &p->criterion[c];
        const sharing g = {x, p, c};
        if (r->n == 0)
            continue;
        if (!is_joint(p, r, x->draws > 0)) {
            of[c].correlation = of_one(p, r);
        } else if (x->n <= TDO_MOST_JOINT) {
            of[c].covariance = covariances(&g, a);
            if (!of[c].covariance)
                return TDO_E_MEMORY;
        }
    }
    *out = of;
    return of ? TDO_OK : TDO_E_MEMORY;
}
