/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that sum up the others, as spreadsheets have them below a table: known by their names, and
 * by their numbers or by where they stand. */
#include <math.h>
#include <string.h>

#include "inspect/guess.h"
#include "inspect/profile_parts.h"

enum { MOST_SUMMARIES = 8 };

#define NEAR_ENOUGH 0.01 /* of the number, for what was rounded */

typedef enum summary {
    SUMMARY_SUM,
    SUMMARY_MEAN,
    SUMMARY_MEDIAN,
    SUMMARY_MIN,
    SUMMARY_MAX,
    SUMMARY_DEVIATION,
    SUMMARY_COUNT
} summary;

static const struct {
    const char *word;
    summary summary;
} words[] = {
    {"total", SUMMARY_SUM},
    {"totals", SUMMARY_SUM},
    {"sum", SUMMARY_SUM},
    {"grand total", SUMMARY_SUM},
    {"subtotal", SUMMARY_SUM},
    {"mean", SUMMARY_MEAN},
    {"avg", SUMMARY_MEAN},
    {"avg.", SUMMARY_MEAN},
    {"average", SUMMARY_MEAN},
    {"overall", SUMMARY_MEAN},
    {"median", SUMMARY_MEDIAN},
    {"min", SUMMARY_MIN},
    {"minimum", SUMMARY_MIN},
    {"max", SUMMARY_MAX},
    {"maximum", SUMMARY_MAX},
    {"std", SUMMARY_DEVIATION},
    {"stdev", SUMMARY_DEVIATION},
    {"std dev", SUMMARY_DEVIATION},
    {"std. dev.", SUMMARY_DEVIATION},
    {"sd", SUMMARY_DEVIATION},
    {"stddev", SUMMARY_DEVIATION},
    {"standard deviation", SUMMARY_DEVIATION},
    {"count", SUMMARY_COUNT},
    {"25%", SUMMARY_MEDIAN},
    {"50%", SUMMARY_MEDIAN},
    {"75%", SUMMARY_MEDIAN},
};

/* A row that is named like a summary. */
typedef struct row_named {
    size_t row;
    summary is;
    const char *text;
    bool verified;
} row_named;

/* Ways in which a word is written in a cell. */
typedef struct spelling {
    uint64_t hash;
    const char *text;
    summary is;
} spelling;

enum { WAYS = 8, SPELLINGS = WAYS * (int)(sizeof words / sizeof words[0]) };

/* The word in small or capital letters, with the first one of it or of each part a capital, and
 * perhaps a colon behind it. NULL: no memory. */
static const char *spell(tdo_arena *a, const char *word, int way)
{
    char *s = tdo_alloc(a, strlen(word) + 2, 1);
    const int letters = way / 2;
    if (!s)
        return NULL;
    for (size_t i = 0; word[i] != '\0'; i++) {
        const bool starts = i == 0 || (letters == 3 && word[i - 1] == ' ');
        const bool up = letters == 1 || (letters > 1 && starts);
        s[i] = (char)(up && word[i] >= 'a' && word[i] <= 'z' ? word[i] - 'a' + 'A' : word[i]);
    }
    if (way % 2 == 1)
        s[strlen(word)] = ':';
    return s;
}

static tdo_status spell_all(tdo_arena *a, spelling *out)
{
    for (int k = 0; k < SPELLINGS; k++) {
        const char *text = spell(a, words[k / WAYS].word, k % WAYS);
        if (!text)
            return TDO_E_MEMORY;
        out[k] = (spelling){profile_text_hash(text, strlen(text)), text, words[k / WAYS].summary};
    }
    return TDO_OK;
}

/* Does the number sum up those of the rows that are not named (named: [sampled]) in this column? */
static bool sums_up(const tdo_profile *p, const bool *named, size_t column, double x, summary is)
{
    double sum = 0, squares = 0, min = INFINITY, max = -INFINITY, n = 0;
    for (size_t r = 0; r < p->sampled; r++) {
        const double y = p->number[r * p->n_columns + column];
        if (named[r] || isnan(y))
            continue;
        n++;
        sum += y;
        squares += y * y;
        min = fmin(min, y);
        max = fmax(max, y);
    }
    if (n < 2 || isnan(x))
        return false;
    const double mean = sum / n, spread = sqrt(fmax(0, squares / n - mean * mean));
    const double expected = is == SUMMARY_SUM         ? sum
                            : is == SUMMARY_MEAN      ? mean
                            : is == SUMMARY_MIN       ? min
                            : is == SUMMARY_MAX       ? max
                            : is == SUMMARY_DEVIATION ? spread * sqrt(n / (n - 1))
                            : is == SUMMARY_COUNT     ? n
                                                      : x; /* a median lies between: */
    if (is == SUMMARY_MEDIAN)
        return x >= min && x <= max && (x > min || x < max) && min < max;
    return fabs(x - expected) <= NEAR_ENOUGH * fabs(expected) ||
           (is == SUMMARY_DEVIATION && fabs(x - spread) <= NEAR_ENOUGH * spread);
}

/* Rows of the column that are named so. Returns how many; more than a few: none. */
static size_t find_named(const tdo_profile *p, size_t column, const spelling *all, row_named *found,
                         bool *named)
{
    bool some[256] = {false}; /* by a byte of the hash */
    size_t n = 0;
    for (int k = 0; k < SPELLINGS; k++)
        some[all[k].hash >> 56] = true;
    for (size_t r = 0; r < p->sampled; r++) {
        const uint64_t text = p->text[r * p->n_columns + column];
        int k = some[text >> 56] ? 0 : SPELLINGS;
        while (k < SPELLINGS && all[k].hash != text)
            k++;
        named[r] = k < SPELLINGS;
        if (!named[r])
            continue;
        if (n == MOST_SUMMARIES)
            return 0;
        found[n++] = (row_named){.row = r, .is = all[k].is, .text = all[k].text};
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
        below = below ||
                (found[k].row >= tail &&
                 (found[k].verified || found[k].is == SUMMARY_SUM || found[k].is == SUMMARY_MEAN));
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
    spelling *all = tdo_alloc(a, SPELLINGS, sizeof *all);
    row_named found[MOST_SUMMARIES];
    if (!named || !all || spell_all(a, all) != TDO_OK)
        return TDO_E_MEMORY;
    for (size_t i = 0; i < p->n_columns && p->layout.summed == TDO_NONE && p->whole; i++) {
        if (p->column[i].numeric || p->column[i].name[0] == '\0')
            continue;
        const size_t n = find_named(p, i, all, found, named);
        if (n > 0)
            status = take(p, i, found, n, named, a);
        if (status != TDO_OK)
            return status;
    }
    return status;
}
