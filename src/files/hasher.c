/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread that hashes (libmd) what is handed to it in blocks. */
#include "files/hasher.h"

#include <pthread.h>
#include <sha2.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 4, SLOT_BYTES = 256 << 10 };

/* A ring of slots. The reader owns the free ones, the thread the first of the used ones. */
struct hasher_state {
    pthread_t thread;
    pthread_mutex_t lock; /* of first, used and ended */
    pthread_cond_t changed;
    size_t first, used;
    bool ended; /* nothing more will be added */
    size_t length[SLOTS];
    char slot[SLOTS][SLOT_BYTES];
    SHA2_CTX hash;
};

static void *work(void *user)
{
    hasher_state *h = user;
    (void)pthread_mutex_lock(&h->lock);
    for (;;) {
        while (h->used == 0 && !h->ended)
            (void)pthread_cond_wait(&h->changed, &h->lock);
        if (h->used == 0)
            break;
        size_t k = h->first;
        (void)pthread_mutex_unlock(&h->lock);
        SHA256Update(&h->hash, (const uint8_t *)h->slot[k], h->length[k]);
        (void)pthread_mutex_lock(&h->lock);
        h->first = (h->first + 1) % SLOTS;
        h->used--;
        (void)pthread_cond_signal(&h->changed);
    }
    (void)pthread_mutex_unlock(&h->lock);
    return NULL;
}

hasher_state *hasher_start(void)
{
    hasher_state *h = malloc(sizeof *h);
    if (!h)
        return NULL;
    h->first = h->used = 0;
    h->ended = false;
    SHA256Init(&h->hash);
    if (pthread_mutex_init(&h->lock, NULL) != 0)
        goto no_lock;
    if (pthread_cond_init(&h->changed, NULL) != 0)
        goto no_condition;
    if (pthread_create(&h->thread, NULL, work, h) == 0)
        return h;
    (void)pthread_cond_destroy(&h->changed);
no_condition:
    (void)pthread_mutex_destroy(&h->lock);
no_lock:
    free(h);
    return NULL;
}

void hasher_add(hasher_state *h, const char *bytes, size_t n)
{
    while (n > 0) {
        size_t part = n < SLOT_BYTES ? n : SLOT_BYTES;
        (void)pthread_mutex_lock(&h->lock);
        while (h->used == SLOTS)
            (void)pthread_cond_wait(&h->changed, &h->lock);
        size_t k = (h->first + h->used) % SLOTS;
        (void)pthread_mutex_unlock(&h->lock);
        memcpy(h->slot[k], bytes, part);
        h->length[k] = part;
        (void)pthread_mutex_lock(&h->lock);
        h->used++;
        (void)pthread_cond_signal(&h->changed);
        (void)pthread_mutex_unlock(&h->lock);
        bytes += part;
        n -= part;
    }
}

void hasher_end(hasher_state *h, char sha256[65])
{
    if (!h)
        return;
    (void)pthread_mutex_lock(&h->lock);
    h->ended = true;
    (void)pthread_cond_signal(&h->changed);
    (void)pthread_mutex_unlock(&h->lock);
    (void)pthread_join(h->thread, NULL);
    if (sha256)
        SHA256End(&h->hash, sha256);
    (void)pthread_cond_destroy(&h->changed);
    (void)pthread_mutex_destroy(&h->lock);
    free(h);
}
