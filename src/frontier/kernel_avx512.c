/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops over rows with AVX-512: sixty-four codes, eight numbers at a time. */
#define KERNEL_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,bmi")))
#include "frontier/kernel.h"

#if FRONT_X86_64

#include <immintrin.h>
#include <string.h>

typedef struct asked_avx512 {
    const double *x;
    const uint8_t *code;
    __m512i lane[FRONT_KERNEL_AXES];
} kernel_asked;

KERNEL_INLINE __m512i kernel_all(uint8_t code)
{
    return _mm512_set1_epi8((char)code);
}

/* What the block's codes lack, over all axes: 0 where none lacks anything. */
KERNEL_INLINE uint64_t kernel_hits(const uint8_t *block, const kernel_asked *q, const size_t d)
{
    __m512i lack = _mm512_setzero_si512();
    KERNEL_UNROLL
    for (size_t c = 0; c < d; c++, block += FRONT_BLOCK) {
        const __m512i asked = d <= FRONT_KERNEL_AXES ? q->lane[c] : kernel_all(q->code[c]);
        lack = _mm512_or_si512(lack, _mm512_subs_epu8(asked, _mm512_loadu_si512(block)));
    }
    return _mm512_testn_epi8_mask(lack, lack);
}

/* Which of eight numbers there are. */
KERNEL_INLINE __mmask8 some(const size_t n)
{
    return (__mmask8)(n >= 8 ? 0xFF : (1u << n) - 1);
}

KERNEL_INLINE bool kernel_above(const double *a, const double *b, const size_t d)
{
    __mmask8 more = 0;
    for (size_t c = 0; c < d; c += 8) {
        const __mmask8 there = some(d - c);
        const __m512d x = _mm512_maskz_loadu_pd(there, a + c);
        const __m512d y = _mm512_maskz_loadu_pd(there, b + c);
        more |= _mm512_cmp_pd_mask(x, y, _CMP_GT_OQ);
    }
    return more != 0;
}

KERNEL_INLINE void kernel_buckets(const front_codes *codes, const double *x, const size_t range[2],
                                  int32_t *bucket)
{
    const __mmask8 there = some(range[1] - range[0]);
    const double *half_low = codes->half_low + range[0], *scale = codes->scale + range[0];
    __m512d t = _mm512_maskz_loadu_pd(there, x + range[0]);
    t = _mm512_mul_pd(t, _mm512_set1_pd(0.5));
    t = _mm512_sub_pd(t, _mm512_maskz_loadu_pd(there, half_low));
    t = _mm512_mul_pd(t, _mm512_maskz_loadu_pd(there, scale));
    t = _mm512_max_pd(t, _mm512_setzero_pd());
    t = _mm512_min_pd(t, _mm512_set1_pd(FRONT_CODE_GUIDE - 1));
    _mm256_storeu_si256((void *)bucket, _mm512_cvttpd_epi32(t));
}

#include "frontier/kernel_body.h"

const front_kernel front_kernel_avx512[FRONT_KERNEL_AXES + 1] = KERNEL_TABLE("AVX-512");

#endif
