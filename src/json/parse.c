/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON text to a located tree. jansson decides what is JSON and decodes it, but keeps no positions;
 * so its tree and the text are walked side by side (its objects iterate in the text's order), and
 * each token gives the place of the node that is made. */
#include "json/json.h"

#include <assert.h>
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "json/lexer.h"

typedef struct builder {
    tdo_arena *a;
    json_lexer lexer;
    json_token token; /* the one to be used next */
    const char *file;
    bool located; /* false: the text is an option, and has no lines */
    size_t max_depth;
    tdo_error *err;
    tdo_status status;
} builder;

static json_spot spot_of(const builder *b, const json_token *t)
{
    return (json_spot){b->file, b->located ? t->line : 0, b->located ? t->column : 0};
}

static void next(builder *b)
{
    b->token = json_lexer_next(&b->lexer);
}

/* The only way that text and tree can differ: jansson (2.14, lex_save) ignores a failed allocation
 * while it collects the bytes of a token, and goes on without them. */
static bool disagree(builder *b)
{
    b->status = tdo_fail(b->err, TDO_E_MEMORY, "out of memory");
    return false;
}

static const char *copy_string(builder *b, const char *s, size_t length)
{
    const char *copy = NULL;
    if (b->token.kind != '"' || !b->token.closed || json_token_decoded_length(&b->token) != length)
        (void)disagree(b);
    else if (!(copy = tdo_copy(b->a, s, length)))
        b->status = tdo_fail(b->err, TDO_E_MEMORY, "out of memory");
    return copy;
}

static bool read_number(builder *b, tdo_node *n)
{
    const json_token *t = &b->token;
    tdo_number_verdict verdict = tdo_number_read(t->start, t->length, &n->number);
    json_spot at = n->start;
    if (verdict == TDO_NUMBER_OVERFLOW || verdict == TDO_NUMBER_UNDERFLOW) {
        b->status = tdo_fail_at(b->err, TDO_E_INPUT, at.file, at.line, at.column,
                                "the number %.*s is too %s for a double",
                                t->length > 80 ? 80 : (int)t->length, t->start,
                                verdict == TDO_NUMBER_OVERFLOW ? "large" : "small");
        return false;
    }
    if (t->kind != 'w' || verdict != TDO_NUMBER_OK)
        return disagree(b);
    n->text = tdo_copy(b->a, t->start, t->length);
    if (!n->text)
        b->status = tdo_fail(b->err, TDO_E_MEMORY, "out of memory");
    return n->text != NULL;
}

static bool read_scalar(builder *b, const json_t *j, tdo_node *n)
{
    bool good = true;
    switch (json_typeof(j)) {
    case JSON_STRING:
        n->type = JSON_NODE_STRING;
        n->text = copy_string(b, json_string_value(j), json_string_length(j));
        good = n->text != NULL;
        break;
    case JSON_INTEGER:
    case JSON_REAL:
        n->type = JSON_NODE_NUMBER;
        good = read_number(b, n);
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        n->type = JSON_NODE_BOOL;
        n->yes = json_is_true(j);
        break;
    default:
        n->type = JSON_NODE_NULL;
        break;
    }
    next(b);
    return good;
}

static bool too_deep(builder *b)
{
    const json_spot at = spot_of(b, &b->token);
    b->status = tdo_fail_at(b->err, TDO_E_INPUT, at.file, at.line, at.column,
                            "nested deeper than %zu levels", b->max_depth);
    return false;
}

static tdo_node *build(builder *b, json_t *j, size_t depth);

static bool add_child(builder *b, tdo_node *n, const char *key, json_spot key_at, json_t *j,
                      size_t depth)
{
    tdo_node *child = build(b, j, depth);
    if (!child)
        return false;
    json_node_append(n, key, child);
    child->key_at = key ? key_at : child->start;
    if (b->token.kind == ',')
        next(b);
    return true;
}

static bool build_object(builder *b, json_t *j, tdo_node *n, size_t depth)
{
    for (void *i = json_object_iter(j); i; i = json_object_iter_next(j, i)) {
        const char *name = json_object_iter_key(i);
        const json_spot key_at = spot_of(b, &b->token);
        const char *key = copy_string(b, name, strlen(name));
        if (!key)
            return false;
        next(b);
        if (b->token.kind != ':')
            return disagree(b);
        next(b);
        if (!add_child(b, n, key, key_at, json_object_iter_value(i), depth))
            return false;
    }
    return true;
}

static bool build_list(builder *b, json_t *j, tdo_node *n, size_t depth)
{
    for (size_t i = 0; i < json_array_size(j); i++)
        if (!add_child(b, n, NULL, n->start, json_array_get(j, i), depth))
            return false;
    return true;
}

static bool build_container(builder *b, json_t *j, tdo_node *n, size_t depth)
{
    bool object = json_is_object(j);
    if (depth > b->max_depth)
        return too_deep(b);
    if (b->token.kind != (object ? '{' : '['))
        return disagree(b);
    next(b);
    n->type = object ? JSON_NODE_OBJECT : JSON_NODE_LIST;
    if (!(object ? build_object(b, j, n, depth + 1) : build_list(b, j, n, depth + 1)))
        return false;
    if (b->token.kind != (object ? '}' : ']'))
        return disagree(b);
    next(b);
    return true;
}

/* depth: of this node, 1 for the top. NULL: b->status says why. */
static tdo_node *build(builder *b, json_t *j, size_t depth)
{
    tdo_node *n = tdo_alloc(b->a, 1, sizeof *n);
    if (!n) {
        b->status = tdo_fail(b->err, TDO_E_MEMORY, "out of memory");
        return NULL;
    }
    n->start = n->key_at = spot_of(b, &b->token);
    bool container = json_is_object(j) || json_is_array(j);
    return (container ? build_container(b, j, n, depth) : read_scalar(b, j, n)) ? n : NULL;
}

static tdo_status parse(builder *b, const char *bytes, size_t length, size_t flags, json_error_t *e,
                        tdo_node **out)
{
    b->lexer = json_lexer_start(bytes, length);
    errno = 0;
    json_t *j = json_loadb(bytes, length, flags, e);
    if (!j) {
        /* Out of memory is reported in several ways, one of them as a syntax error. */
        if (errno == ENOMEM || json_error_code(e) == json_error_out_of_memory)
            return tdo_fail(b->err, TDO_E_MEMORY, "out of memory");
        size_t offset = e->position > 0 ? (size_t)e->position : 0;
        if (json_error_code(e) == json_error_premature_end_of_input)
            offset = SIZE_MAX;
        return json_syntax_error(bytes, length, b->file, offset, e->text, b->err);
    }
    next(b);
    tdo_node *top = build(b, j, 1);
    if (top)
        *out = top;
    json_decref(j);
    return top ? TDO_OK : b->status;
}

/* ---- bytes that are no JSON text at all ---- */

static bool starts_with(const char *bytes, size_t length, const char *mark, size_t n)
{
    return length >= n && memcmp(bytes, mark, n) == 0;
}

/* Without a mark: a JSON text starts with two ASCII characters, so that the NULs among the first
 * four bytes tell (RFC 4627, section 3). */
static bool is_utf16(const char *bytes, size_t length)
{
    return starts_with(bytes, length, "\xFE\xFF", 2) || starts_with(bytes, length, "\xFF\xFE", 2) ||
           (length >= 4 &&
            ((bytes[0] == '\0' && bytes[2] == '\0') || (bytes[1] == '\0' && bytes[3] == '\0')));
}

static tdo_status bad_byte(const char *bytes, size_t at, const char *file, tdo_error *err)
{
    unsigned line = 1, column = 1;
    for (size_t i = 0; i < at; i++) {
        line += bytes[i] == '\n';
        column = bytes[i] == '\n' ? 1 : column + 1;
    }
    if (bytes[at] == '\0')
        return tdo_fail_at(err, TDO_E_INPUT, file, line, column, "a NUL byte is no JSON");
    return tdo_fail_at(err, TDO_E_INPUT, file, line, column,
                       "the byte 0x%02X is not valid UTF-8 here",
                       (unsigned)(unsigned char)bytes[at]);
}

static tdo_status check_tokens(const char *bytes, size_t length, const char *file, tdo_error *err)
{
    json_lexer l = json_lexer_start(bytes, length);
    json_token t = json_lexer_next(&l);
    if (t.kind == 0)
        return tdo_fail_at(err, TDO_E_INPUT, file, 1, 1, "the file is empty");
    for (; t.kind != 0; t = json_lexer_next(&l))
        if (t.length > JSON_MAX_TOKEN && (t.kind != '"' || t.closed))
            return tdo_fail_at(err, TDO_E_INPUT, file, t.line, t.column,
                               "a %s of %zu bytes, at most %d are allowed",
                               t.kind == '"' ? "string" : "word", t.length, JSON_MAX_TOKEN);
    return TDO_OK;
}

static tdo_status check_bytes(const char *bytes, size_t length, const char *file, tdo_error *err)
{
    if (is_utf16(bytes, length))
        return tdo_fail_at(err, TDO_E_INPUT, file, 1, 1,
                           "the file is in UTF-16 or UTF-32; save it as UTF-8");
    if (starts_with(bytes, length, "\x1F\x8B", 2))
        return tdo_fail_at(err, TDO_E_INPUT, file, 1, 1, "the file is compressed (gzip)");
    size_t valid = tdo_utf8_valid(bytes, length);
    const char *nul = memchr(bytes, '\0', valid);
    if (nul)
        valid = (size_t)(nul - bytes);
    if (valid < length)
        return bad_byte(bytes, valid, file, err);
    return check_tokens(bytes, length, file, err);
}

tdo_status json_parse(json_text in, size_t max_depth, tdo_arena *a, tdo_node **out, tdo_error *err)
{
    assert(max_depth > 0);
    builder b = {.a = a, .file = in.file, .located = true, .max_depth = max_depth, .err = err};
    json_error_t e = {.position = 0};
    if (starts_with(in.bytes, in.length, "\xEF\xBB\xBF", 3)) {
        in.bytes += 3;
        in.length -= 3;
    }
    tdo_status status = check_bytes(in.bytes, in.length, in.file, err);
    return status == TDO_OK ? parse(&b, in.bytes, in.length, JSON_REJECT_DUPLICATES, &e, out)
                            : status;
}

/* JSON that is wrong, rather than text that is no JSON. */
static bool is_json_at_fault(const json_error_t *e)
{
    enum json_error_code code = json_error_code(e);
    return code == json_error_numeric_overflow || code == json_error_duplicate_key ||
           code == json_error_stack_overflow;
}

tdo_status json_parse_value(const char *text, const char *option, size_t max_depth, tdo_arena *a,
                            tdo_node **out, tdo_error *err)
{
    tdo_error found = {.status = TDO_OK};
    builder b = {.a = a, .file = option, .max_depth = max_depth, .err = &found};
    json_error_t e = {.position = 0};
    tdo_node *n = NULL;
    tdo_status status =
        parse(&b, text, strlen(text), JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e, &n);
    if (status == TDO_E_INPUT && e.text[0] != '\0' && !is_json_at_fault(&e))
        status = TDO_OK;
    else if (status != TDO_OK)
        status = tdo_fail_at(err, status, option, 0, 0, "%s", found.text);
    if (status == TDO_OK)
        *out = n;
    return status;
}
