/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell says, by the style in which its column is read. */
#ifndef TRADEOFF_CSV_CELL_H
#define TRADEOFF_CSV_CELL_H

#include "csv/unit.h"
#include "tradeoff/table.h"

/* What a cell holds. NaN: it holds no such thing. */
typedef struct csv_number {
    double x;
    double rest;      /* what the exact one has beyond the decimal of x (base/decimal.h) */
    double error;     /* of "plus-minus" */
    double low, high; /* of "interval" */
} csv_number;

/* Are cells numbers and nothing else: no form, no marks of their own, no signs among the digits? */
static inline bool csv_style_is_bare(const tdo_reading_style *style)
{
    return style->as == TDO_CELLS_PLAIN && style->n_marks == 0 && !style->percent &&
           style->thousands == '\0' && style->decimal == '\0';
}

/* ---- cell.c ---- */

/* tdo_number_read in a style. */
tdo_number_verdict csv_cell_read(const char *s, size_t length, const tdo_reading_style *style,
                                 csv_number *out);

/* The number alone. */
tdo_number_verdict csv_cell_number(const char *s, size_t length, const tdo_reading_style *style,
                                   double *out);

/* ---- number.c ---- */

/* How numbers are written; 0: no groups, a decimal point. */
typedef struct csv_signs {
    char thousands, decimal;
} csv_signs;

static inline csv_signs csv_signs_of(const tdo_reading_style *style)
{
    return (csv_signs){style->thousands, style->decimal};
}

/* Without a form: a final % where percent is true, groups of exactly three digits (the first of
 * which does not start with 0), another decimal sign than the point. */
tdo_number_verdict csv_plain_number(const char *s, size_t length, bool percent, csv_signs signs,
                                    double *out);

/* ---- mark.c ---- */

/* What people and programs write where there is no value, beyond the marks that are read as such;
 * errors of spreadsheets are among them. */
bool csv_cell_near_mark(const char *s, size_t length);

bool csv_cell_infinite(const char *s, size_t length);

bool csv_cell_truth(const char *s, size_t length);

/* ---- points.c: 1.200 for 1200 ---- */

/* A column of numbers while it is read: does a sign (a point, a comma) part thousands in it? */
typedef struct csv_points {
    bool settled;      /* it does not: some cell has another number of decimals, or leads with 0, or
                          is above 999 without the sign */
    bool ends_in_zero; /* a cell such as 1.200, which no program writes for 1.2 */
    size_t parted;     /* cells such as 1.200 */
    size_t whole;      /* cells without the sign */
    double least_whole; /* not 0 */
} csv_points;

/* Takes in a cell that reads as a number. True where it is the first one that is parted. */
bool csv_points_see(csv_points *p, char sign, const char *s, size_t length);

/* The same of the first number in a cell that has a form, with points. */
bool csv_points_see_in(csv_points *p, const char *s, size_t length);

/* Does it seem so? commas: decimal commas or semicolons in the file speak for it. */
bool csv_points_suspect(const csv_points *p, bool commas);

/* ---- form.c ---- */

enum { CSV_FORM_BYTES = 160 }; /* of a cell in a form that is not plain, at most */

/* A cell in one of the forms, when nobody has said in which unit it is wanted. */
typedef struct csv_form {
    tdo_cell_form as;
    csv_number number;  /* of a quantity: in its own unit, */
    unit_of unit;       /*   which is this, */
    double factor;      /*   and so many of them: 1e3 for k */
    bool has_unit;      /* false: a number alone, or with a factor */
    const char *reason; /* why it does not read; NULL: it is of another form altogether */
} csv_form;

/* Reads a cell in the form of its style, whatever the unit of a quantity. */
tdo_number_verdict csv_form_read(const char *s, size_t length, const tdo_reading_style *style,
                                 csv_form *out);

/* Converts a quantity to the unit of the style, exactly and rounded once. Errors: a syntax error
 * with its reason where the units do not agree. */
tdo_number_verdict csv_form_convert(const tdo_reading_style *style, csv_form *q);

/* The form that a cell is in (percent signs and separators of thousands as the style says); false:
 * in none, or it is a plain number. */
bool csv_form_guess(const char *s, size_t length, const tdo_reading_style *style, csv_form *out);

/* ---- form_explain.c ---- */

/* Why a cell does not read, as far as its form or the column's tells; false: nothing is written. */
bool csv_form_explain(tdo_sink *o, const char *s, size_t length, const tdo_reading_style *style);

/* ---- explain.c ---- */

/* A number inside of what is none: a bound, a ratio, marks around it. */
bool csv_cell_decorated(const char *s, size_t length);

/* What is wrong with a cell that is no number in this style, and what would be right:
 * "20ms" has a unit; the key to read it by. */
void csv_cell_explain(tdo_sink *o, const char *s, size_t length, const tdo_reading_style *style);

#endif
