/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tradeoff/text.h"

static void first_error_wins(void **state)
{
    (void)state;
    tdo_error e = {0};

    assert_int_equal(tdo_fail_at(&e, TDO_E_INPUT, "a.csv", 3, 4, "no %s", "x"), TDO_E_INPUT);
    assert_int_equal(tdo_fail(&e, TDO_E_IO, "later"), TDO_E_IO);
    assert_int_equal(tdo_fail(NULL, TDO_E_MEMORY, "nowhere"), TDO_E_MEMORY);
    assert_int_equal(e.status, TDO_E_INPUT);
    assert_int_equal(e.line, 3);
    assert_int_equal(e.column, 4);
    assert_string_equal(e.file, "a.csv");
    assert_string_equal(e.path, "");
    assert_string_equal(e.text, "no x");
}

/* A text of two-byte characters, at every offset to the end of the room. */
static void long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    char text[2 * TDO_ERROR_TEXT];

    for (size_t shift = 0; shift < 4; shift++) {
        tdo_error e = {0};
        memset(text, 'x', shift);
        for (size_t i = shift; i + 2 < sizeof text; i += 2)
            memcpy(text + i, "\xC3\xA9", 3);
        (void)tdo_fail_at(&e, TDO_E_INPUT, text, 0, 0, "%s", text);
        size_t length = strlen(e.text);
        assert_in_range(length, TDO_ERROR_TEXT - 3, TDO_ERROR_TEXT - 1);
        assert_string_equal(e.text + length - 3, "...");
        assert_int_equal(tdo_utf8_valid(e.text, length), length);
        assert_int_equal(tdo_utf8_valid(e.file, strlen(e.file)), strlen(e.file));
        assert_true(strlen(e.file) < TDO_ERROR_FILE);
    }
    memset(text, 'x', sizeof text);
    text[TDO_ERROR_TEXT - 1] = '\0';
    tdo_error fits = {0};
    (void)tdo_fail(&fits, TDO_E_INPUT, "%s", text);
    assert_string_equal(fits.text, text);
}

static void reports_count_beyond_what_they_show(void **state)
{
    (void)state;
    tdo_report r = {0};
    tdo_error e = {0};

    (void)tdo_fail(&e, TDO_E_INPUT, "x");
    for (unsigned i = 1; i <= TDO_REPORT_SHOWN + 5; i++) {
        e.line = i;
        tdo_report_add(&r, &e);
        tdo_report_add(NULL, &e);
    }
    assert_int_equal(r.count, TDO_REPORT_SHOWN + 5);
    assert_int_equal(r.item[0].line, 1);
    assert_int_equal(r.item[TDO_REPORT_SHOWN - 1].line, TDO_REPORT_SHOWN);
}

static void exit_statuses(void **state)
{
    (void)state;
    assert_int_equal(tdo_exit_status(TDO_OK), 0);
    assert_int_equal(tdo_exit_status(TDO_E_USAGE), 2);
    assert_int_equal(tdo_exit_status(TDO_E_INPUT), 3);
    assert_int_equal(tdo_exit_status(TDO_E_IO), 4);
    assert_int_equal(tdo_exit_status(TDO_E_LIMIT), 5);
    assert_int_equal(tdo_exit_status(TDO_E_MEMORY), 70);
    assert_int_equal(tdo_exit_status(TDO_E_INTERNAL), 70);
    assert_int_equal(tdo_exit_status(TDO_E_INTERRUPT), 130);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_error_wins),
        cmocka_unit_test(long_texts_are_cut_between_characters),
        cmocka_unit_test(reports_count_beyond_what_they_show),
        cmocka_unit_test(exit_statuses),
    };
    return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
