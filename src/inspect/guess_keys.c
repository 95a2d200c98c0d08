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

/* The rows of the sample that were seen, by what stands in some columns: open addressing. */
typedef struct row_set {
    const tdo_profile *p;
    const size_t *column;
    size_t n, room;
    uint32_t *slot; /* [room] row + 1 */
} row_set;

static bool start_rows(row_set *s, const tdo_profile *p, const size_t *column, size_t n)
{
    assert(n >= 1);
    *s = (row_set){p, column, n, 64, NULL};
    while (s->room < 2 * p->sampled)
        s->room *= 2;
    s->slot = calloc(s->room, sizeof *s->slot);
    return s->slot != NULL;
}

/* Where the row stands, or would; *missing: a cell is. */
static uint32_t *find_row(const row_set *s, size_t row, bool *missing)
{
    const uint64_t h = row_hash(s->p, row, s->column, s->n);
    size_t i = h & (s->room - 1);
    *missing = h == 0;
    while (s->slot[i] != 0 && row_hash(s->p, s->slot[i] - 1, s->column, s->n) != h)
        i = (i + 1) & (s->room - 1);
    return &s->slot[i];
}

tdo_status guess_is_key(const tdo_profile *p, const bool *kept, const size_t *column, size_t n,
                        guess_key *out)
{
    row_set s;
    if (!start_rows(&s, p, column, n))
        return TDO_E_MEMORY;
    *out = (guess_key){.yes = p->sampled > 0};
    for (size_t r = 0; r < p->sampled && out->yes; r++) {
        bool missing = false;
        if (kept && !kept[r])
            continue;
        uint32_t *at = find_row(&s, r, &missing);
        out->yes = !missing && *at == 0;
        if (!out->yes)
            out->again = p->line[r];
        if (*at != 0)
            out->first = p->line[*at - 1];
        *at = (uint32_t)r + 1;
    }
    free(s.slot);
    return TDO_OK;
}

/* How many different rows the columns have, none with a missing cell. */
static tdo_status count_distinct(const tdo_profile *p, const size_t *column, size_t n, size_t *out)
{
    row_set s;
    *out = 0;
    if (!start_rows(&s, p, column, n))
        return TDO_E_MEMORY;
    for (size_t r = 0; r < p->sampled; r++) {
        bool missing = false;
        uint32_t *at = find_row(&s, r, &missing);
        *out += !missing && *at == 0;
        *at = (uint32_t)r + 1;
    }
    free(s.slot);
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

/* May it be a part of a candidate's name? Texts, and numbers that were chosen; the same for all
 * subgroups of a candidate. */
static bool is_part(const tdo_profiled *c)
{
    return c->repeats && c->distinct > 1 && c->cells[TDO_CELL_MISSING].n == 0 &&
           (c->kind == TDO_KIND_TEXT || (c->numeric && c->guess.topic == TDO_TOPIC_SETTING));
}

/* Do the columns name candidates of which most have a row in each subgroup? */
static tdo_status name_candidates(const tdo_profile *p, guess_groups *g, bool *yes)
{
    size_t all[TDO_MOST_NAME_PARTS + 1];
    guess_key key = {.yes = false};
    for (size_t k = 0; k < g->n; k++)
        all[k] = g->candidate[k];
    all[g->n] = g->group;
    tdo_status status = guess_is_key(p, NULL, all, g->n + 1, &key);
    if (status == TDO_OK && key.yes)
        status = count_distinct(p, g->candidate, g->n, &g->candidates);
    *yes = status == TDO_OK && key.yes && g->candidates < p->sampled &&
           4 * p->sampled >= 3 * g->candidates * p->column[g->group].distinct;
    return status;
}

/* The first columns, one if that does, that name the candidates of these subgroups; one of them is
 * a text. */
static tdo_status find_candidates(const tdo_profile *p, size_t group, guess_groups *out)
{
    tdo_status status = TDO_OK;
    bool yes = false;
    for (size_t n = 1; n <= TDO_MOST_NAME_PARTS; n++)
        for (size_t i = 0; i < p->n_columns; i++)
            for (size_t j = n == 1 ? i : i + 1; j < (n == 1 ? i + 1 : p->n_columns); j++) {
                const tdo_profiled *a = &p->column[i], *b = &p->column[j];
                if (i == group || j == group || !is_part(a) || !is_part(b) ||
                    (a->kind != TDO_KIND_TEXT && b->kind != TDO_KIND_TEXT))
                    continue;
                *out = (guess_groups){group, {i, j}, n, 0};
                status = name_candidates(p, out, &yes);
                if (status != TDO_OK || yes)
                    return status;
            }
    *out = (guess_groups){.group = TDO_NONE};
    return status;
}

tdo_status guess_find_groups(const tdo_profile *p, tdo_arena *a, guess_groups *out)
{
    tdo_status status = TDO_OK;
    bool yes = false;
    *out = (guess_groups){.group = TDO_NONE};
    for (size_t g = 0; g < p->n_columns && out->group == TDO_NONE && status == TDO_OK; g++) {
        status = is_group(p, &p->column[g], a, &yes);
        if (status != TDO_OK || !yes)
            continue;
        status = find_candidates(p, g, out);
        if (out->group == TDO_NONE && !p->column[g].repeats && !has_other_id(p, g))
            out->group = g;
    }
    return status;
}
