/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of criteria that are measured item by item. All criteria of a file and all candidates are
 * drawn together: with E their scores by unit (decision.h), deviations are E z for as many normal
 * variates as there are units, or, where there are more units than readings, L y with L L^T = E
 * E^T. Where a quantile is among them, each unit counts so many times as a Poisson variate says,
 * for all candidates alike (a bootstrap): means then move by E (w - 1), which has the same
 * covariance. */
#include "noise/noise.h"

#include <math.h>
#include <string.h>

static const tdo_item_scores *scores_of(const noise_source *s, size_t row)
{
    return &s->items->of[row];
}

/* ---- covariance ---- */

double noise_item_covariance(const noise_source *s, size_t row_i, size_t i, size_t row_j, size_t j)
{
    const tdo_item_scores *x = scores_of(s, row_i), *y = scores_of(s, row_j);
    double sum = 0;
    size_t q = y->start[j];
    if (!x->score || !y->score)
        return NAN;
    for (size_t p = x->start[i]; p < x->start[i + 1]; p++) {
        while (q < y->start[j + 1] && y->unit[q] < x->unit[p])
            q++;
        if (q < y->start[j + 1] && y->unit[q] == x->unit[p])
            sum += x->score[p] * y->score[q];
    }
    return sum;
}

/* The rows of E, one after another, with their units numbered without gaps. */
typedef struct scores {
    const noise_source *s;
    size_t n, readings; /* candidates; rows of E: source's rows x candidates */
    size_t units;       /* numbers of units, used or not */
} scores;

static size_t most_units(const noise_source *s, size_t n)
{
    size_t most = 0;
    for (size_t row = 0; row < s->rows; row++)
        for (size_t q = 0; q < scores_of(s, row)->start[n]; q++)
            most = scores_of(s, row)->unit[q] >= most ? scores_of(s, row)->unit[q] + 1 : most;
    return most;
}

/* dense: [units] the scores of reading a, or (by 0) nothing again. */
static void spread_out(const scores *e, size_t a, double by, double *dense)
{
    const tdo_item_scores *x = scores_of(e->s, a / e->n);
    for (size_t q = x->start[a % e->n]; q < x->start[a % e->n + 1]; q++)
        dense[x->unit[q]] = by * x->score[q];
}

static double product(const scores *e, size_t b, const double *dense)
{
    const tdo_item_scores *x = scores_of(e->s, b / e->n);
    double sum = 0;
    for (size_t q = x->start[b % e->n]; q < x->start[b % e->n + 1]; q++)
        sum += x->score[q] * dense[x->unit[q]];
    return sum;
}

/* ---- the factor ---- */

/* E itself, by unit. */
static void take_scores(const scores *e, double *factor)
{
    for (size_t a = 0; a < e->readings; a++) {
        const tdo_item_scores *x = scores_of(e->s, a / e->n);
        for (size_t q = x->start[a % e->n]; q < x->start[a % e->n + 1]; q++)
            factor[x->unit[q] * e->readings + a] = x->score[q];
    }
}

/* The Cholesky factor of E E^T, by columns: column k at factor + k readings. What follows from the
 * readings before it adds no column of its own: a pivot that is nothing but rounding is left out.
 * The same scores twice deviate alike to the last bits. */
static void factorise(const scores *e, double *dense, double *factor)
{
    const double rounding = 1e-13;
    const size_t n = e->readings;
    for (size_t a = 0; a < n; a++) {
        double *column = factor + a * n;
        spread_out(e, a, 1, dense);
        for (size_t b = a; b < n; b++)
            column[b] = product(e, b, dense);
        spread_out(e, a, 0, dense);
        double whole = column[a];
        for (size_t k = 0; k < a; k++) {
            double by = factor[k * n + a];
            for (size_t b = a; b < n && by != 0; b++)
                column[b] -= by * factor[k * n + b];
        }
        double root = column[a] > rounding * whole ? sqrt(column[a]) : 0;
        for (size_t b = a; b < n; b++)
            column[b] = root > 0 ? column[b] / root : 0;
        column[a] = root;
    }
}

static tdo_status make_factor(noise_source *s, size_t n, tdo_arena *a)
{
    scores e = {.s = s, .n = n, .readings = s->rows * n, .units = most_units(s, n)};
    s->depth = e.units < e.readings ? e.units : e.readings;
    double *factor = tdo_alloc(a, s->depth * e.readings, sizeof *factor);
    double *dense = tdo_alloc(a, e.units, sizeof *dense);
    if (!factor || !dense)
        return TDO_E_MEMORY;
    if (e.units <= e.readings)
        take_scores(&e, factor);
    else
        factorise(&e, dense, factor);
    s->factor = factor;
    return TDO_OK;
}

static bool is_read(const noise_plan *p, const noise_reader *by, size_t q)
{
    for (size_t k = 0; k < by->n; k++)
        if (by->use[k].row >= p->source[q].row &&
            by->use[k].row < p->source[q].row + p->source[q].rows)
            return true;
    return false;
}

tdo_status noise_factorise(noise_plan *p, const noise_reader *by, tdo_arena *a)
{
    tdo_status status = TDO_OK;
    for (size_t q = 0; q < p->n && status == TDO_OK; q++) {
        noise_source *s = &p->source[q];
        if (!s->items || (by && !is_read(p, by, q)))
            continue;
        if (s->weighed)
            s->depth = most_units(s, p->candidates);
        else if (!s->factor)
            status = make_factor(s, p->candidates, a);
    }
    return status;
}

/* ---- drawing ---- */

REAL_CLONES
static void add_column(const double *column, double by, size_t n, double *sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += by * column[i];
}

static void draw_normal(noise_room *r, size_t q, const variate_draw *d, double *out)
{
    const noise_source *s = &r->slots->plan->source[q];
    const size_t n = s->rows * r->slots->n;
    variate_normals(d, 0, s->depth, r->drawn);
    for (size_t k = 0; k < s->depth; k++)
        add_column(r->slots->factor[q] + k * n, r->drawn[k], n, out);
}

/* Poisson variates of mean 1 by inversion: u in units of 2^-32 is at least the k-th for those above
 * k. */
static const uint32_t poisson[] = {1580030169, 3160060337, 3950075422, 4213413783,
                                   4279248374, 4292415292, 4294609778, 4294923276,
                                   4294962463, 4294966817, 4294967253, 4294967292};

REAL_CLONES
static void count_weights(uint32_t *u, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        uint32_t x = u[k], w = 0;
        for (size_t t = 0; t < sizeof poisson / sizeof *poisson; t++)
            w += x >= poisson[t];
        u[k] = w;
    }
}

/* The least value at which the weight so far reaches the quantile of the whole; the reading where
 * nothing has any. */
static double weighted_quantile(const tdo_item_scores *x, size_t i, const uint32_t *weight,
                                double reading)
{
    uint64_t whole = 0, sum = 0;
    for (size_t q = x->start[i]; q < x->start[i + 1]; q++)
        whole += weight[x->unit[q]];
    double enough = x->quantile * (double)whole *
                    (1 - 0x1p-48); /* q as it was written, not below */
    for (size_t q = x->start[i]; q < x->start[i + 1]; q++) {
        sum += weight[x->unit[q]];
        if (sum > 0 && (double)sum >= enough)
            return x->value[q];
    }
    return reading;
}

static double moved_mean(const tdo_item_scores *x, size_t i, const uint32_t *weight)
{
    double sum = 0;
    for (size_t q = x->start[i]; q < x->start[i + 1]; q++)
        sum += x->score[q] * ((double)weight[x->unit[q]] - 1);
    return sum;
}

static void draw_weights(noise_room *r, const noise_source *s, const variate_draw *d, double *out)
{
    const noise_slots *slots = r->slots;
    variate_words(d, 0, s->depth, r->weight);
    count_weights(r->weight, s->depth);
    for (size_t row = 0; row < s->rows; row++) {
        const tdo_item_scores *x = scores_of(s, row);
        const double *reading = slots->x->reading[x->criterion];
        for (size_t k = 0; k < slots->n; k++) {
            uint32_t i = slots->candidate[k];
            if (i == UINT32_MAX || x->start[i] == x->start[i + 1])
                continue;
            out[row * slots->n + k] = x->score ? moved_mean(x, i, r->weight)
                                               : weighted_quantile(x, i, r->weight, reading[i]) -
                                                     reading[i];
        }
    }
}

void noise_draw_items(noise_room *r, size_t q, const variate_draw *d)
{
    const noise_source *s = &r->slots->plan->source[q];
    double *out = r->deviation + s->row * r->slots->n;
    memset(out, 0, s->rows * r->slots->n * sizeof *out);
    if (s->weighed)
        draw_weights(r, s, d, out);
    else
        draw_normal(r, q, d, out);
}
