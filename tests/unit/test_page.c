/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table for the terminal: what fits, what is kept, what a terminal must never be sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/plain.h"
#include "made_run.h"
#include "table/grid.h"
#include "tradeoff/output.h"

static char *written_as(const tdo_run *run, tdo_table_style style)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a);
    assert_int_equal(tdo_write_table(run, &style, &o), TDO_OK);
    char *text = malloc(o.length + 1);
    assert_non_null(text);
    memcpy(text, o.text, o.length + 1);
    tdo_arena_free(a);
    return text;
}

static char *written(const tdo_run *run, size_t width, bool colour)
{
    return written_as(run, (tdo_table_style){.width = width, .colour = colour, .full = true});
}

/* ---- texts ---- */

#define FAMILY                                                                                     \
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7" /* one emoji */
#define ACCENT "e\xCC\x81"                                                     /* e, combining */

static void shortened_texts_fit_and_stay_whole(void **state)
{
    static const char *const texts[] = {"plain ascii text",
                                        FAMILY FAMILY FAMILY,
                                        ACCENT ACCENT ACCENT ACCENT ACCENT ACCENT,
                                        "\xE6\xA8\xA1\xE5\x9E\x8B\xE6\xA8\xA1\xE5\x9E\x8B",
                                        "",
                                        "ab"};
    (void)state;
    tdo_arena *a = tdo_arena_new();
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        for (size_t n = 0; n < 24; n++) {
            const char *s = plain_shorten(a, texts[k], n);
            size_t length = strlen(s), whole = strlen(texts[k]);
            assert_int_equal(tdo_utf8_valid(s, length), length);
            assert_true(tdo_utf8_width(s, length) <= n);
            if (tdo_utf8_width(texts[k], whole) <= n)
                assert_string_equal(s, texts[k]);
            else if (n > 2)
                assert_non_null(strstr(s, ".."));
        }
    assert_string_equal(plain_shorten(a, "gbdt-v7-small", 9), "gbdt..all");
    /* what is joined to a character goes or stays with it */
    assert_string_equal(plain_shorten(a, ACCENT ACCENT ACCENT ACCENT ACCENT, 4),
                        ACCENT ".." ACCENT);
    assert_null(strstr(plain_shorten(a, FAMILY FAMILY FAMILY, 9), "\xE2\x80\x8D.."));
    tdo_arena_free(a);
}

static void hidden_characters_are_shown_by_number(void **state)
{
    (void)state;
    tdo_arena *a = tdo_arena_new();
    assert_string_equal(plain_text(a, "a\x1b[31mb"), "a\\u001b[31mb");
    assert_string_equal(plain_text(a, "\xE2\x80\xAE"
                                      "x\xE2\x80\xA8y"),
                        "\\u202ex\\u2028y");
    assert_string_equal(plain_text(a, "\xC2\x9B"
                                      "x"),
                        "\\u009bx");
    assert_string_equal(plain_text(a, "bad\xFFutf8"), "bad\\xffutf8");
    assert_string_equal(plain_text(a, FAMILY), FAMILY);
    assert_string_equal(plain_text(a, "\xD8\xA7\xD9\x84"), "\xD8\xA7\xD9\x84"); /* Arabic letters */
    tdo_arena_free(a);
}

static void long_lines_are_folded_at_blanks(void **state)
{
    (void)state;
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a);
    tdo_puts(&o, "- ");
    plain_put_folded(&o, "  one two three  four averyverylongword five", 12, 2, 2);
    assert_string_equal(o.text, "- one two\n  three four\n  averyverylongword\n  five");
    tdo_arena_free(a);
}

/* ---- grids ---- */

static void points_stand_below_each_other(void **state)
{
    static const char *const names[] = {"a", "long-name-here", "c"};
    static const char *const numbers[] = {"12.5", "-0.125", "1000"};
    (void)state;
    tdo_arena *a = tdo_arena_new();
    grid_table g = grid_new(a, 3, 1);
    size_t name = grid_add(&g, "who", GRID_ALIGN_LEFT);
    size_t number = grid_add(&g, "a heading", GRID_ALIGN_POINT);
    for (size_t r = 0; r < 3; r++) {
        grid_set(&g, name, r, names[r]);
        grid_set(&g, number, r, numbers[r]);
    }
    g.column[name].least = 4;
    tdo_sink o = tdo_sink_memory(a);
    assert_int_equal(grid_width(&g), 1 + 14 + 2 + 9);
    grid_fit(&g, 0);
    grid_put(&g, &o, false);
    assert_string_equal(o.text, " who             a heading\n"
                                " a                  12.5\n"
                                " long-name-here     -0.125\n"
                                " c                1000\n");
    o = tdo_sink_memory(a);
    grid_fit(&g, 20);
    grid_put(&g, &o, false);
    assert_string_equal(o.text, " who       a heading\n"
                                " a            12.5\n"
                                " lon..ere     -0.125\n"
                                " c          1000\n");
    tdo_arena_free(a);
}

static void names_that_look_alike_are_written_in_full(void **state)
{
    static const char *const names[] = {"model-with-seed-1-of-many", "model-with-seed-2-of-many"};
    (void)state;
    tdo_arena *a = tdo_arena_new();
    grid_table g = grid_new(a, 2, 0);
    size_t name = grid_add(&g, "candidate", GRID_ALIGN_LEFT);
    for (size_t r = 0; r < 2; r++)
        grid_set(&g, name, r, names[r]);
    g.column[name].least = 10;
    g.column[name].names = true;
    tdo_sink o = tdo_sink_memory(a);
    grid_fit(&g, 10);
    grid_put(&g, &o, false);
    assert_string_equal(o.text, "candidate\n"
                                "mode..many\n"
                                "mode..many\n"
                                "in full, from top to bottom (candidate):\n"
                                "  model-with-seed-1-of-many\n"
                                "  model-with-seed-2-of-many\n");
    tdo_arena_free(a);
}

/* ---- the whole table ---- */

static bool is_number(const char *s, size_t length)
{
    double x = 0;
    return tdo_number_read(s, length, &x) == TDO_NUMBER_OK;
}

/* Does text hold the word, between blanks or line ends? */
static bool has_word(const char *text, const char *word, size_t length)
{
    for (const char *p = text; *p; p += strcspn(p, " \n"), p += strspn(p, " \n"))
        if (strcspn(p, " \n") == length && memcmp(p, word, length) == 0)
            return true;
    return false;
}

static void every_width_is_kept_and_no_number_cut(void **state)
{
    (void)state;
    made m;
    made_start(&m);
    assert_int_equal(made_finish(&m, made_rows, MADE_ROWS), TDO_OK);
    char *full = written(&m.run, 0, false);
    for (size_t width = 50; width < 200; width++) {
        char *text = written(&m.run, width, false);
        for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
            size_t length = strcspn(line, "\n");
            if (tdo_utf8_width(line, length) > width)
                fail_msg("wider than %zu: %.*s", width, (int)length, line);
            assert_true(length == 0 || line[length - 1] != ' ');
            for (const char *p = line; p < line + length; p += strspn(p, " ")) {
                size_t n = strcspn(p, " \n");
                if (is_number(p, n) && !has_word(full, p, n))
                    fail_msg("%.*s is no number of the table", (int)n, p);
                p += n;
            }
        }
        for (size_t i = 0; i < MADE_ROWS; i++) /* nobody is lost */
            assert_non_null(strstr(text, made_rows[i].id));
        free(text);
    }
    free(full);
    made_free(&m);
}

static void terminals_are_sent_nothing_but_our_colours(void **state)
{
    (void)state;
    made m;
    made_row rows[MADE_ROWS];
    memcpy(rows, made_rows, sizeof rows);
    rows[0].id = "\x1b]0;owned\x07";
    rows[1].id = "\x1b[2J\x9b"
                 "31m";
    rows[4].id = "a\rb\nc";
    rows[6].id = "\xE2\x80\xAE"
                 "out";
    made_start(&m);
    m.scenario.title = "\x1b[31mtitle";
    m.criterion[0].unit = "\x1b[32munit";
    m.stakeholder[0].label = "\x1b[33mlabel";
    m.constraint[0].why = "\x1b[34mwhy";
    assert_int_equal(made_finish(&m, rows, MADE_ROWS), TDO_OK);
    char *text = written(&m.run, 100, false);
    assert_null(strchr(text, '\x1b'));
    assert_null(strpbrk(text, "\r\x07\x9b"));
    assert_null(strstr(text, "\xE2\x80\xAE"));
    free(text);
    text = written(&m.run, 100, true);
    size_t on = 0, off = 0;
    assert_null(strchr(text, '\x1b'));
    for (const char *p = text; (p = strstr(p, TDO_STYLE)); p++) {
        assert_int_equal(p[2 + strspn(p + 2, "0123;")], 'm');
        off += strncmp(p, TDO_STYLE "0m", 4) == 0;
        on += strncmp(p, TDO_STYLE "0m", 4) != 0;
    }
    assert_true(on > 5);
    assert_int_equal(on, off);
    free(text);
    made_free(&m);
}

/* 40 candidates; the incumbent is the worst, the recommended one (by "simpler") is not among the
 * best. */
static void the_recommended_and_the_incumbent_are_always_shown(void **state)
{
    enum { N = 40 };
    (void)state;
    made m;
    made_row rows[N];
    char ids[N][16];
    for (size_t k = 0; k < N; k++) {
        (void)snprintf(ids[k], sizeof ids[k], "c%02zu", k);
        rows[k] = made_rows[1];
        rows[k].id = ids[k];
        rows[k].quality = 0.5 - 0.001 * (double)k;
    }
    rows[30].clarity = "inherent";
    made_start(&m);
    m.scenario.incumbent = "c39";
    m.scenario.rule = TDO_RULE_WEIGHTED;
    m.scenario.simpler = 3;
    m.scenario.simpler_within = 1;
    memset(m.stakeholder[2].weights, 0, 4 * sizeof(double));
    m.stakeholder[2].weights[0] = 1;
    assert_int_equal(made_finish(&m, rows, N), TDO_OK);
    assert_string_equal(ids[m.run.screened.feasible[m.run.ranking.recommended]], "c30");
    char *text = written_as(&m.run, (tdo_table_style){.width = 0});
    assert_non_null(strstr(text, "\n>  31  c30"));
    assert_non_null(strstr(text, "\n   40  c39 (today)"));
    assert_non_null(strstr(text, "simpler than c00"));
    assert_non_null(strstr(text, "33 more candidates"));
    size_t shown = 0;
    for (size_t k = 0; k < N; k++)
        shown += strstr(strstr(text, "Points out of 100"), ids[k]) != NULL;
    assert_int_equal(shown, 7);
    free(text);
    made_free(&m);
}

/* On a terminal that is lower than the table the answer stands at both ends, on a higher one once.
 */
static void the_answer_comes_again_where_the_window_is_lower(void **state)
{
    (void)state;
    made m;
    made_start(&m);
    assert_int_equal(made_finish(&m, made_rows, MADE_ROWS), TDO_OK);
    for (size_t height = 0; height < 200; height += 40) {
        char *text = written_as(&m.run, (tdo_table_style){.width = 80, .height = height});
        size_t lines = 0, answers = 0;
        for (const char *p = text; *p; p++)
            lines += *p == '\n';
        for (const char *p = text; (p = strstr(p, "\nPays ")); p++)
            answers++;
        assert_int_equal(answers, height && lines > height ? 2 : 1);
        free(text);
    }
    made_free(&m);
}

static void one_alone_and_nobody_have_tables_too(void **state)
{
    (void)state;
    made m;
    made_start(&m);
    m.scenario.incumbent = NULL;
    assert_int_equal(made_finish(&m, made_rows, 1), TDO_OK);
    char *text = written(&m.run, 80, false);
    assert_non_null(strstr(text, "Measured"));
    free(text);
    made_free(&m);
    made_start(&m);
    m.constraint[0].condition.max = 1;
    assert_int_equal(made_finish(&m, made_rows, MADE_ROWS), TDO_OK);
    text = written(&m.run, 80, false);
    assert_non_null(strstr(text, "None    No candidate meets all"));
    assert_null(strstr(text, "Points out of 100"));
    free(text);
    made_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shortened_texts_fit_and_stay_whole),
        cmocka_unit_test(hidden_characters_are_shown_by_number),
        cmocka_unit_test(long_lines_are_folded_at_blanks),
        cmocka_unit_test(points_stand_below_each_other),
        cmocka_unit_test(names_that_look_alike_are_written_in_full),
        cmocka_unit_test(every_width_is_kept_and_no_number_cut),
        cmocka_unit_test(terminals_are_sent_nothing_but_our_colours),
        cmocka_unit_test(the_recommended_and_the_incumbent_are_always_shown),
        cmocka_unit_test(the_answer_comes_again_where_the_window_is_lower),
        cmocka_unit_test(one_alone_and_nobody_have_tables_too),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
