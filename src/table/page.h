/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the terminal table. */
#ifndef TRADEOFF_TABLE_PAGE_H
#define TRADEOFF_TABLE_PAGE_H

#include "base/plain.h"
#include "explain/amount.h"
#include "explain/facts.h"
#include "table/grid.h"
#include "tradeoff/output.h"

#define PAGE_STYLE_BOLD TDO_STYLE "1m"
#define PAGE_STYLE_RED  TDO_STYLE "31m" /* a check that fails */

/* What every part needs. */
typedef struct page_writer {
    const tdo_run *run;
    const tdo_table_style *style;
    tdo_sink *o;
    tdo_arena *a; /* for the texts of cells */
    bool failed;  /* out of memory */
} page_writer;

/* ---- page.c ---- */

/* A name made harmless; "" and failed when memory is out. */
const char *page_name(page_writer *p, const char *name);
/* "Ops"; "Ops (no power)" of who is left out of every rule. */
const char *page_person(page_writer *p, size_t h);
/* A number rounded to so many digits, as a text for a cell. */
const char *page_number(page_writer *p, double x, int digits);
const char *page_count(page_writer *p, size_t n);
/* The id of a slot's candidate, made harmless. */
const char *page_slot(page_writer *p, uint32_t slot);
/* What candidate i measures in criterion c: "0.82", "-" where it was not, "5?" where it is assumed.
 */
const char *page_reading(page_writer *p, const amount_scale *scale, size_t c, size_t i);
/* A bar of x (0 to 1) in so many columns. */
const char *page_bar(page_writer *p, double x, size_t columns);
/* What a sink collected, as a cell. */
const char *page_collected(page_writer *p, const tdo_sink *o);

/* A heading after an empty line. */
void page_heading(page_writer *p, const char *text);
/* "- text", folded. */
void page_item(page_writer *p, const char *text);
/* A line in a colour, folded. style: NULL for none. */
void page_line(page_writer *p, const char *style, const char *text);
/* Fits and writes the grid, in as many blocks as the width asks for. */
void page_grid(page_writer *p, grid_table *g);

/* ---- answer.c: labelled lines ---- */

void page_answer(page_writer *p, const tdo_answer *answer);
void page_labelled(page_writer *p, const char *label, const char *text);
/* What to ask next, and how many candidates are not shown. */
void page_next(page_writer *p, size_t hidden);
/* The command that asks a stakeholder what it wants. */
void page_next_ask(page_writer *p, size_t stakeholder);

/* ---- objections.c: against candidate i (TDO_NONE: all); against those who are chosen. Errors:
 * TDO_E_MEMORY ---- */

TDO_MUST_USE tdo_status page_objections(page_writer *p, size_t i);
TDO_MUST_USE tdo_status page_objections_to_chosen(page_writer *p);

/* ---- rows.c, people.c, measured.c: the candidates ---- */

/* Candidates that are shown, best first; last the one that runs today where it breaks a limit. */
typedef struct page_rows {
    const size_t *candidate; /* [n] */
    size_t n, ranked;        /* the first so many are feasible */
    size_t top;              /* of the ranking so many were wanted in any case */
} page_rows;

/* The first `top`, today's, everybody's favourite; with --full the best 1000. */
page_rows page_choose_rows(page_writer *p, size_t top);
/* "3"; "=3" of several; "-" where it has none. */
const char *page_place(page_writer *p, size_t candidate);
void page_people(page_writer *p, const page_rows *r);
void page_measured(page_writer *p, const page_rows *r);

/* ---- sections.c ---- */

void page_who_pays(page_writer *p);
void page_limits(page_writer *p);
void page_split(page_writer *p);
void page_rules(page_writer *p);
void page_out(page_writer *p);

/* mix.c: the split, if one was asked for. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status page_mix(page_writer *p);

/* portfolio.c: the best set, if one was asked for; and what is behind it. */
void page_portfolio(page_writer *p);
/* Is it the one to choose, or in the set? */
bool page_is_chosen(const tdo_run *run, size_t i);
void page_portfolio_reasons(page_writer *p);

/* robust.c: how sure, if samples were drawn. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status page_robust(page_writer *p);

#endif
