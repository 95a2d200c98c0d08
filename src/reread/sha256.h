/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SHA-256 of bytes in memory. */
#ifndef TRADEOFF_REREAD_SHA256_H
#define TRADEOFF_REREAD_SHA256_H

#include <stddef.h>

enum { VERIFY_HASH_TEXT = 65 }; /* bytes, with the NUL */

/* FIPS 180-4, in lower-case hexadecimal. */
void verify_sha256(const char *bytes, size_t length, char out[VERIFY_HASH_TEXT]);

#endif
