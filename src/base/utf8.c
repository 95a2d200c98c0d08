/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8: is it valid, which characters, how many columns of a terminal. */
#include "base/utf8.h"

#include <string.h>

size_t utf8_next(const char *s, size_t length, uint32_t *character)
{
    /* The least character that needs 1, 2, 3, 4 bytes: below it, the form is overlong. */
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)s;
    size_t n = 0;
    uint32_t c = 0;
    if (length == 0)
        return 0;
    if (p[0] < 0x80) {
        *character = p[0];
        return 1;
    }
    if (p[0] >= 0xC2 && p[0] < 0xE0) {
        n = 2;
        c = p[0] & 0x1Fu;
    } else if (p[0] >= 0xE0 && p[0] < 0xF0) {
        n = 3;
        c = p[0] & 0x0Fu;
    } else if (p[0] >= 0xF0 && p[0] < 0xF5) {
        n = 4;
        c = p[0] & 0x07u;
    }
    if (n == 0 || n > length)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *character = c;
    return n;
}

/* The number of ASCII bytes that s starts with, to within eight. */
static size_t skip_ascii(const char *s, size_t length)
{
    size_t i = 0;
    for (; length - i >= 8; i += 8) {
        uint64_t word = 0;
        memcpy(&word, s + i, sizeof word);
        if ((word & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    return i;
}

size_t tdo_utf8_valid(const char *s, size_t length)
{
    size_t i = 0;
    while (i < length) {
        uint32_t c = 0;
        i += skip_ascii(s + i, length - i);
        size_t n = utf8_next(s + i, length - i, &c);
        if (n == 0)
            break;
        i += n;
    }
    return i;
}

static bool is_in(uint32_t c, const utf8_range *range, size_t n)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c > range[middle].last)
            low = middle + 1;
        else if (c < range[middle].first)
            high = middle;
        else
            return true;
    }
    return false;
}

size_t tdo_utf8_width(const char *s, size_t length)
{
    size_t columns = 0;
    for (size_t i = 0, n = 0; i < length; i += n == 0 ? 1 : n) {
        uint32_t c = 0;
        n = utf8_next(s + i, length - i, &c);
        if (n < 2) /* ASCII, or a byte that is no character */
            columns += 1;
        else if (is_in(c, utf8_wide, utf8_wides))
            columns += 2;
        else if (!is_in(c, utf8_zero, utf8_zeros))
            columns += 1;
    }
    return columns;
}
