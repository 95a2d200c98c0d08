/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who can be first, over all weights and over allowed ones: each answer comes with weights or with
 * a mixture, and both are tried out from the values alone. Rank ranges against every corner of the
 * arrangement that the candidates make in the space of weights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "tradeoff/choice.h"

#include "../unit/lp_verify.h"
#include "decisions.h"

static world one;

static tdo_regions regions;

static tdo_case case_of(const world *w)
{
    tdo_case k = world_case(w);
    k.regions = &regions;
    return k;
}

static tdo_choice choose(tdo_arena *a)
{
    tdo_choice y = {.computed = false};
    tdo_error err = {0};
    const tdo_case k = case_of(&one);
    tdo_status status = tdo_find_choice(&k, a, &y, &err);
    if (status != TDO_OK)
        fail_msg("case %zu: %s", at_case, err.text);
    assert_true(y.computed);
    assert_int_equal(y.asked, one.n);
    for (uint32_t i = 0; i < one.n; i++)
        assert_int_equal(y.candidate[y.place[i]].slot, i);
    return y;
}

static double value(size_t c, uint32_t k)
{
    return one.v.value[c * one.n + k];
}

static double score_at(const double *weight, uint32_t k)
{
    double sum = 0;
    for (size_t c = 0; c < one.d; c++)
        sum += weight[c] * value(c, k);
    return sum;
}

static double lead_at(const double *weight, uint32_t k)
{
    double least = INFINITY;
    for (uint32_t j = 0; j < one.n; j++)
        if (j != k)
            least = fmin(least, score_at(weight, k) - score_at(weight, j));
    return least;
}

static bool are_equal(uint32_t j, uint32_t k)
{
    bool equal = true;
    for (size_t c = 0; c < one.d; c++)
        equal &= fabs(value(c, j) - value(c, k)) < 1e-12;
    return equal;
}

/* Over the others on the frontier that are not equal. */
static double frontier_lead_at(const double *weight, uint32_t k)
{
    double least = INFINITY;
    for (uint32_t j = 0; j < one.n; j++)
        if (!are_equal(j, k) && one.front.member[j])
            least = fmin(least, score_at(weight, k) - score_at(weight, j));
    return least;
}

static bool decides(size_t c)
{
    for (uint32_t k = 1; k < one.n; k++)
        if (value(c, k) != value(c, 0))
            return true;
    return false;
}

/* ---- all weights ---- */

static void check_weights(const double *weight)
{
    double sum = 0;
    for (size_t c = 0; c < one.d; c++) {
        assert_true(weight[c] >= 0);
        sum += weight[c];
    }
    near(sum, 1, 1e-14, 0);
}

static double mixed(const tdo_choosable *y, size_t c)
{
    double sum = 0;
    for (size_t q = 0; q < y->n_beaten_by; q++)
        sum += y->beaten_by[q].share * value(c, y->beaten_by[q].slot);
    return sum;
}

static void check_mixture(const tdo_choosable *y, uint32_t k)
{
    double sum = 0;
    assert_true(y->n_beaten_by > 0 && y->n_beaten_by <= one.d * one.s_n + 1);
    for (size_t q = 0; q < y->n_beaten_by; q++) {
        assert_true(y->beaten_by[q].share > 0 && y->beaten_by[q].slot != k);
        assert_true(one.front.member[y->beaten_by[q].slot]);
        assert_true(q == 0 || y->beaten_by[q].share <= y->beaten_by[q - 1].share);
        sum += y->beaten_by[q].share;
    }
    near(sum, 1, 1e-14, 0);
}

static void whoever_can_be_first(void **state)
{
    size_t yes = 0, no = 0;
    (void)state;
    for (size_t number = 0; number < 400; number++) {
        rng r = start_case(number);
        do
            random_world(&one, &r);
        while (one.n > 16 && number % 50 != 0);
        decide(&one);
        regions = (tdo_regions){0};
        tdo_arena *a = tdo_arena_new();
        tdo_choice y = choose(a);
        for (size_t i = 0; i < y.asked; i++) {
            const tdo_choosable *q = &y.candidate[i].any;
            uint32_t k = y.candidate[i].slot;
            assert_true(q->known && !y.candidate[i].allowed.known);
            if (q->yes) {
                check_weights(q->weights);
                assert_true(lead_at(q->weights, k) >= -1.1e-12);
                if (!isnan(q->lead)) {
                    near(frontier_lead_at(q->weights, k), q->lead, 1e-13, 0);
                    assert_true(q->lead > TDO_TIE);
                }
                assert_null(q->beaten_by);
                yes++;
            } else {
                double least = INFINITY;
                check_mixture(q, k);
                for (size_t c = 0; c < one.d; c++)
                    least = decides(c) ? fmin(least, mixed(q, c) - value(c, k)) : least;
                assert_true(least > -1.1e-12); /* about 0: on a null set it is not worth more */
                near(-least, q->lead, 1e-13, 0);
                assert_null(q->weights);
                no++;
            }
        }
        /* The nominal winner can, and nobody leads by more anywhere on a grid. */
        assert_true(y.candidate[y.place[y.first]].any.yes);
        for (size_t q = 0; q < 200; q++) {
            double weight[WORLD_D] = {0}, sum = 0;
            for (size_t c = 0; c < one.d; c++)
                sum += weight[c] = decides(c) ? rng_unit(&r) * (double)rng_below(&r, 2) : 0;
            for (size_t c = 0; c < one.d && sum > 0; c++)
                weight[c] /= sum;
            for (uint32_t k = 0; k < one.n && sum > 0; k++) {
                const tdo_choosable *of = &y.candidate[y.place[k]].any;
                if (!isnan(of->lead))
                    assert_true(frontier_lead_at(weight, k) <= of->lead + 1e-12);
            }
        }
        tdo_arena_free(a);
        world_end(&one);
    }
    assert_true(yes > 500 && no > 500);
}

/* ---- allowed weights ---- */

enum { PARTS = 4 };

static tdo_preference part[WORLD_S][PARTS];
static double coefficient[WORLD_S][PARTS][WORLD_D];

/* Gives some stakeholders statements, so few that most can hold. */
static void random_statements(rng *r)
{
    for (size_t s = 0; s < one.s_n; s++) {
        tdo_stakeholder *h = &one.stakeholders[s];
        h->prefers = part[s];
        h->n_prefers = rng_below(r, 3) == 0 ? 0 : 1 + rng_below(r, PARTS);
        h->only_prefers = h->n_prefers > 0;
        for (size_t k = 0; k < h->n_prefers; k++) {
            for (size_t c = 0; c < one.d; c++)
                coefficient[s][k][c] = rng_below(r, 2) ? (double)rng_below(r, 5) - 2 : 0;
            coefficient[s][k][k % one.d] = 3;
            part[s][k] = (tdo_preference){.coefficient = coefficient[s][k],
                                          .bound = (double)rng_below(r, 2) * 0,
                                          .statement = k,
                                          .text = "a statement"};
        }
        for (size_t c = 0; c < one.d && h->only_prefers; c++)
            one.weight[s * one.d + c] = 0;
        h->weights = one.weight + s * one.d;
    }
}

static tdo_preference power_part[PARTS];
static double power_coefficient[PARTS][WORLD_S];

/* And to the powers, sometimes, one or two. */
static void random_powers(rng *r)
{
    one.s.powers = power_part;
    one.s.n_powers = one.s_n > 1 && one.s_n < 4 && rng_below(r, 2) ? 1 + rng_below(r, 2) : 0;
    for (size_t k = 0; k < one.s.n_powers; k++) {
        for (size_t s = 0; s < one.s_n; s++)
            power_coefficient[k][s] = (double)rng_below(r, 5) - 2;
        power_coefficient[k][rng_below(r, one.s_n)] = 3;
        power_part[k] = (tdo_preference){
            .coefficient = power_coefficient[k], .statement = k, .text = "a statement"};
    }
}

static bool find_regions(tdo_arena *a)
{
    tdo_report report = {.count = 0};
    one.s.criteria = one.criteria;
    one.s.n_criteria = one.d;
    one.s.stakeholders = one.stakeholders;
    one.s.n_stakeholders = one.s_n;
    const tdo_scenario *settled = &one.s;
    tdo_status status = tdo_find_regions(&settled, a, &regions, &report);
    for (size_t s = 0; s < one.s_n && status == TDO_OK; s++) {
        memcpy(one.weight + s * one.d, settled->stakeholders[s].weights,
               one.d * sizeof *one.weight);
        one.stakeholders[s].power = settled->stakeholders[s].power;
    }
    return status == TDO_OK && regions.any;
}

/* Calls with the group weights of every choice of corners, one of each region (the first 3000). */
typedef void (*corner_fn)(const double *weight, void *user);

static void every_corner_at(const double *power, corner_fn call, void *user)
{
    size_t at[WORLD_S] = {0}, calls = 0;
    for (bool more = true; more && calls < 3000; calls++) {
        double weight[WORLD_D] = {0};
        for (size_t s = 0; s < one.s_n; s++) {
            const tdo_region *g = &regions.region[s];
            for (size_t c = 0; c < one.d && !g->open; c++)
                weight[c] += power[s] * one.u.weight[s * one.d + c];
            for (size_t c = 0; c < g->n; c++)
                weight[g->criterion[c]] += power[s] * g->vertex[at[s] * g->n + c];
        }
        call(weight, user);
        more = false;
        for (size_t s = 0; s < one.s_n && !more; s++) {
            more = at[s] + 1 < regions.region[s].vertices;
            at[s] = more ? at[s] + 1 : 0;
        }
    }
}

static void every_corner(corner_fn call, void *user)
{
    const tdo_region *p = &regions.powers;
    if (!p->open)
        every_corner_at(one.u.power, call, user);
    for (size_t q = 0; q < p->vertices; q++) {
        double power[WORLD_S] = {0};
        for (size_t s = 0; s < p->n; s++)
            power[p->criterion[s]] = p->vertex[q * p->n + s];
        every_corner_at(power, call, user);
    }
}

/* The same once, with weights inside of every region. */
static void inside(corner_fn call, void *user, rng *r)
{
    double weight[WORLD_D] = {0}, power[WORLD_S] = {0}, all = 0;
    const tdo_region *p = &regions.powers;
    for (size_t q = 0; q < p->vertices; q++) {
        double share = 0.01 + rng_unit(r);
        all += share;
        for (size_t s = 0; s < p->n; s++)
            power[p->criterion[s]] += share * p->vertex[q * p->n + s];
    }
    for (size_t s = 0; s < one.s_n; s++)
        power[s] = p->open ? power[s] / all : one.u.power[s];
    for (size_t s = 0; s < one.s_n; s++) {
        const tdo_region *g = &regions.region[s];
        double share[TDO_REGION_VERTICES], sum = 0;
        for (size_t q = 0; q < g->vertices; q++)
            sum += share[q] = 0.01 + rng_unit(r);
        for (size_t c = 0; c < one.d && !g->open; c++)
            weight[c] += power[s] * one.u.weight[s * one.d + c];
        for (size_t q = 0; q < g->vertices; q++)
            for (size_t c = 0; c < g->n; c++)
                weight[g->criterion[c]] += power[s] * share[q] / sum * g->vertex[q * g->n + c];
    }
    call(weight, user);
}

typedef struct beaten {
    const tdo_choosable *y;
    uint32_t k;
    double least;
} beaten;

static void by_mixture(const double *weight, void *user)
{
    beaten *b = user;
    double lead = -score_at(weight, b->k);
    for (size_t q = 0; q < b->y->n_beaten_by; q++)
        lead += b->y->beaten_by[q].share * score_at(weight, b->y->beaten_by[q].slot);
    b->least = fmin(b->least, lead);
}

typedef struct regretted {
    uint32_t k;
    double most;
} regretted;

static void by_anyone(const double *weight, void *user)
{
    regretted *x = user;
    x->most = fmax(x->most, -lead_at(weight, x->k));
}

/* Are these group weights allowed? As a linear program in power x weight of each stakeholder: is
 * there a choice with these sums? */
static bool is_allowed(const double *weight, tdo_arena *a)
{
    enum { ROWS = WORLD_D + WORLD_S * (2 * WORLD_D + PARTS + 1) + PARTS };
    const size_t d = one.d, columns = one.s_n * d;
    static double value[ROWS * WORLD_S * WORLD_D], low[ROWS], high[ROWS];
    static uint32_t row[ROWS * WORLD_S * WORLD_D], column[ROWS * WORLD_S * WORLD_D];
    double upper[WORLD_S * WORLD_D];
    size_t rows = 0, n = 0;

#define PUT(at, x)    (row[n] = (uint32_t)rows, column[n] = (uint32_t)(at), value[n++] = (x))
#define END(from, to) (low[rows] = (from), high[rows++] = (to))
    for (size_t c = 0; c < d; c++) {
        for (size_t s = 0; s < one.s_n; s++)
            PUT(s * d + c, 1);
        END(weight[c] - 1e-12, weight[c] + 1e-12); /* within rounding */
    }
    for (size_t s = 0; s < one.s_n; s++) {
        const tdo_region *g = &regions.region[s];
        for (size_t c = 0; c < d; c++) {
            upper[s * d + c] = !g->open;
            for (size_t q = 0; !g->open && q < d; q++)
                PUT(s * d + q, (q == c) - one.u.weight[s * d + c]);
            if (!g->open)
                END(-1e-12, 1e-12);
        }
        for (size_t q = 0; q < g->n; q++)
            upper[s * d + g->criterion[q]] = 1;
        for (size_t k = 0; k < g->m; k++) {
            for (size_t q = 0; q < g->n; q++)
                PUT(s * d + g->criterion[q], g->row[k * g->n + q]);
            END(0, INFINITY);
        }
        for (size_t c = 0; c < d && !regions.powers.open; c++)
            PUT(s * d + c, 1);
        if (!regions.powers.open)
            END(one.u.power[s] - 1e-12, one.u.power[s] + 1e-12);
    }
    for (size_t k = 0; k < regions.powers.m; k++) {
        for (size_t s = 0; s < regions.powers.n; s++)
            for (size_t c = 0; c < d; c++)
                PUT(regions.powers.criterion[s] * d + c,
                    regions.powers.row[k * regions.powers.n + s]);
        END(0, INFINITY);
    }
#undef PUT
#undef END
    const tdo_lp_arrays p = {.rows = rows,
                             .columns = columns,
                             .entries = n,
                             .upper = upper,
                             .row_lower = low,
                             .row_upper = high,
                             .row = row,
                             .column = column,
                             .value = value};
    return lp_solved(&p, false, NULL, a).outcome == TDO_LP_OPTIMAL;
}

static void check_allowed(const tdo_candidate_choice *x, tdo_arena *a)
{
    const tdo_choosable *y = &x->allowed;
    uint32_t k = x->slot;
    regretted most = {.k = k};
    assert_true(y->known);
    if (y->yes) {
        check_weights(y->weights);
        assert_true(lead_at(y->weights, k) >= -1.1e-12);
        assert_true(is_allowed(y->weights, a));
    } else {
        beaten b = {.y = y, .k = k, .least = INFINITY};
        check_mixture(y, k);
        every_corner(by_mixture, &b);
        assert_true(b.least > -1.1e-12);
        assert_true(x->rank.best > 1 || !x->rank.known);
    }
    every_corner(by_anyone, &most);
    near(x->regret, most.most, 1e-12, 0);
    assert_true(x->necessary == (most.most <= TDO_TIE));
}

static void over_allowed_weights(void **state)
{
    size_t checked = 0, necessary = 0, no = 0;
    (void)state;
    for (size_t number = 0; number < 400; number++) {
        rng r = start_case(number);
        random_world(&one, &r);
        if (one.s_n > 4 || one.n > 14)
            continue;
        random_statements(&r);
        random_powers(&r);
        tdo_arena *a = tdo_arena_new();
        if (find_regions(a)) {
            double least = INFINITY;
            decide(&one);
            tdo_choice y = choose(a);
            assert_true(y.regions);
            for (size_t i = 0; i < y.asked; i++) {
                check_allowed(&y.candidate[i], a);
                necessary += y.candidate[i].necessary;
                no += !y.candidate[i].allowed.yes && y.candidate[i].any.yes;
                least = fmin(least, y.candidate[i].regret);
                checked++;
            }
            near(y.candidate[y.place[y.least_regret]].regret, least, 1.1e-12, 0);
            assert_true(
                y.candidate[y.place[y.first]].allowed.yes); /* the nominal weights are allowed */
            world_end(&one);
        }
        tdo_arena_free(a);
    }
    assert_true(checked > 500 && necessary > 20 && no > 50);
}

/* ---- rank ranges ---- */

typedef struct range {
    uint32_t k;
    size_t best, worst;
} range;

/* Inside a cell of the arrangement that the candidates make, that is: no rival but those always
 * tied is level; what lies on its border is passed over. */
static void rank_at(const double *weight, void *user)
{
    range *x = user;
    size_t ahead = 0;
    for (uint32_t j = 0; j < one.n; j++) {
        bool tied = are_equal(j, x->k);
        double lead = score_at(weight, j) - score_at(weight, x->k);
        if (!tied && fabs(lead) < 1e-9)
            return;
        ahead += !tied && lead > 0;
    }
    x->best = ahead + 1 < x->best ? ahead + 1 : x->best;
    x->worst = ahead + 1 > x->worst ? ahead + 1 : x->worst;
}

static void check_range(const tdo_rank_range *q, const range *want, const tdo_choosable *first)
{
    assert_true(q->asked && q->known);
    if (q->best != want->best || q->worst != want->worst)
        fail_msg("case %zu, candidate %u: [%u, %u], not [%zu, %zu]", at_case, want->k, q->best,
                 q->worst, want->best, want->worst);
    assert_true(first->yes == (q->best == 1));
    for (size_t way = 0; way < 2; way++) {
        const double *weight = way ? q->worst_at : q->best_at;
        uint32_t rank = 1;
        check_weights(weight);
        for (uint32_t j = 0; j < one.n; j++)
            rank += score_at(weight, j) - score_at(weight, want->k) > TDO_TIE;
        assert_int_equal(rank, way ? q->worst : q->best);
    }
}

/* The corners of the arrangement on the triangle: where two of the lines (rivals' ties, sides)
 * meet. */
static size_t find_corners(uint32_t k, double corner[][3])
{
    size_t lines = one.n + 3, n = 0;
    double row[WORLD_N + 3][3];
    for (uint32_t j = 0; j < one.n; j++)
        for (size_t c = 0; c < 3; c++)
            row[j][c] = value(c, j) - value(c, k);
    for (size_t q = 0; q < 3; q++)
        for (size_t c = 0; c < 3; c++)
            row[one.n + q][c] = q == c;
    for (size_t p = 0; p < lines; p++)
        for (size_t q = p + 1; q < lines; q++) {
            double w[3] = {row[p][1] * row[q][2] - row[p][2] * row[q][1],
                           row[p][2] * row[q][0] - row[p][0] * row[q][2],
                           row[p][0] * row[q][1] - row[p][1] * row[q][0]};
            double sum = w[0] + w[1] + w[2];
            if (fabs(sum) < 1e-9)
                continue;
            for (size_t c = 0; c < 3; c++)
                w[c] = fabs(w[c] / sum) < 1e-12 ? 0 : w[c] / sum;
            if (w[0] >= 0 && w[1] >= 0 && w[2] >= 0)
                memcpy(corner[n++], w, sizeof w);
        }
    return n;
}

/* Each cell has three corners, and their middle is inside. */
static void look_into_cells(range *x)
{
    enum { MOST = 8 };
    static double corner[(MOST + 3) * (MOST + 2) / 2][3];
    size_t n = find_corners(x->k, corner);
    for (size_t p = 0; p < n; p++)
        for (size_t q = p + 1; q < n; q++)
            for (size_t r = q + 1; r < n; r++) {
                double w[3];
                for (size_t c = 0; c < 3; c++)
                    w[c] = (corner[p][c] + corner[q][c] + corner[r][c]) / 3;
                rank_at(w, x);
            }
}

static void rank_ranges_of_three_criteria(void **state)
{
    size_t checked = 0;
    (void)state;
    for (size_t number = 0; number < 150; number++) {
        rng r = start_case(number);
        do
            random_world(&one, &r);
        while (one.d != 3 || one.n < 3 || one.n > 8);
        decide(&one);
        regions = (tdo_regions){0};
        tdo_arena *a = tdo_arena_new();
        tdo_choice y = choose(a);
        for (size_t i = 0; i < y.asked && decides(0) && decides(1) && decides(2); i++) {
            range x = {.k = y.candidate[i].slot, .best = one.n + 1};
            look_into_cells(&x);
            check_range(&y.candidate[i].rank, &x, &y.candidate[i].any);
            checked++;
        }
        tdo_arena_free(a);
        world_end(&one);
    }
    assert_true(checked > 400);
}

/* Two criteria: between each two ties. */
static void rank_ranges_of_two_criteria(void **state)
{
    size_t checked = 0;
    (void)state;
    for (size_t number = 0; number < 300; number++) {
        rng r = start_case(number);
        do
            random_world(&one, &r);
        while (one.d != 2);
        decide(&one);
        regions = (tdo_regions){0};
        tdo_arena *a = tdo_arena_new();
        tdo_choice y = choose(a);
        for (size_t i = 0; i < y.asked && decides(0) && decides(1); i++) {
            range x = {.k = y.candidate[i].slot, .best = one.n + 1};
            double tie[WORLD_N + 2] = {0, 1};
            size_t ties = 2;
            for (size_t j = 0; j < one.n; j++) {
                double by0 = value(0, (uint32_t)j) - value(0, x.k);
                double by1 = value(1, (uint32_t)j) - value(1, x.k), t = by1 / (by1 - by0);
                if (by0 != by1 && t >= 0 && t <= 1)
                    tie[ties++] = t;
            }
            for (size_t p = 0; p < ties; p++)
                for (size_t q = 0; q < p; q++)
                    rank_at((double[]){(tie[p] + tie[q]) / 2, 1 - (tie[p] + tie[q]) / 2}, &x);
            check_range(&y.candidate[i].rank, &x, &y.candidate[i].any);
            checked++;
        }
        tdo_arena_free(a);
        world_end(&one);
    }
    assert_true(checked > 1000);
}

/* Over allowed weights the range holds every rank that random weights inside have (run_ranks has
 * the exact ranges). */
static void rank_ranges_of_allowed_weights(void **state)
{
    size_t checked = 0;
    (void)state;
    for (size_t number = 0; number < 200; number++) {
        rng r = start_case(number);
        random_world(&one, &r);
        if (one.s_n > 3 || one.n > 12)
            continue;
        random_statements(&r);
        random_powers(&r);
        tdo_arena *a = tdo_arena_new();
        if (find_regions(a)) {
            decide(&one);
            tdo_choice y = choose(a);
            for (size_t i = 0; i < y.asked; i++) {
                const tdo_rank_range *q = &y.candidate[i].rank;
                range x = {.k = y.candidate[i].slot, .best = one.n + 1};
                for (size_t try = 0; try < 50; try++)
                    inside(rank_at, &x, &r);
                assert_true(q->asked && q->known && q->best <= x.best && q->worst >= x.worst);
                assert_true(is_allowed(q->best_at, a) && is_allowed(q->worst_at, a));
                assert_true((q->best == 1) == y.candidate[i].allowed.yes);
                checked++;
            }
            world_end(&one);
        }
        tdo_arena_free(a);
    }
    assert_true(checked > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_can_be_first),
        cmocka_unit_test(over_allowed_weights),
        cmocka_unit_test(rank_ranges_of_three_criteria),
        cmocka_unit_test(rank_ranges_of_two_criteria),
        cmocka_unit_test(rank_ranges_of_allowed_weights),
    };
    return cmocka_run_group_tests(tests, NULL, say_case);
}
