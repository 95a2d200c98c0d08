/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counter-based generator: Philox4x32-10 of Salmon et al. 2011, "Parallel random numbers: as
 * easy as 1, 2, 3", section 3.3. */
#include "variates/variates.h"

#include <assert.h>

enum { ROUNDS = 10, WORDS = 4, MANY = 32, FEW = 4 };

static const uint32_t multiplier[2] = {0xD2511F53, 0xCD9E8D57};
static const uint32_t weyl[2] = {0x9E3779B9, 0xBB67AE85}; /* golden ratio, sqrt(3) - 1 */

/* Some counters at once, so that the rounds vectorise: word w of counter l is x[w * lanes + l]. */
REAL_INLINE void turn(uint32_t *x, const uint32_t key[2], int lanes)
{
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        for (int l = 0; l < lanes; l++) {
            uint64_t a = (uint64_t)multiplier[0] * x[l];
            uint64_t b = (uint64_t)multiplier[1] * x[2 * lanes + l];
            uint32_t y0 = (uint32_t)(b >> 32) ^ x[lanes + l] ^ k0;
            uint32_t y2 = (uint32_t)(a >> 32) ^ x[3 * lanes + l] ^ k1;
            x[l] = y0;
            x[lanes + l] = (uint32_t)b;
            x[2 * lanes + l] = y2;
            x[3 * lanes + l] = (uint32_t)a;
        }
        k0 += weyl[0];
        k1 += weyl[1];
    }
}

void variate_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    for (int w = 0; w < WORDS; w++)
        out[w] = counter[w];
    turn(out, key, 1);
}

/* The next lanes x 4 words. */
REAL_INLINE void take(const variate_draw *d, const uint32_t key[2], uint32_t block, int lanes,
                      uint32_t *x, uint32_t *out)
{
    for (int l = 0; l < lanes; l++) {
        x[l] = block + (uint32_t)l;
        x[lanes + l] = d->stream;
        x[2 * lanes + l] = (uint32_t)d->sample;
        x[3 * lanes + l] = (uint32_t)(d->sample >> 32);
    }
    turn(x, key, lanes);
    for (int l = 0; l < lanes; l++)
        for (int w = 0; w < WORDS; w++)
            out[WORDS * l + w] = x[w * lanes + l];
}

REAL_CLONES
void variate_words(const variate_draw *d, uint32_t first, size_t n, uint32_t *out)
{
    const uint32_t key[2] = {(uint32_t)d->seed, (uint32_t)(d->seed >> 32)};
    uint32_t x[WORDS * MANY], last[WORDS], block = first / WORDS;
    for (; n >= WORDS * MANY; n -= WORDS * MANY, out += WORDS * MANY, block += MANY)
        take(d, key, block, MANY, x, out);
    for (; n >= WORDS * FEW; n -= WORDS * FEW, out += WORDS * FEW, block += FEW)
        take(d, key, block, FEW, x, out);
    /* One after the other none waits for the one before. */
    for (; n >= WORDS; n -= WORDS, out += WORDS, block++)
        take(d, key, block, 1, x, out);
    if (n > 0)
        take(d, key, block, 1, x, last);
    for (size_t k = 0; k < n; k++)
        out[k] = last[k];
}

void variate_uniforms(const variate_draw *d, size_t n, double *out)
{
    enum { AT_ONCE = 128 };
    uint32_t word[2 * AT_ONCE];
    assert(n <= AT_ONCE);
    variate_words(d, 0, 2 * n, word);
    for (size_t k = 0; k < n; k++) {
        uint64_t bits = ((uint64_t)word[2 * k] << 32 | word[2 * k + 1]) >> 11;
        out[k] = ((double)bits + 0.5) * 0x1p-53;
    }
}
