/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops over rows in plain C, sixteen codes at a time. */
#define KERNEL_TARGET
#include "frontier/kernel.h"

#include <string.h>

typedef uint8_t lanes __attribute__((vector_size(16)));

typedef struct asked_plain {
    const double *x;
    const uint8_t *code;
    lanes lane[FRONT_KERNEL_AXES];
} kernel_asked;

static inline lanes kernel_all(uint8_t code)
{
    return (lanes){0} + code;
}

static inline lanes load(const uint8_t *p)
{
    lanes x;
    memcpy(&x, p, sizeof x);
    return x;
}

/* Bit k: byte k is not 0. */
static inline uint64_t bits_of(const lanes m[4])
{
    uint64_t bits = 0;
    uint8_t byte[FRONT_BLOCK];
    memcpy(byte, m, sizeof byte);
    for (size_t k = 0; k < FRONT_BLOCK; k++)
        bits |= (uint64_t)(byte[k] & 1) << k;
    return bits;
}

KERNEL_INLINE uint64_t kernel_hits(const uint8_t *block, const kernel_asked *q, const size_t d)
{
    lanes m[4];
    uint64_t any[2];
    for (size_t c = 0; c < d; c++, block += FRONT_BLOCK) {
        const lanes asked = d <= FRONT_KERNEL_AXES ? q->lane[c] : kernel_all(q->code[c]);
        for (size_t k = 0; k < 4; k++) {
            const lanes hit = (lanes)(load(block + 16 * k) >= asked);
            m[k] = c == 0 ? hit : m[k] & hit;
        }
    }
    const lanes all = m[0] | m[1] | m[2] | m[3];
    memcpy(any, &all, sizeof any);
    return (any[0] | any[1]) == 0 ? 0 : bits_of(m);
}

KERNEL_INLINE bool kernel_above(const double *a, const double *b, const size_t d)
{
    bool more = false;
    for (size_t c = 0; c < d; c++)
        more |= a[c] > b[c];
    return more;
}

KERNEL_INLINE void kernel_buckets(const front_codes *codes, const double *x, const size_t range[2],
                                  int32_t *bucket)
{
    for (size_t c = range[0]; c < range[1]; c++) {
        double t = (x[c] / 2 - codes->half_low[c]) * codes->scale[c];
        t = t > 0 ? t : 0;
        t = t < FRONT_CODE_GUIDE - 1 ? t : FRONT_CODE_GUIDE - 1;
        bucket[c - range[0]] = (int32_t)t;
    }
}

#include "frontier/kernel_body.h"

const front_kernel front_kernel_plain[FRONT_KERNEL_AXES + 1] = KERNEL_TABLE("plain");
