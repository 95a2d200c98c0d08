/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds under kemeny, for few candidates: the rule is asked at every point where its answer can
 * change, and between each two. While a weight moves, these are the crossings of one stakeholder's
 * utilities. While a power moves, the cost of every order is a line, and the least cost is a
 * concave envelope, whose corners are found from the outside inwards (Eisner and Severance
 * 1976). */
#include "weights/choice.h"

#include "rules/rules.h"

#include <math.h>
#include <string.h>

enum { MOST = TDO_CHOICE_KEMENY, POINTS = MOST * MOST + 8 };

typedef struct kemeny_job {
    const tdo_case *k;
    uint32_t first;
    size_t f;
    choice_path path;
    choice_line line[MOST]; /* utilities of the stakeholder whose weight moves */
    tdo_utility u;          /* at the point asked about: its own power and utility */
    double *power, *utility;
    double point[POINTS];
    size_t points;
} kemeny_job;

/* Asks the rule at t. rank: [f]. */
static tdo_status ask(kemeny_job *j, double t, uint32_t *rank)
{
    const tdo_utility *u = j->k->u;
    tdo_case in = *j->k;
    tdo_rule_result y = {0};
    tdo_arena *scratch = tdo_arena_new();
    tdo_status status = TDO_E_MEMORY;
    in.u = &j->u;
    if (!scratch)
        return status;
    memcpy(j->power, u->power, u->s * sizeof *j->power);
    tdo_copy_utilities(u, j->utility);
    for (size_t s = 0; s < u->s && j->path.criterion == TDO_NONE; s++)
        j->power[s] = s == j->path.stakeholder ? t : (1 - t) * j->path.rest[s];
    for (size_t c = 0; c < j->f && j->path.criterion != TDO_NONE; c++)
        j->utility[j->path.stakeholder * j->f + c] = choice_line_at(j->line[c], t);
    status = tdo_apply_rule(TDO_RULE_KEMENY, &in, scratch, &y);
    if (status == TDO_OK)
        memcpy(rank, y.rank, j->f * sizeof *rank);
    tdo_arena_free(scratch);
    return status;
}

/* ---- points ---- */

static void add_point(kemeny_job *j, double t)
{
    size_t at = j->points;
    if (!(t > 0 && t < 1) || j->points == POINTS)
        return;
    for (; at > 0 && j->point[at - 1] > t; at--)
        j->point[at] = j->point[at - 1];
    j->point[at] = t;
    j->points++;
}

static void add_crossings(kemeny_job *j)
{
    for (size_t a = 0; a < j->f; a++)
        for (size_t b = a + 1; b < j->f; b++) {
            double turn = j->line[a].slope - j->line[b].slope;
            if (turn != 0)
                add_point(j, (j->line[b].at0 - j->line[a].at0) / turn);
        }
}

/* What an order costs, as the power moves. */
static choice_line cost_of(const kemeny_job *j, const uint32_t *rank)
{
    choice_line y = {0, 0};
    for (size_t s = 0; s < j->k->u->s; s++) {
        const double *u = j->k->u->utility + s * j->f;
        double cost = 0;
        for (size_t a = 0; a < j->f; a++)
            for (size_t b = 0; b < j->f; b++)
                if (rank[a] < rank[b])
                    cost += rule_above(u[b], u[a]) ? 1 : rule_above(u[a], u[b]) ? 0 : 0.5;
        bool moved = s == j->path.stakeholder;
        y.at0 += moved ? 0 : j->path.rest[s] * cost;
        y.slope += moved ? cost : -j->path.rest[s] * cost;
    }
    return y;
}

/* The corners of the least cost between a and b, where x and y are least. */
static tdo_status add_corners(kemeny_job *j, double a, choice_line x, double b, choice_line y)
{
    uint32_t rank[MOST];
    double turn = x.slope - y.slope;
    if (choice_line_at(x, b) <= choice_line_at(y, b) + TDO_TIE ||
        choice_line_at(y, a) <= choice_line_at(x, a) + TDO_TIE)
        return TDO_OK; /* one of them is least at both ends, and so between them */
    double t = (y.at0 - x.at0) / turn;
    if (!(t > a && t < b) || j->points == POINTS)
        return TDO_OK;
    tdo_status status = ask(j, t, rank);
    if (status != TDO_OK)
        return status;
    choice_line z = cost_of(j, rank);
    add_point(j, t); /* a corner where x and y are least, and maybe one of z and another, else */
    if (choice_line_at(z, t) >= choice_line_at(x, t) - TDO_TIE)
        return TDO_OK;
    status = add_corners(j, a, x, t, z);
    return status == TDO_OK ? add_corners(j, t, z, b, y) : status;
}

static tdo_status add_envelope(kemeny_job *j)
{
    uint32_t rank[2][MOST];
    tdo_status status = ask(j, 0, rank[0]);
    if (status == TDO_OK)
        status = ask(j, 1, rank[1]);
    return status == TDO_OK ? add_corners(j, 0, cost_of(j, rank[0]), 1, cost_of(j, rank[1]))
                            : status;
}

/* ---- looking ---- */

/* Is another one first at t? */
static tdo_status is_lost(kemeny_job *j, double t, bool *lost, uint32_t *who)
{
    uint32_t rank[MOST];
    tdo_status status = ask(j, t, rank);
    for (uint32_t c = 0; c < j->f && status == TDO_OK; c++)
        if (rank[c] == 1) {
            *lost = c != j->first;
            *who = *lost ? c : *who;
        }
    return status;
}

static tdo_status look(kemeny_job *j, double way, double *limit, uint32_t *who)
{
    double last = j->path.current, end = way > 0 ? 1 : 0;
    bool lost = false;
    tdo_status status = TDO_OK;
    for (size_t i = 0; i <= j->points && status == TDO_OK && !lost; i++) {
        double t = i == j->points ? end : j->point[way > 0 ? i : j->points - 1 - i];
        if (way * (t - last) < CHOICE_SAME_POINT)
            continue;
        *limit = last;
        status = is_lost(j, last + (t - last) / 2, &lost, who);
        if (status == TDO_OK && !lost) {
            *limit = t;
            status = is_lost(j, t, &lost, who);
        }
        last = t;
    }
    if (!lost)
        *limit = end;
    return status;
}

tdo_status choice_holds_kemeny(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold, size_t n)
{
    const tdo_utility *u = k->u;
    double *rest = tdo_alloc(scratch, u->d > u->s ? u->d : u->s, sizeof *rest);
    kemeny_job *j = tdo_alloc(scratch, 1, sizeof *j);
    tdo_status status = rest && j ? TDO_OK : TDO_E_MEMORY;
    if (status != TDO_OK)
        return status;
    *j = (kemeny_job){.k = k, .first = k->r->winner[TDO_RULE_KEMENY], .f = u->f, .u = *u};
    j->u.power = j->power = tdo_alloc(scratch, u->s, sizeof *j->power);
    j->u.utility = j->utility = tdo_alloc(scratch, u->s * u->f, sizeof *j->utility);
    if (!j->power || !j->utility)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < n && status == TDO_OK; q++) {
        choice_path_make(u, hold[q].stakeholder, hold[q].criterion, rest, &j->path);
        j->points = 0;
        for (uint32_t c = 0; hold[q].criterion != TDO_NONE && c < u->f; c++)
            j->line[c] = choice_path_utility(&j->path, k->v, c);
        if (hold[q].criterion != TDO_NONE)
            add_crossings(j);
        else
            status = add_envelope(j);
        if (status == TDO_OK)
            status = look(j, 1, &hold[q].to, &hold[q].above);
        if (status == TDO_OK)
            status = look(j, -1, &hold[q].from, &hold[q].below);
    }
    return status;
}
