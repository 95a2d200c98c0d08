/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings of a criterion whose errors are normal, as are those of all that they tell something of:
 * the scores that are expected then are normal, too. */
#include "base/sort.h"
#include "sampling/learn.h"

#include <math.h>

enum { STREAM_LEARN = 1 << 20 };

/* ---- covariances ---- */

static tdo_status make_room(const learn_case *l, learn_joint *x)
{
    const size_t f = l->q->c->f;
    *x = (learn_joint){.l = l};
    x->variance = tdo_alloc(l->q->a, f * f, sizeof *x->variance);
    x->shared = tdo_alloc(l->q->a, f * f, sizeof *x->shared);
    x->factor = tdo_alloc(l->q->a, f * f, sizeof *x->factor);
    x->by = tdo_alloc(l->q->a, f * f, sizeof *x->by);
    x->kept = tdo_alloc(l->q->a, f, sizeof *x->kept);
    return x->variance && x->shared && x->factor && x->by && x->kept ? TDO_OK : TDO_E_MEMORY;
}

static void set_covariances(const learn_case *l, size_t c, learn_joint *x)
{
    const sampling_case *k = l->q->c;
    const uint32_t *at = k->k->f->feasible;
    const noise_reader *all = k->noise->criterion;
    for (size_t i = 0; i < k->f; i++)
        for (size_t j = 0; j < k->f; j++)
            x->variance[i * k->f + j] =
                noise_joint_covariance(k->noise, &all[c], at[i], &all[c], at[j]);
    for (size_t other = 0; other < k->d; other++) {
        double by = l->weight[other] * k->slope[other];
        if (!(by > 0 || by < 0) || sampling_bond(l, c, other) == LEARN_APART)
            continue;
        for (size_t j = 0; j < k->f; j++)
            for (size_t i = 0; i < k->f; i++)
                x->shared[j * k->f + i] +=
                    by * (other == c ? x->variance[j * k->f + i]
                                     : noise_joint_covariance(k->noise, &all[other], at[j], &all[c],
                                                              at[i]));
    }
}

/* ---- the factor ---- */

/* What would be seen of the readings: as they are, with the error of so many items. */
static double seen(const learn_joint *x, size_t i, size_t j, double items, double sd)
{
    const size_t f = x->l->q->c->f;
    const double both = x->variance[i * f + j];
    if (!(items > 0))
        return both;
    double scale = sqrt(x->variance[i * f + i] * x->variance[j * f + j]);
    double alike = i == j ? 1 : scale > 0 ? both / scale : 0;
    return both + alike * sd * sd / items;
}

/* The lower Cholesky factor. A pivot that is nothing but rounding is left out. */
static void factorise(learn_joint *x, double items, double sd)
{
    const double rounding = 1e-13;
    const size_t f = x->l->q->c->f;
    for (size_t i = 0; i < f; i++) {
        double *row = x->factor + i * f;
        for (size_t j = 0; j <= i; j++) {
            const double *other = x->factor + j * f, whole = seen(x, i, j, items, sd);
            double rest = whole;
            for (size_t k = 0; k < j; k++)
                rest -= row[k] * other[k];
            if (j < i)
                row[j] = other[j] > 0 ? rest / other[j] : 0;
            else
                row[j] = rest > rounding * whole ? sqrt(rest) : 0;
        }
    }
}

/* What the score of a slot moves by: by times the factor's transpose is what it shares. */
static void solve(const learn_joint *x, size_t slot, double *by)
{
    const size_t f = x->l->q->c->f;
    for (size_t i = 0; i < f; i++) {
        const double *row = x->factor + i * f;
        double rest = x->shared[slot * f + i];
        for (size_t k = 0; k < i; k++)
            rest -= row[k] * by[k];
        by[i] = row[i] > 0 ? rest / row[i] : 0;
    }
}

static double distance(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += (a[k] - b[k]) * (a[k] - b[k]);
    return sqrt(sum);
}

/* Whoever is not farther behind than normal errors ever lead. */
static void keep_rivals(learn_joint *x)
{
    const double far = 8; /* beyond it the unit loss is below 1e-16 */
    const learn_case *l = x->l;
    const size_t f = l->q->c->f;
    double *mine = x->by, *other = x->by + f;
    x->kept[x->n++] = l->best;
    solve(x, l->best, mine);
    for (uint32_t i = 0; i < f; i++) {
        if (i == l->best)
            continue;
        solve(x, i, other);
        if (l->score[l->best] - l->score[i] < far * distance(mine, other, f))
            x->kept[x->n++] = i;
    }
}

tdo_status sampling_join(const learn_case *l, size_t c, learn_joint *x)
{
    tdo_status status = make_room(l, x);
    if (status != TDO_OK)
        return status;
    set_covariances(l, c, x);
    factorise(x, 0, 0);
    if (l->q->c->f > 1)
        keep_rivals(x);
    return status;
}

/* ---- all readings ---- */

REAL_CLONES
static double scalar_product(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += a[k] * b[k];
    return sum;
}

static void sample(learn_joint *x, double *value, double *se)
{
    const learn_case *l = x->l;
    const size_t f = l->q->c->f;
    learn_sum sum = {0};
    for (uint64_t n = 0; n < l->samples; n++) {
        const variate_draw d = {l->q->out->seed, n, STREAM_LEARN};
        double most = 0, first = 0;
        variate_normals(&d, 0, f, l->at);
        for (size_t k = 0; k < x->n; k++) {
            double at = l->score[x->kept[k]] + scalar_product(x->by + k * f, l->at, f);
            first = k == 0 ? at : first;
            most = at - first > most ? at - first : most;
        }
        learn_add(&sum, most);
    }
    sampling_learned(l, &sum, value, se);
}

void sampling_learn_all(learn_joint *x, double items, double sd, double *value, double *se)
{
    const learn_case *l = x->l;
    const size_t f = l->q->c->f;
    *value = *se = 0;
    if (x->n < 2)
        return;
    factorise(x, items, sd);
    for (size_t k = 0; k < x->n; k++)
        solve(x, x->kept[k], x->by + k * f);
    if (x->n > 2) {
        sample(x, value, se);
        return;
    }
    double by = distance(x->by, x->by + f, f), behind = l->score[l->best] - l->score[x->kept[1]];
    *value = by > 0 ? by * variate_unit_loss(fabs(behind) / by) : 0;
}

/* ---- one reading ---- */

/* Where line b crosses line a, which is less steep. */
static double crossing(const double *level, const double *slope, uint32_t a, uint32_t b)
{
    return (level[a] - level[b]) / (slope[b] - slope[a]);
}

/* Scores are lines in what is learned, a standard normal variate; the best is their upper hull, and
 * each of its corners is worth what the slopes differ by times its unit loss. */
double sampling_learn_reading(const learn_joint *x, uint32_t i, uint32_t *hull, uint64_t *room)
{
    const learn_case *l = x->l;
    const size_t f = l->q->c->f;
    double sd = sqrt(x->variance[i * f + i]), *slope = l->at, value = 0;
    size_t n = 0;
    if (!(sd > 0))
        return 0;
    for (size_t j = 0; j < f; j++) {
        slope[j] = x->shared[j * f + i] / sd;
        hull[j] = (uint32_t)j;
    }
    sort_by_key(slope, hull, f, room);
    for (size_t k = 0; k < f; k++) {
        uint32_t j = hull[k];
        bool above = true;
        while (n > 0 && above) {
            uint32_t last = hull[n - 1];
            if (!(slope[j] > slope[last])) {
                if (!(l->score[j] > l->score[last]))
                    break;
                n--;
            } else if (n > 1 && crossing(l->score, slope, hull[n - 2], j) <=
                                    crossing(l->score, slope, hull[n - 2], last)) {
                n--;
            } else {
                above = false;
            }
        }
        if (n == 0 || !above)
            hull[n++] = j;
    }
    for (size_t k = 1; k < n; k++)
        value += (slope[hull[k]] - slope[hull[k - 1]]) *
                 variate_unit_loss(fabs(crossing(l->score, slope, hull[k - 1], hull[k])));
    return value;
}
