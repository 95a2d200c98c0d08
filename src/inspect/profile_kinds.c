/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column is. */
#include <math.h>
#include <string.h>

#include "inspect/guess.h"
#include "inspect/profile_parts.h"

const char *const tdo_kind_name[TDO_KINDS] = {
    [TDO_KIND_EMPTY] = "empty",
    [TDO_KIND_CONSTANT] = "constant",
    [TDO_KIND_ID] = "id",
    [TDO_KIND_NUMBER] = "number",
    [TDO_KIND_PERCENT] = "percent",
    [TDO_KIND_THOUSANDS] = "thousands",
    [TDO_KIND_PLUS_MINUS] = "plus-minus",
    [TDO_KIND_INTERVAL] = "interval",
    [TDO_KIND_QUANTITY] = "quantity",
    [TDO_KIND_DATE] = "date",
    [TDO_KIND_ORDINAL] = "ordinal",
    [TDO_KIND_TEXT] = "text",
};

/* ---- words with an order ---- */

typedef struct scale {
    bool more_is_better;
    const char *words; /* from least to most: places separated by bars, spellings by slashes */
} scale;

static const scale scales[] = {
    {false, "none|very low|low|medium/mid/moderate/med|high|very high|critical"},
    {false, "minimal|minor|moderate|major|severe|critical"},
    {false, "tiny|small|medium/base|large|xlarge/xl|huge"},
    {false, "xs|s|m|l|xl|xxl"},
    {false, "never|rarely|sometimes|often|always"},
    {true, "very poor|poor|fair|good|very good|excellent"},
    {true, "bad|ok/okay|good|great"},
    {true, "very bad|bad|neutral|good|very good"},
    {true, "opaque/black box|post-hoc/posthoc/post hoc|inherent/interpretable"},
    {true, "no|partial/partly|yes|full/fully"},
    {true, "unacceptable|acceptable|good|excellent"},
    {true, "bronze|silver|gold|platinum"},
    {true, "strongly disagree|disagree|neutral|agree|strongly agree"},
};

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool same(const char *s, size_t length, const char *word, size_t word_length)
{
    if (length != word_length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(s[i]) != word[i])
            return false;
    return true;
}

/* The place of a word on a scale, from 0; TDO_NONE: it is not on it. */
static size_t place_on(const scale *s, const tdo_tally *word)
{
    size_t place = 0;
    for (const char *at = s->words; *at != '\0';) {
        size_t length = strcspn(at, "/|");
        if (same(word->text, word->length, at, length))
            return place;
        at += length;
        place += *at == '|';
        at += *at != '\0';
    }
    return TDO_NONE;
}

enum { MOST_PLACES = 8 };

/* Do all words of the column stand on the scale, each place spelled in one way? Three of them at
 * least, or two that are worth something: yes and no are no scale. */
static bool is_on(const scale *s, const tdo_profiled *c, const char *level[MOST_PLACES])
{
    if (!c->word || !c->repeats || c->n_words < 2 + (size_t)!s->more_is_better ||
        c->n_words > MOST_PLACES)
        return false;
    for (size_t k = 0; k < MOST_PLACES; k++)
        level[k] = NULL;
    for (size_t k = 0; k < c->n_words; k++) {
        size_t place = place_on(s, &c->word[k]);
        if (place == TDO_NONE || level[place])
            return false;
        level[place] = c->word[k].text;
    }
    return true;
}

static bool is_yes_or_no(const tdo_profiled *c)
{
    const char *first = c->word[0].text, *second = c->word[1].text;
    return c->n_words == 2 &&
           (same(first, strlen(first), "no", 2) || same(second, strlen(second), "no", 2));
}

static tdo_status find_levels(tdo_profiled *c, tdo_arena *a)
{
    const char *level[MOST_PLACES];
    for (size_t k = 0; k < sizeof scales / sizeof scales[0]; k++) {
        if (!is_on(&scales[k], c, level) || is_yes_or_no(c))
            continue;
        c->level = tdo_alloc(a, c->n_words, sizeof *c->level);
        if (!c->level)
            return TDO_E_MEMORY;
        for (size_t i = 0; i < MOST_PLACES; i++)
            if (level[i])
                c->level[c->n_levels++] = level[i];
        c->more_is_better = scales[k].more_is_better;
        c->kind = TDO_KIND_ORDINAL;
        return TDO_OK;
    }
    return TDO_OK;
}

/* ---- kinds ---- */

/* "no errors", "number of crashes": how many there are, where "case no" and "no" number the rows.
 */
static bool is_a_count(const char *words)
{
    static const char *const many[] = {" no ", " nr ", " number "};
    for (size_t k = 0; k < sizeof many / sizeof many[0]; k++) {
        const size_t length = strlen(many[k]);
        if (strncmp(words, many[k], length) == 0)
            return words[length] != '\0';
    }
    return false;
}

/* Numbers that count rows rather than measure them. */
static tdo_status is_numeric_id(const tdo_profile *p, const tdo_profiled *c, tdo_arena *a,
                                bool *yes)
{
    static const char *const names[] = {"id", "index", "number", "no",
                                        "nr", "key",   "uuid",   "trial"};
    const char *words = guess_name_words(a, c->name);
    if (!words)
        return TDO_E_MEMORY;
    *yes = c->integers == p->rows && !c->repeats && c->negatives == 0 &&
           (words[1] == '\0' ||
            (!is_a_count(words) && guess_has_any(words, names, sizeof names / sizeof names[0])));
    return TDO_OK;
}

/* Cells that are meant as numbers. What says more than a number, or less, may be a word (7B as the
 * name of a model) where no plain number stands beside it. */
static size_t numberlike(const tdo_profiled *c)
{
    size_t n = 0;
    for (int k = TDO_CELL_PLAIN; k <= TDO_CELL_RANGE; k++)
        n += c->cells[k].n;
    const size_t doubtful = c->cells[TDO_CELL_DECORATED].n +
                            (c->style.as == TDO_CELLS_PLAIN ? c->cells[TDO_CELL_FORMED].n : 0);
    return c->numbers == 0 && n > 0 ? n - doubtful : n;
}

/* model: 7B, 13B, 70B */
static tdo_status is_formed_name(const tdo_profile *p, const tdo_profiled *c, tdo_arena *a,
                                 bool *yes)
{
    static const char *const names[] = {
        " model ",  " model name ", " name ",      " candidate ", " id ",       " method ",
        " system ", " variant ",    " algorithm ", " config ",    " run name ", " checkpoint "};
    const char *words = guess_name_words(a, c->name);
    *yes = false;
    if (!words)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < sizeof names / sizeof names[0] && c->style.as == TDO_CELLS_QUANTITY; k++)
        *yes = *yes || strcmp(words, names[k]) == 0;
    *yes = *yes && !c->repeats && c->numbers == p->rows;
    return TDO_OK;
}

static tdo_kind kind_of_numbers(const tdo_profiled *c)
{
    static const tdo_kind kind[TDO_CELL_FORMS] = {[TDO_CELLS_PLAIN] = TDO_KIND_NUMBER,
                                                  [TDO_CELLS_PLUS_MINUS] = TDO_KIND_PLUS_MINUS,
                                                  [TDO_CELLS_INTERVAL] = TDO_KIND_INTERVAL,
                                                  [TDO_CELLS_QUANTITY] = TDO_KIND_QUANTITY};
    if (c->style.as != TDO_CELLS_PLAIN)
        return kind[c->style.as];
    return c->style.percent                   ? TDO_KIND_PERCENT
           : c->cells[TDO_CELL_GROUPED].n > 0 ? TDO_KIND_THOUSANDS
                                              : TDO_KIND_NUMBER;
}

static void forget_form(tdo_profiled *c)
{
    c->style = (tdo_reading_style){.as = TDO_CELLS_PLAIN};
    c->numbers = c->zeros = c->negatives = c->integers = 0;
    c->min = c->max = (double)NAN;
}

/* What seems to say "missing" has to be named, to be read so. */
static tdo_status name_marks(tdo_profiled *c, tdo_arena *a)
{
    const char **mark = tdo_alloc(a, c->n_marks, sizeof *mark);
    if (!mark)
        return TDO_E_MEMORY;
    c->style.marks = mark;
    for (size_t k = 0; k < c->n_marks; k++)
        if (!tdo_is_missing_mark(c->mark[k].text, c->mark[k].length))
            mark[c->style.n_marks++] = c->mark[k].text;
    c->exact = c->exact && (c->style.n_marks == 0 || c->n_marks < TDO_PROFILE_MARKS);
    return TDO_OK;
}

static tdo_status find_kind(const tdo_profile *p, tdo_profiled *c, tdo_arena *a)
{
    const size_t known = p->rows - c->cells[TDO_CELL_MISSING].n, number = numberlike(c);
    bool id = false, name = false;
    tdo_status status = is_formed_name(p, c, a, &name);
    if (status != TDO_OK)
        return status;
    if (name)
        forget_form(c);
    c->numeric = !name && number > 0 && 2 * number > known - c->cells[TDO_CELL_NEAR].n;
    c->exact = c->numbers + (c->numeric ? c->cells[TDO_CELL_NEAR].n : 0) == known;
    if (!c->numeric)
        c->style.decimal = '\0';
    if (!c->numeric || (c->cells[TDO_CELL_GROUPED].n == 0 && c->style.as == TDO_CELLS_PLAIN &&
                        c->style.decimal == '\0'))
        c->style.thousands = '\0';
    c->style.percent = c->style.percent && c->numeric;
    if (known == 0)
        c->kind = TDO_KIND_EMPTY;
    else if (c->distinct == 1)
        c->kind = TDO_KIND_CONSTANT;
    else if (c->numeric) {
        status = is_numeric_id(p, c, a, &id);
        c->kind = id ? TDO_KIND_ID : kind_of_numbers(c);
        return status == TDO_OK ? name_marks(c, a) : status;
    } else if (10 * c->cells[TDO_CELL_DATE].n >= 9 * known) {
        c->kind = TDO_KIND_DATE;
    } else {
        c->kind = c->repeats || known < p->rows ? TDO_KIND_TEXT : TDO_KIND_ID;
        return find_levels(c, a);
    }
    return TDO_OK;
}

tdo_status profile_find_kinds(tdo_profile *p, tdo_arena *a)
{
    tdo_status status = TDO_OK;
    for (size_t i = 0; i < p->n_columns && status == TDO_OK; i++)
        status = find_kind(p, &p->column[i], a);
    return status;
}
