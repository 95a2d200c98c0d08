/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The basis: entering, leaving, and what is optimal. */
#include "hull/simplex.h"

#include <math.h>
#include <string.h>

enum {
    PATIENCE = 50, /* pivots by the most negative reduced cost; then the first one (Bland 1977) */
    SCRATCH = 2
};

/* ---- making ---- */

/* The exponent of the last bit of a double that is not 0. */
static int last_bit(double x)
{
    int e = 0;
    const uint64_t m = (uint64_t)ldexp(frexp(fabs(x), &e), 53);
    return e - 53 + __builtin_ctzll(m);
}

/* Bits that the numbers of a row span. */
static int span_of(const hull_columns *c, size_t r, double most)
{
    int low = ilogb(most);
    if (!(most > 0))
        return 0;
    const int top = low + 1;
    for (size_t p = 0; p < c->parts; p++)
        for (size_t j = 0; j < c->n; j++) {
            const double x = c->row[p * c->m + r][j];
            if (x < 0 || x > 0)
                low = last_bit(x) < low ? last_bit(x) : low;
        }
    return top - low;
}

static double most_of(const double *x, size_t n)
{
    double most = 0;
    for (size_t j = 0; j < n; j++)
        most = fabs(x[j]) > most ? fabs(x[j]) : most;
    return most;
}

/* Limbs of the numbers of an inverse: they are minors of the rows (Hadamard's inequality). */
static int room_of(const hull_lp *q)
{
    size_t bits = 128 + 4 * q->rows;
    for (size_t r = 0; r < q->c->m; r++)
        bits += (size_t)span_of(q->c, r, q->most[q->c->d + r]) + 2;
    return bits / 64 + 2 > EXACT_CAP_MAX ? EXACT_CAP_MAX : (int)(bits / 64 + 2);
}

tdo_status hull_lp_make(hull_lp *q, const hull_columns *c, exact_arith *A, tdo_arena *a)
{
    const size_t rows = c->m + 1;
    *q = (hull_lp){.c = c, .A = A, .rows = rows};
    q->most = tdo_alloc(a, c->d + c->m, sizeof *q->most);
    if (!q->most)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < c->d; k++)
        q->most[k] = most_of(c->axis[k], c->n);
    for (size_t r = 0; r < c->m; r++)
        q->most[c->d + r] = most_of(c->row[r], c->n);
    exact_num *one = exact_nums(a, 1, 1);
    q->tied = tdo_alloc(a, c->n + c->m + 1, sizeof *q->tied);
    q->basis = tdo_alloc(a, rows, sizeof *q->basis);
    q->basic = tdo_alloc(a, c->n + c->m + 1, sizeof *q->basic);
    q->inverse = exact_nums(a, rows * rows, room_of(q));
    q->whole = exact_nums(a, 1, room_of(q));
    q->weight = exact_nums(a, c->d, EXACT_CAP_MAX);
    q->cost = exact_nums(a, rows, EXACT_CAP_MAX);
    q->price = exact_nums(a, rows, EXACT_CAP_MAX);
    q->tableau = exact_nums(a, rows, EXACT_CAP_MAX);
    q->scratch = exact_nums(a, SCRATCH, EXACT_CAP_MAX);
    q->near_price = tdo_alloc(a, rows, sizeof *q->near_price);
    if (!one || !q->tied || !q->basis || !q->basic || !q->inverse || !q->whole || !q->weight ||
        !q->cost || !q->price || !q->tableau || !q->scratch || !q->near_price)
        return TDO_E_MEMORY;
    exact_set_double(A, one, 1);
    q->one = *one;
    return TDO_OK;
}

/* ---- the basis ---- */

static exact_num *inverse_at(const hull_lp *q, size_t i, size_t k)
{
    return &q->inverse[i * q->rows + k];
}

/* A power of two of the size of row r: what one of the artificial column relaxes it by. */
static double row_size(const hull_lp *q, size_t r)
{
    const double most = q->most[q->c->d + r];
    return most > 0 ? ldexp(1, ilogb(most)) : 1;
}

/* tableau = numerators of B^-1 times column j. */
static void find_tableau(hull_lp *q, size_t j)
{
    const size_t n = q->c->n, m = q->c->m;
    for (size_t i = 0; i < q->rows; i++) {
        exact_num *t = &q->tableau[i];
        exact_set_double(q->A, t, 0);
        if (j < n) {
            exact_set(q->A, t, inverse_at(q, i, 0));
            for (size_t r = 0; r < m; r++)
                hull_add_row(q, t, inverse_at(q, i, r + 1), r, j);
        } else if (j < n + m) {
            exact_set(q->A, t, inverse_at(q, i, j - n + 1));
        } else {
            for (size_t r = 0; r < m; r++)
                exact_sub_mul(q->A, t, inverse_at(q, i, r + 1), row_size(q, r));
        }
    }
}

/* Column j takes the place of the basic one in row r; tableau[r] is not 0. */
static void pivot(hull_lp *q, size_t r, size_t j)
{
    exact_num *x = &q->scratch[0], *y = &q->scratch[1];
    const exact_num *by = &q->tableau[r];
    for (size_t i = 0; i < q->rows; i++)
        for (size_t k = 0; k < q->rows && i != r; k++) {
            exact_num *at = inverse_at(q, i, k);
            exact_mul(q->A, x, at, by);
            exact_mul(q->A, y, &q->tableau[i], inverse_at(q, r, k));
            exact_sub(q->A, x, x, y);
            if (!exact_arith_stopped(q->A))
                exact_divide(q->A, at, x, q->whole);
        }
    exact_set(q->A, q->whole, by);
    for (size_t i = 0; i < q->rows * q->rows && by->negative; i++)
        q->inverse[i].negative = q->inverse[i].size > 0 && !q->inverse[i].negative;
    q->whole->negative = false;
    q->basic[q->basis[r]] = false;
    q->basic[j] = true;
    q->basis[r] = (uint32_t)j;
    q->steps++;
}

/* The row that leaves when the column of tableau enters; of equal ones the last column, which is
 * the artificial one where that is among them. SIZE_MAX: none. */
static size_t find_leaving(hull_lp *q)
{
    exact_num *x = &q->scratch[0], *y = &q->scratch[1];
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < q->rows; i++) {
        int is = -1;
        if (exact_sign(&q->tableau[i]) <= 0)
            continue;
        if (best != SIZE_MAX) {
            exact_mul(q->A, x, inverse_at(q, i, 0), &q->tableau[best]);
            exact_mul(q->A, y, inverse_at(q, best, 0), &q->tableau[i]);
            is = exact_cmp(x, y);
        }
        if (is < 0 || (is == 0 && q->basis[i] > q->basis[best]))
            best = i;
    }
    return best;
}

/* What left, or SIZE_MAX: nothing could. */
static size_t enter(hull_lp *q, size_t j)
{
    find_tableau(q, j);
    const size_t r = find_leaving(q), left = r == SIZE_MAX ? r : q->basis[r];
    if (r != SIZE_MAX && !exact_arith_stopped(q->A))
        pivot(q, r, j);
    return left;
}

static bool is_in(const uint32_t *basis, size_t rows, size_t j)
{
    for (size_t i = 0; i < rows; i++)
        if (basis[i] == j)
            return true;
    return false;
}

void hull_lp_move(hull_lp *q, const uint32_t *basis)
{
    for (size_t i = 0; i < q->rows; i++) {
        size_t r = 0;
        if (q->basic[basis[i]])
            continue;
        find_tableau(q, basis[i]);
        while (r < q->rows &&
               (exact_sign(&q->tableau[r]) == 0 || is_in(basis, q->rows, q->basis[r])))
            r++;
        if (r == q->rows || exact_arith_stopped(q->A))
            return;
        pivot(q, r, basis[i]);
    }
}

/* ---- solving ---- */

static void optimise(hull_lp *q)
{
    for (size_t done = 0; !exact_arith_stopped(q->A); done++) {
        hull_find_prices(q);
        const size_t j = hull_price(q, done > PATIENCE);
        if (j == SIZE_MAX || enter(q, j) == SIZE_MAX)
            break;
    }
}

void hull_lp_solve(hull_lp *q, const exact_num *weight)
{
    int top = 0;
    bool some = false;
    for (size_t k = 0; k < q->c->d; k++) {
        exact_set(q->A, &q->weight[k], &weight[k]);
        const int of = weight[k].low + weight[k].size;
        if (weight[k].size > 0 && (!some || of > top))
            top = of;
        some |= weight[k].size > 0;
    }
    q->one.low = top; /* only the direction of weights counts: doubles of them are at most 1 */
    for (size_t k = 0; k < q->c->d; k++)
        q->near_weight[k] = exact_ratio(q->A, &q->weight[k], &q->one);
    optimise(q);
}

static void drop_tied(hull_lp *q, size_t at)
{
    q->tied[at] = q->tied[--q->ties];
}

/* Among the tied columns only, in exact numbers: there are few. */
static void optimise_tied(hull_lp *q)
{
    for (bool better = true; better && !exact_arith_stopped(q->A);) {
        size_t first = SIZE_MAX;
        hull_find_prices(q);
        for (size_t t = 0; t < q->ties; t++)
            if ((first == SIZE_MAX || q->tied[t] < q->tied[first]) &&
                hull_reduced_sign(q, q->tied[t]) < 0)
                first = t;
        better = first != SIZE_MAX;
        if (!better)
            break;
        const size_t left = enter(q, q->tied[first]);
        if (left == SIZE_MAX)
            break;
        q->tied[first] = (uint32_t)left;
    }
    for (size_t t = q->ties; t-- > 0 && !exact_arith_stopped(q->A);)
        if (hull_reduced_sign(q, q->tied[t]) > 0)
            drop_tied(q, t);
}

void hull_lp_settle(hull_lp *q)
{
    for (size_t k = 0; k < q->c->d && q->ties > 0; k++) {
        for (size_t z = 0; z < q->c->d; z++)
            exact_set_double(q->A, &q->weight[z], z == k);
        optimise_tied(q);
    }
}

void hull_lp_at(hull_lp *q, size_t k, exact_num *out)
{
    exact_set_double(q->A, out, 0);
    for (size_t i = 0; i < q->rows; i++)
        if (q->basis[i] < q->c->n)
            hull_add_axis(q, out, inverse_at(q, i, 0), k, q->basis[i]);
}

/* ---- a feasible basis ---- */

/* The first column alone, and the slacks. */
static void begin(hull_lp *q)
{
    const size_t m = q->c->m;
    for (size_t i = 0; i < q->rows; i++) {
        exact_set_double(q->A, inverse_at(q, i, i), 1);
        q->basis[i] = i == 0 ? 0 : (uint32_t)(q->c->n + i - 1);
        q->basic[q->basis[i]] = true;
    }
    exact_set_double(q->A, q->whole, 1);
    for (size_t r = 0; r < m; r++)
        hull_add_row(q, inverse_at(q, r + 1, 0), q->whole, r, 0);
    for (size_t r = 0; r < m; r++) {
        exact_num *x = inverse_at(q, r + 1, 0);
        x->negative = x->size > 0 && !x->negative;
    }
}

/* The row that misses most, in its size; 0: none does. */
static size_t worst_row(hull_lp *q)
{
    exact_num *miss = &q->scratch[0], *most = &q->scratch[1];
    size_t worst = 0;
    exact_set_double(q->A, most, 0);
    for (size_t r = 0; r < q->c->m; r++) {
        exact_mul_double(q->A, miss, inverse_at(q, r + 1, 0), 1 / row_size(q, r));
        if (exact_cmp(miss, most) >= 0)
            continue;
        exact_set(q->A, most, miss);
        worst = r + 1;
    }
    return worst;
}

/* The artificial column is in no feasible basis: it goes out on whatever other column can. */
static void drive_out(hull_lp *q)
{
    const size_t artificial = q->c->n + q->c->m;
    for (size_t r = 0; r < q->rows && q->basic[artificial]; r++) {
        for (size_t j = artificial;
             q->basis[r] == artificial && j-- > 0 && !exact_arith_stopped(q->A);) {
            if (q->basic[j])
                continue;
            find_tableau(q, j);
            if (exact_sign(&q->tableau[r]) != 0)
                pivot(q, r, j);
        }
    }
}

/* The least that relaxes every row enough: is it 0? */
bool hull_lp_start(hull_lp *q)
{
    const size_t artificial = q->c->n + q->c->m;
    begin(q);
    const size_t worst = worst_row(q);
    if (worst == 0)
        return true;
    find_tableau(q, artificial);
    pivot(q, worst, artificial);
    q->artificial_cost = true;
    q->one.low = 0;
    optimise(q);
    q->artificial_cost = false;
    if (exact_sign(&q->price[0]) != 0)
        return false;
    drive_out(q);
    return true;
}
