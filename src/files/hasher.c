/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashes, at once or in a thread to which blocks are handed. */
#include "files/hasher.h"

#include <pthread.h>
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

void hasher_update(SHA2_CTX *hash, bool by_blocks, const char *bytes, size_t n)
{
    const uint8_t *p = (const uint8_t *)bytes;
    const size_t waiting = (size_t)(hash->bitcount[0] / 8 % SHA256_BLOCK_LENGTH);
    const size_t first = waiting == 0 ? 0 : SHA256_BLOCK_LENGTH - waiting;
    if (by_blocks && n >= first + SHA256_BLOCK_LENGTH) {
        const size_t blocks = (n - first) / SHA256_BLOCK_LENGTH;
        SHA256Update(hash, p, first);
        hasher_add_blocks(hash->state.st32, p + first, blocks);
        hash->bitcount[0] += (uint64_t)blocks * SHA256_BLOCK_LENGTH * 8;
        p += first + blocks * SHA256_BLOCK_LENGTH;
        n -= first + blocks * SHA256_BLOCK_LENGTH;
    }
    SHA256Update(hash, p, n);
}

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
        hasher_update(&h->hash, false, h->slot[k], h->length[k]);
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
