/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doubles are sorted by a 32-bit image of their place between the least and the largest: three
 * radix passes over (image, index) words of 8 bytes. The image keeps the order but not every
 * difference, so runs of equal images are looked at again with the doubles themselves. */
#include "base/sort.h"

#include <math.h>
#include <string.h>

enum {
    FEW = 24,          /* sorted by insertion */
    RADIX_FROM = 2048, /* below, clearing the counters costs more than merging */
    DIGITS = 3,
    DIGIT_BITS = 11,
    BUCKETS = 1 << DIGIT_BITS
};

/* ---- by an order ---- */

static void insert_by(uint32_t *index, size_t n, sort_before_fn before, const void *user)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t one = index[i];
        size_t j = i;
        for (; j > 0 && before(user, one, index[j - 1]); j--)
            index[j] = index[j - 1];
        index[j] = one;
    }
}

/* Merges the sorted from[0, middle) and from[middle, n) into to. */
static void merge_by(const uint32_t *from, size_t middle, size_t n, uint32_t *to,
                     sort_before_fn before, const void *user)
{
    size_t left = 0, right = middle;
    for (size_t k = 0; k < n; k++) {
        bool take_right = left == middle || (right < n && before(user, from[right], from[left]));
        to[k] = take_right ? from[right++] : from[left++];
    }
}

void sort_by(uint32_t *index, size_t n, sort_before_fn before, const void *user, uint32_t *room)
{
    uint32_t *from = index, *to = room;
    for (size_t at = 0; at < n; at += FEW)
        insert_by(index + at, n - at < FEW ? n - at : FEW, before, user);
    for (size_t width = FEW; width < n; width *= 2) {
        for (size_t at = 0; at < n; at += 2 * width) {
            size_t length = n - at < 2 * width ? n - at : 2 * width;
            size_t middle = length < width ? length : width;
            bool in_order = middle == length ||
                            !before(user, from[at + middle], from[at + middle - 1]);
            if (in_order)
                memcpy(to + at, from + at, length * sizeof *to);
            else
                merge_by(from + at, middle, length, to + at, before, user);
        }
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != index)
        memcpy(index, from, n * sizeof *index);
}

/* ---- by a key ---- */

static bool smaller(const void *user, uint32_t a, uint32_t b)
{
    const double *key = user;
    return key[a] < key[b];
}

static void exact_sort(const double *key, uint32_t *index, size_t n, uint64_t *room)
{
    sort_by(index, n, smaller, key, (uint32_t *)room);
}

/* How keys become images: every step is monotone in floating point, hence so is the image. */
typedef struct image {
    double half_low; /* halves: the span of any two doubles is finite */
    double scale;
} image;

/* False: the keys span nothing that an image can show. index NULL: all in order. */
static bool find_scale(const double *key, const uint32_t *index, size_t n, image *out)
{
    double low = key[index ? index[0] : 0], high = low;
    for (size_t i = 1; i < n; i++) {
        double x = key[index ? index[i] : i];
        low = x < low ? x : low;
        high = x > high ? x : high;
    }
    out->half_low = low / 2;
    out->scale = (double)UINT32_MAX / (high / 2 - out->half_low);
    return isfinite(out->scale);
}

/* The image in the upper half, the place in the lower. */
static inline uint64_t word_of(const image *m, double key, uint32_t place)
{
    double t = (key / 2 - m->half_low) * m->scale;
    uint32_t of = t < (double)UINT32_MAX ? (uint32_t)t : UINT32_MAX;
    return (uint64_t)of << 32 | place;
}

static unsigned digit(uint64_t word, unsigned d)
{
    return (unsigned)(word >> (32 + d * DIGIT_BITS)) & (BUCKETS - 1);
}

/* Sorts word by its upper half; other is as long. Returns where the result is. */
static uint64_t *radix(uint64_t *word, uint64_t *other, size_t n)
{
    uint32_t start[DIGITS][BUCKETS];
    memset(start, 0, sizeof start);
    for (size_t i = 0; i < n; i++)
        for (unsigned d = 0; d < DIGITS; d++)
            start[d][digit(word[i], d)]++;
    for (unsigned d = 0; d < DIGITS; d++) {
        uint32_t sum = 0;
        for (unsigned b = 0; b < BUCKETS; b++) {
            uint32_t count = start[d][b];
            start[d][b] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++)
            other[start[d][digit(word[i], d)]++] = word[i];
        uint64_t *swap = word;
        word = other;
        other = swap;
    }
    return word;
}

/* Is index[from, to) ascending by key already? (Equal images mostly come from equal keys.) */
static bool ascending(const double *key, const uint32_t *index, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        if (key[index[i]] < key[index[i - 1]])
            return false;
    return true;
}

/* The end of the run of equal images that begins there. */
static size_t end_of_run(const uint64_t *word, size_t from, size_t n)
{
    size_t end = from + 1;
    while (end < n && word[end] >> 32 == word[from] >> 32)
        end++;
    return end;
}

void sort_by_key(const double *key, uint32_t *index, size_t n, uint64_t *room)
{
    image m = {.scale = 0};
    if (n < RADIX_FROM || !find_scale(key, index, n, &m)) {
        exact_sort(key, index, n, room);
        return;
    }
    for (size_t i = 0; i < n; i++)
        room[i] = word_of(&m, key[index[i]], index[i]);
    const uint64_t *word = radix(room, room + n, n);
    uint64_t *spare = word == room ? room + n : room;
    for (size_t i = 0; i < n; i++)
        index[i] = (uint32_t)word[i];
    for (size_t i = 0, end = 0; i < n; i = end) {
        end = end_of_run(word, i, n);
        if (end - i > 1 && !ascending(key, index, i, end))
            exact_sort(key, index + i, end - i, spare);
    }
}

/* Sorts the places of words with one image by their keys. spare: [n] */
static void settle_run(const double *key, uint64_t *word, size_t n, uint64_t *spare)
{
    const uint64_t upper = word[0] & ~(uint64_t)UINT32_MAX;
    uint32_t *index = (uint32_t *)spare;
    for (size_t i = 0; i < n; i++)
        index[i] = (uint32_t)word[i];
    if (ascending(key, index, 0, n))
        return;
    sort_by(index, n, smaller, key, index + n);
    for (size_t i = 0; i < n; i++)
        word[i] = upper | index[i];
}

sort_words sort_places(const double *key, size_t n, uint64_t *room)
{
    image m = {.scale = 0};
    const bool spread = n >= RADIX_FROM && find_scale(key, NULL, n, &m);
    for (size_t i = 0; i < n; i++)
        room[i] = spread ? word_of(&m, key[i], (uint32_t)i) : i;
    uint64_t *word = spread ? radix(room, room + n, n) : room;
    uint64_t *spare = word == room ? room + n : room;
    for (size_t i = 0, end = 0; i < n; i = end) {
        end = end_of_run(word, i, n);
        if (end - i > 1)
            settle_run(key, word + i, end - i, spare);
    }
    return (sort_words){word, spread ? 1 / m.scale : 0}; /* 2 / scale, but for rounding */
}
