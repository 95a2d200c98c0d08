/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small linear program by the simplex method on a whole tableau; of equal gains the first column,
 * and that alone (Bland 1977) once a while nothing moved. */
#include "recount/simplex.h"

#include <math.h>
#include <string.h>

enum { PATIENCE = 50 };

static const double nothing = 1e-11;

/* Rows, then the reduced costs; columns, then slacks, then the limits. */
typedef struct tableau {
    size_t rows, columns, width;
    double *t; /* [(rows + 1) x width] */
    size_t *basis;
    bool bland;
} tableau;

static double *row_of(const tableau *s, size_t r)
{
    return s->t + r * s->width;
}

/* The column to come in; width: none gains. */
static size_t entering(const tableau *s)
{
    const double *gain = row_of(s, s->rows);
    size_t best = s->width;
    for (size_t c = 0; c + 1 < s->width; c++) {
        if (!(gain[c] > nothing))
            continue;
        if (s->bland)
            return c;
        best = best == s->width || gain[c] > gain[best] ? c : best;
    }
    return best;
}

/* The row whose variable goes first; rows: none does. */
static size_t leaving(const tableau *s, size_t c)
{
    size_t best = s->rows;
    double least = INFINITY;
    for (size_t r = 0; r < s->rows; r++) {
        const double *row = row_of(s, r);
        if (!(row[c] > nothing))
            continue;
        const double by = fmax(row[s->width - 1], 0) / row[c];
        if (by < least || (!(by > least) && s->basis[r] < s->basis[best])) {
            least = by;
            best = r;
        }
    }
    return best;
}

static void pivot(tableau *s, size_t r, size_t c)
{
    double *row = row_of(s, r);
    const double by = row[c];
    for (size_t k = 0; k < s->width; k++)
        row[k] /= by;
    for (size_t q = 0; q <= s->rows; q++) {
        double *other = row_of(s, q);
        const double times = other[c];
        if (q == r || !(fabs(times) > 0))
            continue;
        for (size_t k = 0; k < s->width; k++)
            other[k] -= times * row[k];
        other[c] = 0;
    }
    s->basis[r] = c;
}

static bool go(tableau *s, verify_program *p, double *work)
{
    const double *value = &row_of(s, s->rows)[s->width - 1];
    size_t still = 0;
    for (;;) {
        const size_t c = entering(s);
        const size_t r = c < s->width ? leaving(s, c) : s->rows;
        const double before = *value;
        p->unbounded = c < s->width && r == s->rows;
        if (c == s->width || p->unbounded)
            return true;
        *work -= (double)(s->rows + 1) * (double)s->width;
        if (*work < 0)
            return false;
        pivot(s, r, c);
        still = *value < before ? 0 : still + 1; /* it is minus what is gained */
        s->bland = s->bland || still > PATIENCE;
    }
}

bool verify_maximise(verify_job *j, verify_program *p, double *work)
{
    tableau s = {.rows = p->rows, .columns = p->columns, .width = p->columns + p->rows + 1};
    *work -= (double)(s.rows + 1) * (double)s.width;
    if (*work < 0 || !VERIFY_ROOM(j, s.t, (s.rows + 1) * s.width) ||
        !VERIFY_ROOM(j, s.basis, s.rows + 1) || !VERIFY_ROOM(j, p->x, p->columns) ||
        !VERIFY_ROOM(j, p->price, p->rows))
        return false;
    for (size_t r = 0; r < s.rows; r++) {
        double *row = row_of(&s, r);
        memcpy(row, p->a + r * p->columns, p->columns * sizeof *row);
        row[p->columns + r] = 1;
        row[s.width - 1] = p->limit[r];
        s.basis[r] = p->columns + r;
    }
    memcpy(row_of(&s, s.rows), p->cost, p->columns * sizeof *s.t);
    if (!go(&s, p, work))
        return false;
    for (size_t r = 0; r < s.rows; r++) {
        if (s.basis[r] < p->columns)
            p->x[s.basis[r]] = fmax(row_of(&s, r)[s.width - 1], 0);
        p->price[r] = fmax(-row_of(&s, s.rows)[p->columns + r], 0);
    }
    return true;
}
