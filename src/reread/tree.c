/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON as a tree, in which numbers keep the text that they were written as. */
#include "reread/tree.h"

#include "base/index.h"
#include "reread/number.h"
#include "tradeoff/text.h"

#include <string.h>

enum { DEEPEST = 64 };

typedef struct tree_reader {
    const char *s, *end, *start;
    tdo_arena *a;
    tdo_status status;
    const char *why;
} tree_reader;

static bool refuse(tree_reader *r, const char *why)
{
    if (r->status == TDO_OK) {
        r->status = TDO_E_INPUT;
        r->why = why;
    }
    return false;
}

static bool no_memory(tree_reader *r)
{
    r->status = TDO_E_MEMORY;
    return false;
}

static void skip_blanks(tree_reader *r)
{
    while (r->s < r->end && (*r->s == ' ' || *r->s == '\t' || *r->s == '\n' || *r->s == '\r'))
        r->s++;
}

static bool eat(tree_reader *r, const char *what)
{
    const size_t n = strlen(what);
    if ((size_t)(r->end - r->s) < n || memcmp(r->s, what, n) != 0)
        return false;
    r->s += n;
    return true;
}

/* ---- texts ---- */

static bool read_unit(tree_reader *r, unsigned *out)
{
    *out = 0;
    for (int k = 0; k < 4; k++, r->s++) {
        const char c = r->s < r->end ? *r->s : '\0';
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return refuse(r, "a broken \\u escape");
        *out = *out * 16 + (unsigned)digit;
    }
    return true;
}

static char *put_utf8(char *to, unsigned c)
{
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
        *to++ = (char)(0x80 | (c & 0x3F));
    } else {
        if (c < 0x10000) {
            *to++ = (char)(0xE0 | c >> 12);
        } else {
            *to++ = (char)(0xF0 | c >> 18);
            *to++ = (char)(0x80 | (c >> 12 & 0x3F));
        }
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    }
    return to;
}

static bool read_escape(tree_reader *r, char **to)
{
    static const char from[] = "\"\\/bfnrt", is[] = "\"\\/\b\f\n\r\t";
    const char c = r->s < r->end ? *r->s++ : '\0';
    const char *at = c ? strchr(from, c) : NULL;
    unsigned unit = 0, low = 0;
    if (at) {
        *(*to)++ = is[at - from];
        return true;
    }
    if (c != 'u' || !read_unit(r, &unit))
        return refuse(r, "an unknown escape");
    if (unit >= 0xD800 && unit < 0xDC00) {
        if (!eat(r, "\\u") || !read_unit(r, &low) || low < 0xDC00 || low > 0xDFFF)
            return refuse(r, "half a surrogate pair");
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    } else if (unit == 0 || (unit >= 0xDC00 && unit < 0xE000)) {
        return refuse(r, "a character that no text holds");
    }
    *to = put_utf8(*to, unit);
    return true;
}

static bool read_text(tree_reader *r, const char **out)
{
    const char *last = r->s + 1;
    while (last < r->end && *last != '"')
        last += *last == '\\' && r->end - last > 1 ? 2 : 1;
    if (last >= r->end)
        return refuse(r, "a text that does not end");
    char *text = tdo_alloc(r->a, (size_t)(last - r->s), 1), *to = text;
    if (!text)
        return no_memory(r);
    for (r->s++; r->s < last;) {
        if ((unsigned char)*r->s < 0x20)
            return refuse(r, "a control character in a text");
        if (*r->s != '\\') {
            *to++ = *r->s++;
            continue;
        }
        r->s++;
        if (!read_escape(r, &to))
            return false;
    }
    *to = '\0';
    r->s = last + 1;
    *out = text;
    return true;
}

/* ---- numbers ---- */

/* JSON's grammar is narrower than that of cells: no plus sign, no bare point, no leading zero. */
static bool is_json_number(const char *s, size_t n)
{
    const size_t sign = s[0] == '-';
    const char *point = memchr(s, '.', n);
    if (n == sign || s[sign] < '0' || s[sign] > '9')
        return false;
    if (s[sign] == '0' && n > sign + 1 && s[sign + 1] >= '0' && s[sign + 1] <= '9')
        return false;
    return !point || (point + 1 < s + n && point[1] >= '0' && point[1] <= '9');
}

static bool read_number(tree_reader *r, verify_node *y)
{
    const char *from = r->s;
    while (r->s < r->end && *r->s != '\0' && strchr("0123456789.eE+-", *r->s))
        r->s++;
    const size_t n = (size_t)(r->s - from);
    y->kind = VERIFY_NUMBER;
    if (n == 0 || !is_json_number(from, n) || !verify_read_double(from, n, &y->number))
        return refuse(r, "something that is no JSON value");
    y->text = tdo_copy(r->a, from, n);
    return y->text || no_memory(r);
}

/* ---- values ---- */

static bool keys_differ(tree_reader *r, const verify_node *object)
{
    index_table names = {0};
    uint32_t found = INDEX_ABSENT, k = 0;
    const char **key = tdo_alloc(r->a, object->n, sizeof *key);
    bool good = true;
    if (!key)
        return no_memory(r);
    for (const verify_node *c = object->first; c && good; c = c->next, k++) {
        key[k] = c->key;
        if (index_add(&names, key, index_key_of(c->key, strlen(c->key)), k, &found) != TDO_OK)
            good = no_memory(r);
        else if (found != INDEX_ABSENT)
            good = refuse(r, "a key that stands twice in an object");
    }
    index_free(&names);
    return good;
}

static bool read_value(tree_reader *r, verify_node *y, int depth);

static bool read_children(tree_reader *r, verify_node *y, int depth)
{
    const bool keyed = y->kind == VERIFY_OBJECT;
    const char *close = keyed ? "}" : "]";
    verify_node **last = &y->first;
    skip_blanks(r);
    if (eat(r, close))
        return true;
    for (;;) {
        verify_node *child = tdo_alloc(r->a, 1, sizeof *child);
        if (!child)
            return no_memory(r);
        child->parent = y;
        skip_blanks(r);
        if (keyed) {
            if (r->s >= r->end || *r->s != '"')
                return refuse(r, "an object without a key");
            if (!read_text(r, &child->key))
                return false;
            skip_blanks(r);
            if (!eat(r, ":"))
                return refuse(r, "a key without a value");
        }
        if (!read_value(r, child, depth + 1))
            return false;
        *last = child;
        last = &child->next;
        y->n++;
        skip_blanks(r);
        if (eat(r, close))
            return !keyed || keys_differ(r, y);
        if (!eat(r, ","))
            return refuse(r, "a list without an end");
    }
}

static bool read_value(tree_reader *r, verify_node *y, int depth)
{
    static const struct {
        const char *word;
        verify_kind kind;
    } words[] = {{"null", VERIFY_NULL}, {"false", VERIFY_FALSE}, {"true", VERIFY_TRUE}};
    if (depth > DEEPEST)
        return refuse(r, "too many levels");
    skip_blanks(r);
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (eat(r, words[k].word)) {
            y->kind = words[k].kind;
            return true;
        }
    if (r->s < r->end && *r->s == '"') {
        y->kind = VERIFY_TEXT;
        return read_text(r, &y->text);
    }
    if (eat(r, "{") || eat(r, "[")) {
        y->kind = r->s[-1] == '{' ? VERIFY_OBJECT : VERIFY_ARRAY;
        return read_children(r, y, depth);
    }
    return read_number(r, y);
}

tdo_status verify_tree_read(const char *bytes, size_t length, tdo_arena *a, verify_node **out,
                            tdo_error *err)
{
    tree_reader r = {.s = bytes, .end = bytes + length, .start = bytes, .a = a};
    verify_node *root = tdo_alloc(a, 1, sizeof *root);
    if (!root)
        return tdo_fail(err, TDO_E_MEMORY, "out of memory");
    (void)eat(&r, "\xEF\xBB\xBF");
    if (tdo_utf8_valid(bytes, length) != length)
        (void)refuse(&r, "bytes that are no UTF-8");
    else if (read_value(&r, root, 0)) {
        skip_blanks(&r);
        if (r.s < r.end)
            (void)refuse(&r, "something behind the end");
    }
    *out = root;
    if (r.status == TDO_E_INPUT) {
        unsigned line = 1;
        for (const char *s = bytes; s < r.s && s < r.end; s++)
            line += *s == '\n';
        return tdo_fail_at(err, TDO_E_INPUT, NULL, line, 0, "%s", r.why);
    }
    return r.status == TDO_OK ? TDO_OK : tdo_fail(err, r.status, "out of memory");
}

/* ---- looking things up ---- */

verify_node *verify_get(const verify_node *object, const char *key)
{
    if (!object || object->kind != VERIFY_OBJECT)
        return NULL;
    for (verify_node *c = object->first; c; c = c->next)
        if (strcmp(c->key, key) == 0)
            return c;
    return NULL;
}

const char *verify_text(const verify_node *object, const char *key, const char *otherwise)
{
    const verify_node *c = verify_get(object, key);
    return c && c->kind == VERIFY_TEXT ? c->text : otherwise;
}

double verify_double(const verify_node *object, const char *key, double otherwise)
{
    const verify_node *c = verify_get(object, key);
    return c && c->kind == VERIFY_NUMBER ? c->number : otherwise;
}

bool verify_is_true(const verify_node *object, const char *key)
{
    const verify_node *c = verify_get(object, key);
    return c && c->kind == VERIFY_TRUE;
}

static void put_path(const verify_node *node, tdo_sink *o)
{
    if (!node->parent)
        return;
    put_path(node->parent, o);
    if (!node->key) {
        size_t k = 0;
        for (const verify_node *c = node->parent->first; c != node; c = c->next)
            k++;
        tdo_putf(o, "[%zu]", k);
        return;
    }
    if (o->length > 0)
        tdo_puts(o, ".");
    const bool plain = node->key[0] != '\0' &&
                       strspn(node->key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                         "0123456789_-") == strlen(node->key);
    if (plain)
        tdo_puts(o, node->key);
    else
        tdo_put_quoted(o, node->key);
}

const char *verify_path(const verify_node *node, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    put_path(node, &o);
    return o.failed ? NULL : o.text ? o.text : "";
}
