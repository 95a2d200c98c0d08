/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell's text is compared with: the missing marks and the words of a condition. */
#include <string.h>

#include "tradeoff/table.h"

bool tdo_is_missing_mark(const char *s, size_t length)
{
    static const char *const marks[] = {"",    "-",    "NA",   "N/A",  "n/a",    "NaN",
                                        "nan", "null", "None", "#N/A", "#DIV/0!"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strlen(marks[i]) == length && memcmp(marks[i], s, length) == 0)
            return true;
    return false;
}

bool tdo_match_text(const tdo_match *m, const char *s, size_t length)
{
    double x = 0;
    if (m->is_number)
        return tdo_number_read(s, length, &x) == TDO_NUMBER_OK && x == m->number;
    return strlen(m->text) == length && memcmp(m->text, s, length) == 0;
}
