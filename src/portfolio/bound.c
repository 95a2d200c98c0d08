/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounds that are whole numbers. The multipliers of the LP may be off by any rounding: whatever
 * they are, the bound made of them holds (Geoffrion 1974: Lagrangian relaxation), so nothing that
 * GLPK says is believed.
 *
 *     worth <= sum over levels of mu u, levels that are a least: mu >= 0, sum mu = 1
 *     a largest of those taken <= v + sum of max(0, u[i] - v) x[i], for any v >= 0
 *     a row    a x <= b:  0 <= lambda (b - a x), lambda >= 0 */
#include "portfolio/portfolio.h"

#include <math.h>

/* Bits: of the fraction of multipliers, of a worth, of an entry. Sums of a million stay below
 * 2^124.
 */
enum { SCALE = 40, WORTH_BITS = 60, ROW_BITS = 40 };
#define MOST_TERM 0x1p100

static int bits_of(pick_whole x)
{
    int bits = 0;
    for (x = x < 0 ? -x : x; x > 0; x >>= 1)
        bits++;
    return bits;
}

static int widest(const pick_whole *x, size_t n)
{
    int bits = 0;
    for (size_t i = 0; i < n; i++) {
        const int b = bits_of(x[i]);
        bits = b > bits ? b : bits;
    }
    return bits;
}

/* x / 2^shift, rounded up. */
static pick_whole shifted_up(pick_whole x, int shift)
{
    const pick_whole below = ((pick_whole)1 << shift) - 1;
    return (x >> shift) + ((x & below) != 0);
}

/* What the LP says, in the units of the whole numbers. */
typedef struct multipliers {
    const double *of_row;    /* [rows] > 0: at hi; < 0: at lo */
    const double *of_level;  /* [levels] */
    const double *threshold; /* [levels] v */
    bool infeasible;         /* of_row is a proof of that */
} multipliers;

/* ---- the LP ---- */

typedef struct relaxed {
    const pick_problem *p;
    tdo_lp *lp;
    tdo_arena *a;
    int down;   /* worth is in units of 2^down */
    int *shift; /* [rows] likewise */
    size_t row_level, row_serve;
} relaxed;

static double in_units(pick_whole x, int down)
{
    return ldexp((double)x, -down);
}

static tdo_status add_rows(relaxed *q, tdo_error *err)
{
    tdo_status status = TDO_OK;
    for (size_t r = 0; r < q->p->rows && status == TDO_OK; r++) {
        const pick_row *row = &q->p->row[r];
        q->shift[r] = widest(row->a, q->p->n);
        status = tdo_lp_add_row(
            q->lp,
            &(tdo_lp_row){.lower = row->lo == -PICK_FAR ? -INFINITY
                                                        : in_units(row->lo, q->shift[r]),
                          .upper = row->hi == PICK_FAR ? INFINITY : in_units(row->hi, q->shift[r])},
            err);
    }
    q->row_level = tdo_lp_rows(q->lp);
    for (size_t l = 0; l < q->p->worth.levels && status == TDO_OK; l++)
        status = tdo_lp_add_row(q->lp, &(tdo_lp_row){.lower = -INFINITY, .upper = 0}, err);
    q->row_serve = tdo_lp_rows(q->lp);
    for (size_t l = 0; q->p->worth.best && l < q->p->worth.levels && status == TDO_OK; l++)
        status = tdo_lp_add_row(q->lp, &(tdo_lp_row){.lower = -INFINITY, .upper = 1}, err);
    return status;
}

/* The blocks: entries in the rows, and where levels are sums in those. */
static tdo_status add_blocks(relaxed *q, tdo_error *err)
{
    const pick_worth *w = &q->p->worth;
    const size_t n = q->p->n, most = q->p->rows + w->levels;
    uint32_t *row = tdo_alloc(q->a, most, sizeof *row);
    double *value = tdo_alloc(q->a, most, sizeof *value);
    tdo_status status = row && value ? TDO_OK : TDO_E_MEMORY;
    for (size_t i = 0; i < n && status == TDO_OK; i++) {
        size_t count = 0;
        for (size_t r = 0; r < q->p->rows; r++)
            if (q->p->row[r].a[i] != 0) {
                row[count] = (uint32_t)r;
                value[count++] = in_units(q->p->row[r].a[i], q->shift[r]);
            }
        for (size_t l = 0; l < w->levels && !w->best; l++)
            if (w->u[l * n + i] != 0) {
                row[count] = (uint32_t)(q->row_level + l);
                value[count++] = -in_units(w->u[l * n + i], q->down);
            }
        status = tdo_lp_add_column(
            q->lp, &(tdo_lp_column){.upper = 1, .count = count, .row = row, .value = value}, err);
    }
    return status;
}

/* Who serves whom: z <= x, one each. */
static tdo_status add_services(relaxed *q, tdo_error *err)
{
    const pick_worth *w = &q->p->worth;
    const size_t n = q->p->n;
    tdo_status status = TDO_OK;
    for (size_t l = 0; l < w->levels && w->best; l++)
        for (size_t i = 0; i < n && status == TDO_OK; i++) {
            const double u = in_units(w->u[l * n + i], q->down);
            const uint32_t row[] = {(uint32_t)(q->row_level + l), (uint32_t)(q->row_serve + l)};
            const size_t column = tdo_lp_columns(q->lp);
            if (!(u > 0))
                continue;
            status = tdo_lp_add_column(
                q->lp,
                &(tdo_lp_column){.upper = 1, .count = 2, .row = row, .value = (double[]){-u, 1}},
                err);
            if (status == TDO_OK)
                status = tdo_lp_add_row(
                    q->lp,
                    &(tdo_lp_row){.lower = -INFINITY,
                                  .count = 2,
                                  .column = (uint32_t[]){(uint32_t)column, (uint32_t)i},
                                  .value = (double[]){1, -1}},
                    err);
        }
    return status;
}

/* What the levels come to. */
static tdo_status add_goal(relaxed *q, tdo_error *err)
{
    const pick_worth *w = &q->p->worth;
    tdo_status status = TDO_OK;
    uint32_t *row = tdo_alloc(q->a, w->levels, sizeof *row);
    double *one = tdo_alloc(q->a, w->levels, sizeof *one);
    if (!row || !one)
        return TDO_E_MEMORY;
    for (size_t l = 0; l < w->levels; l++) {
        row[l] = (uint32_t)(q->row_level + l);
        one[l] = 1;
    }
    for (size_t l = 0; l < (w->least ? 1 : w->levels) && status == TDO_OK; l++)
        status = tdo_lp_add_column(q->lp,
                                   &(tdo_lp_column){.cost = 1,
                                                    .lower = -INFINITY,
                                                    .upper = INFINITY,
                                                    .count = w->least ? w->levels : 1,
                                                    .row = row + l,
                                                    .value = one},
                                   err);
    return status;
}

static tdo_status read_multipliers(const relaxed *q, const tdo_lp_solution *s, multipliers *out)
{
    const size_t rows = q->p->rows, levels = q->p->worth.levels;
    const double *y = s->outcome == TDO_LP_INFEASIBLE ? s->farkas : s->dual;
    double *of_row = tdo_alloc(q->a, rows, sizeof *of_row);
    double *of_level = tdo_alloc(q->a, levels, sizeof *of_level);
    double *threshold = tdo_alloc(q->a, levels, sizeof *threshold);
    *out = (multipliers){of_row, of_level, threshold, s->outcome == TDO_LP_INFEASIBLE};
    if (!of_row || !of_level || !threshold)
        return TDO_E_MEMORY;
    for (size_t l = 0; l < levels; l++)
        of_level[l] = 1 / (q->p->worth.least ? (double)levels : 1);
    for (size_t r = 0; y && r < rows; r++)
        of_row[r] = ldexp(out->infeasible ? -y[r] : y[r], q->down - q->shift[r]);
    for (size_t l = 0; y && l < levels && !out->infeasible; l++) {
        of_level[l] = y[q->row_level + l];
        if (q->p->worth.best && of_level[l] > 0)
            threshold[l] = ldexp(fmin(1, fmax(0, y[q->row_serve + l] / of_level[l])), q->down);
    }
    return TDO_OK;
}

static tdo_status relax(const pick_problem *p, tdo_arena *a, multipliers *out, tdo_error *err)
{
    relaxed q = {.p = p,
                 .lp = tdo_lp_new(a, true),
                 .a = a,
                 .down = widest(p->worth.u, p->worth.levels * p->n),
                 .shift = tdo_alloc(a, p->rows, sizeof *q.shift)};
    tdo_lp_solution s = {0};
    tdo_status status = q.lp && q.shift ? add_rows(&q, err) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = add_blocks(&q, err);
    if (status == TDO_OK)
        status = add_services(&q, err);
    if (status == TDO_OK)
        status = add_goal(&q, err);
    if (status == TDO_OK)
        status = tdo_lp_solve(q.lp, &(tdo_lp_options){.exact_work = 1}, a, &s, err);
    return status == TDO_OK ? read_multipliers(&q, &s, out) : status;
}

/* ---- whole numbers ---- */

/* lambda (b - a x) >= 0 for a x <= b: of the row, or of its negative. */
static void add_row(const pick_row *row, size_t n, double multiplier, pick_bound *b,
                    pick_whole *gain)
{
    const int wide = widest(row->a, n), shift = wide > ROW_BITS ? wide - ROW_BITS : 0;
    const pick_whole sign = multiplier > 0 ? 1 : -1, end = multiplier > 0 ? row->hi : row->lo;
    const double scaled = ldexp(fabs(multiplier), shift + b->scale);
    if (end == PICK_FAR || end == -PICK_FAR || !(scaled >= 1) ||
        !(ldexp(scaled, wide - shift) < MOST_TERM))
        return;
    const pick_whole y = (pick_whole)scaled;
    /* a x <= b with all of it rounded down still holds for whole x. */
    b->base += y * ((sign * end) >> shift);
    for (size_t i = 0; i < n; i++)
        gain[i] -= y * ((sign * row->a[i]) >> shift);
}

/* mu in units of 2^-SCALE; those of a least sum to 1. */
static void weigh_levels(const pick_worth *w, const multipliers *y, pick_whole *mu)
{
    const pick_whole one = (pick_whole)1 << SCALE;
    pick_whole left = one;
    for (size_t l = 0; l < w->levels; l++) {
        const pick_whole share = (pick_whole)ldexp(fmin(1, fmax(0, y->of_level[l])), SCALE);
        mu[l] = !w->least ? one : share < left ? share : left;
        left -= mu[l];
    }
    if (w->least)
        mu[0] += left;
}

/* threshold: of a largest. */
static void add_level(const pick_problem *p, size_t l, pick_whole mu, pick_whole threshold,
                      pick_bound *b, pick_whole *gain)
{
    const int down = SCALE - b->scale;
    const pick_whole v = p->worth.best ? shifted_up(threshold, down) : 0;
    b->base += mu * v;
    for (size_t i = 0; i < p->n; i++) {
        const pick_whole u = shifted_up(p->worth.u[l * p->n + i], down) - v;
        gain[i] += p->worth.best && u < 0 ? 0 : mu * u;
    }
}

tdo_status pick_find_bound(const pick_problem *p, tdo_arena *a, pick_bound *out, tdo_error *err)
{
    const int wide = widest(p->worth.u, p->worth.levels * p->n);
    const int down = wide > WORTH_BITS ? wide - WORTH_BITS : 0;
    pick_whole *gain = tdo_alloc(a, p->n, sizeof *gain);
    pick_whole *mu = tdo_alloc(a, p->worth.levels, sizeof *mu);
    tdo_arena *room = tdo_arena_new();
    multipliers y = {0};
    tdo_status status = gain && mu && room ? relax(p, room, &y, err) : TDO_E_MEMORY;
    *out = (pick_bound){.gain = gain, .scale = SCALE - down};
    if (status == TDO_OK && !y.infeasible) {
        weigh_levels(&p->worth, &y, mu);
        for (size_t l = 0; l < p->worth.levels; l++)
            add_level(p, l, mu[l], (pick_whole)y.threshold[l], out, gain);
    }
    for (size_t r = 0; status == TDO_OK && r < p->rows; r++)
        add_row(&p->row[r], p->n, y.of_row[r], out, gain);
    out->proof = y.infeasible;
    tdo_arena_free(room);
    return status;
}

pick_whole pick_bound_at_most(const pick_bound *b, size_t n)
{
    pick_whole sum = b->base;
    for (size_t i = 0; i < n; i++)
        sum += b->gain[i] > 0 ? b->gain[i] : 0;
    return b->scale >= 0 ? sum >> b->scale : sum * ((pick_whole)1 << -b->scale);
}

pick_whole pick_bound_needs(const pick_bound *b, pick_whole floor)
{
    return floor == -PICK_FAR ? floor
           : b->scale >= 0    ? floor * ((pick_whole)1 << b->scale)
                              : shifted_up(floor, -b->scale);
}
