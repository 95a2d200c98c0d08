/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where everybody stands: who is feasible, values, utilities. */
#include "recount/standing.h"

#include <math.h>
#include <string.h>

size_t verify_count_broken(const verify_standing *s, size_t i)
{
    size_t n = 0;
    for (size_t q = 0; q < s->words; q++)
        for (uint64_t left = s->broken[i * s->words + q]; left; left &= left - 1)
            n++;
    return n;
}

/* Is there any? */
static bool mark_broken(const verify_world *w, verify_standing *s, size_t i)
{
    bool some = false;
    double by = 0;
    for (size_t k = 0; k < w->m; k++) {
        const verify_limit *l = &w->limit[k];
        if (l->judged ? l->judged[i] : verify_keeps(w, l, i, &by))
            continue;
        s->broken[i * s->words + k / 64] |= UINT64_C(1) << k % 64;
        some = true;
    }
    return some;
}

void verify_find_range(const verify_world *w, size_t c, double *worst, double *best)
{
    const verify_criterion *k = &w->criterion[c];
    *worst = k->worst;
    *best = k->best;
    if (k->n_value > 0) {
        const bool up = k->goal == VERIFY_MORE;
        *worst = k->value_x[up ? 0 : k->n_value - 1];
        *best = k->value_x[up ? k->n_value - 1 : 0];
    }
    if (k->has_range || k->n_value > 0)
        return;
    *worst = *best = NAN;
    for (size_t i = 0; i < w->n; i++) {
        const double y = verify_measured(w, c, i);
        if (w->dropped[i])
            continue;
        const double sign = k->goal == VERIFY_MORE ? 1 : -1;
        *worst = isnan(*worst) || sign * y < sign * *worst ? y : *worst;
        *best = isnan(*best) || sign * y > sign * *best ? y : *best;
    }
}

static bool find_feasible(verify_job *j, const verify_world *w, verify_standing *s)
{
    s->words = w->m / 64 + 1;
    if (!VERIFY_ROOM(j, s->feasible, w->n) || !VERIFY_ROOM(j, s->slot, w->n) ||
        !VERIFY_ROOM(j, s->broken, w->n * s->words))
        return false;
    for (size_t i = 0; i < w->n; i++) {
        s->slot[i] = VERIFY_NONE;
        if (w->dropped[i] || mark_broken(w, s, i))
            continue;
        s->slot[i] = (int)s->f;
        s->feasible[s->f++] = (uint32_t)i;
    }
    return true;
}

bool verify_make_ends(verify_job *j, const verify_world *w, verify_standing *s)
{
    return VERIFY_ROOM(j, s->power, w->people) && VERIFY_ROOM(j, s->group, w->d) &&
           VERIFY_ROOM(j, s->most, w->people) && VERIFY_ROOM(j, s->disagreement, w->people);
}

void verify_settle(const verify_world *w, verify_standing *s)
{
    const int today = w->incumbent == VERIFY_NONE ? VERIFY_NONE : s->slot[w->incumbent];
    memset(s->group, 0, w->d * sizeof *s->group);
    for (size_t h = 0; h < w->people; h++) {
        const double *u = s->utility + h * s->f;
        s->power[h] = w->person[h].power;
        for (size_t c = 0; c < w->d; c++)
            s->group[c] += s->power[h] * w->person[h].weight[c];
        s->most[h] = s->disagreement[h] = s->f > 0 ? u[0] : NAN;
        for (size_t k = 1; k < s->f; k++) {
            s->most[h] = fmax(s->most[h], u[k]);
            s->disagreement[h] = fmin(s->disagreement[h], u[k]);
        }
        if (today != VERIFY_NONE)
            s->disagreement[h] = u[today];
    }
}

bool verify_stand(verify_job *j, const verify_world *w, verify_standing *s)
{
    *s = (verify_standing){0};
    if (!find_feasible(j, w, s) || !verify_make_ends(j, w, s) || !VERIFY_ROOM(j, s->worst, w->d) ||
        !VERIFY_ROOM(j, s->best, w->d) || !VERIFY_ROOM(j, s->gain, s->f * w->d) ||
        !VERIFY_ROOM(j, s->value, w->d * s->f) || !VERIFY_ROOM(j, s->utility, w->people * s->f))
        return false;
    for (size_t c = 0; c < w->d; c++) {
        const verify_criterion *k = &w->criterion[c];
        verify_find_range(w, c, &s->worst[c], &s->best[c]);
        for (size_t q = 0; q < s->f; q++) {
            const double y = verify_measured(w, c, s->feasible[q]);
            s->gain[q * w->d + c] = k->goal == VERIFY_MORE ? y : -y;
            s->value[c * s->f + q] = verify_value(k, s->worst[c], s->best[c], y);
        }
    }
    for (size_t h = 0; h < w->people; h++)
        for (size_t c = 0; c < w->d; c++)
            for (size_t q = 0; q < s->f && w->person[h].weight[c] > 0; q++)
                s->utility[h * s->f + q] += w->person[h].weight[c] * s->value[c * s->f + q];
    verify_settle(w, s);
    return true;
}
