/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows in boxes: made by halving at the middle one of each column in turn. */
#include "recount/boxes.h"

#include <math.h>

enum { FEW = 8 }; /* rows that are looked at one by one */

/* Puts the middle one of n by column k in its place, smaller ones before it (Hoare 1961). */
static void halve(const verify_boxes *b, uint32_t *row, size_t n, size_t k)
{
    const ptrdiff_t middle = (ptrdiff_t)(n / 2);
    ptrdiff_t left = 0, right = (ptrdiff_t)n - 1;
    while (left < right) {
        const double by = b->x[row[middle] * b->d + k];
        ptrdiff_t i = left, j = right;
        while (i <= j) {
            while (b->x[row[i] * b->d + k] < by)
                i++;
            while (b->x[row[j] * b->d + k] > by)
                j--;
            if (i > j)
                break;
            const uint32_t held = row[i];
            row[i++] = row[j];
            row[j--] = held;
        }
        left = j < middle ? i : left;
        right = middle < i ? j : right;
    }
}

static void fill(const verify_boxes *b, size_t box, size_t from, size_t n, size_t k)
{
    double *most = b->most + box * b->d;
    for (size_t c = 0; c < b->d; c++) {
        most[c] = -INFINITY;
        for (size_t q = from; q < from + n; q++)
            most[c] = fmax(most[c], b->x[b->row[q] * b->d + c]);
    }
    if (n <= FEW)
        return;
    halve(b, b->row + from, n, k);
    fill(b, 2 * box + 1, from, n / 2, (k + 1) % b->d);
    fill(b, 2 * box + 2, from + n / 2, n - n / 2, (k + 1) % b->d);
}

bool verify_boxes_make(verify_job *j, const double *x, uint32_t *row, size_t n, size_t d,
                       verify_boxes *out)
{
    size_t boxes = 1;
    for (size_t most = n; most > FEW; most = (most + 1) / 2)
        boxes = 2 * boxes + 1;
    *out = (verify_boxes){.n = n, .d = d, .x = x, .row = row};
    if (!VERIFY_ROOM(j, out->most, boxes * d))
        return false;
    if (n > 0)
        fill(out, 0, 0, n, 0);
    return true;
}

static bool visit(const verify_boxes *b, const verify_visit *v, size_t box, size_t from, size_t n)
{
    if (!v->may(v->user, b->most + box * b->d))
        return true;
    if (n > FEW)
        return visit(b, v, 2 * box + 1, from, n / 2) &&
               visit(b, v, 2 * box + 2, from + n / 2, n - n / 2);
    for (size_t q = from; q < from + n; q++)
        if (!v->see(v->user, b->row[q]))
            return false;
    return true;
}

bool verify_boxes_visit(const verify_boxes *b, const verify_visit *v)
{
    return b->n == 0 || visit(b, v, 0, 0, b->n);
}
