/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In the place of GMP's header where the page is compiled: the part of mpn that src/exact uses. */
#ifndef TRADEOFF_WEB_ENGINE_GMP_H
#define TRADEOFF_WEB_ENGINE_GMP_H

#include "engine/limbs.h"

typedef uint64_t mp_limb_t;
typedef ptrdiff_t mp_size_t;

#define GMP_NUMB_BITS 64

#define mpn_add_n                                limbs_add
#define mpn_sub_n                                limbs_sub
#define mpn_lshift                               limbs_up
#define mpn_rshift                               limbs_down
#define mpn_cmp                                  limbs_compare
#define mpn_zero_p                               limbs_are_zero
#define mpn_scan1                                limbs_lowest
#define mpn_mul                                  limbs_mul
#define mpn_tdiv_qr(q, rest, zero, x, nx, y, ny) limbs_divide(q, rest, x, nx, y, ny)
#define mpn_gcd                                  limbs_divisor

/* Numbers as text are not written on the page. */
size_t mpn_get_str(unsigned char *text, int base, mp_limb_t *x, mp_size_t n);

#endif
