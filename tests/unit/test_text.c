/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8, nearest words, sinks. Numbers are in test_number.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/plain.h"
#include "base/utf8.h"
#include "tradeoff/text.h"

static void valid_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length, valid;
    } table[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"a\0b", 3, 3}, /* NUL is a character; who minds it must look */
        {"abcdefgh\xC3\xA9", 10, 10},
        {"abcdefg\xC3\xA9", 9, 9},
        {"caf\xE9", 4, 3},
        {"\x80", 1, 0},
        {"\xC0\xAF", 2, 0}, /* overlong */
        {"\xC1\xBF", 2, 0},
        {"\xE0\x9F\xBF", 3, 0},
        {"\xF0\x8F\xBF\xBF", 4, 0},
        {"\xC2\x80", 2, 2}, /* the least of each length */
        {"\xE0\xA0\x80", 3, 3},
        {"\xF0\x90\x80\x80", 4, 4},
        {"\xED\x9F\xBF", 3, 3},
        {"\xED\xA0\x80", 3, 0}, /* surrogates */
        {"\xED\xBF\xBF", 3, 0},
        {"\xEE\x80\x80", 3, 3},
        {"\xF4\x8F\xBF\xBF", 4, 4}, /* U+10FFFF */
        {"\xF4\x90\x80\x80", 4, 0},
        {"\xF5\x80\x80\x80", 4, 0},
        {"x\xE2\x82", 3, 1},     /* cut */
        {"x\xE2\x82\xAC", 3, 1}, /* cut by the length */
        {"\xE2\x28\xA1", 3, 0},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_int_equal(tdo_utf8_valid(table[i].text, table[i].length), table[i].valid);
}

/* Every character there is, there and back. */
static void every_character(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char s[4];
        size_t n = 0;
        uint32_t back = 0;
        if (c < 0x80) {
            s[n++] = (char)c;
        } else {
            int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
            s[n++] = (char)((0xFF00 >> (more + 1) & 0xFF) | c >> 6 * more);
            while (more-- > 0)
                s[n++] = (char)(0x80 | (c >> 6 * more & 0x3F));
        }
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        assert_int_equal(utf8_next(s, n, &back), surrogate ? 0 : n);
        assert_int_equal(back, surrogate ? 0 : c);
    }
}

static void ranges_ascend(const utf8_range *range, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_true(range[i].first <= range[i].last);
        assert_true(i == 0 || range[i - 1].last < range[i].first);
    }
}

static void widths(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t columns;
    } table[] = {
        {"", 0},
        {"abc", 3},
        {"\xC3\xA9", 1},                 /* e acute */
        {"e\xCC\x81", 1},                /* e and a combining acute */
        {"\xE4\xB8\xAD\xE6\x96\x87", 4}, /* two Chinese characters */
        {"\xEF\xBC\x91", 2},             /* full-width digit */
        {"\xF0\x9F\x98\x80", 2},         /* an emoji */
        {"a\xE2\x80\x8B"
         "b",
         2},                                         /* zero-width space */
        {"\xE2\x80\xAE", 0},                         /* right-to-left override */
        {"\xC2\xAD", 1},                             /* soft hyphen */
        {"\xD7\xA9\xD6\xB0", 1},                     /* Hebrew letter with a point */
        {"\xED\x95\x9C", 2},                         /* Hangul syllable */
        {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", 2}, /* the same as three letters */
        {"\xF0\xA0\x80\x80", 2},                     /* CJK extension B */
        {"\xE9", 1},                                 /* a byte that is no character */
        {"\xE2\x96\x88", 1},                         /* full block */
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_int_equal(tdo_utf8_width(table[i].text, strlen(table[i].text)), table[i].columns);
    ranges_ascend(utf8_zero, utf8_zeros);
    ranges_ascend(utf8_wide, utf8_wides);
}

static void nearest_words(void **state)
{
    (void)state;
    static const char *const words[] = {"latency",     "cost",     "accuracy",
                                        "latency_p95", "Cost_usd", ""};
    static const struct {
        const char *text, *nearest;
    } table[] = {
        {"latnecy", "latency"}, /* a swap is one step */
        {"latencyP95", "latency_p95"},
        {"LATENCY", "latency"},
        {"coxt", "cost"},
        {"acuracy", "accuracy"},
        {"cost_usd", "Cost_usd"},
        {"xy", NULL},
        {"throughput", NULL},
        {"co", NULL}, /* two steps from "cost", one allowed */
        {"", ""},
        {"x", ""}, /* one step, at least one is allowed */
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const char *found = tdo_nearest_word(table[i].text, words, 6);
        if (!table[i].nearest)
            assert_null(found);
        else
            assert_string_equal(found, table[i].nearest);
    }
    static const char *const tie[] = {"aab", "aac"};
    assert_string_equal(tdo_nearest_word("aad", tie, 2), "aab");
    assert_null(tdo_nearest_word("x", NULL, 0));
    char longer[200];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    const char *const itself[] = {longer};
    assert_null(tdo_nearest_word(longer, itself, 1)); /* beyond what is compared; no crash */
}

/* The definition by recursion, for short words over a small alphabet. */
static size_t plain_distance(const char *s, size_t n, const char *t, size_t m)
{
    if (n == 0 || m == 0)
        return n + m;
    size_t best = plain_distance(s, n - 1, t, m - 1) + (s[n - 1] != t[m - 1]);
    size_t other = plain_distance(s, n - 1, t, m) + 1;
    best = other < best ? other : best;
    other = plain_distance(s, n, t, m - 1) + 1;
    best = other < best ? other : best;
    if (n > 1 && m > 1 && s[n - 1] == t[m - 2] && s[n - 2] == t[m - 1]) {
        other = plain_distance(s, n - 2, t, m - 2) + 1;
        best = other < best ? other : best;
    }
    return best;
}

static void nearest_by_definition(void **state)
{
    (void)state;
    enum { WORDS = 81, LENGTH = 4 };
    char words[WORDS][LENGTH + 1] = {{0}};

    for (size_t i = 0; i < WORDS; i++)
        for (size_t k = 0, rest = i; k < LENGTH; k++, rest /= 3)
            words[i][k] = (char)('a' + rest % 3);
    for (size_t i = 0; i < WORDS; i++) {
        for (size_t j = 0; j < WORDS; j++) {
            const char *const other[] = {words[j]};
            bool near = plain_distance(words[i], LENGTH, words[j], LENGTH) <= 1;
            assert_int_equal(tdo_nearest_word(words[i], other, 1) != NULL, near);
        }
    }
}

/* ---- sinks ---- */

static void collecting(void **state)
{
    (void)state;
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a);
    char longer[2000];

    memset(longer, 'z', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_null(o.text);
    tdo_puts(&o, "");
    tdo_puts(&o, "x=");
    tdo_put_number(&o, 0.1);
    tdo_putf(&o, " %d%%", 5);
    tdo_put_rounded(&o, 2.0 / 3, 2);
    assert_string_equal(o.text, "x=0.1 5%0.67");
    assert_int_equal(o.length, strlen(o.text));
    tdo_putf(&o, "%s", longer);
    assert_int_equal(o.length, 12 + sizeof longer - 1);
    assert_int_equal(strlen(o.text), o.length);
    assert_false(o.failed);
    tdo_arena_free(a);
}

/* Takes a few bytes, then no more. */
typedef struct narrow {
    char bytes[8];
    size_t n;
    int calls;
} narrow;

static bool write_narrow(void *user, const char *bytes, size_t length)
{
    narrow *w = user;
    w->calls++;
    if (length > sizeof w->bytes - w->n)
        return false;
    memcpy(w->bytes + w->n, bytes, length);
    w->n += length;
    return true;
}

static void failing(void **state)
{
    (void)state;
    narrow w = {.n = 0};
    tdo_sink o = {.write = write_narrow, .user = &w};

    tdo_puts(&o, "12345");
    assert_false(o.failed);
    tdo_puts(&o, "6789");
    assert_true(o.failed);
    tdo_puts(&o, "x"); /* would fit, but nothing follows a failure */
    assert_int_equal(w.n, 5);
    assert_int_equal(w.calls, 2);
    assert_int_equal(o.length, 5);
}

static void expect_json(const char *s, bool html, const char *json)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a);
    tdo_put_json_string(&o, s, html);
    assert_string_equal(o.text, json);
    tdo_arena_free(a);
}

static void json_strings(void **state)
{
    (void)state;
    expect_json("", false, "\"\"");
    expect_json("a\"b\\c/", false, "\"a\\\"b\\\\c/\"");
    expect_json("\x01\b\t\n\f\r\x1F\x7F", false, "\"\\u0001\\b\\t\\n\\f\\r\\u001f\x7F\"");
    expect_json("caf\xC3\xA9 \xF0\x9F\x98\x80", true, "\"caf\xC3\xA9 \xF0\x9F\x98\x80\"");
    expect_json("</script>&\xE2\x80\xA8\xE2\x80\xA9", false,
                "\"</script>&\xE2\x80\xA8\xE2\x80\xA9\"");
    expect_json("</script>&\xE2\x80\xA8\xE2\x80\xA9", true,
                "\"\\u003c/script\\u003e\\u0026\\u2028\\u2029\"");
    expect_json("a\xE9z\xE2\x82", false, "\"a\\ufffdz\\ufffd\\ufffd\"");
}

static void expect_quoted(const char *s, const char *quoted)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a);
    tdo_put_quoted(&o, s);
    assert_string_equal(o.text, quoted);
    tdo_arena_free(a);
}

static void quoted_names(void **state)
{
    (void)state;
    char longer[400] = "", expected[400] = "";

    expect_quoted("gbdt-v7", "\"gbdt-v7\"");
    expect_quoted("a\x1B[31mred\n", "\"a\\u001b[31mred\\n\"");
    expect_quoted("abc\xE2\x80\xAEgnp.exe", "\"abc\\u202egnp.exe\"");
    expect_quoted("\xE2\x81\xA6x\xC2\x9B\xC2\xA0", "\"\\u2066x\\u009b\\u00a0\"");
    expect_quoted("\xE9", "\"\\xE9\"");
    expect_quoted("say \"no\"", "\"say \\\"no\\\"\"");
    expect_quoted("\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9", /* a joined emoji stays whole */
                  "\"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\"");
    memset(longer, 'x', 80);
    (void)strcat(strcat(strcpy(expected, "\""), longer), "\"");
    expect_quoted(longer, expected);
    longer[80] = 'x';
    expected[81] = '\0';
    (void)strcat(expected, "...\"");
    expect_quoted(longer, expected);
    for (size_t i = 0; i < 50; i++) /* wide characters: 40 fit */
        memcpy(longer + 3 * i, "\xE4\xB8\xAD", 4);
    expected[0] = '"';
    memcpy(expected + 1, longer, 120);
    expected[121] = '\0';
    (void)strcat(expected, "...\"");
    expect_quoted(longer, expected);
}

/* What leaves through a function; each byte put alone, or all at once. */
typedef struct taken {
    char text[256];
    size_t length;
} taken;

static bool take(void *user, const char *bytes, size_t length)
{
    taken *t = user;
    assert_true(length < sizeof t->text - t->length);
    memcpy(t->text + t->length, bytes, length);
    t->length += length;
    return true;
}

static void assert_leaves(const char *s, const char *as)
{
    for (int alone = 0; alone < 2; alone++) {
        taken t = {.length = 0};
        tdo_sink o = {.write = take, .user = &t};
        const size_t step = alone ? 1 : strlen(s);
        for (size_t k = 0; k < strlen(s); k += step)
            tdo_put(&o, s + k, step);
        t.text[t.length] = '\0';
        assert_string_equal(t.text, as);
        assert_int_equal(o.length, strlen(as));
    }
}

static void what_leaves_is_visible(void **state)
{
    (void)state;
    assert_leaves("plain\n", "plain\n");
    assert_leaves("gr\xC3\xBC\xC3\x9F \xE2\x80\x9Cx\xE2\x80\x9D \xF0\x9F\x9A\x80",
                  "gr\xC3\xBC\xC3\x9F \xE2\x80\x9Cx\xE2\x80\x9D \xF0\x9F\x9A\x80");
    assert_leaves("\x1B[31m\x07\t\x7F.", "\\u001b[31m\\u0007\\u0009\\u007f.");
    assert_leaves("\xC2\x9B\xE2\x80\xAE\xE2\x80\xA8", "\\u009b\\u202e\\u2028");
    assert_leaves("\xF3\xA0\x81\x81", "\\udb40\\udc41"); /* a tag; JSON reads it back */
    assert_leaves("a\xE2\x80\x8D"
                  "b",
                  "a\\u200db");
    assert_leaves("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", /* emoji, joined */
                  "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB");
    assert_leaves("\x80\xC3(\xE2\x80(\xF8.", "\\x80\\xc3(\\xe2\\x80(\\xf8.");
    assert_leaves("\xC3\xC3\xBC\n", "\\xc3\xC3\xBC\n");
}

static void only_styles_and_copies_pass(void **state)
{
    taken t = {.length = 0};
    tdo_sink o = {.write = take, .user = &t};
    (void)state;
    tdo_puts(&o, TDO_STYLE "1;32mgood" TDO_STYLE "0m " TDO_STYLE "2J" TDO_STYLE "1");
    tdo_puts(&o, "\r\n");
    o.raw = true;
    tdo_puts(&o, "\x1B\t\xFF");
    t.text[t.length] = '\0';
    assert_string_equal(t.text, "\x1B[1;32mgood\x1B[0m \\xff[2J\\xff[1\r\n\x1B\t\xFF");
}

/* One odd character among printed ones, wherever it is. */
static void controls(void **state)
{
    (void)state;
    enum { LONG = 20 };
    for (unsigned c = 0; c < 256; c++) {
        for (size_t at = 0; at < LONG && c != 0xC2 /* which starts a C1 */; at++) {
            char s[LONG];
            const bool c1 = c >= 0x80 && c < 0xA0; /* behind C2 */
            const bool control = c < 0x20 || c == 0x7F || (c1 && at > 0);
            memset(s, at % 2 ? '~' : ' ', sizeof s);
            s[at] = (char)c;
            if (c1 && at > 0)
                s[at - 1] = '\xC2';
            for (size_t length = at + 1; length <= LONG; length++)
                assert_int_equal(plain_has_control(s, length, "\t"), control && c != '\t');
            assert_false(plain_has_control(s, at > 0 ? at - 1 : 0, "\t"));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(controls),
        cmocka_unit_test(what_leaves_is_visible),
        cmocka_unit_test(only_styles_and_copies_pass),
        cmocka_unit_test(valid_utf8),
        cmocka_unit_test(every_character),
        cmocka_unit_test(widths),
        cmocka_unit_test(nearest_words),
        cmocka_unit_test(nearest_by_definition),
        cmocka_unit_test(collecting),
        cmocka_unit_test(failing),
        cmocka_unit_test(json_strings),
        cmocka_unit_test(quoted_names),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
