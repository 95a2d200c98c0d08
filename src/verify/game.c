/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Games as linear programs (Dantzig 1951); what each side is sure of is then computed from its mix
 * alone. */
#include "recount/simplex.h"
#include "verify/agree.h"

#include <math.h>

static void scale(double *x, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += x[k];
    for (size_t k = 0; k < n; k++)
        x[k] = sum > 0 ? x[k] / sum : 1 / (double)n;
}

static void find_worth(verify_game *g)
{
    g->least = INFINITY;
    g->most = -INFINITY;
    for (size_t c = 0; c < g->columns; c++) {
        double sum = 0;
        for (size_t r = 0; r < g->rows; r++)
            sum += g->row[r] * g->gets[r * g->columns + c];
        g->least = fmin(g->least, sum);
    }
    for (size_t r = 0; r < g->rows; r++) {
        double sum = 0;
        for (size_t c = 0; c < g->columns; c++)
            sum += g->column[c] * g->gets[r * g->columns + c];
        g->most = fmax(g->most, sum);
    }
}

/* With everything above 0 the worth is 1 / (the most that columns add to, none of whose rows gives
 * more than 1). */
bool verify_play(verify_job *j, verify_game *g, double *work)
{
    const size_t n = g->rows * g->columns;
    double *a = NULL, *limit = NULL, *cost = NULL, least = INFINITY, most = -INFINITY;
    if (!VERIFY_ROOM(j, a, n) || !VERIFY_ROOM(j, limit, g->rows) ||
        !VERIFY_ROOM(j, cost, g->columns))
        return false;
    for (size_t k = 0; k < n; k++) {
        least = fmin(least, g->gets[k]);
        most = fmax(most, g->gets[k]);
    }
    const double span = most > least ? most - least : 1;
    for (size_t k = 0; k < n; k++)
        a[k] = (g->gets[k] - least) / span + 1;
    for (size_t r = 0; r < g->rows; r++)
        limit[r] = 1;
    for (size_t c = 0; c < g->columns; c++)
        cost[c] = 1;
    verify_program p = {
        .rows = g->rows, .columns = g->columns, .a = a, .limit = limit, .cost = cost};
    if (!verify_maximise(j, &p, work))
        return false;
    g->row = p.price;
    g->column = p.x;
    scale(g->row, g->rows);
    scale(g->column, g->columns);
    find_worth(g);
    return true;
}
