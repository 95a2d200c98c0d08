/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The group rules: utilities in, scores and ranks out. The formulas are in cli/help/numbers.md.
 * Nash 1950 and Kalai and Smorodinsky 1975 for the bargaining rules, Sen 1970 for leximin, Savage
 * 1951 for regret, Steuer and Choo 1983 for the augmented Chebyshev distance. */
#include "rules/rules.h"

#include "base/sort.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static void score_weighted(const rule_job *j, const model_block *b, double *score)
{
    rule_add_weighted(j, b, NULL, score);
}

static const rule_form rule_weighted = {.score = score_weighted};

/* ---- leximin: of whom it hears it compares (utility - from) / span ---- */

static void hear(rule_job *j, size_t s, double from, double span)
{
    j->heard[j->n_heard++] = (rule_heard){s, from, span};
}

/* Level 0 is the score. */
static double level_at(const void *user, size_t level, uint32_t k)
{
    const rule_job *j = user;
    double x[TDO_MAX_STAKEHOLDERS];
    for (size_t q = 0; q < j->n_heard; q++) {
        const rule_heard *h = &j->heard[q];
        const double one = (tdo_utility_at(j->u, h->s, k) - h->from) / h->span;
        size_t at = q;
        for (; at > 0 && one < x[at - 1]; at--)
            x[at] = x[at - 1];
        x[at] = one;
    }
    return x[level];
}

REAL_CLONES
static void take_least(const double *u, const rule_heard *h, bool first, size_t n, double *score)
{
    for (size_t k = 0; k < n; k++) {
        const double x = (u[k] - h->from) / h->span;
        score[k] = first || x < score[k] ? x : score[k];
    }
}

static void score_least(const rule_job *j, const model_block *b, double *score)
{
    for (size_t q = 0; q < j->n_heard; q++)
        take_least(model_utilities_in(b, j->heard[q].s), &j->heard[q], q == 0, b->n, score);
}

static size_t put_levels(const rule_job *j, double *level)
{
    const size_t f = j->u->f;
    for (size_t q = 0; level && q < j->n_heard; q++)
        for (size_t k = 0; k < f; k++)
            level[q * f + k] = (tdo_utility_at(j->u, j->heard[q].s, k) - j->heard[q].from) /
                               j->heard[q].span;
    if (level)
        rule_sort_levels(level, j->n_heard, f);
    return j->n_heard;
}

static void start_maximin(rule_job *j)
{
    for (size_t s = 0; s < j->u->s; s++)
        if (rule_hears(j->u, s))
            hear(j, s, 0, 1);
}

static const rule_form rule_maximin = {.start = start_maximin,
                                       .score = score_least,
                                       .levels = put_levels,
                                       .level_at = level_at,
                                       .ranks = true};

static void start_kalai_smorodinsky(rule_job *j)
{
    for (size_t s = 0; s < j->u->s; s++) {
        const double d = j->u->disagreement[s], most = j->u->best[s] - d;
        if (rule_hears(j->u, s) && rule_above(j->u->best[s], d))
            hear(j, s, d, most); /* else nothing to say, or nothing to gain */
    }
}

static const rule_form rule_kalai_smorodinsky = {.start = start_kalai_smorodinsky,
                                                 .score = score_least,
                                                 .levels = put_levels,
                                                 .level_at = level_at,
                                                 .ranks = true};

/* ---- products, and what is lost ---- */

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

static void score_nash(const rule_job *j, const model_block *b, double *score)
{
    double least[MODEL_BLOCK], sum[MODEL_BLOCK] = {0};
    for (size_t k = 0; k < b->n; k++)
        least[k] = INFINITY;
    for (size_t s = 0; s < j->u->s; s++)
        if (rule_hears(j->u, s))
            add_gains(model_utilities_in(b, s), j->u->disagreement[s], j->u->power[s], b->n, least,
                      sum);
    multiply_gains(least, sum, b->n, score);
}

static const rule_form rule_nash = {.score = score_nash};

REAL_CLONES
static void take_regret(const double *u, double best, size_t n, double *most)
{
    for (size_t k = 0; k < n; k++) {
        const double regret = best - u[k];
        most[k] = regret > most[k] ? regret : most[k];
    }
}

static void score_minimax_regret(const rule_job *j, const model_block *b, double *score)
{
    for (size_t s = 0; s < j->u->s; s++)
        if (rule_hears(j->u, s))
            take_regret(model_utilities_in(b, s), j->u->best[s], b->n, score);
    for (size_t k = 0; k < b->n; k++)
        score[k] = 0 - score[k]; /* not -score: no -0 */
}

static const rule_form rule_minimax_regret = {.score = score_minimax_regret};

REAL_CLONES
static void take_loss(const double *value, double weight, size_t n, double *most, double *sum)
{
    for (size_t k = 0; k < n; k++) {
        const double loss = weight * (1 - value[k]);
        most[k] = loss > most[k] ? loss : most[k];
        sum[k] += loss;
    }
}

static void score_chebyshev(const rule_job *j, const model_block *b, double *score)
{
    double sum[MODEL_BLOCK] = {0};
    for (size_t k = 0; k < b->n; k++)
        score[k] = j->u->d ? -INFINITY : 0; /* a value that is drawn may be above 1 */
    for (size_t c = 0; c < j->u->d; c++)
        take_loss(model_values_in(b, c), j->u->group_weight[c], b->n, score, sum);
    for (size_t k = 0; k < b->n; k++)
        score[k] = 0 - (score[k] + RULE_AUGMENT * sum[k]);
}

static const rule_form rule_chebyshev = {.score = score_chebyshev};

/* ---- plurality ---- */

/* Tied favourites share the power of the one whose they are: how many there are of each. */
static void start_plurality(rule_job *j)
{
    for (size_t s = 0; s < j->u->s; s++)
        hear(j, s, j->u->best[s], j->bench->tied[s]);
    for (size_t from = 0; !j->bench->tied[0] && from < j->u->f; from += MODEL_BLOCK) {
        const model_block b = rule_block_at(j->bench, j->in, from);
        for (size_t s = 0; s < j->u->s; s++)
            for (size_t k = 0; k < b.n; k++)
                j->heard[s].span += !rule_above(j->u->best[s], model_utilities_in(&b, s)[k]);
    }
}

static void score_plurality(const rule_job *j, const model_block *b, double *score)
{
    for (size_t s = 0; s < j->u->s; s++)
        for (size_t k = 0; k < b->n; k++)
            if (!rule_above(j->u->best[s], model_utilities_in(b, s)[k]))
                score[k] += j->u->power[s] / j->heard[s].span;
}

static const rule_form rule_plurality = {.start = start_plurality, .score = score_plurality};

/* ---- at work ---- */

static const rule_form *const form_of[TDO_RULES] = {
#define RULE_FORM(NAME, function, name) [TDO_RULE_##NAME] = &rule_##function,
    TDO_EACH_RULE(RULE_FORM)
#undef RULE_FORM
};

const rule_form *rule_form_of(tdo_rule rule)
{
    return form_of[rule];
}

/* Doubles that any rule works in: a row for each stakeholder and two more, filled up to eights.
 * Where levels of all are not kept: three rows for priorities, or the levels of a block. */
static size_t doubles_of(const rule_bench *bench, tdo_rule rule, const tdo_utility *u)
{
    if (bench->whole || tdo_rule_takes(TDO_RULE_COPELAND, u->f))
        return (u->s + 2) * (u->f + RULE_LANES - 1);
    return rule == TDO_RULE_PRIORITIES ? 3 * u->f : u->s * MODEL_BLOCK;
}

tdo_status rule_bench_make(tdo_rule rule, const tdo_utility *u, tdo_arena *a, rule_bench *out)
{
    const bool kept = u->utility != NULL;
    *out = (rule_bench){.whole = kept || u->s > RULE_HEARD};
    out->level = tdo_alloc(a, doubles_of(out, rule, u), sizeof *out->level);
    out->block = tdo_alloc(a, kept ? 0 : model_block_room(u), sizeof *out->block);
    out->row = tdo_alloc(a, kept ? 0 : u->f, sizeof *out->row);
    out->key = kept ? out->level : out->row;
    out->heard = tdo_alloc(a, u->s, sizeof *out->heard);
    out->tied = tdo_alloc(a, u->s, sizeof *out->tied);
    tdo_status status = out->level && out->block && out->row && out->heard && out->tied
                            ? rule_room_make(a, u->f, &out->room)
                            : TDO_E_MEMORY;
    if (status == TDO_OK && rule == TDO_RULE_KEMENY && tdo_rule_takes(rule, u->f))
        return rule_kemeny_make(u->f, a, &out->kemeny);
    return status;
}

tdo_status rule_bench_for_all(tdo_rule headline, const tdo_utility *u, tdo_arena *a,
                              rule_bench *out)
{
    tdo_status status = rule_bench_make(headline, u, a, out);
    if (status == TDO_OK && headline != TDO_RULE_KEMENY && tdo_rule_takes(TDO_RULE_KEMENY, u->f))
        return rule_kemeny_make(u->f, a, &out->kemeny);
    return status;
}

bool rule_is_computed(tdo_rule rule, const tdo_case *in)
{
    const tdo_rule_terms *about = tdo_rule_about[rule];
    return tdo_rule_takes(rule, in->u->f) && !(about->lacks && about->lacks(in->s));
}

/* Ranks all by the levels of the rule; the scores are known. */
static void rank_levels(const rule_job *j)
{
    const rule_form *form = form_of[j->rule];
    double *level = j->bench->level;
    const bool whole = j->bench->whole;
    const rule_levels by = {.n = form->levels(j, whole ? level : NULL),
                            .first = j->score,
                            .whole = whole ? level : NULL,
                            .at = form->level_at,
                            .user = j,
                            .key = whole ? NULL : j->bench->key};
    rule_rank_leximin(&j->bench->room, &by, j->u->f, j->rank);
}

rule_set rule_apply_at(const rule_bench *bench, tdo_rule rule, const tdo_case *in, double *score,
                       uint32_t *rank)
{
    const rule_form *form = form_of[rule];
    rule_job j = {.in = in,
                  .u = in->u,
                  .bench = bench,
                  .rule = rule,
                  .heard = bench->heard,
                  .score = score,
                  .rank = rank};
    assert(rule < TDO_RULES && in->u->f > 0);
    memset(score, 0, in->u->f * sizeof *score);
    if (form->start)
        form->start(&j);
    if (form->whole && !form->whole(&j))
        return RULE_NONE;
    for (size_t from = 0; form->score && from < in->u->f; from += MODEL_BLOCK) {
        const model_block b = rule_block_at(bench, in, from);
        form->score(&j, &b, score + from);
    }
    if (form->levels)
        rank_levels(&j);
    return form->ranks ? RULE_RANK : RULE_SCORE;
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
    *out = (tdo_rule_result){.computed = true, .score = score, .rank = rank};
    if (rule == TDO_RULE_KEMENY)
        out->leads = *bench->kemeny.leads;
    return TDO_OK;
}

tdo_status tdo_apply_rule(tdo_rule rule, const tdo_case *in, tdo_arena *a, tdo_rule_result *out)
{
    rule_bench bench = {.level = NULL};
    tdo_arena *scratch = tdo_arena_new();
    tdo_status status = scratch ? rule_bench_make(rule, in->u, scratch, &bench) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = rule_apply_on(&bench, rule, in, NULL, a, out);
    tdo_arena_free(scratch);
    return status;
}
