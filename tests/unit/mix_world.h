/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decision with a mix, made by hand. Include after cmocka.h. */
#ifndef TRADEOFF_TESTS_MIX_WORLD_H
#define TRADEOFF_TESTS_MIX_WORLD_H

#include "near.h"
#include "tradeoff/mix.h"
#include "world.h"

enum { MIX_LIMITS = 8 };

typedef struct mix_world {
    world w;
    double column[MIX_LIMITS][WORLD_N];
    const double *limited[MIX_LIMITS];
    tdo_constraint limits[MIX_LIMITS];
    tdo_error err;
    tdo_mix mix;
} mix_world;

/* Stakeholder h cares for criterion h alone, whose readings are the utilities: [n x s] by rows,
 * from 0 to `top`. */
static inline void mix_start(mix_world *m, const double *utility, size_t n, size_t s, double top)
{
    *m = (mix_world){.err = {.status = TDO_OK}};
    world_start(&m->w, n, s, s);
    for (size_t k = 0; k < n * s; k++)
        m->w.reading[k] = utility[k];
    for (size_t h = 0; h < s; h++) {
        m->w.criteria[h].has_range = true;
        m->w.criteria[h].best = top;
        for (size_t c = 0; c < s; c++)
            m->w.weight[h * s + c] = h == c;
    }
    m->w.s.mix.limits = m->limits;
}

static inline tdo_constraint *mix_new_limit(mix_world *m)
{
    tdo_constraint *k = &m->limits[m->w.s.mix.n_limits++];
    *k = (tdo_constraint){.owner = "", .why = "", .stakeholder = TDO_NONE};
    k->condition.criterion = TDO_NONE;
    return k;
}

/* A limit on a column of its own: [n]. */
static inline tdo_constraint *mix_limit_column(mix_world *m, const double *column, double max)
{
    size_t k = m->w.s.mix.n_limits;
    tdo_constraint *limit = mix_new_limit(m);
    for (size_t i = 0; i < m->w.n; i++)
        m->column[k][i] = column[i];
    m->limited[k] = m->column[k];
    limit->condition.column = "column";
    limit->condition.has_max = true;
    limit->condition.max = max;
    return limit;
}

static inline tdo_constraint *mix_limit_criterion(mix_world *m, size_t c, double max)
{
    tdo_constraint *limit = mix_new_limit(m);
    limit->condition.criterion = c;
    limit->condition.has_max = true;
    limit->condition.max = max;
    return limit;
}

static inline tdo_status mix_run(mix_world *m)
{
    tdo_status status = world_run(&m->w, &m->err);
    assert_int_equal(status, TDO_OK);
    m->w.x.mix_limited = m->limited;
    const tdo_case k = world_case(&m->w);
    return tdo_mix_solve(&k, m->w.a, &m->mix, &m->err);
}

static inline void mix_solve_ok(mix_world *m)
{
    assert_int_equal(mix_run(m), TDO_OK);
    if (m->mix.status != TDO_MIX_OPTIMAL)
        print_error("status %s\n", tdo_mix_status_word(m->mix.status));
    assert_int_equal(m->mix.status, TDO_MIX_OPTIMAL);
    assert_true(m->mix.certificate.primal <= 1e-9);
    assert_true(m->mix.certificate.gap <= 1e-7);
    if (!m->mix.whole) {
        assert_true(m->mix.certificate.dual <= 1e-9);
        assert_true(m->mix.certificate.gap <= 1e-9);
    }
}

static inline double mix_share(const mix_world *m, size_t i)
{
    for (size_t k = 0; k < m->mix.n_shares; k++)
        if (m->mix.shares[k].candidate == i)
            return m->mix.shares[k].share;
    return 0;
}

/* The world can be solved again after changes. */
static inline void mix_again(mix_world *m)
{
    world_end(&m->w);
    m->err.status = TDO_OK;
}

static inline void mix_end(mix_world *m)
{
    world_end(&m->w);
}

#endif
