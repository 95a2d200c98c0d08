/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "prefers", "rates" and "powers": statements become comparisons in whole numbers, all on one side.
 */
#include "scenario/statement.h"

#include <limits.h>
#include <string.h>

static const int64_t MOST_WHOLE = INT64_C(1) << 52;

typedef struct prefers {
    scenario_statement statement; /* the one that is read */
    int64_t *whole;               /* [names + 1] room */
    tdo_preference *part;         /* [n] so far */
    size_t n;
    size_t before; /* statements of the lists read earlier */
} prefers;

/* The whole numbers of (sum k) - (sum k + 1), [names] and the constant last. False: too long. */
static bool subtract(const prefers *t, size_t k, int64_t *out)
{
    size_t d = t->statement.about->n;
    int least = INT_MAX;
    for (size_t i = t->statement.from[k]; i < t->statement.from[k + 2]; i++)
        if (t->statement.term[i].digits != 0 && t->statement.term[i].exponent < least)
            least = t->statement.term[i].exponent;
    memset(out, 0, (d + 1) * sizeof *out);
    for (size_t i = t->statement.from[k]; i < t->statement.from[k + 2]; i++) {
        const scenario_summand *x = &t->statement.term[i];
        int64_t whole = i < t->statement.from[k + 1] ? x->digits : -x->digits;
        for (int e = x->exponent; whole != 0 && e > least; e--) {
            whole *= 10;
            if (whole > MOST_WHOLE || whole < -MOST_WHOLE)
                return false;
        }
        int64_t *to = &out[x->name == TDO_NONE ? d : x->name];
        *to += whole;
        if (*to > MOST_WHOLE || *to < -MOST_WHOLE)
            return false;
    }
    return true;
}

static void add_part(prefers *t, tdo_preference part)
{
    if (t->n == TDO_MAX_PREFERS) {
        scenario_complain(t->statement.r, t->statement.n, SCENARIO_AT_VALUE,
                          "%s: at most %d comparisons are allowed",
                          scenario_say_path(t->statement.r, t->statement.n->parent),
                          TDO_MAX_PREFERS);
        t->statement.failed = true;
        return;
    }
    part.statement = t->before + t->statement.n->index;
    part.text = t->statement.n->text;
    part.place = scenario_place_of(t->statement.r, t->statement.n, SCENARIO_AT_VALUE);
    t->part[t->n++] = part;
}

static void add_sum(prefers *t, const int64_t *whole, int sign, bool strict)
{
    size_t d = t->statement.about->n;
    double *coefficient = scenario_reader_alloc(t->statement.r, d, sizeof *coefficient);
    if (!coefficient)
        return;
    for (size_t c = 0; c < d; c++)
        coefficient[c] = (double)(sign * whole[c]);
    add_part(t, (tdo_preference){.coefficient = coefficient,
                                 .bound = (double)(-sign * whole[d]),
                                 .strict = strict});
}

static void add_sums(prefers *t)
{
    size_t d = t->statement.about->n;
    for (size_t k = 0; k + 1 < t->statement.n_sums && !t->statement.failed; k++) {
        int64_t *whole = t->whole;
        size_t named = 0;
        if (!subtract(t, k, whole)) {
            scenario_complain_digits(&t->statement);
            return;
        }
        for (size_t c = 0; c < d; c++)
            named += whole[c] != 0;
        if (named == 0) {
            scenario_complain(
                t->statement.r, t->statement.n, SCENARIO_AT_VALUE, "%s says nothing about %s",
                scenario_say_path(t->statement.r, t->statement.n), t->statement.about->amount);
            return;
        }
        char sign = t->statement.sign[k];
        if (!scenario_goes_up(sign))
            add_sum(t, whole, 1, sign == '>');
        if (scenario_goes_up(sign) || (sign == '=' && !t->statement.failed))
            add_sum(t, whole, -1, sign == '<');
    }
}

/* On two candidates as wholes. */
static void add_wholes(prefers *t)
{
    scenario_wholes x;
    if (!scenario_read_wholes(t->statement.r, t->statement.n, &x))
        return;
    add_part(t, (tdo_preference){.better = x.better, .other = x.other, .within = x.within});
    if (x.within > 0 && !t->statement.failed)
        add_part(t, (tdo_preference){.better = x.other, .other = x.better, .within = x.within});
}

/* "10 a = 30 b": amounts that are worth the same. */
static void add_rate(prefers *t)
{
    int64_t *whole = t->whole;
    if (!scenario_weigh_rate(&t->statement, whole))
        return;
    add_sum(t, whole, 1, false);
    if (!t->statement.failed)
        add_sum(t, whole, -1, false);
}

static void read_statement(prefers *t, const tdo_node *n)
{
    size_t length = 0;
    if (!scenario_expect(t->statement.r, n, SCENARIO_IS_STRING))
        return;
    length = strlen(n->text);
    if (length > SCENARIO_STATEMENT_BYTES) {
        scenario_complain(t->statement.r, n, SCENARIO_AT_VALUE,
                          "%s has %zu bytes, at most %d are allowed",
                          scenario_say_path(t->statement.r, n), length, SCENARIO_STATEMENT_BYTES);
        return;
    }
    t->statement.n = n;
    t->statement.failed = false;
    if (t->statement.about->wholes && scenario_is_on_wholes(n->text, t->statement.about)) {
        add_wholes(t);
        return;
    }
    scenario_read_statement(&t->statement, n);
    if (!t->statement.failed && t->statement.about->rates)
        add_rate(t);
    else if (!t->statement.failed)
        add_sums(t);
}

void scenario_read_statements(scenario_reader *r, const tdo_node *list,
                              const scenario_subject *about, tdo_preference **part, size_t *n_part)
{
    tdo_arena *scratch = tdo_arena_new();
    prefers t = {.statement = {.r = r, .about = about}, .part = *part, .n = *n_part};
    size_t before = r->complaints;
    t.before = t.n > 0 ? t.part[t.n - 1].statement + 1 : 0;
    if (!t.part)
        t.part = *part = scenario_reader_alloc(r, TDO_MAX_PREFERS, sizeof *t.part);
    if (scratch) {
        t.statement.term =
            tdo_alloc(scratch, SCENARIO_STATEMENT_BYTES + 1, sizeof *t.statement.term);
        t.statement.from =
            tdo_alloc(scratch, SCENARIO_STATEMENT_BYTES + 2, sizeof *t.statement.from);
        t.statement.sign = tdo_alloc(scratch, SCENARIO_STATEMENT_BYTES + 1, 1);
        t.whole = tdo_alloc(scratch, about->n + 1, sizeof *t.whole);
    }
    if (!scratch || !t.statement.term || !t.statement.from || !t.statement.sign || !t.whole)
        r->no_memory = true;
    if (list->n == 0)
        scenario_complain(r, list, SCENARIO_AT_VALUE, "%s must have a statement",
                          scenario_say_path(r, list));
    for (const tdo_node *n = list->first; n && !r->no_memory; n = n->next) {
        if (n->index == TDO_MAX_PREFERS) {
            scenario_complain(r, n, SCENARIO_AT_VALUE,
                              "%s has %zu statements, at most %d are allowed",
                              scenario_say_path(r, list), list->n, TDO_MAX_PREFERS);
            break;
        }
        read_statement(&t, n);
    }
    *n_part = r->complaints > before ? 0 : t.n;
    tdo_arena_free(scratch);
}
