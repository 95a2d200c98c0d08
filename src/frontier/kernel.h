/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sets of instructions. Only kernel_*.c include this. */
#ifndef TRADEOFF_FRONTIER_KERNEL_H
#define TRADEOFF_FRONTIER_KERNEL_H

#include "frontier/frontier.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define FRONT_X86_64 1
#else
#define FRONT_X86_64 0
#endif

/* By the number of axes; [0]: any. */
extern const front_kernel front_kernel_plain[FRONT_KERNEL_AXES + 1];
#if FRONT_X86_64
extern const front_kernel front_kernel_avx2[FRONT_KERNEL_AXES + 1];
extern const front_kernel front_kernel_avx512[FRONT_KERNEL_AXES + 1];
#endif

/* Where a program must be small (the page's engine, web/engine/build.sh) all axes share one kernel.
 */
#ifdef FRONT_SMALL
enum { FRONT_OWN_KERNELS = 0 };
#else
enum { FRONT_OWN_KERNELS = FRONT_KERNEL_AXES };
#endif

#define KERNEL_INLINE static inline __attribute__((always_inline)) KERNEL_TARGET
#if defined(__clang__) /* does so by itself */
#define KERNEL_UNROLL
#else
#define KERNEL_UNROLL _Pragma("GCC unroll 8")
#endif

#endif
