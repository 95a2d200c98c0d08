/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 with the processor's own instructions, where it has them (FIPS 180-4; the two halves of
 * the state stand as ABEF and CDGH, as the instructions want them). */
#include "files/hasher.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <cpuid.h>
#include <immintrin.h>

enum { BLOCK = 64, GROUPS = 16 /* of four rounds */ };

#define KERNEL __attribute__((target("sha,sse4.1,ssse3")))
#if defined(__clang__) /* does so by itself */
#define UNROLL
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

/* The first 32 bits of the fractions of the cube roots of the first 64 primes. */
static const uint32_t round_constant[4 * GROUPS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

bool hasher_has_blocks(void)
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3))
        return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) != 0;
}

KERNEL static void add_block(__m128i half[2], const uint8_t *block)
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i abef = half[0], cdgh = half[1], word[4];
    for (int k = 0; k < 4; k++)
        word[k] = _mm_shuffle_epi8(_mm_loadu_si128((const void *)(block + 16 * k)), big_endian);
    UNROLL
    for (int g = 0; g < GROUPS; g++) {
        const __m128i now = word[g % 4], last = word[(g + 3) % 4];
        __m128i sum = _mm_add_epi32(now, _mm_loadu_si128((const void *)(round_constant + 4 * g)));
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
        sum = _mm_shuffle_epi32(sum, 0x0E);
        abef = _mm_sha256rnds2_epu32(abef, cdgh, sum);
        if (g < GROUPS - 4) { /* the four words that are due sixteen rounds later */
            __m128i next = _mm_sha256msg1_epu32(now, word[(g + 1) % 4]);
            next = _mm_add_epi32(next, _mm_alignr_epi8(last, word[(g + 2) % 4], 4));
            word[g % 4] = _mm_sha256msg2_epu32(next, last);
        }
    }
    half[0] = _mm_add_epi32(half[0], abef);
    half[1] = _mm_add_epi32(half[1], cdgh);
}

KERNEL void hasher_add_blocks(uint32_t state[8], const uint8_t *bytes, size_t blocks)
{
    const __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const void *)state), 0xB1);
    const __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const void *)(state + 4)), 0x1B);
    __m128i half[2] = {_mm_alignr_epi8(badc, hgfe, 8), _mm_blend_epi16(hgfe, badc, 0xF0)};
    for (size_t k = 0; k < blocks; k++)
        add_block(half, bytes + k * BLOCK);
    const __m128i feba = _mm_shuffle_epi32(half[0], 0x1B);
    const __m128i dchg = _mm_shuffle_epi32(half[1], 0xB1);
    _mm_storeu_si128((void *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool hasher_has_blocks(void)
{
    return false;
}

void hasher_add_blocks(uint32_t state[8], const uint8_t *bytes, size_t blocks)
{
    (void)state, (void)bytes, (void)blocks;
}

#endif
