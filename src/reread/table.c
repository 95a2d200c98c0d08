/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of candidates: read, joined, kept, and whose they are. */
#include "reread/table.h"

#include "reread/cell.h"
#include "reread/inputs.h"

#include <math.h>
#include <string.h>

#define BETWEEN_KEYS "\x1F"

static bool no_memory(verify_job *j)
{
    j->status = tdo_fail(j->err, TDO_E_MEMORY, "out of memory");
    return false;
}

/* ---- columns ---- */

bool verify_find_place(verify_job *j, const verify_table *t, const char *column, verify_place *out)
{
    *out = (verify_place){VERIFY_NONE, verify_column(&t->sheet, column)};
    for (size_t k = 0; k < t->n_join && out->column == VERIFY_NONE; k++)
        *out = (verify_place){(int)k, verify_column(&t->join[k].sheet, column)};
    return out->column != VERIFY_NONE ||
           claim_fails(j, t->node, "it has no column \"%s\"", column ? column : "");
}

static verify_cell cell_of_row(const verify_table *t, verify_place at, size_t row)
{
    if (at.of == VERIFY_NONE)
        return verify_cell_at(&t->sheet, row, at.column);
    const verify_join *k = &t->join[at.of];
    if (k->match[row] == VERIFY_NONE)
        return (verify_cell){"", 0};
    return verify_cell_at(&k->sheet, (size_t)k->match[row], at.column);
}

verify_cell verify_table_cell(const verify_table *t, verify_place at, size_t kept)
{
    return cell_of_row(t, at, t->row[kept]);
}

/* ---- keys of several columns ---- */

typedef struct key {
    size_t n;
    verify_place *at; /* [n] */
    const char *between;
} key;

/* node: a name, or a list of them. there: take what stands right in {"left": "right"}. */
static bool find_key(verify_job *j, const verify_table *t, const verify_node *node, bool there,
                     key *out)
{
    const verify_node *one = node && node->kind == VERIFY_TEXT ? node : NULL;
    const verify_node *x = one ? one : node ? node->first : NULL;
    *out = (key){.between = BETWEEN_KEYS};
    if (!VERIFY_ROOM(j, out->at, one ? 1 : node ? node->n + 1 : 1))
        return false;
    for (; x; x = one ? NULL : x->next) {
        const char *name = x->text;
        if (x->kind == VERIFY_OBJECT && x->first)
            name = there ? x->first->text : x->first->key;
        else if (x->key && node->kind == VERIFY_OBJECT)
            name = there ? x->text : x->key;
        if (!verify_find_place(j, t, name, &out->at[out->n++]))
            return false;
    }
    return out->n > 0 || claim_fails(j, t->node, "a key is missing");
}

/* NULL: memory is out. *blank: a part is empty. */
static const char *key_text(verify_job *j, const verify_table *t, const key *k, size_t row,
                            bool *blank)
{
    tdo_sink o = tdo_sink_memory(j->a);
    *blank = false;
    for (size_t q = 0; q < k->n; q++) {
        const verify_cell c = cell_of_row(t, k->at[q], row);
        size_t blanks = 0;
        while (blanks < c.length && (c.s[blanks] == ' ' || c.s[blanks] == '\t'))
            blanks++;
        *blank = *blank || blanks == c.length;
        tdo_puts(&o, q > 0 ? k->between : "");
        tdo_put(&o, c.s, c.length);
    }
    if (o.failed)
        (void)no_memory(j);
    return o.failed ? NULL : o.text ? o.text : "";
}

/* ---- joins ---- */

static char delimiter_of(const verify_node *node)
{
    return verify_text(node, "delimiter", "")[0];
}

static bool read_sheet(verify_world *w, const char *role, const verify_node *names,
                       const verify_node **node, verify_sheet *out)
{
    const char *file = verify_text(names, "file", "");
    const verify_source *s = verify_source_of(w, role, file);
    if (!s) /* the candidates may have come from elsewhere: a stream, or a file beside it */
        s = strcmp(role, "candidates") == 0 ? verify_source_of(w, role, NULL) : NULL;
    if (!s)
        return claim_fails(w->job, verify_get(w->job->root, "inputs"), "\"%s\" is not among them",
                           file);
    *node = s->node;
    return verify_sheet_read(w->job, s->node, delimiter_of(names), s->bytes, out);
}

/* The row there for every row here; the first one of a key. */
static bool match_rows(verify_job *j, verify_table *t, const verify_table *there,
                       const verify_node *on, verify_join *out)
{
    key left, right;
    index_table keys = {0};
    const char **text = NULL;
    bool good = find_key(j, t, on, false, &left) && find_key(j, there, on, true, &right) &&
                VERIFY_ROOM(j, text, there->sheet.rows) &&
                VERIFY_ROOM(j, out->match, t->sheet.rows);
    uint32_t found = INDEX_ABSENT;
    bool blank = false;
    for (size_t r = 0; good && r < there->sheet.rows; r++) {
        text[r] = key_text(j, there, &right, r, &blank);
        if (text[r] && !blank &&
            index_add(&keys, text, index_key_of(text[r], strlen(text[r])), (uint32_t)r, &found))
            (void)no_memory(j);
        good = j->status == TDO_OK;
    }
    for (size_t r = 0; good && r < t->sheet.rows; r++) {
        const char *here = key_text(j, t, &left, r, &blank);
        out->match[r] = VERIFY_NONE;
        good = here != NULL;
        if (!good || blank)
            continue;
        found = index_find(&keys, text, here, strlen(here));
        if (found != INDEX_ABSENT)
            out->match[r] = (int)found;
    }
    index_free(&keys);
    return good;
}

static bool read_joins(verify_world *w, const verify_node *list, verify_table *t)
{
    if (!VERIFY_ROOM(w->job, t->join, list ? list->n : 0))
        return false;
    for (const verify_node *x = list ? list->first : NULL; x; x = x->next) {
        verify_table there = {.node = t->node};
        if (!read_sheet(w, "join", x, &there.node, &there.sheet))
            return false;
        t->join[t->n_join].sheet = there.sheet;
        if (!match_rows(w->job, t, &there, verify_get(x, "on"), &t->join[t->n_join]))
            return false;
        t->n_join++;
    }
    return true;
}

/* ---- where ---- */

static bool meets(verify_world *w, const verify_table *t, const verify_node *is, verify_place at,
                  size_t row, bool *holds)
{
    const char *column = verify_text(is, "column", "");
    const verify_node *min = verify_get(is, "min"), *max = verify_get(is, "max");
    const verify_node *present = verify_get(is, "present");
    const verify_style style = verify_style_of(w, column, NULL);
    const verify_cell c = cell_of_row(t, at, row);
    verify_reading_of_cell x;
    *holds = verify_words_hold(c, verify_get(is, "equals"), verify_get(is, "in"),
                               verify_get(is, "not_in")) &&
             (!present || verify_is_missing(c, style.marks) == (present->kind == VERIFY_FALSE));
    if (!*holds || (!min && !max))
        return true;
    if (!verify_read_cell(c, &style, w->room, &x))
        return claim_fails(w->job, t->node, "line %u: \"%s\" is no number",
                           (unsigned)t->sheet.line[row], column);
    *holds = !isnan(x.x.y) && (!min || x.x.y >= min->number) && (!max || x.x.y <= max->number);
    return true;
}

/* Conditions on the file's own columns come first: what they leave out is not looked at further. */
static bool is_kept(verify_world *w, const verify_table *t, const verify_node *where,
                    const verify_place *at, size_t row, bool *keep)
{
    *keep = true;
    for (int joined = 0; joined < 2; joined++) {
        size_t k = 0;
        for (const verify_node *x = where ? where->first : NULL; x && *keep; x = x->next, k++)
            if ((at[k].of != VERIFY_NONE) == joined && !meets(w, t, x, at[k], row, keep))
                return false;
    }
    return true;
}

static bool keep_rows(verify_world *w, const verify_node *where, verify_table *t)
{
    verify_place *at = NULL;
    size_t k = 0;
    if (!VERIFY_ROOM(w->job, t->row, t->sheet.rows) ||
        !VERIFY_ROOM(w->job, at, where ? where->n : 0))
        return false;
    for (const verify_node *x = where ? where->first : NULL; x; x = x->next)
        if (!verify_find_place(w->job, t, verify_text(x, "column", ""), &at[k++]))
            return false;
    for (size_t r = 0; r < t->sheet.rows; r++) {
        bool keep = true;
        if (!is_kept(w, t, where, at, r, &keep))
            return false;
        if (keep)
            t->row[t->n++] = (uint32_t)r;
    }
    return true;
}

/* ---- whose rows they are ---- */

/* Rows by owner, in the file's order. */
static bool sort_by_owner(verify_job *j, verify_table *t, size_t owners)
{
    size_t *at = NULL;
    if (!VERIFY_ROOM(j, t->order, t->n) || !VERIFY_ROOM(j, t->start, owners + 1) ||
        !VERIFY_ROOM(j, at, owners + 1))
        return false;
    for (size_t k = 0; k < t->n; k++)
        t->start[t->owner[k] + 1]++;
    for (size_t i = 0; i < owners; i++)
        t->start[i + 1] += t->start[i];
    memcpy(at, t->start, (owners + 1) * sizeof *at);
    for (size_t k = 0; k < t->n; k++)
        t->order[at[t->owner[k]]++] = (uint32_t)k;
    return true;
}

/* One candidate for each key; the id is that of its first row. */
static bool name_candidates(verify_world *w, verify_table *t, const key *id, const key *by)
{
    index_table keys = {0};
    const char **text = NULL;
    bool good = VERIFY_ROOM(w->job, text, t->n) && VERIFY_ROOM(w->job, w->id, t->n) &&
                VERIFY_ROOM(w->job, w->line, t->n) && VERIFY_ROOM(w->job, t->owner, t->n);
    for (size_t k = 0; good && k < t->n; k++) {
        uint32_t found = INDEX_ABSENT;
        bool blank = false;
        const char *own = key_text(w->job, t, by, t->row[k], &blank);
        const char *name = own ? key_text(w->job, t, id, t->row[k], &blank) : NULL;
        if (name && blank)
            good = claim_fails(w->job, t->node, "line %u has no id",
                               (unsigned)t->sheet.line[t->row[k]]);
        if (!name || !good) {
            good = false;
            break;
        }
        if (index_add(&keys, text, index_key_of(own, strlen(own)), (uint32_t)w->n, &found))
            good = no_memory(w->job);
        t->owner[k] = found == INDEX_ABSENT ? (uint32_t)w->n : found;
        if (found != INDEX_ABSENT)
            continue;
        text[w->n] = own;
        w->id[w->n] = name;
        w->line[w->n++] = t->sheet.line[t->row[k]];
    }
    index_free(&keys);
    return good;
}

static bool index_candidates(verify_world *w, const verify_table *t)
{
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t found = INDEX_ABSENT;
        if (index_add(&w->ids, w->id, index_key_of(w->id[i], strlen(w->id[i])), i, &found))
            return no_memory(w->job);
        if (found != INDEX_ABSENT)
            return claim_fails(w->job, t->node, "the id of line %u stands twice",
                               (unsigned)w->line[i]);
    }
    return true;
}

bool verify_read_candidates(verify_world *w, verify_table *t)
{
    verify_job *j = w->job;
    const verify_node *names = verify_get(w->scenario, "candidates");
    const verify_node *average = verify_get(names, "average");
    const char *incumbent = verify_text(names, "incumbent", NULL);
    key id, by;
    *t = (verify_table){0};
    if (!read_sheet(w, "candidates", names, &t->node, &t->sheet) ||
        !read_joins(w, verify_get(names, "join"), t) ||
        !keep_rows(w, verify_get(names, "where"), t) ||
        !find_key(j, t, verify_get(names, "id"), false, &id))
        return false;
    id.between = " / ";
    by = id;
    if (average && !find_key(j, t, verify_get(average, "by"), false, &by))
        return false;
    if (!name_candidates(w, t, &id, &by) || !index_candidates(w, t))
        return false;
    w->rows = t->sheet.rows;
    w->kept_rows = t->n;
    w->own_cells = t->n == w->n && !average && !verify_get(names, "draw");
    if (!average && !verify_get(names, "draw") && t->n != w->n)
        return claim_fails(j, t->node, "ids stand twice");
    w->incumbent = incumbent ? verify_find(w, incumbent) : VERIFY_NONE;
    if (incumbent && w->incumbent == VERIFY_NONE)
        return claim_fails(j, t->node, "it lacks the incumbent");
    return sort_by_owner(j, t, w->n);
}

bool verify_read_rows(verify_world *w, const char *role, const verify_node *names, verify_table *t)
{
    verify_job *j = w->job;
    key id;
    *t = (verify_table){0};
    if (!read_sheet(w, role, names, &t->node, &t->sheet) || !keep_rows(w, NULL, t) ||
        !find_key(j, t, verify_get(names, "id"), false, &id) || !VERIFY_ROOM(j, w->id, t->n) ||
        !VERIFY_ROOM(j, t->owner, t->n))
        return false;
    id.between = " / ";
    for (size_t k = 0; k < t->n; k++) {
        bool blank = false;
        w->id[k] = key_text(j, t, &id, t->row[k], &blank);
        if (!w->id[k] || blank)
            return w->id[k] &&
                   claim_fails(j, t->node, "line %u has no id", (unsigned)t->sheet.line[t->row[k]]);
        t->owner[k] = (uint32_t)k;
    }
    w->n = w->rows = w->kept_rows = t->n;
    w->own_cells = true;
    w->incumbent = VERIFY_NONE;
    return sort_by_owner(j, t, w->n);
}

bool verify_read_beside(verify_world *w, const char *role, const verify_node *names,
                        verify_table *t)
{
    key id;
    size_t kept = 0;
    *t = (verify_table){0};
    if (!read_sheet(w, role, names, &t->node, &t->sheet) || !keep_rows(w, NULL, t) ||
        !find_key(w->job, t, verify_get(names, "id"), false, &id) ||
        !VERIFY_ROOM(w->job, t->owner, t->n))
        return false;
    id.between = " / ";
    for (size_t k = 0; k < t->n; k++) {
        bool blank = false;
        const char *name = key_text(w->job, t, &id, t->row[k], &blank);
        const int i = name ? verify_find(w, name) : VERIFY_NONE;
        if (!name)
            return false;
        if (i == VERIFY_NONE)
            continue;
        t->row[kept] = t->row[k];
        t->owner[kept++] = (uint32_t)i;
    }
    t->n = kept;
    return sort_by_owner(w->job, t, w->n);
}

int verify_find(const verify_world *w, const char *id)
{
    const uint32_t found = id ? index_find(&w->ids, w->id, id, strlen(id)) : INDEX_ABSENT;
    return found == INDEX_ABSENT ? VERIFY_NONE : (int)found;
}
