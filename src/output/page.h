/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the terminal table. */
#ifndef TRADEOFF_OUTPUT_PAGE_H
#define TRADEOFF_OUTPUT_PAGE_H

#include "explain/facts.h"
#include "output/grid.h"
#include "base/plain.h"
#include "tradeoff/output.h"

#define TDO_STYLE_BOLD "\033[1m"
#define TDO_STYLE_DIM "\033[2m"
#define TDO_STYLE_RED "\033[31m"
#define TDO_STYLE_GREEN "\033[1;32m"
#define TDO_STYLE_YELLOW "\033[33m"

/* What every part needs. */
typedef struct tdo_page {
    const tdo_run *run;
    const tdo_table_style *style;
    tdo_sink *o;
    tdo_arena *a; /* for the texts of cells */
    bool failed;  /* out of memory */
} tdo_page;

/* ---- page.c ---- */

/* A name made harmless; "" and failed when memory is out. */
const char *tdo_page_name(tdo_page *p, const char *name);
/* A number rounded to so many digits, as a text for a cell. */
const char *tdo_page_number(tdo_page *p, double x, int digits);
const char *tdo_page_count(tdo_page *p, size_t n);
/* The id of a slot's candidate, made harmless. */
const char *tdo_page_slot(tdo_page *p, uint32_t slot);
/* A bar of x (0 to 1) in so many columns. */
const char *tdo_page_bar(tdo_page *p, double x, size_t columns);
/* What a sink collected, as a cell. */
const char *tdo_page_collected(tdo_page *p, const tdo_sink *o);

/* A heading after an empty line. */
void tdo_page_heading(tdo_page *p, const char *text);
/* "- text", folded. */
void tdo_page_item(tdo_page *p, const char *text);
/* A line in a colour, folded. style: NULL for none. */
void tdo_page_line(tdo_page *p, const char *style, const char *text);
/* Fits and writes the grid, then names what was left out for lack of width. */
void tdo_page_grid(tdo_page *p, tdo_grid *g);

/* ---- table_ranking.c, table_sections.c ---- */

void tdo_page_ranking(tdo_page *p);
void tdo_page_stakeholders(tdo_page *p);
void tdo_page_constraints(tdo_page *p);
void tdo_page_rules(tdo_page *p);
void tdo_page_out(tdo_page *p);

/* table_mix.c: the split, if one was asked for. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_page_mix(tdo_page *p);

#endif
