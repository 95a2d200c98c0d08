/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an LP of who can be first begins. It is a game: the mixture wants much in every row, and
 * the weights go where there is least. Each in turn answers all that the other one has played so
 * far (fictitious play, Brown 1951): what is played soon is most of what the solution is made of,
 * and a turn costs one row and one column. */
#include "weights/choice_family.h"

#include "base/real.h"

enum { TURNS_A_ROW = 2, LANES = 8 };

typedef double lanes __attribute__((vector_size(8 * LANES)));
typedef int64_t masks __attribute__((vector_size(8 * LANES)));

typedef struct play {
    double *worth;   /* [rivals] against all that the weights have played */
    double *gained;  /* [rows] by all that the mixture has played */
    uint32_t *taken; /* [count] rivals that were played */
    bool *is_taken;  /* [rivals] */
    size_t count;
} play;

/* worth += power x row. Returns which is worth most, the first among equals. */
REAL_CLONES
static size_t add_row(double *worth, const double *row, double power, size_t n)
{
    double most = -INFINITY;
    lanes top;
    size_t j = 0, at = 0;
    for (size_t q = 0; q < LANES; q++)
        top[q] = -INFINITY;
    for (; j + LANES <= n; j += LANES) {
        lanes x, by;
        memcpy(&x, worth + j, sizeof x);
        memcpy(&by, row + j, sizeof by);
        x += power * by;
        memcpy(worth + j, &x, sizeof x);
        const masks more = x > top;
        top = (lanes)((more & (masks)x) | (~more & (masks)top));
    }
    for (size_t q = 0; q < LANES; q++)
        most = top[q] > most ? top[q] : most;
    for (; j < n; j++) {
        worth[j] += power * row[j];
        most = worth[j] > most ? worth[j] : most;
    }
    while (at + 1 < n && worth[at] < most)
        at++;
    return at;
}

/* The row of n from `first` on where least was gained. */
static size_t least_of(const double *gained, size_t first, size_t n)
{
    size_t at = first;
    for (size_t row = first; row < first + n; row++)
        at = gained[row] < gained[at] ? row : at;
    return at;
}

static void take_turn(const choice_family *q, play *p)
{
    size_t best = add_row(p->worth, q->priced, 1, q->rivals);
    for (size_t b = 0, first = 1; b < q->search.w->bundles; b++) {
        const choice_bundle *of = &q->search.w->bundle[b];
        best = add_row(p->worth, q->entry[least_of(p->gained, first, of->n)], of->power, q->rivals);
        first += of->n;
    }
    for (size_t row = 1; row < q->rows; row++)
        p->gained[row] += q->entry[row][best] - q->mine[row];
    if (!p->is_taken[best]) {
        p->is_taken[best] = true;
        p->taken[p->count++] = (uint32_t)best;
    }
}

/* What a rival alone gains in the rows. */
static void gain_by(const choice_family *q, size_t rival, double *gained)
{
    for (size_t row = 1; row < q->rows; row++)
        gained[row] = q->entry[row][rival] - q->mine[row];
}

static double worth_alone(const choice_family *q, size_t rival, double *gained)
{
    double sum = q->priced[rival];
    gain_by(q, rival, gained);
    for (size_t b = 0, first = 1; b < q->search.w->bundles; b++) {
        const choice_bundle *of = &q->search.w->bundle[b];
        sum += of->power * gained[least_of(gained, first, of->n)];
        first += of->n;
    }
    return sum;
}

/* The first basis: all of the mixture is that one of those taken, and t of each bundle what it
 * gains in the row where that is least. */
static tdo_status start_from(choice_family *q, play *p, size_t which)
{
    size_t column = 0, first = 1;
    uint8_t *of_column = tdo_alloc(q->scratch, tdo_lp_columns(q->lp), 1);
    uint8_t *of_row = tdo_alloc(q->scratch, q->rows, 1);
    if (!of_column || !of_row)
        return TDO_E_MEMORY;
    memset(of_column, TDO_LP_AT_LOWER, tdo_lp_columns(q->lp));
    memset(of_row, TDO_LP_BASIC, q->rows);
    of_row[0] = TDO_LP_FIXED;
    gain_by(q, p->taken[which], p->gained);
    for (size_t b = 0; b < q->search.w->bundles; b++) {
        const choice_bundle *of = &q->search.w->bundle[b];
        of_column[column] = TDO_LP_BASIC;
        of_row[least_of(p->gained, first, of->n)] = TDO_LP_AT_LOWER;
        column += 1 + of->m;
        first += of->n;
    }
    of_column[column + which] = TDO_LP_BASIC;
    return tdo_lp_start_at(q->lp, of_column, of_row, q->search.err);
}

tdo_status choice_family_begin(choice_family *q)
{
    play p = {.worth = tdo_alloc(q->scratch, q->rivals, sizeof *p.worth),
              .gained = tdo_alloc(q->scratch, q->rows, sizeof *p.gained),
              .taken = tdo_alloc(q->scratch, q->rivals, sizeof *p.taken),
              .is_taken = tdo_alloc(q->scratch, q->rivals, sizeof *p.is_taken)};
    size_t best = 0;
    double most = -INFINITY;
    if (!p.worth || !p.gained || !p.taken || !p.is_taken)
        return TDO_E_MEMORY;
    for (size_t turn = 0; turn < TURNS_A_ROW * q->rows; turn++)
        take_turn(q, &p);
    for (size_t k = 0; k < p.count; k++) {
        const double worth = worth_alone(q, p.taken[k], p.gained);
        best = worth > most ? k : best;
        most = worth > most ? worth : most;
    }
    const tdo_status status = tdo_lp_pool_take(q->pool, p.taken, p.count, q->search.err);
    return status == TDO_OK ? start_from(q, &p, best) : status;
}
