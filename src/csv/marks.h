/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of 64 bytes end a field, and which need a second look. */
#ifndef TRADEOFF_CSV_MARKS_H
#define TRADEOFF_CSV_MARKS_H

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { CSV_MARKED = 64 };

/* Bit i is byte i. */
typedef struct csv_marks {
    uint64_t delimiter;
    uint64_t odd; /* others up to '"': line ends, blanks, quotes, controls and NUL, also '!' */
    uint64_t far; /* not ASCII */
} csv_marks;

static inline csv_marks csv_marks_plainly(const char *bytes, char delimiter)
{
    csv_marks m = {0};
    for (unsigned i = 0; i < CSV_MARKED; i++) {
        const unsigned char c = (unsigned char)bytes[i];
        const uint64_t ends = c == (unsigned char)delimiter;
        m.delimiter |= ends << i;
        m.odd |= (uint64_t)(c <= '"' && !ends) << i;
        m.far |= (uint64_t)(c >> 7) << i;
    }
    return m;
}

static inline csv_marks csv_marks_of(const char *bytes, char delimiter)
{
#ifdef __SSE2__
    enum { STEP = sizeof(__m128i) };
    const __m128i end = _mm_set1_epi8(delimiter), last = _mm_set1_epi8('"' + 1);
    csv_marks m = {0};
    for (unsigned i = 0; i < CSV_MARKED; i += STEP) {
        const __m128i c = _mm_loadu_si128((const void *)(bytes + i));
        const uint64_t low = (uint64_t)_mm_movemask_epi8(_mm_cmplt_epi8(c, last)); /* or far */
        m.delimiter |= (uint64_t)_mm_movemask_epi8(_mm_cmpeq_epi8(c, end)) << i;
        m.far |= (uint64_t)_mm_movemask_epi8(c) << i;
        m.odd |= low << i;
    }
    m.odd &= ~(m.delimiter | m.far);
    return m;
#else
    return csv_marks_plainly(bytes, delimiter);
#endif
}

#endif
