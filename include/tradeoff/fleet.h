/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes that make one run together. All of them make the same calls; what is divided is made in
 * parts, one by each process, and then known to all, in an order that does not depend on how many
 * they are: results have the same bytes. The program has them from MPI ("make MPI=1"); whoever uses
 * the library may bring any other way. */
#ifndef TRADEOFF_FLEET_H
#define TRADEOFF_FLEET_H

#include "tradeoff/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { TDO_FLEET_MOST = 1024 }; /* processes */

typedef struct tdo_fleet {
    size_t size, place; /* place < size. Process 0 finds what is not divided, and is the one that
                           has a whole result in the end. */
    /* Called by all, in the same order, by one thread at a time. Process p made the bytes
     * [start[p], start[p + 1]) of `at`; now all have all. start: [size + 1] ascending, the same in
     * all. mine: what went wrong in this process since the last call. Returns TDO_OK in all, or in
     * all what went wrong in the first process where something did; then nothing is gathered, and
     * no later call gathers anything: all come to `agree`. */
    tdo_status (*gather)(void *user, tdo_status mine, void *at, const size_t *start);
    /* Called by all at their end, by whoever had a failure without waiting for the others. What it
     * returns is as above, and where something went wrong all get what that process said, size
     * bytes. */
    tdo_status (*agree)(void *user, tdo_status mine, void *said, size_t size);
    void *user;
} tdo_fleet;

#ifdef __cplusplus
}
#endif

#endif
