/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The group rules: utilities in, scores and ranks out. The formulas are in cli/help/numbers.md.
 * Nash 1950 and Kalai and Smorodinsky 1975 for the bargaining rules, Sen 1970 for leximin, Savage
 * 1951 for regret, Steuer and Choo 1983 for the augmented Chebyshev distance. */
#include "rules/rules.h"

#include "base/sort.h"

#include <assert.h>
#include <math.h>
#include <string.h>

typedef void (*rule_fn)(rule_job *j);

static void rule_weighted(rule_job *j)
{
    rule_add_weighted(j, NULL, j->score);
}

/* Whom leximin hears, and what it compares of each: (utility - from) / span. */
typedef struct heard {
    const rule_job *j;
    size_t n;
    const double *of[TDO_MAX_STAKEHOLDERS]; /* utilities */
    double from[TDO_MAX_STAKEHOLDERS], span[TDO_MAX_STAKEHOLDERS];
} heard;

static void hear(heard *h, size_t s, double from, double span)
{
    h->of[h->n] = rule_utility_of(h->j, s);
    h->from[h->n] = from;
    h->span[h->n++] = span;
}

static double heard_at(const heard *h, size_t q, size_t k)
{
    return (h->of[q][k] - h->from[q]) / h->span[q];
}

static double level_at(const void *user, size_t level, uint32_t k)
{
    const heard *h = user;
    double x[TDO_MAX_STAKEHOLDERS];
    for (size_t q = 0; q < h->n; q++) {
        const double one = heard_at(h, q, k);
        size_t at = q;
        for (; at > 0 && one < x[at - 1]; at--)
            x[at] = x[at - 1];
        x[at] = one;
    }
    return x[level];
}

/* Scores by the least level, ranks by leximin. */
static void by_leximin(rule_job *j, const heard *h)
{
    const size_t f = j->u->f;
    double *level = j->bench->level;
    const bool whole = j->bench->whole;
    const rule_levels by = {.n = h->n,
                            .first = j->score,
                            .whole = whole ? level : NULL,
                            .at = level_at,
                            .user = h,
                            .key = whole ? NULL : level};
    for (size_t q = 0; q < h->n; q++)
        for (size_t k = 0; k < f; k++) {
            const double x = heard_at(h, q, k);
            j->score[k] = q == 0 || x < j->score[k] ? x : j->score[k];
            if (whole)
                level[q * f + k] = x;
        }
    if (whole)
        rule_sort_levels(level, h->n, f);
    rule_rank_leximin(&j->bench->room, &by, f, j->rank);
    j->set = RULE_RANK;
}

static void rule_maximin(rule_job *j)
{
    heard h = {.j = j};
    for (size_t s = 0; s < j->u->s; s++)
        if (rule_hears(j->u, s))
            hear(&h, s, 0, 1);
    by_leximin(j, &h);
}

static void rule_kalai_smorodinsky(rule_job *j)
{
    heard h = {.j = j};
    for (size_t s = 0; s < j->u->s; s++) {
        const double d = j->u->disagreement[s], most = j->u->best[s] - d;
        if (rule_hears(j->u, s) && rule_above(j->u->best[s], d))
            hear(&h, s, d, most); /* else nothing to say, or nothing to gain */
    }
    by_leximin(j, &h);
}

/* Of one more stakeholder: the least gain so far, and the sum of power x logarithm of each. A gain
 * that is a tie with nothing counts as 0: 1e-17 of rounding to the power of a small share would be
 * a large factor. */
REAL_CLONES
static void add_gains(const double *u, double d, double power, size_t n, double *least, double *sum)
{
    for (size_t k = 0; k < n; k++) {
        double by = u[k] - d, gain = fabs(by) > TDO_TIE ? by : 0;
        least[k] = gain < least[k] ? gain : least[k];
        sum[k] += power * real_log(gain > 0 ? gain : 1);
    }
}

REAL_CLONES
static void multiply_gains(const double *least, const double *sum, size_t n, double *score)
{
    for (size_t k = 0; k < n; k++) {
        double product = real_exp(sum[k]);
        score[k] = least[k] > 0 ? product : least[k];
    }
}

static void rule_nash(rule_job *j)
{
    double least[RULE_BLOCK], sum[RULE_BLOCK];
    for (size_t from = 0, n = 0; from < j->u->f; from += n) {
        n = rule_block_at(j, from);
        for (size_t k = 0; k < n; k++) {
            least[k] = INFINITY;
            sum[k] = 0;
        }
        for (size_t s = 0; s < j->u->s; s++)
            if (rule_hears(j->u, s))
                add_gains(rule_utility_of(j, s) + from, j->u->disagreement[s], j->u->power[s], n,
                          least, sum);
        multiply_gains(least, sum, n, j->score + from);
    }
}

static void rule_minimax_regret(rule_job *j)
{
    for (size_t k = 0; k < j->u->f; k++) {
        double most = 0;
        for (size_t s = 0; s < j->u->s; s++) {
            if (!rule_hears(j->u, s))
                continue;
            double regret = j->u->best[s] - rule_utility_of(j, s)[k];
            most = regret > most ? regret : most;
        }
        j->score[k] = 0 - most; /* not -most: no -0 */
    }
}

static void rule_chebyshev(rule_job *j)
{
    for (size_t k = 0; k < j->u->f; k++) {
        double most = 0, sum = 0;
        for (size_t c = 0; c < j->u->d; c++) {
            double loss = j->u->group_weight[c] * (1 - j->in->v->value[c * j->u->f + k]);
            most = loss > most ? loss : most;
            sum += loss;
        }
        j->score[k] = 0 - (most + RULE_AUGMENT * sum);
    }
}

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

static void rule_borda(rule_job *j)
{
    for (size_t s = 0; s < j->u->s; s++)
        if (j->u->f <= RULE_FEW)
            add_borda_pairs(rule_utility_of(j, s), j->u->power[s], j->u->f, j->score);
        else
            add_borda(j, rule_utility_of(j, s), j->u->power[s],
                      j->bench->own ? j->bench->own + s * j->u->f : NULL);
}

/* Eight candidates at a time: all pairs are many. */
enum { LANES = 8 };
typedef double lanes __attribute__((vector_size(8 * LANES)));
typedef int64_t masks __attribute__((vector_size(8 * LANES)));

/* Plays i against eight others, whose utilities for the first stakeholder are at u, for the next
 * ones so many doubles further: 1/2 where it wins, -1/2 where it loses. NaN wins and loses nothing.
 */
REAL_INLINE void play_eight(const rule_job *j, size_t i, const double *u, size_t row, lanes *won)
{
    lanes wins = {0}, losses = {0};
    for (size_t s = 0; s < j->u->s; s++, u += row) {
        lanes by, power = {0};
        memcpy(&by, u, sizeof by);
        by = rule_utility_of(j, s)[i] - by;
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
            play_eight(j, i, u + q, row, &won);
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

static void rule_copeland(rule_job *j)
{
    const size_t f = j->u->f, row = (f + LANES - 1) / LANES * LANES;
    double *points = j->bench->level, *u = points + row;
    memset(points, 0, row * sizeof *points);
    for (size_t s = 0; s < j->u->s; s++) {
        memcpy(u + s * row, rule_utility_of(j, s), f * sizeof *u);
        for (size_t k = f; k < row; k++)
            u[s * row + k] = NAN;
    }
    play_all(j, u, row, points);
    for (size_t i = 0; i < f; i++) /* wins + ties / 2 = (games + wins - losses) / 2 */
        j->score[i] = (double)(f - 1) / 2 + points[i];
}

/* Tied favourites share the power of the one whose they are. */
static void rule_plurality(rule_job *j)
{
    size_t f = j->u->f;
    for (size_t s = 0; s < j->u->s; s++) {
        const double *u = rule_utility_of(j, s);
        size_t n = 0;
        for (size_t k = 0; k < f; k++)
            n += !rule_above(j->u->best[s], u[k]);
        for (size_t k = 0; k < f; k++)
            if (!rule_above(j->u->best[s], u[k]))
                j->score[k] += j->u->power[s] / (double)n;
    }
}

static const rule_fn rule_of[TDO_RULES] = {
#define RULE_FUNCTION(NAME, function, name) [TDO_RULE_##NAME] = rule_##function,
    TDO_EACH_RULE(RULE_FUNCTION)
#undef RULE_FUNCTION
};

/* Doubles that any rule works in: a row for each stakeholder and two more, filled up to eights.
 * Where levels of all are not kept: a row (three for priorities), or the levels of a block. */
static size_t doubles_of(const rule_bench *bench, tdo_rule rule, size_t s, size_t f)
{
    const size_t rows = rule == TDO_RULE_PRIORITIES ? 3 : 1;
    if (bench->whole)
        return (s + 2) * (f + LANES - 1);
    return rows * f > s * RULE_BLOCK ? rows * f : s * RULE_BLOCK;
}

tdo_status rule_bench_make(tdo_rule rule, size_t s, size_t f, tdo_arena *a, rule_bench *out)
{
    *out = (rule_bench){.whole = f <= RULE_WHOLE || s > RULE_HEARD};
    out->level = tdo_alloc(a, doubles_of(out, rule, s, f), sizeof *out->level);
    tdo_status status = out->level ? rule_room_make(a, f, &out->room) : TDO_E_MEMORY;
    if (status == TDO_OK && rule == TDO_RULE_KEMENY && tdo_rule_takes(rule, f))
        return rule_kemeny_make(f, a, &out->kemeny);
    return status;
}

tdo_status rule_bench_for_all(tdo_rule headline, size_t s, size_t f, tdo_arena *a, rule_bench *out)
{
    tdo_status status = rule_bench_make(headline, s, f, a, out);
    if (status == TDO_OK && headline != TDO_RULE_KEMENY && tdo_rule_takes(TDO_RULE_KEMENY, f))
        return rule_kemeny_make(f, a, &out->kemeny);
    return status;
}

bool rule_is_computed(tdo_rule rule, const tdo_case *in)
{
    const tdo_rule_terms *about = tdo_rule_about[rule];
    return tdo_rule_takes(rule, in->u->f) && !(about->lacks && about->lacks(in->s));
}

rule_set rule_apply_at(const rule_bench *bench, tdo_rule rule, const tdo_case *in, double *score,
                       uint32_t *rank)
{
    rule_job j = {.in = in, .u = in->u, .bench = bench, .score = score, .rank = rank};
    assert(rule < TDO_RULES && in->u->f > 0);
    memset(score, 0, in->u->f * sizeof *score);
    rule_of[rule](&j);
    return j.set;
}

tdo_status rule_apply_on(const rule_bench *bench, tdo_rule rule, const tdo_case *in, double *score,
                         tdo_arena *a, tdo_rule_result *out)
{
    const size_t f = in->u->f;
    *out = (tdo_rule_result){0};
    if (!rule_is_computed(rule, in))
        return TDO_OK;
    score = score ? score : tdo_alloc(a, f, sizeof *score);
    uint32_t *rank = tdo_alloc(a, f, sizeof *rank);
    if (!score || !rank)
        return TDO_E_MEMORY;
    const rule_set set = rule_apply_at(bench, rule, in, score, rank);
    if (set == RULE_NONE)
        return TDO_OK;
    if (set == RULE_SCORE)
        rule_rank_in(&bench->room, score, f, rank);
    *out = (tdo_rule_result){true, score, rank};
    return TDO_OK;
}

tdo_status tdo_apply_rule(tdo_rule rule, const tdo_case *in, tdo_arena *a, tdo_rule_result *out)
{
    rule_bench bench = {.level = NULL};
    tdo_arena *scratch = tdo_arena_new();
    tdo_status status = scratch ? rule_bench_make(rule, in->u->s, in->u->f, scratch, &bench)
                                : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = rule_apply_on(&bench, rule, in, NULL, a, out);
    tdo_arena_free(scratch);
    return status;
}
