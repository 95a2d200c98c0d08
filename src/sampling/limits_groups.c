/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits on what is taken of subgroups. The worst of noisy cells, their gap and their ratio are
 * biased by themselves, and would call candidates broken that are fair: a limit that holds when all
 * its parts hold (every cell is above; every pair is near) is judged part by part. In the other
 * direction, and of a mean, what is taken is sampled as a whole. */
#include "noise/groups.h"
#include "sampling/limits.h"

#include <math.h>
#include <string.h>

enum {
    SAMPLES = TDO_ROBUST_LIMITS,
    AT_ONCE = 128 /* cells whose samples are kept together */
};

typedef struct judging_cells {
    sampling_judging *g;
    size_t source, set; /* of noise, and its cells */
    const noise_taking *taking;
    const noise_cells *cells;
} judging_cells;

/* A candidate under the limit. */
typedef struct cell_standing {
    size_t i;
    size_t from, n; /* its cells */
    double reading;
    const double *drawn; /* [n x SAMPLES] its cells; NULL: all that is asked for is closed */
    double *taken;       /* [SAMPLES] what is taken of them; NULL likewise */
} cell_standing;

/* min or max. */
typedef struct side {
    bool has, by_parts;
    double sign; /* 1: min, -1: max */
    double bound;
} side;

static const tdo_criterion *criterion_of(const judging_cells *k)
{
    return k->taking->of;
}

static bool holds_by_parts(const tdo_criterion *of, double sign)
{
    switch (of->groups->take) {
    case TDO_TAKE_WORST:
        return of->goal != TDO_GOAL_TARGET && tdo_better(of, sign, 0) > 0;
    case TDO_TAKE_GAP:
        return sign < 0;
    case TDO_TAKE_RATIO:
        return sign > 0;
    case TDO_TAKE_MEAN:
    case TDO_TAKES:
        break;
    }
    return false;
}

static void set_sides(const judging_cells *k, side out[2])
{
    const tdo_condition *is = &sampling_limit_of(k->g)->condition;
    const tdo_criterion *of = criterion_of(k);
    out[0] = (side){is->has_min, holds_by_parts(of, 1), 1, is->min};
    out[1] = (side){is->has_max, holds_by_parts(of, -1), -1, is->max};
}

/* ---- parts ---- */

REAL_CLONES
static size_t count_pairs(const double *x, const double *y, double by, double bound)
{
    size_t holds = 0;
    for (size_t t = 0; t < SAMPLES; t++)
        holds += by * x[t] - y[t] <= bound;
    return holds;
}

static double pair_holds(const judging_cells *k, const cell_standing *y, const noise_pair *p)
{
    const double closed = noise_pair_holds(k->cells, p);
    if (!isnan(closed))
        return closed;
    return (double)count_pairs(y->drawn + (p->x - y->from) * SAMPLES,
                               y->drawn + (p->y - y->from) * SAMPLES, p->by, p->bound) /
           SAMPLES;
}

static size_t parts_of(const judging_cells *k, const cell_standing *y, const side *of)
{
    const bool pairs = criterion_of(k)->groups->take != TDO_TAKE_WORST;
    return !of->has ? 0 : !of->by_parts ? 1 : pairs ? y->n * (y->n - 1) : y->n;
}

/* Of gaps: no more than the bound between two cells; of ratios: the one at least so much of the
 * other. */
static double part_holds(const judging_cells *k, const cell_standing *y, const side *of,
                         size_t part, double bound)
{
    const tdo_take take = criterion_of(k)->groups->take;
    if (take == TDO_TAKE_WORST)
        return noise_cell_holds(k->cells, y->from + part, of->sign, bound);
    const size_t one = part / (y->n - 1), rest = part % (y->n - 1);
    const size_t other = rest + (rest >= one);
    noise_pair p = {.x = y->from + one, .y = y->from + other, .by = 1, .bound = bound};
    if (take == TDO_TAKE_RATIO) {
        p.by = bound;
        p.bound = 0;
    }
    return pair_holds(k, y, &p);
}

/* Bounds of which one is shown, whatever the cells are, and the other is not. NaN: none is known.
 */
static void bracket(const judging_cells *k, const cell_standing *y, const side *of, double *yes,
                    double *no)
{
    const double far = 100 * sqrt((double)y->n) * noise_se(k->g->p, k->g->r, y->i);
    const tdo_take take = criterion_of(k)->groups->take;
    *yes = take == TDO_TAKE_RATIO ? 0 : y->reading - of->sign * far;
    *no = take == TDO_TAKE_RATIO ? 2 : take == TDO_TAKE_GAP ? -far : y->reading + of->sign * far;
}

/* The last bound at which every part is shown, to the last bit, by halving. */
static double last_by_parts(const judging_cells *k, const cell_standing *y, const side *of)
{
    enum { HALVINGS = 2000 };
    const double level = k->g->d.level;
    double shown = NAN, yes = 0, no = 0;
    bracket(k, y, of, &shown, &no);
    for (size_t part = 0; part < parts_of(k, y, of); part++) {
        if (part_holds(k, y, of, part, no) >= level)
            continue; /* an earlier part says more */
        yes = shown;
        if (!(part_holds(k, y, of, part, yes) >= level))
            return NAN;
        for (int h = 0; h < HALVINGS; h++) {
            const double middle = yes / 2 + no / 2;
            if (!(middle > fmin(yes, no) && middle < fmax(yes, no)))
                break;
            *(part_holds(k, y, of, part, middle) >= level ? &yes : &no) = middle;
        }
        no = nextafter(yes, of->sign * INFINITY);
    }
    return nextafter(no, -of->sign * INFINITY);
}

/* ---- a candidate ---- */

static double whole_holds(const cell_standing *y, const side *of)
{
    size_t holds = 0;
    for (size_t t = 0; t < SAMPLES; t++)
        holds += of->sign > 0 ? y->taken[t] >= of->bound : y->taken[t] <= of->bound;
    return (double)holds / SAMPLES;
}

static double side_holds(const judging_cells *k, const cell_standing *y, const side *of)
{
    double least = 1;
    if (!of->by_parts)
        return whole_holds(y, of);
    for (size_t part = 0; part < parts_of(k, y, of); part++)
        least = fmin(least, part_holds(k, y, of, part, of->bound));
    return least;
}

/* 2 reading - mean of the draws, where cells can be. */
static double correct(const judging_cells *k, const cell_standing *y)
{
    const tdo_take take = criterion_of(k)->groups->take;
    const bool rate = noise_cell_is_beta(k->cells, y->from);
    double sum = 0;
    for (size_t t = 0; t < NOISE_CENTRED; t++)
        sum += y->taken[t] - y->reading;
    double z = y->reading - sum / NOISE_CENTRED;
    const double most = take == TDO_TAKE_RATIO ? 1 : rate ? k->cells->scale : INFINITY;
    z = z > most ? most : z;
    return z < 0 && (rate || take != TDO_TAKE_WORST) ? 0 : z;
}

static bool wants_correction(const judging_cells *k)
{
    return k->g->d.corrected && criterion_of(k)->groups->take != TDO_TAKE_MEAN;
}

/* Sorts y->taken. */
static void judge(const judging_cells *k, const cell_standing *y)
{
    sampling_judging *g = k->g;
    const tdo_measured *x = g->x;
    side sides[2];
    size_t parts = 0;
    double holds = 1;
    set_sides(k, sides);
    if (wants_correction(k))
        g->d.corrected[y->i] = correct(k, y);
    for (size_t q = 0; q < 2; q++) {
        parts += parts_of(k, y, &sides[q]);
        holds = sides[q].has ? fmin(holds, side_holds(k, y, &sides[q])) : holds;
    }
    g->d.holds[y->i] = x->matches[g->j] && !x->matches[g->j][y->i] ? 0 : holds;
    g->d.status[y->i] = tdo_shown_status(g->d.holds[y->i], parts, g->d.level);
    for (size_t q = 0; q < 2 && sampling_wants_bounds(g); q++) {
        const side *of = &sides[q];
        double *out = q == 0 ? &g->d.shown_min[y->i] : &g->d.shown_max[y->i];
        if (of->has)
            *out = of->by_parts ? last_by_parts(k, y, of)
                                : sampling_last_shown(y->taken, SAMPLES, g->d.level, of->sign);
    }
}

/* ---- samples ---- */

/* Has every pair of its cells a closed form? */
static bool pairs_are_closed(const judging_cells *k, const cell_standing *y)
{
    size_t betas = 0, uncertain = 0;
    for (size_t q = y->from; q < y->from + y->n; q++) {
        betas += noise_cell_is_beta(k->cells, q);
        uncertain += !noise_cell_is_exact(k->cells, q);
    }
    return betas == 0 || uncertain < 2;
}

static bool needs_samples(const judging_cells *k, const cell_standing *y)
{
    side sides[2];
    bool needs = wants_correction(k);
    set_sides(k, sides);
    for (size_t q = 0; q < 2; q++)
        needs |= sides[q].has &&
                 (!sides[q].by_parts ||
                  (criterion_of(k)->groups->take != TDO_TAKE_WORST && !pairs_are_closed(k, y)));
    return needs;
}

/* What sample t draws for those candidates. */
static void keep_sample(const judging_cells *k, const noise_room *room, cell_standing *who,
                        size_t n, size_t t, double *drawn)
{
    const noise_groups_slots *slots = room->slots->groups[k->source];
    const size_t *first = slots->first[k->set];
    for (size_t q = 0; q < n; q++) {
        const double *value = room->groups->value + first[q];
        const double *weight = k->cells->weight + who[q].from;
        const size_t taking = (size_t)(k->taking - k->g->p->source[k->source].groups->taking);
        for (size_t c = 0; c < who[q].n; c++)
            drawn[(first[q] + c) * SAMPLES + t] = value[c];
        who[q].taken[t] = who[q].reading + (noise_taken(criterion_of(k), value, weight, who[q].n) -
                                            slots->base[taking][q]);
    }
}

/* Judges n candidates by samples 0 to SAMPLES - 1 of the seed. */
static tdo_status judge_some(const judging_cells *k, cell_standing *who, size_t n)
{
    sampling_judging *g = k->g;
    tdo_arena *own = tdo_arena_new();
    bool *is_drawn = own ? tdo_alloc(own, g->p->n, sizeof *is_drawn) : NULL;
    uint32_t *at = own ? tdo_alloc(own, n, sizeof *at) : NULL;
    double *taken = own ? tdo_alloc(own, n * SAMPLES, sizeof *taken) : NULL, *drawn = NULL;
    const noise_setting set = {.seed = g->s->sampling.seed, .drawn = is_drawn};
    size_t cells = 0;
    noise_slots slots;
    noise_room room;
    tdo_status status = is_drawn && at && taken ? TDO_OK : TDO_E_MEMORY;
    for (size_t q = 0; q < n && status == TDO_OK; q++) {
        at[q] = (uint32_t)who[q].i;
        who[q].taken = taken + q * SAMPLES;
        cells += who[q].n;
    }
    if (status == TDO_OK)
        status = noise_slots_make(g->p, g->x, at, n, own, &slots);
    if (status == TDO_OK)
        status = noise_room_make(&slots, own, &room);
    if (status == TDO_OK) {
        is_drawn[k->source] = true;
        drawn = tdo_alloc(own, cells * SAMPLES, sizeof *drawn);
        status = drawn ? TDO_OK : TDO_E_MEMORY;
    }
    for (size_t t = 0; t < SAMPLES && status == TDO_OK; t++) {
        noise_draw_cell_lanes(&room, &set, t);
        noise_draw_cells(&room, k->source, k->set, &set, t);
        keep_sample(k, &room, who, n, t, drawn);
    }
    for (size_t q = 0; q < n && status == TDO_OK; q++) {
        who[q].drawn = drawn + slots.groups[k->source]->first[k->set][q] * SAMPLES;
        judge(k, &who[q]);
    }
    tdo_arena_free(own);
    return status;
}

/* ---- all ---- */

static void find_taking(judging_cells *k)
{
    const noise_groups_file *file = k->g->p->source[k->source].groups;
    k->taking = file->taking;
    while (k->taking->criterion != sampling_limit_of(k->g)->condition.criterion)
        k->taking++;
    k->set = k->taking->cells;
    k->cells = &file->cells[k->set];
}

tdo_status sampling_judge_cells(sampling_judging *g)
{
    const tdo_measured *x = g->x;
    judging_cells k = {.g = g, .source = g->r->use[0].source};
    cell_standing who[AT_ONCE];
    size_t n = 0, cells = 0;
    tdo_status status = TDO_OK;
    find_taking(&k);
    if (sampling_lists_all(g)) {
        g->d.corrected = tdo_alloc(g->a, x->n, sizeof *g->d.corrected);
        status = g->d.corrected ? TDO_OK : TDO_E_MEMORY;
        for (size_t i = 0; i < x->n && status == TDO_OK; i++)
            g->d.corrected[i] = NAN;
    }
    for (size_t i = 0; i < x->n && status == TDO_OK; i++) {
        if (x->dropped[i] || !isnan(g->d.se[i])) /* what is exact is judged by now */
            continue;
        const cell_standing y = {.i = i,
                                 .from = k.cells->start[i],
                                 .n = k.cells->start[i + 1] - k.cells->start[i],
                                 .reading = x->reading[k.taking->criterion][i]};
        if (!needs_samples(&k, &y)) {
            judge(&k, &y);
            continue;
        }
        if (n > 0 && cells + y.n > AT_ONCE) {
            status = judge_some(&k, who, n);
            n = cells = 0;
        }
        who[n++] = y;
        cells += y.n;
    }
    return status == TDO_OK && n > 0 ? judge_some(&k, who, n) : status;
}
