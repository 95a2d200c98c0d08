/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a part, as strictly as if it were made by an enemy: everything that the stages rely
 * on of a table that was read from a file holds of one that was read from here. */
#include "base/index.h"
#include "base/plain.h"
#include "parts/document.h"
#include "json/tree_reader.h"

#include <math.h>
#include <string.h>

static const tdo_node *list_of(json_tree *t, const tdo_node *of, const char *key, size_t n)
{
    const tdo_node *list = json_tree_get(t, of, key, JSON_MAY_BE_LIST);
    if (list && list->n != n)
        json_tree_wrong(t, list, "has %zu entries where %zu rows are", list->n, n);
    return t->status == TDO_OK ? list : NULL;
}

/* [n] whole numbers from least to most. NULL after an error. */
static uint32_t *read_whole(json_tree *t, const tdo_node *list, double least, double most)
{
    uint32_t *out = list ? json_tree_alloc(t, list->n, sizeof *out) : NULL;
    for (const tdo_node *x = out ? list->first : NULL; x; x = x->next) {
        if (x->type != JSON_NODE_NUMBER || !(x->number >= least && x->number <= most) ||
            x->number > floor(x->number)) {
            json_tree_wrong(t, x, "must be a whole number from %.0f to %.0f", least, most);
            return NULL;
        }
        out[x->index] = (uint32_t)x->number;
    }
    return out;
}

/* [n] numbers, null for NaN where some may be missing. NULL: there are none, or an error. */
static double *read_numbers(json_tree *t, const tdo_node *of, const char *key, size_t n,
                            unsigned more)
{
    const tdo_node *is = json_tree_get(t, of, key, JSON_MAY_BE_LIST | more);
    const tdo_node *list = is ? list_of(t, of, key, n) : NULL;
    double *out = list ? json_tree_alloc(t, n, sizeof *out) : NULL;
    for (const tdo_node *x = out ? list->first : NULL; x; x = x->next) {
        if (!json_tree_is(t, x, JSON_MAY_BE_NUMBER | JSON_MAY_BE_NULL))
            return NULL;
        out[x->index] = x->type == JSON_NODE_NULL ? (double)NAN : x->number;
    }
    return out;
}

static void read_words(json_tree *t, const tdo_node *of, size_t n, tdo_column *y)
{
    y->words = json_tree_texts(t, of, "words", 0, &y->n_words);
    const tdo_node *list = y->words ? list_of(t, of, "missing", y->n_words) : NULL;
    bool *missing = list ? json_tree_alloc(t, y->n_words, sizeof *missing) : NULL;
    for (const tdo_node *x = missing ? list->first : NULL; x; x = x->next)
        missing[x->index] = json_tree_is(t, x, JSON_MAY_BE_BOOL) && x->yes;
    y->word_missing = missing;
    list = missing ? list_of(t, of, "word", n) : NULL;
    if (list && n > 0 && y->n_words == 0)
        json_tree_wrong(t, list, "names words, and there are none");
    if (list && t->status == TDO_OK)
        y->word = read_whole(t, list, 0, (double)y->n_words - 1);
}

static void read_column(json_tree *t, const tdo_node *of, size_t n, parts_head *head, tdo_column *y)
{
    head->column = json_tree_text(t, of, "column", 0);
    head->words = json_node_find(of, "words") != NULL;
    y->shared = json_tree_yes(t, of, "shared", JSON_MAY_BE_ABSENT);
    if (head->words) {
        read_words(t, of, n, y);
        return;
    }
    y->number = read_numbers(t, of, "number", n, 0);
    y->rest = read_numbers(t, of, "rest", n, JSON_MAY_BE_ABSENT);
    y->error = read_numbers(t, of, "error", n, JSON_MAY_BE_ABSENT);
    y->low = read_numbers(t, of, "low", n, JSON_MAY_BE_ABSENT);
    y->high = read_numbers(t, of, "high", n, y->low ? 0 : JSON_MAY_BE_ABSENT);
    for (size_t i = 0; y->rest && i < n; i++)
        if (isnan(y->rest[i]))
            y->rest[i] = 0;
}

static void read_joined(json_tree *t, const tdo_node *of, tdo_table *y)
{
    const tdo_node *list = json_tree_get(t, of, "joined", JSON_MAY_BE_LIST | JSON_MAY_BE_ABSENT);
    tdo_joined_file *joined = list ? json_tree_alloc(t, list->n, sizeof *joined) : NULL;
    for (const tdo_node *x = joined ? list->first : NULL; x && t->status == TDO_OK; x = x->next) {
        const char *sha = json_tree_text(t, x, "sha256", 0);
        joined[x->index].name = joined[x->index].file = json_tree_text(t, x, "file", 0);
        if (sha && strlen(sha) == sizeof joined->sha256 - 1)
            memcpy(joined[x->index].sha256, sha, sizeof joined->sha256);
        else if (sha)
            json_tree_wrong(t, x, "has no SHA-256");
    }
    y->joined = joined;
    y->n_joined = joined ? list->n : 0;
}

/* ---- ids ---- */

static bool is_id(const char *s)
{
    return !plain_is_blank(s, strlen(s)) && !plain_has_control(s, strlen(s), "\t\n\r");
}

/* Each row's candidate: that of the place, or one of those before. index: of the candidates. */
static void read_ids(json_tree *t, const tdo_node *of, size_t n, tdo_table *y, index_table *index)
{
    const tdo_node *list = list_of(t, of, "id", n);
    const bool averaged = json_tree_yes(t, of, "averaged", JSON_MAY_BE_ABSENT);
    const char **id = list ? json_tree_alloc(t, n, sizeof *id) : NULL;
    uint32_t *owner = id && averaged ? json_tree_alloc(t, n, sizeof *owner) : NULL;
    size_t n_ids = 0;
    for (const tdo_node *x = t->status == TDO_OK && id ? list->first : NULL; x; x = x->next) {
        uint32_t found = INDEX_ABSENT;
        if (!json_tree_is(t, x, JSON_MAY_BE_STRING))
            return;
        if (!is_id(x->text)) {
            json_tree_wrong(t, x, "is no id");
            return;
        }
        if (index_add(index, id, index_key_of(x->text, strlen(x->text)), (uint32_t)n_ids, &found) !=
            TDO_OK) {
            t->status = tdo_fail(t->err, TDO_E_MEMORY, "out of memory");
            return;
        }
        if (found != INDEX_ABSENT && !averaged) {
            json_tree_wrong(t, x, "is an id that is there already");
            return;
        }
        if (found == INDEX_ABSENT)
            id[n_ids++] = x->text;
        if (averaged)
            owner[x->index] = found == INDEX_ABSENT ? (uint32_t)(n_ids - 1) : found;
    }
    y->id = id;
    y->n_ids = n_ids;
    y->owner = owner;
}

/* Rows of candidates that are known. */
static void read_owners(json_tree *t, const tdo_node *of, size_t n, tdo_table *y,
                        const tdo_table *candidates, const index_table *index)
{
    const tdo_node *list = list_of(t, of, "id", n);
    uint32_t *owner = list ? json_tree_alloc(t, n, sizeof *owner) : NULL;
    for (const tdo_node *x = owner ? list->first : NULL; x; x = x->next) {
        if (!json_tree_is(t, x, JSON_MAY_BE_STRING))
            return;
        owner[x->index] = index_find(index, candidates->id, x->text, strlen(x->text));
        if (owner[x->index] == INDEX_ABSENT) {
            json_tree_wrong(t, x, "is no id of the candidates here");
            return;
        }
    }
    y->owner = owner;
    y->id = candidates->id;
    y->n_ids = candidates->n_ids;
}

/* ---- a table ---- */

static void read_lines(json_tree *t, const tdo_node *of, tdo_table *y)
{
    const tdo_node *list = json_tree_get(t, of, "line", JSON_MAY_BE_LIST);
    uint32_t *line = read_whole(t, list, 1, (double)UINT32_MAX);
    for (const tdo_node *x = line ? list->first : NULL; x && t->status == TDO_OK; x = x->next)
        if (x->index > 0 && line[x->index] <= line[x->index - 1])
            json_tree_wrong(t, x, "must be more than the line before");
    y->line = line;
    y->n = line ? list->n : 0;
    if (y->n > TDO_MAX_ROWS)
        json_tree_wrong(t, list, "has more than %d rows", TDO_MAX_ROWS);
}

static void read_rows(json_tree *t, const tdo_node *of, parts_rows *out)
{
    tdo_table *y = &out->t;
    y->file = y->name = json_tree_text(t, of, "file", 0);
    const char *sha = json_tree_text(t, of, "sha256", 0);
    if (sha && strlen(sha) == sizeof y->sha256 - 1)
        memcpy(y->sha256, sha, sizeof y->sha256);
    else if (sha)
        json_tree_wrong(t, of, "has no SHA-256");
    y->rows = json_tree_count(t, of, "rows", 0);
    y->where_dropped = json_tree_count(t, of, "where", 0);
    read_joined(t, of, y);
    read_lines(t, of, y);
    const tdo_node *list = json_tree_get(t, of, "columns", JSON_MAY_BE_LIST);
    parts_head *head = list ? json_tree_alloc(t, list->n, sizeof *head) : NULL;
    tdo_column *column = list ? json_tree_alloc(t, list->n, sizeof *column) : NULL;
    for (const tdo_node *x = head && column ? list->first : NULL; x && t->status == TDO_OK;
         x = x->next)
        if (json_tree_is(t, x, JSON_MAY_BE_OBJECT))
            read_column(t, x, y->n, &head[x->index], &column[x->index]);
    out->head = head;
    out->n_columns = list ? list->n : 0;
    y->column = column;
}

tdo_status parts_read_tables(json_tree *t, const tdo_node *list, parts_tables *out)
{
    static const char *const roles[] = {"candidates", "groups", "items"};
    parts_rows *of = json_tree_alloc(t, list->n, sizeof *of);
    index_table index = {0};
    size_t before = 0;
    *out = (parts_tables){of, list->n, 0};
    if (list->n == 0)
        json_tree_wrong(t, list, "is empty");
    for (const tdo_node *x = of ? list->first : NULL; x && t->status == TDO_OK; x = x->next) {
        parts_rows *y = &of[x->index];
        if (!json_tree_is(t, x, JSON_MAY_BE_OBJECT))
            break;
        const size_t role = json_tree_choice(t, x, "role", roles, 3);
        if ((x->index == 0) != (role == 0) || role < before)
            json_tree_wrong(t, x, "stands where no such table stands");
        before = role;
        out->n_groups += role == 1;
        read_rows(t, x, y);
        if (role == 0 && t->status == TDO_OK)
            read_ids(t, x, y->t.n, &y->t, &index);
        else if (t->status == TDO_OK)
            read_owners(t, x, y->t.n, &y->t, &of[0].t, &index);
    }
    index_free(&index);
    return t->status;
}
