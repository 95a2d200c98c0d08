/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to measure next, and whom to ask next. */
#include "sampling/learn.h"

#include <math.h>
#include <string.h>

/* ---- a criterion, from samples ---- */

/* Whose errors are drawn for each candidate by itself, so that one tells nothing of another. */
static bool are_independent(const learn_case *l, size_t c)
{
    const noise_plan *p = l->q->c->noise;
    const noise_reader *r = learn_reader(l, c);
    bool independent = true;
    for (size_t q = 0; q < r->n; q++) {
        const noise_source *s = &p->source[r->use[q].source];
        independent &= s->kind && !s->items && !(noise_correlation(s, 0) > 0);
    }
    return independent;
}

/* What is left to sample of one candidate alone: it becomes the best, or ceases to be. */
static void add_each(const learn_case *l, learn_sum *each)
{
    for (uint32_t i = 0; i < l->q->c->f; i++) {
        double other = -INFINITY, now = i == l->best ? l->at[i] : l->score[l->best];
        if (i != l->best)
            other = l->score[l->best];
        for (uint32_t j = 0; j < l->q->c->f && i == l->best; j++)
            other = j != i && l->score[j] > other ? l->score[j] : other;
        learn_add(&each[i], (l->at[i] > other ? l->at[i] : other) - now);
    }
}

/* The scores of one sample, given what the criterion read. */
static void set_learned(const learn_case *l, const sampling_room *room)
{
    const sampling_case *k = l->q->c;
    memcpy(l->at, l->score, k->f * sizeof *l->at);
    for (size_t c = 0; c < k->d; c++)
        for (size_t i = 0; i < k->f && l->known[c]; i++)
            l->at[i] += l->weight[c] * (room->value[c * k->f + i] - l->value[c * k->f + i]);
}

/* each: [f]; NULL: not wanted. */
static tdo_status sample_criterion(const learn_case *l, size_t c, learn_sum *all, learn_sum *each)
{
    const sampling_inquiry *q = l->q;
    const noise_reader *r = learn_reader(l, c);
    sampling_drawn drawn;
    sampling_room room;
    bool *noise = tdo_alloc(q->a, q->c->noise->n, sizeof *noise);
    if (!noise)
        return TDO_E_MEMORY;
    for (size_t u = 0; u < r->n; u++)
        noise[r->use[u].source] = true;
    const sampling_setting set = {.seed = q->out->seed, .noise = noise, .weights = q->no_weights};
    tdo_status status = sampling_drawn_make(q->c, &set, 1, q->a, &drawn);
    if (status == TDO_OK)
        status = sampling_room_make(&drawn, &set, q->a, &room);
    for (size_t other = 0; other < q->c->d; other++)
        l->known[other] = other == c || sampling_bond(l, c, other) == LEARN_SAME;
    for (uint64_t n = 0; n < l->samples && status == TDO_OK && !learn_stopped(l); n++) {
        sampling_draw_all(&drawn, n);
        sampling_make(&room);
        set_learned(l, &room);
        learn_add(all, sampling_gain(l, l->at));
        if (each)
            add_each(l, each);
    }
    return status;
}

/* ---- the lists ---- */

typedef struct listing {
    learn_case *l;
    tdo_measure_next *measure;
    size_t *unknown;
    size_t n, n_unknown;
} listing;

static const tdo_measure_more *asked(const learn_case *l, size_t c)
{
    const tdo_scenario *s = l->q->c->k->s;
    for (size_t m = 0; m < s->n_measure; m++)
        if (s->measure[m].criterion == c)
            return &s->measure[m];
    return NULL;
}

static tdo_measure_next of_all(size_t c)
{
    return (tdo_measure_next){.criterion = c, .slot = UINT32_MAX, .best_n = NAN};
}

/* Behind those that are worth as much. */
static void list(listing *x, const tdo_measure_next *next)
{
    size_t at = x->n++;
    for (; at > 0 && x->measure[at - 1].value < next->value; at--)
        x->measure[at] = x->measure[at - 1];
    x->measure[at] = *next;
}

/* Who knows all readings knows each: where too few samples gain anything to show that, as much is
 * known, and no more. single: the most that one is worth. */
static void list_all(listing *x, tdo_measure_next *all, double single)
{
    if (single > all->value) {
        all->value_se = fmax(all->value_se, single - all->value);
        all->value = single;
    }
    list(x, all);
}

static void list_reading(listing *x, size_t c, uint32_t slot, double value, double se)
{
    tdo_measure_next next = of_all(c);
    next.slot = slot;
    next.value = value;
    next.value_se = se;
    if (value >= TDO_LEARN_LEAST)
        list(x, &next);
}

/* Is another criterion bound to it in that way? */
static bool has_bond(const learn_case *l, size_t c, learn_bond bond)
{
    bool any = false;
    for (size_t other = 0; other < l->q->c->d; other++)
        any |= other != c && sampling_bond(l, c, other) == bond;
    return any;
}

static tdo_status list_straight(listing *x, size_t c)
{
    learn_case *l = x->l;
    const size_t f = l->q->c->f;
    tdo_measure_next all = of_all(c);
    learn_joint joint;
    learn_sum sum = {0};
    uint32_t *order = tdo_alloc(l->q->a, f, sizeof *order);
    uint64_t *room = tdo_alloc(l->q->a, 2 * f, sizeof *room);
    tdo_status status = order && room ? sampling_join(l, c, &joint) : TDO_E_MEMORY;
    if (status != TDO_OK)
        return status;
    if (joint.n > 2 && !has_bond(l, c, LEARN_JOINT)) {
        status = sample_criterion(l, c, &sum, NULL); /* draws less than the joint ones do */
        sampling_learned(l, &sum, &all.value, &all.value_se);
    } else {
        sampling_learn_all(&joint, 0, 0, &all.value, &all.value_se);
    }
    if (asked(l, c) && status == TDO_OK)
        status = sampling_learn_items(&joint, asked(l, c), &all);
    double most = 0;
    for (uint32_t i = 0; i < f; i++) {
        double value = sampling_learn_reading(&joint, i, order, room);
        most = fmax(most, value);
        list_reading(x, c, i, value, 0);
    }
    list_all(x, &all, most);
    return status;
}

/* Where a value bends or an error is not normal. */
static tdo_status list_other(listing *x, size_t c)
{
    learn_case *l = x->l;
    const size_t f = l->q->c->f;
    const bool normal = noise_is_normal(l->q->c->noise, learn_reader(l, c));
    tdo_measure_next all = of_all(c);
    learn_sum sum = {0}, *each = NULL;
    tdo_status status = TDO_OK;
    if (!normal && are_independent(l, c)) {
        each = tdo_alloc(l->q->a, f, sizeof *each);
        status = each ? TDO_OK : TDO_E_MEMORY;
    }
    if (status == TDO_OK)
        status = sample_criterion(l, c, &sum, each);
    sampling_learned(l, &sum, &all.value, &all.value_se);
    double most = 0;
    for (uint32_t i = 0; i < f && status == TDO_OK && (each || normal); i++) {
        double value = 0, se = 0;
        if (each)
            sampling_learned(l, &each[i], &value, &se);
        else
            value = sampling_learn_bent(l, c, i);
        most = fmax(most, value);
        list_reading(x, c, i, value, se);
    }
    list_all(x, &all, most);
    return status;
}

static tdo_status list_criterion(listing *x, size_t c)
{
    const learn_case *l = x->l;
    if (learn_reader(l, c)->n == 0)
        return TDO_OK;
    if (sampling_tells_straight(l, c))
        return list_straight(x, c);
    if (has_bond(l, c, LEARN_JOINT) || has_bond(l, c, LEARN_UNKNOWN)) {
        x->unknown[x->n_unknown++] = c;
        return TDO_OK;
    }
    return list_other(x, c);
}

/* What knowing somebody's weights is worth: the means of all else. */
static void learn_wishes(const learn_case *l, size_t h, tdo_discuss_next *out)
{
    const sampling_case *k = l->q->c;
    double wish[TDO_MAX_CRITERIA];
    learn_sum sum = {0};
    for (uint64_t n = 0; n < l->samples && !learn_stopped(l); n++) {
        const variate_draw d = {l->q->out->seed, n, (uint32_t)h};
        variate_region_draw(&k->region[h], &d, k->d, wish);
        memcpy(l->at, l->score, k->f * sizeof *l->at);
        for (size_t c = 0; c < k->d; c++) {
            double by = l->power[h] * (wish[c] - l->wish[h * k->d + c]);
            for (size_t i = 0; i < k->f; i++)
                l->at[i] += by * l->value[c * k->f + i];
        }
        learn_add(&sum, sampling_gain(l, l->at));
    }
    *out = (tdo_discuss_next){.stakeholder = h};
    sampling_learned(l, &sum, &out->value, &out->value_se);
}

static tdo_status list_readings(learn_case *l, tdo_information *out)
{
    const sampling_case *k = l->q->c;
    listing x = {.l = l};
    tdo_status status = TDO_OK;
    x.measure = tdo_alloc(l->q->a, k->d * (k->f + 1), sizeof *x.measure);
    x.unknown = tdo_alloc(l->q->a, k->d, sizeof *x.unknown);
    if (!x.measure || !x.unknown)
        return TDO_E_MEMORY;
    for (size_t c = 0; c < k->d && status == TDO_OK; c++)
        status = list_criterion(&x, c);
    out->measure = x.measure;
    out->n_measure = x.n;
    out->unknown = x.unknown;
    out->n_unknown = x.n_unknown;
    return status;
}

static tdo_status list_people(const learn_case *l, tdo_information *out)
{
    tdo_discuss_next *people = tdo_alloc(l->q->a, l->q->c->s, sizeof *people), next;
    if (!people)
        return TDO_E_MEMORY;
    for (size_t h = 0; h < l->q->c->s; h++) {
        if (!l->q->weights[h])
            continue;
        learn_wishes(l, h, &next);
        size_t at = out->n_discuss++;
        for (; at > 0 && people[at - 1].value < next.value; at--)
            people[at] = people[at - 1];
        people[at] = next;
    }
    out->discuss = people;
    return TDO_OK;
}

tdo_status sampling_learn(sampling_inquiry *q)
{
    tdo_information *out = &q->out->information;
    learn_case l;
    if (!out->known || q->c->f > TDO_ROBUST_PAIRS)
        return TDO_OK;
    tdo_status status = sampling_make_learning(q, &l);
    if (status == TDO_OK)
        status = list_readings(&l, out);
    if (status == TDO_OK)
        status = list_people(&l, out);
    out->per_utility = sampling_per_utility(q->c);
    out->listed = !learn_stopped(&l);
    q->out->interrupted |= learn_stopped(&l);
    return status;
}
