/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the answer of a rule may change while one cell gets better. The candidate's own utilities
 * do not fall, and those of others do not rise (an observed range that widens); so between a and b
 * every utility lies between those at the two. */
#include "base/array.h"
#include "rules/rules.h"
#include "whatif/whatif.h"

#include <math.h>
#include <string.h>

enum { HALVINGS = 100, MOST_POINTS = 400, VIEW_BITS = 10, VIEWS = 1 << VIEW_BITS };

/* Of a number's size: what is narrower is not halved. */
#define NARROW 1e-12

/* ---- utilities ---- */

void whatif_look(const choice_edit *x, double cell, choice_view *seen)
{
    for (size_t q = 0; q < x->n; q++)
        seen[q] = choice_look(x, &x->reader[q], cell);
}

/* What the edit adds to the value of slot j by reader q. */
static double value_added(const choice_edit *x, const choice_view *seen, size_t q, uint32_t j)
{
    const tdo_case *k = x->k;
    const choice_reader *r = &x->reader[q];
    const double now = k->x->reading[r->c][k->f->feasible[j]];
    const double reading = j == x->slot ? seen[q].reading : now;
    return tdo_value_of(r->criterion, seen[q].worst, seen[q].best,
                        tdo_measurement(r->criterion, reading)) -
           tdo_value_at(k->v, r->c, j);
}

static double whatif_utility(const choice_edit *x, const choice_view *seen, size_t s, uint32_t j)
{
    const tdo_utility *u = x->k->u;
    double sum = tdo_utility_at(u, s, j);
    for (size_t q = 0; q < x->n; q++)
        sum += u->weight[s * u->d + x->reader[q].c] * value_added(x, seen, q, j);
    return sum;
}

void whatif_utilities(whatif_curve *y, double cell, double *utility)
{
    const tdo_utility *u = y->x->k->u;
    choice_view seen[TDO_MAX_CRITERIA];
    whatif_look(y->x, cell, seen);
    *y->steps -= (double)(u->s * u->f);
    tdo_copy_utilities(u, utility);
    for (size_t q = 0; q < y->x->n; q++) {
        for (uint32_t j = 0; j < u->f; j++)
            y->added[j] = value_added(y->x, seen, q, j);
        for (size_t s = 0; s < u->s; s++) {
            const double w = u->weight[s * u->d + y->x->reader[q].c];
            for (size_t j = 0; j < u->f; j++)
                utility[s * u->f + j] += w * y->added[j];
        }
    }
}

void whatif_add_point(whatif_curve *y, double at)
{
    double *more = array_more(y->a, y->point, y->n, sizeof *more);
    y->failed |= !more;
    if (!more)
        return;
    y->point = more;
    more[y->n++] = at;
}

/* ---- rules that count places ---- */

static int sign_of(double x)
{
    return x > TDO_TIE ? 1 : x < -TDO_TIE ? -1 : 0;
}

bool whatif_make_views(whatif_curve *y, size_t d, tdo_arena *a)
{
    y->view_at = tdo_alloc(a, VIEWS, sizeof *y->view_at);
    y->view = tdo_alloc(a, VIEWS, d * sizeof *y->view);
    return y->view_at && y->view;
}

static void forget_views(whatif_curve *y)
{
    for (size_t q = 0; q < VIEWS; q++)
        y->view_at[q] = NAN;
}

/* Pairs that cross at the same number (on a grid they do) halve through the same numbers: what the
 * readers see there is kept. */
static const choice_view *view_at(whatif_curve *y, double cell)
{
    uint64_t bits = 0;
    memcpy(&bits, &cell, sizeof bits);
    const size_t at = (size_t)(bits * UINT64_C(0x9E3779B97F4A7C15) >> (64 - VIEW_BITS));
    choice_view *seen = y->view + at * y->x->n;
    if (y->view_at[at] != cell) { /* NOLINT: exact */
        whatif_look(y->x, cell, seen);
        y->view_at[at] = cell;
    }
    return seen;
}

/* Two candidates in the order of a stakeholder. */
typedef struct pair {
    size_t s;
    uint32_t i, j;
} pair;

static int order_at(whatif_curve *y, pair p, double cell)
{
    const choice_view *seen = view_at(y, cell);
    return sign_of(whatif_utility(y->x, seen, p.s, p.i) - whatif_utility(y->x, seen, p.s, p.j));
}

/* The two numbers between which the pair's order is that at neither end: a tie is a point, or a
 * stretch as narrow. */
static void add_crossing(whatif_curve *y, pair p, double a, double b)
{
    const int before = order_at(y, p, a), after = order_at(y, p, b);
    for (size_t end = 0; end < 2; end++) {
        double low = a, high = b;
        for (int k = 0; k < HALVINGS; k++) {
            const double middle = low / 2 + high / 2;
            if (middle == low || middle == high) /* NOLINT: exact: there is none between */
                break;
            const int is = order_at(y, p, middle);
            *((end ? is != after : is == before) ? &low : &high) = middle;
        }
        whatif_add_point(y, end ? high : low);
    }
    *y->steps -= 2 * HALVINGS;
}

static size_t count_moving(const whatif_curve *y, double a, double b)
{
    size_t n = 0;
    for (size_t q = 0; q < y->x->n; q++) {
        const choice_reader *r = &y->x->reader[q];
        const choice_view from = choice_look(y->x, r, a), to = choice_look(y->x, r, b);
        n += from.worst != to.worst || from.best != to.best; /* NOLINT: exact */
    }
    return n;
}

/* Each order of two changes once at most: theirs where one range alone moves. */
bool whatif_places(whatif_curve *y, double a, double b)
{
    const tdo_utility *u = y->x->k->u;
    const size_t moving = count_moving(y, a, b);
    if (moving > 1)
        return false;
    forget_views(y);
    whatif_utilities(y, a, y->near);
    whatif_utilities(y, b, y->far);
    for (size_t s = 0; s < u->s; s++) {
        const double *near = y->near + s * u->f, *far = y->far + s * u->f;
        if (!rule_hears(u, s))
            continue;
        for (uint32_t i = 0; i<u->f && * y->steps> 0; i++) {
            const bool own = i == y->x->slot;
            for (uint32_t j = own || moving ? 0 : (uint32_t)u->f; j < u->f; j++)
                if ((own ? j != i : j > i && j != y->x->slot) &&
                    sign_of(near[i] - near[j]) != sign_of(far[i] - far[j]))
                    add_crossing(y, (pair){s, i, j}, a, b);
            *y->steps -= (double)u->f;
        }
    }
    return *y->steps > 0;
}

/* ---- rules that compare levels ---- */

typedef struct bounds {
    double low, high;
} bounds;

/* What the rule compares least of, of one slot: within bounds. */
typedef struct level_span {
    bounds d, best; /* of one stakeholder */
} level_span;

/* No number here is NaN, and this is where the time goes. */
static inline double less_of(double a, double b)
{
    return a < b ? a : b;
}

static inline double more_of(double a, double b)
{
    return a > b ? a : b;
}

static inline bounds utility_of(const whatif_curve *y, size_t s, uint32_t j)
{
    const size_t at = s * y->x->k->u->f + j;
    return (bounds){less_of(y->near[at], y->far[at]), more_of(y->near[at], y->far[at])};
}

static level_span span_of(const whatif_curve *y, size_t s)
{
    const tdo_case *k = y->x->k;
    level_span z = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    for (uint32_t j = 0; j < k->u->f; j++) {
        const bounds x = utility_of(y, s, j);
        z.d = (bounds){less_of(z.d.low, x.low), less_of(z.d.high, x.high)};
        z.best = (bounds){more_of(z.best.low, x.low), more_of(z.best.high, x.high)};
    }
    if (k->u->from_incumbent)
        z.d = utility_of(y, s, k->f->slot[k->x->incumbent]);
    return z;
}

/* The level of one stakeholder at slot j; false: nobody knows whether it counts. */
static bool level_of(const whatif_curve *y, size_t s, const level_span *z, uint32_t j, bounds *out,
                     bool *counts)
{
    const tdo_case *k = y->x->k;
    const bounds x = utility_of(y, s, j);
    const bool from = k->u->from_incumbent && j == k->f->slot[k->x->incumbent];
    const bounds gain = from ? (bounds){0, 0} : (bounds){x.low - z->d.high, x.high - z->d.low};
    *counts = true;
    *out = gain;
    if (y->x->rule == TDO_RULE_MINIMAX_REGRET)
        *out = (bounds){x.low - z->best.high, x.high - z->best.low};
    if (y->x->rule != TDO_RULE_KALAI_SMORODINSKY)
        return true;
    const bounds hope = {z->best.low - z->d.high, z->best.high - z->d.low};
    *counts = hope.high > TDO_TIE;
    if (*counts && !(hope.low > TDO_TIE))
        return false;
    *out = (bounds){gain.low / (gain.low < 0 ? hope.low : hope.high),
                    gain.high / (gain.high < 0 ? hope.high : hope.low)};
    return true;
}

/* The product of gains, each to the power of its stakeholder. high: of the high ends. */
static double product_of(const whatif_curve *y, const level_span *z, uint32_t j, bool high)
{
    const tdo_utility *u = y->x->k->u;
    double product = 1;
    for (size_t s = 0; s < u->s; s++) {
        bounds x = {0, 0};
        bool counts = false;
        if (rule_hears(u, s) && level_of(y, s, &z[s], j, &x, &counts))
            product *= real_power(high ? x.high : x.low, u->power[s]);
    }
    return product;
}

/* The score of slot j. Of a product where everybody gains, the mean of the gains at that end
 * instead, which is never less (the powers add to 1), and wants tells so. */
typedef struct score {
    bounds at;
    bool wants_low, wants_high;
} score;

static bool score_of(const whatif_curve *y, const level_span *z, uint32_t j, score *out)
{
    const tdo_utility *u = y->x->k->u;
    const bool nash = y->x->rule == TDO_RULE_NASH;
    bounds least = {INFINITY, INFINITY}, mean = {0, 0};
    for (size_t s = 0; s < u->s; s++) {
        bounds x = {0, 0};
        bool counts = false;
        if (!rule_hears(u, s))
            continue;
        if (!level_of(y, s, &z[s], j, &x, &counts))
            return false;
        if (counts)
            least = (bounds){less_of(least.low, x.low), less_of(least.high, x.high)};
        mean.low += u->power[s] * x.low;
        mean.high += u->power[s] * x.high;
    }
    *out = (score){least, nash && least.low > TDO_TIE, nash && least.high > TDO_TIE};
    if (nash)
        out->at.low = out->wants_low ? mean.low : less_of(least.low, 0);
    if (out->wants_high)
        out->at.high = mean.high;
    return true;
}

static void want_low(const whatif_curve *y, const level_span *z, uint32_t j, score *of)
{
    if (of->wants_low)
        of->at.low = product_of(y, z, j, false);
    of->wants_low = false;
}

static void want_high(const whatif_curve *y, const level_span *z, uint32_t j, score *of)
{
    if (of->wants_high)
        of->at.high = product_of(y, z, j, true);
    of->wants_high = false;
}

/* Is the edited candidate first everywhere between (1), nowhere (-1), or is it not known (0)? */
static int settle(const whatif_curve *y)
{
    const tdo_utility *u = y->x->k->u;
    level_span z[TDO_MAX_STAKEHOLDERS];
    score own, other;
    bool ahead = true;
    for (size_t s = 0; s < u->s; s++)
        z[s] = span_of(y, s);
    if (!score_of(y, z, y->x->slot, &own))
        return 0;
    want_low(y, z, y->x->slot, &own);
    want_high(y, z, y->x->slot, &own);
    *y->steps -= 4 * (double)(u->s * u->f);
    for (uint32_t j = 0; j < u->f; j++) {
        if (j == y->x->slot)
            continue;
        if (!score_of(y, z, j, &other))
            return 0;
        if (other.at.low - own.at.high > 2 * TDO_TIE)
            want_low(y, z, j, &other);
        if (other.at.low - own.at.high > 2 * TDO_TIE)
            return -1;
        if (ahead && !(own.at.low - other.at.high > 2 * TDO_TIE))
            want_high(y, z, j, &other);
        ahead = ahead && own.at.low - other.at.high > 2 * TDO_TIE;
    }
    return ahead ? 1 : 0;
}

/* Halves until the answer is known, or the piece is too narrow to be written; pieces with the same
 * answer are one. *last: the answer just before a. */
static bool halve_levels(whatif_curve *y, double a, double b, int *last)
{
    const double size = fmax(fmax(fabs(a), fabs(b)), y->x->span), middle = a / 2 + b / 2;
    const bool parts = middle != a && middle != b &&
                       fabs(b - a) > NARROW * size; /* NOLINT: exact */
    whatif_utilities(y, a, y->near);
    whatif_utilities(y, b, y->far);
    const int now = settle(y);
    if (!(*y->steps > 0) || y->n > MOST_POINTS)
        return false;
    if (now == 0 && parts)
        return halve_levels(y, a, middle, last) && halve_levels(y, middle, b, last);
    if (now != *last || now == 0)
        whatif_add_point(y, a);
    *last = now;
    return true;
}

bool whatif_levels(whatif_curve *y, double a, double b)
{
    int none = 2;
    return halve_levels(y, a, b, &none);
}

/* ---- rules that need more than utilities ---- */

/* Where its reading passes a bound of a need. */
bool whatif_needs(whatif_curve *y, double a, double b)
{
    const tdo_scenario *s = y->x->k->s;
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t n = 0; n < s->stakeholders[h].n_needs; n++)
            for (size_t q = 0; q < 2 * y->x->n; q++) {
                const tdo_need *need = &s->stakeholders[h].needs[n];
                const choice_reader *r = &y->x->reader[q / 2];
                const bool is_max = q % 2 == 1;
                const double bound = is_max ? need->max : need->min;
                double low = a, high = b, rest = 0;
                if (need->criterion != r->c || !(is_max ? need->has_max : need->has_min))
                    continue;
                const bool now = choice_read_edit(y->x, r, a, &rest) >= bound;
                for (int k = 0; k < HALVINGS; k++) {
                    double middle = low / 2 + high / 2;
                    bool is = choice_read_edit(y->x, r, middle, &rest) >= bound;
                    *(is == now ? &low : &high) = middle;
                }
                if (high != b) /* NOLINT: exact */
                    whatif_add_point(y, high);
            }
    return true;
}

/* Stage by stage others may come back once a range widens: nobody asked how. */
bool whatif_stages(whatif_curve *y, double a, double b)
{
    return count_moving(y, a, b) == 0;
}
