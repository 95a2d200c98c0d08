/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is divided between the processes of a run. Everywhere NULL is this process alone: all is its
 * part, and nothing is waited for. */
#ifndef TRADEOFF_FLEET_FLEET_H
#define TRADEOFF_FLEET_FLEET_H

#include "tradeoff/fleet.h"

/* Items [from, to). */
typedef struct fleet_part {
    size_t from, to;
} fleet_part;

/* Of a file, with the place of this process. */
#define FLEET_NOT_THE_SAME                                                                         \
    "process %zu reads other bytes in it than process 0: all processes need the same files"

size_t fleet_size(const tdo_fleet *f);
/* Is it the one that finds what is not divided? */
bool fleet_leads(const tdo_fleet *f);
/* Of n items those that this process makes. */
fleet_part fleet_part_of(const tdo_fleet *f, size_t n);

/* All of these wait for all processes; mine and errors: as in tradeoff/fleet.h. */

/* Everybody made its part of n items, of `size` bytes each: now all have all. */
TDO_MUST_USE tdo_status fleet_share(const tdo_fleet *f, tdo_status mine, void *items, size_t n,
                                    size_t size);
/* The same of items in n blocks, of which each made its part; start: [n + 1] the first of each. */
TDO_MUST_USE tdo_status fleet_share_blocks(const tdo_fleet *f, tdo_status mine, void *items,
                                           const size_t *start, size_t n, size_t size);
/* All get the bytes of process 0. */
TDO_MUST_USE tdo_status fleet_tell(const tdo_fleet *f, tdo_status mine, void *bytes, size_t n);
/* The end of what is divided. */
TDO_MUST_USE tdo_status fleet_agree(const tdo_fleet *f, tdo_status mine, void *said, size_t size);

#endif
