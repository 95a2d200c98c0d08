/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which kernels the processor can run. */
#include "frontier/kernel.h"

size_t front_kernels(size_t d, const front_kernel *to[FRONT_KERNELS])
{
    const size_t own = d <= FRONT_OWN_KERNELS ? d : 0;
    size_t n = 0;
    to[n++] = &front_kernel_plain[own];
#if FRONT_X86_64
    if (__builtin_cpu_supports("avx2"))
        to[n++] = &front_kernel_avx2[own];
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
        to[n++] = &front_kernel_avx512[own];
#endif
    return n;
}
