/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files a run reads, and what it asks of them. */
#ifndef TRADEOFF_TABLES_H
#define TRADEOFF_TABLES_H

#include "tradeoff/run.h"

/* The candidates, with what is joined to them. Errors: those of tdo_table_read. */
TDO_MUST_USE tdo_status run_read_candidates(tdo_run *run, const tdo_run_options *o,
                                            tdo_report *report);

/* Their subgroups, when they are known. Errors: the same. */
TDO_MUST_USE tdo_status run_read_groups(tdo_run *run, tdo_report *report);

/* Their items, likewise; a row of nobody is an error. Errors: the same. */
TDO_MUST_USE tdo_status run_read_items(tdo_run *run, tdo_report *report);

/* What is kept of them, or taken in beside them, where the options say so. Errors: those of
 * `tables` there. */
TDO_MUST_USE tdo_status run_take_tables(tdo_run *run, const tdo_run_options *o, tdo_report *report);

/* Each process of a fleet reads the files by itself: are they the same? Errors: TDO_E_INPUT, and
 * those of tradeoff/fleet.h. */
TDO_MUST_USE tdo_status run_check_same(const tdo_run *run, const tdo_fleet *fleet,
                                       tdo_report *report);

#endif
