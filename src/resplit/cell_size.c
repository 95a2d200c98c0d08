/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The size of a cell: it falls into pyramids from its first corner over the sides that this one is
 * not on, those into pyramids again, down to simplices. */
#include "resplit/cell_size.h"

#include <math.h>
#include <string.h>

/* ---- who touches whom ---- */

/* Counts, then places: first becomes where each list starts, at is filled in order. */
static bool start_lists(verify_job *j, verify_touching *t, size_t n)
{
    for (size_t k = 0; k < n; k++)
        t->first[k + 1] += t->first[k];
    return VERIFY_ROOM(j, t->at, t->first[n] + 1);
}

/* The sides of a corner, ascending; at NULL: only how many. */
static size_t list_sides(const verify_hull *h, size_t f, uint32_t *at)
{
    size_t n = 0;
    for (const verify_node *x = h->face_points[f]->first; x; x = x->next, n++)
        if (at)
            at[n] = (uint32_t)x->number;
    for (size_t k = 0; k < h->axes; k++)
        if (!(h->face_weight[f * h->axes + k] > 0)) {
            if (at)
                at[n] = (uint32_t)(h->points + k);
            n++;
        }
    return n;
}

bool verify_cells_make(verify_hull *h, verify_cells *out)
{
    verify_job *j = h->m->k->j;
    *out = (verify_cells){.j = j,
                          .axes = h->axes,
                          .corners = h->faces + h->open,
                          .sides = h->points + h->axes,
                          .corner = h->face_weight};
    verify_touching *c = &out->of_corner, *s = &out->of_side;
    if (!VERIFY_ROOM(j, c->first, out->corners + 1) || !VERIFY_ROOM(j, s->first, out->sides + 2))
        return false;
    for (size_t f = 0; f < out->corners; f++)
        c->first[f + 1] = list_sides(h, f, NULL);
    if (!start_lists(j, c, out->corners))
        return false;
    for (size_t f = 0; f < out->corners; f++) {
        (void)list_sides(h, f, c->at + c->first[f]);
        for (size_t t = c->first[f]; t < c->first[f + 1]; t++)
            s->first[c->at[t] + 2]++; /* one place on: they move back as they are filled */
    }
    if (!start_lists(j, s, out->sides + 1))
        return false;
    for (size_t f = 0; f < out->corners; f++)
        for (size_t t = c->first[f]; t < c->first[f + 1]; t++)
            s->at[s->first[c->at[t] + 1]++] = (uint32_t)f;
    return true;
}

/* ---- lists on a stack ---- */

static bool push(verify_cells *c, uint32_t x)
{
    if (c->top == c->room) {
        const size_t more = c->room ? 2 * c->room : 1024;
        uint32_t *wider = verify_room(c->j, more, sizeof *wider);
        if (!wider)
            return false;
        if (c->top)
            memcpy(wider, c->stack, c->top * sizeof *wider);
        c->stack = wider;
        c->room = more;
    }
    c->stack[c->top++] = x;
    c->work--;
    return true;
}

/* The sides of n corners at `from`, each once, ascending, without those of the first corner. */
static bool push_sides(verify_cells *c, size_t from, size_t n)
{
    const verify_touching *t = &c->of_corner;
    const size_t begin = c->top;
    for (size_t i = 1; i < n; i++) {
        const size_t f = c->stack[from + i], own = c->stack[from];
        size_t q = t->first[own], at = begin;
        for (size_t k = t->first[f]; k < t->first[f + 1]; k++) {
            const uint32_t side = t->at[k];
            while (q < t->first[own + 1] && t->at[q] < side)
                q++;
            while (at < c->top && c->stack[at] < side)
                at++;
            if ((q < t->first[own + 1] && t->at[q] == side) ||
                (at < c->top && c->stack[at] == side))
                continue;
            if (!push(c, side))
                return false;
            memmove(c->stack + at + 1, c->stack + at, (c->top - 1 - at) * sizeof *c->stack);
            c->stack[at] = side;
        }
    }
    return true;
}

/* How many, then which of n corners at `from` a side has; taken back where they are few, or were
 * pushed since `before` for another side. */
static bool push_common(verify_cells *c, size_t from, size_t n, uint32_t side, size_t few,
                        size_t before)
{
    const verify_touching *t = &c->of_side;
    const size_t begin = c->top;
    if (!push(c, 0))
        return false;
    for (size_t i = 0, k = t->first[side]; i < n && k < t->first[side + 1];) {
        const uint32_t f = c->stack[from + i];
        if (t->at[k] < f) {
            k++;
        } else {
            if (t->at[k] == f && !push(c, f))
                return false;
            i++;
        }
    }
    c->work -= (double)n;
    const size_t m = c->top - begin - 1;
    c->stack[begin] = (uint32_t)m;
    bool is_new = m >= few;
    for (size_t at = before; at < begin && is_new; at += c->stack[at] + 1)
        is_new = memcmp(c->stack + at, c->stack + begin, (m + 1) * sizeof *c->stack) != 0;
    c->top = is_new ? c->top : begin;
    return true;
}

/* ---- sizes ---- */

/* Of a simplex, whose corners are rows: the determinant, by rows cleared one after the other. */
static double simplex_size(const verify_cells *c)
{
    const size_t d = c->axes;
    double row[VERIFY_MOST_AXES][VERIFY_MOST_AXES], size = 1;
    for (size_t i = 0; i < d; i++)
        memcpy(row[i], c->corner + c->apex[i] * d, d * sizeof **row);
    for (size_t i = 0; i < d; i++) {
        size_t pivot = i;
        for (size_t k = i + 1; k < d; k++)
            pivot = fabs(row[i][k]) > fabs(row[i][pivot]) ? k : pivot;
        const double by = row[i][pivot];
        if (!(fabs(by) > 0))
            return 0;
        size *= by;
        for (size_t k = 0; k < d; k++) { /* the pivot's column takes the place of column i */
            const double held = row[k][pivot];
            row[k][pivot] = row[k][i];
            row[k][i] = held / by;
        }
        for (size_t r = i + 1; r < d; r++)
            for (size_t k = i + 1; k < d; k++)
                row[r][k] -= row[r][i] * row[i][k];
    }
    return fabs(size);
}

/* Of the pyramids over n corners at `from`, which span so many dimensions. */
static bool add_size(verify_cells *c, size_t from, size_t n, size_t dimensions, double *size)
{
    const size_t depth = c->axes - 1 - dimensions, sides = c->top;
    c->work--;
    if (n == dimensions + 1) {
        memcpy(c->apex + depth, c->stack + from, n * sizeof *c->apex);
        *size += simplex_size(c);
        return true;
    }
    if (c->work < 0 || dimensions == 0 || !push_sides(c, from, n))
        return false;
    const size_t lists = c->top;
    for (size_t s = sides; s < lists; s++)
        if (!push_common(c, from, n, c->stack[s], dimensions, lists))
            return false;
    const size_t end = c->top;
    for (size_t at = lists; at < end; at += c->stack[at] + 1) {
        c->apex[depth] = c->stack[from];
        if (!add_size(c, at + 1, c->stack[at], dimensions - 1, size))
            return false;
    }
    c->top = sides;
    return true;
}

bool verify_cell_size(verify_cells *c, size_t p, double *size)
{
    const verify_touching *t = &c->of_side;
    const size_t n = t->first[p + 1] - t->first[p];
    c->top = 0;
    *size = 0;
    for (size_t k = 0; k < n; k++)
        if (!push(c, t->at[t->first[p] + k]))
            return false;
    return n < c->axes || add_size(c, 0, n, c->axes - 1, size);
}
