/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"

#include "json/json.h"

enum { DEPTH = 8 };

static tdo_node *parse(tdo_arena *a, const char *text)
{
    tdo_error err = {.status = TDO_OK};
    tdo_node *root = NULL;
    if (json_parse((json_text){text, strlen(text), "f.json"}, DEPTH, a, &root, &err) != TDO_OK)
        fail_msg("%u:%u: %s", err.line, err.column, err.text);
    return root;
}

static const char *written(tdo_arena *a, const tdo_node *n)
{
    tdo_sink o = tdo_sink_memory(a);
    json_node_write(n, &o);
    assert_false(o.failed);
    return o.text;
}

static void assert_at(json_spot at, unsigned line, unsigned column)
{
    assert_string_equal(at.file, "f.json");
    assert_int_equal(at.line, line);
    assert_int_equal(at.column, column);
}

/* ---- good texts ---- */

static void places(void **state)
{
    const tdo_node *root = parse(*state, "{\n"
                                         "  \"a\" : [1, {\"b\\u00e9\\ud83d\\ude00\":null}],\r\n"
                                         "\t\"\xC3\xA9\": true, \"d\": \"x\"\n"
                                         "}\n");
    const tdo_node *a = json_node_find(root, "a");
    const tdo_node *b = json_node_item(a, 1)->first;
    const tdo_node *e = json_node_find(root, "\xC3\xA9");
    const tdo_node *d = json_node_find(root, "d");
    assert_at(root->start, 1, 1);
    assert_at(a->key_at, 2, 3);
    assert_at(a->start, 2, 9);
    assert_at(a->first->start, 2, 10);
    assert_at(a->first->key_at, 2, 10);
    assert_at(a->last->start, 2, 13);
    assert_string_equal(b->key, "b\xC3\xA9\xF0\x9F\x98\x80");
    assert_at(b->key_at, 2, 14);
    assert_at(b->start, 2, 36);
    assert_at(e->key_at, 3, 2);
    assert_at(e->start, 3, 8);
    assert_at(d->key_at, 3, 14); /* columns are bytes */
    assert_at(d->start, 3, 19);
    assert_null(json_node_find(root, "b"));
    assert_null(json_node_find(a, "0"));
    assert_null(json_node_item(a, 2));
    assert_null(json_node_item(root, 0));
    assert_int_equal(a->n, 2);
    assert_ptr_equal(b->parent->parent, a);
}

static void values_and_order(void **state)
{
    const char *text = "\xEF\xBB\xBF {\"z\":[],\"a\":{},\"n\":[0,-0,-0.0,1e3,0.1,1E-2,5e-300],"
                       "\"s\":\"\\u0041\\n\\/\\\"\\\\\xE2\x82\xAC\",\"t\":[true,false,null]}";
    const tdo_node *root = parse(*state, text);
    const tdo_node *n = json_node_find(root, "n");
    assert_at(root->start, 1, 2); /* the mark takes no column */
    assert_string_equal(written(*state, root),
                        "{\"z\":[],\"a\":{},\"n\":[0,0,0,1000,0.1,0.01,5e-300],"
                        "\"s\":\"A\\n/\\\"\\\\\xE2\x82\xAC\",\"t\":[true,false,null]}");
    assert_string_equal(n->last->text, "5e-300");
    assert_true(n->last->number > 0);
    assert_string_equal(json_node_find(root, "s")->text, "A\n/\"\\\xE2\x82\xAC");
}

static void paths(void **state)
{
    const tdo_node *root = parse(*state, "{\"a.b\":{\"c\":[0,{\"\\u001b=\\u202e\":1}]}}");
    const tdo_node *leaf = root->first->first->last->first;
    assert_string_equal(json_node_path(root, *state), "");
    assert_string_equal(json_node_path(root->first->first->first, *state), "a\\.b.c.0");
    assert_string_equal(json_node_path(leaf, *state), "a\\.b.c.1.\\u001b\\=\\u202e");
}

/* ---- bad texts: the place is marked with @, which is taken out ---- */

typedef struct bad {
    const char *text, *message;
} bad;

static void assert_refused(tdo_arena *a, const bad *b)
{
    char text[512] = "";
    const char *mark = strchr(b->text, '@');
    size_t before = (size_t)(mark - b->text);
    unsigned line = 1, column = 1;
    tdo_error err = {.status = TDO_OK};
    tdo_node *root = NULL;
    memcpy(text, b->text, before);
    strcpy(text + before, mark + 1);
    for (size_t i = 0; i < before; i++) {
        line += text[i] == '\n';
        column = text[i] == '\n' ? 1 : column + 1;
    }
    assert_int_equal(json_parse((json_text){text, strlen(text), "f.json"}, DEPTH, a, &root, &err),
                     TDO_E_INPUT);
    assert_null(root);
    if (strcmp(err.text, b->message) != 0 || err.line != line || err.column != column)
        fail_msg("%s\n  at %u:%u, %s\n  not %u:%u, %s", text, err.line, err.column, err.text, line,
                 column, b->message);
    assert_int_equal(err.status, TDO_E_INPUT);
    assert_string_equal(err.file, "f.json");
}

#define NUMBER_HINT                                                                                \
    " (a number is written like -12.5e3: no +, no 0 before other digits, digits on both sides of " \
    "the point)"
#define VALUE_HINT                                                                                 \
    " (a value is a number, a string in double quotes, true, false, null, a list or an object)"

static const bad bad_text[] = {
    {"@", "the file is empty"},
    {"@\n \n", "the file is empty"},
    {"{\"a\":1\n@", "the text ends before the \"{\" of line 1, column 1 is closed"},
    {"{\n \"a\":[1,\n{}@", "the text ends before the \"[\" of line 2, column 6 is closed"},
    {"{\"a\":[[[[[[[\n @", "the text ends before the \"[\" of line 1, column 12 is closed"},
    {"{\"a\":@\"x\n\"}", "the string that starts here has no closing quote on its line"},
    {"{\"a\":[@\"x\\\"]}", "the string that starts here has no closing quote on its line"},
    {"{\"a\":1,@}",
     "expected a key in double quotes or \"}\", found \"}\" (the comma before it is one "
     "too many)"},
    {"{\"a\":[1,@]}", "expected a value, found \"]\" (the comma before it is one too many)"},
    {"{@a:1}",
     "expected a key in double quotes or \"}\", found \"a\" (keys stand in double quotes)"},
    {"{\"a\":1 @\"b\":2}", "expected \",\" or \"}\", found \"b\" (a comma is missing before it)"},
    {"{\"a\" @1}", "expected \":\" after the key, found \"1\""},
    {"{\"a\":[1 @2]}", "expected \",\" or \"]\", found \"2\""},
    {"{\"a\":@'x'}", "expected a value, found \"'\" (strings stand in double quotes)"},
    {"{\"a\":1} @// no", "expected nothing more after the end of the JSON value, found \"/\" (JSON "
                         "has no comments)"},
    {"{\"a\":1}@x", "expected nothing more after the end of the JSON value, found \"x\""},
    {"@3", "expected an object in braces, found \"3\" (JSON begins so; YAML and CSV are other "
           "formats)"},
    {"{\"a\":@NaN}", "expected a value, found \"NaN\"" VALUE_HINT},
    {"{\"a\":@-Infinity}", "expected a value, found \"-Infinity\"" VALUE_HINT},
    {"{\"a\":@True}", "expected a value, found \"True\"" VALUE_HINT},
    {"{\"a\":@+1}", "expected a value, found \"+1\"" NUMBER_HINT},
    {"{\"a\":@01}", "expected a value, found \"01\"" NUMBER_HINT},
    {"{\"a\":@.5}", "expected a value, found \".5\"" NUMBER_HINT},
    {"{\"a\":@1.}", "expected a value, found \"1.\"" NUMBER_HINT},
    {"{\"a\":@0x1F}", "expected a value, found \"0x1F\"" NUMBER_HINT},
    {"{\"a\":@\xE2\x80\xAE}", "expected a value, found \"\\u202e\""},
    {"{\"a\":@1e400}", "the number 1e400 is too large for a double"},
    {"{\"a\":@1e-400}", "the number 1e-400 is too small for a double"},
    {"{\"a\":@-9223372036854775809}",
     "the integer -9223372036854775809 is out of range (write it as in 1e20)"},
    {"{\"a\":1,\n @\"\\u0061\":2}", "the key \"\\\\u0061\" stands twice in its object"},
    {"{\"a\":\"x@\ty\"}", "a control character in a string must be escaped, as in \\t or \\u001f"},
    {"{\"a\":\"x\\@q\"}",
     "a backslash in a string stands before one of \" \\ / b f n r t, or before "
     "u and four hexadecimal digits (a backslash itself is \\\\)"},
    {"{\"a\":@\"\\ud800\"}", "a \\u escape in this string is half of a surrogate pair"},
    {"{\"a\":@\"\\u0000\"}", "\\u0000 is not allowed in a string"},
    {"{@\"\\u0000\":1}", "\\u0000 is not allowed in a string"},
    {"[[[[[[[[@[1]]]]]]]]]", "nested deeper than 8 levels"},
};

static void refusals(void **state)
{
    for (size_t i = 0; i < sizeof bad_text / sizeof *bad_text; i++)
        assert_refused(*state, &bad_text[i]);
}

static void refused_bytes(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        unsigned line, column;
        const char *message;
    } bad_bytes[] = {
        {"\xFF\xFE{\0", 4, 1, 1, "the file is in UTF-16 or UTF-32; save it as UTF-8"},
        {"\xFE\xFF\0{", 4, 1, 1, "the file is in UTF-16 or UTF-32; save it as UTF-8"},
        {"{\0}\0", 4, 1, 1, "the file is in UTF-16 or UTF-32; save it as UTF-8"},
        {"\0\0\0{", 4, 1, 1, "the file is in UTF-16 or UTF-32; save it as UTF-8"},
        {"\x1F\x8B\x08\x00", 4, 1, 1, "the file is compressed (gzip)"},
        {"{\"\xC3\xA9\xE9\":1}", 8, 1, 5, "the byte 0xE9 is not valid UTF-8 here"},
        {"{\n\"\xC0\x80\":1}", 8, 2, 2, "the byte 0xC0 is not valid UTF-8 here"},
        {"{}\n \0", 5, 2, 2, "a NUL byte is no JSON"},
        {"", 0, 1, 1, "the file is empty"},
        {"\xEF\xBB\xBF", 3, 1, 1, "the file is empty"},
    };
    for (size_t i = 0; i < sizeof bad_bytes / sizeof *bad_bytes; i++) {
        tdo_error err = {.status = TDO_OK};
        tdo_node *root = NULL;
        assert_int_equal(json_parse((json_text){bad_bytes[i].bytes, bad_bytes[i].length, "f.json"},
                                    DEPTH, *state, &root, &err),
                         TDO_E_INPUT);
        assert_string_equal(err.text, bad_bytes[i].message);
        assert_int_equal(err.line, bad_bytes[i].line);
        assert_int_equal(err.column, bad_bytes[i].column);
    }
}

/* Any piece of a good text is refused or read, and never crashes (the sanitizers watch). */
static void every_prefix(void **state)
{
    const char *text = "{\"a\": [1.5e3, \"x\\u00e9\\\\\", {\"b\": null}], \"c\": true}";
    size_t length = strlen(text);
    for (size_t n = 0; n <= length; n++) {
        tdo_error err = {.status = TDO_OK};
        tdo_node *root = NULL;
        char *copy = malloc(n + 1);
        assert_non_null(copy);
        char *exact = copy + 1; /* ends with the block, so that a read past the end is seen */
        memcpy(exact, text, n);
        tdo_status status = json_parse((json_text){exact, n, "f.json"}, DEPTH, *state, &root, &err);
        assert_int_equal(status, n == length ? TDO_OK : TDO_E_INPUT);
        free(copy);
    }
}

/* ---- --set ---- */

static const char *base = "{\"s\":{\"ml\":{\"w\":{\"q\":3}},\"a.b\":1},\"l\":[1,{\"max\":5}]}";

static void sets(void **state)
{
    static const struct {
        const char *set, *after;
    } good[] = {
        {"s.ml.w.q=5", "{\"s\":{\"ml\":{\"w\":{\"q\":5}},\"a.b\":1},\"l\":[1,{\"max\":5}]}"},
        {"s.ml.w.new=5",
         "{\"s\":{\"ml\":{\"w\":{\"q\":3,\"new\":5}},\"a.b\":1},\"l\":[1,{\"max\":5}]}"},
        {"s.a\\.b=[2,{\"x\":null}]",
         "{\"s\":{\"ml\":{\"w\":{\"q\":3}},\"a.b\":[2,{\"x\":null}]},\"l\":[1,{\"max\":5}]}"},
        {"l.1.max=-1e-3",
         "{\"s\":{\"ml\":{\"w\":{\"q\":3}},\"a.b\":1},\"l\":[1,{\"max\":-0.001}]}"},
        {"l.2=true", "{\"s\":{\"ml\":{\"w\":{\"q\":3}},\"a.b\":1},\"l\":[1,{\"max\":5},true]}"},
        {"l=a=b", "{\"s\":{\"ml\":{\"w\":{\"q\":3}},\"a.b\":1},\"l\":\"a=b\"}"},
        {"l=", "{\"s\":{\"ml\":{\"w\":{\"q\":3}},\"a.b\":1},\"l\":\"\"}"},
        {"l=\"5\"", "{\"s\":{\"ml\":{\"w\":{\"q\":3}},\"a.b\":1},\"l\":\"5\"}"},
        {"l=[1,", "{\"s\":{\"ml\":{\"w\":{\"q\":3}},\"a.b\":1},\"l\":\"[1,\"}"},
        {"t\\=x=1", "{\"s\":{\"ml\":{\"w\":{\"q\":3}},\"a.b\":1},\"l\":[1,{\"max\":5}],\"t=x\":1}"},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        tdo_error err = {.status = TDO_OK};
        tdo_node *root = parse(*state, base);
        assert_int_equal(json_set(root, good[i].set, "--set", DEPTH, *state, &err), TDO_OK);
        assert_string_equal(written(*state, root), good[i].after);
    }
}

static void set_keeps_places(void **state)
{
    tdo_error err = {.status = TDO_OK};
    tdo_node *root = parse(*state, base);
    assert_int_equal(json_set(root, "s.ml={\"w\":[7]}", "--set X", DEPTH, *state, &err), TDO_OK);
    const tdo_node *ml = json_node_find(json_node_find(root, "s"), "ml");
    const tdo_node *seven = ml->first->first;
    assert_at(ml->key_at, 1, 7); /* the key is still the file's */
    assert_string_equal(ml->start.file, "--set X");
    assert_int_equal(ml->start.line, 0);
    assert_string_equal(seven->start.file, "--set X");
    assert_int_equal(seven->start.column, 0);
    assert_string_equal(json_node_path(seven, *state), "s.ml.w.0");
    assert_string_equal(ml->next->key, "a.b");
}

static void bad_sets(void **state)
{
    static const struct {
        const char *set;
        tdo_status status;
        const char *message;
    } wrong[] = {
        {"s.ml", TDO_E_USAGE, "expected PATH=VALUE, as in stakeholders.ml.power=2"},
        {"=3", TDO_E_USAGE, "expected PATH=VALUE, as in stakeholders.ml.power=2"},
        {"s..w=3", TDO_E_USAGE, "expected PATH=VALUE, as in stakeholders.ml.power=2"},
        {"", TDO_E_USAGE, "expected PATH=VALUE, as in stakeholders.ml.power=2"},
        {"s.mi.w.q=3", TDO_E_INPUT, "there is no \"mi\" in s (did you mean \"ml\"?)"},
        {"x.y=3", TDO_E_INPUT, "there is no \"x\" in the scenario (did you mean \"l\"?)"},
        {"zebra.y=3", TDO_E_INPUT, "there is no \"zebra\" in the scenario"},
        {"l.3=1", TDO_E_INPUT, "l is a list of 2, and has no item \"3\""},
        {"l.01=1", TDO_E_INPUT, "l is a list of 2, and has no item \"01\""},
        {"l.x=1", TDO_E_INPUT, "l is a list of 2, and has no item \"x\""},
        {"l.2.max=1", TDO_E_INPUT, "l is a list of 2, and has no item \"2\""},
        {"l.99999999999999999999999=1", TDO_E_INPUT,
         "l is a list of 2, and has no item \"99999999999999999999999\""},
        {"s.ml.w.q.x=1", TDO_E_INPUT, "s.ml.w.q is no object or list, and has no \"x\""},
        {"s=1e999", TDO_E_INPUT, "the number 1e999 is too large for a double"},
        {"s=1e-999", TDO_E_INPUT, "the number 1e-999 is too small for a double"},
        {"s={\"a\":1,\"a\":2}", TDO_E_INPUT, "the key \"a\" stands twice in its object"},
        {"s.ml.w.q=[[[[[1]]]]]", TDO_E_INPUT, "nested deeper than 4 levels"},
        {"s=\xFF", TDO_E_INPUT, "the value is not valid UTF-8"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        tdo_error err = {.status = TDO_OK};
        tdo_node *root = parse(*state, base);
        const char *option = tdo_text(*state, "--set %s", wrong[i].set);
        tdo_status status = json_set(root, wrong[i].set, option, DEPTH, *state, &err);
        assert_string_equal(err.text, wrong[i].message);
        assert_int_equal(status, wrong[i].status);
        assert_string_equal(err.file, option);
        assert_int_equal(err.line, 0);
        assert_string_equal(written(*state, root), base);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(places, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(values_and_order, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(paths, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(refusals, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(refused_bytes, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(every_prefix, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(sets, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(set_keeps_places, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(bad_sets, make_arena, free_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
