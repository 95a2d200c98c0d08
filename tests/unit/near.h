/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing doubles (cmocka's own way casts to float). Include after cmocka.h. */
#ifndef TRADEOFF_TESTS_NEAR_H
#define TRADEOFF_TESTS_NEAR_H

#include <math.h>

/* Fails unless |a - b| <= absolute + relative * |b|. A NaN on either side fails. */
#define near(a, b, absolute, relative) near_at((a), (b), (absolute), (relative), __FILE__, __LINE__)

static inline void near_at(double a, double b, double absolute, double relative, const char *file,
                           int line)
{
    if (!(fabs(a - b) <= absolute + relative * fabs(b))) {
        print_error("%.17g is not near %.17g\n", a, b);
        _fail(file, line);
    }
}

#endif
