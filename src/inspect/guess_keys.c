/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns tell rows apart. */
#include "inspect/guess.h"

#include <assert.h>
#include <stdlib.h>

enum { MOST_GROUPS = 50 }; /* each candidate has most of them */

static uint64_t row_hash(const tdo_profile *p, size_t row, const size_t *column, size_t n)
{
    uint64_t h = n;
    for (size_t k = 0; k < n; k++) {
        uint64_t cell = p->text[row * p->n_columns + column[k]];
        if (cell == 0)
            return 0;
        h = (h ^ cell) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 31;
    }
    return h != 0 ? h : 1;
}

tdo_status guess_is_key(const tdo_profile *p, const bool *kept, const size_t *column, size_t n,
                        guess_key *out)
{
    assert(n >= 1);
    size_t room = 64;
    while (room < 2 * p->sampled)
        room *= 2;
    uint32_t *slot = calloc(room, sizeof *slot); /* row + 1 */
    if (!slot)
        return TDO_E_MEMORY;
    *out = (guess_key){.yes = p->sampled > 0};
    for (size_t r = 0; r < p->sampled && out->yes; r++) {
        if (kept && !kept[r])
            continue;
        uint64_t h = row_hash(p, r, column, n);
        size_t i = h & (room - 1);
        while (slot[i] != 0 && row_hash(p, slot[i] - 1, column, n) != h)
            i = (i + 1) & (room - 1);
        out->yes = h != 0 && slot[i] == 0;
        if (slot[i] != 0) {
            out->first = p->line[slot[i] - 1];
            out->again = p->line[r];
        } else if (h == 0) {
            out->again = p->line[r];
        }
        slot[i] = (uint32_t)r + 1;
    }
    free(slot);
    return TDO_OK;
}

/* ---- subgroups ---- */

static const char *const group_names[] = {"sensitive feature",
                                          "subgroup",
                                          "group",
                                          "sex",
                                          "gender",
                                          "race",
                                          "ethnicity",
                                          "age",
                                          "region",
                                          "country",
                                          "segment",
                                          "cohort",
                                          "slice",
                                          "cuisine",
                                          "language",
                                          "locale",
                                          "site",
                                          "nationality",
                                          "religion",
                                          "disability",
                                          "demographic"};

/* Its name says subgroups, and it has a few of them, in every row. */
static tdo_status is_group(const tdo_profile *p, const tdo_profiled *c, tdo_arena *a, bool *yes)
{
    const char *words = guess_name_words(a, c->name);
    if (!words)
        return TDO_E_MEMORY;
    bool few = c->word && c->n_words > 1 && c->n_words <= MOST_GROUPS;
    bool measured = c->numeric && (c->integers < c->numbers || c->n_words * 2 > p->rows);
    *yes = few && !measured && c->cells[TDO_CELL_MISSING].n == 0 &&
           (c->guess.topic == TDO_TOPIC_UNKNOWN || c->guess.topic == TDO_TOPIC_SETTING) &&
           guess_has_any(words, group_names, sizeof group_names / sizeof group_names[0]);
    return TDO_OK;
}

/* Does the file have another column that could name candidates? */
static bool has_other_id(const tdo_profile *p, size_t group)
{
    for (size_t i = 0; i < p->n_columns; i++)
        if (i != group && (p->column[i].kind == TDO_KIND_ID || p->column[i].kind == TDO_KIND_TEXT))
            return true;
    return false;
}

tdo_status guess_find_groups(const tdo_profile *p, tdo_arena *a, size_t *group, size_t *candidate)
{
    tdo_status status = TDO_OK;
    bool yes = false;
    guess_key key = {.yes = false};
    *group = *candidate = TDO_NONE;
    for (size_t g = 0; g < p->n_columns && *group == TDO_NONE && status == TDO_OK; g++) {
        status = is_group(p, &p->column[g], a, &yes);
        if (status != TDO_OK || !yes)
            continue;
        for (size_t m = 0; m < p->n_columns && *group == TDO_NONE && status == TDO_OK; m++) {
            const tdo_profiled *c = &p->column[m];
            if (m == g || c->kind != TDO_KIND_TEXT || !c->repeats ||
                4 * p->rows < 3 * c->distinct * p->column[g].distinct)
                continue;
            status = guess_is_key(p, NULL, (const size_t[]){m, g}, 2, &key);
            if (status == TDO_OK && key.yes) {
                *group = g;
                *candidate = m;
            }
        }
        if (*group == TDO_NONE && !p->column[g].repeats && !has_other_id(p, g))
            *group = g;
    }
    return status;
}
