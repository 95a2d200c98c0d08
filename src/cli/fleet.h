/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes that work together: none in alone.c, those of mpirun in mpi.c (make MPI=1). */
#ifndef TRADEOFF_CLI_FLEET_H
#define TRADEOFF_CLI_FLEET_H

#include "tradeoff/tradeoff.h"

/* Those that were started together with this one; NULL: it was not. Process 0 alone speaks and
 * writes. Before anything is read or said. 0, or the exit status after the message. */
int cli_fleet_start(const tdo_fleet **out);
/* The end of the program: the exit status of process 0, for all. */
int cli_fleet_end(int status);

static inline bool cli_leads(const tdo_fleet *f)
{
    return !f || f->place == 0;
}

#endif
