/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that sum up the others, as spreadsheets have them below a table: known by their names, and
 * by their numbers or by where they stand. */
#include <math.h>
#include <string.h>

#include "inspect/guess.h"
#include "inspect/profile_parts.h"
#include "terms/summary.h"

enum { MOST_SUMMARIES = 8 };

/* A row that is named like a summary. */
typedef struct row_named {
    size_t row;
    terms_summary is;
    const char *text;
    bool verified;
} row_named;

/* Ways in which a word is written in a cell. */
typedef struct spelling {
    uint64_t hash;
    const char *text;
    terms_summary is;
} spelling;

typedef struct spellings {
    spelling *way; /* [n] */
    size_t n;
} spellings;

/* Before and behind a word: as it is, or as Markdown has it, or with how many it sums up. */
static const struct {
    const char *before, *behind;
} around[] = {{"", ""}, {"", ":"}, {"**", "**"}, {"*", "*"}, {"__", "__"}, {"_", "_"}};

enum { LETTERS = 4, AROUND = sizeof around / sizeof *around };

/* In small or capital letters, with the first one of it or of each part a capital. NULL: no memory.
 */
static char *spell(tdo_arena *a, const char *word, int letters)
{
    char *s = tdo_copy(a, word, strlen(word));
    for (size_t i = 0; s && s[i] != '\0'; i++) {
        const bool starts = i == 0 || (letters == 3 && word[i - 1] == ' ');
        const bool up = letters == 1 || (letters > 1 && starts);
        s[i] = (char)(up && word[i] >= 'a' && word[i] <= 'z' ? word[i] - 'a' + 'A' : word[i]);
    }
    return s;
}

static tdo_status add(spellings *all, const char *text, terms_summary is)
{
    if (!text)
        return TDO_E_MEMORY;
    all->way[all->n++] = (spelling){profile_text_hash(text, strlen(text)), text, is};
    return TDO_OK;
}

/* rows: of which some number are summed up ("**Mean** (n=5)", "**Mean (n=5)**"). */
static tdo_status spell_word(tdo_arena *a, const char *word, terms_summary is, size_t rows,
                             spellings *all)
{
    tdo_status status = word ? TDO_OK : TDO_E_MEMORY;
    for (size_t w = 0; w < AROUND && status == TDO_OK; w++) {
        const char *before = around[w].before, *behind = around[w].behind;
        status = add(all, tdo_text(a, "%s%s%s", before, word, behind), is);
        for (size_t k = 1; k <= MOST_SUMMARIES && k < rows && status == TDO_OK; k++) {
            status = add(all, tdo_text(a, "%s%s%s (n=%zu)", before, word, behind, rows - k), is);
            if (status == TDO_OK)
                status =
                    add(all, tdo_text(a, "%s%s (n=%zu)%s", before, word, rows - k, behind), is);
        }
    }
    return status;
}

static tdo_status spell_all(tdo_arena *a, size_t rows, spellings *all)
{
    tdo_status status = TDO_OK;
    const size_t ways = terms_n_summary_words * LETTERS * AROUND * (1 + 2 * MOST_SUMMARIES);
    *all = (spellings){.way = tdo_alloc(a, ways, sizeof *all->way)};
    if (!all->way)
        return TDO_E_MEMORY;
    for (size_t w = 0; w < terms_n_summary_words; w++)
        for (int letters = 0; letters < LETTERS && status == TDO_OK; letters++)
            status = spell_word(a, spell(a, terms_summary_words[w].word, letters),
                                terms_summary_words[w].is, rows, all);
    return status;
}

/* Does the number sum up those of the rows that are not named (named: [sampled]) in this column? */
static bool sums_up(const tdo_profile *p, const bool *named, size_t column, double x,
                    terms_summary is)
{
    terms_others others = {.n = 0};
    for (size_t r = 0; r < p->sampled; r++) {
        const double y = p->number[r * p->n_columns + column];
        if (!named[r] && !isnan(y))
            terms_add_other(&others, y);
    }
    return terms_sums_up(&others, x, is);
}

/* Rows of the column that are named so. Returns how many; more than a few: none. */
static size_t find_named(const tdo_profile *p, size_t column, const spellings *all,
                         row_named *found, bool *named)
{
    bool some[256] = {false}; /* by a byte of the hash */
    size_t n = 0;
    for (size_t k = 0; k < all->n; k++)
        some[all->way[k].hash >> 56] = true;
    for (size_t r = 0; r < p->sampled; r++) {
        const uint64_t text = p->text[r * p->n_columns + column];
        size_t k = some[text >> 56] ? 0 : all->n;
        while (k < all->n && all->way[k].hash != text)
            k++;
        named[r] = k < all->n;
        if (!named[r])
            continue;
        if (n == MOST_SUMMARIES)
            return 0;
        found[n++] = (row_named){.row = r, .is = all->way[k].is, .text = all->way[k].text};
    }
    return n;
}

/* From which row on all are named: the block of summaries below a table. */
static size_t tail_of(const tdo_profile *p, const bool *named)
{
    size_t from = p->sampled;
    while (from > 0 && named[from - 1])
        from--;
    return from;
}

/* Do the numbers of the row bear its name out: all of them, and several, or one below the table? */
static bool is_verified(const tdo_profile *p, const bool *named, const row_named *x, size_t tail)
{
    size_t good = 0;
    for (size_t i = 0; i < p->n_columns; i++) {
        const tdo_profiled *c = &p->column[i];
        const double y = p->number[x->row * p->n_columns + i];
        if (!c->numeric || c->kind == TDO_KIND_ID || isnan(y))
            continue;
        if (!sums_up(p, named, i, y, x->is))
            return false;
        good++;
    }
    return good > 1 || (good == 1 && x->row >= tail);
}

static tdo_status take(tdo_profile *p, size_t column, row_named *found, size_t n, const bool *named,
                       tdo_arena *a)
{
    const size_t tail = tail_of(p, named);
    bool below = p->sampled - tail > 1;
    size_t kept = 0;
    const char **text = tdo_alloc(a, n, sizeof *text);
    for (size_t k = 0; k < n && text; k++) {
        found[k].verified = is_verified(p, named, &found[k], tail);
        below = below || (found[k].row >= tail && (found[k].verified || found[k].is == TERMS_SUM ||
                                                   found[k].is == TERMS_MEAN));
    }
    for (size_t k = 0; k < n && text; k++)
        if (found[k].verified || (below && found[k].row >= tail))
            text[kept++] = found[k].text;
    if (kept > 0 && p->sampled - kept >= 2) {
        p->layout.summed = column;
        p->layout.summary = text;
        p->layout.n_summaries = kept;
    }
    return text ? TDO_OK : TDO_E_MEMORY;
}

tdo_status guess_summaries(tdo_profile *p, tdo_arena *a)
{
    tdo_status status = TDO_OK;
    bool *named = tdo_alloc(a, p->sampled, sizeof *named);
    spellings all;
    row_named found[MOST_SUMMARIES];
    if (!named || spell_all(a, p->sampled, &all) != TDO_OK)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < p->n_columns && p->layout.summed == TDO_NONE && p->whole; i++) {
        if (p->column[i].numeric || p->column[i].name[0] == '\0')
            continue;
        const size_t n = find_named(p, i, &all, found, named);
        if (n > 0)
            status = take(p, i, found, n, named, a);
        if (status != TDO_OK)
            return status;
    }
    return status;
}
