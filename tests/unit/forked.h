/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fleet of forked processes that share a page of memory, as MPI's in src/cli/mpi.c: for tests.
 * Work before the fork and in it has one thread. */
#ifndef TRADEOFF_TESTS_FORKED_H
#define TRADEOFF_TESTS_FORKED_H

#define _DEFAULT_SOURCE 1 /* MAP_ANONYMOUS */
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tradeoff/fleet.h"

enum { FORKED_MOST = 8, FORKED_BYTES = 1 << 24 };

typedef struct forked_room {
    pthread_barrier_t barrier;
    tdo_status said[FORKED_MOST];
    char bytes[FORKED_BYTES];
} forked_room;

typedef struct forked {
    tdo_fleet fleet;
    forked_room *room;
    tdo_status failed;
    size_t first; /* where it did */
} forked;

static inline void forked_meet(forked *f)
{
    (void)pthread_barrier_wait(&f->room->barrier);
}

static inline tdo_status forked_roll(forked *f, tdo_status mine)
{
    f->room->said[f->fleet.place] = mine;
    forked_meet(f);
    for (size_t p = f->fleet.size; p-- > 0;)
        if (f->room->said[p] != TDO_OK) {
            f->failed = f->room->said[p];
            f->first = p;
        }
    forked_meet(f);
    return f->failed;
}

static inline tdo_status forked_gather(void *user, tdo_status mine, void *at, const size_t *start)
{
    forked *f = user;
    const size_t from = start[f->fleet.place], to = start[f->fleet.place + 1];
    if (f->failed != TDO_OK || forked_roll(f, mine) != TDO_OK)
        return f->failed;
    if (start[f->fleet.size] > FORKED_BYTES)
        _exit(3);
    memcpy(f->room->bytes + from, (char *)at + from, to - from);
    forked_meet(f);
    memcpy(at, f->room->bytes, start[f->fleet.size]);
    forked_meet(f);
    return TDO_OK;
}

static inline tdo_status forked_agree(void *user, tdo_status mine, void *said, size_t size)
{
    forked *f = user;
    if (f->failed == TDO_OK && forked_roll(f, mine) == TDO_OK)
        return TDO_OK;
    if (f->first == f->fleet.place)
        memcpy(f->room->bytes, said, size);
    forked_meet(f);
    memcpy(said, f->room->bytes, size);
    forked_meet(f);
    return f->failed;
}

/* Does work return true in all of `size` processes? */
static inline bool forked_do(size_t size, bool (*work)(const tdo_fleet *f, void *user), void *user)
{
    forked_room *room =
        mmap(NULL, sizeof *room, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_barrierattr_t shared;
    bool good = room != MAP_FAILED && size <= FORKED_MOST;
    pid_t pid[FORKED_MOST];
    if (!good || pthread_barrierattr_init(&shared) != 0 ||
        pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED) != 0 ||
        pthread_barrier_init(&room->barrier, &shared, (unsigned)size) != 0)
        return false;
    for (size_t p = 0; p < size; p++) {
        pid[p] = fork();
        if (pid[p] == 0) {
            forked f = {{.size = size, .place = p, .gather = forked_gather, .agree = forked_agree},
                        room,
                        TDO_OK,
                        0};
            f.fleet.user = &f;
            (void)alarm(60); /* whoever waits for one that is gone */
            _exit(work(&f.fleet, user) ? 0 : 1);
        }
        good = good && pid[p] > 0;
    }
    for (size_t p = 0; p < size; p++) {
        int status = 1;
        good = pid[p] > 0 && waitpid(pid[p], &status, 0) == pid[p] && status == 0 && good;
    }
    (void)munmap(room, sizeof *room);
    return good;
}

#endif
