/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements on weights (and, of stakeholders, on powers): "a >= b", "a >= 2 b + 0.5 c", "0.2 <= a
 * <= 0.5", "a >= b >= c", "a = b".
 *
 *     statement  sum, then once or more: one of >= > <= < = and a sum; the signs of a chain agree
 *     sign       the two-byte ones may be written as one character: U+2265, U+2264
 *     sum        terms with + or - between them, and before the first
 *     term       number, number name, number * name, or name
 *     name       an id; as it is, or between backticks
 *
 * Where names could be read in several ways the longest counts; a number counts before a name of
 * the same length. Numbers stay decimal until all of a statement are whole: 0.1 + 0.2 is 0.3
 * here. */
#include "scenario/statement.h"

#include "base/plain.h"

#include <string.h>

/* U+2265 and U+2264 in UTF-8 */
#define AT_LEAST "\xE2\x89\xA5"
#define AT_MOST  "\xE2\x89\xA4"

enum { MOST_EXPONENT = 999 };

static void skip_blanks(scenario_statement *t)
{
    while (*t->next == ' ' || *t->next == '\t')
        t->next++;
}

/* What stands there, up to a blank, for a message. */
static const char *word_at(scenario_statement *t)
{
    const char *word = tdo_copy(t->r->a, t->next, strcspn(t->next, " \t<>=+*`"));
    if (!word)
        t->r->no_memory = true;
    return !word ? "" : word;
}

static void expected(scenario_statement *t, const char *what)
{
    scenario_reader *r = t->r;
    if (*t->next == '\0')
        scenario_complain(r, t->n, SCENARIO_AT_VALUE, "%s ends where %s is expected",
                          scenario_say_path(r, t->n), what);
    else
        scenario_complain(r, t->n, SCENARIO_AT_VALUE, "%s must have %s at %s",
                          scenario_say_path(r, t->n), what, scenario_say_name(r, t->n, t->next));
    t->failed = true;
}

/* ---- names ---- */

static bool is_word(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80;
}

/* Does a word go on there? */
static bool goes_on(const char *at)
{
    return is_word(*at) && strncmp(at, AT_LEAST, 3) != 0 && strncmp(at, AT_MOST, 3) != 0;
}

/* Whose id stands there: the longest one, and not as the start of a longer word. */
static size_t name_at(const scenario_statement *t, const char *at, size_t *length)
{
    size_t found = TDO_NONE;
    *length = 0;
    for (size_t c = 0; c < t->about->n; c++) {
        const char *id = t->about->name[c];
        size_t n = strlen(id);
        if (n > *length && strncmp(at, id, n) == 0 && !(is_word(id[n - 1]) && goes_on(at + n))) {
            found = c;
            *length = n;
        }
    }
    return found;
}

static void complain_unknown(scenario_statement *t, const char *name)
{
    scenario_reader *r = t->r;
    scenario_complain(
        r, t->n, SCENARIO_AT_VALUE, "unknown %s %s in %s%s", t->about->one,
        scenario_say_name(r, t->n, name), scenario_say_path(r, t->n),
        scenario_say_nearest(r, t->n, name, t->about->all, t->about->name, t->about->n));
    t->failed = true;
}

/* A name between backticks. */
static size_t read_quoted(scenario_statement *t)
{
    const char *end = strchr(t->next + 1, '`');
    if (!end) {
        expected(t, "a second backtick");
        return TDO_NONE;
    }
    const char *name = tdo_copy(t->r->a, t->next + 1, (size_t)(end - t->next - 1));
    t->next = end + 1;
    if (!name) {
        t->r->no_memory = t->failed = true;
        return TDO_NONE;
    }
    for (size_t c = 0; c < t->about->n; c++)
        if (strcmp(t->about->name[c], name) == 0)
            return c;
    complain_unknown(t, name);
    return TDO_NONE;
}

static size_t read_name(scenario_statement *t)
{
    size_t length = 0;
    if (*t->next == '`')
        return read_quoted(t);
    size_t c = name_at(t, t->next, &length);
    t->next += length;
    if (c == TDO_NONE && (goes_on(t->next) || *t->next == '"'))
        complain_unknown(t, word_at(t));
    else if (c == TDO_NONE && (*t->next == '>' || *t->next == '<') && t->next[-1] == '=')
        expected(t, *t->next == '>' ? "\">=\" for \"=>\"" : "\"<=\" for \"=<\"");
    else if (c == TDO_NONE)
        expected(t, t->about->expected);
    return c;
}

/* ---- numbers ---- */

/* The bytes of a number without a sign, 0 where there is none. */
static size_t number_length(const char *s)
{
    size_t n = 0, digits = 0;
    for (; plain_is_digit(s[n]); n++)
        digits++;
    if (s[n] == '.') {
        n++;
        for (; plain_is_digit(s[n]); n++)
            digits++;
    }
    if (digits == 0)
        return 0;
    size_t e = n + (s[n] == 'e' || s[n] == 'E');
    if (e > n) {
        e += s[e] == '+' || s[e] == '-';
        if (plain_is_digit(s[e]))
            for (n = e; plain_is_digit(s[n]);)
                n++;
    }
    return n;
}

/* False: it has more digits than can be exact here. */
static bool read_number(const char *s, size_t length, scenario_summand *out)
{
    size_t i = 0, pending = 0, digits = 0; /* pending: zeros that matter only if a digit follows */
    bool fraction = false, negative = false;
    int exponent = 0, shift = 0;
    out->digits = 0;
    for (; i < length && s[i] != 'e' && s[i] != 'E'; i++) {
        if (s[i] == '.') {
            fraction = true;
            continue;
        }
        shift -= fraction;
        if (s[i] == '0') {
            pending += digits > 0;
            continue;
        }
        for (; pending > 0 && digits < SCENARIO_STATEMENT_DIGITS; pending--, digits++)
            out->digits *= 10;
        if (pending > 0 || digits++ >= SCENARIO_STATEMENT_DIGITS)
            return false;
        out->digits = out->digits * 10 + (s[i] - '0');
    }
    if (i < length) {
        i++;
        negative = s[i] == '-';
        i += s[i] == '-' || s[i] == '+';
    }
    for (; i < length; i++)
        exponent = exponent > MOST_EXPONENT ? exponent : exponent * 10 + (s[i] - '0');
    if (exponent > MOST_EXPONENT || shift < -MOST_EXPONENT || pending > MOST_EXPONENT)
        return false;
    out->exponent = shift + (int)pending + (negative ? -exponent : exponent);
    return true;
}

/* ---- sums ---- */

void scenario_complain_digits(scenario_statement *t)
{
    scenario_complain(
        t->r, t->n, SCENARIO_AT_VALUE,
        "the numbers of %s have too many digits, or are too far apart, to be compared "
        "exactly (at most %d digits from the first of the largest to the last of the "
        "smallest)",
        scenario_say_path(t->r, t->n), SCENARIO_STATEMENT_DIGITS);
    t->failed = true;
}

static void read_term(scenario_statement *t, int sign)
{
    scenario_summand x = {.name = TDO_NONE, .digits = 1};
    size_t number = number_length(t->next), name = 0;
    (void)name_at(t, t->next, &name);
    if (name > number)
        number = 0;
    if (number > 0 && !read_number(t->next, number, &x)) {
        scenario_complain_digits(t);
        return;
    }
    t->next += number;
    skip_blanks(t);
    bool star = number > 0 && *t->next == '*';
    if (star) {
        t->next++;
        skip_blanks(t);
    }
    if (number == 0 || star || *t->next == '`' || (goes_on(t->next) && !plain_is_digit(*t->next)) ||
        name_at(t, t->next, &name) != TDO_NONE)
        x.name = read_name(t);
    x.digits *= sign;
    t->term[t->n_terms++] = x;
}

static void read_sum(scenario_statement *t)
{
    t->from[t->n_sums++] = t->n_terms;
    for (bool first = true; !t->failed; first = false) {
        skip_blanks(t);
        bool signs = *t->next == '+' || *t->next == '-';
        if (!first && !signs)
            break;
        int sign = *t->next == '-' ? -1 : 1;
        t->next += signs;
        skip_blanks(t);
        read_term(t, sign);
    }
    t->from[t->n_sums] = t->n_terms;
}

/* A sign between sums; '\0' where there is none. */
static char read_sign(scenario_statement *t)
{
    static const struct {
        const char *text;
        char sign;
    } known[] = {{">=", 'g'}, {"<=", 'l'}, {"==", '='},     {">", '>'},
                 {"<", '<'},  {"=", '='},  {AT_LEAST, 'g'}, {AT_MOST, 'l'}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strncmp(t->next, known[i].text, strlen(known[i].text)) == 0) {
            t->next += strlen(known[i].text);
            return known[i].sign;
        }
    return '\0';
}

bool scenario_goes_up(char sign)
{
    return sign == '<' || sign == 'l';
}

static void read_chain(scenario_statement *t)
{
    char direction = '=';
    read_sum(t);
    while (!t->failed && *t->next != '\0') {
        char sign = read_sign(t);
        if (sign == '\0') {
            expected(t, "one of >=, >, <=, <, = and +");
            return;
        }
        if (sign != '=' && direction != '=' &&
            scenario_goes_up(sign) != scenario_goes_up(direction)) {
            scenario_complain(t->r, t->n, SCENARIO_AT_VALUE,
                              "%s has both > and <: the signs of a chain agree",
                              scenario_say_path(t->r, t->n));
            t->failed = true;
            return;
        }
        direction = sign == '=' ? direction : sign;
        t->sign[t->n_sums - 1] = sign;
        read_sum(t);
    }
    if (!t->failed && t->n_sums == 1)
        expected(t, "one of >=, >, <=, < and =");
}

void scenario_read_statement(scenario_statement *t, const tdo_node *n)
{
    t->n = n;
    t->next = n->text;
    t->n_terms = t->n_sums = 0;
    t->failed = false;
    read_chain(t);
}
