/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops over rows with AVX2: thirty-two codes, four numbers at a time. */
#define KERNEL_TARGET __attribute__((target("avx2,bmi")))
#include "frontier/kernel.h"

#if FRONT_X86_64

#include <immintrin.h>
#include <string.h>

typedef struct asked_avx2 {
    const double *x;
    const uint8_t *code;
    __m256i lane[FRONT_KERNEL_AXES];
} kernel_asked;

KERNEL_INLINE __m256i kernel_all(uint8_t code)
{
    return _mm256_set1_epi8((char)code);
}

KERNEL_INLINE __m256i at_least(const uint8_t *p, __m256i asked)
{
    const __m256i x = _mm256_loadu_si256((const void *)p);
    return _mm256_cmpeq_epi8(_mm256_max_epu8(x, asked), x);
}

KERNEL_INLINE uint64_t kernel_hits(const uint8_t *block, const kernel_asked *q, const size_t d)
{
    __m256i low = _mm256_set1_epi8(-1), high = low;
    KERNEL_UNROLL
    for (size_t c = 0; c < d; c++, block += FRONT_BLOCK) {
        const __m256i asked = d <= FRONT_KERNEL_AXES ? q->lane[c] : kernel_all(q->code[c]);
        low = _mm256_and_si256(low, at_least(block, asked));
        high = _mm256_and_si256(high, at_least(block + 32, asked));
    }
    const __m256i any = _mm256_or_si256(low, high);
    if (_mm256_testz_si256(any, any))
        return 0;
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high)
                                                     << 32;
}

/* The first n of four numbers; 0 for the others. */
KERNEL_INLINE __m256d load_some(const double *x, const size_t n)
{
    if (n >= 4)
        return _mm256_loadu_pd(x);
    return _mm256_maskload_pd(x, _mm256_setr_epi64x(-(n > 0), -(n > 1), -(n > 2), 0));
}

KERNEL_INLINE bool kernel_above(const double *a, const double *b, const size_t d)
{
    __m256d more = _mm256_setzero_pd();
    KERNEL_UNROLL
    for (size_t c = 0; c < d; c += 4) {
        const __m256d x = load_some(a + c, d - c), y = load_some(b + c, d - c);
        more = _mm256_or_pd(more, _mm256_cmp_pd(x, y, _CMP_GT_OQ));
    }
    return _mm256_movemask_pd(more) != 0;
}

KERNEL_INLINE void kernel_buckets(const front_codes *codes, const double *x, const size_t range[2],
                                  int32_t *bucket)
{
    KERNEL_UNROLL
    for (size_t c = range[0]; c < range[1]; c += 4) {
        const size_t n = range[1] - c;
        __m256d t = _mm256_mul_pd(load_some(x + c, n), _mm256_set1_pd(0.5));
        t = _mm256_sub_pd(t, load_some(codes->half_low + c, n));
        t = _mm256_mul_pd(t, load_some(codes->scale + c, n));
        t = _mm256_max_pd(t, _mm256_setzero_pd());
        t = _mm256_min_pd(t, _mm256_set1_pd(FRONT_CODE_GUIDE - 1));
        _mm_storeu_si128((void *)(bucket + (c - range[0])), _mm256_cvttpd_epi32(t));
    }
}

#include "frontier/kernel_body.h"

const front_kernel front_kernel_avx2[FRONT_KERNEL_AXES + 1] = KERNEL_TABLE("AVX2");

#endif
