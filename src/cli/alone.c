/* SPDX-License-Identifier: GPL-3.0-or-later */
/* This process alone: what stands in the place of mpi.c where the program is built without MPI. */
#include "cli/cli.h"
#include "cli/fleet.h"

int cli_fleet_start(const tdo_fleet **out)
{
    *out = NULL;
    return 0;
}

int cli_fleet_end(int status)
{
    return status;
}
