/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what is wrong with a text that is no JSON: where, what was found, what would be right. */
#include "json/lexer.h"

#include <string.h>

enum {
    SHOWN = 60,   /* bytes of a token */
    QUOTED = 400, /* what they can grow to when they are made visible */
    BRACKETS = 64
};

/* The token at which jansson gave up, and what stands before it. */
typedef struct scene {
    json_token found, before;
    json_token open[BRACKETS]; /* [depth] what is not closed yet (the outermost ones) */
    size_t depth;
    char shown[QUOTED]; /* the token found, in quotes */
} scene;

static bool begins(const char *what, const char *start)
{
    return strncmp(what, start, strlen(start)) == 0;
}

static void track(scene *s, const json_token *t)
{
    if (t->kind == '{' || t->kind == '[') {
        if (s->depth < BRACKETS)
            s->open[s->depth] = *t;
        s->depth++;
    } else if ((t->kind == '}' || t->kind == ']') && s->depth > 0) {
        s->depth--;
    }
}

static bool into_shown(void *user, const char *bytes, size_t length)
{
    scene *s = user;
    size_t at = strlen(s->shown);
    if (length >= QUOTED - at)
        return false;
    memcpy(s->shown + at, bytes, length);
    s->shown[at + length] = '\0';
    return true;
}

static void show(scene *s)
{
    char text[SHOWN + 1] = "";
    tdo_sink o = {.write = into_shown, .user = s};
    size_t quotes = s->found.kind == '"' && s->found.closed ? 1 : 0;
    size_t length = s->found.length - 2 * quotes;
    if (s->found.kind == 0)
        return;
    length = tdo_utf8_valid(s->found.start + quotes, length > SHOWN ? SHOWN : length);
    memcpy(text, s->found.start + quotes, length);
    tdo_put_quoted(&o, text);
}

/* offset: the bytes that were taken, the last of them a part of the token. */
static void find(scene *s, const char *bytes, size_t length, size_t offset)
{
    json_lexer l = json_lexer_start(bytes, length);
    s->found = json_lexer_next(&l);
    while (s->found.kind != 0 && (size_t)(l.p - bytes) < offset &&
           (s->found.kind != '"' || s->found.closed)) {
        track(s, &s->found);
        s->before = s->found;
        s->found = json_lexer_next(&l);
    }
    show(s);
}

/* ---- a token in the wrong place ---- */

/* What jansson's text begins with, and what we say for it. */
static const char *wanted(const char *what)
{
    static const struct {
        const char *theirs, *ours;
    } phrase[] = {
        {"string or '}' expected", "a key in double quotes or \"}\""},
        {"':' expected", "\":\" after the key"},
        {"'}' expected", "\",\" or \"}\""},
        {"']' expected", "\",\" or \"]\""},
        {"'[' or '{' expected", "an object in braces"},
        {"end of file expected", "nothing more after the end of the JSON value"},
    };
    for (size_t i = 0; i < sizeof phrase / sizeof *phrase; i++)
        if (begins(what, phrase[i].theirs))
            return phrase[i].ours;
    return "a value";
}

static bool is_json_word(const json_token *t, const char *what)
{
    double x = 0;
    const char *s = t->start;
    if ((t->length == 4 && (memcmp(s, "true", 4) == 0 || memcmp(s, "null", 4) == 0)) ||
        (t->length == 5 && memcmp(s, "false", 5) == 0))
        return true;
    return !begins(what, "invalid token") && tdo_number_read(s, t->length, &x) == TDO_NUMBER_OK;
}

static const char *hint(const scene *s, const char *what)
{
    char c = *s->found.start;
    char second = s->found.length > 1 ? s->found.start[1] : '\0';
    if ((c == '}' || c == ']') && s->before.kind == ',')
        return " (the comma before it is one too many)";
    if (c == '\'' || c == '`')
        return " (strings stand in double quotes)";
    if (s->found.length > 2 && (memcmp(s->found.start, "\xE2\x80\x9C", 3) == 0 ||
                                memcmp(s->found.start, "\xE2\x80\x9D", 3) == 0))
        return " (quotes are straight: \")";
    if (c == '"' && begins(wanted(what), "\",\""))
        return " (a comma is missing before it)";
    if (c == '/' || c == '#')
        return " (JSON has no comments)";
    if (begins(what, "'[' or '{'"))
        return " (JSON begins so; YAML and CSV are other formats)";
    if (s->found.kind != 'w' || begins(what, "':'") || begins(what, "end of") ||
        is_json_word(&s->found, what))
        return "";
    if (begins(what, "string or"))
        return " (keys stand in double quotes)";
    if (memchr("+.0123456789", c, 12) ||
        (c == '-' && (second == '\0' || memchr(".0123456789", second, 11))))
        return " (a number is written like -12.5e3: no +, no 0 before other digits, digits on both "
               "sides of the point)";
    return " (a value is a number, a string in double quotes, true, false, null, a list or an "
           "object)";
}

static tdo_status unexpected(const scene *s, const char *file, const char *what, tdo_error *err)
{
    const json_token *t = &s->found;
    if (t->kind == '"' && !t->closed)
        return tdo_fail_at(err, TDO_E_INPUT, file, t->line, t->column,
                           "the string that starts here has no closing quote on its line");
    if (t->kind != 0) {
        bool no_word = t->kind == 'w' && (begins(what, "'}'") || begins(what, "']'")) &&
                       !is_json_word(t, what);
        return tdo_fail_at(err, TDO_E_INPUT, file, t->line, t->column, "expected %s, found %s%s",
                           no_word ? "a value" : wanted(what), s->shown, hint(s, what));
    }
    if (s->depth > 0 && s->depth <= BRACKETS) {
        const json_token *open = &s->open[s->depth - 1];
        return tdo_fail_at(err, TDO_E_INPUT, file, t->line, t->column,
                           "the text ends before the \"%c\" of line %u, column %u is closed",
                           open->kind, open->line, open->column);
    }
    return tdo_fail_at(err, TDO_E_INPUT, file, t->line, t->column,
                       "the text ends where %s is expected", wanted(what));
}

tdo_status json_syntax_error(const char *bytes, size_t length, const char *file, size_t offset,
                             const char *what, tdo_error *err)
{
    scene s = {.depth = 0};
    find(&s, bytes, length, offset);
    const json_token *t = &s.found;
    unsigned inside = t->column; /* a string: the place of the byte */
    if (offset < length && bytes + offset > t->start)
        inside += (unsigned)(bytes + offset - t->start);
    if (begins(what, "duplicate object key"))
        return tdo_fail_at(err, TDO_E_INPUT, file, t->line, t->column,
                           "the key %s stands twice in its object", s.shown);
    if (begins(what, "maximum parsing depth"))
        return tdo_fail_at(err, TDO_E_INPUT, file, t->line, t->column, "nested too deeply");
    if (begins(what, "too big"))
        return tdo_fail_at(err, TDO_E_INPUT, file, t->line, t->column,
                           "the integer %.*s is out of range (write it as in 1e20)",
                           t->length > SHOWN ? SHOWN : (int)t->length, t->start);
    if (begins(what, "real number overflow"))
        return tdo_fail_at(err, TDO_E_INPUT, file, t->line, t->column,
                           "the number %.*s is too large for a double",
                           t->length > SHOWN ? SHOWN : (int)t->length, t->start);
    if (t->kind == '"' && begins(what, "control character"))
        return tdo_fail_at(err, TDO_E_INPUT, file, t->line, inside,
                           "a control character in a string must be escaped, as in \\t or \\u001f");
    if (t->kind == '"' && t->closed && begins(what, "invalid escape"))
        return tdo_fail_at(err, TDO_E_INPUT, file, t->line, inside - 1,
                           "a backslash in a string stands before one of \" \\ / b f n r t, or "
                           "before u and four hexadecimal digits (a backslash itself is \\\\)");
    if (begins(what, "invalid Unicode"))
        return tdo_fail_at(err, TDO_E_INPUT, file, t->line, t->column,
                           "a \\u escape in this string is half of a surrogate pair");
    if (begins(what, "\\u0000") || begins(what, "NUL byte"))
        return tdo_fail_at(err, TDO_E_INPUT, file, t->line, t->column,
                           "\\u0000 is not allowed in a string");
    return unexpected(&s, file, what, err);
}
