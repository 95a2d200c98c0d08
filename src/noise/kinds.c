/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of errors. Each bends one standard normal variate, so that whatever is shared between
 * candidates is shared in the same way under all of them. */
#include "noise/noise.h"

#include <math.h>

#define ROOT_OF_2_PI 2.50662827463100050242

/* Nothing moves: 1 where 0 is on the side that is asked for. */
static double none(bool holds)
{
    return holds ? 1 : 0;
}

/* ---- normal: se y ---- */

static double normal_deviation(const noise_source *s, size_t i, double y, double spread)
{
    (void)spread;
    return s->se[i] * y;
}

static double normal_below(const noise_source *s, size_t i, double x)
{
    return s->se[i] > 0 ? variate_normal_below(x / s->se[i]) : none(x >= 0);
}

static double normal_above(const noise_source *s, size_t i, double x)
{
    return s->se[i] > 0 ? variate_normal_below(-x / s->se[i]) : none(x <= 0);
}

static double normal_sd(const noise_source *s, size_t i)
{
    return s->se[i];
}

const noise_kind noise_normal = {true, normal_deviation, normal_below, normal_above, normal_sd};

/* Means and ratios of items; i counts on through the rows of the source. */
const noise_kind noise_items = {true, NULL, normal_below, normal_above, normal_sd};

/* What is taken of subgroups: of the size of their errors, and no closed form. */
const noise_kind noise_groups = {false, NULL, NULL, NULL, normal_sd};

/* ---- split normal: one scale above the median, another below ---- */

static double split_deviation(const noise_source *s, size_t i, double y, double spread)
{
    (void)spread;
    return y > 0 ? s->above[i] * y : s->below[i] * y;
}

static double split_below(const noise_source *s, size_t i, double x)
{
    double scale = x < 0 ? s->below[i] : s->above[i];
    return scale > 0 ? variate_normal_below(x / scale) : none(x >= 0);
}

static double split_above(const noise_source *s, size_t i, double x)
{
    double scale = x > 0 ? s->above[i] : s->below[i];
    return scale > 0 ? variate_normal_below(-x / scale) : none(x <= 0);
}

/* E x = (above - below) / root 2 pi, E x^2 = (above^2 + below^2) / 2. */
static double split_sd(const noise_source *s, size_t i)
{
    double a = s->above[i], b = s->below[i], mean = (a - b) / ROOT_OF_2_PI;
    return sqrt((a * a + b * b) / 2 - mean * mean);
}

const noise_kind noise_split = {false, split_deviation, split_below, split_above, split_sd};

/* ---- Student t: of few runs ---- */

static bool has_few(const noise_source *s, size_t i)
{
    return s->freedom[i] <= NOISE_MOST_FREEDOM;
}

static double student_deviation(const noise_source *s, size_t i, double y, double spread)
{
    return has_few(s, i) ? s->se[i] * y / spread : s->se[i] * y;
}

static double student_below(const noise_source *s, size_t i, double x)
{
    if (!(s->se[i] > 0) || !has_few(s, i))
        return normal_below(s, i, x);
    return variate_student_below(x / s->se[i], s->freedom[i]);
}

static double student_above(const noise_source *s, size_t i, double x)
{
    return !(s->se[i] > 0) ? none(x <= 0) : student_below(s, i, -x);
}

static double student_sd(const noise_source *s, size_t i)
{
    double nu = s->freedom[i];
    return has_few(s, i) ? s->se[i] * sqrt(nu / (nu - 2)) : s->se[i];
}

const noise_kind noise_student = {false, student_deviation, student_below, student_above,
                                  student_sd};

/* ---- Beta between two ends ---- */

static double place(const noise_source *s, size_t i, double x)
{
    return (s->reading[i] + x - s->low) / (s->high - s->low);
}

static double beta_deviation(const noise_source *s, size_t i, double y, double spread)
{
    (void)spread;
    if (!(s->a[i] > 0))
        return 0;
    return s->low + (s->high - s->low) * variate_beta_at_normal(y, s->a[i], s->b[i]) -
           s->reading[i];
}

static double beta_below(const noise_source *s, size_t i, double x)
{
    return s->a[i] > 0 ? variate_beta_below(place(s, i, x), s->a[i], s->b[i]) : none(x >= 0);
}

static double beta_above(const noise_source *s, size_t i, double x)
{
    double rest = (s->high - (s->reading[i] + x)) / (s->high - s->low);
    return s->a[i] > 0 ? variate_beta_below(rest, s->b[i], s->a[i]) : none(x <= 0);
}

static double beta_sd(const noise_source *s, size_t i)
{
    double a = s->a[i], b = s->b[i];
    return a > 0 ? (s->high - s->low) / (a + b) * sqrt(a * b / (a + b + 1)) : 0;
}

const noise_kind noise_beta = {false, beta_deviation, beta_below, beta_above, beta_sd};
