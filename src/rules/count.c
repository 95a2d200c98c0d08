/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The group rules that count places in the stakeholders' orders, for which all candidates are
 * looked at together. Copeland takes so few that their utilities are kept. kemeny is in kemeny.c.
 */
#include "rules/rules.h"

#include <math.h>
#include <string.h>

/* Counts, for one stakeholder, who is below and who is tied: all pairs, where they are few. */
REAL_CLONES
static void add_borda_pairs(const double *u, double power, size_t n, double *score)
{
    for (size_t i = 0; i < n; i++) {
        double mine = u[i];
        uint32_t below = 0, above = 0;
        for (size_t k = 0; k < n; k++) {
            below += mine - u[k] > TDO_TIE;
            above += u[k] - mine > TDO_TIE;
        }
        score[i] += power * (below + (double)(n - 1 - below - above) / 2);
    }
}

/* The same with two pointers over the order. own: [F] their ranks; NULL: not wanted. */
static void add_borda(const rule_job *j, const double *u, double power, uint32_t *own)
{
    const size_t f = j->u->f;
    const rule_sorted x = rule_sort(&j->bench->room, u, f);
    size_t below = 0, above_from = 0;
    for (size_t i = 0; i < f; i++) {
        const uint32_t k = sort_place(x.by.word[i]);
        while (below < i && rule_is_above(&x, i, below))
            below++;
        above_from = above_from > i ? above_from : i + 1;
        while (above_from < f && !rule_is_above(&x, above_from, i))
            above_from++;
        size_t tied = above_from - below - 1; /* with others */
        j->score[k] += power * ((double)below + (double)tied / 2);
        if (own)
            own[k] = (uint32_t)(1 + f - above_from);
    }
}

static bool count_borda(rule_job *j)
{
    const size_t f = j->u->f;
    for (size_t s = 0; s < j->u->s; s++) {
        const double *u = rule_utility_of(j->bench, j->u, s);
        if (f <= RULE_FEW)
            add_borda_pairs(u, j->u->power[s], f, j->score);
        else
            add_borda(j, u, j->u->power[s], j->bench->own ? j->bench->own + s * f : NULL);
    }
    return true;
}

const rule_form rule_borda = {.whole = count_borda};

/* Eight candidates at a time: all pairs are many. */
enum { LANES = RULE_LANES };
typedef double lanes __attribute__((vector_size(8 * LANES)));
typedef int64_t masks __attribute__((vector_size(8 * LANES)));

/* Plays one against eight others, whose utilities for the first stakeholder are at own and u, for
 * the next ones so many doubles further: 1/2 where it wins, -1/2 where it loses. NaN wins and loses
 * nothing. */
REAL_INLINE void play_eight(const rule_job *j, const double *own, const double *u, size_t row,
                            lanes *won)
{
    lanes wins = {0}, losses = {0};
    for (size_t s = 0; s < j->u->s; s++, u += row) {
        lanes by, power = {0};
        memcpy(&by, u, sizeof by);
        by = own[s * row] - by;
        power += j->u->power[s];
        wins += (lanes)((by > TDO_TIE) & (masks)power);
        losses += (lanes)((by < -TDO_TIE) & (masks)power);
    }
    const lanes more = wins - losses;
    const lanes half = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5};
    *won = (lanes)((more > TDO_TIE) & (masks)half) - (lanes)((more < -TDO_TIE) & (masks)half);
}

/* Plays everybody against all later ones. u: [S x row] utilities, NaN beside those of the last.
 * points: [row] what each has won less what it has lost, in halves of a candidate. */
REAL_CLONES
static void play_all(const rule_job *j, const double *u, size_t row, double *points)
{
    for (size_t i = 0; i < j->u->f; i++) {
        double sum = 0;
        lanes won, all = {0}, theirs;
        for (size_t q = i / LANES * LANES; q < row; q += LANES) {
            play_eight(j, u + i, u + q, row, &won);
            for (size_t k = 0; k < LANES && q + k <= i; k++)
                won[k] = 0;
            memcpy(&theirs, points + q, sizeof theirs);
            theirs -= won;
            memcpy(points + q, &theirs, sizeof theirs);
            all += won;
        }
        for (size_t k = 0; k < LANES; k++)
            sum += all[k];
        points[i] += sum;
    }
}

static bool count_copeland(rule_job *j)
{
    const size_t f = j->u->f, row = (f + LANES - 1) / LANES * LANES;
    double *points = j->bench->level, *u = points + row;
    memset(points, 0, row * sizeof *points);
    for (size_t s = 0; s < j->u->s; s++) {
        memcpy(u + s * row, rule_utility_of(j->bench, j->u, s), f * sizeof *u);
        for (size_t k = f; k < row; k++)
            u[s * row + k] = NAN;
    }
    play_all(j, u, row, points);
    for (size_t i = 0; i < f; i++) /* wins + ties / 2 = (games + wins - losses) / 2 */
        j->score[i] = (double)(f - 1) / 2 + points[i];
    return true;
}

const rule_form rule_copeland = {.whole = count_copeland};
