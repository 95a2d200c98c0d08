/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds under the rules that look at what each stakeholder has: maximin, kalai-smorodinsky,
 * minimax-regret, nash. When a weight moves, the utilities of that stakeholder are lines, its best
 * one and its disagreement point are pieces of lines. Within a piece, the comparison of two
 * candidates can change only where two of the numbers that the rule compares are equal, and each
 * such equation is linear. So the rule is asked at these points and once between them. */
#include "weights/choice.h"

#include "rules/rules.h"

#include <math.h>
#include <string.h>

enum { MOST_POINTS = 8 * TDO_MAX_STAKEHOLDERS + 8 };

/* What a rule compares of each stakeholder: the utility less some zero, in some unit. */
typedef struct comparison {
    enum { FROM_NOTHING, FROM_DISAGREEMENT, FROM_BEST } zero;
    bool by_hope; /* the unit is what could be gained at most; who can gain nothing is left out */
    bool product; /* to the powers, where all gain; else the least */
    bool least;   /* the least alone decides, not the next ones */
} comparison;

typedef struct levels_job {
    const tdo_case *k;
    comparison kind;
    uint32_t first;
    choice_path path;
    const choice_line *line; /* [F] utilities of whose weight moves; NULL: a power does */
    double *point;           /* [points] ends of the pieces, from 0 to 1 */
    size_t points;
    choice_line low, high; /* its disagreement and its best in the piece that is looked at */
} levels_job;

/* ---- the rule at one point ---- */

static double utility(const levels_job *j, size_t s, uint32_t k, double t)
{
    bool moves = j->line && s == j->path.stakeholder;
    return moves ? choice_line_at(j->line[k], t) : tdo_utility_at(j->k->u, s, k);
}

static double disagreement(const levels_job *j, size_t s, double t)
{
    bool moves = j->line && s == j->path.stakeholder;
    return moves ? choice_line_at(j->low, t) : j->k->u->disagreement[s];
}

static double best(const levels_job *j, size_t s, double t)
{
    bool moves = j->line && s == j->path.stakeholder;
    return moves ? choice_line_at(j->high, t) : j->k->u->best[s];
}

static double power(const levels_job *j, size_t s, double t)
{
    if (j->line)
        return j->k->u->power[s];
    return s == j->path.stakeholder ? t : (1 - t) * j->path.rest[s];
}

/* Who has no power is left out. (Where a power moves, between 0 and 1: the ends are limits.) */
static bool is_heard(const levels_job *j, size_t s)
{
    return j->line ? rule_hears(j->k->u, s) : s == j->path.stakeholder || j->path.rest[s] > 0;
}

/* One number of those the rule compares; h: what could be gained at most is h - d. */
static double level(const levels_job *j, double u, double d, double h)
{
    double by = u - (j->kind.zero == FROM_NOTHING ? 0 : j->kind.zero == FROM_BEST ? h : d);
    if (j->kind.product && !rule_above(u, d) && !rule_above(d, u))
        return 0;
    return j->kind.by_hope ? by / (h - d) : by;
}

/* What the rule compares, for each stakeholder that counts. Returns how many do. */
static size_t levels_of(const levels_job *j, uint32_t k, double t, double *out)
{
    size_t n = 0;
    for (size_t s = 0; s < j->k->u->s; s++) {
        double u = utility(j, s, k, t), d = disagreement(j, s, t), h = best(j, s, t);
        if (is_heard(j, s) && (!j->kind.by_hope || rule_above(h, d)))
            out[n++] = level(j, u, d, h);
    }
    return n;
}

static void sort_ascending(double *x, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        double held = x[i];
        size_t at = i;
        for (; at > 0 && x[at - 1] > held; at--)
            x[at] = x[at - 1];
        x[at] = held;
    }
}

static double least_of(const double *x, size_t n)
{
    return n ? fmin(x[n - 1], least_of(x, n - 1)) : INFINITY;
}

/* gain: [n] of those who are heard. */
static double nash_score(const levels_job *j, const double *gain, size_t n, double t)
{
    double least = least_of(gain, n), sum = 0;
    for (size_t s = 0; s < j->k->u->s && least > 0; s++)
        if (is_heard(j, s))
            sum += power(j, s, t) * real_log(*gain++);
    return least > 0 ? real_exp(sum) : least;
}

/* Is the rival ahead of the first one? */
static bool is_ahead(const levels_job *j, uint32_t rival, double t)
{
    double a[TDO_MAX_STAKEHOLDERS], b[TDO_MAX_STAKEHOLDERS];
    size_t n = levels_of(j, rival, t, a);
    (void)levels_of(j, j->first, t, b);
    if (j->kind.product)
        return rule_above(nash_score(j, a, n, t), nash_score(j, b, n, t));
    if (j->kind.least)
        return rule_above(least_of(a, n), least_of(b, n));
    sort_ascending(a, n);
    sort_ascending(b, n);
    for (size_t q = 0; q < n; q++) {
        if (rule_above(a[q], b[q]))
            return true;
        if (rule_above(b[q], a[q]))
            return false;
    }
    return false;
}

/* ---- where that can change ---- */

typedef struct points {
    double at[MOST_POINTS];
    size_t n;
} points;

/* Where the line is 0, between a and b. */
static void add_zero(points *p, choice_line l, double a, double b)
{
    double t = l.slope != 0 ? 0 - l.at0 / l.slope : NAN;
    if (t > fmin(a, b) && t < fmax(a, b) && p->n < MOST_POINTS)
        p->at[p->n++] = t;
}

static choice_line less(choice_line x, double by, choice_line y)
{
    return (choice_line){x.at0 - by * y.at0, x.slope - by * y.slope};
}

/* nash with a gain for everybody else: no other single level is compared with the moved one. */
static bool only_products(const levels_job *j, uint32_t k)
{
    for (size_t s = 0; s < j->k->u->s; s++)
        if (s != j->path.stakeholder && is_heard(j, s) &&
            !rule_above(utility(j, s, k, 0), j->k->u->disagreement[s]))
            return false;
    return j->kind.product;
}

/* Two of: the moved levels of both, and all others, are equal. The moved ones are lines, or for
 * kalai-smorodinsky lines over the line of the hoped-for gain. */
static void add_equalities(const levels_job *j, uint32_t rival, double a, double b, points *p)
{
    const choice_line zero = {0, 0}, one = {1, 0};
    choice_line from = j->kind.zero == FROM_NOTHING ? zero
                       : j->kind.zero == FROM_BEST  ? j->high
                                                    : j->low;
    choice_line unit = j->kind.by_hope ? less(j->high, 1, j->low) : one;
    choice_line mine = less(j->line[j->first], 1, from), theirs = less(j->line[rival], 1, from);
    double other[TDO_MAX_STAKEHOLDERS];
    const uint32_t slot[] = {j->first, rival};
    add_zero(p, less(mine, 1, theirs), a, b);
    add_zero(p, mine, a, b);
    add_zero(p, theirs, a, b);
    if (only_products(j, j->first) && only_products(j, rival))
        return;
    for (size_t q = 0; q < 2; q++) {
        size_t s_n = j->k->u->s, n = 0;
        for (size_t s = 0; s < s_n; s++) {
            if (s == j->path.stakeholder || !is_heard(j, s))
                continue;
            double u = utility(j, s, slot[q], a), d = disagreement(j, s, a), h = best(j, s, a);
            if (!j->kind.by_hope || rule_above(h, d))
                other[n++] = level(j, u, d, h);
        }
        for (size_t s = 0; s < n; s++) {
            add_zero(p, less(mine, other[s], unit), a, b);
            add_zero(p, less(theirs, other[s], unit), a, b);
        }
    }
}

/* The product of the other gains to their powers, to the power 1 / (that of the moved one); 0 where
 * there is none. */
static double factor(const levels_job *j, uint32_t k)
{
    double sum = 0, p = j->k->u->power[j->path.stakeholder];
    for (size_t s = 0; s < j->k->u->s; s++) {
        double gain = utility(j, s, k, 0) - j->k->u->disagreement[s];
        if (s == j->path.stakeholder || !is_heard(j, s))
            continue;
        if (!(gain > TDO_TIE))
            return 0;
        sum += j->k->u->power[s] * real_log(gain);
    }
    return p > 0 ? real_exp(sum / p) : 0;
}

/* nash: the products are equal where two lines are, if a weight moves, and where two sums of
 * logarithms are, if a power does. */
static void add_products(const levels_job *j, uint32_t rival, double a, double b, points *p)
{
    if (j->line) {
        double x = factor(j, j->first), y = factor(j, rival), most = fmax(x, y);
        choice_line mine = less(j->line[j->first], 1, j->low);
        choice_line theirs = less(j->line[rival], 1, j->low);
        if (x > 0 && y > 0 && isfinite(most)) {
            mine = (choice_line){mine.at0 * (x / most), mine.slope * (x / most)};
            add_zero(p, less(mine, y / most, theirs), a, b);
        }
        return;
    }
    choice_line lead = {0, 0};
    for (size_t s = 0; s < j->k->u->s; s++) {
        if (!is_heard(j, s))
            continue;
        double d = j->k->u->disagreement[s];
        double x = utility(j, s, j->first, 0) - d, y = utility(j, s, rival, 0) - d;
        if (!(x > TDO_TIE && y > TDO_TIE))
            return; /* then the least gain decides, whatever the powers */
        double by = real_log(x) - real_log(y), q = j->path.rest[s];
        bool moved = s == j->path.stakeholder;
        lead.at0 += moved ? 0 : q * by;
        lead.slope += moved ? by : -q * by;
    }
    add_zero(p, lead, a, b);
}

/* Goes from a towards b and returns how far the first one stays ahead of the rival. */
static double stays_until(const levels_job *j, uint32_t rival, double a, double b)
{
    points p;
    p.n = 0; /* places that are not set are not read */
    double last = a, sign = b > a ? 1 : -1;
    if (j->line)
        add_equalities(j, rival, a, b, &p);
    if (j->kind.product)
        add_products(j, rival, a, b, &p);
    p.at[p.n++] = b;
    for (size_t q = 0; q < p.n; q++)
        p.at[q] *= sign;
    sort_ascending(p.at, p.n);
    for (size_t q = 0; q < p.n; q++) {
        double t = sign * p.at[q];
        if (sign * (t - last) < CHOICE_SAME_POINT && q + 1 < p.n)
            continue;
        if (is_ahead(j, rival, last + (t - last) / 2))
            return last;
        if (is_ahead(j, rival, t))
            return t;
        last = t;
    }
    return INFINITY;
}

/* ---- pieces ---- */

/* The line that is lowest (sign 1) or highest (-1) just after t; *until: up to where. */
static choice_line extreme(const choice_line *line, size_t n, double sign, double t, double *until)
{
    choice_line y = line[0];
    for (size_t k = 1; k < n; k++) {
        double by = sign * (choice_line_at(line[k], t) - choice_line_at(y, t));
        double turn = sign * (line[k].slope - y.slope);
        bool same = fabs(by) <= CHOICE_SAME_POINT * fabs(turn);
        if (same ? turn < 0 : by < 0)
            y = line[k];
    }
    *until = 1;
    for (size_t k = 0; k < n; k++) {
        double turn = sign * (line[k].slope - y.slope);
        double at = turn < 0 ? (line[k].at0 - y.at0) / (y.slope - line[k].slope) : 1;
        if (at > t + CHOICE_SAME_POINT && at < *until)
            *until = at;
    }
    return y;
}

static choice_line low_after(const levels_job *j, double t, double *until)
{
    const tdo_case *k = j->k;
    *until = 1;
    if (!k->u->from_incumbent)
        return extreme(j->line, k->u->f, 1, t, until);
    return j->line[k->f->slot[k->x->incumbent]];
}

static void set_pieces(levels_job *j)
{
    double t = 0;
    j->points = 0;
    j->point[j->points++] = 0;
    while (t < 1) {
        double low = 1, high = 1;
        if (j->line && j->kind.zero != FROM_NOTHING) {
            (void)low_after(j, t, &low);
            (void)extreme(j->line, j->k->u->f, -1, t, &high);
        }
        /* (An envelope has no more pieces than lines.) */
        t = j->points <= 2 * j->k->u->f ? fmin(low, high) : 1;
        j->point[j->points++] = t;
    }
}

/* One piece, away from now; *limit is moved nearer where a rival is ahead before. */
static void look_along(levels_job *j, double a, double b, double *limit, uint32_t *who)
{
    const tdo_case *k = j->k;
    double sign = b > a ? 1 : -1, unused = 0;
    if (j->line && j->kind.zero != FROM_NOTHING) {
        j->low = low_after(j, fmin(a, b), &unused);
        j->high = extreme(j->line, k->u->f, -1, fmin(a, b), &unused);
    }
    for (size_t i = 0; i < k->front->count; i++) {
        uint32_t rival = k->r->front[i];
        double end = sign * (b - *limit) > 0 ? *limit : b;
        if (rival == j->first || !(sign * (end - a) > 0))
            continue;
        double t = stays_until(j, rival, a, end);
        if (isfinite(t)) {
            *limit = t;
            *who = rival;
        }
    }
}

static void look(levels_job *j, tdo_hold *h)
{
    for (size_t q = 0; q + 1 < j->points && j->point[q] < h->to; q++)
        if (j->point[q + 1] > h->current)
            look_along(j, fmax(j->point[q], h->current), j->point[q + 1], &h->to, &h->above);
    for (size_t q = j->points - 1; q > 0 && j->point[q] > h->from; q--)
        if (j->point[q - 1] < h->current)
            look_along(j, fmin(j->point[q], h->current), j->point[q - 1], &h->from, &h->below);
}

static tdo_status find(const tdo_case *k, tdo_rule rule, comparison kind, tdo_arena *scratch,
                       tdo_hold *hold, size_t n)
{
    const tdo_utility *u = k->u;
    double *rest = tdo_alloc(scratch, u->d > u->s ? u->d : u->s, sizeof *rest);
    choice_line *line = tdo_alloc(scratch, u->f, sizeof *line);
    levels_job j = {.k = k, .kind = kind, .first = k->r->winner[rule]};
    j.point = tdo_alloc(scratch, 2 * u->f + 4, sizeof *j.point);
    if (!rest || !line || !j.point)
        return TDO_E_MEMORY;
    for (size_t q = 0; q < n; q++) {
        bool moves_power = hold[q].criterion == TDO_NONE;
        if (moves_power && !kind.product && hold[q].current > 0 && hold[q].current < 1)
            continue; /* powers do not count, but for who has any */
        choice_path_make(u, hold[q].stakeholder, hold[q].criterion, rest, &j.path);
        j.line = moves_power ? NULL : line;
        for (uint32_t c = 0; !moves_power && c < u->f; c++)
            line[c] = choice_path_utility(&j.path, k->v, c);
        set_pieces(&j);
        look(&j, &hold[q]);
    }
    return TDO_OK;
}

tdo_status choice_holds_maximin(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold, size_t n)
{
    return find(k, TDO_RULE_MAXIMIN, (comparison){.zero = FROM_NOTHING}, scratch, hold, n);
}

tdo_status choice_holds_nash(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold, size_t n)
{
    return find(k, TDO_RULE_NASH, (comparison){.zero = FROM_DISAGREEMENT, .product = true}, scratch,
                hold, n);
}

tdo_status choice_holds_kalai_smorodinsky(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold,
                                          size_t n)
{
    const comparison kind = {.zero = FROM_DISAGREEMENT, .by_hope = true};
    return find(k, TDO_RULE_KALAI_SMORODINSKY, kind, scratch, hold, n);
}

tdo_status choice_holds_minimax_regret(const tdo_case *k, tdo_arena *scratch, tdo_hold *hold,
                                       size_t n)
{
    return find(k, TDO_RULE_MINIMAX_REGRET, (comparison){.zero = FROM_BEST, .least = true}, scratch,
                hold, n);
}
