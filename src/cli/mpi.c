/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The processes that mpirun started together, by MPI; the only file that knows it ("make MPI=1").
 *
 * Before anything is gathered the roll is called: each process says whether something went wrong in
 * it, and at which step it is. So a process that fails by itself keeps nobody waiting: it comes to
 * the agreement at once, the others hear of it where they are and follow, and then all get its
 * words. */
#define _DEFAULT_SOURCE 1 /* SIG_IGN by signal */
#include "cli/cli.h"
#include "cli/fleet.h"

#include <fcntl.h>
#include <mpi.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    PIECE = 1 << 30, /* bytes at once: MPI counts in int */
    LOST = 70        /* the exit status of a bug */
};

typedef enum roll_step { GATHER = 1, AGREE, END } roll_step;

/* The process is one of one fleet. */
static struct {
    tdo_fleet fleet;
    tdo_status failed; /* what went wrong somewhere, until it is agreed on; TDO_OK: nothing */
    int first;         /* where it did */
} now;

/* ---- waiting ---- */

/* Without keeping a processor busy, as the others may work for long: each pause is a part of what
 * was waited before. */
static void wait_for(MPI_Request *request)
{
    enum { SHARE = 16, MOST = 2000000 }; /* nanoseconds */
    struct timespec start, at;
    int done = 0;
    clock_gettime(CLOCK_MONOTONIC, &start);
    while (MPI_Test(request, &done, MPI_STATUS_IGNORE) == MPI_SUCCESS && !done) {
        clock_gettime(CLOCK_MONOTONIC, &at);
        const long long waited = (at.tv_sec - start.tv_sec) * 1000000000LL + at.tv_nsec -
                                 start.tv_nsec;
        const long long pause = waited / SHARE < MOST ? waited / SHARE : MOST;
        nanosleep(&(struct timespec){.tv_nsec = (long)pause}, NULL);
    }
}

/* All say at which step they are, and what went wrong. */
static tdo_status call_roll(roll_step at, tdo_status mine)
{
    const int size = (int)now.fleet.size, place = (int)now.fleet.place;
    enum { STATUSES = 256 };
    int said[3] = {(int)at, -(int)at, 0}, most[3] = {0};
    MPI_Request request;
    if (mine != TDO_OK) /* the first process has the largest */
        said[2] = (size - place) * STATUSES + (int)mine;
    MPI_Iallreduce(said, most, 3, MPI_INT, MPI_MAX, MPI_COMM_WORLD, &request);
    wait_for(&request);
    const bool together = most[0] == -most[1], ends = most[0] == (int)END;
    if (!together && (ends || !most[2])) {
        cli_say(stderr, "tradeoff: error: the processes do not work on the same any more\n");
        MPI_Abort(MPI_COMM_WORLD, LOST);
    }
    now.failed = (tdo_status)(most[2] % STATUSES);
    now.first = size - most[2] / STATUSES;
    return now.failed;
}

/* All get the bytes that process `from` has. */
static void tell(char *bytes, size_t n, int from)
{
    for (size_t at = 0; at < n; at += PIECE) {
        MPI_Request request;
        MPI_Ibcast(bytes + at, (int)(n - at < PIECE ? n - at : PIECE), MPI_BYTE, from,
                   MPI_COMM_WORLD, &request);
        wait_for(&request);
    }
}

/* ---- the fleet ---- */

static tdo_status gather(void *user, tdo_status mine, void *at, const size_t *start)
{
    (void)user;
    if (now.failed != TDO_OK || call_roll(GATHER, mine) != TDO_OK)
        return now.failed;
    for (size_t p = 0; p < now.fleet.size; p++)
        tell((char *)at + start[p], start[p + 1] - start[p], (int)p);
    return TDO_OK;
}

static tdo_status agree(void *user, tdo_status mine, void *said, size_t size)
{
    (void)user;
    if (now.failed == TDO_OK && call_roll(AGREE, mine) == TDO_OK)
        return TDO_OK;
    const tdo_status failed = now.failed;
    tell(said, size, now.first);
    now.failed = TDO_OK;
    return failed;
}

/* Did mpirun start it? Else nothing of MPI is set up. */
static bool is_started(void)
{
    const char *size = getenv("OMPI_COMM_WORLD_SIZE");
    return size && strtol(size, NULL, 10) > 0;
}

/* Process 0 speaks. A signal that mpirun hands on to all is for it. */
static void fall_silent(void)
{
    const int nowhere = open("/dev/null", O_WRONLY);
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    if (nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0 || dup2(nowhere, STDERR_FILENO) < 0)
        MPI_Abort(MPI_COMM_WORLD, tdo_exit_status(TDO_E_IO));
    (void)close(nowhere);
    (void)sigaction(SIGUSR1, &ignore, NULL);
}

int cli_fleet_start(const tdo_fleet **out)
{
    int size = 1, place = 0, threads = MPI_THREAD_SINGLE;
    *out = NULL;
    if (!is_started())
        return 0;
    MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &threads);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Comm_rank(MPI_COMM_WORLD, &place);
    now.fleet =
        (tdo_fleet){.size = (size_t)size, .place = (size_t)place, .gather = gather, .agree = agree};
    *out = &now.fleet;
    if (place > 0)
        fall_silent();
    if (size > TDO_FLEET_MOST)
        return cli_usage_error("%d processes: at most %d work on one run", size, TDO_FLEET_MOST);
    if (threads < MPI_THREAD_SERIALIZED)
        return cli_usage_error("this MPI lets no threads call it");
    return 0;
}

int cli_fleet_end(int status)
{
    if (now.fleet.size == 0)
        return status;
    (void)call_roll(END, TDO_OK);
    tell((char *)&status, sizeof status, 0);
    MPI_Finalize();
    return status;
}
