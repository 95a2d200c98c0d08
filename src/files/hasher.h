/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 in a thread of its own: hashing a table takes about as long as reading it. */
#ifndef TRADEOFF_FILES_HASHER_H
#define TRADEOFF_FILES_HASHER_H

#include <stddef.h>

typedef struct hasher_state hasher_state;

/* NULL where memory or threads are out: hash without it. */
hasher_state *hasher_start(void);

/* Takes a copy of the bytes; waits while much is still to be hashed. */
void hasher_add(hasher_state *h, const char *bytes, size_t n);

/* Waits for the hash of all bytes, in lower-case hex (NULL: not wanted), and frees. NULL is allowed
 * as h, and does nothing. */
void hasher_end(hasher_state *h, char sha256[65]);

#endif
