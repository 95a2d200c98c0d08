/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counter-based generator: Philox4x32-10 of Salmon et al. 2011, "Parallel random numbers: as
 * easy as 1, 2, 3", section 3.3. */
#include "sampling/draws.h"

#include <assert.h>

enum { ROUNDS = 10, LANES = 32 };

static const uint32_t multiplier[2] = {0xD2511F53, 0xCD9E8D57};
static const uint32_t weyl[2] = {0x9E3779B9, 0xBB67AE85}; /* golden ratio, sqrt(3) - 1 */

/* Some counters at once, so that the rounds vectorise. */
typedef struct lanes {
    uint32_t word[4][LANES];
} lanes;

SAMPLING_INLINE void turn(lanes *x, const uint32_t key[2])
{
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        for (int l = 0; l < LANES; l++) {
            uint64_t a = (uint64_t)multiplier[0] * x->word[0][l];
            uint64_t b = (uint64_t)multiplier[1] * x->word[2][l];
            uint32_t y0 = (uint32_t)(b >> 32) ^ x->word[1][l] ^ k0;
            uint32_t y2 = (uint32_t)(a >> 32) ^ x->word[3][l] ^ k1;
            x->word[0][l] = y0;
            x->word[1][l] = (uint32_t)b;
            x->word[2][l] = y2;
            x->word[3][l] = (uint32_t)a;
        }
        k0 += weyl[0];
        k1 += weyl[1];
    }
}

void sampling_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    lanes x = {0};
    for (int w = 0; w < 4; w++)
        x.word[w][0] = counter[w];
    turn(&x, key);
    for (int w = 0; w < 4; w++)
        out[w] = x.word[w][0];
}

SAMPLING_CLONES
void sampling_words(const sampling_draw *d, uint32_t first, size_t n, uint32_t *out)
{
    const uint32_t key[2] = {(uint32_t)d->seed, (uint32_t)(d->seed >> 32)};
    for (size_t at = 0; at < n; at += 4 * (size_t)LANES) {
        lanes x;
        for (int l = 0; l < LANES; l++) {
            x.word[0][l] = first / 4 + (uint32_t)(at / 4) + (uint32_t)l;
            x.word[1][l] = d->stream;
            x.word[2][l] = (uint32_t)d->sample;
            x.word[3][l] = (uint32_t)(d->sample >> 32);
        }
        turn(&x, key);
        if (n - at >= 4 * (size_t)LANES) {
            for (int l = 0; l < LANES; l++)
                for (int w = 0; w < 4; w++)
                    out[at + 4 * (size_t)l + (size_t)w] = x.word[w][l];
        } else {
            for (size_t k = 0; k < n - at; k++)
                out[at + k] = x.word[k % 4][k / 4];
        }
    }
}

void sampling_uniforms(const sampling_draw *d, size_t n, double *out)
{
    enum { AT_ONCE = 128 };
    uint32_t word[2 * AT_ONCE];
    assert(n <= AT_ONCE);
    sampling_words(d, 0, 2 * n, word);
    for (size_t k = 0; k < n; k++) {
        uint64_t bits = ((uint64_t)word[2 * k] << 32 | word[2 * k + 1]) >> 11;
        out[k] = ((double)bits + 0.5) * 0x1p-53;
    }
}
