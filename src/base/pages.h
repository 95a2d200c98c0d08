/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large memory in large pages. */
#ifndef TRADEOFF_BASE_PAGES_H
#define TRADEOFF_BASE_PAGES_H

#include <stddef.h>

/* Asks for huge pages inside a block that malloc gave and nobody has written yet: among a million
 * rows a tenth of the time goes into finding small ones. No more than a wish: errors are nothing,
 * and small blocks are left alone. */
void pages_wish_huge(void *block, size_t bytes);

#endif
