/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The problem of a split, and what multipliers prove of it. */
#include "resplit/split.h"

#include <math.h>
#include <string.h>

/* ---- bounds ---- */

verify_number verify_bound_number(const verify_split *m, const verify_side *b, size_t q)
{
    const size_t i = m->candidate[q];
    return b->of->criterion != VERIFY_NONE ? verify_reading(m->k->w, (size_t)b->of->criterion, i)
                                           : b->of->x[i];
}

double verify_bound_reading(const verify_split *m, const verify_side *b, size_t q)
{
    return verify_bound_number(m, b, q).y;
}

static bool worst_counts(const verify_world *w, const verify_limit *l)
{
    return l->criterion != VERIFY_NONE && w->criterion[l->criterion].worst_counts;
}

/* Constraints on numbers average where those who break them may take part. */
static bool averages(const verify_world *w, const verify_limit *l)
{
    return !l->equals && !l->in && !l->not_in && (l->has_min || l->has_max) && !worst_counts(w, l);
}

static void add_sides(verify_split *m, const verify_limit *l, bool constraint)
{
    for (int max = 0; max < 2; max++)
        if (max ? l->has_max : l->has_min)
            m->bound[m->bounds++] = (verify_side){.of = l,
                                                  .constraint = constraint,
                                                  .each = worst_counts(m->k->w, l),
                                                  .sign = max ? 1 : -1,
                                                  .is = max ? l->max : l->min};
}

/* ---- who may take part ---- */

static bool may_take_part(verify_split *m, bool infeasible_may, size_t i)
{
    const verify_world *w = m->k->w;
    double by = 0;
    if (w->dropped[i])
        return false;
    for (size_t k = 0; k < w->m; k++)
        if (verify_breaks(&m->k->s, i, k)) {
            (void)verify_keeps(w, &w->limit[k], i, &by);
            if (!infeasible_may || !averages(w, &w->limit[k]) || isnan(by))
                return false;
        }
    for (size_t b = 0; b < m->bounds; b++)
        if (m->bound[b].of->criterion == VERIFY_NONE && isnan(m->bound[b].of->x[i].y)) {
            m->unmeasured++;
            return false;
        }
    return true;
}

static bool find_participants(verify_split *m, bool infeasible_may)
{
    const verify_case *k = m->k;
    const verify_world *w = k->w;
    if (!VERIFY_ROOM(k->j, m->candidate, w->n) || !VERIFY_ROOM(k->j, m->place, w->n))
        return false;
    for (size_t i = 0; i < w->n; i++) {
        m->place[i] = VERIFY_NONE;
        if (!may_take_part(m, infeasible_may, i))
            continue;
        m->place[i] = (int)m->n;
        m->candidate[m->n++] = (uint32_t)i;
    }
    if (!VERIFY_ROOM(k->j, m->value, w->d * m->n) ||
        !VERIFY_ROOM(k->j, m->utility, w->people * m->n))
        return false;
    for (size_t q = 0; q < m->n; q++) {
        const size_t i = m->candidate[q];
        const int slot = k->s.slot[i];
        for (size_t c = 0; c < w->d; c++) {
            const double y = verify_measured(w, c, i);
            m->value[c * m->n + q] =
                slot != VERIFY_NONE
                    ? k->s.value[c * k->s.f + (size_t)slot]
                    : verify_value(&w->criterion[c], k->s.worst[c], k->s.best[c], y);
        }
        for (size_t h = 0; h < w->people; h++)
            for (size_t c = 0; c < w->d; c++)
                m->utility[h * m->n + q] += w->person[h].weight[c] * m->value[c * m->n + q];
    }
    return true;
}

/* Bests and disagreements are those of the feasible ones; where nobody is, of the participants. */
static void find_ends(verify_split *m)
{
    const verify_case *k = m->k;
    const int today = k->w->incumbent == VERIFY_NONE ? VERIFY_NONE : m->place[k->w->incumbent];
    for (size_t h = 0; h < k->w->people; h++) {
        const double *u = m->utility + h * m->n;
        m->most[h] = k->s.most[h];
        m->disagreement[h] = k->s.disagreement[h];
        for (size_t q = 0; q < m->n && k->s.f == 0; q++) {
            m->most[h] = q == 0 ? u[q] : fmax(m->most[h], u[q]);
            m->disagreement[h] = q == 0 ? u[q] : fmin(m->disagreement[h], u[q]);
        }
        if (k->s.f == 0 && today != VERIFY_NONE)
            m->disagreement[h] = u[today];
    }
}

/* ---- the rule ---- */

static void add_level(verify_split *m, size_t subject, double factor, double less)
{
    m->subject[m->levels] = subject;
    m->factor[m->levels] = factor;
    m->less[m->levels++] = less;
}

static bool set_levels(verify_split *m, const verify_node *mix)
{
    static const char *const rules[] = {"weighted",          "maximin",        "leximin",  "nash",
                                        "kalai-smorodinsky", "minimax-regret", "chebyshev"};
    const verify_world *w = m->k->w;
    const bool hope = strcmp(m->rule, "kalai-smorodinsky") == 0;
    const bool gain = hope || strcmp(m->rule, "nash") == 0;
    const bool regret = strcmp(m->rule, "minimax-regret") == 0;
    bool known = false;
    for (size_t q = 0; q < sizeof rules / sizeof *rules; q++)
        known = known || strcmp(rules[q], m->rule) == 0;
    if (!known)
        return claim_fails(m->k->j, verify_get(mix, "rule"), "there is no such rule for shares");
    m->weighted = strcmp(m->rule, "weighted") == 0;
    m->of_criteria = strcmp(m->rule, "chebyshev") == 0;
    m->product = strcmp(m->rule, "nash") == 0 && !verify_is_true(mix, "no_gain");
    for (size_t c = 0; c < w->d && m->of_criteria; c++)
        add_level(m, c, m->k->s.group[c], 1);
    for (size_t h = 0; h < w->people && !m->of_criteria && !m->weighted; h++) {
        const double range = m->most[h] - m->disagreement[h];
        if (!(w->person[h].power > 0) || (hope && !(range > VERIFY_TIE)))
            continue;
        add_level(m, h, hope ? 1 / range : 1, gain ? m->disagreement[h] : regret ? m->most[h] : 0);
    }
    m->product = m->product && m->levels > 1; /* of one it is that gain itself */
    return true;
}

double verify_level(const verify_split *m, size_t l, const double *utility, const double *value)
{
    const double x = m->of_criteria ? value[m->subject[l]] : utility[m->subject[l]];
    return m->factor[l] * (x - m->less[l]);
}

double verify_split_value(const verify_split *m, const double *utility, const double *value)
{
    double least = INFINITY, sum = 0, product = 1;
    if (m->weighted) {
        for (size_t h = 0; h < m->k->w->people; h++)
            sum += m->k->w->person[h].power * utility[h];
        return sum;
    }
    for (size_t l = 0; l < m->levels; l++) {
        const double y = verify_level(m, l, utility, value);
        least = fmin(least, y);
        sum += y;
        product *= m->product && y > VERIFY_TIE ? pow(y, m->k->w->person[m->subject[l]].power) : 1;
    }
    if (m->levels == 0)
        return 0;
    if (m->product && least > VERIFY_TIE)
        return product;
    return least + (m->of_criteria ? 0.001 * sum : 0);
}

/* What participant q gives goes into the room for one. */
static void look_at(const verify_split *m, size_t q)
{
    for (size_t h = 0; h < m->k->w->people; h++)
        m->one_gets[h] = m->utility[h * m->n + q];
    for (size_t c = 0; c < m->k->w->d; c++)
        m->one_has[c] = m->value[c * m->n + q];
}

double verify_single_value(const verify_split *m, size_t q)
{
    look_at(m, q);
    return verify_split_value(m, m->one_gets, m->one_has);
}

bool verify_meets_alone(const verify_split *m, size_t q)
{
    for (size_t b = 0; b < m->bounds; b++)
        if (m->bound[b].sign * (verify_bound_reading(m, &m->bound[b], q) - m->bound[b].is) > 0)
            return false;
    return true;
}

double verify_size(const verify_split *m, size_t c)
{
    double size = 0;
    for (size_t q = 0; q < m->n; q++)
        size = fmax(size, fabs(verify_reading(m->k->w, c, m->candidate[q]).y));
    return size;
}

static bool make_room(verify_split *m)
{
    verify_job *j = m->k->j;
    const size_t d = m->k->w->d, people = m->k->w->people, most = d > people ? d : people;
    return VERIFY_ROOM(j, m->bound, 2 * (m->k->w->m + m->k->w->mix_m)) &&
           VERIFY_ROOM(j, m->most, people) && VERIFY_ROOM(j, m->disagreement, people) &&
           VERIFY_ROOM(j, m->subject, most) && VERIFY_ROOM(j, m->factor, most) &&
           VERIFY_ROOM(j, m->less, most) && VERIFY_ROOM(j, m->gets, people) &&
           VERIFY_ROOM(j, m->has, d) && VERIFY_ROOM(j, m->one_gets, people) &&
           VERIFY_ROOM(j, m->one_has, d);
}

bool verify_split_start(verify_split *m, const verify_node *mix)
{
    verify_world *w = m->k->w;
    const bool may = verify_is_true(verify_get(w->scenario, "mix"), "infeasible_may_mix");
    if (!make_room(m))
        return false;
    m->rule = verify_text(mix, "rule", "");
    for (size_t k = 0; k < w->mix_m; k++)
        add_sides(m, &w->mix_limit[k], false);
    for (size_t k = 0; k < w->m && may; k++)
        if (averages(w, &w->limit[k]))
            add_sides(m, &w->limit[k], true);
    if (!find_participants(m, may))
        return false;
    find_ends(m);
    return set_levels(m, mix);
}

/* ---- proofs ---- */

void verify_add_excess(const verify_split *m, const verify_side *b, size_t q, double multiplier)
{
    mpq_t *room = m->k->w->room;
    const double y = verify_bound_reading(m, b, q);
    mpq_set_d(room[1], multiplier);
    if (b->each) {
        mpq_set_ui(room[2], b->sign * (y - b->is) > 0, 1);
    } else {
        verify_set_decimal(room[2], y);
        verify_set_decimal(room[3], b->is);
        mpq_sub(room[2], room[2], room[3]);
        if (b->sign < 0)
            mpq_neg(room[2], room[2]);
    }
    mpq_mul(room[1], room[1], room[2]);
    mpq_add(room[0], room[0], room[1]);
}

/* The multipliers of the levels: of nash the slopes of the value, of weighted the powers. */
static bool read_weights(const verify_split *m, const verify_node *mix, double *omega)
{
    const verify_node *list = verify_get(mix, "levels");
    const double least = m->of_criteria ? 0.001 : 0;
    double sum = 0;
    size_t l = 0;
    for (verify_node *x = list ? list->first : NULL; x && l < m->levels; x = x->next, l++) {
        verify_node *weight = claim_child(m->k->j, x, "weight");
        const double y = verify_level(m, l, m->gets, m->has);
        if (!weight || weight->kind != VERIFY_NUMBER || weight->number < least - VERIFY_TIE)
            return weight && claim_fails(m->k->j, weight, "it is no multiplier");
        omega[l] = weight->number;
        sum += weight->number - least;
        if (m->product) {
            const double power = m->k->w->person[m->subject[l]].power;
            const double slope = /* at the level as it is written */
                verify_double(mix, "value", 0) * power / verify_double(x, "level", NAN);
            if (!claim_near(weight->number, slope))
                return claim_fails(m->k->j, weight, "it is not the slope of the value");
            omega[l] = verify_split_value(m, m->gets, m->has) * power / y;
        }
        (void)claim_holds(m->k->j, weight);
    }
    if (m->levels > 0 && !m->product && fabs(sum - 1) > VERIFY_TIE)
        return claim_fails(m->k->j, list, "the weights do not add to 1");
    return true;
}

/* room[0] = what participant q is worth at the multipliers. */
static void find_worth(const verify_split *m, const double *omega, const double *lambda, size_t q)
{
    mpq_t *room = m->k->w->room;
    look_at(m, q);
    mpq_set_ui(room[0], 0, 1);
    for (size_t b = 0; b < m->bounds; b++)
        verify_add_excess(m, &m->bound[b], q, -lambda[b]);
    for (size_t l = 0; l < (m->weighted ? 1 : m->levels); l++) {
        mpq_set_d(room[1], m->weighted ? 1 : omega[l]);
        mpq_set_d(room[2], m->weighted ? verify_split_value(m, m->one_gets, m->one_has)
                                       : verify_level(m, l, m->one_gets, m->one_has));
        mpq_mul(room[1], room[1], room[2]);
        mpq_add(room[0], room[0], room[1]);
    }
}

bool verify_is_barred(const verify_split *m, size_t q)
{
    for (size_t b = 0; b < m->bounds; b++)
        if (m->bound[b].each &&
            m->bound[b].sign * (verify_bound_reading(m, &m->bound[b], q) - m->bound[b].is) > 0)
            return true;
    return false;
}

bool verify_prove(verify_split *m, const verify_node *mix, verify_proof *out)
{
    double *omega = NULL, *lambda = NULL, most = -INFINITY;
    double at = 0;
    size_t b = 0;
    const verify_node *limits = verify_get(mix, "limits");
    if (!VERIFY_ROOM(m->k->j, omega, m->levels) || !VERIFY_ROOM(m->k->j, lambda, m->bounds) ||
        !VERIFY_ROOM(m->k->j, out->lacks, m->n))
        return false;
    for (verify_node *x = limits->first; x; x = x->next, b++) {
        verify_node *multiplier = claim_child(m->k->j, x, "multiplier");
        if (!multiplier || multiplier->kind != VERIFY_NUMBER || multiplier->number < 0)
            return multiplier && claim_fails(m->k->j, multiplier, "it is no multiplier");
        lambda[b] = multiplier->number;
        (void)claim_holds(m->k->j, multiplier);
    }
    if (!read_weights(m, mix, omega))
        return false;
    for (size_t q = 0; q < m->n; q++) {
        out->lacks[q] = NAN;
        if (verify_is_barred(m, q))
            continue;
        find_worth(m, omega, lambda, q);
        out->lacks[q] = mpq_get_d(m->k->w->room[0]);
        most = fmax(most, out->lacks[q]);
    }
    const double value = verify_split_value(m, m->gets, m->has);
    for (size_t q = 0; q < m->n; q++)
        out->lacks[q] = most - out->lacks[q];
    for (size_t l = 0; l < m->levels; l++)
        at += omega[l] * verify_level(m, l, m->gets, m->has);
    out->gap = fmax(0, m->product ? value * expm1((most - at) / value) : most - value);
    return true;
}
