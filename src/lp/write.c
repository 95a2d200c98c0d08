/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CPLEX LP format, as the readers of GLPK, HiGHS, CPLEX and Gurobi all take it: no ranges in a
 * row, no constant in the objective, short lines. */
#include "lp/model.h"

#include "base/plain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME_BYTES = 200, /* the format takes 255; a number in brackets may follow */
    LINE_COLUMNS = 78
};

/* ---- names ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower_case(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_word(const char *x, const char *y)
{
    for (; *x != '\0' && *y != '\0' && lower_case(*x) == *y; x++, y++)
        ;
    return *x == '\0' && *y == '\0';
}

/* Words that the format would take for a section, a bound or the objective. */
static bool is_reserved(const char *s)
{
    static const char *const word[] = {
        "max",     "maximize", "maximise", "maximum", "min",      "minimize", "minimise",
        "minimum", "st",       "s.t.",     "subject", "such",     "to",       "that",
        "bound",   "bounds",   "free",     "inf",     "infinity", "general",  "generals",
        "gen",     "integer",  "integers", "int",     "binary",   "binaries", "bin",
        "semi",    "sos",      "sos1",     "sos2",    "end",      "obj"};
    for (size_t k = 0; k < sizeof word / sizeof word[0]; k++) {
        if (same_word(s, word[k]))
            return true;
    }
    return false;
}

/* A name that the format allows. Brackets never come from here, so that those of numbered doubles
 * cannot clash with anything. */
static char *allowed_name(tdo_arena *a, const char *name, const char *what, size_t index)
{
    char text[NAME_BYTES + 2] = "_";
    char *s = text + 1;
    size_t length = 0;
    if (!name || *name == '\0')
        return tdo_text(a, "%s%zu", what, index + 1);
    for (; name[length] != '\0' && length < NAME_BYTES; length++) {
        const char c = name[length];
        s[length] = is_letter(c) || plain_is_digit(c) || c == '.' ? c : '_';
    }
    s[length] = '\0';
    /* "e5" would be read as an exponent. */
    const bool exponent = (s[0] == 'e' || s[0] == 'E') && (plain_is_digit(s[1]) || s[1] == '\0');
    if ((!is_letter(s[0]) && s[0] != '_') || exponent || is_reserved(s)) {
        s = text;
        length++;
    }
    return tdo_copy(a, s, length);
}

static int by_name(const void *x, const void *y)
{
    const char *const *const *p = x, *const *const *q = y;
    const int c = strcmp(**p, **q);
    return c != 0 ? c : (*p > *q) - (*p < *q); /* equal names in the order of their columns */
}

/* count names, all different. NULL when memory is out. */
static char **make_names(tdo_arena *a, const char *const *given, const char *what, size_t count)
{
    char **name = tdo_alloc(a, count, sizeof *name);
    char ***order = tdo_alloc(a, count, sizeof *order);
    if (!name || !order)
        return NULL;
    for (size_t k = 0; k < count; k++) {
        name[k] = allowed_name(a, given[k], what, k);
        if (!name[k])
            return NULL;
        order[k] = &name[k];
    }
    if (count > 1)
        qsort(order, count, sizeof *order, by_name);
    const char *first = NULL; /* of those with the same name: it keeps it */
    for (size_t k = 0; k < count; k++) {
        const bool again = first && strcmp(first, *order[k]) == 0;
        if (!again) {
            first = *order[k];
            continue;
        }
        *order[k] = tdo_text(a, "%s(%zu)", first, (size_t)(order[k] - name) + 1);
        if (!*order[k])
            return NULL;
    }
    return name;
}

/* ---- the sections ---- */

/* A sum of terms, broken into lines. */
typedef struct terms {
    tdo_sink *o;
    size_t column; /* columns used in this line */
    bool any;
} terms;

static void put_term(terms *t, double x, const char *name)
{
    char number[TDO_NUMBER_TEXT];
    const size_t length = tdo_number_write(fabs(x), number) + strlen(name) + 4;
    if (t->any && t->column + length > LINE_COLUMNS) {
        tdo_puts(t->o, "\n  ");
        t->column = 2;
    }
    tdo_puts(t->o, x < 0 ? " - " : t->any ? " + " : " ");
    if (fabs(x) != 1) {
        tdo_puts(t->o, number);
        tdo_puts(t->o, " ");
    }
    tdo_puts(t->o, name);
    t->column += length;
    t->any = true;
}

static void write_objective(const lp_form *f, char *const *column, tdo_sink *o)
{
    terms t = {.o = o, .column = 6};
    tdo_puts(o, f->sense < 0 ? "Maximize\n obj:" : "Minimize\n obj:");
    for (size_t j = 0; j < f->n; j++) {
        /* A column that stands nowhere else is named here. */
        if (f->cost[j] != 0 || f->start[j] == f->start[j + 1])
            put_term(&t, f->sense * f->cost[j], column[j]);
    }
    if (!t.any)
        put_term(&t, 0, f->n > 0 ? column[0] : "nothing");
    tdo_puts(o, "\n");
}

/* What is written, where, and under which names. */
typedef struct writing {
    const lp_form *f;
    char *const *row, *const *column;
    tdo_sink *o;
} writing;

static void write_row(const writing *w, size_t i, const char *suffix, const char *relation,
                      double bound)
{
    const lp_form *f = w->f;
    tdo_sink *o = w->o;
    terms t = {.o = o, .column = strlen(w->row[i]) + strlen(suffix) + 2};
    tdo_puts(o, " ");
    tdo_puts(o, w->row[i]);
    tdo_puts(o, suffix);
    tdo_puts(o, ":");
    for (size_t q = f->row_start[i]; q < f->row_start[i + 1]; q++)
        put_term(&t, f->row_value[q], w->column[f->column[q]]);
    if (!t.any)
        put_term(&t, 0, f->n > 0 ? w->column[0] : "nothing");
    tdo_puts(o, relation);
    tdo_put_number(o, bound);
    tdo_puts(o, "\n");
}

static void write_rows(const writing *w)
{
    const lp_form *f = w->f;
    tdo_puts(w->o, "Subject To\n");
    for (size_t i = 0; i < f->m; i++) {
        const double lower = f->lower[f->n + i], upper = f->upper[f->n + i];
        const bool both = isfinite(lower) && isfinite(upper);
        if (lower == upper) {
            write_row(w, i, "", " = ", lower);
            continue;
        }
        if (isfinite(lower))
            write_row(w, i, "", " >= ", lower);
        if (isfinite(upper))
            write_row(w, i, both ? "(upper)" : "", " <= ", upper);
        if (isinf(lower) && isinf(upper))
            tdo_putf(w->o, "\\ %s has no bounds\n", w->row[i]);
    }
}

static void write_bounds(const lp_form *f, char *const *column, tdo_sink *o)
{
    tdo_puts(o, "Bounds\n");
    if (f->n == 0)
        tdo_puts(o, " nothing = 0\n");
    for (size_t j = 0; j < f->n; j++) {
        const double lower = f->lower[j], upper = f->upper[j];
        if (lower == 0 && isinf(upper))
            continue; /* the format's default */
        tdo_puts(o, " ");
        if (isinf(lower) && isinf(upper)) {
            tdo_puts(o, column[j]);
            tdo_puts(o, " free\n");
            continue;
        }
        if (lower != upper) {
            if (isinf(lower))
                tdo_puts(o, "-inf");
            else
                tdo_put_number(o, lower);
            tdo_puts(o, " <= ");
        }
        tdo_puts(o, column[j]);
        if (isfinite(upper)) {
            tdo_puts(o, lower == upper ? " = " : " <= ");
            tdo_put_number(o, upper);
        }
        tdo_puts(o, "\n");
    }
}

static tdo_status write_in(const tdo_lp *lp, tdo_arena *scratch, tdo_sink *o, tdo_error *err)
{
    lp_form f = {0};
    tdo_status s = lp_compile(lp, scratch, &f, err);
    if (s != TDO_OK)
        return s;
    char **column = make_names(scratch, lp->column_name, "x", f.n);
    char **row = make_names(scratch, lp->row_name, "r", f.m);
    if (!column || !row)
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    write_objective(&f, column, o);
    write_rows(&(writing){&f, row, column, o});
    write_bounds(&f, column, o);
    if (lp->integers > 0)
        tdo_puts(o, "General\n");
    for (size_t j = 0; j < f.n; j++) {
        if (lp->integer[j]) {
            tdo_puts(o, " ");
            tdo_puts(o, column[j]);
            tdo_puts(o, "\n");
        }
    }
    tdo_puts(o, "End\n");
    return o->failed ? tdo_fail(err, TDO_E_IO, "the LP could not be written") : TDO_OK;
}

tdo_status tdo_lp_write(const tdo_lp *lp, tdo_sink *o, tdo_error *err)
{
    tdo_arena *scratch = tdo_arena_new();
    tdo_status s = !scratch ? tdo_fail(err, TDO_E_MEMORY, "out of memory")
                            : write_in(lp, scratch, o, err);
    tdo_arena_free(scratch);
    return s;
}
