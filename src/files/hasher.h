/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256, with the processor's instructions or (libmd) without. Then hashing a table takes about
 * as long as reading it, and has a thread of its own. */
#ifndef TRADEOFF_FILES_HASHER_H
#define TRADEOFF_FILES_HASHER_H

#include <sha2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* SHA256Update; by_blocks: with the instructions, which the processor must have. */
void hasher_update(SHA2_CTX *hash, bool by_blocks, const char *bytes, size_t n);

/* Has the processor instructions for SHA-256? To be asked once: under a hypervisor it is a trap. */
bool hasher_has_blocks(void);

/* What SHA256Transform does, with these, for so many blocks of 64 bytes. */
void hasher_add_blocks(uint32_t state[8], const uint8_t *bytes, size_t blocks);

typedef struct hasher_state hasher_state;

/* NULL where memory or threads are out: hash without it. */
hasher_state *hasher_start(void);

/* Takes a copy of the bytes; waits while much is still to be hashed. */
void hasher_add(hasher_state *h, const char *bytes, size_t n);

/* Waits for the hash of all bytes, in lower-case hex (NULL: not wanted), and frees. NULL is allowed
 * as h, and does nothing. */
void hasher_end(hasher_state *h, char sha256[65]);

#endif
