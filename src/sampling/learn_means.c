/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What everything is worth on average: that of which knowledge is compared. */
#include "sampling/learn.h"

#include <math.h>
#include <string.h>

/* Is the mean value that of the reading? */
static bool is_centred(const learn_case *l, size_t c)
{
    const noise_plan *p = l->q->c->noise;
    const noise_reader *r = learn_reader(l, c);
    bool centred = true;
    for (size_t q = 0; q < r->n; q++) {
        const noise_source *s = &p->source[r->use[q].source];
        centred &= s->kind != &noise_split && !(s->items && !noise_use_is_normal(p, &r->use[q]));
    }
    return centred && (r->n == 0 || !learn_is_bent(&l->q->c->k->s->criteria[c]));
}

/* Values whose means have a closed form. Returns whether there are others. */
static bool set_mean_values(learn_case *l)
{
    const sampling_case *k = l->q->c;
    bool others = false;
    tdo_copy_values(k->k->v, l->value);
    for (size_t c = 0; c < k->d; c++) {
        const bool normal = noise_is_normal(k->noise, learn_reader(l, c));
        l->known[c] = is_centred(l, c) || normal;
        others |= !l->known[c];
        for (size_t i = 0; i < k->f && !is_centred(l, c) && normal; i++)
            l->value[c * k->f + i] = sampling_mean_value(
                k, c, i, 0, noise_se(k->noise, learn_reader(l, c), k->k->f->feasible[i]));
    }
    return others;
}

static void add(const double *x, size_t n, double *sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] += x[i];
}

static void divide(double *x, size_t n, double by)
{
    for (size_t i = 0; i < n; i++)
        x[i] /= by;
}

/* The others, and all wishes that are open. */
static tdo_status sample_means(learn_case *l)
{
    const sampling_inquiry *q = l->q;
    const sampling_case *k = q->c;
    const sampling_setting set = sampling_all_uncertain(q);
    sampling_drawn drawn;
    sampling_room room;
    tdo_status status = sampling_drawn_make(k, &set, 1, q->a, &drawn);
    if (status == TDO_OK)
        status = sampling_room_make(&drawn, &set, q->a, &room);
    if (status != TDO_OK)
        return status;
    for (size_t c = 0; c < k->d; c++)
        if (!l->known[c])
            memset(l->value + c * k->f, 0, k->f * sizeof *l->value);
    for (size_t h = 0; h < k->s; h++)
        if (q->weights[h])
            memset(l->wish + h * k->d, 0, k->d * sizeof *l->wish);
    if (q->powers)
        memset(l->power, 0, k->s * sizeof *l->power);
    for (uint64_t n = 0; n < l->samples && !learn_stopped(l); n++) {
        sampling_draw_all(&drawn, n);
        sampling_make(&room);
        for (size_t c = 0; c < k->d; c++)
            if (!l->known[c])
                add(room.value + c * k->f, k->f, l->value + c * k->f);
        for (size_t h = 0; h < k->s; h++)
            if (q->weights[h])
                add(drawn.weight + h * k->d, k->d, l->wish + h * k->d);
        if (q->powers)
            add(drawn.power, k->s, l->power);
    }
    for (size_t c = 0; c < k->d; c++)
        if (!l->known[c])
            divide(l->value + c * k->f, k->f, (double)l->samples);
    for (size_t h = 0; h < k->s; h++)
        if (q->weights[h])
            divide(l->wish + h * k->d, k->d, (double)l->samples);
    if (q->powers)
        divide(l->power, k->s, (double)l->samples);
    return TDO_OK;
}

static void set_scores(learn_case *l)
{
    const sampling_case *k = l->q->c;
    memset(l->weight, 0, k->d * sizeof *l->weight);
    for (size_t h = 0; h < k->s; h++)
        for (size_t c = 0; c < k->d; c++)
            l->weight[c] += l->power[h] * l->wish[h * k->d + c];
    memset(l->score, 0, k->f * sizeof *l->score);
    for (size_t c = 0; c < k->d; c++)
        for (size_t i = 0; i < k->f; i++)
            l->score[i] += l->weight[c] * l->value[c * k->f + i];
    l->best = k->k->r->recommended;
    for (size_t n = 0; n < k->f; n++) {
        uint32_t i = k->k->r->order[n];
        l->best = l->score[i] > l->score[l->best] + TDO_TIE ? i : l->best;
    }
}

tdo_status sampling_make_learning(const sampling_inquiry *q, learn_case *l)
{
    const sampling_case *k = q->c;
    const uint64_t most = TDO_LEARN_SAMPLES, n = q->out->samples;
    *l = (learn_case){.q = q, .samples = n < most || k->each_draw ? n : most};
    l->power = tdo_alloc(q->a, k->s, sizeof *l->power);
    l->wish = tdo_alloc(q->a, k->s * k->d, sizeof *l->wish);
    l->weight = tdo_alloc(q->a, k->d, sizeof *l->weight);
    l->value = tdo_alloc(q->a, k->d * k->f, sizeof *l->value);
    l->score = tdo_alloc(q->a, k->f, sizeof *l->score);
    l->known = tdo_alloc(q->a, k->d, sizeof *l->known);
    l->at = tdo_alloc(q->a, k->f, sizeof *l->at);
    if (!l->power || !l->wish || !l->weight || !l->value || !l->score || !l->known || !l->at)
        return TDO_E_MEMORY;
    memcpy(l->power, k->k->u->power, k->s * sizeof *l->power);
    memcpy(l->wish, k->k->u->weight, k->s * k->d * sizeof *l->wish);
    const bool others = set_mean_values(l);
    const tdo_status status = others || q->any_wishes ? sample_means(l) : TDO_OK;
    set_scores(l);
    return status;
}
