/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linear programs are not in the page: what would need one has no answer there, and is left out.
 * So is what learning is worth, which is large. Nor are errors of a system, whose names the C
 * library would bring, nor other processes. */
#include <string.h>

#include "fleet/fleet.h"
#include "output/json_parts.h"
#include "rules/ranking.h"
#include "sampling/learn.h"
#include "tradeoff/region.h"

tdo_status tdo_find_regions(const tdo_scenario **s, tdo_arena *a, tdo_regions *out,
                            tdo_report *report)
{
    (void)s, (void)a, (void)report;
    *out = (tdo_regions){.s = 0};
    return TDO_E_INPUT;
}

tdo_status sampling_learn(sampling_inquiry *q)
{
    (void)q;
    return TDO_OK;
}

size_t fleet_size(const tdo_fleet *f)
{
    (void)f;
    return 1;
}

bool fleet_leads(const tdo_fleet *f)
{
    (void)f;
    return true;
}

fleet_part fleet_part_of(const tdo_fleet *f, size_t n)
{
    (void)f;
    return (fleet_part){0, n};
}

tdo_status fleet_share(const tdo_fleet *f, tdo_status mine, void *items, size_t n, size_t size)
{
    (void)f, (void)items, (void)n, (void)size;
    return mine;
}

tdo_status fleet_tell(const tdo_fleet *f, tdo_status mine, void *bytes, size_t n)
{
    (void)f, (void)bytes, (void)n;
    return mine;
}

/* Splits, sets and agreements are not sought in the page, and so not written. */
tdo_status out_mix(json_writer *j, const tdo_run *run, tdo_arena *a)
{
    (void)j, (void)run, (void)a;
    return TDO_OK;
}

tdo_status out_portfolio(json_writer *j, const tdo_run *run, tdo_arena *a)
{
    (void)j, (void)run, (void)a;
    return TDO_OK;
}

void out_agreement(json_writer *j, const tdo_run *run, tdo_arena *a)
{
    (void)j, (void)run, (void)a;
}

/* The page keeps the ranks of all. */
tdo_status rule_place(const rule_bench *bench, const tdo_case *k, double *spare, tdo_arena *a,
                      rule_placing *p)
{
    (void)bench, (void)k, (void)spare, (void)a, (void)p;
    return TDO_E_USAGE;
}

/* In the place of the C library's, which its printf calls for %m: nothing here writes that. */
char *strerror(int code)
{
    (void)code;
    return "";
}
